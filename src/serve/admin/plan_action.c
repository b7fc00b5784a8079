/* plan_action.c - `lince memory plan --serve`: how the service would share out its memory limit. */
#include <stdio.h>

#include "base/error.h"
#include "serve/admin/action_flags.h"
#include "serve/state/memory_plan.h"
#include "store/store.h"

static const double MB = 1048576;

static void share_print(enum lince_language language, uint64_t bytes, const char *english, const char *spanish) {
    printf("  %9.1f MB  %s\n", (double)bytes / MB, in_language(language, english, spanish));
}

static void front_print(const struct memory_plan *plan, enum lince_language language) {
    printf(in_language(language, "  %9.1f MB  front: answers clients, on up to %u connections\n",
                       "  %9.1f MB  proceso principal: atiende a los clientes, en hasta %u conexiones\n"),
           (double)plan->front_bytes / MB, plan->connection_count);
    if (plan->store_bytes > 0) {
        printf(in_language(language, "  %9.1f MB    libpq: %d connections to the store, %.1f MB each\n",
                           "  %9.1f MB    libpq: %d conexiones con el almacén, de %.1f MB cada una\n"),
               (double)plan->store_bytes / MB, STORE_CONNECTIONS_SERVED,
               (double)plan->store_bytes / STORE_CONNECTIONS_SERVED / MB);
    }
    if (plan->bucket_bytes > 0) {
        share_print(language, plan->bucket_bytes, "  libcurl: connections to the bucket",
                    "  libcurl: conexiones con el bucket");
    }
}

static void workers_print(const struct memory_plan *plan, enum lince_language language) {
    if (plan->limit_bytes == 0) {
        printf(in_language(language, "  no limit      workers: %u\n", "  sin límite    trabajadores: %u\n"),
               plan->worker_count);
        return;
    }
    for (uint32_t i = 1; i <= plan->worker_count; i++) {
        printf(in_language(language, "  %9.1f MB  worker %u, beside what is shared\n",
                           "  %9.1f MB  trabajador %u, además de lo compartido\n"),
               (double)(plan->worker_bytes - plan->shared_bytes) / MB, i);
    }
}

enum lince_status plan_action(const struct settings *settings, struct lince_error *error) {
    struct memory_plan plan;
    enum lince_language language = error->language;
    enum lince_status status = memory_plan_make(settings, &plan, error);
    if (status != LINCE_OK) {
        return status;
    }
    if (plan.limit_bytes > 0) {
        share_print(language, plan.limit_bytes, "limit of the service", "límite del servicio");
    }
    if (plan.container_bytes > 0) {
        share_print(language, plan.container_bytes, "limit of the container, which leaves that",
                    "límite del contenedor, que deja eso");
    }
    front_print(&plan, language);
    share_print(language, plan.shared_bytes, "shared: code and weights of all workers",
                "compartido: código y pesos de todos los trabajadores");
    if (plan.has_spare) {
        share_print(language, plan.spare_bytes, "spare: a new worker is loaded while the old one still reads",
                    "de repuesto: un trabajador nuevo se carga mientras el anterior aún lee");
    }
    workers_print(&plan, language);
    uint64_t workers = SETTING_NUMBER(settings, workers) == 0 ? 1 : SETTING_NUMBER(settings, workers);
    printf(in_language(language, "  %9.1f MB  smallest limit that would do, with workers = %llu\n",
                       "  %9.1f MB  menor límite que bastaría, con workers = %llu\n"),
           (double)plan.smallest_bytes / MB, (unsigned long long)workers);
    return LINCE_OK;
}
