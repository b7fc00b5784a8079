/* printed.h - small pages of receipts written by hand, and their records. */
#ifndef LINCE_TESTS_PRINTED_H
#define LINCE_TESTS_PRINTED_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/meter.h"
#include "fields/layouts/layout.h"
#include "fields/record.h"

enum { PIECES_MOST = 64, ROW_PX = 24 };

/* A line of a page of 540 x 1100 pixels, ROW_PX high. */
struct piece {
    double x0, y0, x1;
    const char *text; /* NULL ends a page */
};

/* What the extractions of a test program share: the built-in layouts and where records live until the next one. */
extern struct printed {
    struct meter meter;
    struct layout_set set;
    struct arena arena;
} printed;

/* Set-up and tear-down of a group of tests; the latter fails when something was not given back. */
int printed_open(void **state);
int printed_close(void **state);

/* Fills `lines` (room for PIECES_MOST) and a page that borrows them; returns how many there are. */
size_t printed_page(const struct piece *pieces, struct lince_line *lines, struct record_page *page);

/* The record of the pieces; it lives until the next extraction. */
void printed_extract(const struct piece *pieces, struct record *record);

/*
 * The record of a page written as text, a row a line: "label<TAB>value" with the value at the right edge, "=centred",
 * "^twice as large and centred", "+close below the row before"; an empty line is a wider gap.
 */
void printed_rows(const char *text, struct record *record);
/* The same with a text in place of the page's "%s". */
void printed_rows_with(const char *page, const char *text, struct record *record);

/*
 * The record of a page written as text in which a character has a width: two blanks part two pieces of a row, which
 * begin at their columns.
 */
void printed_columns(const char *text, struct record *record);

/* "" when the record has no such field. */
const char *printed_value(const struct record *record, const char *name);

/* A field that must come of a page; "" must not. */
struct printed_wanted {
    const char *name, *value;
};
/* Fails when one of the fields is another; the message names the page by `what` and `index`. NULL ends `wanted`. */
void printed_expect(const struct record *record, const char *what, size_t index, const struct printed_wanted *wanted,
                    size_t most);
/* A page of printed_columns and the fields that must come of it. */
enum { PRINTED_FIELDS_MOST = 7 };
struct printed_case {
    const char *page;
    struct printed_wanted wanted[PRINTED_FIELDS_MOST];
};
void printed_check(const struct printed_case *cases, size_t count, const char *what);
bool printed_has_reason(const struct record *record, enum review_reason reason, const char *field);

#endif
