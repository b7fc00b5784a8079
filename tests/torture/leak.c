/*
 * leak.c - deliberately leaks a block after each image: reports, the growth alert and `lince memory diff` must find it.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/meter.h"
#include "engine/engine_state.h"
#include "monitor/monitor.h"

struct forgotten {
    char bytes[4000];
};

/* False when an image could not be read. */
static bool read_all(struct lince_reader *reader, struct meter *meter, const char *path, unsigned long count,
                     bool leaks) {
    struct forgotten *kept = NULL;
    for (unsigned long i = 0; i < count; i++) {
        struct lince_error error = LINCE_ERROR_INIT;
        struct lince_page *page = NULL;
        if (lince_read_file(reader, path, NULL, &page, &error) != LINCE_OK) {
            fprintf(stderr, "%s\n", error.message);
            return false;
        }
        lince_page_free(page);
        kept = leaks ? meter_new(meter, struct forgotten) : NULL;
    }
    return leaks == (kept != NULL);
}

int main(int argc, char **argv) {
    struct lince_error error = LINCE_ERROR_INIT;
    struct lince_engine *engine = NULL;
    struct lince_reader *reader = NULL;
    struct monitor *monitor = NULL;
    struct monitor_options options = MONITOR_OPTIONS_DEFAULTS;
    if (argc != 5) {
        fprintf(stderr, "usage: %s FOLDER IMAGE CLEAN_COUNT LEAKING_COUNT\n", argv[0]);
        return 2;
    }
    options.folder.path = argv[1];
    options.profile_period = 1;
    options.reports_at_end = options.logs = true;
    monitor_block_signals();
    struct lince_engine_options unlimited = LINCE_ENGINE_OPTIONS_DEFAULTS;
    unlimited.memory_limit_bytes = 0;
    if (lince_engine_open(&unlimited, &engine, &error) != LINCE_OK ||
        lince_reader_open(engine, &reader, &error) != LINCE_OK ||
        monitor_open(engine, &options, &monitor, &error) != LINCE_OK) {
        fprintf(stderr, "%s\n", error.message);
        return EXIT_FAILURE;
    }
    bool is_well = read_all(reader, &engine->pages, argv[2], strtoul(argv[3], NULL, 10), false);
    monitor_report_end(monitor);
    is_well = is_well && read_all(reader, &engine->pages, argv[2], strtoul(argv[4], NULL, 10), true);
    monitor_report_end(monitor);
    /* Closing the engine would find what was forgotten, and end here: the process ends with it instead. */
    exit(is_well ? EXIT_SUCCESS : EXIT_FAILURE);
}
