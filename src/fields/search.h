/*
 * search.h - what the steps of an extraction hand to each other: labels found, candidates for values, and options
 * (a field, a candidate, a reason). Each step is one file: label.c, stretch.c, candidate.c, centred.c, caption.c,
 * place.c, brand.c, bystander.c, free.c, option.c, assign.c.
 */
#ifndef LINCE_FIELDS_SEARCH_H
#define LINCE_FIELDS_SEARCH_H

#include <stdbool.h>
#include <stddef.h>

#include "fields/countries/country.h"
#include "fields/layouts/layout.h"
#include "fields/sheet.h"
#include "fields/values/value.h"

enum { KIND_EVIDENCE_MOST = 12 };

/* Which way the money went, as the page's owner sees it. */
enum direction { DIRECTION_NONE, DIRECTION_OUT, DIRECTION_IN };

/* What a page is, and what tells it. */
struct kind_verdict {
    enum page_group group;
    enum page_kind kind;
    enum direction direction;
    double confidence;
    size_t evidence_count;
    char evidence[KIND_EVIDENCE_MOST][EVIDENCE_BYTES]; /* "payment_made:yapeaste", "sale:subtotal" */
    enum page_group evidence_group[KIND_EVIDENCE_MOST];
};

enum { EXTENTS_MOST = 6, LABELS_MOST = 256, CANDIDATES_MOST = 1024, OPTIONS_MOST = 12, PIECES_MOST = 8 };

/* Pieces of lines that are read as one text. */
struct stretch {
    size_t piece_count;
    struct extent pieces[PIECES_MOST];
    char *text; /* the pieces joined by line feeds */
    size_t bytes;
};

struct label {
    enum phrase_kind kind;
    size_t field; /* of the layout, for PHRASE_FIELD */
    size_t segment, line, from, to;
    struct lince_box box;
    double quality; /* 0..1: how sure that this is that label */
    double weight;
    bool neutral;       /* says nothing about a side: headings decide */
    bool weak;          /* its heading may be a label with a value of its own */
    bool strong;        /* stands alone or ends in a colon: nothing reads past it */
    bool whole;         /* nothing else in its segment */
    bool has_neighbour; /* something that is no label stands behind it on its row */
    enum side side;     /* the heading it stands under */
    struct stretch paragraph;
};

struct candidate {
    enum value_type type;
    struct find find;
    const char *text; /* as printed, pieces joined by spaces; borrowed from the arena */
    size_t text_bytes;
    size_t extent_count;
    struct extent extents[EXTENTS_MOST];
    size_t segment; /* of the first extent */
    struct lince_box box, first_box;
    double confidence;       /* of the lines it stands in */
    double words_confidence; /* of the least sure of its words */
    enum side side;          /* the heading it stands under */
    size_t heading;          /* that heading's label index, LABELS_MOST when none */
    bool for_label;          /* made for one label only (free text) */
    bool told;               /* a name in a sentence behind an amount: "Bs. 10,00 a NAME" */
    size_t label;
    /* Of a bank: in the middle of a sentence; whose app this is (see brands_learn); the same bank, named again. */
    bool in_sentence, brand, brand_again;
    bool bystander;    /* nobody's payment: see bystanders_learn */
    bool of_operation; /* an amount or date in the row of what was done, or below it: see operations_learn */
};

struct option {
    size_t candidate;
    size_t label;     /* that asked for it; LABELS_MOST when none */
    const char *rule; /* "after", "right", "below", ..., static */
    double score;     /* what the assignment adds up */
    double place, label_quality;
};

struct field_options {
    size_t count;
    struct option options[OPTIONS_MOST];
    double rival; /* the best score of a candidate with another value than the first's */
};

struct search {
    struct arena *arena; /* scratch, freed after the extraction */
    const struct doubt_model *doubt;
    const struct layout *layout;
    struct locale locale;         /* what finders go by */
    struct country_verdict where; /* which country the page is of */
    struct kind_verdict what;     /* what the page is */
    struct sheet sheet;
    size_t label_count, candidate_count;
    struct label *labels;
    struct candidate *candidates;
    size_t *segment_label;         /* of each segment: a strong label that begins it, LABELS_MOST when none */
    struct field_options *options; /* of each field */
    double below_factor;           /* how usual it is on this page that values stand below their labels */
    bool values_above;             /* on this page captions stand under their values */
    bool values_left;              /* on this page labels stand at the ends of rows, behind their values */
    size_t *choice;                /* of each field: the option taken, OPTIONS_MOST for none */
};

/* Each returns false when memory is refused. */
bool labels_find(struct search *search);
bool candidates_find(struct search *search);
bool options_find(struct search *search);
bool assign(struct search *search);

/* Do values stand above their labels on this page? Sets values_above; needs the candidates. */
void captions_learn(struct search *search);
/* Adds the free text above captions to the candidates. False when memory is refused. */
bool captions_add(struct search *search);
/* Adds the names that stand by themselves right under large amounts. False when memory is refused. */
bool names_under_amounts_add(struct search *search);
/* Adds a candidate found in a stretch, unless it is known. False when memory is refused. */
bool candidate_add(struct search *search, struct candidate candidate, const struct stretch *stretch);
/* A row under the first goes on with it: close below, of like height, flush left, flush right or centred. */
bool row_follows(const struct search *search, struct extent above, struct extent below);

/* What the page is by its words alone. False when memory is refused. */
bool kind_weigh(struct arena *arena, const struct layout_set *set, const struct sheet *sheet,
                struct kind_verdict *verdict);
/* The same with what its rows and the layout say; needs the candidates. */
void kind_settle(const struct search *search, bool matched, struct kind_verdict *verdict);

/* The sum of the weights of the layout's anchors found on the sheet, minus those of the negative ones. */
bool anchors_weigh(struct arena *arena, const struct sheet *sheet, const struct layout *layout, double *weight);

/* The pieces as one text, in the arena. */
bool stretch_join(struct search *search, struct stretch *stretch);
/* What belongs to a label: the rest of its line, its row, and what follows up to the next label. */
bool paragraph_collect(struct search *search, struct label *label);
/* The piece of the stretch and the byte of its line that a byte of its text stands for. */
struct extent stretch_extent(const struct stretch *stretch, size_t from, size_t to, size_t *piece);

/* How well the candidate stands to the label, 0..1, and where; 0 when it does not. */
double place_score(const struct search *search, const struct label *label, const struct candidate *candidate,
                   unsigned places, const char **rule);

/* Gives the rows of a value that stands beside the middle of its label, two and more; false when there are none. */
bool centred_rows(const struct search *search, const struct label *label, struct stretch *stretch);
/* Does a label ask for the candidate where it stands? */
bool candidate_is_labelled(const struct search *search, const struct candidate *candidate);
/* Tells of each value whether it is nobody's payment: the bank's own tax number, an e-mail's date, a chat's clock, a
 * help desk's telephone. */
void bystanders_learn(struct search *search);
/* Tells of each bank whether it is whose app this is: named before the first label or behind the last one, or first in
 * a message. */
void brands_learn(struct search *search);
/* Tells of each amount and date whether it stands with an operation: "Pago móvil enviado   -10,00" in a history. */
bool operations_learn(struct search *search);
/* Is it the one bank of the page besides the brand? */
bool bank_is_only_other(const struct search *search, const struct candidate *candidate);
/* Is it what a label of another meaning asks for? The best place it has with one, 0..1. */
double foreign_claim(const struct search *search, size_t field, const struct candidate *candidate);
/* Is there a label of the field, and something beside it, and yet no value? */
bool label_is_unread(const struct search *search, size_t field);
/* How good a value is without any label, 0..1; 0 when the rule takes none. */
double free_score(const struct search *search, size_t field, const struct candidate *candidate);

bool extents_overlap(const struct candidate *left, const struct candidate *right);

#endif
