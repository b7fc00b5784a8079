/* test_plan.c - the working size grows with the room, never costs more than it, and nothing fits in nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/plan.h"
#include "image/image.h"

enum { ROOM_STEP_BYTES = 500000, ROOM_LIMIT_BYTES = 400000000 };

static struct image_header header_of(enum lince_format format, uint32_t width_px, uint32_t height_px) {
    return (struct image_header){.format = format,
                                 .stored_width_px = width_px,
                                 .stored_height_px = height_px,
                                 .width_px = width_px,
                                 .height_px = height_px,
                                 .orientation = 1,
                                 .channels = 3,
                                 .bits = 8,
                                 .band_rows_px = format == LINCE_FORMAT_JPEG ? 16 : 1,
                                 .frame_width_px = width_px,
                                 .frame_height_px = height_px};
}

static const uint32_t SIZES[][2] = {{1, 1},       {320, 64},   {100, 1000},  {1080, 2400}, {480, 7000},
                                    {4243, 4243}, {7000, 480}, {60000, 300}, {3, 65000},   {9000, 12000}};

static void check_rooms(const struct image_header *header, bool models_are_fast) {
    struct plan least, plan, earlier = {0};
    assert_false(plan_make(header, models_are_fast, 0, &least));
    bool fitted = false;
    for (uint64_t room = 0; room < ROOM_LIMIT_BYTES; room += ROOM_STEP_BYTES) {
        bool fits = plan_make(header, models_are_fast, room, &plan);
        assert_true(plan.working_width_px >= 1 && plan.working_width_px <= header->width_px);
        assert_true(plan.working_height_px >= 1 && plan.working_height_px <= header->height_px);
        assert_true(plan.bytes >= least.bytes); /* what is told when nothing fits is the cheapest there is */
        assert_true(plan.bytes > image_decode_bytes(header, plan.working_width_px, plan.working_height_px) / 2);
        assert_true(!fits || plan.bytes <= room);
        assert_true(fits || (plan.bytes > room && plan.bytes == least.bytes));
        assert_true(fits || !fitted); /* what fits keeps fitting in a larger room */
        assert_true(plan.working_width_px >= earlier.working_width_px);
        assert_true(plan.working_height_px >= earlier.working_height_px);
        earlier = plan;
        fitted = fits;
    }
}

static void test_more_room_never_gives_less(void **state) {
    (void)state;
    static const enum lince_format formats[] = {LINCE_FORMAT_JPEG, LINCE_FORMAT_PNG, LINCE_FORMAT_BMP};
    for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++) {
        for (size_t k = 0; k < sizeof formats / sizeof *formats; k++) {
            struct image_header header = header_of(formats[k], SIZES[i][0], SIZES[i][1]);
            check_rooms(&header, false);
            check_rooms(&header, true);
        }
    }
}

static void test_exactly_the_price_is_room_enough(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++) {
        struct image_header header = header_of(LINCE_FORMAT_PNG, SIZES[i][0], SIZES[i][1]);
        struct plan least, plan;
        assert_false(plan_make(&header, false, 0, &least));
        assert_true(plan_make(&header, false, least.bytes, &plan));
        assert_int_equal(plan.bytes, least.bytes);
        assert_false(plan_make(&header, false, least.bytes - 1, &plan));
    }
}

/* The room differs a little between two runs of one program: nearly always they plan the same, and so read the same. */
static void test_a_little_more_room_plans_the_same(void **state) {
    (void)state;
    enum { FIRST_BYTES = 100000000, LAST_BYTES = 240000000, LITTLE_BYTES = 250000, CHANGES_LIMIT = 30 };
    struct image_header header = header_of(LINCE_FORMAT_JPEG, 4961, 7016);
    struct plan plan, earlier;
    unsigned changes = 0;
    plan_make(&header, true, FIRST_BYTES, &earlier);
    for (uint64_t room = FIRST_BYTES; room < LAST_BYTES; room += LITTLE_BYTES) {
        plan_make(&header, true, room, &plan);
        changes += plan.detect.map_area_px != earlier.detect.map_area_px;
        earlier = plan;
    }
    assert_in_range(changes, 1, CHANGES_LIMIT);
}

static void test_without_a_limit_a_phone_picture_keeps_its_pixels(void **state) {
    (void)state;
    struct image_header header = header_of(LINCE_FORMAT_JPEG, 1080, 2400);
    struct plan plan;
    assert_true(plan_make(&header, false, UINT64_MAX, &plan));
    assert_int_equal(plan.working_width_px, 1080);
    assert_int_equal(plan.working_height_px, 2400);
}

static void test_a_huge_picture_is_read_smaller_in_its_own_proportions(void **state) {
    (void)state;
    struct image_header header = header_of(LINCE_FORMAT_PNG, 12000, 6000);
    struct plan plan;
    assert_true(plan_make(&header, false, UINT64_MAX, &plan));
    assert_true(plan.working_width_px < 12000);
    assert_in_range(plan.working_width_px, plan.working_height_px * 2 - 2, plan.working_height_px * 2 + 2);
}

static void test_the_usual_size_is_enough_for_most_pages_and_costs_less(void **state) {
    (void)state;
    static const uint32_t WIDTHS_PX[][3] = {{1080, 2400, 1080}, {4000, 3000, 2309}, {4961, 7016, 2481}};
    for (size_t i = 0; i < sizeof WIDTHS_PX / sizeof *WIDTHS_PX; i++) {
        struct image_header header = header_of(LINCE_FORMAT_JPEG, WIDTHS_PX[i][0], WIDTHS_PX[i][1]);
        struct plan usual, closer, largest;
        assert_true(plan_usual(&header, true, UINT64_MAX, &usual));
        assert_true(plan_closer(&header, true, UINT64_MAX, 1.25, &closer));
        assert_true(plan_make(&header, true, UINT64_MAX, &largest));
        assert_int_equal(usual.working_width_px, WIDTHS_PX[i][2]);
        assert_int_equal(largest.working_width_px, WIDTHS_PX[i][0]);
        if (usual.working_width_px < largest.working_width_px) {
            uint32_t wanted_px = 5 * usual.working_width_px / 4;
            assert_in_range(closer.working_width_px, wanted_px - 1, wanted_px + 1);
            assert_true(usual.bytes < closer.bytes && closer.bytes < largest.bytes);
        }
    }
}

static void test_a_large_image_takes_smaller_windows_where_there_is_room_too(void **state) {
    (void)state;
    static const struct {
        uint32_t width_px, height_px, window_area_px;
    } SIZES_PX[] = {{1080, 2400, DETECT_WINDOW_AREA_PX}, {4961, 7016, 480 * 480}};
    for (size_t i = 0; i < sizeof SIZES_PX / sizeof *SIZES_PX; i++) {
        struct image_header header = header_of(LINCE_FORMAT_JPEG, SIZES_PX[i].width_px, SIZES_PX[i].height_px);
        for (unsigned is_fast = 0; is_fast < 2; is_fast++) {
            struct plan plan, limited;
            assert_true(plan_usual(&header, is_fast, UINT64_MAX, &plan));
            assert_int_equal(plan.detect.window_area_px, SIZES_PX[i].window_area_px);
            assert_true(plan_usual(&header, is_fast, plan.bytes, &limited));
            assert_int_equal(limited.detect.window_area_px, plan.detect.window_area_px);
        }
    }
}

static void test_models_in_integers_cost_less(void **state) {
    (void)state;
    struct image_header header = header_of(LINCE_FORMAT_JPEG, 1080, 2400);
    struct plan floats, integers;
    assert_true(plan_make(&header, false, UINT64_MAX, &floats));
    assert_true(plan_make(&header, true, UINT64_MAX, &integers));
    assert_int_equal(floats.decode_bytes, integers.decode_bytes);
    assert_true(integers.detect_bytes < floats.detect_bytes);
    assert_true(integers.recognise_bytes < floats.recognise_bytes);
}

static void test_the_least_that_a_phone_receipt_costs(void **state) {
    (void)state;
    struct image_header header = header_of(LINCE_FORMAT_JPEG, 1080, 2400);
    for (int is_fast = 0; is_fast < 2; is_fast++) {
        struct plan plan;
        uint64_t least = plan_least_bytes(is_fast != 0);
        assert_true(plan_make(&header, is_fast != 0, least, &plan));
        assert_true(plan.working_width_px < 1080);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_more_room_never_gives_less),
        cmocka_unit_test(test_exactly_the_price_is_room_enough),
        cmocka_unit_test(test_a_little_more_room_plans_the_same),
        cmocka_unit_test(test_without_a_limit_a_phone_picture_keeps_its_pixels),
        cmocka_unit_test(test_a_huge_picture_is_read_smaller_in_its_own_proportions),
        cmocka_unit_test(test_the_usual_size_is_enough_for_most_pages_and_costs_less),
        cmocka_unit_test(test_a_large_image_takes_smaller_windows_where_there_is_room_too),
        cmocka_unit_test(test_models_in_integers_cost_less),
        cmocka_unit_test(test_the_least_that_a_phone_receipt_costs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
