/*
 * lines.h - regions → lines: each region is cut out, turned upright, recognised and put into words.
 */
#ifndef LINCE_TEXT_LINES_H
#define LINCE_TEXT_LINES_H

#include "base/progress.h"
#include "text/alphabet.h"
#include "text/detect.h"

struct line_models {
    struct session *recogniser;
    struct session *direction;
    const struct alphabet *alphabet;
};

struct line_list {
    struct lince_line *items;
    size_t count;
};

/*
 * Gives the lines, in the order of the regions, in `arena`, in pixels of `image`; what is no text is left out.
 * Activations come from `heap`, working memory from `scratch`. MEMORY_LIMIT, CANCELLED, MODEL, RUNTIME.
 */
enum lince_status lines_read(const struct line_models *models, const struct image *image,
                             const struct region_list *regions, enum lince_direction direction,
                             const struct progress *progress, struct heap *heap, struct arena *scratch,
                             struct arena *arena, struct line_list *lines, struct lince_error *error);

#endif
