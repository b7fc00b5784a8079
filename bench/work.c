/*
 * work.c - what an image costs the networks, stage by stage: ls IMAGES | build/release/bench/work [KERNELS|accurate]
 *
 * Reads the images that standard input names, with one thread and the integer models, by this processor's best inner
 * loops or by those named as `lince doctor` lists them; `accurate`: with the float models. Prints a JSON object: for
 * each stage the time of an image, how much of it a network and its convolutions took, and their products; beside
 * them what the inner loops do at most. The linker puts the functions below in the place of those that they count or
 * choose (--wrap).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "engine/engine_state.h"
#include "infer/integer/channels.h"
#include "infer/integer/convolution.h"
#include "infer/integer/kernels.h"
#include "infer/integer/pair.h"
#include "infer/integer/speed.h"

enum { PATH_BYTES = 4096 };

/* Of one network, over all images. Products are multiplications with their addition. */
struct work {
    uint64_t network_ns, convolution_ns, depthwise_ns;
    double byte_products, float_products;
};

/* One thread reads, so that what is counted needs no lock. */
static struct work detecting, recognising, turning, *working = &detecting;
static const struct lince_engine *reading_engine;
static const struct kernels *used_kernels;

__typeof__(kernels_best) __real_kernels_best, __wrap_kernels_best;
__typeof__(session_run) __real_session_run, __wrap_session_run;
__typeof__(convolution_pixels) __real_convolution_pixels, __wrap_convolution_pixels;
__typeof__(convolution_rows) __real_convolution_rows, __wrap_convolution_rows;
__typeof__(pair_pixels) __real_pair_pixels, __wrap_pair_pixels;
__typeof__(depthwise_rows) __real_depthwise_rows, __wrap_depthwise_rows;

const struct kernels *__wrap_kernels_best(void) {
    return used_kernels;
}

static const struct kernels *kernels_named(const char *name) {
    const struct kernels *list[KERNELS_LIMIT];
    for (size_t i = kernels_list(list); i > 0; i--) {
        if (strcmp(list[i - 1]->name, name) == 0) {
            return list[i - 1];
        }
    }
    return NULL;
}

enum lince_status __wrap_session_run(struct session *session, const float *input, const int64_t shape[4],
                                     struct heap *heap, struct tensor *output, struct lince_error *error) {
    working = session == reading_engine->detector     ? &detecting
              : session == reading_engine->recogniser ? &recognising
                                                      : &turning;
    uint64_t start = clock_now_ns();
    enum lince_status status = __real_session_run(session, input, shape, heap, output, error);
    working->network_ns += clock_now_ns() - start;
    return status;
}

void __wrap_convolution_pixels(const struct convolution *convolution, const struct kernels *kernels,
                               const struct grid *x, size_t from, size_t until, float *y, uint8_t *scratch) {
    uint64_t start = clock_now_ns();
    __real_convolution_pixels(convolution, kernels, x, from, until, y, scratch);
    working->convolution_ns += clock_now_ns() - start;
    working->byte_products += (double)(until - from) * (double)(x->channels * convolution->outputs);
}

void __wrap_convolution_rows(const struct convolution *convolution, const struct kernels *kernels,
                             const struct byte_grid *grid, size_t from, size_t until, float *y) {
    const struct window *window = &convolution->window;
    size_t columns = window_count(0, grid->width, 0, window->kernel_width, window->stride_x);
    size_t depth = window->kernel_height * window->kernel_width * grid->channels;
    uint64_t start = clock_now_ns();
    __real_convolution_rows(convolution, kernels, grid, from, until, y);
    working->convolution_ns += clock_now_ns() - start;
    working->byte_products += (double)((until - from) * columns) * (double)(depth * convolution->outputs);
}

void __wrap_pair_pixels(const struct pair *pair, const struct kernels *kernels, const struct grid *x, size_t from,
                        size_t until, float *y, uint8_t *scratch) {
    uint64_t start = clock_now_ns();
    __real_pair_pixels(pair, kernels, x, from, until, y, scratch);
    working->convolution_ns += clock_now_ns() - start;
    working->byte_products += (double)(until - from) * (double)(pair->hidden * (pair->inputs + pair->outputs));
}

void __wrap_depthwise_rows(const struct depthwise *depthwise, const struct kernels *kernels, const struct grid *x,
                           size_t from, size_t until, float *y) {
    const struct window *window = &depthwise->window;
    size_t pixels = (until - from) * window_columns(window, x->width);
    uint64_t start = clock_now_ns();
    __real_depthwise_rows(depthwise, kernels, x, from, until, y);
    working->depthwise_ns += clock_now_ns() - start;
    working->float_products += (double)(pixels * window->kernel_height) * (double)(window->kernel_width * x->channels);
}

static void print_stage(const char *name, const struct work *work, double stage_ms, size_t images) {
    double count = (double)images;
    printf("  \"%s\": {\"ms\": %.3f, \"network_ms\": %.3f, \"convolution_ms\": %.3f, \"depthwise_ms\": %.3f, "
           "\"byte_gmac\": %.4f, \"float_gmac\": %.4f},\n",
           name, stage_ms / count, (double)work->network_ns / 1e6 / count, (double)work->convolution_ns / 1e6 / count,
           (double)work->depthwise_ns / 1e6 / count, work->byte_products / 1e9 / count,
           work->float_products / 1e9 / count);
}

/* The first image, which also warms up, is not counted. */
static int read_all(struct lince_reader *reader) {
    struct lince_timings sum = {0};
    char path[PATH_BYTES];
    size_t images = 0;
    for (bool is_first = true; fgets(path, sizeof path, stdin) != NULL; is_first = false) {
        struct lince_error error = LINCE_ERROR_INIT;
        struct lince_page *page = NULL;
        path[strcspn(path, "\n")] = '\0';
        if (lince_read_file(reader, path, NULL, &page, &error) != LINCE_OK) {
            fprintf(stderr, "%s: %s\n", path, error.message);
            return EXIT_FAILURE;
        }
        struct lince_timings timings = lince_page_timings(page);
        lince_page_free(page);
        if (is_first) {
            detecting = recognising = (struct work){0};
            continue;
        }
        sum.decode_ms += timings.decode_ms;
        sum.detect_ms += timings.detect_ms;
        sum.recognise_ms += timings.recognise_ms;
        sum.total_ms += timings.total_ms;
        images++;
    }
    if (images == 0) {
        fprintf(stderr, "name at least two images on standard input\n");
        return EXIT_FAILURE;
    }
    struct kernels_speed peak = kernels_speed(used_kernels);
    printf("{\"images\": %zu, \"decode_ms\": %.3f, \"total_ms\": %.3f,\n", images, sum.decode_ms / (double)images,
           sum.total_ms / (double)images);
    print_stage("detect", &detecting, sum.detect_ms, images);
    print_stage("recognise", &recognising, sum.recognise_ms, images);
    printf("  \"kernels\": \"%s\", \"peak_byte_gmacs\": %.1f, \"peak_float_gmacs\": %.1f}\n", used_kernels->name,
           peak.integers, peak.floats);
    return EXIT_SUCCESS;
}

int main(int argc, char **argv) {
    struct lince_engine_options options = LINCE_ENGINE_OPTIONS_DEFAULTS;
    struct lince_engine *engine = NULL;
    struct lince_reader *reader = NULL;
    struct lince_error error = LINCE_ERROR_INIT;
    options.memory_limit_bytes = 0;
    bool is_accurate = argc > 1 && strcmp(argv[1], "accurate") == 0;
    options.model = is_accurate ? LINCE_MODEL_ACCURATE : LINCE_MODEL_FAST;
    used_kernels = argc > 1 && !is_accurate ? kernels_named(argv[1]) : __real_kernels_best();
    if (used_kernels == NULL) {
        fprintf(stderr, "%s: no inner loops that this processor can run\n", argv[1]);
        return EXIT_FAILURE;
    }
    if (lince_engine_open(&options, &engine, &error) != LINCE_OK ||
        lince_reader_open(engine, &reader, &error) != LINCE_OK) {
        fprintf(stderr, "%s\n", error.message);
        lince_engine_close(engine);
        return EXIT_FAILURE;
    }
    reading_engine = engine;
    int exit_code = read_all(reader);
    lince_reader_close(reader);
    lince_engine_close(engine);
    return exit_code;
}
