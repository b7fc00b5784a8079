/*
 * output.h - what was read, as bytes for people and programs: one writer per format, each in a file of its name.
 *
 * A format writes a head, any number of items, and a tail, always into a buffer; the caller decides where and when the
 * bytes go. All functions are thread-safe. Several threads may format items at once, because an item does not depend on
 * its neighbours: what separates two items is the format's `between`.
 */
#ifndef LINCE_OUTPUT_OUTPUT_H
#define LINCE_OUTPUT_OUTPUT_H

#include <stdbool.h>

#include "lince.h"

struct buffer;
struct extra;
struct meter;
struct pdf_file;

/* One image, or one page of a file with pages, and its result. Everything is borrowed. */
struct output_item {
    const char *name;                  /* as the user gave it; perhaps not UTF-8 */
    const char *sha256;                /* 64 hexadecimal digits, of the file's bytes; only with a page */
    uint64_t limit_bytes;              /* the memory limit during reading; 0: none */
    const struct lince_page *page;     /* NULL: the file failed */
    const struct lince_record *record; /* its fields; NULL: not asked for */
    const struct extra *extra;         /* added by the caller; NULL: nothing */
    const struct lince_error *error;   /* why it failed; NULL with a page */
    const uint8_t *image;              /* the file's own bytes, if the format has needs_image; otherwise NULL */
    size_t image_bytes;
    double dots_per_inch;             /* of the image, for the size of a PDF page; 0: what the image says */
    uint64_t index;                   /* of the item in the run, from 0 */
    uint32_t page_number, page_count; /* in a file with pages, from 1; 0: an image, or a file that did not open */
    bool starts_document;             /* the first page written of its document */
    bool alone;                       /* the only file of the run: formats for people omit its name */
    bool letters;                     /* with the places of letters, if the page has them */
};

/*
 * How the items of a format become one file, if that takes more than concatenation. `open` writes what comes before the
 * first item, `join` turns each item, in the order of its index, into the bytes to write, and `close` writes what comes
 * after the last and frees the file. One thread at a time. A buffer that is `refused` ends the file.
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
     * For a file with pages: what comes before its first item (NULL: nothing), what separates its items, and what comes
     * after the last (NULL: nothing). Together they are one item.
     */
    void (*document_begin)(const struct output_item *item, struct buffer *buffer);
    const char *page_between;
    const char *(*document_end)(bool alone);
    bool tells_errors;                  /* a failed file has its own item; otherwise its item is empty */
    bool needs_image;                   /* the item contains the picture */
    bool is_binary;                     /* not for a terminal */
    const struct output_joiner *joiner; /* NULL: items are concatenated */
    bool appendable;                    /* any prefix of whole items is valid output, to which more can be added */
};

/*
 * The format with this name ("text", "json", "markdown", ...), which its own file gives; NULL for any other name. The
 * table ends with NULL.
 */
const struct output_format *output_format_find(const char *name);
extern const struct output_format *const output_formats[];

extern const struct output_format output_text, output_json, output_ndjson, output_tsv, output_pdf;
extern const struct output_format output_markdown, output_layout, output_hocr, output_alto, output_tesseract_tsv;

/* Appends a page and its record as pages_record.h takes them, as an object. */
void output_record_page(const struct output_item *item, struct buffer *buffer);

/*
 * Only for callers of Tesseract, and not in the table: a page's turn and skew, the boxes of its letters; a PDF file
 * with text but no pictures.
 */
extern const struct output_format output_tesseract_osd, output_tesseract_skew, output_tesseract_box;
extern const struct output_format output_pdf_text_only;

/* Not in the table either: the text that was read, for pdf_overlay.h. Its images are not needed. */
extern const struct output_format output_pdf_layer;

#endif
