/*
 * urlencoded.h - a form in application/x-www-form-urlencoded, taken apart as it comes, as the URL standard
 * (WHATWG, 5.1) says: an invalid escape stays as it is. The fields do not depend on how the body is divided into parts;
 * those of libmicrohttpd's own parser do.
 */
#ifndef LINCE_SERVE_HTTP_URLENCODED_H
#define LINCE_SERVE_HTTP_URLENCODED_H

#include <stdbool.h>
#include <stddef.h>

enum { URLENCODED_NAME_BYTES = 256 };

/* A form on its way; all zero at its beginning. */
struct urlencoded {
    char name[URLENCODED_NAME_BYTES]; /* ends with a zero byte; the rest of a longer one is left out */
    size_t name_bytes;
    bool is_in_value;
    char escape[2]; /* the bytes so far of an escape such as "%41" */
    size_t escape_bytes;
};

/* Takes the next bytes of a field's value. `is_new`: it begins. */
typedef void (*urlencoded_take)(void *context, const char *name, const char *bytes, size_t count, bool is_new);

void urlencoded_feed(struct urlencoded *form, const char *bytes, size_t count, urlencoded_take take, void *context);
/* Call it after the last bytes. */
void urlencoded_end(struct urlencoded *form, urlencoded_take take, void *context);

#endif
