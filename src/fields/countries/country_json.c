/* country_json.c - checks a country's pack and the file of languages, and reports where they are wrong. */
#include <string.h>

#include "base/error.h"
#include "base/json_check.h"
#include "fields/countries/country.h"
#include "fields/countries/postal.h"

/* Limits of a country's file, which find mistakes in it: bytes of texts, digits of numbers. */
enum {
    TEXT_MOST = 80,
    LETTERS_MOST = 12, /* before the digits of an id */
    SHAPE_MOST = 30,
    ID_DIGITS_MOST = 20,
    ACCOUNT_DIGITS_LEAST = 4,
    ACCOUNT_DIGITS_MOST = 30,
    BANK_CODE_MOST = 20,
    PREFIX_MOST = 6, /* of a phone */
    PHONE_DIGITS_LEAST = 5,
    PHONE_DIGITS_MOST = 15, /* as ITU-T E.164 allows */
    WEIGHT_MOST = 5,
    CODE_DIGITS_MOST = 6, /* of the bank in an account */
    MONTHS = 12,
    WEEK_DAYS = 7,
    RATE_MOST = 100, /* per cent */
    TAX_RATES_MOST = 8,
};

typedef enum lince_status (*item_check)(struct json_check *check, json_t *item);

/* Checks that each item of an optional list is an object and valid. */
static enum lince_status list_check(struct json_check *check, const json_t *object, const char *key, item_check test) {
    const json_t *list = json_object_get(object, key);
    if (list == NULL) {
        return LINCE_OK;
    }
    check_enter(check, key, 0);
    if (json_array_size(list) > COUNTRY_LIST_MOST) {
        return check_refuse(check, "there are %zu items; at most %d are allowed",
                            "hay %zu elementos; se permiten %d como mucho", json_array_size(list),
                            (int)COUNTRY_LIST_MOST);
    }
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *item = json_array_get(list, i);
        check_enter(check, NULL, i);
        if (!json_is_object(item)) {
            return check_refuse(check, "an object is missing here", "aquí falta un objeto");
        }
        enum lince_status status = test(check, item);
        if (status != LINCE_OK) {
            return status;
        }
        check_leave(check);
    }
    check_leave(check);
    return LINCE_OK;
}

/* An optional list of texts of 1 to 80 bytes. */
static enum lince_status texts_check(struct json_check *check, const json_t *object, const char *key) {
    const json_t *list = json_object_get(object, key);
    if (list == NULL) {
        return LINCE_OK;
    }
    check_enter(check, key, 0);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *text = json_array_get(list, i);
        check_enter(check, NULL, i);
        if (!json_is_string(text) || json_string_length(text) == 0 || json_string_length(text) > TEXT_MOST) {
            return check_refuse(check, "a text of 1 to 80 bytes is missing here",
                                "aquí falta un texto de 1 a 80 bytes");
        }
        check_leave(check);
    }
    if (json_array_size(list) > COUNTRY_LIST_MOST) {
        return check_refuse(check, "there are %zu items; at most %d are allowed",
                            "hay %zu elementos; se permiten %d como mucho", json_array_size(list),
                            (int)COUNTRY_LIST_MOST);
    }
    check_leave(check);
    return LINCE_OK;
}

/* A text with a limited length, made of certain characters. */
static enum lince_status form_check(struct json_check *check, const json_t *object, const char *key, const char *of,
                                    size_t least, size_t most) {
    const char *text = json_string_value(json_object_get(object, key));
    if (text == NULL) {
        return LINCE_OK;
    }
    size_t count = strlen(text);
    check_enter(check, key, 0);
    if (count < least || count > most || strspn(text, of) != count) {
        return check_refuse(check, "\"%.40s\" must have %zu to %zu of the characters %s",
                            "\"%.40s\" debe tener de %zu a %zu de los caracteres %s", text, least, most, of);
    }
    check_leave(check);
    return LINCE_OK;
}

static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", digits[] = "0123456789";

static enum lince_status currency_check(struct json_check *check, json_t *item) {
    static const struct json_member members[] = {{"code", "s"},    {"signs", "a"},    {"shared", "a"},
                                                 {"misread", "a"}, {"decimals", "b"}, {NULL, NULL}};
    enum lince_status status = check_members(check, item, members);
    status = status == LINCE_OK ? check_needed(check, item, "code") : status;
    status = status == LINCE_OK ? form_check(check, item, "code", capitals, 3, 3) : status;
    status = status == LINCE_OK ? texts_check(check, item, "signs") : status;
    status = status == LINCE_OK ? texts_check(check, item, "shared") : status;
    return status == LINCE_OK ? texts_check(check, item, "misread") : status;
}

/* The check digit algorithm must be known. */
static enum lince_status algorithm_check(struct json_check *check, const json_t *item) {
    const char *name = json_string_value(json_object_get(item, "check"));
    if (name == NULL || check_digit_find(name) != NULL) {
        return LINCE_OK;
    }
    check_enter(check, "check", 0);
    return check_refuse(check, "\"%.40s\" is no check digit that is known; docs/layouts.md lists them",
                        "\"%.40s\" no es un dígito de control conocido; docs/layouts.md los lista", name);
}

static enum lince_status id_check(struct json_check *check, json_t *item) {
    static const struct json_member members[] = {{"name", "s"},  {"letters", "s"}, {"misread", "s"},
                                                 {"least", "n"}, {"most", "n"},    {"shapes", "a"},
                                                 {"check", "s"}, {"tax", "b"},     {NULL, NULL}};
    enum lince_status status = check_members(check, item, members);
    status = status == LINCE_OK ? check_needed(check, item, "name") : status;
    status = status == LINCE_OK ? form_check(check, item, "letters", capitals, 1, LETTERS_MOST) : status;
    status = status == LINCE_OK ? form_check(check, item, "misread", capitals, 1, LETTERS_MOST) : status;
    status = status == LINCE_OK ? check_range(check, item, "least", 1, ID_DIGITS_MOST) : status;
    status = status == LINCE_OK ? check_range(check, item, "most", 1, ID_DIGITS_MOST) : status;
    status = status == LINCE_OK ? texts_check(check, item, "shapes") : status;
    status = status == LINCE_OK ? algorithm_check(check, item) : status;
    const json_t *shapes = json_object_get(item, "shapes");
    for (size_t i = 0; i < json_array_size(shapes) && status == LINCE_OK; i++) {
        const char *shape = json_string_value(json_array_get(shapes, i));
        if (strlen(shape) > SHAPE_MOST || strspn(shape, "9AXK.-/ ") != strlen(shape)) {
            check_enter(check, "shapes", 0);
            check_enter(check, NULL, i);
            return check_refuse(check, "a shape has at most 30 of 9, A, X, K, point, hyphen, slash and space",
                                "una forma tiene como mucho 30 de 9, A, X, K, punto, guion, barra y espacio");
        }
    }
    if (status == LINCE_OK && json_object_get(item, "letters") == NULL && json_array_size(shapes) == 0) {
        return check_refuse(check, "an id needs \"letters\" or \"shapes\"",
                            "una identificación necesita \"letters\" o \"shapes\"");
    }
    return status;
}

static enum lince_status account_check(struct json_check *check, json_t *item) {
    static const struct json_member members[] = {
        {"name", "s"}, {"least", "n"}, {"most", "n"}, {"check", "s"}, {NULL, NULL}};
    enum lince_status status = check_members(check, item, members);
    status = status == LINCE_OK ? check_needed(check, item, "least") : status;
    status = status == LINCE_OK ? check_needed(check, item, "most") : status;
    status = status == LINCE_OK ? check_range(check, item, "least", ACCOUNT_DIGITS_LEAST, ACCOUNT_DIGITS_MOST) : status;
    status = status == LINCE_OK ? check_range(check, item, "most", ACCOUNT_DIGITS_LEAST, ACCOUNT_DIGITS_MOST) : status;
    return status == LINCE_OK ? algorithm_check(check, item) : status;
}

static enum lince_status bank_check(struct json_check *check, json_t *item) {
    static const struct json_member members[] = {
        {"code", "s"}, {"name", "s"}, {"also", "a"}, {"ordinary", "a"}, {NULL, NULL}};
    enum lince_status status = check_members(check, item, members);
    status = status == LINCE_OK ? check_needed(check, item, "code") : status;
    status = status == LINCE_OK ? check_needed(check, item, "name") : status;
    status = status == LINCE_OK
                 ? form_check(check, item, "code", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-", 1, BANK_CODE_MOST)
                 : status;
    status = status == LINCE_OK ? texts_check(check, item, "also") : status;
    return status == LINCE_OK ? texts_check(check, item, "ordinary") : status;
}

/* Beginnings of phones: longer than the trunk prefix, at most 6 characters. */
static enum lince_status beginnings_check(struct json_check *check, const json_t *phones, const char *key) {
    const json_t *list = json_object_get(phones, key), *trunk = json_object_get(phones, "trunk");
    enum lince_status status = texts_check(check, phones, key);
    for (size_t i = 0; i < json_array_size(list) && status == LINCE_OK; i++) {
        const char *text = json_string_value(json_array_get(list, i));
        size_t count = strlen(text), least = json_is_string(trunk) ? json_string_length(trunk) + 1 : 1;
        if (count > PREFIX_MOST || count < least || strspn(text, "0123456789?") != count) {
            check_enter(check, key, 0);
            check_enter(check, NULL, i);
            return check_refuse(check, "a beginning has %zu to 6 of 0-9 and ?, the trunk first",
                                "un comienzo tiene de %zu a 6 de 0-9 y ?, primero el prefijo troncal", least);
        }
    }
    return status;
}

static enum lince_status phones_check(struct json_check *check, json_t *tree) {
    static const struct json_member members[] = {{"code", "s"},   {"trunk", "s"}, {"digits", "n"},
                                                 {"mobile", "a"}, {"fixed", "a"}, {NULL, NULL}};
    json_t *phones = json_object_get(tree, "phones");
    if (phones == NULL) {
        return LINCE_OK;
    }
    check_enter(check, "phones", 0);
    enum lince_status status = check_members(check, phones, members);
    status = status == LINCE_OK ? check_needed(check, phones, "digits") : status;
    status = status == LINCE_OK ? check_range(check, phones, "digits", PHONE_DIGITS_LEAST, PHONE_DIGITS_MOST) : status;
    status = status == LINCE_OK ? form_check(check, phones, "code", digits, 1, 3) : status;
    status = status == LINCE_OK ? form_check(check, phones, "trunk", digits, 0, 2) : status;
    status = status == LINCE_OK ? beginnings_check(check, phones, "mobile") : status;
    status = status == LINCE_OK ? beginnings_check(check, phones, "fixed") : status;
    if (status == LINCE_OK) {
        check_leave(check);
    }
    return status;
}

static enum lince_status references_check(struct json_check *check, json_t *tree) {
    static const struct json_member members[] = {{"letters", "b"}, {NULL, NULL}};
    json_t *references = json_object_get(tree, "references");
    if (references == NULL) {
        return LINCE_OK;
    }
    check_enter(check, "references", 0);
    enum lince_status status = check_members(check, references, members);
    if (status == LINCE_OK) {
        check_leave(check);
    }
    return status;
}

static enum lince_status evidence_check(struct json_check *check, json_t *item) {
    static const struct json_member members[] = {{"text", "s"}, {"weight", "n"}, {NULL, NULL}};
    enum lince_status status = check_members(check, item, members);
    status = status == LINCE_OK ? check_needed(check, item, "text") : status;
    status = status == LINCE_OK ? check_needed(check, item, "weight") : status;
    return status == LINCE_OK ? check_range(check, item, "weight", 0, WEIGHT_MOST) : status;
}

static enum lince_status rates_check(struct json_check *check, const json_t *tree) {
    const json_t *rates = json_object_get(tree, "tax_rates");
    check_enter(check, "tax_rates", 0);
    for (size_t i = 0; i < json_array_size(rates); i++) {
        double rate = json_number_value(json_array_get(rates, i));
        check_enter(check, NULL, i);
        if (!(rate > 0 && rate <= RATE_MOST) || i == TAX_RATES_MOST) {
            return check_refuse(check, "at most %d percentages from 0 to %d belong here",
                                "aquí van como mucho %d porcentajes de 0 a %d", (int)TAX_RATES_MOST, (int)RATE_MOST);
        }
        check_leave(check);
    }
    check_leave(check);
    return LINCE_OK;
}

static enum lince_status postal_check(struct json_check *check, const json_t *tree) {
    const json_t *ranges = json_object_get(tree, "postal_codes");
    enum lince_status status = texts_check(check, tree, "postal_codes");
    if (status != LINCE_OK) {
        return status;
    }
    check_enter(check, "postal_codes", 0);
    for (size_t i = 0; i < json_array_size(ranges); i++) {
        struct postal_range range;
        check_enter(check, NULL, i);
        if (!postal_range_parse(json_string_value(json_array_get(ranges, i)), &range)) {
            return check_refuse(check, "a region and its first and last code belong here, as in \"KS 66000-67999\"",
                                "aquí va una región con su primer y su último código, como en \"KS 66000-67999\"");
        }
        check_leave(check);
    }
    check_leave(check);
    return LINCE_OK;
}

static enum lince_status usual_check(struct json_check *check, const json_t *tree) {
    const json_t *texts = json_object_get(tree, "usual_words");
    enum lince_status status = texts_check(check, tree, "usual_words");
    if (status != LINCE_OK) {
        return status;
    }
    check_enter(check, "usual_words", 0);
    for (size_t i = 0; i < json_array_size(texts); i++) {
        const char *text = json_string_value(json_array_get(texts, i));
        struct usual_given word;
        check_enter(check, NULL, i);
        while (usual_word_next(&text, &word)) {
        }
        if (*text != '\0') {
            return check_refuse(check, "words with weights in hundredths belong here, as in \"celular 45 folio -20\"",
                                "aquí van palabras con pesos en centésimas, como en \"celular 45 folio -20\"");
        }
        check_leave(check);
    }
    check_leave(check);
    return LINCE_OK;
}

static enum lince_status codes_check(struct json_check *check, json_t *tree) {
    static const struct json_member members[] = {{"begin", "s"}, {"digits", "n"}, {NULL, NULL}};
    json_t *codes = json_object_get(tree, "bank_codes");
    if (codes == NULL) {
        return LINCE_OK;
    }
    check_enter(check, "bank_codes", 0);
    enum lince_status status = check_members(check, codes, members);
    status = status == LINCE_OK ? check_range(check, codes, "digits", 2, CODE_DIGITS_MOST) : status;
    status = status == LINCE_OK ? form_check(check, codes, "begin", digits, 0, 4) : status;
    if (status == LINCE_OK) {
        check_leave(check);
    }
    return status;
}

static enum lince_status words_check(struct json_check *check, json_t *tree) {
    static const struct json_member members[] = {{"tax", "s"},
                                                 {"total", "s"},
                                                 {"column_code", "s"},
                                                 {"column_description", "s"},
                                                 {"column_quantity", "s"},
                                                 {"column_unit", "s"},
                                                 {"column_price", "s"},
                                                 {"column_discount", "s"},
                                                 {"column_rate", "s"},
                                                 {"column_amount", "s"},
                                                 {NULL, NULL}};
    json_t *words = json_object_get(tree, "words");
    if (words == NULL) {
        return LINCE_OK;
    }
    check_enter(check, "words", 0);
    enum lince_status status = check_members(check, words, members);
    if (status == LINCE_OK) {
        check_leave(check);
    }
    return status;
}

static enum lince_status pack_check(struct json_check *check, json_t *tree) {
    static const struct json_member members[] = {
        {"$schema", "s"},    {"schema", "n"},       {"country", "s"},    {"name", "s"},        {"currencies", "a"},
        {"decimal", "s"},    {"dates", "s"},        {"ids", "a"},        {"accounts", "a"},    {"phones", "o"},
        {"bank_codes", "o"}, {"banks", "a"},        {"references", "o"}, {"words", "o"},       {"evidence", "a"},
        {"tax_rates", "a"},  {"postal_codes", "a"}, {"seller_id", "b"},  {"usual_words", "a"}, {NULL, NULL}};
    static const char *const orders[] = {"day first", "month first", NULL}, *const decimals[] = {",", ".", NULL};
    enum lince_status status = check_members(check, tree, members);
    status = status == LINCE_OK ? check_needed(check, tree, "name") : status;
    status = status == LINCE_OK ? check_range(check, tree, "schema", 1, 1) : status;
    status = status == LINCE_OK ? form_check(check, tree, "country", capitals, 2, 2) : status;
    const char *order = json_string_value(json_object_get(tree, "dates"));
    const char *decimal = json_string_value(json_object_get(tree, "decimal"));
    if (status == LINCE_OK && order != NULL) {
        check_enter(check, "dates", 0);
        status = check_one_of(check, order, orders);
        check_leave(check);
    }
    if (status == LINCE_OK && decimal != NULL) {
        check_enter(check, "decimal", 0);
        status = check_one_of(check, decimal, decimals);
        check_leave(check);
    }
    status = status == LINCE_OK ? list_check(check, tree, "currencies", currency_check) : status;
    status = status == LINCE_OK ? list_check(check, tree, "ids", id_check) : status;
    status = status == LINCE_OK ? list_check(check, tree, "accounts", account_check) : status;
    status = status == LINCE_OK ? list_check(check, tree, "banks", bank_check) : status;
    status = status == LINCE_OK ? list_check(check, tree, "evidence", evidence_check) : status;
    status = status == LINCE_OK ? phones_check(check, tree) : status;
    status = status == LINCE_OK ? references_check(check, tree) : status;
    status = status == LINCE_OK ? words_check(check, tree) : status;
    status = status == LINCE_OK ? rates_check(check, tree) : status;
    status = status == LINCE_OK ? postal_check(check, tree) : status;
    status = status == LINCE_OK ? usual_check(check, tree) : status;
    return status == LINCE_OK ? codes_check(check, tree) : status;
}

/* A text without letters and digits would be found on every line, and a whole word with a blank at an end on none. */
static enum lince_status said_texts_check(struct json_check *check, const json_t *words, const struct said_kind *kind) {
    const json_t *list = json_object_get(words, kind->name);
    check_enter(check, kind->name, 0);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *text = json_string_value(json_array_get(list, i));
        check_enter(check, NULL, i);
        if (said_is_empty(text)) {
            return check_refuse(check, "a text with a letter or a digit is missing here",
                                "aquí falta un texto con una letra o una cifra");
        }
        if (kind->form == SAID_WORDS && said_has_blank_end(text)) {
            return check_refuse(check, "whole words are listed here: \"%.40s\" has a blank at an end",
                                "aquí van palabras enteras: \"%.40s\" tiene un espacio en un extremo", text);
        }
        check_leave(check);
    }
    check_leave(check);
    return LINCE_OK;
}

/* The lists of words of a language. */
static enum lince_status said_check(struct json_check *check, json_t *language) {
    struct json_member members[SAID_LISTS + 1] = {{NULL, NULL}};
    json_t *words = json_object_get(language, "words");
    if (words == NULL) {
        return LINCE_OK;
    }
    for (size_t i = 0; i < SAID_LISTS; i++) {
        members[i] = (struct json_member){said_kinds[i].name, "a"};
    }
    check_enter(check, "words", 0);
    enum lince_status status = check_members(check, words, members);
    for (size_t i = 0; i < SAID_LISTS && status == LINCE_OK; i++) {
        status = texts_check(check, words, said_kinds[i].name);
        status = status == LINCE_OK ? said_texts_check(check, words, &said_kinds[i]) : status;
    }
    if (status == LINCE_OK) {
        check_leave(check);
    }
    return status;
}

static enum lince_status languages_check(struct json_check *check, json_t *tree) {
    static const struct json_member top[] = {{"$schema", "s"}, {"schema", "n"}, {"languages", "o"}, {NULL, NULL}};
    static const struct json_member members[] = {{"months", "a"}, {"weekdays", "a"}, {"words", "o"}, {NULL, NULL}};
    enum lince_status status = check_members(check, tree, top);
    const char *name;
    json_t *language;
    check_enter(check, "languages", 0);
    json_object_foreach(json_object_get(tree, "languages"), name, language) {
        check_enter(check, name, 0);
        status = status == LINCE_OK ? check_members(check, language, members) : status;
        if (status == LINCE_OK && (json_array_size(json_object_get(language, "months")) != MONTHS ||
                                   json_array_size(json_object_get(language, "weekdays")) != WEEK_DAYS)) {
            status = check_refuse(
                check, "a language has 12 \"months\" and 7 \"weekdays\", each a text of words parted by |",
                "un idioma tiene 12 \"months\" y 7 \"weekdays\", cada uno un texto de palabras separadas por |");
        }
        status = status == LINCE_OK ? said_check(check, language) : status;
        if (status != LINCE_OK) {
            return status;
        }
        check_leave(check);
    }
    check_leave(check);
    return status;
}

static enum lince_status tree_check(struct json_check *check, json_t *tree) {
    if (json_object_get(tree, "languages") != NULL) {
        return languages_check(check, tree);
    }
    if (json_object_get(tree, "country") != NULL) {
        return pack_check(check, tree);
    }
    return check_refuse(check, "a country is a JSON object with \"country\": \"VE\"",
                        "un país es un objeto JSON con \"country\": \"VE\"");
}

enum lince_status country_json_read(const char *source, const char *text, size_t bytes, json_t **tree,
                                    struct lince_error *error) {
    static const struct json_kind kind = {"the country", "el país", tree_check};
    return check_load(&kind, source, text, bytes, tree, error);
}
