/* match_parts.h - the steps of match.h, and what they share. */
#ifndef LINCE_RECONCILE_MATCH_PARTS_H
#define LINCE_RECONCILE_MATCH_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "reconcile/match.h"

enum {
    END_MODULUS = 10000, /* of REFERENCE_DIGITS_LEAST digits, by which references are looked up */
    LOOKS_MOST = 2000    /* entries with the same last digits that a search examines */
};

/* The entries of one side, sorted so that the few that may fit are found fast. */
struct side {
    const struct match_entry *entries;
    uint32_t count;
    int32_t *groups;
    uint32_t *by_end;    /* entries with a reference, by its last four digits, then by amount */
    uint32_t *by_amount; /* all entries, by amount, then by day */
    uint32_t end_count, amount_count;
};

struct edge {
    uint32_t line, receipt;
    uint16_t rank; /* lower is better */
    uint8_t common;
    int32_t days;
    int64_t hundredths;
};

struct matching {
    struct side lines, receipts;
    const struct match_apart *apart;
    uint32_t apart_count;
    const struct match_options *options;
    struct match_result *result;
    struct arena *arena;
    struct edge *edges;
    size_t edge_count, edge_room;
    uint8_t *line_degrees, *receipt_degrees; /* the number of edges of each, at most CANDIDATES_MOST */
};

/* ---- sides: match_sides.c ---- */

int match_compare(int64_t one, int64_t other);
/* Sorts the entries of a side. False when memory is refused. */
bool match_side_begin(struct side *side, const struct match_entry *entries, uint32_t count, struct arena *arena);
/* The first place in by_end with an end of at least `end` and, for that end, an amount of at least `least`. */
uint32_t match_end_place(const struct side *side, uint64_t end, int64_t least);
/* The first place in by_amount with an amount of at least `least`. */
uint32_t match_amount_place(const struct side *side, int64_t least);
/* Whether an entry has no group yet and may get one. */
bool match_is_free(const struct side *side, uint32_t i);
/* The days between two entries; -1 if a day is unknown. */
int32_t match_days_between(const struct match_entry *one, const struct match_entry *other);
bool match_amounts_agree(const struct matching *matching, int64_t one, int64_t other);
/* Whether a person separated them. */
bool match_is_apart(const struct matching *matching, uint32_t line, uint32_t receipt);
/* A new group, by its number. */
int32_t match_group_new(struct matching *matching, enum match_state state, enum match_how how);

/* ---- pairs: match_pairs.c ---- */

/* Pairs by reference, amount and date; then by a few last digits; then proposes pairs whose dates are too far apart. */
bool match_by_references(struct matching *matching);
/* Pairs entries whose references agree and whose amounts do not. False when memory is refused. */
bool match_other_amounts(struct matching *matching);
/* Certain only if no reference contradicts it and no other entry is possible. */
bool match_by_amounts(struct matching *matching);

/* ---- one to many: match_sums.c ---- */

/* One movement for several receipts, or one receipt paid in several movements, by their common reference. */
void match_sums(struct matching *matching, struct side *wholes, struct side *many);
/* Proposes the only two or three receipts around a movement whose sum is its amount. */
void match_propose_sums(struct matching *matching);

#endif
