/* webp.c - WebP through libwebp, which scales while it decodes; Lince walks the container itself. */
#include <string.h>

#include <webp/decode.h>

#include "base/error.h"
#include "base/meter.h"
#include "base/wire_number.h"
#include "image/format.h"
#include "image/header/exif.h"
#include "image/reduce.h"

enum { RIFF_BYTES = 12, CHUNK_BYTES = 8, VP8X_BYTES = 10, FRAME_BYTES = 16 };
enum { FLAG_ANIMATION = 0x02, FLAG_EXIF = 0x08 };

/* The decoder gets its bytes in this many portions, and the caller may cancel between them. */
enum { PORTION_COUNT = 32 };

/*
 * What libwebp 1.2 to 1.5 allocates. It has no hooks, so this is charged at once. A lossy image takes state, a row of
 * blocks with their coefficients, and rows for filtering, scaling and upsampling. A lossless one takes its pixels as 4
 * bytes, 16 rows, and 12 kB of entropy codes for each part of the image; encoders write a few dozen parts.
 */
enum { LOSSY_FIXED_BYTES = 96 * 1024, LOSSY_COLUMN_BYTES = 140, LOSSY_SCALED_COLUMN_BYTES = 48 };
enum { LOSSLESS_FIXED_BYTES = 256 * 1024, LOSSLESS_ROWS = 20, CODES_BYTES = 12 * 1024, CODES_PART_PX = 128 * 128 };

/* The container: where the first image's bytes are, and what the chunks around them say. */
struct container {
    const uint8_t *image; /* borrowed: its chunks, with a transparency chunk before the pixels; NULL: not found */
    size_t image_bytes;
    uint32_t canvas_width_px, canvas_height_px; /* 0: same as the image */
    uint32_t x_px, y_px;
    uint32_t frame_width_px, frame_height_px; /* 0: same as the image */
    uint32_t orientation;
    bool animated;
};

/* ---- container ---------------------------------------------------------------------------------------- */

static bool webp_matches(const uint8_t *bytes, size_t bytes_count) {
    return bytes_count >= RIFF_BYTES && memcmp(bytes, "RIFF", 4) == 0 && memcmp(bytes + 8, "WEBP", 4) == 0;
}

struct chunk {
    const uint8_t *start; /* its name; the body starts 8 bytes later */
    size_t body_bytes;    /* bytes that are there */
    size_t whole_bytes;   /* to the next chunk, or to the end */
};

/* Reads the chunk at `at`; false if there is none. */
static bool chunk_read(const uint8_t *at, const uint8_t *end, struct chunk *chunk) {
    size_t room = (size_t)(end - at);
    if (room < CHUNK_BYTES) {
        return false;
    }
    size_t named = wire_little_32(at + 4), body_room = room - CHUNK_BYTES;
    chunk->start = at;
    chunk->body_bytes = named < body_room ? named : body_room;
    size_t padded = chunk->body_bytes + chunk->body_bytes % 2;
    chunk->whole_bytes = CHUNK_BYTES + (padded < body_room ? padded : body_room);
    return true;
}

static bool chunk_is(const struct chunk *chunk, const char *name) {
    return memcmp(chunk->start, name, 4) == 0;
}

/* Finds the image chunks between two places: transparency, if any, then pixels. */
static void image_find(struct container *container, const uint8_t *at, const uint8_t *end) {
    const uint8_t *alpha = NULL;
    struct chunk chunk;
    for (; chunk_read(at, end, &chunk); at += chunk.whole_bytes) {
        if (chunk_is(&chunk, "ALPH")) {
            alpha = alpha == NULL ? at : alpha;
        } else if (chunk_is(&chunk, "VP8 ") || chunk_is(&chunk, "VP8L")) {
            container->image = alpha != NULL && chunk_is(&chunk, "VP8 ") ? alpha : at;
            container->image_bytes = (size_t)(at + CHUNK_BYTES + chunk.body_bytes - container->image);
            return;
        }
    }
}

static bool frame_find(struct container *container, const struct chunk *chunk) {
    const uint8_t *body = chunk->start + CHUNK_BYTES;
    if (chunk->body_bytes < FRAME_BYTES) {
        return false;
    }
    container->x_px = wire_little_24(body) * 2;
    container->y_px = wire_little_24(body + 3) * 2;
    container->frame_width_px = wire_little_24(body + 6) + 1;
    container->frame_height_px = wire_little_24(body + 9) + 1;
    image_find(container, body + FRAME_BYTES, body + chunk->body_bytes);
    return container->image != NULL;
}

static uint32_t orientation_read(const struct chunk *chunk) {
    const uint8_t *tiff = chunk->start + CHUNK_BYTES;
    size_t bytes = chunk->body_bytes;
    if (bytes >= 6 && memcmp(tiff, "Exif\0", 6) == 0) { /* some programs keep the preamble that JPEG has */
        tiff += 6;
        bytes -= 6;
    }
    return exif_orientation(tiff, bytes);
}

static bool container_read(const uint8_t *bytes, size_t bytes_count, struct container *container) {
    *container = (struct container){.orientation = 1};
    uint64_t named = (uint64_t)wire_little_32(bytes + 4) + 8;
    const uint8_t *at = bytes + RIFF_BYTES, *end = bytes + (named < bytes_count ? (size_t)named : bytes_count);
    struct chunk chunk;
    if (end < at || !chunk_read(at, end, &chunk)) {
        return false;
    }
    if (!chunk_is(&chunk, "VP8X")) {
        image_find(container, at, end);
        return container->image != NULL;
    }
    const uint8_t *body = at + CHUNK_BYTES;
    if (chunk.body_bytes < VP8X_BYTES) {
        return false;
    }
    uint32_t flags = body[0];
    container->canvas_width_px = wire_little_24(body + 4) + 1;
    container->canvas_height_px = wire_little_24(body + 7) + 1;
    container->animated = (flags & FLAG_ANIMATION) != 0;
    if (!container->animated) {
        image_find(container, at + chunk.whole_bytes, end);
    }
    for (at += chunk.whole_bytes; chunk_read(at, end, &chunk); at += chunk.whole_bytes) {
        if (container->animated && container->image == NULL && chunk_is(&chunk, "ANMF")) {
            if (!frame_find(container, &chunk)) {
                return false;
            }
        } else if ((flags & FLAG_EXIF) != 0 && chunk_is(&chunk, "EXIF")) {
            container->orientation = orientation_read(&chunk);
            break;
        }
    }
    return container->image != NULL;
}

static enum lince_status webp_header_read(const uint8_t *bytes, size_t bytes_count, struct image_header *header,
                                          struct lince_error *error) {
    struct container container;
    WebPBitstreamFeatures features;
    if (!container_read(bytes, bytes_count, &container) ||
        WebPGetFeatures(container.image, container.image_bytes, &features) != VP8_STATUS_OK || features.width <= 0 ||
        features.height <= 0) {
        return format_header_damaged(webp_format.name, error);
    }
    uint32_t width = (uint32_t)features.width, height = (uint32_t)features.height;
    bool framed = container.frame_width_px != 0, on_canvas = container.canvas_width_px != 0;
    if (framed && (container.frame_width_px != width || container.frame_height_px != height)) {
        return format_header_damaged(webp_format.name, error);
    }
    if (on_canvas && !framed && (container.canvas_width_px != width || container.canvas_height_px != height)) {
        return format_header_damaged(webp_format.name, error);
    }
    header->stored_width_px = on_canvas ? container.canvas_width_px : width;
    header->stored_height_px = on_canvas ? container.canvas_height_px : height;
    header->frame_x_px = container.x_px;
    header->frame_y_px = container.y_px;
    header->frame_width_px = width;
    header->frame_height_px = height;
    header->orientation = container.orientation;
    header->channels = features.has_alpha || memcmp(container.image, "ALPH", 4) == 0 ? 4 : 3;
    header->bits = 8;
    header->lossless = features.format == 2;
    header->animated = container.animated;
    return LINCE_OK;
}

/* ---- price -------------------------------------------------------------------------------------------- */

static bool frame_covers(const struct image_header *header) {
    return header->frame_width_px == header->stored_width_px && header->frame_height_px == header->stored_height_px;
}

/* Whether libwebp can write straight to the result. */
static bool is_direct(const struct image_header *header) {
    return frame_covers(header) && header->channels == 3 && header->orientation == 1;
}

/* The size that libwebp scales to, in the stored orientation. */
static void output_size(const struct image_header *header, uint32_t width_px, uint32_t height_px,
                        uint32_t *output_width, uint32_t *output_height) {
    bool turned = orientation_is_turned(header->orientation);
    *output_width = turned ? height_px : width_px;
    *output_height = turned ? width_px : height_px;
    if (!frame_covers(header)) { /* a frame on part of the canvas goes through the reducer with the white around it */
        *output_width = header->frame_width_px;
        *output_height = header->frame_height_px;
    }
}

static uint64_t library_bytes(const struct image_header *header, uint32_t output_width) {
    uint64_t width = header->frame_width_px, pixels = width * header->frame_height_px;
    uint64_t lossless =
        4 * pixels + LOSSLESS_ROWS * 4 * width + LOSSLESS_FIXED_BYTES + (pixels / CODES_PART_PX + 1) * CODES_BYTES;
    uint64_t scaling = (uint64_t)output_width * LOSSY_SCALED_COLUMN_BYTES;
    if (header->lossless) {
        return lossless + scaling;
    }
    uint64_t lossy = LOSSY_FIXED_BYTES + width * LOSSY_COLUMN_BYTES + scaling;
    return header->channels == 4 ? lossy + pixels + lossless : lossy; /* transparency is itself a lossless image */
}

static uint64_t output_bytes(const struct image_header *header, uint32_t width, uint32_t height) {
    return is_direct(header) ? 0 : (uint64_t)width * height * (header->channels == 4 ? 4 : 3);
}

static uint64_t webp_extra_bytes(const struct image_header *header, uint32_t width_px, uint32_t height_px) {
    uint32_t width, height;
    output_size(header, width_px, height_px, &width, &height);
    uint64_t reducing = is_direct(header) ? 0 : reducer_bytes(frame_covers(header) ? width : header->stored_width_px);
    return library_bytes(header, width) + output_bytes(header, width, height) + reducing + 2 * BLOCK_OVERHEAD_BYTES;
}

/* ---- decoding ----------------------------------------------------------------------------------------- */

static enum lince_status status_translate(const struct decode_job *job, VP8StatusCode code) {
    switch (code) {
    case VP8_STATUS_OK:
        return LINCE_OK;
    case VP8_STATUS_OUT_OF_MEMORY:
        return decode_out_of_memory(job, 0);
    case VP8_STATUS_UNSUPPORTED_FEATURE:
        return error_set(job->error, LINCE_ERROR_UNSUPPORTED,
                         "this WebP image uses a feature that libwebp %d does not read; save it as PNG",
                         "esta imagen WebP usa una función que libwebp %d no lee; guárdela como PNG",
                         WebPGetDecoderVersion());
    default:
        return decode_damaged(job, 0);
    }
}

/* Feeds the bytes portion by portion. */
static enum lince_status portions_decode(const struct decode_job *job, WebPIDecoder *decoder, const uint8_t *bytes,
                                         size_t bytes_count) {
    double share_most = is_direct(job->header) ? 1 : 0.8;
    VP8StatusCode code = VP8_STATUS_SUSPENDED;
    for (size_t portion = 1; portion <= PORTION_COUNT; portion++) {
        size_t given = (size_t)((uint64_t)bytes_count * portion / PORTION_COUNT);
        if (given == 0) {
            continue;
        }
        code = WebPIUpdate(decoder, bytes, given);
        if (code != VP8_STATUS_OK && code != VP8_STATUS_SUSPENDED) {
            break;
        }
        enum lince_status status = reducer_report(job, share_most * (double)portion / PORTION_COUNT);
        if (status != LINCE_OK) {
            return status;
        }
    }
    return status_translate(job, code);
}

/* Decodes into `pixels`, scaled to the output size. */
static enum lince_status pixels_decode(const struct decode_job *job, uint32_t width, uint32_t height, uint8_t *pixels,
                                       size_t stride_bytes) {
    const struct image_header *header = job->header;
    struct container container;
    WebPDecoderConfig config;
    if (!container_read(job->bytes, job->bytes_count, &container) || !WebPInitDecoderConfig(&config)) {
        return decode_damaged(job, 0);
    }
    config.output.colorspace = header->channels == 4 ? MODE_rgbA : MODE_RGB;
    config.output.is_external_memory = 1;
    config.output.u.RGBA.rgba = pixels;
    config.output.u.RGBA.stride = (int)stride_bytes;
    config.output.u.RGBA.size = stride_bytes * height;
    config.options.use_scaling = width != header->frame_width_px || height != header->frame_height_px;
    config.options.scaled_width = (int)width;
    config.options.scaled_height = (int)height;
    uint64_t library = library_bytes(header, width);
    if (!meter_charge(job->meter, library)) {
        return decode_out_of_memory(job, library);
    }
    WebPIDecoder *decoder = WebPIDecode(NULL, 0, &config);
    enum lince_status status = decoder == NULL ? decode_out_of_memory(job, 0)
                                               : portions_decode(job, decoder, container.image, container.image_bytes);
    WebPIDelete(decoder);
    meter_release(job->meter, library);
    return status;
}

/* ground_row_note for premultiplied samples, which scaling needs. */
static void edges_note(struct ground_contrast *contrast, const uint8_t *row, uint32_t count) {
    struct ground_walk walk = {.contrast = contrast};
    if (!ground_row_has_edges(row, 4, count)) {
        return;
    }
    for (uint32_t x = 0; x < count; x++, row += 4) {
        uint8_t pixel[4] = {0, 0, 0, row[3]};
        for (int c = 0; c < 3 && row[3] > 0; c++) {
            uint32_t value = row[c] * 255u / row[3];
            pixel[c] = (uint8_t)(value > 255 ? 255 : value);
        }
        ground_pixel_note(&walk, pixel);
    }
    ground_walk_end(&walk);
}

/* Lays premultiplied samples over the ground. */
static void row_lay(const uint8_t *from, uint32_t channels, uint32_t count, uint32_t ground, uint8_t *to) {
    if (channels == 3) {
        memcpy(to, from, (size_t)count * 3);
        return;
    }
    for (uint32_t i = 0; i < count; i++, from += 4, to += 3) {
        for (int c = 0; c < 3; c++) {
            uint32_t sum = from[c] + ground_over(ground, 0, from[3]);
            to[c] = (uint8_t)(sum > 255 ? 255 : sum); /* scaling may round a sample above its transparency */
        }
    }
}

static enum lince_status rows_give(const struct decode_job *job, const uint8_t *pixels, uint32_t width,
                                   uint32_t height) {
    const struct image_header *header = job->header;
    bool covers = frame_covers(header);
    uint32_t canvas_width = covers ? width : header->stored_width_px;
    uint32_t canvas_height = covers ? height : header->stored_height_px;
    struct reducer reducer;
    enum lince_status status = reducer_open(&reducer, job, canvas_width, canvas_height, header->orientation);
    reducer.share_before = 0.8;
    for (uint32_t y = 0; y < canvas_height && status == LINCE_OK; y++) {
        uint8_t *row = reducer_row(&reducer);
        if (!covers) {
            memset(row, job->ground, (size_t)canvas_width * 3);
        }
        if (y >= header->frame_y_px && y - header->frame_y_px < height) {
            const uint8_t *from = pixels + (size_t)(y - header->frame_y_px) * width * header->channels;
            if (header->channels == 4) {
                edges_note(job->contrast, from, width);
            }
            row_lay(from, header->channels, width, job->ground, row + (size_t)header->frame_x_px * 3);
        }
        status = reducer_push(&reducer);
    }
    reducer_close(&reducer);
    return status;
}

static enum lince_status webp_decode(const struct decode_job *job) {
    const struct image_header *header = job->header;
    uint32_t width, height;
    output_size(header, job->request->width_px, job->request->height_px, &width, &height);
    if (is_direct(header)) {
        return pixels_decode(job, width, height, job->image->pixels, job->image->stride_bytes);
    }
    size_t bytes = (size_t)output_bytes(header, width, height);
    uint8_t *pixels = meter_allocate(job->meter, bytes);
    if (pixels == NULL) {
        return decode_out_of_memory(job, bytes);
    }
    enum lince_status status = pixels_decode(job, width, height, pixels, (size_t)width * header->channels);
    if (status == LINCE_OK) {
        status = rows_give(job, pixels, width, height);
    }
    meter_free(pixels);
    return status;
}

const struct image_format webp_format = {
    .format = LINCE_FORMAT_WEBP,
    .name = "WebP",
    .matches = webp_matches,
    .header_read = webp_header_read,
    .extra_bytes = webp_extra_bytes,
    .decode = webp_decode,
};
