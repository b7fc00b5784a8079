/* choose.c - chooses the layout of a page: a specific one by its anchors, otherwise the generic one that fits best. */
#include <float.h>
#include <string.h>

#include "fields/record.h"
#include "fields/search.h"

/*
 * A generic layout below its threshold loses this much and what it lacks, so that those above theirs come first;
 * smaller leads are ties.
 */
static const double UNSURE_LOSS = 1.5, BETTER = 1e-6;

static bool is_named(const struct layout *layout, const char *const *names, size_t name_count) {
    for (size_t i = 0; i < name_count; i++) {
        if (strcmp(names[i], layout->name) == 0) {
            return true;
        }
    }
    return name_count == 0;
}

bool layout_choose(struct arena *arena, const struct layout_set *set, struct layout_names of, const struct sheet *sheet,
                   enum page_group group, const struct layout **chosen, bool *matched) {
    const struct layout *specific = NULL, *generic = NULL;
    double specific_weight = 0, generic_weight = -DBL_MAX;
    bool ruled = group == GROUP_PAYMENT || group == GROUP_SALE; /* generic layouts are for these alone */
    double aspect = sheet->height_px > 0 ? sheet->width_px / sheet->height_px : 1;
    for (size_t i = 0; i < set->count; i++) {
        const struct layout *layout = &set->layouts[i];
        if (!is_named(layout, of.names, of.name_count) || (of.generic_only && !layout->generic)) {
            continue;
        }
        double weight;
        if (!label_anchors_weigh(arena, sheet, layout, &weight)) {
            return false;
        }
        bool fits = aspect >= layout->aspect_least && aspect <= layout->aspect_most;
        double share = layout->threshold > 0 ? weight / layout->threshold : weight + 1;
        if (!layout->generic && fits && share >= 1 && share > specific_weight) {
            specific_weight = share;
            specific = layout;
        }
        bool other = ruled && layout->group != GROUP_NONE && layout->group != group;
        bool stands_in = (layout->generic && !other) || of.name_count > 0;
        double lack = layout->threshold - weight;
        double standing = weight - (lack > 0 ? UNSURE_LOSS + lack : 0); /* a confident one comes first */
        if (stands_in && standing > generic_weight + BETTER) {
            generic_weight = standing;
            generic = layout;
        }
    }
    *matched = specific != NULL || of.name_count == 1;
    *chosen = specific != NULL ? specific : generic;
    return true;
}
