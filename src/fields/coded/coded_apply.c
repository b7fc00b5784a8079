/* coded_apply.c - the fields of a record beside what the page's codes say. */
#include <ctype.h>
#include <math.h>
#include <string.h>

#include "base/fold.h"
#include "fields/coded/coded.h"
#include "fields/record.h"

/* Which fields a part may be, by the names in layouts; the first that the layout has. */
static const char *const fields_of[CODED_PARTS][2] = {
    [CODED_AMOUNT] = {"monto", "total"},
    [CODED_CURRENCY] = {"moneda", "currency"},
    [CODED_DATE] = {"fecha", "date"},
    [CODED_SELLER] = {"beneficiario", "company"},
    [CODED_SELLER_ID] = {"cedula", "company_id"},
    [CODED_BUYER_ID] = {"buyer_id", NULL},
    [CODED_NUMBER] = {"referencia", "receipt_number"},
    [CODED_KEY] = {"clave_destino", NULL},
};

/*
 * Print and code agree by independent ways of reading; a code has check digits of its own, but may be another's. Not
 * fitted: no set of pages with such codes is large enough.
 */
static const double AGREED_CONFIDENCE = 0.995, CODE_CONFIDENCE = 0.97;

struct apply {
    struct arena *arena, scratch;
    const struct country_set *countries;
    const struct layout *layout;
    struct record *record;
    bool was_refused;
};

static const struct field_rule *rule_of(const struct layout *layout, enum coded_part part) {
    for (size_t i = 0; i < 2 && fields_of[part][i] != NULL; i++) {
        for (size_t j = 0; j < layout->field_count; j++) {
            if (!layout->fields[j].hidden && strcmp(layout->fields[j].name, fields_of[part][i]) == 0) {
                return &layout->fields[j];
            }
        }
    }
    return NULL;
}

static void reasons_drop(struct record *record, const char *field) {
    size_t kept = 0;
    for (size_t i = 0; i < record->reason_count; i++) {
        enum review_reason reason = record->reasons[i].reason;
        bool is_settled = strcmp(record->reasons[i].field, field) == 0 &&
                          (reason == REASON_MISSING || reason == REASON_UNREAD || reason == REASON_DOUBTFUL ||
                           reason == REASON_TWO_READINGS);
        if (!is_settled) {
            record->reasons[kept++] = record->reasons[i];
        }
    }
    record->reason_count = kept;
}

/* ---- agreement ---------------------------------------------------------------------------------------- */

/* The last group of the number before `end`, without leading zeros; dots and spaces are part of a group. */
static const char *group_before(const char *text, const char *end, size_t *bytes) {
    const char *from = end;
    while (from > text && strchr("-/:", from[-1]) == NULL) {
        from--;
    }
    const char *first = from + strspn(from, "0. ");
    first = first < end ? first : end - (end > from);
    *bytes = (size_t)(end - first);
    return first;
}

/* Whether two groups have the same letters and digits. */
static bool groups_equal(const char *left, size_t left_bytes, const char *right, size_t right_bytes) {
    size_t i = 0, j = 0;
    for (;; i++, j++) {
        while (i < left_bytes && !isalnum((unsigned char)left[i])) {
            i++;
        }
        while (j < right_bytes && !isalnum((unsigned char)right[j])) {
            j++;
        }
        if (i == left_bytes || j == right_bytes) {
            return i == left_bytes && j == right_bytes;
        }
        if (toupper((unsigned char)left[i]) != toupper((unsigned char)right[j])) {
            return false;
        }
    }
}

/* "F001-45" is "F001-00000045", and so is "45": from the end on, all groups that both have are the same. */
static bool numbers_agree(const char *left, const char *right) {
    const char *left_end = left + strlen(left), *right_end = right + strlen(right);
    while (left_end > left && right_end > right) {
        size_t left_bytes, right_bytes;
        const char *left_group = group_before(left, left_end, &left_bytes);
        const char *right_group = group_before(right, right_end, &right_bytes);
        if (!groups_equal(left_group, left_bytes, right_group, right_bytes)) {
            return false;
        }
        for (left_end = left_group; left_end > left && strchr("-/:0. ", left_end[-1]) != NULL; left_end--) {
        }
        for (right_end = right_group; right_end > right && strchr("-/:0. ", right_end[-1]) != NULL; right_end--) {
        }
    }
    return true;
}

/* One holds the other: a name that the code cuts short, an id with and without its letter or check digit. */
static bool texts_agree(struct apply *apply, const char *printed, const char *coded, size_t least) {
    struct fold left, right;
    if (!fold_text(&apply->scratch, printed, strlen(printed), &left) ||
        !fold_text(&apply->scratch, coded, strlen(coded), &right)) {
        apply->was_refused = true;
        return true;
    }
    const struct fold *longer = left.count >= right.count ? &left : &right, *shorter = longer == &left ? &right : &left;
    return shorter->count >= least && strstr(longer->plain, shorter->plain) != NULL;
}

static bool agrees(struct apply *apply, enum coded_part part, const char *printed, const char *coded) {
    enum { NAME_LEAST = 3, ID_LEAST = 6 };
    switch (part) {
    case CODED_SELLER:
        return texts_agree(apply, printed, coded, NAME_LEAST);
    case CODED_SELLER_ID:
    case CODED_BUYER_ID:
    case CODED_KEY:
        return texts_agree(apply, printed, coded, ID_LEAST);
    case CODED_NUMBER:
        return numbers_agree(printed, coded);
    default:
        return strcmp(printed, coded) == 0;
    }
}

/* ---- one part ----------------------------------------------------------------------------------------- */

/* The text in the form of the field's values, on the record's arena; NULL if it has none. */
static const char *canonical(struct apply *apply, enum coded_part part, const struct field_rule *rule,
                             const char *text) {
    char value[VALUE_BYTES] = "";
    size_t used = 0;
    if (part == CODED_SELLER_ID || part == CODED_BUYER_ID) { /* whose country the code does not say */
        for (; *text != '\0' && used + 1 < sizeof value; text++) {
            if (isalnum((unsigned char)*text)) {
                value[used++] = (char)toupper((unsigned char)*text);
            }
        }
        value[used] = '\0';
        text = value;
    } else if (rule->type == VALUE_REFERENCE) {
        if (!value_typed(apply->countries, rule->type, text, value, sizeof value)) {
            return NULL;
        }
        text = value;
    }
    const char *kept = *text == '\0' ? NULL : arena_copy_text(apply->arena, text, strlen(text));
    apply->was_refused |= kept == NULL && *text != '\0';
    return kept;
}

static bool room_make(struct apply *apply) {
    struct record *record = apply->record;
    struct record_field *more = arena_allocate_zero(apply->arena, record->field_count + CODED_PARTS + 1, sizeof *more);
    if (more == NULL) {
        return false;
    }
    if (record->field_count > 0) {
        memcpy(more, record->fields, record->field_count * sizeof *more);
    }
    record->fields = more;
    return true;
}

static void fill(struct apply *apply, const struct field_rule *rule, const char *value, const struct lince_code *code) {
    struct record *record = apply->record;
    record->fields[record->field_count++] = (struct record_field){.name = rule->name,
                                                                  .type = rule->type,
                                                                  .value = value,
                                                                  .text = "",
                                                                  .confidence = CODE_CONFIDENCE,
                                                                  .box = code->box,
                                                                  .page_line = RECORD_NO_LINE,
                                                                  .found_by = FOUND_CODE};
    reasons_drop(record, rule->name);
}

static void contradict(struct apply *apply, struct record_field *field, const char *value,
                       const struct lince_code *code) {
    struct record *record = apply->record;
    field->value = value;
    field->meaning = NULL;
    field->confidence = CODE_CONFIDENCE;
    field->box = code->box;
    field->found_by = FOUND_CODE;
    reasons_drop(record, field->name);
    if (record->reason_count < RECORD_REASONS_MOST) {
        record->reasons[record->reason_count++] = (struct record_reason){REASON_CODE, field->name};
    }
}

static void part_apply(struct apply *apply, enum coded_part part, const char *text, const struct lince_code *code) {
    const struct field_rule *rule = text == NULL ? NULL : rule_of(apply->layout, part);
    const char *value = rule == NULL ? NULL : canonical(apply, part, rule, text);
    const struct record_field *found = value == NULL ? NULL : record_find(apply->record, rule->name);
    if (value == NULL) {
        return;
    }
    if (found == NULL) {
        fill(apply, rule, value, code);
        return;
    }
    struct record_field *field = &apply->record->fields[found - apply->record->fields];
    if (agrees(apply, part, field->value, text)) {
        field->confidence = fmax(field->confidence, AGREED_CONFIDENCE);
        reasons_drop(apply->record, field->name);
    } else if (part != CODED_SELLER) { /* a name may be printed in another way than the law has it */
        contradict(apply, field, value, code);
    }
}

/* ---- all codes ---------------------------------------------------------------------------------------- */

/* The first code that says something, if no other says something else: then none can be trusted to be the page's. */
static bool code_choose(struct apply *apply, const struct lince_code *codes, size_t count, struct coded *coded,
                        const struct lince_code **chosen) {
    *chosen = NULL;
    for (size_t i = 0; i < count; i++) {
        struct coded read;
        bool known = false;
        if (codes[i].content != NULL && !coded_read(apply->arena, codes[i].content, &read, &known)) {
            return false;
        }
        if (!known) {
            continue;
        }
        for (int part = 0; *chosen != NULL && part < CODED_PARTS; part++) {
            const char *first = coded->parts[part], *other = read.parts[part];
            if (first != NULL && other != NULL && strcmp(first, other) != 0) {
                *chosen = NULL;
                return true;
            }
        }
        if (*chosen == NULL) {
            *chosen = &codes[i];
            *coded = read;
        }
    }
    return true;
}

bool coded_apply(struct arena *arena, const struct country_set *countries, const struct layout *layout,
                 const struct lince_code *codes, size_t code_count, struct record *record) {
    enum { SCRATCH_BYTES = 4096 };
    struct apply apply = {.arena = arena, .countries = countries, .layout = layout, .record = record};
    const struct lince_code *chosen;
    struct coded coded;
    if (!code_choose(&apply, codes, code_count, &coded, &chosen)) {
        return false;
    }
    if (chosen == NULL) {
        return true;
    }
    arena_init(&apply.scratch, arena->meter, SCRATCH_BYTES);
    apply.was_refused = !room_make(&apply);
    for (int part = 0; !apply.was_refused && part < CODED_PARTS; part++) {
        part_apply(&apply, (enum coded_part)part, coded.parts[part], chosen);
    }
    arena_clear(&apply.scratch);
    return !apply.was_refused;
}
