/* price.c - the header of an image, and what decoding it costs. */
#include "image/price.h"

#include "base/error.h"
#include "base/meter.h"
#include "image/format.h"
#include "image/header/foreign.h"
#include "image/image_pages.h"

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

uint64_t image_decode_bytes(const struct image_header *header, uint32_t width_px, uint32_t height_px) {
    const struct image_format *format = format_by_number(header->format);
    if (format == NULL) {
        return 0;
    }
    return format_decode_bytes(format, header, width_px, height_px);
}
