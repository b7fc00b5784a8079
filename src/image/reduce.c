/* reduce.c - exact area averaging in integers, and where turned pixels go. */
#include "image/reduce.h"

#include <assert.h>
#include <string.h>

#include "base/error.h"
#include "base/meter.h"
#include "image/ground.h"

enum { BAND_COUNT = 64, BAND_ROWS_MINIMUM = 16 };

/* The share of the work that a library's decoding of a whole image is. */
#define WHOLE_DECODING_SHARE 0.8

/* Pixels past the last that may be read, with no weight. */
enum { EMPTY_PX = 2 };

uint64_t reducer_bytes(uint32_t source_width_px) {
    return (uint64_t)source_width_px * 3 * (1 + sizeof(uint32_t)) + EMPTY_PX * 3 * sizeof(uint32_t) +
           2 * BLOCK_OVERHEAD_BYTES;
}

/* Where the stored pixel (0, 0), its right neighbour and its lower neighbour go in the upright image. */
static void places_set(struct reducer *reducer, uint32_t orientation) {
    const struct image *image = reducer->job->image;
    ptrdiff_t pixel = 3, row = (ptrdiff_t)image->stride_bytes;
    bool turned = orientation_is_turned(orientation);
    bool from_right = orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
    bool from_bottom = orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
    ptrdiff_t across = from_right ? -pixel : pixel, down = from_bottom ? -row : row;
    reducer->origin = image->pixels + (from_right ? (ptrdiff_t)(image->width_px - 1) * pixel : 0) +
                      (from_bottom ? (ptrdiff_t)(image->height_px - 1) * row : 0);
    reducer->step_x_bytes = turned ? down : across;
    reducer->step_y_bytes = turned ? across : down;
    reducer->width_px = turned ? image->height_px : image->width_px;
    reducer->height_px = turned ? image->width_px : image->height_px;
}

enum lince_status reducer_open(struct reducer *reducer, const struct decode_job *job, uint32_t source_width_px,
                               uint32_t source_height_px, uint32_t orientation) {
    *reducer = (struct reducer){.job = job, .source_width_px = source_width_px, .source_height_px = source_height_px};
    places_set(reducer, orientation);
    assert(reducer->width_px <= source_width_px && reducer->height_px <= source_height_px);
    bool reduced = reducer->width_px < source_width_px || reducer->height_px < source_height_px;
    size_t row_bytes = (size_t)source_width_px * 3;
    if (reduced || reducer->step_x_bytes != 3) {
        reducer->row = meter_allocate(job->meter, row_bytes);
        if (reducer->row == NULL) {
            return decode_out_of_memory(job, row_bytes);
        }
    }
    if (reduced) {
        size_t sums_bytes = (row_bytes + EMPTY_PX * 3) * sizeof(uint32_t);
        reducer->sums = meter_allocate(job->meter, sums_bytes);
        if (reducer->sums == NULL) {
            reducer_close(reducer);
            return decode_out_of_memory(job, sums_bytes);
        }
        memset(reducer->sums + row_bytes, 0, EMPTY_PX * 3 * sizeof(uint32_t));
    }
    return LINCE_OK;
}

static uint8_t *result_row(const struct reducer *reducer) {
    return reducer->origin + (ptrdiff_t)reducer->y * reducer->step_y_bytes;
}

uint8_t *reducer_row(const struct reducer *reducer) {
    assert(reducer->source_y < reducer->source_height_px);
    return reducer->row != NULL ? reducer->row : result_row(reducer);
}

/* A row weighs at most 65500, and the weights sum to the source's height: 255 x 65500 fits in 32 bits. */
static void row_add(struct reducer *reducer, uint32_t weight) {
    const uint8_t *restrict row = reducer->row;
    uint32_t *restrict sums = reducer->sums;
    uint16_t factor = (uint16_t)weight; /* 16 x 16 bits: vector units have this product */
    size_t count = (size_t)reducer->source_width_px * 3;
    if (reducer->sums_begun) {
        for (size_t i = 0; i < count; i++) {
            sums[i] += (uint32_t)(uint16_t)row[i] * factor;
        }
    } else {
        for (size_t i = 0; i < count; i++) {
            sums[i] = (uint32_t)(uint16_t)row[i] * factor;
        }
    }
    reducer->sums_begun = 1;
}

/*
 * Division by a fixed divisor from 2 to 2^30 with a quotient below 256, exact for every sum that can occur (Granlund,
 * Montgomery 1994).
 */
__extension__ typedef unsigned __int128 wide;

struct divisor {
    uint64_t factor;
    uint32_t shift;
};

/*
 * The factor is 2^(64 + shift) / divisor, rounded up; the rounding added e < divisor. The quotient of n is right while
 * n x e < 2^(64 + shift). Since n < 256 x divisor, a shift of 4 is enough up to 2^30. The smallest divisors use a shift
 * of 0, since their factor has no more bits.
 */
static struct divisor divisor_of(uint64_t divisor) {
    uint32_t shift = divisor <= 16 ? 0 : 4;
    return (struct divisor){(uint64_t)((((wide)1 << (64 + shift)) + divisor - 1) / divisor), shift};
}

static uint8_t divide(uint64_t sum, struct divisor divisor) {
    return (uint8_t)((wide)sum * divisor.factor >> 64 >> divisor.shift);
}

/*
 * One output row from the sums. In units of 1/width of a source pixel, source pixels are `width` wide and output pixels
 * `source_width`, so their overlaps are integers. All weights together are source width x source height. Each output
 * pixel reads the same number of source pixels, `reach`, the last one perhaps with no weight, so that no branch depends
 * on the borders. The sums extend two empty pixels further for this.
 */
static void row_give(struct reducer *reducer) {
    const uint64_t source_width = reducer->source_width_px, width = reducer->width_px;
    const uint64_t whole = source_width / width, part = source_width % width; /* source pixels per output pixel */
    const uint64_t total = source_width * reducer->source_height_px, half = total / 2;
    const struct divisor divisor = divisor_of(total);
    const ptrdiff_t step = reducer->step_x_bytes;
    const uint64_t reach = part > 0 ? whole + 2 : whole;
    const uint32_t *sums = reducer->sums;
    uint8_t *target = result_row(reducer);
    uint64_t begun = 0; /* the part of the source pixel under `sums` that earlier output pixels took */
    for (uint64_t x = 0; x < width; x++, target += step) {
        uint64_t weight = width - begun, rest = source_width - weight;
        uint64_t red = half + weight * sums[0], green = half + weight * sums[1], blue = half + weight * sums[2];
        for (uint64_t i = 1; i < reach; i++) {
            weight = rest < width ? rest : width;
            rest -= weight;
            red += weight * sums[i * 3];
            green += weight * sums[i * 3 + 1];
            blue += weight * sums[i * 3 + 2];
        }
        target[0] = divide(red, divisor);
        target[1] = divide(green, divisor);
        target[2] = divide(blue, divisor);
        begun += part;
        uint64_t crossed = begun >= width ? 1 : 0;
        begun -= crossed * width;
        sums += (whole + crossed) * 3;
    }
    reducer->y++;
    reducer->sums_begun = 0;
}

static void row_copy(struct reducer *reducer) {
    const uint8_t *row = reducer->row;
    if (row != NULL) {
        uint8_t *target = result_row(reducer);
        for (uint32_t x = 0; x < reducer->width_px; x++, row += 3, target += reducer->step_x_bytes) {
            memcpy(target, row, 3);
        }
    }
    reducer->y++;
}

/* Vertical overlaps, in units of 1/height of a source row: a row that crosses a border counts on both sides. */
static void row_reduce(struct reducer *reducer) {
    uint64_t height = reducer->height_px;
    uint64_t start = reducer->source_y * height, end = start + height;
    uint64_t border = (uint64_t)(reducer->y + 1) * reducer->source_height_px;
    if (end < border) {
        row_add(reducer, (uint32_t)height);
        return;
    }
    row_add(reducer, (uint32_t)(border - start));
    row_give(reducer);
    if (end > border) {
        row_add(reducer, (uint32_t)(end - border));
    }
}

enum lince_status reducer_report(const struct decode_job *job, double share) {
    const struct image_request *request = job->request;
    if (request->progress != NULL && request->progress(request->progress_context, share) != 0) {
        return error_set(job->error, LINCE_ERROR_CANCELLED,
                         "reading was cancelled when the image was decoded to %.0f %%",
                         "la lectura se canceló con la imagen decodificada al %.0f %%", share * 100);
    }
    return LINCE_OK;
}

enum lince_status reducer_push(struct reducer *reducer) {
    assert(reducer->source_y < reducer->source_height_px);
    if (reducer->sums != NULL) {
        row_reduce(reducer);
    } else {
        row_copy(reducer);
    }
    reducer->source_y++;
    uint32_t band_rows = reducer->source_height_px / BAND_COUNT;
    band_rows = band_rows < BAND_ROWS_MINIMUM ? BAND_ROWS_MINIMUM : band_rows;
    if (reducer->source_y % band_rows != 0 && reducer->source_y != reducer->source_height_px) {
        return LINCE_OK;
    }
    double share = (double)reducer->source_y / reducer->source_height_px;
    return reducer_report(reducer->job, reducer->share_before + (1 - reducer->share_before) * share);
}

void reducer_close(struct reducer *reducer) {
    meter_free(reducer->row);
    meter_free(reducer->sums);
    reducer->row = NULL;
    reducer->sums = NULL;
}

enum lince_status reducer_take_whole(const struct decode_job *job, uint32_t width_px, uint32_t height_px,
                                     void (*fill)(void *context, uint32_t y, uint8_t *rgb), void *context) {
    struct reducer reducer;
    enum lince_status status = reducer_report(job, WHOLE_DECODING_SHARE);
    if (status == LINCE_OK) {
        status = reducer_open(&reducer, job, width_px, height_px, job->header->orientation);
    }
    if (status != LINCE_OK) {
        return status;
    }
    reducer.share_before = WHOLE_DECODING_SHARE;
    for (uint32_t y = 0; y < height_px && status == LINCE_OK; y++) {
        fill(context, y, reducer_row(&reducer));
        status = reducer_push(&reducer);
    }
    reducer_close(&reducer);
    return status;
}

struct whole_rows {
    const struct decode_job *job;
    const uint8_t *rows;
    size_t stride_bytes;
};

static void row_fill(void *context, uint32_t y, uint8_t *rgb) {
    const struct whole_rows *whole = context;
    const struct decode_job *job = whole->job;
    const uint8_t *row = whole->rows + y * whole->stride_bytes;
    if (job->header->channels == 3) {
        memcpy(rgb, row, (size_t)job->header->stored_width_px * 3);
    } else {
        ground_row_lay(job->contrast, job->ground, row, job->header->stored_width_px, rgb);
    }
}

enum lince_status reducer_take_rows(const struct decode_job *job, const uint8_t *rows, size_t stride_bytes) {
    struct whole_rows whole = {job, rows, stride_bytes};
    return reducer_take_whole(job, job->header->stored_width_px, job->header->stored_height_px, row_fill, &whole);
}
