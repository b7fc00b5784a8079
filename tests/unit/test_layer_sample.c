/* test_layer_sample.c - stretches are chosen by font, and compared without marks, signs and look-alikes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "text/layer_sample.h"

enum { LETTERS_MOST = 400 };

struct drawn {
    struct layer_letter letters[LETTERS_MOST];
    struct page_layer layer;
    double top;
};

/* Adds a line of text in a font, 20 pixels high. */
static void line_add(struct drawn *drawn, const char *text, uint8_t font) {
    double x = 50;
    for (const char *c = text; *c != '\0'; c++, x += 10) {
        struct layer_letter letter = {.code = (unsigned char)*c,
                                      .box = {x, drawn->top, x + 10, drawn->top + 20},
                                      .along_x = 1,
                                      .is_break = *c == ' ',
                                      .font = font};
        drawn->letters[drawn->layer.letter_count++] = letter;
    }
    drawn->letters[drawn->layer.letter_count++] = (struct layer_letter){.code = '\n', .is_break = true};
    drawn->layer.letters = drawn->letters;
    drawn->top += 30;
}

static const struct layer_sample *sample_of(const struct layer_samples *samples, const char *letters) {
    for (size_t i = 0; i < samples->count; i++) {
        if (strcmp(samples->items[i].letters, letters) == 0) {
            return &samples->items[i];
        }
    }
    return NULL;
}

static void test_each_font_gives_its_letters_and_its_digits(void **state) {
    (void)state;
    struct drawn drawn = {.top = 10};
    struct layer_samples samples;
    line_add(&drawn, "Total a pagar", 0);
    line_add(&drawn, "ref. 12.345", 0);
    line_add(&drawn, "Banco", 1);
    line_add(&drawn, "x", 2);
    layer_samples_choose(&drawn.layer, &samples);
    assert_int_equal(samples.count, 3);
    const struct layer_sample *total = sample_of(&samples, "totalapagar");
    assert_non_null(total);
    assert_non_null(sample_of(&samples, "ref12345"));
    assert_int_equal(sample_of(&samples, "banco")->font, 1);
    assert_true(total->corners[0].x == 50 && total->corners[0].y == 10);
    assert_true(total->corners[2].x == 180 && total->corners[2].y == 30);
    assert_true(samples.least_height_px == 20);
}

static void test_hidden_foreign_and_tiny_letters_are_no_samples(void **state) {
    (void)state;
    struct drawn drawn = {.top = 10};
    struct layer_samples samples;
    line_add(&drawn, "hidden", 0);
    for (size_t i = 0; i < drawn.layer.letter_count; i++) {
        drawn.letters[i].is_hidden = true;
    }
    line_add(&drawn, "foreign", 1);
    drawn.letters[drawn.layer.letter_count - 3].code = 0x0416; /* of another script */
    layer_samples_choose(&drawn.layer, &samples);
    assert_int_equal(samples.count, 0);
    drawn = (struct drawn){.top = 10};
    line_add(&drawn, "tiny", 0);
    for (size_t i = 0; i + 1 < drawn.layer.letter_count; i++) {
        drawn.letters[i].box.y1 = drawn.letters[i].box.y0 + 4;
    }
    layer_samples_choose(&drawn.layer, &samples);
    assert_int_equal(samples.count, 0);
}

static bool contradicts(const char *said, const char *seen, double confidence) {
    struct drawn drawn = {.top = 10};
    struct layer_samples samples;
    line_add(&drawn, said, 3);
    layer_samples_choose(&drawn.layer, &samples);
    for (size_t i = 0; i < samples.count; i++) {
        layer_sample_compare(&samples.items[i], seen, confidence, &samples);
    }
    return layer_samples_contradict(&samples);
}

/* A ligature is read as its letters. */
static void test_a_ligature_is_all_its_letters(void **state) {
    static const struct {
        uint32_t code;
        const char *letters;
    } ligatures[] = {{0xFB00, "ff"},  {0xFB01, "fi"}, {0xFB02, "fl"}, {0xFB03, "ffi"},
                     {0xFB04, "ffl"}, {0xFB05, "st"}, {0xFB06, "st"}};
    (void)state;
    for (size_t i = 0; i < sizeof ligatures / sizeof *ligatures; i++) {
        struct drawn drawn = {.top = 10};
        struct layer_samples samples;
        char expected[16];
        line_add(&drawn, "a?io", 0);
        drawn.letters[1].code = ligatures[i].code;
        snprintf(expected, sizeof expected, "a%sio", ligatures[i].letters);
        layer_samples_choose(&drawn.layer, &samples);
        assert_int_equal(samples.count, 1);
        assert_string_equal(samples.items[0].letters, expected);
        layer_sample_compare(&samples.items[0], expected, 0.98, &samples);
        assert_int_equal(samples.fonts[0].letters, samples.fonts[0].same_letters);
        line_add(&drawn, "??????????????????????", 1); /* no more are kept than there is room for */
        for (size_t k = 0; k < 22; k++) {
            drawn.letters[drawn.layer.letter_count - 2 - k].code = ligatures[i].code;
        }
        layer_samples_choose(&drawn.layer, &samples);
        for (size_t k = 0; k < samples.count; k++) {
            assert_true(strlen(samples.items[k].letters) <= SAMPLE_LETTERS_MOST);
        }
    }
}

static void test_what_contradicts(void **state) {
    (void)state;
    assert_true(contradicts("3KRQH", "Phone", 0.98));
    assert_false(contradicts("Phone", "Phone", 0.98));
    assert_false(contradicts("Phone", "Phane", 0.98));
    assert_false(contradicts("Ph0ne l1", "Phone ll", 0.98));
    assert_false(contradicts("3KRQH", "Phone", 0.5));
    assert_false(contradicts("3KRQH", "", 0.98));
    assert_false(contradicts("ano", "\xc3\x91ON", 0.98)); /* too few letters */
    assert_false(contradicts("nandu",
                             "\xc3\x91"
                             "and\xc3\xba",
                             0.98));
    assert_true(contradicts("Total 5.871,93", "Total: 1.234,50", 0.98));
    assert_false(contradicts("Total 1.234,50", "Total: 1.234,58", 0.98));
    assert_true(contradicts("abc 123", "abc 987", 0.98));
    assert_false(contradicts("Factura", "Factura numero 7 de una lista", 0.98));
}

/* Font 0 is as it was seen; font 1 is what `said` and `seen` make it. Gives whether font 0 is kept alone. */
static bool is_kept(size_t good_lines, const char *said, const char *seen, bool *is_doubted) {
    struct drawn drawn = {.top = 10};
    struct layer_samples samples;
    for (size_t i = 0; i < good_lines; i++) {
        line_add(&drawn, "Total 1.234,50", 0);
    }
    size_t first = drawn.layer.letter_count;
    line_add(&drawn, said, 1);
    layer_samples_choose(&drawn.layer, &samples);
    for (size_t i = 0; i < samples.count; i++) {
        const char *read = samples.items[i].font == 0 ? "Total 1.234,50" : seen;
        layer_sample_compare(&samples.items[i], read, 0.98, &samples);
    }
    bool kept = layer_samples_doubt(&samples, &drawn.layer);
    *is_doubted = drawn.letters[first].is_doubted;
    for (size_t i = 0; i < first; i++) {
        assert_false(drawn.letters[i].is_doubted);
    }
    return kept;
}

static void test_only_confirmed_fonts_are_kept(void **state) {
    (void)state;
    bool is_doubted;
    assert_true(is_kept(4, "3KRQH QXPEHU", "Phone number", &is_doubted) && is_doubted);
    assert_true(is_kept(4, "Phone number", "Phone number", &is_doubted) && !is_doubted);
    assert_true(is_kept(4, "Phone number", "", &is_doubted) && is_doubted); /* nothing was read there */
    assert_true(is_kept(4, "ab", "ab", &is_doubted) && is_doubted);         /* too little to be sure */
    assert_true(is_kept(4, "Suma 777,77", "Suma 123,45", &is_doubted) && is_doubted);
    assert_false(is_kept(0, "3KRQH QXPEHU RI WKH EXB HU DQG VHOOHU", "Phone number of the buyer", &is_doubted));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_font_gives_its_letters_and_its_digits),
        cmocka_unit_test(test_hidden_foreign_and_tiny_letters_are_no_samples),
        cmocka_unit_test(test_a_ligature_is_all_its_letters),
        cmocka_unit_test(test_what_contradicts),
        cmocka_unit_test(test_only_confirmed_fonts_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
