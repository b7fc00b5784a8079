/* recognise.c - the recogniser's network and the best path through its output. */
#include "text/recognise.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/heap.h"
#include "base/scope.h"
#include "infer/session.h"

enum { OVERLAP_STEPS = SLICE_OVERLAP_PX / STRIP_WIDTH_STEP_PX };

/* A slice's last columns; the next slice takes over in their widest gap, since a few letters are always there. */
static const uint32_t SEAM_REACH_PX = 320;
/* Each step away from a slice's edge, where letters are cut, adds this much to its weight. */
static const float EDGE_LOSS = 0.1f;

double glyph_centre_px(const struct glyph *glyph) {
    return (glyph->first_step + glyph->last_step + 1) * (STRIP_WIDTH_STEP_PX / 2.0);
}

static float greater(float a, float b) {
    return a > b ? a : b;
}

/* The first of those with the highest probability, which is found for several classes side by side. */
static size_t best_class(const float *row, size_t classes) {
    enum { LANES = 8 };
    float tops[LANES], most = row[0];
    size_t best = 0, i = 0;
    for (size_t lane = 0; lane < LANES; lane++) {
        tops[lane] = most;
    }
    for (; i + LANES <= classes; i += LANES) {
        for (size_t lane = 0; lane < LANES; lane++) {
            tops[lane] = greater(row[i + lane], tops[lane]);
        }
    }
    for (; i < classes; i++) {
        most = greater(row[i], most);
    }
    for (size_t lane = 0; lane < LANES; lane++) {
        most = greater(tops[lane], most);
    }
    while (best + 1 < classes && row[best] != most) {
        best++;
    }
    return best;
}

bool reading_open(struct arena *arena, size_t steps, struct reading *reading) {
    *reading = (struct reading){.glyphs = arena_allocate(arena, steps * sizeof *reading->glyphs),
                                .alike = arena_allocate_zero(arena, steps, sizeof *reading->alike),
                                .steps_limit = steps};
    return reading->glyphs != NULL && reading->alike != NULL;
}

/* Keeps what else the step's character may be, if it is one of those that look alike. */
static void alike_keep(const float *row, size_t symbol, const struct alphabet *alphabet, struct glyph_alike *alike) {
    bool is_alike = false;
    for (size_t i = 0; i < ALIKE_COUNT; i++) {
        is_alike = is_alike || alphabet->alike[i] == symbol;
    }
    for (size_t i = 0; i < ALIKE_COUNT && is_alike; i++) {
        float seen = alphabet->alike[i] == 0 ? 0.0f : row[alphabet->alike[i]];
        alike->probabilities[i] = seen > alike->probabilities[i] ? seen : alike->probabilities[i];
    }
}

void reading_extend(struct reading *reading, const float *probabilities, size_t steps,
                    const struct alphabet *alphabet) {
    size_t classes = alphabet->count, space = alphabet->space;
    assert(steps <= reading->steps_limit - reading->steps);
    for (const float *row = probabilities; row < probabilities + steps * classes; row += classes) {
        uint32_t step = reading->steps++;
        size_t symbol = best_class(row, classes);
        if (symbol != 0 && symbol == reading->path_end) {
            struct glyph *glyph = &reading->glyphs[reading->count - 1];
            glyph->last_step = step;
            glyph->probability = row[symbol] > glyph->probability ? row[symbol] : glyph->probability;
        } else if (symbol != 0) {
            reading->glyphs[reading->count++] =
                (struct glyph){(uint32_t)symbol, step, step, row[symbol], reading->space_seen};
            reading->space_seen = 0.0f;
        }
        if (symbol != 0) {
            alike_keep(row, symbol, alphabet, &reading->alike[reading->count - 1]);
        } else {
            reading->space_seen = row[space] > reading->space_seen ? row[space] : reading->space_seen;
        }
        reading->path_end = symbol;
    }
}

void reading_close(struct reading *reading) {
    for (size_t i = 0; i < reading->count; i++) {
        reading->confidence += reading->glyphs[i].probability / (double)reading->count;
    }
}

uint32_t recognise_slice_end(const struct ink *ink, uint32_t begin) {
    if (ink->width - begin <= SLICE_WIDTH_LIMIT_PX) {
        return ink->width;
    }
    uint32_t last = begin + SLICE_WIDTH_LIMIT_PX - SLICE_OVERLAP_PX / 2, start;
    uint32_t gap = ink_gap(ink, last - SEAM_REACH_PX, last, &start);
    uint32_t middle = gap == 0 ? last : start + gap / 2;
    return middle / STRIP_WIDTH_STEP_PX * STRIP_WIDTH_STEP_PX + SLICE_OVERLAP_PX / 2;
}

size_t recognise_seam_step(const float *before, const float *after, size_t steps, size_t classes) {
    size_t best = steps / 2;
    float most = 0.0f;
    for (size_t step = 0; step < steps; step++) {
        const float *one = before + step * classes, *other = after + step * classes;
        float agreement = 0.0f;
        for (size_t i = 0; i < classes; i++) {
            agreement += one[i] * other[i];
        }
        size_t edge = step < steps - 1 - step ? step : steps - 1 - step; /* its distance in steps */
        agreement *= 1.0f + EDGE_LOSS * (float)edge;
        if (agreement > most) {
            most = agreement;
            best = step;
        }
    }
    return best;
}

static enum lince_status out_of_memory(const struct strip *strip, struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                     "the memory limit was reached at a line of %u x %u pixels; raise the limit",
                     "se alcanzó el límite de memoria en una línea de %u x %u píxeles; suba el límite", strip->width,
                     STRIP_HEIGHT_PX);
}

/* The planes of a strip's columns begin..end, side by side; in the heap, owned by the caller. */
static float *slice_copy(const struct strip *strip, uint32_t begin, uint32_t end, struct heap *heap) {
    size_t width = end - begin;
    float *planes = heap_allocate(heap, width * STRIP_HEIGHT_PX * 3 * sizeof *planes);
    for (size_t row = 0; row < 3 * STRIP_HEIGHT_PX && planes != NULL; row++) {
        memcpy(planes + row * width, strip->planes + row * strip->width + begin, width * sizeof *planes);
    }
    return planes;
}

/* Runs the network over the columns begin..end. Gives `output`, a row of probabilities for each step. */
static enum lince_status slice_run(struct session *recogniser, const struct strip *strip, uint32_t begin, uint32_t end,
                                   size_t classes, struct heap *heap, struct tensor *output,
                                   struct lince_error *error) {
    bool is_whole = end - begin == strip->width;
    float *planes = is_whole ? strip->planes : slice_copy(strip, begin, end, heap);
    if (planes == NULL) {
        return out_of_memory(strip, error);
    }
    int64_t shape[4] = {1, 3, STRIP_HEIGHT_PX, end - begin};
    enum lince_status status = session_run(recogniser, planes, shape, heap, output, error);
    if (!is_whole) {
        heap_free(planes);
    }
    int64_t steps = (end - begin) / STRIP_WIDTH_STEP_PX;
    if (status == LINCE_OK &&
        (output->rank != 3 || output->shape[1] != steps || output->shape[2] != (int64_t)classes)) {
        status = error_set(error, LINCE_ERROR_MODEL,
                           "the recogniser and its character list differ: %lld classes and %zu characters",
                           "el reconocedor y su lista de caracteres difieren: %lld clases y %zu caracteres",
                           (long long)output->shape[output->rank - 1], classes);
        tensor_free(output);
    }
    return status;
}

/* The last steps of a slice, which the next one reads too. */
struct overlap {
    float *rows;
    size_t steps; /* 0 before the second slice */
};

/* Continues the path through `output`, after finding the seam with what the previous slice saw. */
static void slice_decode(const struct tensor *output, bool is_last, const struct alphabet *alphabet,
                         struct overlap *overlap, struct reading *reading) {
    size_t classes = alphabet->count, steps = (size_t)output->shape[1];
    assert(output->values != NULL);
    size_t seam = overlap->steps == 0 ? 0 : recognise_seam_step(overlap->rows, output->values, overlap->steps, classes);
    size_t held = is_last ? 0 : OVERLAP_STEPS;
    reading_extend(reading, overlap->rows, seam, alphabet);
    reading_extend(reading, output->values + seam * classes, steps - held - seam, alphabet);
    memcpy(overlap->rows, output->values + (steps - held) * classes, held * classes * sizeof *overlap->rows);
    overlap->steps = held;
}

enum lince_status recognise_strip(struct session *recogniser, const struct strip *strip, const struct ink *ink,
                                  const struct alphabet *alphabet, struct heap *heap, struct arena *arena,
                                  struct reading *reading, struct lince_error *error) {
    size_t classes = alphabet->count;
    SCOPE(heap_meter(heap), SCOPE_GLYPHS);
    struct overlap overlap = {.rows = arena_allocate(arena, OVERLAP_STEPS * classes * sizeof *overlap.rows)};
    if (overlap.rows == NULL || !reading_open(arena, strip->width / STRIP_WIDTH_STEP_PX, reading)) {
        return out_of_memory(strip, error);
    }
    for (uint32_t begin = 0, end = 0; end < strip->width; begin = end - SLICE_OVERLAP_PX) {
        end = recognise_slice_end(ink, begin);
        struct tensor output = {0};
        enum lince_status status = slice_run(recogniser, strip, begin, end, classes, heap, &output, error);
        if (status != LINCE_OK) {
            return status;
        }
        slice_decode(&output, end == strip->width, alphabet, &overlap, reading);
        tensor_free(&output);
    }
    reading_close(reading);
    return LINCE_OK;
}
