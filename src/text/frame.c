/* frame.c - follows thin level strokes from column to column. Thin strokes between them are rules too. */
#include "text/frame.h"

#include <math.h>

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

enum { TRACES_LIMIT = 96 };

/* The kinds of pixels in the ink while rules are looked for. */
enum { PAPER, STROKE, RULE };

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
};

static uint8_t *pixel_of(const struct ink *ink, uint32_t x, uint32_t y) {
    return &ink->pixels[(size_t)y * ink->width + x];
}

/* The next run of ink in a column at or below *bottom; false after the last one. */
static bool run_next(const struct ink *ink, uint32_t x, uint32_t *top, uint32_t *bottom) {
    uint32_t y = *bottom;
    while (y < STRIP_HEIGHT_PX && *pixel_of(ink, x, y) == PAPER) {
        y++;
    }
    *top = y;
    while (y < STRIP_HEIGHT_PX && *pixel_of(ink, x, y) != PAPER) {
        y++;
    }
    *bottom = y;
    return *top < y;
}

/* ---- level rules -------------------------------------------------------------------------------------- */

static uint32_t length_of(const struct trace *trace) {
    return trace->seen - trace->first + 1;
}

/* A place for a new trace: at the end, or that of a short one that has ended; NULL if there is none. */
static struct trace *trace_place(struct traces *traces, uint32_t x) {
    for (size_t i = 0; i < traces->count; i++) {
        struct trace *trace = &traces->items[i];
        if (length_of(trace) < SIDE_PX && x > trace->last + GAP_PX + 1) {
            return trace;
        }
    }
    return traces->count < TRACES_LIMIT ? &traces->items[traces->count++] : NULL;
}

/* Continues the traces that the run top <= y < bottom of column x meets; a thin run that meets none begins one. */
static void run_follow(struct traces *traces, uint32_t x, uint32_t top, uint32_t bottom) {
    bool is_thin = bottom - top <= THIN_PX, met = false;
    for (size_t i = 0; i < traces->count; i++) {
        struct trace *trace = &traces->items[i];
        if (trace->last >= x || x - trace->last > GAP_PX + 1 || top > trace->bottom || bottom < trace->top ||
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
    struct trace *trace = met || !is_thin ? NULL : trace_place(traces, x);
    if (trace != NULL) {
        double row = (top + bottom) / 2.0;
        *trace = (struct trace){x, x, x, row, row, row, row, top, bottom, false};
    }
}

static void traces_find(const struct ink *ink, struct traces *traces) {
    traces->count = 0;
    for (uint32_t x = 0; x < ink->width; x++) {
        for (uint32_t top, bottom = 0; ink->columns[x] > 0 && run_next(ink, x, &top, &bottom);) {
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
static uint32_t ink_beside(const struct ink *ink, const struct trace *trace, double off_px) {
    uint32_t count = 0;
    for (uint32_t x = trace->first; x <= trace->seen; x++) {
        double row = row_at(trace, x) + off_px;
        count += row >= 0.0 && row < STRIP_HEIGHT_PX && *pixel_of(ink, x, (uint32_t)row) != PAPER;
    }
    return count;
}

/* Whether a trace is a straight line with little beside it, not the edge of round or slanted letters. */
static bool is_line(const struct ink *ink, const struct trace *trace) {
    double beside = (trace->bottom - trace->top) / 2.0 + 2.5, most = MOST_BESIDE * length_of(trace);
    return trace->most_row - trace->least_row <= fabs(trace->last_row - trace->first_row) + BENT_PX &&
           ink_beside(ink, trace, -beside) <= most && ink_beside(ink, trace, beside) <= most;
}

/* Whether most rows between two traces have ink within some columns around x. */
static bool is_closed(const struct ink *ink, const struct trace *upper, const struct trace *lower, uint32_t x) {
    uint32_t from = (uint32_t)row_at(upper, x), until = (uint32_t)row_at(lower, x), rows = 0;
    uint32_t left = x < MEET_PX ? 0 : x - MEET_PX, right = x + MEET_PX < ink->width ? x + MEET_PX : ink->width - 1;
    for (uint32_t y = from; y < until; y++) {
        bool any = false;
        for (uint32_t column = left; column <= right; column++) {
            any = any || *pixel_of(ink, column, y) != PAPER;
        }
        rows += any;
    }
    return until > from && 5 * rows >= 4 * (until - from);
}

static bool are_near(uint32_t a, uint32_t b) {
    return (a > b ? a - b : b - a) <= MEET_PX;
}

/* Whether the two are the upper and lower side of a cell. */
static bool are_cell(const struct ink *ink, const struct trace *upper, const struct trace *lower) {
    return length_of(upper) >= SIDE_PX && length_of(lower) >= SIDE_PX && is_upper(upper) && is_lower(lower) &&
           is_line(ink, upper) && is_line(ink, lower) && are_near(upper->first, lower->first) &&
           are_near(upper->seen, lower->seen) && is_closed(ink, upper, lower, upper->first) &&
           is_closed(ink, upper, lower, upper->seen);
}

/* Marks the pairs of traces that are cells; gives their number. */
static size_t cells_mark(const struct ink *ink, struct traces *traces, bool is_rule) {
    size_t count = 0;
    for (size_t i = 0; i < traces->count; i++) {
        for (size_t k = 0; k < traces->count; k++) {
            if (i != k && are_cell(ink, &traces->items[i], &traces->items[k])) {
                count++;
                traces->items[i].is_rule |= is_rule;
                traces->items[k].is_rule |= is_rule;
            }
        }
    }
    return count;
}

/* Whether ink hangs from a trace, without a gap. */
static bool has_stroke(const struct ink *ink, const struct trace *trace, uint32_t x) {
    double from = row_at(trace, x), until = from + (trace->bottom - trace->top) / 2.0 + STROKE_ROWS;
    for (uint32_t y = (uint32_t)from; y < until && y < STRIP_HEIGHT_PX; y++) {
        if (*pixel_of(ink, x, y) == PAPER) {
            return false;
        }
    }
    return until < STRIP_HEIGHT_PX;
}

/*
 * Whether the trace is the bars of sevens, which run together: strokes hang from it from end to end, at the distances
 * of letters.
 */
static bool are_bars(const struct ink *ink, const struct trace *trace) {
    uint32_t count = 0, last = trace->first;
    bool was_stroke = false;
    for (uint32_t x = trace->first; x <= trace->seen; x++) {
        bool is_stroke = has_stroke(ink, trace, x);
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
static bool is_closed_below(const struct ink *ink, const struct traces *traces, const struct trace *upper) {
    for (size_t i = 0; i < traces->count; i++) {
        const struct trace *lower = &traces->items[i];
        if (length_of(lower) >= RULE_PX && is_lower(lower) && is_line(ink, lower) && lower->first <= upper->seen &&
            lower->seen >= upper->first) {
            return true;
        }
    }
    return false;
}

/* Marks the traces that are rules, and keeps only those; false if there are none. */
static bool rules_keep(const struct ink *ink, struct traces *traces) {
    if (cells_mark(ink, traces, false) >= LEAST_CELLS) {
        cells_mark(ink, traces, true);
    }
    size_t count = 0;
    for (size_t i = 0; i < traces->count; i++) {
        struct trace *trace = &traces->items[i];
        if (trace->is_rule ||
            (length_of(trace) >= RULE_PX && (is_upper(trace) || is_lower(trace)) && is_line(ink, trace) &&
             !(is_upper(trace) && are_bars(ink, trace) && !is_closed_below(ink, traces, trace)))) {
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

static void run_mark(const struct ink *ink, uint32_t x, uint32_t top, uint32_t bottom) {
    for (uint32_t y = top; y < bottom; y++) {
        *pixel_of(ink, x, y) = RULE;
    }
}

/* Where an upright rule crosses, only the rows of the level one are taken. */
static void rule_mark(const struct ink *ink, const struct trace *rule) {
    uint32_t thick = rule->bottom - rule->top;
    for (uint32_t x = rule->first; x <= rule->seen; x++) {
        double row = row_at(rule, x);
        for (uint32_t top, bottom = 0; run_next(ink, x, &top, &bottom);) {
            if (top > row + MEET_PX || bottom + MEET_PX < row) {
                continue;
            }
            uint32_t from = (uint32_t)fmax(row - thick / 2.0, top);
            uint32_t until = (uint32_t)fmin(ceil(row + thick / 2.0), bottom);
            bool is_thin = bottom - top <= THIN_PX;
            run_mark(ink, x, is_thin ? top : from, is_thin ? bottom : until);
        }
    }
}

/* Whether the ink is narrow at a pixel of it. */
static bool is_narrow(const struct ink *ink, uint32_t x, uint32_t y) {
    uint32_t left = x, right = x;
    while (left > 0 && *pixel_of(ink, left - 1, y) != PAPER && right - left <= THIN_PX) {
        left--;
    }
    while (right + 1 < ink->width && *pixel_of(ink, right + 1, y) != PAPER && right - left <= THIN_PX) {
        right++;
    }
    return right - left < THIN_PX;
}

/* An upright run that is thin: what it meets above and below. */
struct upright {
    uint32_t x, top, bottom;
    bool meets_above, meets_below;
};

static bool is_rule(const struct upright *run, const struct ink *ink, bool any_rules) {
    bool is_at_end = run->x < END_PX || run->x + END_PX >= ink->width,
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
static bool upright_next(const struct ink *ink, const struct traces *rules, struct upright *run) {
    for (; run->x < ink->width; run->x++, run->bottom = 0) {
        while (ink->columns[run->x] >= TICK_LEAST_PX && run_next(ink, run->x, &run->top, &run->bottom)) {
            if (run->bottom - run->top >= TICK_LEAST_PX && is_narrow(ink, run->x, (run->top + run->bottom) / 2)) {
                run->meets_above = run->top == 0 || rule_at(rules, run->x, run->top) != NULL;
                run->meets_below = run->bottom == STRIP_HEIGHT_PX || rule_at(rules, run->x, run->bottom - 1) != NULL;
                return true;
            }
        }
    }
    return false;
}

/* The height of ticks, if there are enough of one height; otherwise 0. */
static uint32_t ticks_height(const struct ink *ink, const struct traces *rules) {
    uint32_t heights[STRIP_HEIGHT_PX + 1] = {0}, last = 0, best = 0, most = 0;
    struct upright run = {.x = 0};
    while (rules->count > 0 && upright_next(ink, rules, &run)) {
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
static uint32_t uprights_mark(const struct ink *ink, const struct traces *rules) {
    uint32_t tick_px = ticks_height(ink, rules);
    struct upright run = {.x = 0};
    uint32_t count = 0, last = 0;
    while (upright_next(ink, rules, &run)) {
        if (is_rule(&run, ink, rules->count > 0) || (tick_px > 0 && is_tick(&run, tick_px))) {
            run_mark(ink, run.x, run.top, run.bottom);
            count += count == 0 || run.x > last + THIN_PX;
            last = run.x;
        }
    }
    return count;
}

/* ---- painting ----------------------------------------------------------------------------------------- */

static float brightness(const struct strip *strip, size_t i) {
    size_t plane = (size_t)strip->width * STRIP_HEIGHT_PX;
    return (strip->planes[i] + strip->planes[plane + i] + strip->planes[2 * plane + i]) / 3.0f;
}

/* Ink with a lower limit of difference from the paper, since rules are thin and pale. In `arena`. */
static bool faint_find(const struct strip *strip, const struct ink *ink, struct arena *arena, struct ink *faint) {
    size_t count = (size_t)strip->width * STRIP_HEIGHT_PX;
    *faint = *ink;
    faint->pixels = arena_allocate(arena, count);
    faint->columns = arena_allocate_zero(arena, strip->width, 1);
    if (faint->pixels == NULL || faint->columns == NULL) {
        return false;
    }
    for (size_t at = 0; at < count; at += strip->width) {
        for (size_t x = 0; x < strip->width; x++) {
            bool is_ink = fabsf(brightness(strip, at + x) - ink->paper) > FAINT_SHARE * ink->least;
            faint->pixels[at + x] = is_ink ? STROKE : PAPER;
            faint->columns[x] = (uint8_t)(faint->columns[x] + is_ink);
        }
    }
    return true;
}

static float paper_mean(const float *plane, const struct ink *faint) {
    size_t size = (size_t)faint->width * STRIP_HEIGHT_PX, count = 0;
    double sum = 0.0;
    for (size_t i = 0; i < size; i++) {
        sum += faint->pixels[i] == PAPER ? plane[i] : 0.0f;
        count += faint->pixels[i] == PAPER;
    }
    return count == 0 ? 0.0f : (float)(sum / (double)count);
}

/* Paints a pixel and its fringe, but no stroke. */
static void fringe_paint(struct strip *strip, const struct ink *faint, uint32_t x, uint32_t y, const float paper[3]) {
    uint32_t left = x < FRINGE_PX ? 0 : x - FRINGE_PX, top = y < FRINGE_PX ? 0 : y - FRINGE_PX;
    for (uint32_t row = top; row <= y + FRINGE_PX && row < STRIP_HEIGHT_PX; row++) {
        for (uint32_t column = left; column <= x + FRINGE_PX && column < strip->width; column++) {
            size_t at = (size_t)row * strip->width + column;
            for (size_t c = 0; c < 3 && faint->pixels[at] != STROKE; c++) {
                strip->planes[c * STRIP_HEIGHT_PX * strip->width + at] = paper[c];
            }
        }
    }
}

static void rules_paint(struct strip *strip, const struct ink *faint, struct ink *ink) {
    size_t size = (size_t)strip->width * STRIP_HEIGHT_PX;
    float paper[3];
    for (size_t c = 0; c < 3; c++) {
        paper[c] = paper_mean(strip->planes + c * size, faint);
    }
    for (uint32_t y = 0; y < STRIP_HEIGHT_PX; y++) {
        for (uint32_t x = 0; x < strip->width; x++) {
            size_t at = (size_t)y * strip->width + x;
            if (faint->pixels[at] == RULE) {
                fringe_paint(strip, faint, x, y, paper);
                ink->columns[x] = (uint8_t)(ink->columns[x] - ink->pixels[at]);
                ink->pixels[at] = 0;
            }
        }
    }
}

bool frame_erase(struct strip *strip, struct ink *ink, struct arena *arena, bool *in_cells) {
    struct arena_mark mark = arena_mark(arena);
    struct ink faint;
    struct traces traces;
    bool found = faint_find(strip, ink, arena, &faint);
    if (found) {
        traces_find(&faint, &traces);
        bool any = rules_keep(&faint, &traces);
        uint32_t uprights = uprights_mark(&faint, &traces);
        for (size_t i = 0; i < traces.count; i++) {
            rule_mark(&faint, &traces.items[i]);
        }
        if (any || uprights > 0) {
            rules_paint(strip, &faint, ink);
        }
        *in_cells = uprights > LEAST_CELLS;
    }
    arena_rewind(arena, mark);
    return found;
}
