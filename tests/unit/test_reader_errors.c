/* test_reader_errors.c - every failure of a reading, reported in both languages, after which the reader is usable. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/error.h"
#include "engine/engine.h"
#include "image/image.h"
#include "image/isolation.h"
#include "image/page_layer.h"
#include "models_data.h"
#include "readings.h"
#include "typewriter.h"

static struct lince_engine *engine;
static struct lince_reader *reader;
static struct file good;
static struct lince_page *expected;

static int open_all(void **state) {
    (void)state;
    engine = engine_well(UINT64_C(300) << 20, 1);
    reader = reader_well(engine);
    good = file_of_data("reading/one-line.png");
    expected = read_well(reader, &good);
    return 0;
}

static int close_all(void **state) {
    (void)state;
    lince_page_free(expected);
    lince_reader_close(reader);
    lince_engine_close(engine);
    file_free(&good);
    return 0;
}

typedef enum lince_status (*attempt_function)(const void *context, struct lince_page **page, struct lince_error *error);

/* The attempt fails alike in both languages, each with its own word, and the reader reads as before. */
static void check_failure(attempt_function attempt, const void *context, enum lince_status status, const char *english,
                          const char *spanish) {
    uint64_t resting = lince_engine_memory_current_bytes(engine);
    char messages[2][LINCE_MESSAGE_BYTES];
    for (size_t i = 0; i < 2; i++) {
        struct lince_error error = LINCE_ERROR_INIT;
        struct lince_page *page = expected;
        error.language = i == 0 ? LINCE_ENGLISH : LINCE_SPANISH;
        assert_int_equal(attempt(context, &page, &error), status);
        assert_int_equal(error.status, status);
        assert_null(page);
        strcpy(messages[i], error.message);
        assert_int_equal(attempt(context, &page, NULL), status); /* nobody asks why */
    }
    if (strstr(messages[0], english) == NULL || strstr(messages[1], spanish) == NULL) {
        fail_msg("\"%s\" lacks \"%s\", or \"%s\" lacks \"%s\"", messages[0], english, messages[1], spanish);
    }
    assert_string_not_equal(messages[0], messages[1]);
    assert_int_equal(lince_engine_memory_current_bytes(engine), resting);
    struct lince_page *page = read_well(reader, &good);
    assert_true(pages_are_equal(page, expected));
    lince_page_free(page);
}

static enum lince_status attempt_file(const void *context, struct lince_page **page, struct lince_error *error) {
    return lince_read_file(reader, context, NULL, page, error);
}

static enum lince_status attempt_bytes(const void *context, struct lince_page **page, struct lince_error *error) {
    const struct file *file = context;
    return lince_read(reader, file->bytes, file->count, NULL, page, error);
}

static void test_files_that_cannot_be_read(void **state) {
    (void)state;
    check_failure(attempt_file, "/nowhere/receipt.png", LINCE_ERROR_NOT_FOUND, "no file /nowhere/receipt.png",
                  "no existe el archivo /nowhere/receipt.png");
    check_failure(attempt_file, "/", LINCE_ERROR_UNREADABLE, "not a regular file", "no es un archivo normal");
}

static void test_bytes_that_are_no_image(void **state) {
    (void)state;
    uint8_t text[] = "this is not an image at all";
    struct file empty = {text, 0}, words = {text, sizeof text};
    check_failure(attempt_bytes, &empty, LINCE_ERROR_EMPTY, "empty", "vacía");
    check_failure(attempt_bytes, &words, LINCE_ERROR_UNKNOWN_FORMAT, "28 bytes", "28 bytes");
}

static void test_a_truncated_image(void **state) {
    (void)state;
    struct file half = {good.bytes, good.count / 2}, header = {good.bytes, 20};
    check_failure(attempt_bytes, &half, LINCE_ERROR_DAMAGED, "damaged", "dañada");
    check_failure(attempt_bytes, &header, LINCE_ERROR_DAMAGED, "damaged", "dañada");
}

static void test_an_image_over_the_fixed_limits(void **state) {
    (void)state;
    struct file bomb = {0};
    file_append(&bomb, good.bytes, good.count);
    const uint8_t side[4] = {0, 1, 0x86, 0xA0}; /* 100 000 pixels, big-endian, in the place of the width */
    memcpy(bomb.bytes + 16, side, sizeof side);
    struct lince_error error = LINCE_ERROR_INIT;
    struct lince_page *page;
    enum lince_status status = lince_read(reader, bomb.bytes, bomb.count, NULL, &page, &error);
    /* The checksum of the header no longer fits; either finding is right, and nothing may be taken for it. */
    assert_true(status == LINCE_ERROR_TOO_LARGE || status == LINCE_ERROR_DAMAGED);
    check_failure(attempt_bytes, &bomb, status, "PNG", "PNG");
    file_free(&bomb);
}

static uint32_t grey_pixel(uint32_t x, uint32_t y) {
    (void)x, (void)y;
    return 0x808080;
}

/* A JPEG in several scans, which are collected whole, that says in its header that it has 20 000 x 20 000 pixels. */
static struct file vast_jpeg(void) {
    struct jpeg_recipe recipe = {.width_px = 64, .height_px = 64, .pixel = grey_pixel, .progressive = true};
    struct file file = jpeg_make(&recipe);
    for (size_t i = 0; i + 9 < file.count; i++) {
        if (file.bytes[i] == 0xFF && file.bytes[i + 1] == 0xC2) { /* start of frame: length, bits, height, width */
            const uint8_t sides[4] = {20000 >> 8, 20000 & 0xFF, 20000 >> 8, 20000 & 0xFF};
            memcpy(file.bytes + i + 5, sides, sizeof sides);
            return file;
        }
    }
    fail_msg("the JPEG has no progressive frame");
    return file;
}

static void test_an_image_that_does_not_fit_the_limit(void **state) {
    (void)state;
    struct file vast = vast_jpeg();
    struct lince_price price = LINCE_PRICE_INIT;
    struct lince_error error = LINCE_ERROR_INIT;
    struct lince_page *page;
    assert_int_equal(lince_price_image(engine, good.bytes, good.count, &price, &error), LINCE_OK);
    assert_true(price.smallest_limit_bytes > 0 && price.smallest_limit_bytes <= UINT64_C(300) << 20);
    assert_int_equal(lince_price_image(engine, vast.bytes, vast.count, &price, &error), LINCE_ERROR_MEMORY_LIMIT);
    assert_int_equal(price.width_px, 20000); /* filled all the same */
    assert_true(price.smallest_limit_bytes > UINT64_C(300) << 20);
    check_failure(attempt_bytes, &vast, LINCE_ERROR_MEMORY_LIMIT, "20000 x 20000", "límite de memoria");
    assert_int_equal(lince_read(reader, vast.bytes, vast.count, NULL, &page, &error), LINCE_ERROR_MEMORY_LIMIT);
    assert_true(error.needed_bytes > UINT64_C(300) << 20);
    file_free(&vast);
}

static void check_engine_failure(const struct lince_engine_options *options, enum lince_status status,
                                 const char *english, const char *spanish) {
    for (size_t i = 0; i < 2; i++) {
        struct lince_error error = LINCE_ERROR_INIT;
        struct lince_engine *opened = engine;
        error.language = i == 0 ? LINCE_ENGLISH : LINCE_SPANISH;
        assert_int_equal(lince_engine_open(options, &opened, &error), status);
        assert_null(opened);
        if (strstr(error.message, i == 0 ? english : spanish) == NULL) {
            fail_msg("\"%s\" lacks \"%s\"", error.message, i == 0 ? english : spanish);
        }
    }
}

static void test_engines_that_do_not_open(void **state) {
    (void)state;
    struct lince_engine_options options = LINCE_ENGINE_OPTIONS_DEFAULTS;
    options.readers = 0;
    check_engine_failure(&options, LINCE_ERROR_ARGUMENT, "readers is 0", "lectores son 0");
    options.readers = 1;
    options.threads_per_image = 257;
    check_engine_failure(&options, LINCE_ERROR_ARGUMENT, "257", "257");
    options.threads_per_image = 1;
    options.model_directory = "/nowhere/models";
    check_engine_failure(&options, LINCE_ERROR_MODEL, "/nowhere/models", "carpeta de modelos");
    options.model_directory = "/";
    check_engine_failure(&options, LINCE_ERROR_MODEL, "is missing", "falta el modelo");
    options.model_directory = NULL;
    options.memory_limit_bytes = 20u << 20;
    check_engine_failure(&options, LINCE_ERROR_MEMORY_LIMIT, "limit", "límite");
}

static void test_engines_over_damaged_models(void **state) {
    (void)state;
    static const char *const names[] = {"detector", "recogniser", "direction"};
    struct lince_engine_options options = LINCE_ENGINE_OPTIONS_DEFAULTS;
    for (size_t i = 0; i < 3; i++) {
        char onnx[32], ort[32];
        strcat(strcpy(onnx, names[i]), ".onnx");
        strcat(strcpy(ort, names[i]), ".ort");
        options.model_directory = model_folder_make();
        model_folder_damage(onnx, NULL, 5000); /* whichever of the two kinds is used here */
        model_folder_damage(ort, "no model", 8);
        check_engine_failure(&options, LINCE_ERROR_MODEL, names[i], names[i]);
        model_folder_remove();
    }
    options.model_directory = model_folder_make();
    model_folder_damage("characters.txt", "\na\n \n", 5);
    struct lince_engine *opened;
    struct lince_error error = LINCE_ERROR_INIT;
    enum lince_status status = lince_engine_open(&options, &opened, &error);
    if (status == LINCE_OK) { /* a list of another length is found out at the first line of text at the latest */
        struct lince_reader *other = reader_well(opened);
        struct lince_page *page;
        assert_int_equal(lince_read(other, good.bytes, good.count, NULL, &page, &error), LINCE_ERROR_MODEL);
        lince_reader_close(other);
        lince_engine_close(opened);
    } else {
        assert_int_equal(status, LINCE_ERROR_MODEL);
    }
    model_folder_remove();
}

static void test_every_status_has_a_name_of_its_own(void **state) {
    (void)state;
    for (int i = LINCE_OK; i <= LINCE_ERROR_RUNTIME; i++) {
        assert_string_not_equal(lince_status_name((enum lince_status)i), "unknown");
        for (int k = LINCE_OK; k < i; k++) {
            assert_string_not_equal(lince_status_name((enum lince_status)i), lince_status_name((enum lince_status)k));
        }
    }
    assert_string_equal(lince_status_name((enum lince_status)1000), "unknown");
    assert_string_equal(lince_status_name(LINCE_ERROR_MEMORY_LIMIT), "memory_limit");
}

/* ---- a page with its own text, which cannot be drawn ---- */

static enum lince_status drawing_status;
static size_t drawn_count;

static enum lince_status header_give(struct pages *pages, uint32_t index, struct image_header *header,
                                     struct lince_error *error) {
    (void)pages, (void)index, (void)error;
    header->stored_width_px = 850;
    header->stored_height_px = 1100;
    header->orientation = 1;
    header->channels = 3;
    header->bits = 8;
    header->is_elsewhere = true;
    return LINCE_OK;
}

static enum lince_status drawing_fail(struct pages *pages, uint32_t index, const struct decode_job *job) {
    (void)pages, (void)index;
    drawn_count++;
    return error_set(job->error, drawing_status, "not drawn", "sin dibujar");
}

static enum lince_status layer_give(struct pages *pages, uint32_t index, const struct image_header *header,
                                    struct arena *layer_arena, struct page_layer *layer, struct lince_error *error) {
    static const char text[] = "Pago 4821";
    (void)pages, (void)index, (void)header, (void)error;
    layer->letters = arena_allocate_zero(layer_arena, sizeof text, sizeof *layer->letters);
    for (double x = 60; layer->letter_count + 1 < sizeof text; x += 12) {
        char c = text[layer->letter_count];
        layer->letters[layer->letter_count++] =
            (struct layer_letter){.code = (uint32_t)c, .box = {x, 80, x + 12, 104}, .along_x = 1, .is_break = c == ' '};
    }
    return LINCE_OK;
}

static void pages_end(struct pages *pages) {
    (void)pages;
}

static enum lince_status pages_give(void *context, const struct image_format *format, const struct source *source,
                                    const struct pages_options *options, struct meter *meter, struct pages **pages,
                                    struct lince_error *error) {
    static struct pages_kind kind = {
        .close = pages_end, .header_read = header_give, .decode = drawing_fail, .layer = layer_give};
    static struct pages given;
    (void)context, (void)options, (void)error;
    kind.format = format;
    given = (struct pages){.kind = &kind, .source = *source, .meter = meter, .count = 1};
    *pages = &given;
    return LINCE_OK;
}

static bool all_wanted(void *context, const struct image_format *format, const struct source *source,
                       struct meter *meter) {
    (void)context, (void)format, (void)source, (void)meter;
    return true;
}

static void test_a_page_with_text_that_cannot_be_drawn(void **state) {
    static const enum lince_status statuses[] = {LINCE_ERROR_DAMAGED, LINCE_ERROR_MEMORY_LIMIT, LINCE_ERROR_RUNTIME,
                                                 LINCE_ERROR_CANCELLED};
    static const struct isolation failing = {.wants = all_wanted, .open = pages_give};
    static const char bytes[] = "%PDF-1.7\n";
    (void)state;
    engine_isolate(engine, &failing);
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        struct lince_error error = LINCE_ERROR_INIT;
        struct lince_document *document;
        struct lince_page *page = NULL;
        drawing_status = statuses[i];
        drawn_count = 0;
        assert_int_equal(lince_document_open(engine, bytes, sizeof bytes - 1, NULL, &document, &error), LINCE_OK);
        enum lince_status status = lince_document_read(reader, document, 0, NULL, &page, &error);
        assert_int_equal(drawn_count, 1);
        if (drawing_status == LINCE_ERROR_CANCELLED) {
            assert_int_equal(status, LINCE_ERROR_CANCELLED);
            assert_int_equal(error.status, LINCE_ERROR_CANCELLED);
        } else {
            assert_int_equal(status, LINCE_OK);
            assert_int_equal(error.status, LINCE_OK);
            assert_string_equal(lince_page_text(page), "Pago 4821");
        }
        lince_page_free(page);
        lince_document_close(document);
    }
    engine_isolate(engine, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_files_that_cannot_be_read),
        cmocka_unit_test(test_bytes_that_are_no_image),
        cmocka_unit_test(test_a_truncated_image),
        cmocka_unit_test(test_an_image_over_the_fixed_limits),
        cmocka_unit_test(test_an_image_that_does_not_fit_the_limit),
        cmocka_unit_test(test_engines_that_do_not_open),
        cmocka_unit_test(test_engines_over_damaged_models),
        cmocka_unit_test(test_every_status_has_a_name_of_its_own),
        cmocka_unit_test(test_a_page_with_text_that_cannot_be_drawn),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
