/* components.c - joins runs with those that they touch in the row above, and gathers them by their root. */
#include "text/detect/components.h"

#include "base/arena.h"
#include "text/detect/roots.h"

static size_t runs_count(const struct probability_map *map, uint8_t threshold) {
    size_t count = 0;
    for (uint32_t y = 0; y < map->height; y++) {
        const uint8_t *row = map->values + (size_t)y * map->width;
        bool inside = false;
        for (uint32_t x = 0; x < map->width; x++) {
            bool is_text = row[x] >= threshold;
            count += is_text && !inside;
            inside = is_text;
        }
    }
    return count;
}

static void runs_fill(const struct probability_map *map, uint8_t threshold, struct run *runs) {
    for (uint32_t y = 0; y < map->height; y++) {
        const uint8_t *row = map->values + (size_t)y * map->width;
        for (uint32_t x = 0; x < map->width; x++) {
            if (row[x] < threshold) {
                continue;
            }
            uint32_t start = x;
            while (x < map->width && row[x] >= threshold) {
                x++;
            }
            *runs++ = (struct run){y, start, x, RUN_END};
        }
    }
}

/* Joins each run with those of the row above that it touches. Two pointers walk both rows. */
static void runs_join(const struct run *runs, size_t count, uint32_t *parents) {
    uint32_t above = 0;
    for (uint32_t i = 0; i < count; i++) {
        while (above < i &&
               (runs[above].y + 1 < runs[i].y || (runs[above].y + 1 == runs[i].y && runs[above].x1 < runs[i].x0))) {
            above++;
        }
        for (uint32_t k = above; k < i && runs[k].y + 1 == runs[i].y && runs[k].x0 <= runs[i].x1; k++) {
            uint32_t kept = i, joined = k;
            roots_join(parents, &kept, &joined);
        }
    }
}

static void component_add_run(struct component *component, const struct run *run) {
    component->x0 = run->x0 < component->x0 ? run->x0 : component->x0;
    component->x1 = run->x1 > component->x1 ? run->x1 : component->x1;
    component->y1 = run->y + 1;
    component->pixel_count += run->x1 - run->x0;
}

/* Makes a component of every root. `last_runs` is scratch memory for the newest run of each component. */
static void components_gather(struct component_list *list, size_t run_count, uint32_t *parents, uint32_t *labels,
                              uint32_t *last_runs) {
    for (uint32_t i = 0; i < run_count; i++) {
        const struct run *run = &list->runs[i];
        uint32_t root = root_of(parents, i);
        if (root == i) {
            labels[i] = (uint32_t)list->count;
            list->items[list->count++] = (struct component){i, run->x0, run->y, run->x1, run->y + 1, 0};
        } else {
            list->runs[last_runs[labels[root]]].next = i;
        }
        last_runs[labels[root]] = i;
        component_add_run(&list->items[labels[root]], run);
    }
}

bool components_find(const struct probability_map *map, uint8_t threshold, struct arena *arena,
                     struct component_list *list) {
    *list = (struct component_list){0};
    size_t run_count = runs_count(map, threshold);
    uint32_t *parents = arena_allocate(arena, run_count * sizeof *parents);
    uint32_t *labels = arena_allocate(arena, run_count * sizeof *labels);
    uint32_t *last_runs = arena_allocate(arena, run_count * sizeof *last_runs);
    list->runs = arena_allocate(arena, run_count * sizeof *list->runs);
    list->items = arena_allocate(arena, run_count * sizeof *list->items);
    if (parents == NULL || labels == NULL || last_runs == NULL || list->runs == NULL || list->items == NULL) {
        return false;
    }
    runs_fill(map, threshold, list->runs);
    for (uint32_t i = 0; i < run_count; i++) {
        parents[i] = i;
    }
    runs_join(list->runs, run_count, parents);
    components_gather(list, run_count, parents, labels, last_runs);
    return true;
}
