/* cursor.h - where a list goes on: opaque to clients, and refused when it was not made here. */
#ifndef LINCE_SERVE_CURSOR_H
#define LINCE_SERVE_CURSOR_H

#include "serve/request.h"

enum { CURSOR_BYTES = 64 };

void cursor_make(const struct request *request, int64_t seq, char text[CURSOR_BYTES]);
/* The place of ?cursor=, -1 without one. False after answering with a problem. */
bool cursor_read(struct request *request, int64_t *seq);

#endif
