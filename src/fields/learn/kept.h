/* kept.h - learned layouts in their folder: written, listed, undone. */
#ifndef LINCE_FIELDS_LEARN_KEPT_H
#define LINCE_FIELDS_LEARN_KEPT_H

#include <jansson.h>

#include "lince.h"

/*
 * Writes the layout of a proposal to FOLDER/NAME.json, whole or not at all. An earlier file of that name goes to
 * FOLDER/before/NAME.json, for learn_undo. Makes the folder if it is missing. LINCE_ERROR_WRITE; LINCE_ERROR_ARGUMENT
 * if the layout of that name was not learned.
 */
enum lince_status learn_keep(const char *folder, const json_t *layout, struct lince_error *error);

/* Restores what learn_keep replaced, or removes the layout. LINCE_ERROR_NOT_FOUND for one that was not learned. */
enum lince_status learn_undo(const char *folder, const char *name, struct lince_error *error);

/* The file of a learned layout (json_decref); NULL if there is none with that name. */
json_t *learn_kept(const char *folder, const char *name);

#endif
