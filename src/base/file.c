/* file.c - opens, checks and reads a regular file; writes and syncs. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/meter.h"
#include "base/reason.h"

static enum lince_status fail_to_open(const char *path, struct lince_error *error) {
    if (errno == ENOENT || errno == ENOTDIR) {
        return error_set(error, LINCE_ERROR_NOT_FOUND, "there is no file %s", "no existe el archivo %s", path);
    }
    return error_set(error, LINCE_ERROR_UNREADABLE, "cannot read %s: %s", "no se puede leer %s: %s", path,
                     reason_for(error, errno));
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

enum lince_status file_open(const char *path, struct file *file, struct lince_error *error) {
    struct stat facts;
    *file = (struct file){path, open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK), 0};
    if (file->descriptor < 0) {
        return fail_to_open(path, error);
    }
    enum lince_status status =
        fstat(file->descriptor, &facts) == 0 ? check(path, &facts, error) : fail_to_open(path, error);
    if (status != LINCE_OK) {
        file_close(file);
        return status;
    }
    file->size_bytes = (uint64_t)facts.st_size;
    return LINCE_OK;
}

void file_close(struct file *file) {
    if (file->descriptor >= 0) {
        close(file->descriptor);
    }
    file->descriptor = -1;
}

/* Reads to the end or `size` bytes; fewer if the file shrinks meanwhile. */
static enum lince_status fill(const struct file *file, size_t size, struct file_bytes *bytes,
                              struct lince_error *error) {
    while (bytes->count < size) {
        ssize_t got = pread(file->descriptor, bytes->bytes + bytes->count, size - bytes->count, (off_t)bytes->count);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return fail_to_open(file->path, error);
        }
        if (got == 0) {
            break;
        }
        bytes->count += (size_t)got;
    }
    return LINCE_OK;
}

enum lince_status file_read_start(const struct file *file, uint64_t most_bytes, struct meter *meter,
                                  struct file_bytes *bytes, struct lince_error *error) {
    size_t size = (size_t)(file->size_bytes < most_bytes ? file->size_bytes : most_bytes);
    *bytes = (struct file_bytes){meter_allocate_at(meter, size, SITE_HERE("file")), 0};
    if (bytes->bytes == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "%s has %zu bytes, more than the memory limit leaves",
                         "%s tiene %zu bytes, más de lo que deja el límite de memoria", file->path, size);
    }
    enum lince_status status = fill(file, size, bytes, error);
    if (status != LINCE_OK) {
        meter_free(bytes->bytes);
        *bytes = (struct file_bytes){0};
    }
    return status;
}

enum lince_status file_read(const char *path, struct meter *meter, struct file_bytes *bytes,
                            struct lince_error *error) {
    struct file file;
    *bytes = (struct file_bytes){0};
    enum lince_status status = file_open(path, &file, error);
    if (status == LINCE_OK) {
        status = file_read_start(&file, file.size_bytes, meter, bytes, error);
        file_close(&file);
    }
    return status;
}

bool file_write_all(int descriptor, const void *bytes, size_t count) {
    const char *rest = bytes;
    while (count > 0) {
        ssize_t written = write(descriptor, rest, count);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        rest += written;
        count -= (size_t)written;
    }
    return true;
}

bool file_sync_folder(const char *path) {
    int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) {
        return false;
    }
    int failure = fsync(descriptor) == 0 ? 0 : errno;
    close(descriptor);
    errno = failure;
    return failure == 0;
}
