/* strip_direction.h - strip → is it upside down? By the text direction classifier. */
#ifndef LINCE_TEXT_STRIP_DIRECTION_H
#define LINCE_TEXT_STRIP_DIRECTION_H

#include <stdbool.h>

#include "text/strip.h"

struct session;

/* Sets `reversed` if the classifier is sure that the strip is upside down. MEMORY_LIMIT, MODEL, RUNTIME. */
enum lince_status strip_is_reversed(struct session *direction, const struct strip *strip, struct heap *heap,
                                    bool *reversed, struct lince_error *error);

#endif
