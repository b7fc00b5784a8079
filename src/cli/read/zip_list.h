/*
 * zip_list.h - the images in a ZIP archive, as items of the list of files: each in its place, named after the archive.
 *
 * Archives in archives are entered too. What cannot be read is an item with the reason, so that nothing is left out
 * unsaid. An image is unpacked when its turn comes, into an unnamed file.
 */
#ifndef LINCE_CLI_READ_ZIP_LIST_H
#define LINCE_CLI_READ_ZIP_LIST_H

#include <stdbool.h>

#include "lince.h"

struct list_item;
struct meter;
struct zip_level;

/* The open archives, the innermost first; NULL: none. */
struct zip_list {
    struct meter *meter; /* borrowed */
    struct zip_level *level;
    bool is_locked_down; /* archives are taken apart by children */
};

/*
 * If the item is a ZIP archive of files, opens it and takes from the item what holds it; true: the next items are in
 * it. An archive that is damaged or too large is the item, with its error.
 */
bool zip_list_enter(struct zip_list *list, struct list_item *item);

/* The next item of the innermost archive. False at its end, which leaves it, or when it entered another one. */
bool zip_list_next(struct zip_list *list, struct list_item *item);

void zip_list_close(struct zip_list *list);

#endif
