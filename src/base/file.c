/* file.c - opens, checks and reads a regular file. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/meter.h"

static enum lince_status fail_to_open(const char *path, struct lince_error *error) {
    if (errno == ENOENT || errno == ENOTDIR) {
        return error_set(error, LINCE_ERROR_NOT_FOUND, "there is no file %s", "no existe el archivo %s", path);
    }
    return error_set(error, LINCE_ERROR_UNREADABLE, "cannot read %s: %s", "no se puede leer %s: %s", path,
                     strerror(errno));
}

static enum lince_status check(const char *path, const struct stat *facts, struct lince_error *error) {
    if (!S_ISREG(facts->st_mode)) {
        return error_set(error, LINCE_ERROR_UNREADABLE, "cannot read %s: it is not a regular file",
                         "no se puede leer %s: no es un archivo normal", path);
    }
    if (facts->st_size == 0) {
        return error_set(error, LINCE_ERROR_EMPTY, "%s is empty", "%s está vacío", path);
    }
    if ((uint64_t)facts->st_size > FILE_LIMIT_BYTES) {
        return error_set(error, LINCE_ERROR_TOO_LARGE, "%s has %lld bytes; at most %llu are read",
                         "%s tiene %lld bytes; se leen a lo sumo %llu", path, (long long)facts->st_size,
                         (unsigned long long)FILE_LIMIT_BYTES);
    }
    return LINCE_OK;
}

/* Reads until the end or `size` bytes; a file that shrinks meanwhile gives fewer. */
static enum lince_status fill(int descriptor, const char *path, size_t size, struct file_bytes *file,
                              struct lince_error *error) {
    while (file->count < size) {
        ssize_t got = read(descriptor, file->bytes + file->count, size - file->count);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return fail_to_open(path, error);
        }
        if (got == 0) {
            break;
        }
        file->count += (size_t)got;
    }
    return LINCE_OK;
}

static enum lince_status read_open(int descriptor, const char *path, struct meter *meter, struct file_bytes *file,
                                   struct lince_error *error) {
    struct stat facts;
    if (fstat(descriptor, &facts) != 0) {
        return fail_to_open(path, error);
    }
    enum lince_status status = check(path, &facts, error);
    if (status != LINCE_OK) {
        return status;
    }
    size_t size = (size_t)facts.st_size;
    file->bytes = meter_allocate(meter, size);
    if (file->bytes == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "%s has %zu bytes, more than the memory limit leaves",
                         "%s tiene %zu bytes, más de lo que deja el límite de memoria", path, size);
    }
    return fill(descriptor, path, size, file, error);
}

enum lince_status file_read(const char *path, struct meter *meter, struct file_bytes *file, struct lince_error *error) {
    *file = (struct file_bytes){0};
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        return fail_to_open(path, error);
    }
    enum lince_status status = read_open(descriptor, path, meter, file, error);
    close(descriptor);
    if (status != LINCE_OK) {
        meter_free(file->bytes);
        *file = (struct file_bytes){0};
    }
    return status;
}
