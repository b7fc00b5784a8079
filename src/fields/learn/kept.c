/* kept.c - files of learned layouts, each replaced in one step. */
#include "fields/learn/kept.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/reason.h"
#include "fields/layouts/layout_json.h"

enum { NAME_MOST = 40 }; /* bytes, as in a layout's file */

/* A name becomes a part of a path: letters, digits, _ and - only. */
static bool name_is_safe(const char *name) {
    return name != NULL && *name != '\0' && strlen(name) <= NAME_MOST &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-") == strlen(name);
}

static bool path_make(char path[PATH_MAX], const char *folder, const char *inner, const char *name, const char *end) {
    int bytes = snprintf(path, PATH_MAX, "%s/%s%s%s", folder, inner, name, end);
    return bytes > 0 && bytes < PATH_MAX;
}

static enum lince_status write_refuse(const char *path, struct lince_error *error) {
    return error_set(error, LINCE_ERROR_WRITE, "%s cannot be written: %s", "no se puede escribir %s: %s", path,
                     reason_for(error, errno));
}

/* A pipe or a device of that name is not waited for. */
static json_t *file_load(const char *path) {
    int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    struct stat about;
    json_t *tree = NULL;
    if (descriptor >= 0 && fstat(descriptor, &about) == 0 && S_ISREG(about.st_mode) &&
        about.st_size <= LAYOUT_BYTES_MOST) {
        tree = json_loadfd(descriptor, JSON_REJECT_DUPLICATES, NULL);
    }
    if (descriptor >= 0) {
        close(descriptor);
    }
    return tree;
}

json_t *learn_kept(const char *folder, const char *name) {
    char path[PATH_MAX];
    if (!name_is_safe(name) || !path_make(path, folder, "", name, ".json")) {
        return NULL;
    }
    json_t *tree = file_load(path);
    if (!json_is_true(json_object_get(tree, "learned"))) {
        json_decref(tree);
        return NULL;
    }
    return tree;
}

bool learn_file_is_there(const char *folder, const char *name) {
    char path[PATH_MAX];
    struct stat about;
    return folder != NULL && path_make(path, folder, "", name, ".json") && lstat(path, &about) == 0;
}

static enum lince_status folder_make(const char *path, struct lince_error *error) {
    return mkdir(path, 0777) == 0 || errno == EEXIST ? LINCE_OK : write_refuse(path, error);
}

/* The file is synced: a loss of power leaves no empty file in place of a layout. */
static enum lince_status part_write(const char *part, const json_t *layout, struct lince_error *error) {
    int descriptor = open(part, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor < 0) {
        return write_refuse(part, error);
    }
    bool is_written = json_dumpfd(layout, descriptor, JSON_INDENT(1)) == 0 && fsync(descriptor) == 0;
    return close(descriptor) == 0 && is_written ? LINCE_OK : write_refuse(part, error);
}

static enum lince_status folder_sync(const char *folder, struct lince_error *error) {
    return file_sync_folder(folder) ? LINCE_OK : write_refuse(folder, error);
}

enum lince_status learn_keep(const char *folder, const json_t *layout, struct lince_error *error) {
    const char *name = json_string_value(json_object_get(layout, "name"));
    char path[PATH_MAX], part[PATH_MAX], before[PATH_MAX], former[PATH_MAX];
    if (!name_is_safe(name) || !path_make(path, folder, "", name, ".json") ||
        !path_make(part, folder, "", name, ".json.part") || !path_make(before, folder, "before", "", "") ||
        !path_make(former, folder, "before/", name, ".json")) {
        return error_set(error, LINCE_ERROR_ARGUMENT, "the path of the layout is too long",
                         "la ruta de la plantilla es demasiado larga");
    }
    enum lince_status status = folder_make(folder, error);
    json_t *there = learn_kept(folder, name);
    bool is_there = there != NULL;
    json_decref(there);
    if (status == LINCE_OK && !is_there && access(path, F_OK) == 0) {
        return error_set(error, LINCE_ERROR_ARGUMENT, "%s is there and was not learned; give it another name",
                         "%s ya existe y no fue aprendida; cámbiele el nombre", path);
    }
    if (status == LINCE_OK) {
        status = part_write(part, layout, error);
    }
    if (status == LINCE_OK && is_there) {
        status = folder_make(before, error);
        status = status == LINCE_OK && rename(path, former) != 0 ? write_refuse(former, error) : status;
    } else if (status == LINCE_OK) {
        unlink(former); /* from a layout of the same name that was undone */
    }
    if (status == LINCE_OK && rename(part, path) != 0) {
        status = write_refuse(path, error);
    }
    return status == LINCE_OK ? folder_sync(folder, error) : status;
}

enum lince_status learn_undo(const char *folder, const char *name, struct lince_error *error) {
    char path[PATH_MAX], former[PATH_MAX];
    json_t *there = learn_kept(folder, name);
    bool is_there = there != NULL;
    json_decref(there);
    if (!is_there || !path_make(path, folder, "", name, ".json") ||
        !path_make(former, folder, "before/", name, ".json")) {
        return error_set(error, LINCE_ERROR_NOT_FOUND, "there is no learned layout \"%.60s\" in %s",
                         "no hay una plantilla aprendida \"%.60s\" en %s", name, folder);
    }
    bool is_undone = rename(former, path) == 0 || (errno == ENOENT && unlink(path) == 0);
    return is_undone ? folder_sync(folder, error) : write_refuse(path, error);
}

/* One file's part of the stamp. The parts are added up, so their order does not matter. */
static uint64_t file_stamp(const char *name, const struct stat *about) {
    const uint64_t prime = 0x100000001b3;
    uint64_t stamp = 0xcbf29ce484222325; /* FNV-1a */
    for (const char *c = name; *c != '\0'; c++) {
        stamp = (stamp ^ (unsigned char)*c) * prime;
    }
    const int64_t numbers[] = {about->st_mtim.tv_sec,  about->st_mtim.tv_nsec, about->st_ctim.tv_sec,
                               about->st_ctim.tv_nsec, about->st_size,         (int64_t)about->st_ino};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        stamp = (stamp ^ (uint64_t)numbers[i]) * prime;
    }
    return stamp;
}

uint64_t learn_stamp(const char *folder) {
    DIR *entries = opendir(folder);
    uint64_t stamp = entries == NULL && errno != ENOENT ? (uint64_t)errno : 0;
    for (const struct dirent *entry; entries != NULL && (entry = readdir(entries)) != NULL;) {
        struct stat about;
        size_t bytes = strlen(entry->d_name);
        if (entry->d_name[0] != '.' && bytes > 5 && strcmp(entry->d_name + bytes - 5, ".json") == 0 &&
            (fstatat(dirfd(entries), entry->d_name, &about, 0) == 0 ||
             fstatat(dirfd(entries), entry->d_name, &about, AT_SYMLINK_NOFOLLOW) == 0)) {
            stamp += file_stamp(entry->d_name, &about);
        }
    }
    if (entries != NULL) {
        closedir(entries);
    }
    return stamp;
}
