/*
 * fuzz_marks.c - drawings of boxes, cells, dots and letters through the steps that look at pixels around the detector,
 * and regions anywhere, on an arena with a limit.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/heap.h"
#include "base/meter.h"
#include "image/image.h"
#include "text/detect/areas.h"
#include "text/detect/bands.h"
#include "text/detect/combs.h"
#include "text/detect/detail.h"
#include "text/detect/frames.h"
#include "text/detect/leaders.h"
#include "text/detect/legible.h"
#include "text/detect/letters.h"
#include "text/detect/overprint.h"
#include "text/detect/rows.h"
#include "text/detect/sample.h"
#include "text/detect/stacks.h"
#include "text/detect/view.h"
#include "text/frame.h"
#include "text/ink.h"
#include "text/overhang.h"
#include "text/strip.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

enum { HEAD_BYTES = 4, ITEM_BYTES = 7, REGIONS_MOST = 64 };
enum { MEMORY_LIMIT_BYTES = 16 << 20, HEAP_BYTES = 8 << 20 };
enum item_kind { ITEM_BOX, ITEM_CELLS, ITEM_DOTS, ITEM_LETTERS, ITEM_REGION, ITEM_KINDS };

static void expect(int truth) {
    if (!truth) {
        abort();
    }
}

static void box_draw(struct image *image, int x, int y, int width, int height, uint8_t value) {
    for (int row = y < 0 ? 0 : y; row < y + height && row < (int)image->height_px; row++) {
        for (int column = x < 0 ? 0 : x; column < x + width && column < (int)image->width_px; column++) {
            memset(image->pixels + (size_t)row * image->stride_bytes + 3 * (size_t)column, value, 3);
        }
    }
}

/* Strokes at equal distances that end on a rule, with a letter between each two of them. */
static void cells_draw(struct image *image, int x, int y, const uint8_t *item, uint8_t value) {
    int pitch = 8 + item[3] % 64, height = 8 + item[4] % 64, count = 2 + item[5] % 14;
    box_draw(image, x, y + height, pitch * count + 2, 2, value);
    if (item[5] & 0x40) {
        box_draw(image, x, y, pitch * count + 2, 2, value);
    }
    for (int i = 0; i <= count; i++) {
        box_draw(image, x + i * pitch, y, 2, height, value);
        if (item[5] & 0x80) {
            box_draw(image, x + i * pitch + pitch / 3, y + height / 4, pitch / 4, height / 2, value);
        }
    }
}

/* Equal marks in a row: dots, or letters with a foot. */
static void row_draw(struct image *image, int x, int y, const uint8_t *item, bool are_letters, uint8_t value) {
    int side = are_letters ? 3 + item[3] % 24 : 1 + item[3] % 4, step = side + 1 + item[4] % 16;
    for (int i = 0; i < item[5] % 40; i++) {
        box_draw(image, x + i * step, y, are_letters ? side / 4 + 1 : side, side, value);
        if (are_letters) {
            box_draw(image, x + i * step, y + side - 1 - side / 5, side - 1, side / 5 + 1, value);
        }
    }
}

static void region_add(struct region_list *regions, int x, int y, const uint8_t *item) {
    if (regions->count < REGIONS_MOST) {
        double width = 1 + item[3], height = 1 + item[4] % 96, slant = (int8_t)item[5] / 16.0;
        regions->items[regions->count++] = (struct region){
            .corners = {{x, y}, {x + width, y + slant}, {x + width, y + height + slant}, {x, y + height}},
            .score = item[6] / 255.0,
            .is_doubtful = item[6] % 2 == 1};
    }
}

/* An item: its kind, its place, which may be outside of the image, its sizes and its colour. */
static void item_draw(struct image *image, const uint8_t *item, struct region_list *regions) {
    int x = (int)(item[1] * (image->width_px + 80) / 255) - 40, y = (int)(item[2] * (image->height_px + 80) / 255) - 40;
    switch ((enum item_kind)(item[0] % ITEM_KINDS)) {
    case ITEM_CELLS:
        cells_draw(image, x, y, item, item[6]);
        break;
    case ITEM_DOTS:
    case ITEM_LETTERS:
        row_draw(image, x, y, item, item[0] % ITEM_KINDS == ITEM_LETTERS, item[6]);
        break;
    case ITEM_REGION:
        region_add(regions, x, y, item);
        break;
    default:
        box_draw(image, x, y, 1 + item[3] * 2, 1 + item[4] * 2, item[6]);
    }
}

/* What a page goes through before its regions are known. */
static bool image_steps(struct image *image, unsigned turn, struct arena *arena, struct comb_list *combs) {
    struct view view = view_of(image, turn);
    const struct letters_search search = {areas_small_px(0.5, false), areas_small_px(0.5, true), LETTERS_LABEL_PX,
                                          false};
    double share, detail;
    bool found;
    struct bands bands;
    struct letters letters;
    struct areas areas;
    return detail_measure(image, arena, &detail) && overprint_erase(image, arena, &found) &&
           leaders_erase(image, turn, arena) && combs_erase(image, turn, arena, combs) &&
           bands_measure(&view, 0.5, arena, &bands) && legible_share(&bands, 0.5, arena, &share) &&
           letters_measure(&view, &search, arena, &letters) &&
           areas_find(&letters, view.width_px, view.height_px, 0.5, 2.0, arena, &areas);
}

/* What the strip of a region goes through. Its planes are no longer than they must be. */
static bool strip_steps(const struct image *image, const struct lince_point corners[4], struct heap *heap,
                        struct arena *arena) {
    struct strip strip = {.width = strip_width(corners, 1.0)};
    struct ink ink;
    bool in_cells;
    uint32_t first, end;
    memcpy(strip.corners, corners, sizeof strip.corners);
    strip.planes = malloc((size_t)strip.width * STRIP_HEIGHT_PX * 3 * sizeof *strip.planes);
    expect(strip.planes != NULL);
    sample_quad(image, corners, strip.width, STRIP_HEIGHT_PX, &STRIP_NORM, strip.planes);
    bool done = ink_find(&strip, arena, &ink) && overhang_erase(image, heap, arena, &strip, &ink) &&
                frame_erase(&strip, &ink, arena, &in_cells);
    if (done && ink_columns(&ink, 0, strip.width, &first, &end)) {
        expect(first < end && end <= strip.width && ink_runs(&ink, first, end) > 0);
    }
    free(strip.planes);
    return done;
}

/* And what its regions go through. */
static bool region_steps(const struct image *image, unsigned turn, struct heap *heap, struct arena *arena,
                         const struct comb_list *combs, struct region_list *regions) {
    struct view view = view_of(image, turn);
    struct stack_list stacks;
    bool done = combs_join(combs, &view, arena, regions) && rows_part(image, arena, regions) &&
                frames_part(image, arena, regions) && stacks_find(&view, regions, arena, &stacks);
    for (size_t i = 0; done && i < regions->count; i++) {
        done = strip_steps(image, regions->items[i].corners, heap, arena);
    }
    return done;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    if (count < HEAD_BYTES) {
        return 0;
    }
    struct region items[REGIONS_MOST];
    struct region_list regions = {.items = items};
    struct image image = {.width_px = 1 + 2 * bytes[0], .height_px = 1 + bytes[1], .scale_x = 1.0, .scale_y = 1.0};
    image.stride_bytes = 3 * (size_t)image.width_px;
    size_t size = image.stride_bytes * image.height_px;
    image.pixels = malloc(size); /* exactly, so that the sanitizer sees what is outside */
    expect(image.pixels != NULL);
    memset(image.pixels, bytes[2], size);
    for (size_t at = HEAD_BYTES; at + ITEM_BYTES <= count; at += ITEM_BYTES) {
        item_draw(&image, bytes + at, &regions);
    }
    struct meter meter;
    struct arena arena;
    struct comb_list combs;
    meter_init(&meter, NULL, "fuzz", MEMORY_LIMIT_BYTES);
    meter.fail_countdown = bytes[3] >= 0xC0 ? 1 + bytes[3] - 0xC0 : 0;
    arena_init(&arena, &meter, 4096);
    unsigned turn = bytes[3] % 4;
    struct heap *heap = NULL;
    if (heap_open(&meter, HEAP_BYTES, &heap, NULL) == LINCE_OK && image_steps(&image, turn, &arena, &combs)) {
        (void)region_steps(&image, turn, heap, &arena, &combs, &regions);
    }
    heap_close(heap);
    arena_clear(&arena);
    expect(meter.current_bytes == 0);
    free(image.pixels);
    return 0;
}
