/* data_folder.c - the data folder: made, kept to its owner, locked. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/reason.h"
#include "store/store_internal.h"

enum lince_status store_fail_at(const char *path, struct lince_error *error) {
    return error_set(error, LINCE_ERROR_WRITE, "%s cannot be used (%s); name a folder that can be written with --data",
                     "no se puede usar %s (%s); indique una carpeta en la que se pueda escribir con --data", path,
                     reason_for(error, errno));
}

static enum lince_status folder_make(const char *path, struct lince_error *error) {
    return mkdir(path, 0700) == 0 || errno == EEXIST ? LINCE_OK : store_fail_at(path, error);
}

static enum lince_status folder_sync(const char *path, struct lince_error *error) {
    return file_sync_folder(path) ? LINCE_OK : store_fail_at(path, error);
}

/*
 * images/ has a folder for each first byte of a hash. They are made at the start, so that storing an image makes none.
 */
enum lince_status store_folders_make(struct store *store, struct lince_error *error) {
    char path[PATH_MAX];
    enum lince_status status = folder_make(store->folder, error);
    static const char *const names[] = {"images", "incoming"};
    for (int i = 0; i < 2 && status == LINCE_OK; i++) {
        snprintf(path, sizeof path, "%s/%s", store->folder, names[i]);
        status = folder_make(path, error);
    }
    for (int i = 0; i < 256 && status == LINCE_OK; i++) {
        snprintf(path, sizeof path, "%s/images/%02x", store->folder, i);
        status = folder_make(path, error);
    }
    snprintf(path, sizeof path, "%s/images", store->folder);
    if (status == LINCE_OK) {
        status = folder_sync(path, error);
    }
    return status == LINCE_OK ? folder_sync(store->folder, error) : status;
}

enum { OTHERS = S_IRWXG | S_IRWXO };

/*
 * Makes a file, or a folder and what is in it, private to the owner. What is someone else's stays as it is: opening it
 * reports that later. Links are not followed.
 */
static void make_private(int parent, const char *name) {
    struct stat facts;
    int descriptor = openat(parent, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0) {
        return;
    }
    bool is_known = fstat(descriptor, &facts) == 0;
    if (is_known && (S_ISREG(facts.st_mode) || S_ISDIR(facts.st_mode)) && (facts.st_mode & OTHERS) != 0) {
        (void)fchmod(descriptor, facts.st_mode & 07777 & ~(mode_t)OTHERS);
    }
    DIR *entries = is_known && S_ISDIR(facts.st_mode) ? fdopendir(descriptor) : NULL;
    if (entries == NULL) {
        close(descriptor);
        return;
    }
    for (const struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries)) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            make_private(dirfd(entries), entry->d_name);
        }
    }
    closedir(entries);
}

/*
 * An existing folder may be open to others: it and what the store keeps in it become the owner's alone. Nobody else can
 * reach what is in a private folder, so only one that was open is gone through.
 */
enum lince_status store_folder_guard(struct store *store, struct lince_error *error) {
    static const char *const names[] = {"store.db", "store.db-wal", "store.db-shm", "lock",
                                        "images",   "incoming",     "backups",      "layouts"};
    struct stat facts;
    int folder = open(store->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0 || fstat(folder, &facts) != 0) {
        enum lince_status status = store_fail_at(store->folder, error);
        if (folder >= 0) {
            close(folder);
        }
        return status;
    }
    bool is_open = (facts.st_mode & OTHERS) != 0;
    if (is_open && fchmod(folder, facts.st_mode & 07777 & ~(mode_t)OTHERS) != 0 &&
        (facts.st_mode & (S_IWOTH | S_IWGRP)) != 0) {
        close(folder);
        return error_set(error, LINCE_ERROR_WRITE,
                         "others can write in %s; give it to the user that runs lince (chmod 700)",
                         "otros pueden escribir en %s; déjela al usuario que ejecuta lince (chmod 700)", store->folder);
    }
    for (size_t i = 0; is_open && i < sizeof names / sizeof *names; i++) {
        make_private(folder, names[i]);
    }
    close(folder);
    return LINCE_OK;
}

enum lince_status store_folder_lock(struct store *store, struct lince_error *error) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/lock", store->folder);
    store->lock_descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (store->lock_descriptor < 0) {
        return store_fail_at(path, error);
    }
    if (flock(store->lock_descriptor, LOCK_EX | LOCK_NB) != 0) {
        return error_set(error, LINCE_ERROR_WRITE,
                         "%s is in use by another lince serve; stop it or name another --data",
                         "%s está en uso por otro lince serve; deténgalo o indique otro --data", store->folder);
    }
    return LINCE_OK;
}

uint64_t store_disk_free_bytes(struct store *store) {
    struct statvfs facts;
    return statvfs(store->folder, &facts) == 0 ? (uint64_t)facts.f_bavail * facts.f_frsize : 0;
}
