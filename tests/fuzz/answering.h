/* answering.h - the service's front in this process, without workers: for targets that send it requests. */
#ifndef LINCE_TESTS_FUZZ_ANSWERING_H
#define LINCE_TESTS_FUZZ_ANSWERING_H

#include "serve/http/request.h"
#include "serve/state/service.h"

enum { ANSWER_BYTES = 4 << 20 };

/* Starts it at a socket in a folder of its own, which is removed at the end of the process. */
struct service *answering_start(const struct route_table *routes);
/* The path of something in the data folder. */
void answering_path(const char *name, char path[PATH_MAX]);
/* How many files are in a folder of the data folder. */
size_t answering_file_count(const char *folder);

/*
 * Sends the bytes of one request that says "Connection: close". Gives the status and the body of the answer, with a
 * zero byte at its end; it stands until the next call. Aborts when no whole answer comes.
 */
unsigned answering_ask(const char *bytes, size_t count, const char **body, size_t *body_bytes);

/* Aborts where it is false. */
void expect(bool truth);

#endif
