/* kind.h - the kinds of pages, and the words that show them, as data. */
#ifndef LINCE_FIELDS_LAYOUTS_KIND_H
#define LINCE_FIELDS_LAYOUTS_KIND_H

#include <jansson.h>

#include "fields/layouts/phrase.h"
#include "lince.h"

struct arena;

enum page_group { GROUP_NONE, GROUP_PAYMENT, GROUP_SALE, GROUP_ACCOUNT, GROUP_TAX, GROUP_COUNT };

enum page_kind {
    KIND_NONE,
    KIND_PAYMENT_MADE,
    KIND_PAYMENT_RECEIVED,
    KIND_PAYMENT_REQUESTED,
    KIND_PAYMENT_FAILED,
    KIND_NOTIFICATION,
    KIND_BANK_MOVEMENTS,
    KIND_STATEMENT,
    KIND_FISCAL_SALE,
    KIND_INVOICE,
    KIND_CREDIT_NOTE,
    KIND_QUOTE,
    KIND_WITHHOLDING,
    KIND_COUNT,
};

enum { KIND_PHRASES_MOST = 512 };

/* The group, or kind, that each phrase of the book shows. A phrase's `field` is its index here. */
struct kind_mark {
    enum page_group group;
    enum page_kind kind; /* KIND_NONE: the group only */
    bool anywhere;       /* counts where it is no title too, as in a chat's last row */
    bool alone;          /* counts only at the beginning of a row that has no other piece: no row of a list */
    bool heading; /* counts only where it begins a piece with a capital or fills half of one: no sentence's words */
};

/* What words are besides evidence for a kind; a phrase of the book of asides has it as its `field`. */
enum aside_kind {
    ASIDE_IGNORE,    /* shorter evidence in it says nothing: "descargar estado de cuenta" */
    ASIDE_CONDITION, /* the rest of its sentence says what may be: "si", "en caso de" */
    ASIDE_WRITTEN,   /* the label of what the payer wrote: "concepto" */
};

struct kind_book {
    struct phrase_book book, asides;
    size_t mark_count;
    struct kind_mark *marks;
};

/* "payment_made", ...; "payment", ...; NULL past the end. */
const char *kind_name(enum page_kind kind);
const char *group_name(enum page_group group);
/* KIND_NONE and GROUP_NONE for another name. */
enum page_kind kind_from_name(const char *name);
enum page_group group_from_name(const char *name);
enum page_group kind_group(enum page_kind kind);

/* Parses and checks a file of kinds. Gives the tree; free it with json_decref. LINCE_ERROR_LAYOUT with the place. */
enum lince_status kinds_json_read(const char *source, const char *text, size_t bytes, json_t **tree,
                                  struct lince_error *error);

/* Compiles a checked tree into `arena`. {TAX} in its phrases is `tax_words`. */
enum lince_status kinds_build(struct arena *arena, const char *source, const json_t *tree, const char *tax_words,
                              struct kind_book *kinds, struct lince_error *error);

#endif
