/*
 * statement_columns.h - the meaning of a statement's columns, guessed from its header and values and adjusted by a
 * person; and reading a row as a movement.
 */
#ifndef LINCE_STATEMENT_STATEMENT_COLUMNS_H
#define LINCE_STATEMENT_STATEMENT_COLUMNS_H

#include "statement/statement.h"

enum statement_column {
    COLUMN_DATE,
    COLUMN_REFERENCE,
    COLUMN_DESCRIPTION,
    COLUMN_AMOUNT, /* both directions, by its sign or by COLUMN_SIGN */
    COLUMN_CREDIT,
    COLUMN_DEBIT,
    COLUMN_SIGN, /* "C" and "D", "NC" and "ND", "+" and "-" */
    COLUMN_COUNT
};

enum date_order { DATE_ORDER_DMY, DATE_ORDER_MDY, DATE_ORDER_YMD };

struct statement_columns {
    int places[COLUMN_COUNT]; /* from 0; -1: none */
    uint32_t first_row;       /* the first row that may be a movement; the header is above */
    enum date_order order;
    char decimal; /* ',' or '.': in amounts that are texts */
};

/* Names of the columns in JSON: "date", ...; and the orders, "dmy", "mdy", "ymd". */
extern const char *const statement_column_names[COLUMN_COUNT];
extern const char *const date_order_names[3];

struct statement_sample_row {
    uint32_t place;
    const struct statement_cell *cells;
    size_t count;
};
enum { STATEMENT_SAMPLE_ROWS = 100, STATEMENT_HEAD_BYTES = 600 };

/*
 * Guesses the columns from the first rows. A column that is not found is -1. `head`: the header row that was found,
 * folded and joined, by which a statement of the same form is recognised later; "" without one.
 */
void statement_columns_guess(const struct statement_sample_row *rows, size_t count, struct statement_columns *columns,
                             char head[STATEMENT_HEAD_BYTES]);

/* Whether movements can be read: there is a date, and an amount, a credit or a debit. */
bool statement_columns_are_enough(const struct statement_columns *columns);

enum movement_problem {
    MOVEMENT_WELL,
    MOVEMENT_NONE,      /* neither a date nor an amount: a title, a total, a balance */
    MOVEMENT_NO_DATE,   /* an amount, but no readable date */
    MOVEMENT_NO_AMOUNT, /* a date, but no readable amount */
};

struct movement {
    char date[16];                       /* "2025-01-31"; "" */
    int32_t day;                         /* since 1970 */
    int64_t hundredths;                  /* of the amount; a debit is negative */
    const char *reference, *description; /* of the row's cells; "" */
    enum movement_problem problem;
};

/* `movement` borrows the cells. */
void statement_movement(const struct statement_columns *columns, const struct statement_cell *cells, size_t count,
                        struct movement *movement);

/* The parts, for the tests and the guess. */
bool statement_date(const struct statement_cell *cell, enum date_order order, char date[16], int32_t *day);
/* Leaves `hundredths` as it is if the cell is no amount. */
bool statement_amount(const struct statement_cell *cell, char decimal, int64_t *hundredths);
/* "2025-01-31" as days since 1970; false for an invalid date. */
bool statement_day(const char *date, int32_t *day);
/* A text for comparison: letters and digits in lower case without accents, one space between words. */
void statement_fold(const char *text, char *folded, size_t room);

#endif
