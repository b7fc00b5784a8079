/* line_queue.c - a counter with a lock, and a limit on columns. */
#include "text/line_queue.h"

#include "base/error.h"

void line_queue_init(struct line_queue *queue, size_t count, uint32_t columns_limit, struct lince_error *error) {
    *queue = (struct line_queue){.count = count, .columns_limit = columns_limit, .error = error};
    pthread_mutex_init(&queue->lock, NULL);
    pthread_cond_init(&queue->changed, NULL);
}

void line_queue_destroy(struct line_queue *queue) {
    pthread_cond_destroy(&queue->changed);
    pthread_mutex_destroy(&queue->lock);
}

static bool is_over(const struct line_queue *queue) {
    return queue->next == queue->count || queue->status != LINCE_OK;
}

static bool must_wait(const struct line_queue *queue, uint32_t columns) {
    return queue->columns_in_work > 0 && (uint64_t)queue->columns_in_work + columns > queue->columns_limit;
}

bool line_queue_take(struct line_queue *queue, uint32_t (*columns_of)(const void *context, size_t line),
                     const void *context, size_t *line, uint32_t *columns) {
    pthread_mutex_lock(&queue->lock);
    while (!is_over(queue) && must_wait(queue, columns_of(context, queue->next))) {
        pthread_cond_wait(&queue->changed, &queue->lock);
    }
    bool found = !is_over(queue);
    if (found) {
        *line = queue->next++;
        *columns = columns_of(context, *line);
        queue->columns_in_work += *columns;
    }
    pthread_mutex_unlock(&queue->lock);
    return found;
}

/* With the lock held. */
static void give_back(struct line_queue *queue, uint32_t columns) {
    queue->columns_in_work -= columns;
    pthread_cond_broadcast(&queue->changed);
}

size_t line_queue_done(struct line_queue *queue, uint32_t columns) {
    pthread_mutex_lock(&queue->lock);
    size_t done_count = ++queue->done_count;
    give_back(queue, columns);
    pthread_mutex_unlock(&queue->lock);
    return done_count;
}

void line_queue_fail(struct line_queue *queue, uint32_t columns, const struct lince_error *error) {
    pthread_mutex_lock(&queue->lock);
    if (queue->status == LINCE_OK) {
        queue->status = error->status;
        error_set(queue->error, error->status, "%s", "%s", error->message);
    }
    give_back(queue, columns);
    pthread_mutex_unlock(&queue->lock);
}

enum lince_language line_queue_language(const struct line_queue *queue) {
    return queue->error == NULL ? LINCE_ENGLISH : queue->error->language;
}
