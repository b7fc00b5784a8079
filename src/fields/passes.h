/*
 * passes.h - the steps that turn a sheet into chosen values, as one list in their order.
 *
 * A pass reads what it needs of the search and adds what it gives. The order is right if all that a pass needs was
 * given before it. For one thread at a time.
 */
#ifndef LINCE_FIELDS_PASSES_H
#define LINCE_FIELDS_PASSES_H

#include <stdbool.h>
#include <stddef.h>

struct search;

/* What is known of a page, as bits. */
enum {
    KNOWN_PAGE = 1 << 0,        /* its sheet, layout and country, and its kind by its words: before the first pass */
    KNOWN_LABELS = 1 << 1,      /* and the rows beside and below them */
    KNOWN_CANDIDATES = 1 << 2,  /* values; later passes add a few */
    KNOWN_SIDES = 1 << 3,       /* of labels and candidates: the origin's or the destination's */
    KNOWN_BUYER_ROWS = 1 << 4,  /* the rows of a sale that are the buyer's */
    KNOWN_KIND = 1 << 5,        /* the kind, by its rows and layout too */
    KNOWN_SELLER = 1 << 6,      /* the firm at the head of a sale */
    KNOWN_BUYER = 1 << 7,       /* a buyer without a label */
    KNOWN_CAPTIONS = 1 << 8,    /* whether values are above their labels */
    KNOWN_BRANDS = 1 << 9,      /* the banks that are the app's own */
    KNOWN_BYSTANDERS = 1 << 10, /* values that belong to no payment */
    KNOWN_OPERATIONS = 1 << 11, /* amounts and dates beside an operation */
    KNOWN_OPTIONS = 1 << 12,    /* the candidates of each field, with scores */
    KNOWN_CHOICES = 1 << 13     /* the chosen candidate of each field */
};

struct pass {
    const char *name;
    unsigned needs, gives;          /* bits of what is known */
    bool (*find)(struct search *);  /* false when memory is refused; or NULL, and then: */
    void (*learn)(struct search *); /* takes no memory */
};

/* All passes, in their order. */
const struct pass *passes_list(size_t *count);

/* Runs them all. False when memory is refused. */
bool passes_run(struct search *search);

#endif
