/* folder.c - repeated passes over a folder; each keeps the next batch of names in a heap. */
#include "cli/read/folder.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/meter.h"
#include "base/reason.h"

typedef char name_slot[FOLDER_NAME_BYTES];

static void slots_swap(name_slot *a, name_slot *b) {
    name_slot kept;
    memcpy(kept, *a, sizeof kept);
    memcpy(*a, *b, sizeof kept);
    memcpy(*b, kept, sizeof kept);
}

/* The heap's root is its greatest name, which is replaced when a smaller one comes. */
static void heap_sink(name_slot *names, size_t count) {
    size_t node = 0;
    for (;;) {
        size_t child = 2 * node + 1;
        if (child >= count) {
            return;
        }
        child += child + 1 < count && strcmp(names[child + 1], names[child]) > 0;
        if (strcmp(names[child], names[node]) <= 0) {
            return;
        }
        slots_swap(&names[child], &names[node]);
        node = child;
    }
}

static void heap_rise(name_slot *names, size_t node) {
    while (node > 0 && strcmp(names[node], names[(node - 1) / 2]) > 0) {
        slots_swap(&names[node], &names[(node - 1) / 2]);
        node = (node - 1) / 2;
    }
}

static void name_offer(struct folder *folder, const char *name) {
    if (name[0] == '.' || strcmp(name, folder->last) <= 0) {
        return;
    }
    if (folder->name_count < FOLDER_BATCH) {
        strcpy(folder->names[folder->name_count], name);
        heap_rise(folder->names, folder->name_count++);
        return;
    }
    folder->after_count++;
    if (strcmp(name, folder->names[0]) < 0) {
        strcpy(folder->names[0], name);
        heap_sink(folder->names, folder->name_count);
    }
}

static int names_compare(const void *a, const void *b) {
    return strcmp(a, b);
}

/* Names added to the folder meanwhile are found if they sort after those already given. */
static enum lince_status batch_fill(struct folder *folder, struct lince_error *error) {
    folder->name_count = folder->next = 0;
    folder->after_count = 0;
    DIR *stream = opendir(folder->path);
    if (stream == NULL) {
        enum lince_status status = errno == ENOENT ? LINCE_ERROR_NOT_FOUND : LINCE_ERROR_UNREADABLE;
        return error_set(error, status, "the folder %s cannot be read: %s", "no se puede leer la carpeta %s: %s",
                         folder->path, reason_for(error, errno));
    }
    errno = 0;
    for (const struct dirent *entry; (entry = readdir(stream)) != NULL; errno = 0) {
        name_offer(folder, entry->d_name);
    }
    int error_number = errno;
    closedir(stream);
    if (error_number != 0) {
        return error_set(error, LINCE_ERROR_UNREADABLE, "the folder %s cannot be read: %s",
                         "no se puede leer la carpeta %s: %s", folder->path, reason_for(error, error_number));
    }
    qsort(folder->names, folder->name_count, sizeof(name_slot), names_compare);
    if (folder->name_count > 0) {
        strcpy(folder->last, folder->names[folder->name_count - 1]);
    }
    return LINCE_OK;
}

enum lince_status folder_open(const char *path, struct meter *meter, struct folder **result,
                              struct lince_error *error) {
    struct folder *folder = meter_allocate_zero(meter, 1, sizeof *folder);
    if (folder != NULL) {
        folder->path = meter_copy_text(meter, path);
        folder->names = meter_allocate(meter, FOLDER_BATCH * sizeof(name_slot));
    }
    enum lince_status status;
    if (folder == NULL || folder->path == NULL || folder->names == NULL) {
        status = error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the names in %s",
                           "no hay memoria para los nombres de %s", path);
    } else {
        status = batch_fill(folder, error);
    }
    if (status != LINCE_OK) {
        folder_close(folder);
        return status;
    }
    *result = folder;
    return LINCE_OK;
}

void folder_close(struct folder *folder) {
    if (folder != NULL) {
        meter_free(folder->names);
        meter_free(folder->path);
        meter_free(folder);
    }
}

const char *folder_next(struct folder *folder, struct lince_error *error) {
    if (folder->next == folder->name_count) {
        if (folder->after_count == 0 || batch_fill(folder, error) != LINCE_OK || folder->name_count == 0) {
            folder->after_count = 0; /* the end is final, also after a failure */
            return NULL;
        }
    }
    return folder->names[folder->next++];
}

uint64_t folder_remaining(const struct folder *folder) {
    return folder->name_count - folder->next + folder->after_count;
}
