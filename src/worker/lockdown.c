/* lockdown.c - resource limits, no new privileges, and a filter of system calls that lets through only what is listed.
 */
#include "worker/lockdown.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "base/error.h"
#include "base/reason.h"

/* What the reader, the inference runtime and the C library use once the models are loaded. */
static const int allowed[] = {
    SCMP_SYS(read),         SCMP_SYS(readv),           SCMP_SYS(pread64),
    SCMP_SYS(write),        SCMP_SYS(writev),          SCMP_SYS(recvfrom),
    SCMP_SYS(recvmsg),      SCMP_SYS(sendto),          SCMP_SYS(sendmsg),
    SCMP_SYS(poll),         SCMP_SYS(ppoll),           SCMP_SYS(munmap),
    SCMP_SYS(mremap),       SCMP_SYS(madvise),         SCMP_SYS(brk),
    SCMP_SYS(futex),        SCMP_SYS(clock_gettime),   SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),    SCMP_SYS(gettimeofday),    SCMP_SYS(exit),
    SCMP_SYS(exit_group),   SCMP_SYS(rt_sigaction),    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack),     SCMP_SYS(fstat),
    SCMP_SYS(newfstatat),   SCMP_SYS(statx),           SCMP_SYS(lseek),
    SCMP_SYS(close),        SCMP_SYS(getpid),          SCMP_SYS(gettid),
    SCMP_SYS(tgkill),       SCMP_SYS(sched_yield),     SCMP_SYS(getrandom),
    SCMP_SYS(sysinfo),      SCMP_SYS(getrusage),       SCMP_SYS(sched_getaffinity),
    SCMP_SYS(getcpu),       SCMP_SYS(restart_syscall), SCMP_SYS(getdents64),
    SCMP_SYS(readlink),     SCMP_SYS(readlinkat),      SCMP_SYS(access),
    SCMP_SYS(rseq),         SCMP_SYS(membarrier),      SCMP_SYS(uname),
    SCMP_SYS(mincore),
};

/* No image makes a reader want these: whoever asks has taken the process over. */
static const int deadly[] = {SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(socket), SCMP_SYS(connect),
                             SCMP_SYS(bind),   SCMP_SYS(ptrace),   SCMP_SYS(fork),   SCMP_SYS(vfork)};

static int filter_fill(scmp_filter_ctx filter) {
    int failed = 0;
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed && failed == 0; i++) {
        failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
    }
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly && failed == 0; i++) {
        failed = seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, deadly[i], 0);
    }
    /* Files may be opened to read: the figures of the kernel under /proc are. */
    if (failed == 0) {
        failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
                                  SCMP_A2(SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY));
    }
    /* Memory may not become code. */
    static const int mapping[] = {SCMP_SYS(mmap), SCMP_SYS(mprotect)};
    for (size_t i = 0; i < sizeof mapping / sizeof *mapping && failed == 0; i++) {
        failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, mapping[i], 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    }
    return failed == 0 ? seccomp_load(filter) : failed;
}

static enum lince_status limits_set(struct lince_error *error) {
    const struct {
        int resource;
        rlim_t limit;
    } limits[] = {{RLIMIT_FSIZE, 0}, {RLIMIT_CORE, 0}, {RLIMIT_NOFILE, 32}, {RLIMIT_MEMLOCK, 0}};
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        struct rlimit limit = {limits[i].limit, limits[i].limit};
        if (setrlimit(limits[i].resource, &limit) != 0) {
            return error_set(error, LINCE_ERROR_RUNTIME, "a worker cannot limit itself (%s)",
                             "un trabajador no puede limitarse (%s)", reason_for(error, errno));
        }
    }
    signal(SIGXFSZ, SIG_IGN); /* a write is refused instead */
    return LINCE_OK;
}

enum lince_status lockdown_enter(struct lince_error *error) {
    enum lince_status status = limits_set(error);
    if (status != LINCE_OK) {
        return status;
    }
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    int failed = filter == NULL || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ? -errno : filter_fill(filter);
    seccomp_release(filter);
    if (failed != 0) {
        return error_set(error, LINCE_ERROR_RUNTIME, "a worker cannot lock itself down (%s)",
                         "un trabajador no puede encerrarse (%s)", reason_for(error, -failed));
    }
    return LINCE_OK;
}
