/* name.c - whether a text looks like the name of a person or firm, or like a line of an address. */
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "fields/values/scan.h"
#include "fields/values/value.h"

enum {
    LONG_WORD_LETTERS = 3, /* shorter words are initials and articles */
    LETTERS_LEAST = 3,
    NAME_LETTERS_MOST = 60,
    NAME_WORDS_MOST = 6,
    SENTENCE_WORDS = 4,   /* more of them, all in small letters, are a sentence */
    FIRST_BYTES = 9,      /* where the end of a bank's legal name would begin */
    FIRM_DIGITS_MOST = 4, /* a year; more are a number of something */
    PLACES_MOST = 3,      /* words of an address that count */
    POSTAL_DIGITS = 5,
    ADDRESS_DIGITS_MOST = 10,
};
/* How likely a text is a person's or a firm's name, by hand: two words and more, one, too many; and what takes away. */
static const double QUALITY_WORDS = 0.9, QUALITY_ONE_WORD = 0.62, QUALITY_MANY_WORDS = 0.55;
static const double LOSS_DIGITS = 0.25, LOSS_SIGNS = 0.2, LOSS_SMALL_LETTERS = 0.35, LOSS_SENTENCE = 0.7;
/* The same for the firm at the head of a receipt: a legal form, a trade, a word of another line. */
static const double FIRM_ANY = 0.45, FIRM_LEGAL = 0.35, FIRM_TRADE = 0.15, FIRM_OTHER_LINE = 0.35;
static const double FIRM_DIGITS = 0.2, FIRM_SHORT_WORDS = 0.25;
/* The same for a line of an address: each word of one, a comma, a postal code, too many digits. */
static const double ADDRESS_ANY = 0.2, ADDRESS_WORD = 0.25, ADDRESS_COMMA = 0.15, ADDRESS_POSTAL_CODE = 0.25;
static const double ADDRESS_DIGITS = 0.4;

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
            look.long_words += word_letters >= LONG_WORD_LETTERS;
            in_word = false;
        }
        if (letter) {
            word_letters += utf8_begins(text[i]);
            look.letters += utf8_begins(text[i]);
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
    static const char *const greetings[] = {"hola",  "estimado", "estimada", "gracias", "obrigado",
                                            "hello", "hi",       "dear",     "buenos",  "buenas"};
    size_t word = 0;
    while (word < bytes && scan_is_letter(text[word])) {
        word++;
    }
    return words_within(text, word, greetings, sizeof greetings / sizeof *greetings) > 0;
}

/* "Caja de Ahorros de la Universidad": a name goes on behind what may be a kind of account. */
static bool is_named_box(const char *text, size_t bytes) {
    static const char *const joints[] = {" de la ", " del ", " de los ", " de las ", " de "};
    static const char *const accounts[] = {"ahorro", "ahorros", "pesos", "soles", "dolares", "colones"};
    for (size_t at = 1; at < bytes; at++) {
        for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
            size_t next = at + strlen(joints[i]);
            bool capital =
                next < bytes && text[next] >= 'A' && text[next] <= 'Z' && scan_word(text, bytes, at, joints[i]);
            bool account = false;
            for (size_t k = 0; k < sizeof accounts / sizeof *accounts && capital; k++) {
                account = account || scan_word(text, bytes, next, accounts[k]);
            }
            if (capital && !account) {
                return true;
            }
        }
    }
    return false;
}

bool name_begins_account(const char *text, size_t bytes) {
    static const char *const words[] = {"cuenta", "cta", "ahorro", "ahorros", "corriente", "tarjeta"};
    static const char *const boxes[] = {"caja de ahorro", "caja de ahorros", "caja ahorro", "caja ahorros"};
    size_t word = 0;
    while (word < bytes && scan_is_letter(text[word])) {
        word++;
    }
    if (name_has_legal_form(text, bytes)) {
        return false; /* "Ahorro Farmacias S.A." */
    }
    bool box = scan_word(text, bytes, 0, "caja") && word == strlen("caja");
    for (size_t i = 0; i < sizeof boxes / sizeof *boxes && box && word < bytes; i++) {
        if (scan_word(text, bytes, 0, boxes[i])) {
            return !is_named_box(text, bytes);
        }
    }
    return (box && word == bytes) || words_within(text, word, words, sizeof words / sizeof *words) > 0;
}

bool name_has_legal_form(const char *text, size_t bytes) {
    static const char *const forms[] = {
        "c.a",
        "ca",
        "s.a",
        "sa",
        "s.r.l",
        "srl",
        "r.l",
        "inc",
        "llc",
        "s.l",
        "sl",
        "s.l.u",
        "slu",
        "s.a.s",
        "sas",
        "ltda",
        "ltd",
        "cia",
        "s.a.c",
        "sac",
        "e.i.r.l",
        "eirl",
        "spa",
        "s.p.a",
        "gmbh",
        "bhd",
        "s/b",
        "s.c",
        "s.a.c.i",
        "saci",
        "de c.v",
        "de cv",
        "b.v",
        "bv",
        "sarl",
        "s.a.r.l",
        "limitada",
        "epp",
        "eireli",
        "a.c",
        "sociedad anonima",
        "sociedad an\xC3\xB3nima",
        "f.p",
        "corp",
        "llp",
        "plc",
    };
    enum { FORM_BYTES = 19 };
    size_t from = bytes > FORM_BYTES ? bytes - FORM_BYTES : 0;
    while (bytes > from && strchr(". ,", text[bytes - 1]) != NULL) {
        bytes--;
    }
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        size_t count = strlen(forms[i]);
        bool apart = bytes > count && strchr(" ,.", text[bytes - count - 1]) != NULL;
        if (apart && strncasecmp(text + bytes - count, forms[i], count) == 0) {
            return true;
        }
    }
    return false;
}

double name_quality(const char *text, size_t bytes) {
    struct look look = look_at(text, bytes);
    if (is_greeting(text, bytes) || name_begins_account(text, bytes)) {
        return 0;
    }
    if (look.letters < LETTERS_LEAST || look.long_words == 0 || look.letters > NAME_LETTERS_MOST ||
        look.digits * 2 > look.letters) {
        return 0;
    }
    static const char *const own_account[] = {"su cuenta", "tu cuenta", "mi cuenta", "sua conta", "your account"};
    if (words_within(text, bytes, own_account, sizeof own_account / sizeof *own_account) > 0) {
        return 0;
    }
    static const char *const not_first[] = {"c.a", "ca", "s.a", "banco", "bco", "universal"};
    size_t head = bytes < FIRST_BYTES ? bytes : FIRST_BYTES;
    while (head < bytes && scan_is_letter(text[head])) {
        head++; /* "Isaura Carmona" does not begin with "Isaura Ca" */
    }
    if (words_within(text, head, not_first, sizeof not_first / sizeof *not_first) > 0) {
        return 0; /* the end of a bank's legal name */
    }
    double quality = look.words >= 2 && look.words <= NAME_WORDS_MOST ? QUALITY_WORDS
                     : look.words == 1                                ? QUALITY_ONE_WORD
                                                                      : QUALITY_MANY_WORDS;
    quality -=
        look.digits > 0 && !name_has_legal_form(text, bytes) ? LOSS_DIGITS : 0; /* "Inversiones Ana 2031, C.A." */
    quality -= look.others > 1 ? LOSS_SIGNS : 0;
    quality -= look.capital_words > 0        ? 0
               : look.words > SENTENCE_WORDS ? LOSS_SENTENCE
                                             : LOSS_SMALL_LETTERS; /* the rest of a sentence */
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
        "invoice",   "receipt",  "tax",        "gst",     "tel",    "fax",     "date",      "cashier",  "bill",
        "table",     "tarikh",   "resit",      "factura", "recibo", "rif",     "fecha",     "telefono", "welcome",
        "thank",     "gracias",  "bienvenido", "total",   "copy",   "reprint", "duplicate", "cash",     "counter",
        "email",     "www",      "http",       "roc",     "order",  "print",   "no",        "reg",      "senior",
        "facture",   "rechnung", "factuur",    "fattura", "page",   "pagina",  "seite",     "hoja",     "seniat",
        "jalan",     "jln",      "lot",        "level",   "lorong", "avenida", "calle",     "taman",    "recebi",
        "recebemos", "recibi",   "recibimos",
    };
    struct look look = look_at(text, bytes);
    if (look.letters < LETTERS_LEAST || look.digits > look.letters) {
        return 0;
    }
    double quality = FIRM_ANY;
    bool formed =
        words_within(text, bytes, legal, sizeof legal / sizeof *legal) > 0 || name_has_legal_form(text, bytes);
    quality += formed ? FIRM_LEGAL : 0;
    quality += words_within(text, bytes, trades, sizeof trades / sizeof *trades) > 0 ? FIRM_TRADE : 0;
    quality -= words_within(text, bytes, not, sizeof not / sizeof *not ) > 0 ? FIRM_OTHER_LINE : 0;
    quality -= look.digits > FIRM_DIGITS_MOST ? FIRM_DIGITS : 0;
    quality -= look.long_words == 0 ? FIRM_SHORT_WORDS : 0;
    return quality < 0 ? 0 : quality > 1 ? 1 : quality;
}

/* "No. PE44-0088127", "N° 44188", "Order # 218": a number alone is a document's, not a house's. */
static bool is_number_alone(const char *text, size_t bytes) {
    enum { DIGITS_LEAST = 4, LETTERED_LEAST = 2 };
    static const char *const signs[] = {"no.", "no", "nro.", "nro", "n\xC2\xB0", "n\xC2\xBA", "num.", "#"};
    size_t words = 0, first = bytes, digits = 0;
    for (size_t i = 0; i < bytes; i++) {
        bool begins = text[i] != ' ' && (i == 0 || text[i - 1] == ' ');
        words += begins;
        first = begins && words == 2 ? i : first;
        digits += i >= first && scan_is_digit(text[i]);
    }
    bool lettered = first < bytes && scan_is_letter(text[first]) && memchr(text + first, '-', bytes - first) != NULL;
    return words == 2 && digits >= (lettered ? LETTERED_LEAST : DIGITS_LEAST) &&
           words_within(text, first - 1, signs, sizeof signs / sizeof *signs) == 1;
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
    if (look.letters < LETTERS_LEAST) {
        return 0;
    }
    static const char *const not [] = {
        "reg",         "gst",     "sst",       "roc",     "tel",        "fax",        "phone",  "rif",
        "company",     "email",   "e-mail",    "website", "www",        "invoice",    "co.reg", "co-reg",
        "telefono",    "hotline", "co. no",    "co no",   "ticket",     "factura",    "boleta", "recibo",
        "comprobante", "folio",   "ncf",       "cnpj",    "ruc",        "rut",        "cuit",   "rfc",
        "rnc",         "nota",    "documento", "nrc",     "cotizacion", "presupuesto"};
    if (words_within(text, bytes, not, sizeof not / sizeof *not ) > 0 || is_number_alone(text, bytes)) {
        return 0;
    }
    size_t found = words_within(text, bytes, places, sizeof places / sizeof *places);
    double quality = ADDRESS_ANY + ADDRESS_WORD * (double)(found > PLACES_MOST ? PLACES_MOST : found);
    size_t commas = 0;
    for (size_t i = 0; i < bytes; i++) {
        commas += text[i] == ',';
    }
    quality += commas > 0 ? ADDRESS_COMMA : 0;
    for (size_t i = 0; i + POSTAL_DIGITS <= bytes; i++) { /* a postal code: five digits alone */
        if (scan_digits(text, bytes, i) == POSTAL_DIGITS && scan_starts_token(text, i)) {
            quality += ADDRESS_POSTAL_CODE;
            break;
        }
    }
    quality -= look.digits > ADDRESS_DIGITS_MOST ? ADDRESS_DIGITS : 0;
    return quality < 0 ? 0 : quality > 1 ? 1 : quality;
}
