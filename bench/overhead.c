/*
 * overhead.c - what the accounting of memory costs: LINCE_MODELS=models/prepared build/release/bench/overhead IMAGE
 * [ROUNDS]
 *
 * Meters and scopes are always on: their price for one image is the number of charges and scopes that it takes, times
 * what one costs here. Allocation sites can be switched: the image is read with and without them in turn, and the
 * least CPU time of each is compared.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "engine/engine_state.h"

enum { TRIES = 200000 };

static double cpu_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* A charge and its release on a tree as deep as a reader's. */
static double charge_ns(void) {
    struct meter meters[4];
    for (size_t i = 0; i < 4; i++) {
        meter_init(&meters[i], i == 0 ? NULL : &meters[i - 1], "overhead", METER_NO_LIMIT);
    }
    double start = cpu_ms();
    for (size_t i = 0; i < TRIES; i++) {
        meter_charge(&meters[3], 100);
        meter_release(&meters[3], 100);
    }
    return (cpu_ms() - start) * 1e6 / TRIES;
}

static void one_scope(struct meter *meter) {
    SCOPE(meter, SCOPE_STRIP);
}

static double scope_ns(void) {
    struct scope_table table = {0};
    struct meter meter;
    meter_init(&meter, NULL, "overhead", METER_NO_LIMIT);
    meter.scopes = &table;
    double start = cpu_ms();
    for (size_t i = 0; i < TRIES; i++) {
        one_scope(&meter);
    }
    return (cpu_ms() - start) * 1e6 / TRIES;
}

static uint64_t scope_count(const struct lince_engine *engine) {
    uint64_t count = 0;
    for (size_t i = 0; i < SCOPE_COUNT; i++) {
        count += engine->scopes.rows[i].calls;
    }
    return count;
}

/* CPU milliseconds of one reading; negative when it fails. */
static double read_ms(struct lince_reader *reader, const char *path) {
    struct lince_error error = LINCE_ERROR_INIT;
    struct lince_page *page = NULL;
    double start = cpu_ms();
    enum lince_status status = lince_read_file(reader, path, NULL, &page, &error);
    double taken = cpu_ms() - start;
    lince_page_free(page);
    if (status != LINCE_OK) {
        fprintf(stderr, "%s\n", error.message);
    }
    return status == LINCE_OK ? taken : -1.0;
}

static int measure(struct lince_engine *engine, struct lince_reader *reader, const char *path, int rounds) {
    double least[2] = {1e300, 1e300};
    if (read_ms(reader, path) < 0.0) {
        return EXIT_FAILURE;
    }
    uint64_t charges = engine->process.charge_count, scopes = scope_count(engine);
    read_ms(reader, path);
    charges = engine->process.charge_count - charges;
    scopes = scope_count(engine) - scopes;
    for (int i = 0; i < 2 * rounds; i++) {
        lince_memory_profile(engine, i % 2 == 0 ? 0 : 1, NULL);
        double taken = read_ms(reader, path);
        least[i % 2] = taken < least[i % 2] ? taken : least[i % 2];
    }
    double always_ms = ((double)charges * charge_ns() + (double)scopes * scope_ns()) / 1e6;
    printf("one image: %.1f ms of CPU, %" PRIu64 " charges of %.0f ns, %" PRIu64 " scopes of %.0f ns\n", least[0],
           charges, charge_ns(), scopes, scope_ns());
    printf("meters and scopes: %.4f ms, %.3f %%\n", always_ms, 100.0 * always_ms / least[0]);
    printf("allocation sites, every block: %+.2f ms, %+.2f %%\n", least[1] - least[0],
           100.0 * (least[1] - least[0]) / least[0]);
    return EXIT_SUCCESS;
}

int main(int argc, char **argv) {
    struct lince_engine *engine = NULL;
    struct lince_reader *reader = NULL;
    struct lince_error error = LINCE_ERROR_INIT;
    int rounds = argc > 2 ? atoi(argv[2]) : 10;
    if (argc < 2 || rounds < 1) {
        fprintf(stderr, "usage: %s IMAGE [ROUNDS]\n", argv[0]);
        return 2;
    }
    if (lince_engine_open(NULL, &engine, &error) != LINCE_OK ||
        lince_reader_open(engine, &reader, &error) != LINCE_OK) {
        fprintf(stderr, "%s\n", error.message);
        lince_engine_close(engine);
        return EXIT_FAILURE;
    }
    int exit_code = measure(engine, reader, argv[1], rounds);
    lince_reader_close(reader);
    lince_engine_close(engine);
    return exit_code;
}
