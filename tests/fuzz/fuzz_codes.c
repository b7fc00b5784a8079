/*
 * fuzz_codes.c - random bytes as the pixels of a picture in which codes are sought, on a meter that often refuses. The
 * first bytes say how wide the picture is, how far it is enlarged, and how much memory there is.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/meter.h"
#include "codes/codes.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

enum { HEAD_BYTES = 3, SIDE_MOST_PX = 240, ENLARGED_MOST = 4, CHANNELS = 3, ARENA_BLOCK_BYTES = 16384 };

static void expect(int truth) {
    if (!truth) {
        abort();
    }
}

/* Each byte is a row of eight modules, black or white. */
static void picture_fill(struct image *image, const uint8_t *bytes, size_t count, uint32_t enlarged) {
    for (uint32_t y = 0; y < image->height_px; y++) {
        for (uint32_t x = 0; x < image->width_px; x++) {
            size_t module = (size_t)(y / enlarged) * (image->width_px / enlarged) + x / enlarged;
            uint8_t level = ((bytes[module / 8 % count] >> (module % 8)) & 1) != 0 ? 0 : 255;
            uint8_t *pixel = image->pixels + y * image->stride_bytes + (size_t)x * CHANNELS;
            pixel[0] = pixel[1] = pixel[2] = level;
        }
    }
}

static void codes_try(const struct image *image, uint64_t budget_bytes, struct meter *meter) {
    struct lince_error error = LINCE_ERROR_INIT;
    struct progress progress = {0};
    struct arena scratch, arena;
    struct code_list list;
    arena_init(&scratch, meter, ARENA_BLOCK_BYTES);
    arena_init(&arena, meter, ARENA_BLOCK_BYTES);
    struct codes_request request = {image, 1, budget_bytes, meter, &scratch, &progress};
    enum lince_status status = codes_find(&request, &arena, &list, &error);
    expect(status == LINCE_OK);
    for (size_t i = 0; i < list.count; i++) {
        const struct lince_code *code = &list.items[i];
        expect(code->bytes != NULL && code->kind >= LINCE_CODE_QR && code->kind <= LINCE_CODE_AZTEC);
        expect(code->box.x0 >= 0 && code->box.x1 <= image->source_width_px && code->box.x0 <= code->box.x1);
        expect(code->box.y0 >= 0 && code->box.y1 <= image->source_height_px && code->box.y0 <= code->box.y1);
    }
    arena_clear(&arena);
    arena_clear(&scratch);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    struct meter meter;
    if (count <= HEAD_BYTES) {
        return 0;
    }
    uint32_t enlarged = 1 + bytes[1] % ENLARGED_MOST, width_px = (1 + bytes[0] % (SIDE_MOST_PX / enlarged)) * enlarged;
    uint32_t rows = (uint32_t)((count - HEAD_BYTES) * 8 / (width_px / enlarged) + 1);
    uint32_t height_px = (rows < SIDE_MOST_PX / enlarged ? rows : SIDE_MOST_PX / enlarged) * enlarged;
    meter_init(&meter, NULL, "fuzz", METER_NO_LIMIT);
    struct image image = {.width_px = width_px,
                          .height_px = height_px,
                          .stride_bytes = (size_t)width_px * CHANNELS,
                          .source_width_px = width_px,
                          .source_height_px = height_px,
                          .scale_x = 1,
                          .scale_y = 1};
    image.pixels = meter_allocate(&meter, image.stride_bytes * height_px);
    expect(image.pixels != NULL);
    picture_fill(&image, bytes + HEAD_BYTES, count - HEAD_BYTES, enlarged);
    uint64_t budget_bytes = codes_price_bytes(width_px, height_px, 1);
    codes_try(&image, bytes[2] < 128 ? budget_bytes : budget_bytes / 256 * bytes[2] / 16, &meter);
    image_free(&image);
    expect(meter.current_bytes == 0);
    return 0;
}
