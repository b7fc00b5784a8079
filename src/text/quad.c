/* quad.c - cuts a line out, reads it, and turns it round if it reads better upside down. */
#include "text/quad.h"

#include <math.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/heap.h"
#include "base/scope.h"
#include "base/turn.h"
#include "text/frame.h"
#include "text/ink.h"
#include "text/overhang.h"
#include "text/recognise.h"
#include "text/strip_direction.h"
#include "text/unread_part.h"
#include "text/word_letters.h"
#include "text/words.h"

/* A line with lower confidence is an icon or a texture. */
static const double LEAST_CONFIDENCE = 0.5;
/* A line below this may be upside down: upside-down dates and numbers still read with 0.8 to 0.9. */
static const double DOUBTFUL_CONFIDENCE = 0.95;
/* Turning a line round must gain this much, since signs and digits read almost as well upside down. */
static const double TURNING_GAIN = 0.05;
/* A region this many times as high as wide holds a line that runs downwards. */
static const double VERTICAL_RATIO = 1.5;
/* A line turned otherwise than its page is read again, and may lose this much: 606908 reads as well as 806959. */
static const double PAGE_GAIN = 0.1;
/* Up to this many times as long as high, the shape of a region does not show which side is its upper one. */
static const double SQUARE_RATIO = 2.0;

/* The letters of a stack are no word below this. */
static const double STACK_CONFIDENCE = 0.8;

static bool is_vertical(const struct region *region) {
    const struct lince_point *c = region->corners;
    return hypot(c[3].x - c[0].x, c[3].y - c[0].y) > VERTICAL_RATIO * hypot(c[1].x - c[0].x, c[1].y - c[0].y);
}

/* A cut-out line and its strokes. */
struct scan {
    struct strip strip;
    struct ink ink;
};

static void scan_reverse(struct scan *scan) {
    strip_reverse(&scan->strip);
    ink_reverse(&scan->ink);
}

static enum lince_status recognise(const struct line_work *work, const struct scan *scan, struct reading *reading,
                                   struct lince_error *error) {
    return recognise_strip(work->models->recogniser, &scan->strip, &scan->ink, work->models->alphabet, work->heap,
                           work->scratch, reading, error);
}

/* Reads a line that may be upside down, and keeps the better of both readings. */
static enum lince_status read_in_doubt(const struct line_work *work, struct scan *scan, struct reading *reading,
                                       struct lince_error *error) {
    enum lince_status status = recognise(work, scan, reading, error);
    bool reversed = false;
    if (status == LINCE_OK && reading->confidence < DOUBTFUL_CONFIDENCE) {
        status = strip_is_reversed(work->models->direction, &scan->strip, work->heap, &reversed, error);
    }
    if (status != LINCE_OK || !reversed) {
        return status;
    }
    struct reading other;
    scan_reverse(scan);
    status = recognise(work, scan, &other, error);
    if (status == LINCE_OK && other.confidence > reading->confidence + TURNING_GAIN) {
        *reading = other;
    } else {
        scan_reverse(scan);
    }
    return status;
}

static enum lince_status scan_read(const struct line_work *work, struct scan *scan, struct reading *reading,
                                   struct lince_error *error) {
    if (work->direction == LINCE_DIRECTION_IN_DOUBT) {
        return read_in_doubt(work, scan, reading, error);
    }
    bool reversed = false;
    enum lince_status status = LINCE_OK;
    if (work->direction == LINCE_DIRECTION_ALWAYS) {
        status = strip_is_reversed(work->models->direction, &scan->strip, work->heap, &reversed, error);
    }
    if (reversed) {
        scan_reverse(scan);
    }
    return status == LINCE_OK ? recognise(work, scan, reading, error) : status;
}

static enum lince_status out_of_memory(const struct strip *strip, struct lince_error *error) {
    return error_set(
        error, LINCE_ERROR_MEMORY_LIMIT, "the memory limit was reached at a line %u pixels wide; raise the limit",
        "se alcanzó el límite de memoria en una línea de %u píxeles de ancho; suba el límite", strip->width);
}

static enum lince_status scan_to_line(const struct line_work *work, const struct image *image, struct scan *scan,
                                      struct read_line *read, struct lince_error *error) {
    struct reading reading;
    bool in_cells;
    if (!ink_find(&scan->strip, work->scratch, &scan->ink) ||
        !overhang_erase(image, work->heap, work->scratch, &scan->strip, &scan->ink) ||
        !frame_erase(&scan->strip, &scan->ink, work->scratch, &in_cells)) {
        return out_of_memory(&scan->strip, error);
    }
    enum lince_status status = scan_read(work, scan, &reading, error);
    if (status != LINCE_OK || reading.confidence < LEAST_CONFIDENCE) {
        return status;
    }
    read->silence = part_silence_of(&reading, &scan->ink);
    enum spread_cells cells = work->in_comb ? CELLS_OF_COMB : in_cells ? CELLS_SEEN : CELLS_NONE;
    pthread_mutex_lock(&work->page->lock);
    bool made = line_make(&reading, &scan->strip, &scan->ink, work->models->alphabet, cells, work->scratch,
                          work->page->arena, work->page->letters, &read->line, &read->doubts, &read->gaps);
    pthread_mutex_unlock(&work->page->lock);
    return made ? LINCE_OK : out_of_memory(&scan->strip, error);
}

enum lince_status quad_read(const struct line_work *work, const struct image *image,
                            const struct lince_point corners[4], double stretch, struct read_line *read,
                            struct lince_error *error) {
    SCOPE(heap_meter(work->heap), SCOPE_LINE);
    struct scan scan;
    *read = (struct read_line){0};
    enum lince_status status = strip_cut(image, corners, stretch, work->heap, &scan.strip, error);
    if (status == LINCE_OK) {
        status = scan_to_line(work, image, &scan, read, error);
        strip_free(&scan.strip);
    }
    return status;
}

/* ---- stacks ------------------------------------------------------------------------------------------- */

/* As many letters as there are cells, at least half of them different: a column of marks is no word. */
static bool is_stacked_word(const struct reading *reading, const struct alphabet *alphabet, size_t cell_count) {
    size_t count = 0, different = 0;
    for (size_t i = 0; i < reading->count; i++) {
        size_t symbol = reading->glyphs[i].symbol, first = 0;
        if (symbol == alphabet->space) {
            continue;
        }
        while (reading->glyphs[first].symbol != symbol) {
            first++;
        }
        different += first == i;
        count += alphabet_is_letter(alphabet, symbol) ? 1 : cell_count + 1;
    }
    return count == cell_count && 2 * different >= count && reading->confidence >= STACK_CONFIDENCE;
}

/* One word has no spaces, whatever the distances of its cells look like. */
static void spaces_drop(struct reading *reading, const struct alphabet *alphabet) {
    size_t count = 0;
    for (size_t i = 0; i < reading->count; i++) {
        if (reading->glyphs[i].symbol != alphabet->space) {
            reading->glyphs[count] = reading->glyphs[i];
            reading->alike[count] = reading->alike[i];
            reading->glyphs[count++].space_before = 0.0f;
        }
    }
    reading->count = count;
}

/* The word's box is the stack, and that of each letter its cell. */
static void stack_place(const struct stack *stack, const struct letter_book *letters, struct read_line *read) {
    struct lince_word *word = (struct lince_word *)(uintptr_t)read->line.words; /* ours until the page is given */
    word->box = read->line.box = box_of_quad(stack->corners);
    struct word_letters *own = letters == NULL ? NULL : letters->newest;
    for (size_t i = 0; own != NULL && own->word == word->text && i < own->count && i < stack->count; i++) {
        own->items[i].box = box_of_quad(stack->cells[i]);
    }
    read->doubts = NULL;
    read->gaps = (struct letter_gaps){0};
}

static enum lince_status stack_to_line(const struct line_work *work, const struct stack *stack, struct scan *scan,
                                       struct read_line *read, struct lince_error *error) {
    struct reading reading;
    if (!ink_find(&scan->strip, work->scratch, &scan->ink)) {
        return out_of_memory(&scan->strip, error);
    }
    enum lince_status status = recognise(work, scan, &reading, error);
    if (status != LINCE_OK || !is_stacked_word(&reading, work->models->alphabet, stack->count)) {
        return status;
    }
    spaces_drop(&reading, work->models->alphabet);
    pthread_mutex_lock(&work->page->lock);
    bool made = line_make(&reading, &scan->strip, &scan->ink, work->models->alphabet, CELLS_OF_COMB, work->scratch,
                          work->page->arena, work->page->letters, &read->line, &read->doubts, &read->gaps);
    if (made && read->line.word_count == 1) {
        stack_place(stack, work->page->letters, read);
    } else {
        *read = (struct read_line){0};
    }
    pthread_mutex_unlock(&work->page->lock);
    return made ? LINCE_OK : out_of_memory(&scan->strip, error);
}

enum lince_status stack_read(const struct line_work *work, const struct image *image, const struct stack *stack,
                             struct read_line *read, struct lince_error *error) {
    SCOPE(heap_meter(work->heap), SCOPE_LINE);
    struct scan scan;
    *read = (struct read_line){0};
    enum lince_status status =
        strip_join(image, stack->cells, stack->count, stack->corners, work->heap, &scan.strip, error);
    if (status == LINCE_OK) {
        status = stack_to_line(work, stack, &scan, read, error);
        strip_free(&scan.strip);
    }
    return status;
}

/* ---- turned lines ------------------------------------------------------------------------------------- */

struct corners region_corners(const struct region *region) {
    const struct lince_point *c = region->corners;
    return is_vertical(region) ? (struct corners){{c[1], c[2], c[3], c[0]}}
                               : (struct corners){{c[0], c[1], c[2], c[3]}};
}

enum lince_status line_read_turned(const struct line_work *work, const struct image *image, unsigned turn,
                                   struct read_line *read, struct lince_error *error) {
    const struct lince_point *q = read->line.quad;
    unsigned first = (turn + 4 - turn_of_quad(q)) % 4;
    bool square = hypot(q[1].x - q[0].x, q[1].y - q[0].y) < SQUARE_RATIO * hypot(q[3].x - q[0].x, q[3].y - q[0].y);
    if (first == 0 || (first != 2 && !square)) {
        return LINCE_OK;
    }
    const struct lince_point corners[4] = {q[first], q[(first + 1) % 4], q[(first + 2) % 4], q[(first + 3) % 4]};
    struct line_work upright = *work;
    upright.direction = LINCE_DIRECTION_NEVER;
    struct read_line other;
    enum lince_status status = quad_read(&upright, image, corners, 1.0, &other, error);
    if (status == LINCE_OK && other.line.word_count > 0 && other.line.confidence >= read->line.confidence - PAGE_GAIN) {
        *read = other;
    }
    return status;
}
