/* layout.h - rules as data: how a layout is recognised, its fields, their labels and where their values are. */
#ifndef LINCE_FIELDS_LAYOUTS_LAYOUT_H
#define LINCE_FIELDS_LAYOUTS_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "fields/countries/country.h"
#include "fields/layouts/doubt_weights.h"
#include "fields/layouts/kind.h"
#include "fields/layouts/phrase.h"
#include "fields/values/value.h"
#include "lince.h"

struct meter;
struct pattern;

/* Where a value may be, seen from its label; a set of bits. */
enum place {
    PLACE_AFTER = 1,      /* in the same line, after the label */
    PLACE_RIGHT = 2,      /* on the same row, to the right */
    PLACE_BELOW = 4,      /* the nearest thing below the label */
    PLACE_COLUMN = 8,     /* further down in the label's column */
    PLACE_PARAGRAPH = 16, /* in the text up to the next label */
    PLACE_SECTION = 32,   /* without a label of its own, under a heading of its side */
    PLACE_ABOVE = 64,     /* right above the label */
};

/* Which values without a label a field takes. */
enum free_rule {
    FREE_NONE,
    FREE_ANY,     /* any value of the type */
    FREE_ONLY,    /* the only value of its type on the page */
    FREE_LARGEST, /* the amount in the largest letters */
    FREE_BRAND,   /* a bank named at the head or foot of the page */
    FREE_HEAD,    /* the heading of a shop receipt */
    FREE_NEAR,    /* an hour beside a date, a name right above an id */
    FREE_OTHER,   /* the one bank that is not the brand */
};

enum side {
    SIDE_NONE,
    SIDE_ORIGIN,
    SIDE_DESTINATION,
};

struct field_rule {
    const char *name;
    enum value_type type;
    unsigned places;
    enum free_rule free;
    enum side side;
    double priority;
    bool required; /* a record without it needs review, and a doubtful value is given */
    bool asked;    /* a sale without it needs review; a quote may lack it */
    bool hidden;   /* takes its value off the page and is not in the record */
    bool largest;  /* of several labelled amounts, takes the largest one, and one that equals cash less change */
    const char *default_value;
    const char *pattern_text;
    struct pattern *pattern; /* the canonical value must match it; NULL: none */
};

struct layout {
    const char *name, *title, *source; /* source: a file's path, or "built-in" */
    bool generic;
    bool learned;                  /* made from corrections; more corrections replace it */
    const char *currency;          /* ISO 4217, of amounts without a printed currency; NULL: unknown */
    enum page_group group;         /* of its pages; GROUP_NONE: any */
    const struct country *country; /* of its pages; NULL: the page decides */
    double threshold, aspect_least, aspect_most;
    size_t anchor_count; /* anchors and negative anchors have their index here */
    size_t field_count;
    struct field_rule *fields;
    struct phrase_book book;
    const char *examples; /* JSON text of the examples; NULL: none */
};

enum { PASSED_MOST = 64 };

/* A file of the folder of learned layouts that is not used, and why. */
struct layout_passed {
    const char *file, *reason;
};

struct layout_set {
    struct meter *meter; /* borrowed */
    struct arena arena;
    struct layout_passed passed[PASSED_MOST]; /* the first ones of them */
    size_t passed_count;
    size_t count;
    struct layout *layouts;
    struct country_set countries;
    struct kind_book kinds;
    struct doubt_model doubt;
};

/*
 * Opens the built-in layouts and countries and, if `folder` is not NULL, every *.json in it and in its folder
 * countries. A layout of the same name or a country of the same code replaces the built-in one. Gives a set; close it
 * with layout_set_close. LINCE_ERROR_LAYOUT with file, line and column.
 */
enum lince_status layout_set_open(struct meter *meter, const char *folder, struct layout_set *set,
                                  struct lince_error *error);
void layout_set_close(struct layout_set *set);

/*
 * The same with two folders and one more layout from memory; each may be NULL. Layouts of `folder` override those of
 * `learned`, which may be missing. What cannot be used in `learned` is passed over (layout_set.passed). `source` names
 * the one in memory in messages.
 */
struct layout_sources {
    const char *learned, *folder, *source, *text;
    size_t bytes;
};
enum lince_status layout_set_open_from(struct meter *meter, const struct layout_sources *sources,
                                       struct layout_set *set, struct lince_error *error);

/* The same with one layout more, from memory: `source` names it in messages. */
enum lince_status layout_set_open_with(struct meter *meter, const char *source, const char *text, size_t bytes,
                                       struct layout_set *set, struct lince_error *error);

/* NULL if there is none with that name. */
const struct layout *layout_set_find(const struct layout_set *set, const char *name);

/* The index of the layout's field of that name; field_count if there is none. */
size_t layout_field_find(const struct layout *layout, const char *name);

/* Checks one file against the schema and its parents. Adds nothing to any set. */
enum lince_status layout_check(struct meter *meter, const char *folder, const char *path, struct lince_error *error);

/* Built-in layouts: name, JSON text and its bytes. Made from layouts/ when the program is built. */
struct layout_text {
    const char *name, *text;
    size_t bytes;
};
extern const struct layout_text layout_builtin[];
extern const size_t layout_builtin_count;
/* The same for countries/. */
extern const struct layout_text country_builtin[];
extern const size_t country_builtin_count;
extern const struct layout_text kind_builtin[];
extern const size_t kind_builtin_count;
extern const struct layout_text doubt_builtin[];
extern const size_t doubt_builtin_count;

#endif
