/* models.h - where the prepared models are. */
#ifndef LINCE_ENGINE_MODELS_H
#define LINCE_ENGINE_MODELS_H

#include <limits.h>
#include <stdbool.h>

#include "lince.h"

/* The longest path of a model file. */
enum { MODEL_PATH_BYTES = PATH_MAX + 32 };

/*
 * Writes the models' folder to `path`: `given` if not NULL, else $LINCE_MODELS, else ../share/lince/models relative to
 * the folder of the file with this code. MODEL if there is no such folder.
 */
enum lince_status models_find(const char *given, char path[PATH_MAX], struct lince_error *error);

/*
 * Whether to use the integer detector and recogniser: as `wanted` says; with AUTO, if the folder has them and they are
 * faster on this processor.
 */
bool models_are_fast(const char *folder, enum lince_model wanted);

/* Writes the file of model `name` to `path`: integer or float, in the form that this machine loads. */
void models_path(const char *folder, const char *name, bool is_fast, char path[MODEL_PATH_BYTES]);

/* What the models will take, by the sizes of their files, whether mapped or copied. */
uint64_t models_expected_bytes(const char *folder, bool are_fast);

#endif
