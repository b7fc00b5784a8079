/* page_write.c - writes a page in one of the forms, for programs that use the library. */
#include <string.h>

#include "base/buffer.h"
#include "base/error.h"
#include "output/output.h"
#include "text/page.h"

/* The forms that need only a page; others need the file too. */
static const struct output_format *const page_forms[] = {
    &output_text, &output_markdown, &output_layout, &output_hocr, &output_alto, &output_tesseract_tsv, &output_tsv};

static const struct output_format *form_find(const char *name) {
    for (size_t i = 0; i < sizeof page_forms / sizeof *page_forms; i++) {
        if (strcmp(page_forms[i]->name, name) == 0) {
            return page_forms[i];
        }
    }
    return NULL;
}

static enum lince_status buffer_give(const struct buffer *buffer, lince_write write, void *context,
                                     struct lince_error *error) {
    if (buffer->refused) {
        return error_set(
            error, LINCE_ERROR_MEMORY_LIMIT, "the memory limit was reached after %zu bytes of output; raise the limit",
            "se alcanzó el límite de memoria tras %zu bytes de salida; suba el límite", buffer->used_bytes);
    }
    if (write(context, buffer->bytes, buffer->used_bytes) != 0) {
        return error_set(error, LINCE_ERROR_WRITE, "the %zu bytes of output were not taken",
                         "no se aceptaron los %zu bytes de salida", buffer->used_bytes);
    }
    return LINCE_OK;
}

enum lince_status lince_page_write(const struct lince_page *page, const char *form, const char *name, lince_write write,
                                   void *context, struct lince_error *error) {
    const struct output_format *format = form_find(form);
    if (format == NULL) {
        return error_set(error, LINCE_ERROR_ARGUMENT,
                         "there is no form \"%.40s\" of a page: text, markdown, layout, hocr, alto, tesseract-tsv, tsv",
                         "no existe la forma \"%.40s\" de una página: text, markdown, layout, hocr, alto, "
                         "tesseract-tsv, tsv",
                         form);
    }
    struct output_item item = {.name = name, .sha256 = "", .page = page, .alone = true, .letters = true};
    struct buffer buffer;
    buffer_init(&buffer, page->arena.meter);
    buffer_text(&buffer, format->head);
    format->item(&item, &buffer);
    buffer_text(&buffer, format->tail);
    enum lince_status status = buffer_give(&buffer, write, context, error);
    buffer_free(&buffer);
    return status;
}
