/*
 * pdf_overlay.h - lays the text that was read over the PDF file that it was read from, through PDFium.
 *
 * The file is written anew with all its objects: pages, links, outlines, forms, attachments, metadata, and its
 * encryption. Each page gets one more object, with its text, invisible; its own content stays as it is. A signed file
 * is refused, because its signature covers its bytes.
 */
#ifndef LINCE_OUTPUT_PDF_PDF_OVERLAY_H
#define LINCE_OUTPUT_PDF_PDF_OVERLAY_H

#include <stdbool.h>

#include "image/source.h"
#include "lince.h"

struct meter;

/* All members are borrowed. */
struct pdf_overlay {
    struct source file;
    const char *password; /* NULL: none */
    const void *text;     /* a PDF file with a page of text for each of `indexes` */
    size_t text_bytes;
    const uint32_t *indexes; /* of the pages of `file`, from 0 */
    uint32_t count;
    bool (*write)(void *context, const void *bytes, size_t bytes_count); /* false ends it */
    void *context;
    struct meter *meter;
};

/*
 * Whether text can be added to this file. UNSUPPORTED if it is signed, its owner forbids changes, or its table of
 * objects is broken; the message names the way out, which is another one `in_program`. Otherwise fails as opening a PDF
 * file does. Thread-safe.
 */
enum lince_status pdf_overlay_check(const struct source *file, const char *password, bool in_program,
                                    struct lince_error *error);

/*
 * Writes the file with its text. `left_count` gets the number of pages that already had invisible text; they are left
 * as they are. WRITE if `write` refused, MEMORY_LIMIT. Thread-safe.
 */
enum lince_status pdf_overlay_write(const struct pdf_overlay *overlay, uint32_t *left_count, struct lince_error *error);

#endif
