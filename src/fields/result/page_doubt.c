/* page_doubt.c - looks over a page once its fields are chosen: how sure they are, and what nobody took. */
#include "fields/result/page_doubt.h"

#include <math.h>
#include <string.h>

#include "fields/search.h"
#include "fields/values/scan.h"

/* So many of them are many; so few rows are few. */
static const double LEFT_MANY = 3, STRANGE_MANY = 6, LABELLED_MANY = 6, ROWS_FEW = 30;
/* Digits of a number that somebody may look up. */
enum { NUMBER_DIGITS_LEAST = 5 };

static double within(double value) {
    return value < 0 ? 0 : value > 1 ? 1 : value;
}

enum page_role page_role_of(const struct field_rule *rule) {
    bool payee = rule->side == SIDE_DESTINATION;
    switch (rule->type) {
    case VALUE_MONEY:
        return rule->required ? PAGE_AMOUNT : PAGE_ROLES;
    case VALUE_CURRENCY:
        return second_currency_is_field(rule->name) ? PAGE_ROLES : PAGE_CURRENCY;
    case VALUE_DATE:
        return rule->required ? PAGE_DATE : PAGE_ROLES;
    case VALUE_REFERENCE:
        return rule->required ? PAGE_NUMBER : PAGE_ROLES;
    case VALUE_TEXT:
        return rule->asked ? PAGE_NUMBER : PAGE_ROLES;
    case VALUE_COMPANY:
    case VALUE_NAME:
        return payee && (rule->required || rule->asked) ? PAGE_PARTY : PAGE_ROLES;
    case VALUE_ID:
        return payee ? PAGE_ID : PAGE_ROLES;
    default:
        return PAGE_ROLES;
    }
}

/* From a confidence of 0.993 to one of 0.5, as log odds. */
static double doubt_of(double confidence) {
    static const double ODDS_LEAST = 5;
    double least = 0.001, value = confidence < least ? least : confidence > 1 - least ? 1 - least : confidence;
    return within((log((1 - value) / value) + ODDS_LEAST) / ODDS_LEAST);
}

static bool is_unlabelled(enum found_by how) {
    return how == FOUND_FREE || how == FOUND_SECTION || how == FOUND_SUM;
}

/* Whether a field took a part of it: also a hidden one, or only those that are shown. */
static bool is_taken(const struct search *search, const struct candidate *candidate, bool only_shown) {
    for (size_t i = 0; i < search->layout->field_count; i++) {
        const struct candidate *chosen = search_chosen(search, i);
        bool counts = chosen != NULL && !(only_shown && search->layout->fields[i].hidden);
        if (counts && candidate_extents_overlap(chosen, candidate)) {
            return true;
        }
    }
    return false;
}

/* Whether a field of the type, also a hidden one, has the value. */
static bool is_known(const struct search *search, const struct candidate *candidate) {
    for (size_t i = 0; i < search->layout->field_count; i++) {
        const struct candidate *chosen = search_chosen(search, i);
        if (chosen != NULL && chosen->type == candidate->type &&
            strcmp(chosen->find.value, candidate->find.value) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether an earlier candidate of the type has the value. */
static bool is_again(const struct search *search, size_t index) {
    const struct candidate *own = &search->candidates[index];
    for (size_t i = 0; i < index; i++) {
        const struct candidate *other = &search->candidates[i];
        if (other->type == own->type && strcmp(other->find.value, own->find.value) == 0) {
            return true;
        }
    }
    return false;
}

static size_t digits_of(const char *text) {
    size_t count = 0;
    for (; *text != '\0'; text++) {
        count += scan_is_digit(*text);
    }
    return count;
}

/* Whether the candidate could be a key field's value of its own, but that no field took it. */
static bool is_left(const struct search *search, size_t index) {
    const struct candidate *candidate = &search->candidates[index];
    if (candidate->for_label || candidate->bystander) {
        return false;
    }
    switch (candidate->type) {
    case VALUE_MONEY:
        if (!find_has_sign(&candidate->find)) {
            return false;
        }
        break;
    case VALUE_DATE:
    case VALUE_ID:
        if (candidate->find.bare) {
            return false;
        }
        break;
    case VALUE_NAME:
        if (strchr(candidate->text, ' ') == NULL || search->sheet.segments[candidate->segment].running) {
            return false;
        }
        break;
    case VALUE_REFERENCE:
        if (digits_of(candidate->find.value) < NUMBER_DIGITS_LEAST) {
            return false;
        }
        break;
    default:
        return false;
    }
    return !is_taken(search, candidate, false) && !is_known(search, candidate) && !is_again(search, index);
}

static void left_count(const struct search *search, const struct record *record, double inputs[PAGE_INPUT_COUNT]) {
    long long paid = 0;
    for (size_t i = 0; i < record->field_count; i++) {
        const struct record_field *field = &record->fields[i];
        bool main = strcmp(field->name, "monto") == 0 || strcmp(field->name, "total") == 0;
        paid = main && field->type == VALUE_MONEY ? money_hundredths(field->value) : paid;
    }
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *candidate = &search->candidates[i];
        if (!is_left(search, i)) {
            continue;
        }
        enum page_input input = candidate->type == VALUE_MONEY  ? PAGE_LEFT_AMOUNTS
                                : candidate->type == VALUE_DATE ? PAGE_LEFT_DATES
                                : candidate->type == VALUE_ID   ? PAGE_LEFT_IDS
                                : candidate->type == VALUE_NAME ? PAGE_LEFT_NAMES
                                                                : PAGE_LEFT_NUMBERS;
        inputs[input] = within(inputs[input] + 1 / LEFT_MANY);
        bool larger = candidate->type == VALUE_MONEY && money_hundredths(candidate->find.value) > paid;
        inputs[PAGE_LEFT_LARGER] = larger ? 1 : inputs[PAGE_LEFT_LARGER];
    }
}

/* Whether the piece begins with letters, no label is in it, and a colon, or digits at its right, look like a value. */
static bool is_strange(const struct search *search, size_t index) {
    const struct segment *own = &search->sheet.segments[index];
    const struct sheet_line *line = &search->sheet.lines[own->line];
    if (own->fold_to == own->fold_from || own->running || own->of_buyer || line->chrome ||
        search->segment_label[index] != LABELS_MOST || scan_is_digit(line->fold.plain[own->fold_from])) {
        return false;
    }
    for (size_t i = 0; i < search->label_count; i++) {
        if (search->labels[i].segment == index) {
            return false;
        }
    }
    for (size_t i = 0; i < search->layout->field_count; i++) {
        const struct candidate *chosen = search_chosen(search, i);
        for (size_t k = 0; chosen != NULL && k < chosen->extent_count; k++) {
            if (extents_meet(chosen->extents[k], segment_extent(own))) {
                return false;
            }
        }
    }
    const char *colon = memchr(line->text + own->from, ':', own->to - own->from);
    return colon != NULL && colon > line->text + own->from + 2;
}

static void rows_count(const struct search *search, double inputs[PAGE_INPUT_COUNT]) {
    size_t strange = 0, labelled = 0;
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        strange += is_strange(search, i);
    }
    for (size_t i = 0; i < search->layout->field_count; i++) {
        size_t choice = search->choice[i];
        labelled += choice != OPTIONS_MOST && !search->layout->fields[i].hidden &&
                    search->options[i].options[choice].label != LABELS_MOST;
    }
    inputs[PAGE_STRANGE] = within((double)strange / STRANGE_MANY);
    inputs[PAGE_LABELLED] = within((double)labelled / LABELLED_MANY);
    inputs[PAGE_SHORT] = within(1 - (double)search->sheet.line_count / ROWS_FEW);
}

/* The letters and digits of a line between two bytes. */
static size_t signs_between(const struct sheet_line *line, size_t from, size_t to) {
    size_t count = 0;
    for (size_t i = 0; i < line->fold.count; i++) {
        count += line->fold.from[i] >= from && line->fold.to[i] <= to;
    }
    return count;
}

/* Where the value's first piece begins, behind its label if that is in it. */
static size_t piece_begin(const struct search *search, const struct option *option) {
    const struct candidate *candidate = &search->candidates[option->candidate];
    const struct label *label = option->label == LABELS_MOST ? NULL : &search->labels[option->label];
    bool has_label = label != NULL && label->segment == candidate->segment && label->to <= candidate->extents[0].from;
    return has_label ? label->to : search->sheet.segments[candidate->segment].from;
}

/* What of the value's first piece is neither the value nor its label, 0 to 1. */
static double rest_of(const struct search *search, const struct option *option) {
    static const double REST_MANY = 10;
    const struct candidate *candidate = &search->candidates[option->candidate];
    const struct segment *own = &search->sheet.segments[candidate->segment];
    const struct sheet_line *line = &search->sheet.lines[own->line];
    size_t from = piece_begin(search, option), first = candidate->extents[0].from, last = candidate->extents[0].to;
    return within((double)(signs_between(line, from, first) + signs_between(line, last, own->to)) / REST_MANY);
}

/* Whether a label of the layout begins inside the value, behind its first word. */
static bool has_label(const struct search *search, const struct candidate *candidate) {
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        for (size_t k = 0; k < candidate->extent_count && label->kind == PHRASE_FIELD; k++) {
            const struct extent *part = &candidate->extents[k];
            bool begins = k == 0 && label->from <= part->from;
            if (part->line == label->line && label->from >= part->from && label->to <= part->to && !begins) {
                return true;
            }
        }
    }
    return false;
}

/* Whether a word of three letters is in the number. */
static bool is_wordy(const char *text) {
    enum { WORD_LETTERS = 3 };
    size_t letters = 0, most = 0;
    for (const char *at = text; *at != '\0'; at++) {
        bool letter = (*at >= 'A' && *at <= 'Z') || (*at >= 'a' && *at <= 'z');
        letters = letter ? letters + 1 : 0;
        most = letters > most ? letters : most;
    }
    return most >= WORD_LETTERS && strchr(text, ' ') != NULL;
}

/* Whether the byte may go on with a number: a letter, a digit, a hyphen. */
static bool goes_on(char byte) {
    return scan_is_digit(byte) || (byte >= 'A' && byte <= 'Z') || byte == '-' || byte == '/';
}

/* Whether something of no label goes on with the value: "A 33917", "33917-44". */
static bool is_cut(const struct search *search, const struct option *option) {
    enum { SERIES_LETTERS_MOST = 3 };
    const struct candidate *candidate = &search->candidates[option->candidate];
    const struct segment *own = &search->sheet.segments[candidate->segment];
    const char *text = search->sheet.lines[own->line].text;
    size_t from = piece_begin(search, option), first = candidate->extents[0].from, last = candidate->extents[0].to;
    size_t letters = 0;
    size_t at = first > from && text[first - 1] == ' ' ? first - 1 : first;
    while (at > from && text[at - 1] >= 'A' && text[at - 1] <= 'Z') {
        at--;
        letters++;
    }
    bool series = letters > 0 && letters <= SERIES_LETTERS_MOST && (at == from || strchr(" :", text[at - 1]) != NULL);
    return series || (last < own->to && goes_on(text[last]));
}

static void number_learn(const struct search *search, const struct record_field *field, const struct option *option,
                         double inputs[PAGE_INPUT_COUNT]) {
    size_t digits = digits_of(field->value);
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *other = &search->candidates[i];
        bool longer = other->type == VALUE_REFERENCE && !other->for_label && !other->bystander &&
                      strlen(other->find.value) > strlen(field->value);
        inputs[PAGE_NUMBER_LONGER] = longer && !is_taken(search, other, true) ? 1 : inputs[PAGE_NUMBER_LONGER];
    }
    inputs[PAGE_NUMBER_BELOW] = field->found_by == FOUND_BELOW || field->found_by == FOUND_COLUMN;
    inputs[PAGE_NUMBER_CUT] = option != NULL && is_cut(search, option);
    inputs[PAGE_NUMBER_WORDY] = is_wordy(field->value);
    inputs[PAGE_NUMBER_SHORT] = digits < NUMBER_DIGITS_LEAST;
}

/* Whether a word is in the layout's labels by itself. */
static bool is_of_labels(const struct phrase_book *book, const char *look, size_t count) {
    for (size_t i = 0; i < book->list_count; i++) {
        for (size_t k = 0; k < book->lists[i].count; k++) {
            const struct choice *choice = &book->lists[i].choices[k];
            if (choice->count == count && memcmp(choice->key, look, count) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* The share of the value's words that labels consist of. */
static double label_words_share(const struct search *search, const struct candidate *candidate) {
    enum { WORD_SIGNS_LEAST = 3 };
    size_t words = 0, known = 0;
    for (size_t k = 0; k < candidate->extent_count; k++) {
        const struct extent *part = &candidate->extents[k];
        const struct fold *fold = &search->sheet.lines[part->line].fold;
        for (size_t at = 0; at < fold->count; at++) {
            if (fold->from[at] < part->from || fold->to[at] > part->to || !fold_word_starts(fold, at)) {
                continue;
            }
            size_t end = at + 1;
            while (end < fold->count && !fold_word_ends(fold, end)) {
                end++;
            }
            words++;
            known += end - at >= WORD_SIGNS_LEAST && is_of_labels(&search->layout->book, fold->look + at, end - at);
        }
    }
    return words == 0 ? 0 : (double)known / (double)words;
}

static void party_learn(const struct search *search, const struct record_field *field, const struct option *option,
                        double inputs[PAGE_INPUT_COUNT]) {
    const char *text = field->value;
    size_t bytes = strlen(text);
    bool small = bytes > 0 && text[0] >= 'a' && text[0] <= 'z';
    inputs[PAGE_PARTY_ODD] = small || strchr(text, ':') != NULL || (bytes > 0 && text[bytes - 1] == '/');
    inputs[PAGE_PARTY_SINGLE] = strchr(text, ' ') == NULL;
    inputs[PAGE_PARTY_WORDS] = option == NULL ? 0 : label_words_share(search, &search->candidates[option->candidate]);
    inputs[PAGE_PARTY_BELOW] = field->found_by == FOUND_BELOW || field->found_by == FOUND_COLUMN;
    inputs[PAGE_PARTY_NEAR] = field->found_by == FOUND_PARAGRAPH || field->found_by == FOUND_SECTION;
    inputs[PAGE_PARTY_ROWS] = field->inputs[DOUBT_ROWS];
    inputs[PAGE_PARTY_LABEL] = option != NULL && has_label(search, &search->candidates[option->candidate]);
}

static void role_learn(const struct search *search, size_t index, enum page_role role, struct record *record) {
    double *inputs = record->page_inputs;
    const struct record_field *field = record_find(record, search->layout->fields[index].name);
    size_t choice = search->choice[index];
    const struct option *option = choice == OPTIONS_MOST ? NULL : &search->options[index].options[choice];
    if (field == NULL) {
        return;
    }
    inputs[PAGE_DOUBT + role] = doubt_of(field->confidence);
    inputs[PAGE_UNLABELLED + role] = is_unlabelled(field->found_by);
    inputs[PAGE_RIVAL + role] = field->inputs[DOUBT_MARGIN];
    inputs[PAGE_LABEL + role] = within(field->inputs[DOUBT_PLACE] + field->inputs[DOUBT_LABEL]);
    inputs[PAGE_REST + role] = option != NULL ? rest_of(search, option) : 0;
    if (role == PAGE_NUMBER) {
        number_learn(search, field, option, inputs);
    } else if (role == PAGE_PARTY) {
        party_learn(search, field, option, inputs);
    }
}

static void reasons_learn(struct record *record) {
    for (size_t i = 0; i < record->reason_count; i++) {
        enum review_reason reason = record->reasons[i].reason;
        record->page_inputs[PAGE_SUM] += reason == REASON_SUM;
        record->page_inputs[PAGE_UNREAD] += reason == REASON_UNREAD;
        record->page_inputs[PAGE_PATTERN] += reason == REASON_PATTERN;
    }
    for (size_t i = PAGE_SUM; i <= PAGE_PATTERN; i++) {
        record->page_inputs[i] = within(record->page_inputs[i]);
    }
}

void page_doubt_learn(const struct search *search, const bool absent[PAGE_ROLES], struct record *record) {
    static const double SIGNS_MANY = 6;
    double *inputs = record->page_inputs;
    bool given[PAGE_ROLES] = {false};
    memset(inputs, 0, sizeof record->page_inputs);
    for (size_t i = 0; i < search->layout->field_count; i++) {
        const struct field_rule *rule = &search->layout->fields[i];
        enum page_role role = rule->hidden ? PAGE_ROLES : page_role_of(rule);
        if (role != PAGE_ROLES) {
            role_learn(search, i, role, record);
            given[role] = given[role] || record_find(record, rule->name) != NULL;
        }
    }
    for (size_t role = 0; role < PAGE_ROLES; role++) {
        inputs[PAGE_ABSENT + role] = absent[role];
    }
    inputs[PAGE_KIND] = within(1 - search->what.confidence);
    inputs[PAGE_UNTITLED] = !search->what.titled;
    inputs[PAGE_FEW_SIGNS] = within(1 - (double)search->what.evidence_count / SIGNS_MANY);
    inputs[PAGE_COUNTRY] = search->where.country == NULL ? 1 : within(1 - search->where.confidence);
    inputs[PAGE_SALE] = search->layout->group == GROUP_SALE;
    inputs[PAGE_OWN] = search->matched;
    left_count(search, record, inputs);
    inputs[PAGE_NUMBER_OUT] = !given[PAGE_NUMBER];
    inputs[PAGE_PARTY_OUT] = !given[PAGE_PARTY];
    inputs[PAGE_ID_OUT] = !given[PAGE_ID];
    inputs[PAGE_MESSAGE] = search->what.kind == KIND_NOTIFICATION;
    inputs[PAGE_UNPAID] = search->what.kind == KIND_PAYMENT_REQUESTED || search->what.kind == KIND_PAYMENT_FAILED;
    inputs[PAGE_RECEIVED] = search->what.direction == DIRECTION_IN;
    inputs[PAGE_NUMBER_NONE] = given[PAGE_NUMBER] ? 0 : inputs[PAGE_LEFT_NUMBERS];
    inputs[PAGE_PARTY_NONE] = given[PAGE_PARTY] ? 0 : inputs[PAGE_LEFT_NAMES];
    inputs[PAGE_ID_NONE] = given[PAGE_ID] ? 0 : inputs[PAGE_LEFT_IDS];
    rows_count(search, inputs);
    reasons_learn(record);
}

double page_doubt_chance(const struct doubt_model *model, const double inputs[PAGE_INPUT_COUNT]) {
    double sum = model->page_bias;
    for (size_t i = 0; i < PAGE_INPUT_COUNT; i++) {
        sum += model->page_inputs[i] * inputs[i];
    }
    const struct doubt_curve *curve = &model->curves[DOUBT_PAGE];
    double chance = 1 / (1 + exp(-sum));
    return curve->count > 0 ? doubt_curve_at(curve, chance) : chance;
}

enum page_role page_doubt_weakest(const struct doubt_model *model, const double inputs[PAGE_INPUT_COUNT]) {
    enum page_role weakest = PAGE_ROLES;
    double least = 0;
    for (size_t role = 0; role < PAGE_ROLES; role++) {
        double sum = 0;
        for (size_t part = 0; part < PAGE_KIND; part += PAGE_ROLES) {
            sum += model->page_inputs[part + role] * inputs[part + role];
        }
        if (sum < least) {
            least = sum;
            weakest = (enum page_role)role;
        }
    }
    return weakest;
}
