/*
 * match.h - movements of a bank and receipts → who belongs to whom. Nothing but numbers: it knows neither files, nor
 * the store, nor the service.
 *
 * What is certain is paired; what is only likely is proposed to a person; what has no partner is said to have none.
 * A reference agrees with another when the shorter one is the end of the longer one, zeros in front apart.
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
    int32_t day;        /* since 1970; DAY_NONE: not known */
    uint8_t digits;     /* of the reference, zeros in front counted; 0: none */
    bool is_out;        /* a person has decided on it, or it is of no interest: it is left alone */
    bool is_duplicate;  /* a receipt that is called a duplicate of another: the last to be paired */
};

/* A movement and a receipt that a person has told apart. */
struct match_apart {
    uint32_t line, receipt;
};

struct match_options {
    int32_t days;       /* by which dates may differ */
    int64_t hundredths; /* by which amounts may differ */
    uint8_t digits;     /* of a reference that are enough by themselves, REFERENCE_DIGITS_LEAST.. */
};

enum match_state {
    MATCH_MATCHED,
    MATCH_PROPOSED,       /* likely; a person confirms or refuses it */
    MATCH_AMOUNT_DIFFERS, /* the references agree, the amounts do not */
    MATCH_MISSING_RECEIPT,
    MATCH_MISSING_LINE,
    MATCH_DUPLICATE, /* of a pair that was found */
};

enum match_how {
    MATCH_BY_NOTHING,
    MATCH_BY_REFERENCE,     /* reference, amount and date */
    MATCH_BY_REFERENCE_END, /* as well, by a few last digits that no other has */
    MATCH_BY_SUM,           /* several of one reference come to the amount */
    MATCH_BY_AMOUNT,        /* amount and date, and no other has them */
    MATCH_BY_LIKENESS,      /* the references differ in a digit or two */
    MATCH_BY_DATE,          /* reference and amount; the dates differ by more than is allowed */
};

struct match_group {
    enum match_state state;
    enum match_how how;
};

enum { GROUP_NONE = -1 };

struct match_result {
    int32_t *line_groups, *receipt_groups; /* for each entry the number of its group; GROUP_NONE where it is out */
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

/* How many last digits two references have in common; 0 where one is not the end of the other. */
unsigned match_reference_common(const struct match_entry *one, const struct match_entry *other);
/* Whether two references of as many digits differ in one or two of them, or in two that changed places. */
bool match_reference_is_alike(const struct match_entry *one, const struct match_entry *other);
/* The last digits of a text, without its other signs. */
void match_reference_read(const char *text, struct match_entry *entry);

#endif
