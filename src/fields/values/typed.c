/*
 * typed.c - a value as a person types it, in canonical form. The whole text must be one value, in the conventions of
 * any country.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "fields/countries/country.h"
#include "fields/values/value.h"

static const struct {
    const char *words[2], *example; /* "an amount", by language */
    size_t (*find)(const struct locale *locale, const char *text, size_t bytes, struct find *finds, size_t room);
} kinds[VALUE_TYPE_COUNT] = {
    [VALUE_MONEY] = {{"an amount", "un monto"}, "1234.50", money_find},
    [VALUE_CURRENCY] = {{"a currency", "una moneda"}, "VES", NULL},
    [VALUE_DATE] = {{"a date", "una fecha"}, "2025-01-31", date_find},
    [VALUE_TIME] = {{"a time of day", "una hora"}, "15:04", time_find},
    [VALUE_PHONE] = {{"a telephone number", "un teléfono"}, "04141234567", phone_find},
    [VALUE_ID] = {{"an identity number", "un documento de identidad"}, "V12345678", id_find},
    [VALUE_BANK] = {{"a bank's code or name", "el código o el nombre de un banco"}, "0102", bank_find},
    [VALUE_ACCOUNT] = {{"an account number", "un número de cuenta"}, "01020123456789012345", account_find},
    [VALUE_REFERENCE] = {{"a reference number", "una referencia"}, "000123456789", NULL},
    [VALUE_EMAIL] = {{"an e-mail address", "un correo electrónico"}, "ana@example.org", email_find},
};

const char *value_type_words(enum value_type type, enum lince_language language) {
    const char *words = kinds[type].words[language];
    return words != NULL ? words : in_language(language, "a text of one line", "un texto de una línea");
}

const char *value_type_example(enum value_type type) {
    return kinds[type].example != NULL ? kinds[type].example : "Ana";
}

/* Keeps letters and digits and drops separators. False for anything else, or for too few digits. */
static bool compact(const char *text, size_t bytes, const char *separators, size_t least_digits, char *value,
                    size_t room) {
    size_t used = 0, digits = 0;
    for (size_t i = 0; i < bytes; i++) {
        if (isalnum((unsigned char)text[i]) && used + 1 < room) {
            value[used++] = (char)toupper((unsigned char)text[i]);
            digits += isdigit((unsigned char)text[i]) != 0;
        } else if (strchr(separators, text[i]) == NULL) {
            return false;
        }
    }
    value[used] = '\0';
    return digits >= least_digits;
}

static bool currency_typed(const struct locale *locale, const char *text, size_t bytes, char *value) {
    const char *code = NULL;
    if (bytes == 3 && isalpha((unsigned char)text[0]) && isalpha((unsigned char)text[1]) &&
        isalpha((unsigned char)text[2])) {
        return compact(text, bytes, "", 0, value, 4);
    }
    if (bytes == 0 || money_currency_match(locale, text, bytes, &code) != bytes || *code == '\0') {
        return false;
    }
    snprintf(value, VALUE_BYTES, "%s", code);
    return true;
}

/* A number with its country code; a number of some other kind of identity document. */
static bool foreign_typed(enum value_type type, const char *text, size_t bytes, char *value) {
    if (type == VALUE_PHONE && text[0] == '+' && compact(text + 1, bytes - 1, " -().", 8, value + 1, 16) &&
        strspn(value + 1, "0123456789") == strlen(value + 1)) {
        value[0] = '+';
        return true;
    }
    return type == VALUE_ID && compact(text, bytes, " -./", 5, value, 24);
}

static bool line_typed(const char *text, size_t bytes, bool has_rows, char *value, size_t room) {
    for (size_t i = 0; i < bytes; i++) {
        bool is_control = (unsigned char)text[i] < 0x20 || text[i] == 0x7f;
        if (is_control && !(has_rows && (text[i] == '\n' || text[i] == '\t'))) {
            return false;
        }
    }
    if (bytes == 0 || bytes >= room) {
        return false;
    }
    memcpy(value, text, bytes);
    value[bytes] = '\0';
    return true;
}

/* Whether the text is one value of its kind and nothing else. */
static bool find_typed(const struct locale *locale, enum value_type type, const char *text, size_t bytes, char *value) {
    struct find finds[2];
    if (kinds[type].find(locale, text, bytes, finds, 2) != 1 || finds[0].from != 0 || finds[0].to != bytes ||
        finds[0].repairs > 0) {
        return false;
    }
    bool is_negative = type == VALUE_MONEY && memchr(text, '-', bytes) != NULL;
    snprintf(value, VALUE_BYTES, "%s%.*s", is_negative ? "-" : "", VALUE_BYTES - 2, finds[0].value);
    return true;
}

/* Tries one country after another, beginning with the one where payment by phone is most common. */
static bool known_somewhere(const struct country_set *countries, enum value_type type, const char *text, size_t bytes,
                            char *value) {
    const struct country *first[2] = {country_find(countries, "VE"), countries->unknown};
    for (size_t i = 0; i < countries->count + 2; i++) {
        const struct country *country = i < 2 ? first[i] : &countries->countries[i - 2];
        const struct locale locale = {.set = countries, .country = country};
        if (locale.country != NULL && (type == VALUE_CURRENCY ? currency_typed(&locale, text, bytes, value)
                                                              : find_typed(&locale, type, text, bytes, value))) {
            return true;
        }
    }
    return foreign_typed(type, text, bytes, value);
}

bool value_typed(const struct country_set *countries, enum value_type type, const char *text, char *value,
                 size_t room) {
    size_t bytes = strlen(text);
    for (; bytes > 0 && isspace((unsigned char)*text); bytes--) {
        text++;
    }
    for (; bytes > 0 && isspace((unsigned char)text[bytes - 1]); bytes--) {
    }
    if (room < VALUE_BYTES || bytes == 0) {
        return false;
    }
    if (type == VALUE_REFERENCE) {
        return bytes < VALUE_BYTES && compact(text, bytes, " -./#", 3, value, VALUE_BYTES);
    }
    if (kinds[type].find == NULL && type != VALUE_CURRENCY) {
        return line_typed(text, bytes, value_type_has_rows(type), value, room);
    }
    return bytes < 2 * VALUE_BYTES && known_somewhere(countries, type, text, bytes, value);
}
