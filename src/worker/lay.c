/* lay.c - checks the request, and turns what PDFium writes into blocks. */
#include "worker/lay.h"

#include <inttypes.h>
#include <unistd.h>

#include "base/error.h"
#include "output/pdf/pdf_overlay.h"
#include "worker/worker_protocol.h"

/* Object streams are unpacked when a file is written anew: a file that unpacks to more than this is a trap. */
enum { GROWTH_TIMES = 8, GROWTH_BYTES = 64 << 20 };

struct lay {
    int socket;
    bool is_gone, is_too_large;
    uint64_t used_bytes, most_bytes;
};

uint64_t lay_bytes_most(uint64_t file_bytes, uint64_t body_bytes) {
    return GROWTH_TIMES * (file_bytes + body_bytes) + GROWTH_BYTES;
}

static bool block_send(void *context, const void *bytes, size_t bytes_count) {
    struct lay *lay = context;
    const char *at = bytes;
    lay->used_bytes += bytes_count;
    lay->is_too_large = lay->used_bytes > lay->most_bytes;
    while (bytes_count > 0 && !lay->is_too_large && !lay->is_gone) {
        uint32_t count = bytes_count < WORK_BLOCK_BYTES ? (uint32_t)bytes_count : WORK_BLOCK_BYTES;
        lay->is_gone = !work_send(lay->socket, &count, sizeof count, -1) || !work_send(lay->socket, at, count, -1);
        at += count;
        bytes_count -= count;
    }
    return bytes_count == 0;
}

static enum lince_status text_lay(const struct lay_request *request, const struct source *file, struct meter *meter,
                                  struct lay *lay, uint32_t *left_count, struct lince_error *error) {
    size_t indexes_bytes = (size_t)request->page_count * sizeof(uint32_t);
    if (request->body_bytes < indexes_bytes) {
        return error_set(error, LINCE_ERROR_DAMAGED, "the text of %" PRIu32 " pages is cut short",
                         "el texto de %" PRIu32 " páginas está incompleto", request->page_count);
    }
    const struct pdf_overlay overlay = {
        .file = *file,
        .password = request->password,
        .text = (const char *)request->body + indexes_bytes,
        .text_bytes = request->body_bytes - indexes_bytes,
        .indexes = request->body,
        .count = request->page_count,
        .write = block_send,
        .context = lay,
        .meter = meter,
    };
    enum lince_status status = pdf_overlay_write(&overlay, left_count, error);
    return status != LINCE_OK && lay->is_too_large
               ? error_set(error, LINCE_ERROR_TOO_LARGE,
                           "the PDF file unpacks to more than %" PRIu64
                           " bytes; ask for another form, such as hocr, or "
                           "for pictures of its pages with text",
                           "el archivo PDF se desempaqueta a más de %" PRIu64 " bytes; pida otra forma, como hocr, o "
                           "imágenes de sus páginas con texto",
                           lay->most_bytes)
               : status;
}

enum lince_status lay_send(const struct lay_request *request, struct meter *meter, uint32_t *left_count, bool *is_gone,
                           struct lince_error *error) {
    off_t size = lseek(request->descriptor, 0, SEEK_END);
    uint64_t size_bytes = size < 0 ? 0 : (uint64_t)size;
    struct source file = source_of_file(request->descriptor, size_bytes);
    struct lay lay = {.socket = request->socket, .most_bytes = lay_bytes_most(size_bytes, request->body_bytes)};
    uint32_t end = 0;
    *left_count = 0;
    enum lince_status status = pdf_overlay_check(&file, request->password, request->in_program, error);
    if (status == LINCE_OK && request->page_count > 0) {
        status = text_lay(request, &file, meter, &lay, left_count, error);
    }
    *is_gone = lay.is_gone || !work_send(lay.socket, &end, sizeof end, -1);
    return status;
}
