/* match_sums.c - one movement for several receipts, or the other way round: sums. */
#include <string.h>

#include "reconcile/match_parts.h"

enum {
    SUM_MEMBERS_MOST = 24, /* receipts or movements whose sum is one amount */
    SUMMANDS_MOST = 60     /* receipts of a few days, among which sums of two or three are searched */
};

/* Gathers the free ones of `many` whose reference agrees with that of `whole`. Returns their sum. */
static uint32_t parts_gather(const struct matching *matching, const struct match_entry *whole, const struct side *many,
                             uint32_t parts[SUM_MEMBERS_MOST], int64_t *sum) {
    uint64_t end = whole->reference % END_MODULUS;
    uint32_t count = 0, first = match_end_place(many, end, INT64_MIN);
    *sum = 0;
    for (uint32_t i = first; i < many->end_count && i - first < LOOKS_MOST; i++) {
        uint32_t part = many->by_end[i];
        const struct match_entry *entry = &many->entries[part];
        if (entry->reference % END_MODULUS != end) {
            break;
        }
        if (match_is_free(many, part) && !entry->is_duplicate && entry->hundredths > 0 &&
            match_reference_common(whole, entry) >= matching->options->digits &&
            match_days_between(whole, entry) <= matching->options->days) {
            if (count == SUM_MEMBERS_MOST) {
                return 0;
            }
            parts[count++] = part;
            *sum += entry->hundredths;
        }
    }
    return count;
}

void match_sums(struct matching *matching, struct side *wholes, struct side *many) {
    uint32_t parts[SUM_MEMBERS_MOST];
    for (uint32_t place = 0; place < wholes->end_count; place++) {
        uint32_t whole = wholes->by_end[place];
        int64_t sum;
        if (!match_is_free(wholes, whole)) {
            continue;
        }
        uint32_t count = parts_gather(matching, &wholes->entries[whole], many, parts, &sum);
        if (count < 2 || !match_amounts_agree(matching, sum, wholes->entries[whole].hundredths)) {
            continue;
        }
        int32_t group = match_group_new(matching, MATCH_MATCHED, MATCH_BY_SUM);
        wholes->groups[whole] = group;
        for (uint32_t i = 0; i < count; i++) {
            many->groups[parts[i]] = group;
        }
    }
}

/* ---- sums without a reference ---- */

/* The free receipts around a movement's day that are smaller than it; 0 if there are too many. */
static uint32_t summands_gather(const struct matching *matching, const struct match_entry *line,
                                uint32_t summands[SUMMANDS_MOST]) {
    const struct side *receipts = &matching->receipts;
    uint32_t count = 0;
    for (uint32_t i = 0; i < receipts->amount_count; i++) {
        uint32_t receipt = receipts->by_amount[i];
        const struct match_entry *entry = &receipts->entries[receipt];
        int32_t days = match_days_between(line, entry);
        if (entry->hundredths >= line->hundredths) {
            break;
        }
        if (match_is_free(receipts, receipt) && entry->hundredths > 0 && days >= 0 && days <= matching->options->days) {
            if (count == SUMMANDS_MOST) {
                return 0;
            }
            summands[count++] = receipt;
        }
    }
    return count;
}

/* How many pairs and triples add up to the amount; `chosen` is the last of them. */
static uint32_t sums_count(const struct matching *matching, int64_t wanted, const uint32_t *summands, uint32_t count,
                           uint32_t chosen[3], uint32_t *chosen_count) {
    const struct match_entry *entries = matching->receipts.entries;
    uint32_t found = 0;
    for (uint32_t i = 0; i < count && found < 2; i++) {
        for (uint32_t j = i + 1; j < count && found < 2; j++) {
            int64_t two = entries[summands[i]].hundredths + entries[summands[j]].hundredths;
            if (two == wanted) {
                found++;
                *chosen_count = 2;
                memcpy(chosen, (uint32_t[]){summands[i], summands[j], 0}, 3 * sizeof *chosen);
            }
            for (uint32_t k = j + 1; k < count && found < 2; k++) {
                if (two + entries[summands[k]].hundredths == wanted) {
                    found++;
                    *chosen_count = 3;
                    memcpy(chosen, (uint32_t[]){summands[i], summands[j], summands[k]}, 3 * sizeof *chosen);
                }
            }
        }
    }
    return found;
}

enum { SUM_LINES_MOST = 400 }; /* movements for which sums are tried: each examines all receipts */

void match_propose_sums(struct matching *matching) {
    uint32_t summands[SUMMANDS_MOST], chosen[3], chosen_count = 0, tried = 0;
    for (uint32_t line = 0; line < matching->lines.count && tried < SUM_LINES_MOST; line++) {
        const struct match_entry *entry = &matching->lines.entries[line];
        if (!match_is_free(&matching->lines, line) || entry->hundredths <= 0 || entry->day == DAY_NONE) {
            continue;
        }
        tried++;
        uint32_t count = summands_gather(matching, entry, summands);
        if (count < 2 || sums_count(matching, entry->hundredths, summands, count, chosen, &chosen_count) != 1) {
            continue;
        }
        bool is_refused = false;
        for (uint32_t i = 0; i < chosen_count; i++) {
            is_refused = is_refused || match_is_apart(matching, line, chosen[i]);
        }
        if (!is_refused) {
            int32_t group = match_group_new(matching, MATCH_PROPOSED, MATCH_BY_SUM);
            matching->lines.groups[line] = group;
            for (uint32_t i = 0; i < chosen_count; i++) {
                matching->receipts.groups[chosen[i]] = group;
            }
        }
    }
}
