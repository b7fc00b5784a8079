/*
 * review_reason.h - why a person should check a record. A reason is stored and sent as "CODE:FIELD", and the reasons of
 * a document are separated by spaces: "missing:referencia doubtful:monto".
 */
#ifndef LINCE_FIELDS_RESULT_REVIEW_REASON_H
#define LINCE_FIELDS_RESULT_REVIEW_REASON_H

#include <stddef.h>

enum review_reason {
    REASON_MISSING,      /* the field is required and was not found */
    REASON_UNREAD,       /* its label is there, with something beside it that is not its value */
    REASON_DOUBTFUL,     /* its confidence is too low */
    REASON_PATTERN,      /* it does not match its field's pattern */
    REASON_BANK,         /* the country has no bank with this code */
    REASON_TWO_READINGS, /* day and month may be swapped */
    REASON_SUM,          /* amounts contradict each other */
    REASON_ZERO,         /* the amount is zero */
    REASON_KIND,         /* the page is of no known kind; the field is "none" */
    REASON_UNREAD_PAGE,  /* the field is the number of a page that could not be read */
    REASON_SEVERAL,      /* the pages are several receipts, which differ in the field */
    REASON_PARTY_NAME,   /* the id, account, key or phone of a known party stands beside another name */
    REASON_PARTY_MARK,   /* a known party was never seen with it */
    REASON_CODE,         /* a bar code of the page says something else than print; its value was taken */
    REASON_LINES,        /* the page has more lines than are searched; the field is how many in its middle were not */
    REVIEW_REASONS,
};

/* "missing", "unread", ... */
const char *review_reason_name(enum review_reason reason);

/* The reason with the name of `bytes` bytes; REVIEW_REASONS for any other text. */
enum review_reason review_reason_of(const char *name, size_t bytes);

#endif
