/* sheet.c - turns the reader's lines into lines of words with folded text. */
#include "fields/sheet.h"

#include <string.h>

#include "base/arena.h"
#include "base/doubles.h"
#include "base/turn.h"
#include "base/utf8.h"
#include "fields/sheet/level_lines.h"
#include "fields/sheet/phone_bars.h"
#include "fields/sheet/segments.h"

/* A line that rises by less, in its heights, is level. */
static const double LEVEL_SLOPE = 0.3;

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

/* The lines that count, in one piece: of too many, the first half and the last half. NULL when memory is refused. */
static const struct lince_line *lines_choose(struct arena *arena, const struct lince_line *lines, size_t count,
                                             struct sheet *sheet) {
    size_t half = SHEET_LINES_MOST / 2;
    sheet->left_out_count = count > SHEET_LINES_MOST ? count - SHEET_LINES_MOST : 0;
    sheet->left_out_first = half;
    if (sheet->left_out_count == 0) {
        return lines;
    }
    struct lince_line *chosen = arena_allocate(arena, SHEET_LINES_MOST * sizeof *chosen);
    if (chosen != NULL) {
        memcpy(chosen, lines, half * sizeof *chosen);
        memcpy(chosen + half, lines + count - (SHEET_LINES_MOST - half), (SHEET_LINES_MOST - half) * sizeof *chosen);
    }
    return chosen;
}

bool sheet_build(struct arena *arena, const struct lince_line *lines, size_t count, double width_px, double height_px,
                 struct sheet *sheet) {
    *sheet = (struct sheet){.width_px = width_px, .height_px = height_px};
    size_t most = count > SHEET_LINES_MOST ? SHEET_LINES_MOST : count;
    lines = lines_choose(arena, lines, count, sheet);
    if (lines == NULL && count > 0) {
        return false;
    }
    sheet->turn = turn_of_lines(lines, most);
    if (sheet->turn % 2 == 1) {
        sheet->width_px = height_px;
        sheet->height_px = width_px;
    }
    sheet->lines = arena_allocate(arena, (most + 1) * sizeof *sheet->lines);
    size_t *indices = arena_allocate(arena, (most + 1) * sizeof *indices);
    struct lince_line *level = indices == NULL ? NULL : level_lines_make(arena, lines, most, indices, sheet);
    if (sheet->lines == NULL || level == NULL) {
        return false;
    }
    for (size_t i = 0; i < most; i++) {
        struct sheet_line *line = &sheet->lines[sheet->line_count];
        size_t skipped = indices[i] < sheet->left_out_first ? 0 : sheet->left_out_count;
        if (!line_build(arena, &level[i], indices[i] + skipped, line)) {
            return false;
        }
        sheet->line_count += line->word_count > 0;
    }
    if (!text_height(arena, sheet) || !segments_cut(arena, sheet)) {
        return false;
    }
    phone_bars_mark(sheet);
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
    bool close = gap < ROW_GAP_MOST * height && low.y0 > top.y0 + HALF_ROW * height;
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
