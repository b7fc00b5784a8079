/* lockdown.c - resource limits, and a filter that allows only the listed system calls. */
#include "worker/lockdown.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"
#include "base/reason.h"
#include "base/system.h"
#include "worker/confinement.h"

/* The calls that the reader, the inference runtime and the C library need once the models are loaded. */
static const int allowed[] = {
    SCMP_SYS(read),
    SCMP_SYS(readv),
    SCMP_SYS(pread64),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    SCMP_SYS(recvfrom),
    SCMP_SYS(recvmsg),
    SCMP_SYS(sendto),
    SCMP_SYS(sendmsg),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(brk),
    SCMP_SYS(futex),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(fstat),
    SCMP_SYS(lseek),
    SCMP_SYS(close),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(sched_yield),
    SCMP_SYS(getrandom),
    SCMP_SYS(sysinfo),
    SCMP_SYS(getrusage),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(getcpu),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(rseq),
    SCMP_SYS(membarrier),
    SCMP_SYS(uname),
    SCMP_SYS(mincore),
    SCMP_SYS(set_robust_list),
};

/* No image makes a reader call these: a process that does has been taken over. */
static const int deadly[] = {SCMP_SYS(execve),
                             SCMP_SYS(execveat),
                             SCMP_SYS(socket),
                             SCMP_SYS(connect),
                             SCMP_SYS(bind),
                             SCMP_SYS(ptrace),
                             SCMP_SYS(process_vm_readv),
                             SCMP_SYS(process_vm_writev),
                             SCMP_SYS(fork),
                             SCMP_SYS(vfork),
                             SCMP_SYS(kill),
                             SCMP_SYS(tkill),
                             SCMP_SYS(io_uring_setup),
                             SCMP_SYS(pidfd_open)};

static int filter_fill(scmp_filter_ctx filter) {
    int failed = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1); /* threads of the runtime too */
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed && failed == 0; i++) {
        failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
    }
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly && failed == 0; i++) {
        failed = seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, deadly[i], 0);
    }
    /* abort() signals its own process. */
    if (failed == 0) {
        failed =
            seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, SCMP_A0(SCMP_CMP_EQ, (uint64_t)getpid(), 0));
    }
    /*
     * Decoders of HEIC and AVIF start threads; starting a process is refused. A filter cannot see the flags of clone3,
     * so it is refused and the C library uses clone.
     */
    if (failed == 0) {
        failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
                                  SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
    }
    if (failed == 0) {
        failed = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
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
    signal(SIGXFSZ, SIG_IGN); /* so that a write is refused instead */
    return LINCE_OK;
}

void lockdown_begin(int last_descriptor) {
    confinement_begin(last_descriptor);
}

enum lince_status lockdown_enter(struct lince_error *error) {
    tzset(); /* reads the zone's file, which local time needs */
    system_hold();
    enum lince_status status = limits_set(error);
    if (status != LINCE_OK) {
        return status;
    }
    confinement_end();
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    int failed = filter == NULL || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ? -errno : filter_fill(filter);
    seccomp_release(filter);
    if (failed != 0) {
        return error_set(error, LINCE_ERROR_RUNTIME, "a worker cannot lock itself down (%s)",
                         "un trabajador no puede aislarse (%s)", reason_for(error, -failed));
    }
    return LINCE_OK;
}

void lockdown_exit(int exit_code) {
    _exit(exit_code);
}
