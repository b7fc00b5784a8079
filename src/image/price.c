/* price.c - finds the format, checks the fixed limits, and adds up what decoding costs. */
#include "image/price.h"

#include <inttypes.h>

#include "base/error.h"
#include "base/meter.h"
#include "image/format.h"
#include "image/header/foreign.h"
#include "image/image_pages.h"
#include "image/isolation.h"

static const struct image_format *const formats[] = {&jpeg_format, &png_format,  &webp_format, &bmp_format,
                                                     &gif_format,  &tiff_format, &pdf_format,  &heif_format,
                                                     &avif_format, &jxl_format,  &jp2_format,  &pnm_format};

const struct image_format *image_format_of(const uint8_t *bytes, size_t bytes_count) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (formats[i]->matches(bytes, bytes_count)) {
            return formats[i];
        }
    }
    return NULL;
}

void image_load_libraries(void) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (formats[i]->load != NULL) {
            (void)formats[i]->load(NULL);
        }
    }
}

const struct image_format *format_by_number(enum lince_format format) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (formats[i]->format == format) {
            return formats[i];
        }
    }
    return NULL;
}

enum lince_status format_header_damaged(enum lince_format format, struct lince_error *error) {
    const struct image_format *found = format_by_number(format);
    const char *name = found == NULL ? "image" : found->name;
    return error_set(error, LINCE_ERROR_DAMAGED,
                     "the header of the %s image is truncated or damaged; get the file again from its source",
                     "la cabecera de la imagen %s está truncada o dañada; vuelva a obtener el archivo de su origen",
                     name);
}

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

static enum lince_status frame_check(struct image_header *header, struct lince_error *error) {
    if (header->frame_width_px == 0 && header->frame_height_px == 0) {
        header->frame_width_px = header->stored_width_px;
        header->frame_height_px = header->stored_height_px;
    }
    bool inside = header->frame_width_px > 0 && header->frame_height_px > 0 &&
                  (uint64_t)header->frame_x_px + header->frame_width_px <= header->stored_width_px &&
                  (uint64_t)header->frame_y_px + header->frame_height_px <= header->stored_height_px;
    return inside ? LINCE_OK : format_header_damaged(header->format, error);
}

enum lince_status header_finish(const struct image_format *format, struct image_header *header,
                                struct lince_error *error) {
    enum lince_status status = limits_check(header, format->name, error);
    if (status == LINCE_OK) {
        status = frame_check(header, error);
    }
    bool turned = orientation_is_turned(header->orientation);
    header->width_px = turned ? header->stored_height_px : header->stored_width_px;
    header->height_px = turned ? header->stored_width_px : header->stored_height_px;
    return status;
}

/* If one image is requested of a file with pages, its first page is used. */
static enum lince_status first_header_read(const struct pages_kind *kind, const uint8_t *bytes, size_t bytes_count,
                                           struct image_header *header, struct lince_error *error) {
    struct meter meter;
    struct source source = source_of_bytes(bytes, bytes_count);
    struct pages *pages = NULL;
    meter_init(&meter, NULL, "header", METER_NO_LIMIT);
    enum lince_status status = pages_open(kind, &source, NULL, &meter, &pages, error);
    if (status == LINCE_OK) {
        status = pages_header_read(pages, 0, header, error);
    }
    pages_close(pages);
    return status;
}

enum lince_status image_header_read(const uint8_t *bytes, size_t bytes_count, struct image_header *header,
                                    struct lince_error *error) {
    *header = (struct image_header){0};
    if (bytes_count == 0) {
        return error_set(error, LINCE_ERROR_EMPTY, "the image is empty: it has 0 bytes",
                         "la imagen está vacía: tiene 0 bytes");
    }
    const struct image_format *format = image_format_of(bytes, bytes_count);
    if (format == NULL) {
        return foreign_refuse(bytes, bytes_count, bytes_count, error);
    }
    if (format->pages != NULL) {
        return first_header_read(format->pages, bytes, bytes_count, header, error);
    }
    struct image_header found = {.format = format->format, .orientation = 1, .band_rows_px = 1};
    enum lince_status status = format->header_read(bytes, bytes_count, &found, error);
    if (status == LINCE_OK) {
        status = header_finish(format, &found, error);
    }
    if (status == LINCE_OK) {
        *header = found;
    }
    return status;
}

uint64_t image_result_bytes(uint32_t width_px, uint32_t height_px) {
    return (uint64_t)width_px * height_px * 3 + BLOCK_OVERHEAD_BYTES;
}

uint64_t image_decode_bytes(const struct image_header *header, uint32_t width_px, uint32_t height_px) {
    const struct image_format *format = format_by_number(header->format);
    if (format == NULL) {
        return 0;
    }
    uint64_t result_bytes = image_result_bytes(width_px, height_px);
    return result_bytes + format->extra_bytes(header, width_px, height_px) + (header->is_elsewhere ? result_bytes : 0);
}

bool image_wants_isolation(const struct image_format *format) {
    return format->pages != NULL || format == &heif_format || format == &avif_format || format == &jxl_format ||
           format == &jp2_format;
}
