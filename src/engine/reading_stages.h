/* reading_stages.h - the stages of a reading: decode, codes, detect, recognise, order. */
#ifndef LINCE_ENGINE_READING_STAGES_H
#define LINCE_ENGINE_READING_STAGES_H

#include "engine/reading_work.h"

/* The stages in the order of the data, each with its time and memory. The page is open, and the price is paid. */
enum lince_status reading_stages_run(struct reading_work *work, struct lince_error *error);

/* Puts the page's lines, which are in source pixels, in order, together with those of its layer. */
enum lince_status reading_compose(struct reading_work *work, struct lince_error *error);

/* The status after adding warnings to the page, and the language of both. */
enum lince_status reading_warned(bool done, struct lince_error *error);
enum lince_language reading_language(const struct lince_error *error);

#endif
