/* models.h - where the prepared models lie. */
#ifndef LINCE_ENGINE_MODELS_H
#define LINCE_ENGINE_MODELS_H

#include <limits.h>
#include <stdbool.h>

#include "lince.h"

/* The longest path of a file of the models. */
enum { MODEL_PATH_BYTES = PATH_MAX + 32 };

/*
 * Writes the models' folder to `path`: `given` if not NULL, else $LINCE_MODELS, else ../share/lince/models beside the
 * folder of the file that holds this code. MODEL when there is no such folder.
 */
enum lince_status models_find(const char *given, char path[PATH_MAX], struct lince_error *error);

/*
 * Whether the detector and the recogniser are to be those in integers: as `wanted` says, and where it leaves that open,
 * when the folder has them and the processor's instructions make them the faster ones.
 */
bool models_are_fast(const char *folder, enum lince_model wanted);

/* Writes the file of model `name` to `path`: as the models are fast or not, and of two forms that this machine loads.
 */
void models_path(const char *folder, const char *name, bool is_fast, char path[MODEL_PATH_BYTES]);

/* What the models will take, from the sizes of their files: mapped as they are, or read and copied. */
uint64_t models_expected_bytes(const char *folder, bool are_fast);

/*
 * True when the optimised models in the folder (NAME.ort) were prepared for a processor like this one, as its file
 * processor.txt says; otherwise only the portable ones (NAME.onnx) may be run.
 */
bool models_are_for_this_processor(const char *folder);

#endif
