/* sink.c - calls write(2) and rename(2), and locks files. */
#include "cli/read/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/meter.h"
#include "base/reason.h"

static enum lince_status write_failed(const char *path, int error_number, struct lince_error *error) {
    return error_set(error, LINCE_ERROR_WRITE, "cannot write %s: %s", "no se puede escribir %s: %s", path,
                     reason_for(error, error_number));
}

/* Devices and pipes are written in place; only an ordinary or new file can be replaced. */
static bool can_be_replaced(const char *path) {
    struct stat file;
    return stat(path, &file) != 0 || S_ISREG(file.st_mode);
}

static enum lince_status growing_open(struct sink *sink, const char *path, enum sink_kind kind,
                                      struct lince_error *error) {
    sink->descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (sink->descriptor < 0) {
        return write_failed(path, errno, error);
    }
    if (flock(sink->descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        return error_set(error, LINCE_ERROR_WRITE, "another run is writing %s; wait for it or choose another name",
                         "otra ejecución está escribiendo %s; espérela o elija otro nombre", path);
    }
    if (kind == SINK_GROWING && ftruncate(sink->descriptor, 0) != 0) {
        return write_failed(path, errno, error);
    }
    return LINCE_OK;
}

/* In the folder of the file itself, not of a symbolic link to it, which renaming would replace. */
static enum lince_status whole_open(struct sink *sink, const char *path, struct meter *meter,
                                    struct lince_error *error) {
    char target[PATH_MAX], partial[PATH_MAX + 32];
    if (realpath(path, target) == NULL) {
        if (errno != ENOENT || strlen(path) >= sizeof target) {
            return write_failed(path, errno, error);
        }
        strcpy(target, path);
    }
    snprintf(partial, sizeof partial, "%s.%ld.part", target, (long)getpid());
    meter_free(sink->path);
    sink->path = meter_copy_text(meter, target);
    sink->partial = meter_copy_text(meter, partial);
    if (sink->path == NULL || sink->partial == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the name %s",
                         "no hay memoria para el nombre %s", path);
    }
    sink->descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    return sink->descriptor < 0 ? write_failed(path, errno, error) : LINCE_OK;
}

enum lince_status sink_open(struct sink *sink, const char *path, enum sink_kind kind, struct meter *meter,
                            struct lince_error *error) {
    *sink = (struct sink){.descriptor = -1};
    sink->path = meter_copy_text(
        meter, path != NULL ? path : in_language(error->language, "standard output", "la salida estándar"));
    if (sink->path == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the output", "no hay memoria para la salida");
    }
    enum lince_status status = LINCE_OK;
    if (path == NULL) {
        sink->descriptor = STDOUT_FILENO;
    } else if (!can_be_replaced(path)) {
        sink->descriptor = open(path, O_WRONLY | O_CLOEXEC);
        status = sink->descriptor < 0 ? write_failed(path, errno, error) : LINCE_OK;
    } else if (kind == SINK_WHOLE) {
        status = whole_open(sink, path, meter, error);
    } else {
        status = growing_open(sink, path, kind, error);
    }
    if (status != LINCE_OK) {
        struct lince_error ignored = LINCE_ERROR_INIT;
        sink_close(sink, false, &ignored);
    }
    return status;
}

enum lince_status sink_write(const struct sink *sink, const char *bytes, size_t bytes_count,
                             struct lince_error *error) {
    while (bytes_count > 0) {
        ssize_t written = write(sink->descriptor, bytes, bytes_count);
        if (written < 0 && errno != EINTR) {
            return write_failed(sink->path, errno, error);
        }
        if (written > 0) {
            bytes += written;
            bytes_count -= (size_t)written;
        }
    }
    return LINCE_OK;
}

/* A whole file is synced before it gets its name, so that a power cut leaves the old one or the new one. */
enum lince_status sink_close(struct sink *sink, bool is_good, struct lince_error *error) {
    enum lince_status status = LINCE_OK;
    if (sink->partial != NULL && is_good && fsync(sink->descriptor) != 0) {
        status = write_failed(sink->path, errno, error);
    }
    if (sink->descriptor > STDERR_FILENO && close(sink->descriptor) != 0 && is_good && status == LINCE_OK) {
        status = write_failed(sink->path, errno, error);
    }
    if (sink->partial != NULL && is_good && status == LINCE_OK && rename(sink->partial, sink->path) != 0) {
        status = write_failed(sink->path, errno, error);
    }
    if (sink->partial != NULL && (!is_good || status != LINCE_OK)) {
        unlink(sink->partial);
    }
    meter_free(sink->partial);
    meter_free(sink->path);
    *sink = (struct sink){.descriptor = -1};
    return status;
}
