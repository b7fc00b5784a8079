/*
 * assign.c - assigns values to all fields together: no byte of the page is used twice, and the best sum of scores wins.
 */
#include <string.h>

#include "base/arena.h"
#include "fields/search.h"

/* A sum is better if it is greater by more than the rounding of its parts. */
static const double BETTER = 1e-9;

/* Branch and bound examines at most this many branches, and keeps the best result by then. */
enum { BRANCHES_MOST = 20000 };

struct state {
    const struct search *search;
    size_t field_count;
    const size_t *order; /* fields with options, best first */
    const double *hope;  /* the most that the fields from here on could add */
    size_t *now, *best;  /* the option of each field */
    double best_sum;
    size_t branches;
};

/* Whether two fields of one type use the same label, which then means only one of them. */
static bool same_label(const struct search *search, size_t left_field, const struct option *left, size_t right_field,
                       const struct option *right) {
    const struct layout *layout = search->layout;
    if (left->label == LABELS_MOST || right->label == LABELS_MOST ||
        layout->fields[left_field].type != layout->fields[right_field].type) {
        return false;
    }
    const struct label *a = &search->labels[left->label], *b = &search->labels[right->label];
    return a->segment == b->segment && a->from == b->from;
}

/* Whether the option is compatible with those of the earlier fields. */
static bool is_free(const struct state *state, size_t depth, size_t own_field, const struct option *own) {
    const struct candidate *candidate = &state->search->candidates[own->candidate];
    for (size_t i = 0; i < depth; i++) {
        size_t field = state->order[i];
        size_t option = state->now[field];
        if (option == OPTIONS_MOST) {
            continue;
        }
        const struct option *taken = &state->search->options[field].options[option];
        const struct candidate *other = &state->search->candidates[taken->candidate];
        if (candidate_extents_overlap(candidate, other) || same_label(state->search, own_field, own, field, taken)) {
            return false;
        }
    }
    return true;
}

static void branch(struct state *state, size_t depth, double sum) {
    if (sum > state->best_sum + BETTER) {
        state->best_sum = sum;
        for (size_t i = 0; i < state->field_count; i++) {
            size_t field = state->order[i];
            state->best[field] = i < depth ? state->now[field] : OPTIONS_MOST;
        }
    }
    if (depth == state->field_count || sum + state->hope[depth] <= state->best_sum + BETTER ||
        state->branches++ > BRANCHES_MOST) {
        return;
    }
    size_t field = state->order[depth];
    const struct field_options *options = &state->search->options[field];
    for (size_t i = 0; i < options->count; i++) {
        if (is_free(state, depth, field, &options->options[i])) {
            state->now[field] = i;
            branch(state, depth + 1, sum + options->options[i].score);
        }
    }
    state->now[field] = OPTIONS_MOST;
    branch(state, depth + 1, sum);
}

/* Sorts fields by their best option, so that the first branch is already nearly the best. */
static size_t order_make(const struct search *search, size_t *order) {
    size_t count = 0;
    for (size_t field = 0; field < search->layout->field_count; field++) {
        if (search->options[field].count == 0) {
            continue;
        }
        size_t at = count++;
        double score = search->options[field].options[0].score;
        while (at > 0 && search->options[order[at - 1]].options[0].score < score) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = field;
    }
    return count;
}

bool assign(struct search *search) {
    size_t count = search->layout->field_count;
    size_t *order = arena_allocate(search->arena, (count + 1) * sizeof *order);
    size_t *now = arena_allocate(search->arena, (count + 1) * sizeof *now);
    double *hope = arena_allocate(search->arena, (count + 2) * sizeof *hope);
    search->choice = arena_allocate(search->arena, (count + 1) * sizeof *search->choice);
    if (order == NULL || now == NULL || hope == NULL || search->choice == NULL) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        now[i] = search->choice[i] = OPTIONS_MOST;
    }
    struct state state = {
        .search = search,
        .field_count = order_make(search, order),
        .order = order,
        .hope = hope,
        .now = now,
        .best = search->choice,
    };
    hope[state.field_count] = 0;
    for (size_t i = state.field_count; i-- > 0;) {
        hope[i] = hope[i + 1] + search->options[order[i]].options[0].score;
    }
    branch(&state, 0, 0);
    return true;
}

const struct candidate *search_chosen(const struct search *search, size_t field) {
    bool none = field == search->layout->field_count || search->choice[field] == OPTIONS_MOST;
    return none ? NULL : &search->candidates[search->options[field].options[search->choice[field]].candidate];
}
