/* learned.h - the folder of learned layouts while a set is opened: a file that is not valid there stops nothing. */
#ifndef LINCE_FIELDS_LAYOUTS_LEARNED_H
#define LINCE_FIELDS_LAYOUTS_LEARNED_H

#include "lince.h"

struct opening;

/* Adds the files of the folder, which may be missing. Those that cannot be used are passed over. */
enum lince_status learned_add(struct opening *opening, const char *folder);

/*
 * Tries each learned layout once all sources are added, and passes over those from which none can be built, or under
 * which another layout cannot be built. Needs the set's countries.
 */
enum lince_status learned_sift(struct opening *opening);

#endif
