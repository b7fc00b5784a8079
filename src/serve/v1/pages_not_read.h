/* pages_not_read.h - the pages that an answer lacks, as its header Lince-Pages-Not-Read names them: "2, 5". */
#ifndef LINCE_SERVE_V1_PAGES_NOT_READ_H
#define LINCE_SERVE_V1_PAGES_NOT_READ_H

#include <stdbool.h>
#include <stdint.h>

struct request;

/* Gives an empty list in the request's arena. False after answering that there is no memory. */
bool pages_not_read_begin(struct request *request, char **list);
/* Adds a page; a long list ends with "...". */
void pages_not_read_add(char *list, int64_t number);
/* The answer will have the header, if there are such pages. */
void pages_not_read_tell(struct request *request, const char *list);

#endif
