/* lay_elsewhere.c - sends the file and the text to a child, and passes on the blocks that come back. */
#include "worker/lay_elsewhere.h"

#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/meter.h"
#include "image/pdf/pdf_unpacked.h"
#include "output/pdf/pdf_overlay.h"
#include "worker/decoder_child.h"
#include "worker/decoder_protocol.h"
#include "worker/lay.h"

static size_t indexes_bytes_of(const struct pdf_overlay *overlay) {
    return (size_t)overlay->count * sizeof *overlay->indexes;
}

static bool request_send(int socket, const struct pdf_overlay *overlay, const struct decoder_request *request,
                         int descriptor) {
    const struct work_head head = {.magic = WORK_MAGIC,
                                   .kind = WORK_LAY,
                                   .page_count = overlay->count,
                                   .layouts_bytes =
                                       overlay->password == NULL ? 0 : (uint32_t)strlen(overlay->password) + 1,
                                   .body_bytes = sizeof *request + indexes_bytes_of(overlay) + overlay->text_bytes};
    return work_send_head(socket, &head, descriptor, -1) &&
           work_send(socket, overlay->password, head.layouts_bytes, -1) &&
           work_send(socket, request, sizeof *request, -1) &&
           work_send(socket, overlay->indexes, indexes_bytes_of(overlay), -1) &&
           work_send(socket, overlay->text, overlay->text_bytes, -1);
}

/* Passes the blocks on, which come before the answer. */
static enum lince_status blocks_pass(struct decoder_child *child, const struct pdf_overlay *overlay, char *room,
                                     struct lince_error *error) {
    uint64_t most_bytes = lay_bytes_most(overlay->file.size_bytes, indexes_bytes_of(overlay) + overlay->text_bytes);
    uint64_t used_bytes = 0;
    for (uint32_t count = 1; count > 0; used_bytes += count) {
        enum lince_status status = decoder_child_receive(child, &count, sizeof count, error);
        if (status == LINCE_OK && (count > WORK_BLOCK_BYTES || used_bytes + count > most_bytes)) {
            return decoder_child_damaged(child, error);
        }
        status = status == LINCE_OK ? decoder_child_receive(child, room, count, error) : status;
        if (status != LINCE_OK) {
            return status;
        }
        if (count > 0 && !overlay->write(overlay->context, room, count)) {
            return error_set(error, LINCE_ERROR_WRITE, "the PDF file cannot be written",
                             "no se puede escribir el archivo PDF");
        }
    }
    return LINCE_OK;
}

static enum lince_status child_ask(struct decoder_child *child, const struct pdf_overlay *overlay, uint64_t limit_bytes,
                                   char *room, uint32_t *left_count, struct lince_error *error) {
    const struct decoder_request request = {.limit_bytes = limit_bytes, .language = (uint32_t)error->language};
    struct work_head answer = {0};
    int descriptor = decoder_child_descriptor(&overlay->file, error);
    if (descriptor < 0) {
        return error->status;
    }
    bool is_sent = request_send(child->socket, overlay, &request, descriptor);
    close(descriptor);
    enum lince_status status = is_sent ? blocks_pass(child, overlay, room, error) : decoder_child_lost(child, error);
    status = status == LINCE_OK ? decoder_child_answer(child, &answer, error) : status;
    *left_count = status == LINCE_OK && answer.page_count <= overlay->count ? answer.page_count : 0;
    return status;
}

static enum lince_status lay(const struct pdf_overlay *overlay, uint64_t limit_bytes, bool is_held,
                             uint32_t *left_count, struct lince_error *error) {
    struct decoder_child child = {.socket = -1};
    uint64_t body_bytes = sizeof(struct decoder_request) + indexes_bytes_of(overlay) + overlay->text_bytes;
    *left_count = 0;
    if (body_bytes > WORK_BODY_LIMIT) {
        return error_set(error, LINCE_ERROR_TOO_LARGE,
                         "the text of the PDF file has %llu bytes, and a locked-down decoder takes at most %llu",
                         "el texto del archivo PDF tiene %llu bytes y un decodificador aislado toma como máximo %llu",
                         (unsigned long long)body_bytes, (unsigned long long)WORK_BODY_LIMIT);
    }
    char *room = meter_allocate(overlay->meter, WORK_BLOCK_BYTES);
    if (room == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory to write the PDF file; raise the memory limit",
                         "no hay memoria para escribir el archivo PDF; suba el límite de memoria");
    }
    enum lince_status status = decoder_child_start(&child, error);
    if (status == LINCE_OK && is_held) {
        decoder_child_hold(&child, limit_bytes > 0 ? limit_bytes + PDF_UNPACKED_CHILD_BYTES
                                                   : pdf_unpacked_room(overlay->meter));
    }
    if (status == LINCE_OK) {
        status = child_ask(&child, overlay, limit_bytes, room, left_count, error);
    }
    (void)decoder_child_end(&child);
    meter_free(room);
    return status;
}

enum lince_status lay_elsewhere_check(const struct pdf_overlay *overlay, bool is_held, struct lince_error *error) {
    struct pdf_overlay file = {.file = overlay->file, .password = overlay->password, .meter = overlay->meter};
    uint32_t left_count;
    return lay(&file, 0, is_held, &left_count, error);
}

enum lince_status lay_elsewhere_write(const struct pdf_overlay *overlay, uint64_t limit_bytes, bool is_held,
                                      uint32_t *left_count, struct lince_error *error) {
    return lay(overlay, limit_bytes, is_held, left_count, error);
}
