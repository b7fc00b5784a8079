/* extract.c - the steps of an extraction in order, and the record that comes out. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/meter.h"
#include "fields/coded/coded.h"
#include "fields/pages/movement_list.h"
#include "fields/pages/page_enough.h"
#include "fields/record.h"
#include "fields/sales/buyer_alone.h"
#include "fields/sales/buyer_block.h"
#include "fields/search.h"

enum {
    SCRATCH_BLOCK_BYTES = 256 * 1024,
    LABELLED_LEAST = 2, /* so many values beside their labels show that a page is what its layout describes */
};

/*
 * The manual score of a value, from which the model of doubt estimates how often such values are right: its least, the
 * shares of the label's quality and of the value's form, the loss for each look-alike; below, the factors for a bad
 * reading and for a rival that is as good.
 */
static const double RAW_LEAST = 0.15, LABEL_SHARE = 0.6, FORM_SHARE = 0.45, LOSS_REPAIR = 0.06;
static const double READ_WELL = 0.97, READ_BADLY = 0.5, READ_FACTOR = 0.6;
static const double MARGIN_CLEAR = 0.25, MARGIN_LOSS = 0.15, FIT_LEAST = 0.93;
/* A currency printed with the amount, printed elsewhere on the page, or usual in the country; a layout's default. */
static const double CURRENCY_PRINTED = 0.97, CURRENCY_OF_PAGE = 0.88, CURRENCY_USUAL = 0.8, RAW_DEFAULT = 0.93;
/* The confidence in the country that the layout names; the manual score of a zone printed after its time. */
static const double COUNTRY_OF_LAYOUT = 0.95, RAW_ZONE = 0.95;
/* Leads from this down to its negative become doubts from 0 to 1. */
static const double MARGIN_DOUBTED = 0.5;

static enum lince_status out_of_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory to extract the fields; raise the memory limit",
                     "no hay memoria para extraer los campos; suba el límite de memoria");
}

static enum lince_status names_check(const struct layout_set *set, const char *const *names, size_t name_count,
                                     struct lince_error *error) {
    for (size_t i = 0; i < name_count; i++) {
        if (layout_set_find(set, names[i]) == NULL) {
            return error_set(error, LINCE_ERROR_ARGUMENT,
                             "there is no layout \"%.60s\"; `lince layouts list` shows all of them",
                             "no existe la plantilla \"%.60s\"; `lince layouts list` las muestra todas", names[i]);
        }
    }
    return LINCE_OK;
}

static enum lince_status search_with(struct arena *arena, const struct layout_set *set, struct layout_names of,
                                     const struct record_page *page, struct search *search, bool *matched,
                                     struct lince_error *error) {
    *search = (struct search){.arena = arena, .doubt = &set->doubt};
    enum lince_status status = names_check(set, of.names, of.name_count, error);
    if (status != LINCE_OK) {
        return status;
    }
    if (!sheet_build(arena, page->lines, page->line_count, page->width_px, page->height_px, &search->sheet)) {
        return out_of_memory(error);
    }
    if (!kind_weigh(arena, set, &search->sheet, &search->what)) {
        return out_of_memory(error);
    }
    if (!layout_choose(arena, set, of, &search->sheet, search->what.group, &search->layout, matched)) {
        return out_of_memory(error);
    }
    if (search->layout == NULL) {
        return error_set(error, LINCE_ERROR_ARGUMENT, "there is no layout to use", "no hay plantilla que usar");
    }
    search->locale = (struct locale){&set->countries, set->countries.unknown};
    country_decide(&set->countries, &search->sheet, &search->where);
    if (search->layout->country != NULL) { /* a layout knows whose pages it describes */
        search->where.country = search->layout->country;
        search->where.by_sign_alone = false;
        search->where.confidence =
            search->where.confidence < COUNTRY_OF_LAYOUT ? COUNTRY_OF_LAYOUT : search->where.confidence;
    }
    if (search->where.country != NULL) {
        search->locale.country = search->where.country;
    }
    if (!labels_find(search) || !candidates_find(search) || !under_amount_names_add(search)) {
        return out_of_memory(error);
    }
    candidates_take_sides(search);
    buyer_block_learn(search);
    kind_settle(search, *matched, &search->what);
    bool good = shop_candidates_find(search) && buyer_alone_learn(search) && options_find(search) && assign(search);
    return good ? LINCE_OK : out_of_memory(error);
}

static size_t missing_count(const struct search *search) {
    size_t count = 0;
    for (size_t i = 0; i < search->layout->field_count; i++) {
        count += search->layout->fields[i].required && search->choice[i] == OPTIONS_MOST;
    }
    return count;
}

enum lince_status search_run(struct arena *arena, const struct layout_set *set, const char *const *names,
                             size_t name_count, const struct record_page *page, struct search *search, bool *matched,
                             struct lince_error *error) {
    struct layout_names of = {names, name_count, false};
    enum lince_status status = search_with(arena, set, of, page, search, matched, error);
    if (status != LINCE_OK || !*matched || name_count > 0 || page_labelled_count(search) >= LABELLED_LEAST ||
        missing_count(search) == 0) {
        return status;
    }
    /* only the sender's name is there, as in its message by SMS, and not the page that the layout describes */
    struct search other;
    bool other_matched = false;
    of.generic_only = true;
    status = search_with(arena, set, of, page, &other, &other_matched, error);
    if (status == LINCE_OK && missing_count(&other) < missing_count(search)) {
        *search = other;
        *matched = other_matched;
    }
    return status;
}

/* The option's lead over the best one with another value, as a share of its score. */
static double option_margin(const struct search *search, size_t field, const struct option *option) {
    const struct field_options *options = &search->options[field];
    bool is_first = options->options[0].candidate == option->candidate;
    double rival = is_first ? options->rival : options->options[0].score;
    return option->score > 0 ? (option->score - rival) / option->score : 0;
}

/* 0..1: from the value's place, form and reading, and the distance of the next best. */
static double raw_confidence(const struct search *search, size_t field, const struct option *option) {
    const struct candidate *candidate = &search->candidates[option->candidate];
    double label = option->label_quality > 1 ? 1 : option->label_quality;
    double raw = RAW_LEAST + (1 - RAW_LEAST) * (option->place * (1 - LABEL_SHARE + LABEL_SHARE * label) *
                                                (1 - FORM_SHARE + FORM_SHARE * candidate->find.quality));
    double read = candidate->confidence;
    raw *= read >= READ_WELL    ? 1
           : read <= READ_BADLY ? READ_FACTOR
                                : READ_FACTOR + (1 - READ_FACTOR) * (read - READ_BADLY) / (READ_WELL - READ_BADLY);
    double margin = option_margin(search, field, option);
    raw *= margin > MARGIN_CLEAR    ? 1
           : margin < -MARGIN_CLEAR ? 1 - 2 * MARGIN_LOSS
                                    : 1 - MARGIN_LOSS + MARGIN_LOSS / MARGIN_CLEAR * margin;
    raw -= LOSS_REPAIR * candidate->find.repairs;
    raw *= FIT_LEAST + (1 - FIT_LEAST) * search->what.confidence; /* how well the page fits what it was taken for */
    return raw < 0 ? 0 : raw > 1 ? 1 : raw;
}

/* A value with a lower score is left out, unless its field is required. */
static const double LEAST_SCORE = 0.46;

static bool is_worth_giving(const struct record_field *field, const struct field_rule *rule) {
    return rule->required || rule->hidden || field->raw >= LEAST_SCORE;
}

/*
 * A weekday on the date's line shows which number is the day. Without one, and without a country, both readings are
 * possible and the date is doubtful.
 */
static void date_settle(const struct search *search, struct candidate *candidate) {
    const struct sheet_line *line = &search->sheet.lines[candidate->extents[0].line];
    char swapped[VALUE_BYTES];
    int day = candidate->type == VALUE_DATE ? date_weekday_find(&search->locale, line->text, line->bytes) : -1;
    if (day < 0) {
        return;
    }
    if (date_weekday(candidate->find.value) != day && date_swap(candidate->find.value, swapped) &&
        date_weekday(swapped) == day) {
        memcpy(candidate->find.value, swapped, sizeof swapped);
    }
    candidate->find.two_readings = candidate->find.two_readings && date_weekday(candidate->find.value) != day;
}

/* A document's number is written without the blanks around its hyphen: "E001 - 118". */
static void hyphens_close(char *value) {
    size_t kept = 0;
    for (size_t i = 0; value[i] != '\0'; i++) {
        bool before = value[i] == ' ' && value[i + 1] == '-',
             behind = value[i] == ' ' && kept > 0 && value[kept - 1] == '-';
        if (!before && !behind) {
            value[kept++] = value[i];
        }
    }
    value[kept] = '\0';
}

static bool field_fill(struct arena *arena, const struct search *search, size_t index, struct record_field *field) {
    static const double TWO_READINGS_FACTOR = 0.7;
    const struct option *option = &search->options[index].options[search->choice[index]];
    struct candidate *candidate = &search->candidates[option->candidate];
    const struct field_rule *rule = &search->layout->fields[index];
    date_settle(search, candidate);
    const char *value = candidate->find.value[0] != '\0' ? candidate->find.value : candidate->text;
    char *own = arena_copy_text(arena, value, strlen(value));
    if (rule->type == VALUE_TEXT && rule->asked && own != NULL) {
        hyphens_close(own);
    }
    *field = (struct record_field){
        .name = rule->name,
        .type = rule->type,
        .value = own,
        .text = arena_copy_text(arena, candidate->text, candidate->text_bytes),
        .raw = raw_confidence(search, index, option),
        .box = sheet_box_on_page(&search->sheet, candidate->box),
        .page_line = search->sheet.lines[candidate->extents[0].line].page_line,
        .found_by = option->found_by,
        .repairs = candidate->find.repairs,
        .meaning = rule->type == VALUE_BANK ? country_bank_name(search->locale.country, value) : candidate->find.kind,
        .checked = candidate->find.checked,
    };
    field->two_readings = candidate->find.two_readings;
    field->raw *= field->two_readings ? TWO_READINGS_FACTOR : 1;
    double label = option->label_quality > 1 ? 1 : option->label_quality;
    double margin = option_margin(search, index, option);
    confidence_inputs(search, candidate, field->inputs);
    field->reading = candidate->words_confidence;
    field->inputs[DOUBT_PLACE] = 1 - option->place;
    field->inputs[DOUBT_LABEL] = 1 - label;
    field->inputs[DOUBT_MARGIN] = margin > MARGIN_DOUBTED ? 0 : margin < -MARGIN_DOUBTED ? 1 : MARGIN_DOUBTED - margin;
    return field->value != NULL && field->text != NULL;
}

/* The currency written in a label: "Monto (Bs)"; NULL for none. */
static const char *labelled_currency(const struct search *search) {
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        const struct segment *segment = &search->sheet.segments[label->segment];
        const char *text = search->sheet.lines[label->line].text;
        const char *code;
        for (size_t at = label->from; at < segment->to; at++) {
            if (strchr(" (", text[at]) != NULL && at + 1 < segment->to &&
                money_currency_match(&search->locale, text + at + 1, segment->to - at - 1, &code) > 0 &&
                code[0] != '\0') {
                return code;
            }
        }
    }
    return NULL;
}

/*
 * The currency printed with the amount, in a label, or with any amount of the page; otherwise the layout's, or that of
 * the page's country. NULL if nothing shows it: several currencies share a sign.
 */
static const char *currency_of(const struct search *search, const struct candidate *money, enum found_by *how) {
    *how = FOUND_AMOUNT;
    if (money != NULL && money->find.currency[0] != '\0') {
        return money->find.currency;
    }
    bool open_sign = money != NULL && money->find.open_sign;
    const char *labelled = open_sign ? NULL : labelled_currency(search);
    *how = FOUND_PAGE;
    if (labelled != NULL) {
        return labelled;
    }
    for (size_t i = 0; i < search->candidate_count && !open_sign; i++) {
        if (search->candidates[i].type == VALUE_MONEY && search->candidates[i].find.currency[0] != '\0') {
            return search->candidates[i].find.currency;
        }
    }
    *how = FOUND_DEFAULT;
    if (search->layout->currency != NULL) {
        return search->layout->currency;
    }
    *how = FOUND_COUNTRY;
    return open_sign ? NULL : search->locale.country->currency;
}

/* A currency follows from the first visible amount of the record. */
static bool currency_fill(struct arena *arena, const struct search *search, size_t index, struct record *record) {
    for (size_t i = 0; i < search->layout->field_count; i++) {
        const struct field_rule *rule = &search->layout->fields[i];
        const struct candidate *money = search_chosen(search, i);
        if (rule->type != VALUE_MONEY || rule->hidden || money == NULL || !rule->required) {
            continue;
        }
        enum found_by how;
        const char *code = currency_of(search, money, &how);
        if (code == NULL) {
            return true;
        }
        struct record_field *field = &record->fields[record->field_count++];
        double raw = how == FOUND_AMOUNT ? CURRENCY_PRINTED : how == FOUND_PAGE ? CURRENCY_OF_PAGE : CURRENCY_USUAL;
        *field = (struct record_field){
            .name = search->layout->fields[index].name,
            .type = VALUE_CURRENCY,
            .value = arena_copy_text(arena, code, strlen(code)),
            .text = arena_copy_text(arena, money->text, money->text_bytes),
            .raw = raw,
            .reading = money->words_confidence,
            .box = sheet_box_on_page(&search->sheet, money->box),
            .page_line = search->sheet.lines[money->extents[0].line].page_line,
            .found_by = how,
        };
        confidence_inputs(search, money, field->inputs);
        bool own = how == FOUND_AMOUNT && !money->find.shared_sign; /* "R$" needs no other evidence */
        field->inputs[DOUBT_LONE_SIGN] = search->where.by_sign_alone && !own;
        field->inputs[DOUBT_COUNTRY] = own ? 0 : 1 - search->where.confidence;
        return field->value != NULL && field->text != NULL;
    }
    return true;
}

/* A zone is printed after the record's time. */
static bool zone_fill(struct arena *arena, const struct search *search, size_t index, struct record *record) {
    const struct candidate *time = NULL;
    for (size_t i = 0; i < search->layout->field_count && time == NULL; i++) {
        const struct field_rule *rule = &search->layout->fields[i];
        time = rule->type == VALUE_TIME && !rule->hidden ? search_chosen(search, i) : NULL;
    }
    if (time == NULL) {
        return true;
    }
    const struct extent *last = &time->extents[time->extent_count - 1];
    const struct sheet_line *line = &search->sheet.lines[last->line];
    const char *text = line->text + last->to;
    char value[VALUE_BYTES];
    size_t bytes = time_zone_match(text, line->bytes - last->to, value), blank = strspn(text, " (-");
    if (bytes == 0) {
        return true;
    }
    struct extent extent = {last->line, last->to, last->to + bytes};
    struct record_field *field = &record->fields[record->field_count++];
    *field = (struct record_field){
        .name = search->layout->fields[index].name,
        .type = VALUE_ZONE,
        .value = arena_copy_text(arena, value, strlen(value)),
        .text = arena_copy_text(arena, text + blank, bytes - blank),
        .raw = RAW_ZONE,
        .reading = time->words_confidence,
        .box = sheet_box_on_page(&search->sheet, sheet_extent_box(&search->sheet, extent)),
        .page_line = line->page_line,
        .found_by = FOUND_AFTER,
    };
    confidence_inputs(search, time, field->inputs);
    return field->value != NULL && field->text != NULL;
}

static bool default_fill(struct arena *arena, const struct search *search, const struct field_rule *rule,
                         struct record *record) {
    struct record_field *field = &record->fields[record->field_count++];
    *field = (struct record_field){
        .name = rule->name,
        .type = rule->type,
        .value = arena_copy_text(arena, rule->default_value, strlen(rule->default_value)),
        .text = "",
        .raw = RAW_DEFAULT,
        .reading = 1,
        .page_line = RECORD_NO_LINE,
        .found_by = FOUND_DEFAULT,
        .meaning = rule->type == VALUE_BANK ? country_bank_name(search->locale.country, rule->default_value) : NULL,
    };
    confidence_inputs(search, NULL, field->inputs);
    return field->value != NULL;
}

/* An account's first digits name its bank. They are used if no label of that side has a bank. */
static bool bank_fill(struct arena *arena, const struct search *search, size_t index, struct record *record) {
    const struct field_rule *rule = &search->layout->fields[index];
    for (size_t i = 0; i < search->layout->field_count; i++) {
        const struct field_rule *account = &search->layout->fields[i];
        const struct candidate *candidate = search_chosen(search, i);
        if (account->type != VALUE_ACCOUNT || account->side != rule->side || candidate == NULL) {
            continue;
        }
        const struct country *country = search->locale.country;
        char code[8];
        snprintf(code, sizeof code, "%.*s", (int)country->bank_code_digits, candidate->find.value);
        if (country->bank_code_begin == NULL || country_bank_name(country, code) == NULL) {
            continue;
        }
        struct record_field *field = &record->fields[record->field_count];
        if (!field_fill(arena, search, i, field)) {
            return false;
        }
        field->name = rule->name;
        field->type = rule->type;
        field->value = arena_copy_text(arena, code, strlen(code));
        field->found_by = FOUND_ACCOUNT;
        field->meaning = country_bank_name(country, code);
        record->field_count++;
        return field->value != NULL;
    }
    return true;
}

/* Whether the bank was only guessed from the place of its name. */
static bool is_guess(const struct search *search, size_t index) {
    return search->choice[index] == OPTIONS_MOST ||
           search->options[index].options[search->choice[index]].found_by == FOUND_FREE;
}

/* The number in the text of an exchange rate takes its place. `found`: there is one. False when memory is refused. */
static bool rate_settle(struct arena *arena, const struct search *search, struct record_field *field, bool *found) {
    char value[VALUE_BYTES];
    *found = second_currency_rate_read(&search->locale, field->value, value);
    if (!*found) {
        return true;
    }
    field->value = arena_copy_text(arena, value, strlen(value));
    return field->value != NULL;
}

static bool record_fill(struct arena *arena, const struct search *search, struct record *record) {
    const struct layout *layout = search->layout;
    record->fields = arena_allocate_zero(arena, layout->field_count + 2, sizeof *record->fields);
    if (record->fields == NULL) {
        return false;
    }
    bool good = true;
    for (size_t i = 0; i < layout->field_count && good; i++) {
        const struct field_rule *rule = &layout->fields[i];
        if (rule->type == VALUE_CURRENCY) { /* the second one comes with its amount */
            good = second_currency_is_field(rule->name) || currency_fill(arena, search, i, record);
            continue;
        }
        if (rule->type == VALUE_ZONE) {
            good = zone_fill(arena, search, i, record);
            continue;
        }
        size_t before = record->field_count;
        if (rule->type == VALUE_BANK && rule->side != SIDE_NONE && rule->default_value == NULL && is_guess(search, i)) {
            good = bank_fill(arena, search, i, record);
        }
        if (record->field_count > before || !good) {
            continue;
        }
        if (search->choice[i] != OPTIONS_MOST) {
            struct record_field *field = &record->fields[record->field_count];
            good = field_fill(arena, search, i, field);
            bool worth = good && is_worth_giving(field, rule);
            if (worth && rule->type == VALUE_RATE) {
                good = rate_settle(arena, search, field, &worth);
            }
            record->field_count += worth && good;
        } else if (rule->default_value != NULL) {
            good = default_fill(arena, search, rule, record);
        }
    }
    good = good && parts_fill(arena, search, record) && second_currency_fill(arena, search, record);
    for (size_t i = 0; i < layout->field_count && good; i++) { /* once there are amounts to hold them against */
        good = layout->fields[i].type != VALUE_ITEMS || items_fill(arena, search, &layout->fields[i], record);
    }
    return good;
}

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

static size_t amounts_count(const struct search *search) {
    size_t count = 0;
    for (size_t i = 0; i < search->candidate_count; i++) {
        count += search->candidates[i].type == VALUE_MONEY && search->candidates[i].extent_count == 1;
    }
    return count;
}

/*
 * A page without words of any kind that has an amount beside its label is taken for the kind of its layout. A page that
 * does not show what makes a payment or a sale is of no known kind and has no fields. A statement and a list of
 * movements have none either, nor has a certificate of taxes withheld.
 */
static bool is_nothing_known(struct search *search, bool named) {
    enum { LISTED_LEAST = 3, STATED_LEAST = 4 };
    struct kind_verdict *what = &search->what;
    if (named) {
        return false;
    }
    size_t least = what->kind == KIND_STATEMENT ? STATED_LEAST : LISTED_LEAST;
    bool open = what->kind == KIND_BANK_MOVEMENTS && movement_list_is_open(search);
    if (what->group == GROUP_ACCOUNT && !open && amounts_count(search) >= least) {
        return true; /* many payments, and none that the page is about */
    }
    if (what->told && what->group != GROUP_NONE && !page_core(search)) { /* "Pasaporte" above "Comprobante de pago" */
        *what = (struct kind_verdict){.confidence = 1 - what->confidence};
        return true;
    }
    if (what->group == GROUP_TAX || (what->told && what->group == GROUP_NONE)) {
        return true; /* its amounts are taxes and bases, and nothing was sold or paid by it */
    }
    bool enough = page_enough(search);
    if (!enough && what->group != GROUP_ACCOUNT) {
        double confidence = what->group == GROUP_NONE ? what->confidence : 1 - what->confidence;
        *what = (struct kind_verdict){.confidence = confidence};
    }
    if (!enough) {
        return true;
    }
    if (what->group == GROUP_NONE) {
        what->group = search->layout->group;
        what->kind = what->group == GROUP_SALE ? KIND_INVOICE : KIND_PAYMENT_MADE;
        what->direction = what->group == GROUP_PAYMENT ? DIRECTION_OUT : DIRECTION_NONE;
        what->confidence = 0.5;
    }
    return false;
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
    bool matched = false;
    enum lince_status status = search_run(&scratch, set, names, name_count, page, &search, &matched, error);
    assert(status != LINCE_OK || search.candidates != NULL || search.candidate_count == 0);
    bool nothing = status == LINCE_OK && is_nothing_known(&search, matched || name_count > 0);
    if (status == LINCE_OK &&
        !(verdicts_fill(arena, &search, record) && (nothing || record_fill(arena, &search, record)))) {
        status = out_of_memory(error);
    }
    if (nothing) { /* a person must see receipts that could not be read */
        record->reasons[record->reason_count++] = (struct record_reason){REASON_KIND, kind_name(record->kind)};
    }
    if (status == LINCE_OK && !nothing) {
        record->rules = search.layout->name;
        record->layout = matched ? search.layout->name : NULL;
        record_check(record, &search);
        hidden_drop(record, search.layout);
        if (!coded_apply(arena, &set->countries, search.layout, page->codes, page->code_count, record)) {
            status = out_of_memory(error);
        }
    }
    arena_clear(&scratch);
    return status;
}
