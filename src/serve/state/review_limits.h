/*
 * review_limits.h - below which confidence a person should check a value: as the configuration says, or else as people
 * set it over HTTP, or else the fitted ones. Sent to workers with each job.
 */
#ifndef LINCE_SERVE_STATE_REVIEW_LIMITS_H
#define LINCE_SERVE_STATE_REVIEW_LIMITS_H

#include <pthread.h>
#include <stdbool.h>

#include "fields/records.h"

enum { REVIEW_TEXT_BYTES = 512 };

struct service;

struct review_limits {
    pthread_mutex_t changing;            /* held while they are read from the store, or written, and then published */
    char refused[REVIEW_TEXT_BYTES + 1]; /* the stored text that was logged as not understood; guarded by it */
    pthread_mutex_t lock;                /* guards the members below; held shortly, because jobs take it */
    char text[REVIEW_TEXT_BYTES];        /* "amount=0.95,id=0.9" */
    bool is_set_here;                    /* over HTTP */
    double of[REVIEW_KINDS_MOST];
};

/* The name under which it is kept in the store. */
#define REVIEW_SETTING "review"

/* Once, before the others. */
void review_limits_init(struct review_limits *limits);

/*
 * Takes what holds now from the configuration and the store. Other nodes of a service may have changed it. A stored
 * text that this program does not understand, as a newer node may write, is logged once, and the fitted ones hold.
 */
enum lince_status review_limits_follow(struct service *service, struct lince_error *error);

/* Writes the text, which was checked, into the store, and follows it. */
enum lince_status review_limits_write(struct service *service, const char *text, struct lince_error *error);

/* Copies what holds. `text` may be NULL. */
void review_limits_copy(struct service *service, double of[REVIEW_KINDS_MOST], char text[REVIEW_TEXT_BYTES],
                        bool *is_set_here);

#endif
