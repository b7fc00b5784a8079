/* totals.c - the sums of the amounts in a list of documents: in all, by currency, by bank, by day. */
#include <limits.h>
#include <string.h>

#include "base/arena.h"
#include "store/list.h"
#include "store/store_internal.h"

enum { ROOM_LEAST = 16 };

struct sums {
    struct arena *arena;
    struct total *totals;
    size_t count, room;
};

/*
 * Finds the sum with that key, or makes it; NULL without memory. The latest sums are checked first, because lists are
 * in order.
 */
static struct total *sum_of(struct sums *sums, const char *bank, const char *day, const char *currency) {
    for (size_t i = sums->count; i > 0; i--) {
        struct total *total = &sums->totals[i - 1];
        if (strcmp(total->day, day) != 0 && *day != '\0') {
            break; /* the rows come day by day */
        }
        if (strcmp(total->bank, bank) == 0 && strcmp(total->currency, currency) == 0 && strcmp(total->day, day) == 0) {
            return total;
        }
    }
    if (sums->count == sums->room) {
        size_t room = 2 * sums->room + ROOM_LEAST;
        struct total *more = arena_allocate_zero(sums->arena, room, sizeof *more);
        if (more == NULL) {
            return NULL;
        }
        for (size_t i = 0; i < sums->count; i++) {
            more[i] = sums->totals[i];
        }
        sums->totals = more;
        sums->room = room;
    }
    struct total *total = &sums->totals[sums->count];
    *total =
        (struct total){arena_copy_text(sums->arena, bank, strlen(bank)), arena_copy_text(sums->arena, day, strlen(day)),
                       arena_copy_text(sums->arena, currency, strlen(currency)), 0, 0};
    sums->count += total->bank != NULL && total->day != NULL && total->currency != NULL;
    return total->bank != NULL && total->day != NULL && total->currency != NULL ? total : NULL;
}

static bool sum_add(struct sums *sums, const char *bank, const char *day, const char *currency, int64_t hundredths) {
    struct total *total = sum_of(sums, bank, day, currency);
    if (total != NULL) {
        total->count++;
        total->hundredths += hundredths;
    }
    return total != NULL;
}

static const char *column(const struct sql_statement *row, int index) {
    const char *text = sql_string(row, index);
    return text == NULL ? "" : text;
}

/* Adds up the documents, ordered by day. The sums are in the arena. */
static enum lince_status rows_add(struct sql *sql, const struct document_filter *filter, struct sums all[3],
                                  struct totals *totals, struct lince_error *error) {
    enum lince_status status = LINCE_OK;
    struct list list;
    struct sql_statement *row = &list.statement;
    list_begin(&list, sql, "needs_review, amount, currency, bank, paid_date, duplicate_of IS NULL OR duplicate_of>id",
               filter);
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
    struct document_filter used = *filter;
    struct sums all[3] = {{.arena = arena}, {.arena = arena}, {.arena = arena}};
    used.sort = SORT_PAID;
    used.oldest_first = false;
    used.before_seq = -1;
    used.limit = INT_MAX;
    *totals = (struct totals){0};
    sql_lock(&store->reader);
    enum lince_status status = rows_add(&store->reader, &used, all, totals, error);
    sql_unlock(&store->reader);
    totals->currencies = all[0].totals;
    totals->currency_count = all[0].count;
    totals->banks = all[1].totals;
    totals->bank_count = all[1].count;
    totals->days = all[2].totals;
    totals->day_count = all[2].count;
    return status;
}
