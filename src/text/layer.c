/* layer.c - judges whether a layer can be trusted, and groups its letters into words and lines by their places. */
#include "text/layer.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include <utf8proc.h>

#include "base/arena.h"
#include "base/turn.h"

/* Shares of a layer's letters and words, from invented files whose fonts are named wrongly. */
static const double BROKEN_MOST = 0.02, VOWELS_LEAST = 0.2, VOWELS_MOST = 0.7, MIXED_MOST = 0.4;
static const double SIGNS_MOST = 0.3, LETTERS_LEAST = 0.3;
enum { LETTERS_FOR_VOWELS = 40, WORDS_FOR_MIXED = 12 };

/* In heights of the letter before: a step off the line, and a gap between two cells. */
static const double STEP_MOST = 0.6, GAP_MOST = 1.6, BACK_MOST = 0.6;

enum { LETTER_BYTES = 8 };

static bool is_used(const struct layer_letter *letter, enum lince_pdf_text mode) {
    return !letter->is_break && (mode == LINCE_PDF_TEXT_ALWAYS || (!letter->is_hidden && !letter->is_doubted)) &&
           letter->box.x1 > letter->box.x0 && letter->box.y1 > letter->box.y0;
}

/* ---- judging ------------------------------------------------------------------------------------------ */

struct census {
    size_t used, broken, letters, vowels, words, mixed, signs;
};

static bool is_vowel(utf8proc_int32_t base) {
    return strchr("aeiouAEIOU", base < 0x80 && base > 0 ? (char)base : '#') != NULL && base > 0;
}

/* "é" as "e". */
static utf8proc_int32_t base_of(uint32_t code) {
    utf8proc_int32_t parts[8];
    int boundary = 0;
    utf8proc_ssize_t count =
        utf8proc_decompose_char((utf8proc_int32_t)code, parts, 8, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, &boundary);
    return count > 0 ? parts[0] : (utf8proc_int32_t)code;
}

/*
 * A word with digits and letters, or with a capital after a small letter, is a code, or its letters have wrong names.
 */
struct word_look {
    bool has_digit, has_letter, has_turn, was_small;
    size_t count;
};

static void word_end(struct census *census, struct word_look *word) {
    census->words += word->count > 1;
    census->mixed += word->count > 1 && ((word->has_digit && word->has_letter) || word->has_turn);
    *word = (struct word_look){0};
}

/* Signs that are few in any text. Leaders, rules and bullets may be many. */
static bool is_sign(utf8proc_int32_t base) {
    return base > ' ' && base < 0x7F && !isalnum((int)base) && strchr("._-=*", (char)base) == NULL;
}

/* The code is none, of no script, or a control. */
static bool is_broken(uint32_t code) {
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0xE000 && code <= 0xF8FF);
}

static void letter_count(struct census *census, struct word_look *word, uint32_t code) {
    utf8proc_int32_t base = base_of(code);
    bool is_ascii = base > 0 && base < 0x80, is_letter = is_ascii && isalpha((int)base);
    census->letters += is_letter;
    census->vowels += is_letter && is_vowel(base);
    census->signs += is_sign(base);
    word->has_digit |= is_ascii && isdigit((int)base);
    word->has_turn |= word->was_small && is_letter && isupper((int)base);
    word->has_letter |= is_letter;
    word->was_small = is_letter && islower((int)base);
    word->count++;
}

static struct census census_of(const struct page_layer *layer, enum lince_pdf_text mode) {
    struct census census = {0};
    struct word_look word = {0};
    for (size_t i = 0; i < layer->letter_count; i++) {
        const struct layer_letter *letter = &layer->letters[i];
        if (letter->is_break) {
            word_end(&census, &word);
        } else if (is_used(letter, mode)) {
            census.used++;
            census.broken += is_broken(letter->code);
            letter_count(&census, &word, letter->code);
        }
    }
    word_end(&census, &word);
    return census;
}

enum layer_use layer_judge(const struct page_layer *layer, enum lince_pdf_text mode) {
    struct census census = census_of(layer, mode);
    if (mode == LINCE_PDF_TEXT_NEVER || census.used == 0) {
        return LAYER_UNUSED;
    }
    if (mode == LINCE_PDF_TEXT_ALWAYS) {
        return LAYER_ALONE;
    }
    double vowels = (double)census.vowels / (double)(census.letters > 0 ? census.letters : 1);
    bool is_no_language = census.letters >= LETTERS_FOR_VOWELS && (vowels < VOWELS_LEAST || vowels > VOWELS_MOST);
    bool is_mixed = census.words >= WORDS_FOR_MIXED && (double)census.mixed > MIXED_MOST * (double)census.words;
    bool is_signs = (double)census.signs > SIGNS_MOST * (double)census.used &&
                    (double)census.letters < LETTERS_LEAST * (double)census.used;
    if ((double)census.broken > BROKEN_MOST * (double)census.used || is_no_language || is_mixed || is_signs) {
        return LAYER_UNUSED;
    }
    return layer->picture_count > 0 || layer->has_drawings ? LAYER_BESIDE : LAYER_ALONE;
}

bool layer_has_fonts(const struct page_layer *layer) {
    const struct layer_letter *first = NULL;
    for (size_t i = 0; i < layer->letter_count; i++) {
        const struct layer_letter *letter = &layer->letters[i];
        if (is_used(letter, LINCE_PDF_TEXT_AUTO)) {
            if (first != NULL && letter->font != first->font) {
                return true;
            }
            first = letter;
        }
    }
    return false;
}

/* ---- grouping ----------------------------------------------------------------------------------------- */

struct grouping {
    struct arena *arena;
    struct lince_word *words; /* of the whole page */
    struct lince_line *lines;
    size_t word_count, line_count;
    size_t line_start;    /* the first word of the current line */
    char *text, *end;     /* of the current word */
    struct lince_box box; /* of the current word */
    double along_x, along_y;
    const struct layer_letter *last;
    struct letter_book *letters;  /* NULL: they are not kept */
    struct lince_letter *pending; /* those of the current word */
    size_t pending_count;
};

static void box_join(struct lince_box *box, const struct lince_box *other) {
    *box = (struct lince_box){fmin(box->x0, other->x0), fmin(box->y0, other->y0), fmax(box->x1, other->x1),
                              fmax(box->y1, other->y1)};
}

/* Takes the letters of a word. */
static bool letters_close(struct grouping *grouping, const char *word) {
    if (grouping->letters == NULL) {
        return true;
    }
    struct lince_letter *items = letter_book_add(grouping->letters, word, grouping->pending_count);
    if (items != NULL) {
        memcpy(items, grouping->pending, grouping->pending_count * sizeof *items);
    }
    grouping->pending_count = 0;
    return items != NULL;
}

static bool word_close(struct grouping *grouping) {
    if (grouping->end == grouping->text) {
        return true;
    }
    const char *text = arena_copy_text(grouping->arena, grouping->text, (size_t)(grouping->end - grouping->text));
    grouping->words[grouping->word_count++] = (struct lince_word){text, 1, grouping->box};
    grouping->end = grouping->text;
    return text != NULL && letters_close(grouping, text);
}

/* The corners of a box, beginning with the upper left one of text that runs that way. */
static void quad_fill(struct lince_line *line, double along_x, double along_y) {
    struct lince_box b = line->box;
    const struct lince_point corners[4] = {{b.x0, b.y0}, {b.x1, b.y0}, {b.x1, b.y1}, {b.x0, b.y1}};
    size_t turn = fabs(along_x) >= fabs(along_y) ? (along_x >= 0 ? 0 : 2) : (along_y > 0 ? 1 : 3);
    for (size_t corner = 0; corner < 4; corner++) {
        line->quad[corner] = corners[(corner + turn) % 4];
    }
}

static bool line_close(struct grouping *grouping) {
    if (!word_close(grouping)) {
        return false;
    }
    size_t count = grouping->word_count - grouping->line_start, bytes = 1;
    const struct lince_word *words = grouping->words + grouping->line_start;
    grouping->last = NULL;
    if (count == 0) {
        return true;
    }
    struct lince_line line = {.confidence = 1, .box = words[0].box, .word_count = count, .words = words};
    for (size_t i = 0; i < count; i++) {
        bytes += strlen(words[i].text) + 1;
        box_join(&line.box, &words[i].box);
    }
    char *text = arena_allocate(grouping->arena, bytes), *end = text;
    for (size_t i = 0; i < count && text != NULL; i++) {
        end = stpcpy(i == 0 ? end : stpcpy(end, " "), words[i].text);
    }
    line.text = text;
    quad_fill(&line, grouping->along_x, grouping->along_y);
    grouping->lines[grouping->line_count++] = line;
    grouping->line_start = grouping->word_count;
    return text != NULL;
}

/* The place of a letter along and across the text's direction: the middle of its box, and half its extent. */
struct stand {
    double along, across, half_length, half_height;
};

static struct stand stand_of(const struct layer_letter *letter) {
    double x = (letter->box.x0 + letter->box.x1) / 2, y = (letter->box.y0 + letter->box.y1) / 2;
    double width = (letter->box.x1 - letter->box.x0) / 2, height = (letter->box.y1 - letter->box.y0) / 2;
    bool runs_down = fabs(letter->along_y) > fabs(letter->along_x);
    return (struct stand){x * letter->along_x + y * letter->along_y, y * letter->along_x - x * letter->along_y,
                          runs_down ? height : width, runs_down ? width : height};
}

enum joint { JOINT_LETTER, JOINT_WORD, JOINT_LINE };

/* The letters of a ligature share its box. */
static bool is_same_box(const struct lince_box *a, const struct lince_box *b) {
    return a->x0 == b->x0 && a->y0 == b->y0 && a->x1 == b->x1 && a->y1 == b->y1;
}

/* What separates a letter from the one before: nothing, a space, or the end of a line or cell. */
static enum joint joint_of(const struct layer_letter *before, const struct layer_letter *letter) {
    if (is_same_box(&before->box, &letter->box)) {
        return JOINT_LETTER;
    }
    struct stand a = stand_of(before), b = stand_of(letter);
    double height = 2 * fmax(a.half_height, b.half_height), gap = b.along - b.half_length - a.along - a.half_length;
    if (before->along_x * letter->along_x + before->along_y * letter->along_y < 0.95 ||
        fabs(a.across - b.across) > STEP_MOST * height || gap > GAP_MOST * height || gap < -BACK_MOST * height) {
        return JOINT_LINE;
    }
    return gap > 0.5 * height ? JOINT_WORD : JOINT_LETTER;
}

/* Appends the letter as the recogniser would write it: ligatures as letters, U+FFFD if the file does not name it. */
static size_t letter_write(uint32_t code, char bytes[LETTER_BYTES]) {
    static const char *const ligatures[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
    if (code >= 0xFB00 && code <= 0xFB06) {
        size_t count = strlen(ligatures[code - 0xFB00]);
        memcpy(bytes, ligatures[code - 0xFB00], count);
        return count;
    }
    bool is_text = code != 0 && utf8proc_codepoint_valid((utf8proc_int32_t)code);
    utf8proc_int32_t shown = code == 0xAD ? '-' : is_text ? (utf8proc_int32_t)code : 0xFFFD;
    return (size_t)utf8proc_encode_char(shown, (utf8proc_uint8_t *)bytes);
}

static bool letter_add(struct grouping *grouping, const struct layer_letter *letter) {
    enum joint joint = grouping->last == NULL ? JOINT_LETTER : joint_of(grouping->last, letter);
    if ((joint == JOINT_LINE && !line_close(grouping)) || (joint == JOINT_WORD && !word_close(grouping))) {
        return false;
    }
    if (grouping->end == grouping->text) {
        grouping->box = letter->box;
    } else {
        box_join(&grouping->box, &letter->box);
    }
    size_t bytes = letter_write(letter->code, grouping->end);
    if (grouping->letters != NULL) {
        struct lince_letter *kept = &grouping->pending[grouping->pending_count++];
        *kept = (struct lince_letter){.confidence = 1, .box = letter->box};
        memcpy(kept->text, grouping->end, bytes);
    }
    grouping->end += bytes;
    grouping->along_x = letter->along_x;
    grouping->along_y = letter->along_y;
    grouping->last = letter;
    return true;
}

static bool letters_group(struct grouping *grouping, const struct page_layer *layer, enum lince_pdf_text mode) {
    for (size_t i = 0; i < layer->letter_count; i++) {
        const struct layer_letter *letter = &layer->letters[i];
        bool fits = true;
        if (letter->is_break) {
            fits = letter->code == '\n' ? line_close(grouping) : word_close(grouping);
        } else if (is_used(letter, mode)) {
            fits = letter_add(grouping, letter);
        }
        if (!fits) {
            return false;
        }
    }
    return line_close(grouping);
}

bool layer_add_lines(const struct page_layer *layer, enum lince_pdf_text mode, struct letter_book *letters,
                     struct arena *scratch, struct lince_page *page) {
    size_t most = layer->letter_count + 1;
    struct grouping grouping = {.arena = &page->arena,
                                .words = arena_allocate_zero(scratch, most, sizeof *grouping.words),
                                .lines = arena_allocate_zero(scratch, most, sizeof *grouping.lines),
                                .text = arena_allocate(scratch, most * LETTER_BYTES),
                                .letters = letters};
    grouping.end = grouping.text;
    grouping.pending = letters == NULL ? NULL : arena_allocate(scratch, most * sizeof *grouping.pending);
    if ((letters != NULL && grouping.pending == NULL) || grouping.words == NULL || grouping.lines == NULL ||
        grouping.text == NULL || !letters_group(&grouping, layer, mode)) {
        return false;
    }
    size_t before = page->lines.count, count = before + grouping.line_count;
    struct lince_line *lines = arena_allocate_zero(&page->arena, count + 1, sizeof *lines);
    struct lince_word *words = arena_allocate_zero(&page->arena, grouping.word_count + 1, sizeof *words);
    if (lines == NULL || words == NULL) {
        return false;
    }
    if (before > 0) {
        memcpy(lines, page->lines.items, before * sizeof *lines);
    }
    memcpy(words, grouping.words, grouping.word_count * sizeof *words);
    for (size_t i = 0; i < grouping.line_count; i++) {
        lines[before + i] = grouping.lines[i];
        lines[before + i].words = words + (grouping.lines[i].words - grouping.words);
    }
    page->lines.items = lines;
    page->lines.count = count;
    page->layer_words = words;
    page->layer_word_count = grouping.word_count;
    page->turn = 90 * turn_of_lines(lines, count);
    return true;
}

/* ---- what is left ------------------------------------------------------------------------------------- */

/*
 * Points that are tested along and across a region, and how far from its edges they begin, because a region is grown
 * beyond its letters.
 */
enum { POINTS_ALONG = 48, POINTS_ACROSS = 3 };
static const double MARGIN_OF_HEIGHT = 0.3;

/* A region is removed if letters of the layer cover this share of its points. */
static const double COVERED_SHARE = 0.5;

struct region_points {
    struct lince_point points[POINTS_ALONG * POINTS_ACROSS];
    bool is_covered[POINTS_ALONG * POINTS_ACROSS];
    struct lince_box box; /* around the points */
};

static double distance(const struct lince_point *a, const struct lince_point *b) {
    return hypot(a->x - b->x, a->y - b->y);
}

/* The place of a point, from 0 to 1 along or across a region, without a margin at both ends. */
static double part_of(int index, int count, double margin) {
    return margin + (1 - 2 * margin) * ((double)index + 0.5) / count;
}

static void points_fill(struct region_points *at, const struct lince_point c[4]) {
    double width = distance(&c[0], &c[1]), height = distance(&c[0], &c[3]);
    double margin = MARGIN_OF_HEIGHT * fmin(width, height);
    at->box = (struct lince_box){INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (int i = 0; i < POINTS_ALONG * POINTS_ACROSS; i++) {
        double u = part_of(i % POINTS_ALONG, POINTS_ALONG, margin / fmax(width, 1));
        double v = part_of(i / POINTS_ALONG, POINTS_ACROSS, margin / fmax(height, 1));
        struct lince_point p = {
            (1 - v) * ((1 - u) * c[0].x + u * c[1].x) + v * ((1 - u) * c[3].x + u * c[2].x),
            (1 - v) * ((1 - u) * c[0].y + u * c[1].y) + v * ((1 - u) * c[3].y + u * c[2].y),
        };
        at->points[i] = p;
        at->is_covered[i] = false;
        box_join(&at->box, &(struct lince_box){p.x, p.y, p.x, p.y});
    }
}

static void points_cover(struct region_points *at, const struct lince_box *letter) {
    if (letter->x1 < at->box.x0 || letter->x0 > at->box.x1 || letter->y1 < at->box.y0 || letter->y0 > at->box.y1) {
        return;
    }
    for (int i = 0; i < POINTS_ALONG * POINTS_ACROSS; i++) {
        const struct lince_point *p = &at->points[i];
        at->is_covered[i] |= p->x >= letter->x0 && p->x <= letter->x1 && p->y >= letter->y0 && p->y <= letter->y1;
    }
}

static bool is_covered(const struct page_layer *layer, const struct lince_point corners[4]) {
    struct region_points at;
    int covered = 0;
    points_fill(&at, corners);
    for (size_t i = 0; i < layer->letter_count; i++) {
        if (is_used(&layer->letters[i], LINCE_PDF_TEXT_AUTO)) {
            points_cover(&at, &layer->letters[i].box);
        }
    }
    for (int i = 0; i < POINTS_ALONG * POINTS_ACROSS; i++) {
        covered += at.is_covered[i];
    }
    return covered > COVERED_SHARE * POINTS_ALONG * POINTS_ACROSS;
}

/* Whether the middle of a letter lies in the quadrilateral. */
static bool is_inside(const struct layer_letter *letter, const struct lince_point c[4]) {
    double x = (letter->box.x0 + letter->box.x1) / 2, y = (letter->box.y0 + letter->box.y1) / 2;
    int left = 0, right = 0;
    for (int i = 0; i < 4; i++) {
        const struct lince_point *from = &c[i], *to = &c[(i + 1) % 4];
        double side = (to->x - from->x) * (y - from->y) - (to->y - from->y) * (x - from->x);
        left += side >= 0;
        right += side <= 0;
    }
    return left == 4 || right == 4;
}

static bool has_doubted(const struct page_layer *layer, const struct lince_point corners[4]) {
    for (size_t i = 0; i < layer->letter_count; i++) {
        if (layer->letters[i].is_doubted && !layer->letters[i].is_hidden && is_inside(&layer->letters[i], corners)) {
            return true;
        }
    }
    return false;
}

/* The letter after the last one of the word that begins with letter `first`. */
static size_t word_end_of(const struct page_layer *layer, size_t first) {
    size_t end = first + 1;
    while (!layer->letters[first].is_break && end < layer->letter_count && !layer->letters[end].is_break &&
           joint_of(&layer->letters[end - 1], &layer->letters[end]) == JOINT_LETTER) {
        end++;
    }
    return end;
}

/* What is read in a region takes the place of the layer's words there. */
static void words_hide(struct page_layer *layer, const struct lince_point corners[4]) {
    for (size_t first = 0, end; first < layer->letter_count; first = end) {
        size_t inside = 0;
        end = word_end_of(layer, first);
        for (size_t i = first; i < end; i++) {
            inside += is_inside(&layer->letters[i], corners);
        }
        for (size_t i = first; i < end && 2 * inside >= end - first; i++) {
            layer->letters[i].is_hidden = true;
        }
    }
}

/* A line with doubted letters is read whole, because a part of it would be read without what stands around it. */
static bool is_read(struct page_layer *layer, const struct lince_point corners[4]) {
    if (!has_doubted(layer, corners)) {
        return !is_covered(layer, corners);
    }
    words_hide(layer, corners);
    return true;
}

void layer_drop_regions(struct page_layer *layer, double scale_x, double scale_y, struct region_list *regions) {
    size_t kept = 0;
    for (size_t i = 0; i < regions->count; i++) {
        struct lince_point corners[4];
        for (int corner = 0; corner < 4; corner++) {
            corners[corner] = (struct lince_point){regions->items[i].corners[corner].x * scale_x,
                                                   regions->items[i].corners[corner].y * scale_y};
        }
        if (is_read(layer, corners)) {
            regions->items[kept++] = regions->items[i];
        }
    }
    regions->count = kept;
}
