/* opening.h - what a set of layouts is made from, while it is being opened: sources, and the files that give them. */
#ifndef LINCE_FIELDS_LAYOUTS_OPENING_H
#define LINCE_FIELDS_LAYOUTS_OPENING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "fields/layouts/layout.h"
#include "fields/layouts/layout_build.h"

struct dirent;

enum { LAYOUTS_MOST = 256 };

struct opening {
    struct meter *meter;
    struct arena scratch;
    struct layout_set *set;
    struct layout_source sources[LAYOUTS_MOST];
    size_t count;
    struct country_source countries[COUNTRIES_MOST];
    size_t country_count;
    struct country_source kinds; /* the file of kinds */
    struct country_source doubt; /* the file of weights */
    bool is_learned;             /* the layouts that are added now are learned ones */
    struct lince_error *error;
};

enum file_type { FILE_LAYOUT, FILE_COUNTRY, FILE_KINDS, FILE_DOUBT };

/* Adds a text, which stays borrowed. It replaces what an earlier source of its name or code gave. */
enum lince_status opening_text_add(struct opening *opening, const char *source, const char *text, size_t bytes,
                                   enum file_type type);
/* The same with a file, and with every layout's file of a folder. */
enum lince_status opening_file_add(struct opening *opening, const char *path, enum file_type type);
enum lince_status opening_folder_add(struct opening *opening, const char *folder, enum file_type type);

/* A filter for scandir: names of layouts' files. */
int opening_is_layout_file(const struct dirent *entry);

/* The tree of a source over those of its parents, as a new tree. */
enum lince_status opening_merge(struct opening *opening, const struct layout_source *source, json_t **merged);

/* Takes a source out. The one that it replaced, if any, is back in its place. */
void opening_drop(struct opening *opening, size_t index);

/* Notes in the set that a file is not used, and why. LINCE_ERROR_MEMORY_LIMIT. */
enum lince_status opening_pass_over(struct opening *opening, const char *file, const char *reason);

/* Sets LINCE_ERROR_MEMORY_LIMIT. */
enum lince_status opening_no_memory(struct lince_error *error);

/* Frees the trees and texts. */
void opening_end(struct opening *opening);

#endif
