/* totals.c - the sums of the amounts in a list of documents: in all, by currency, by bank, by day. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "store/list.h"
#include "store/store_internal.h"

enum { ROOM_LEAST = 16 };

/* Sums by bank, day and currency, in a table of places by the hash of the three. */
struct sums {
    struct arena *arena;
    struct total *totals;
    size_t count, room;
    uint32_t *places; /* twice as many as there is room for; 0: free, otherwise the number of a sum, from 1 on */
};

static size_t hash_add(size_t hash, const char *text) {
    while (*text != '\0') {
        hash = (hash ^ (unsigned char)*text++) * 16777619U;
    }
    return (hash ^ 0xff) * 16777619U;
}

/* The place of that sum, or the free one where it belongs. There is a free one. */
static uint32_t *place_of(const struct sums *sums, const char *bank, const char *day, const char *currency) {
    size_t places = 2 * sums->room;
    size_t at = hash_add(hash_add(hash_add(2166136261U, bank), day), currency) % places;
    while (sums->places[at] != 0) {
        const struct total *total = &sums->totals[sums->places[at] - 1];
        if (strcmp(total->day, day) == 0 && strcmp(total->bank, bank) == 0 && strcmp(total->currency, currency) == 0) {
            break;
        }
        at = (at + 1) % places;
    }
    return &sums->places[at];
}

static bool room_make(struct sums *sums) {
    size_t room = 2 * sums->room + ROOM_LEAST;
    struct total *totals = arena_allocate_zero(sums->arena, room, sizeof *totals);
    uint32_t *places = arena_allocate_zero(sums->arena, 2 * room, sizeof *places);
    if (totals == NULL || places == NULL) {
        return false;
    }
    if (sums->count > 0) {
        memcpy(totals, sums->totals, sums->count * sizeof *totals);
    }
    sums->totals = totals;
    sums->places = places;
    sums->room = room;
    for (size_t i = 0; i < sums->count; i++) {
        *place_of(sums, totals[i].bank, totals[i].day, totals[i].currency) = (uint32_t)i + 1;
    }
    return true;
}

/* Finds the sum with that key, or makes it; NULL without memory. */
static struct total *sum_of(struct sums *sums, const char *bank, const char *day, const char *currency) {
    if (sums->count == sums->room && !room_make(sums)) {
        return NULL;
    }
    uint32_t *place = place_of(sums, bank, day, currency);
    if (*place == 0) {
        const struct total made = {arena_copy_text(sums->arena, bank, strlen(bank)),
                                   arena_copy_text(sums->arena, day, strlen(day)),
                                   arena_copy_text(sums->arena, currency, strlen(currency)), 0, 0};
        if (made.bank == NULL || made.day == NULL || made.currency == NULL) {
            return NULL;
        }
        sums->totals[sums->count++] = made;
        *place = (uint32_t)sums->count;
    }
    return &sums->totals[*place - 1];
}

static bool sum_add(struct sums *sums, const char *bank, const char *day, const char *currency, int64_t hundredths) {
    struct total *total = sum_of(sums, bank, day, currency);
    if (total != NULL) {
        total->count++;
        total->hundredths += hundredths;
    }
    return total != NULL;
}

/* The latest day first; then what has most documents. */
static int total_compare(const void *first, const void *second) {
    const struct total *one = first, *other = second;
    int order = strcmp(other->day, one->day);
    order = order != 0 ? order : (one->count < other->count) - (one->count > other->count);
    order = order != 0 ? order : strcmp(one->bank, other->bank);
    return order != 0 ? order : strcmp(one->currency, other->currency);
}

static void sums_give(struct sums *sums, struct total **totals, size_t *count) {
    if (sums->count > 0) {
        qsort(sums->totals, sums->count, sizeof *sums->totals, total_compare);
    }
    *totals = sums->totals;
    *count = sums->count;
}

static const char *column(const struct sql_statement *row, int index) {
    const char *text = sql_string(row, index);
    return text == NULL ? "" : text;
}

/* Adds up the documents. The sums are in the arena. */
static enum lince_status rows_add(struct sql *sql, const struct document_filter *filter, struct sums all[3],
                                  struct totals *totals, struct lince_error *error) {
    enum lince_status status = LINCE_OK;
    struct list list;
    struct sql_statement *row = &list.statement;
    list_begin_all(&list, sql,
                   "needs_review, amount, currency, bank, paid_date, duplicate_of IS NULL OR duplicate_of>id", filter);
    while (sql_row(sql, row, &status, error)) {
        int64_t amount = sql_integer(row, 1);
        const char *currency = column(row, 2), *bank = column(row, 3), *day = column(row, 4);
        totals->count++;
        totals->needs_review += sql_integer(row, 0);
        if (amount == AMOUNT_NONE || sql_integer(row, 5) == 0) {
            continue;
        }
        if (!sum_add(&all[0], "", "", currency, amount) || !sum_add(&all[1], bank, "", currency, amount) ||
            (*day != '\0' && !sum_add(&all[2], "", day, currency, amount))) {
            status = sql_no_memory(error);
            break;
        }
    }
    list_end(&list);
    return status;
}

enum lince_status store_totals(struct store *store, const struct document_filter *filter, struct arena *arena,
                               struct totals *totals, struct lince_error *error) {
    struct sums all[3] = {{.arena = arena}, {.arena = arena}, {.arena = arena}};
    *totals = (struct totals){0};
    sql_lock(&store->adder);
    enum lince_status status = rows_add(&store->adder, filter, all, totals, error);
    sql_unlock(&store->adder);
    sums_give(&all[0], &totals->currencies, &totals->currency_count);
    sums_give(&all[1], &totals->banks, &totals->bank_count);
    sums_give(&all[2], &totals->days, &totals->day_count);
    return status;
}
