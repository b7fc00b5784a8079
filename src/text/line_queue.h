/*
 * line_queue.h - hands out the lines of a page in order to the threads that read them. A limit on the total width of
 * lines being read bounds the memory.
 */
#ifndef LINCE_TEXT_LINE_QUEUE_H
#define LINCE_TEXT_LINE_QUEUE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "lince.h"

struct line_queue {
    pthread_mutex_t lock; /* guards the members below */
    pthread_cond_t changed;
    size_t count, next, done_count;
    uint32_t columns_limit, columns_in_work;
    enum lince_status status;  /* of the first line that failed; no lines are handed out after it */
    struct lince_error *error; /* the caller's; borrowed, may be NULL */
};

/* A queue of the lines 0..count - 1. Borrows `error`. */
void line_queue_init(struct line_queue *queue, size_t count, uint32_t columns_limit, struct lince_error *error);
void line_queue_destroy(struct line_queue *queue);

/*
 * Takes the next line, and its `columns` from the limit, waiting for them if necessary. `columns_of` gives the columns
 * of a line; one that needs more than the limit is read alone. False if no line is left or one has failed.
 */
bool line_queue_take(struct line_queue *queue, uint32_t (*columns_of)(const void *context, size_t line),
                     const void *context, size_t *line, uint32_t *columns);

/* Returns the columns. Returns how many lines are done, including this one. */
size_t line_queue_done(struct line_queue *queue, uint32_t columns);

/* Returns the columns, if any, and ends the queue. Only the first failure is kept, with its error. */
void line_queue_fail(struct line_queue *queue, uint32_t columns, const struct lince_error *error);

/* The language for a reader's error. */
enum lince_language line_queue_language(const struct line_queue *queue);

#endif
