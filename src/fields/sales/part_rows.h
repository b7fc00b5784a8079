/* part_rows.h - the rows that name the taxes and means of payment of a sale. */
#ifndef LINCE_FIELDS_SALES_PART_ROWS_H
#define LINCE_FIELDS_SALES_PART_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "fields/sales/part_names.h"
#include "fields/search.h"

enum { PARTS_MOST = 24, PERCENT_THOUSANDTHS = 1000 };

struct part {
    size_t segment;
    struct lince_box box; /* of its name and amounts */
    const char *name;     /* as printed, without the rate; borrowed from the sheet */
    size_t name_bytes;
    char rate[RATE_BYTES];          /* percent, "16.00"; "" if none is printed */
    const struct candidate *amount; /* borrowed from the search */
    const struct candidate *base;   /* NULL if none is printed */
    long long cents, base_cents;    /* PART_NONE without a base */
    bool agrees, differs;           /* base times rate is the amount, or is not */
};

struct part_list {
    size_t count;
    struct part parts[PARTS_MOST];
};

/* Thousandths of a percent; PART_NONE without a rate. */
long long part_rate_thousandths(const struct part *part);
/* Tills round each item, or to whole units of a currency: half a unit, or one hundredth and a two-hundredth part. */
bool part_rate_fits(long long base_cents, long long rate_thousandths, long long cents);
/* Finds the rows that begin with a label of the field, from the top down. False when memory is refused. */
bool parts_find(const struct search *search, size_t field, struct part_list *list);

/* ---- which rows count: part_choice.c ---- */

long long parts_sum(const struct part_list *list);
/* Rows of a summary, repeated rows, sums of others, and zeros beside amounts do not count. */
void parts_drop_repeats(const struct search *search, struct part_list *list);
/* A number without sign and decimals that is more than the total is no part of it: "VAT/TIN: 226010". */
void parts_drop_numbers(const struct search *search, struct part_list *list);
/* Drops rows whose amount another field has, except the field `own`. */
void parts_drop_taken(const struct search *search, struct part_list *list, const char *own);
/* What is withheld is no tax that the buyer pays. */
void parts_drop_withheld(struct part_list *taxes, const struct part_list *withheld);
/* Money is paid below the total; above it, the same words name what is bought. */
void parts_drop_early(const struct search *search, struct part_list *list);
/* Finds the bases that are printed on rows of their own. */
void parts_find_bases(const struct search *search, struct part_list *list);

#endif
