/*
 * every_allocation.c - refuses the first memory request, then the second, and so on until all are granted. Each time
 * the failure must be a clean error, the meters must be empty, and the reader must still work.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/engine.h"
#include "engine/engine_state.h"

struct tally {
    unsigned granted, refused, wrong;
};

static void wrong(struct tally *tally, uint64_t request, const char *what, const struct lince_error *error) {
    printf("  request %" PRIu64 ": %s (%s: %s)\n", request, what, lince_status_name(error->status), error->message);
    tally->wrong++;
}

/* Opens an engine with each request refused in turn. A heap that is refused room to spare takes what it needs. */
static struct tally open_all(uint64_t step) {
    struct tally tally = {0};
    struct lince_engine_options options = LINCE_ENGINE_OPTIONS_DEFAULTS;
    options.memory_limit_bytes = 0;
    bool was_refused = true;
    for (uint64_t request = 1; was_refused; request += step) {
        struct lince_error error = LINCE_ERROR_INIT;
        struct lince_engine *engine = NULL;
        enum lince_status status = engine_open(&options, (int64_t)request, &engine, &error);
        was_refused = status != LINCE_OK || engine->process.fail_countdown <= 0;
        if (status == LINCE_OK) {
            tally.granted++;
        } else if (status == LINCE_ERROR_MEMORY_LIMIT && engine == NULL && error.message[0] != '\0') {
            tally.refused++;
        } else {
            wrong(&tally, request, "not a clean error of the memory limit", &error);
        }
        lince_engine_close(engine);
    }
    return tally;
}

struct refusal {
    struct lince_engine *engine;
    struct lince_reader *reader;
    const char *path, *text;
    struct lince_read_options options;
    size_t code_count, letter_count;
    uint64_t request;
};

static bool warns_of_codes(const struct lince_page *page) {
    for (size_t i = 0; i < lince_page_warning_count(page); i++) {
        if (strcmp(lince_page_warning(page, i)->code, "codes_missing") == 0) {
            return true;
        }
    }
    return false;
}

/* All codes are there, or the page says that some may be missing. */
static bool codes_are_told(const struct refusal *refusal, const struct lince_page *page) {
    return lince_page_code_count(page) == refusal->code_count || warns_of_codes(page);
}

static size_t letters_count(const struct lince_page *page) {
    const struct lince_letter *letters;
    size_t count = 0;
    for (size_t line = 0; line < lince_page_line_count(page); line++) {
        for (size_t word = 0; word < lince_page_line(page, line)->word_count; word++) {
            count += lince_page_letters(page, line, word, &letters);
        }
    }
    return count;
}

/* One reading with one request refused. False when no request was left to refuse. */
static bool read_refused(const struct refusal *refusal, struct tally *tally) {
    struct lince_error error = LINCE_ERROR_INIT;
    struct lince_page *page = NULL;
    struct meter *process = &refusal->engine->process;
    uint64_t before = process->current_bytes;
    process->fail_countdown = (int64_t)refusal->request;
    enum lince_status status = lince_read_file(refusal->reader, refusal->path, &refusal->options, &page, &error);
    bool was_refused = process->fail_countdown <= 0;
    process->fail_countdown = 0;
    if (status == LINCE_OK) {
        tally->granted++;
        if (strcmp(lince_page_text(page), refusal->text) != 0) {
            wrong(tally, refusal->request, "the text is another", &error);
        }
        if (!codes_are_told(refusal, page)) {
            wrong(tally, refusal->request, "codes are missing in silence", &error);
        }
        if (letters_count(page) != refusal->letter_count) {
            wrong(tally, refusal->request, "letters are missing in silence", &error);
        }
    } else if (status == LINCE_ERROR_MEMORY_LIMIT && was_refused && page == NULL && error.message[0] != '\0') {
        tally->refused++;
    } else {
        wrong(tally, refusal->request, "not a clean error of the memory limit", &error);
    }
    lince_page_free(page);
    if (process->current_bytes != before) {
        wrong(tally, refusal->request, "bytes were left on the meters", &error);
    }
    return was_refused;
}

static struct tally read_all(struct lince_engine *engine, const char *path, uint64_t step, bool codes, bool letters) {
    struct tally tally = {0};
    struct lince_error error = LINCE_ERROR_INIT;
    struct lince_page *page = NULL;
    struct refusal refusal = {.engine = engine, .path = path, .options = LINCE_READ_OPTIONS_DEFAULTS, .request = 1};
    refusal.options.codes = codes;
    refusal.options.letters = letters;
    bool ready = lince_reader_open(engine, &refusal.reader, &error) == LINCE_OK &&
                 lince_read_file(refusal.reader, path, &refusal.options, &page, &error) == LINCE_OK;
    if (!ready || (codes && lince_page_code_count(page) == 0) || (letters && letters_count(page) == 0)) {
        wrong(&tally, 0, "could not be read at all", &error);
    } else {
        refusal.text = lince_page_text(page);
        refusal.code_count = lince_page_code_count(page);
        refusal.letter_count = letters_count(page);
        while (read_refused(&refusal, &tally)) {
            refusal.request += step;
        }
    }
    lince_page_free(page);
    lince_reader_close(refusal.reader);
    return tally;
}

static unsigned tell(const char *what, struct tally tally) {
    printf("%s: %u clean errors, %u full results, %u wrong\n", what, tally.refused, tally.granted, tally.wrong);
    return tally.wrong + (tally.refused == 0);
}

int main(int argc, char **argv) {
    uint64_t step = argc > 2 ? strtoull(argv[2], NULL, 10) : 0;
    if (step == 0) {
        fprintf(stderr, "usage: %s open STEP | read STEP FILE... | codes STEP FILE... | letters STEP FILE...\n",
                argv[0]);
        return 2;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (strcmp(argv[1], "open") == 0) {
        return tell("open", open_all(step)) == 0 ? 0 : 1;
    }
    struct lince_engine_options options = LINCE_ENGINE_OPTIONS_DEFAULTS;
    struct lince_error error = LINCE_ERROR_INIT;
    struct lince_engine *engine = NULL;
    options.memory_limit_bytes = 0;
    if (lince_engine_open(&options, &engine, &error) != LINCE_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 2;
    }
    unsigned failures = 0;
    for (int i = 3; i < argc; i++) {
        failures += tell(
            argv[i], read_all(engine, argv[i], step, strcmp(argv[1], "codes") == 0, strcmp(argv[1], "letters") == 0));
    }
    lince_engine_close(engine);
    return failures == 0 ? 0 : 1;
}
