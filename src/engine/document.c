/* document.c - opens images and files with pages, and prices them. */
#include "engine/document.h"

#include <inttypes.h>
#include <string.h>

#include "base/error.h"
#include "base/meter.h"
#include "engine/engine_state.h"
#include "engine/price_reading.h"
#include "image/format.h"
#include "image/isolation.h"

enum { START_BYTES = 1032 }; /* a format is recognised in its first bytes */

static struct pages_options options_of(const struct lince_document_options *given, enum lince_pdf_text *pdf_text) {
    struct lince_document_options options = LINCE_DOCUMENT_OPTIONS_DEFAULTS;
    if (given != NULL) {
        memcpy(&options, given, given->size < sizeof options ? given->size : sizeof options);
    }
    *pdf_text = options.pdf_text;
    return (struct pages_options){.password = options.password};
}

static void document_init(struct lince_document *document, struct lince_engine *engine) {
    *document = (struct lince_document){.engine = engine, .file.descriptor = -1};
    pthread_mutex_init(&document->lock, NULL);
}

/* Opens the pages, here or elsewhere; an image that is decoded here is left to the caller. */
static enum lince_status source_open(struct lince_document *document, const struct source *source,
                                     const struct image_format *format, const struct lince_document_options *options,
                                     struct meter *meter, struct lince_error *error) {
    const struct isolation *isolation = document->engine->isolation;
    struct pages_options pages_options = options_of(options, &document->pdf_text);
    document->password = pages_options.password;
    if (format != NULL && isolation != NULL && isolation->wants(isolation->context, format, source, meter)) {
        document->is_elsewhere = true;
        document->is_image = format->pages == NULL;
        return isolation->open(isolation->context, format, source, &pages_options, meter, &document->pages, error);
    }
    return format == NULL || format->pages == NULL
               ? LINCE_OK
               : pages_open(format->pages, source, &pages_options, meter, &document->pages, error);
}

enum lince_status document_begin(struct lince_document *document, struct lince_engine *engine, const void *bytes,
                                 size_t bytes_count, const struct lince_document_options *options, struct meter *meter,
                                 struct lince_error *error) {
    document_init(document, engine);
    document->bytes = bytes;
    document->bytes_count = bytes_count;
    struct source source = source_of_bytes(bytes, bytes_count);
    enum lince_status status =
        source_open(document, &source, image_format_of(bytes, bytes_count), options, meter, error);
    if (status == LINCE_OK && document->pages == NULL) {
        status = image_header_read(bytes, bytes_count, &document->header, error);
    }
    if (status != LINCE_OK) {
        document_end(document);
    }
    return status;
}

enum lince_status document_begin_file(struct lince_document *document, struct lince_engine *engine, const char *path,
                                      const struct lince_document_options *options, struct meter *meter,
                                      struct lince_error *error) {
    uint8_t start[START_BYTES];
    document_init(document, engine);
    enum lince_status status = file_open(path, &document->file, error);
    if (status != LINCE_OK) {
        document_end(document);
        return status;
    }
    struct source source = source_of_file(document->file.descriptor, document->file.size_bytes);
    size_t start_bytes = source_read_most(&source, 0, start, sizeof start);
    const struct image_format *format = image_format_of(start, start_bytes);
    status = source_open(document, &source, format, options, meter, error);
    if (status == LINCE_OK && document->pages == NULL) {
        status = price_header_of_file(engine, &document->file, meter, &document->header, error);
    }
    if (status != LINCE_OK) {
        document_end(document);
    }
    return status;
}

void document_end(struct lince_document *document) {
    pages_close(document->pages);
    document->pages = NULL;
    file_close(&document->file);
    pthread_mutex_destroy(&document->lock);
}

uint32_t lince_document_page_count(const struct lince_document *document) {
    return document->pages == NULL ? 1 : document->pages->count;
}

enum lince_format lince_document_format(const struct lince_document *document) {
    return document->pages == NULL ? document->header.format : document->pages->kind->format->format;
}

int lince_document_has_pages(const struct lince_document *document) {
    return document->pages != NULL && !document->is_image;
}

static enum lince_status index_check(const struct lince_document *document, uint32_t index, struct lince_error *error) {
    uint32_t count = lince_document_page_count(document);
    if (index < count) {
        return LINCE_OK;
    }
    return error_set(error, LINCE_ERROR_ARGUMENT, "there is no page %" PRIu32 ": the document has %" PRIu32,
                     "no hay página %" PRIu32 ": el documento tiene %" PRIu32, index + 1, count);
}

enum lince_status document_header(struct lince_document *document, uint32_t index, struct image_header *header,
                                  struct lince_error *error) {
    enum lince_status status = index_check(document, index, error);
    if (status != LINCE_OK || document->pages == NULL) {
        *header = document->header;
        return status;
    }
    pthread_mutex_lock(&document->lock);
    status = pages_header_read(document->pages, index, header, error);
    pthread_mutex_unlock(&document->lock);
    return status;
}

bool document_may_have_layer(const struct lince_document *document) {
    return document->pages != NULL && document->pages->kind->layer != NULL &&
           document->pdf_text != LINCE_PDF_TEXT_NEVER;
}

enum lince_status document_layer(struct lince_document *document, uint32_t index, const struct image_header *header,
                                 struct arena *arena, struct page_layer *layer, struct lince_error *error) {
    *layer = (struct page_layer){0};
    pthread_mutex_lock(&document->lock);
    enum lince_status status = document->pages->kind->layer(document->pages, index, header, arena, layer, error);
    pthread_mutex_unlock(&document->lock);
    return status;
}

struct source document_source(const struct lince_document *document) {
    return document->bytes != NULL ? source_of_bytes(document->bytes, document->bytes_count)
                                   : source_of_file(document->file.descriptor, document->file.size_bytes);
}

enum lince_status document_fax(struct lince_document *document, uint32_t index, struct buffer *bytes,
                               struct lince_error *error) {
    enum lince_status status = index_check(document, index, error);
    if (status == LINCE_OK && document->pages != NULL && document->pages->kind->fax != NULL) {
        pthread_mutex_lock(&document->lock);
        status = document->pages->kind->fax(document->pages, index, bytes, error);
        pthread_mutex_unlock(&document->lock);
    }
    return status;
}

enum lince_status document_decode(struct lince_document *document, uint32_t index, const struct image_request *request,
                                  struct meter *meter, struct image *image, struct lince_error *error) {
    enum lince_status status;
    if (document->pages != NULL) {
        pthread_mutex_lock(&document->lock);
        status = pages_decode(document->pages, index, request, meter, image, error);
        pthread_mutex_unlock(&document->lock);
        return status;
    }
    if (document->bytes != NULL) {
        return image_decode(document->bytes, document->bytes_count, request, meter, image, error);
    }
    struct file_bytes contents;
    status = file_read_start(&document->file, document->file.size_bytes, meter, &contents, error);
    if (status == LINCE_OK) {
        status = image_decode(contents.bytes, contents.count, request, meter, image, error);
    }
    meter_free(contents.bytes); /* the encoded bytes are freed here */
    return status;
}

/* ---- public functions --------------------------------------------------------------------------------- */

static enum lince_status no_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for a document's own %zu bytes",
                     "no hay memoria para los %zu bytes de un documento", sizeof(struct lince_document));
}

static enum lince_status give(struct lince_document *opened, enum lince_status status,
                              struct lince_document **document) {
    if (status != LINCE_OK) {
        meter_free(opened);
        return status;
    }
    *document = opened;
    return LINCE_OK;
}

enum lince_status lince_document_open(struct lince_engine *engine, const void *bytes, size_t bytes_count,
                                      const struct lince_document_options *options, struct lince_document **document,
                                      struct lince_error *error) {
    struct lince_document *opened = meter_new(&engine->readers, struct lince_document);
    *document = NULL;
    if (opened == NULL) {
        return no_memory(error);
    }
    return give(opened, document_begin(opened, engine, bytes, bytes_count, options, &engine->readers, error), document);
}

enum lince_status lince_document_open_file(struct lince_engine *engine, const char *path,
                                           const struct lince_document_options *options,
                                           struct lince_document **document, struct lince_error *error) {
    struct lince_document *opened = meter_new(&engine->readers, struct lince_document);
    *document = NULL;
    if (opened == NULL) {
        return no_memory(error);
    }
    enum lince_status status = document_begin_file(opened, engine, path, options, &engine->readers, error);
    return give(opened, status, document);
}

void lince_document_close(struct lince_document *document) {
    if (document != NULL) {
        document_end(document);
        meter_free(document);
    }
}

enum lince_status lince_document_price(struct lince_document *document, uint32_t index, struct lince_price *price,
                                       struct lince_error *error) {
    struct image_header header = {0};
    enum lince_status status = document_header(document, index, &header, error);
    return status == LINCE_OK ? price_make(document->engine, &header, price, error) : status;
}

enum lince_status lince_price_image(struct lince_engine *engine, const void *bytes, size_t bytes_count,
                                    struct lince_price *price, struct lince_error *error) {
    struct lince_document document;
    enum lince_status status = document_begin(&document, engine, bytes, bytes_count, NULL, &engine->readers, error);
    if (status == LINCE_OK) {
        status = lince_document_price(&document, 0, price, error);
        document_end(&document);
    }
    return status;
}

enum lince_status lince_price_file(struct lince_engine *engine, const char *path, struct lince_price *price,
                                   struct lince_error *error) {
    struct lince_document document;
    enum lince_status status = document_begin_file(&document, engine, path, NULL, &engine->readers, error);
    if (status == LINCE_OK) {
        status = lince_document_price(&document, 0, price, error);
        document_end(&document);
    }
    return status;
}
