/* recognise.c - the recogniser's network and the best path through its output. */
#include "text/recognise.h"

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

enum lince_status recognise_strip(struct session *recogniser, const struct strip *strip, size_t classes, size_t space,
                                  struct heap *heap, struct arena *arena, struct reading *reading,
                                  struct lince_error *error) {
    SCOPE(heap_meter(heap), SCOPE_GLYPHS);
    int64_t shape[4] = {1, 3, STRIP_HEIGHT_PX, strip->width};
    struct tensor output;
    enum lince_status status = session_run(recogniser, strip->planes, shape, heap, &output, error);
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
