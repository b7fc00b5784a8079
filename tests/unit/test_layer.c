/* test_layer.c - what letters of a page's own text cover is not read again; ligatures are letters of one word. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "drawn.h"
#include "text/layer.h"
#include "text/page.h"

enum { LETTERS = 5 };
static const double LETTER_WIDTH = 14.6, LETTER_HEIGHT = 32;

/* A line of letters from (x, y), the middle of its left end, that runs at that angle; its region is grown as detected.
 */
struct line {
    struct layer_letter letters[LETTERS];
    struct region region;
};

static struct line line_at(double x, double y, double angle, double grown_px) {
    struct line line = {.region = {.score = 0.9}};
    double along_x = cos(angle), along_y = sin(angle), length = LETTERS * LETTER_WIDTH;
    for (int i = 0; i < LETTERS; i++) {
        double middle = (i + 0.5) * LETTER_WIDTH, cx = x + middle * along_x, cy = y + middle * along_y;
        double half_width = (LETTER_WIDTH * fabs(along_x) + LETTER_HEIGHT * fabs(along_y)) / 2;
        double half_height = (LETTER_WIDTH * fabs(along_y) + LETTER_HEIGHT * fabs(along_x)) / 2;
        line.letters[i] = (struct layer_letter){
            .code = '4',
            .box = {cx - half_width, cy - half_height, cx + half_width, cy + half_height},
            .along_x = along_x,
            .along_y = along_y,
        };
    }
    const double ends[4] = {-grown_px, length + grown_px, length + grown_px, -grown_px};
    for (int corner = 0; corner < 4; corner++) {
        double side = (corner < 2 ? -1 : 1) * (LETTER_HEIGHT / 2 + grown_px);
        line.region.corners[corner] = (struct lince_point){x + ends[corner] * along_x - side * along_y,
                                                           y + ends[corner] * along_y + side * along_x};
    }
    return line;
}

static size_t left_of(struct layer_letter *letters, size_t count, struct region region) {
    struct page_layer layer = {.letters = letters, .letter_count = count};
    struct region_list regions = {.items = &region, .count = 1};
    layer_drop_regions(&layer, 1, 1, &regions);
    return regions.count;
}

static void test_a_short_cell_in_a_grown_region_is_covered(void **state) {
    (void)state;
    for (int grown = 0; grown <= 16; grown += 2) {
        struct line line = line_at(100, 200, 0, grown);
        assert_int_equal(left_of(line.letters, LETTERS, line.region), 0);
    }
}

static void test_text_at_any_angle_is_covered(void **state) {
    (void)state;
    for (int degrees = -180; degrees <= 180; degrees += 15) {
        struct line line = line_at(300, 300, degrees * M_PI / 180, 12);
        assert_int_equal(left_of(line.letters, LETTERS, line.region), 0);
    }
}

static void test_what_stands_beside_or_is_longer_is_read(void **state) {
    (void)state;
    struct line line = line_at(100, 200, 0, 12), below = line_at(100, 240, 0, 12), longer = line;
    longer.region.corners[1].x = longer.region.corners[2].x = 100 + 2.5 * LETTERS * LETTER_WIDTH;
    assert_int_equal(left_of(line.letters, LETTERS, below.region), 1);
    assert_int_equal(left_of(line.letters, LETTERS, longer.region), 1);
    assert_int_equal(left_of(line.letters, 2, line.region), 1);
}

static void test_letters_that_are_not_seen_cover_nothing(void **state) {
    (void)state;
    struct line line = line_at(100, 200, 0, 12);
    for (int i = 0; i < LETTERS; i++) {
        line.letters[i].is_hidden = true;
    }
    assert_int_equal(left_of(line.letters, LETTERS, line.region), 1);
}

static size_t hidden_of(const struct layer_letter *letters, size_t count) {
    size_t hidden = 0;
    for (size_t i = 0; i < count; i++) {
        hidden += letters[i].is_hidden;
    }
    return hidden;
}

/* A region with one doubted letter is read whole, and what else the layer has there is not said twice. */
static void test_a_region_with_a_doubted_letter_is_read(void **state) {
    (void)state;
    for (int degrees = -180; degrees <= 180; degrees += 30) {
        for (int doubted = 0; doubted < LETTERS; doubted++) {
            struct line line = line_at(300, 300, degrees * M_PI / 180, 6);
            line.letters[doubted].is_doubted = true;
            assert_int_equal(left_of(line.letters, LETTERS, line.region), 1);
            assert_int_equal(hidden_of(line.letters, LETTERS), LETTERS);
        }
    }
}

static void test_a_doubted_letter_elsewhere_changes_nothing(void **state) {
    (void)state;
    struct line line = line_at(100, 200, 0, 6), below = line_at(100, 240, 0, 6);
    struct layer_letter letters[2 * LETTERS + 1];
    memcpy(letters, line.letters, sizeof line.letters);
    letters[LETTERS] = (struct layer_letter){.code = '\n', .is_break = true};
    memcpy(letters + LETTERS + 1, below.letters, sizeof below.letters);
    for (int i = 0; i < LETTERS; i++) {
        letters[LETTERS + 1 + i].is_doubted = true;
    }
    assert_int_equal(left_of(letters, 2 * LETTERS + 1, line.region), 0);
    assert_int_equal(hidden_of(letters, 2 * LETTERS + 1), 0);
    assert_int_equal(left_of(letters, 2 * LETTERS + 1, below.region), 1);
    assert_int_equal(hidden_of(letters, LETTERS), 0);
}

/* One word in letters of one width; those of a ligature, between the two places, have its box, as PDFium gives them. */
static void check_ligature(const char *word, size_t from, size_t to) {
    struct layer_letter letters[16];
    struct page_layer layer = {.letters = letters, .letter_count = strlen(word)};
    double x = 100;
    for (size_t i = 0; i < layer.letter_count; i++) {
        bool is_part = i >= from && i < to;
        letters[i] =
            (struct layer_letter){.code = (uint32_t)word[i], .box = {x, 50, x + (is_part ? 9 : 5), 60}, .along_x = 1};
        x += is_part && i + 1 < to ? 0 : is_part ? 9 : 5;
    }
    struct meter meter;
    struct lince_page *page;
    struct lince_error error = LINCE_ERROR_INIT;
    meter_init(&meter, NULL, "page", METER_NO_LIMIT);
    assert_int_equal(page_open(&meter, 4096, &page, &error), LINCE_OK);
    struct arena *scratch = drawn_arena(METER_NO_LIMIT);
    assert_true(layer_add_lines(&layer, LINCE_PDF_TEXT_AUTO, NULL, scratch, page));
    assert_int_equal(page->lines.count, 1);
    assert_string_equal(page->lines.items[0].text, word);
    drawn_arena_end(scratch);
    lince_page_free(page);
}

static void test_letters_of_a_ligature_are_of_one_word(void **state) {
    (void)state;
    check_ligature("Office", 1, 4);
    check_ligature("difference", 2, 4);
    check_ligature("raffle", 2, 5);
    check_ligature("fix", 0, 2);
    check_ligature("stoff", 3, 5);
    check_ligature("ffi", 0, 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_short_cell_in_a_grown_region_is_covered),
        cmocka_unit_test(test_text_at_any_angle_is_covered),
        cmocka_unit_test(test_what_stands_beside_or_is_longer_is_read),
        cmocka_unit_test(test_letters_that_are_not_seen_cover_nothing),
        cmocka_unit_test(test_a_region_with_a_doubted_letter_is_read),
        cmocka_unit_test(test_a_doubted_letter_elsewhere_changes_nothing),
        cmocka_unit_test(test_letters_of_a_ligature_are_of_one_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
