/*
 * document_writer.c - writes a document's pages one by one in a form, for programs that use the library.
 *
 * The text for a PDF document is collected, and laid over the document when the writer is closed.
 */
#include <inttypes.h>
#include <string.h>

#include <sodium/crypto_hash_sha256.h>
#include <sodium/utils.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/meter.h"
#include "engine/document.h"
#include "engine/engine.h"
#include "engine/page_picture.h"
#include "output/held_output.h"
#include "output/output.h"
#include "output/pdf/pdf_file.h"
#include "output/pdf/pdf_overlay.h"

enum { DIGEST_TEXT_BYTES = 2 * crypto_hash_sha256_BYTES + 1 };

struct lince_writer {
    struct lince_engine *engine;
    struct lince_document *document; /* borrowed; not needed to abandon the writer */
    const struct output_format *format;
    const char *name;
    lince_write write;
    void *context;
    struct meter meter;
    struct buffer text, indexes; /* of a PDF file that is laid over the document: its bytes, and its pages' indexes */
    struct pdf_file joined;
    bool is_laid, is_joined; /* is_joined: `joined` is open */
    uint32_t last_number;    /* of the pages added; 0: none */
    uint64_t limit_bytes;    /* of the engine's memory; 0: none */
    enum lince_status failed;
    struct lince_error failure;
    char sha256[DIGEST_TEXT_BYTES]; /* of the document's file; "" if the form has none */
};

static enum lince_status no_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory to write a document; raise the memory limit",
                     "no hay memoria para escribir un documento; suba el límite de memoria");
}

/* Keeps a failure for the calls that follow. */
static enum lince_status keep(struct lince_writer *writer, enum lince_status status, const struct lince_error *error) {
    if (status != LINCE_OK && writer->failed == LINCE_OK) {
        writer->failed = status;
        if (error != NULL) {
            writer->failure = *error;
        }
    }
    return status;
}

static enum lince_status tell_again(const struct lince_writer *writer, struct lince_error *error) {
    return error_set(error, writer->failed, "%s", "%s", writer->failure.message);
}

/* ---- bytes -------------------------------------------------------------------------------------------- */

/* Hands bytes on, or keeps those that are laid over the document at the end. */
static enum lince_status bytes_give(struct lince_writer *writer, const void *bytes, size_t count,
                                    struct lince_error *error) {
    if (writer->is_laid) {
        buffer_append(&writer->text, bytes, count);
        return writer->text.refused ? no_memory(error) : LINCE_OK;
    }
    return held_output_pass(writer->write, writer->context, bytes, count, error);
}

static enum lince_status buffer_give(struct lince_writer *writer, const struct buffer *buffer,
                                     struct lince_error *error) {
    return buffer->refused ? no_memory(error) : bytes_give(writer, buffer->bytes, buffer->used_bytes, error);
}

/* The digest of the whole file, block by block. */
static enum lince_status digest_make(struct lince_writer *writer, struct lince_error *error) {
    struct source source = document_source(writer->document);
    unsigned char block[16384], hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    for (uint64_t at = 0; at < source.size_bytes; at += sizeof block) {
        uint64_t rest = source.size_bytes - at;
        size_t count = rest < sizeof block ? (size_t)rest : sizeof block;
        if (!source_read(&source, at, block, count)) {
            return error_set(error, LINCE_ERROR_UNREADABLE, "the document cannot be read again at byte %" PRIu64,
                             "no se puede volver a leer el documento en el byte %" PRIu64, at);
        }
        crypto_hash_sha256_update(&state, block, count);
    }
    crypto_hash_sha256_final(&state, hash);
    sodium_bin2hex(writer->sha256, sizeof writer->sha256, hash, sizeof hash);
    return LINCE_OK;
}

/* ---- opening ------------------------------------------------------------------------------------------ */

static enum lince_status format_choose(struct lince_writer *writer, const char *form,
                                       const struct lince_writer_options *options, struct lince_error *error) {
    bool pictures = options->pictures != 0 || options->pdf_a != 0;
    writer->format = output_format_find(form);
    if (writer->format == NULL) {
        return error_set(error, LINCE_ERROR_ARGUMENT,
                         "there is no form \"%.40s\" of a document: text, markdown, layout, hocr, alto, tesseract-tsv, "
                         "tsv, json, ndjson, pdf",
                         "no existe la forma \"%.40s\" de un documento: text, markdown, layout, hocr, alto, "
                         "tesseract-tsv, tsv, json, ndjson, pdf",
                         form);
    }
    bool is_pdf = writer->format == &output_pdf;
    if (pictures && !is_pdf) {
        return error_set(error, LINCE_ERROR_ARGUMENT, "pictures and pdf_a go with the form pdf, not with %s",
                         "pictures y pdf_a van con la forma pdf, no con %s", form);
    }
    if (options->pdf_a != 0 && options->pdf_a != 2 && options->pdf_a != 3) {
        return error_set(error, LINCE_ERROR_ARGUMENT, "pdf_a is %d; it can be 2, 3, or 0 for none asked for",
                         "pdf_a es %d; puede ser 2, 3, o 0 si no se pide ninguno", options->pdf_a);
    }
    writer->joined.level = options->pdf_a == 3 ? PDF_FILE_A_3B : PDF_FILE_A_2B;
    if (is_pdf && !pictures && lince_document_format(writer->document) == LINCE_FORMAT_PDF) {
        struct source source = document_source(writer->document);
        writer->is_laid = true;
        writer->format = &output_pdf_layer;
        return pdf_overlay_check(&source, writer->document->password, false, error);
    }
    return writer->format == &output_json || writer->format == &output_ndjson ? digest_make(writer, error) : LINCE_OK;
}

static enum lince_status head_write(struct lince_writer *writer, struct lince_error *error) {
    struct buffer head;
    buffer_init(&head, &writer->meter);
    buffer_text(&head, writer->format->head);
    if (writer->format->joiner != NULL) {
        writer->format->joiner->open(&writer->joined, &writer->meter, &head);
        writer->is_joined = true;
    }
    enum lince_status status = buffer_give(writer, &head, error);
    buffer_free(&head);
    return status;
}

static uint64_t limit_of(struct lince_engine *engine) {
    struct lince_memory memory = {.size = sizeof memory};
    lince_memory_snapshot(engine, &memory);
    return memory.limit_bytes;
}

enum lince_status lince_writer_open(struct lince_document *document, const char *form,
                                    const struct lince_writer_options *options, lince_write write, void *context,
                                    struct lince_writer **writer, struct lince_error *error) {
    struct lince_writer_options given = LINCE_WRITER_OPTIONS_DEFAULTS;
    struct lince_engine *engine = document->engine;
    if (options != NULL) {
        memcpy(&given, options, options->size < sizeof given ? options->size : sizeof given);
    }
    *writer = NULL;
    struct lince_writer *made = engine_allocate(engine, sizeof *made);
    if (made == NULL) {
        return no_memory(error);
    }
    *made = (struct lince_writer){.engine = engine,
                                  .document = document,
                                  .name = given.name == NULL ? "" : given.name,
                                  .write = write,
                                  .context = context,
                                  .limit_bytes = limit_of(engine),
                                  .failure = LINCE_ERROR_INIT};
    engine_meter_add(engine, &made->meter, "writer");
    buffer_init(&made->text, &made->meter);
    buffer_init(&made->indexes, &made->meter);
    enum lince_status status = format_choose(made, form, &given, error);
    if (status == LINCE_OK) {
        status = head_write(made, error);
    }
    if (status != LINCE_OK) {
        lince_writer_abandon(made);
        return status;
    }
    *writer = made;
    return LINCE_OK;
}

/* ---- pages -------------------------------------------------------------------------------------------- */

/* The picture that the form contains: the file's own bytes, or a PNG of the page. */
static enum lince_status picture_take(struct lince_writer *writer, uint32_t index, struct buffer *picture,
                                      struct output_item *item, struct lince_error *error) {
    struct lince_document *document = writer->document;
    if (lince_document_has_pages(document) != 0) {
        enum lince_status status = page_picture_append(document, index, &writer->meter, picture, error);
        item->image = (const uint8_t *)picture->bytes;
        item->image_bytes = picture->used_bytes;
        return status;
    }
    struct source source = document_source(document);
    item->image = source.bytes;
    item->image_bytes = (size_t)source.size_bytes;
    if (source.bytes != NULL) {
        return LINCE_OK;
    }
    char *room = buffer_room(picture, item->image_bytes);
    if (room == NULL) {
        return no_memory(error);
    }
    item->image = (const uint8_t *)room;
    return source_read(&source, 0, room, item->image_bytes)
               ? LINCE_OK
               : error_set(error, LINCE_ERROR_UNREADABLE, "the document cannot be read again",
                           "no se puede volver a leer el documento");
}

/* Writes the page's part of the form, after what separates it from the page before. */
static enum lince_status item_write(struct lince_writer *writer, const struct output_item *item,
                                    struct lince_error *error) {
    const struct output_format *format = writer->format;
    struct buffer bytes;
    enum lince_status status;
    buffer_init(&bytes, &writer->meter);
    if (item->starts_document && item->page_number > 0 && format->document_begin != NULL) {
        format->document_begin(item, &bytes);
    } else if (!item->starts_document && format->page_between != NULL) {
        buffer_text(&bytes, format->page_between);
    }
    format->item(item, &bytes);
    if (format->joiner == NULL || bytes.refused) {
        status = buffer_give(writer, &bytes, error);
    } else {
        size_t count;
        const char *joined = format->joiner->join(&writer->joined, bytes.bytes, bytes.used_bytes, &count);
        status = joined == NULL ? no_memory(error) : bytes_give(writer, joined, count, error);
    }
    buffer_free(&bytes);
    return status;
}

static enum lince_status page_add(struct lince_writer *writer, const struct lince_page *page,
                                  struct lince_error *error) {
    struct lince_document *document = writer->document;
    bool has_pages = lince_document_has_pages(document) != 0;
    uint32_t number = lince_page_number(page), index = number - 1;
    struct buffer picture;
    struct output_item item = {.name = writer->name,
                               .sha256 = writer->sha256,
                               .limit_bytes = writer->limit_bytes,
                               .page = page,
                               .index = index,
                               .page_number = has_pages ? number : 0,
                               .page_count = has_pages ? lince_document_page_count(document) : 0,
                               .starts_document = writer->last_number == 0,
                               .alone = true,
                               .letters = true};
    buffer_init(&picture, &writer->meter);
    enum lince_status status =
        writer->format->needs_image ? picture_take(writer, index, &picture, &item, error) : LINCE_OK;
    if (status == LINCE_OK) {
        status = item_write(writer, &item, error);
    }
    buffer_free(&picture);
    writer->last_number = number;
    if (status == LINCE_OK && writer->is_laid) {
        buffer_append(&writer->indexes, &index, sizeof index);
        status = writer->indexes.refused ? no_memory(error) : LINCE_OK;
    }
    return status;
}

enum lince_status lince_writer_add(struct lince_writer *writer, const struct lince_page *page,
                                   struct lince_error *error) {
    struct lince_error own = LINCE_ERROR_INIT;
    struct lince_error *told = error == NULL ? &own : error;
    uint32_t number = lince_page_number(page);
    if (writer->failed != LINCE_OK) {
        return tell_again(writer, error);
    }
    if (number <= writer->last_number || number > lince_document_page_count(writer->document)) {
        return error_set(error, LINCE_ERROR_ARGUMENT,
                         "page %" PRIu32 " does not come after page %" PRIu32 " of the document; add pages in order",
                         "la página %" PRIu32 " no va después de la página %" PRIu32
                         " del documento; añada las páginas en orden",
                         number, writer->last_number);
    }
    return keep(writer, page_add(writer, page, told), told);
}

/* ---- closing ------------------------------------------------------------------------------------------ */

/* PDFium works under a lock of the whole process, so that what it writes is given away after that. */
static enum lince_status text_lay(struct lince_writer *writer, struct lince_error *error) {
    uint32_t left_count;
    struct held_output held;
    const struct pdf_overlay overlay = {
        .file = document_source(writer->document),
        .password = writer->document->password,
        .text = writer->text.bytes,
        .text_bytes = writer->text.used_bytes,
        .indexes = (const uint32_t *)(const void *)writer->indexes.bytes,
        .count = (uint32_t)(writer->indexes.used_bytes / sizeof(uint32_t)),
        .write = held_output_take,
        .context = &held,
        .meter = &writer->meter,
    };
    held_output_open(&held, &writer->meter);
    enum lince_status status = pdf_overlay_write(&overlay, &left_count, error);
    if (held_output_check(&held, NULL) != LINCE_OK) {
        status = held_output_check(&held, error);
    } else if (status == LINCE_OK) {
        status = held_output_give(&held, writer->write, writer->context, error);
    }
    held_output_close(&held);
    return status;
}

static enum lince_status tail_write(struct lince_writer *writer, struct lince_error *error) {
    const struct output_format *format = writer->format;
    bool has_pages = lince_document_has_pages(writer->document) != 0;
    struct buffer tail;
    buffer_init(&tail, &writer->meter);
    if (has_pages && writer->last_number > 0 && format->document_end != NULL) {
        buffer_text(&tail, format->document_end(true));
    }
    buffer_text(&tail, format->tail);
    if (format->joiner != NULL) {
        format->joiner->close(&writer->joined, &tail);
        writer->is_joined = false;
    }
    enum lince_status status = buffer_give(writer, &tail, error);
    buffer_free(&tail);
    return status == LINCE_OK && writer->is_laid ? text_lay(writer, error) : status;
}

enum lince_status lince_writer_close(struct lince_writer *writer, struct lince_error *error) {
    if (writer == NULL) {
        return LINCE_OK;
    }
    enum lince_status status = writer->failed != LINCE_OK ? tell_again(writer, error) : tail_write(writer, error);
    lince_writer_abandon(writer);
    return status;
}

void lince_writer_abandon(struct lince_writer *writer) {
    if (writer == NULL) {
        return;
    }
    if (writer->is_joined) {
        buffer_free(&writer->joined.places);
    }
    buffer_free(&writer->text);
    buffer_free(&writer->indexes);
    engine_meter_remove(writer->engine, &writer->meter);
    meter_free(writer);
}
