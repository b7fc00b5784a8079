/* separator.h - the code of a page that tells the documents of a scanned stack apart. */
#ifndef LINCE_CODES_SEPARATOR_H
#define LINCE_CODES_SEPARATOR_H

#include <stdbool.h>

/* Whether a code with this content (NULL: not text) begins a document. "CODE*" means codes that begin so. */
bool separator_is(const char *split_on, const char *content);

#endif
