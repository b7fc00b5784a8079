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
};

/* "score", "place", ...; NULL past the end. */
const char *doubt_input_name(enum doubt_input input);
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
