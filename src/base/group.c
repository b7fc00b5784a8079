/* group.c - checks who is in the group and writes the files that limit it. */
#include "base/group.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/container.h"
#include "base/system.h"

static const double MARGIN_SHARE = 1.0 / 16.0;
static const uint64_t LEAST_MARGIN_BYTES = 8u << 20;

enum { FILE_PATH_BYTES = PATH_MAX + 40 };

uint64_t group_margin_bytes(uint64_t limit_bytes) {
    uint64_t margin = (uint64_t)((double)limit_bytes * MARGIN_SHARE);
    return margin < LEAST_MARGIN_BYTES ? LEAST_MARGIN_BYTES : margin;
}

uint64_t group_limit_within(uint64_t asked_bytes) {
    uint64_t container = container_limit_bytes();
    if (container == 0) {
        return asked_bytes;
    }
    uint64_t margin = group_margin_bytes(container), inside = container > margin ? container - margin : 1;
    return inside < asked_bytes ? inside : asked_bytes;
}

/* The content of a group's file without its line feed; false if it cannot be read or is longer than a number. */
static bool file_get(const char *folder, const char *name, char text[32]) {
    char path[FILE_PATH_BYTES];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "re");
    bool found = file != NULL && fgets(text, 32, file) != NULL;
    if (file != NULL) {
        fclose(file);
    }
    if (found) {
        text[strcspn(text, "\n")] = '\0';
    }
    return found;
}

/* The kernel accepts or refuses a value in the write itself, so the write is not buffered. */
static bool file_put(const char *folder, const char *name, const char *text) {
    char path[FILE_PATH_BYTES];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    int descriptor = open(path, O_WRONLY | O_CLOEXEC);
    bool written = descriptor >= 0 && write(descriptor, text, strlen(text)) == (ssize_t)strlen(text);
    if (descriptor >= 0) {
        close(descriptor);
    }
    return written;
}

static bool is_alone(const char *folder) {
    char path[FILE_PATH_BYTES], line[32];
    unsigned count = 0, own = 0;
    snprintf(path, sizeof path, "%s/cgroup.procs", folder);
    FILE *file = fopen(path, "re");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        count++;
        own += strtol(line, NULL, 10) == (long)getpid();
    }
    if (file != NULL) {
        fclose(file);
    }
    return count == 1 && own == 1;
}

static bool has_groups_below(const char *folder) {
    DIR *entries = opendir(folder);
    const struct dirent *entry;
    bool found = entries == NULL;
    while (!found && (entry = readdir(entries)) != NULL) {
        struct stat facts;
        found =
            entry->d_name[0] != '.' && fstatat(dirfd(entries), entry->d_name, &facts, 0) == 0 && S_ISDIR(facts.st_mode);
    }
    if (entries != NULL) {
        closedir(entries);
    }
    return found;
}

struct files {
    const char *limit, *pressure;
};

static struct files files_of(enum group_version version) {
    return version == GROUP_VERSION_2 ? (struct files){"memory.max", "memory.high"}
                                      : (struct files){"memory.limit_in_bytes", "memory.soft_limit_in_bytes"};
}

bool group_hold_in(const char *folder, enum group_version version, uint64_t limit_bytes, struct group_hold *hold) {
    struct files files = files_of(version);
    uint64_t margin = group_margin_bytes(limit_bytes), most = limit_bytes + margin;
    char text[32];
    *hold = (struct group_hold){.version = version};
    if (!is_alone(folder) || has_groups_below(folder) || !file_get(folder, files.limit, hold->earlier_limit) ||
        !file_get(folder, files.pressure, hold->earlier_pressure)) {
        return false;
    }
    bool has_limit = strcmp(hold->earlier_limit, "max") != 0;
    if (has_limit && strtoull(hold->earlier_limit, NULL, 10) <= most) {
        return false;
    }
    snprintf(text, sizeof text, "%llu", (unsigned long long)most);
    if (!file_put(folder, files.limit, text)) {
        return false;
    }
    snprintf(text, sizeof text, "%llu",
             (unsigned long long)(version == GROUP_VERSION_2 ? limit_bytes + margin / 2 : limit_bytes));
    file_put(folder, files.pressure, text); /* without it the limit still holds, only later */
    snprintf(hold->folder, sizeof hold->folder, "%s", folder);
    hold->is_held = true;
    return true;
}

bool group_hold(uint64_t limit_bytes, struct group_hold *hold) {
    char folder[PATH_MAX];
    enum group_version version;
    *hold = (struct group_hold){0};
    return container_group(folder, &version) && group_hold_in(folder, version, limit_bytes, hold);
}

void group_release(struct group_hold *hold) {
    struct files files = files_of(hold->version);
    if (hold->is_held) {
        file_put(hold->folder, files.limit, hold->earlier_limit);
        file_put(hold->folder, files.pressure, hold->earlier_pressure);
        hold->is_held = false;
    }
}
