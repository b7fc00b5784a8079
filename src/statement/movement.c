/* movement.c - dates, amounts and signs as banks write them, and a row of them as a movement. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "base/utf8.h"
#include "statement/statement_columns.h"

void statement_fold(const char *text, char *folded, size_t room) {
    size_t used = 0;
    bool wants_space = false;
    while (*text != '\0') {
        int32_t code_point, parts[FOLD_PARTS_MOST];
        text += utf8_next(text, UTF8_TO_THE_END, &code_point);
        size_t count = fold_parts(code_point, parts);
        for (size_t i = 0; i < count; i++) {
            bool is_kept = fold_is_plain(parts[i]);
            if (is_kept && used + 3 < room) {
                if (wants_space && used > 0) {
                    folded[used++] = ' ';
                }
                folded[used++] = (char)parts[i];
            }
            wants_space = !is_kept;
        }
    }
    folded[used] = '\0';
}

/* ---- dates ---- */

static bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static bool day_of(int year, int month, int day, int32_t *days) {
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year < 1990 || year > 2100 || month < 1 || month > 12 || day < 1 ||
        day > lengths[month - 1] + (month == 2 && is_leap(year))) {
        return false;
    }
    int32_t count = day - 1;
    for (int i = 1; i < month; i++) {
        count += lengths[i - 1] + (i == 2 && is_leap(year));
    }
    int before = year - 1; /* complete years since the first */
    *days =
        count + 365 * (year - 1970) + (before / 4 - before / 100 + before / 400) - (1969 / 4 - 1969 / 100 + 1969 / 400);
    return true;
}

bool statement_day(const char *date, int32_t *day) {
    int year, month, of_month, end = 0;
    return sscanf(date, "%4d-%2d-%2d%n", &year, &month, &of_month, &end) == 3 && end == 10 && date[10] == '\0' &&
           day_of(year, month, of_month, day);
}

/* "ene", "january", ...: by their first letters, in Spanish, English and Portuguese. */
static int month_of(const char *word) {
    static const char *const names[12][4] = {{"ene", "jan"},         {"feb", "fev"}, {"mar"}, {"abr", "apr"},
                                             {"may", "mai"},         {"jun"},        {"jul"}, {"ago", "aug"},
                                             {"sep", "set", "sept"}, {"oct", "out"}, {"nov"}, {"dic", "dec", "dez"}};
    for (int month = 0; month < 12; month++) {
        for (int i = 0; i < 4 && names[month][i] != NULL; i++) {
            if (strncmp(word, names[month][i], 3) == 0) {
                return month + 1;
            }
        }
    }
    return 0;
}

/* The first three numbers of a text; a month's name counts as one. False if there are fewer. */
static bool numbers_of(const char *text, int numbers[3], size_t digits[3], bool *has_month) {
    int count = 0;
    *has_month = false;
    while (count < 3) {
        size_t length = strspn(text, "0123456789"), letters = 0;
        while (isalpha((unsigned char)text[letters])) {
            letters++;
        }
        if (length > 0) {
            if (length > 8) {
                return false;
            }
            numbers[count] = (int)strtol(text, NULL, 10);
            digits[count++] = length;
            text += length;
        } else if (letters > 2 && month_of(text) > 0 && count == 1 && !*has_month) {
            numbers[count] = month_of(text);
            digits[count++] = 0;
            *has_month = true;
            text += letters;
        } else if (letters > 0) { /* "de" */
            text += letters;
        } else if (*text != '\0' && strchr(" /-.,", *text) != NULL) {
            text++;
        } else {
            return false;
        }
    }
    return true;
}

static bool date_of_text(const char *text, enum date_order order, int *year, int *month, int *day) {
    char folded[64] = "";
    int numbers[3];
    size_t digits[3];
    bool has_month;
    size_t length = strspn(text, "0123456789");
    if (length == 8 && (text[8] == '\0' || text[8] == ' ')) { /* 20250131 or 31012025 */
        bool is_year_first = strncmp(text, "19", 2) == 0 || strncmp(text, "20", 2) == 0;
        return sscanf(text, is_year_first ? "%4d%2d%2d" : "%2d%2d%4d", is_year_first ? year : day, month,
                      is_year_first ? day : year) == 3;
    }
    /* Letters in lower case; signs between them stay. */
    size_t used = 0;
    for (; text[used] != '\0' && used + 1 < sizeof folded; used++) {
        folded[used] = (char)tolower((unsigned char)text[used]);
    }
    folded[used] = '\0';
    if (!numbers_of(folded, numbers, digits, &has_month)) {
        return false;
    }
    bool is_year_first = digits[0] == 4;
    if (!is_year_first && (digits[0] > 2 || (digits[2] != 4 && digits[2] != 2))) {
        return false;
    }
    order = is_year_first ? DATE_ORDER_YMD : has_month || order == DATE_ORDER_YMD ? DATE_ORDER_DMY : order;
    *year = numbers[order == DATE_ORDER_YMD ? 0 : 2];
    *month = numbers[order == DATE_ORDER_MDY ? 0 : 1];
    *day = numbers[order == DATE_ORDER_DMY ? 0 : order == DATE_ORDER_MDY ? 1 : 2];
    *year += *year < 100 ? 2000 : 0;
    return true;
}

bool statement_date(const struct statement_cell *cell, enum date_order order, char date[16], int32_t *day) {
    int year, month, of_month;
    date[0] = '\0';
    if (cell->kind == CELL_DATE ? sscanf(cell->text, "%4d-%2d-%2d", &year, &month, &of_month) != 3
                                : !date_of_text(cell->text, order, &year, &month, &of_month)) {
        return false;
    }
    if (!day_of(year, month, of_month, day)) {
        return false;
    }
    snprintf(date, 16, "%04d-%02d-%02d", year, month, of_month);
    return true;
}

/* ---- amounts ---- */

/*
 * In hundredths: as many amounts as a statement has rows, each the difference of a credit and a debit, still have a
 * sum.
 */
static const int64_t AMOUNT_MOST = INT64_MAX / 2 / STATEMENT_ROWS_MOST;

/* Takes digits and the signs between them; false for anything else, and beyond AMOUNT_MOST. */
static bool digits_read(const char *text, char decimal, int64_t *hundredths, const char **end) {
    int64_t whole = 0;
    int decimals = -1, count = 0;
    for (; *text != '\0'; text++) {
        if (isdigit((unsigned char)*text)) {
            if (decimals < 2) {
                if (whole > AMOUNT_MOST) {
                    return false;
                }
                whole = whole * 10 + (*text - '0');
                decimals += decimals >= 0;
            } else if (*text >= '5' && decimals == 2) { /* further decimals are rounded by the third */
                whole++;
                decimals = 3;
            } else {
                decimals = 3;
            }
            count++;
        } else if (*text == decimal && decimals < 0) {
            decimals = 0;
        } else if (strchr(".,' ", *text) == NULL || *text == decimal || !isdigit((unsigned char)text[1])) {
            break;
        }
    }
    *hundredths = decimals <= 0 ? whole * 100 : decimals == 1 ? whole * 10 : whole;
    *end = text;
    return count > 0 && *hundredths <= AMOUNT_MOST;
}

bool statement_amount(const struct statement_cell *cell, char decimal, int64_t *hundredths) {
    const char *text = cell->text, *end;
    int64_t read;
    bool is_negative = false;
    decimal = cell->kind == CELL_NUMBER ? '.' : decimal;
    if (cell->kind == CELL_DATE || strlen(text) > 40) {
        return false;
    }
    if (strchr(text, 'e') != NULL && cell->kind == CELL_NUMBER) { /* 1e+15 and above is no amount */
        return false;
    }
    while (*text != '\0' && !isdigit((unsigned char)*text) && *text != decimal) { /* "Bs. ", "$", "-", "(" */
        is_negative = is_negative || *text == '-' || *text == '(' || strncmp(text, "\xe2\x88\x92", 3) == 0;
        text++;
        if (*text == decimal && !isdigit((unsigned char)text[1])) { /* the point of "Bs." */
            text++;
        }
    }
    if (!digits_read(text, decimal, &read, &end)) {
        return false;
    }
    for (; *end != '\0'; end++) { /* "-", ")", "Bs", "CR" */
        if (isdigit((unsigned char)*end)) {
            return false;
        }
        is_negative = is_negative || *end == '-';
    }
    *hundredths = is_negative ? -read : read;
    return true;
}

/* 1: a credit, -1: a debit, 0: unknown. */
static int sign_of(const char *text) {
    static const char *const credits[] = {"c",      "cr",    "nc",       "h",       "haber",  "credito",
                                          "credit", "abono", "deposito", "ingreso", "entrada"};
    static const char *const debits[] = {"d",     "db",    "dr",     "nd",     "debe",  "debito",
                                         "debit", "cargo", "retiro", "egreso", "salida"};
    char folded[32];
    statement_fold(text, folded, sizeof folded);
    if (strcmp(text, "+") == 0 || strcmp(text, "-") == 0) {
        return *text == '+' ? 1 : -1;
    }
    for (size_t i = 0; i < sizeof credits / sizeof *credits; i++) {
        if (strcmp(folded, credits[i]) == 0) {
            return 1;
        }
    }
    for (size_t i = 0; i < sizeof debits / sizeof *debits; i++) {
        if (strcmp(folded, debits[i]) == 0) {
            return -1;
        }
    }
    return 0;
}

/* ---- a row ---- */

static const struct statement_cell *cell_at(const struct statement_columns *columns, enum statement_column column,
                                            const struct statement_cell *cells, size_t count) {
    static const struct statement_cell none = {CELL_TEXT, ""};
    int place = columns->places[column];
    return place >= 0 && (size_t)place < count ? &cells[place] : &none;
}

/* Takes an amount; 0 without one. False if the cell has digits that are none. */
static bool amount_or_none(const struct statement_cell *cell, char decimal, int64_t *hundredths, bool *has_amount) {
    *hundredths = 0;
    *has_amount = statement_amount(cell, decimal, hundredths);
    return *has_amount || strpbrk(cell->text, "0123456789") == NULL;
}

static bool amount_of(const struct statement_columns *columns, const struct statement_cell *cells, size_t count,
                      int64_t *hundredths) {
    int64_t credit, debit;
    bool has_credit, has_debit;
    const struct statement_cell *amount = cell_at(columns, COLUMN_AMOUNT, cells, count);
    if (statement_amount(amount, columns->decimal, hundredths)) {
        int sign = sign_of(cell_at(columns, COLUMN_SIGN, cells, count)->text);
        *hundredths = sign == 0 ? *hundredths : sign * llabs((long long)*hundredths);
        return true;
    }
    if (!amount_or_none(cell_at(columns, COLUMN_CREDIT, cells, count), columns->decimal, &credit, &has_credit) ||
        !amount_or_none(cell_at(columns, COLUMN_DEBIT, cells, count), columns->decimal, &debit, &has_debit)) {
        return false;
    }
    *hundredths = llabs((long long)credit) - llabs((long long)debit);
    return has_credit || has_debit;
}

void statement_movement(const struct statement_columns *columns, const struct statement_cell *cells, size_t count,
                        struct movement *movement) {
    *movement = (struct movement){.reference = cell_at(columns, COLUMN_REFERENCE, cells, count)->text,
                                  .description = cell_at(columns, COLUMN_DESCRIPTION, cells, count)->text};
    bool has_date =
        statement_date(cell_at(columns, COLUMN_DATE, cells, count), columns->order, movement->date, &movement->day);
    bool has_amount = amount_of(columns, cells, count, &movement->hundredths);
    movement->problem = has_date && has_amount ? MOVEMENT_WELL
                        : has_date             ? MOVEMENT_NO_AMOUNT
                        : has_amount           ? MOVEMENT_NO_DATE
                                               : MOVEMENT_NONE;
}
