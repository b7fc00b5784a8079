/*
 * list.h - what is to be read, one file at a time: operands, folders and standard input, never held whole.
 *
 * Operands come in the order given. A folder gives its images sorted by the bytes of their names, sub-folders
 * in their place among them when asked (symbolic links to folders are not followed, so that no walk is endless);
 * an image there is a file that begins like one or whose name ends like one. "-" stands for the names that come on
 * standard input, or for the image that comes there instead. With a `stream` there are no operands. Used by one thread
 * at a time.
 */
#ifndef LINCE_CLI_READ_LIST_H
#define LINCE_CLI_READ_LIST_H

#include <stdbool.h>
#include <sys/stat.h>

#include "cli/read/folder.h"
#include "cli/read/names.h"
#include "cli/read/stream.h"

struct list {
    struct meter *meter; /* borrowed, as all pointers here but `folder` */
    char **operands;
    int operand_count, next_operand;
    bool recursive;
    const struct stat *closed; /* a folder that is not entered, since the run itself writes there; NULL: none */
    bool reads_names;          /* `names` is in use */
    struct names names;
    struct stream *stream; /* what comes on standard input in place of operands; NULL: nothing does */
    struct folder *folder; /* owned: the innermost one that is open */
    bool is_cut_short;     /* it ended because there was no memory for a name */
};

/* One file to read. `name` and `bytes` belong to whoever called list_next, which reuses their memory. */
struct list_item {
    struct buffer name;  /* with a zero byte at its end */
    struct buffer bytes; /* the image itself, when it came on standard input */
    bool is_bytes;
    int descriptor;           /* owned: of a file without a name that holds the image; -1: none */
    char place[32];           /* where that file can be opened */
    struct lince_error error; /* not LINCE_OK: this is what there is to say of the name */
};

/* Borrows `operands`, at most one of which is "-". Allocates nothing yet; set `closed` and `stream` after it. */
void list_init(struct list *list, char **operands, int operand_count, bool recursive, bool only_zero_ends,
               struct meter *meter);
void list_close(struct list *list);

void list_item_init(struct list_item *item, struct meter *meter, enum lince_language language);
void list_item_free(struct list_item *item);

/* Gives back what the item holds of the image. */
void list_item_drop(struct list_item *item);

/* Where the item's file can be opened: its name, or the place of a file without one. */
const char *list_item_path(const struct list_item *item);

/* Fills `item` with the next file; false at the end or when the end was asked for. */
bool list_next(struct list *list, struct list_item *item);

/* Files still to come, as far as is known; `*is_all` false when there may be more or fewer. */
uint64_t list_remaining(const struct list *list, bool *is_all);

#endif
