/* found_by.h - how the value of a field was found. JSON, the weights of doubt and the tables use the names. */
#ifndef LINCE_FIELDS_RESULT_FOUND_BY_H
#define LINCE_FIELDS_RESULT_FOUND_BY_H

enum found_by {
    FOUND_AFTER,     /* in the label's line, after it */
    FOUND_RIGHT,     /* on the label's row, to the right */
    FOUND_LEFT,      /* on the label's row, to the left */
    FOUND_BELOW,     /* right below the label */
    FOUND_COLUMN,    /* further down in the label's column */
    FOUND_ABOVE,     /* right above the label */
    FOUND_PARAGRAPH, /* in the text between the label and the next one */
    FOUND_SECTION,   /* without a label, under a heading of its side */
    FOUND_FREE,      /* without a label, by its form and place */
    FOUND_ROW,       /* a row of a sale: a tax, a means of payment */
    FOUND_SUM,       /* the sum of several such rows, or items that add up */
    FOUND_AMOUNT,    /* a currency printed with the amount */
    FOUND_PAGE,      /* a currency printed elsewhere on the page */
    FOUND_COUNTRY,   /* the currency of the page's country */
    FOUND_ACCOUNT,   /* the bank that the first digits of an account name */
    FOUND_CODE,      /* not printed, or printed differently: a bar code of the page says it */
    FOUND_DEFAULT,   /* the layout gives it */
    FOUND_BY_COUNT,
};

/* "after", "right", ... */
const char *found_by_name(enum found_by how);

#endif
