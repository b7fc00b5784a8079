/* alerts.c - the front reports a worker's memory events. */
#include "serve/pool/alerts.h"

#include <math.h>
#include <stdio.h>

#include "serve/state/service.h"
#include "worker/worker_protocol.h"

static void tell(struct service *service, int worker_pid, const struct lince_memory_event *event) {
    char type[48], data[512], pid[16], resident[24], limit[24];
    snprintf(type, sizeof type, "worker.memory.%s", lince_memory_event_name(event->kind));
    snprintf(pid, sizeof pid, "%d", worker_pid);
    snprintf(resident, sizeof resident, "%llu", (unsigned long long)event->resident_bytes);
    snprintf(limit, sizeof limit, "%llu", (unsigned long long)event->limit_bytes);
    service_log(event->kind == LINCE_MEMORY_CLEANED ? "info" : "warning", type, "pid", pid, "resident_bytes", resident,
                "limit_bytes", limit, NULL);
    /* A valid JSON number, even if a worker was taken over. */
    double growth = fabs(event->growth_bytes_per_image) < 0x1p62 ? event->growth_bytes_per_image : 0;
    snprintf(data, sizeof data,
             "{\"pid\":%d,\"resident_bytes\":%llu,\"tracked_bytes\":%llu,\"limit_bytes\":%llu,\"freed_bytes\":%llu,"
             "\"needed_bytes\":%llu,\"growth_bytes_per_image\":%.1f,\"images\":%llu,\"untold\":%llu}",
             worker_pid, (unsigned long long)event->resident_bytes, (unsigned long long)event->tracked_bytes,
             (unsigned long long)event->limit_bytes, (unsigned long long)event->freed_bytes,
             (unsigned long long)event->needed_bytes, growth, (unsigned long long)event->image_count,
             (unsigned long long)event->untold_count);
    (void)store_event_add(service->store, type, data, NULL); /* if the disk is full, the log still has it */
}

void alerts_tell(struct service *service, int worker_pid, const struct work_head *answer) {
    for (uint32_t i = 0; i < answer->alert_count && i < WORK_ALERTS_LIMIT; i++) {
        tell(service, worker_pid, &answer->alerts[i]);
    }
}
