/* plan.c - tries the working sizes from the largest down and prices each. */
#include "engine/plan.h"

#include <math.h>

#include "text/strip.h"

/* Letters of a page with more pixels than this are larger than any model needs. */
static const double WORKING_AREA_PX = 4.0e6;

/* Each next size has this share of the sides of the one before. */
static const double SIZE_STEP = 0.84;

/* Below this area a receipt cannot be read, so nothing smaller is tried. */
static const double LEAST_AREA_PX = 60.0e3;

/* Measured by bench/plan: bytes that the networks hold for each pixel that goes in, and whatever the size. */
static const double DETECT_BYTES_PER_PX = 190.0;
static const double RECOGNISE_BYTES_PER_PX = 700.0;
static const double NETWORK_BYTES = 4.0e6;

/* Per map pixel: the map itself, and the runs and components of the worst page seen, doubled. */
static const double MAP_BYTES_PER_PX = 3.0;

/* Lines, words and their working memory. */
static const double PAGE_BYTES = 2.0e6;

static double detect_bytes(const struct plan *plan) {
    double scale = detect_scale(&plan->detect, plan->working_width_px, plan->working_height_px);
    double map_px = scale * plan->working_width_px * scale * plan->working_height_px;
    double window_px = fmin(map_px * 1.3 + 40000.0, plan->detect.window_area_px);
    return NETWORK_BYTES + window_px * DETECT_BYTES_PER_PX + map_px * MAP_BYTES_PER_PX;
}

static double recognise_bytes(const struct plan *plan) {
    double longest = fmax(plan->working_width_px, plan->working_height_px);
    double width = fmin(longest * STRIP_HEIGHT_PX / 12.0, STRIP_WIDTH_LIMIT_PX);
    return NETWORK_BYTES + width * STRIP_HEIGHT_PX * RECOGNISE_BYTES_PER_PX;
}

static uint64_t larger(uint64_t a, uint64_t b) {
    return a > b ? a : b;
}

/* Decoding is over, and the encoded image gone, when the networks begin; they follow each other. */
static void plan_price(const struct image_header *header, struct plan *plan) {
    plan->decode_bytes =
        header->file_bytes + image_decode_bytes(header, plan->working_width_px, plan->working_height_px);
    plan->image_bytes = image_result_bytes(plan->working_width_px, plan->working_height_px);
    plan->detect_bytes = (uint64_t)detect_bytes(plan);
    plan->recognise_bytes = (uint64_t)recognise_bytes(plan);
    plan->page_bytes = (uint64_t)PAGE_BYTES;
    uint64_t networks = larger(plan->detect_bytes, plan->recognise_bytes);
    plan->bytes = larger(plan->decode_bytes, plan->image_bytes + networks) + plan->page_bytes;
}

bool plan_make(const struct image_header *header, uint64_t room_bytes, struct plan *plan) {
    double width = header->width_px, height = header->height_px;
    double scale = fmin(1.0, sqrt(WORKING_AREA_PX / (width * height)));
    *plan = (struct plan){.detect = DETECT_SETTINGS_DEFAULTS};
    for (;; scale *= SIZE_STEP) {
        plan->working_width_px = (uint32_t)fmax(1.0, round(width * scale));
        plan->working_height_px = (uint32_t)fmax(1.0, round(height * scale));
        plan_price(header, plan);
        if (plan->bytes <= room_bytes) {
            return true;
        }
        double next_area = width * height * scale * scale * SIZE_STEP * SIZE_STEP;
        if (next_area < LEAST_AREA_PX) {
            return false;
        }
    }
}
