/* page_file.h - the files of the web page, embedded at build time. */
#ifndef LINCE_SERVE_PAGE_FILE_H
#define LINCE_SERVE_PAGE_FILE_H

#include <stddef.h>

struct page_file {
    const char *name; /* as in the page's addresses: "start.js" */
    const char *tag;  /* entity tag, by the content */
    const char *bytes, *end;
    const char *packed, *packed_end; /* the same, compressed with gzip */
};

extern const struct page_file page_files[];
extern const size_t page_file_count;
/* 16 hexadecimal digits that change with any of the files; the page's addresses of its files begin with them. */
extern const char page_version[];
/* page.html, without its doctype and its html element, which sets the language. */
extern const struct page_file page_document;

#endif
