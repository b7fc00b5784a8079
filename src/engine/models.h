/* models.h - where the prepared models lie. */
#ifndef LINCE_ENGINE_MODELS_H
#define LINCE_ENGINE_MODELS_H

#include <limits.h>
#include <stdbool.h>

#include "lince.h"

/*
 * Writes the models' folder to `path`: `given` if not NULL, else $LINCE_MODELS, else ../share/lince/models beside the
 * folder of the file that holds this code. MODEL when there is no such folder.
 */
enum lince_status models_find(const char *given, char path[PATH_MAX], struct lince_error *error);

/*
 * True when the optimised models in the folder (NAME.ort) were prepared for a processor like this one, as its file
 * processor.txt says; otherwise only the portable ones (NAME.onnx) may be run.
 */
bool models_are_for_this_processor(const char *folder);

#endif
