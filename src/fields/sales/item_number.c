/* item_number.c - which of the signs in a number parts its decimals. */
#include "fields/sales/item_number.h"

#include <stddef.h>
#include <string.h>

#include "fields/values/scan.h"

enum { DIGITS_MOST = 12 };

void item_number(const char *text, bool decimal_comma, char number[CELL_NUMBER_BYTES]) {
    const char *last = NULL;
    size_t used = 0, digits = 0, separators = 0, behind = 0;
    number[0] = '\0';
    for (const char *at = text; *at != '\0'; at++) {
        bool separates = (*at == '.' || *at == ',') && digits > 0;
        if (!scan_is_digit(*at) && !separates) {
            return;
        }
        separators += separates;
        digits += !separates;
        last = separates ? at : last;
    }
    if (digits == 0 || digits > DIGITS_MOST || (last != NULL && last[1] == '\0')) {
        return;
    }
    behind = last == NULL ? 0 : strlen(last + 1);
    /* Of several signs the last one parts decimals only if it is another than those before it. */
    bool is_mixed = last != NULL && memchr(text, *last, (size_t)(last - text)) == NULL && separators > 1;
    bool has_decimals =
        last != NULL && (separators == 1 ? behind != 3 || (*last == ',') == decimal_comma : is_mixed && behind != 3);
    for (const char *at = text; *at != '\0'; at++) {
        if (scan_is_digit(*at)) {
            number[used++] = *at;
        } else if (at == last && has_decimals) {
            number[used++] = '.';
        }
    }
    number[used] = '\0';
}
