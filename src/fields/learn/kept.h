/* kept.h - learned layouts in their folder: written, listed, undone. */
#ifndef LINCE_FIELDS_LEARN_KEPT_H
#define LINCE_FIELDS_LEARN_KEPT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

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

/* Whether the folder has a file of that name, a valid layout or not. `folder` may be NULL. */
bool learn_file_is_there(const char *folder, const char *name);

/*
 * A number that changes when a file of the folder is added, removed or written; 0 for a folder that is missing or has
 * no layouts.
 */
uint64_t learn_stamp(const char *folder);

#endif
