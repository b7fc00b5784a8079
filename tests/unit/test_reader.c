/*
 * test_reader.c - from the bytes of an image to text and coordinates: the images of tests/data/reading/make.py, and
 * typed pages too large to keep.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/turn.h"
#include "drawn.h"
#include "readings.h"
#include "typewriter.h"

static struct lince_engine *engine;
static struct lince_reader *reader;

static int open_all(void **state) {
    (void)state;
    engine = engine_well(UINT64_C(300) << 20, 1);
    reader = reader_well(engine);
    return 0;
}

static int close_all(void **state) {
    (void)state;
    lince_reader_close(reader);
    lince_engine_close(engine);
    return 0;
}

/* Reads the image and holds its text against what was drawn; the page is given. */
static struct lince_page *golden(const char *name, const char *expected) {
    struct lince_page *page = read_data(reader, name);
    assert_text(page, expected);
    for (size_t i = 0; i < lince_page_line_count(page); i++) {
        const struct lince_line *line = lince_page_line(page, i);
        assert_true(line->confidence > 0.8 && line->confidence <= 1.0);
        assert_true(line->box.x0 >= 0 && line->box.x1 <= lince_page_width_px(page));
        assert_true(line->box.y0 >= 0 && line->box.y1 <= lince_page_height_px(page));
        assert_true(line->word_count >= 1);
    }
    return page;
}

/* The bounds of what is darker than paper, from `x0` up to `x1`. */
static struct lince_box ink_bounds(const struct image *image, uint32_t x0, uint32_t x1) {
    struct lince_box box = {1e9, 1e9, 0, 0};
    for (uint32_t y = 0; y < image->height_px; y++) {
        for (uint32_t x = x0; x < x1; x++) {
            if ((pixel_at(image, x, y) & 0xFF) < 128) {
                box.x0 = x < box.x0 ? x : box.x0, box.x1 = x + 1 > box.x1 ? x + 1 : box.x1;
                box.y0 = y < box.y0 ? y : box.y0, box.y1 = y + 1 > box.y1 ? y + 1 : box.y1;
            }
        }
    }
    return box;
}

static void assert_box_near(struct lince_box box, struct lince_box ink, double tolerance) {
    assert_near(box.x0, ink.x0, tolerance);
    assert_near(box.y0, ink.y0, tolerance);
    assert_near(box.x1, ink.x1, tolerance);
    assert_near(box.y1, ink.y1, tolerance);
}

static void test_one_line_and_boxes_on_its_ink(void **state) {
    (void)state;
    struct lince_page *page = golden("reading/one-line.png", "Transferencia exitosa");
    const struct lince_line *line = lince_page_line(page, 0);
    struct file file = file_of_data("reading/one-line.png");
    struct image image = decode_well(&file, 0, 0);
    assert_int_equal(lince_page_width_px(page), 330);
    assert_int_equal(lince_page_height_px(page), 60);
    assert_int_equal(lince_page_rotation(page), 0);
    assert_int_equal(line->word_count, 2);
    uint32_t between = (uint32_t)(line->words[0].box.x1 + line->words[1].box.x0) / 2;
    assert_box_near(line->words[0].box, ink_bounds(&image, 0, between), 2.0);
    assert_box_near(line->words[1].box, ink_bounds(&image, between, 330), 2.0);
    assert_true(lince_page_peak_bytes(page) > 0);
    assert_true(lince_page_timings(page).total_ms > 0);
    image_free(&image);
    file_free(&file);
    lince_page_free(page);
}

static void test_two_columns_row_by_row(void **state) {
    (void)state;
    lince_page_free(golden("reading/two-columns.png", "Banco emisor\nBanesco\nMonto\nBs. 1.250,00\nReferencia\n"
                                                      "004512983377\nFecha\n12/03/2026"));
}

static void test_a_line_on_its_head(void **state) {
    (void)state;
    struct lince_page *page = golden("reading/upside-down.png", "Comprobante 4821");
    const struct lince_line *line = lince_page_line(page, 0);
    assert_true(line->quad[0].x > line->quad[1].x); /* its upper left corner is on the right, */
    assert_true(line->quad[0].y > line->quad[3].y); /* and low */
    assert_true(line->words[0].box.x0 > line->words[1].box.x1);
    lince_page_free(page);
    /* Numbers on their head look much like other numbers. The lines come as they do when the page is turned back. */
    struct lince_page *numbers = golden("reading/upside-down-numbers.png", "12/03/2026 10:45\nTotal 350");
    assert_int_equal(lince_page_turn(numbers), 180);
    lince_page_free(numbers);
}

static void test_lines_that_run_down_and_up(void **state) {
    (void)state;
    struct lince_page *down = golden("reading/runs-down.png", "Comprobante 4821");
    assert_true(lince_page_line(down, 0)->words[0].box.y1 < lince_page_line(down, 0)->words[1].box.y0);
    lince_page_free(down);
    struct lince_page *up = golden("reading/runs-up.png", "Comprobante 4821");
    assert_true(lince_page_line(up, 0)->words[0].box.y0 > lince_page_line(up, 0)->words[1].box.y1);
    lince_page_free(up);
}

static void test_text_that_touches_every_edge(void **state) {
    (void)state;
    lince_page_free(golden("reading/edges.png", "TOTAL PAGADO 350\nGRACIAS POR VENIR"));
}

static void test_lines_turned_by_4_degrees(void **state) {
    (void)state;
    struct lince_page *up = golden("reading/slanted-up.png", "Pago recibido de Ana\nReferencia 73190");
    const struct lince_line *line = lince_page_line(up, 0);
    double slope = (line->quad[1].y - line->quad[0].y) / (line->quad[1].x - line->quad[0].x);
    assert_near(slope, -0.07, 0.02); /* the tangent of 4 degrees */
    lince_page_free(up);
    lince_page_free(golden("reading/slanted-down.png", "Pago recibido de Ana\nReferencia 73190"));
}

static void test_light_on_dark(void **state) {
    (void)state;
    lince_page_free(golden("reading/light-on-dark.png", "Saldo disponible\nBs. 98.765,43"));
}

static void test_all_accents_of_spanish(void **state) {
    (void)state;
    lince_page_free(golden("reading/accents.png", "El pingüino comió más piñón\nÁRBOL ÉPOCA ÍNDICE ÓRGANO\n"
                                                  "ÚTIL AÑO ANTIGÜEDAD\n¿Así está el café, según él?"));
}

static void test_an_image_without_text(void **state) {
    (void)state;
    static const struct typed_line nothing[] = {{0, 0, " "}};
    static const uint32_t sizes[][2] = {{1, 1}, {200, 1}, {1, 200}, {64, 64}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct file file = typewriter_png(sizes[i][0], sizes[i][1], 1, nothing, 1);
        struct lince_page *page = read_well(reader, &file);
        assert_text(page, "");
        assert_int_equal(lince_page_line_count(page), 0);
        assert_int_equal(lince_page_width_px(page), sizes[i][0]);
        lince_page_free(page);
        file_free(&file);
    }
}

/* ---- turned by EXIF ----------------------------------------------------------------------------------- */

static struct image upright;
static uint32_t turn, stored_width_px, stored_height_px;

/* What a viewer shows at (x, y) of the stored pixels, by the EXIF specification's table of orientations. */
static uint32_t stored_pixel(uint32_t x, uint32_t y) {
    uint32_t right = stored_width_px - 1 - x, bottom = stored_height_px - 1 - y;
    const uint32_t shown[9][2] = {{0, 0}, {x, y},      {right, y},      {right, bottom}, {x, bottom},
                                  {y, x}, {bottom, x}, {bottom, right}, {y, right}};
    return pixel_at(&upright, shown[turn][0], shown[turn][1]);
}

static void test_a_jpeg_turned_by_exif_reads_as_a_viewer_shows_it(void **state) {
    (void)state;
    static const uint32_t rotations[9] = {0, 0, 0, 180, 180, 270, 90, 90, 270};
    struct file png = file_of_data("reading/light-on-dark.png");
    struct lince_page *straight = read_well(reader, &png);
    upright = decode_well(&png, 0, 0);
    for (turn = 1; turn <= 8; turn++) {
        stored_width_px = turn >= 5 ? upright.height_px : upright.width_px;
        stored_height_px = turn >= 5 ? upright.width_px : upright.height_px;
        struct jpeg_recipe recipe = {.width_px = stored_width_px,
                                     .height_px = stored_height_px,
                                     .pixel = stored_pixel,
                                     .ink = JPEG_INK_GREY,
                                     .orientation = turn};
        struct file jpeg = jpeg_make(&recipe);
        struct lince_page *page = read_well(reader, &jpeg);
        assert_text(page, "Saldo disponible\nBs. 98.765,43");
        assert_int_equal(lince_page_width_px(page), 330);
        assert_int_equal(lince_page_height_px(page), 110);
        assert_int_equal(lince_page_rotation(page), rotations[turn]);
        for (size_t i = 0; i < 2; i++) {
            const struct lince_line *line = lince_page_line(page, i), *same = lince_page_line(straight, i);
            assert_box_near(line->box, same->box, 3.0);
            assert_box_near(line->words[1].box, same->words[1].box, 3.0);
        }
        lince_page_free(page);
        file_free(&jpeg);
    }
    image_free(&upright);
    lince_page_free(straight);
    file_free(&png);
}

/* ---- large pages -------------------------------------------------------------------------------------- */

enum { NUMBERED_COUNT = 150, NUMBERED_PITCH_PX = 46 };

static void test_a_page_on_its_side_reads_as_if_it_stood(void **state) {
    (void)state;
    static const uint32_t turns[2][2] = {{8, 90}, {6, 270}}; /* as stored for that orientation, and told by nobody */
    struct file png = file_of_data("reading/accents.png");
    struct lince_page *straight = read_well(reader, &png);
    upright = decode_well(&png, 0, 0);
    for (size_t k = 0; k < 2; k++) {
        turn = turns[k][0];
        stored_width_px = upright.height_px;
        stored_height_px = upright.width_px;
        struct jpeg_recipe recipe = {
            .width_px = stored_width_px, .height_px = stored_height_px, .pixel = stored_pixel, .ink = JPEG_INK_GREY};
        struct file jpeg = jpeg_make(&recipe);
        struct lince_page *page = read_well(reader, &jpeg);
        assert_text(page, lince_page_text(straight));
        assert_int_equal(lince_page_turn(page), turns[k][1]);
        assert_int_equal(lince_page_rotation(page), 0);
        for (size_t i = 0; i < lince_page_line_count(straight); i++) {
            struct lince_box expected =
                box_turn(lince_page_line(straight, i)->box, turns[k][1] / 90, upright.width_px, upright.height_px);
            assert_box_near(lince_page_line(page, i)->box, expected, 4.0);
        }
        lince_page_free(page);
        file_free(&jpeg);
    }
    image_free(&upright);
    lince_page_free(straight);
    file_free(&png);
}

static void test_a_receipt_of_7000_pixels_loses_and_doubles_no_line(void **state) {
    (void)state;
    static struct typed_line lines[NUMBERED_COUNT];
    unsigned seen[NUMBERED_COUNT] = {0};
    for (size_t i = 0; i < NUMBERED_COUNT; i++) {
        lines[i].x = 30;
        lines[i].y = 50 + (uint32_t)i * NUMBERED_PITCH_PX;
        snprintf(lines[i].text, sizeof lines[i].text, "No %04zu", 1000 + i);
    }
    struct file file = typewriter_png(240, 7000, 1, lines, NUMBERED_COUNT);
    struct lince_page *page = read_well(reader, &file);
    for (size_t i = 0; i < lince_page_line_count(page); i++) {
        const struct lince_line *line = lince_page_line(page, i);
        const char *number = strstr(line->text, "1");
        long value = number == NULL ? 0 : strtol(number, NULL, 10);
        if (value < 1000 || value >= 1000 + NUMBERED_COUNT) {
            fail_msg("line %zu is \"%s\"", i, line->text);
        }
        seen[value - 1000]++;
        assert_near(line->box.y0, 50 + (double)(value - 1000) * NUMBERED_PITCH_PX, 12); /* where it was typed */
        assert_int_equal(value, 1000 + (long)i);                                        /* and in its turn */
    }
    for (size_t i = 0; i < NUMBERED_COUNT; i++) {
        if (seen[i] != 1) {
            fail_msg("line %zu came %u times", 1000 + i, seen[i]);
        }
    }
    lince_page_free(page);
    file_free(&file);
}

/* Read in slices: 154 characters are 4000 columns of the recogniser. */
static void test_a_line_wider_than_the_recogniser_keeps_its_spaces(void **state) {
    (void)state;
    static const struct typed_line lines[] = {
        {40, 60,
         "267.614,67 998.200,21 688.555,34 679.690,91 308.799,58 736.757,41 520.612,60 119.738,03 327.161,49 "
         "360.021,53 834.880,24 270.974,13 265.771,93 534.896,26"},
        {40, 160,
         "el contrato tiene una vigencia de doce meses contados desde la fecha de entrega del inmueble y se "
         "renueva por un lapso igual si nadie avisa por escrito antes"},
    };
    char expected[2 * sizeof lines[0].text];
    snprintf(expected, sizeof expected, "%s\n%s", lines[0].text, lines[1].text);
    struct file file = typewriter_png(1960, 260, 1, lines, 2);
    struct lince_page *page = read_well(reader, &file);
    assert_text(page, expected);
    lince_page_free(page);
    file_free(&file);
}

/* Resets the kernel's record of the most resident memory, or reads it; 0 where the kernel has none. */
static uint64_t most_resident_bytes(bool reset) {
    FILE *file = fopen(reset ? "/proc/self/clear_refs" : "/proc/self/status", reset ? "w" : "r");
    unsigned long long kilobytes = 0;
    char line[256];
    if (file == NULL) {
        return 0;
    }
    if (reset) {
        fputs("5", file);
    }
    while (!reset && fgets(line, sizeof line, file) != NULL) {
        sscanf(line, "VmHWM: %llu", &kilobytes);
    }
    fclose(file);
    return kilobytes << 10;
}

static void test_18_megapixels_are_read_within_their_price(void **state) {
    (void)state;
    static const struct typed_line lines[] = {
        {400, 300, "PRIMERA 18"}, {400, 2000, "SEGUNDA 4243"}, {400, 3900, "TERCERA 99"}};
    struct file file = typewriter_png(4243, 4243, 8, lines, 3);
    struct lince_price price = LINCE_PRICE_INIT;
    assert_int_equal(lince_price_image(engine, file.bytes, file.count, &price, NULL), LINCE_OK);
    assert_int_equal(price.width_px, 4243);
    most_resident_bytes(true);
    uint64_t before = most_resident_bytes(false);
    struct lince_page *page = read_well(reader, &file);
    uint64_t growth = most_resident_bytes(false) - before;
    assert_text(page, "PRIMERA 18\nSEGUNDA 4243\nTERCERA 99");
    assert_int_equal(lince_page_height_px(page), 4243);
    assert_near(lince_page_line(page, 1)->words[0].box.x0, 400, 25);
    assert_near(lince_page_line(page, 1)->words[0].box.y0, 2000 + 8 * 5, 30);
    assert_true(lince_page_peak_bytes(page) <= price.read_bytes);
    const char *sanitizer = getenv("LINCE_SANITIZER");
    if (sanitizer == NULL || sanitizer[0] == '\0') { /* shadows of memory are resident too */
        assert_true(growth <= price.read_bytes + (8u << 20));
    }
    lince_page_free(page);
    file_free(&file);
}

/* ---- again and again ---------------------------------------------------------------------------------- */

static void test_the_50th_reading_is_the_first_and_leaves_nothing(void **state) {
    (void)state;
    struct file file = file_of_data("reading/one-line.png");
    struct lince_page *first = read_well(reader, &file);
    uint64_t resting = 0;
    for (int i = 0; i < 50; i++) {
        struct lince_page *page = read_well(reader, &file);
        assert_true(pages_are_equal(first, page));
        assert_int_equal(lince_page_peak_bytes(first) > 0, 1);
        lince_page_free(page);
        uint64_t now = lince_engine_memory_current_bytes(engine);
        resting = i == 0 ? now : resting;
        assert_int_equal(now, resting);
    }
    lince_page_free(first);
    file_free(&file);
}

static void test_a_page_outlives_the_next_reading(void **state) {
    (void)state;
    struct lince_page *first = read_data(reader, "reading/one-line.png");
    struct lince_page *second = read_data(reader, "reading/edges.png");
    assert_text(first, "Transferencia exitosa");
    assert_string_equal(lince_page_line(first, 0)->words[1].text, "exitosa");
    lince_page_free(second);
    assert_text(first, "Transferencia exitosa");
    lince_page_free(first);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_line_and_boxes_on_its_ink),
        cmocka_unit_test(test_two_columns_row_by_row),
        cmocka_unit_test(test_a_line_on_its_head),
        cmocka_unit_test(test_lines_that_run_down_and_up),
        cmocka_unit_test(test_text_that_touches_every_edge),
        cmocka_unit_test(test_lines_turned_by_4_degrees),
        cmocka_unit_test(test_light_on_dark),
        cmocka_unit_test(test_all_accents_of_spanish),
        cmocka_unit_test(test_an_image_without_text),
        cmocka_unit_test(test_a_jpeg_turned_by_exif_reads_as_a_viewer_shows_it),
        cmocka_unit_test(test_a_page_on_its_side_reads_as_if_it_stood),
        cmocka_unit_test(test_a_receipt_of_7000_pixels_loses_and_doubles_no_line),
        cmocka_unit_test(test_a_line_wider_than_the_recogniser_keeps_its_spaces),
        cmocka_unit_test(test_18_megapixels_are_read_within_their_price),
        cmocka_unit_test(test_the_50th_reading_is_the_first_and_leaves_nothing),
        cmocka_unit_test(test_a_page_outlives_the_next_reading),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
