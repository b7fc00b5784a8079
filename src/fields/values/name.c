/* name.c - whether a text looks like the name of a person or firm, or like a line of an address. */
#include <string.h>

#include "fields/values/scan.h"
#include "fields/values/value.h"

struct look {
    size_t letters, digits, others, words, capital_words, long_words;
};

static struct look look_at(const char *text, size_t bytes) {
    struct look look = {0};
    bool in_word = false;
    size_t word_letters = 0;
    for (size_t i = 0; i <= bytes; i++) {
        bool letter = i < bytes && scan_is_letter(text[i]);
        bool inner = i < bytes && in_word && (scan_is_digit(text[i]) || text[i] == '\'' || text[i] == '.');
        if (letter && !in_word) {
            look.words++;
            look.capital_words += text[i] >= 'A' && text[i] <= 'Z';
            in_word = true;
            word_letters = 0;
        } else if (!letter && !inner && in_word) {
            look.long_words += word_letters >= 3;
            in_word = false;
        }
        if (letter) {
            word_letters += ((unsigned char)text[i] & 0xC0) != 0x80;
            look.letters += ((unsigned char)text[i] & 0xC0) != 0x80;
        } else if (i < bytes && scan_is_digit(text[i])) {
            look.digits++;
        } else if (i < bytes && !scan_is_space(text[i]) && text[i] != '.' && text[i] != ',') {
            look.others++;
        }
    }
    return look;
}

/* Whether one of the words is in the text, between characters that are not letters. */
static size_t words_within(const char *text, size_t bytes, const char *const *words, size_t count) {
    size_t found = 0;
    for (size_t at = 0; at < bytes; at++) {
        if (at > 0 && (scan_is_letter(text[at - 1]) || scan_is_digit(text[at - 1]))) {
            continue;
        }
        for (size_t i = 0; i < count; i++) {
            size_t end = at + strlen(words[i]);
            if (scan_word(text, bytes, at, words[i]) && (end >= bytes || !scan_is_letter(text[end]))) {
                found++;
                break;
            }
        }
    }
    return found;
}

/* "Hola, Ana": the reader is not the payee. */
static bool is_greeting(const char *text, size_t bytes) {
    static const char *const greetings[] = {"hola", "estimado", "estimada", "hello", "hi", "dear", "buenos", "buenas"};
    size_t word = 0;
    while (word < bytes && scan_is_letter(text[word])) {
        word++;
    }
    return words_within(text, word, greetings, sizeof greetings / sizeof *greetings) > 0;
}

static bool ends_like_firm(const char *text, size_t bytes) {
    static const char *const forms[] = {"c.a", "ca", "s.a", "s.r.l", "srl", "r.l", "inc", "llc"};
    enum { FORM_BYTES = 7 };
    size_t from = bytes > FORM_BYTES ? bytes - FORM_BYTES : 0;
    return words_within(text + from, bytes - from, forms, sizeof forms / sizeof *forms) > 0;
}

double name_quality(const char *text, size_t bytes) {
    struct look look = look_at(text, bytes);
    if (is_greeting(text, bytes)) {
        return 0;
    }
    if (look.letters < 3 || look.long_words == 0 || look.letters > 60 || look.digits * 2 > look.letters) {
        return 0;
    }
    static const char *const not_first[] = {"c.a", "ca", "s.a", "banco", "bco", "universal"};
    if (words_within(text, bytes < 9 ? bytes : 9, not_first, sizeof not_first / sizeof *not_first) > 0) {
        return 0; /* the end of a bank's legal name */
    }
    double quality = look.words >= 2 && look.words <= 6 ? 0.9 : look.words == 1 ? 0.62 : 0.55;
    quality -= look.digits > 0 && !ends_like_firm(text, bytes) ? 0.25 : 0; /* "Inversiones Ana 2031, C.A." */
    quality -= look.others > 1 ? 0.2 : 0;
    quality -= look.capital_words == 0 ? (look.words > 4 ? 0.7 : 0.35) : 0; /* the rest of a sentence */
    return quality < 0 ? 0 : quality;
}

double name_company_quality(const char *text, size_t bytes) {
    static const char *const legal[] = {
        "sdn",         "bhd",         "s/b",           "c.a",       "ca",          "s.a",    "sa",      "s.r.l",
        "srl",         "inc",         "ltd",           "llc",       "co",          "corp",   "limited", "enterprise",
        "enterprises", "trading",     "company",       "group",     "holdings",    "berhad", "plt",     "gmbh",
        "compania",    "inversiones", "distribuidora", "comercial", "corporacion", "grupo",
    };
    static const char *const trades[] = {
        "restaurant", "restoran",   "restaurante", "cafe",        "coffee",        "bakery",   "bakeries",
        "pizza",      "hardware",   "mart",        "supermarket", "supermercado",  "market",   "store",
        "stores",     "shop",       "tienda",      "farmacia",    "pharmacy",      "hotel",    "bookstore",
        "books",      "stationery", "kitchen",     "house",       "bar",           "grill",    "panaderia",
        "ferreteria", "abasto",     "bodegon",     "automercado", "perniagaan",    "syarikat", "pasaraya",
        "kedai",      "services",   "service",     "retail",      "confectionery", "food",     "foods",
        "petrol",     "petroleum",  "station",     "boutique",    "salon",         "clinic",   "kopitiam",
    };
    static const char *const not [] = {
        "invoice", "receipt", "tax",        "gst",     "tel",    "fax",     "date",      "cashier",  "bill",
        "table",   "tarikh",  "resit",      "factura", "recibo", "rif",     "fecha",     "telefono", "welcome",
        "thank",   "gracias", "bienvenido", "total",   "copy",   "reprint", "duplicate", "cash",     "counter",
        "email",   "www",     "http",       "roc",     "order",  "print",   "no",        "reg",      "senior",
        "seniat",  "jalan",   "jln",        "lot",     "level",  "lorong",  "avenida",   "calle",    "taman",
    };
    struct look look = look_at(text, bytes);
    if (look.letters < 3 || look.digits > look.letters) {
        return 0;
    }
    double quality = 0.45;
    quality += words_within(text, bytes, legal, sizeof legal / sizeof *legal) > 0 ? 0.35 : 0;
    quality += words_within(text, bytes, trades, sizeof trades / sizeof *trades) > 0 ? 0.15 : 0;
    quality -= words_within(text, bytes, not, sizeof not / sizeof *not ) > 0 ? 0.35 : 0;
    quality -= look.digits > 4 ? 0.2 : 0;
    quality -= look.long_words == 0 ? 0.25 : 0;
    return quality < 0 ? 0 : quality > 1 ? 1 : quality;
}

double name_address_quality(const char *text, size_t bytes) {
    static const char *const places[] = {
        "jalan",  "jln",      "lorong",     "taman",        "tmn",     "lot",         "no",      "no.",
        "level",  "floor",    "ground",     "unit",         "block",   "blk",         "plaza",   "mall",
        "bandar", "kampung",  "kg",         "persiaran",    "seksyen", "section",     "kawasan", "wisma",
        "street", "st",       "road",       "rd",           "avenue",  "ave",         "av",      "avenida",
        "calle",  "carrera",  "urb",        "urbanizacion", "sector",  "edificio",    "edif",    "piso",
        "local",  "centro",   "esquina",    "esq",          "zona",    "municipio",   "estado",  "city",
        "kuala",  "selangor", "johor",      "penang",       "perak",   "malaysia",    "caracas", "venezuela",
        "suite",  "batu",     "mukim",      "off",          "km",      "residencias", "torre",   "nivel",
        "pusat",  "square",   "industrial", "shah",         "bahru",   "darul",       "wilayah", "pahang",
        "melaka", "kedah",    "sabah",      "sarawak",      "negeri",  "desa",        "medan",   "lebuh",
    };
    struct look look = look_at(text, bytes);
    if (look.letters < 3) {
        return 0;
    }
    static const char *const not [] = {"reg",   "gst",     "sst",     "roc",    "tel",      "fax",
                                       "phone", "rif",     "company", "email",  "e-mail",   "website",
                                       "www",   "invoice", "co.reg",  "co-reg", "telefono", "hotline"};
    if (words_within(text, bytes, not, sizeof not / sizeof *not ) > 0) {
        return 0;
    }
    size_t found = words_within(text, bytes, places, sizeof places / sizeof *places);
    double quality = 0.2 + 0.25 * (double)(found > 3 ? 3 : found);
    size_t commas = 0;
    for (size_t i = 0; i < bytes; i++) {
        commas += text[i] == ',';
    }
    quality += commas > 0 ? 0.15 : 0;
    for (size_t i = 0; i + 5 <= bytes; i++) { /* a postal code: five digits alone */
        if (scan_digits(text, bytes, i) == 5 && scan_starts_token(text, i)) {
            quality += 0.25;
            break;
        }
    }
    quality -= look.digits > 10 ? 0.4 : 0;
    return quality < 0 ? 0 : quality > 1 ? 1 : quality;
}
