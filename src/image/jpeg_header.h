/* jpeg_header.h - what a JPEG file says about itself before its first scan. */
#ifndef LINCE_IMAGE_JPEG_HEADER_H
#define LINCE_IMAGE_JPEG_HEADER_H

#include "image/format.h"

struct jpeg_frame {
    uint32_t width_px, height_px;
    uint32_t component_count; /* 1, 3 or 4 */
    uint32_t orientation;     /* EXIF, 1..8 */
    uint8_t sampling_x[4], sampling_y[4];
    uint32_t sampling_x_most, sampling_y_most;
    bool progressive, arithmetic;
    bool several_scans; /* all coefficients of the image are kept until the last scan */
    bool has_more;      /* more pictures to look at follow */
    bool wants_whole;   /* only the rest of the file shows whether they do */
};

bool jpeg_matches(const uint8_t *bytes, size_t bytes_count);

/* Fails with DAMAGED and UNSUPPORTED. */
enum lince_status jpeg_frame_read(const uint8_t *bytes, size_t bytes_count, struct jpeg_frame *frame,
                                  struct lince_error *error);

enum lince_status jpeg_header_read(const uint8_t *bytes, size_t bytes_count, struct image_header *header,
                                   struct lince_error *error);

#endif
