/* system.c - reads /proc/self and malloc into numbers. */
#include "base/system.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/container.h"
#include "base/held.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

/* Numbers that the kernel writes are in range: NOLINTBEGIN(cert-err34-c) */

enum { LINE_BYTES = 512 };

uint64_t system_resident_bytes(void) {
    FILE *file = held_open("/proc/self/statm");
    if (file == NULL) {
        return 0;
    }
    unsigned long long total, resident;
    int fields = fscanf(file, "%llu %llu", &total, &resident);
    fclose(file);
    return fields == 2 ? (uint64_t)resident * (uint64_t)sysconf(_SC_PAGESIZE) : 0;
}

/* One wanted row of a table of "Name: 123 kB" lines. */
struct wanted {
    const char *name; /* with the colon */
    uint64_t *bytes;  /* the figure is added here */
};

static void line_take(const char *line, const struct wanted *wanted, size_t count) {
    unsigned long long kilobytes;
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(wanted[i].name);
        if (strncmp(line, wanted[i].name, length) == 0 && sscanf(line + length, "%llu", &kilobytes) == 1) {
            *wanted[i].bytes += (uint64_t)kilobytes << 10;
        }
    }
}

static void table_read(const char *path, const struct wanted *wanted, size_t count) {
    char line[LINE_BYTES];
    FILE *file = held_open(path);
    if (file == NULL) {
        return;
    }
    while (fgets(line, sizeof line, file) != NULL) {
        line_take(line, wanted, count);
    }
    fclose(file);
}

uint64_t system_resident_peak_bytes(void) {
    uint64_t peak = 0;
    const struct wanted wanted = {"VmHWM:", &peak};
    table_read("/proc/self/status", &wanted, 1);
    return peak;
}

struct system_figures system_figures(void) {
    struct system_figures figures = {0};
    const struct wanted status[] = {
        {"VmHWM:", &figures.resident_peak_bytes}, {"VmSwap:", &figures.swap_bytes}, {"VmData:", &figures.data_bytes}};
    const struct wanted rollup[] = {
        {"Pss:", &figures.proportional_bytes},
        {"Private_Dirty:", &figures.private_dirty_bytes},
        {"Shared_Clean:", &figures.shared_bytes},
        {"Shared_Dirty:", &figures.shared_bytes},
    };
    table_read("/proc/self/status", status, sizeof status / sizeof *status);
    table_read("/proc/self/smaps_rollup", rollup, sizeof rollup / sizeof *rollup);
    figures.resident_bytes = system_resident_bytes();
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage) == 0) {
        figures.minor_fault_count = (uint64_t)usage.ru_minflt;
        figures.major_fault_count = (uint64_t)usage.ru_majflt;
        figures.user_seconds = (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6;
        figures.system_seconds = (double)usage.ru_stime.tv_sec + (double)usage.ru_stime.tv_usec / 1e6;
    }
    figures.container_limit_bytes = container_limit_bytes();
    figures.container_used_bytes = container_used_bytes();
    return figures;
}

/* ---- parts -------------------------------------------------------------------------------------------- */

/* One mapping of smaps, from its first line. */
struct mapping {
    unsigned long long start, end;
    char access[5];
    char name[LINE_BYTES];
};

static bool mapping_parse(const char *line, struct mapping *mapping) {
    unsigned long long offset, inode;
    char device[16];
    mapping->name[0] = '\0';
    return sscanf(line, "%llx-%llx %4s %llx %15s %llu %511[^\n]", &mapping->start, &mapping->end, mapping->access,
                  &offset, device, &inode, mapping->name) >= 6;
}

static bool ends_with(const char *text, const char *end) {
    size_t length = strlen(text), end_length = strlen(end);
    return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

static bool is_guard(const struct mapping *mapping) {
    unsigned long long page = (unsigned long long)sysconf(_SC_PAGESIZE);
    return strncmp(mapping->access, "---", 3) == 0 && mapping->name[0] == '\0' && mapping->end - mapping->start == page;
}

/* The part that the resident bytes of `mapping` belong to, given the mapping right below it. */
static uint64_t *part_of(struct system_parts *parts, const struct mapping *mapping, const struct mapping *below) {
    if (mapping->name[0] == '/') {
        if (ends_with(mapping->name, ".ort") || ends_with(mapping->name, ".onnx") ||
            ends_with(mapping->name, ".weights")) {
            return &parts->weights_bytes;
        }
        bool is_library = strstr(mapping->name, ".so") != NULL || mapping->access[2] == 'x';
        return is_library ? &parts->code_bytes : &parts->file_bytes;
    }
    if (strcmp(mapping->name, "[vdso]") == 0) {
        return &parts->code_bytes;
    }
    bool is_thread_stack = mapping->name[0] == '\0' && is_guard(below) && below->end == mapping->start;
    return strcmp(mapping->name, "[stack]") == 0 || is_thread_stack ? &parts->stack_bytes : &parts->anonymous_bytes;
}

/* The program's own file. Its constants and data count as code too, although they are mapped separately. */
static void program_name(char name[LINE_BYTES]) {
    ssize_t length = readlink("/proc/self/exe", name, LINE_BYTES - 1);
    name[length < 0 ? 0 : length] = '\0';
}

static char held_program[LINE_BYTES]; /* for when links can no longer be read; "" before system_hold() */

void system_hold(void) {
    static const char *const paths[] = {"/proc/self/statm", "/proc/self/status", "/proc/self/smaps_rollup",
                                        "/proc/self/smaps", "/proc/self/cgroup"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        held_add(paths[i]);
    }
    container_hold();
    program_name(held_program);
    held_seal();
}

struct system_parts system_parts(void) {
    struct system_parts parts = {0};
    struct mapping mapping = {0}, below = {0};
    char line[LINE_BYTES], program[LINE_BYTES];
    uint64_t *part = &parts.anonymous_bytes;
    memcpy(program, held_program, sizeof program);
    if (program[0] == '\0') {
        program_name(program);
    }
    FILE *file = held_open("/proc/self/smaps");
    if (file == NULL) {
        return parts;
    }
    while (fgets(line, sizeof line, file) != NULL) {
        unsigned long long kilobytes;
        struct mapping found;
        if (sscanf(line, "Rss: %llu", &kilobytes) == 1) {
            *part += (uint64_t)kilobytes << 10;
        } else if (mapping_parse(line, &found)) {
            below = mapping;
            mapping = found;
            part = strcmp(mapping.name, program) == 0 ? &parts.code_bytes : part_of(&parts, &mapping, &below);
        }
    }
    fclose(file);
    return parts;
}

/* ---- malloc ------------------------------------------------------------------------------------------- */

#if defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 33)
struct malloc_figures malloc_figures(void) {
    struct mallinfo2 info = mallinfo2();
    return (struct malloc_figures){info.uordblks + info.hblkhd, info.fordblks};
}

void system_give_back(void) {
    malloc_trim(0);
}
#else
struct malloc_figures malloc_figures(void) {
    return (struct malloc_figures){0, 0};
}

void system_give_back(void) {
}
#endif

void system_data_limit(uint64_t more_bytes) {
    struct rlimit limit;
    uint64_t addresses = system_figures().data_bytes;
    if (addresses == 0 || getrlimit(RLIMIT_DATA, &limit) != 0) {
        return;
    }
    if (limit.rlim_cur == RLIM_INFINITY || addresses + more_bytes < limit.rlim_cur) {
        limit.rlim_cur = addresses + more_bytes;
        setrlimit(RLIMIT_DATA, &limit);
    }
}

/* NOLINTEND(cert-err34-c) */
