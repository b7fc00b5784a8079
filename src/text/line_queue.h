/*
 * line_queue.h - hands the lines of a page out, in their order, to whoever reads one next, while those that are being
 * read are together no wider than a limit, which bounds the memory.
 */
#ifndef LINCE_TEXT_LINE_QUEUE_H
#define LINCE_TEXT_LINE_QUEUE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "lince.h"

struct line_queue {
    pthread_mutex_t lock; /* guards what follows */
    pthread_cond_t changed;
    size_t count, next, done_count;
    uint32_t columns_limit, columns_in_work;
    enum lince_status status;  /* of the first line that failed; nothing is handed out after it */
    struct lince_error *error; /* the caller's; borrowed, may be NULL */
};

/* A queue of the lines 0..count - 1. Borrows `error`. */
void line_queue_init(struct line_queue *queue, size_t count, uint32_t columns_limit, struct lince_error *error);
void line_queue_destroy(struct line_queue *queue);

/*
 * Takes the next line, and `columns` from the limit, for which it may wait: `columns_of` says how many each line needs;
 * one that needs more than the limit is read alone. False when no line is left or one has failed.
 */
bool line_queue_take(struct line_queue *queue, uint32_t (*columns_of)(const void *context, size_t line),
                     const void *context, size_t *line, uint32_t *columns);

/* Gives the columns back. Returns how many lines are done, this one among them. */
size_t line_queue_done(struct line_queue *queue, uint32_t columns);

/* Gives the columns back, if any, and ends the queue. Only the first failure is kept, with its error. */
void line_queue_fail(struct line_queue *queue, uint32_t columns, const struct lince_error *error);

/* The language in which a reader's error is to be written. */
enum lince_language line_queue_language(const struct line_queue *queue);

#endif
