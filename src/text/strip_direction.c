/* strip_direction.c - runs the classifier's network on the beginning of the strip, at its fixed width. */
#include "text/strip_direction.h"

#include <string.h>

#include "base/error.h"
#include "base/heap.h"
#include "infer/session.h"

enum { CLASSIFIER_WIDTH_PX = 192 };

/* Below this probability a strip is not turned. */
static const float SURE = 0.9f;

/* The strip's first columns; missing ones on the right are grey, 0 after normalisation. */
static void planes_fill(const struct strip *strip, float *planes) {
    uint32_t width = strip->width < CLASSIFIER_WIDTH_PX ? strip->width : CLASSIFIER_WIDTH_PX;
    memset(planes, 0, sizeof *planes * 3 * STRIP_HEIGHT_PX * CLASSIFIER_WIDTH_PX);
    for (size_t row = 0; row < 3 * STRIP_HEIGHT_PX; row++) {
        memcpy(planes + row * CLASSIFIER_WIDTH_PX, strip->planes + row * strip->width, width * sizeof *planes);
    }
}

enum lince_status strip_is_reversed(struct session *direction, const struct strip *strip, struct heap *heap,
                                    bool *reversed, struct lince_error *error) {
    *reversed = false;
    float *planes = heap_allocate(heap, sizeof *planes * 3 * STRIP_HEIGHT_PX * CLASSIFIER_WIDTH_PX);
    if (planes == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                         "the memory limit was reached at the direction of a line; raise the limit",
                         "se alcanzó el límite de memoria en la dirección de una línea; suba el límite");
    }
    planes_fill(strip, planes);
    int64_t shape[4] = {1, 3, STRIP_HEIGHT_PX, CLASSIFIER_WIDTH_PX};
    struct tensor output;
    enum lince_status status = session_run(direction, planes, shape, heap, &output, error);
    heap_free(planes);
    if (status != LINCE_OK) {
        return status;
    }
    if (output.rank == 2 && output.shape[1] == 2) {
        *reversed = output.values[1] >= SURE;
    } else {
        status = error_set(error, LINCE_ERROR_MODEL, "the direction classifier does not give 2 classes",
                           "el clasificador de dirección no da 2 clases");
    }
    tensor_free(&output);
    return status;
}
