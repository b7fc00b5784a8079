/*
 * decoder_protocol.h - the messages between the program and a locked-down child that decodes one file for it.
 *
 * Heads are those of worker_protocol.h. The program opens the file with WORK_OPEN, and asks for headers, pixels, text
 * layers and fax strips of its pages. With WORK_LAY a file comes that gets the text after the request, as lay.h says.
 * Every answer is a WORK_RESULT; the body of a failure is its message. Numbers that come from the child are checked.
 */
#ifndef LINCE_WORKER_DECODER_PROTOCOL_H
#define LINCE_WORKER_DECODER_PROTOCOL_H

#include "worker/worker_protocol.h"

/* The exit status of a child that could not give up its rights: it has decoded nothing. */
enum { DECODER_UNLOCKED_STATUS = 69 };

/* The body of each request. */
struct decoder_request {
    uint64_t limit_bytes; /* that the child may allocate for this; 0: no limit */
    uint32_t width_px, height_px;
    uint32_t language; /* enum lince_language */
};

/* The answer to WORK_HEADER: of struct image_header, what the file says. */
struct decoder_header {
    uint32_t stored_width_px, stored_height_px, orientation, channels, bits, in_passes, halvings_most, band_rows_px;
    uint32_t lossless, animated, frame_x_px, frame_y_px, frame_width_px, frame_height_px;
    uint64_t coefficients_bytes, library_bytes;
    double dots_per_inch;
};

/* The answer to WORK_LAYER: this, then letters, then boxes of pictures. */
struct decoder_layer {
    uint64_t letter_count, picture_count;
    uint64_t has_drawings;
};
struct decoder_letter {
    double box[4], along[2];
    uint32_t code, is_hidden, is_break, font;
};

#endif
