/* profile.c - the front's table of sites, which lives as long as the process, and the period for the workers. */
#include "serve/state/profile.h"

#include <stdio.h>

#include "base/site.h"

static void profile_set(struct service *service, uint32_t period) {
    if (period == service->profile_period) {
        return;
    }
    if (service->process.sites == NULL && period > 0) {
        service->process.sites = site_table_open(period);
    }
    struct site_table *table = service->process.sites;
    if (table == NULL) {
        service_log("error", "memory_profile_not_on", "reason", "no memory for the table of sites", NULL);
        return;
    }
    site_table_switch(table, period > 0);
    service->profile_period = period;
    char text[16];
    snprintf(text, sizeof text, "%u", period);
    service_log("info", "memory_profile", "period", text, NULL);
}

static uint32_t setting_of(const struct service *service) {
    uint64_t period = SETTING_NUMBER(&service->settings, memory_profile);
    return period > UINT32_MAX ? UINT32_MAX : (uint32_t)period;
}

void profile_follow_setting(struct service *service) {
    profile_set(service, setting_of(service));
}

void profile_toggle(struct service *service) {
    uint32_t period = setting_of(service);
    profile_set(service, service->profile_period > 0 ? 0 : period > 0 ? period : 1);
}
