/* review_limits.c - a copy of the thresholds in memory, so that no job waits for the store. */
#include "serve/state/review_limits.h"

#include <stdio.h>
#include <string.h>

#include "serve/state/service.h"
#include "store/upkeep/retention.h"

enum lince_status review_limits_follow(struct service *service, struct lince_error *error) {
    struct review_limits *limits = &service->review;
    const struct setting *setting = &service->settings.of[SETTING_review];
    char text[REVIEW_TEXT_BYTES] = "";
    double of[REVIEW_KINDS_MOST] = {0};
    enum lince_status status = LINCE_OK;
    if (setting->source == SOURCE_BUILT_IN) {
        status = store_setting_read(service->store, REVIEW_SETTING, text, sizeof text, error);
    } else {
        snprintf(text, sizeof text, "%s", SETTING_TEXT_OF(&service->settings, review));
    }
    if (status == LINCE_OK) {
        status = layouts_review_find(service->layout_names.layouts, text, of, error);
    }
    if (status != LINCE_OK) {
        return status;
    }
    pthread_mutex_lock(&limits->lock);
    memcpy(limits->text, text, sizeof text);
    memcpy(limits->of, of, sizeof of);
    limits->is_set_here = setting->source == SOURCE_BUILT_IN && text[0] != '\0';
    pthread_mutex_unlock(&limits->lock);
    return LINCE_OK;
}

void review_limits_copy(struct service *service, double of[REVIEW_KINDS_MOST], char text[REVIEW_TEXT_BYTES],
                        bool *is_set_here) {
    struct review_limits *limits = &service->review;
    pthread_mutex_lock(&limits->lock);
    memcpy(of, limits->of, sizeof limits->of);
    if (text != NULL) {
        memcpy(text, limits->text, sizeof limits->text);
        *is_set_here = limits->is_set_here;
    }
    pthread_mutex_unlock(&limits->lock);
}
