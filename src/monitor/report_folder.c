/* report_folder.c - keeps reports as files: complete ones only, and not too many. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/file.h"
#include "base/reason.h"
#include "monitor/report.h"

static const char NAME_START[] = "memory-", NAME_END[] = ".json";

static enum lince_status fail(const char *path, struct lince_error *error) {
    return error_set(error, LINCE_ERROR_WRITE, "the memory report %s cannot be written: %s",
                     "no se puede escribir el informe de memoria %s: %s", path, reason_for(error, errno));
}

/* Names sort by time: memory-20260131T120000-PID-NUMBER.json. */
static void name_make(const char *folder, char path[PATH_MAX]) {
    static _Atomic unsigned number;
    char when[32];
    struct timespec now;
    struct tm parts;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &parts);
    strftime(when, sizeof when, "%Y%m%dT%H%M%S", &parts);
    snprintf(path, PATH_MAX, "%s/%s%s.%03ld-%ld-%03u%s", folder, NAME_START, when, now.tv_nsec / 1000000,
             (long)getpid(), ++number, NAME_END);
}

static bool is_report(const char *name) {
    size_t length = strlen(name), start = strlen(NAME_START), end = strlen(NAME_END);
    return length > start + end && strncmp(name, NAME_START, start) == 0 && strcmp(name + length - end, NAME_END) == 0;
}

struct folder_state {
    uint32_t count;
    uint64_t bytes;
    char oldest[NAME_MAX + 1];
};

static void folder_look(const char *path, struct folder_state *state) {
    *state = (struct folder_state){0};
    DIR *folder = opendir(path);
    struct dirent *entry;
    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        struct stat facts;
        if (is_report(entry->d_name) && fstatat(dirfd(folder), entry->d_name, &facts, 0) == 0) {
            state->count++;
            state->bytes += (uint64_t)facts.st_size;
            if (state->oldest[0] == '\0' || strcmp(entry->d_name, state->oldest) < 0) {
                snprintf(state->oldest, sizeof state->oldest, "%s", entry->d_name);
            }
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
}

static void folder_prune(const struct report_folder *folder) {
    char path[PATH_MAX + NAME_MAX + 2];
    for (;;) {
        struct folder_state state;
        folder_look(folder->path, &state);
        if (state.count <= 1 || (state.count <= folder->keep_count && state.bytes <= folder->keep_bytes)) {
            return;
        }
        snprintf(path, sizeof path, "%s/%s", folder->path, state.oldest);
        if (unlink(path) != 0) {
            return;
        }
    }
}

enum lince_status report_save(const struct report_folder *folder, const struct buffer *buffer,
                              struct lince_error *error) {
    char path[PATH_MAX], partial[PATH_MAX + 16];
    name_make(folder->path, path);
    snprintf(partial, sizeof partial, "%s.partial", path);
    if (mkdir(folder->path, 0777) != 0 && errno != EEXIST) {
        return fail(folder->path, error);
    }
    int descriptor = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0) {
        return fail(path, error);
    }
    bool written = file_write_all(descriptor, buffer->bytes, buffer->used_bytes);
    written = close(descriptor) == 0 && written;
    if (!written || rename(partial, path) != 0) {
        enum lince_status status = fail(path, error);
        unlink(partial);
        return status;
    }
    folder_prune(folder);
    return LINCE_OK;
}
