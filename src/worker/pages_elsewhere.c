/* pages_elsewhere.c - pages whose headers, pixels and layers come from a child. */
#include "worker/pages_elsewhere.h"

#include <math.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/meter.h"
#include "image/common/fax_strip.h"
#include "image/format.h"
#include "image/image.h"
#include "image/page_layer.h"
#include "image/pdf/pdf_unpacked.h"
#include "image/price.h"
#include "image/reduce.h"
#include "worker/child_ends.h"
#include "worker/decoder_child.h"
#include "worker/decoder_protocol.h"

enum { LOOK_MS = 100, PART_BYTES = 1 << 20, LETTERS_LIMIT = 4 << 20 };
#define LIBRARY_LIMIT_BYTES (UINT64_C(1) << 40)

struct elsewhere {
    struct pages pages;
    struct pages_kind kind;
    struct decoder_child child;
    const char *password;   /* borrowed; NULL: none */
    uint64_t charged_bytes; /* on the pages' meter: what the child takes */
    struct child_ends ends;
    bool is_unforeseen; /* it may unpack to more than there is memory for */
};

/* Sends a request. `password` may be NULL. */
static bool request_send(struct elsewhere *file, enum work_kind kind, uint32_t index, const char *password,
                         const struct decoder_request *request, int descriptor) {
    const struct work_head head = {.magic = WORK_MAGIC,
                                   .kind = kind,
                                   .page_index = index,
                                   .layouts_bytes = password == NULL ? 0 : (uint32_t)strlen(password) + 1,
                                   .body_bytes = sizeof *request};
    return file->child.socket >= 0 && work_send_head(file->child.socket, &head, descriptor, -1) &&
           work_send(file->child.socket, password, head.layouts_bytes, -1) &&
           work_send(file->child.socket, request, sizeof *request, -1);
}

static enum lince_status file_send(struct elsewhere *file, uint32_t *page_count, struct lince_error *error) {
    const struct decoder_request request = {.language = (uint32_t)error->language};
    struct work_head answer = {0};
    int descriptor = decoder_child_descriptor(&file->pages.source, error);
    if (descriptor < 0) {
        return error->status;
    }
    bool is_sent = request_send(file, WORK_OPEN, 0, file->password, &request, descriptor);
    close(descriptor);
    enum lince_status status =
        is_sent ? decoder_child_answer(&file->child, &answer, error) : decoder_child_lost(&file->child, error);
    if (status != LINCE_OK) {
        return status;
    }
    if (answer.page_count < 1 || answer.page_count > PAGES_LIMIT || answer.body_bytes != 0) {
        return decoder_child_damaged(&file->child, error);
    }
    *page_count = answer.page_count;
    if (!meter_charge(file->pages.meter, answer.resident_bytes)) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                         "the locked-down decoder takes %llu bytes of memory, more than the limit leaves; raise it",
                         "el decodificador aislado ocupa %llu bytes de memoria, más de lo que deja el límite; súbalo",
                         (unsigned long long)answer.resident_bytes);
    }
    file->charged_bytes = answer.resident_bytes;
    return LINCE_OK;
}

/* Notes how a request about a page ended. Its headers alone do not show that the page can be decoded. */
static enum lince_status page_note(struct elsewhere *file, uint32_t index, enum lince_status status, bool is_header) {
    bool has_ended = file->child.socket < 0;
    if (status == LINCE_ERROR_RUNTIME && has_ended && file->child.was_killed) {
        child_ends_note(&file->ends, index, CHILD_KILLED);
    } else if (has_ended && (status == LINCE_ERROR_DAMAGED || file->child.was_refused_memory)) {
        child_ends_note(&file->ends, index, CHILD_LOST);
    } else if (!is_header && status != LINCE_ERROR_RUNTIME) { /* which is not the file's doing */
        child_ends_note(&file->ends, index, CHILD_LIVES);
    }
    return status;
}

/* A child for a file that may unpack beyond its memory gets so much as the document's meter leaves. */
static enum lince_status child_start(struct elsewhere *file, struct lince_error *error) {
    enum lince_status status = decoder_child_start(&file->child, error);
    if (status == LINCE_OK && file->is_unforeseen) {
        decoder_child_hold(&file->child, pdf_unpacked_room(file->pages.meter));
    }
    return status;
}

/*
 * Starts another child when the last one ended: a page that no decoder survives, which was told, does not cost the
 * pages behind it. After several such pages in a row the file is given up: each child costs a start and its time.
 */
static enum lince_status child_renew(struct elsewhere *file, struct lince_error *error) {
    uint32_t page_count = 0;
    if (file->child.socket >= 0) {
        return LINCE_OK;
    }
    enum lince_status status = child_ends_judge(&file->ends, error);
    if (status != LINCE_OK) {
        return status;
    }
    meter_release(file->pages.meter, file->charged_bytes);
    file->charged_bytes = 0;
    status = child_start(file, error);
    if (status == LINCE_OK) {
        status = file_send(file, &page_count, error);
    }
    if (status == LINCE_OK && page_count != file->pages.count) {
        status = decoder_child_damaged(&file->child, error);
    }
    if (status != LINCE_OK && file->child.socket >= 0) { /* otherwise it has ended, and how is noted */
        (void)decoder_child_end(&file->child);
    }
    return status;
}

/* Sends a request about a page and receives the head of its answer. */
static enum lince_status request_answered(struct elsewhere *file, enum work_kind kind, uint32_t index,
                                          const struct decoder_request *request, struct work_head *answer,
                                          struct lince_error *error) {
    enum lince_status status = child_renew(file, error);
    if (status != LINCE_OK) {
        return status;
    }
    return request_send(file, kind, index, NULL, request, -1) ? decoder_child_answer(&file->child, answer, error)
                                                              : decoder_child_lost(&file->child, error);
}

static void close_elsewhere(struct pages *pages) {
    struct elsewhere *file = (struct elsewhere *)pages;
    (void)decoder_child_end(&file->child);
    meter_release(pages->meter, file->charged_bytes);
    meter_free(file);
}

static enum lince_status header_ask(struct elsewhere *file, uint32_t index, struct image_header *header,
                                    struct lince_error *error) {
    const struct decoder_request request = {.language = (uint32_t)error->language};
    struct work_head answer = {0};
    struct decoder_header told;
    enum lince_status status = request_answered(file, WORK_HEADER, index, &request, &answer, error);
    if (status != LINCE_OK) {
        return status;
    }
    if (answer.body_bytes != sizeof told) {
        return decoder_child_damaged(&file->child, error);
    }
    status = decoder_child_receive(&file->child, &told, sizeof told, error);
    if (status != LINCE_OK) {
        return status;
    }
    if (told.orientation < 1 || told.orientation > 8 || told.channels < 1 || told.channels > 4 || told.bits > 32 ||
        told.band_rows_px < 1 || told.halvings_most > 32 || told.coefficients_bytes > LIBRARY_LIMIT_BYTES ||
        told.library_bytes > LIBRARY_LIMIT_BYTES || !(told.dots_per_inch >= 0)) {
        return decoder_child_damaged(&file->child, error);
    }
    header->stored_width_px = told.stored_width_px;
    header->stored_height_px = told.stored_height_px;
    header->orientation = told.orientation;
    header->channels = told.channels;
    header->bits = told.bits;
    header->in_passes = told.in_passes != 0;
    header->halvings_most = told.halvings_most;
    header->band_rows_px = told.band_rows_px;
    header->lossless = told.lossless != 0;
    header->animated = told.animated != 0;
    header->frame_x_px = told.frame_x_px;
    header->frame_y_px = told.frame_y_px;
    header->frame_width_px = told.frame_width_px;
    header->frame_height_px = told.frame_height_px;
    header->coefficients_bytes = told.coefficients_bytes;
    header->library_bytes = told.library_bytes;
    header->dots_per_inch = told.dots_per_inch;
    header->is_elsewhere = true;
    return LINCE_OK;
}

static enum lince_status header_elsewhere(struct pages *pages, uint32_t index, struct image_header *header,
                                          struct lince_error *error) {
    struct elsewhere *file = (struct elsewhere *)pages;
    return page_note(file, index, header_ask(file, index, header, error), true);
}

/* Waits for the answer and reports progress meanwhile. CANCELLED ends the child. */
static enum lince_status pixels_wait(struct elsewhere *file, const struct decode_job *job) {
    struct pollfd wait = {.fd = file->child.socket, .events = POLLIN};
    enum lince_status status = LINCE_OK;
    while (status == LINCE_OK && poll(&wait, 1, LOOK_MS) == 0) {
        status = reducer_report(job, 0);
    }
    if (status != LINCE_OK) {
        (void)decoder_child_end(&file->child);
    }
    return status;
}

static enum lince_status pixels_receive(struct elsewhere *file, const struct decode_job *job) {
    struct work_head answer = {0};
    size_t total = job->image->stride_bytes * job->image->height_px;
    enum lince_status status = pixels_wait(file, job);
    status = status == LINCE_OK ? decoder_child_answer(&file->child, &answer, job->error) : status;
    if (status == LINCE_OK && answer.stream_bytes != total) {
        return decoder_child_damaged(&file->child, job->error);
    }
    for (size_t at = 0; status == LINCE_OK && at < total;) {
        size_t part = total - at < PART_BYTES ? total - at : PART_BYTES;
        status = decoder_child_receive(&file->child, job->image->pixels + at, part, job->error);
        if (status != LINCE_OK) {
            return status;
        }
        at += part;
        status = reducer_report(job, (double)at / (double)total);
        if (status != LINCE_OK) {
            (void)decoder_child_end(&file->child);
        }
    }
    return status;
}

/* What the child takes for it is charged here meanwhile. */
static enum lince_status decode_elsewhere(struct pages *pages, uint32_t index, const struct decode_job *job) {
    struct elsewhere *file = (struct elsewhere *)pages;
    struct image_header header = *job->header;
    header.is_elsewhere = false;
    uint64_t bytes = image_decode_bytes(&header, job->request->width_px, job->request->height_px);
    const struct decoder_request request = {.limit_bytes = bytes,
                                            .width_px = job->request->width_px,
                                            .height_px = job->request->height_px,
                                            .language = (uint32_t)job->error->language};
    if (!meter_charge(job->meter, bytes)) {
        return decode_out_of_memory(job, bytes);
    }
    enum lince_status status = child_renew(file, job->error);
    if (status == LINCE_OK) {
        status = request_send(file, WORK_DECODE, index, NULL, &request, -1)
                     ? pixels_receive(file, job)
                     : decoder_child_lost(&file->child, job->error);
    }
    meter_release(job->meter, bytes);
    return page_note(file, index, status, false);
}

static bool is_box(const struct lince_box *box) {
    return isfinite(box->x0) && isfinite(box->y0) && isfinite(box->x1) && isfinite(box->y1);
}

static enum lince_status letter_receive(struct elsewhere *file, struct layer_letter *letter,
                                        struct lince_error *error) {
    struct decoder_letter told;
    enum lince_status status = decoder_child_receive(&file->child, &told, sizeof told, error);
    if (status != LINCE_OK) {
        return status;
    }
    *letter = (struct layer_letter){.code = told.code,
                                    .box = {told.box[0], told.box[1], told.box[2], told.box[3]},
                                    .along_x = told.along[0],
                                    .along_y = told.along[1],
                                    .is_hidden = told.is_hidden != 0,
                                    .is_break = told.is_break != 0,
                                    .font = (uint8_t)told.font};
    bool is_right = told.code <= 0x10ffff && told.font < LAYER_FONTS_MOST && is_box(&letter->box) &&
                    isfinite(letter->along_x) && isfinite(letter->along_y);
    return is_right ? LINCE_OK : decoder_child_damaged(&file->child, error);
}

static enum lince_status layer_receive(struct elsewhere *file, const struct decoder_layer *head,
                                       struct page_layer *layer, struct lince_error *error) {
    enum lince_status status = LINCE_OK;
    for (size_t i = 0; i < head->letter_count && status == LINCE_OK; i++) {
        status = letter_receive(file, &layer->letters[i], error);
    }
    for (size_t i = 0; i < head->picture_count && status == LINCE_OK; i++) {
        status = decoder_child_receive(&file->child, &layer->pictures[i], sizeof *layer->pictures, error);
        if (status == LINCE_OK && !is_box(&layer->pictures[i])) {
            status = decoder_child_damaged(&file->child, error);
        }
    }
    layer->letter_count = head->letter_count;
    layer->picture_count = head->picture_count;
    layer->has_drawings = head->has_drawings != 0;
    return status;
}

static enum lince_status layer_ask(struct elsewhere *file, uint32_t index, struct arena *arena,
                                   struct page_layer *layer, struct lince_error *error) {
    const struct decoder_request request = {.language = (uint32_t)error->language};
    struct work_head answer = {0};
    struct decoder_layer head = {0};
    enum lince_status status = request_answered(file, WORK_LAYER, index, &request, &answer, error);
    if (status != LINCE_OK || answer.body_bytes == 0) {
        return status;
    }
    if (answer.body_bytes < sizeof head) {
        return decoder_child_damaged(&file->child, error);
    }
    status = decoder_child_receive(&file->child, &head, sizeof head, error);
    if (status != LINCE_OK) {
        return status;
    }
    if (head.letter_count > LETTERS_LIMIT || head.picture_count > LETTERS_LIMIT ||
        answer.body_bytes != sizeof head + head.letter_count * sizeof(struct decoder_letter) +
                                 head.picture_count * sizeof(struct lince_box)) {
        return decoder_child_damaged(&file->child, error);
    }
    layer->letters = arena_allocate_zero(arena, head.letter_count + 1, sizeof *layer->letters);
    layer->pictures = arena_allocate_zero(arena, head.picture_count + 1, sizeof *layer->pictures);
    if (layer->letters == NULL || layer->pictures == NULL) {
        (void)decoder_child_end(&file->child);
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the text of a page; raise the limit",
                         "no hay memoria para el texto de una página; suba el límite");
    }
    return layer_receive(file, &head, layer, error);
}

static enum lince_status layer_elsewhere(struct pages *pages, uint32_t index, const struct image_header *header,
                                         struct arena *arena, struct page_layer *layer, struct lince_error *error) {
    struct elsewhere *file = (struct elsewhere *)pages;
    (void)header; /* the child knows it */
    return page_note(file, index, layer_ask(file, index, arena, layer, error), false);
}

static enum lince_status fax_ask(struct elsewhere *file, uint32_t index, struct buffer *bytes,
                                 struct lince_error *error) {
    const struct decoder_request request = {.language = (uint32_t)error->language};
    struct work_head answer = {0};
    struct fax_strip strip;
    enum lince_status status = request_answered(file, WORK_FAX, index, &request, &answer, error);
    if (status != LINCE_OK || answer.body_bytes == 0) {
        return status;
    }
    char *room = buffer_room(bytes, answer.body_bytes);
    if (room == NULL) {
        (void)decoder_child_end(&file->child);
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the %llu bytes of a page; raise the limit",
                         "no hay memoria para los %llu bytes de una página; suba el límite",
                         (unsigned long long)answer.body_bytes);
    }
    status = decoder_child_receive(&file->child, room, answer.body_bytes, error);
    if (status == LINCE_OK && !fax_strip_read(room, answer.body_bytes, &strip)) {
        return decoder_child_damaged(&file->child, error);
    }
    bytes->used_bytes += status == LINCE_OK ? answer.body_bytes : 0;
    return status;
}

static enum lince_status fax_elsewhere(struct pages *pages, uint32_t index, struct buffer *bytes,
                                       struct lince_error *error) {
    struct elsewhere *file = (struct elsewhere *)pages;
    return page_note(file, index, fax_ask(file, index, bytes, error), false);
}

static enum lince_status file_open(const struct image_format *format, const struct source *source, bool is_unforeseen,
                                   const struct pages_options *options, struct meter *meter, struct pages **pages,
                                   struct lince_error *error) {
    struct elsewhere *file = meter_new(meter, struct elsewhere);
    *pages = NULL;
    if (file == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for a document; raise the limit",
                         "no hay memoria para un documento; suba el límite");
    }
    file->kind =
        (struct pages_kind){.format = format,
                            .close = close_elsewhere,
                            .header_read = header_elsewhere,
                            .decode = decode_elsewhere,
                            .fax = format->pages == NULL || format->pages->fax == NULL ? NULL : fax_elsewhere,
                            .layer = format->pages == NULL || format->pages->layer == NULL ? NULL : layer_elsewhere};
    file->pages = (struct pages){.kind = &file->kind, .source = *source, .meter = meter, .count = 1};
    file->password = options->password;
    file->is_unforeseen = is_unforeseen;
    enum lince_status status = child_start(file, error);
    if (status == LINCE_OK) {
        status = file_send(file, &file->pages.count, error);
    }
    if (status != LINCE_OK) {
        close_elsewhere(&file->pages);
        return status;
    }
    *pages = &file->pages;
    return LINCE_OK;
}

static enum lince_status open_elsewhere(void *context, const struct image_format *format, const struct source *source,
                                        const struct pages_options *options, struct meter *meter, struct pages **pages,
                                        struct lince_error *error) {
    (void)context;
    return file_open(format, source, false, options, meter, pages, error);
}

static enum lince_status open_unforeseen(void *context, const struct image_format *format, const struct source *source,
                                         const struct pages_options *options, struct meter *meter, struct pages **pages,
                                         struct lince_error *error) {
    (void)context;
    return file_open(format, source, true, options, meter, pages, error);
}

static bool is_risky(void *context, const struct image_format *format, const struct source *source,
                     struct meter *meter) {
    (void)context;
    (void)source;
    (void)meter;
    return image_wants_isolation(format);
}

static bool is_unforeseen(void *context, const struct image_format *format, const struct source *source,
                          struct meter *meter) {
    (void)context;
    return format == &pdf_format && !pdf_unpacked_has_room(source, meter);
}

const struct isolation pages_elsewhere = {.wants = is_risky, .open = open_elsewhere};
const struct isolation pages_unforeseen = {.wants = is_unforeseen, .open = open_unforeseen};
