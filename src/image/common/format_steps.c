/* format_steps.c - the steps that all formats share: a header is finished, a request checked, the result filled. */
#include <inttypes.h>

#include "base/error.h"
#include "base/meter.h"
#include "image/format.h"
#include "image/image_pages.h"

static enum lince_status limits_check(const struct image_header *header, const char *name, struct lince_error *error) {
    uint32_t width = header->stored_width_px, height = header->stored_height_px;
    if (width == 0 || height == 0) {
        return error_set(error, LINCE_ERROR_DAMAGED, "the %s image says that it is %" PRIu32 " x %" PRIu32 " pixels",
                         "la imagen %s dice que mide %" PRIu32 " x %" PRIu32 " píxeles", name, width, height);
    }
    if (width > IMAGE_SIDE_LIMIT_PX || height > IMAGE_SIDE_LIMIT_PX) {
        return error_set(error, LINCE_ERROR_TOO_LARGE,
                         "the %s image is %" PRIu32 " x %" PRIu32
                         " pixels; a side may have at most %u; make it smaller",
                         "la imagen %s mide %" PRIu32 " x %" PRIu32 " píxeles; un lado puede tener como máximo %u; "
                         "redúzcala",
                         name, width, height, IMAGE_SIDE_LIMIT_PX);
    }
    if ((uint64_t)width * height > IMAGE_AREA_LIMIT_PX) {
        return error_set(error, LINCE_ERROR_TOO_LARGE,
                         "the %s image has %" PRIu32 " x %" PRIu32 " pixels; at most %" PRIu64 " are read; make it "
                         "smaller",
                         "la imagen %s tiene %" PRIu32 " x %" PRIu32 " píxeles; se leen como máximo %" PRIu64 "; "
                         "redúzcala",
                         name, width, height, IMAGE_AREA_LIMIT_PX);
    }
    return LINCE_OK;
}

static enum lince_status frame_check(struct image_header *header, const char *name, struct lince_error *error) {
    if (header->frame_width_px == 0 && header->frame_height_px == 0) {
        header->frame_width_px = header->stored_width_px;
        header->frame_height_px = header->stored_height_px;
    }
    bool inside = header->frame_width_px > 0 && header->frame_height_px > 0 &&
                  (uint64_t)header->frame_x_px + header->frame_width_px <= header->stored_width_px &&
                  (uint64_t)header->frame_y_px + header->frame_height_px <= header->stored_height_px;
    return inside ? LINCE_OK : format_header_damaged(name, error);
}

enum lince_status header_finish(const struct image_format *format, struct image_header *header,
                                struct lince_error *error) {
    enum lince_status status = limits_check(header, format->name, error);
    if (status == LINCE_OK) {
        status = frame_check(header, format->name, error);
    }
    bool turned = orientation_is_turned(header->orientation);
    header->width_px = turned ? header->stored_height_px : header->stored_width_px;
    header->height_px = turned ? header->stored_width_px : header->stored_height_px;
    return status;
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

static enum lince_status decode_once(const struct decode_job *job) {
    if (job->pages == NULL) {
        return job->format->decode(job);
    }
    return job->pages->kind->decode(job->pages, job->page_index, job);
}

/*
 * Decodes on white, which suits nearly all images, and again if the visible pixels stand out only from another ground.
 */
static enum lince_status decode_on_ground(struct decode_job *job) {
    enum lince_status status = decode_once(job);
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
    return decode_once(&second);
}

enum lince_status decode_begin(struct decode_job *job, struct image *image) {
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
    status = result.pixels == NULL ? decode_out_of_memory(job, pixels_bytes) : decode_on_ground(job);
    job->image = NULL; /* they live no longer than this call */
    job->contrast = NULL;
    if (status != LINCE_OK) {
        image_free(&result);
        return status;
    }
    *image = result;
    return LINCE_OK;
}

void image_free(struct image *image) {
    meter_free(image->pixels);
    *image = (struct image){0};
}
