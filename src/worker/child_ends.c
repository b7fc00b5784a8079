/* child_ends.c - keeps how the last pages of a file ended, and counts those that cost their child in a row. */
#include "worker/child_ends.h"

#include <stdbool.h>
#include <string.h>

#include "base/error.h"

void child_ends_note(struct child_ends *ends, uint32_t page_index, enum child_end end) {
    size_t at = 0;
    while (at < ends->count && ends->pages[at].page_index != page_index) {
        at++;
    }
    at = at == CHILD_ENDS_KEPT ? 0 : at; /* the oldest one makes room */
    if (at < ends->count) {
        ends->count--;
        memmove(&ends->pages[at], &ends->pages[at + 1], (ends->count - at) * sizeof *ends->pages);
    }
    ends->pages[ends->count].page_index = page_index;
    ends->pages[ends->count++].end = end;
}

/* How many of the last pages cost their child; `only_lost`: how many of these did so without a kill among them. */
static size_t ends_count(const struct child_ends *ends, bool only_lost) {
    size_t found = 0;
    for (size_t at = ends->count; at > 0; at--) {
        enum child_end end = ends->pages[at - 1].end;
        if (end == CHILD_LIVES || (only_lost && end != CHILD_LOST)) {
            break;
        }
        found++;
    }
    return found;
}

enum lince_status child_ends_judge(const struct child_ends *ends, struct lince_error *error) {
    if (ends_count(ends, true) >= CHILD_ENDS_LOST_MOST) {
        return error_set(error, LINCE_ERROR_DAMAGED,
                         "the locked-down decoder ended over %d pages of this file in a row, so this page is not "
                         "tried; the file is damaged, or made to attack decoders",
                         "el decodificador aislado terminó con %d páginas seguidas de este archivo, y esta no se "
                         "intenta; el archivo está dañado o hecho para atacar decodificadores",
                         (int)CHILD_ENDS_LOST_MOST);
    }
    if (ends_count(ends, false) >= CHILD_ENDS_MOST) {
        return error_set(error, LINCE_ERROR_RUNTIME,
                         "the locked-down decoder ended or was killed at %d pages of this file in a row, so this page "
                         "is not tried; see why at those pages, then read the file again",
                         "el decodificador aislado terminó o fue terminado en %d páginas seguidas de este archivo, y "
                         "esta no se intenta; vea en ellas por qué, y lea el archivo otra vez",
                         (int)CHILD_ENDS_MOST);
    }
    return LINCE_OK;
}
