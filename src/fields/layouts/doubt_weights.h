/*
 * doubt_weights.h - the confidence model, as data: weights of a logistic fit over what is known of a value, a rising
 * curve over its result, caps for badly read values, and for each kind of field the confidence below which a person
 * should check.
 */
#ifndef LINCE_FIELDS_LAYOUTS_DOUBT_WEIGHTS_H
#define LINCE_FIELDS_LAYOUTS_DOUBT_WEIGHTS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "fields/values/value.h"
#include "lince.h"

struct arena;

/* What is known of a value; each is about 0 to 1, and mostly 0 if all is well. */
enum doubt_input {
    DOUBT_SCORE,        /* log odds of the manual score: place, label and form together */
    DOUBT_PLACE,        /* distance from the best place */
    DOUBT_LABEL,        /* doubt about its label */
    DOUBT_FORM,         /* how unusual its form is */
    DOUBT_READING,      /* doubt about its words */
    DOUBT_PAGE_READING, /* doubt about the words of the whole page */
    DOUBT_SMALL,        /* how small its letters are */
    DOUBT_MARGIN,       /* how close the best other value is */
    DOUBT_KIND,         /* how badly the page fits its kind */
    DOUBT_REPAIRS,      /* look-alikes corrected */
    DOUBT_CHECK_RIGHT,  /* its check digit is right */
    DOUBT_CHECK_WRONG,
    DOUBT_SUM_RIGHT, /* the amounts of the page add up with it */
    DOUBT_SUM_WRONG,
    DOUBT_TWO_READINGS, /* day and month may be swapped */
    DOUBT_PATTERN,      /* it does not match its field's pattern */
    DOUBT_ROWS,         /* it spans several rows */
    DOUBT_LONE_SIGN,    /* a currency whose country only the sign shows */
    DOUBT_COUNTRY,      /* doubt about the country, of a currency that only the country decides */
    DOUBT_INPUT_COUNT,
};

/* What is known of a page as a whole; each is 0 to 1. The first ones are of its key fields, in the order of page_role.
 */
enum page_role {
    PAGE_AMOUNT, /* what was paid, the total */
    PAGE_CURRENCY,
    PAGE_DATE,
    PAGE_NUMBER, /* the reference, the document's number */
    PAGE_PARTY,  /* the payee, the seller */
    PAGE_ID,     /* of that party */
    PAGE_ROLES,
};

enum page_input {
    PAGE_DOUBT = 0,                   /* how doubtful the value of each role is */
    PAGE_ABSENT = PAGE_ROLES,         /* whether it is missing */
    PAGE_UNLABELLED = 2 * PAGE_ROLES, /* whether it has no label */
    PAGE_LABEL = 3 * PAGE_ROLES,      /* doubt about its label and its place there */
    PAGE_RIVAL = 4 * PAGE_ROLES,      /* how close another value comes */
    PAGE_REST = 5 * PAGE_ROLES,       /* letters of its piece that are of neither label nor value */
    PAGE_KIND = 6 * PAGE_ROLES,       /* doubt about the kind */
    PAGE_UNTITLED,                    /* no title says that it is a payment or a sale */
    PAGE_FEW_SIGNS,                   /* few words say what it is */
    PAGE_COUNTRY,                     /* doubt about the country */
    PAGE_LEFT_AMOUNTS,                /* amounts, dates, numbers, ids and names that no field took */
    PAGE_LEFT_LARGER,                 /* one of them is larger than the amount */
    PAGE_LEFT_DATES,
    PAGE_LEFT_NUMBERS,
    PAGE_LEFT_IDS,
    PAGE_LEFT_NAMES,
    PAGE_NUMBER_NONE, /* there is no number, though numbers are left */
    PAGE_PARTY_NONE,  /* there is no name of the party, though names are left */
    PAGE_ID_NONE,     /* there is no id, though ids are left */
    PAGE_NUMBER_OUT,  /* there is none at all */
    PAGE_PARTY_OUT,
    PAGE_ID_OUT,
    PAGE_NUMBER_LONGER, /* a longer number is left; something of no label goes on with the number */
    PAGE_NUMBER_CUT,
    PAGE_PARTY_ROWS, /* the name spans several rows */
    PAGE_MESSAGE,    /* a message; a payment that was not made; money that came in */
    PAGE_UNPAID,
    PAGE_RECEIVED,
    PAGE_NUMBER_WORDY, /* the number has a word in it; the number is short */
    PAGE_NUMBER_SHORT,
    PAGE_PARTY_ODD,    /* the name has a colon, a slash at its end, a small letter at its beginning */
    PAGE_PARTY_SINGLE, /* the name is one word */
    PAGE_PARTY_LABEL,  /* a label is inside the name */
    PAGE_PARTY_WORDS,  /* words of labels are in the name */
    PAGE_PARTY_BELOW,  /* it was found below a label; in its paragraph or section */
    PAGE_PARTY_NEAR,
    PAGE_NUMBER_BELOW,
    PAGE_STRANGE,  /* pieces that look like a label and its value, and are of no known one */
    PAGE_LABELLED, /* values beside their labels */
    PAGE_SHORT,    /* the page has few rows */
    PAGE_SUM,      /* its amounts contradict each other; a label's value was not found; a value has another form */
    PAGE_UNREAD,
    PAGE_PATTERN,
    PAGE_SALE,
    PAGE_OWN, /* a layout of its own matched */
    PAGE_INPUT_COUNT,
};

/* The kinds with thresholds. */
enum doubt_kind {
    DOUBT_AMOUNT,       /* what was paid */
    DOUBT_OTHER_AMOUNT, /* fees, taxes, subtotals; rows of items, taxes and payments */
    DOUBT_CURRENCY,
    DOUBT_DATE,
    DOUBT_TIME,
    DOUBT_PHONE,
    DOUBT_ID,
    DOUBT_BANK,
    DOUBT_ACCOUNT,
    DOUBT_REFERENCE,
    DOUBT_NAME, /* of a person, a firm, a shop */
    DOUBT_TEXT, /* all others */
    DOUBT_PAGE, /* of no field: the chance that none of the page's key fields is wrong or missing */
    DOUBT_KIND_COUNT,
};

enum { DOUBT_POINTS_MOST = 24 };

struct doubt_weight {
    const char *name;
    double weight;
};

struct doubt_weights {
    size_t count;
    struct doubt_weight *items;
};

/* Points of a non-decreasing line. */
struct doubt_curve {
    size_t count;
    double x[DOUBT_POINTS_MOST], y[DOUBT_POINTS_MOST];
};

struct doubt_model {
    double bias, inputs[DOUBT_INPUT_COUNT];
    struct doubt_weights types, fields, rules, layouts;
    struct doubt_curve curve;                    /* from the fit's result to the measured share of right values */
    struct doubt_curve curves[DOUBT_KIND_COUNT]; /* the same for one kind; without points, `curve` serves */
    struct doubt_curve caps;                     /* from the reliability of the words to the highest confidence given */
    double review[DOUBT_KIND_COUNT];             /* a value below it needs review */
    bool knows_pages;                            /* the file has weights for whole pages */
    double page_bias, page_inputs[PAGE_INPUT_COUNT];
};

/* "score", "place", ...; NULL past the end. */
const char *doubt_input_name(enum doubt_input input);
/* "amount_doubt", "amount_absent", ..., "kind", ...; NULL past the end. */
const char *page_input_name(enum page_input input);
/* "amount", "other_amount", ...; NULL past the end. */
const char *doubt_kind_name(enum doubt_kind kind);
enum doubt_kind doubt_kind_of(enum value_type type, bool is_required);

/* Parses and checks a file of weights. Gives the tree; free it with json_decref. LINCE_ERROR_LAYOUT with the place. */
enum lince_status doubt_json_read(const char *source, const char *text, size_t bytes, json_t **tree,
                                  struct lince_error *error);
/* Builds the model from a checked tree, in the arena. */
enum lince_status doubt_build(struct arena *arena, const json_t *tree, struct doubt_model *model,
                              struct lince_error *error);

/*
 * Takes thresholds from "amount=0.95,id=0.9", "all=0.9" or several of them; later ones override earlier ones. NULL and
 * "" change nothing. LINCE_ERROR_ARGUMENT names what is wrong and what exists.
 */
enum lince_status doubt_review_set(struct doubt_model *model, const char *text, struct lince_error *error);

/* The weight with that name in a set; 0 if it has none. */
double doubt_weight_of(const struct doubt_weights *weights, const char *name);
/* The curve at x; beyond its ends it is constant. */
double doubt_curve_at(const struct doubt_curve *curve, double x);

#endif
