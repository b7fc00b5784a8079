/*
 * hostile.c - preloaded, replaces a worker after its lockdown, as an image that broke the decoder would. It tries what
 * a taken-over process might try, one thing after another, and notes each result in the file named by HOSTILE, which it
 * mapped before. After an attempt that ends the process, the next worker continues.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { TRIES_LIMIT = 128, NAME_BYTES = 56 };
enum state { UNTRIED, BEGUN, REFUSED, SUCCEEDED };

/* What is in the file. */
static struct note {
    char name[NAME_BYTES];
    int state, reason;
} * notes;

static char *page_text(void);
static char *front_memory(void);
static long failed_map(void *at);
static long other_machine(void);

static char store[4096];
static pid_t front;
static atomic_bool is_locked; /* for the thread */
static unsigned char page[4096] __attribute__((aligned(4096)));
static struct iovec local = {page, 16}, remote = {page, 16};

/* Each gives a negative number where it was refused. */
#define TRY(name, call)                                                                                                \
    static long try_##name(void) {                                                                                     \
        return (long)(call);                                                                                           \
    }
#define TRIES(X)                                                                                                       \
    X(read_passwd, open("/etc/passwd", O_RDONLY))                                                                      \
    X(read_shadow, open("/etc/shadow", O_RDONLY))                                                                      \
    X(read_store, open(store, O_RDONLY))                                                                               \
    X(write_store, open(store, O_RDWR))                                                                                \
    X(read_by_the_old_call, syscall(SYS_open, "/etc/passwd", O_RDONLY))                                                \
    X(read_by_the_new_call, syscall(437, AT_FDCWD, "/etc/passwd", (uint64_t[3]){0}, 24))                               \
    X(look_into_the_folder, open(".", O_RDONLY | O_DIRECTORY))                                                         \
    X(look_into_the_root, open("/", O_PATH))                                                                           \
    X(make_a_file, open("/tmp/hostile", O_WRONLY | O_CREAT, 0600))                                                     \
    X(make_an_unnamed_file, open("/tmp", O_RDWR | O_TMPFILE, 0600))                                                    \
    X(make_a_folder, mkdir("/tmp/hostile", 0700))                                                                      \
    X(remove_the_store, unlink(store))                                                                                 \
    X(rename_the_store, rename(store, "/tmp/hostile"))                                                                 \
    X(link_the_store, link(store, "/tmp/hostile"))                                                                     \
    X(link_by_name, symlink(store, "/tmp/hostile"))                                                                    \
    X(open_the_store_to_all, chmod(store, 0666))                                                                       \
    X(cut_the_store, truncate(store, 0))                                                                               \
    X(see_the_store, syscall(SYS_newfstatat, AT_FDCWD, store, page, 0))                                                \
    X(see_the_store_anew, syscall(SYS_statx, AT_FDCWD, store, 0, 0x7ff, page))                                         \
    X(ask_for_access, access(store, F_OK))                                                                             \
    X(read_a_link, readlink("/proc/self/exe", (char *)page, sizeof page))                                              \
    X(be_at_the_root, chroot("/"))                                                                                     \
    X(leave_the_folder, chdir("/"))                                                                                    \
    X(open_by_handle, syscall(SYS_open_by_handle_at, AT_FDCWD, page, 0))                                               \
    X(read_the_memory_of_the_front, open(front_memory(), O_RDONLY))                                                    \
    X(copy_the_memory_of_the_front, process_vm_readv(front, &local, 1, &remote, 1, 0))                                 \
    X(write_the_memory_of_the_front, process_vm_writev(front, &local, 1, &remote, 1, 0))                               \
    X(hold_the_front, syscall(SYS_pidfd_open, front, 0))                                                               \
    X(end_the_front, kill(front, SIGTERM))                                                                             \
    X(end_a_thread_of_the_front, syscall(SYS_tgkill, front, front, SIGTERM))                                           \
    X(end_it_by_the_old_call, syscall(SYS_tkill, front, SIGTERM))                                                      \
    X(queue_a_signal, syscall(SYS_rt_sigqueueinfo, front, SIGTERM, page))                                              \
    X(queue_a_signal_to_a_thread, syscall(SYS_rt_tgsigqueueinfo, front, front, SIGTERM, page))                         \
    X(have_a_signal_sent, fcntl(3, F_SETOWN, front))                                                                   \
    X(slow_the_front, syscall(SYS_setpriority, 0, front, 19))                                                          \
    X(limit_the_front, syscall(SYS_prlimit64, front, 7, (uint64_t[2]){3, 3}, NULL))                                    \
    X(pin_the_front, sched_setaffinity(front, sizeof(cpu_set_t), (cpu_set_t *)page))                                   \
    X(compare_with_the_front, syscall(SYS_kcmp, getpid(), front, 0, 0, 0))                                             \
    X(trace_the_front, syscall(SYS_ptrace, 16, front, 0, 0))                                                           \
    X(reach_the_network, socket(AF_INET, SOCK_STREAM, 0))                                                              \
    X(reach_the_network_anew, socket(AF_INET6, SOCK_DGRAM, 0))                                                         \
    X(reach_the_kernel, socket(AF_NETLINK, SOCK_RAW, 0))                                                               \
    X(make_a_pair, socketpair(AF_UNIX, SOCK_STREAM, 0, (int *)page))                                                   \
    X(connect_its_socket, connect(3, (struct sockaddr *)page, sizeof(struct sockaddr)))                                \
    X(bind_its_socket, bind(3, (struct sockaddr *)page, sizeof(struct sockaddr)))                                      \
    X(accept_at_its_socket, accept(3, NULL, NULL))                                                                     \
    X(start_a_program, execve("/bin/sh", (char *[]){page_text(), NULL}, NULL))                                         \
    X(start_it_by_descriptor, syscall(SYS_execveat, 0, "/bin/sh", NULL, NULL, 0))                                      \
    X(be_two, fork())                                                                                                  \
    X(be_two_by_the_new_call, syscall(SYS_clone3, page, 64))                                                           \
    X(run_from_memory, failed_map(mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)))        \
    X(make_memory_run, mprotect(page, 4096, PROT_READ | PROT_EXEC))                                                    \
    X(make_memory_run_anew, syscall(SYS_pkey_mprotect, page, 4096, PROT_READ | PROT_EXEC, -1))                         \
    X(make_a_file_of_memory, syscall(SYS_memfd_create, "x", 0))                                                        \
    X(share_memory, syscall(SYS_shmget, 0, 4096, 01600))                                                               \
    X(queue_messages, syscall(SYS_msgget, 0, 01600))                                                                   \
    X(ring, syscall(SYS_io_uring_setup, 1, page))                                                                      \
    X(program_the_kernel, syscall(SYS_bpf, 0, page, 64))                                                               \
    X(watch_faults, syscall(SYS_userfaultfd, 0))                                                                       \
    X(count_events, syscall(SYS_perf_event_open, page, 0, -1, -1, 0))                                                  \
    X(keep_a_key, syscall(SYS_add_key, "user", "x", "y", 1, -3))                                                       \
    X(watch_files, syscall(SYS_inotify_init1, 0))                                                                      \
    X(mount, syscall(SYS_mount, "none", "/tmp", "tmpfs", 0, NULL))                                                     \
    X(have_a_space_of_names, unshare(CLONE_NEWUSER))                                                                   \
    X(enter_a_space_of_names, setns(3, 0))                                                                             \
    X(be_somebody_else, setuid(1))                                                                                     \
    X(have_rights, syscall(SYS_capset, page, page))                                                                    \
    X(change_itself, prctl(PR_SET_NAME, "lince", 0, 0, 0))                                                             \
    X(type_for_the_terminal, ioctl(2, TIOCSTI, "x"))                                                                   \
    X(grow_its_limits, syscall(SYS_setrlimit, 1, (uint64_t[2]){1 << 20, 1 << 20}))                                     \
    X(lie_about_the_time, syscall(SYS_clock_settime, 0, page))                                                         \
    X(restart_the_machine, syscall(SYS_reboot, 0xfee1dead, 672274793, 0, NULL))                                        \
    X(call_as_another_machine, other_machine())

static char *page_text(void) {
    return (char *)page;
}

static char *front_memory(void) {
    static char path[64];
    char *end = path + 6;
    memcpy(path, "/proc/", 6);
    char digits[16];
    int count = 0;
    for (pid_t rest = front; rest > 0; rest /= 10) {
        digits[count++] = (char)('0' + rest % 10);
    }
    while (count > 0) {
        *end++ = digits[--count];
    }
    memcpy(end, "/mem", 5);
    return path;
}

static long failed_map(void *at) {
    return at == MAP_FAILED ? -1 : 0;
}

/* getpid() of 32 bits, past a filter that looks at numbers of calls alone. */
static long other_machine(void) {
#ifdef __x86_64__
    long result;
    __asm__ volatile("int $0x80" : "=a"(result) : "a"(20L) : "memory");
    return result;
#else
    return -1;
#endif
}

TRIES(TRY)

static const struct {
    const char *name;
    long (*attempt)(void);
} tries[] = {
#define ROW(name, call) {#name, try_##name},
    TRIES(ROW)
#undef ROW
};
enum { TRIES_COUNT = sizeof tries / sizeof *tries };
_Static_assert((int)TRIES_COUNT < (int)TRIES_LIMIT, "the notes have too little room");

static void try_all(struct note *of) {
    for (int i = 0; i < TRIES_COUNT; i++) {
        if (of[i].state == UNTRIED) {
            of[i].state = BEGUN;
            errno = 0;
            long got = tries[i].attempt();
            of[i].reason = errno;
            of[i].state = got < 0 ? REFUSED : SUCCEEDED;
        }
    }
}

/* A thread from before the lockdown: it is in the same room. */
static void *thread_run(void *unused) {
    const struct timespec pause = {.tv_nsec = 20000000};
    (void)unused;
    while (!is_locked) {
        nanosleep(&pause, NULL);
    }
    try_all(notes + TRIES_LIMIT);
    return NULL;
}

/* The first message comes after the lockdown. */
ssize_t recvmsg(int socket, struct msghdr *message, int flags) {
    static ssize_t (*real)(int, struct msghdr *, int);
    if (real == NULL) {
        *(void **)(&real) = dlsym(RTLD_NEXT, "recvmsg");
    }
    if (notes != NULL) {
        is_locked = true;
        if (getenv("HOSTILE_THREAD") == NULL) {
            try_all(notes);
        }
    }
    return real(socket, message, flags);
}

__attribute__((constructor)) static void begin(void) {
    char command[4096] = "";
    int file = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
    ssize_t bytes = file < 0 ? 0 : read(file, command, sizeof command - 1);
    close(file);
    const char *path = getenv("HOSTILE"), *word = command + strlen(command) + 1;
    if (path == NULL || bytes <= (ssize_t)strlen(command) || strcmp(word, "worker") != 0) {
        return;
    }
    snprintf(store, sizeof store, "%s", getenv("HOSTILE_STORE"));
    front = getppid();
    file = open(path, O_RDWR | O_CLOEXEC);
    size_t room = (size_t)2 * TRIES_LIMIT * sizeof *notes;
    notes = mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (notes == MAP_FAILED) {
        abort();
    }
    for (int i = 0; i < TRIES_COUNT; i++) {
        snprintf(notes[i].name, NAME_BYTES, "%s", tries[i].name);
        snprintf(notes[TRIES_LIMIT + i].name, NAME_BYTES, "a thread: %s", tries[i].name);
    }
    if (getenv("HOSTILE_THREAD") != NULL) {
        pthread_t thread;
        pthread_create(&thread, NULL, thread_run, NULL);
    }
}
