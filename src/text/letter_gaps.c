/*
 * letter_gaps.c - fits the bare sides of letters and the width of a space to the gaps in lines of one size, by
 * expectation maximisation: the odds of a space at each gap weight the fit, and the fit gives new odds.
 */
#include "text/letter_gaps.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/doubles.h"
#include "text/ink.h"
#include "text/line_words.h"
#include "text/strip.h"

enum { FLAG_STARTS = 1, FLAG_LETTERS = 2, FLAG_USED = 4, FLAG_JOIN = 8, FLAG_DOUBTFUL = 16 };

/* A gap this wide, in columns of a strip, is a space whatever its line looks like. */
enum { CERTAIN_PX = 26 };

/* Rows of a strip in which the body of small letters stands; tails and accents of other rows seldom reach them. */
enum { BODY_FROM = STRIP_HEIGHT_PX * 3 / 10, BODY_UNTIL = STRIP_HEIGHT_PX * 3 / 4 };

/* A space seen beside a likelier blank counts half, and no probability counts as certain. */
static const double SEEN_SHARE = 0.5, LEAST_PROBABILITY = 0.001, MOST_PROBABILITY = 0.995;

/* ---- one line ------------------------------------------------------------------------------------------ */

/* For each column, 1 if the body of a letter has ink there. */
struct bodies {
    uint8_t *columns;
    uint32_t width;
};

/* The widest gap between the bodies of two glyphs. If the path puts a glyph on bare paper, the gap ends at its ink. */
static uint32_t body_gap_px(const struct bodies *bodies, const struct glyph *before, const struct glyph *after) {
    uint32_t from = (uint32_t)glyph_centre_px(before), until = (uint32_t)glyph_centre_px(after), widest = 0, run = 0;
    from = from < bodies->width ? from : bodies->width - 1;
    while (from > 0 && bodies->columns[from] == 0) {
        from--;
    }
    while (until < bodies->width && bodies->columns[until] == 0) {
        until++;
    }
    for (uint32_t x = from; x < until; x++) {
        run = bodies->columns[x] != 0 ? 0 : run + 1;
        widest = run > widest ? run : widest;
    }
    return widest;
}

static double odds_of(double probability) {
    double bounded = fmin(fmax(probability, LEAST_PROBABILITY), MOST_PROBABILITY);
    return log(bounded / (1.0 - bounded));
}

/* Whether one is a digit and the other a point or comma beside it, as in an amount. */
static bool is_in_amount(const char *left, const char *right) {
    bool left_digit = *left >= '0' && *left <= '9', right_digit = *right >= '0' && *right <= '9';
    return (left_digit && (*right == '.' || *right == ',')) || (right_digit && (*left == '.' || *left == ','));
}

/* A capital seldom follows a small letter within a word. */
static uint8_t pair_flags(const struct alphabet *alphabet, size_t before, size_t after) {
    const char *left = alphabet->characters[before], *right = alphabet->characters[after];
    if (alphabet_is_letter(alphabet, before) && alphabet_is_letter(alphabet, after)) {
        return alphabet_is_small(left) && alphabet_is_capital(right) ? FLAG_DOUBTFUL : FLAG_LETTERS;
    }
    return is_in_amount(left, right) ? FLAG_DOUBTFUL : 0;
}

bool letter_gaps_measure(const struct reading *reading, const struct alphabet *alphabet, const struct strip *strip,
                         const struct ink *ink, const bool *starts, const bool *joined, struct arena *arena,
                         struct letter_gaps *gaps) {
    const struct lince_point *corners = strip->corners;
    const struct glyph *before = NULL;
    *gaps = (struct letter_gaps){.items = arena_allocate(arena, (reading->count + 1) * sizeof *gaps->items)};
    struct arena_mark mark = arena_mark(arena);
    struct bodies bodies = {arena_allocate(arena, ink->width), ink->width};
    if (gaps->items == NULL || bodies.columns == NULL) {
        return false;
    }
    ink_between_rows(ink, BODY_FROM, BODY_UNTIL, bodies.columns);
    gaps->height_px = hypot(corners[3].x - corners[0].x, corners[3].y - corners[0].y);
    for (size_t i = 0; i < reading->count; i++) {
        const struct glyph *glyph = &reading->glyphs[i];
        if (glyph->symbol == alphabet->space) {
            continue;
        }
        if (before != NULL) {
            bool is_written = before != glyph - 1;
            uint32_t gap_px = body_gap_px(&bodies, before, glyph);
            bool is_used = gap_px < CERTAIN_PX && !joined[i];
            double odds = odds_of(is_written ? glyph[-1].probability : SEEN_SHARE * glyph->space_before);
            gaps->items[gaps->count++] = (struct letter_gap){
                (uint16_t)before->symbol, (uint16_t)glyph->symbol,
                (uint16_t)fmin(gap_px * gaps->height_px / STRIP_HEIGHT_PX * 64.0, UINT16_MAX), (int8_t)(odds * 16.0),
                (uint8_t)((starts[i] ? FLAG_STARTS : 0) | (is_used ? FLAG_USED : 0) |
                          pair_flags(alphabet, before->symbol, glyph->symbol))};
        }
        before = glyph;
    }
    arena_rewind(arena, mark);
    return true;
}

/* ---- lines of one size --------------------------------------------------------------------------------- */

/* Lines are of one size up to these shares of their median height: some have neither tails nor capitals. */
static const double SIZE_LEAST = 0.7, SIZE_MOST = 1.4;

/* With fewer gaps, or fewer spaces among them, a page is not judged. */
enum { LEAST_GAPS = 40, LEAST_SPACES = 3 };

/*
 * So many gaps of the usual width are added to those of each letter, so that rare letters count less. A space beside a
 * letter counts for this share of a gap.
 */
static const double USUAL_GAPS = 3.0, SPACE_WEIGHT = 0.3;

/*
 * The least spread of gaps, in pixels, because no gap is measured better. The error of a space counts up to this many
 * times the spread of the letters.
 */
static const double LEAST_SPREAD_PX = 0.35, MOST_SPACE_SPREAD = 3.0;

/*
 * The gap alone changes the odds by at most this. A space must be this many times as wide as gaps vary, otherwise
 * nothing is judged.
 */
static const double MOST_EVIDENCE = 4.0, LEAST_SPACE = 2.0;

/*
 * The recogniser's odds count by these shares: in the first rounds little, so that the letters whose gaps are always
 * wide are learned from the gaps. Sure odds count whole: some letters, as j, hardly stand but at the start of a word.
 */
static const double FIRST_SHARE = 0.3, LAST_SHARE = 0.6, SURE_ODDS = 4.5;

/* A gap is one within a word where a space is less probable than this. */
static const double SPACE_LEAST = 0.5, DOUBTFUL_LEAST = 0.1;

enum { ROUNDS = 8, FIRST_ROUNDS = 4 };

/* A gap of the group, with the probability that it is a space and what the letters leave of it. */
struct member {
    struct letter_gap *gap;
    double odds, gap_px, space, rest_px;
};

struct group {
    struct member *members;
    double *sorted;
    size_t count;
    double *right_px, *left_px; /* of each class: how much barer than usual that side is */
    double *sums, *weights;     /* of each class */
    double mean_px, space_px;   /* the usual gap between letters; what a space adds */
    double spread_px, space_spread_px;
};

static double probability_of(double odds) {
    return 1.0 / (1.0 + exp(-odds));
}

/* Estimates the right or the left side of each letter again, and keeps the other side. */
static void sides_fit(struct group *group, size_t classes, bool is_right) {
    double *sides = is_right ? group->right_px : group->left_px;
    memset(group->sums, 0, classes * sizeof *group->sums);
    memset(group->weights, 0, classes * sizeof *group->weights);
    for (size_t i = 0; i < group->count; i++) {
        const struct member *member = &group->members[i];
        const struct letter_gap *gap = member->gap;
        size_t symbol = is_right ? gap->before : gap->after;
        double other_px = is_right ? group->left_px[gap->after] : group->right_px[gap->before];
        double own_px = member->gap_px - group->mean_px - other_px, space = SPACE_WEIGHT * member->space;
        group->sums[symbol] += (1.0 - member->space) * own_px + space * (own_px - group->space_px);
        group->weights[symbol] += 1.0 - member->space + space;
    }
    for (size_t symbol = 0; symbol < classes; symbol++) {
        sides[symbol] = group->sums[symbol] / (group->weights[symbol] + USUAL_GAPS);
    }
}

/* The median of what is left of the likely spaces; false if there are too few. */
static bool space_fit(struct group *group) {
    size_t count = 0;
    for (size_t i = 0; i < group->count; i++) {
        if (group->members[i].space > 0.5) {
            group->sorted[count++] = group->members[i].rest_px;
        }
    }
    doubles_sort(group->sorted, count);
    group->space_px = count < LEAST_SPACES ? 0.0 : group->sorted[count / 2];
    return count >= LEAST_SPACES;
}

static void rests_find(struct group *group) {
    for (size_t i = 0; i < group->count; i++) {
        struct member *member = &group->members[i];
        const struct letter_gap *gap = member->gap;
        member->rest_px = member->gap_px - group->mean_px - group->right_px[gap->before] - group->left_px[gap->after];
    }
}

static void spreads_fit(struct group *group) {
    double letters = 1e-9, squares = 0.0, spaces = 1e-9, space_squares = 0.0;
    for (size_t i = 0; i < group->count; i++) {
        const struct member *member = &group->members[i];
        letters += 1.0 - member->space;
        squares += (1.0 - member->space) * member->rest_px * member->rest_px;
    }
    group->spread_px = fmax(sqrt(squares / letters), LEAST_SPREAD_PX);
    double most_px = MOST_SPACE_SPREAD * group->spread_px;
    for (size_t i = 0; i < group->count; i++) {
        const struct member *member = &group->members[i];
        double off_px = fmin(fabs(member->rest_px - group->space_px), most_px);
        spaces += member->space;
        space_squares += member->space * off_px * off_px;
    }
    group->space_spread_px = fmax(sqrt(space_squares / spaces), group->spread_px);
}

/* How much likelier the gap is with a space than without, as a logarithm. What exceeds a space is one too. */
static double evidence_of(const struct group *group, const struct member *member) {
    double short_by = fmin(member->rest_px - group->space_px, 0.0) / group->space_spread_px;
    double wide_by = fmax(member->rest_px, 0.0) / group->spread_px;
    double evidence = (wide_by * wide_by - short_by * short_by) / 2.0 + log(group->spread_px / group->space_spread_px);
    return fmin(fmax(evidence, -MOST_EVIDENCE), MOST_EVIDENCE);
}

static void spaces_judge(struct group *group, double share) {
    for (size_t i = 0; i < group->count; i++) {
        struct member *member = &group->members[i];
        double odds = member->odds >= SURE_ODDS ? member->odds : share * member->odds;
        member->space = probability_of(odds + evidence_of(group, member));
    }
}

static bool mean_fit(struct group *group) {
    double sum = 0.0;
    size_t letters = 0;
    for (size_t i = 0; i < group->count; i++) {
        struct member *member = &group->members[i];
        if ((member->gap->flags & FLAG_STARTS) == 0) {
            sum += member->gap_px;
            letters++;
        }
        member->space = probability_of(member->odds);
    }
    group->mean_px = sum / fmax((double)letters, 1.0);
    return letters >= LEAST_GAPS;
}

/* Whether the gap between two words is one within a word. Where it is narrow, the path put a letter elsewhere. */
static bool is_within_word(const struct group *group, const struct member *member) {
    uint8_t flags = member->gap->flags;
    double least = (flags & FLAG_LETTERS) != 0 ? SPACE_LEAST : (flags & FLAG_DOUBTFUL) != 0 ? DOUBTFUL_LEAST : 0.0;
    return (flags & FLAG_STARTS) != 0 && member->gap_px > group->mean_px && member->space < least;
}

/* Marks the gaps between words of the group that are gaps between letters. */
static void group_judge(struct group *group, size_t classes) {
    memset(group->right_px, 0, classes * sizeof *group->right_px);
    memset(group->left_px, 0, classes * sizeof *group->left_px);
    if (!mean_fit(group)) {
        return;
    }
    rests_find(group);
    for (int round = 0; round < ROUNDS; round++) {
        if (!space_fit(group)) {
            return;
        }
        sides_fit(group, classes, true);
        sides_fit(group, classes, false);
        rests_find(group);
        spreads_fit(group);
        spaces_judge(group, round < FIRST_ROUNDS ? FIRST_SHARE : LAST_SHARE);
    }
    for (size_t i = 0; i < group->count && group->space_px > LEAST_SPACE * group->spread_px; i++) {
        group->members[i].gap->flags |= is_within_word(group, &group->members[i]) ? FLAG_JOIN : 0;
    }
}

/* ---- a page -------------------------------------------------------------------------------------------- */

/* The median of the heights above 0; 0 if there are none. */
static double median_height(const double *heights, size_t count, double *sorted) {
    size_t left = 0;
    for (size_t i = 0; i < count; i++) {
        if (heights[i] > 0.0) {
            sorted[left++] = heights[i];
        }
    }
    doubles_sort(sorted, left);
    return left == 0 ? 0.0 : sorted[left / 2];
}

/* Takes the lines of about one height into the group, and their heights out of the list. */
static void group_gather(struct group *group, const struct letter_gaps *gaps, size_t line_count, double height_px,
                         double *heights) {
    group->count = 0;
    for (size_t i = 0; i < line_count; i++) {
        if (heights[i] < SIZE_LEAST * height_px || heights[i] > SIZE_MOST * height_px) {
            continue;
        }
        heights[i] = 0.0;
        for (size_t k = 0; k < gaps[i].count; k++) {
            struct letter_gap *gap = &gaps[i].items[k];
            if ((gap->flags & FLAG_USED) != 0) {
                group->members[group->count++] =
                    (struct member){.gap = gap, .odds = gap->odds_16ths / 16.0, .gap_px = gap->gap_64ths / 64.0};
            }
        }
    }
}

static bool page_judge(const struct letter_gaps *gaps, size_t line_count, size_t classes, struct arena *arena) {
    size_t count = 0;
    for (size_t i = 0; i < line_count; i++) {
        count += gaps[i].count;
    }
    struct group group = {.members = arena_allocate(arena, (count + 1) * sizeof *group.members),
                          .sorted = arena_allocate(arena, (count + line_count + 1) * sizeof *group.sorted),
                          .right_px = arena_allocate(arena, classes * sizeof *group.right_px),
                          .left_px = arena_allocate(arena, classes * sizeof *group.left_px),
                          .sums = arena_allocate(arena, classes * sizeof *group.sums),
                          .weights = arena_allocate(arena, classes * sizeof *group.weights)};
    double *heights = arena_allocate(arena, (line_count + 1) * sizeof *heights);
    if (group.members == NULL || group.sorted == NULL || group.right_px == NULL || group.left_px == NULL ||
        group.sums == NULL || group.weights == NULL || heights == NULL) {
        return false;
    }
    for (size_t i = 0; i < line_count; i++) {
        heights[i] = gaps[i].count > 0 ? gaps[i].height_px : 0.0;
    }
    double height_px;
    while ((height_px = median_height(heights, line_count, group.sorted)) > 0.0) {
        group_gather(&group, gaps, line_count, height_px, heights);
        group_judge(&group, classes);
    }
    return true;
}

/* Removes the doubts about two words that become one, and renumbers the others. */
static void doubts_join(struct doubt **doubts, size_t word) {
    for (struct doubt **at = doubts; *at != NULL;) {
        if ((*at)->word == word || (*at)->word + 1 == word) {
            *at = (*at)->next;
            continue;
        }
        (*at)->word -= (*at)->word > word ? 1 : 0;
        at = &(*at)->next;
    }
}

/* Joins the words whose gap is marked; from the last one to the first, so that earlier words keep their places. */
static bool line_join_marked(struct lince_line *line, struct doubt **doubts, const struct letter_gaps *gaps,
                             struct letter_book *letters, struct arena *arena) {
    size_t word = 0;
    bool any = false;
    for (size_t i = 0; i < gaps->count; i++) {
        word += (gaps->items[i].flags & FLAG_STARTS) != 0;
        any = any || (gaps->items[i].flags & FLAG_JOIN) != 0;
    }
    for (size_t i = gaps->count; i > 0 && any; i--) {
        const struct letter_gap *gap = &gaps->items[i - 1];
        if ((gap->flags & FLAG_JOIN) != 0) {
            if (!line_words_join(line, word, letters, arena)) {
                return false;
            }
            doubts_join(doubts, word);
        }
        word -= (gap->flags & FLAG_STARTS) != 0;
    }
    return !any || line_join(line, arena);
}

bool letter_gaps_join(struct lince_line *lines, struct doubt **doubts, const struct letter_gaps *gaps,
                      size_t line_count, size_t classes, struct letter_book *letters, struct arena *arena) {
    struct arena_mark mark = arena_mark(arena);
    bool done = page_judge(gaps, line_count, classes, arena);
    arena_rewind(arena, mark);
    for (size_t i = 0; i < line_count && done; i++) {
        done = line_join_marked(&lines[i], &doubts[i], &gaps[i], letters, arena);
    }
    return done;
}
