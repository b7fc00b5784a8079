/* jpeg_header.c - walks the markers of a JPEG file up to the first scan (ITU-T T.81, annex B). */
#include "image/jpeg_header.h"

#include <string.h>

#include "base/error.h"
#include "base/wire_number.h"
#include "image/header/exif.h"

enum { MARKER_SOI = 0xD8, MARKER_EOI = 0xD9, MARKER_SOS = 0xDA, MARKER_APP1 = 0xE1, MARKER_TEM = 0x01 };
enum { FRAME_FIXED_BYTES = 6, FRAME_COMPONENT_BYTES = 3, COEFFICIENT_BLOCK_BYTES = 128, POINTER_BYTES = 8 };

bool jpeg_matches(const uint8_t *bytes, size_t bytes_count) {
    return bytes_count >= 3 && bytes[0] == 0xFF && bytes[1] == MARKER_SOI && bytes[2] == 0xFF;
}

static bool marker_is_frame(uint32_t marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

static bool marker_is_alone(uint32_t marker) {
    return marker == MARKER_TEM || (marker >= 0xD0 && marker <= MARKER_SOI);
}

/* For an image in several scans, all coefficients are kept: blocks of 64 numbers, in whole sampling units. */
static uint64_t coefficients_count_bytes(const struct jpeg_frame *frame) {
    uint64_t bytes = 0;
    for (uint32_t i = 0; i < frame->component_count; i++) {
        uint64_t across = frame->sampling_x[i], down = frame->sampling_y[i];
        uint64_t units_x = ((uint64_t)frame->width_px + 8 * frame->sampling_x_most - 1) / (8 * frame->sampling_x_most);
        uint64_t units_y = ((uint64_t)frame->height_px + 8 * frame->sampling_y_most - 1) / (8 * frame->sampling_y_most);
        uint64_t rows = units_y * down;
        bytes += rows * (units_x * across * COEFFICIENT_BLOCK_BYTES + POINTER_BYTES);
    }
    return bytes;
}

static enum lince_status frame_unsupported(uint32_t kind, uint32_t bits, uint32_t components,
                                           struct lince_error *error) {
    return error_set(error, LINCE_ERROR_UNSUPPORTED,
                     "JPEG images of kind SOF%u with %u bits and %u components are not read; save it as an ordinary "
                     "JPEG or as PNG",
                     "no se leen imágenes JPEG de la clase SOF%u con %u bits y %u componentes; guárdela como JPEG "
                     "corriente o como PNG",
                     kind, bits, components);
}

static enum lince_status frame_read(uint32_t marker, const uint8_t *body, size_t body_bytes, struct jpeg_frame *frame,
                                    struct lince_error *error) {
    if (frame->component_count != 0 || body_bytes < FRAME_FIXED_BYTES) {
        return format_header_damaged(LINCE_FORMAT_JPEG, error);
    }
    uint32_t kind = marker - 0xC0, bits = body[0], count = body[5];
    bool known_kind = kind <= 2 || kind == 9 || kind == 10;
    if (!known_kind || bits != 8 || (count != 1 && count != 3 && count != 4)) {
        return frame_unsupported(kind, bits, count, error);
    }
    if (body_bytes < FRAME_FIXED_BYTES + count * FRAME_COMPONENT_BYTES) {
        return format_header_damaged(LINCE_FORMAT_JPEG, error);
    }
    frame->height_px = wire_big_16(body + 1);
    frame->width_px = wire_big_16(body + 3);
    frame->progressive = kind == 2 || kind == 10;
    frame->arithmetic = kind >= 9;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t sampling = body[FRAME_FIXED_BYTES + i * FRAME_COMPONENT_BYTES + 1];
        uint8_t across = (uint8_t)(sampling >> 4), down = sampling & 15;
        if (across < 1 || across > 4 || down < 1 || down > 4) {
            return format_header_damaged(LINCE_FORMAT_JPEG, error);
        }
        frame->sampling_x[i] = across;
        frame->sampling_y[i] = down;
        frame->sampling_x_most = across > frame->sampling_x_most ? across : frame->sampling_x_most;
        frame->sampling_y_most = down > frame->sampling_y_most ? down : frame->sampling_y_most;
    }
    frame->component_count = count;
    return LINCE_OK;
}

/* The next marker at or after `*at`, which moves past it; 0 if there is none. */
static uint32_t marker_next(const uint8_t *bytes, size_t bytes_count, size_t *at) {
    for (size_t i = *at; i + 1 < bytes_count; i++) {
        if (bytes[i] == 0xFF && bytes[i + 1] != 0xFF && bytes[i + 1] != 0) {
            *at = i + 2;
            return bytes[i + 1];
        }
    }
    return 0;
}

enum lince_status jpeg_frame_read(const uint8_t *bytes, size_t bytes_count, struct jpeg_frame *frame,
                                  struct lince_error *error) {
    *frame = (struct jpeg_frame){.orientation = 1};
    bool exif_seen = false;
    size_t at = 2;
    for (;;) {
        uint32_t marker = marker_next(bytes, bytes_count, &at);
        if (marker == 0 || marker == MARKER_EOI) {
            return format_header_damaged(LINCE_FORMAT_JPEG, error);
        }
        if (marker_is_alone(marker)) {
            continue;
        }
        size_t length = bytes_count - at >= 2 ? wire_big_16(bytes + at) : 0;
        if (length < 2 || length > bytes_count - at) {
            return format_header_damaged(LINCE_FORMAT_JPEG, error);
        }
        const uint8_t *body = bytes + at + 2;
        size_t body_bytes = length - 2;
        if (marker_is_frame(marker)) {
            enum lince_status status = frame_read(marker, body, body_bytes, frame, error);
            if (status != LINCE_OK) {
                return status;
            }
        } else if (marker == MARKER_APP1 && !exif_seen && body_bytes >= 6 && memcmp(body, "Exif\0", 6) == 0) {
            exif_seen = true;
            frame->orientation = exif_orientation(body + 6, body_bytes - 6);
        } else if (marker == MARKER_SOS) {
            if (frame->component_count == 0 || body_bytes < 1) {
                return format_header_damaged(LINCE_FORMAT_JPEG, error);
            }
            frame->several_scans = frame->progressive || body[0] < frame->component_count;
            return LINCE_OK;
        }
        at += length;
    }
}

enum lince_status jpeg_header_read(const uint8_t *bytes, size_t bytes_count, struct image_header *header,
                                   struct lince_error *error) {
    struct jpeg_frame frame;
    enum lince_status status = jpeg_frame_read(bytes, bytes_count, &frame, error);
    if (status != LINCE_OK) {
        return status;
    }
    header->stored_width_px = frame.width_px;
    header->stored_height_px = frame.height_px;
    header->orientation = frame.orientation;
    header->channels = frame.component_count;
    header->bits = 8;
    header->in_passes = frame.several_scans;
    header->band_rows_px = 8 * frame.sampling_y_most;
    header->coefficients_bytes = frame.several_scans ? coefficients_count_bytes(&frame) : 0;
    return LINCE_OK;
}
