/*
 * pdf_file.h - joins pages to one PDF file as they come, and keeps only the positions of their objects.
 *
 * The file is PDF 1.7 with conformance level PDF/A-2b (ISO 19005-2) or PDF/A-3b (ISO 19005-3). If a picture is in CMYK,
 * it is an ordinary PDF and does not claim conformance. A file belongs to one thread at a time.
 */
#ifndef LINCE_OUTPUT_PDF_PDF_FILE_H
#define LINCE_OUTPUT_PDF_PDF_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "output/pdf/pdf_font.h"
#include "output/pdf/pdf_page.h"

/* Numbers of the objects that a file has once. */
enum pdf_file_object {
    PDF_FILE_CATALOG = 1,
    PDF_FILE_PAGES,
    PDF_FILE_METADATA,
    PDF_FILE_INTENT,
    PDF_FILE_PROFILE,
    PDF_FILE_FONT,
    PDF_FILE_FIRST_PAGE = PDF_FILE_FONT + PDF_FONT_OBJECT_COUNT
};

/* What the file says that it conforms to: both allow the same pages, and the later one files of any kind beside them.
 */
enum pdf_file_level { PDF_FILE_A_2B, PDF_FILE_A_3B };

struct pdf_file {
    enum pdf_file_level level; /* set before the file is closed */
    bool has_cmyk;             /* a page has a picture in CMYK: the file conforms to neither */
    struct buffer places;      /* struct pdf_place of each page, in order */
    uint64_t used_bytes;       /* bytes of the file so far */
};

/* Comes before the bytes of a page that one process writes and another adds to the file. */
struct pdf_page_head {
    uint64_t index;
    size_t offset_bytes[PDF_PAGE_OBJECT_COUNT];
    uint32_t has_cmyk; /* its picture is in CMYK */
};

/* The number of the first object of the page that comes at `index`, from 0. */
uint32_t pdf_file_page_object(uint64_t index);

/* Begins a file on a meter, whose `level` is set, at the latest before it is closed. `head` gets its first bytes. */
void pdf_file_open(struct pdf_file *file, struct meter *meter, struct buffer *head);

/*
 * Notes the page with that head, whose `bytes_count` bytes go into the file next. Pages may skip an index, whose
 * objects are then free. False without memory.
 */
bool pdf_file_add(struct pdf_file *file, const struct pdf_page_head *head, size_t bytes_count);

/* How many pages were added, and the index of each, in their order. */
size_t pdf_file_page_count(const struct pdf_file *file);
uint32_t pdf_file_page_index(const struct pdf_file *file, size_t number);

/* Appends the end of the file: the page tree, the font, the table of objects. `tail` is `refused` without memory. */
void pdf_file_close(struct pdf_file *file, struct buffer *tail);

#endif
