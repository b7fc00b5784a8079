/* pull.h - the next task of `lince read`: an image, or a page of a file with several. */
#ifndef LINCE_CLI_READ_PULL_H
#define LINCE_CLI_READ_PULL_H

#include "cli/read/input_list.h"
#include "cli/read/pictures.h"
#include "cli/read/shared_paper.h"

struct run;

/* What a worker is working on. */
struct task {
    struct list_item item;  /* its name; its bytes unless they belong to a document */
    struct picture picture; /* with --boxes: reserved for the task */
    struct paper *paper;    /* the task owns one use of it; NULL: an image */
    uint64_t index;         /* of the task in the run, from 0 */
    uint32_t page_index;
    bool starts_file, ends_file; /* among the wanted pages */
    bool has_earlier;            /* with --resume: the first of this run, after pages of an earlier one */
};

void task_init(struct task *task, struct run *run);
void task_free(struct task *task);

/* Ends what task_pull gave, before the next call. */
void task_finish(struct task *task);

/* One thread at a time. False when there are no more tasks. */
bool task_pull(struct run *run, struct task *task);

/* "receipt.pdf", or "receipt.pdf, page 3": for messages. */
void task_title(const struct run *run, const struct task *task, struct buffer *title);

#endif
