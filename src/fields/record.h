/*
 * record.h - the result of an extraction: fields with value, text, place, confidence and rule, and reasons for review.
 */
#ifndef LINCE_FIELDS_RECORD_H
#define LINCE_FIELDS_RECORD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "fields/layouts/doubt_weights.h"
#include "fields/layouts/layout.h"
#include "fields/result/found_by.h"
#include "fields/result/review_reason.h"
#include "fields/values/value.h"
#include "lince.h"

struct record_field {
    const char *name;
    enum value_type type;
    const char *value;                /* canonical */
    const char *text;                 /* as printed; "" if the layout implies it */
    double confidence;                /* 0..1: how often values with this confidence are right */
    double raw;                       /* 0..1: manual score of its place, form and reading */
    double reading;                   /* 0..1: how reliably its words were read */
    double inputs[DOUBT_INPUT_COUNT]; /* what the confidence is made of */
    struct lince_box box;
    size_t page_line; /* of the first piece; RECORD_NO_LINE if the layout implies it */
    enum found_by found_by;
    unsigned repairs;    /* look-alikes corrected */
    const char *meaning; /* a bank's usual name; the kind of an id or account, "rif", "cbu"; otherwise NULL */
    signed char checked; /* 1: its check digit is right, -1: wrong, 0: it has none */
    bool rejected_by_pattern;
    bool two_readings; /* a date whose day and month may be swapped */
};

#define RECORD_NO_LINE ((size_t)-1)

enum { RECORD_REASONS_MOST = 24, RECORD_EVIDENCE_MOST = 24 };

/* What is wrong with which field. */
struct record_reason {
    enum review_reason reason;
    const char *field;
};

/* Hundredths of the rows of a sale; PART_NONE: it has none. */
enum { PART_NONE = -1 };
struct part_sums {
    long long taxes, withheld, payments;
    long long bases;   /* of the taxes, if each prints one */
    bool rate_differs; /* a base times its rate is not its tax */
};

struct record {
    const char *layout; /* the layout that matched or was requested; NULL if a generic one was used */
    const char *rules;  /* the layout whose rules were used; NULL for a page of no known kind */
    enum page_kind kind;
    double kind_confidence;
    const char *direction; /* "out", "in" or NULL: the direction of a payment */
    const char *country;   /* ISO 3166; NULL if the page shows none */
    double country_confidence;
    size_t evidence_count; /* evidence for the kind and the country: "payment:banco", "word:seniat" */
    const char *evidence[RECORD_EVIDENCE_MOST];
    size_t field_count;
    struct record_field *fields;
    struct part_sums sums;
    double page_inputs[PAGE_INPUT_COUNT]; /* what the chance that its key fields are right is made of */
    size_t reason_count;
    struct record_reason reasons[RECORD_REASONS_MOST];
};

/* A page for extraction: lines in reading order and the size of the image. All borrowed. */
struct record_page {
    const struct lince_line *lines;
    size_t line_count;
    double width_px, height_px;
    const struct lince_code *codes; /* of the page, if they were looked for */
    size_t code_count;
};

/*
 * Extracts the record of a page into `arena`, which then owns it; names of fields and rules are borrowed from the set.
 * Working memory comes from the arena's meter and is returned. `names` (may be NULL) limits the layouts that may be
 * used. LINCE_ERROR_ARGUMENT for a name that is not in the set, LINCE_ERROR_MEMORY_LIMIT. Several threads may use one
 * set.
 */
enum lince_status record_extract(struct arena *arena, const struct layout_set *set, const char *const *names,
                                 size_t name_count, const struct record_page *page, struct record *record,
                                 struct lince_error *error);

/* NULL if the record has no such field. */
const struct record_field *record_find(const struct record *record, const char *name);
/* The same, to change the field. */
struct record_field *record_field_of(struct record *record, const char *name);

struct search;
struct candidate;

/* Steps of record_extract, one file each. */
/* What is doubtful. False when memory is refused. */
bool record_check(struct record *record, const struct search *search);
/* Turns the inputs of a field (all but the score, which follows from `raw`) into its confidence. */
void confidence_fill(const struct doubt_model *model, const struct layout *layout, bool is_required,
                     struct record_field *field);
/* The inputs of a value on the page, and those of the whole page. */
void confidence_inputs(const struct search *search, const struct candidate *candidate,
                       double inputs[DOUBT_INPUT_COUNT]);
bool shop_candidates_find(struct search *search); /* company and address of a shop receipt */
/* Whether the payments less the change are the total, with or without a tip. */
bool check_payments_agree(const struct record *record);
/* The taxes and means of payment of a sale, row by row, and their sums. False when memory is refused. */
bool parts_fill(struct arena *arena, const struct search *search, struct record *record);
/*
 * The amount in a second currency, and that currency, if the page prints both; needs the first amount and the exchange
 * rate. False when memory is refused.
 */
bool second_currency_fill(struct arena *arena, const struct search *search, struct record *record);
/* Whether the field is the second currency's. */
bool second_currency_is_field(const char *name);
/* The number of an exchange rate as printed: "1 USD = 109,50 Bs". False if the text has none. */
bool second_currency_rate_read(const struct locale *locale, const char *text, char value[VALUE_BYTES]);
/* The items of a shop receipt, if they add up to an amount of the record. False when memory is refused. */
bool items_fill(struct arena *arena, const struct search *search, const struct field_rule *rule, struct record *record);

/* Which layouts may be used: those of the names, or all if there are no names; perhaps only generic ones, or those of
 * sales. */
struct layout_names {
    const char *const *names;
    size_t name_count;
    bool generic_only;
    bool sale; /* the page is a sale, whatever its words say */
};

/*
 * Chooses a layout: the best among `names` by its anchors; NULL if there is none. `matched`: by anchors or by name, not
 * as a generic one; a generic one is for pages of the group. False when memory is refused.
 */
struct sheet;
bool layout_choose(struct arena *arena, const struct layout_set *set, struct layout_names of, const struct sheet *sheet,
                   enum page_group group, const struct layout **chosen, bool *matched);

/*
 * The search behind an extraction, left open so that its candidates and scores can be shown. All in `arena`. Gives the
 * layout in search->layout.
 */
enum lince_status search_run(struct arena *arena, const struct layout_set *set, const char *const *names,
                             size_t name_count, const struct record_page *page, struct search *search,
                             struct lince_error *error);
/* The error of a search or an extraction that is refused memory. */
enum lince_status search_out_of_memory(struct lince_error *error);

#endif
