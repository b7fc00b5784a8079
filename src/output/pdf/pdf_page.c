/* pdf_page.c - the page's dictionary, its content, and the text over the picture. */
#include "output/pdf/pdf_page.h"

#include <math.h>

#include <utf8proc.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/utf8.h"
#include "output/pdf/pdf_file.h"
#include "output/pdf/pdf_font.h"
#include "output/pdf/pdf_picture.h"

#define POINTS_PER_INCH 72.0
/* The longest side of a page that every viewer shows (ISO 32000-1, annex C). */
#define LONGEST_SIDE_POINTS 14400.0
/* The share of a line's height below the baseline. */
#define DESCENT_SHARE 0.2
#define LEAST_HEIGHT_POINTS 0.5
#define HORIZONTAL_SCALE_MOST 10000.0
/*
 * The tangent of 15 degrees. A line that leans by less has each word level at its own height: readers part a word whose
 * letters stand on different heights.
 */
#define LEANING_MOST 0.27
enum { NUMBER_DECIMALS = 3, MATRIX_DECIMALS = 6 };

/* Converts pixels as a viewer shows them, y down, to points, y up. */
struct scale {
    double points_per_px, height_px;
};

static void number(struct buffer *buffer, double value, unsigned decimals) {
    buffer_real(buffer, value, decimals);
    buffer_text(buffer, " ");
}

/* UTF-16, two bytes per unit, because those are the font's codes. */
static size_t text_append(struct buffer *buffer, const char *text) {
    size_t unit_count = 0;
    utf8proc_int32_t point;
    for (utf8proc_ssize_t length; *text != '\0'; text += length) {
        length = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &point);
        if (length < 1) {
            length = 1;
            point = 0xFFFD;
        }
        if (point >= 0x10000) {
            buffer_format(buffer, "%04x%04x", 0xD800 + ((unsigned)(point - 0x10000) >> 10),
                          0xDC00 + ((unsigned)(point - 0x10000) & 0x3FF));
            unit_count += 2;
        } else {
            buffer_format(buffer, "%04x", (unsigned)point);
            unit_count++;
        }
    }
    return unit_count;
}

static size_t text_units(const char *text) {
    size_t unit_count = 0;
    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;
        unit_count += utf8_begins(*text);
        unit_count += byte >= 0xF0;
    }
    return unit_count;
}

/* A line's own axes: its direction and height. */
struct slope {
    double across_x, across_y, height_px;
};

static struct slope slope_of(const struct lince_line *line) {
    double x = line->quad[1].x - line->quad[0].x, y = line->quad[1].y - line->quad[0].y;
    double length = hypot(x, y), left = hypot(line->quad[3].x - line->quad[0].x, line->quad[3].y - line->quad[0].y);
    double right = hypot(line->quad[2].x - line->quad[1].x, line->quad[2].y - line->quad[1].y);
    if (length <= 0) {
        return (struct slope){1, 0, (left + right) / 2};
    }
    return (struct slope){x / length, y / length, (left + right) / 2};
}

/* The slope with which words are drawn. */
static struct slope slope_drawn(struct slope slope) {
    double across = fabs(slope.across_x), down = fabs(slope.across_y);
    if (fmin(across, down) > LEANING_MOST * fmax(across, down)) {
        return slope;
    }
    bool is_level = across >= down;
    return (struct slope){is_level ? copysign(1, slope.across_x) : 0, is_level ? 0 : copysign(1, slope.across_y),
                          slope.height_px};
}

/* The length of a word along its line, from its upright box. */
static double word_length_px(const struct lince_box *box, const struct slope *slope) {
    double across = fabs(slope->across_x), down = fabs(slope->across_y);
    double width = box->x1 - box->x0, height = box->y1 - box->y0;
    return across >= down ? (width - slope->height_px * down) / across : (height - slope->height_px * across) / down;
}

/* The word's lower left corner is half its length and half its height from the middle. */
static void word_append(struct buffer *buffer, const struct lince_word *word, const struct slope *line, bool is_last,
                        struct scale scale) {
    struct slope drawn = slope_drawn(*line), *slope = &drawn;
    size_t unit_count = text_units(word->text);
    double height = slope->height_px * scale.points_per_px, length_px = word_length_px(&word->box, line);
    length_px = length_px > 1 ? length_px : 1;
    height = height > LEAST_HEIGHT_POINTS ? height : LEAST_HEIGHT_POINTS;
    double below_px = slope->height_px * (0.5 - DESCENT_SHARE);
    double x = (word->box.x0 + word->box.x1) / 2 - slope->across_x * length_px / 2 - slope->across_y * below_px;
    double y = (word->box.y0 + word->box.y1) / 2 - slope->across_y * length_px / 2 + slope->across_x * below_px;
    double natural = PDF_FONT_ADVANCE * height * (double)unit_count;
    double stretch = 100 * length_px * scale.points_per_px / natural;
    buffer_text(buffer, "/F1 ");
    number(buffer, height, NUMBER_DECIMALS);
    buffer_text(buffer, "Tf ");
    number(buffer, stretch < HORIZONTAL_SCALE_MOST ? stretch : HORIZONTAL_SCALE_MOST, NUMBER_DECIMALS);
    buffer_text(buffer, "Tz ");
    number(buffer, slope->across_x, MATRIX_DECIMALS);
    number(buffer, -slope->across_y, MATRIX_DECIMALS);
    number(buffer, slope->across_y, MATRIX_DECIMALS);
    number(buffer, slope->across_x, MATRIX_DECIMALS);
    number(buffer, x * scale.points_per_px, NUMBER_DECIMALS);
    number(buffer, (scale.height_px - y) * scale.points_per_px, NUMBER_DECIMALS);
    buffer_text(buffer, "Tm <");
    text_append(buffer, word->text);
    buffer_text(buffer, is_last ? "> Tj\n" : "0020> Tj\n");
}

/* Maps the unit square to the page, turned and mirrored by the orientation of EXIF 2.32 (tag 0x0112). */
static void picture_place(struct buffer *buffer, uint32_t orientation, double width, double height) {
    static const double turns[8][6] = {{1, 0, 0, 1, 0, 0},  {-1, 0, 0, 1, 1, 0},  {-1, 0, 0, -1, 1, 1},
                                       {1, 0, 0, -1, 0, 1}, {0, -1, -1, 0, 1, 1}, {0, -1, 1, 0, 0, 1},
                                       {0, 1, 1, 0, 0, 0},  {0, 1, -1, 0, 1, 0}};
    const double *turn = turns[orientation >= 1 && orientation <= 8 ? orientation - 1 : 0];
    buffer_text(buffer, "q ");
    for (int i = 0; i < 6; i++) {
        number(buffer, turn[i] * (i % 2 == 0 ? width : height), NUMBER_DECIMALS);
    }
    buffer_text(buffer, "cm /P Do Q\n");
}

static double points_per_px(const struct lince_page *read, double dots_per_inch) {
    uint32_t width_px = lince_page_width_px(read), height_px = lince_page_height_px(read);
    double longest_px = width_px > height_px ? width_px : height_px, points = POINTS_PER_INCH / dots_per_inch;
    return longest_px * points > LONGEST_SIDE_POINTS ? LONGEST_SIDE_POINTS / longest_px : points;
}

static void text_place(struct buffer *buffer, const struct lince_page *read, bool leaves_layer, struct scale scale) {
    buffer_text(buffer, "BT 3 Tr\n");
    for (size_t i = 0; i < lince_page_line_count(read); i++) {
        const struct lince_line *line = lince_page_line(read, i);
        struct slope slope = slope_of(line);
        size_t word_count = leaves_layer && lince_page_line_is_layer(read, i) != 0 ? 0 : line->word_count;
        for (size_t at = 0; at < word_count; at++) {
            word_append(buffer, &line->words[at], &slope, at + 1 == line->word_count, scale);
        }
    }
    buffer_text(buffer, "ET\n");
}

static void object_open(struct pdf_page *page, enum pdf_page_object object, uint32_t first_object) {
    page->offset_bytes[object] = page->bytes->used_bytes;
    buffer_format(page->bytes, "%u 0 obj\n", first_object + (uint32_t)object);
}

static void dictionary_append(struct pdf_page *page, uint32_t first_object, double width, double height) {
    object_open(page, PDF_PAGE_ITSELF, first_object);
    buffer_format(page->bytes, "<< /Type /Page /Parent %d 0 R /MediaBox [0 0 ", PDF_FILE_PAGES);
    number(page->bytes, width, NUMBER_DECIMALS);
    number(page->bytes, height, NUMBER_DECIMALS);
    buffer_format(page->bytes, "] /Resources << /Font << /F1 %d 0 R >> ", PDF_FILE_FONT);
    if (page->has_picture) {
        buffer_format(page->bytes, "/XObject << /P %u 0 R >> ", first_object + PDF_PAGE_PICTURE);
    }
    buffer_format(page->bytes, ">> /Contents %u 0 R >>\nendobj\n", first_object + PDF_PAGE_CONTENT);
}

enum lince_status pdf_page_write(const struct lince_page *read, const uint8_t *bytes, size_t bytes_count,
                                 uint32_t first_object, struct meter *meter, struct pdf_page *page,
                                 struct lince_error *error) {
    struct pdf_picture picture = {.dots_per_inch = PDF_DOTS_PER_INCH};
    object_open(page, PDF_PAGE_PICTURE, first_object);
    enum lince_status status = page->has_picture
                                   ? pdf_picture_append(bytes, bytes_count, meter, &picture, page->bytes, error)
                               : bytes != NULL ? pdf_picture_measure(bytes, bytes_count, &picture, error)
                                               : LINCE_OK;
    if (status != LINCE_OK) {
        return status;
    }
    buffer_text(page->bytes, page->has_picture ? "\nendobj\n" : "null\nendobj\n");
    page->has_cmyk = picture.is_cmyk;
    double dots_per_inch = page->dots_per_inch > 0 ? page->dots_per_inch : picture.dots_per_inch;
    struct scale scale = {points_per_px(read, dots_per_inch), lince_page_height_px(read)};
    dictionary_append(page, first_object, lince_page_width_px(read) * scale.points_per_px,
                      scale.height_px * scale.points_per_px);
    struct buffer content;
    buffer_init(&content, meter);
    if (page->has_picture) {
        picture_place(&content, picture.orientation, lince_page_width_px(read) * scale.points_per_px,
                      scale.height_px * scale.points_per_px);
    }
    text_place(&content, read, page->leaves_layer, scale);
    object_open(page, PDF_PAGE_CONTENT, first_object);
    buffer_format(page->bytes, "<< /Length %zu >>\nstream\n", content.used_bytes);
    buffer_append(page->bytes, content.bytes, content.used_bytes);
    buffer_text(page->bytes, "\nendstream\nendobj\n");
    bool refused = content.refused || page->bytes->refused;
    buffer_free(&content);
    return refused ? error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                               "no memory for this page of the PDF file; raise the memory limit",
                               "no hay memoria para esta página del archivo PDF; suba el límite de memoria")
                   : LINCE_OK;
}
