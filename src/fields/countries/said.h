/* said.h - what headings, sentences and names say in the languages, as data: who pays, what is no total, what a firm
 * is. */
#ifndef LINCE_FIELDS_COUNTRIES_SAID_H
#define LINCE_FIELDS_COUNTRIES_SAID_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* How a list is compared. */
enum said_form {
    SAID_FOLDED,  /* without blanks, accents and signs */
    SAID_PRINTED, /* as printed; blanks at an end count */
    SAID_WORDS,   /* as printed, and whole words */
};

enum said_list {
    /* Folded. A text may be the beginning of a word. */
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
    /* As printed, but for case. */
    SAID_TO_PAYEE,      /* between an amount and who is paid: "a favor de " */
    SAID_AT_SHOP,       /* the same for shops: "en el comercio " */
    SAID_FROM_PAYER,    /* between an amount and who pays: "de parte de " */
    SAID_DE_SURNAMES,   /* behind "De ", which then begins a name: "la " */
    SAID_NUMBERED,      /* the number behind them is the last word of a shop's name: " la " */
    SAID_OWN_THINGS,    /* the reader's own: "cuenta" */
    SAID_ABBREVIATIONS, /* their point ends no sentence: "cia" */
    SAID_NAME_ENDS,     /* a name in a sentence ends before them: " el dia" */
    SAID_NO_PAYEES,     /* begin what is paid and is no payee: a cash machine */
    SAID_PAID,          /* begin a sentence, before the name of who is paid: "Enviaste a " */
    SAID_AMOUNT_LEADS,  /* between a name and its amount: " por valor de" */
    SAID_SENDS,         /* behind the name of who pays: "te envi" */
    SAID_CLIENTS,       /* before the name of who pays: "nuestro cliente " */
    SAID_ASKS,          /* behind the name of who wants to be paid: "te pide" */
    /* What is the name of a person, a firm, a line of an address, and what is not. */
    SAID_NAMES,          /* resemble words of labels: "carlos" and "cargos" */
    SAID_GREETINGS,      /* before the reader's name, who is no payee: "Hola" */
    SAID_ACCOUNT_WORDS,  /* begin the name of an account, which is no person's: "cuenta" */
    SAID_BOXES,          /* the same if nothing follows them: "caja" */
    SAID_SAVINGS_BOXES,  /* the same if no name follows them: "caja de ahorro" */
    SAID_BOX_JOINTS,     /* between such a box and whose it is: " de la " */
    SAID_BOX_CONTENTS,   /* behind a joint, and no name: "pesos" */
    SAID_OWN_ACCOUNTS,   /* the reader's own accounts: "su cuenta" */
    SAID_BANK_NAME_ENDS, /* no name begins with them; they end a bank's: "universal" */
    SAID_LEGAL_FORMS,    /* end the name of a firm: "s.a" */
    SAID_FIRM_WORDS,     /* in the names of firms: "inversiones" */
    SAID_TRADES,         /* the same of shops: "farmacia" */
    SAID_NO_FIRMS,       /* in a row that names no firm: "factura" */
    SAID_ADDRESS_WORDS,  /* in a line of an address: "avenida" */
    SAID_NO_ADDRESSES,   /* in a row that is no line of an address: "telefono" */
    SAID_BANK_WORDS,     /* whole words, before a bank's name: "banco" */
    SAID_BANK_LABELS,    /* the same, and a label if the bank's own name has no such word */
    SAID_BANK_STEMS,     /* begin such words, also inside a name */
    SAID_BANK_ARTICLES,  /* whole words, between "banco" and the name */
    SAID_BANK_TAILS,     /* whole words, behind a bank's name and of it: "universal" */
    SAID_BANK_JOINTS,    /* between what may be a bank and the rest of another firm's name */
    SAID_APP_WORDS,      /* whole words, behind a bank's name: its app */
    SAID_APP_PHRASES,    /* the same of several words */
    SAID_ACCOUNT_KINDS,  /* before the last digits of an account: "corriente" */
    SAID_PAYEE_LEADS,    /* before the bank of who is paid: "hacia" */
    SAID_CURRENCY_WORDS, /* in the row of an amount in another currency: "ref" */
    SAID_DATE_LINKS,     /* between the parts of a date: "de" */
    SAID_ORDINALS,       /* right behind the day of a date: "st" */
    SAID_HOUR_SIGNS,     /* right behind a time; case counts */
    SAID_ZONE_WORDS,     /* begin the name of a time zone: "hora de " */
    SAID_NAME_PARTICLES, /* inside a name, in small letters: "de la" */
    SAID_NAME_TAILS,     /* begin the rest of a name that something took, in small letters: "en" */
    SAID_NAME_LEADS,     /* before a name in its row; case counts: "Para " */
    SAID_PAYEE_TAILS,    /* behind the name of who is paid and of it; case counts: ", C.A." */
    SAID_AMOUNT_TAILS,   /* behind an amount and of it; case counts: "Bs" */
    SAID_FIRM_RESTS,     /* begin the last row of a firm's name; case counts: "DE " */
    SAID_FIRM_ENDS,      /* behind a firm's name in its row; case counts: " RIF" */
    SAID_SUM_WORDS,      /* begin the name of a tax that is the sum of the others: "total " */
    SAID_LABEL_LINKS,    /* between a label in a sentence and its value: "es de " */
    SAID_IS_WORDS,       /* whole words, alone between a label at the end of a row and its value: "es" */
    SAID_OF_WORDS,       /* behind a word, which is then no label: "de " */
    SAID_ISSUER_IDS,     /* between a bank's name and its own tax number: "rif" */
    SAID_IMPRINTS,       /* in a row of the page's author: "derechos reservados" */
    SAID_MAIL_SENDERS,   /* begin the first row of an e-mail; case counts: "De:" */
    SAID_MAIL_SUBJECTS,  /* begin the row of its subject; case counts: "Asunto" */
    SAID_LISTS,
};
/* The member of "words" of a language, "signed_receipts", and how its texts are compared. */
struct said_kind {
    const char *name;
    enum said_form form;
};
extern const struct said_kind said_kinds[SAID_LISTS];

struct said {
    size_t count;
    const char *const *texts;  /* in the order of the file */
    const char *const *sorted; /* by their bytes but for case */
};

/* Whether a letter's case counts. */
enum said_case { SAID_ANY_CASE, SAID_OWN_CASE };

/* Makes the lists of all languages in `arena`, which owns them. False if memory is refused. */
bool said_build(struct arena *arena, const json_t *languages, struct said lists[SAID_LISTS]);

/* Whether the text has no letter and no digit: it would be found everywhere. */
bool said_is_empty(const char *text);
/* Whether a blank begins or ends the text: no whole word is like it. */
bool said_has_blank_end(const char *text);

/*
 * A file of languages replaces an earlier one. Lists of words that the newer file lacks stay as they were, also those
 * of languages that it lacks. False if memory is refused.
 */
bool said_keep(const json_t *older, json_t *newer);

/* Bytes of the longest of the list with which the text begins; 0 for none. */
size_t said_begin(const struct said *said, const char *text, size_t bytes, enum said_case with);
/* The same of texts that no letter follows. */
size_t said_begin_word(const struct said *said, const char *text, size_t bytes, enum said_case with);
/* Whether the text is one of the list. */
bool said_is(const struct said *said, const char *text, size_t bytes, enum said_case with);
/* Bytes of the longest of the list with which the text ends, in any case; 0 for none. */
size_t said_end(const struct said *said, const char *text, size_t bytes);
/* At how many bytes of the text a word of the list begins, in any case: no letter or digit before it, no letter behind
   it. */
size_t said_words_count(const struct said *said, const char *text, size_t bytes);

#endif
