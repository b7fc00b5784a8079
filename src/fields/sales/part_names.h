/* part_names.h - where rows name taxes and means of payment, and which part of a row belongs to each of several. */
#ifndef LINCE_FIELDS_SALES_PART_NAMES_H
#define LINCE_FIELDS_SALES_PART_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "fields/search.h"

enum { PART_NAMES_MOST = 48, RATE_BYTES = 12 };

struct part_name {
    size_t segment, from, to; /* bytes of the segment's line */
    size_t end;               /* where what belongs to it ends in the segment */
    struct lince_box box;
    bool shared;   /* several names are in the row: "IVA 21% 210,00 IVA 10,5% 105,00" */
    bool inner;    /* it is behind an amount of its segment, whose beginning is no name */
    double x0, x1; /* of a shared row, the part that has its rate and amounts */
};

struct part_name_list {
    size_t count;
    struct part_name names[PART_NAMES_MOST];
};

/* Finds the names of the field's rows. False when memory is refused. */
bool part_names_find(const struct search *search, size_t field, struct part_name_list *list);

/* A percentage that begins here: "16,00%", "16 %". Gives the bytes that it takes, 0 for none. */
size_t part_rate_at(const char *text, size_t bytes, size_t at, char rate[RATE_BYTES]);

/* Whether the amount is only a piece of another one: ".82" of "$ 1,557.82". */
bool part_is_piece(const struct search *search, const struct candidate *amount);

#endif
