/* jpeg_header.c - walks the markers of a JPEG file up to the first scan (ITU-T T.81, annex B). */
#include "image/jpeg_header.h"

#include <string.h>

#include "base/error.h"
#include "base/wire_number.h"
#include "image/header/exif.h"
#include "image/header/mpf.h"

enum { MARKER_SOI = 0xD8, MARKER_EOI = 0xD9, MARKER_SOS = 0xDA, MARKER_APP1 = 0xE1, MARKER_APP2 = 0xE2 };
enum { MARKER_TEM = 0x01, MARKER_LOSSLESS = 0xF7 };
enum { FRAME_FIXED_BYTES = 6, FRAME_COMPONENT_BYTES = 3, COEFFICIENT_BLOCK_BYTES = 128, POINTER_BYTES = 8 };

bool jpeg_matches(const uint8_t *bytes, size_t bytes_count) {
    return bytes_count >= 3 && bytes[0] == 0xFF && bytes[1] == MARKER_SOI && bytes[2] == 0xFF;
}

static bool marker_is_frame(uint32_t marker) {
    return (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) ||
           marker == MARKER_LOSSLESS;
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

/* The kinds of T.81's table B.1 that are not read, by the number behind SOF, and JPEG-LS. */
static const char *kind_name(uint32_t kind, bool spanish) {
    switch (kind) {
    case 3:
    case 11:
        return spanish ? "JPEG sin pérdida" : "lossless JPEG";
    case MARKER_LOSSLESS - 0xC0:
        return "JPEG-LS";
    case 5:
    case 6:
    case 7:
    case 13:
    case 14:
    case 15:
        return spanish ? "JPEG jerárquico" : "hierarchical JPEG";
    default:
        return "JPEG";
    }
}

/* The program that reads such a file, since few do. */
static const char *kind_remedy(uint32_t kind, uint32_t bits, bool spanish) {
    if (kind == 3 || kind == MARKER_LOSSLESS - 0xC0) {
        return spanish ? "conviértalo a PNG, como hace `ffmpeg -i ARCHIVO pagina.png`"
                       : "convert it to PNG, as `ffmpeg -i FILE page.png` does";
    }
    if (bits != 8 && kind <= 2) {
        return spanish ? "conviértalo, como hace `djpeg -outfile pagina.ppm ARCHIVO` de libjpeg-turbo 3"
                       : "convert it, as `djpeg -outfile page.ppm FILE` of libjpeg-turbo 3 does";
    }
    return spanish ? "guárdelo como JPEG corriente o como PNG en el programa que lo hizo"
                   : "save it as an ordinary JPEG or as PNG in the program that made it";
}

static enum lince_status frame_unsupported(uint32_t kind, uint32_t bits, uint32_t components,
                                           struct lince_error *error) {
    bool spanish = error != NULL && error->language == LINCE_SPANISH;
    return error_set(error, LINCE_ERROR_UNSUPPORTED,
                     "this is a %s (SOF%u) with %u bits and %u components, which is not read; %s",
                     "esto es un %s (SOF%u) de %u bits y %u componentes, que no se lee; %s", kind_name(kind, spanish),
                     kind, bits, components, kind_remedy(kind, bits, spanish));
}

static enum lince_status frame_read(uint32_t marker, const uint8_t *body, size_t body_bytes, struct jpeg_frame *frame,
                                    struct lince_error *error) {
    if (frame->component_count != 0 || body_bytes < FRAME_FIXED_BYTES) {
        return format_header_damaged("JPEG", error);
    }
    uint32_t kind = marker - 0xC0, bits = body[0], count = body[5];
    bool known_kind = kind <= 2 || kind == 9 || kind == 10;
    if (!known_kind || bits != 8 || (count != 1 && count != 3 && count != 4)) {
        return frame_unsupported(kind, bits, count, error);
    }
    if (body_bytes < FRAME_FIXED_BYTES + count * FRAME_COMPONENT_BYTES) {
        return format_header_damaged("JPEG", error);
    }
    frame->height_px = wire_big_16(body + 1);
    frame->width_px = wire_big_16(body + 3);
    frame->progressive = kind == 2 || kind == 10;
    frame->arithmetic = kind >= 9;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t sampling = body[FRAME_FIXED_BYTES + i * FRAME_COMPONENT_BYTES + 1];
        uint8_t across = (uint8_t)(sampling >> 4), down = sampling & 15;
        if (across < 1 || across > 4 || down < 1 || down > 4) {
            return format_header_damaged("JPEG", error);
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

/* The size of the picture that begins there; false if there is none, or its frame is further than the bytes. */
static bool size_at(const uint8_t *bytes, size_t bytes_count, uint64_t at, uint32_t *width_px, uint32_t *height_px) {
    if (at >= bytes_count || !jpeg_matches(bytes + at, bytes_count - (size_t)at)) {
        return false;
    }
    size_t place = (size_t)at + 2;
    for (;;) {
        uint32_t marker = marker_next(bytes, bytes_count, &place);
        size_t room = bytes_count - place, length = room >= 2 ? wire_big_16(bytes + place) : 0;
        if (marker == 0 || length < 2 || length > room) {
            return false;
        }
        if (marker_is_frame(marker)) {
            *height_px = length < 2 + FRAME_FIXED_BYTES ? 0 : wire_big_16(bytes + place + 3);
            *width_px = length < 2 + FRAME_FIXED_BYTES ? 0 : wire_big_16(bytes + place + 5);
            return true;
        }
        place += length;
    }
}

/*
 * Whether the file has more pictures to look at than the first. Phones add maps of light and depth without a stated
 * kind; these are smaller than the picture that they belong to.
 */
static void more_find(const uint8_t *bytes, size_t bytes_count, const struct mpf_pictures *pictures, size_t tiff_at,
                      struct jpeg_frame *frame) {
    uint32_t width = 0, height = 0;
    frame->has_more = pictures->seen_count > 0;
    if (!frame->has_more && pictures->unnamed_count > 0) {
        bool is_seen = size_at(bytes, bytes_count, tiff_at + pictures->unnamed_at, &width, &height);
        frame->wants_whole = !is_seen;
        frame->has_more = is_seen && width == frame->width_px && height == frame->height_px;
    }
}

enum lince_status jpeg_frame_read(const uint8_t *bytes, size_t bytes_count, struct jpeg_frame *frame,
                                  struct lince_error *error) {
    *frame = (struct jpeg_frame){.orientation = 1};
    struct mpf_pictures pictures = {0};
    bool exif_seen = false;
    size_t at = 2, tiff_at = 0;
    for (;;) {
        uint32_t marker = marker_next(bytes, bytes_count, &at);
        if (marker == 0 || marker == MARKER_EOI) {
            return format_header_damaged("JPEG", error);
        }
        if (marker_is_alone(marker)) {
            continue;
        }
        size_t length = bytes_count - at >= 2 ? wire_big_16(bytes + at) : 0;
        if (length < 2 || length > bytes_count - at) {
            return format_header_damaged("JPEG", error);
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
        } else if (marker == MARKER_APP2 && body_bytes >= 4 && memcmp(body, "MPF", 4) == 0) {
            pictures = mpf_pictures_find(body + 4, body_bytes - 4);
            tiff_at = (size_t)(body + 4 - bytes);
        } else if (marker == MARKER_SOS) {
            if (frame->component_count == 0 || body_bytes < 1) {
                return format_header_damaged("JPEG", error);
            }
            frame->several_scans = frame->progressive || body[0] < frame->component_count;
            more_find(bytes, bytes_count, &pictures, tiff_at, frame);
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
    header->animated = frame.has_more;
    header->wants_whole = frame.wants_whole;
    header->in_passes = frame.several_scans;
    header->band_rows_px = 8 * frame.sampling_y_most;
    header->coefficients_bytes = frame.several_scans ? coefficients_count_bytes(&frame) : 0;
    return LINCE_OK;
}
