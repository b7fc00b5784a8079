/* boxes.c - decodes to screen size, draws frames, writes a PNG. */
#include "worker/boxes.h"

#include <string.h>

#include "base/buffer.h"
#include "base/error.h"
#include "engine/document.h"
#include "image/image.h"
#include "image/png_writer.h"
#include "image/price.h"

enum { SIDE_LIMIT_PX = 1600, FRAME_PX = 2 };

static void fill(struct image *image, long x0, long y0, long x1, long y1) {
    static const uint8_t colour[3] = {230, 30, 60};
    for (long y = y0 < 0 ? 0 : y0; y < y1 && y < (long)image->height_px; y++) {
        for (long x = x0 < 0 ? 0 : x0; x < x1 && x < (long)image->width_px; x++) {
            memcpy(image->pixels + (size_t)y * image->stride_bytes + (size_t)x * 3, colour, 3);
        }
    }
}

static void frame(struct image *image, const struct lince_box *box) {
    long x0 = (long)(box->x0 / image->scale_x) - FRAME_PX, y0 = (long)(box->y0 / image->scale_y) - FRAME_PX;
    long x1 = (long)(box->x1 / image->scale_x) + FRAME_PX, y1 = (long)(box->y1 / image->scale_y) + FRAME_PX;
    fill(image, x0, y0, x1, y0 + FRAME_PX);
    fill(image, x0, y1 - FRAME_PX, x1, y1);
    fill(image, x0, y0, x0 + FRAME_PX, y1);
    fill(image, x1 - FRAME_PX, y0, x1, y1);
}

static bool png_append(void *context, const void *bytes, size_t bytes_count) {
    struct buffer *png = context;
    buffer_append(png, bytes, bytes_count);
    return !png->refused;
}

enum lince_status boxes_draw(struct lince_document *document, uint32_t index, const struct lince_box *boxes,
                             size_t box_count, struct meter *meter, struct buffer *png, struct lince_error *error) {
    struct image_header header;
    struct image image;
    enum lince_status status = document_header(document, index, &header, error);
    if (status != LINCE_OK) {
        return status;
    }
    uint32_t longer = header.width_px > header.height_px ? header.width_px : header.height_px;
    double reduction = longer > SIDE_LIMIT_PX ? (double)longer / SIDE_LIMIT_PX : 1;
    struct image_request request = {.width_px = (uint32_t)(header.width_px / reduction),
                                    .height_px = (uint32_t)(header.height_px / reduction)};
    request.width_px += request.width_px == 0;
    request.height_px += request.height_px == 0;
    status = document_decode(document, index, &request, meter, &image, error);
    if (status != LINCE_OK) {
        return status;
    }
    for (size_t i = 0; i < box_count; i++) {
        frame(&image, &boxes[i]);
    }
    status = png_writer_write(&image, 0, meter, png_append, png);
    image_free(&image);
    return status == LINCE_OK ? LINCE_OK
                              : error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory to write a PNG",
                                          "no hay memoria para escribir un PNG");
}
