/*
 * form.c - rebuilds a page from its JSON, and adds its picture if the form contains it, and the beginning and end of
 * the file.
 */
#include "worker/form.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/json_memory.h"
#include "engine/page_picture.h"
#include "output/output.h"
#include "output/page_parse.h"

static enum lince_status tree_of(const struct form_request *request, json_t **tree, struct lince_error *error) {
    (void)json_memory_was_refused();
    *tree = json_memory_load(request->page, request->page_bytes, 0, NULL);
    if (*tree != NULL) {
        return LINCE_OK;
    }
    return json_memory_was_refused()
               ? error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for a page; raise the memory limit",
                           "no hay memoria para una página; suba el límite de memoria")
               : error_set(error, LINCE_ERROR_DAMAGED, "the page is not JSON", "la página no es JSON");
}

static enum lince_status page_of(const struct form_request *request, struct meter *meter, struct lince_page **page,
                                 struct lince_error *error) {
    json_t *tree;
    struct meter *before = json_memory_use(meter);
    *page = NULL;
    enum lince_status status = tree_of(request, &tree, error);
    if (status == LINCE_OK) {
        status = page_parse(tree, meter, page, error);
        json_decref(tree);
    }
    json_memory_use(before);
    return status;
}

static void end_append(const struct form_request *request, const struct output_format *format, struct buffer *body) {
    if (request->has_pages && format->document_end != NULL) {
        buffer_text(body, format->document_end(true));
    }
    buffer_text(body, format->tail);
}

/*
 * Writes the page, with the beginning of the file before the first one and its end after the last. A joined form has
 * neither.
 */
static void item_append(const struct form_request *request, const struct output_format *format,
                        const struct output_item *item, struct buffer *body) {
    bool is_first = (request->parts & FORM_FIRST) != 0, is_last = (request->parts & FORM_LAST) != 0;
    if (is_first) {
        buffer_text(body, format->head);
        if (request->has_pages && format->document_begin != NULL) {
            format->document_begin(item, body);
        }
    } else {
        buffer_text(body, format->page_between != NULL ? format->page_between : format->between);
    }
    format->item(item, body);
    if (is_last) {
        end_append(request, format, body);
    }
}

static enum lince_status picture_of(const struct form_request *request, struct meter *meter, struct buffer *picture,
                                    struct output_item *item, struct lince_error *error) {
    enum lince_status status = LINCE_OK;
    if (request->has_pages) {
        status = page_picture_append(request->document, request->part_first + request->index, meter, picture, error);
        item->image = (const uint8_t *)picture->bytes;
        item->image_bytes = picture->used_bytes;
    } else {
        item->image = request->file;
        item->image_bytes = request->file_bytes;
    }
    return status;
}

static enum lince_status written(const struct form_request *request, const struct buffer *body,
                                 struct lince_error *error) {
    return body->refused ? error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                                     "no memory for a page in the form %s; raise the memory limit",
                                     "no hay memoria para una página en la forma %s; suba el límite", request->form)
                         : LINCE_OK;
}

enum lince_status form_write(const struct form_request *request, struct meter *meter, struct buffer *body,
                             struct lince_error *error) {
    bool is_layer = (request->parts & FORM_LAYER) != 0;
    const struct output_format *format = is_layer ? &output_pdf_layer : output_format_find(request->form);
    struct lince_page *page;
    struct buffer picture;
    if (format == NULL) {
        return error_set(error, LINCE_ERROR_ARGUMENT, "there is no form %s", "no existe la forma %s", request->form);
    }
    if ((request->parts & FORM_END) != 0) {
        end_append(request, format, body);
        return written(request, body, error);
    }
    enum lince_status status = page_of(request, meter, &page, error);
    if (status != LINCE_OK) {
        return status;
    }
    struct output_item item = {.name = request->name,
                               .sha256 = "",
                               .page = page,
                               .index = (request->parts & FORM_ALONE) != 0 ? 0 : request->index,
                               .page_number = request->has_pages ? request->index + 1 : 0,
                               .page_count = request->has_pages ? request->count : 0,
                               .starts_document = (request->parts & FORM_FIRST) != 0,
                               .alone = true,
                               .letters = true}; /* if the page was read with them */
    buffer_init(&picture, meter);
    status = format->needs_image ? picture_of(request, meter, &picture, &item, error) : LINCE_OK;
    if (status == LINCE_OK) {
        item_append(request, format, &item, body);
        status = written(request, body, error);
    }
    buffer_free(&picture);
    lince_page_free(page);
    return status;
}
