/* readings.c - opens, reads and compares through the public header. */
#include "readings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct file file_of_data(const char *name) {
    char path[4096], block[4096];
    struct file file = {0};
    snprintf(path, sizeof path, "%s/%s", LINCE_TEST_DATA, name);
    FILE *stream = fopen(path, "rb");
    if (stream == NULL) {
        fail_msg("there is no %s", path);
    }
    for (size_t got; (got = fread(block, 1, sizeof block, stream)) > 0;) {
        file_append(&file, block, got);
    }
    fclose(stream);
    return file;
}

static void check(enum lince_status status, const struct lince_error *error) {
    if (status != LINCE_OK) {
        fail_msg("%s: %s", lince_status_name(status), error->message);
    }
}

struct lince_engine *engine_well(uint64_t memory_limit_bytes, uint32_t readers) {
    struct lince_error error = LINCE_ERROR_INIT;
    struct lince_engine_options options = LINCE_ENGINE_OPTIONS_DEFAULTS;
    struct lince_engine *engine = NULL;
    options.memory_limit_bytes = memory_limit_bytes;
    options.readers = readers;
    check(lince_engine_open(&options, &engine, &error), &error);
    return engine;
}

struct lince_reader *reader_well(struct lince_engine *engine) {
    struct lince_error error = LINCE_ERROR_INIT;
    struct lince_reader *reader = NULL;
    check(lince_reader_open(engine, &reader, &error), &error);
    return reader;
}

struct lince_page *read_well(struct lince_reader *reader, const struct file *file) {
    struct lince_error error = LINCE_ERROR_INIT;
    struct lince_page *page = NULL;
    check(lince_read(reader, file->bytes, file->count, NULL, &page, &error), &error);
    assert_non_null(page);
    return page;
}

struct lince_page *read_data(struct lince_reader *reader, const char *name) {
    struct file file = file_of_data(name);
    struct lince_page *page = read_well(reader, &file);
    file_free(&file);
    return page;
}

static bool boxes_are_equal(const struct lince_box *one, const struct lince_box *other) {
    return one->x0 == other->x0 && one->y0 == other->y0 && one->x1 == other->x1 && one->y1 == other->y1;
}

static bool quads_are_equal(const struct lince_point one[4], const struct lince_point other[4]) {
    bool equal = true;
    for (size_t corner = 0; corner < 4; corner++) {
        equal = equal && one[corner].x == other[corner].x && one[corner].y == other[corner].y;
    }
    return equal;
}

static bool lines_are_equal(const struct lince_line *one, const struct lince_line *other) {
    bool equal = strcmp(one->text, other->text) == 0 && one->confidence == other->confidence &&
                 quads_are_equal(one->quad, other->quad) && boxes_are_equal(&one->box, &other->box) &&
                 one->word_count == other->word_count;
    for (size_t i = 0; equal && i < one->word_count; i++) {
        const struct lince_word *word = &one->words[i], *same = &other->words[i];
        equal = strcmp(word->text, same->text) == 0 && word->confidence == same->confidence &&
                boxes_are_equal(&word->box, &same->box);
    }
    return equal;
}

bool pages_are_equal(const struct lince_page *one, const struct lince_page *other) {
    bool equal = strcmp(lince_page_text(one), lince_page_text(other)) == 0 &&
                 lince_page_line_count(one) == lince_page_line_count(other) &&
                 lince_page_width_px(one) == lince_page_width_px(other) &&
                 lince_page_height_px(one) == lince_page_height_px(other) &&
                 lince_page_rotation(one) == lince_page_rotation(other);
    for (size_t i = 0; equal && i < lince_page_line_count(one); i++) {
        equal = lines_are_equal(lince_page_line(one, i), lince_page_line(other, i));
    }
    return equal;
}

void assert_text(const struct lince_page *page, const char *expected) {
    assert_string_equal(lince_page_text(page), expected);
}
