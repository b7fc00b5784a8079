/*
 * lines.h - regions → lines: each region is cut out, turned upright, recognised and put into words, several at a time.
 */
#ifndef LINCE_TEXT_LINES_H
#define LINCE_TEXT_LINES_H

#include "base/crew.h"
#include "base/progress.h"
#include "text/quad.h"

/* Who reads the lines of a page, and where they work. All borrowed. */
struct line_readers {
    struct crew *crew;
    struct heap *heap;            /* of all members */
    struct arena *const *scratch; /* one for each member */
    uint32_t columns_limit;       /* strips that are read at the same time are together no wider, or there is but one */
};

struct line_list {
    struct lince_line *items;
    size_t count;
    size_t wide_count, unread_count; /* regions with room for a word, and those in which hardly a character was read */
};

/*
 * Gives the lines, in the order of the regions, in `arena`, in pixels of `image`; what is no text is left out. They are
 * the same for any number of readers. `progress` is called by the calling thread only. MEMORY_LIMIT, CANCELLED, MODEL,
 * RUNTIME.
 */
enum lince_status lines_read(const struct line_models *models, const struct image *image,
                             const struct region_list *regions, enum lince_direction direction,
                             const struct progress *progress, const struct line_readers *readers, struct arena *arena,
                             struct line_list *lines, struct lince_error *error);

#endif
