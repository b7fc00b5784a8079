/* country_build.c - turns checked packs into the set of countries that finders use. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/fold.h"
#include "fields/countries/country.h"
#include "fields/countries/postal.h"

enum { MONTHS = 12, WEEK_DAYS = 7 };

enum { NAMES_MOST = 256, KEY_BYTES = 96 };

struct making {
    struct arena *arena;
    struct country_set *set;
    char *texts; /* room for short texts, one behind the other: the arena would begin each at 16 bytes */
    size_t texts_left;
    bool refused; /* memory was refused */
};

enum { TEXTS_BYTES = 4096 };

static const char *copy(struct making *making, const char *text) {
    if (text == NULL) {
        return NULL;
    }
    size_t bytes = strlen(text) + 1;
    if (bytes > making->texts_left) {
        making->texts_left = bytes > TEXTS_BYTES ? bytes : TEXTS_BYTES;
        making->texts = arena_allocate(making->arena, making->texts_left);
        making->texts_left = making->texts == NULL ? 0 : making->texts_left;
    }
    if (making->texts == NULL) {
        making->refused = true;
        return NULL;
    }
    char *made = making->texts;
    memcpy(made, text, bytes);
    making->texts += bytes;
    making->texts_left -= bytes;
    return made;
}

static void *room(struct making *making, size_t count, size_t bytes) {
    void *made = arena_allocate_zero(making->arena, count + 1, bytes);
    making->refused = making->refused || made == NULL;
    return made;
}

static const char *text_of(const json_t *object, const char *key) {
    return json_string_value(json_object_get(object, key));
}

static size_t whole_of(const json_t *object, const char *key) {
    const json_t *value = json_object_get(object, key);
    return json_is_number(value) ? (size_t)json_number_value(value) : 0;
}

/* Folded, with look-alikes unified if requested. Length in `count`. */
static const char *key_of(struct making *making, const char *text, bool look, size_t *count) {
    struct fold fold;
    char kept[KEY_BYTES];
    struct arena_mark before = arena_mark(making->arena);
    *count = 0;
    if (text == NULL || !fold_text(making->arena, text, strlen(text), &fold)) { /* NULL: its copy was refused */
        making->refused = true;
        return "";
    }
    *count = fold.count < sizeof kept ? fold.count : sizeof kept - 1;
    memcpy(kept, look ? fold.look : fold.plain, *count);
    kept[*count] = '\0';
    arena_rewind(making->arena, before);
    return copy(making, kept);
}

static const char *const *texts_of(struct making *making, const json_t *list, size_t *count) {
    const char **texts = room(making, json_array_size(list), sizeof *texts);
    *count = making->refused ? 0 : json_array_size(list);
    for (size_t i = 0; i < *count; i++) {
        texts[i] = copy(making, json_string_value(json_array_get(list, i)));
    }
    return texts;
}

/* ---- money ---- */

static void sign_add(struct making *making, const char *text, const struct currency_sign *like) {
    struct currency_sign *sign = &making->set->signs[making->set->sign_count++];
    *sign = *like;
    sign->text = copy(making, text);
    sign->bytes = strlen(text);
}

static void currencies_add(struct making *making, const json_t *tree, size_t index) {
    static const char *const lists[] = {"signs", "shared", "misread"};
    const json_t *list = json_object_get(tree, "currencies");
    for (size_t i = 0; i < json_array_size(list) && !making->refused; i++) {
        const json_t *currency = json_array_get(list, i);
        const char *code = copy(making, text_of(currency, "code"));
        if (i == 0) {
            making->set->countries[index].currency = code;
            making->set->countries[index].whole_amounts = json_is_false(json_object_get(currency, "decimals"));
        }
        for (size_t k = 0; k < 3; k++) {
            const json_t *texts = json_object_get(currency, lists[k]);
            for (size_t j = 0; j < json_array_size(texts) && !making->refused; j++) {
                struct currency_sign like = {.code = code,
                                             .country = (unsigned char)index,
                                             .shared = k == 1,
                                             .misread = k == 2,
                                             .hundredths = !json_is_false(json_object_get(currency, "decimals"))};
                sign_add(making, json_string_value(json_array_get(texts, j)), &like);
            }
        }
    }
}

static int sign_compare(const void *left, const void *right) {
    const struct currency_sign *a = left, *b = right;
    if (a->bytes != b->bytes) {
        return a->bytes < b->bytes ? 1 : -1;
    }
    int order = strcmp(a->text, b->text);
    return order != 0 ? order : (a->country > b->country) - (a->country < b->country);
}

/* ---- ids, accounts, phones, banks ---- */

static void ids_add(struct making *making, const json_t *tree, struct country *country) {
    const json_t *list = json_object_get(tree, "ids");
    country->ids = room(making, json_array_size(list), sizeof *country->ids);
    for (size_t i = 0; i < json_array_size(list) && !making->refused; i++) {
        const json_t *item = json_array_get(list, i);
        const char *check = text_of(item, "check");
        struct id_kind *kind = &country->ids[country->id_count++];
        *kind = (struct id_kind){
            .name = copy(making, text_of(item, "name")),
            .letters = copy(making, text_of(item, "letters")),
            .misread = copy(making, text_of(item, "misread")),
            .digits_least = whole_of(item, "least"),
            .digits_most = whole_of(item, "most"),
            .check = check == NULL ? NULL : check_digit_find(check),
            .tax = json_is_true(json_object_get(item, "tax")),
        };
        kind->shapes = texts_of(making, json_object_get(item, "shapes"), &kind->shape_count);
    }
}

static void accounts_add(struct making *making, const json_t *tree, struct country *country) {
    const json_t *list = json_object_get(tree, "accounts");
    country->accounts = room(making, json_array_size(list), sizeof *country->accounts);
    for (size_t i = 0; i < json_array_size(list) && !making->refused; i++) {
        const json_t *item = json_array_get(list, i);
        const char *check = text_of(item, "check");
        country->accounts[country->account_count++] = (struct account_kind){
            .name = copy(making, text_of(item, "name")),
            .least = whole_of(item, "least"),
            .most = whole_of(item, "most"),
            .check = check == NULL ? NULL : check_digit_find(check),
        };
    }
}

static void phone_add(struct making *making, const json_t *tree, struct country *country) {
    const json_t *phones = json_object_get(tree, "phones");
    if (phones == NULL) {
        return;
    }
    struct phone_plan *plan = &country->phone;
    plan->code = copy(making, text_of(phones, "code") == NULL ? "" : text_of(phones, "code"));
    plan->trunk = copy(making, text_of(phones, "trunk") == NULL ? "" : text_of(phones, "trunk"));
    plan->digits = whole_of(phones, "digits");
    plan->mobile = texts_of(making, json_object_get(phones, "mobile"), &plan->mobile_count);
    plan->fixed = texts_of(making, json_object_get(phones, "fixed"), &plan->fixed_count);
}

static void aliases_add(struct making *making, const json_t *list, const char *code, bool ordinary,
                        struct country *country) {
    for (size_t i = 0; i < json_array_size(list) && !making->refused; i++) {
        struct bank_alias *alias = &country->aliases[country->alias_count++];
        alias->key = key_of(making, json_string_value(json_array_get(list, i)), false, &alias->count);
        alias->code = code;
        alias->needs_context = ordinary;
    }
}

static void banks_add(struct making *making, const json_t *tree, struct country *country) {
    const json_t *list = json_object_get(tree, "banks"), *codes = json_object_get(tree, "bank_codes");
    size_t aliases = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        aliases +=
            1 + json_array_size(json_object_get(item, "also")) + json_array_size(json_object_get(item, "ordinary"));
    }
    country->banks = room(making, json_array_size(list), sizeof *country->banks);
    country->aliases = room(making, aliases, sizeof *country->aliases);
    country->bank_code_begin = copy(making, text_of(codes, "begin"));
    country->bank_code_digits = whole_of(codes, "digits");
    for (size_t i = 0; i < json_array_size(list) && !making->refused; i++) {
        const json_t *item = json_array_get(list, i);
        struct bank *bank = &country->banks[country->bank_count++];
        *bank = (struct bank){copy(making, text_of(item, "code")), copy(making, text_of(item, "name"))};
        if (making->refused) {
            return;
        }
        aliases_add(making, json_object_get(item, "ordinary"), bank->code, true, country);
        aliases_add(making, json_object_get(item, "also"), bank->code, false, country);
        struct bank_alias *own = &country->aliases[country->alias_count++];
        own->key = key_of(making, bank->name, false, &own->count);
        own->code = bank->code;
    }
}

/* ---- words ---- */

const char *const word_list_names[WORD_LISTS] = {
    [WORDS_TAX] = "tax",
    [WORDS_TOTAL] = "total",
    [WORDS_CODE] = "column_code",
    [WORDS_DESCRIPTION] = "column_description",
    [WORDS_QUANTITY] = "column_quantity",
    [WORDS_UNIT] = "column_unit",
    [WORDS_PRICE] = "column_price",
    [WORDS_DISCOUNT] = "column_discount",
    [WORDS_RATE] = "column_rate",
    [WORDS_AMOUNT] = "column_amount",
};

enum { BANK_LETTERS_LEAST = 3 };
static const double BANK_WEIGHT = 1.2, THOUSANDTHS = 1000;
enum { SHARED_BANK_THOUSANDTHS = 400 };

static void word_add(struct making *making, const char *text, double weight, size_t index, bool bank) {
    struct country_word *word = &making->set->words[making->set->word_count];
    size_t count = 0;
    word->key = key_of(making, text, true, &count);
    word->count = (unsigned short)count;
    word->thousandths = (unsigned short)lround(weight * THOUSANDTHS);
    word->country = (unsigned char)index;
    word->bank = bank;
    word->text = bank ? text : copy(making, text); /* a bank's is the key of its alias */
    making->set->word_count += word->count >= 2;
}

/* Names of banks are evidence of the country too, unless they are ordinary words. */
static void bank_words_add(struct making *making, const struct country *country, size_t index) {
    for (size_t i = 0; i < country->alias_count && !making->refused; i++) {
        const struct bank_alias *alias = &country->aliases[i];
        if (!alias->needs_context && alias->count >= BANK_LETTERS_LEAST) {
            word_add(making, alias->key, BANK_WEIGHT, index, true);
        }
    }
}

/* A bank that several countries share is little evidence. */
static void shared_banks_weigh(struct country_set *set) {
    for (size_t i = 0; i < set->word_count; i++) {
        struct country_word *word = &set->words[i];
        for (size_t k = 0; word->bank && k < set->word_count; k++) {
            const struct country_word *other = &set->words[k];
            bool same = other->country != word->country && other->count == word->count &&
                        memcmp(other->key, word->key, word->count) == 0;
            word->thousandths = same ? SHARED_BANK_THOUSANDTHS : word->thousandths;
        }
    }
}

static void evidence_add(struct making *making, const json_t *tree, size_t index) {
    const json_t *list = json_object_get(tree, "evidence");
    for (size_t i = 0; i < json_array_size(list) && !making->refused; i++) {
        const json_t *item = json_array_get(list, i);
        word_add(making, text_of(item, "text"), json_number_value(json_object_get(item, "weight")), index, false);
    }
}

static int word_compare(const void *left, const void *right) {
    const struct country_word *a = left, *b = right;
    int order = memcmp(a->key, b->key, 2);
    return order != 0 ? order : (a->count < b->count) - (a->count > b->count);
}

static void rates_add(struct making *making, const json_t *tree, struct country *country) {
    const json_t *rates = json_object_get(tree, "tax_rates");
    country->tax_rates = room(making, json_array_size(rates), sizeof *country->tax_rates);
    for (size_t i = 0; i < json_array_size(rates) && !making->refused; i++) {
        country->tax_rates[country->tax_rate_count++] = json_number_value(json_array_get(rates, i));
    }
}

static void postal_add(struct making *making, const json_t *tree, struct country *country) {
    const json_t *ranges = json_object_get(tree, "postal_codes");
    country->postal = room(making, json_array_size(ranges), sizeof *country->postal);
    for (size_t i = 0; i < json_array_size(ranges) && !making->refused; i++) {
        const char *text = json_string_value(json_array_get(ranges, i));
        country->postal_count += postal_range_parse(text, &country->postal[country->postal_count]);
    }
}

static void country_add(struct making *making, const struct country_source *source, size_t index) {
    const json_t *tree = source->tree, *words = json_object_get(tree, "words");
    struct country *country = &making->set->countries[index];
    const char *decimal = text_of(tree, "decimal"), *order = text_of(tree, "dates");
    *country = (struct country){
        .code = copy(making, text_of(tree, "country")),
        .name = copy(making, text_of(tree, "name")),
        .source = copy(making, source->source),
        .decimal_comma = decimal != NULL && decimal[0] == ',',
        .dates = order != NULL && order[0] == 'm' ? DATE_MONTH_FIRST : DATE_DAY_FIRST,
        .reference_letters = json_is_true(json_object_get(json_object_get(tree, "references"), "letters")),
        .seller_id = json_is_true(json_object_get(tree, "seller_id")),
    };
    for (size_t i = 0; i < WORD_LISTS; i++) {
        const char *list = text_of(words, word_list_names[i]);
        country->words[i] = copy(making, list == NULL ? "" : list);
    }
    currencies_add(making, tree, index);
    ids_add(making, tree, country);
    accounts_add(making, tree, country);
    phone_add(making, tree, country);
    banks_add(making, tree, country);
    evidence_add(making, tree, index);
    rates_add(making, tree, country);
    postal_add(making, tree, country);
    bank_words_add(making, country, index);
}

/* "enero|ene": each word for a month or day. */
static size_t calendar_add(struct making *making, struct calendar_word *words, size_t count, const char *text,
                           int number) {
    while (text != NULL && *text != '\0' && count < NAMES_MOST && !making->refused) {
        size_t bytes = strcspn(text, "|");
        if (bytes > 0) {
            words[count].name = arena_copy_text(making->arena, text, bytes);
            words[count].number = number;
            making->refused = words[count].name == NULL;
            count++;
        }
        text += bytes + (text[bytes] == '|');
    }
    return count;
}

static void languages_add(struct making *making, const json_t *tree) {
    const char *name;
    json_t *language;
    struct country_set *set = making->set;
    json_object_foreach(json_object_get((json_t *)(uintptr_t)tree, "languages"), name, language) {
        for (size_t i = 0; i < MONTHS && !making->refused; i++) {
            const char *text = json_string_value(json_array_get(json_object_get(language, "months"), i));
            set->month_count = calendar_add(making, set->months, set->month_count, text, (int)i + 1);
        }
        for (size_t i = 0; i < WEEK_DAYS && !making->refused; i++) {
            const char *text = json_string_value(json_array_get(json_object_get(language, "weekdays"), i));
            set->weekday_count = calendar_add(making, set->weekdays, set->weekday_count, text, (int)i);
        }
    }
}

/* The words of all countries as one list separated by |, each once. */
static const char *words_join(struct making *making, enum word_list list) {
    size_t bytes = 0;
    for (size_t i = 0; i < making->set->count; i++) {
        bytes += strlen(making->set->countries[i].words[list]) + 1;
    }
    char *all = room(making, bytes + 1, 1);
    size_t used = 0;
    for (size_t i = 0; i < making->set->count && all != NULL; i++) {
        const char *words = making->set->countries[i].words[list];
        while (*words != '\0') {
            size_t count = strcspn(words, "|");
            bool known = false;
            for (size_t at = 0; at < used && !known; at += strcspn(all + at, "|") + 1) {
                known = strcspn(all + at, "|") == count && memcmp(all + at, words, count) == 0;
            }
            if (count > 0 && !known) {
                memcpy(all + used, words, count);
                used += count;
                all[used++] = '|';
            }
            words += count + (words[count] == '|');
        }
    }
    if (all != NULL && used > 0) {
        all[used - 1] = '\0';
    }
    return all;
}

static size_t words_of(const struct country_source *sources, size_t count) {
    size_t all = 0;
    for (size_t i = 0; i < count; i++) {
        const json_t *banks = json_object_get(sources[i].tree, "banks");
        all += json_array_size(json_object_get(sources[i].tree, "evidence"));
        for (size_t k = 0; k < json_array_size(banks); k++) {
            all += 1 + json_array_size(json_object_get(json_array_get(banks, k), "also"));
        }
    }
    return all;
}

static size_t signs_of(const struct country_source *sources, size_t count) {
    size_t all = 0;
    for (size_t i = 0; i < count; i++) {
        const json_t *list = json_object_get(sources[i].tree, "currencies");
        for (size_t k = 0; k < json_array_size(list); k++) {
            const json_t *currency = json_array_get(list, k);
            all += json_array_size(json_object_get(currency, "signs")) +
                   json_array_size(json_object_get(currency, "shared")) +
                   json_array_size(json_object_get(currency, "misread"));
        }
    }
    return all;
}

enum lince_status country_set_build(struct arena *arena, const struct country_source *sources, size_t count,
                                    struct country_set *set, struct lince_error *error) {
    struct making making = {.arena = arena, .set = set};
    *set = (struct country_set){0};
    enum lince_status status = usual_words_check(sources, count, error);
    if (status != LINCE_OK) {
        return status;
    }
    set->countries = room(&making, count, sizeof *set->countries);
    set->signs = room(&making, signs_of(sources, count), sizeof *set->signs);
    set->words = room(&making, words_of(sources, count), sizeof *set->words);
    set->months = room(&making, NAMES_MOST, sizeof *set->months);
    set->weekdays = room(&making, NAMES_MOST, sizeof *set->weekdays);
    for (size_t i = 0; i < count && !making.refused; i++) {
        if (json_object_get(sources[i].tree, "languages") != NULL) {
            languages_add(&making, sources[i].tree);
            making.refused =
                making.refused || !said_build(arena, json_object_get(sources[i].tree, "languages"), set->said);
        } else {
            country_add(&making, &sources[i], set->count++);
        }
    }
    if (!making.refused) {
        qsort(set->signs, set->sign_count, sizeof *set->signs, sign_compare);
        qsort(set->words, set->word_count, sizeof *set->words, word_compare);
        shared_banks_weigh(set);
        making.refused = !usual_words_build(arena, sources, count, &set->usual);
        set->unknown = country_find(set, "ZZ");
        for (enum word_list list = 0; list < WORD_LISTS; list++) {
            set->lists[list] = words_join(&making, list);
        }
    }
    if (making.refused) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the countries; raise the memory limit",
                         "no hay memoria para los países; suba el límite de memoria");
    }
    return LINCE_OK;
}

const struct country *country_find(const struct country_set *set, const char *code) {
    for (size_t i = 0; i < set->count; i++) {
        if (strcmp(set->countries[i].code, code) == 0) {
            return &set->countries[i];
        }
    }
    return NULL;
}

const char *country_bank_name(const struct country *country, const char *code) {
    for (size_t i = 0; i < country->bank_count; i++) {
        if (strcmp(country->banks[i].code, code) == 0) {
            return country->banks[i].name;
        }
    }
    return NULL;
}
