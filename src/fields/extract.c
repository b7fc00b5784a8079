/* extract.c - a page becomes a record: search, verdicts, values, checks, codes. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/meter.h"
#include "fields/coded/coded.h"
#include "fields/pages/page_unknown.h"
#include "fields/record.h"
#include "fields/result/record_fill.h"
#include "fields/search.h"

enum { SCRATCH_BLOCK_BYTES = 256 * 1024 };

static bool evidence_add(struct arena *arena, const char *text, struct record *record) {
    if (record->evidence_count == RECORD_EVIDENCE_MOST) {
        return true;
    }
    const char *copy = arena_copy_text(arena, text, strlen(text));
    record->evidence[record->evidence_count] = copy;
    record->evidence_count += copy != NULL;
    return copy != NULL;
}

/* The page's kind and country, and the evidence for both. */
static bool verdicts_fill(struct arena *arena, const struct search *search, struct record *record) {
    const struct kind_verdict *what = &search->what;
    const struct country_verdict *where = &search->where;
    bool good = true;
    record->kind = what->kind;
    record->kind_confidence = what->confidence;
    record->direction = what->direction == DIRECTION_IN ? "in" : what->direction == DIRECTION_OUT ? "out" : NULL;
    for (size_t i = 0; i < what->evidence_count && good; i++) {
        good = evidence_add(arena, what->evidence[i], record);
    }
    if (where->country != NULL) {
        record->country = where->country->code;
        record->country_confidence = where->confidence;
        for (size_t i = 0; i < where->evidence_count && good; i++) {
            good = evidence_add(arena, where->evidence[i], record);
        }
    }
    return good;
}

/* Says how many lines of a long page were not searched. False when memory is refused. */
static bool lines_left_out_tell(struct arena *arena, const struct sheet *sheet, struct record *record) {
    char count[24];
    if (sheet->left_out_count == 0 || record->reason_count == RECORD_REASONS_MOST) {
        return true;
    }
    int bytes = snprintf(count, sizeof count, "%zu", sheet->left_out_count);
    const char *field = arena_copy_text(arena, count, (size_t)bytes);
    if (field != NULL) {
        record->reasons[record->reason_count++] = (struct record_reason){REASON_LINES, field};
    }
    return field != NULL;
}

/* Removes hidden fields, which were needed only for the assignment and the checks. */
static void hidden_drop(struct record *record, const struct layout *layout) {
    size_t kept = 0;
    for (size_t i = 0; i < record->field_count; i++) {
        bool hidden = false;
        for (size_t j = 0; j < layout->field_count; j++) {
            hidden = hidden || (layout->fields[j].hidden && layout->fields[j].name == record->fields[i].name);
        }
        if (!hidden) {
            record->fields[kept++] = record->fields[i];
        }
    }
    record->field_count = kept;
}

enum lince_status record_extract(struct arena *arena, const struct layout_set *set, const char *const *names,
                                 size_t name_count, const struct record_page *page, struct record *record,
                                 struct lince_error *error) {
    *record = (struct record){0};
    struct arena scratch;
    arena_init(&scratch, arena->meter, SCRATCH_BLOCK_BYTES);
    struct search search;
    enum lince_status status = search_run(&scratch, set, names, name_count, page, &search, error);
    assert(status != LINCE_OK || search.candidates != NULL || search.candidate_count == 0);
    bool nothing = status == LINCE_OK && page_is_unknown(&search, search.matched || name_count > 0);
    if (status == LINCE_OK &&
        !(verdicts_fill(arena, &search, record) && (nothing || record_fill(arena, &search, record)))) {
        status = search_out_of_memory(error);
    }
    if (nothing) { /* a person must see receipts that could not be read */
        record->reasons[record->reason_count++] = (struct record_reason){REASON_KIND, kind_name(record->kind)};
    }
    if (status == LINCE_OK && !nothing) {
        record->rules = search.layout->name;
        record->layout = search.matched ? search.layout->name : NULL;
        bool checked = record_check(record, &search);
        hidden_drop(record, search.layout);
        if (!checked || !coded_apply(arena, &set->countries, search.layout, page->codes, page->code_count, record)) {
            status = search_out_of_memory(error);
        }
    }
    if (status == LINCE_OK && !lines_left_out_tell(arena, &search.sheet, record)) {
        status = search_out_of_memory(error);
    }
    arena_clear(&scratch);
    return status;
}
