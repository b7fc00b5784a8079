/* pull.h - the next task of `lince read`: an image, or a page of a file that has several. */
#ifndef LINCE_CLI_READ_PULL_H
#define LINCE_CLI_READ_PULL_H

#include "cli/read/list.h"
#include "cli/read/paper.h"
#include "cli/read/pictures.h"

struct run;

/* What a worker has in hand. */
struct task {
    struct list_item item;  /* its name; its bytes when they are no document's */
    struct picture picture; /* with --boxes: reserved for the task */
    struct paper *paper;    /* one use of it is the task's; NULL: an image */
    uint64_t index;         /* of the task in the run, from 0 */
    uint32_t page_index;
    bool starts_file, ends_file; /* of the pages that are wanted */
};

void task_init(struct task *task, struct run *run);
void task_free(struct task *task);

/* Ends what task_pull gave, before the next one. */
void task_finish(struct task *task);

/* One thread at a time. False when there is nothing more. */
bool task_pull(struct run *run, struct task *task);

/* "receipt.pdf", or "receipt.pdf, page 3": for messages. */
void task_title(const struct run *run, const struct task *task, struct buffer *title);

#endif
