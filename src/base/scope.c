/* scope.c - the figures of a piece of work, taken from its meter. */
#include "base/scope.h"

#include "base/clock.h"
#include "base/meter.h"

static const struct {
    const char *name;
    unsigned depth;
} kinds[SCOPE_COUNT] = {
    [SCOPE_LOAD] = {"load", 0},         [SCOPE_READ] = {"read", 0},           [SCOPE_DECODE] = {"decode", 1},
    [SCOPE_CODES] = {"codes", 1},       [SCOPE_DETECT] = {"detect", 1},       [SCOPE_WINDOW] = {"window", 2},
    [SCOPE_OUTLINE] = {"outline", 2},   [SCOPE_RECOGNISE] = {"recognise", 1}, [SCOPE_LINE] = {"line", 2},
    [SCOPE_STRIP] = {"strip", 3},       [SCOPE_GLYPHS] = {"glyphs", 3},       [SCOPE_ORDER] = {"order", 1},
    [SCOPE_CLEAN_UP] = {"clean-up", 0},
};

const char *scope_name(enum scope_kind kind) {
    return kinds[kind].name;
}

unsigned scope_depth(enum scope_kind kind) {
    return kinds[kind].depth;
}

struct scope scope_enter(struct meter *meter, enum scope_kind kind) {
    uint64_t before = atomic_load_explicit(&meter->current_bytes, memory_order_relaxed);
    return (struct scope){meter, kind, clock_now_ns(), before, atomic_exchange(&meter->watched_peak_bytes, before)};
}

static void raise_to(_Atomic uint64_t *most, uint64_t value) {
    uint64_t known = atomic_load_explicit(most, memory_order_relaxed);
    while (value > known && !atomic_compare_exchange_weak(most, &known, value)) {
    }
}

void scope_leave(struct scope *scope) {
    struct meter *meter = scope->meter;
    uint64_t peak = atomic_load_explicit(&meter->watched_peak_bytes, memory_order_relaxed);
    uint64_t after = atomic_load_explicit(&meter->current_bytes, memory_order_relaxed);
    raise_to(&meter->watched_peak_bytes, scope->outer_peak_bytes);
    struct scope_table *table = meter->root->scopes;
    if (table == NULL) {
        return;
    }
    struct scope_figures *row = &table->rows[scope->kind];
    atomic_fetch_add_explicit(&row->calls, 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&row->time_ns, clock_now_ns() - scope->start_ns, memory_order_relaxed);
    atomic_fetch_add_explicit(&row->left_bytes, (int64_t)after - (int64_t)scope->before_bytes, memory_order_relaxed);
    raise_to(&row->peak_above_bytes, peak > scope->before_bytes ? peak - scope->before_bytes : 0);
}
