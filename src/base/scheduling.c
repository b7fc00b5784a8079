/* scheduling.c - sched_setattr(), for which the C library has no function. */
#include "base/scheduling.h"

#include <sched.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The kernel's bounds for an ordinary thread's time slice. */
static const uint64_t SHORTEST_NS = 100000, LONGEST_NS = 100000000;

/* The first version of the kernel's struct sched_attr. */
struct attributes {
    uint32_t size, policy;
    uint64_t flags;
    int32_t niceness;
    uint32_t priority;
    uint64_t runtime_ns, deadline_ns, period_ns;
};

static void turns_set(uint64_t length_ns) {
    struct attributes attributes = {0};
    if (syscall(SYS_sched_getattr, 0, &attributes, (unsigned)sizeof attributes, 0U) == 0 &&
        (attributes.policy == SCHED_OTHER || attributes.policy == SCHED_BATCH)) {
        attributes.runtime_ns = length_ns;
        (void)syscall(SYS_sched_setattr, 0, &attributes, 0U);
    }
}

void scheduling_make_prompt(void) {
    turns_set(SHORTEST_NS);
}

void scheduling_make_patient(void) {
    turns_set(LONGEST_NS);
}
