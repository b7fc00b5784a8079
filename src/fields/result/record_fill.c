/* record_fill.c - the fields of a record, from the candidates that the search has chosen. */
#include "fields/result/record_fill.h"

#include <stdio.h>
#include <string.h>

#include "fields/result/field_fill.h"

/*
 * The manual score of a value, from which the model of doubt estimates how often such values are right: its least, the
 * shares of the label's quality and of the value's form, the loss for each look-alike; below, the factors for a bad
 * reading and for a rival that is as good.
 */
static const double RAW_LEAST = 0.15, LABEL_SHARE = 0.6, FORM_SHARE = 0.45, LOSS_REPAIR = 0.06;
static const double READ_WELL = 0.97, READ_BADLY = 0.5, READ_FACTOR = 0.6;
static const double MARGIN_CLEAR = 0.25, MARGIN_LOSS = 0.15, FIT_LEAST = 0.93;
/* The manual scores of a layout's default and of a zone printed after its time. */
static const double RAW_DEFAULT = 0.93, RAW_ZONE = 0.95;
/* What a number loses whose label is another's: of its manual score, and as doubt about its label. */
static const double STAND_IN_FACTOR = 0.8, STAND_IN_DOUBT = 0.5;
/* Leads from this down to its negative become doubts from 0 to 1. */
static const double MARGIN_DOUBTED = 0.5;

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

/* A document's number, written without the blanks around its hyphen: "E001 - 118". NULL when memory is refused. */
static const char *hyphens_close(struct arena *arena, const char *printed) {
    char *value = arena_copy_text(arena, printed, strlen(printed));
    size_t kept = 0;
    for (size_t i = 0; value != NULL && value[i] != '\0'; i++) {
        bool before = value[i] == ' ' && value[i + 1] == '-',
             behind = value[i] == ' ' && kept > 0 && value[kept - 1] == '-';
        if (!before && !behind) {
            value[kept++] = value[i];
        }
    }
    if (value != NULL) {
        value[kept] = '\0';
    }
    return value;
}

/* The candidate that was chosen for the field. */
static bool chosen_fill(struct arena *arena, const struct search *search, size_t index, struct record_field *field) {
    static const double TWO_READINGS_FACTOR = 0.7;
    const struct option *option = &search->options[index].options[search->choice[index]];
    struct candidate *candidate = &search->candidates[option->candidate];
    const struct field_rule *rule = &search->layout->fields[index];
    date_settle(search, candidate);
    const char *value = candidate->find.value[0] != '\0' ? candidate->find.value : candidate->text;
    value = rule->type == VALUE_TEXT && rule->asked ? hyphens_close(arena, value) : value;
    if (value == NULL) {
        return false;
    }
    *field = (struct record_field){
        .name = rule->name,
        .type = rule->type,
        .value = value,
        .raw = raw_confidence(search, index, option),
        .found_by = option->found_by,
        .repairs = candidate->find.repairs,
        .meaning = rule->type == VALUE_BANK ? country_bank_name(search->locale.country, value) : candidate->find.kind,
        .checked = candidate->find.checked,
        .two_readings = candidate->find.two_readings,
    };
    field->raw *= field->two_readings ? TWO_READINGS_FACTOR : 1;
    double label = option->label_quality > 1 ? 1 : option->label_quality;
    double margin = option_margin(search, index, option);
    bool filled = field_fill(arena, search, candidate, field);
    field->inputs[DOUBT_PLACE] = 1 - option->place;
    field->inputs[DOUBT_LABEL] = 1 - label;
    field->inputs[DOUBT_MARGIN] = margin > MARGIN_DOUBTED ? 0 : margin < -MARGIN_DOUBTED ? 1 : MARGIN_DOUBTED - margin;
    return filled;
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
    size_t bytes = time_zone_match(&search->locale, text, line->bytes - last->to, value), blank = strspn(text, " (-");
    if (bytes == 0) {
        return true;
    }
    struct extent extent = {last->line, last->to, last->to + bytes};
    struct record_field *field = &record->fields[record->field_count++];
    *field = (struct record_field){
        .name = search->layout->fields[index].name,
        .type = VALUE_ZONE,
        .value = value,
        .raw = RAW_ZONE,
        .found_by = FOUND_AFTER,
    };
    bool filled = field_fill(arena, search, time, field);
    field->text = arena_copy_text(arena, text + blank, bytes - blank); /* its own, behind the time */
    field->box = sheet_box_on_page(&search->sheet, sheet_extent_box(&search->sheet, extent));
    field->page_line = line->page_line;
    return filled && field->text != NULL;
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
        if (!chosen_fill(arena, search, i, field)) {
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

/* The number of an authorisation stands for the reference of a payment that shows no other number. */
static bool authorisation_fill(struct arena *arena, const struct search *search, size_t index, struct record *record) {
    const struct layout *layout = search->layout;
    for (size_t i = 0; i < layout->field_count; i++) {
        if (strcmp(layout->fields[i].name, "autorizacion") != 0 || search->choice[i] == OPTIONS_MOST) {
            continue;
        }
        struct record_field *field = &record->fields[record->field_count++];
        bool filled = chosen_fill(arena, search, i, field);
        field->name = layout->fields[index].name;
        field->raw *= STAND_IN_FACTOR;
        field->inputs[DOUBT_LABEL] = STAND_IN_DOUBT;
        return filled;
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

bool record_fill(struct arena *arena, const struct search *search, struct record *record) {
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
            good = chosen_fill(arena, search, i, field);
            bool worth = good && is_worth_giving(field, rule);
            if (worth && rule->type == VALUE_RATE) {
                good = rate_settle(arena, search, field, &worth);
            }
            record->field_count += worth && good;
        } else if (rule->default_value != NULL) {
            good = default_fill(arena, search, rule, record);
        } else if (rule->type == VALUE_REFERENCE && rule->required) {
            good = authorisation_fill(arena, search, i, record);
        }
    }
    good = good && parts_fill(arena, search, record) && second_currency_fill(arena, search, record);
    for (size_t i = 0; i < layout->field_count && good; i++) { /* once there are amounts to hold them against */
        good = layout->fields[i].type != VALUE_ITEMS || items_fill(arena, search, &layout->fields[i], record);
    }
    return good;
}
