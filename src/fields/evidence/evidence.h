/*
 * evidence.h - what a page shows of each country: words, banks, currency signs, phones, ids, rates of tax, postal
 * codes.
 *
 * Each function looks at one line of the sheet and adds to the tallies. For one thread at a time.
 */
#ifndef LINCE_FIELDS_EVIDENCE_EVIDENCE_H
#define LINCE_FIELDS_EVIDENCE_EVIDENCE_H

#include "fields/countries/country.h"
#include "fields/sheet.h"

enum { EVIDENCE_WORDS_MOST = 4096, EVIDENCE_NOTES_MOST = 64 };
/* The weight of a sign that means one currency; of one that many countries share. */
#define EVIDENCE_SIGN_WEIGHT 1.2
#define EVIDENCE_SHARED_SIGN_WEIGHT 0.2
/* Banks and ids of one page weigh at most so much. */
#define EVIDENCE_MOST_OF_A_KIND 2.4

struct tally {
    double words, banks, signs, phones, ids, rates, postal;
    double usual;  /* the sum of the fitted weights, see fields/countries/usual.h */
    bool decimals; /* an amount with its sign has a decimal point, and so have amounts of the country */
};

struct evidence {
    const struct country_set *set;
    const struct sheet *sheet;
    const struct extent *written; /* what the payer wrote is no evidence */
    size_t written_count;
    struct tally tallies[COUNTRIES_MOST];
    unsigned char seen[EVIDENCE_WORDS_MOST / 8];    /* a bit for each word of the set that counted */
    unsigned char usual_seen[USUAL_WORDS_MOST / 8]; /* the same for each usual word */
    size_t usual_count;                             /* so many of them are on the page, each counted once */
    struct {
        size_t country;
        char text[EVIDENCE_BYTES];
    } notes[EVIDENCE_NOTES_MOST];
    size_t note_count;
};

/* Keeps "KIND:TEXT" for the verdict; the first EVIDENCE_NOTES_MOST are kept. */
void evidence_note(struct evidence *evidence, size_t country, const char *kind, const char *text, size_t bytes);

/* Whether a byte of a line is of what the payer wrote. */
bool evidence_is_written(const struct evidence *evidence, size_t line_index, size_t at);
/* Usual words of all countries. */
void usual_evidence_look(struct evidence *evidence, size_t line_index);
/* What the usual words say for a country: the logarithm of odds. */
double usual_evidence_weight(const struct evidence *evidence, size_t country_index);
/* Notes those that say most for it. */
void usual_evidence_note(struct evidence *evidence, size_t country_index);
/* Words and banks of all countries. */
void word_evidence_look(struct evidence *evidence, size_t line_index);
/* Currency signs beside numbers. */
void sign_evidence_look(struct evidence *evidence, size_t line_index);
/* When all lines were looked at: borrowed dollars show no country beside a country's own money. */
void sign_evidence_settle(struct evidence *evidence);
/* Rates of one country's tax. */
void rate_evidence_look(struct evidence *evidence, size_t line_index, size_t country_index);
/* When all lines were looked at: a rate says nothing for a country whose sign is missing on a page that shows signs. */
void rate_evidence_settle(struct evidence *evidence);
/* Ids of persons and firms, of one country. */
void id_evidence_look(struct evidence *evidence, size_t line_index, size_t country_index);
/* Phones and postal codes of one country. */
void contact_evidence_phones(struct evidence *evidence, size_t line_index, size_t country_index);
void contact_evidence_postal(struct evidence *evidence, size_t line_index, size_t country_index);

#endif
