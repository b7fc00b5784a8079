/*
 * output.h - what was read, as bytes for people and programs: one writer a format, each in a file of its name.
 *
 * A format writes a head, any number of items, and a tail, always into a buffer: who sends the bytes where, and when,
 * is the caller's business. All functions are thread-safe; several threads may format items at once, because an item
 * does not depend on its neighbours: what stands between two items is the format's `between`.
 */
#ifndef LINCE_OUTPUT_OUTPUT_H
#define LINCE_OUTPUT_OUTPUT_H

#include <stdbool.h>

#include "lince.h"

struct buffer;
struct extra;
struct meter;
struct pdf_file;

/* What every format rounds to: a tenth of a pixel, a ten-thousandth of certainty. */
enum { COORDINATE_DECIMALS = 1, CONFIDENCE_DECIMALS = 4 };

/* One image, or one page of a file with pages, and what became of it. Everything is borrowed. */
struct output_item {
    const char *name;                  /* as the user gave it: bytes, perhaps not UTF-8 */
    const char *sha256;                /* 64 hexadecimal digits, of the file's bytes; only with a page */
    uint64_t limit_bytes;              /* the memory limit it was read under, 0: none */
    const struct lince_page *page;     /* NULL: the file failed */
    const struct lince_record *record; /* its fields; NULL: not asked for */
    const struct extra *extra;         /* what the caller adds; NULL: nothing */
    const struct lince_error *error;   /* why it failed; NULL with a page */
    const uint8_t *image;              /* the file's own bytes, where the format needs_image; else NULL */
    size_t image_bytes;
    uint64_t index;                   /* of the item in the run, from 0 */
    uint32_t page_number, page_count; /* of a file with pages, from 1 on; 0: an image, or a file that did not open */
    bool starts_document;             /* the first of its pages that is told */
    bool alone;                       /* the only file of the run: formats for people leave its name out */
};

/*
 * How the items of a format become one file where that takes more than putting them one after the other: `open` writes
 * what stands before the first, `join` turns each item, in the order of its index, into the bytes that go out, `close`
 * writes what stands after the last and frees the file. One thread at a time. A buffer that is `refused` ends the file.
 */
struct output_joiner {
    void (*open)(struct pdf_file *file, struct meter *meter, struct buffer *head);
    const char *(*join)(struct pdf_file *file, const char *item, size_t item_bytes, size_t *bytes_count);
    void (*close)(struct pdf_file *file, struct buffer *tail);
};

struct output_format {
    const char *name;
    const char *head, *between, *tail; /* written before the first item, between two, and after the last */
    void (*item)(const struct output_item *item, struct buffer *buffer);
    /*
     * Of a file with pages: what comes before its first item, NULL: nothing; what parts its items; what comes after the
     * last, NULL: nothing. Together they are one item.
     */
    void (*document_begin)(const struct output_item *item, struct buffer *buffer);
    const char *page_between;
    const char *(*document_end)(bool alone);
    bool tells_errors;                  /* a failed file has an item of its own; otherwise its item is empty */
    bool needs_image;                   /* the item holds the picture too */
    bool is_binary;                     /* not for a terminal */
    const struct output_joiner *joiner; /* NULL: items stand one after the other */
    bool appendable; /* any prefix of whole items is a valid output, and more can be added behind it */
};

/* "text", "json", "markdown", ...: as each is named in its file; NULL for any other name. The table ends with a NULL.
 */
const struct output_format *output_format_find(const char *name);
extern const struct output_format *const output_formats[];

extern const struct output_format output_text, output_json, output_ndjson, output_tsv, output_pdf;
extern const struct output_format output_markdown, output_layout, output_hocr, output_alto, output_tesseract_tsv;

#endif
