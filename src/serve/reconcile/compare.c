/* compare.c - turns rows of a statement into movements, and matches these with the receipts. */
#include <string.h>
#include <time.h>

#include "base/error.h"
#include "base/json_memory.h"
#include "serve/reconcile/reconcile.h"

enum { TRIES_MOST = 3, MARGIN_DAYS = 7, DAY_MS = 86400000 };

/* ---- movements ---- */

struct reading {
    struct statement_columns columns;
    json_t *cells; /* of the last row: its texts are the movement's */
    struct movement movement;
};

static bool line_read(void *context, uint32_t place, const char *text, struct reconciliation_line *line) {
    struct reading *reading = context;
    struct statement_cell cells[STATEMENT_COLUMNS_MOST];
    json_decref(reading->cells);
    reading->cells = json_memory_load_text(text, 0, NULL);
    size_t count = cells_of(reading->cells, cells);
    if (place < reading->columns.first_row) {
        return false;
    }
    statement_movement(&reading->columns, cells, count, &reading->movement);
    const struct movement *movement = &reading->movement;
    if (movement->problem == MOVEMENT_NONE) {
        return false;
    }
    *line = (struct reconciliation_line){place,
                                         movement->problem == MOVEMENT_NO_AMOUNT ? AMOUNT_NONE : movement->hundredths,
                                         movement->date, movement->reference, movement->description};
    return true;
}

enum lince_status reconciliation_read(struct request *request, const struct reconciliation *changed,
                                      struct lince_error *error) {
    struct reading reading = {.columns = {.decimal = ','}};
    json_t *columns = json_memory_load_text(changed->columns, 0, NULL);
    if (!columns_take(NULL, columns, &reading.columns)) {
        json_decref(columns);
        return error_set(error, LINCE_ERROR_DAMAGED, "the columns of %s are damaged; set them anew",
                         "las columnas de %s están dañadas; indíquelas de nuevo", changed->id);
    }
    json_decref(columns);
    enum lince_status status = store_reconciliation_map(request->service->store, changed, line_read, &reading, error);
    json_decref(reading.cells);
    return status;
}

static void day_text(int32_t day, char text[16]) {
    time_t seconds = (time_t)day * 86400;
    struct tm parts;
    gmtime_r(&seconds, &parts);
    strftime(text, 16, "%Y-%m-%d", &parts);
}

enum lince_status reconciliation_currency(struct request *request, struct reconciliation *reconciliation,
                                          struct lince_error *error) {
    char since[16], until[16];
    enum lince_status status =
        store_reconciliation_days(request->service->store, reconciliation->seq, since, until, error);
    return status != LINCE_OK || since[0] == '\0'
               ? status
               : store_currency_of_days(request->service->store, since, until, &request->arena,
                                        &reconciliation->currency, error);
}

/* ---- comparing ---- */

/* One side of the comparison: its entries, and the key of each. */
struct side {
    struct match_entry *entries;
    struct reconciliation_member *members;
    size_t count, room;
    bool is_refused;
};

struct comparison {
    struct request *request;
    struct reconciliation_options options;
    struct side lines, receipts;
    enum item_state *states; /* for movements that are not compared; ITEM_STATES: for compared ones */
    struct match_result result;
    size_t extra_count; /* groups of movements that are not compared, after those of the result */
    enum item_state *extra_states;
    int32_t first_day, last_day; /* of the compared movements */
};

static bool side_grow(struct side *side, struct meter *meter) {
    size_t room = 2 * side->room + 256;
    struct match_entry *entries = meter_reallocate(meter, side->entries, room * sizeof *entries);
    side->entries = entries == NULL ? side->entries : entries;
    struct reconciliation_member *members =
        entries == NULL ? NULL : meter_reallocate(meter, side->members, room * sizeof *members);
    side->members = members == NULL ? side->members : members;
    side->room = members == NULL ? side->room : room;
    side->is_refused = members == NULL;
    return members != NULL;
}

static bool entry_take(struct comparison *comparison, struct side *side, const struct reconciliation_entry *entry,
                       size_t most) {
    if (side->count == side->room && !side_grow(side, &comparison->request->service->requests)) {
        return false;
    }
    struct match_entry *taken = &side->entries[side->count];
    side->members[side->count++] = (struct reconciliation_member){entry->key, GROUP_NONE};
    *taken = (struct match_entry){
        .hundredths = entry->amount, .is_out = entry->is_decided, .is_duplicate = entry->is_duplicate};
    taken->day = DAY_NONE;
    (void)statement_day(entry->date, &taken->day);
    match_reference_read(entry->reference, taken);
    return side->count <= most; /* one more shows that there are too many */
}

static bool line_take(void *context, const struct reconciliation_entry *entry) {
    struct comparison *comparison = context;
    return entry_take(comparison, &comparison->lines, entry, MATCH_LINES_MOST);
}

static bool receipt_take(void *context, const struct reconciliation_entry *entry) {
    struct comparison *comparison = context;
    return entry_take(comparison, &comparison->receipts, entry, MATCH_RECEIPTS_MOST);
}

/* Amounts of compared movements become positive; the others get their own state. */
static bool lines_sort_out(struct comparison *comparison) {
    struct side *lines = &comparison->lines;
    comparison->states = arena_allocate_zero(&comparison->request->arena, lines->count + 1, sizeof *comparison->states);
    comparison->extra_states =
        arena_allocate_zero(&comparison->request->arena, lines->count + 1, sizeof *comparison->extra_states);
    comparison->first_day = INT32_MAX;
    comparison->last_day = INT32_MIN;
    if (comparison->states == NULL || comparison->extra_states == NULL) {
        return false;
    }
    for (size_t i = 0; i < lines->count; i++) {
        struct match_entry *line = &lines->entries[i];
        bool is_unreadable = line->day == DAY_NONE || line->hundredths == AMOUNT_NONE;
        bool is_other = (comparison->options.movements == MOVEMENTS_CREDITS && line->hundredths <= 0) ||
                        (comparison->options.movements == MOVEMENTS_DEBITS && line->hundredths >= 0);
        comparison->states[i] = ITEM_STATES;
        if (!line->is_out && (is_unreadable || is_other)) {
            comparison->states[i] = is_unreadable ? ITEM_UNREADABLE : ITEM_OTHER;
            line->is_out = true;
        }
        line->hundredths =
            line->hundredths < 0 && line->hundredths != AMOUNT_NONE ? -line->hundredths : line->hundredths;
        if (!is_unreadable) {
            comparison->first_day = line->day < comparison->first_day ? line->day : comparison->first_day;
            comparison->last_day = line->day > comparison->last_day ? line->day : comparison->last_day;
        }
    }
    return true;
}

static enum lince_status receipts_load(struct comparison *comparison, const struct reconciliation *reconciliation,
                                       struct lince_error *error) {
    char since[16], until[16];
    int32_t margin = comparison->options.match.days > MARGIN_DAYS ? comparison->options.match.days : MARGIN_DAYS;
    if (comparison->first_day > comparison->last_day) {
        return LINCE_OK;
    }
    int32_t first = comparison->first_day - margin, last = comparison->last_day + margin;
    day_text(first, since);
    day_text(last, until);
    const struct receipt_range range = {.since = since,
                                        .until = until,
                                        .since_ms = (int64_t)first * DAY_MS,
                                        .until_ms = ((int64_t)last + 1) * DAY_MS,
                                        .bank = reconciliation->bank,
                                        .currency = reconciliation->currency};
    return store_reconciliation_receipts(comparison->request->service->store, reconciliation->seq, &range, receipt_take,
                                         comparison, error);
}

/* Converts places and documents to entry numbers; both sides come by their keys, so the pairs come sorted. */
static struct match_apart *aparts_load(struct comparison *comparison, int64_t seq, uint32_t *count,
                                       struct lince_error *error) {
    struct reconciliation_apart *apart;
    size_t told_count = 0;
    *count = 0;
    if (store_reconciliation_aparts(comparison->request->service->store, seq, &comparison->request->arena, &apart,
                                    &told_count, error) != LINCE_OK) {
        return NULL;
    }
    struct match_apart *aparts = arena_allocate(&comparison->request->arena, (told_count + 1) * sizeof *aparts);
    if (aparts == NULL) {
        error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory left for this request; raise the memory limit",
                  "no queda memoria para esta petición; suba el límite de memoria");
    }
    for (size_t i = 0; i < told_count && aparts != NULL; i++) {
        size_t line = 0, receipt = 0;
        while (line < comparison->lines.count && comparison->lines.members[line].key != apart[i].place) {
            line++;
        }
        while (receipt < comparison->receipts.count &&
               comparison->receipts.members[receipt].key != apart[i].document_seq) {
            receipt++;
        }
        if (line < comparison->lines.count && receipt < comparison->receipts.count) {
            aparts[(*count)++] = (struct match_apart){(uint32_t)line, (uint32_t)receipt};
        }
    }
    return aparts;
}

_Static_assert((int)ITEM_DUPLICATE == MATCH_DUPLICATE && (int)ITEM_BY_DATE == MATCH_BY_DATE,
               "items have the states of the matches in the same order");

static void group_tell(void *context, size_t group, enum item_state *state, enum item_how *how) {
    const struct comparison *comparison = context;
    if (group < comparison->result.group_count) {
        *state = (enum item_state)comparison->result.groups[group].state;
        *how = (enum item_how)comparison->result.groups[group].how;
    } else {
        *state = comparison->extra_states[group - comparison->result.group_count];
        *how = ITEM_BY_NOTHING;
    }
}

/* A receipt from a day before or after the statement has no movement in it, and is not missing there. */
static bool is_of_other_days(const struct comparison *comparison, const struct match_entry *receipt, int32_t group) {
    enum match_state state = comparison->result.groups[group].state;
    return (state == MATCH_MISSING_LINE || state == MATCH_DUPLICATE) && receipt->day != DAY_NONE &&
           (receipt->day < comparison->first_day || receipt->day > comparison->last_day);
}

static void groups_give(struct comparison *comparison) {
    for (size_t i = 0; i < comparison->lines.count; i++) {
        int32_t *group = &comparison->lines.members[i].group;
        *group = comparison->result.line_groups[i];
        if (comparison->states[i] != ITEM_STATES) {
            comparison->extra_states[comparison->extra_count] = comparison->states[i];
            *group = (int32_t)(comparison->result.group_count + comparison->extra_count++);
        }
    }
    for (size_t i = 0; i < comparison->receipts.count; i++) {
        int32_t group = comparison->result.receipt_groups[i];
        bool is_left = group == GROUP_NONE || is_of_other_days(comparison, &comparison->receipts.entries[i], group);
        comparison->receipts.members[i].group = is_left ? GROUP_NONE : group;
    }
}

static enum lince_status compare(struct comparison *comparison, const struct reconciliation *reconciliation,
                                 struct lince_error *error) {
    struct store *store = comparison->request->service->store;
    struct side *lines = &comparison->lines, *receipts = &comparison->receipts;
    uint32_t apart_count;
    enum lince_status status = store_reconciliation_lines(store, reconciliation->seq, line_take, comparison, error);
    bool has_room = status != LINCE_OK || lines_sort_out(comparison);
    if (status == LINCE_OK && has_room) {
        status = receipts_load(comparison, reconciliation, error);
    }
    if (lines->is_refused || receipts->is_refused || !has_room) {
        return error_set(
            error, LINCE_ERROR_MEMORY_LIMIT,
            "no memory to compare so many movements and receipts; raise the memory limit or take fewer days",
            "no hay memoria para comparar tantos movimientos y recibos; suba el límite de memoria o tome"
            " menos días");
    }
    struct match_apart *aparts =
        status != LINCE_OK ? NULL : aparts_load(comparison, reconciliation->seq, &apart_count, error);
    if (aparts == NULL) {
        return status != LINCE_OK ? status : error->status;
    }
    status = match(lines->entries, (uint32_t)lines->count, receipts->entries, (uint32_t)receipts->count, aparts,
                   apart_count, &comparison->options.match, &comparison->request->arena, &comparison->result, error);
    if (status != LINCE_OK) {
        return status;
    }
    groups_give(comparison);
    const struct reconciliation_found found = {.lines = lines->members,
                                               .receipts = receipts->members,
                                               .line_count = lines->count,
                                               .receipt_count = receipts->count,
                                               .group_count = comparison->result.group_count + comparison->extra_count,
                                               .tell = group_tell,
                                               .context = comparison,
                                               .arena = &comparison->request->arena};
    return store_reconciliation_found(store, reconciliation->seq, reconciliation->version, &found, error);
}

enum lince_status reconciliation_compare(struct request *request, const char *id, struct lince_error *error) {
    enum lince_status status = LINCE_ERROR_ARGUMENT; /* it was changed during the comparison */
    for (int tries = 0; tries < TRIES_MOST && status == LINCE_ERROR_ARGUMENT; tries++) {
        struct arena_mark mark = arena_mark(&request->arena);
        struct comparison comparison = {.request = request, .options = reconciliation_options_usual};
        struct reconciliation reconciliation;
        status = store_reconciliation(request->service->store, id, &request->arena, &reconciliation, error);
        if (status == LINCE_OK) {
            json_t *options = json_memory_load_text(reconciliation.options, 0, NULL);
            (void)options_take(NULL, options, &comparison.options); /* damaged ones keep their defaults */
            json_decref(options);
            status = compare(&comparison, &reconciliation, error);
        }
        meter_free(comparison.lines.entries);
        meter_free(comparison.lines.members);
        meter_free(comparison.receipts.entries);
        meter_free(comparison.receipts.members);
        arena_rewind(&request->arena, mark);
        if (status == LINCE_OK) {
            *error = (struct lince_error)LINCE_ERROR_INIT;
            error->language = request->language;
        }
    }
    return status;
}

void reconciliation_answer_failure(struct request *request) {
    enum lince_status status = request->failure.status;
    if (status == LINCE_ERROR_TOO_LARGE) {
        answer_problem(request, PROBLEM_TOO_LARGE, "%s", "%s", request->failure.message);
    } else if (status == LINCE_ERROR_EMPTY || status == LINCE_ERROR_UNKNOWN_FORMAT ||
               status == LINCE_ERROR_UNSUPPORTED || status == LINCE_ERROR_DAMAGED) {
        answer_problem(request, PROBLEM_INVALID, "%s", "%s", request->failure.message);
    } else {
        answer_failure(request);
    }
}
