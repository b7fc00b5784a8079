/* candidate_payee.c - the name that belongs to an amount in a sentence: "Enviaste Bs. 10,00 a NAME". */
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "fields/candidates/candidate_parts.h"
#include "fields/search.h"
#include "fields/values/scan.h"

/* A name in a sentence with its amount is more likely. */
static const double GAIN_OF_AMOUNT = 0.1;
enum {
    REACH_BYTES = 90, /* how far from its amount a name of the same sentence may begin */
    ABBREVIATION_LETTERS = 3,
};

/* Whether the text begins with the words, in any case; a row may end between them. */
static bool words_same(const char *text, const char *words, size_t bytes) {
    for (size_t i = 0; i < bytes; i++) {
        if (strncasecmp(text + i, words + i, 1) != 0 && !(words[i] == ' ' && text[i] == '\n')) {
            return false;
        }
    }
    return true;
}

/* Bytes of the first of the leads that is at a byte of the sentence. */
static size_t lead_match(const struct stretch *sentence, size_t at, struct said leads) {
    for (size_t i = 0; i < leads.count; i++) {
        size_t bytes = strlen(leads.texts[i]);
        bool last = bytes > 1 && at + bytes == sentence->bytes + 1 && leads.texts[i][bytes - 1] == ' ';
        bytes -= last; /* "Marcus Ellison paid you" */
        if (at + bytes <= sentence->bytes && words_same(sentence->text + at, leads.texts[i], bytes)) {
            return bytes;
        }
    }
    return 0;
}

/* Whether the text before `end` ends with the words, and is longer. */
static bool ends_with(const char *text, size_t end, const char *words) {
    size_t bytes = strlen(words);
    return end > bytes && words_same(text + end - bytes, words, bytes);
}

/* Whether the word before the point is a legal form behind which the sentence goes on: "Ana Ltda. el 12/05". */
static bool is_form_inside(const struct search *search, const struct stretch *sentence, size_t begin, size_t point) {
    size_t next = point + 1 + scan_spaces(sentence->text, sentence->bytes, point + 1, 1);
    return next > point + 1 && next < sentence->bytes && sentence->text[next] >= 'a' && sentence->text[next] <= 'z' &&
           said_is(locale_said(&search->locale, SAID_LEGAL_FORMS), sentence->text + begin, point - begin,
                   SAID_ANY_CASE);
}

/* Whether the point at a byte ends a sentence: "MARIA LOPEZ. Saldo", and not "C.A. ", "Inv. Ana" or "J. Soto". */
static bool ends_sentence(const struct search *search, const struct stretch *sentence, size_t from, size_t at) {
    struct said titles = search_said(search, SAID_ABBREVIATIONS);
    size_t begin = at;
    while (begin > from && scan_is_letter(sentence->text[begin - 1])) {
        begin--;
    }
    bool last = at + 1 >= sentence->bytes || strchr(" \n", sentence->text[at + 1]) != NULL;
    for (size_t i = 0; i < titles.count; i++) {
        if (strlen(titles.texts[i]) == at - begin &&
            strncasecmp(sentence->text + begin, titles.texts[i], at - begin) == 0) {
            return false;
        }
    }
    return last && at - begin >= ABBREVIATION_LETTERS && !is_form_inside(search, sentence, begin, at);
}

/* Without words at its end that lead to something else: "TIENDA EL FARO EL", before a date. */
static size_t links_cut(const struct search *search, const char *text, size_t from, size_t end) {
    struct said links = search_said(search, SAID_NAME_ENDS);
    for (bool cut = true; cut;) {
        cut = false;
        for (size_t i = 0; i < links.count; i++) {
            size_t bytes = strlen(links.texts[i]);
            if (end > from + bytes && ends_with(text, end, links.texts[i])) {
                end -= bytes;
                cut = true;
            }
        }
        while (end > from && strchr(" \n", text[end - 1]) != NULL) {
            end--;
        }
    }
    return end;
}

/* "DROGUERIA LA 33": a short number behind an article is the last word of a name. */
static bool is_numbered_place(const struct search *search, const char *text, size_t bytes, size_t from, size_t at) {
    enum { DIGITS_MOST = 3 };
    struct said articles = search_said(search, SAID_NUMBERED);
    size_t digits = scan_digits(text, bytes, at), behind = at + digits;
    bool ends = behind >= bytes || strchr(" \n,.;", text[behind]) != NULL, article = false;
    for (size_t i = 0; i < articles.count && !article; i++) {
        article = at > from && ends_with(text, at, articles.texts[i]);
    }
    return article && ends && digits <= DIGITS_MOST;
}

/* Whether a word is one of firms or of shops: behind the name of a person, a number is of something else. */
static bool has_firm_word(const struct search *search, const char *text, size_t bytes) {
    return said_words_count(locale_said(&search->locale, SAID_FIRM_WORDS), text, bytes) > 0 ||
           said_words_count(locale_said(&search->locale, SAID_TRADES), text, bytes) > 0;
}

/*
 * "FARMACIA 24 el", "MINI MARKET 365", "INVERSIONES ANA 2031 C.A.": a short number or a year behind a word is of the
 * firm's name that ends with it, or before the legal form. That of a card or an account is not.
 */
static bool is_of_name(const struct search *search, const char *text, size_t bytes, size_t from, size_t at) {
    enum { DIGITS_MOST = 3, YEAR_DIGITS = 4 };
    size_t digits = scan_digits(text, bytes, at), behind = at + digits, word = at > from ? at - 1 : from;
    bool year = digits == YEAR_DIGITS && (strncmp(text + at, "19", 2) == 0 || strncmp(text + at, "20", 2) == 0);
    while (word > from && scan_is_letter(text[word - 1])) {
        word--;
    }
    size_t letters = at > word ? at - 1 - word : 0;
    if (letters == 0 || text[at - 1] != ' ' || (digits > DIGITS_MOST && !year) ||
        said_is(locale_said(&search->locale, SAID_ACCOUNT_WORDS), text + word, letters, SAID_ANY_CASE)) {
        return false;
    }
    bool has_form = behind < bytes && text[behind] == ' ' &&
                    said_begin_word(locale_said(&search->locale, SAID_LEGAL_FORMS), text + behind + 1,
                                    bytes - behind - 1, SAID_ANY_CASE) > 0;
    bool ends =
        behind == bytes || strchr(",.;\n", text[behind]) != NULL ||
        said_begin_word(locale_said(&search->locale, SAID_NAME_ENDS), text + behind, bytes - behind, SAID_ANY_CASE) > 0;
    return has_form || (ends && has_firm_word(search, text + from, at - from));
}

/* A number, and not the digit of a name: "TIENDA D1". */
static bool begins_number(const struct search *search, const struct stretch *sentence, size_t from, size_t at) {
    const char *text = sentence->text;
    return scan_is_digit(text[at]) && (at == from || !(scan_is_letter(text[at - 1]) || scan_is_digit(text[at - 1]))) &&
           !is_numbered_place(search, text, sentence->bytes, from, at) &&
           !is_of_name(search, text, sentence->bytes, from, at);
}

/* The point of a legal form at the end of its row belongs to it: "De Andina Ltda." above another row. */
static bool is_form_at_row_end(const struct search *search, const struct stretch *sentence, size_t from, size_t point) {
    size_t begin = point;
    while (begin > from && scan_is_letter(sentence->text[begin - 1])) {
        begin--;
    }
    bool ends = point + 1 >= sentence->bytes || sentence->text[point + 1] == '\n';
    return ends && said_is(locale_said(&search->locale, SAID_LEGAL_FORMS), sentence->text + begin, point - begin,
                           SAID_ANY_CASE);
}

/* Where the name that begins at `from` ends: at a sign, a digit, a value of another kind or a word in small letters. */
static size_t payee_end(const struct search *search, const struct stretch *sentence, const unsigned char *taken,
                        size_t from) {
    size_t end = from;
    bool whole = false;
    while (end < sentence->bytes && !taken[end] && strchr("(,;:*", sentence->text[end]) == NULL && !whole &&
           !begins_number(search, sentence, from, end)) {
        whole = sentence->text[end] == '.' && ends_sentence(search, sentence, from, end);
        end += !whole;
    }
    end += whole && is_form_at_row_end(search, sentence, from, end);
    end += said_begin(locale_said(&search->locale, SAID_PAYEE_TAILS), sentence->text + end, sentence->bytes - end,
                      SAID_OWN_CASE);
    end = from + candidate_name_end(&search->locale, sentence->text + from, end - from);
    while (end > from && candidate_is_edge(sentence->text[end - 1]) &&
           (sentence->text[end - 1] != '.' || sentence->text[end - 2] == ' ')) {
        end--;
    }
    return links_cut(search, sentence->text, from, end);
}

/* A machine or an office is no payee. */
static bool is_place(const struct search *search, const char *text) {
    struct said places = search_said(search, SAID_NO_PAYEES);
    for (size_t i = 0; i < places.count; i++) {
        if (strncasecmp(text, places.texts[i], strlen(places.texts[i])) == 0) {
            return true;
        }
    }
    return false;
}

/* Adds the bytes of the sentence as the name of its amount, if they look like a name. `added`: they do. */
static bool name_add(struct search *search, const struct stretch *sentence, size_t from, size_t to, bool *added) {
    *added = false;
    while (to > from && strchr(" \n,;:-", sentence->text[to - 1]) != NULL) {
        to--;
    }
    if (to <= from || (sentence->text[from] >= 'a' && sentence->text[from] <= 'z') ||
        is_place(search, sentence->text + from)) {
        return true; /* "a favor del telefono" */
    }
    double quality = name_quality(&search->locale, sentence->text + from, to - from);
    if (quality <= NAME_QUALITY_LEAST) {
        return true;
    }
    struct candidate candidate = {.type = VALUE_NAME,
                                  .find = {.from = from, .to = to, .quality = quality + GAIN_OF_AMOUNT},
                                  .of_amount = true,
                                  .of_sentence = true};
    *added = true;
    return candidate_add(search, candidate, sentence);
}

/* The end of the sentence that the byte is in. */
static size_t sentence_end(const struct search *search, const struct stretch *sentence, size_t at) {
    size_t end = at + REACH_BYTES < sentence->bytes ? at + REACH_BYTES : sentence->bytes;
    for (size_t i = at; i < end; i++) {
        if (sentence->text[i] == '.' && ends_sentence(search, sentence, at, i)) {
            return i;
        }
    }
    return end;
}

/* "R$ 10,00 em 18/11/2026 as 19:22, LOJA": the shop is behind the last value of a bank's message. */
static bool last_add(struct search *search, const struct stretch *sentence, const unsigned char *taken, size_t first,
                     size_t end, bool *added) {
    for (size_t i = first + 2; i < end && !*added; i++) {
        bool listed = strncmp(sentence->text + i - 2, ", ", 2) == 0 && i > first + 2 && taken[i - 3];
        if (listed && scan_is_capital(sentence->text + i) && scan_is_capital(sentence->text + i + 1) &&
            !name_add(search, sentence, i, payee_end(search, sentence, taken, i), added)) {
            return false;
        }
    }
    return true;
}

/* "... Bs. 10,00 a NAME", "... $10 con tu tarjeta *1234 en NAME", "... $10 de NAME". */
static bool behind_add(struct search *search, const struct stretch *sentence, const unsigned char *taken, size_t at,
                       size_t next, bool *added) {
    bool in = search->what.direction == DIRECTION_IN;
    struct said parties = search_said(search, in ? SAID_FROM_PAYER : SAID_TO_PAYEE);
    bool running = search->sheet.segments[sheet_segment_at(&search->sheet, sentence->pieces[0])].running;
    size_t end = sentence_end(search, sentence, at), first = at;
    end = end < next ? end : next; /* what follows belongs to the next amount */
    while (first < sentence->bytes && strchr(" \n.", sentence->text[first]) != NULL) {
        first++;
    }
    if (said_begin(locale_said(&search->locale, SAID_AMOUNT_TAILS), sentence->text + first, sentence->bytes - first,
                   SAID_OWN_CASE) > 0) {
        first += strcspn(sentence->text + first, " \n");
        first += first < sentence->bytes;
    }
    for (size_t i = first; i < end && !*added; i++) {
        bool starts = i == first || strchr(" \n", sentence->text[i - 1]) != NULL;
        size_t lead = starts ? lead_match(sentence, i, parties) : 0;
        lead = starts && lead == 0 && !in ? lead_match(sentence, i, search_said(search, SAID_AT_SHOP)) : lead;
        size_t name = i + lead;
        if (lead > 0 && (i == first || scan_is_capital(sentence->text + name)) &&
            !name_add(search, sentence, name, payee_end(search, sentence, taken, name), added)) {
            return false;
        }
        if (!running || (in && starts && lead_match(sentence, i, search_said(search, SAID_OWN_THINGS)) > 0)) {
            return true;
        }
    }
    return in || *added || last_add(search, sentence, taken, first, end, added);
}

/* "You paid NAME $10.00", "Recibiste un pago de NAME por $10,00". */
static bool before_add(struct search *search, const struct stretch *sentence, size_t amount, bool *added) {
    struct said links = search_said(search, SAID_AMOUNT_LEADS);
    struct said parties = search_said(search, search->what.direction == DIRECTION_IN ? SAID_FROM_PAYER : SAID_TO_PAYEE);
    size_t from = lead_match(sentence, 0, search_said(search, SAID_PAID)), to = amount;
    while (to > 0 && strchr(" \n", sentence->text[to - 1]) != NULL) {
        to--;
    }
    bool linked = false;
    for (size_t i = 0; i < links.count && !linked; i++) {
        linked = ends_with(sentence->text, to, links.texts[i]);
        to -= linked ? strlen(links.texts[i]) : 0;
    }
    struct said shops = search_said(search, SAID_AT_SHOP);
    for (size_t at = to; at > 1 && linked && from == 0 && to - at < REACH_BYTES; at--) {
        bool starts = strchr(" \n", sentence->text[at - 1]) != NULL;
        size_t lead = starts ? lead_match(sentence, at, parties) : 0;
        lead = starts && lead == 0 && search->what.direction != DIRECTION_IN ? lead_match(sentence, at, shops) : lead;
        from = lead > 0 && at + lead < to && scan_is_capital(sentence->text + at + lead) ? at + lead : from;
    }
    return from == 0 || from >= to || name_add(search, sentence, from, to, added);
}

/* "NAME te envió S/ 89.00", "NAME sent you $10". */
static bool subject_add(struct search *search, const struct stretch *sentence, size_t amount, bool *added) {
    struct said verbs = search_said(search, SAID_SENDS), payers = search_said(search, SAID_FROM_PAYER);
    for (size_t at = 1; at < amount; at++) {
        if (strchr(" \n", sentence->text[at - 1]) == NULL || lead_match(sentence, at, verbs) == 0) {
            continue;
        }
        size_t from = at - 1, to = at - 1;
        while (from > 0 && strchr("!:;?", sentence->text[from - 1]) == NULL &&
               !(sentence->text[from - 1] == '.' && ends_sentence(search, sentence, 0, from - 1))) {
            from--;
        }
        while (from < to && strchr(" \n", sentence->text[from]) != NULL) {
            from++;
        }
        for (size_t i = to; i > from; i--) { /* "le informamos que nuestro cliente NAME" */
            bool small = sentence->text[i] >= 'a' && sentence->text[i] <= 'z' &&
                         strchr(" \n", sentence->text[i - 1]) != NULL && lead_match(sentence, i, payers) == 0;
            if (small) {
                from = i + strcspn(sentence->text + i, " \n") + 1;
                break;
            }
        }
        return from >= to || name_add(search, sentence, from, to, added);
    }
    return true;
}

bool candidate_payee_add(struct search *search, const struct stretch *sentence) {
    struct find finds[VALUE_FINDS_MOST];
    size_t count = money_find(&search->locale, sentence->text, sentence->bytes, finds, VALUE_FINDS_MOST);
    bool sign = false;
    for (size_t i = 0; i < count; i++) {
        sign = sign || find_has_sign(&finds[i]);
    }
    if (!sign) { /* "NAME paid you" above its amount */
        bool added = false, alone = sentence->piece_count == 1 && sentence->bytes < REACH_BYTES;
        return search->what.direction != DIRECTION_IN || !alone ||
               subject_add(search, sentence, sentence->bytes, &added);
    }
    unsigned char *taken = arena_allocate(search->arena, sentence->bytes + 1);
    if (taken == NULL) {
        return false;
    }
    candidate_taken_mark(search, sentence, taken);
    for (size_t i = 0; i < count; i++) {
        bool added = false, in = search->what.direction == DIRECTION_IN;
        size_t next = i + 1 < count ? finds[i + 1].from : sentence->bytes;
        if (!find_has_sign(&finds[i])) {
            continue;
        }
        if ((in && !subject_add(search, sentence, finds[i].from, &added)) ||
            (in && !added && !before_add(search, sentence, finds[i].from, &added)) ||
            (!added && !behind_add(search, sentence, taken, finds[i].to, next, &added)) ||
            (!in && !added && !before_add(search, sentence, finds[i].from, &added))) {
            return false;
        }
    }
    return true;
}

bool candidate_client_add(struct search *search, const struct stretch *sentence) {
    struct said leads = search_said(search, SAID_CLIENTS);
    for (size_t at = 0; at < sentence->bytes && search->what.direction == DIRECTION_IN; at++) {
        bool starts = at == 0 || strchr(" \n", sentence->text[at - 1]) != NULL;
        size_t name = at + (starts ? lead_match(sentence, at, leads) : 0);
        bool added;
        if (name == at || !scan_is_capital(sentence->text + name)) {
            continue;
        }
        unsigned char *taken = arena_allocate(search->arena, sentence->bytes + 1);
        if (taken == NULL) {
            return false;
        }
        candidate_taken_mark(search, sentence, taken);
        return name_add(search, sentence, name, payee_end(search, sentence, taken, name), &added);
    }
    return true;
}

bool candidate_asker_add(struct search *search, const struct stretch *sentence) {
    struct said asks = search_said(search, SAID_ASKS);
    bool added;
    for (size_t at = 1; at < sentence->bytes && search->what.kind == KIND_PAYMENT_REQUESTED; at++) {
        if (strchr(" \n", sentence->text[at - 1]) != NULL && lead_match(sentence, at, asks) > 0) {
            size_t from = at - 1; /* a title may be the row above */
            while (from > 0 && sentence->text[from - 1] != '\n') {
                from--;
            }
            return !scan_is_capital(sentence->text + from) || name_add(search, sentence, from, at - 1, &added);
        }
    }
    return true;
}
