/* child_ends.h - how the last requests about the pages of a file ended: a file that costs child after child is given
 * up. */
#ifndef LINCE_WORKER_CHILD_ENDS_H
#define LINCE_WORKER_CHILD_ENDS_H

#include <stddef.h>
#include <stdint.h>

#include "lince.h"

enum {
    CHILD_ENDS_KEPT = 64, /* more than there are jobs, which take turns */
    CHILD_ENDS_LOST_MOST = 3,
    CHILD_ENDS_MOST = 8,
};

enum child_end {
    CHILD_LIVES,
    CHILD_LOST,   /* over the page */
    CHILD_KILLED, /* from outside or for want of memory */
};

/* Zero at first. Of each page only its last request is kept. */
struct child_ends {
    struct {
        uint32_t page_index;
        enum child_end end;
    } pages[CHILD_ENDS_KEPT]; /* the oldest first */
    size_t count;
};

void child_ends_note(struct child_ends *ends, uint32_t page_index, enum child_end end);

/*
 * LINCE_OK, or why no further child is started. DAMAGED: the last CHILD_ENDS_LOST_MOST pages cost their child. RUNTIME:
 * CHILD_ENDS_MOST of them did, some by a kill.
 */
enum lince_status child_ends_judge(const struct child_ends *ends, struct lince_error *error);

#endif
