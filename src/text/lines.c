/* lines.c - turns each region into a line of words, with as many at once as there are readers. */
#include "text/lines.h"

#include <math.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/turn.h"
#include "base/utf8.h"
#include "text/line_queue.h"
#include "text/second_look.h"
#include "text/unread_part.h"

/* ---- in parallel --------------------------------------------------------------------------------------- */

struct pass;

/* Reads one item of a pass: a line, or a word of one. */
typedef enum lince_status (*pass_step)(const struct pass *pass, const struct line_work *work, size_t item,
                                       struct lince_error *error);

/* All lines of a page once, or those of their words that are read again. */
struct pass {
    const struct line_models *models;
    const struct image *image;
    const struct line_readers *readers;
    const struct progress *progress; /* NULL: no reports */
    const struct region_list *regions;
    const struct stack_list *stacks;
    struct lince_line *lines;
    struct doubt **doubts;       /* of each line */
    struct letter_gaps *gaps;    /* of each line */
    enum part_silence *silences; /* of each line */
    bool *stacked;               /* of each line: whether its letters are in another one, a word of a stack */
    struct look_list looks;
    enum lince_direction direction;
    unsigned turn; /* of the page */
    pass_step step;
    uint32_t (*columns_of)(const void *pass, size_t item);
    struct page_arena *page;
    struct line_queue queue;
};

/* The memory of a column that waits for its slice, as a fraction of one in the network. */
enum { WAITING_PART = 16 };

static uint32_t columns_of_strip(uint32_t width) {
    uint32_t slice = width < SLICE_WIDTH_LIMIT_PX ? width : SLICE_WIDTH_LIMIT_PX;
    return slice + (width - slice) / WAITING_PART;
}

static uint32_t columns_of_line(const void *context, size_t line) {
    const struct pass *pass = context;
    struct corners corners = region_corners(&pass->regions->items[line]);
    return columns_of_strip(strip_width(corners.points, 1.0));
}

static uint32_t columns_of_look(const void *context, size_t item) {
    const struct pass *pass = context;
    const struct doubt *doubt = pass->looks.items[item].doubt;
    return columns_of_strip(strip_width(doubt->corners, doubt->stretch));
}

/* Only the calling thread reports. Progress of the others comes with its next report, or the last. */
static enum lince_status pass_report(const struct pass *pass, size_t done_count, struct lince_error *error) {
    if (pass->progress == NULL) {
        return LINCE_OK;
    }
    return progress_report(pass->progress, LINCE_STAGE_RECOGNISE, (double)done_count / (double)pass->queue.count,
                           error);
}

static void lines_take(void *context, uint32_t member) {
    struct pass *pass = context;
    struct line_work work = {.models = pass->models,
                             .direction = pass->direction,
                             .heap = pass->readers->heap,
                             .scratch = pass->readers->scratch[member],
                             .page = pass->page};
    struct lince_error error = LINCE_ERROR_INIT;
    size_t item;
    uint32_t columns;
    error.language = line_queue_language(&pass->queue);
    while (line_queue_take(&pass->queue, pass->columns_of, pass, &item, &columns)) {
        struct arena_mark mark = arena_mark(work.scratch);
        enum lince_status status = pass->step(pass, &work, item, &error);
        arena_rewind(work.scratch, mark);
        if (status != LINCE_OK) {
            line_queue_fail(&pass->queue, columns, &error);
            return;
        }
        size_t done_count = line_queue_done(&pass->queue, columns);
        bool is_last = done_count == pass->queue.count; /* reported when all have finished */
        if (member == 0 && !is_last && pass_report(pass, done_count, &error) != LINCE_OK) {
            line_queue_fail(&pass->queue, 0, &error);
        }
    }
}

static enum lince_status pass_run(struct pass *pass, size_t count, struct lince_error *error) {
    line_queue_init(&pass->queue, count, pass->readers->columns_limit, error);
    crew_run(pass->readers->crew, lines_take, pass);
    enum lince_status status = pass->queue.status;
    line_queue_destroy(&pass->queue);
    return status == LINCE_OK && count > 0 ? pass_report(pass, count, error) : status;
}

/* ---- passes ------------------------------------------------------------------------------------------- */

static enum lince_status region_step(const struct pass *pass, const struct line_work *work, size_t line,
                                     struct lince_error *error) {
    struct corners corners = region_corners(&pass->regions->items[line]);
    struct line_work own = *work;
    own.in_comb = pass->regions->items[line].is_comb;
    struct read_line read;
    enum lince_status status = quad_read(&own, pass->image, corners.points, 1.0, &read, error);
    pass->lines[line] = read.line;
    pass->doubts[line] = read.doubts;
    pass->gaps[line] = read.gaps;
    pass->silences[line] = read.silence;
    return status;
}

static enum lince_status turned_step(const struct pass *pass, const struct line_work *work, size_t line,
                                     struct lince_error *error) {
    struct read_line read = {pass->lines[line], pass->doubts[line], pass->gaps[line], pass->silences[line]};
    if (read.line.word_count == 0) {
        return LINCE_OK;
    }
    enum lince_status status = line_read_turned(work, pass->image, pass->turn, &read, error);
    pass->lines[line] = read.line;
    pass->doubts[line] = read.doubts;
    pass->gaps[line] = read.gaps;
    pass->silences[line] = read.silence;
    return status;
}

static enum lince_status look_step(const struct pass *pass, const struct line_work *work, size_t item,
                                   struct lince_error *error) {
    struct look *look = &pass->looks.items[item];
    struct line_work upright = *work;
    upright.direction = LINCE_DIRECTION_NEVER; /* its line has already been turned */
    struct read_line read;
    enum lince_status status =
        quad_read(&upright, pass->image, look->doubt->corners, look->doubt->stretch, &read, error);
    look->other = read.line;
    return status;
}

static enum lince_status out_of_memory(size_t line_count, struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                     "the memory limit was reached at a page of %zu lines; raise the limit",
                     "se alcanzó el límite de memoria en una página de %zu líneas; suba el límite", line_count);
}

/* Reads words again, wider, if some of their characters may have been lost. */
static enum lince_status pass_look_again(struct pass *pass, size_t line_count, struct lince_error *error) {
    struct arena *arena = pass->page->arena;
    bool done = looks_list(pass->lines, pass->doubts, line_count, arena, &pass->looks);
    pass->progress = NULL;
    pass->step = look_step;
    pass->columns_of = columns_of_look;
    enum lince_status status = done ? pass_run(pass, pass->looks.count, error) : LINCE_OK;
    if (status == LINCE_OK && (!done || !looks_take(&pass->looks, arena))) {
        status = out_of_memory(line_count, error);
    }
    return status;
}

/* ---- regions that are one line ------------------------------------------------------------------------ */

/* Of the regions that are in a stack or a column, the first gets what was read in it, the others nothing. */
static void regions_take(struct pass *pass, bool (*is_in)(const void *place, const struct region *region),
                         const void *place, const struct read_line *read) {
    bool is_first = true;
    for (size_t i = 0; i < pass->regions->count; i++) {
        if (is_in(place, &pass->regions->items[i])) {
            pass->lines[i] = is_first ? read->line : (struct lince_line){.word_count = 0};
            pass->doubts[i] = is_first ? read->doubts : NULL;
            pass->gaps[i] = is_first ? read->gaps : (struct letter_gaps){0};
            pass->silences[i] = SILENCE_NONE;
            pass->stacked[i] = !is_first;
            is_first = false;
        }
    }
}

/* ---- stacks ------------------------------------------------------------------------------------------- */

/* Letters that stand upright are sometimes read well as those of a line that runs down; then by this much better. */
static const double STACK_LOSS = 0.03;

/*
 * Whether the word of a stack is read about as surely as what its letters were read as, a line that runs down, and is
 * all of it.
 */
static bool stack_is_better(const struct pass *pass, const struct stack *stack, const struct lince_line *word) {
    bool is_better = word->word_count > 0;
    for (size_t i = 0; i < pass->regions->count && is_better; i++) {
        const struct region *region = &pass->regions->items[i];
        const struct lince_line *line = &pass->lines[i];
        bool is_line =
            stack_holds(stack, region) && line->word_count > 0 && utf8_count(line->text, UTF8_TO_THE_END) > 1;
        is_better = !is_line || (stack_fills(stack, region) && line->confidence <= word->confidence + STACK_LOSS);
    }
    return is_better;
}

static bool is_in_stack(const void *stack, const struct region *region) {
    return stack_holds(stack, region);
}

/* Words whose letters stand one below another are read as words; few pages have any. */
static enum lince_status stacks_read(struct pass *pass, struct lince_error *error) {
    struct line_work work = {.models = pass->models,
                             .direction = LINCE_DIRECTION_NEVER,
                             .heap = pass->readers->heap,
                             .scratch = pass->readers->scratch[0],
                             .page = pass->page};
    enum lince_status status = LINCE_OK;
    for (size_t i = 0; i < pass->stacks->count && status == LINCE_OK; i++) {
        const struct stack *stack = &pass->stacks->items[i];
        struct arena_mark mark = arena_mark(work.scratch);
        struct read_line read;
        status = stack_read(&work, pass->image, stack, &read, error);
        arena_rewind(work.scratch, mark);
        if (status == LINCE_OK && stack_is_better(pass, stack, &read.line)) {
            regions_take(pass, is_in_stack, stack, &read);
        }
    }
    return status;
}

/* ---- columns ------------------------------------------------------------------------------------------ */

/*
 * Rows that are surer than the first are rows. A line that runs down must be at least as sure as the second, and surer
 * by the third than its letters by themselves.
 */
static const double ROWS_ARE_SURE = 0.97, COLUMN_CONFIDENCE = 0.85, COLUMN_GAIN = 0.03;

static bool is_in_column(const void *column, const struct region *region) {
    struct lince_box own = box_of_quad(((const struct region *)column)->corners), other = box_of_quad(region->corners);
    double x = (other.x0 + other.x1) / 2.0, y = (other.y0 + other.y1) / 2.0;
    return x >= own.x0 && x <= own.x1 && y >= own.y0 && y <= own.y1;
}

/* The mean confidence of the characters in the rows of a column; 0 if nothing was read in them, 1 if they are a stack.
 */
static double rows_confidence(const struct pass *pass, const struct region *column) {
    double sum = 0.0;
    size_t characters = 0;
    for (size_t i = 0; i < pass->regions->count; i++) {
        const struct lince_line *line = &pass->lines[i];
        if (!is_in_column(column, &pass->regions->items[i])) {
            continue;
        }
        if (pass->stacked[i]) {
            return 1.0;
        }
        if (line->word_count > 0) {
            size_t count = utf8_count(line->text, UTF8_TO_THE_END);
            sum += line->confidence * (double)count;
            characters += count;
        }
    }
    return characters == 0 ? 0.0 : sum / (double)characters;
}

/* A word turned by 90 degrees looks like rows of one letter; it is read as a line if that is read better. */
static enum lince_status columns_read(struct pass *pass, struct lince_error *error) {
    struct line_work work = {.models = pass->models,
                             .direction = pass->direction,
                             .heap = pass->readers->heap,
                             .scratch = pass->readers->scratch[0],
                             .page = pass->page};
    enum lince_status status = LINCE_OK;
    for (size_t i = 0; i < pass->regions->column_count && status == LINCE_OK; i++) {
        const struct region *column = &pass->regions->columns[i];
        double confidence = rows_confidence(pass, column);
        if (confidence >= ROWS_ARE_SURE) {
            continue;
        }
        struct corners corners = region_corners(column);
        struct arena_mark mark = arena_mark(work.scratch);
        struct read_line read;
        status = quad_read(&work, pass->image, corners.points, 1.0, &read, error);
        arena_rewind(work.scratch, mark);
        if (status == LINCE_OK && read.line.word_count > 0 &&
            read.line.confidence >= fmax(COLUMN_CONFIDENCE, confidence + COLUMN_GAIN)) {
            regions_take(pass, is_in_column, column, &read);
        }
    }
    return status;
}

/* ---- what was not read -------------------------------------------------------------------------------- */

/* One character at least is expected in so many columns of a strip. */
enum { CHARACTER_COLUMNS = 80 };

static bool is_wide(const struct region *region, uint32_t *columns) {
    struct corners corners = region_corners(region);
    *columns = strip_width(corners.points, 1.0);
    return *columns >= WORD_COLUMNS;
}

/*
 * Letters of another script are read as few characters, or as Latin ones that look a little like them, in which the
 * recogniser has no confidence. Of 94 photographs, scans and pages in Latin letters, the median line of the worst had
 * 0.964; of five in Hebrew, Thai and Devanagari, that of the best had 0.76.
 */
static const double UNREAD_BELOW_CONFIDENCE = 0.9;
/* Lone letters in cells are read with less confidence: the worst of 2,000 lines of such pages had 0.83. */
static const double COMB_READ_CONFIDENCE = 0.8;

static bool is_unread(const struct lince_line *line, uint32_t columns) {
    if (line->word_count > 0 && line->confidence < UNREAD_BELOW_CONFIDENCE) {
        return true;
    }
    size_t characters = line->word_count == 0 ? 0 : utf8_count(line->text, UTF8_TO_THE_END);
    return characters * CHARACTER_COLUMNS < columns;
}

/* A field with cells, whose letters stand as far apart as these, so that its width tells nothing of what was lost. */
static bool is_read_comb(const struct region *region, const struct lince_line *line) {
    return region->is_comb && line->word_count > 0 && line->confidence >= COMB_READ_CONFIDENCE;
}

/* Counts regions that were not read or only in part, and drops regions without text. */
static void lines_pack(const struct pass *pass, struct line_list *lines) {
    const struct region_list *regions = pass->regions;
    for (size_t i = 0; i < regions->count; i++) {
        uint32_t columns;
        if (pass->stacked[i] || is_read_comb(&regions->items[i], &lines->items[i])) {
            lines->wide_count += !pass->stacked[i];
        } else if (is_wide(&regions->items[i], &columns)) {
            lines->wide_count++;
            bool is_none = is_unread(&lines->items[i], columns);
            bool is_part = pass->silences[i] == SILENCE_THIN ||
                           ((pass->silences[i] == SILENCE_PART || part_is_doubtful(&lines->items[i])) &&
                            part_is_sure(&lines->items[i]));
            lines->part_count += is_part || (is_none && part_is_lost(&lines->items[i], columns));
            lines->unread_count += is_none || is_part;
        }
        if (lines->items[i].word_count > 0) {
            lines->items[lines->count++] = lines->items[i];
        }
    }
}

enum lince_status lines_read(const struct line_models *models, const struct image *image,
                             const struct region_list *regions, const struct stack_list *stacks,
                             enum lince_direction direction, const struct progress *progress,
                             const struct line_readers *readers, struct arena *arena, struct line_list *lines,
                             struct lince_error *error) {
    size_t count = regions->count;
    *lines = (struct line_list){.items = arena_allocate_zero(arena, count, sizeof *lines->items)};
    struct doubt **doubts = arena_allocate_zero(arena, count, sizeof *doubts);
    struct letter_gaps *gaps = arena_allocate_zero(arena, count, sizeof *gaps);
    enum part_silence *silences = arena_allocate_zero(arena, count, sizeof *silences);
    bool *stacked = arena_allocate_zero(arena, count, sizeof *stacked);
    if (lines->items == NULL || doubts == NULL || gaps == NULL || silences == NULL || stacked == NULL) {
        return out_of_memory(count, error);
    }
    struct page_arena page = {arena, PTHREAD_MUTEX_INITIALIZER, readers->letters};
    struct pass pass = {
        .models = models,
        .image = image,
        .readers = readers,
        .progress = progress,
        .regions = regions,
        .stacks = stacks,
        .lines = lines->items,
        .doubts = doubts,
        .gaps = gaps,
        .silences = silences,
        .stacked = stacked,
        .direction = direction,
        .step = region_step,
        .columns_of = columns_of_line,
        .page = &page,
    };
    enum lince_status status = pass_run(&pass, count, error);
    if (status == LINCE_OK && direction != LINCE_DIRECTION_NEVER) {
        /* Reads the few lines again that were read in another direction than most of the page. */
        pass.turn = turn_of_lines(lines->items, count);
        pass.progress = NULL;
        pass.step = turned_step;
        status = pass_run(&pass, count, error);
    }
    if (status == LINCE_OK) {
        status = stacks_read(&pass, error);
    }
    if (status == LINCE_OK) {
        status = columns_read(&pass, error);
    }
    bool is_sorted = status != LINCE_OK || readers->letters == NULL || letter_book_sort(readers->letters);
    if (status == LINCE_OK && (!is_sorted || !letter_gaps_join(lines->items, doubts, gaps, count,
                                                               models->alphabet->count, readers->letters, arena))) {
        status = out_of_memory(count, error);
    }
    if (status == LINCE_OK) {
        status = pass_look_again(&pass, count, error);
    }
    pthread_mutex_destroy(&page.lock);
    if (status == LINCE_OK) {
        lines_pack(&pass, lines);
    }
    return status;
}
