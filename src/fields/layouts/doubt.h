/*
 * doubt.h - how sure a value is, as data: the weights of a logistic fit over what is known of the value, a rising curve
 * over its result, caps for what was read badly, and the confidence below which a person should look, by kind of field.
 */
#ifndef LINCE_FIELDS_LAYOUTS_DOUBT_H
#define LINCE_FIELDS_LAYOUTS_DOUBT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "fields/values/value.h"
#include "lince.h"

struct arena;

/* What is known of a value, each about 0 to 1 and mostly 0 where all is well. */
enum doubt_input {
    DOUBT_SCORE,        /* log odds of the score by hand: place, label and form in one */
    DOUBT_PLACE,        /* how far it stands from the best place */
    DOUBT_LABEL,        /* how unsure its label is */
    DOUBT_FORM,         /* how unusual its form is */
    DOUBT_READING,      /* how unsurely its words were read */
    DOUBT_PAGE_READING, /* how unsurely the whole page was read */
    DOUBT_SMALL,        /* how small its letters are */
    DOUBT_MARGIN,       /* how close another value comes */
    DOUBT_KIND,         /* how badly the page fits what it was taken for */
    DOUBT_REPAIRS,      /* look-alikes put right */
    DOUBT_CHECK_RIGHT,  /* its check digit is right */
    DOUBT_CHECK_WRONG,
    DOUBT_SUM_RIGHT, /* the amounts of the page add up to it */
    DOUBT_SUM_WRONG,
    DOUBT_TWO_READINGS, /* its day and month may be the other way round */
    DOUBT_PATTERN,      /* it does not match its field's pattern */
    DOUBT_ROWS,         /* it goes over several rows */
    DOUBT_LONE_SIGN,    /* a currency, of a country that nothing but the sign tells */
    DOUBT_INPUT_COUNT,
};

/* What a threshold is set for. */
enum doubt_kind {
    DOUBT_AMOUNT,       /* what was paid */
    DOUBT_OTHER_AMOUNT, /* fees, taxes, subtotals */
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

/* Points of a line that never falls. */
struct doubt_curve {
    size_t count;
    double x[DOUBT_POINTS_MOST], y[DOUBT_POINTS_MOST];
};

struct doubt_model {
    double bias, inputs[DOUBT_INPUT_COUNT];
    struct doubt_weights types, fields, rules, layouts;
    struct doubt_curve curve;        /* from the fit's share to how many were right */
    struct doubt_curve caps;         /* from how surely the words were read to the most that is ever given */
    double review[DOUBT_KIND_COUNT]; /* a value with less is looked at */
};

/* "score", "place", ...; "amount", ...; NULL past the end. */
const char *doubt_input_name(enum doubt_input input);
const char *doubt_kind_name(enum doubt_kind kind);
enum doubt_kind doubt_kind_of(enum value_type type, bool is_required);

/* Parses and checks a file of weights. Gives the tree (json_decref). LINCE_ERROR_LAYOUT with its place. */
enum lince_status doubt_json_read(const char *source, const char *text, size_t bytes, json_t **tree,
                                  struct lince_error *error);
/* The model of a checked tree, in the arena. */
enum lince_status doubt_build(struct arena *arena, const json_t *tree, struct doubt_model *model,
                              struct lince_error *error);

/*
 * Takes thresholds from "amount=0.95,id=0.9", "all=0.9" or several of them, the later over the earlier; NULL and ""
 * change nothing. LINCE_ERROR_ARGUMENT names what is wrong and what there is.
 */
enum lince_status doubt_review_set(struct doubt_model *model, const char *text, struct lince_error *error);

/* Of a set of weights, that of `name`; 0 where it has none. */
double doubt_weight_of(const struct doubt_weights *weights, const char *name);
/* The curve at x; its ends go on level. */
double doubt_curve_at(const struct doubt_curve *curve, double x);

#endif
