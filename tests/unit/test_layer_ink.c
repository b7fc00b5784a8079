/* test_layer_ink.c - letters of a text layer where the picture has one colour are hidden; all others stay. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/layer_ink.h"
#include "image/image.h"

enum { WIDTH = 200, HEIGHT = 60, LETTER_WIDTH = 10, LETTER_HEIGHT = 20, LETTERS_MOST = 16 };

struct page {
    uint8_t pixels[HEIGHT * WIDTH * 3];
    struct image image;
    struct layer_letter letters[LETTERS_MOST];
    struct page_layer layer;
};

/* A page of one grey with a word on it, drawn where `inked` has an x in a grey of its own. */
static void page_make(struct page *page, const char *word, const char *inked, uint8_t ground, uint8_t ink) {
    memset(page, 0, sizeof *page);
    memset(page->pixels, ground, sizeof page->pixels);
    page->image = (struct image){.pixels = page->pixels,
                                 .width_px = WIDTH,
                                 .height_px = HEIGHT,
                                 .stride_bytes = WIDTH * 3,
                                 .scale_x = 2,
                                 .scale_y = 2};
    for (size_t i = 0; word[i] != '\0'; i++) {
        double x = 20 + (double)i * LETTER_WIDTH;
        page->letters[i] = (struct layer_letter){.code = (unsigned char)word[i],
                                                 .box = {2 * x, 40, 2 * (x + LETTER_WIDTH), 40 + 2 * LETTER_HEIGHT},
                                                 .along_x = 1,
                                                 .is_break = word[i] == ' '};
        if (inked[i] == 'x') { /* a stroke in the middle of the letter */
            memset(page->pixels + (30 * WIDTH + (size_t)x + 4) * 3, ink, 9);
        }
    }
    page->layer = (struct page_layer){.letters = page->letters, .letter_count = strlen(word)};
}

/* The letters that are left, in order. */
static const char *left_of(struct page *page, size_t *hidden) {
    static char left[LETTERS_MOST + 1];
    size_t count = 0;
    assert_true(layer_ink_hide(&page->layer, &page->image, hidden));
    for (size_t i = 0; i < page->layer.letter_count; i++) {
        if (!page->letters[i].is_hidden && !page->letters[i].is_break) {
            left[count++] = (char)page->letters[i].code;
        }
    }
    left[count] = '\0';
    return left;
}

static void test_letters_without_ink_are_hidden(void **state) {
    (void)state;
    static const struct {
        const char *word, *inked, *left;
        size_t hidden;
    } cases[] = {
        {"Total 12", "xxxxx xx", "Total12", 0},  {"Total 12", "xxxxx   ", "Total", 2},
        {"Total 12", "        ", "", 7},         {"1.234,50", "        ", "", 6}, /* its signs go with it */
        {"1.234,50", "x xxx xx", "1.234,50", 0}, {"- * :", "     ", "-*:", 0},    /* what has no letter is left alone */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct page page;
        size_t hidden;
        page_make(&page, cases[i].word, cases[i].inked, 255, 0);
        assert_string_equal(left_of(&page, &hidden), cases[i].left);
        assert_int_equal(hidden, cases[i].hidden);
    }
}

static void test_pale_print_is_seen_and_no_difference_is_not(void **state) {
    (void)state;
    static const struct {
        uint8_t ground, ink;
        size_t hidden;
    } cases[] = {{255, 245, 0}, {255, 200, 0}, {0, 30, 0},  {128, 140, 0}, {255, 255, 2},
                 {255, 252, 2}, {0, 0, 2},     {90, 90, 2}, {0, 3, 2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct page page;
        size_t hidden;
        page_make(&page, "ab", "xx", cases[i].ground, cases[i].ink);
        (void)left_of(&page, &hidden);
        assert_int_equal(hidden, cases[i].hidden);
    }
}

static void test_boxes_at_the_edge_and_of_no_size(void **state) {
    (void)state;
    struct page page;
    size_t hidden;
    page_make(&page, "abc", "xxx", 255, 0);
    page.letters[0].box = (struct lince_box){0, 0, 0, 0};
    page.letters[1].box = (struct lince_box){2 * WIDTH - 1, 2 * HEIGHT - 1, 2 * WIDTH, 2 * HEIGHT};
    page.letters[2].is_hidden = true;
    (void)left_of(&page, &hidden);
    assert_int_equal(hidden, 1);
    assert_true(page.letters[1].is_hidden && page.letters[2].is_hidden);
}

/* As many as a page may have, each as large as the page: that they are no text is known after a few. */
static void test_letters_over_the_whole_page_end_the_search(void **state) {
    (void)state;
    enum { MANY = 500000 };
    struct page page;
    size_t hidden;
    page_make(&page, "a", " ", 255, 0);
    struct layer_letter *letters = calloc(MANY, sizeof *letters);
    assert_non_null(letters);
    for (size_t i = 0; i < MANY; i++) {
        letters[i] = (struct layer_letter){
            .code = 'a', .box = {0, 0, 2 * WIDTH, 2 * HEIGHT}, .along_x = 1, .is_break = i % 9 == 8};
    }
    page.layer = (struct page_layer){.letters = letters, .letter_count = MANY};
    assert_false(layer_ink_hide(&page.layer, &page.image, &hidden));
    assert_in_range(hidden, 1, 20);
    free(letters);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_letters_without_ink_are_hidden),
        cmocka_unit_test(test_pale_print_is_seen_and_no_difference_is_not),
        cmocka_unit_test(test_letters_over_the_whole_page_end_the_search),
        cmocka_unit_test(test_boxes_at_the_edge_and_of_no_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
