/* said.h - what headings and sentences say in the languages, as data: who pays and who signs, what is no total. */
#ifndef LINCE_FIELDS_COUNTRIES_SAID_H
#define LINCE_FIELDS_COUNTRIES_SAID_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

enum said_list {
    /* Folded: without blanks, accents and signs. A text may be the beginning of a word. */
    SAID_SIGNED_RECEIPTS,  /* on receipts and bills that a person writes and signs: "Recibí de" */
    SAID_SIGNERS,          /* what the signer is, right below the name: "Arrendadora" */
    SAID_SIGNING_PAYERS,   /* the same of one who paid */
    SAID_CREDITORS,        /* before the name of who is owed: "Debe a" */
    SAID_SIGNATURES,       /* before the name of who signed: "Firma:" */
    SAID_SIGNATURE_PLACES, /* begin the place for a signature, which is no name: "Firma y sello" */
    SAID_NO_TOTALS,        /* before an amount that is no total: "Ahorraste" */
    SAID_OTHER_PARTIES,    /* over a party that neither sold nor bought: the printer, the cashier */
    SAID_OPERATIONS,       /* in the row that names the payment in a history */
    SAID_SERIES,           /* before the series of a document, which its number follows: "Serie" */
    SAID_NUMBER_SIGNS,     /* whole words right before a number: "No." */
    SAID_NUMBER_LEADS,     /* whole words between a document's label and such a sign: "comercial" */
    /* As printed, but for case. Blanks at an end count. */
    SAID_TO_PAYEE,      /* between an amount and who is paid: "a favor de " */
    SAID_AT_SHOP,       /* the same for shops: "en el comercio " */
    SAID_FROM_PAYER,    /* between an amount and who pays: "de parte de " */
    SAID_OWN_THINGS,    /* the reader's own: "cuenta" */
    SAID_ABBREVIATIONS, /* their point ends no sentence: "cia" */
    SAID_NAME_ENDS,     /* a name in a sentence ends before them: " el dia" */
    SAID_NO_PAYEES,     /* begin what is paid and is no payee: a cash machine */
    SAID_PAID,          /* begin a sentence, before the name of who is paid: "Enviaste a " */
    SAID_AMOUNT_LEADS,  /* between a name and its amount: " por valor de" */
    SAID_SENDS,         /* behind the name of who pays: "te envi" */
    SAID_CLIENTS,       /* before the name of who pays: "nuestro cliente " */
    SAID_ASKS,          /* behind the name of who wants to be paid: "te pide" */
    SAID_LISTS,
};
/* "signed_receipts", ...: the members of "words" of a language. */
extern const char *const said_list_names[SAID_LISTS];

struct said {
    size_t count;
    const char *const *texts;
};

/* Makes the lists of all languages in `arena`, which owns them. False if memory is refused. */
bool said_build(struct arena *arena, const json_t *languages, struct said lists[SAID_LISTS]);

/* Whether the text has no letter and no digit: it would be found everywhere. */
bool said_is_empty(const char *text);

/*
 * A file of languages replaces an earlier one. Lists of words that the newer file lacks stay as they were, also those
 * of languages that it lacks. False if memory is refused.
 */
bool said_keep(const json_t *older, json_t *newer);

#endif
