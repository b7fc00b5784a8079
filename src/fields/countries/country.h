/* country.h - the conventions of a country, as data: money, ids, phones, accounts, banks, dates, references, words. */
#ifndef LINCE_FIELDS_COUNTRIES_COUNTRY_H
#define LINCE_FIELDS_COUNTRIES_COUNTRY_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "fields/countries/check_digit.h"
#include "fields/countries/said.h"
#include "fields/countries/usual.h"
#include "lince.h"

enum { COUNTRIES_MOST = 64, COUNTRY_LIST_MOST = 256 };

/* A way to write a currency. */
struct currency_sign {
    const char *text; /* lower case */
    size_t bytes;
    const char *code; /* ISO 4217 */
    unsigned char country;
    bool shared;     /* several countries use it: it means this currency only if the country is known */
    bool misread;    /* a misreading of a sign: counts only beside a digit */
    bool hundredths; /* amounts have decimals */
};

/*
 * A kind of id: either letters before a number of digits, or shapes of 9 (digit), A (letter), X (either), K (digit or
 * K) and the signs printed between them.
 */
struct id_kind {
    const char *name;
    const char *letters, *misread; /* NULL for a kind with shapes; `misread` are misreadings of the first letter */
    size_t digits_least, digits_most;
    size_t shape_count;
    const char *const *shapes;
    check_digit check; /* NULL: it has none */
    bool tax;          /* of a firm or taxpayer */
};

/* A kind of account number, recognised by its length and check digit. */
struct account_kind {
    const char *name;
    size_t least, most; /* digits */
    check_digit check;
};

struct phone_plan {
    const char *code;  /* "58" */
    const char *trunk; /* prefix of national numbers: "0"; "" for none */
    size_t digits;     /* of a national number with the prefix */
    size_t mobile_count, fixed_count;
    const char *const *mobile, *const *fixed; /* beginnings; ? is any digit */
};

struct bank {
    const char *code, *name;
};

struct bank_alias {
    const char *key; /* folded */
    size_t count;
    const char *code;
    bool needs_context; /* an ordinary word: a bank only after "banco", a code or a label */
};

/* Words that show a country, with weights: names of offices, taxes and banks. */
struct country_word {
    const char *key;      /* folded, with look-alikes unified */
    const char *text;     /* as in the pack */
    unsigned short count; /* of the key; small, as there are thousands of words */
    unsigned short thousandths;
    unsigned char country;
    bool bank;
};

enum { REGION_LETTERS_MOST = 3 };

/* The postal codes of a region. */
struct postal_range {
    char region[REGION_LETTERS_MOST + 1];
    size_t digits;
    unsigned long least, most;
};

enum date_order { DATE_DAY_FIRST, DATE_MONTH_FIRST };

/* Lists of words that packs have: of taxes and totals, and of the heads of the columns of items. */
enum word_list {
    WORDS_TAX,
    WORDS_TOTAL,
    WORDS_CODE,
    WORDS_DESCRIPTION,
    WORDS_QUANTITY,
    WORDS_UNIT,
    WORDS_PRICE,
    WORDS_DISCOUNT,
    WORDS_RATE,
    WORDS_AMOUNT,
    WORD_LISTS,
};
/* "tax", "total", "column_code", ...: the members of a pack. */
extern const char *const word_list_names[WORD_LISTS];

struct country {
    const char *code, *name, *source; /* ISO 3166; "ZZ" for pages of unknown country */
    const char *currency;             /* the first of its currencies */
    bool decimal_comma;
    bool whole_amounts; /* its currency has no hundredths */
    enum date_order dates;
    bool reference_letters;
    bool seller_id;              /* every sale must show the tax id of the seller */
    const char *bank_code_begin; /* how all bank codes begin; NULL: they are not printed alone */
    size_t bank_code_digits;
    size_t id_count, account_count, bank_count, alias_count;
    struct id_kind *ids;
    struct account_kind *accounts;
    struct bank *banks;
    struct bank_alias *aliases;
    struct phone_plan phone;       /* digits 0: no plan */
    const char *words[WORD_LISTS]; /* separated by |; "" for none */
    size_t tax_rate_count;
    double *tax_rates; /* percentages of the tax that the first of the tax words names */
    size_t postal_count;
    struct postal_range *postal;
};

/* The name of a month or weekday in one of the languages. */
struct calendar_word {
    const char *name; /* lower case */
    int number;       /* months from 1, days from 0 for Monday */
};

struct country_set {
    size_t count, sign_count, word_count, month_count, weekday_count;
    struct country *countries;   /* in the order of their files */
    struct currency_sign *signs; /* longest first */
    struct country_word *words;  /* by their first two characters */
    struct calendar_word *months, *weekdays;
    const struct country *unknown; /* that of "ZZ" */
    const char *lists[WORD_LISTS]; /* of all countries, each once */
    struct said said[SAID_LISTS];
    struct usual_words usual;
};

/* The context of finders: all countries, and the page's. Borrows both. */
struct locale {
    const struct country_set *set;
    const struct country *country; /* set->unknown if nothing shows it */
    uint64_t shown;                /* a bit for each country that something other than a sign speaks for */
    bool by_usual_words;           /* only these show the country: what is unusual there is not ruled out */
};

/* A list of words of all languages. */
static inline const struct said *locale_said(const struct locale *locale, enum said_list list) {
    return &locale->set->said[list];
}

/* Packs while a set is being made. */
struct country_source {
    const char *source, *text;
    size_t bytes;
    json_t *tree;
};

/*
 * Parses and checks one pack or the file of languages. Gives the tree; free it with json_decref. LINCE_ERROR_LAYOUT
 * with the place.
 */
enum lince_status country_json_read(const char *source, const char *text, size_t bytes, json_t **tree,
                                    struct lince_error *error);

/* Makes the set in `arena` from checked trees; the arena owns its content. */
enum lince_status country_set_build(struct arena *arena, const struct country_source *sources, size_t count,
                                    struct country_set *set, struct lince_error *error);

/* NULL if there is no such country. */
const struct country *country_find(const struct country_set *set, const char *code);
/* The bank's usual name for a code; NULL if the country has no such bank. */
const char *country_bank_name(const struct country *country, const char *code);

struct extent;
struct sheet;
enum { EVIDENCE_MOST = 8, EVIDENCE_BYTES = 40 };

/* The country of a page, and the evidence. */
struct country_verdict {
    const struct country *country; /* NULL: nothing shows it, or two are equally likely */
    double confidence;
    bool by_sign_alone;  /* only a currency sign showed it */
    bool by_usual_words; /* see struct locale */
    uint64_t shown;      /* see struct locale */
    size_t evidence_count;
    char evidence[EVIDENCE_MOST][EVIDENCE_BYTES]; /* "word:seniat", "sign:r$", "phone:+51", "id:cuit", "bank:017",
                                                     "rate:13", "postal:ks 67401" */
};
/* `written`: what the payer wrote, "viaje a Colombia"; its words are no evidence. */
void country_decide(const struct country_set *set, const struct sheet *sheet, const struct extent *written,
                    size_t written_count, struct country_verdict *verdict);

#endif
