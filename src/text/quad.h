/* quad.h - a quadrilateral of the image → one line: cut out, turned upright, recognised and split into words. */
#ifndef LINCE_TEXT_QUAD_H
#define LINCE_TEXT_QUAD_H

#include <pthread.h>

#include "text/alphabet.h"
#include "text/detect/detect.h"
#include "text/detect/stacks.h"
#include "text/doubt.h"
#include "text/letter_gaps.h"
#include "text/unread_part.h"

struct heap;
struct letter_book;
struct session;

struct line_models {
    struct session *recogniser;
    struct session *direction;
    const struct alphabet *alphabet;
};

/* The words of all lines are in one arena, which one reader at a time may use. */
struct page_arena {
    struct arena *arena;
    pthread_mutex_t lock;
    struct letter_book *letters; /* NULL: letters are not kept */
};

/* What a line is read with, and the memory for it. All borrowed. */
struct line_work {
    const struct line_models *models;
    enum lince_direction direction;
    struct heap *heap;
    struct arena *scratch;
    struct page_arena *page;
    bool in_comb; /* the letters stand apart, in the cells of one field */
};

/* A line, which of its words to read again, and the gaps between its letters; all are in the page's arena. */
struct read_line {
    struct lince_line line; /* its word_count is 0 if there is no text */
    struct doubt *doubts;
    struct letter_gaps gaps;
    enum part_silence silence;
};

/* The corners of a region, beginning with the upper left one of its text. */
struct corners {
    struct lince_point points[4];
};
struct corners region_corners(const struct region *region);

/*
 * Reads the text with its upper left corner first, from a strip `stretch` times as wide as its natural width.
 * MEMORY_LIMIT, MODEL, RUNTIME.
 */
enum lince_status quad_read(const struct line_work *work, const struct image *image,
                            const struct lince_point corners[4], double stretch, struct read_line *read,
                            struct lince_error *error);

/*
 * Reads the letters of a stack as one word, side by side. word_count is 0 if they are no word of as many letters.
 * MEMORY_LIMIT, MODEL, RUNTIME.
 */
enum lince_status stack_read(const struct line_work *work, const struct image *image, const struct stack *stack,
                             struct read_line *read, struct lince_error *error);

/*
 * Reads a line that is turned otherwise than its page once more, with the page's turn, and keeps that if it is hardly
 * worse.
 */
enum lince_status line_read_turned(const struct line_work *work, const struct image *image, unsigned turn,
                                   struct read_line *read, struct lince_error *error);

#endif
