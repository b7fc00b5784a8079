/*
 * value.h - the types of values: each finds its own kind in a text, says what it means in canonical form, how sure its
 * form alone makes it, and how many look-alikes it had to repair.
 */
#ifndef LINCE_FIELDS_VALUES_VALUE_H
#define LINCE_FIELDS_VALUES_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lince.h"

enum value_type {
    VALUE_MONEY,
    VALUE_CURRENCY, /* not found by itself: it follows from a money value */
    VALUE_DATE,
    VALUE_TIME,
    VALUE_PHONE,
    VALUE_ID,
    VALUE_BANK,
    VALUE_ACCOUNT,
    VALUE_REFERENCE,
    VALUE_EMAIL,
    VALUE_NAME, /* a person's or a firm's name: words */
    VALUE_TEXT, /* whatever is printed */
    VALUE_COMPANY,
    VALUE_ADDRESS,
    VALUE_ITEMS, /* not found by itself: rows of a shop receipt; "description TAB quantity TAB amount" lines */
    VALUE_TYPE_COUNT,
};

/* "money", "date", ...; NULL past the end. */
const char *value_type_name(enum value_type type);
bool value_type_from_name(const char *name, enum value_type *type);

enum { VALUE_BYTES = 64, VALUE_FINDS_MOST = 24 };

struct country;
struct country_set;
struct locale;

struct find {
    size_t from, to;         /* bytes of the text */
    char value[VALUE_BYTES]; /* canonical */
    char currency[4];        /* money: ISO 4217 where printed, else "" */
    double quality;          /* 0..1: what the form alone says */
    unsigned repairs;        /* look-alikes put right */
    bool bare;               /* could be many things: counts only beside a label that asks for it */
    bool decimals;           /* money: with a decimal part */
    bool open_sign;          /* money: with a sign that several currencies have, and nothing decides */
    bool two_readings;       /* a date whose day and month may be the other way round */
    signed char checked;     /* 1: its check digit is right, -1: it is wrong, 0: it has none */
    bool tax;                /* an id of a firm or of who pays taxes */
    const char *kind;        /* of an id or account: its name in the country's pack; NULL where not told */
};

/* Money: is a currency's sign printed with it, known or not? */
static inline bool find_has_sign(const struct find *find) {
    return find->currency[0] != '\0' || find->open_sign;
}

/*
 * Each writes at most `room` finds, in the order of the text, not overlapping, and returns how many. A line feed in
 * the text is a line's end: a token may go on behind it, at a cost in quality. Text is UTF-8, not zero-terminated.
 * What a country decides comes from `locale` (fields/countries/country.h).
 */
size_t money_find(const struct locale *locale, const char *text, size_t bytes, struct find *finds, size_t room);
size_t date_find(const struct locale *locale, const char *text, size_t bytes, struct find *finds, size_t room);
size_t time_find(const struct locale *locale, const char *text, size_t bytes, struct find *finds, size_t room);
size_t phone_find(const struct locale *locale, const char *text, size_t bytes, struct find *finds, size_t room);
size_t id_find(const struct locale *locale, const char *text, size_t bytes, struct find *finds, size_t room);
size_t bank_find(const struct locale *locale, const char *text, size_t bytes, struct find *finds, size_t room);
size_t account_find(const struct locale *locale, const char *text, size_t bytes, struct find *finds, size_t room);
size_t reference_find(const struct locale *locale, const char *text, size_t bytes, struct find *finds, size_t room);
size_t email_find(const struct locale *locale, const char *text, size_t bytes, struct find *finds, size_t room);

/* Does the text look like a person's name, 0..1? */
double name_quality(const char *text, size_t bytes);
/* Does the text look like a firm's name at the head of a receipt, 0..1? */
double company_quality(const char *text, size_t bytes);
/* Does the text look like a line of a postal address, 0..1? */
double address_quality(const char *text, size_t bytes);

/* A canonical amount, "1234.50", in hundredths; -1 for anything else. */
long long money_hundredths(const char *value);

/* The currency written at the start of the text: its bytes and its code ("" where several have the sign and nothing
 * decides); 0 when there is none. */
size_t currency_match(const struct locale *locale, const char *text, size_t bytes, const char **code);

/* The day of the week named in the text, 0 for Monday; -1 for none. */
int weekday_find(const struct locale *locale, const char *text, size_t bytes);
/* The day of the week of a canonical date, 0 for Monday. */
int date_weekday(const char *date);
/* The same date with day and month the other way round; false when there is none such. */
bool date_swap(const char *date, char swapped[VALUE_BYTES]);

/* The field whose amount the others contradict, all in hundredths, -1 for those that are not there; NULL: none. */
const char *amounts_contradict(long long amount, long long fee, long long total, long long tax);

/*
 * A value as a person types it ("1.234,50 Bs", "31/1/2025", "0414-123 45 67"), in canonical form, by the customs of the
 * first of the countries that knows it. False when the text is not one whole value of the type. `room` is VALUE_BYTES
 * at least.
 */
bool value_typed(const struct country_set *countries, enum value_type type, const char *text, char *value, size_t room);
/* What it has to be, "an amount", and one: for messages. */
const char *value_type_words(enum value_type type, enum lince_language language);
const char *value_type_example(enum value_type type);

#endif
