/*
 * unpacking.h - the ZIP archives of a request become its files: taken apart by workers, one entry after another.
 *
 * All files of an archive are stored with the request or none, so that nothing is lost or doubled if the service ends
 * in the middle: the client got no answer, and sends the archive again.
 */
#ifndef LINCE_SERVE_HTTP_UNPACKING_H
#define LINCE_SERVE_HTTP_UNPACKING_H

#include <jansson.h>
#include <stdbool.h>

struct request;

/*
 * Replaces the archives among the files of the upload by what is in them; the handler calls it first, each time that it
 * is called. False while a worker is asked, or after answering with a problem.
 */
bool unpacking_is_done(struct request *request);

/* The name of the first archive of the request; NULL: it has none. */
const char *unpacking_name(const struct request *request);
/* A list of what was in archives and was not taken: each with its name, the code and the reason. */
json_t *unpacking_refused_json(const struct request *request);

#endif
