/* decode.c - checks a request, allocates the result and lets the format fill it. */
#include <inttypes.h>

#include "base/error.h"
#include "base/meter.h"
#include "image/format.h"
#include "image/image_pages.h"

enum lince_status decode_out_of_memory(const struct decode_job *job, uint64_t bytes) {
    uint32_t width = job->request->width_px, height = job->request->height_px;
    struct size_text whole = size_for_people(image_decode_bytes(job->header, width, height));
    struct size_text asked = size_for_people(bytes);
    return error_set(job->error, LINCE_ERROR_MEMORY_LIMIT,
                     "decoding the image at %" PRIu32 " x %" PRIu32 " pixels takes up to %s, and the memory limit "
                     "refused a block of %s; raise the limit or read at a smaller size",
                     "decodificar la imagen a %" PRIu32 " x %" PRIu32 " píxeles ocupa hasta %s, y el límite de memoria "
                     "negó un bloque de %s; suba el límite o lea a un tamaño menor",
                     width, height, whole.text, asked.text);
}

enum lince_status decode_damaged(const struct decode_job *job, uint32_t row) {
    const struct image_format *format = format_by_number(job->header->format);
    return error_set(job->error, LINCE_ERROR_DAMAGED,
                     "the %s image is truncated or damaged: %" PRIu32 " of its %" PRIu32 " rows could be decoded; get "
                     "the file again from its source",
                     "la imagen %s está truncada o dañada: se pudieron decodificar %" PRIu32 " de sus %" PRIu32
                     " filas; vuelva a obtener el archivo de su origen",
                     format->name, row, job->header->stored_height_px);
}

static uint32_t rotation_of(uint32_t orientation) {
    static const uint32_t degrees[9] = {0, 0, 0, 180, 180, 270, 90, 90, 270};
    return degrees[orientation];
}

static enum lince_status request_check(const struct image_request *request, const struct image_header *header,
                                       struct lince_error *error) {
    if (request->width_px >= 1 && request->height_px >= 1 && request->width_px <= header->width_px &&
        request->height_px <= header->height_px) {
        return LINCE_OK;
    }
    return error_set(error, LINCE_ERROR_ARGUMENT,
                     "a working size of %" PRIu32 " x %" PRIu32 " pixels was asked for; it may be from 1 x 1 to the "
                     "image's %" PRIu32 " x %" PRIu32 "",
                     "se pidió un tamaño de trabajo de %" PRIu32 " x %" PRIu32 " píxeles; puede ir de 1 x 1 a los "
                     "%" PRIu32 " x %" PRIu32 " de la imagen",
                     request->width_px, request->height_px, header->width_px, header->height_px);
}

/* Progress of a second decoding, which only reports that work goes on. */
static int again_progress(void *context, double share) {
    const struct image_request *request = context;
    (void)share;
    return request->progress == NULL ? 0 : request->progress(request->progress_context, 1);
}

static enum lince_status decode_once(const struct image_format *format, const struct decode_job *job) {
    if (job->pages == NULL) {
        return format->decode(job);
    }
    return job->pages->kind->decode(job->pages, job->page_index, job);
}

/*
 * Decodes on white, which suits nearly all images, and again if the visible pixels stand out only from another ground.
 */
static enum lince_status decode_on_ground(const struct image_format *format, struct decode_job *job) {
    enum lince_status status = decode_once(format, job);
    uint8_t ground = ground_level(job->contrast);
    if (status != LINCE_OK || ground == job->ground) {
        return status;
    }
    struct image_request first = *job->request, again = first;
    struct decode_job second = *job;
    again.progress = again_progress;
    again.progress_context = &first;
    second.request = &again;
    second.ground = ground;
    return decode_once(format, &second);
}

enum lince_status decode_begin(struct decode_job *job, const struct image_format *format, struct image *image) {
    const struct image_header *header = job->header;
    const struct image_request *request = job->request;
    struct ground_contrast contrast = {0};
    enum lince_status status = request_check(request, header, job->error);
    if (status != LINCE_OK) {
        return status;
    }
    struct image result = {
        .width_px = request->width_px,
        .height_px = request->height_px,
        .stride_bytes = (size_t)request->width_px * 3,
        .source_width_px = header->width_px,
        .source_height_px = header->height_px,
        .scale_x = (double)header->width_px / request->width_px,
        .scale_y = (double)header->height_px / request->height_px,
        .rotation = rotation_of(header->orientation),
    };
    job->image = &result;
    job->ground = GROUND_WHITE_LEVEL;
    job->contrast = &contrast;
    size_t pixels_bytes = result.stride_bytes * result.height_px;
    result.pixels = meter_allocate_at(job->meter, pixels_bytes, SITE_HERE("pixels"));
    status = result.pixels == NULL ? decode_out_of_memory(job, pixels_bytes) : decode_on_ground(format, job);
    job->image = NULL; /* they live no longer than this call */
    job->contrast = NULL;
    if (status != LINCE_OK) {
        image_free(&result);
        return status;
    }
    *image = result;
    return LINCE_OK;
}

/* The first page of a file with pages. */
static enum lince_status first_decode(const struct image_format *format, const struct source *source,
                                      const struct image_request *request, struct meter *meter, struct image *image,
                                      struct lince_error *error) {
    struct pages *pages = NULL;
    enum lince_status status = pages_open(format->pages, source, NULL, meter, &pages, error);
    if (status == LINCE_OK) {
        status = pages_decode(pages, 0, request, meter, image, error);
    }
    pages_close(pages);
    return status;
}

enum lince_status image_decode(const uint8_t *bytes, size_t bytes_count, const struct image_request *request,
                               struct meter *meter, struct image *image, struct lince_error *error) {
    *image = (struct image){0};
    struct image_header header;
    enum lince_status status = image_header_read(bytes, bytes_count, &header, error);
    if (status != LINCE_OK) {
        return status;
    }
    const struct image_format *format = format_by_number(header.format);
    if (format->pages != NULL) {
        struct source source = source_of_bytes(bytes, bytes_count);
        return first_decode(format, &source, request, meter, image, error);
    }
    struct decode_job job = {.bytes = bytes,
                             .bytes_count = bytes_count,
                             .header = &header,
                             .request = request,
                             .meter = meter,
                             .error = error};
    return decode_begin(&job, format, image);
}

void image_free(struct image *image) {
    meter_free(image->pixels);
    *image = (struct image){0};
}
