/*
 * value.h - the types of values. Each finds its own kind in a text, gives its canonical form, the confidence from its
 * form alone, and the number of look-alikes corrected.
 */
#ifndef LINCE_FIELDS_VALUES_VALUE_H
#define LINCE_FIELDS_VALUES_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lince.h"

enum value_type {
    VALUE_MONEY,
    VALUE_CURRENCY, /* not found directly: follows from a money value */
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
    VALUE_RATE, /* an exchange rate: a number in the text beside its label */
    VALUE_ZONE, /* not found directly: follows a time */
    /* Not found directly, rows of a sale: */
    VALUE_ITEMS,    /* lines "description TAB quantity TAB amount TAB price of one TAB code TAB unit TAB discount TAB
                       rate"; those behind the amount only if printed */
    VALUE_TAXES,    /* lines "name TAB rate TAB base TAB amount" */
    VALUE_PAYMENTS, /* lines "means TAB amount" */
    VALUE_TYPE_COUNT,
};

/* Whether its values are rows of a sale: items, taxes, payments. */
static inline bool value_type_has_rows(enum value_type type) {
    return type == VALUE_ITEMS || type == VALUE_TAXES || type == VALUE_PAYMENTS;
}
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
    char currency[4];        /* money: ISO 4217 if printed, otherwise "" */
    double quality;          /* 0..1: confidence from the form alone */
    unsigned repairs;        /* look-alikes corrected */
    bool bare;               /* ambiguous: counts only beside a label that asks for it */
    bool decimals;           /* money: with a decimal part */
    bool open_sign;          /* money: several currencies share its sign, and nothing decides */
    bool shared_sign;        /* money: its sign means other currencies elsewhere */
    bool two_readings;       /* a date whose day and month may be swapped */
    signed char checked;     /* 1: its check digit is right, -1: wrong, 0: it has none */
    bool tax;                /* the id of a firm or taxpayer */
    bool fixed;              /* a phone that is no mobile, in its country's plan */
    const char *kind;        /* of an id or account: its name in the country's pack; NULL if unknown */
};

/* Money: whether a currency sign is printed with it, known or unknown. */
static inline bool find_has_sign(const struct find *find) {
    return find->currency[0] != '\0' || find->open_sign;
}

/* Whether another name goes on behind that of a bank without the word bank: "Caja de Ahorros de la Universidad". */
bool bank_goes_on(const struct country_set *set, const char *text, size_t bytes, size_t from, size_t at);
/*
 * Each writes at most `room` finds, in the order of the text, without overlaps, and returns how many. A line feed in
 * the text ends a line; a token may continue after it, at a cost in quality. Text is UTF-8, not zero-terminated.
 * `locale` has what a country decides (fields/countries/country.h).
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

/* How much the text looks like a person's name, 0..1. */
double name_quality(const struct locale *locale, const char *text, size_t bytes);
/* Whether the text begins with a kind of account: "Caja de ahorro en pesos". */
bool name_begins_account(const struct locale *locale, const char *text, size_t bytes);
/* Whether the word says that a number follows: "No.", "Nº", "Número". */
bool document_is_sign(const struct locale *locale, const char *word, size_t bytes);
/*
 * Bytes of the words before a document's number, up to a sign for it: "No. NCE-441", "Serie A No. 447188", "comercial
 * #118". They are few, and kinds of documents, a letter, or a series. `sign_first`: only a sign.
 */
size_t document_lead_bytes(const struct locale *locale, const char *text, size_t bytes, bool sign_first);
/* Whether the text begins with a document's number: "NC-118", "F-2201", "1188". */
bool document_begins(const char *text, size_t bytes);
/*
 * The bytes of a name without the signs of the sentence behind it: "Ana Mora," and "Ana Mora.". The point of "C.A.", of
 * "Ltda." and of an initial stays.
 */
size_t name_without_signs(const struct locale *locale, const char *text, size_t bytes);
/*
 * Whether the row is an address that begins with its house's number, "120 Main Street", and no firm: "4 Seasons Street
 * Food, LLC".
 */
bool name_begins_house(const struct locale *locale, const char *text, size_t bytes);
/* Whether it ends with the form of a firm: "C.A.", "S.A. de C.V.", "LLC". */
bool name_has_legal_form(const struct locale *locale, const char *text, size_t bytes);
/* How much the text looks like a firm's name at the top of a receipt, 0..1. */
double name_company_quality(const struct locale *locale, const char *text, size_t bytes);
/* How much the text looks like a line of a postal address, 0..1. */
double name_address_quality(const struct locale *locale, const char *text, size_t bytes);

/* A canonical amount, "1234.50", in hundredths; -1 for anything else. */
long long money_hundredths(const char *value);
/* The reverse: "1234.50", "-3.00". */
enum { MONEY_TEXT_BYTES = 32 };
void money_text(long long hundredths, char text[MONEY_TEXT_BYTES]);

/*
 * The currency at the start of the text: its bytes, and its code ("" if several share the sign and nothing decides); 0
 * if there is none.
 */
size_t money_currency_match(const struct locale *locale, const char *text, size_t bytes, const char **code);

/*
 * The zone printed right after a time. The value of "(GMT-3)" is "-03:00"; "VET" and "horario de Brasilia" stay as they
 * are. Gives its bytes in the text and its value; 0 if there is none.
 */
size_t time_zone_match(const struct locale *locale, const char *text, size_t bytes, char value[VALUE_BYTES]);

/* The weekday named in the text, 0 for Monday; -1 for none. */
int date_weekday_find(const struct locale *locale, const char *text, size_t bytes);
/* The weekday of a canonical date, 0 for Monday. */
int date_weekday(const char *date);
/* The date with day and month swapped; false if that is no date. */
bool date_swap(const char *date, char swapped[VALUE_BYTES]);

/* The field whose amount contradicts the others, all in hundredths, -1 for missing ones; NULL: none. */
const char *amounts_contradict(long long amount, long long fee, long long total, long long tax);

/*
 * A value as a person types it ("1.234,50 Bs", "31/1/2025", "0414-123 45 67"), in canonical form, in the conventions of
 * the first country that knows it. False if the text is not one whole value of the type. `room` is at least
 * VALUE_BYTES.
 */
bool value_typed(const struct country_set *countries, enum value_type type, const char *text, char *value, size_t room);
/* What it must be, "an amount", and an example: for messages. */
const char *value_type_words(enum value_type type, enum lince_language language);
const char *value_type_example(enum value_type type);

#endif
