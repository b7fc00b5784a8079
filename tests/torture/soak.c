/* soak.c - reads many images in one process and fits a line through the memory after each: does it grow? */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/system.h"
#include "engine/engine_state.h"

enum { PLOT_ROWS = 12, PLOT_COLUMNS = 60 };

struct samples {
    double *held_bytes;
    size_t count;
};

static double slope_of(const struct samples *samples, size_t first) {
    double n = (double)(samples->count - first), mean_x = (n - 1.0) / 2.0, mean_y = 0.0, xx = 0.0, xy = 0.0;
    for (size_t i = first; i < samples->count; i++) {
        mean_y += samples->held_bytes[i] / n;
    }
    for (size_t i = first; i < samples->count; i++) {
        double x = (double)(i - first) - mean_x;
        xx += x * x;
        xy += x * (samples->held_bytes[i] - mean_y);
    }
    return xx > 0.0 ? xy / xx : 0.0;
}

/* Held bytes over images, each column the mean of its share. */
static void plot(const struct samples *samples) {
    double columns[PLOT_COLUMNS] = {0}, least = 1e300, most = 0.0;
    for (size_t c = 0; c < PLOT_COLUMNS; c++) {
        size_t from = samples->count * c / PLOT_COLUMNS, until = samples->count * (c + 1) / PLOT_COLUMNS;
        for (size_t i = from; i < until; i++) {
            columns[c] += samples->held_bytes[i] / (double)(until - from);
        }
        least = columns[c] < least ? columns[c] : least;
        most = columns[c] > most ? columns[c] : most;
    }
    double span = most - least > 1.0 ? most - least : 1.0;
    for (int row = PLOT_ROWS - 1; row >= 0; row--) {
        printf("%12.0f |", least + span * row / (PLOT_ROWS - 1));
        for (size_t c = 0; c < PLOT_COLUMNS; c++) {
            int height = (int)((columns[c] - least) / span * (PLOT_ROWS - 1) + 0.5);
            putchar(height == row ? '*' : ' ');
        }
        putchar('\n');
    }
    printf("%12s +%.*s %zu images\n", "bytes", PLOT_COLUMNS,
           "------------------------------------------------------------", samples->count);
}

static double held_bytes(struct lince_engine *engine) {
    return (double)malloc_figures().used_bytes + (double)lince_engine_memory_current_bytes(engine);
}

/* Reads one after the other. Returns how many could be read. */
static size_t read_all(struct lince_engine *engine, char **files, int file_count, struct samples *samples,
                       size_t count) {
    struct lince_reader *reader = NULL;
    struct lince_error error = LINCE_ERROR_INIT;
    size_t good = 0;
    if (lince_reader_open(engine, &reader, &error) != LINCE_OK) {
        return 0;
    }
    for (samples->count = 0; samples->count < count; samples->count++) {
        struct lince_page *page = NULL;
        const char *file = files[samples->count % (size_t)file_count];
        good += lince_read_file(reader, file, NULL, &page, &error) == LINCE_OK;
        lince_page_free(page);
        samples->held_bytes[samples->count] = held_bytes(engine);
    }
    lince_reader_close(reader);
    return good;
}

int main(int argc, char **argv) {
    size_t count = argc > 3 ? strtoull(argv[1], NULL, 10) : 0;
    double limit = argc > 3 ? strtod(argv[2], NULL) : 0.0;
    struct samples samples = {calloc(count, sizeof *samples.held_bytes), 0};
    if (count < 20 || samples.held_bytes == NULL) {
        fprintf(stderr, "usage: %s COUNT LIMIT_BYTES_PER_IMAGE FILE...\n", argv[0]);
        free(samples.held_bytes);
        return 2;
    }
    struct lince_engine *engine = NULL;
    struct lince_error error = LINCE_ERROR_INIT;
    if (lince_engine_open(NULL, &engine, &error) != LINCE_OK) {
        fprintf(stderr, "%s\n", error.message);
        free(samples.held_bytes);
        return 2;
    }
    uint64_t resident_before = system_resident_bytes();
    size_t good = read_all(engine, argv + 3, argc - 3, &samples, count);
    double slope = slope_of(&samples, count / 10);
    plot(&samples);
    printf("%zu images, %zu of them read; %.2f bytes an image; resident %+.1f MB, peak %.1f MB\n", count, good, slope,
           ((double)system_resident_bytes() - (double)resident_before) / 1048576.0,
           (double)system_resident_peak_bytes() / 1048576.0);
    lince_engine_close(engine);
    free(samples.held_bytes);
    return slope > limit || good == 0 ? 1 : 0;
}
