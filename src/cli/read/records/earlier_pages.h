/* earlier_pages.h - with --resume: the pages of a document that an earlier run wrote, for the document's fields. */
#ifndef LINCE_CLI_READ_RECORDS_EARLIER_PAGES_H
#define LINCE_CLI_READ_RECORDS_EARLIER_PAGES_H

struct buffer;

/*
 * Appends the pages of the file `name` in the ndjson output on `descriptor`, in the order of their numbers, each as
 * pages_record.h takes it with a zero byte behind it. What cannot be read again is left out.
 */
void earlier_pages_load(int descriptor, const char *name, struct buffer *pages);

#endif
