/*
 * power.c - preloaded, keeps in the folder named by POWER what a disk would have after a loss of power now: of a file
 * its content at the last sync, of a folder its names at the last sync.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void file_keep(int descriptor, FILE *out) {
    char bytes[16384];
    off_t place = 0;
    for (ssize_t got; (got = pread(descriptor, bytes, sizeof bytes, place)) > 0; place += got) {
        fwrite(bytes, 1, (size_t)got, out);
    }
}

static void names_keep(int descriptor, FILE *out) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path);
    fprintf(out, "%.*s\n", (int)(length < 0 ? 0 : length), path);
    DIR *folder = fdopendir(openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    const struct dirent *entry;
    while (folder != NULL && (entry = readdir(folder)) != NULL) { /* NOLINT(concurrency-mt-unsafe): of its own */
        if (entry->d_type == DT_REG) {
            fprintf(out, "%lu %s\n", (unsigned long)entry->d_ino, entry->d_name);
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
}

/* Under the lock, so that what was synced later is kept later. */
static void keep(int descriptor) {
    const char *place = getenv("POWER");
    struct stat facts;
    char path[PATH_MAX], partial[PATH_MAX];
    if (place == NULL || fstat(descriptor, &facts) != 0) {
        return;
    }
    snprintf(partial, sizeof partial, "%s/partial", place);
    snprintf(path, sizeof path, "%s/%s%lu", place, S_ISDIR(facts.st_mode) ? "names-" : "", (unsigned long)facts.st_ino);
    FILE *out = fopen(partial, "we");
    if (out != NULL) {
        (S_ISDIR(facts.st_mode) ? names_keep : file_keep)(descriptor, out);
        fclose(out);
        rename(partial, path);
    }
}

static int sync_and_keep(const char *name, int descriptor) {
    int (*own)(int);
    *(void **)&own = dlsym(RTLD_NEXT, name);
    int result = own(descriptor);
    if (result == 0) {
        pthread_mutex_lock(&lock);
        keep(descriptor);
        pthread_mutex_unlock(&lock);
    }
    return result;
}

int fsync(int descriptor) {
    return sync_and_keep("fsync", descriptor);
}

int fdatasync(int descriptor) {
    return sync_and_keep("fdatasync", descriptor);
}
