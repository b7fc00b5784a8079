/* sheet.h - a page for the field engine: lines, words, segments between wide gaps, and folded text. */
#ifndef LINCE_FIELDS_SHEET_H
#define LINCE_FIELDS_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fold.h"
#include "fields/sheet/box.h"
#include "lince.h"

struct arena;

/* At most this many lines are used, so that a hostile page costs bounded time: the first half of them and the last
 * half. A receipt has 10 to 200. */
enum { SHEET_LINES_MOST = 1024, SHEET_LINE_BYTES_MOST = 1024 };

struct sheet_word {
    size_t from, to; /* bytes of the line's text */
    struct lince_box box;
    double confidence; /* the line's, if the reader gave none */
};

struct sheet_line {
    const char *text; /* words joined by single spaces; borrowed from the page or made in the arena */
    size_t bytes;
    struct lince_box box;
    double confidence, height_px;
    size_t word_count;
    struct sheet_word *words;
    struct fold fold;
    size_t page_line; /* index in the original page */
    bool chrome;      /* the system's bars: their clock is not the payment's time, their icons are not letters */
};

/* A part of a line without a wide gap in it: what a person sees as one piece of text. */
struct segment {
    size_t line, from, to;
    size_t fold_from, fold_to;
    struct lince_box box;
    bool running;  /* a row of running text: a sentence, or a row that continues one */
    bool of_buyer; /* of a sale: see fields/sales/buyer_block.h */
};

/* Bytes of one line. */
struct extent {
    size_t line, from, to;
};

/* Whether the two share a byte. */
static inline bool extents_meet(struct extent left, struct extent right) {
    return left.line == right.line && left.from < right.to && right.from < left.to;
}

struct sheet {
    double width_px, height_px; /* of the upright page */
    unsigned turn;              /* clockwise quarter turns by which the original page was turned */
    double slope;               /* pixels that text falls per pixel to the right, removed from all boxes; 0 if level */
    double text_height_px;      /* the median height of the lines */
    size_t line_count, segment_count;
    size_t left_out_first, left_out_count; /* lines in the middle of the original page that are not on the sheet */
    struct sheet_line *lines;
    struct segment *segments; /* in the order of the lines */
};

/* Makes an upright sheet of `count` lines in `arena`; borrows the lines' texts. False when memory is refused. */
bool sheet_build(struct arena *arena, const struct lince_line *lines, size_t count, double width_px, double height_px,
                 struct sheet *sheet);

/* The rectangle around some bytes of a line: words' boxes, cut in proportion if the bytes end inside a word. */
struct lince_box sheet_extent_box(const struct sheet *sheet, struct extent extent);

/* A walk over the words of the row at one height, in the order of the segments; zero: at its beginning. */
struct row_walk {
    size_t segment, word;
    const struct sheet_line *line; /* of the word that was given */
};

/* The next word of the row whose pieces the height `middle` crosses; NULL at the end. The system's bars do not count.
 */
const struct sheet_word *sheet_row_next(const struct sheet *sheet, double middle, struct row_walk *walk);

/* The segment that has the extent's first byte; 0 if none has. */
size_t sheet_segment_at(const struct sheet *sheet, struct extent extent);

/* Whether a row continues the one above: close below, of similar height, aligned left, right or centred. */
bool sheet_row_follows(const struct sheet *sheet, struct extent above, struct extent below);

/* The whole segment. */
struct extent segment_extent(const struct segment *segment);

/* Whether the row reads one of these folded words from the segment on; a word may go on in the next segment. */
bool segment_begins_with(const struct sheet *sheet, const struct segment *segment, const char *const *words,
                         size_t count);

/* The place of a sheet's box on the original page. */
struct lince_box sheet_box_on_page(const struct sheet *sheet, struct lince_box box);

#endif
