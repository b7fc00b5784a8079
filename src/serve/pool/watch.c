/* watch.c - asks the kernel for the memory of front and workers together, and acts on it. */
#include "serve/pool/watch.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/system.h"
#include "monitor/history.h"
#include "serve/pool/dispatcher.h"

enum {
    LOOK_MS = 250,
    SELDOM_MS = 2000,  /* between full checks while usage is far from the limit */
    SHED_MS = 2000,    /* from ending one worker to ending the next */
    REPORT_MS = 10000, /* between two events of one kind */
    PROCESSES_LIMIT = 128,
    STACK_BYTES = 128 << 10
};

/* Of the limit, in percent: worth a full check, high, back to normal. */
enum { NEAR_PERCENT = 75, HIGH_PERCENT = 90, NORMAL_PERCENT = 80 };

enum memory_level { LEVEL_NORMAL, LEVEL_HIGH, LEVEL_OVER, LEVEL_COUNT };
static const char *const event_types[LEVEL_COUNT] = {"memory.normal", "memory.high", "memory.over"};

struct watch {
    struct service *service;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool is_stopping;
    struct history history;   /* of the front */
    struct timeline timeline; /* of the whole service */
    _Atomic uint64_t total_bytes, peak_bytes;
    /* Used by the thread only. */
    enum memory_level state;
    int64_t looked_ms, shed_ms, reported_ms[LEVEL_COUNT];
    uint64_t most_bytes; /* since the last point of the timeline */
};

/* One full check. */
struct look {
    uint64_t total_bytes, front_bytes, largest_bytes;
    int largest_pid;
};

static int64_t now_ms(void) {
    return (int64_t)(clock_now_ns() / 1000000);
}

struct process_figures watch_process(int pid) {
    char path[64], line[256];
    unsigned long long kilobytes = 0;
    struct process_figures figures = {0};
    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", pid);
    FILE *file = fopen(path, "re");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        /* The kernel writes numbers that fit: NOLINTNEXTLINE(cert-err34-c) */
        if (sscanf(line, "Rss: %llu", &kilobytes) == 1) {
            figures.resident_bytes = kilobytes << 10;
            /* NOLINTNEXTLINE(cert-err34-c) */
        } else if (sscanf(line, "Pss: %llu", &kilobytes) == 1) {
            figures.proportional_bytes = kilobytes << 10;
            break;
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    return figures;
}

/* Resident bytes, from a file that costs the kernel little. */
static uint64_t resident_of(int pid) {
    char path[64];
    unsigned long long total, resident = 0;
    snprintf(path, sizeof path, "/proc/%d/statm", pid);
    FILE *file = fopen(path, "re");
    /* NOLINTNEXTLINE(cert-err34-c) */
    if (file != NULL && fscanf(file, "%llu %llu", &total, &resident) != 2) {
        resident = 0;
    }
    if (file != NULL) {
        fclose(file);
    }
    return (uint64_t)resident * (uint64_t)sysconf(_SC_PAGESIZE);
}

/* Resident bytes with shared pages counted in each process: at least the PSS of all. */
static uint64_t most_possible(const int *pids, size_t count) {
    uint64_t sum = system_resident_bytes();
    for (size_t i = 0; i < count; i++) {
        sum += resident_of(pids[i]);
    }
    return sum;
}

static struct look look_whole(const int *pids, size_t count) {
    struct look look = {.front_bytes = watch_process(getpid()).proportional_bytes};
    look.total_bytes = look.front_bytes;
    for (size_t i = 0; i < count; i++) {
        uint64_t bytes = watch_process(pids[i]).proportional_bytes;
        look.total_bytes += bytes;
        if (bytes > look.largest_bytes) {
            look.largest_bytes = bytes;
            look.largest_pid = pids[i];
        }
    }
    return look;
}

static void event_report(struct watch *watch, enum memory_level what, const struct look *look) {
    struct service *service = watch->service;
    char data[256], total[24], limit[24];
    int64_t now = now_ms();
    if (watch->reported_ms[what] != 0 && now - watch->reported_ms[what] < REPORT_MS) {
        return;
    }
    watch->reported_ms[what] = now;
    snprintf(total, sizeof total, "%llu", (unsigned long long)look->total_bytes);
    snprintf(limit, sizeof limit, "%llu", (unsigned long long)service->plan.limit_bytes);
    service_log(what == LEVEL_NORMAL ? "info" : "warning", event_types[what], "pss_bytes", total, "limit_bytes", limit,
                NULL);
    snprintf(data, sizeof data,
             "{\"pss_bytes\":%llu,\"limit_bytes\":%llu,\"front_bytes\":%llu,\"largest_worker_bytes\":%llu}",
             (unsigned long long)look->total_bytes, (unsigned long long)service->plan.limit_bytes,
             (unsigned long long)look->front_bytes, (unsigned long long)look->largest_bytes);
    (void)store_event_add(service->store, event_types[what], data,
                          NULL); /* if the disk is full, the log still has it */
}

static void state_enter(struct watch *watch, enum memory_level state, const struct look *look) {
    if (state != watch->state) {
        watch->state = state;
        event_report(watch, state, look);
    }
}

static void act(struct watch *watch, const struct look *look) {
    struct service *service = watch->service;
    uint64_t limit = service->plan.limit_bytes;
    service->is_front_full = look->front_bytes > service->plan.front_bytes;
    if (look->total_bytes * 100 < limit * HIGH_PERCENT && !service->is_front_full) {
        if (look->total_bytes * 100 < limit * NORMAL_PERCENT) {
            state_enter(watch, LEVEL_NORMAL, look);
            dispatcher_set_tight(service->dispatcher, false);
        }
        return;
    }
    system_give_back();
    if (look->total_bytes * 100 < limit * HIGH_PERCENT) {
        return;
    }
    dispatcher_set_tight(service->dispatcher, true);
    state_enter(watch, look->total_bytes > limit ? LEVEL_OVER : LEVEL_HIGH, look);
    if (look->total_bytes > limit && look->largest_pid != 0 && now_ms() - watch->shed_ms >= SHED_MS) {
        watch->shed_ms = now_ms();
        dispatcher_shed(service->dispatcher, look->largest_pid);
    }
}

static void timeline_look(struct watch *watch, uint64_t total_bytes) {
    pthread_mutex_lock(&watch->lock);
    watch->most_bytes = total_bytes > watch->most_bytes ? total_bytes : watch->most_bytes;
    const struct timeline_point point = {.at_ms = history_now_ms(&watch->history), .resident_bytes = watch->most_bytes};
    if (timeline_add(&watch->timeline, point)) {
        watch->most_bytes = 0;
    }
    pthread_mutex_unlock(&watch->lock);
}

static void look(struct watch *watch) {
    int pids[PROCESSES_LIMIT];
    uint64_t limit = watch->service->plan.limit_bytes;
    size_t count = dispatcher_workers(watch->service->dispatcher, pids, PROCESSES_LIMIT);
    bool is_due = now_ms() - watch->looked_ms >= SELDOM_MS;
    if (!is_due && (limit == 0 || most_possible(pids, count) * 100 < limit * NEAR_PERCENT)) {
        return;
    }
    struct look found = look_whole(pids, count);
    watch->looked_ms = now_ms();
    watch->total_bytes = found.total_bytes;
    watch->peak_bytes = found.total_bytes > watch->peak_bytes ? found.total_bytes : watch->peak_bytes;
    timeline_look(watch, found.total_bytes);
    if (limit != 0) {
        act(watch, &found);
    }
}

static void *run(void *argument) {
    struct watch *watch = argument;
    pthread_mutex_lock(&watch->lock);
    while (!watch->is_stopping) {
        struct timespec until;
        pthread_mutex_unlock(&watch->lock);
        look(watch);
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_nsec += LOOK_MS * 1000000L;
        until.tv_sec += until.tv_nsec / 1000000000;
        until.tv_nsec %= 1000000000;
        pthread_mutex_lock(&watch->lock);
        history_look(&watch->history, watch->service->process.current_bytes,
                     metrics_image_count(&watch->service->metrics));
        if (!watch->is_stopping) {
            pthread_cond_timedwait(&watch->changed, &watch->lock, &until);
        }
    }
    pthread_mutex_unlock(&watch->lock);
    return NULL;
}

enum lince_status watch_open(struct service *service, struct watch **watch, struct lince_error *error) {
    struct watch *opened = meter_new(&service->process, struct watch);
    pthread_condattr_t monotonic;
    pthread_attr_t attributes;
    if (opened == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory to watch the memory",
                         "no hay memoria para vigilar la memoria");
    }
    opened->service = service;
    history_init(&opened->history, LOOK_MS);
    timeline_init(&opened->timeline, SELDOM_MS);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&opened->lock, NULL);
    pthread_cond_init(&opened->changed, &monotonic);
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    bool is_started = pthread_create(&opened->thread, &attributes, run, opened) == 0;
    pthread_attr_destroy(&attributes);
    pthread_condattr_destroy(&monotonic);
    if (!is_started) {
        meter_free(opened);
        return error_set(error, LINCE_ERROR_RUNTIME, "the system gives no more threads", "el sistema no da más hilos");
    }
    *watch = opened;
    return LINCE_OK;
}

void watch_close(struct watch *watch) {
    if (watch == NULL) {
        return;
    }
    pthread_mutex_lock(&watch->lock);
    watch->is_stopping = true;
    pthread_cond_signal(&watch->changed);
    pthread_mutex_unlock(&watch->lock);
    pthread_join(watch->thread, NULL);
    pthread_cond_destroy(&watch->changed);
    pthread_mutex_destroy(&watch->lock);
    meter_free(watch);
}

struct watch_figures watch_figures(struct watch *watch) {
    return (struct watch_figures){watch->total_bytes, watch->peak_bytes};
}

void watch_history(struct watch *watch, struct history *history) {
    pthread_mutex_lock(&watch->lock);
    *history = watch->history;
    pthread_mutex_unlock(&watch->lock);
}

void watch_timeline(struct watch *watch, struct timeline *timeline, int *warns_at) {
    pthread_mutex_lock(&watch->lock);
    *timeline = watch->timeline;
    pthread_mutex_unlock(&watch->lock);
    *warns_at = HIGH_PERCENT;
}
