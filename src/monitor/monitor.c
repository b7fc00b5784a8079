/* monitor.c - one thread that sleeps in poll(). */
#include "monitor/monitor.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/meter.h"
#include "base/reason.h"
#include "engine/engine.h"

enum { LOOK_MS = 200, THREAD_STACK_BYTES = 256 << 10 };

struct monitor {
    struct lince_engine *engine;
    struct monitor_options options;
    struct meter meter; /* under the engine's */
    pthread_t thread;
    int signals, listener, stop; /* descriptors */
    uint64_t reported_image_count;
    pthread_mutex_t lock; /* guards the members below: events come from any thread */
    struct history history;
    bool report_is_due; /* a threshold was crossed */
};

void monitor_block_signals(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigaddset(&set, SIGUSR2);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
}

size_t monitor_address(long pid, struct sockaddr_un *address) {
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    /* An abstract name: it begins with a zero byte and leaves nothing in the file system. */
    int length = snprintf(address->sun_path + 1, sizeof address->sun_path - 1, "lince-memory-%ld", pid);
    return offsetof(struct sockaddr_un, sun_path) + 1 + (size_t)length;
}

/* ---- events ------------------------------------------------------------------------------------------- */

static void log_line(const struct lince_memory_event *event) {
    fprintf(stderr,
            "lince: memory event=%s resident_bytes=%llu tracked_bytes=%llu limit_bytes=%llu freed_bytes=%llu "
            "needed_bytes=%llu growth_bytes_per_image=%.0f images=%llu untold=%llu\n",
            lince_memory_event_name(event->kind), (unsigned long long)event->resident_bytes,
            (unsigned long long)event->tracked_bytes, (unsigned long long)event->limit_bytes,
            (unsigned long long)event->freed_bytes, (unsigned long long)event->needed_bytes,
            event->growth_bytes_per_image, (unsigned long long)event->image_count,
            (unsigned long long)event->untold_count);
}

static void on_event(void *context, const struct lince_memory_event *event) {
    struct monitor *monitor = context;
    pthread_mutex_lock(&monitor->lock);
    history_note(&monitor->history, event);
    monitor->report_is_due = monitor->report_is_due || monitor->options.reports_at_end;
    pthread_mutex_unlock(&monitor->lock);
    if (monitor->options.logs) {
        log_line(event);
    }
}

/* ---- reports ------------------------------------------------------------------------------------------ */

static void report_fill(struct monitor *monitor, const char *reason, struct buffer *buffer) {
    pthread_mutex_lock(&monitor->lock);
    const struct history history = monitor->history;
    pthread_mutex_unlock(&monitor->lock);
    buffer_init(buffer, &monitor->meter);
    report_write_engine(monitor->engine, reason, &history, buffer);
}

static void report_to_folder(struct monitor *monitor, const char *reason) {
    struct lince_error error = LINCE_ERROR_INIT;
    struct buffer buffer;
    error.language = monitor->options.language;
    report_fill(monitor, reason, &buffer);
    enum lince_status status = buffer.refused
                                   ? error_set(&error, LINCE_ERROR_MEMORY_LIMIT, "no memory for a memory report",
                                               "no hay memoria para un informe de memoria")
                                   : report_save(&monitor->options.folder, &buffer, &error);
    if (status != LINCE_OK) {
        fprintf(stderr, "lince: %s\n", error.message);
    }
    buffer_free(&buffer);
}

/* Answers only the same user or the superuser. */
static bool may_watch(int connection) {
    struct ucred peer;
    socklen_t size = sizeof peer;
    return getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
           (peer.uid == geteuid() || peer.uid == 0);
}

static void watcher_answer(struct monitor *monitor) {
    int connection = accept4(monitor->listener, NULL, NULL, SOCK_CLOEXEC);
    if (connection < 0) {
        return;
    }
    struct timeval patience = {.tv_sec = 1};
    setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (may_watch(connection)) {
        struct buffer buffer;
        report_fill(monitor, "watch", &buffer);
        size_t sent = 0;
        while (!buffer.refused && sent < buffer.used_bytes) {
            ssize_t count = send(connection, buffer.bytes + sent, buffer.used_bytes - sent, MSG_NOSIGNAL);
            if (count <= 0) {
                break;
            }
            sent += (size_t)count;
        }
        buffer_free(&buffer);
    }
    close(connection);
}

static void signal_answer(struct monitor *monitor) {
    struct signalfd_siginfo info;
    if (read(monitor->signals, &info, sizeof info) != (ssize_t)sizeof info) {
        return;
    }
    if (info.ssi_signo == SIGUSR1) {
        report_to_folder(monitor, "signal");
    } else {
        uint32_t period = monitor->options.profile_period == 0 ? 1 : monitor->options.profile_period;
        bool is_on = lince_memory_profile_is_on(monitor->engine) != 0;
        lince_memory_profile(monitor->engine, is_on ? 0 : period, NULL);
    }
}

static void look(struct monitor *monitor) {
    uint64_t images = engine_image_count(monitor->engine), every = monitor->options.report_every;
    pthread_mutex_lock(&monitor->lock);
    history_look(&monitor->history, lince_engine_memory_current_bytes(monitor->engine), images);
    bool is_due = monitor->report_is_due;
    monitor->report_is_due = false;
    pthread_mutex_unlock(&monitor->lock);
    if (is_due) {
        report_to_folder(monitor, "threshold");
    }
    if (every > 0 && images >= monitor->reported_image_count + every) {
        monitor->reported_image_count = images;
        report_to_folder(monitor, "images");
    }
}

static void *thread_run(void *argument) {
    struct monitor *monitor = argument;
    struct pollfd waits[] = {{monitor->stop, POLLIN, 0}, {monitor->signals, POLLIN, 0}, {monitor->listener, POLLIN, 0}};
    for (;;) {
        look(monitor);
        if (poll(waits, 3, LOOK_MS) < 0 && errno != EINTR) {
            return NULL;
        }
        if (waits[0].revents != 0) {
            return NULL;
        }
        if (waits[1].revents != 0) {
            signal_answer(monitor);
        }
        if (waits[2].revents != 0) {
            watcher_answer(monitor);
        }
    }
}

/* ---- life --------------------------------------------------------------------------------------------- */

static bool descriptors_open(struct monitor *monitor) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigaddset(&set, SIGUSR2);
    struct sockaddr_un address;
    size_t address_bytes = monitor_address(getpid(), &address);
    monitor->signals = signalfd(-1, &set, SFD_CLOEXEC);
    monitor->stop = eventfd(0, EFD_CLOEXEC);
    monitor->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    return monitor->signals >= 0 && monitor->stop >= 0 && monitor->listener >= 0 &&
           bind(monitor->listener, (const struct sockaddr *)&address, (socklen_t)address_bytes) == 0 &&
           listen(monitor->listener, 4) == 0;
}

static void descriptors_close(struct monitor *monitor) {
    int descriptors[] = {monitor->signals, monitor->stop, monitor->listener};
    for (size_t i = 0; i < sizeof descriptors / sizeof *descriptors; i++) {
        if (descriptors[i] >= 0) {
            close(descriptors[i]);
        }
    }
}

static bool thread_start(struct monitor *monitor) {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, THREAD_STACK_BYTES);
    bool started = pthread_create(&monitor->thread, &attributes, thread_run, monitor) == 0;
    pthread_attr_destroy(&attributes);
    return started;
}

static void monitor_free(struct monitor *monitor) {
    struct lince_engine *engine = monitor->engine;
    engine_listen(engine, NULL, NULL);
    descriptors_close(monitor);
    pthread_mutex_destroy(&monitor->lock);
    engine_meter_remove(engine, &monitor->meter);
    meter_free(monitor);
}

enum lince_status monitor_open(struct lince_engine *engine, const struct monitor_options *options,
                               struct monitor **monitor, struct lince_error *error) {
    struct monitor *opened = engine_allocate(engine, sizeof *opened);
    *monitor = NULL;
    if (opened == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the monitor's %zu bytes",
                         "no hay memoria para los %zu bytes del monitor", sizeof *opened);
    }
    opened->engine = engine;
    opened->options = *options;
    history_init(&opened->history, LOOK_MS);
    pthread_mutex_init(&opened->lock, NULL);
    engine_meter_add(engine, &opened->meter, "monitor");
    engine_listen(engine, on_event, opened);
    enum lince_status status =
        options->profile_period > 0 ? lince_memory_profile(engine, options->profile_period, error) : LINCE_OK;
    if (status == LINCE_OK && (!descriptors_open(opened) || !thread_start(opened))) {
        status = error_set(error, LINCE_ERROR_RUNTIME, "the memory monitor cannot be started: %s",
                           "no se puede iniciar el monitor de memoria: %s", reason_for(error, errno));
    }
    if (status != LINCE_OK) {
        monitor_free(opened);
        return status;
    }
    *monitor = opened;
    return LINCE_OK;
}

void monitor_report_end(struct monitor *monitor) {
    if (monitor != NULL && monitor->options.reports_at_end) {
        report_to_folder(monitor, "end");
    }
}

void monitor_close(struct monitor *monitor) {
    if (monitor == NULL) {
        return;
    }
    uint64_t one = 1;
    ssize_t written = write(monitor->stop, &one, sizeof one);
    (void)written; /* eight bytes always fit */
    pthread_join(monitor->thread, NULL);
    monitor_free(monitor);
}
