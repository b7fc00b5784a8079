/* statement_columns.c - guesses the columns by the words of a header, or else by the values below. */
#include "statement/statement_columns.h"

#include <stdio.h>
#include <string.h>

const char *const statement_column_names[COLUMN_COUNT] = {"date",   "reference", "description", "amount",
                                                          "credit", "debit",     "sign"};
const char *const date_order_names[3] = {"dmy", "mdy", "ymd"};

/* Words that begin a column's name, the most reliable first. */
static const struct head_word {
    enum statement_column column;
    const char *word;
} head_words[] = {
    {COLUMN_DATE, "fecha"},
    {COLUMN_DATE, "date"},
    {COLUMN_DATE, "data"},
    {COLUMN_DATE, "dia"},
    {COLUMN_DATE, "booking date"},
    {COLUMN_DATE, "posting date"},
    {COLUMN_DATE, "transaction date"},
    {COLUMN_DATE, "value date"},
    {COLUMN_REFERENCE, "referencia"},
    {COLUMN_REFERENCE, "reference"},
    {COLUMN_REFERENCE, "ref"},
    {COLUMN_REFERENCE, "nro"},
    {COLUMN_REFERENCE, "numero"},
    {COLUMN_REFERENCE, "num"},
    {COLUMN_REFERENCE, "no"},
    {COLUMN_REFERENCE, "n"},
    {COLUMN_REFERENCE, "documento"},
    {COLUMN_REFERENCE, "document"},
    {COLUMN_REFERENCE, "comprobante"},
    {COLUMN_REFERENCE, "operacion"},
    {COLUMN_REFERENCE, "transaction id"},
    {COLUMN_REFERENCE, "serial"},
    {COLUMN_REFERENCE, "folio"},
    {COLUMN_DESCRIPTION, "descripcion"},
    {COLUMN_DESCRIPTION, "description"},
    {COLUMN_DESCRIPTION, "concepto"},
    {COLUMN_DESCRIPTION, "detalle"},
    {COLUMN_DESCRIPTION, "details"},
    {COLUMN_DESCRIPTION, "memo"},
    {COLUMN_DESCRIPTION, "glosa"},
    {COLUMN_DESCRIPTION, "descricao"},
    {COLUMN_DESCRIPTION, "transaccion"},
    {COLUMN_DESCRIPTION, "payee"},
    {COLUMN_CREDIT, "credito"},
    {COLUMN_CREDIT, "credit"},
    {COLUMN_CREDIT, "abono"},
    {COLUMN_CREDIT, "haber"},
    {COLUMN_CREDIT, "ingreso"},
    {COLUMN_CREDIT, "deposito"},
    {COLUMN_CREDIT, "deposit"},
    {COLUMN_CREDIT, "paid in"},
    {COLUMN_CREDIT, "money in"},
    {COLUMN_CREDIT, "entrada"},
    {COLUMN_DEBIT, "debito"},
    {COLUMN_DEBIT, "debit"},
    {COLUMN_DEBIT, "cargo"},
    {COLUMN_DEBIT, "debe"},
    {COLUMN_DEBIT, "egreso"},
    {COLUMN_DEBIT, "retiro"},
    {COLUMN_DEBIT, "withdrawal"},
    {COLUMN_DEBIT, "paid out"},
    {COLUMN_DEBIT, "money out"},
    {COLUMN_DEBIT, "salida"},
    {COLUMN_AMOUNT, "monto"},
    {COLUMN_AMOUNT, "importe"},
    {COLUMN_AMOUNT, "amount"},
    {COLUMN_AMOUNT, "valor"},
    {COLUMN_SIGN, "tipo"},
    {COLUMN_SIGN, "type"},
    {COLUMN_SIGN, "signo"},
    {COLUMN_SIGN, "d c"},
    {COLUMN_SIGN, "c d"},
    {COLUMN_SIGN, "dc"},
};

/* The column that a header names, and the rank of its word (lower is more reliable); COLUMN_COUNT: none. */
static enum statement_column head_meaning(const char *text, size_t *rank) {
    char folded[64];
    statement_fold(text, folded, sizeof folded);
    for (size_t i = 0; i < sizeof head_words / sizeof *head_words; i++) {
        size_t bytes = strlen(head_words[i].word);
        /* The whole word, or the word followed by s, or with o instead of a. */
        if (strncmp(folded, head_words[i].word, bytes) == 0 &&
            (folded[bytes] == '\0' || folded[bytes] == ' ' || (bytes > 3 && folded[bytes] == 's'))) {
            *rank = i;
            return head_words[i].column;
        }
    }
    return COLUMN_COUNT;
}

static void places_clear(struct statement_columns *columns) {
    for (int column = 0; column < COLUMN_COUNT; column++) {
        columns->places[column] = -1;
    }
}

/* Takes the columns that the row names. Returns how many kinds there are. */
static int head_read(const struct statement_sample_row *row, struct statement_columns *columns) {
    size_t ranks[COLUMN_COUNT];
    int kinds = 0;
    places_clear(columns);
    for (size_t i = 0; i < row->count; i++) {
        size_t rank = 0;
        enum statement_column column = head_meaning(row->cells[i].text, &rank);
        if (column != COLUMN_COUNT && (columns->places[column] < 0 || rank < ranks[column])) {
            kinds += columns->places[column] < 0;
            columns->places[column] = (int)i;
            ranks[column] = rank;
        }
    }
    return kinds;
}

static void head_join(const struct statement_sample_row *row, char head[STATEMENT_HEAD_BYTES]) {
    size_t used = 0;
    for (size_t i = 0; i < row->count && used + 66 < STATEMENT_HEAD_BYTES; i++) {
        char folded[64];
        statement_fold(row->cells[i].text, folded, sizeof folded);
        used += (size_t)snprintf(head + used, STATEMENT_HEAD_BYTES - used, "%s|", folded);
    }
}

/* ---- by values ---- */

struct column_counts {
    unsigned filled, dates, amounts, decimals, references, bytes;
};

/* Digits, at most letters before them, and no sign of an amount. */
static bool is_reference(const struct statement_cell *cell) {
    size_t digits = 0;
    for (const char *c = cell->text; *c != '\0'; c++) {
        digits += *c >= '0' && *c <= '9';
        if (strchr(".,/ ", *c) != NULL) {
            return false;
        }
    }
    return digits >= 4;
}

static void counts_take(const struct statement_cell *cell, struct column_counts *counts) {
    char date[16];
    int32_t day;
    int64_t hundredths;
    size_t bytes = strlen(cell->text);
    if (bytes == 0) {
        return;
    }
    counts->filled++;
    counts->bytes += (unsigned)bytes;
    bool is_date = statement_date(cell, DATE_ORDER_DMY, date, &day) || statement_date(cell, DATE_ORDER_MDY, date, &day);
    bool is_amount = !is_date && statement_amount(cell, '.', &hundredths);
    bool has_decimals = bytes > 3 && (cell->text[bytes - 3] == ',' || cell->text[bytes - 3] == '.');
    counts->dates += is_date;
    counts->amounts += is_amount && (has_decimals || cell->kind == CELL_NUMBER);
    counts->decimals += is_amount && has_decimals;
    counts->references += !is_date && is_reference(cell);
}

/* The free column with the most of something; -1 if less than half of the rows have it. */
static int column_of_most(const struct column_counts *counts, size_t column_count, size_t row_count, size_t offset,
                          const bool taken[STATEMENT_COLUMNS_MOST]) {
    int best = -1;
    unsigned most = 0;
    for (size_t i = 0; i < column_count; i++) {
        unsigned count = *(const unsigned *)((const char *)&counts[i] + offset);
        if (!taken[i] && count > most && 2 * (size_t)count >= row_count) {
            best = (int)i;
            most = count;
        }
    }
    return best;
}

static void place_take(struct statement_columns *columns, enum statement_column column, int place,
                       bool taken[STATEMENT_COLUMNS_MOST]) {
    columns->places[column] = place;
    if (place >= 0) {
        taken[place] = true;
    }
}

static void values_read(const struct statement_sample_row *rows, size_t count, struct statement_columns *columns) {
    struct column_counts counts[STATEMENT_COLUMNS_MOST] = {{0}};
    bool taken[STATEMENT_COLUMNS_MOST] = {false};
    size_t column_count = 0, with_dates = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < rows[i].count; j++) {
            counts_take(&rows[i].cells[j], &counts[j]);
        }
        column_count = rows[i].count > column_count ? rows[i].count : column_count;
    }
    for (size_t i = 0; i < column_count; i++) {
        with_dates = counts[i].dates > with_dates ? counts[i].dates : with_dates;
    }
    for (int column = 0; column < COLUMN_COUNT; column++) {
        if (columns->places[column] >= 0) {
            taken[columns->places[column]] = true;
        }
    }
#define MOST(member) column_of_most(counts, column_count, with_dates, offsetof(struct column_counts, member), taken)
    if (columns->places[COLUMN_DATE] < 0) {
        place_take(columns, COLUMN_DATE, MOST(dates), taken);
    }
    if (columns->places[COLUMN_AMOUNT] < 0 && columns->places[COLUMN_CREDIT] < 0 && columns->places[COLUMN_DEBIT] < 0) {
        place_take(columns, COLUMN_AMOUNT, MOST(amounts), taken);
    }
    if (columns->places[COLUMN_REFERENCE] < 0) {
        place_take(columns, COLUMN_REFERENCE, MOST(references), taken);
    }
    if (columns->places[COLUMN_DESCRIPTION] < 0) {
        place_take(columns, COLUMN_DESCRIPTION, MOST(bytes), taken);
    }
#undef MOST
}

/* ---- how dates and amounts are written ---- */

/* The first two numbers of a date; false if the year comes first. */
static bool first_numbers(const char *text, int *first, int *second) {
    int end = 0;
    return sscanf(text, "%2d%*1[/.-]%2d%*1[/.- ]%n", first, second, &end) == 2;
}

static void order_guess(const struct statement_sample_row *rows, size_t count, struct statement_columns *columns) {
    int place = columns->places[COLUMN_DATE], day_first = 0, month_first = 0, year_first = 0;
    for (size_t i = 0; i < count && place >= 0; i++) {
        int first, second;
        if ((size_t)place >= rows[i].count) {
            continue;
        }
        const char *text = rows[i].cells[place].text;
        year_first += strspn(text, "0123456789") == 4;
        if (first_numbers(text, &first, &second)) {
            day_first += first > 12 && second <= 12;
            month_first += second > 12 && first <= 12;
        }
    }
    columns->order = year_first > day_first + month_first ? DATE_ORDER_YMD
                     : month_first > day_first            ? DATE_ORDER_MDY
                                                          : DATE_ORDER_DMY;
}

/* The sign before the last one or two digits; if three digits follow it, it separates thousands. */
static int decimal_of(const char *text) {
    const char *point = strrchr(text, '.'), *comma = strrchr(text, ',');
    const char *last = point == NULL || (comma != NULL && comma > point) ? comma : point;
    size_t digits = last == NULL ? 0 : strspn(last + 1, "0123456789");
    return digits == 1 || digits == 2 ? *last : digits == 3 ? -*last : 0;
}

static void decimal_guess(const struct statement_sample_row *rows, size_t count, struct statement_columns *columns) {
    static const enum statement_column kinds[] = {COLUMN_AMOUNT, COLUMN_CREDIT, COLUMN_DEBIT};
    int commas = 0, points = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < 3; j++) {
            int place = columns->places[kinds[j]];
            if (place < 0 || (size_t)place >= rows[i].count || rows[i].cells[place].kind != CELL_TEXT) {
                continue;
            }
            int sign = decimal_of(rows[i].cells[place].text);
            commas += 2 * (sign == ',') + (sign == -'.');
            points += 2 * (sign == '.') + (sign == -',');
        }
    }
    columns->decimal = points > commas ? '.' : ',';
}

void statement_columns_guess(const struct statement_sample_row *rows, size_t count, struct statement_columns *columns,
                             char head[STATEMENT_HEAD_BYTES]) {
    size_t first = 0;
    int best = 1; /* one word alone is no header */
    struct statement_columns tried = {0}, found = {0};
    head[0] = '\0';
    places_clear(&found);
    for (size_t i = 0; i < count; i++) {
        int kinds = head_read(&rows[i], &tried);
        if (kinds > best) {
            best = kinds;
            found = tried;
            first = i + 1;
        }
    }
    *columns = found;
    if (first > 0) {
        head_join(&rows[first - 1], head);
    }
    columns->first_row = first == 0 ? 1 : rows[first - 1].place + 1;
    values_read(rows + first, count - first, columns);
    if (columns->places[COLUMN_SIGN] >= 0 && columns->places[COLUMN_AMOUNT] < 0) {
        columns->places[COLUMN_SIGN] = -1;
    }
    order_guess(rows + first, count - first, columns);
    decimal_guess(rows + first, count - first, columns);
}

bool statement_columns_are_enough(const struct statement_columns *columns) {
    return columns->places[COLUMN_DATE] >= 0 &&
           (columns->places[COLUMN_AMOUNT] >= 0 || columns->places[COLUMN_CREDIT] >= 0 ||
            columns->places[COLUMN_DEBIT] >= 0);
}
