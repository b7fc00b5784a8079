/* sheet.c - turns the reader's lines into segments with folded text, and recognises the status bar. */
#include "fields/sheet.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/doubles.h"
#include "base/turn.h"
#include "base/utf8.h"
#include "text/order/row_order.h"

/* In heights of a line: how far a level one rises; a narrow space; a gap wider than any space. */
static const double LEVEL_SLOPE = 0.3, SPACE_WIDTH = 0.3, COLUMN_GAP = 1.8;
/* A wider gap than a space in letters of one width, in widths of a letter. */
static const double LETTER_WIDTHS = 1.1;
/* The same of a column: rows that show it are this near, begin this exactly below each other, and have letters alike.
 */
static const double NEAR_ROWS = 2.5, ALIGNED = 0.45, FLUSH = 0.6, ALIKE_LEAST = 0.8, ALIKE_MOST = 1.25;
/* Parts of the page's height: the middle of a phone's status bar is above the one, its navigation bar below the other.
 */
static const double STATUS_BAR_SHARE = 0.065, NAVIGATION_SHARE = 0.8;

double box_height(struct lince_box box) {
    return box.y1 - box.y0;
}

double box_middle(struct lince_box box) {
    return (box.y0 + box.y1) / 2;
}

double box_width(struct lince_box box) {
    return box.x1 - box.x0;
}

struct lince_box box_around(struct lince_box left, struct lince_box right) {
    return (struct lince_box){
        left.x0 < right.x0 ? left.x0 : right.x0,
        left.y0 < right.y0 ? left.y0 : right.y0,
        left.x1 > right.x1 ? left.x1 : right.x1,
        left.y1 > right.y1 ? left.y1 : right.y1,
    };
}

double box_same_row(struct lince_box left, struct lince_box right) {
    double top = left.y0 > right.y0 ? left.y0 : right.y0;
    double bottom = left.y1 < right.y1 ? left.y1 : right.y1;
    double low = box_height(left) < box_height(right) ? box_height(left) : box_height(right);
    return low <= 0 || bottom <= top ? 0 : (bottom - top) / low;
}

double box_shared_width(struct lince_box left, struct lince_box right) {
    double from = left.x0 > right.x0 ? left.x0 : right.x0;
    double to = left.x1 < right.x1 ? left.x1 : right.x1;
    return to - from;
}

static struct lince_box box_part(struct lince_box box, const char *text, size_t bytes, size_t from, size_t to) {
    double all = (double)utf8_count(text, bytes);
    if (all <= 0) {
        return box;
    }
    double left = (double)utf8_count(text, from) / all;
    double right = (double)utf8_count(text, to) / all;
    struct lince_box part = box;
    part.x0 = box.x0 + left * box_width(box);
    part.x1 = box.x0 + right * box_width(box);
    return part;
}

/* The words of the text; their boxes come from the reader, or else are shares of the line's box. */
static bool line_words(struct arena *arena, const struct lince_line *source, struct sheet_line *line) {
    size_t room = 0;
    for (size_t i = 0; i < line->bytes; i++) {
        room += line->text[i] == ' ';
    }
    line->words = arena_allocate(arena, (room + 1) * sizeof *line->words);
    if (line->words == NULL) {
        return false;
    }
    for (size_t at = 0; at < line->bytes;) {
        size_t end = at;
        while (end < line->bytes && line->text[end] != ' ') {
            end++;
        }
        if (end > at) {
            line->words[line->word_count++] =
                (struct sheet_word){at, end, box_part(line->box, line->text, line->bytes, at, end), line->confidence};
        }
        at = end + 1;
    }
    if (source->words != NULL && source->word_count == line->word_count) {
        double slope = source->quad[1].y - source->quad[0].y;
        bool level = slope < LEVEL_SLOPE * line->height_px && slope > -LEVEL_SLOPE * line->height_px;
        for (size_t i = 0; i < line->word_count; i++) {
            line->words[i].box = source->words[i].box;
            line->words[i].confidence = source->words[i].confidence;
            if (level) { /* a word's box fits its ink, so "ene" and "Ago" would seem to have different sizes */
                line->words[i].box.y0 = line->box.y0;
                line->words[i].box.y1 = line->box.y1;
            }
        }
    }
    return true;
}

static bool line_build(struct arena *arena, const struct lince_line *source, size_t page_line,
                       struct sheet_line *line) {
    const char *text = source->text == NULL ? "" : source->text;
    size_t bytes = strlen(text);
    if (bytes > SHEET_LINE_BYTES_MOST) {
        for (bytes = SHEET_LINE_BYTES_MOST; !utf8_begins(text[bytes]); bytes--) {
        }
    }
    *line = (struct sheet_line){
        .text = text,
        .bytes = bytes,
        .box = source->box,
        .confidence = source->confidence,
        .height_px = box_height(source->box),
        .page_line = page_line,
    };
    return line_words(arena, source, line) && fold_text(arena, text, bytes, &line->fold);
}

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
        if (close && (alike || gap > 0.5 * height) && across < ALIGNED * height && across > -ALIGNED * height &&
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

static bool text_height(struct arena *arena, struct sheet *sheet) {
    double *heights = arena_allocate(arena, (sheet->line_count + 1) * sizeof *heights);
    if (heights == NULL) {
        return false;
    }
    for (size_t i = 0; i < sheet->line_count; i++) {
        heights[i] = sheet->lines[i].height_px;
    }
    doubles_sort(heights, sheet->line_count);
    sheet->text_height_px = sheet->line_count == 0 ? 1 : heights[sheet->line_count / 2];
    if (sheet->text_height_px < 1) {
        sheet->text_height_px = 1;
    }
    return true;
}

/* A time alone: one or two digits, a colon (or point), two digits, perhaps am or pm, at the start of the line. */
static bool starts_with_clock(const char *text) {
    size_t at = 0;
    while (text[at] >= '0' && text[at] <= '9') {
        at++;
    }
    bool colon = at >= 1 && at <= 2 && (text[at] == ':' || text[at] == '.');
    if (!colon || text[at + 1] < '0' || text[at + 1] > '9' || text[at + 2] < '0' || text[at + 2] > '9') {
        return false;
    }
    return strchr(":/.-,0123456789", text[at + 3]) == NULL || text[at + 3] == '\0';
}

/*
 * The status bar is in the top 6 % of the image, or above everything else, and has a time without seconds or date,
 * battery and network signs. The row of the first such time is the bar.
 */
static void status_bar_mark(struct sheet *sheet) {
    for (size_t i = 0; i < sheet->line_count; i++) {
        struct sheet_line *line = &sheet->lines[i];
        double middle = box_middle(line->box);
        if (middle > STATUS_BAR_SHARE * sheet->height_px || !starts_with_clock(line->text) || line->fold.count > 16) {
            continue;
        }
        bool topmost = true;
        for (size_t other = 0; other < sheet->line_count; other++) {
            topmost = topmost && (sheet->lines[other].box.y1 > line->box.y0 || sheet->lines[other].fold.count < 3);
        }
        if (!topmost) {
            continue;
        }
        for (size_t other = 0; other < sheet->line_count; other++) {
            if (box_same_row(sheet->lines[other].box, line->box) > ROW_SURE_SHARE &&
                sheet->lines[other].fold.count <= 16) {
                sheet->lines[other].chrome = true;
            }
        }
        return;
    }
}

/*
 * The navigation bar of a phone at the bottom of the image: two or three icons on one row, each read as a letter at
 * most, and nothing else on the row.
 */
static void navigation_bar_mark(struct sheet *sheet) {
    for (size_t i = 0; i < sheet->line_count; i++) {
        struct lince_box own = sheet->lines[i].box;
        size_t icons = 0, others = 0;
        for (size_t j = 0; j < sheet->line_count; j++) {
            const struct sheet_line *line = &sheet->lines[j];
            bool row = box_same_row(line->box, own) > ROW_SURE_SHARE, icon = line->fold.count <= 1 && line->bytes <= 4;
            bool below = line->box.y0 > own.y1 && !icon;
            icons += row && icon;
            others += (row && !icon) || below;
        }
        if (icons >= 2 && others == 0 && own.y0 > NAVIGATION_SHARE * sheet->height_px) {
            sheet->lines[i].chrome = true;
        }
    }
}

struct extent segment_extent(const struct segment *segment) {
    return (struct extent){segment->line, segment->from, segment->to};
}

bool segment_begins_with(const struct sheet *sheet, const struct segment *segment, const char *const *words,
                         size_t count) {
    const char *plain = sheet->lines[segment->line].fold.plain + segment->fold_from;
    for (size_t i = 0; i < count; i++) {
        if (strncmp(plain, words[i], strlen(words[i])) == 0) {
            return true;
        }
    }
    return false;
}

struct lince_box sheet_box_on_page(const struct sheet *sheet, struct lince_box box) {
    double fall = sheet->slope * ((box.x0 + box.x1) / 2 - sheet->width_px / 2);
    box.y0 += fall;
    box.y1 += fall;
    return box_turn(box, sheet->turn, sheet->width_px, sheet->height_px);
}

/* The line after turning its page back. */
static bool line_upright(struct arena *arena, const struct sheet *sheet, struct lince_line *line) {
    unsigned back = 4 - sheet->turn;
    bool aside = sheet->turn % 2 == 1;
    double width = aside ? sheet->height_px : sheet->width_px, height = aside ? sheet->width_px : sheet->height_px;
    struct lince_word *words = arena_allocate(arena, (line->word_count + 1) * sizeof *words);
    if (words == NULL) {
        return false;
    }
    for (size_t i = 0; i < line->word_count; i++) {
        words[i] = line->words[i];
        words[i].box = box_turn(words[i].box, back, width, height);
    }
    for (size_t i = 0; i < 4; i++) {
        struct lince_point *corner = &line->quad[i];
        struct lince_box point =
            box_turn((struct lince_box){corner->x, corner->y, corner->x, corner->y}, back, width, height);
        *corner = (struct lince_point){point.x0, point.y0};
    }
    line->words = words;
    line->box = box_turn(line->box, back, width, height);
    return true;
}

/*
 * The slope of text on a photographed page: the median of the lines that are long enough. False when memory is refused.
 */
static bool slope_learn(struct arena *arena, const struct lince_line *lines, size_t count, struct sheet *sheet) {
    static const double least = 0.008, most = 0.3; /* level enough; more than anyone tilts a phone */
    double *slopes = arena_allocate(arena, (count + 1) * sizeof *slopes);
    size_t known = 0;
    for (size_t i = 0; slopes != NULL && i < count; i++) {
        const struct lince_point *quad = lines[i].quad;
        double across = quad[1].x - quad[0].x, tall = hypot(quad[3].x - quad[0].x, quad[3].y - quad[0].y);
        if (across > 3 * tall && tall > 0) {
            slopes[known++] = (quad[1].y - quad[0].y) / across;
        }
    }
    if (known >= 3) {
        doubles_sort(slopes, known);
        double middle = slopes[known / 2];
        sheet->slope = fabs(middle) >= least && fabs(middle) <= most ? middle : 0;
    }
    return slopes != NULL;
}

/* The line without the page's slope, as high as its letters. */
static bool line_level(struct arena *arena, const struct sheet *sheet, struct lince_line *line) {
    struct lince_word *words = arena_allocate(arena, (line->word_count + 1) * sizeof *words);
    if (words == NULL) {
        return false;
    }
    const struct lince_point *quad = line->quad;
    double tall = hypot(quad[3].x - quad[0].x, quad[3].y - quad[0].y);
    double x = (quad[0].x + quad[1].x + quad[2].x + quad[3].x) / 4,
           y = (quad[0].y + quad[1].y + quad[2].y + quad[3].y) / 4;
    double middle = y - sheet->slope * (x - sheet->width_px / 2);
    line->box.y0 = middle - tall / 2;
    line->box.y1 = middle + tall / 2;
    for (size_t i = 0; i < line->word_count; i++) {
        words[i] = line->words[i];
        words[i].box.y0 = line->box.y0;
        words[i].box.y1 = line->box.y1;
    }
    line->words = words;
    line->quad[0] = (struct lince_point){line->box.x0, line->box.y0};
    line->quad[1] = (struct lince_point){line->box.x1, line->box.y0};
    line->quad[2] = (struct lince_point){line->box.x1, line->box.y1};
    line->quad[3] = (struct lince_point){line->box.x0, line->box.y1};
    return true;
}

/* The lines by rows, on an upright and level page. `indices` receives their places in the input. */
static struct lince_line *lines_level(struct arena *arena, const struct lince_line *lines, size_t count,
                                      size_t *indices, struct sheet *sheet) {
    struct lince_line *level = arena_allocate(arena, (count + 1) * sizeof *level);
    for (size_t i = 0; level != NULL && i < count; i++) {
        level[i] = lines[i];
    }
    if (level == NULL || !lines_order_rows(level, indices, count, arena)) {
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        if (sheet->turn > 0 && !line_upright(arena, sheet, &level[i])) {
            return NULL;
        }
    }
    if (!slope_learn(arena, level, count, sheet)) {
        return NULL;
    }
    for (size_t i = 0; sheet->slope != 0 && i < count; i++) {
        if (!line_level(arena, sheet, &level[i])) {
            return NULL;
        }
    }
    return level;
}

bool sheet_build(struct arena *arena, const struct lince_line *lines, size_t count, double width_px, double height_px,
                 struct sheet *sheet) {
    size_t most = count > SHEET_LINES_MOST ? SHEET_LINES_MOST : count;
    unsigned turn = turn_of_lines(lines, most);
    bool aside = turn % 2 == 1;
    *sheet = (struct sheet){
        .width_px = aside ? height_px : width_px, .height_px = aside ? width_px : height_px, .turn = turn};
    sheet->lines = arena_allocate(arena, (most + 1) * sizeof *sheet->lines);
    size_t *indices = arena_allocate(arena, (most + 1) * sizeof *indices);
    struct lince_line *level = indices == NULL ? NULL : lines_level(arena, lines, most, indices, sheet);
    if (sheet->lines == NULL || level == NULL) {
        return false;
    }
    size_t words = 0;
    for (size_t i = 0; i < most; i++) {
        struct sheet_line *line = &sheet->lines[sheet->line_count];
        if (!line_build(arena, &level[i], indices[i], line)) {
            return false;
        }
        if (line->word_count > 0) {
            sheet->line_count++;
            words += line->word_count;
        }
    }
    sheet->segments = arena_allocate(arena, (words + 1) * sizeof *sheet->segments);
    if (sheet->segments == NULL || !text_height(arena, sheet)) {
        return false;
    }
    for (size_t i = 0; i < sheet->line_count; i++) {
        line_cut(sheet, NULL, i);
    }
    struct sheet columns = *sheet; /* where rows begin, by the wide gaps alone */
    sheet->segments = arena_allocate(arena, (words + 1) * sizeof *sheet->segments);
    sheet->segment_count = 0;
    if (sheet->segments == NULL) {
        return false;
    }
    for (size_t i = 0; i < sheet->line_count; i++) {
        line_cut(sheet, &columns, i);
    }
    status_bar_mark(sheet);
    navigation_bar_mark(sheet);
    return true;
}

const struct sheet_word *sheet_row_next(const struct sheet *sheet, double middle, struct row_walk *walk) {
    for (; walk->segment < sheet->segment_count; walk->segment++, walk->word = 0) {
        const struct segment *segment = &sheet->segments[walk->segment];
        walk->line = &sheet->lines[segment->line];
        if (walk->line->chrome || segment->box.y0 > middle || segment->box.y1 < middle) {
            continue;
        }
        while (walk->word < walk->line->word_count) {
            const struct sheet_word *word = &walk->line->words[walk->word++];
            if (word->from >= segment->from && word->to <= segment->to) {
                return word;
            }
        }
    }
    return NULL;
}

struct lince_box sheet_extent_box(const struct sheet *sheet, struct extent extent) {
    const struct sheet_line *line = &sheet->lines[extent.line];
    struct lince_box box = line->box;
    bool found = false;
    for (size_t i = 0; i < line->word_count; i++) {
        const struct sheet_word *word = &line->words[i];
        size_t from = extent.from > word->from ? extent.from : word->from;
        size_t to = extent.to < word->to ? extent.to : word->to;
        if (from >= to) {
            continue;
        }
        struct lince_box part = word->box;
        if (from > word->from || to < word->to) {
            part =
                box_part(word->box, line->text + word->from, word->to - word->from, from - word->from, to - word->from);
        }
        box = found ? box_around(box, part) : part;
        found = true;
    }
    return box;
}

size_t sheet_segment_at(const struct sheet *sheet, struct extent extent) {
    for (size_t i = 0; i < sheet->segment_count; i++) {
        const struct segment *segment = &sheet->segments[i];
        if (segment->line == extent.line && extent.from >= segment->from && extent.from < segment->to) {
            return i;
        }
    }
    return 0;
}

/* A text continues in the row below if the gap, in heights, and the ratio of the letters are within these bounds. */
static const double ROW_GAP_MOST = 0.75, TEXT_ALIKE_LEAST = 0.65, TEXT_ALIKE_MOST = 1.45;

bool sheet_row_follows(const struct sheet *sheet, struct extent above, struct extent below) {
    struct lince_box top = sheet_extent_box(sheet, above), low = sheet_extent_box(sheet, below);
    double height = box_height(top);
    double gap = low.y0 - top.y1;
    bool close = gap < ROW_GAP_MOST * height && low.y0 > top.y0 + 0.5 * height;
    bool alike = box_height(low) < TEXT_ALIKE_MOST * height && box_height(low) > TEXT_ALIKE_LEAST * height;
    const struct segment *segment = &sheet->segments[sheet_segment_at(sheet, above)];
    if (low.x0 - segment->box.x0 < height && segment->box.x0 - low.x0 < height) {
        top.x0 = low.x0; /* the text began after its label and continues below it */
    }
    double centres = (top.x0 + top.x1 - low.x0 - low.x1) / 2;
    bool flush = (low.x0 - top.x0 < height && top.x0 - low.x0 < height) ||
                 (low.x1 - top.x1 < height && top.x1 - low.x1 < height) || (centres < height && centres > -height);
    return close && alike && flush;
}
