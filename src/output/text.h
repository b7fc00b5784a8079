/* text.h - shared by the forms for people: what comes before and after the text of a file. */
#ifndef LINCE_OUTPUT_TEXT_H
#define LINCE_OUTPUT_TEXT_H

#include "output/output.h"

/* The file's name, unless it is the only file. */
void text_file_begin(const struct output_item *item, struct buffer *buffer);
/* An empty line, unless it is the only file. */
const char *text_file_end(bool alone);

/* One row per field: name, confidence, value; then the reasons for a person to check it. */
void text_record(const struct lince_record *record, struct buffer *buffer);

typedef void (*text_content)(const struct output_item *item, struct buffer *buffer);

/* Writes the item's page with `content`, as a file or as a page of one; nothing for a file that failed. */
void text_item(const struct output_item *item, text_content content, struct buffer *buffer);

#endif
