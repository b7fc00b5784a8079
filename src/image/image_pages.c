/* image_pages.c - what all kinds of files with pages have in common. */
#include "image/image_pages.h"

enum lince_status pages_open(const struct pages_kind *kind, const struct source *source,
                             const struct pages_options *options, struct meter *meter, struct pages **pages,
                             struct lince_error *error) {
    static const struct pages_options defaults = {0};
    *pages = NULL;
    return kind->open(source, options == NULL ? &defaults : options, meter, pages, error);
}

void pages_close(struct pages *pages) {
    if (pages != NULL) {
        pages->kind->close(pages);
    }
}

enum lince_status pages_header_read(struct pages *pages, uint32_t index, struct image_header *header,
                                    struct lince_error *error) {
    const struct image_format *format = pages->kind->format;
    struct image_header found = {.format = format->format, .orientation = 1, .band_rows_px = 1};
    *header = (struct image_header){0};
    enum lince_status status = pages->kind->header_read(pages, index, &found, error);
    if (status == LINCE_OK) {
        status = header_finish(format, &found, error);
    }
    if (status == LINCE_OK) {
        *header = found;
    }
    return status;
}

enum lince_status pages_decode(struct pages *pages, uint32_t index, const struct image_request *request,
                               struct meter *meter, struct image *image, struct lince_error *error) {
    struct image_header header;
    *image = (struct image){0};
    enum lince_status status = pages_header_read(pages, index, &header, error);
    if (status != LINCE_OK) {
        return status;
    }
    struct decode_job job = {.format = pages->kind->format,
                             .header = &header,
                             .request = request,
                             .meter = meter,
                             .pages = pages,
                             .page_index = index,
                             .error = error};
    return decode_begin(&job, image);
}
