/*
 * confinement.c - its own user namespace, an empty root, Landlock, no capabilities.
 *
 * Capabilities in a namespace have no effect outside it. They let a process without any make an empty folder its root.
 */
#include "worker/confinement.h"

#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Landlock, up to the newest version known here; older headers lack the later parts. */
enum { LANDLOCK_CREATE = 444, LANDLOCK_RESTRICT = 446, LANDLOCK_VERSION_FLAG = 1 };
struct landlock_rules {
    uint64_t files, network, scopes;
};

/* Denies every file right that the kernel's version knows, the network, and signals and sockets beyond this process. */
static void landlock_enter(void) {
    static const unsigned char file_rights[] = {0,  13, 14,
                                                15, 15, 16}; /* number of rights, by version; later versions have 16 */
    long version = syscall(LANDLOCK_CREATE, NULL, 0, LANDLOCK_VERSION_FLAG);
    if (version < 1) {
        return;
    }
    struct landlock_rules rules = {.files = (UINT64_C(1) << file_rights[version < 5 ? version : 5]) - 1,
                                   .network = version >= 4 ? 3 : 0,
                                   .scopes = version >= 6 ? 3 : 0};
    size_t bytes = version >= 6 ? 24 : version >= 4 ? 16 : 8;
    long descriptor = syscall(LANDLOCK_CREATE, &rules, bytes, 0);
    if (descriptor >= 0) {
        (void)syscall(LANDLOCK_RESTRICT, (int)descriptor, 0);
        close((int)descriptor);
    }
}

static void capabilities_drop(void) {
    struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3];
    memset(none, 0, sizeof none);
    (void)syscall(SYS_capset, &head, none);
}

void confinement_begin(int last_descriptor) {
    (void)syscall(SYS_close_range, (unsigned)last_descriptor + 1, ~0U, 0);
    (void)unshare(CLONE_NEWUSER | CLONE_NEWIPC);
    /*
     * A change of credentials resets both: the worker dies with its front, and the front may read its figures under
     * /proc.
     */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_DUMPABLE, 1);
}

void confinement_end(void) {
    /* The folder of this process's own descriptors: nobody can put a file there. */
    if (chroot("/proc/self/fdinfo") == 0) {
        (void)!chdir("/");
    }
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    landlock_enter();
    capabilities_drop();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_DUMPABLE, 1);
}
