/* table.c - writes cells by kind, and keeps texts from being formulas. */
#include "output/writers/table.h"

#include <stddef.h>
#include <string.h>

/* "1234.50", "-3": digits, with at most a sign before and one point inside. */
static bool is_decimal(const char *text) {
    static const char digits[] = "0123456789";
    if (text == NULL) {
        return false;
    }
    text += *text == '-';
    size_t whole = strspn(text, digits), fraction = 0;
    text += whole;
    if (whole > 0 && *text == '.') {
        fraction = strspn(text + 1, digits);
        text += fraction > 0 ? 1 + fraction : 0;
    }
    return whole > 0 && *text == '\0';
}

void table_text(struct table *table, enum table_kind kind, const char *text, bool is_doubtful) {
    bool is_number = kind != TABLE_AMOUNT || is_decimal(text);
    const struct table_cell cell = {is_number ? kind : TABLE_TEXT, text == NULL ? "" : text, 0, is_doubtful};
    table->write(table, &cell);
}

void table_number(struct table *table, enum table_kind kind, double number, bool is_doubtful) {
    const struct table_cell cell = {kind, "", number, is_doubtful};
    table->write(table, &cell);
}

void table_blank(struct table *table) {
    const struct table_cell cell = {TABLE_BLANK, "", 0, false};
    table->write(table, &cell);
}

void table_row_end(struct table *table) {
    table->row_end(table);
}

bool table_text_is_formula(const char *text) {
    /* The last four are full-width forms of the first, which some spreadsheets treat the same. */
    static const char *const beginnings[] = {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"};
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
        if (strncmp(text, beginnings[i], strlen(beginnings[i])) == 0) {
            return true;
        }
    }
    return false;
}
