/*
 * coded_fiscal.c - the codes of tax authorities: addresses with parameters (Mexico, Argentina, Brazil, Dominican
 * Republic), fields between bars (Peru), named lines (Colombia), XML (Chile), a key of digits (Ecuador).
 */
#include <ctype.h>
#include <sodium/utils.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/json_memory.h"
#include "fields/coded/coded.h"

/* A part of the content; bytes 0: there is none. */
struct span {
    const char *text;
    size_t bytes;
};

static struct span trimmed(struct span span) {
    while (span.bytes > 0 && isspace((unsigned char)*span.text)) {
        span.text++;
        span.bytes--;
    }
    while (span.bytes > 0 && isspace((unsigned char)span.text[span.bytes - 1])) {
        span.bytes--;
    }
    return span;
}

static size_t digits_at(const char *text) {
    return strspn(text, "0123456789");
}

static void give(struct coded_reading *reading, enum coded_part part, struct span span) {
    coded_give(reading, part, span.text, span.bytes);
}

/* ---- addresses ---------------------------------------------------------------------------------------- */

/* The value of a parameter, as written. */
static struct span parameter(const char *address, const char *name) {
    size_t length = strlen(name);
    for (const char *at = strpbrk(address, "?&"); at != NULL; at = strpbrk(at + 1, "?&")) {
        if (strncasecmp(at + 1, name, length) == 0 && at[1 + length] == '=') {
            const char *value = at + length + 2;
            return (struct span){value, strcspn(value, "&#")};
        }
    }
    return (struct span){"", 0};
}

/* SAT, Mexico: re and rr (issuer and receiver), tt (total). Its id is not the number that is printed as the document's.
 */
static bool mexico_read(struct coded_reading *reading, const char *content) {
    if (strcasestr(content, "facturaelectronica.sat.gob.mx") == NULL) {
        return false;
    }
    struct span total = parameter(content, "tt");
    give(reading, CODED_SELLER_ID, parameter(content, "re"));
    give(reading, CODED_BUYER_ID, parameter(content, "rr"));
    coded_give_amount(reading, total.text, total.bytes);
    return true;
}

/* DGII, Dominican Republic. */
static bool dominican_read(struct coded_reading *reading, const char *content) {
    if (strcasestr(content, "dgii.gov.do") == NULL || parameter(content, "RncEmisor").bytes == 0) {
        return false;
    }
    struct span total = parameter(content, "MontoTotal"), date = parameter(content, "FechaEmision");
    give(reading, CODED_SELLER_ID, parameter(content, "RncEmisor"));
    give(reading, CODED_BUYER_ID, parameter(content, "RncComprador"));
    give(reading, CODED_NUMBER, parameter(content, "ENCF"));
    coded_give_amount(reading, total.text, total.bytes);
    coded_give_date(reading, date.text, date.bytes);
    return true;
}

/*
 * SEFAZ, Brazil: a key of 44 digits: state, year and month, CNPJ, model, series, number, ... A coupon that was made
 * offline has its total as the fifth part.
 */
static bool brazil_read(struct coded_reading *reading, const char *content) {
    enum { KEY_DIGITS = 44, CNPJ_AT = 6, CNPJ_DIGITS = 14, NUMBER_AT = 25, NUMBER_DIGITS = 9, TOTAL_PART = 4 };
    struct span key = parameter(content, "p");
    key = key.bytes > 0 ? key : parameter(content, "chNFe");
    if (key.bytes < KEY_DIGITS || digits_at(key.text) != KEY_DIGITS) {
        return false;
    }
    const char *number = key.text + NUMBER_AT;
    size_t zeros = strspn(number, "0"), part = 0;
    zeros = zeros < NUMBER_DIGITS ? zeros : NUMBER_DIGITS - 1;
    coded_give(reading, CODED_SELLER_ID, key.text + CNPJ_AT, CNPJ_DIGITS);
    coded_give(reading, CODED_NUMBER, number + zeros, NUMBER_DIGITS - zeros);
    coded_give(reading, CODED_CURRENCY, "BRL", 3);
    for (const char *at = strchr(key.text, '|'); at != NULL; at = strchr(at + 1, '|')) {
        size_t bytes = strcspn(at + 1, "|&#");
        if (++part == TOTAL_PART && memchr(at + 1, '.', bytes) != NULL) {
            coded_give_amount(reading, at + 1, bytes);
        }
    }
    return true;
}

static struct span json_span(const json_t *object, const char *name, char room[32]) {
    const json_t *value = json_object_get(object, name);
    if (json_is_string(value)) {
        return (struct span){json_string_value(value), json_string_length(value)};
    }
    int length = json_is_integer(value) ? snprintf(room, 32, "%lld", (long long)json_integer_value(value))
                 : json_is_real(value)  ? snprintf(room, 32, "%.2f", json_real_value(value))
                                        : 0;
    return (struct span){room, (size_t)length};
}

static void argentina_take(struct coded_reading *reading, const json_t *json) {
    char room[32], number[32];
    struct span amount = json_span(json, "importe", room);
    coded_give_amount(reading, amount.text, amount.bytes);
    struct span date = json_span(json, "fecha", room);
    coded_give_date(reading, date.text, date.bytes);
    give(reading, CODED_SELLER_ID, json_span(json, "cuit", room));
    give(reading, CODED_BUYER_ID, json_span(json, "nroDocRec", room));
    const json_t *place = json_object_get(json, "ptoVta"), *count = json_object_get(json, "nroCmp");
    if (json_is_integer(place) && json_is_integer(count)) {
        int length = snprintf(number, sizeof number, "%05lld-%08lld", (long long)json_integer_value(place),
                              (long long)json_integer_value(count));
        coded_give(reading, CODED_NUMBER, number, length < (int)sizeof number ? (size_t)length : 0);
    }
    const char *currency = json_string_value(json_object_get(json, "moneda"));
    if (currency != NULL && (strcmp(currency, "PES") == 0 || strcmp(currency, "DOL") == 0)) {
        coded_give(reading, CODED_CURRENCY, currency[0] == 'P' ? "ARS" : "USD", 3);
    }
}

/* ARCA (formerly AFIP), Argentina: JSON in base 64. */
static bool argentina_read(struct coded_reading *reading, const char *content) {
    enum { JSON_MOST_BYTES = 2048 };
    struct span given = parameter(content, "p");
    if ((strcasestr(content, "afip.gob.ar/fe/qr") == NULL && strcasestr(content, "arca.gob.ar/fe/qr") == NULL) ||
        given.bytes == 0 || given.bytes > JSON_MOST_BYTES) {
        return false;
    }
    size_t used = 0;
    given.bytes = strcspn(given.text, "%&#"); /* padding may be written as %3D */
    char *text = arena_allocate(reading->arena, given.bytes + 1);
    reading->was_refused |= text == NULL;
    while (given.bytes > 0 && given.text[given.bytes - 1] == '=') { /* the padding may be there or not */
        given.bytes--;
    }
    if (text == NULL || sodium_base642bin((unsigned char *)text, given.bytes, given.text, given.bytes, NULL, &used,
                                          NULL, sodium_base64_VARIANT_ORIGINAL_NO_PADDING) != 0) {
        return false;
    }
    struct meter *before = json_memory_use(reading->arena->meter);
    (void)json_memory_was_refused();
    json_t *json = json_memory_load(text, used, 0, NULL);
    reading->was_refused |= json_memory_was_refused();
    argentina_take(reading, json);
    json_decref(json);
    json_memory_use(before);
    return json != NULL;
}

/* ---- texts -------------------------------------------------------------------------------------------- */

/* SUNAT, Peru: RUC|kind|series|number|tax|total|date|... */
static bool peru_read(struct coded_reading *reading, const char *content) {
    enum { RUC_DIGITS = 11, PARTS = 7, RUC = 0, SERIES = 2, NUMBER = 3, TOTAL = 5, DATE = 6 };
    struct span parts[PARTS];
    char number[40];
    const char *at = content;
    for (size_t i = 0; i < PARTS; i++) {
        size_t bytes = strcspn(at, "|");
        parts[i] = trimmed((struct span){at, bytes});
        if (at[bytes] == '\0' && i + 1 < PARTS) {
            return false;
        }
        at += bytes + (at[bytes] != '\0');
    }
    if (parts[RUC].bytes != RUC_DIGITS || digits_at(parts[RUC].text) != RUC_DIGITS || parts[SERIES].bytes != 4) {
        return false;
    }
    int length = snprintf(number, sizeof number, "%.*s-%.*s", (int)parts[SERIES].bytes, parts[SERIES].text,
                          (int)parts[NUMBER].bytes, parts[NUMBER].text);
    give(reading, CODED_SELLER_ID, parts[RUC]);
    coded_give(reading, CODED_NUMBER, number, length < (int)sizeof number ? (size_t)length : 0);
    coded_give_amount(reading, parts[TOTAL].text, parts[TOTAL].bytes);
    coded_give_date(reading, parts[DATE].text, parts[DATE].bytes);
    return true;
}

/* What follows "NAME:" or "NAME=" on its line. */
static struct span line_value(const char *content, const char *name) {
    const char *found = strcasestr(content, name);
    if (found == NULL) {
        return (struct span){"", 0};
    }
    const char *value = found + strlen(name) + strspn(found + strlen(name), " :=");
    return trimmed((struct span){value, strcspn(value, "\r\n")});
}

/* DIAN, Colombia. */
static bool colombia_read(struct coded_reading *reading, const char *content) {
    struct span total = line_value(content, "ValTolFac"), date = line_value(content, "FecFac");
    total = total.bytes > 0 ? total : line_value(content, "ValFac");
    if (strcasestr(content, "NumFac") == NULL || strcasestr(content, "NitFac") == NULL) {
        return false;
    }
    give(reading, CODED_NUMBER, line_value(content, "NumFac"));
    give(reading, CODED_SELLER_ID, line_value(content, "NitFac"));
    give(reading, CODED_BUYER_ID, line_value(content, "DocAdq"));
    coded_give_amount(reading, total.text, total.bytes);
    coded_give_date(reading, date.text, date.bytes);
    return true;
}

static struct span between(const char *content, const char *open, const char *close) {
    const char *from = strstr(content, open), *to = from == NULL ? NULL : strstr(from, close);
    from = to == NULL ? "" : from + strlen(open);
    return trimmed((struct span){from, to == NULL ? 0 : (size_t)(to - from)});
}

/* SII, Chile: the electronic stamp. */
static bool chile_read(struct coded_reading *reading, const char *content) {
    if (strstr(content, "<TED") == NULL) {
        return false;
    }
    struct span total = between(content, "<MNT>", "</MNT>"), date = between(content, "<FE>", "</FE>");
    give(reading, CODED_SELLER_ID, between(content, "<RE>", "</RE>"));
    give(reading, CODED_BUYER_ID, between(content, "<RR>", "</RR>"));
    give(reading, CODED_NUMBER, between(content, "<F>", "</F>"));
    coded_give(reading, CODED_CURRENCY, "CLP", 3);
    coded_give_amount(reading, total.text, total.bytes);
    coded_give_date(reading, date.text, date.bytes);
    return true;
}

/* SRI, Ecuador: date, kind, RUC, place, series, number, code, and a check digit by 11. */
static bool ecuador_read(struct coded_reading *reading, const char *content) {
    enum { DIGITS = 49, RUC_AT = 10, RUC_DIGITS = 13, SERIES_AT = 24, NUMBER_AT = 30, NUMBER_DIGITS = 9 };
    enum { MODULUS = 11, WEIGHT_LEAST = 2, WEIGHTS = 6 };
    char number[40], date[16];
    int sum = 0;
    if (strlen(content) != DIGITS || digits_at(content) != DIGITS) {
        return false;
    }
    for (int i = 0; i < DIGITS - 1; i++) {
        sum += (content[DIGITS - 2 - i] - '0') * (WEIGHT_LEAST + i % WEIGHTS);
    }
    int check = MODULUS - sum % MODULUS;
    check = check == MODULUS ? 0 : check == MODULUS - 1 ? 1 : check;
    if (content[DIGITS - 1] - '0' != check) {
        return false;
    }
    int length = snprintf(number, sizeof number, "%.3s-%.3s-%.*s", content + SERIES_AT, content + SERIES_AT + 3,
                          NUMBER_DIGITS, content + NUMBER_AT);
    int date_length = snprintf(date, sizeof date, "%.4s-%.2s-%.2s", content + 4, content + 2, content);
    coded_give(reading, CODED_SELLER_ID, content + RUC_AT, RUC_DIGITS);
    coded_give(reading, CODED_NUMBER, number, (size_t)length);
    coded_give_date(reading, date, (size_t)date_length);
    return true;
}

bool coded_fiscal_read(struct coded_reading *reading, const char *content) {
    return mexico_read(reading, content) || argentina_read(reading, content) || dominican_read(reading, content) ||
           brazil_read(reading, content) || chile_read(reading, content) || peru_read(reading, content) ||
           colombia_read(reading, content) || ecuador_read(reading, content);
}
