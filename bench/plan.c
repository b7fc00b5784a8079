/*
 * plan.c - what the networks hold at most, measured: the figures that the prices in src/engine/plan.c stand on.
 *
 *     LINCE_MODELS=models/prepared build/release/bench/plan [fast|accurate]
 *
 * Runs the detector on windows and the recogniser on strips of several sizes, each on an empty heap, and prints the
 * peak of its meter, the part that does not depend on the size taken off, for each pixel that goes in.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "engine/engine_state.h"

static const size_t RESERVE_BYTES = (size_t)4 << 30;

/* The peak of one run on a blank input, which is part of it, as in a reading. 0 when it fails. */
static uint64_t peak_of_run(struct session *session, uint32_t width, uint32_t height) {
    struct lince_error error = LINCE_ERROR_INIT;
    struct meter meter;
    struct heap *heap = NULL;
    struct tensor output;
    meter_init(&meter, NULL, "plan", METER_NO_LIMIT);
    if (heap_open(&meter, RESERVE_BYTES, &heap, &error) != LINCE_OK) {
        return 0;
    }
    float *input = heap_allocate(heap, (size_t)width * height * 3 * sizeof *input);
    int64_t shape[4] = {1, 3, height, width};
    for (size_t i = 0; i < (size_t)width * height * 3; i++) {
        input[i] = 0.0f;
    }
    if (session_run(session, input, shape, heap, &output, &error) != LINCE_OK) {
        fprintf(stderr, "%s\n", error.message);
        heap_close(heap);
        return 0;
    }
    tensor_free(&output);
    heap_close(heap);
    return meter.peak_bytes;
}

static void print_run(const char *what, struct session *session, uint32_t width, uint32_t height) {
    uint64_t peak = peak_of_run(session, width, height), px = (uint64_t)width * height;
    printf("%-10s %5" PRIu32 " x %-5" PRIu32 " %8" PRIu64 " px %10" PRIu64 " bytes %7.1f a pixel\n", what, width,
           height, px, peak, (double)peak / (double)px);
}

int main(int argc, char **argv) {
    static const uint32_t windows[][2] = {{192, 96},  {256, 256}, {384, 384}, {512, 512},  {736, 352},
                                          {352, 736}, {736, 736}, {960, 544}, {1600, 160}, {960, 960}};
    static const uint32_t strips[] = {16, 64, 128, 256, 400, 640, 960, 1440, 1920, 2560, 3840};
    struct lince_engine_options options = LINCE_ENGINE_OPTIONS_DEFAULTS;
    struct lince_error error = LINCE_ERROR_INIT;
    struct lince_engine *engine = NULL;
    options.memory_limit_bytes = 0;
    if (argc > 1) {
        options.model = strcmp(argv[1], "fast") == 0 ? LINCE_MODEL_FAST : LINCE_MODEL_ACCURATE;
    }
    if (lince_engine_open(&options, &engine, &error) != LINCE_OK) {
        fprintf(stderr, "%s\n", error.message);
        return EXIT_FAILURE;
    }
    for (size_t i = 0; i < sizeof windows / sizeof *windows; i++) {
        print_run("detector", engine->detector, windows[i][0], windows[i][1]);
    }
    for (size_t i = 0; i < sizeof strips / sizeof *strips; i++) {
        print_run("recogniser", engine->recogniser, strips[i], 48);
    }
    print_run("direction", engine->direction, 192, 48);
    lince_engine_close(engine);
    return EXIT_SUCCESS;
}
