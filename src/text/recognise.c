/* recognise.c - the recogniser's network and the best path through its output. */
#include "text/recognise.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/heap.h"
#include "base/scope.h"
#include "infer/session.h"

static size_t best_class(const float *row, size_t classes) {
    size_t best = 0;
    for (size_t i = 1; i < classes; i++) {
        best = row[i] > row[best] ? i : best;
    }
    return best;
}

bool reading_decode(const float *probabilities, size_t steps, size_t classes, size_t space, struct arena *arena,
                    struct reading *reading) {
    *reading = (struct reading){.glyphs = arena_allocate(arena, steps * sizeof *reading->glyphs)};
    if (reading->glyphs == NULL) {
        return false;
    }
    struct glyph *glyph = NULL;
    size_t previous = 0;
    float space_before = 0.0f;
    for (uint32_t step = 0; step < steps; step++) {
        const float *row = probabilities + step * classes;
        size_t symbol = best_class(row, classes);
        if (symbol != 0 && symbol == previous) {
            glyph->last_step = step;
            glyph->probability = row[symbol] > glyph->probability ? row[symbol] : glyph->probability;
        } else if (symbol != 0) {
            glyph = &reading->glyphs[reading->count++];
            *glyph = (struct glyph){(uint32_t)symbol, step, step, row[symbol], space_before};
            space_before = 0.0f;
        }
        if (symbol == 0) {
            space_before = row[space] > space_before ? row[space] : space_before;
        }
        previous = symbol;
    }
    for (size_t i = 0; i < reading->count; i++) {
        reading->confidence += reading->glyphs[i].probability / (double)reading->count;
    }
    return true;
}

uint32_t slice_end(const struct ink *ink, uint32_t from) {
    if (ink->width - from <= SLICE_WIDTH_LIMIT_PX) {
        return ink->width;
    }
    uint32_t until = from + SLICE_WIDTH_LIMIT_PX, start;
    uint32_t gap = ink_gap(ink, from + SLICE_WIDTH_LIMIT_PX / 2, until, &start);
    uint32_t middle = gap == 0 ? until : start + gap / 2;
    return middle / STRIP_WIDTH_STEP_PX * STRIP_WIDTH_STEP_PX;
}

static enum lince_status out_of_memory(const struct strip *strip, struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                     "the memory limit was reached at a line of %u x %u pixels; raise the limit",
                     "se alcanzó el límite de memoria en una línea de %u x %u píxeles; suba el límite", strip->width,
                     STRIP_HEIGHT_PX);
}

/* The planes of a strip's columns from..until, side by side; owned by the heap. */
static float *slice_copy(const struct strip *strip, uint32_t from, uint32_t until, struct heap *heap) {
    size_t width = until - from;
    float *planes = heap_allocate(heap, width * STRIP_HEIGHT_PX * 3 * sizeof *planes);
    for (size_t row = 0; row < 3 * STRIP_HEIGHT_PX && planes != NULL; row++) {
        memcpy(planes + row * width, strip->planes + row * strip->width + from, width * sizeof *planes);
    }
    return planes;
}

static enum lince_status planes_read(struct session *recogniser, const float *planes, uint32_t width, size_t classes,
                                     size_t space, struct heap *heap, struct arena *arena, struct reading *reading,
                                     struct lince_error *error) {
    SCOPE(heap_meter(heap), SCOPE_GLYPHS);
    int64_t shape[4] = {1, 3, STRIP_HEIGHT_PX, width};
    struct tensor output;
    enum lince_status status = session_run(recogniser, planes, shape, heap, &output, error);
    if (status != LINCE_OK) {
        return status;
    }
    if (output.rank != 3 || output.shape[2] != (int64_t)classes) {
        status = error_set(error, LINCE_ERROR_MODEL,
                           "the recogniser and its character list differ: %lld classes and %zu characters",
                           "el reconocedor y su lista de caracteres difieren: %lld clases y %zu caracteres",
                           (long long)output.shape[output.rank - 1], classes);
    } else if (!reading_decode(output.values, (size_t)output.shape[1], classes, space, arena, reading)) {
        status = error_set(
            error, LINCE_ERROR_MEMORY_LIMIT, "the memory limit was reached at a line of %lld steps; raise the limit",
            "se alcanzó el límite de memoria en una línea de %lld pasos; suba el límite", (long long)output.shape[1]);
    }
    tensor_free(&output);
    return status;
}

/* Puts a slice's reading behind what was read before it; the cut, made in a gap, may have swallowed a space. */
static void reading_append(struct reading *reading, const struct reading *slice, uint32_t from) {
    uint32_t first_step = from / STRIP_WIDTH_STEP_PX;
    for (size_t i = 0; i < slice->count; i++) {
        struct glyph *glyph = &reading->glyphs[reading->count + i];
        *glyph = slice->glyphs[i];
        glyph->first_step += first_step;
        glyph->last_step += first_step;
    }
    size_t count = reading->count + slice->count;
    if (slice->count > 0) {
        reading->confidence =
            (reading->confidence * (double)reading->count + slice->confidence * (double)slice->count) / (double)count;
    }
    reading->count = count;
}

enum lince_status recognise_strip(struct session *recogniser, const struct strip *strip, const struct ink *ink,
                                  size_t classes, size_t space, struct heap *heap, struct arena *arena,
                                  struct reading *reading, struct lince_error *error) {
    if (strip->width <= SLICE_WIDTH_LIMIT_PX) {
        return planes_read(recogniser, strip->planes, strip->width, classes, space, heap, arena, reading, error);
    }
    size_t steps = strip->width / STRIP_WIDTH_STEP_PX;
    *reading = (struct reading){.glyphs = arena_allocate(arena, steps * sizeof *reading->glyphs)};
    enum lince_status status = reading->glyphs == NULL ? out_of_memory(strip, error) : LINCE_OK;
    for (uint32_t from = 0, until; from < strip->width && status == LINCE_OK; from = until) {
        until = slice_end(ink, from);
        struct reading slice = {0};
        float *planes = slice_copy(strip, from, until, heap);
        status = planes == NULL
                     ? out_of_memory(strip, error)
                     : planes_read(recogniser, planes, until - from, classes, space, heap, arena, &slice, error);
        heap_free(planes);
        if (status == LINCE_OK) {
            reading_append(reading, &slice, from);
        }
    }
    return status;
}
