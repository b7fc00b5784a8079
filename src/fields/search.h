/*
 * search.h - what the steps of an extraction share: labels, candidates for values, and options (a field, a candidate, a
 * reason). passes.c lists the steps in their order.
 */
#ifndef LINCE_FIELDS_SEARCH_H
#define LINCE_FIELDS_SEARCH_H

#include <stdbool.h>
#include <stddef.h>

#include "fields/countries/country.h"
#include "fields/layouts/layout.h"
#include "fields/result/found_by.h"
#include "fields/sheet.h"
#include "fields/values/value.h"

/* A label, or a place beside one, with a higher quality is more likely right than wrong. */
static const double LIKELY = 0.5;

enum { KIND_EVIDENCE_MOST = 12 };

/* The direction of the money, from the page owner's view. */
enum direction { DIRECTION_NONE, DIRECTION_OUT, DIRECTION_IN };

/* The kind of a page, and the evidence. */
struct kind_verdict {
    enum page_group group;
    enum page_kind kind;
    enum direction direction;
    double confidence;
    bool told;       /* a title says that the page is none of the kinds */
    bool titled;     /* another title says that it is a payment or a sale */
    bool contested;  /* words say that it was paid, and others that it was not */
    bool of_account; /* some words are of an account's rows */
    size_t evidence_count;
    char evidence[KIND_EVIDENCE_MOST][EVIDENCE_BYTES]; /* "payment_made:yapeaste", "sale:subtotal" */
    enum page_group evidence_group[KIND_EVIDENCE_MOST];
};

enum { EXTENTS_MOST = 6, LABELS_MOST = 4096, CANDIDATES_MOST = 8192, OPTIONS_MOST = 12, PIECES_MOST = 8 };

/* Pieces of lines read as one text. */
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
    double quality; /* 0..1: probability that it is this label */
    double weight;
    bool neutral;       /* without a side: headings decide */
    bool weak;          /* its heading may be a label with its own value */
    bool strong;        /* alone or ending in a colon: nothing reads past it */
    bool whole;         /* nothing else in its segment */
    bool has_neighbour; /* something that is no label follows it on its row */
    double columns_end; /* where the columns that it governs end, while sides are found */
    enum side side;     /* of the heading above it */
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
    double confidence;       /* of its lines */
    double words_confidence; /* the lowest of its words */
    enum side side;          /* of the heading above it */
    size_t heading;          /* that heading's label index, LABELS_MOST if none */
    bool for_label;          /* for one label only (free text) */
    bool of_head;            /* the firm, its address, or an id beside it */
    bool of_sentence;        /* a name in a sentence with its amount */
    bool of_amount; /* a name that belongs to an amount: in its sentence ("Bs. 10,00 a NAME"), or right under it */
    size_t label;
    /* About a bank: in the middle of a sentence; the app's own (see brands_learn); the same bank named again. */
    bool in_sentence, brand, brand_again;
    bool of_buyer;     /* the name or id of a buyer without a label: see sales/buyer_alone.h */
    bool bystander;    /* belongs to no payment: see bystanders_learn */
    bool of_operation; /* an amount or date in the operation's row or below it: see free_operations_learn */
};

struct option {
    size_t candidate;
    size_t label; /* the label that claims it; LABELS_MOST if none */
    enum found_by found_by;
    double score; /* what the assignment sums up */
    double place, label_quality;
};

struct field_options {
    size_t count;
    struct option options[OPTIONS_MOST];
    double rival; /* the best score of a candidate whose value differs from the first one's */
};

struct search {
    struct arena *arena; /* scratch memory, freed after the extraction */
    const struct doubt_model *doubt;
    const struct layout *layout;
    bool matched;                 /* the layout was chosen by its anchors or by name, not as the generic one */
    struct locale locale;         /* the context of finders */
    struct country_verdict where; /* the page's country */
    struct kind_verdict what;     /* the page's kind */
    struct sheet sheet;
    size_t label_count, candidate_count;
    size_t labels_most, candidates_most; /* there is room for so many */
    struct label *labels;
    struct candidate *candidates;
    size_t *segment_label;         /* for each segment: a strong label that begins it, LABELS_MOST if none */
    struct field_options *options; /* of each field */
    double below_factor;           /* how often values are below their labels on this page */
    bool values_above;             /* on this page captions are under their values */
    bool values_left;              /* on this page labels are at the ends of rows, after their values */
    size_t *choice;                /* for each field: the chosen option, OPTIONS_MOST for none */
};

/* A list of words of all languages. */
static inline struct said search_said(const struct search *search, enum said_list list) {
    return search->locale.set->said[list];
}

/* Whether the segment begins with the label of an amount or a date: "TOTAL AMOUNT DUE ON June 3", beside "Bill to". */
bool search_begins_amount(const struct search *search, size_t segment);
/* Each returns false when memory is refused. */
bool labels_find(struct search *search);
bool candidates_find(struct search *search);
/* Gives candidates and labels the side of the heading above them. */
void candidates_take_sides(struct search *search);
/* Whether a date is on the page that needs no label. */
bool candidates_have_date(const struct search *search);
bool options_find(struct search *search);
bool assign(struct search *search);
/* The candidate that the assignment chose for a field; NULL if there is none, or if `field` is the field_count. */
const struct candidate *search_chosen(const struct search *search, size_t field);

/* Whether values are above their labels on this page: sets values_above. */
void captions_learn(struct search *search);
/* Where values are above their labels, adds the free text above captions to the candidates. False when memory is
 * refused. */
bool captions_add(struct search *search);
/* Adds names alone right under large amounts. False when memory is refused. */
bool under_amount_names_add(struct search *search);
/* Adds a candidate found in a stretch, unless it is known. False when memory is refused. */
bool candidate_add(struct search *search, struct candidate candidate, const struct stretch *stretch);
/* "Para Ana", "You paid Ana": the bytes of the words before a name. */
size_t candidate_lead_bytes(const struct locale *locale, const char *text, size_t bytes);
/* "De Ana", "From Ana", of money that came in: the bytes of the words before the payer's name. */
size_t candidate_payer_lead_bytes(const struct search *search, const char *text, size_t bytes);
/* The bytes of a bullet or an arrow before a name, and of the blank behind it. */
size_t candidate_mark_bytes(const char *text, size_t bytes);
/* Weighs the page's kind by its words alone. False when memory is refused. */
bool kind_weigh(struct arena *arena, const struct layout_set *set, const struct sheet *sheet,
                struct kind_verdict *verdict);
/* Decides the kind with the page's rows and the layout too. */
void kind_settle(struct search *search);

/* The sum of the weights of the layout's anchors on the sheet, minus the negative ones. */
bool label_anchors_weigh(struct arena *arena, const struct sheet *sheet, const struct layout *layout, double *weight);

/* Joins the pieces to one text, in the arena. */
bool stretch_join(struct search *search, struct stretch *stretch);
/* Everything that belongs to a label: the rest of its line, its row, and what follows up to the next label. */
bool stretch_paragraph_collect(struct search *search, struct label *label);
/* The piece of the stretch, and the byte of its line, for a byte of its text. */
struct extent stretch_extent(const struct stretch *stretch, size_t from, size_t to, size_t *piece);

/* The score of the candidate's place relative to the label, 0..1, and the place; 0 if it has none. */
double place_score(const struct search *search, const struct label *label, const struct candidate *candidate,
                   unsigned places, enum found_by *how);

/* Gives the rows of a value beside the middle of its label, two or more; false if there are none. */
bool centred_rows(const struct search *search, const struct label *label, struct stretch *stretch);
/* Whether a label asks for the candidate at its place. */
bool candidate_is_labelled(const struct search *search, const struct candidate *candidate);
/*
 * Marks values that belong to no payment: the bank's own tax number, an e-mail's date, a chat's clock, a help desk's
 * phone.
 */
void bystanders_learn(struct search *search);
/* Marks the bank of the app: named before the first label or after the last one, or first in a message. */
void brands_learn(struct search *search);
/* Marks amounts and dates beside an operation: "Pago móvil enviado -10,00" in a history. */
bool free_operations_learn(struct search *search);
/* Whether it is the only bank of the page besides the brand. */
bool brand_bank_is_only_other(const struct search *search, const struct candidate *candidate);
/* The best claim that a label of another meaning has on it, 0..1. */
double free_foreign_claim(const struct search *search, size_t field, const struct candidate *candidate);
/* Whether the field has a label with something beside it, but no value. */
bool unread_has_label(const struct search *search, size_t field);
/* The score of a value without any label, 0..1; 0 if the rule takes none. */
double free_score(const struct search *search, size_t field, const struct candidate *candidate);

bool candidate_extents_overlap(const struct candidate *left, const struct candidate *right);

#endif
