/* service.c - the tree of the service's meters. */
#include "serve/state/service.h"

#include "base/json_memory.h"

void service_meters_open(struct service *service) {
    meter_init(&service->process, NULL, "process", METER_NO_LIMIT);
    meter_init(&service->requests, &service->process, "requests", METER_NO_LIMIT);
    meter_init(&service->json, &service->requests, "json", METER_NO_LIMIT);
    meter_init(&service->bodies, &service->requests, "bodies", METER_NO_LIMIT);
    meter_init(&service->answers, &service->process, "answers", METER_NO_LIMIT);
    meter_init(&service->kept, &service->process, "store", METER_NO_LIMIT);
    json_memory_install(&service->json);
    store_memory_install(&service->kept);
}
