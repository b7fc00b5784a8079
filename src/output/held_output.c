/* held_output.c - a file that is gone as soon as it is closed. */
#include "output/held_output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"

enum { BLOCK_BYTES = 64 << 10 };

/* -1 if none can be made in the folder. */
static int file_make(const char *folder) {
    char path[4096];
    int descriptor = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor >= 0 || (size_t)snprintf(path, sizeof path, "%s/lince-XXXXXX", folder) >= sizeof path) {
        return descriptor;
    }
    descriptor = mkostemp(path, O_CLOEXEC); /* a file system without O_TMPFILE */
    if (descriptor >= 0) {
        unlink(path);
    }
    return descriptor;
}

void held_output_open(struct held_output *held, struct meter *meter) {
    const char *const folders[] = {getenv("TMPDIR"), "/var/tmp", "/tmp"};
    *held = (struct held_output){.descriptor = -1};
    buffer_init(&held->bytes, meter);
    for (size_t i = 0; i < sizeof folders / sizeof *folders && held->descriptor < 0; i++) {
        held->descriptor = folders[i] == NULL || folders[i][0] == '\0' ? -1 : file_make(folders[i]);
    }
}

bool held_output_take(void *context, const void *bytes, size_t bytes_count) {
    struct held_output *held = context;
    if (held->descriptor < 0) {
        buffer_append(&held->bytes, bytes, bytes_count);
        return !held->bytes.refused;
    }
    held->has_failed = held->has_failed || !file_write_all(held->descriptor, bytes, bytes_count);
    held->used_bytes += bytes_count;
    return !held->has_failed;
}

enum lince_status held_output_check(const struct held_output *held, struct lince_error *error) {
    if (held->bytes.refused) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory to write a document; raise the memory limit",
                         "no hay memoria para escribir un documento; suba el límite de memoria");
    }
    return held->has_failed
               ? error_set(error, LINCE_ERROR_WRITE,
                           "the document cannot be kept until it is whole; make room in the folder for temporary files "
                           "(TMPDIR)",
                           "no se puede guardar el documento hasta que esté entero; haga sitio en la carpeta de "
                           "archivos temporales (TMPDIR)")
               : LINCE_OK;
}

enum lince_status held_output_pass(lince_write write, void *context, const void *bytes, size_t count,
                                   struct lince_error *error) {
    return count == 0 || write(context, bytes, count) == 0
               ? LINCE_OK
               : error_set(error, LINCE_ERROR_WRITE, "the %zu bytes of output were not taken",
                           "no se aceptaron los %zu bytes de salida", count);
}

enum lince_status held_output_give(const struct held_output *held, lince_write write, void *context,
                                   struct lince_error *error) {
    char block[BLOCK_BYTES];
    enum lince_status status = LINCE_OK;
    if (held->descriptor < 0) {
        return held_output_pass(write, context, held->bytes.bytes, held->bytes.used_bytes, error);
    }
    for (uint64_t at = 0; at < held->used_bytes && status == LINCE_OK;) {
        ssize_t got = pread(held->descriptor, block, sizeof block, (off_t)at);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        status = got > 0 ? held_output_pass(write, context, block, (size_t)got, error)
                         : error_set(error, LINCE_ERROR_WRITE, "the document cannot be read from its temporary file",
                                     "no se puede leer el documento de su archivo temporal");
        at += got > 0 ? (uint64_t)got : 0;
    }
    return status;
}

void held_output_close(struct held_output *held) {
    if (held->descriptor >= 0) {
        close(held->descriptor);
        held->descriptor = -1;
    }
    buffer_free(&held->bytes);
}
