/* candidate_payee.c - the name that belongs to an amount in a sentence: "Enviaste Bs. 10,00 a NAME". */
#include <string.h>

#include "base/arena.h"
#include "fields/candidates/candidate_parts.h"
#include "fields/search.h"

/* A name in a sentence with its amount is more likely. */
static const double GAIN_OF_AMOUNT = 0.1;
enum { LEGAL_FORM_BYTES = 6 }; /* ", C.A." */

/* The byte after the word between an amount and its payee ("a", "to"); 0 if there is none at `at`. */
static size_t payee_begin(const struct stretch *stretch, size_t at) {
    static const char *const leads[] = {"a favor de ", "a nombre de ", "enviados a ", "sent to ", "a ", "para ", "to "};
    while (at < stretch->bytes && strchr(" \n.", stretch->text[at]) != NULL) {
        at++;
    }
    if (strncmp(stretch->text + at, "Bs", 2) == 0 || strncmp(stretch->text + at, "VES", 3) == 0 ||
        strncmp(stretch->text + at, "USD", 3) == 0) {
        at += strcspn(stretch->text + at, " \n");
        at += at < stretch->bytes;
    }
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
        size_t bytes = strlen(leads[i]);
        size_t same = 0; /* a row may end between the words */
        while (same < bytes && (stretch->text[at + same] == leads[i][same] ||
                                (leads[i][same] == ' ' && stretch->text[at + same] == '\n'))) {
            same++;
        }
        if (same == bytes) {
            return at + bytes;
        }
    }
    return 0;
}

/* Where the name that begins at `from` ends: at a sign, a digit, a value of another kind or a word in small letters. */
static size_t payee_end(const struct stretch *stretch, const unsigned char *taken, size_t from) {
    size_t end = from;
    while (end < stretch->bytes && !taken[end] && strchr("(,;:0123456789", stretch->text[end]) == NULL) {
        end++;
    }
    if (strncmp(stretch->text + end, ", C.A.", LEGAL_FORM_BYTES) == 0) {
        end += LEGAL_FORM_BYTES;
    }
    end = from + candidate_name_end(stretch->text + from, end - from);
    while (end > from && candidate_is_edge(stretch->text[end - 1]) && stretch->text[end - 1] != '.') {
        end--;
    }
    return end;
}

/* The byte after the words before a payee that precedes the amount: "You paid NAME $10.00"; 0 if there are none. */
static size_t payee_first(const struct stretch *stretch, size_t amount) {
    static const char *const leads[] = {"You paid ",   "You sent ",      "Enviaste a ",    "Pagaste a ",
                                        "Le pagaste ", "Le enviaste a ", "Transferiste a "};
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
        size_t bytes = strlen(leads[i]);
        if (bytes < amount && strncmp(stretch->text, leads[i], bytes) == 0) {
            return bytes;
        }
    }
    return 0;
}

bool candidate_payee_add(struct search *search, const struct stretch *sentence) {
    struct find finds[VALUE_FINDS_MOST];
    size_t count = money_find(&search->locale, sentence->text, sentence->bytes, finds, VALUE_FINDS_MOST);
    unsigned char *taken = arena_allocate(search->arena, sentence->bytes + 1);
    if (taken == NULL) {
        return false;
    }
    candidate_taken_mark(search, sentence, taken);
    for (size_t i = 0; i < count; i++) {
        size_t from = find_has_sign(&finds[i]) ? payee_begin(sentence, finds[i].to) : 0;
        size_t first = find_has_sign(&finds[i]) && from == 0 ? payee_first(sentence, finds[i].from) : 0;
        size_t to = from > 0 ? payee_end(sentence, taken, from) : 0;
        if (first > 0) {
            from = first;
            to = finds[i].from;
            while (to > from && strchr(" \n", sentence->text[to - 1]) != NULL) {
                to--;
            }
        }
        bool small =
            from > 0 && sentence->text[from] >= 'a' && sentence->text[from] <= 'z'; /* "a favor del telefono" */
        double quality = to > from && !small ? name_quality(sentence->text + from, to - from) : 0;
        if (quality > NAME_QUALITY_LEAST) {
            struct candidate candidate = {.type = VALUE_NAME,
                                          .find = {.from = from, .to = to, .quality = quality + GAIN_OF_AMOUNT},
                                          .of_amount = true};
            if (!candidate_add(search, candidate, sentence)) {
                return false;
            }
        }
    }
    return true;
}
