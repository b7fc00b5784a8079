/* page.h - the inside of a page: its lines and figures, all in its own arena. */
#ifndef LINCE_TEXT_PAGE_H
#define LINCE_TEXT_PAGE_H

#include <stdbool.h>

#include "base/arena.h"
#include "lince.h"
#include "text/lines.h"
#include "text/word_letters.h"

/* More than the number of kinds of warning. */
enum { PAGE_WARNINGS_LIMIT = 8 };

struct lince_page {
    struct arena arena;                           /* owns everything below; its meter also holds this struct */
    uint32_t width_px, height_px, rotation, turn; /* rotation, turn: clockwise degrees */
    uint32_t number, count;                       /* in its document */
    struct line_list lines;                       /* in reading order */
    struct lince_block *blocks;
    size_t block_count;
    struct lince_line_place *line_places; /* one for each line */
    const struct lince_word *layer_words; /* the words of the file's own text layer */
    size_t layer_word_count;
    struct letter_book letters; /* of words; empty if they were not asked for */
    const char *text;
    struct lince_code *codes; /* from top to bottom */
    size_t code_count;
    bool has_codes; /* they were looked for */
    double codes_ms;
    struct lince_warning warnings[PAGE_WARNINGS_LIMIT];
    size_t warning_count;
    struct lince_timings timings;
    uint64_t peak_bytes;
};

/*
 * Gives an empty page on `meter`; free it with lince_page_free. Its arena takes `block_bytes` at a time. MEMORY_LIMIT.
 */
enum lince_status page_open(struct meter *meter, size_t block_bytes, struct lince_page **page,
                            struct lince_error *error);

/* Converts the lines from pixels of the working image to pixels of the source, within its edges. */
void page_to_source(struct lince_page *page, const struct image *image);

/*
 * Adds a warning: its code, a constant, and its message; both formats take the same arguments in the same order. Only
 * the first with each code is kept. False when the page's arena is refused.
 */
bool page_warn(struct lince_page *page, enum lince_language language, const char *code, const char *english,
               const char *spanish, ...) __attribute__((format(printf, 4, 6), format(printf, 5, 6)));

/*
 * Rounds coordinates to a tenth of a pixel and confidences to a ten-thousandth, as JSON has them. So a page that was
 * stored as JSON gives the same output as one that was just read.
 */
void page_round(struct lince_page *page);

/* Joins the lines' texts into the page's; false when the arena is refused. */
bool page_join_text(struct lince_page *page);

#endif
