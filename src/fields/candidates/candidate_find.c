/* candidate_find.c - everything on a sheet that could be a value: finds of each type in lines and paragraphs. */
#include <string.h>

#include "base/arena.h"
#include "fields/candidates/candidate_parts.h"
#include "fields/search.h"

/* The fewest letters of a row of a sentence. */
enum { RUNNING_LETTERS = 24 };
/* Room for candidates: for a page with few pieces of text, and more for each piece. */
enum { CANDIDATES_LEAST = 512, CANDIDATES_OF_SEGMENT = 8 };

static const struct {
    enum value_type type;
    finder find;
} finders[] = {
    {VALUE_MONEY, money_find},     {VALUE_DATE, date_find},
    {VALUE_TIME, time_find},       {VALUE_PHONE, phone_find},
    {VALUE_ID, id_find},           {VALUE_BANK, bank_find},
    {VALUE_ACCOUNT, account_find}, {VALUE_REFERENCE, reference_find},
    {VALUE_EMAIL, email_find},
};

/* What the form of a stretch's digits shows: ids and dates. */
struct shown {
    struct find ids[VALUE_FINDS_MOST], dates[VALUE_FINDS_MOST];
    size_t id_count, date_count;
};

static void shown_find(const struct search *search, const struct stretch *stretch, struct shown *shown) {
    const struct locale *locale = &search->locale;
    shown->id_count = id_find(locale, stretch->text, stretch->bytes, shown->ids, VALUE_FINDS_MOST);
    shown->date_count = date_find(locale, stretch->text, stretch->bytes, shown->dates, VALUE_FINDS_MOST);
}

static bool finds_meet(const struct find *left, const struct find *right) {
    return left->from < right->to && left->to > right->from;
}

/* Whether the digits of a phone or account are shown to be others: "CPF 529.982.247-25", "30/04/2026". */
static bool is_other(const struct shown *shown, enum value_type type, const struct find *find) {
    bool other = false, number = type == VALUE_PHONE || type == VALUE_ACCOUNT;
    for (size_t i = 0; i < shown->id_count && number && !other; i++) {
        const struct find *id = &shown->ids[i];
        bool told = id->checked > 0 || strchr(id->value, '*') != NULL;
        other = !id->bare && told && id->repairs == 0 && finds_meet(find, id);
    }
    for (size_t i = 0; i < shown->date_count && !other; i++) {
        const struct find *date = &shown->dates[i];
        other = type == VALUE_ACCOUNT && !date->bare && date->repairs == 0 && finds_meet(find, date);
    }
    return other;
}

static bool typed_add(struct search *search, const struct stretch *stretch) {
    struct find finds[VALUE_FINDS_MOST];
    struct shown shown;
    shown_find(search, stretch, &shown);
    for (size_t i = 0; i < sizeof finders / sizeof *finders; i++) {
        size_t count = finders[i].find(&search->locale, stretch->text, stretch->bytes, finds, VALUE_FINDS_MOST);
        for (size_t j = 0; j < count; j++) {
            struct candidate candidate = {.type = finders[i].type, .find = finds[j]};
            if (!is_other(&shown, finders[i].type, &finds[j]) && !candidate_add(search, candidate, stretch)) {
                return false;
            }
        }
    }
    return true;
}

/* The segment that continues this one as the next row of a running text; segment_count if there is none. */
static size_t next_row(const struct search *search, size_t index) {
    const struct segment *own = &search->sheet.segments[index];
    for (size_t i = index + 1; i < search->sheet.segment_count && i < index + 4; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        if (search->segment_label[i] == LABELS_MOST && segment->to > segment->from &&
            sheet_row_follows(&search->sheet, segment_extent(own), segment_extent(segment))) {
            return i;
        }
    }
    return search->sheet.segment_count;
}

static bool banks_add(struct search *search, const struct stretch *stretch) {
    struct find finds[VALUE_FINDS_MOST];
    size_t count = bank_find(&search->locale, stretch->text, stretch->bytes, finds, VALUE_FINDS_MOST);
    for (size_t i = 0; i < count; i++) {
        struct candidate candidate = {.type = VALUE_BANK, .find = finds[i]};
        if (!candidate_add(search, candidate, stretch)) {
            return false;
        }
    }
    return true;
}

/* Values that continue on the next row, such as a bank's name or a phone; and whole sentences. */
static bool wrapped_add(struct search *search, size_t index) {
    struct stretch stretch = {0};
    for (size_t at = index; at < search->sheet.segment_count && stretch.piece_count < 4; at = next_row(search, at)) {
        const struct segment *segment = &search->sheet.segments[at];
        stretch.pieces[stretch.piece_count++] = segment_extent(segment);
    }
    if (!stretch_join(search, &stretch)) {
        return false;
    }
    const struct segment *first = &search->sheet.segments[index];
    bool running =
        first->fold_to - first->fold_from >= RUNNING_LETTERS; /* numbers of a list's rows are not one number */
    bool typed = running ? typed_add(search, &stretch) : banks_add(search, &stretch);
    return typed && candidate_client_add(search, &stretch) && candidate_asker_add(search, &stretch) &&
           candidate_payee_add(search, &stretch);
}

static bool segments_add(struct search *search) {
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        struct stretch stretch = {.piece_count = 1};
        stretch.pieces[0] = segment_extent(segment);
        if (search->sheet.lines[segment->line].chrome) {
            continue;
        }
        if (!stretch_join(search, &stretch) || !typed_add(search, &stretch)) {
            return false;
        }
        if (search->segment_label[i] == LABELS_MOST &&
            !(candidate_names_add(search, &stretch) && wrapped_add(search, i))) {
            return false;
        }
    }
    return true;
}

static bool paragraphs_add(struct search *search) {
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        const struct field_rule *rule = label->kind == PHRASE_FIELD ? &search->layout->fields[label->field] : NULL;
        if (rule != NULL && (rule->type == VALUE_NAME || rule->type == VALUE_TEXT) &&
            !candidate_centred_add(search, i, rule->type)) {
            return false;
        }
        if (label->kind == PHRASE_IGNORE || label->paragraph.piece_count == 0) {
            continue;
        }
        bool heading = label->kind == PHRASE_ORIGIN || label->kind == PHRASE_DESTINATION;
        if (!typed_add(search, &label->paragraph)) {
            return false;
        }
        bool name = heading || (rule != NULL && rule->type == VALUE_NAME);
        if (name && !candidate_names_add(search, &label->paragraph)) {
            return false;
        }
        bool text =
            rule != NULL && (rule->type == VALUE_TEXT || rule->type == VALUE_NAME || rule->type == VALUE_COMPANY ||
                             rule->type == VALUE_ADDRESS || rule->type == VALUE_RATE);
        if (text && !candidate_text_add(search, i)) {
            return false;
        }
    }
    return true;
}

bool candidates_find(struct search *search) {
    size_t most = CANDIDATES_LEAST + search->sheet.segment_count * CANDIDATES_OF_SEGMENT;
    search->candidates_most = most < CANDIDATES_MOST ? most : CANDIDATES_MOST;
    search->candidates = arena_allocate(search->arena, search->candidates_most * sizeof *search->candidates);
    return search->candidates != NULL && segments_add(search) && paragraphs_add(search);
}
