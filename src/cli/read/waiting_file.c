/* waiting_file.c - makes a file, removes its name and keeps its descriptor. */
#include "cli/read/waiting_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/reason.h"
#include "cli/read/archives/list_item.h"

enum lince_status waiting_file_open(struct list_item *item, struct lince_error *error) {
    const char *folder = getenv("TMPDIR");
    char path[4096];
    folder = folder == NULL || folder[0] == '\0' ? "/tmp" : folder;
    int length = snprintf(path, sizeof path, "%s/lince-XXXXXX", folder);
    item->descriptor = length < (int)sizeof path ? mkostemp(path, O_CLOEXEC) : (errno = ENAMETOOLONG, -1);
    if (item->descriptor < 0) {
        return error_set(error, LINCE_ERROR_WRITE, "cannot make a file in %s: %s; name another folder in TMPDIR",
                         "no se puede crear un archivo en %s: %s; nombre otra carpeta en TMPDIR", folder,
                         reason_for(error, errno));
    }
    unlink(path);
    snprintf(item->place, sizeof item->place, "/proc/self/fd/%d", item->descriptor);
    return LINCE_OK;
}

enum lince_status waiting_file_write(const struct list_item *item, const char *bytes, size_t bytes_count,
                                     struct lince_error *error) {
    if (file_write_all(item->descriptor, bytes, bytes_count)) {
        return LINCE_OK;
    }
    return error_set(error, LINCE_ERROR_WRITE, "%s cannot be kept while it waits: %s; name another folder in TMPDIR",
                     "no se puede guardar %s mientras espera: %s; nombre otra carpeta en TMPDIR", item->name.bytes,
                     reason_for(error, errno));
}
