/* decode.c - finds the format of some bytes and lets it decode them. */
#include "image/format.h"
#include "image/image_pages.h"

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
                             .format = format,
                             .header = &header,
                             .request = request,
                             .meter = meter,
                             .error = error};
    return decode_begin(&job, image);
}
