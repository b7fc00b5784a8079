/* tesseract_osd.c - a page's turn and skew, in the lines that Tesseract prints with --psm 0 and --psm 2. */
#include <inttypes.h>
#include <math.h>

#include "base/buffer.h"
#include "base/turn.h"
#include "output/output.h"

/* A word below this says nothing about which way is up. */
static const double SURE = 0.8;
/* Angles that are counted apart: a page is level, or scanned askew by a few degrees. */
static const double ANGLE_STEP_DEGREES = 0.05, ANGLE_MOST_DEGREES = 45;
enum { ANGLE_COUNT = 1801 };

/*
 * The number of words read with confidence that have the page's turn, less those that have another turn. Tesseract's
 * callers compare it with their own threshold: 14 by default in OCRmyPDF.
 */
static double votes_count(const struct lince_page *page) {
    double votes = 0;
    for (size_t i = 0; i < lince_page_line_count(page); i++) {
        const struct lince_line *line = lince_page_line(page, i);
        double vote = 90 * turn_of_quad(line->quad) == lince_page_turn(page) ? 1 : -1;
        for (size_t at = 0; at < line->word_count; at++) {
            votes += line->words[at].confidence >= SURE ? vote : 0;
        }
    }
    return votes;
}

static void item_osd(const struct output_item *item, struct buffer *buffer) {
    if (item->page == NULL) {
        return;
    }
    double votes = votes_count(item->page);
    unsigned turn = lince_page_turn(item->page);
    buffer_format(buffer, "Page number: %" PRIu64 "\nOrientation in degrees: %u\nRotate: %u\nOrientation confidence: ",
                  item->index, turn, (360 - turn) % 360);
    buffer_real(buffer, votes > 0 ? votes : 0, 2);
    buffer_text(buffer, "\nScript: Latin\nScript confidence: ");
    buffer_real(buffer, votes > 0 ? votes : 0, 2);
    buffer_text(buffer, "\n");
}

/* The angle of a line, clockwise, less the page's turn; beyond ANGLE_MOST_DEGREES for a line with another turn. */
static double line_angle_degrees(const struct lince_line *line, unsigned turn_degrees) {
    double across = line->quad[1].x - line->quad[0].x, down = line->quad[1].y - line->quad[0].y;
    double degrees = atan2(down, across) * 180 / M_PI - turn_degrees;
    return degrees < -180 ? degrees + 360 : degrees;
}

/* The median of the lines' angles, each weighted by its length: short lines are too short to show an angle. */
static double skew_degrees(const struct lince_page *page) {
    double lengths_px[ANGLE_COUNT] = {0}, all_px = 0, below_px = 0;
    for (size_t i = 0; i < lince_page_line_count(page); i++) {
        const struct lince_line *line = lince_page_line(page, i);
        double degrees = line_angle_degrees(line, lince_page_turn(page));
        double length_px = hypot(line->quad[1].x - line->quad[0].x, line->quad[1].y - line->quad[0].y);
        if (fabs(degrees) < ANGLE_MOST_DEGREES) {
            lengths_px[lround((degrees + ANGLE_MOST_DEGREES) / ANGLE_STEP_DEGREES)] += length_px;
            all_px += length_px;
        }
    }
    for (int at = 0; at < ANGLE_COUNT; at++) {
        below_px += lengths_px[at];
        if (all_px > 0 && 2 * below_px >= all_px) {
            return at * ANGLE_STEP_DEGREES - ANGLE_MOST_DEGREES;
        }
    }
    return 0;
}

/* Tesseract's angle is in radians, and negative for text that rises to the right. */
static void item_skew(const struct output_item *item, struct buffer *buffer) {
    if (item->page == NULL) {
        return;
    }
    unsigned turn = lince_page_turn(item->page);
    buffer_format(buffer, "Orientation: %u\nWritingDirection: 0\nTextlineOrder: 2\nDeskew angle: ", turn / 90);
    buffer_real(buffer, skew_degrees(item->page) * M_PI / 180, 4);
    buffer_text(buffer, "\n");
}

const struct output_format output_tesseract_osd = {
    .name = "tesseract-osd",
    .head = "",
    .between = "",
    .tail = "",
    .item = item_osd,
};

const struct output_format output_tesseract_skew = {
    .name = "tesseract-skew",
    .head = "",
    .between = "",
    .tail = "",
    .item = item_skew,
};
