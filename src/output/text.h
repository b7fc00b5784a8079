/* text.h - what surrounds the text of a file in the forms for people. */
#ifndef LINCE_OUTPUT_TEXT_H
#define LINCE_OUTPUT_TEXT_H

#include "output/output.h"

/* The file's name, unless it is the only file. */
void text_file_begin(const struct output_item *item, struct buffer *buffer);
/* An empty line, unless it is the only file. */
const char *text_file_end(bool alone);

#endif
