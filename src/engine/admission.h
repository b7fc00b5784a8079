/* admission.h - readings wait in order until their price fits beside the running ones. */
#ifndef LINCE_ENGINE_ADMISSION_H
#define LINCE_ENGINE_ADMISSION_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

struct admission {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    uint64_t room_bytes, taken_bytes;
    uint64_t next_ticket, next_served; /* first come, first served: no caller starves */
};

void admission_init(struct admission *admission, uint64_t room_bytes);
void admission_destroy(struct admission *admission);

/* Changes the room and wakes the waiting callers. */
void admission_resize(struct admission *admission, uint64_t room_bytes);

uint64_t admission_room_bytes(struct admission *admission);
uint64_t admission_taken_bytes(struct admission *admission);
bool admission_is_idle(struct admission *admission);

/*
 * Waits until all earlier callers have been admitted and `bytes` fit beside the running readings. Holds nothing while
 * it waits. Returns false, not admitted, if `bytes` exceed the whole room, which may have shrunk.
 */
bool admission_enter(struct admission *admission, uint64_t bytes);
void admission_leave(struct admission *admission, uint64_t bytes);

#endif
