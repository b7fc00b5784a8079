/* learn_text.h - proposals for people: printed, and accepted by name or because nothing gets worse. */
#ifndef LINCE_FIELDS_LEARN_LEARN_TEXT_H
#define LINCE_FIELDS_LEARN_LEARN_TEXT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "lince.h"

struct learn_choice {
    const char *names; /* with commas; NULL: none */
    bool all_safe;
};

/*
 * Keeps the chosen proposals in the folder and marks them "accepted": true. LINCE_ERROR_NOT_FOUND for a name that is
 * not among the proposals; then nothing is kept.
 */
enum lince_status learn_accept(const char *folder, json_t *proposals, const struct learn_choice *choice,
                               struct lince_error *error);

/* A paragraph for each proposal; or all of them as JSON. */
void learn_print(const json_t *proposals, bool as_json, enum lince_language language, FILE *stream);

#endif
