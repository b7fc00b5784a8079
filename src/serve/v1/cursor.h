/*
 * cursor.h - cursors: the place where a list continues. They are opaque to clients, and refused if they were not made
 * here.
 */
#ifndef LINCE_SERVE_V1_CURSOR_H
#define LINCE_SERVE_V1_CURSOR_H

#include "serve/http/request.h"

enum { CURSOR_BYTES = 64, CURSOR_SECRET_BYTES = 32 };

/*
 * Converts a place in the list at `path` to text and back; false if the text was not made with that secret for that
 * path.
 */
void cursor_write(const unsigned char secret[CURSOR_SECRET_BYTES], const char *path, int64_t seq,
                  char text[CURSOR_BYTES]);
bool cursor_parse(const unsigned char secret[CURSOR_SECRET_BYTES], const char *path, const char *text, int64_t *seq);

void cursor_make(const struct request *request, int64_t seq, char text[CURSOR_BYTES]);
/* The place in ?cursor=, -1 without one. False after answering with a problem. */
bool cursor_read(struct request *request, int64_t *seq);

#endif
