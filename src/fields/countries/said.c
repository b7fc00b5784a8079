/* said.c - builds the lists of words of the languages. */
#include "fields/countries/said.h"

#include <stdint.h>
#include <string.h>

#include "base/fold.h"
#include "base/utf8.h"

const char *const said_list_names[SAID_LISTS] = {
    "signed_receipts", "signers",       "signing_payers", "creditors",  "signatures",    "signature_places",
    "no_totals",       "other_parties", "operations",     "series",     "number_signs",  "number_leads",
    "to_payee",        "at_shop",       "from_payer",     "own_things", "abbreviations", "name_ends",
    "no_payees",       "paid",          "amount_leads",   "sends",      "clients",       "asks"};

static const json_t *list_of(const json_t *language, enum said_list list) {
    return json_object_get(json_object_get(language, "words"), said_list_names[list]);
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
                texts[count] = text_make(arena, json_string_value(json_array_get(array, i)), list < SAID_TO_PAYEE);
                if (texts[count++] == NULL) {
                    return false;
                }
            }
        }
        lists[list] = (struct said){count, texts};
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
