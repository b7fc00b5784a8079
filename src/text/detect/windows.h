/* windows.h - cuts a long stretch of pixels into overlapping windows of the network's size, along one axis. */
#ifndef LINCE_TEXT_DETECT_WINDOWS_H
#define LINCE_TEXT_DETECT_WINDOWS_H

#include <stdint.h>

/* The detector's sides are multiples of this. */
#define WINDOW_STEP_PX 32u

/* Added around the stretch, so that text at the edge of an image has surroundings. */
#define WINDOW_PAD_PX 16u

/* Neighbours overlap by this much; each is used up to the middle of the overlap. */
#define WINDOW_OVERLAP_PX 96u

struct windows {
    uint32_t length_px; /* of the stretch, without pads */
    uint32_t count;
    uint32_t size_px; /* of every window, a multiple of WINDOW_STEP_PX */
};

struct window_span {
    int32_t start_px;           /* of the window; negative inside the pad */
    uint32_t from_px, until_px; /* the part of the stretch for which this window is used */
};

/* The fewest windows of at most `limit_px` (at least 256) that cover the stretch. */
struct windows windows_plan(uint32_t length_px, uint32_t limit_px);
struct window_span window_at(const struct windows *windows, uint32_t index);

#endif
