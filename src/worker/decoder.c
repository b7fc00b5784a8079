/* decoder.c - loads the decoders, gives up every right, then answers one message after another. */
#include "worker/decoder.h"

#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/meter.h"
#include "base/system.h"
#include "image/format.h"
#include "image/image.h"
#include "image/image_pages.h"
#include "image/page_layer.h"
#include "image/price.h"
#include "worker/decoder_protocol.h"
#include "worker/lay.h"
#include "worker/lockdown.h"
#include "worker/unpack.h"

enum { ARENA_BYTES = 64 << 10, BODY_BYTES = 4096 };

struct decoder {
    struct meter meter, work; /* of the open file; of one request */
    struct pages *pages;      /* NULL: `bytes` are one image */
    const uint8_t *bytes;     /* the file, mapped */
    size_t bytes_count;
    char password[WORK_LAYOUTS_LIMIT];
    struct buffer body; /* of the answer */
};

static enum lince_status open_file(struct decoder *decoder, int descriptor, struct work_head *answer,
                                   struct lince_error *error) {
    off_t size = descriptor < 0 ? -1 : lseek(descriptor, 0, SEEK_END);
    void *bytes = size <= 0 ? MAP_FAILED : mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (bytes == MAP_FAILED || decoder->bytes != NULL) {
        return error_set(error, LINCE_ERROR_UNREADABLE, "the decoder cannot read the file",
                         "el decodificador no puede leer el archivo");
    }
    decoder->bytes = bytes;
    decoder->bytes_count = (size_t)size;
    const struct pages_kind *kind = pages_kind_of(decoder->bytes, decoder->bytes_count);
    const struct source source = source_of_bytes(decoder->bytes, decoder->bytes_count);
    const struct pages_options options = {.password = decoder->password[0] == '\0' ? NULL : decoder->password};
    enum lince_status status =
        kind == NULL ? LINCE_OK : pages_open(kind, &source, &options, &decoder->meter, &decoder->pages, error);
    answer->page_count = decoder->pages == NULL ? 1 : decoder->pages->count;
    return status;
}

static enum lince_status page_check(const struct decoder *decoder, uint32_t index, struct lince_error *error) {
    bool is_there = decoder->bytes != NULL && index < (decoder->pages == NULL ? 1 : decoder->pages->count);
    return is_there ? LINCE_OK
                    : error_set(error, LINCE_ERROR_ARGUMENT, "there is no page %u", "no hay página %u", index + 1);
}

static enum lince_status header_find(struct decoder *decoder, uint32_t index, struct image_header *header,
                                     struct lince_error *error) {
    enum lince_status status = page_check(decoder, index, error);
    if (status != LINCE_OK) {
        return status;
    }
    return decoder->pages != NULL ? pages_header_read(decoder->pages, index, header, error)
                                  : image_header_read(decoder->bytes, decoder->bytes_count, header, error);
}

static enum lince_status header_tell(struct decoder *decoder, uint32_t index, struct lince_error *error) {
    struct image_header header = {0};
    enum lince_status status = header_find(decoder, index, &header, error);
    const struct decoder_header told = {.stored_width_px = header.stored_width_px,
                                        .stored_height_px = header.stored_height_px,
                                        .orientation = header.orientation,
                                        .channels = header.channels,
                                        .bits = header.bits,
                                        .in_passes = header.in_passes,
                                        .halvings_most = header.halvings_most,
                                        .band_rows_px = header.band_rows_px,
                                        .lossless = header.lossless,
                                        .animated = header.animated,
                                        .frame_x_px = header.frame_x_px,
                                        .frame_y_px = header.frame_y_px,
                                        .frame_width_px = header.frame_width_px,
                                        .frame_height_px = header.frame_height_px,
                                        .coefficients_bytes = header.coefficients_bytes,
                                        .library_bytes = header.library_bytes,
                                        .dots_per_inch = header.dots_per_inch};
    if (status == LINCE_OK) {
        buffer_append(&decoder->body, &told, sizeof told);
    }
    return status;
}

static void layer_write(const struct page_layer *layer, struct buffer *body) {
    const struct decoder_layer head = {layer->letter_count, layer->picture_count, layer->has_drawings};
    buffer_append(body, &head, sizeof head);
    for (size_t i = 0; i < layer->letter_count; i++) {
        const struct layer_letter *letter = &layer->letters[i];
        const struct decoder_letter told = {{letter->box.x0, letter->box.y0, letter->box.x1, letter->box.y1},
                                            {letter->along_x, letter->along_y},
                                            letter->code,
                                            letter->is_hidden,
                                            letter->is_break,
                                            letter->font};
        buffer_append(body, &told, sizeof told);
    }
    for (size_t i = 0; i < layer->picture_count; i++) {
        buffer_append(body, &layer->pictures[i], sizeof layer->pictures[i]);
    }
}

static enum lince_status layer_tell(struct decoder *decoder, uint32_t index, struct lince_error *error) {
    struct image_header header;
    struct page_layer layer = {0};
    struct arena arena;
    enum lince_status status = header_find(decoder, index, &header, error);
    if (status != LINCE_OK || decoder->pages == NULL || decoder->pages->kind->layer == NULL) {
        return status;
    }
    arena_init(&arena, &decoder->work, ARENA_BYTES);
    status = decoder->pages->kind->layer(decoder->pages, index, &header, &arena, &layer, error);
    if (status == LINCE_OK) {
        layer_write(&layer, &decoder->body);
    }
    arena_clear(&arena);
    return status;
}

/* The page as it is in the file; an answer without a body if it is no fax strip. */
static enum lince_status fax_tell(struct decoder *decoder, uint32_t index, struct lince_error *error) {
    enum lince_status status = page_check(decoder, index, error);
    return status == LINCE_OK && decoder->pages != NULL && decoder->pages->kind->fax != NULL
               ? decoder->pages->kind->fax(decoder->pages, index, &decoder->body, error)
               : status;
}

/* Sends the pixels row by row as they are, without a copy. */
static bool pixels_send(const struct image *image, struct work_head *answer) {
    answer->stream_bytes = (uint64_t)image->stride_bytes * image->height_px;
    return work_send_head(WORK_DESCRIPTOR, answer, -1, -1) &&
           work_send(WORK_DESCRIPTOR, image->pixels, answer->stream_bytes, -1);
}

/* False when the other end is gone. */
static bool answer_send(struct decoder *decoder, enum lince_status status, struct work_head *answer,
                        const struct lince_error *error) {
    if (status != LINCE_OK || decoder->body.refused) {
        buffer_clear(&decoder->body);
        decoder->body.refused = false;
        buffer_text(&decoder->body, status == LINCE_OK ? "no memory for the answer" : error->message);
        status = status == LINCE_OK ? LINCE_ERROR_MEMORY_LIMIT : status;
    }
    answer->status = (uint32_t)status;
    answer->body_bytes = decoder->body.used_bytes;
    return work_send_head(WORK_DESCRIPTOR, answer, -1, -1) &&
           work_send(WORK_DESCRIPTOR, decoder->body.bytes, answer->body_bytes, -1);
}

static bool decode_answer(struct decoder *decoder, const struct work_head *asked, const struct decoder_request *request,
                          struct work_head *answer, struct lince_error *error) {
    struct image image;
    const struct image_request wanted = {.width_px = request->width_px, .height_px = request->height_px};
    enum lince_status status = page_check(decoder, asked->page_index, error);
    if (status == LINCE_OK) {
        status = decoder->pages != NULL
                     ? pages_decode(decoder->pages, asked->page_index, &wanted, &decoder->work, &image, error)
                     : image_decode(decoder->bytes, decoder->bytes_count, &wanted, &decoder->work, &image, error);
    }
    if (status != LINCE_OK) {
        return answer_send(decoder, status, answer, error);
    }
    bool is_sent = pixels_send(&image, answer);
    image_free(&image);
    return is_sent;
}

/* One entry of an archive, sent while it is unpacked. */
static bool unpack_answer(struct decoder *decoder, const struct unpack_request *request, int descriptor,
                          struct work_head *answer) {
    struct lince_error error = LINCE_ERROR_INIT;
    struct unpack unpack;
    error.language = (enum lince_language)request->language;
    enum lince_status status = unpack_begin(&unpack, request, descriptor, &decoder->work, &error);
    if (status != LINCE_OK) {
        return answer_send(decoder, status, answer, &error);
    }
    answer->stream_bytes = unpack_body_bytes(&unpack);
    bool is_sent = work_send_head(WORK_DESCRIPTOR, answer, -1, -1) && unpack_send(&unpack, WORK_DESCRIPTOR);
    unpack_end(&unpack);
    return is_sent;
}

/* Lays text over a PDF file, which is sent meanwhile; `asked` has the text after the request. */
static bool lay_answer(struct decoder *decoder, const struct work_head *asked, const struct decoder_request *request,
                       int descriptor, struct work_head *answer) {
    struct lince_error error = LINCE_ERROR_INIT;
    size_t text_bytes = (size_t)asked->body_bytes - sizeof *request;
    char *text = text_bytes == 0 ? NULL : meter_allocate(&decoder->work, text_bytes);
    bool is_gone = text_bytes > 0 && (text == NULL || !work_receive(WORK_DESCRIPTOR, text, text_bytes, -1));
    const struct lay_request wanted = {.descriptor = descriptor,
                                       .body = text,
                                       .body_bytes = text_bytes,
                                       .page_count = asked->page_count,
                                       .password = decoder->password[0] == '\0' ? NULL : decoder->password,
                                       .in_program = true,
                                       .socket = WORK_DESCRIPTOR};
    error.language = request->language == LINCE_SPANISH ? LINCE_SPANISH : LINCE_ENGLISH;
    enum lince_status status = LINCE_OK;
    if (!is_gone) {
        status = lay_send(&wanted, &decoder->work, &answer->page_count, &is_gone, &error);
    }
    meter_free(text);
    return !is_gone && answer_send(decoder, status, answer, &error);
}

static bool request_answer(struct decoder *decoder, const struct work_head *asked,
                           const struct decoder_request *request, int descriptor) {
    struct lince_error error = LINCE_ERROR_INIT;
    struct work_head answer = {.magic = WORK_MAGIC, .kind = WORK_RESULT};
    enum lince_status status = LINCE_OK;
    error.language = request->language == LINCE_SPANISH ? LINCE_SPANISH : LINCE_ENGLISH;
    if (asked->kind == WORK_OPEN) {
        status = open_file(decoder, descriptor, &answer, &error);
        answer.resident_bytes = system_figures().private_dirty_bytes;
    } else if (asked->kind == WORK_HEADER) {
        status = header_tell(decoder, asked->page_index, &error);
    } else if (asked->kind == WORK_LAYER) {
        status = layer_tell(decoder, asked->page_index, &error);
    } else if (asked->kind == WORK_FAX) {
        status = fax_tell(decoder, asked->page_index, &error);
    } else {
        return decode_answer(decoder, asked, request, &answer, &error);
    }
    return answer_send(decoder, status, &answer, &error);
}

/* False when the other end is gone. */
static bool serve_one(struct decoder *decoder) {
    struct work_head asked;
    union {
        struct decoder_request decode;
        struct unpack_request unpack;
    } body = {0};
    int descriptor = -1;
    if (!work_receive_head(WORK_DESCRIPTOR, &asked, &descriptor, -1)) {
        return false;
    }
    bool is_laid = asked.kind == WORK_LAY;
    uint64_t body_bytes = is_laid ? sizeof body.decode : asked.body_bytes;
    if (body_bytes > sizeof body || body_bytes > asked.body_bytes || asked.layouts_bytes >= sizeof decoder->password ||
        !work_receive(WORK_DESCRIPTOR, decoder->password, asked.layouts_bytes, -1) ||
        !work_receive(WORK_DESCRIPTOR, &body, body_bytes, -1)) {
        return false;
    }
    bool is_archive = asked.kind == WORK_UNPACK;
    uint64_t limit_bytes = is_archive ? 0 : body.decode.limit_bytes;
    struct work_head answer = {.magic = WORK_MAGIC, .kind = WORK_RESULT};
    meter_init(&decoder->work, &decoder->meter, "work", limit_bytes == 0 ? METER_NO_LIMIT : limit_bytes);
    bool goes_on = is_archive ? unpack_answer(decoder, &body.unpack, descriptor, &answer)
                   : is_laid  ? lay_answer(decoder, &asked, &body.decode, descriptor, &answer)
                              : request_answer(decoder, &asked, &body.decode, descriptor);
    buffer_free(&decoder->body);
    meter_remove(&decoder->work);
    system_give_back();
    if (descriptor >= 0) {
        close(descriptor);
    }
    return goes_on;
}

enum lince_status decoder_run(struct lince_error *error) {
    struct decoder decoder = {.pages = NULL};
    lockdown_begin(WORK_DESCRIPTOR);
    signal(SIGINT, SIG_IGN); /* a terminal's interrupt goes to the program, which lets the page be finished */
    signal(SIGTERM, SIG_IGN);
    meter_init(&decoder.meter, NULL, "decoder", METER_NO_LIMIT);
    buffer_init(&decoder.body, &decoder.meter);
    image_load_libraries();
    enum lince_status status = lockdown_enter(error);
    if (status != LINCE_OK) {
        return status;
    }
    while (serve_one(&decoder)) {
    }
    pages_close(decoder.pages);
    return LINCE_OK;
}
