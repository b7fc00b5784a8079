/* page_picture.c - copies a page of fax strips, or decodes it and writes a PNG. */
#include "engine/page_picture.h"

#include "base/buffer.h"
#include "base/error.h"
#include "engine/document.h"
#include "image/png_writer.h"

static bool buffer_take(void *context, const void *bytes, size_t bytes_count) {
    struct buffer *buffer = context;
    buffer_append(buffer, bytes, bytes_count);
    return !buffer->refused;
}

enum lince_status page_picture_append(struct lince_document *document, uint32_t index, struct meter *meter,
                                      struct buffer *picture, struct lince_error *error) {
    struct image_header header;
    struct image decoded;
    size_t before_bytes = picture->used_bytes;
    enum lince_status status = document_header(document, index, &header, error);
    if (status == LINCE_OK) {
        status = document_fax(document, index, picture, error);
    }
    if (status != LINCE_OK || picture->used_bytes > before_bytes) {
        return status;
    }
    struct image_request request = {.width_px = header.width_px, .height_px = header.height_px};
    status = document_decode(document, index, &request, meter, &decoded, error);
    if (status == LINCE_OK) {
        status = png_writer_write(&decoded, header.dots_per_inch, meter, buffer_take, picture);
        image_free(&decoded);
        if (status != LINCE_OK) {
            error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the picture of page %u; raise the limit",
                      "no hay memoria para la imagen de la página %u; suba el límite", index + 1);
        }
    }
    return status;
}
