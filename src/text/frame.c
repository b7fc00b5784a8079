/* frame.c - follows thin level strokes from column to column. Thin strokes between them are rules too. */
#include "text/frame.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"

/* A rule is at most this thick. */
enum { THIN_PX = 6 };
/* Ink is not seen for at most this many columns of a rule, or is crossed by an upright one. */
enum { GAP_PX = 2, CROSSING_PX = 8 };
/* A level rule of a frame or of cells that touch, and one side of a single cell. Bars of letters are shorter. */
enum { RULE_PX = 96, SIDE_PX = 16 };
/* A level rule has its middle among this many of the upper or lower rows: others cross the text out. */
enum { OUTER_ROWS = 18 };
/* A rule deviates from a straight line by at most this, and at most this share of it has ink beside it. */
static const double BENT_PX = 1.5, MOST_BESIDE = 0.35;
/*
 * Two ends of rules meet within the first distance; an upright stroke reaches the middle of a level rule within the
 * second.
 */
enum { MEET_PX = 3 };
static const double REACH_PX = 2.5;
/* Bars of letters that run together: so many, with strokes so far apart, which hang from them by so many rows. */
enum { LEAST_BARS = 3, LEAST_PITCH_PX = 10, MOST_PITCH_PX = 44, STROKE_ROWS = 4 };
/* Single cells, and ticks of equal height on a rule, count from this many on. */
enum { LEAST_CELLS = 3, LEAST_TICKS = 4 };
/* An upright stroke on a rule, between letters. */
enum { TICK_LEAST_PX = 5, TICK_MOST_PX = 26, TICK_SPREAD_PX = 5 };
/* An upright rule without a level one is looked for only this near the ends of the strip. */
enum { END_PX = 32 };
/* Rules differ from the paper by at least this share of what strokes do. */
static const float FAINT_SHARE = 0.45f;
/* This many pixels around a stroke are grey. */
enum { FRINGE_PX = 2 };

enum { TRACES_LIMIT = 96, PLACES_BITS = 64 };

/* A bit for each row of a column of the strip, the lowest for the upper one. */
struct columns {
    uint64_t *inked, *rules; /* strokes and rules; of these, the rules */
    uint32_t width;
};

/* A level stroke from column `first` to `last`, in rows top <= y < bottom at its last column. */
struct trace {
    uint32_t first, last, seen; /* `seen`: the last column where it was thin */
    double first_row, last_row; /* its middle there */
    double least_row, most_row; /* of all its middles */
    uint32_t top, bottom;
    bool is_rule;
};

struct traces {
    struct trace items[TRACES_LIMIT];
    size_t count;
    uint8_t live[TRACES_LIMIT]; /* the numbers of those that a run may continue */
    size_t live_count;
    uint64_t free[TRACES_LIMIT / PLACES_BITS + 1]; /* a bit for each place of a short one that has ended */
};

static bool has_ink(const struct columns *columns, uint32_t x, uint32_t y) {
    return (columns->inked[x] >> y & 1) != 0;
}

/* The next run of ink in a column at or below *bottom; false after the last one. The rows below the strip are bare. */
static bool run_next(uint64_t inked, uint32_t *top, uint32_t *bottom) {
    uint64_t below = inked >> *bottom << *bottom;
    if (below == 0) {
        return false;
    }
    *top = (uint32_t)__builtin_ctzll(below);
    *bottom = *top + (uint32_t)__builtin_ctzll(~(below >> *top));
    return true;
}

/* ---- level rules -------------------------------------------------------------------------------------- */

static uint32_t length_of(const struct trace *trace) {
    return trace->seen - trace->first + 1;
}

/* A place for a new trace: that of a short one that has ended, or at the end; NULL if there is none. */
static struct trace *trace_place(struct traces *traces) {
    size_t place = TRACES_LIMIT;
    for (size_t i = 0; i < sizeof traces->free / sizeof *traces->free && place == TRACES_LIMIT; i++) {
        if (traces->free[i] != 0) {
            place = i * PLACES_BITS + (size_t)__builtin_ctzll(traces->free[i]);
            traces->free[i] &= traces->free[i] - 1;
        }
    }
    if (place == TRACES_LIMIT && traces->count < TRACES_LIMIT) {
        place = traces->count++;
    }
    if (place == TRACES_LIMIT) {
        return NULL;
    }
    traces->live[traces->live_count++] = (uint8_t)place;
    return &traces->items[place];
}

/* Ends the traces that no run of column x can continue. */
static void traces_end(struct traces *traces, uint32_t x) {
    size_t count = 0;
    for (size_t i = 0; i < traces->live_count; i++) {
        size_t place = traces->live[i];
        const struct trace *trace = &traces->items[place];
        if (x - trace->last <= GAP_PX + 1) {
            traces->live[count++] = (uint8_t)place;
        } else if (length_of(trace) < SIDE_PX) {
            traces->free[place / PLACES_BITS] |= (uint64_t)1 << place % PLACES_BITS;
        }
    }
    traces->live_count = count;
}

/* Continues the traces that the run top <= y < bottom of column x meets; a thin run that meets none begins one. */
static void run_follow(struct traces *traces, uint32_t x, uint32_t top, uint32_t bottom) {
    bool is_thin = bottom - top <= THIN_PX, met = false;
    for (size_t i = 0; i < traces->live_count; i++) {
        struct trace *trace = &traces->items[traces->live[i]];
        if (trace->last >= x || top > trace->bottom || bottom < trace->top ||
            (!is_thin && x - trace->seen > CROSSING_PX)) {
            continue;
        }
        trace->last = x;
        met = true;
        if (is_thin) {
            trace->seen = x;
            trace->top = top;
            trace->bottom = bottom;
            trace->last_row = (top + bottom) / 2.0;
            trace->least_row = fmin(trace->least_row, trace->last_row);
            trace->most_row = fmax(trace->most_row, trace->last_row);
        }
    }
    struct trace *trace = met || !is_thin ? NULL : trace_place(traces);
    if (trace != NULL) {
        double row = (top + bottom) / 2.0;
        *trace = (struct trace){x, x, x, row, row, row, row, top, bottom, false};
    }
}

static void traces_find(const struct columns *columns, struct traces *traces) {
    traces->count = traces->live_count = 0;
    memset(traces->free, 0, sizeof traces->free);
    for (uint32_t x = 0; x < columns->width; x++) {
        if (columns->inked[x] != 0) {
            traces_end(traces, x);
        }
        for (uint32_t top, bottom = 0; run_next(columns->inked[x], &top, &bottom);) {
            run_follow(traces, x, top, bottom);
        }
    }
}

static double row_at(const struct trace *trace, uint32_t x) {
    double length = trace->seen - trace->first;
    return length == 0 ? trace->first_row
                       : trace->first_row + (trace->last_row - trace->first_row) * ((double)x - trace->first) / length;
}

static bool is_upper(const struct trace *trace) {
    return trace->first_row < OUTER_ROWS && trace->last_row < OUTER_ROWS;
}

static bool is_lower(const struct trace *trace) {
    return trace->first_row > STRIP_HEIGHT_PX - OUTER_ROWS && trace->last_row > STRIP_HEIGHT_PX - OUTER_ROWS;
}

/* The columns of a trace with ink `off_px` below it. */
static uint32_t ink_beside(const struct columns *columns, const struct trace *trace, double off_px) {
    uint32_t count = 0;
    for (uint32_t x = trace->first; x <= trace->seen; x++) {
        double row = row_at(trace, x) + off_px;
        count += row >= 0.0 && row < STRIP_HEIGHT_PX && has_ink(columns, x, (uint32_t)row);
    }
    return count;
}

/* Whether a trace is a straight line with little beside it, not the edge of round or slanted letters. */
static bool is_line(const struct columns *columns, const struct trace *trace) {
    double beside = (trace->bottom - trace->top) / 2.0 + 2.5, most = MOST_BESIDE * length_of(trace);
    return trace->most_row - trace->least_row <= fabs(trace->last_row - trace->first_row) + BENT_PX &&
           ink_beside(columns, trace, -beside) <= most && ink_beside(columns, trace, beside) <= most;
}

/* Whether most rows between two traces have ink within some columns around x. */
static bool is_closed(const struct columns *columns, const struct trace *upper, const struct trace *lower, uint32_t x) {
    uint32_t from = (uint32_t)row_at(upper, x), until = (uint32_t)row_at(lower, x), rows = 0;
    uint32_t left = x < MEET_PX ? 0 : x - MEET_PX,
             right = x + MEET_PX < columns->width ? x + MEET_PX : columns->width - 1;
    for (uint32_t y = from; y < until; y++) {
        bool any = false;
        for (uint32_t column = left; column <= right; column++) {
            any = any || has_ink(columns, column, y);
        }
        rows += any;
    }
    return until > from && 5 * rows >= 4 * (until - from);
}

static bool are_near(uint32_t a, uint32_t b) {
    return (a > b ? a - b : b - a) <= MEET_PX;
}

/* Whether the two are the upper and lower side of a cell. */
static bool are_cell(const struct columns *columns, const struct trace *upper, const struct trace *lower) {
    return length_of(upper) >= SIDE_PX && length_of(lower) >= SIDE_PX && is_upper(upper) && is_lower(lower) &&
           is_line(columns, upper) && is_line(columns, lower) && are_near(upper->first, lower->first) &&
           are_near(upper->seen, lower->seen) && is_closed(columns, upper, lower, upper->first) &&
           is_closed(columns, upper, lower, upper->seen);
}

/* Marks the pairs of traces that are cells; gives their number. */
static size_t cells_mark(const struct columns *columns, struct traces *traces, bool is_rule) {
    size_t count = 0;
    for (size_t i = 0; i < traces->count; i++) {
        bool may_be_upper = length_of(&traces->items[i]) >= SIDE_PX && is_upper(&traces->items[i]);
        for (size_t k = 0; k < traces->count && may_be_upper; k++) {
            if (i != k && are_cell(columns, &traces->items[i], &traces->items[k])) {
                count++;
                traces->items[i].is_rule |= is_rule;
                traces->items[k].is_rule |= is_rule;
            }
        }
    }
    return count;
}

/* Whether ink hangs from a trace, without a gap. */
static bool has_stroke(const struct columns *columns, const struct trace *trace, uint32_t x) {
    double from = row_at(trace, x), until = from + (trace->bottom - trace->top) / 2.0 + STROKE_ROWS;
    for (uint32_t y = (uint32_t)from; y < until && y < STRIP_HEIGHT_PX; y++) {
        if (!has_ink(columns, x, y)) {
            return false;
        }
    }
    return until < STRIP_HEIGHT_PX;
}

/*
 * Whether the trace is the bars of sevens, which run together: strokes hang from it from end to end, at the distances
 * of letters.
 */
static bool are_bars(const struct columns *columns, const struct trace *trace) {
    uint32_t count = 0, last = trace->first;
    bool was_stroke = false;
    for (uint32_t x = trace->first; x <= trace->seen; x++) {
        bool is_stroke = has_stroke(columns, trace, x);
        if (is_stroke && !was_stroke) {
            if (x - last > MOST_PITCH_PX) {
                return false;
            }
            last = x;
            count++;
        }
        was_stroke = is_stroke;
    }
    return trace->seen - last <= MOST_PITCH_PX && count >= LEAST_BARS && length_of(trace) >= LEAST_PITCH_PX * count;
}

/* Whether a level rule is below an upper one: both are of a frame. */
static bool is_closed_below(const struct columns *columns, const struct traces *traces, const struct trace *upper) {
    for (size_t i = 0; i < traces->count; i++) {
        const struct trace *lower = &traces->items[i];
        if (length_of(lower) >= RULE_PX && is_lower(lower) && is_line(columns, lower) && lower->first <= upper->seen &&
            lower->seen >= upper->first) {
            return true;
        }
    }
    return false;
}

/* Marks the traces that are rules, and keeps only those; false if there are none. */
static bool rules_keep(const struct columns *columns, struct traces *traces) {
    if (cells_mark(columns, traces, false) >= LEAST_CELLS) {
        cells_mark(columns, traces, true);
    }
    size_t count = 0;
    for (size_t i = 0; i < traces->count; i++) {
        struct trace *trace = &traces->items[i];
        if (trace->is_rule ||
            (length_of(trace) >= RULE_PX && (is_upper(trace) || is_lower(trace)) && is_line(columns, trace) &&
             !(is_upper(trace) && are_bars(columns, trace) && !is_closed_below(columns, traces, trace)))) {
            traces->items[count++] = *trace;
        }
    }
    traces->count = count;
    return count > 0;
}

/* The rule at a row of a column, which an upright stroke that ends there reaches; NULL if there is none. */
static const struct trace *rule_at(const struct traces *rules, uint32_t x, uint32_t row) {
    for (size_t i = 0; i < rules->count; i++) {
        const struct trace *rule = &rules->items[i];
        bool is_beside = x + MEET_PX >= rule->first && x <= rule->seen + MEET_PX;
        if (is_beside && fabs(row_at(rule, x) - row) <= REACH_PX) {
            return rule;
        }
    }
    return NULL;
}

/* ---- upright rules ------------------------------------------------------------------------------------ */

static void run_mark(const struct columns *columns, uint32_t x, uint32_t top, uint32_t bottom) {
    if (top < bottom) {
        columns->rules[x] |= (((uint64_t)1 << (bottom - top)) - 1) << top;
    }
}

/* Where an upright rule crosses, only the rows of the level one are taken. */
static void rule_mark(const struct columns *columns, const struct trace *rule) {
    uint32_t thick = rule->bottom - rule->top;
    for (uint32_t x = rule->first; x <= rule->seen; x++) {
        double row = row_at(rule, x);
        for (uint32_t top, bottom = 0; run_next(columns->inked[x], &top, &bottom);) {
            if (top > row + MEET_PX || bottom + MEET_PX < row) {
                continue;
            }
            uint32_t from = (uint32_t)fmax(row - thick / 2.0, top);
            uint32_t until = (uint32_t)fmin(ceil(row + thick / 2.0), bottom);
            bool is_thin = bottom - top <= THIN_PX;
            run_mark(columns, x, is_thin ? top : from, is_thin ? bottom : until);
        }
    }
}

/* Whether the ink is narrow at a pixel of it. */
static bool is_narrow(const struct columns *columns, uint32_t x, uint32_t y) {
    uint32_t left = x, right = x;
    while (left > 0 && has_ink(columns, left - 1, y) && right - left <= THIN_PX) {
        left--;
    }
    while (right + 1 < columns->width && has_ink(columns, right + 1, y) && right - left <= THIN_PX) {
        right++;
    }
    return right - left < THIN_PX;
}

/* An upright run that is thin: what it meets above and below. */
struct upright {
    uint32_t x, top, bottom;
    bool meets_above, meets_below;
};

static bool is_rule(const struct upright *run, const struct columns *columns, bool any_rules) {
    bool is_at_end = run->x < END_PX || run->x + END_PX >= columns->width,
         is_whole = run->bottom - run->top == STRIP_HEIGHT_PX;
    return run->meets_above && run->meets_below && (is_whole ? any_rules || is_at_end : any_rules);
}

static bool is_tick(const struct upright *run, uint32_t height_px) {
    uint32_t own = run->bottom - run->top;
    return run->meets_below && !run->meets_above && run->bottom < STRIP_HEIGHT_PX && own >= TICK_LEAST_PX &&
           own <= TICK_MOST_PX && (height_px == 0 || own + TICK_SPREAD_PX >= height_px) &&
           (height_px == 0 || own <= height_px + TICK_SPREAD_PX);
}

/* The next thin upright run from column *x on, below *bottom in it. */
static bool upright_next(const struct columns *columns, const struct traces *rules, struct upright *run) {
    for (; run->x < columns->width; run->x++, run->bottom = 0) {
        while (run_next(columns->inked[run->x], &run->top, &run->bottom)) {
            if (run->bottom - run->top >= TICK_LEAST_PX && is_narrow(columns, run->x, (run->top + run->bottom) / 2)) {
                run->meets_above = run->top == 0 || rule_at(rules, run->x, run->top) != NULL;
                run->meets_below = run->bottom == STRIP_HEIGHT_PX || rule_at(rules, run->x, run->bottom - 1) != NULL;
                return true;
            }
        }
    }
    return false;
}

/* The height of ticks, if there are enough of one height; otherwise 0. */
static uint32_t ticks_height(const struct columns *columns, const struct traces *rules) {
    uint32_t heights[STRIP_HEIGHT_PX + 1] = {0}, last = 0, best = 0, most = 0;
    struct upright run = {.x = 0};
    while (rules->count > 0 && upright_next(columns, rules, &run)) {
        if (is_tick(&run, 0) && (last == 0 || run.x > last + THIN_PX)) {
            heights[run.bottom - run.top]++;
            last = run.x;
        }
    }
    for (uint32_t height = TICK_LEAST_PX; height <= TICK_MOST_PX; height++) {
        uint32_t count = 0;
        for (uint32_t i = height - 2; i <= height + 2; i++) {
            count += heights[i];
        }
        best = count > most ? height : best;
        most = count > most ? count : most;
    }
    return most >= LEAST_TICKS ? best : 0;
}

/* Marks the upright rules, and gives their number. */
static uint32_t uprights_mark(const struct columns *columns, const struct traces *rules) {
    uint32_t tick_px = ticks_height(columns, rules);
    struct upright run = {.x = 0};
    uint32_t count = 0, last = 0;
    while (upright_next(columns, rules, &run)) {
        if (is_rule(&run, columns, rules->count > 0) || (tick_px > 0 && is_tick(&run, tick_px))) {
            run_mark(columns, run.x, run.top, run.bottom);
            count += count == 0 || run.x > last + THIN_PX;
            last = run.x;
        }
    }
    return count;
}

/* ---- painting ----------------------------------------------------------------------------------------- */

static float paper_mean(const float *plane, const struct columns *columns) {
    size_t count = 0;
    double sum = 0.0;
    for (uint32_t y = 0; y < STRIP_HEIGHT_PX; y++, plane += columns->width) {
        for (uint32_t x = 0; x < columns->width; x++) {
            sum += has_ink(columns, x, y) ? 0.0f : plane[x];
            count += !has_ink(columns, x, y);
        }
    }
    return count == 0 ? 0.0f : (float)(sum / (double)count);
}

/* Paints a pixel and its fringe, but no stroke. */
static void fringe_paint(struct strip *strip, const struct columns *columns, uint32_t x, uint32_t y,
                         const float paper[3]) {
    uint32_t left = x < FRINGE_PX ? 0 : x - FRINGE_PX, top = y < FRINGE_PX ? 0 : y - FRINGE_PX;
    for (uint32_t column = left; column <= x + FRINGE_PX && column < strip->width; column++) {
        uint64_t strokes = columns->inked[column] & ~columns->rules[column];
        for (uint32_t row = top; row <= y + FRINGE_PX && row < STRIP_HEIGHT_PX; row++) {
            size_t at = (size_t)row * strip->width + column;
            for (size_t c = 0; c < 3 && (strokes >> row & 1) == 0; c++) {
                strip->planes[c * STRIP_HEIGHT_PX * strip->width + at] = paper[c];
            }
        }
    }
}

static void rules_paint(struct strip *strip, const struct columns *columns, struct ink *ink) {
    size_t size = (size_t)strip->width * STRIP_HEIGHT_PX;
    float paper[3];
    for (size_t c = 0; c < 3; c++) {
        paper[c] = paper_mean(strip->planes + c * size, columns);
    }
    for (uint32_t x = 0; x < strip->width; x++) {
        for (uint64_t rows = columns->rules[x]; rows != 0; rows &= rows - 1) {
            uint32_t y = (uint32_t)__builtin_ctzll(rows);
            size_t at = (size_t)y * strip->width + x;
            fringe_paint(strip, columns, x, y, paper);
            ink->columns[x] = (uint8_t)(ink->columns[x] - ink->pixels[at]);
            ink->pixels[at] = 0;
        }
    }
}

bool frame_erase(struct strip *strip, struct ink *ink, struct arena *arena, bool *in_cells) {
    struct arena_mark mark = arena_mark(arena);
    struct columns columns = {arena_allocate(arena, strip->width * sizeof *columns.inked),
                              arena_allocate_zero(arena, strip->width, sizeof *columns.rules), strip->width};
    bool done = columns.inked != NULL && columns.rules != NULL;
    if (done) {
        struct traces traces;
        ink_find_fainter(strip, ink, FAINT_SHARE, columns.inked);
        traces_find(&columns, &traces);
        bool any = rules_keep(&columns, &traces);
        uint32_t uprights = uprights_mark(&columns, &traces);
        for (size_t i = 0; i < traces.count; i++) {
            rule_mark(&columns, &traces.items[i]);
        }
        if (any || uprights > 0) {
            rules_paint(strip, &columns, ink);
        }
        *in_cells = uprights > LEAST_CELLS;
    }
    arena_rewind(arena, mark);
    return done;
}
