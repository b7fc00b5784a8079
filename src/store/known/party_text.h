/* party_text.h - names, ids, phones and accounts of known parties as they are compared. */
#ifndef LINCE_STORE_KNOWN_PARTY_TEXT_H
#define LINCE_STORE_KNOWN_PARTY_TEXT_H

#include <stdbool.h>

#include "store/states/states.h"

/* Longer values are neither learned nor compared. */
enum { PARTY_VALUE_BYTES = 256 };

/*
 * What a value is found by: a name folded, an id's digits, a phone's last digits. False for one that finds nobody: it
 * is too short or too long, masked ("***801"), or not of the form of its kind.
 */
bool party_sought(enum party_fact fact, const char *value, char sought[PARTY_VALUE_BYTES]);

/* a-z and 0-9 of a name, folded; false if it is too long. */
bool party_name_fold(const char *name, char folded[PARTY_VALUE_BYTES]);

/* Whether two values with the same search form are equal: "V12345678" and "E12345678" are not. */
bool party_marks_agree(enum party_fact fact, const char *value, const char *other);

/* How similar a name that was read is to a known one. */
enum party_likeness {
    PARTY_UNLIKE,
    PARTY_LETTER,  /* one letter is wrong, missing or too many */
    PARTY_SPELLED, /* accents or spaces differ */
    PARTY_PART,    /* fewer names, initials, or another order: no contradiction */
    PARTY_SAME,    /* but for capitals and punctuation */
};
enum party_likeness party_names_compare(const char *read, const char *known);

#endif
