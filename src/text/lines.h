/*
 * lines.h - regions → lines: cuts out each region, turns it upright, recognises it and splits it into words, several at
 * a time.
 */
#ifndef LINCE_TEXT_LINES_H
#define LINCE_TEXT_LINES_H

#include "base/crew.h"
#include "base/progress.h"
#include "text/detect/stacks.h"
#include "text/quad.h"
#include "text/word_letters.h"

/* The threads that read the lines of a page, and their memory. All borrowed. */
struct line_readers {
    struct crew *crew;
    struct heap *heap;            /* of all members */
    struct arena *const *scratch; /* one for each member */
    uint32_t columns_limit;       /* the total width of strips read at once, unless there is only one */
    struct letter_book *letters;  /* gets the letters of all words; NULL: they are not kept */
};

struct line_list {
    struct lince_line *items;
    size_t count;
    size_t wide_count;   /* regions with room for a word */
    size_t unread_count; /* those of them that are hardly read, or a part of them */
    size_t part_count;   /* those of which a part is hardly read, and the rest is */
};

/*
 * Gives the lines, in the order of the regions, in `arena`, in pixels of `image`. Regions without text are left out,
 * and so are those whose letters are a word of `stacks`, but for one that has the word.
 * The result is the same for any number of readers. Only the calling thread calls `progress`. MEMORY_LIMIT, CANCELLED,
 * MODEL, RUNTIME.
 */
enum lince_status lines_read(const struct line_models *models, const struct image *image,
                             const struct region_list *regions, const struct stack_list *stacks,
                             enum lince_direction direction, const struct progress *progress,
                             const struct line_readers *readers, struct arena *arena, struct line_list *lines,
                             struct lince_error *error);

#endif
