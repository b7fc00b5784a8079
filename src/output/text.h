/* text.h - what stands around the text of a file, in the forms for people. */
#ifndef LINCE_OUTPUT_TEXT_H
#define LINCE_OUTPUT_TEXT_H

#include "output/output.h"

/* The file's name, unless it is alone. */
void text_file_begin(const struct output_item *item, struct buffer *buffer);
/* An empty line, unless it is alone. */
const char *text_file_end(bool alone);

#endif
