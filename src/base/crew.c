/* crew.c - helpers wait for a round to begin; the owner waits for all of them to finish it. */
#include "base/crew.h"

#include <pthread.h>

#include "base/error.h"
#include "base/meter.h"

struct helper {
    struct crew *crew;
    uint32_t member;
    pthread_t thread;
};

struct crew {
    pthread_mutex_t lock; /* guards the members below */
    pthread_cond_t begun, finished;
    uint64_t round;
    uint32_t working_count; /* helpers in this round */
    bool is_closing;
    void (*work)(void *context, uint32_t member);
    void *context;
    uint32_t helper_count;
    struct helper helpers[];
};

/* Waits for the round after `*round`; false when there are no more. */
static bool round_wait(struct crew *crew, uint64_t *round) {
    pthread_mutex_lock(&crew->lock);
    while (crew->round == *round && !crew->is_closing) {
        pthread_cond_wait(&crew->begun, &crew->lock);
    }
    bool has_begun = crew->round != *round;
    *round = crew->round;
    pthread_mutex_unlock(&crew->lock);
    return has_begun;
}

static void *helper_run(void *argument) {
    const struct helper *helper = argument;
    struct crew *crew = helper->crew;
    for (uint64_t round = 0; round_wait(crew, &round);) {
        crew->work(crew->context, helper->member);
        pthread_mutex_lock(&crew->lock);
        if (--crew->working_count == 0) {
            pthread_cond_signal(&crew->finished);
        }
        pthread_mutex_unlock(&crew->lock);
    }
    return NULL;
}

enum lince_status crew_open(struct meter *meter, uint32_t member_count, struct crew **crew, struct lince_error *error) {
    size_t bytes = sizeof **crew + (member_count - 1) * sizeof *(*crew)->helpers;
    struct crew *opened = meter_allocate_zero(meter, 1, bytes);
    *crew = opened;
    if (opened == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for %u threads (%zu bytes)",
                         "no hay memoria para %u hilos (%zu bytes)", member_count, bytes);
    }
    pthread_mutex_init(&opened->lock, NULL);
    pthread_cond_init(&opened->begun, NULL);
    pthread_cond_init(&opened->finished, NULL);
    while (opened->helper_count + 1 < member_count) {
        struct helper *helper = &opened->helpers[opened->helper_count];
        *helper = (struct helper){.crew = opened, .member = opened->helper_count + 1};
        if (pthread_create(&helper->thread, NULL, helper_run, helper) != 0) {
            break;
        }
        opened->helper_count++;
    }
    return LINCE_OK;
}

void crew_close(struct crew *crew) {
    if (crew == NULL) {
        return;
    }
    pthread_mutex_lock(&crew->lock);
    crew->is_closing = true;
    pthread_cond_broadcast(&crew->begun);
    pthread_mutex_unlock(&crew->lock);
    for (uint32_t i = 0; i < crew->helper_count; i++) {
        pthread_join(crew->helpers[i].thread, NULL);
    }
    pthread_cond_destroy(&crew->finished);
    pthread_cond_destroy(&crew->begun);
    pthread_mutex_destroy(&crew->lock);
    meter_free(crew);
}

uint32_t crew_member_count(const struct crew *crew) {
    return crew->helper_count + 1;
}

void crew_run(struct crew *crew, void (*work)(void *context, uint32_t member), void *context) {
    pthread_mutex_lock(&crew->lock);
    crew->work = work;
    crew->context = context;
    crew->working_count = crew->helper_count;
    crew->round++;
    pthread_cond_broadcast(&crew->begun);
    pthread_mutex_unlock(&crew->lock);
    work(context, 0);
    pthread_mutex_lock(&crew->lock);
    while (crew->working_count > 0) {
        pthread_cond_wait(&crew->finished, &crew->lock);
    }
    pthread_mutex_unlock(&crew->lock);
}
