/* check_digit.c - check digits of ids, tax numbers and accounts, one small function per algorithm. */
#include "fields/countries/check_digit.h"

#include <stddef.h>
#include <string.h>

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool has_digits(const char *value, size_t count) {
    return strlen(value) == count && strspn(value, "0123456789") == count;
}

static unsigned digit(const char *value, size_t at) {
    return (unsigned)(value[at] - '0');
}

/* The sum of the digits from the first, each times its weight. */
static unsigned weighted(const char *value, const unsigned char *weights, size_t count) {
    unsigned sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += digit(value, i) * weights[i];
    }
    return sum;
}

/* Eleven minus the remainder by eleven: 1..11. */
static unsigned eleven_less(unsigned sum) {
    return 11 - sum % 11;
}

/* "00000000000" fits many algorithms and is nobody's number. */
static bool all_alike(const char *value) {
    return strspn(value, (char[]){value[0], '\0'}) == strlen(value);
}

/* Luhn's algorithm (ISO/IEC 7812-1): every second digit from the right is doubled. */
static bool luhn(const char *value, size_t count) {
    unsigned sum = 0;
    for (size_t i = 0; i < count; i++) {
        unsigned doubled = digit(value, count - 1 - i) * (i % 2 == 1 ? 2 : 1);
        sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return sum % 10 == 0;
}

/* Venezuela, RIF: a letter with a value of its own, eight digits and the check digit, modulo 11. */
static bool ve_rif(const char *value) {
    static const char letters[] = "VEJPGC";
    static const unsigned char letter_values[] = {1, 2, 3, 4, 5, 3}, weights[] = {3, 2, 7, 6, 5, 4, 3, 2};
    const char *letter = value[0] == '\0' ? NULL : strchr(letters, value[0]);
    if (letter == NULL || !has_digits(value + 1, 9)) {
        return false;
    }
    unsigned rest = eleven_less(4U * letter_values[letter - letters] + weighted(value + 1, weights, 8));
    return digit(value, 9) == (rest >= 10 ? 0 : rest);
}

/* Argentina, CUIT and CUIL: ten digits and the check digit, modulo 11. */
static bool ar_cuit(const char *value) {
    static const unsigned char weights[] = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
    if (!has_digits(value, 11) || all_alike(value)) {
        return false;
    }
    unsigned rest = eleven_less(weighted(value, weights, 10));
    return digit(value, 10) == (rest == 11 ? 0 : rest == 10 ? 9 : rest);
}

/* Argentina, CBU: bank and branch in 7 digits, the account in 13, each followed by its check digit, modulo 10. */
static bool ar_cbu(const char *value) {
    static const unsigned char bank[] = {7, 1, 3, 9, 7, 1, 3}, account[] = {3, 9, 7, 1, 3, 9, 7, 1, 3, 9, 7, 1, 3};
    return has_digits(value, 22) && !all_alike(value) && digit(value, 7) == (10 - weighted(value, bank, 7) % 10) % 10 &&
           digit(value, 21) == (10 - weighted(value + 8, account, 13) % 10) % 10;
}

/* Brazil, CPF: nine digits and two check digits, the second over the first too, modulo 11. */
static bool br_cpf(const char *value) {
    if (!has_digits(value, 11) || all_alike(value)) {
        return false;
    }
    for (size_t count = 9; count <= 10; count++) {
        unsigned sum = 0;
        for (size_t i = 0; i < count; i++) {
            sum += digit(value, i) * (unsigned)(count + 1 - i);
        }
        if (digit(value, count) != sum * 10 % 11 % 10) {
            return false;
        }
    }
    return true;
}

/* Brazil, CNPJ: twelve digits and two check digits, the second over the first too, modulo 11. */
static bool br_cnpj(const char *value) {
    static const unsigned char weights[] = {6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2};
    if (!has_digits(value, 14) || all_alike(value)) {
        return false;
    }
    unsigned first = weighted(value, weights + 1, 12) % 11, second = weighted(value, weights, 13) % 11;
    return digit(value, 12) == (first < 2 ? 0 : 11 - first) && digit(value, 13) == (second < 2 ? 0 : 11 - second);
}

/* Chile, RUT: seven or eight digits and the check digit, modulo 11, with K for 10. */
static bool cl_rut(const char *value) {
    size_t count = strlen(value);
    if (count < 8 || count > 9 || strspn(value, "0123456789") < count - 1) {
        return false;
    }
    unsigned sum = 0, weight = 2;
    for (size_t i = count - 1; i-- > 0;) {
        sum += digit(value, i) * weight;
        weight = weight == 7 ? 2 : weight + 1;
    }
    unsigned rest = eleven_less(sum);
    return value[count - 1] == (rest == 11 ? '0' : rest == 10 ? 'K' : (char)('0' + rest));
}

/* Colombia, NIT: nine digits, weighted by primes, and the check digit, modulo 11. */
static bool co_nit(const char *value) {
    static const unsigned char weights[] = {41, 37, 29, 23, 19, 17, 13, 7, 3};
    if (!has_digits(value, 10)) {
        return false;
    }
    unsigned rest = weighted(value, weights, 9) % 11;
    return digit(value, 9) == (rest > 1 ? 11 - rest : rest);
}

/* Mexico, CLABE: 17 digits and the check digit; only the last digit of each product counts. */
static bool mx_clabe(const char *value) {
    static const unsigned char weights[] = {3, 7, 1};
    if (!has_digits(value, 18)) {
        return false;
    }
    unsigned sum = 0;
    for (size_t i = 0; i < 17; i++) {
        sum += digit(value, i) * weights[i % 3] % 10;
    }
    return digit(value, 17) == (10 - sum % 10) % 10;
}

/* Mexico, CURP: 17 characters, each with its place in the alphabet, and the check digit, modulo 10. */
static bool mx_curp(const char *value) {
    static const char order[] = "0123456789ABCDEFGHIJKLMN"; /* the 25th is a letter outside ASCII */
    if (strlen(value) != 18 || !is_digit(value[17])) {
        return false;
    }
    unsigned sum = 0;
    for (size_t i = 0; i < 17; i++) {
        const char *place = strchr(order, value[i]);
        bool letter = value[i] >= 'O' && value[i] <= 'Z';
        if (place == NULL && !letter) {
            return false;
        }
        sum += (place != NULL ? (unsigned)(place - order) : (unsigned)(value[i] - 'O') + 25) * (unsigned)(18 - i);
    }
    return digit(value, 17) == (10 - sum % 10) % 10;
}

/* Mexico, RFC: 13 characters of a person, 12 of a firm; the last one is the check digit, modulo 11, with A for 10. */
static bool mx_rfc(const char *value) {
    static const char order[] = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ ";
    size_t count = strlen(value);
    if (count != 12 && count != 13) {
        return false;
    }
    unsigned sum = count == 12 ? 37 * 13 : 0; /* a firm's is one shorter: a space precedes it */
    for (size_t i = 0; i + 1 < count; i++) {
        const char *place = strchr(order, value[i]);
        if (place == NULL) {
            return false;
        }
        sum += (unsigned)(place - order) * (unsigned)(count - i);
    }
    unsigned rest = eleven_less(sum);
    return value[count - 1] == (rest == 11 ? '0' : rest == 10 ? 'A' : (char)('0' + rest));
}

/* Peru, RUC: ten digits, the first a 1 (people) or a 2 (firms), and the check digit, modulo 11. */
static bool pe_ruc(const char *value) {
    static const unsigned char weights[] = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
    return has_digits(value, 11) && digit(value, 10) == eleven_less(weighted(value, weights, 10)) % 10 &&
           (value[0] == '1' || value[0] == '2');
}

/* Ecuador: numbers begin with one of 24 provinces, or with 30 for Ecuadorians abroad. */
static bool ec_province(const char *value) {
    unsigned province = digit(value, 0) * 10 + digit(value, 1);
    return (province >= 1 && province <= 24) || province == 30;
}

/* Ecuador, cédula: ten digits by Luhn; the third one is below 6. */
static bool ec_ci(const char *value) {
    return has_digits(value, 10) && ec_province(value) && value[2] < '6' && luhn(value, 10);
}

/*
 * Ecuador, RUC: the third digit is 9 for firms, 6 for the state, and below 6 for people, whose cédula it begins with.
 * The last digits number the branch, from 1.
 */
static bool ec_ruc(const char *value) {
    static const unsigned char firm[] = {4, 3, 2, 7, 6, 5, 4, 3, 2}, state[] = {3, 2, 7, 6, 5, 4, 3, 2};
    char person[11];
    if (!has_digits(value, 13) || !ec_province(value) || strcmp(value + 10, "000") == 0) {
        return false;
    }
    if (value[2] == '9') {
        return digit(value, 9) == eleven_less(weighted(value, firm, 9)) % 11;
    }
    if (value[2] == '6') {
        return digit(value, 8) == eleven_less(weighted(value, state, 8)) % 11;
    }
    memcpy(person, value, 10);
    person[10] = '\0';
    return ec_ci(person);
}

/* Uruguay, RUT: eleven digits and the check digit, modulo 11. */
static bool uy_rut(const char *value) {
    static const unsigned char weights[] = {4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2};
    return has_digits(value, 12) && !all_alike(value) &&
           digit(value, 11) == eleven_less(weighted(value, weights, 11)) % 11;
}

/* Uruguay, cédula: seven digits and the check digit, modulo 10. */
static bool uy_ci(const char *value) {
    static const unsigned char weights[] = {2, 9, 8, 7, 6, 3, 4};
    return has_digits(value, 8) && digit(value, 7) == (10 - weighted(value, weights, 7) % 10) % 10;
}

/* Paraguay, RUC: five to eight digits, weighted from the right, and the check digit, modulo 11. */
static bool py_ruc(const char *value) {
    size_t count = strlen(value);
    if (count < 6 || count > 9 || !has_digits(value, count)) {
        return false;
    }
    unsigned sum = 0;
    for (size_t i = 0; i + 1 < count; i++) {
        sum += digit(value, count - 2 - i) * (unsigned)(i + 2);
    }
    return digit(value, count - 1) == (sum % 11 > 1 ? 11 - sum % 11 : 0);
}

/* Dominican Republic, RNC: eight digits and the check digit, modulo 11. */
static bool do_rnc(const char *value) {
    static const unsigned char weights[] = {7, 9, 8, 6, 5, 4, 3, 2};
    if (!has_digits(value, 9)) {
        return false;
    }
    unsigned rest = weighted(value, weights, 8) % 11;
    return digit(value, 8) == (rest == 0 ? 2 : rest == 1 ? 1 : 11 - rest);
}

/* Dominican Republic, cédula: eleven digits by Luhn. */
static bool do_cedula(const char *value) {
    return has_digits(value, 11) && !all_alike(value) && luhn(value, 11);
}

/* Spain, DNI and NIE: eight digits, or X, Y or Z for 0, 1 or 2 and seven digits; the remainder by 23 gives the letter.
 */
static bool es_nif(const char *value) {
    static const char letters[] = "TRWAGMYFPDXBNJZSQVHLCKE", foreign[] = "XYZ";
    if (strlen(value) != 9 || strspn(value + 1, "0123456789") < 7) {
        return false;
    }
    const char *foreigner = strchr(foreign, value[0]);
    unsigned number = foreigner != NULL ? (unsigned)(foreigner - foreign) : digit(value, 0);
    if (foreigner == NULL && !is_digit(value[0])) {
        return false;
    }
    for (size_t i = 1; i < 8; i++) {
        number = number * 10 + digit(value, i);
    }
    return value[8] == letters[number % 23];
}

/* Spain, CIF of firms: the last of eight digits makes their sum ten, those at odd places doubled; or a letter for it.
 */
static bool es_cif(const char *value) {
    static const char letters[] = "JABCDEFGHI";
    if (strlen(value) != 9 || strchr("ABCDEFGHJNPQRSUVW", value[0]) == NULL || strspn(value + 1, "0123456789") < 7) {
        return false;
    }
    unsigned sum = 0;
    for (size_t i = 1; i < 8; i++) {
        unsigned own = digit(value, i) * (i % 2 == 1 ? 2 : 1);
        sum += own / 10 + own % 10;
    }
    unsigned last = (10 - sum % 10) % 10;
    return value[8] == (char)('0' + last) || value[8] == letters[last];
}

/* Italy, partita IVA: eleven digits by Luhn. */
static bool it_iva(const char *value) {
    return has_digits(value, 11) && !all_alike(value) && luhn(value, 11);
}

/* Portugal, NIF: eight digits and the check digit, modulo 11. */
static bool pt_nif(const char *value) {
    static const unsigned char weights[] = {9, 8, 7, 6, 5, 4, 3, 2};
    if (!has_digits(value, 9)) {
        return false;
    }
    unsigned rest = weighted(value, weights, 8) % 11;
    return digit(value, 8) == (rest < 2 ? 0 : 11 - rest);
}

/* IBAN (ISO 13616): the first four characters go to the end, letters count 10 to 35, and the remainder by 97 is 1. */
static bool iban(const char *value) {
    size_t count = strlen(value);
    unsigned rest = 0;
    if (count < 15 || count > 34) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        char c = value[(i + 4) % count];
        if (!is_digit(c) && !(c >= 'A' && c <= 'Z')) {
            return false;
        }
        rest = is_digit(c) ? (rest * 10 + (unsigned)(c - '0')) % 97 : (rest * 100 + (unsigned)(c - 'A') + 10) % 97;
    }
    return rest == 1;
}

/* United States, routing number: nine digits whose weighted sum is divisible by 10. */
static bool us_aba(const char *value) {
    static const unsigned char weights[] = {3, 7, 1, 3, 7, 1, 3, 7, 1};
    return has_digits(value, 9) && !all_alike(value) && weighted(value, weights, 9) % 10 == 0;
}

check_digit check_digit_find(const char *name) {
    static const struct {
        const char *name;
        check_digit test;
    } all[] = {
        {"ve-rif", ve_rif}, {"ar-cuit", ar_cuit}, {"ar-cbu", ar_cbu},       {"br-cpf", br_cpf},   {"br-cnpj", br_cnpj},
        {"cl-rut", cl_rut}, {"co-nit", co_nit},   {"mx-clabe", mx_clabe},   {"mx-curp", mx_curp}, {"mx-rfc", mx_rfc},
        {"pe-ruc", pe_ruc}, {"ec-ci", ec_ci},     {"ec-ruc", ec_ruc},       {"uy-rut", uy_rut},   {"uy-ci", uy_ci},
        {"py-ruc", py_ruc}, {"do-rnc", do_rnc},   {"do-cedula", do_cedula}, {"es-nif", es_nif},   {"iban", iban},
        {"us-aba", us_aba}, {"es-cif", es_cif},   {"it-iva", it_iva},       {"pt-nif", pt_nif},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (strcmp(all[i].name, name) == 0) {
            return all[i].test;
        }
    }
    return NULL;
}
