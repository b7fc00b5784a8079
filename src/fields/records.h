/* records.h - layouts whose memory, and that of their records, counts on a meter of the program's own. */
#ifndef LINCE_FIELDS_RECORDS_H
#define LINCE_FIELDS_RECORDS_H

#include "lince.h"

struct meter;

/* As lince_layouts_open, below `parent` (NULL: on a root). Whoever shares the tree with others holds its lock. */
enum lince_status layouts_open_under(struct meter *parent, const struct lince_layouts_options *options,
                                     struct lince_layouts **layouts, struct lince_error *error);

#endif
