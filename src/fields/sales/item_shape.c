/* item_shape.c - parses a quantity, a unit and a price that a sign of multiplication joins. */
#include "fields/sales/item_shape.h"

#include <string.h>

#include "fields/values/scan.h"

enum { UNIT_LETTERS_MOST = 4, DIGITS_MOST = 12 };

/* What is left of the text; words end at blanks. */
struct rest {
    const struct locale *locale;
    const char *at, *end;
};

static void blanks_skip(struct rest *rest) {
    while (rest->at < rest->end && *rest->at == ' ') {
        rest->at++;
    }
}

/* Takes a number with its separators into `word`. False, and nothing taken, if there is none. */
static bool number_take(struct rest *rest, char word[SHAPE_WORD_BYTES]) {
    const char *at = rest->at;
    size_t used = 0, digits = 0;
    while (at < rest->end && used + 1 < SHAPE_WORD_BYTES &&
           (scan_is_digit(*at) || ((*at == '.' || *at == ',') && digits > 0))) {
        digits += scan_is_digit(*at);
        word[used++] = *at++;
    }
    while (used > 0 && !scan_is_digit(word[used - 1])) {
        used--;
        at--;
    }
    word[used] = '\0';
    if (digits == 0 || digits > DIGITS_MOST) {
        word[0] = '\0';
        return false;
    }
    rest->at = at;
    blanks_skip(rest);
    return true;
}

/* Takes "x", "X", "*", "@" or the sign of multiplication. */
static bool times_take(struct rest *rest) {
    const char *at = rest->at;
    size_t bytes = rest->end - at >= 2 && at[0] == '\xC3' && at[1] == '\x97' ? 2 : 1;
    bool sign = at < rest->end && (bytes == 2 || strchr("xX*@", *at) != NULL);
    bool ends = sign && (at + bytes >= rest->end || !scan_is_letter(at[bytes]));
    if (ends) {
        rest->at = at + bytes;
        blanks_skip(rest);
    }
    return ends;
}

/* Takes a unit of few letters before the sign: "UN", "kg", "LTS.". */
static void unit_take(struct rest *rest, char word[SHAPE_WORD_BYTES]) {
    const char *at = rest->at;
    size_t used = 0;
    while (at < rest->end && scan_is_letter(*at) && used <= UNIT_LETTERS_MOST) {
        word[used++] = *at++;
    }
    word[used] = '\0';
    at += at < rest->end && *at == '.';
    struct rest behind = {rest->locale, at, rest->end};
    blanks_skip(&behind);
    struct rest tried = behind;
    if (used == 0 || used > UNIT_LETTERS_MOST || at == rest->end || *at != ' ' || !times_take(&tried)) {
        word[0] = '\0';
        return;
    }
    *rest = behind;
}

static void currency_take(struct rest *rest) {
    const char *code;
    rest->at += money_currency_match(rest->locale, rest->at, (size_t)(rest->end - rest->at), &code);
    blanks_skip(rest);
}

/* Whether only numbers and signs are left: "- 0.00", "0.00 E". */
static bool is_rest_of_numbers(const struct rest *rest) {
    size_t letters = 0;
    for (const char *at = rest->at; at < rest->end; at++) {
        letters += scan_is_letter(*at);
    }
    return letters <= 1;
}

struct item_shape item_shape_read(const struct locale *locale, const char *text, size_t bytes) {
    struct rest rest = {locale, text, text + bytes};
    struct item_shape shape = {0}, none = {0};
    blanks_skip(&rest);
    if (!number_take(&rest, shape.quantity)) {
        return none;
    }
    unit_take(&rest, shape.unit);
    if (!times_take(&rest)) {
        return none;
    }
    currency_take(&rest);
    shape.lacks_price = rest.at == rest.end;
    if (!shape.lacks_price && !number_take(&rest, shape.price)) {
        return none;
    }
    currency_take(&rest);
    shape.is_whole = is_rest_of_numbers(&rest);
    return shape.is_whole ? shape : none;
}
