/* segments.c - cuts lines at wide gaps, and at narrower ones that columns of the page show. */
#include "fields/sheet/segments.h"

#include "base/arena.h"
#include "base/utf8.h"

/* In heights of a line: a narrow space; a gap wider than any space. */
static const double SPACE_WIDTH = 0.3, COLUMN_GAP = 1.8;
/* A wider gap than a space in letters of one width, in widths of a letter. */
static const double LETTER_WIDTHS = 1.1;
/*
 * In heights of a line: rows that show a column are this near, begin this exactly below each other, and have letters
 * alike.
 */
static const double NEAR_ROWS = 2.5, ALIGNED = 0.45, FLUSH = 0.6, ALIKE_LEAST = 0.8, ALIKE_MOST = 1.25;

static void segment_add(struct sheet *sheet, size_t line_index, size_t first_word, size_t end_word) {
    const struct sheet_line *line = &sheet->lines[line_index];
    struct segment *segment = &sheet->segments[sheet->segment_count++];
    *segment = (struct segment){
        .line = line_index,
        .from = line->words[first_word].from,
        .to = line->words[end_word - 1].to,
        .box = line->words[first_word].box,
    };
    for (size_t i = first_word; i < end_word; i++) {
        segment->box = box_around(segment->box, line->words[i].box);
    }
    size_t at = 0;
    while (at < line->fold.count && line->fold.from[at] < segment->from) {
        at++;
    }
    segment->fold_from = at;
    while (at < line->fold.count && line->fold.from[at] < segment->to) {
        at++;
    }
    segment->fold_to = at;
}

/* Whether a segment on the row of `segment` begins at `x0`. */
static bool row_begins_at(const struct sheet *sheet, const struct segment *segment, double x0, double tolerance) {
    for (size_t i = 0; i < sheet->segment_count; i++) {
        const struct segment *other = &sheet->segments[i];
        double across = other->box.x0 - x0;
        if (other != segment && across < tolerance && across > -tolerance &&
            box_same_row(other->box, segment->box) > ROW_SURE_SHARE) {
            return true;
        }
    }
    return false;
}

static double letter_width(const struct sheet_line *line) {
    size_t letters = utf8_count(line->text, line->bytes);
    return box_width(line->box) / (double)(letters + (letters == 0));
}

/*
 * Two columns read as one line: a nearby row has two pieces, one beginning with the line and one beginning with the
 * word, and the word is more than a space away from the one before it.
 */
static bool begins_a_column(const struct sheet *sheet, const struct sheet_line *line, size_t word) {
    double height = box_height(line->box), x0 = line->words[word].box.x0;
    double gap = x0 - line->words[word - 1].box.x1;
    if (gap < SPACE_WIDTH * height || gap < LETTER_WIDTHS * letter_width(line)) {
        return false; /* letters of one width have a wide space */
    }
    for (size_t i = 0; i < sheet->segment_count; i++) {
        const struct segment *segment = &sheet->segments[i];
        double distance = segment->box.y0 - line->box.y0, across = segment->box.x0 - x0;
        bool close = distance < NEAR_ROWS * height && distance > -NEAR_ROWS * height;
        double ratio = box_height(segment->box) / height;
        bool alike = ratio > ALIKE_LEAST && ratio < ALIKE_MOST; /* larger letters, as in a title, need a wider gap */
        if (close && (alike || gap > HALF_ROW * height) && across < ALIGNED * height && across > -ALIGNED * height &&
            &sheet->lines[segment->line] != line &&
            row_begins_at(sheet, segment, line->words[0].box.x0, FLUSH * height)) {
            return true;
        }
    }
    return false;
}

/* A gap of more than COLUMN_GAP between two words: two columns read as one line. */
static void line_cut(struct sheet *sheet, const struct sheet *columns, size_t line_index) {
    const struct sheet_line *line = &sheet->lines[line_index];
    size_t first = 0;
    for (size_t i = 1; i <= line->word_count; i++) {
        bool wide = i < line->word_count &&
                    line->words[i].box.x0 - line->words[i - 1].box.x1 > COLUMN_GAP * box_height(line->box);
        bool column = i < line->word_count && !wide && columns != NULL && begins_a_column(columns, line, i);
        if (i == line->word_count || wide || column) {
            segment_add(sheet, line_index, first, i);
            first = i;
        }
    }
}

bool segments_cut(struct arena *arena, struct sheet *sheet) {
    size_t words = 0;
    for (size_t i = 0; i < sheet->line_count; i++) {
        words += sheet->lines[i].word_count;
    }
    sheet->segments = arena_allocate(arena, (words + 1) * sizeof *sheet->segments);
    if (sheet->segments == NULL) {
        return false;
    }
    for (size_t i = 0; i < sheet->line_count; i++) {
        line_cut(sheet, NULL, i);
    }
    struct sheet columns = *sheet; /* where rows begin, by the wide gaps alone */
    sheet->segments = arena_allocate(arena, (words + 1) * sizeof *sheet->segments);
    sheet->segment_count = 0;
    for (size_t i = 0; sheet->segments != NULL && i < sheet->line_count; i++) {
        line_cut(sheet, &columns, i);
    }
    return sheet->segments != NULL;
}
