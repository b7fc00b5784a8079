/*
 * coded.h - what the codes of a page say of a payment or a sale: EMVCo codes (PIX and others), and the codes that the
 * tax authorities of Latin America have printed on sales. Other codes say nothing.
 */
#ifndef LINCE_FIELDS_CODED_CODED_H
#define LINCE_FIELDS_CODED_CODED_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum coded_part {
    CODED_AMOUNT,   /* "1234.50" */
    CODED_CURRENCY, /* ISO 4217 */
    CODED_DATE,     /* "2026-01-31" */
    CODED_SELLER,
    CODED_SELLER_ID, /* as the code has it */
    CODED_BUYER_ID,
    CODED_NUMBER, /* of the document, or of the payment asked for */
    CODED_KEY,    /* of PIX */
    CODED_PARTS,
};

/* Each NULL if the code does not say it. */
struct coded {
    const char *parts[CODED_PARTS];
};

/*
 * Reads one code's content. `known` is false for a code of another kind, and for one whose own check digits are wrong.
 * False when the arena is refused.
 */
bool coded_read(struct arena *arena, const char *content, struct coded *coded, bool *known);

/* Steps of coded_read, one file each: they fill `coded` and return whether the content is of their kind. */
struct coded_reading {
    struct arena *arena;
    struct coded *coded;
    bool was_refused;
};
bool coded_emv_read(struct coded_reading *reading, const char *content);
bool coded_fiscal_read(struct coded_reading *reading, const char *content);

/* Gives a part a copy of the text, unless it is empty. */
void coded_give(struct coded_reading *reading, enum coded_part part, const char *text, size_t bytes);
/* The same of an amount in any number of decimals, and of a date "2026-01-31", "31/01/2026" or "31-01-2026". */
void coded_give_amount(struct coded_reading *reading, const char *text, size_t bytes);
void coded_give_date(struct coded_reading *reading, const char *text, size_t bytes);

struct record;
struct layout;
struct country_set;
struct lince_code;

/*
 * Holds what the codes say against the record of their page: agreement raises a field's confidence; where print says
 * something else, the code's value is taken and the reason "code:FIELD" added; a field of the layout that was not found
 * is filled. False when the arena is refused.
 */
bool coded_apply(struct arena *arena, const struct country_set *countries, const struct layout *layout,
                 const struct lince_code *codes, size_t code_count, struct record *record);

#endif
