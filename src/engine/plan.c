/* plan.c - tries the working sizes from the largest down and prices each. */
#include "engine/plan.h"

#include <math.h>

#include "text/detect/areas.h"
#include "text/detect/legible.h"
#include "text/detect/map.h"
#include "text/recognise.h"

/*
 * On most pages with more pixels than this, letters are larger than any model needs. A larger page is first looked at
 * with at least this share of its pixels, half of each side, so that letters which can be read are still seen.
 */
static const double WORKING_AREA_PX = 4.0e6, WORKING_SHARE = 0.25;

/* Small print is read from all pixels up to this area, if memory allows. */
static const double AMPLE_AREA_PX = 64.0e6;

/* For a page kept at that size: the map must have at least this share of its pixels, half of each side. */
static const double AMPLE_MAP_SHARE = 0.25;

/* Each size has this share of the sides of the previous one. */
static const double SIZE_STEP = 0.84;

/* Each map has this share of the pixels of the previous one. */
static const double MAP_STEP = 0.7;

/* A receipt below this area cannot be read, so nothing smaller is tried. */
static const double LEAST_AREA_PX = 60.0e3;

/*
 * Measured by bench/plan on x86-64: bytes that the networks hold per input pixel, with the float input and the output,
 * plus a tenth in reserve; the heap grows by huge pages of 2 MB. The detector holds 128 in floats and 85 in integers,
 * the recogniser 213 and 171.
 */
static const double DETECT_BYTES_PER_PX = 142.0, DETECT_FAST_BYTES_PER_PX = 94.0;
static const double RECOGNISE_BYTES_PER_PX = 236.0, RECOGNISE_FAST_BYTES_PER_PX = 188.0;
static const double NETWORK_BYTES = 2.5e6;

/* Per map pixel: the map itself, and twice the runs and components of the worst page seen. */
static const double MAP_BYTES_PER_PX = 3.0;

/* A strip's floats and its ink; no readable line is lower than this in the working image. */
static const double STRIP_BYTES_PER_PX = 13.0;
static const double LEAST_LINE_PX = 5.0;

/* Lines, words and their working memory. */
static const double PAGE_BYTES = 2.0e6;

/* The detector's windows shrink before the image does: smaller windows cost time, a smaller image costs letters. */
static const uint32_t WINDOW_AREAS_PX[] = {DETECT_WINDOW_AREA_PX, 480u * 480u, 352u * 352u, 256u * 256u};
enum { WINDOW_AREAS_COUNT = sizeof WINDOW_AREAS_PX / sizeof *WINDOW_AREAS_PX };

/* A large image leaves less to the windows, also where there is room: windows of the second size keep it near this. */
static const uint64_t MODEST_BYTES = 68000000, MODEST_FAST_BYTES = 54000000;

static double working_area_px(const struct plan *plan) {
    return (double)plan->working_width_px * plan->working_height_px;
}

/* The size of the letters is known only after decoding, so the largest maps and windows are priced. */
static double detect_bytes(const struct plan *plan) {
    uint32_t width_px = plan->working_width_px, height_px = plan->working_height_px;
    double scale = LEGIBLE_MOST * detect_scale(&plan->detect, width_px, height_px);
    struct map_size map = map_size_for(width_px, height_px, fmin(scale, AREAS_MOST_SCALE));
    double map_px = fmax((double)map.width * map.height, (double)plan->detect.map_area_px);
    struct map_size finest = map_size_for(width_px, height_px, AREAS_MOST_SCALE);
    double window_px = (double)map_window_px(finest, plan->detect.window_area_px);
    double px_bytes = plan->models_are_fast ? DETECT_FAST_BYTES_PER_PX : DETECT_BYTES_PER_PX;
    return NETWORK_BYTES + window_px * px_bytes + map_px * MAP_BYTES_PER_PX;
}

static double recognise_bytes_per_px(bool models_are_fast) {
    return models_are_fast ? RECOGNISE_FAST_BYTES_PER_PX : RECOGNISE_BYTES_PER_PX;
}

/* The widest strip that the page can hold, and its slice in the network. */
static double recognise_bytes(const struct plan *plan) {
    double longest = fmax(plan->working_width_px, plan->working_height_px);
    double strip = fmin(longest * STRIP_HEIGHT_PX / LEAST_LINE_PX, STRIP_WIDTH_LIMIT_PX) * STRIP_HEIGHT_PX;
    double slice = fmin(strip, (double)SLICE_WIDTH_LIMIT_PX * STRIP_HEIGHT_PX);
    return NETWORK_BYTES + strip * STRIP_BYTES_PER_PX + slice * recognise_bytes_per_px(plan->models_are_fast);
}

/* Blocks of several lines are packed less densely in a heap than those of one. */
static const double LINES_SPREAD = 1.15;

/* The networks run one after the other, so lines can be read in parallel in the memory that the detector needed. */
static uint32_t line_columns(uint64_t networks_bytes, bool models_are_fast) {
    double px_bytes = recognise_bytes_per_px(models_are_fast) + STRIP_BYTES_PER_PX;
    double column_bytes = LINES_SPREAD * STRIP_HEIGHT_PX * px_bytes;
    return (uint32_t)(fmax(0.0, (double)networks_bytes - 2.0 * NETWORK_BYTES) / column_bytes);
}

static uint64_t larger(uint64_t a, uint64_t b) {
    return a > b ? a : b;
}

/* Decoding is over, and the encoded image freed, when the networks begin; these run one after the other. */
static void plan_price(const struct image_header *header, struct plan *plan) {
    plan->decode_bytes =
        header->file_bytes + image_decode_bytes(header, plan->working_width_px, plan->working_height_px);
    plan->image_bytes = image_result_bytes(plan->working_width_px, plan->working_height_px);
    plan->detect_bytes = (uint64_t)detect_bytes(plan);
    plan->recognise_bytes = (uint64_t)recognise_bytes(plan);
    plan->page_bytes = (uint64_t)PAGE_BYTES;
    uint64_t networks = larger(plan->detect_bytes, plan->recognise_bytes);
    plan->line_columns = line_columns(networks, plan->models_are_fast);
    plan->bytes = larger(plan->decode_bytes, plan->image_bytes + networks) + plan->page_bytes;
}

/*
 * The rest of the room makes the map finer, if small print needs it. As many lines are read in parallel as before. The
 * room differs between runs by what the program's own start takes, so the map grows by steps: the same text each time.
 */
static void map_widen(const struct image_header *header, uint64_t room_bytes, struct plan *plan) {
    uint64_t stand_bytes = plan->image_bytes + plan->page_bytes;
    uint64_t networks = larger(plan->detect_bytes, plan->recognise_bytes);
    if (room_bytes < stand_bytes + networks) {
        return;
    }
    uint32_t usual_px = plan->detect.map_area_px, line_columns = plan->line_columns;
    double most_px = AREAS_MOST_SCALE * AREAS_MOST_SCALE * working_area_px(plan);
    double room = (double)(room_bytes - stand_bytes), share = 1.0;
    do {
        plan->detect.map_area_px = (uint32_t)fmax(share * most_px, usual_px);
        share *= MAP_STEP;
    } while (plan->detect.map_area_px > usual_px && detect_bytes(plan) > room);
    plan_price(header, plan);
    plan->line_columns = line_columns;
}

/* The most pixels of the usual size. */
static double usual_area_px(const struct image_header *header) {
    return fmax(WORKING_AREA_PX, WORKING_SHARE * header->width_px * header->height_px);
}

/* Prices the plan's working size with the largest windows that fit the room, or with the smallest. */
static bool windows_fit(const struct image_header *header, uint64_t room_bytes, struct plan *plan) {
    for (size_t i = 0; i < WINDOW_AREAS_COUNT; i++) {
        plan->detect.window_area_px = WINDOW_AREAS_PX[i];
        plan_price(header, plan);
        bool is_modest = plan->bytes <= (plan->models_are_fast ? MODEST_FAST_BYTES : MODEST_BYTES);
        if ((is_modest || i > 0) && plan->bytes <= room_bytes) {
            return true;
        }
    }
    return false;
}

static struct plan plan_at(const struct image_header *header, bool models_are_fast, double scale) {
    return (struct plan){
        .models_are_fast = models_are_fast,
        .detect = DETECT_SETTINGS_DEFAULTS,
        .working_width_px = (uint32_t)fmax(1.0, round(header->width_px * scale)),
        .working_height_px = (uint32_t)fmax(1.0, round(header->height_px * scale)),
    };
}

/* The largest size beyond the usual one that has room for whole windows and a map fine enough for small print. */
static bool ample_fits(const struct image_header *header, bool models_are_fast, uint64_t room_bytes, double detail,
                       struct plan *plan) {
    double area_px = (double)header->width_px * header->height_px;
    double usual_px = usual_area_px(header), most_px = fmin(AMPLE_AREA_PX, detail * detail * usual_px);
    for (double scale = fmin(1.0, sqrt(most_px / area_px)); scale * scale * area_px > usual_px; scale *= SIZE_STEP) {
        *plan = plan_at(header, models_are_fast, scale);
        plan->detect.map_area_px = (uint32_t)(AMPLE_MAP_SHARE * working_area_px(plan));
        plan_price(header, plan);
        if (plan->bytes <= room_bytes) {
            return true;
        }
    }
    return false;
}

static bool usual_fits(const struct image_header *header, bool models_are_fast, uint64_t room_bytes,
                       struct plan *plan) {
    double area_px = (double)header->width_px * header->height_px;
    struct plan cheapest = {.bytes = UINT64_MAX};
    for (double scale = fmin(1.0, sqrt(usual_area_px(header) / area_px));; scale *= SIZE_STEP) {
        *plan = plan_at(header, models_are_fast, scale);
        if (windows_fit(header, room_bytes, plan)) {
            return true;
        }
        if (plan->bytes < cheapest.bytes) {
            cheapest = *plan;
        }
        if (area_px * scale * scale * SIZE_STEP * SIZE_STEP < LEAST_AREA_PX) {
            *plan = cheapest;
            return false;
        }
    }
}

bool plan_closer(const struct image_header *header, bool models_are_fast, uint64_t room_bytes, double detail,
                 struct plan *plan) {
    bool fits = ample_fits(header, models_are_fast, room_bytes, detail, plan) ||
                usual_fits(header, models_are_fast, room_bytes, plan);
    if (fits) {
        map_widen(header, room_bytes, plan);
    }
    return fits;
}

bool plan_make(const struct image_header *header, bool models_are_fast, uint64_t room_bytes, struct plan *plan) {
    return plan_closer(header, models_are_fast, room_bytes, INFINITY, plan);
}

bool plan_usual(const struct image_header *header, bool models_are_fast, uint64_t room_bytes, struct plan *plan) {
    return plan_closer(header, models_are_fast, room_bytes, 1.0, plan);
}

uint64_t plan_least_bytes(bool models_are_fast) {
    enum { WIDTH_PX = 1080, HEIGHT_PX = 2400, FILE_BYTES = 512 << 10 };
    const struct image_header phone = {
        .format = LINCE_FORMAT_JPEG,
        .stored_width_px = WIDTH_PX,
        .stored_height_px = HEIGHT_PX,
        .width_px = WIDTH_PX,
        .height_px = HEIGHT_PX,
        .orientation = 1,
        .channels = 3,
        .bits = 8,
        .file_bytes = FILE_BYTES,
        .band_rows_px = 16,
        .frame_width_px = WIDTH_PX,
        .frame_height_px = HEIGHT_PX,
    };
    struct plan plan;
    (void)plan_make(&phone, models_are_fast, 0, &plan); /* without room it gives the cheapest plan */
    return plan.bytes;
}
