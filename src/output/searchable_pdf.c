/* searchable_pdf.c - a searchable PDF: each picture as it came, with its text over it, invisible. */
#include <string.h>

#include "base/buffer.h"
#include "base/error.h"
#include "output/output.h"
#include "output/pdf/pdf_file.h"

static void page_append(const struct output_item *item, struct pdf_page page, struct buffer *buffer) {
    if (item->page == NULL) {
        return;
    }
    struct pdf_page_head head = {.index = item->index};
    struct lince_error ignored =
        LINCE_ERROR_INIT; /* the picture was decoded before, so that only memory can be short */
    buffer_append(buffer, &head, sizeof head);
    page.bytes = buffer;
    page.dots_per_inch = item->dots_per_inch;
    if (pdf_page_write(item->page, item->image, item->image_bytes, pdf_file_page_object(item->index), buffer->meter,
                       &page, &ignored) != LINCE_OK) {
        buffer->refused = true;
        return;
    }
    head.has_cmyk = page.has_cmyk;
    for (int object = 0; object < PDF_PAGE_OBJECT_COUNT; object++) {
        head.offset_bytes[object] = page.offset_bytes[object] - sizeof head;
    }
    memcpy(buffer->bytes, &head, sizeof head);
}

static void item_pdf(const struct output_item *item, struct buffer *buffer) {
    page_append(item, (struct pdf_page){.has_picture = true}, buffer);
}

static void item_text_only(const struct output_item *item, struct buffer *buffer) {
    page_append(item, (struct pdf_page){.has_picture = false}, buffer);
}

static void item_layer(const struct output_item *item, struct buffer *buffer) {
    page_append(item, (struct pdf_page){.leaves_layer = true}, buffer);
}

/* NULL if there is no memory to note the page's position. */
static const char *page_join(struct pdf_file *file, const char *item, size_t item_bytes, size_t *bytes_count) {
    struct pdf_page_head head;
    if (item_bytes == 0) { /* a page that was not read */
        *bytes_count = 0;
        return "";
    }
    memcpy(&head, item, sizeof head);
    *bytes_count = item_bytes - sizeof head;
    return pdf_file_add(file, &head, *bytes_count) ? item + sizeof head : NULL;
}

static const struct output_joiner joiner = {pdf_file_open, page_join, pdf_file_close};

const struct output_format output_pdf = {
    .name = "pdf",
    .head = "",
    .between = "",
    .tail = "",
    .item = item_pdf,
    .needs_image = true,
    .is_binary = true,
    .joiner = &joiner,
};

const struct output_format output_pdf_text_only = {
    .name = "pdf-text-only",
    .head = "",
    .between = "",
    .tail = "",
    .item = item_text_only,
    .needs_image = true, /* for the size of the page */
    .is_binary = true,
    .joiner = &joiner,
};

const struct output_format output_pdf_layer = {
    .name = "pdf",
    .head = "",
    .between = "",
    .tail = "",
    .item = item_layer,
    .is_binary = true,
    .joiner = &joiner,
};
