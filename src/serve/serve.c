/* serve.c - opens the parts in order, waits for signals, closes them in the opposite order. */
#include "serve/serve.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/scheduling.h"
#include "serve/courier/courier.h"
#include "serve/http/front.h"
#include "serve/http/request.h"
#include "serve/http/waiters.h"
#include "serve/learn/passed.h"
#include "serve/learn/teaching.h"
#include "serve/legacy/legacy_routes.h"
#include "serve/page/page_serve.h"
#include "serve/pool/dispatcher.h"
#include "serve/pool/watch.h"
#include "serve/state/manager.h"
#include "serve/state/profile.h"
#include "serve/state/service.h"
#include "serve/upkeep/keeping.h"
#include "serve/v1/routes.h"
#include "store/parties/parties.h"
#include "store/upkeep/retention.h"

enum {
    EXIT_USAGE = 2,
    EXIT_UNAVAILABLE = 69,
    EXIT_DATA = 74,
    EXIT_MEMORY = 75,
    DRAIN_MS = 20000,
    DRAIN_STEP_MS = 50,
    RETAIN_MS = 2000,
    JUMP_MS = 60000,          /* the most that the wall clock may deviate from the monotonic one between two checks */
    RETAIN_PAUSE_MS = 3600000 /* after a jump: a wrong clock must not make everything old */
};

static const struct route_table routes[] = {
    {routes_v1, "/v1/", &dialect_standard},
    {legacy_routes, "/api/", &legacy_dialect},
    {page_routes, "/", &dialect_standard},
    {0},
};

static void store_moved(void *context) {
    struct service *service = context;
    dispatcher_wake(service->dispatcher);
    waiters_notify(service->waiters);
    courier_wake(service->courier);
}

/* Roles need a shared store. Alone, a front would leave all images unread, and a worker would have none to read. */
static enum lince_status role_check(const struct settings *settings, struct lince_error *error) {
    if (SETTING_NUMBER(settings, role) == ROLE_BOTH || SETTING_TEXT_OF(settings, store)[0] != '\0') {
        return LINCE_OK;
    }
    return error_set(error, LINCE_ERROR_ARGUMENT, "role is %s and there are no other nodes; name their store (--store)",
                     "role es %s y no hay otros nodos; indique su almacén (--store)", SETTING_TEXT_OF(settings, role));
}

static enum lince_status parts_open(struct service *service, char *const *flags, struct lince_error *error) {
    enum lince_status status = settings_load(&service->settings, flags, error);
    if (status == LINCE_OK) {
        status = role_check(&service->settings, error);
    }
    if (status == LINCE_OK) {
        settings_export_engine(&service->settings); /* for the workers */
        char learned[PATH_MAX];
        teaching_folder(SETTING_TEXT_OF(&service->settings, data), learned);
        setenv("LINCE_LEARNED", learned, 1);
        setenv("LINCE_REVIEW", SETTING_TEXT_OF(&service->settings, review), 1);
        profile_follow_setting(service);
        status = layout_names_load(&service->layout_names, &service->process, error);
    }
    if (status == LINCE_OK) {
        status = memory_plan_make(&service->settings, &service->plan, error);
    }
    if (status == LINCE_OK) {
        service->requests.limit_bytes = service->plan.requests_bytes;
        service->bodies.limit_bytes =
            service->plan.limit_bytes == 0 ? METER_NO_LIMIT : service->plan.requests_bytes / 2;
        service->answers.limit_bytes = service->plan.answers_bytes;
        const struct store_place place = {SETTING_TEXT_OF(&service->settings, data),
                                          SETTING_TEXT_OF(&service->settings, store),
                                          SETTING_NUMBER(&service->settings, require_replica) == 1, false,
                                          SETTING_TEXT_OF(&service->settings, images)};
        status = store_open(&place, STORE_SERVE, &service->store, error);
    }
    if (status == LINCE_OK) {
        store_parties_use(service->store, SETTING_NUMBER(&service->settings, known_parties) == 0);
        status = store_secret(service->store, service->secret, sizeof service->secret, error);
    }
    if (status == LINCE_OK) {
        review_limits_init(&service->review);
        status = review_limits_follow(service, error);
    }
    if (status == LINCE_OK) {
        status = dispatcher_open(service, &service->dispatcher, error);
    }
    if (status == LINCE_OK) {
        status = courier_open(service, &service->courier, error);
    }
    if (status == LINCE_OK) {
        status = watch_open(service, &service->watch, error);
    }
    if (status == LINCE_OK) { /* last, because clients may ask for everything above */
        status = front_open(service, &service->front, error);
    }
    if (status == LINCE_OK) { /* when all listeners exist; changes until now are reported now */
        store_listen(service->store, store_moved, service);
        store_moved(service);
    }
    return status;
}

static void requests_wait(struct service *service, int limit_ms) {
    struct timespec step = {.tv_nsec = DRAIN_STEP_MS * 1000000L};
    for (int waited = 0; front_active_count(service->front) > 0 && waited < limit_ms; waited += DRAIN_STEP_MS) {
        nanosleep(&step, NULL);
    }
}

/*
 * Running requests get their answers. Those that wait for a reading get the answer that it continues later. First only
 * uploads are refused, then all new requests, so that the parts are unused when they are closed.
 */
static void drain(struct service *service) {
    service->is_draining = true; /* no more documents are taken from the queue either */
    waiters_notify(service->waiters);
    requests_wait(service, DRAIN_MS);
    front_refuse(service->front);
    requests_wait(service, DRAIN_STEP_MS * 20);
}

static void parts_close(struct service *service) {
    if (service->store != NULL) {
        store_listen(service->store, NULL, NULL);
    }
    watch_close(service->watch);
    dispatcher_close(service->dispatcher);
    courier_close(service->courier);
    front_close(service->front);
    store_close(service->store);
    passed_forget();
    layout_names_free(&service->layout_names);
    settings_free(&service->settings);
}

static int exit_code_of(enum lince_status status) {
    switch (status) {
    case LINCE_OK:
        return 0;
    case LINCE_ERROR_ARGUMENT:
    case LINCE_ERROR_NOT_FOUND:
    case LINCE_ERROR_LAYOUT:
        return EXIT_USAGE;
    case LINCE_ERROR_MEMORY_LIMIT:
        return EXIT_MEMORY;
    case LINCE_ERROR_WRITE:
    case LINCE_ERROR_DAMAGED:
        return EXIT_DATA;
    default:
        return EXIT_UNAVAILABLE;
    }
}

static sigset_t signals_block(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    sigaddset(&set, SIGUSR2);
    pthread_sigmask(SIG_BLOCK, &set, NULL); /* before any thread is made: all of them inherit it */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a write beyond a limit on files fails, as on a full disk */
    return set;
}

/* Tells the service manager that a reload began, with the time, and that it is over. */
static void reload_tell(void) {
    char state[64];
    snprintf(state, sizeof state, "RELOADING=1\nMONOTONIC_USEC=%lld", (long long)clock_now_ms() * 1000);
    manager_tell(state);
}

static void settings_reload(struct service *service, char *const *flags) {
    struct settings fresh;
    struct lince_error error = LINCE_ERROR_INIT;
    char kept[256];
    if (settings_load(&fresh, flags, &error) != LINCE_OK) {
        service_log("error", "configuration_not_reloaded", "reason", error.message, NULL);
        return;
    }
    settings_take(&service->settings, &fresh, kept);
    settings_free(&fresh);
    profile_follow_setting(service);
    service_log("info", "configuration_reloaded", "needs_restart", kept, NULL);
}

/* How often the clock is checked: as the manager's watchdog and the removal of old documents require. */
static int pause_ms(void) {
    int interval = manager_interval_ms();
    return interval >= 0 && interval < RETAIN_MS ? interval : RETAIN_MS;
}

static int64_t before(uint64_t age_ms) {
    return age_ms == 0 ? -1 : store_now_ms() - (int64_t)age_ms;
}

/* Whether ages are reliable: the wall clock has agreed with the monotonic one for a while. */
static bool clock_is_steady(void) {
    static int64_t offset_ms, jumped_ms;
    int64_t now_ms = clock_now_ms(), offset = store_now_ms() - now_ms;
    if (offset_ms != 0 && llabs(offset - offset_ms) > JUMP_MS) {
        char by[32];
        snprintf(by, sizeof by, "%lld", (long long)(offset - offset_ms) / 1000);
        service_log("warning", "clock_jumped", "seconds", by, "retention", "paused for an hour", NULL);
        jumped_ms = now_ms;
    }
    offset_ms = offset;
    return jumped_ms == 0 || now_ms - jumped_ms > RETAIN_PAUSE_MS;
}

static void retain(struct service *service) {
    struct lince_error error = LINCE_ERROR_INIT;
    struct keeping keeping;
    int64_t count = 0;
    if (!clock_is_steady()) {
        return;
    }
    if (keeping_read(service, &keeping, &error) != LINCE_OK) {
        service_log("error", "retention_failed", "reason", error.message, NULL);
        return;
    }
    struct retention retention = {.documents_before_ms = before(keeping.of[KEEPING_DOCUMENTS].number),
                                  .images_before_ms = before(keeping.of[KEEPING_IMAGES].number),
                                  .keep_image_bytes = (int64_t)keeping.of[KEEPING_SIZE].number,
                                  .keep_count = (int64_t)keeping.of[KEEPING_COUNT].number};
    if (store_retain(service->store, &retention, &count, &error) != LINCE_OK) {
        service_log("error", "retention_failed", "reason", error.message, NULL);
    }
}

/* Other nodes may have changed what people set. */
static void review_follow(struct service *service) {
    struct lince_error error = LINCE_ERROR_INIT;
    if (review_limits_follow(service, &error) != LINCE_OK) {
        service_log("error", "review_not_followed", "reason", error.message, NULL);
    }
}

/* Returns when it is time to stop. */
static void signals_wait(struct service *service, const sigset_t *set, char *const *flags) {
    int descriptor = signalfd(-1, set, SFD_CLOEXEC);
    for (;;) {
        struct pollfd wait = {.fd = descriptor, .events = POLLIN};
        struct signalfd_siginfo info;
        if (poll(&wait, 1, pause_ms()) <= 0) {
            manager_tell("WATCHDOG=1");
            passed_log(service);
            review_follow(service);
            retain(service);
            continue;
        }
        if (read(descriptor, &info, sizeof info) != sizeof info) {
            continue;
        }
        if (info.ssi_signo == SIGUSR2) {
            profile_toggle(service);
            continue;
        }
        if (info.ssi_signo != SIGHUP) {
            break;
        }
        reload_tell();
        settings_reload(service, flags);
        front_reload(service->front);
        manager_tell("READY=1");
    }
    close(descriptor);
}

int serve_run(const char *program, char *const *flags, enum lince_language language) {
    static struct service service; /* one for the process, and large */
    struct lince_error error = LINCE_ERROR_INIT;
    sigset_t signals = signals_block();
    /* Its memory has documents and secrets: no other process of its user may read it, and no core file is kept. */
    prctl(PR_SET_DUMPABLE, 0);
    scheduling_make_prompt();
    error.language = service.language = language;
    service.program = program;
    service.routes = routes;
    service.started_ms = store_now_ms();
    service_meters_open(&service);
    enum lince_status status = sodium_init() < 0 ? LINCE_ERROR_RUNTIME : parts_open(&service, flags, &error);
    if (status != LINCE_OK) {
        fprintf(stderr, "lince: %s\n", error.message);
        parts_close(&service);
        return exit_code_of(status);
    }
    printf(in_language(language, "lince answers at %s\n", "lince responde en %s\n"), front_address(service.front));
    fflush(stdout);
    passed_log(&service);
    manager_tell("READY=1");
    signals_wait(&service, &signals, flags);
    manager_tell("STOPPING=1");
    service_log("info", "stopping", NULL);
    drain(&service);
    parts_close(&service);
    return 0;
}
