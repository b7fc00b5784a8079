/* roots.c - paths are halved as they are walked, and the earlier root stays. */
#include "text/detect/roots.h"

uint32_t root_of(uint32_t *parents, uint32_t run) {
    while (parents[run] != run) {
        parents[run] = parents[parents[run]];
        run = parents[run];
    }
    return run;
}

bool roots_join(uint32_t *parents, uint32_t *a, uint32_t *b) {
    uint32_t one = root_of(parents, *a), other = root_of(parents, *b);
    *a = one < other ? one : other;
    *b = one < other ? other : one;
    parents[*b] = *a;
    return *a != *b;
}
