/*
 * match.h - matches a bank's movements with receipts. Works on numbers only: it knows neither files, nor the store, nor
 * the service.
 *
 * Certain pairs are matched, likely ones are proposed to a person, and entries without a partner are reported. Two
 * references agree if the shorter one is the end of the longer one, ignoring leading zeros.
 */
#ifndef LINCE_RECONCILE_MATCH_H
#define LINCE_RECONCILE_MATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "lince.h"

struct arena;

enum { DAY_NONE = INT32_MIN, REFERENCE_DIGITS_MOST = 18, REFERENCE_DIGITS_LEAST = 4 };
enum { MATCH_LINES_MOST = 20000, MATCH_RECEIPTS_MOST = 50000 };

/* A movement or a receipt. */
struct match_entry {
    int64_t hundredths; /* of the amount */
    uint64_t reference; /* its last digits, REFERENCE_DIGITS_MOST at most */
    int32_t day;        /* since 1970; DAY_NONE: unknown */
    uint8_t digits;     /* of the reference, including leading zeros; 0: none */
    bool is_out;        /* decided by a person, or irrelevant: the matching leaves it alone */
    bool is_duplicate;  /* a receipt marked as a duplicate of another: the last to be paired */
};

/* A movement and a receipt that a person separated. */
struct match_apart {
    uint32_t line, receipt;
};

struct match_options {
    int32_t days;       /* the greatest difference of dates */
    int64_t hundredths; /* the greatest difference of amounts */
    uint8_t digits;     /* how many digits of a reference are enough without others, at least REFERENCE_DIGITS_LEAST */
};

enum match_state {
    MATCH_MATCHED,
    MATCH_PROPOSED,       /* likely; a person confirms or rejects it */
    MATCH_AMOUNT_DIFFERS, /* the references agree, the amounts do not */
    MATCH_MISSING_RECEIPT,
    MATCH_MISSING_LINE,
    MATCH_DUPLICATE, /* of an entry that has a partner */
};

enum match_how {
    MATCH_BY_NOTHING,
    MATCH_BY_REFERENCE,     /* reference, amount and date */
    MATCH_BY_REFERENCE_END, /* the same, by a few last digits that no other entry has */
    MATCH_BY_SUM,           /* several with one reference add up to the amount */
    MATCH_BY_AMOUNT,        /* amount and date, which no other entry has */
    MATCH_BY_LIKENESS,      /* the references differ in a digit or two */
    MATCH_BY_DATE,          /* reference and amount; the dates differ by more than allowed */
};

struct match_group {
    enum match_state state;
    enum match_how how;
};

enum { GROUP_NONE = -1 };

struct match_result {
    int32_t *line_groups, *receipt_groups; /* for each entry the number of its group; GROUP_NONE if it is out */
    struct match_group *groups;
    uint32_t group_count;
};

/*
 * Gives the result in `arena`. `apart` is sorted by line, then by receipt. The same input gives the same result.
 * MEMORY_LIMIT; TOO_LARGE for more than MATCH_LINES_MOST or MATCH_RECEIPTS_MOST.
 */
enum lince_status match(const struct match_entry *lines, uint32_t line_count, const struct match_entry *receipts,
                        uint32_t receipt_count, const struct match_apart *apart, uint32_t apart_count,
                        const struct match_options *options, struct arena *arena, struct match_result *result,
                        struct lince_error *error);

/* How many last digits two references share; 0 if neither is the end of the other. */
unsigned match_reference_common(const struct match_entry *one, const struct match_entry *other);
/* Whether two references of equal length differ in one or two digits, or by two swapped digits. */
bool match_reference_is_alike(const struct match_entry *one, const struct match_entry *other);
/* Reads the last digits of a text, ignoring its other signs. */
void match_reference_read(const char *text, struct match_entry *entry);

#endif
