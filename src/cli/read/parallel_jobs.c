/* parallel_jobs.c - a ring of results between the workers and the output. */
#include "cli/read/parallel_jobs.h"

#include <assert.h>
#include <pthread.h>

#include "base/error.h"
#include "base/meter.h"

struct slot {
    struct job_result result;
    bool is_ready;
};

struct jobs {
    const struct jobs_steps *steps;
    struct slot *slots;
    uint64_t slot_count;
    pthread_mutex_t pull_lock; /* guards taken_count and the pull itself; taken before order_lock */
    uint64_t taken_count;
    pthread_mutex_t order_lock; /* guards the members below, and the delivery itself */
    pthread_cond_t moved;       /* delivered_count grew, or working_count fell */
    uint64_t delivered_count;
    uint32_t working_count; /* threads that may still find work */
    size_t held_bytes;      /* in finished results that wait for an earlier one */
};

struct worker {
    struct jobs *jobs;
    void *state;
    pthread_t thread;
};

enum { LEAST_BYTES = 2048, KEPT_BYTES = 64 << 10 };

/* Always with room for an error, so that a task without memory can still report it. */
static bool result_open(struct job_result *result, struct meter *meter) {
    buffer_init(&result->output, meter);
    buffer_init(&result->complaint, meter);
    buffer_init(&result->fields, meter);
    buffer_init(&result->separator, meter);
    return buffer_room(&result->output, LEAST_BYTES) != NULL && buffer_room(&result->complaint, LEAST_BYTES) != NULL;
}

static size_t result_bytes(const struct job_result *result) {
    return result->output.used_bytes + result->fields.used_bytes;
}

static void result_close(struct job_result *result) {
    buffer_free(&result->output);
    buffer_free(&result->complaint);
    buffer_free(&result->fields);
    buffer_free(&result->separator);
}

/* A large result is freed: pages differ, and one dense page must not keep its memory in every slot. */
static void result_empty(struct job_result *result) {
    buffer_clear(&result->output);
    buffer_clear(&result->complaint);
    buffer_free(&result->fields);
    buffer_free(&result->separator);
    if (result->output.size_bytes > KEPT_BYTES) {
        buffer_free(&result->output);
        buffer_room(&result->output, LEAST_BYTES);
    }
    result->status = LINCE_OK;
    result->is_dropped = false;
    result->is_page = false;
}

/* When others wait, some worker always has the earliest result, so this wait ends. */
static void room_wait(struct jobs *jobs) {
    pthread_mutex_lock(&jobs->order_lock);
    while (jobs->taken_count - jobs->delivered_count >= jobs->slot_count || jobs->held_bytes > JOBS_HELD_BYTES) {
        pthread_cond_wait(&jobs->moved, &jobs->order_lock);
    }
    pthread_mutex_unlock(&jobs->order_lock);
}

static bool task_take(struct jobs *jobs, void *state, uint64_t *number) {
    pthread_mutex_lock(&jobs->pull_lock);
    room_wait(jobs);
    bool found = jobs->steps->pull(jobs->steps->context, state);
    *number = jobs->taken_count;
    jobs->taken_count += found;
    pthread_mutex_unlock(&jobs->pull_lock);
    return found;
}

/* The worker with the earliest result delivers it and all that waited for it. */
static void result_bring(struct jobs *jobs, struct slot *slot) {
    pthread_mutex_lock(&jobs->order_lock);
    slot->is_ready = true;
    jobs->held_bytes += result_bytes(&slot->result);
    for (;;) {
        struct slot *earliest = &jobs->slots[jobs->delivered_count % jobs->slot_count];
        if (!earliest->is_ready) {
            break;
        }
        jobs->steps->deliver(jobs->steps->context, &earliest->result);
        jobs->held_bytes -= result_bytes(&earliest->result);
        result_empty(&earliest->result);
        earliest->is_ready = false;
        jobs->delivered_count++;
        pthread_cond_broadcast(&jobs->moved);
    }
    pthread_mutex_unlock(&jobs->order_lock);
}

/*
 * No thread ends before all have no work left: the system ends a child with the thread that started it, and another
 * thread may still read pages of the file that the child decodes.
 */
static void others_await(struct jobs *jobs) {
    pthread_mutex_lock(&jobs->order_lock);
    jobs->working_count--;
    pthread_cond_broadcast(&jobs->moved);
    while (jobs->working_count > 0) {
        pthread_cond_wait(&jobs->moved, &jobs->order_lock);
    }
    pthread_mutex_unlock(&jobs->order_lock);
}

static void *worker_run(void *argument) {
    struct worker *worker = argument;
    struct jobs *jobs = worker->jobs;
    uint64_t number;
    while (task_take(jobs, worker->state, &number)) {
        struct slot *slot = &jobs->slots[number % jobs->slot_count];
        jobs->steps->work(jobs->steps->context, worker->state, &slot->result);
        result_bring(jobs, slot);
    }
    others_await(jobs);
    return NULL;
}

/* Runs with as many threads as the system provides; one is enough. */
static void workers_run(struct worker *workers, uint32_t worker_count) {
    struct jobs *jobs = workers[0].jobs;
    uint32_t started = 1;
    while (started < worker_count &&
           pthread_create(&workers[started].thread, NULL, worker_run, &workers[started]) == 0) {
        started++;
    }
    pthread_mutex_lock(&jobs->order_lock);
    jobs->working_count -= worker_count - started;
    pthread_mutex_unlock(&jobs->order_lock);
    worker_run(&workers[0]);
    for (uint32_t i = 1; i < started; i++) {
        pthread_join(workers[i].thread, NULL);
    }
}

enum lince_status jobs_run(const struct jobs_steps *steps, void *states, size_t state_bytes, uint32_t worker_count,
                           struct meter *meter, struct lince_error *error) {
    assert(worker_count >= 1 && worker_count <= JOBS_LIMIT);
    struct jobs jobs = {
        .steps = steps,
        .slot_count = (uint64_t)worker_count * JOBS_WINDOW,
        .working_count = worker_count,
        .pull_lock = PTHREAD_MUTEX_INITIALIZER,
        .order_lock = PTHREAD_MUTEX_INITIALIZER,
        .moved = PTHREAD_COND_INITIALIZER,
    };
    struct worker workers[JOBS_LIMIT];
    jobs.slots = meter_allocate_zero(meter, jobs.slot_count, sizeof *jobs.slots);
    bool is_open = jobs.slots != NULL;
    for (uint64_t i = 0; i < jobs.slot_count && is_open; i++) {
        is_open = result_open(&jobs.slots[i].result, meter);
    }
    for (uint32_t i = 0; i < worker_count; i++) {
        workers[i] = (struct worker){.jobs = &jobs, .state = (char *)states + i * state_bytes};
    }
    if (is_open) {
        workers_run(workers, worker_count);
    }
    for (uint64_t i = 0; i < jobs.slot_count && jobs.slots != NULL; i++) {
        assert(!jobs.slots[i].is_ready);
        result_close(&jobs.slots[i].result);
    }
    meter_free(jobs.slots);
    if (!is_open) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the results of %u jobs",
                         "no hay memoria para los resultados de %u trabajos", worker_count);
    }
    return LINCE_OK;
}
