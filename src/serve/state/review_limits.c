/* review_limits.c - a copy of the thresholds in memory, so that no job waits for the store. */
#include "serve/state/review_limits.h"

#include <stdio.h>
#include <string.h>

#include "serve/state/service.h"
#include "store/upkeep/retention.h"

void review_limits_init(struct review_limits *limits) {
    pthread_mutex_init(&limits->changing, NULL);
    pthread_mutex_init(&limits->lock, NULL);
}

/* What a text of the store says; the fitted ones if this program does not understand it. */
static enum lince_status stored_find(struct service *service, const char *text, double of[REVIEW_KINDS_MOST],
                                     struct lince_error *error) {
    const struct lince_layouts *layouts = service->layout_names.layouts;
    struct lince_error fault = LINCE_ERROR_INIT;
    char *refused = service->review.refused;
    if (strlen(text) < REVIEW_TEXT_BYTES && layouts_review_find(layouts, text, of, &fault) == LINCE_OK) {
        refused[0] = '\0';
        return LINCE_OK;
    }
    if (strcmp(refused, text) != 0) {
        service_log("error", "review_not_understood", "review", text, "instead", "the fitted confidences", NULL);
        snprintf(refused, sizeof service->review.refused, "%s", text);
    }
    return layouts_review_find(layouts, "", of, error);
}

/* With `changing` held: makes a text those in force. */
static enum lince_status take(struct service *service, const char *text, bool is_stored, struct lince_error *error) {
    struct review_limits *limits = &service->review;
    double of[REVIEW_KINDS_MOST] = {0};
    enum lince_status status = is_stored ? stored_find(service, text, of, error)
                                         : layouts_review_find(service->layout_names.layouts, text, of, error);
    if (status != LINCE_OK) {
        return status;
    }
    pthread_mutex_lock(&limits->lock);
    snprintf(limits->text, sizeof limits->text, "%s", text);
    memcpy(limits->of, of, sizeof of);
    limits->is_set_here = is_stored && text[0] != '\0';
    pthread_mutex_unlock(&limits->lock);
    return LINCE_OK;
}

enum lince_status review_limits_follow(struct service *service, struct lince_error *error) {
    bool is_stored = service->settings.of[SETTING_review].source == SOURCE_BUILT_IN;
    char text[REVIEW_TEXT_BYTES + 1] = ""; /* one more, so that a longer one is noticed */
    enum lince_status status = LINCE_OK;
    pthread_mutex_lock(&service->review.changing);
    if (is_stored) {
        status = store_setting_read(service->store, REVIEW_SETTING, text, sizeof text, error);
    } else {
        snprintf(text, sizeof text, "%s", SETTING_TEXT_OF(&service->settings, review));
    }
    status = status == LINCE_OK ? take(service, text, is_stored, error) : status;
    pthread_mutex_unlock(&service->review.changing);
    return status;
}

enum lince_status review_limits_write(struct service *service, const char *text, struct lince_error *error) {
    struct lince_error fault = LINCE_ERROR_INIT;
    pthread_mutex_lock(&service->review.changing);
    enum lince_status status = store_setting_write(service->store, REVIEW_SETTING, text, error);
    if (status == LINCE_OK && take(service, text, true, &fault) != LINCE_OK) { /* it is set; the next look takes it */
        service_log("error", "review_not_followed", "reason", fault.message, NULL);
    }
    pthread_mutex_unlock(&service->review.changing);
    return status;
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
