/* place.c - finds the page's direction by the votes of its long lines, and places in its axes. */
#include "text/order/place.h"

#include <math.h>
#include <string.h>

#include "base/doubles.h"
#include "base/turn.h"

/* Two places share a row if their spans overlap by this share of the lower one's height. */
static const double ROW_OVERLAP = 0.5;
/* Lines shorter than this many times their height say little about the direction. */
static const double LONG_LINE = 3.0;
/* Angles within this distance of the winner count towards it. */
static const double WITNESS_RADIANS = 0.14;
/* The share of a line's height that the ink of a word fills. */
static const double INK_SHARE = 0.7;
/* The circle of directions, in sectors of 3 degrees. */
enum { SECTOR_COUNT = 120 };

static double line_width(const struct lince_line *line) {
    return hypot(line->quad[1].x - line->quad[0].x, line->quad[1].y - line->quad[0].y);
}

static double line_angle(const struct lince_line *line) {
    return atan2(line->quad[1].y - line->quad[0].y, line->quad[1].x - line->quad[0].x);
}

static bool is_long(const struct lince_line *line) {
    const struct lince_point *q = line->quad;
    return line_width(line) >= LONG_LINE * hypot(q[3].x - q[0].x, q[3].y - q[0].y);
}

/* The middle of the sector that, with its neighbours, has most text; `turn` if no line is long. */
static double direction_voted(const struct lince_line *lines, size_t count, double turn) {
    const double quarter = acos(0.0), sector = 4 * quarter / SECTOR_COUNT;
    double votes[SECTOR_COUNT] = {0}, most = 0.0, best = turn;
    for (size_t i = 0; i < count; i++) {
        if (is_long(&lines[i])) {
            long place = lround(line_angle(&lines[i]) / sector);
            votes[(size_t)(place + SECTOR_COUNT) % SECTOR_COUNT] += line_width(&lines[i]);
        }
    }
    for (size_t i = 0; i < SECTOR_COUNT; i++) {
        double sum = votes[(i + SECTOR_COUNT - 1) % SECTOR_COUNT] + votes[i] + votes[(i + 1) % SECTOR_COUNT];
        double angle = (double)i * sector;
        bool nearer = fabs(remainder(angle - turn, 4 * quarter)) < fabs(remainder(best - turn, 4 * quarter));
        if (sum > most || (sum == most && sum > 0 && nearer)) {
            most = sum;
            best = angle;
        }
    }
    return best;
}

double lines_direction(const struct lince_line *lines, size_t count, double *angles) {
    const double quarter = acos(0.0);
    double voted = direction_voted(lines, count, turn_of_lines(lines, count) * quarter);
    size_t witnesses = 0;
    for (size_t i = 0; i < count; i++) {
        double angle = remainder(line_angle(&lines[i]) - voted, 4 * quarter);
        if (is_long(&lines[i]) && fabs(angle) <= WITNESS_RADIANS) {
            angles[witnesses++] = angle;
        }
    }
    if (witnesses == 0) {
        return voted;
    }
    doubles_sort(angles, witnesses);
    return voted + angles[witnesses / 2];
}

struct place place_of_line(const struct lince_line *line, size_t index, double direction) {
    double cosine = cos(direction), sine = sin(direction), xs = 0.0, ys = 0.0, height = 0.0, width = 0.0;
    for (size_t i = 0; i < 4; i++) {
        xs += line->quad[i].x / 4.0;
        ys += line->quad[i].y / 4.0;
    }
    for (size_t i = 0; i < 4; i++) { /* extents around the centre, in the page's own axes */
        double dx = line->quad[i].x - xs, dy = line->quad[i].y - ys;
        width = fmax(width, fabs(dx * cosine + dy * sine));
        height = fmax(height, fabs(dy * cosine - dx * sine));
    }
    double x = xs * cosine + ys * sine, y = ys * cosine - xs * sine;
    return (struct place){x - width,        x + width, y - height,
                          y + height,       index,     0,
                          line->word_count, 0,         line->text == NULL ? "" : line->text};
}

struct place place_of_words(const struct lince_line *line, const struct place *whole, size_t first_word,
                            size_t word_count, double direction) {
    double cosine = cos(direction), sine = sin(direction), height = whole->bottom - whole->top;
    double ink = INK_SHARE * height;
    struct place place = *whole;
    place.left = INFINITY;
    place.right = -INFINITY;
    place.first_word = first_word;
    place.word_count = word_count;
    for (size_t i = first_word; i < first_word + word_count; i++) {
        struct lince_box box = line->words[i].box;
        double across = box.x1 - box.x0, down = box.y1 - box.y0, along;
        /* The box is upright in the image; the word in it leans with its line. */
        if (fabs(cosine) >= fabs(sine)) {
            along = fmin(across, (across - ink * fabs(sine)) / fabs(cosine));
        } else {
            along = fmin(down, (down - ink * fabs(cosine)) / fabs(sine));
        }
        double middle = (box.x0 + box.x1) / 2 * cosine + (box.y0 + box.y1) / 2 * sine;
        along = fmax(along, height / 8);
        place.left = fmin(place.left, middle - along / 2);
        place.right = fmax(place.right, middle + along / 2);
    }
    return place;
}

bool places_share_row(const struct place *a, const struct place *b) {
    double overlap = fmin(a->bottom, b->bottom) - fmax(a->top, b->top);
    return overlap >= ROW_OVERLAP * fmin(a->bottom - a->top, b->bottom - b->top);
}

int places_compare(const void *a, const void *b) {
    const struct place *p = a, *q = b;
    double x = p->top + p->bottom, y = q->top + q->bottom;
    if (x != y) {
        return x < y ? -1 : 1;
    }
    if (p->left != q->left) {
        return p->left < q->left ? -1 : 1;
    }
    int texts = strcmp(p->text, q->text);
    return texts != 0 ? texts : (p->first_word > q->first_word) - (p->first_word < q->first_word);
}
