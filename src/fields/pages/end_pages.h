/*
 * end_pages.h - how much of a document its fields come from: its first pages and its last ones. Who wrote it and when
 * stands on the first page, what is to be paid on the last one.
 */
#ifndef LINCE_FIELDS_PAGES_END_PAGES_H
#define LINCE_FIELDS_PAGES_END_PAGES_H

/*
 * So many first and last pages are kept while a document is read, and no more JSON of them than this. At most half of
 * it is of first pages; the first page and the last one are kept always.
 */
enum {
    RECORD_FIRST_PAGES_MOST = 20,
    RECORD_LAST_PAGES_MOST = 20,
    RECORD_PAGES_MOST = RECORD_FIRST_PAGES_MOST + RECORD_LAST_PAGES_MOST,
    RECORD_PAGES_BYTES = 2 << 20
};

#endif
