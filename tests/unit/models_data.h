/* models_data.h - the prepared models for tests: their paths, and damaged copies of them. */
#ifndef LINCE_TESTS_MODELS_DATA_H
#define LINCE_TESTS_MODELS_DATA_H

#include <stddef.h>

/* The path of a file among the prepared models, which LINCE_MODELS names. Static: good until the next call. */
const char *model_path(const char *name);

/* Makes a folder that is gone after model_folder_remove, with links to all models. Static. */
const char *model_folder_make(void);
void model_folder_remove(void);

/* Replaces a file of that folder by `bytes` of text, or by the first bytes of the model itself when `text` is NULL. */
void model_folder_damage(const char *name, const char *text, size_t bytes);

#endif
