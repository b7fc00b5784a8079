/* said.c - builds the lists of words of the languages. */
#include "fields/countries/said.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/fold.h"
#include "base/utf8.h"

const struct said_kind said_kinds[SAID_LISTS] = {
    [SAID_SIGNED_RECEIPTS] = {"signed_receipts", SAID_FOLDED},
    [SAID_SIGNERS] = {"signers", SAID_FOLDED},
    [SAID_SIGNING_PAYERS] = {"signing_payers", SAID_FOLDED},
    [SAID_CREDITORS] = {"creditors", SAID_FOLDED},
    [SAID_SIGNATURES] = {"signatures", SAID_FOLDED},
    [SAID_SIGNATURE_PLACES] = {"signature_places", SAID_FOLDED},
    [SAID_NO_TOTALS] = {"no_totals", SAID_FOLDED},
    [SAID_OTHER_PARTIES] = {"other_parties", SAID_FOLDED},
    [SAID_OPERATIONS] = {"operations", SAID_FOLDED},
    [SAID_SERIES] = {"series", SAID_FOLDED},
    [SAID_NUMBER_SIGNS] = {"number_signs", SAID_FOLDED},
    [SAID_NUMBER_LEADS] = {"number_leads", SAID_FOLDED},
    [SAID_TO_PAYEE] = {"to_payee", SAID_PRINTED},
    [SAID_AT_SHOP] = {"at_shop", SAID_PRINTED},
    [SAID_FROM_PAYER] = {"from_payer", SAID_PRINTED},
    [SAID_DE_SURNAMES] = {"de_surnames", SAID_PRINTED},
    [SAID_NUMBERED] = {"numbered", SAID_PRINTED},
    [SAID_OWN_THINGS] = {"own_things", SAID_PRINTED},
    [SAID_ABBREVIATIONS] = {"abbreviations", SAID_WORDS},
    [SAID_NAME_ENDS] = {"name_ends", SAID_PRINTED},
    [SAID_NO_PAYEES] = {"no_payees", SAID_PRINTED},
    [SAID_PAID] = {"paid", SAID_PRINTED},
    [SAID_AMOUNT_LEADS] = {"amount_leads", SAID_PRINTED},
    [SAID_SENDS] = {"sends", SAID_PRINTED},
    [SAID_CLIENTS] = {"clients", SAID_PRINTED},
    [SAID_ASKS] = {"asks", SAID_PRINTED},
    [SAID_NAMES] = {"names", SAID_FOLDED},
    [SAID_GREETINGS] = {"greetings", SAID_WORDS},
    [SAID_ACCOUNT_WORDS] = {"account_words", SAID_WORDS},
    [SAID_BOXES] = {"boxes", SAID_WORDS},
    [SAID_SAVINGS_BOXES] = {"savings_boxes", SAID_PRINTED},
    [SAID_BOX_JOINTS] = {"box_joints", SAID_PRINTED},
    [SAID_BOX_CONTENTS] = {"box_contents", SAID_PRINTED},
    [SAID_OWN_ACCOUNTS] = {"own_accounts", SAID_WORDS},
    [SAID_BANK_NAME_ENDS] = {"bank_name_ends", SAID_WORDS},
    [SAID_LEGAL_FORMS] = {"legal_forms", SAID_WORDS},
    [SAID_FIRM_WORDS] = {"firm_words", SAID_WORDS},
    [SAID_TRADES] = {"trades", SAID_WORDS},
    [SAID_NO_FIRMS] = {"no_firms", SAID_WORDS},
    [SAID_ADDRESS_WORDS] = {"address_words", SAID_WORDS},
    [SAID_NO_ADDRESSES] = {"no_addresses", SAID_WORDS},
    [SAID_BANK_WORDS] = {"bank_words", SAID_FOLDED},
    [SAID_BANK_LABELS] = {"bank_labels", SAID_PRINTED},
    [SAID_BANK_STEMS] = {"bank_stems", SAID_PRINTED},
    [SAID_BANK_ARTICLES] = {"bank_articles", SAID_FOLDED},
    [SAID_BANK_TAILS] = {"bank_tails", SAID_FOLDED},
    [SAID_BANK_JOINTS] = {"bank_joints", SAID_PRINTED},
    [SAID_APP_WORDS] = {"app_words", SAID_FOLDED},
    [SAID_APP_PHRASES] = {"app_phrases", SAID_FOLDED},
    [SAID_ACCOUNT_KINDS] = {"account_kinds", SAID_WORDS},
    [SAID_PAYEE_LEADS] = {"payee_leads", SAID_WORDS},
    [SAID_CURRENCY_WORDS] = {"currency_words", SAID_FOLDED},
    [SAID_DATE_LINKS] = {"date_links", SAID_PRINTED},
    [SAID_ORDINALS] = {"ordinals", SAID_PRINTED},
    [SAID_HOUR_SIGNS] = {"hour_signs", SAID_WORDS},
    [SAID_ZONE_WORDS] = {"zone_words", SAID_PRINTED},
    [SAID_NAME_PARTICLES] = {"name_particles", SAID_WORDS},
    [SAID_NAME_TAILS] = {"name_tails", SAID_WORDS},
    [SAID_NAME_LEADS] = {"name_leads", SAID_PRINTED},
    [SAID_PAYEE_TAILS] = {"payee_tails", SAID_PRINTED},
    [SAID_AMOUNT_TAILS] = {"amount_tails", SAID_PRINTED},
    [SAID_FIRM_RESTS] = {"firm_rests", SAID_PRINTED},
    [SAID_FIRM_ENDS] = {"firm_ends", SAID_PRINTED},
    [SAID_SUM_WORDS] = {"sum_words", SAID_PRINTED},
    [SAID_LABEL_LINKS] = {"label_links", SAID_PRINTED},
    [SAID_IS_WORDS] = {"is_words", SAID_FOLDED},
    [SAID_OF_WORDS] = {"of_words", SAID_PRINTED},
    [SAID_ISSUER_IDS] = {"issuer_ids", SAID_PRINTED},
    [SAID_IMPRINTS] = {"imprints", SAID_FOLDED},
    [SAID_MAIL_SENDERS] = {"mail_senders", SAID_PRINTED},
    [SAID_MAIL_SUBJECTS] = {"mail_subjects", SAID_PRINTED},
};

static const json_t *list_of(const json_t *language, enum said_list list) {
    return json_object_get(json_object_get(language, "words"), said_kinds[list].name);
}

static size_t count_of(const json_t *languages, enum said_list list) {
    size_t count = 0;
    const char *name;
    json_t *language;
    json_object_foreach((json_t *)(uintptr_t)languages, name, language) {
        count += json_array_size(list_of(language, list));
    }
    return count;
}

/* The text folded, or as it is. NULL if memory is refused. */
static const char *text_make(struct arena *arena, const char *text, bool folded) {
    struct fold fold;
    if (!folded) {
        return arena_copy_text(arena, text, strlen(text));
    }
    return fold_text(arena, text, strlen(text), &fold) ? fold.plain : NULL;
}

bool said_is_empty(const char *text) {
    for (size_t at = 0, bytes = strlen(text); at < bytes;) {
        int32_t code_point, parts[FOLD_PARTS_MOST];
        at += utf8_next(text + at, bytes - at, &code_point);
        for (size_t count = fold_parts(code_point, parts), i = 0; i < count; i++) {
            if (fold_is_plain(parts[i])) {
                return false;
            }
        }
    }
    return true;
}

bool said_has_blank_end(const char *text) {
    size_t bytes = strlen(text);
    return bytes > 0 && (text[0] == ' ' || text[bytes - 1] == ' ');
}

static int text_compare(const void *left, const void *right) {
    return strcasecmp(*(const char *const *)left, *(const char *const *)right);
}

static bool said_sort(struct arena *arena, const char *const *texts, size_t count, struct said *said) {
    const char **sorted = arena_allocate(arena, (count + 1) * sizeof *sorted);
    if (sorted == NULL) {
        return false;
    }
    memcpy(sorted, texts, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, text_compare);
    *said = (struct said){count, texts, sorted};
    return true;
}

bool said_build(struct arena *arena, const json_t *languages, struct said lists[SAID_LISTS]) {
    for (enum said_list list = 0; list < SAID_LISTS; list++) {
        const char **texts = arena_allocate(arena, (count_of(languages, list) + 1) * sizeof *texts);
        size_t count = 0;
        const char *name;
        json_t *language;
        if (texts == NULL) {
            return false;
        }
        json_object_foreach((json_t *)(uintptr_t)languages, name, language) {
            const json_t *array = list_of(language, list);
            for (size_t i = 0; i < json_array_size(array); i++) {
                texts[count] =
                    text_make(arena, json_string_value(json_array_get(array, i)), said_kinds[list].form == SAID_FOLDED);
                if (texts[count++] == NULL) {
                    return false;
                }
            }
        }
        if (!said_sort(arena, texts, count, &lists[list])) {
            return false;
        }
    }
    return true;
}

bool said_keep(const json_t *older, json_t *newer) {
    const char *name;
    json_t *language;
    json_object_foreach((json_t *)(uintptr_t)older, name, language) {
        json_t *words = json_object_get(language, "words"), *other = json_object_get(newer, name);
        if (words == NULL) {
            continue;
        }
        if (other == NULL) { /* its months and days are gone, as the newer file says; its words stay */
            other = json_object();
            if (other == NULL || json_object_set_new(newer, name, other) != 0) {
                return false;
            }
        }
        json_t *merged = json_copy(words);
        json_t *own = json_object_get(other, "words");
        if (merged == NULL || (own != NULL && json_object_update(merged, own) != 0) ||
            json_object_set_new(other, "words", merged) != 0) {
            return false;
        }
    }
    return true;
}
