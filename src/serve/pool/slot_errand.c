/* slot_errand.c - errands, in the order in which they came: for any worker, or for one. */
#include "serve/pool/slot.h"

/* With the lock held: whether the errand is for any worker, for this slot's, or for one that no longer exists. */
static bool is_mine(const struct slot *slot, const struct errand *errand) {
    const struct dispatcher *dispatcher = slot->dispatcher;
    bool is_of_another = false;
    for (uint32_t i = 0; i < dispatcher->slot_count; i++) {
        is_of_another =
            is_of_another || (&dispatcher->slots[i] != slot && dispatcher->slots[i].worker.pid == errand->pid);
    }
    return errand->pid == 0 || !is_of_another;
}

/* With the lock held: the link to the first errand for this slot, or to the end of the list. */
static struct errand **errand_find(struct slot *slot) {
    struct errand **link = &slot->dispatcher->first_errand;
    while (*link != NULL && (!is_mine(slot, *link) || (slot->owes_job && (*link)->is_more))) {
        link = &(*link)->next;
    }
    return link;
}

/* With the lock held: removes it from the list. NULL if there is none. */
struct errand *slot_errand_take(struct slot *slot) {
    struct errand **link = errand_find(slot), *errand = *link;
    if (errand != NULL) {
        *link = errand->next;
        if (errand->next == NULL) {
            slot->dispatcher->last_errand = link;
        }
    }
    return errand;
}

static enum worker_outcome errand_ask(struct slot *slot, struct errand *errand, struct work_head *answer) {
    struct worker_question question = {.head = {.kind = errand->kind,
                                                .page_index = errand->page_index,
                                                .page_count = errand->page_count,
                                                .has_pages = errand->has_pages,
                                                .parts = errand->parts,
                                                .part_first = errand->part_first,
                                                .codes = errand->codes,
                                                .letters = errand->letters,
                                                .body_bytes = errand->sent_bytes},
                                       .layouts = errand->layouts,
                                       .name = errand->name,
                                       .sent = errand->sent,
                                       .descriptor = errand->descriptor,
                                       .output = errand->output};
    enum worker_outcome outcome = slot_ask(slot, &question, answer, &errand->body);
    uint64_t output_bytes = errand->kind == WORK_LAY ? answer->stream_bytes : answer->body_bytes;
    errand->pages_found = outcome == WORKER_ANSWERED ? answer->page_count : 0;
    errand->output_bytes = outcome == WORKER_ANSWERED ? output_bytes : 0;
    return outcome;
}

void slot_errand_run(struct slot *slot, struct errand *errand) {
    struct work_head answer;
    enum worker_outcome outcome = WORKER_DIED;
    for (int tries = 0; tries < KILLS_LIMIT && outcome == WORKER_DIED; tries++) {
        if (errand->pid != 0 && errand->pid != slot->worker.pid) {
            break;
        }
        if (!slot->worker.is_ready && !slot_worker_have(slot)) {
            break;
        }
        outcome = errand_ask(slot, errand, &answer);
    }
    errand->is_answered = outcome == WORKER_ANSWERED;
    errand->status = errand->is_answered ? (enum lince_status)answer.status : LINCE_ERROR_RUNTIME;
    errand->done(errand);
}

/* With the lock held. */
bool slot_has_errand(struct slot *slot) {
    return *errand_find(slot) != NULL;
}

bool slot_errand_do(struct slot *slot) {
    pthread_mutex_lock(&slot->dispatcher->lock);
    struct errand *errand = slot_errand_take(slot);
    pthread_mutex_unlock(&slot->dispatcher->lock);
    if (errand != NULL) {
        slot_errand_run(slot, errand);
    }
    return errand != NULL;
}
