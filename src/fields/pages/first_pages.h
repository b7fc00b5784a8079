/* first_pages.h - how much of a document its fields come from. */
#ifndef LINCE_FIELDS_PAGES_FIRST_PAGES_H
#define LINCE_FIELDS_PAGES_FIRST_PAGES_H

/* Its first pages, and no more JSON of them than this. */
enum { RECORD_PAGES_MOST = 10, RECORD_PAGES_BYTES = 2 << 20 };

#endif
