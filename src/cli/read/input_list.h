/*
 * input_list.h - the files to read, one at a time: operands, folders and standard input, never the whole list in
 * memory.
 *
 * Operands come in the order given. A folder gives its images sorted by the bytes of their names, with sub-folders in
 * their place among them if requested. Symbolic links to folders are not followed, so that no walk is endless. In a
 * folder, an image is a file that begins like one or whose name ends like one. "-" means the names on standard input,
 * or the image on standard input. With a `stream` there are no operands. A ZIP archive gives the images in it. For one
 * thread at a time.
 */
#ifndef LINCE_CLI_READ_INPUT_LIST_H
#define LINCE_CLI_READ_INPUT_LIST_H

#include <stdbool.h>
#include <sys/stat.h>

#include "cli/read/archives/list_item.h"
#include "cli/read/folder.h"
#include "cli/read/names.h"
#include "cli/read/stream.h"
#include "cli/read/zip_list.h"

struct list {
    struct meter *meter; /* borrowed, like all pointers here except `folder` */
    char **operands;
    int operand_count, next_operand;
    bool recursive;
    const struct stat *closed; /* a folder that is not entered, because the run writes there; NULL: none */
    bool reads_names;          /* `names` is in use */
    struct names names;
    struct stream *stream; /* standard input instead of operands; NULL: operands */
    struct folder *folder; /* owned: the innermost open one */
    struct zip_list zips;  /* open archives, whose files come before all others */
    bool is_cut_short;     /* it ended because a name did not fit in memory */
};

/* Borrows `operands`, of which at most one is "-". Allocates nothing yet. Set `closed` and `stream` afterwards. */
void list_init(struct list *list, char **operands, int operand_count, bool recursive, bool only_zero_ends,
               struct meter *meter);
void list_close(struct list *list);

/* Fills `item` with the next file; false at the end, or when an end was requested. */
bool list_next(struct list *list, struct list_item *item);

/* Known number of files still to come. `*is_all` is false if there may be more or fewer. */
uint64_t list_remaining(const struct list *list, bool *is_all);

#endif
