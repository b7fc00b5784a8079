/* test_stacks.c - letters drawn as bars: which of them are a word that stands one letter below another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "drawn.h"
#include "text/detect/stacks.h"

enum { WIDTH = 600, HEIGHT = 600, LIMIT = 32, LETTER_WIDTH = 24, LETTER_HEIGHT = 30 };

static struct image image;
static struct region items[LIMIT];
static struct region_list regions;
static struct stack_list stacks;
static struct arena *arena;

static void begin(uint32_t paper) {
    image = drawn_image(WIDTH, HEIGHT, paper);
    arena = drawn_arena(METER_NO_LIMIT);
    regions = (struct region_list){.items = items};
}

static void region_add(double x0, double y0, double x1, double y1) {
    items[regions.count++] = (struct region){.corners = {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}, .score = 1.0};
}

static void letter_draw(uint32_t x, uint32_t y, uint32_t ink) {
    drawn_box(&image, x, y, x + LETTER_WIDTH, y + LETTER_HEIGHT, ink);
}

/* Letters one below another, each with a region of its own. */
static void column(uint32_t x, uint32_t y, size_t count, uint32_t pitch) {
    for (size_t i = 0; i < count; i++, y += pitch) {
        letter_draw(x, y, 0);
        region_add(x - 6.0, y - 6.0, x + LETTER_WIDTH + 6.0, y + LETTER_HEIGHT + 6.0);
    }
}

static void find(unsigned turn) {
    struct view view = view_of(&image, turn);
    assert_true(stacks_find(&view, &regions, arena, &stacks));
}

static void end(void) {
    drawn_arena_end(arena);
    drawn_image_free(&image);
}

static void test_letters_at_equal_distances_are_a_stack(void **state) {
    (void)state;
    begin(0xFFFFFF);
    column(100, 100, 5, 50);
    find(0);
    assert_int_equal(stacks.count, 1);
    assert_int_equal(stacks.items[0].count, 5);
    assert_near(stacks.items[0].corners[0].y, 100, 12);
    assert_near(stacks.items[0].corners[2].y, 330, 12);
    for (size_t i = 0; i < 5; i++) { /* from the top, each around its letter, and all as high */
        const struct lince_point *cell = stacks.items[0].cells[i];
        assert_true(cell[0].x < 100 && cell[1].x > 100 + LETTER_WIDTH);
        assert_true(cell[0].y < 100 + 50.0 * (double)i && cell[3].y > 130 + 50.0 * (double)i);
        assert_near(cell[3].y - cell[0].y, stacks.items[0].cells[0][3].y - stacks.items[0].cells[0][0].y, 0.01);
        assert_true(stack_holds(&stacks.items[0], &items[i]));
    }
    end();
}

static void test_one_region_that_runs_down_is_cut_at_its_bare_rows(void **state) {
    (void)state;
    begin(0x204060);
    for (uint32_t i = 0; i < 4; i++) {
        letter_draw(200, 100 + 40 * i, 0xFFFFFF);
    }
    drawn_box(&image, 206, 94, 218, 98, 0xFFFFFF); /* an accent */
    region_add(190, 88, 236, 260);
    find(0);
    assert_int_equal(stacks.count, 1);
    assert_int_equal(stacks.items[0].count, 4);
    assert_true(stack_fills(&stacks.items[0], &items[0]));
    items[0].corners[2].y = items[0].corners[3].y = 460; /* a longer line, of which a part seems to be one */
    assert_false(stack_fills(&stacks.items[0], &items[0]));
    end();
}

static void test_the_stack_of_a_turned_page_is_seen_through_its_view(void **state) {
    (void)state;
    begin(0xFFFFFF);
    column(100, 100, 4, 50);
    struct image upright = image;
    image = drawn_turned(&upright, 1);
    for (size_t i = 0; i < regions.count; i++) {
        struct view view = view_of(&image, 1);
        for (size_t k = 0; k < 4; k++) {
            items[i].corners[k] = view_point(&view, items[i].corners[k]);
        }
    }
    find(1);
    assert_int_equal(stacks.count, 1);
    assert_int_equal(stacks.items[0].count, 4);
    assert_near(stacks.items[0].corners[0].x, HEIGHT - 100, 12);
    drawn_image_free(&upright);
    end();
}

static void test_a_column_of_a_table_is_none(void **state) {
    (void)state;
    begin(0xFFFFFF);
    column(100, 100, 5, 50);
    for (uint32_t i = 0; i < 5; i++) {
        region_add(300, 94 + 50 * i, 500, 136 + 50 * i);
    }
    find(0);
    assert_int_equal(stacks.count, 0);
    end();
}

static void test_letters_far_apart_or_at_unequal_distances_are_none(void **state) {
    (void)state;
    begin(0xFFFFFF);
    column(100, 60, 4, 120);
    column(300, 60, 2, 50);
    column(300, 60 + 85, 1, 50);
    find(0);
    assert_int_equal(stacks.count, 0);
    end();
}

static void test_lines_and_fields_with_cells_are_none(void **state) {
    (void)state;
    begin(0xFFFFFF);
    column(100, 100, 5, 50);
    for (size_t i = 0; i < regions.count; i++) {
        items[i].is_comb = true;
    }
    region_add(300, 100, 500, 130);
    find(0);
    assert_int_equal(stacks.count, 0);
    end();
}

static void test_refused_memory_is_told(void **state) {
    (void)state;
    begin(0xFFFFFF);
    column(100, 100, 5, 50);
    drawn_arena_end(arena);
    arena = drawn_arena(4);
    struct view view = view_of(&image, 0);
    assert_false(stacks_find(&view, &regions, arena, &stacks));
    end();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_letters_at_equal_distances_are_a_stack),
        cmocka_unit_test(test_one_region_that_runs_down_is_cut_at_its_bare_rows),
        cmocka_unit_test(test_the_stack_of_a_turned_page_is_seen_through_its_view),
        cmocka_unit_test(test_a_column_of_a_table_is_none),
        cmocka_unit_test(test_letters_far_apart_or_at_unequal_distances_are_none),
        cmocka_unit_test(test_lines_and_fields_with_cells_are_none),
        cmocka_unit_test(test_refused_memory_is_told),
    };
    return cmocka_run_group_tests_name("stacks", tests, NULL, NULL);
}
