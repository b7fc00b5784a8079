/* input_list.c - a stack of open folders over the operands. */
#include "cli/read/input_list.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/meter.h"
#include "cli/read/interrupt.h"
#include "cli/read/signature.h"

void list_init(struct list *list, char **operands, int operand_count, bool recursive, bool only_zero_ends,
               struct meter *meter) {
    list->meter = meter;
    list->operands = operands;
    list->operand_count = operand_count;
    list->next_operand = 0;
    list->recursive = recursive;
    list->closed = NULL;
    list->reads_names = false;
    list->stream = NULL;
    list->folder = NULL;
    list->zips = (struct zip_list){.meter = meter};
    list->is_cut_short = false;
    names_init(&list->names, STDIN_FILENO, only_zero_ends);
}

static void folder_leave(struct list *list) {
    struct folder *parent = list->folder->parent;
    folder_close(list->folder);
    list->folder = parent;
}

void list_close(struct list *list) {
    zip_list_close(&list->zips);
    while (list->folder != NULL) {
        folder_leave(list);
    }
}

static void item_name(struct list_item *item, const char *folder, const char *name) {
    buffer_clear(&item->name);
    if (folder != NULL) {
        buffer_text(&item->name, folder);
        if (item->name.used_bytes > 0 && item->name.bytes[item->name.used_bytes - 1] != '/') {
            buffer_append(&item->name, "/", 1);
        }
    }
    buffer_append(&item->name, name, strlen(name) + 1);
}

/* Nothing can be reported about an item without its name, so the list ends. The reader of the list must report that. */
static bool item_is_named(const struct list_item *item) {
    return !item->name.refused;
}

/* Opens the folder that the item names. Returns true if that failed; then the failure is the item. */
static bool folder_enter(struct list *list, struct list_item *item) {
    struct folder *folder = NULL;
    if (folder_open(item->name.bytes, list->meter, &folder, &item->error) != LINCE_OK) {
        return true;
    }
    folder->parent = list->folder;
    list->folder = folder;
    return false;
}

static bool is_closed(const struct list *list, const struct stat *folder) {
    return list->closed != NULL && list->closed->st_dev == folder->st_dev && list->closed->st_ino == folder->st_ino;
}

static bool looks_like_image(const char *path, const char *name) {
    if (signature_name_is_of_image(name)) {
        return true;
    }
    unsigned char bytes[SIGNATURE_BYTES];
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return false;
    }
    ssize_t count = read(descriptor, bytes, sizeof bytes);
    close(descriptor);
    return count > 0 && signature_of(bytes, (size_t)count) == SIGNATURE_IMAGE;
}

/* The next entry of the innermost folder; true when the item is filled. */
static bool folder_item(struct list *list, struct list_item *item) {
    const char *name = folder_next(list->folder, &item->error);
    if (name == NULL) {
        item_name(item, NULL, list->folder->path);
        folder_leave(list);
        return item->error.status != LINCE_OK;
    }
    item_name(item, list->folder->path, name);
    if (!item_is_named(item)) {
        return false;
    }
    struct stat link, file;
    if (lstat(item->name.bytes, &link) != 0 || stat(item->name.bytes, &file) != 0) {
        return signature_name_is_of_image(name); /* gone, or a dangling link: reading it will report why */
    }
    if (S_ISDIR(file.st_mode)) {
        return list->recursive && S_ISDIR(link.st_mode) && !is_closed(list, &file) && folder_enter(list, item);
    }
    return S_ISREG(file.st_mode) && looks_like_image(item->name.bytes, name);
}

/* A name that the user gave: a folder is entered, anything else is the item. */
static bool given_item(struct list *list, struct list_item *item, const char *name) {
    struct stat file;
    item_name(item, NULL, name);
    if (!item_is_named(item)) {
        return false;
    }
    if (stat(name, &file) != 0 || !S_ISDIR(file.st_mode)) {
        return true;
    }
    if (is_closed(list, &file)) {
        error_set(&item->error, LINCE_ERROR_ARGUMENT,
                  "%s is where the pictures go, so it cannot be read; choose another folder for --boxes",
                  "%s es donde van las imágenes, así que no se puede leer; elija otra carpeta para --boxes", name);
        return true;
    }
    return folder_enter(list, item);
}

static bool names_item(struct list *list, struct list_item *item) {
    const char *name;
    if (names_next(&list->names, &name, &item->error) != LINCE_OK) {
        item_name(item, NULL, "-");
        return true;
    }
    if (name == NULL) {
        list->reads_names = false;
        return false;
    }
    return given_item(list, item, name);
}

static bool standard_input_item(struct list *list, struct list_item *item) {
    if (!names_is_image(&list->names)) {
        list->reads_names = true;
        return false;
    }
    item_name(item, NULL, "-");
    item->is_bytes = true;
    buffer_clear(&item->bytes);
    names_image(&list->names, &item->bytes, &item->error);
    return item->error.status != LINCE_ERROR_CANCELLED;
}

/* Whether the item is to be read as it is: an archive is entered instead. */
static bool is_final(struct list *list, struct list_item *item) {
    return item->error.status != LINCE_OK || !zip_list_enter(&list->zips, item);
}

bool list_next(struct list *list, struct list_item *item) {
    item->is_bytes = false;
    item->error.status = LINCE_OK;
    item->place[0] = '\0';
    bool found = false;
    buffer_clear(&item->name);
    while (!found && !interrupt_is_stopping() && !list->is_cut_short) {
        bool is_unpacked = list->zips.level != NULL;
        if (is_unpacked) {
            found = zip_list_next(&list->zips, item);
        } else if (list->folder != NULL) {
            found = folder_item(list, item);
        } else if (list->reads_names) {
            found = names_item(list, item);
        } else if (list->stream != NULL) {
            found = stream_next(list->stream, item);
            if (!found && item_is_named(item)) {
                return false;
            }
        } else if (list->next_operand == list->operand_count) {
            return false;
        } else {
            const char *operand = list->operands[list->next_operand++];
            found = strcmp(operand, "-") == 0 ? standard_input_item(list, item) : given_item(list, item, operand);
        }
        list->is_cut_short = !item_is_named(item);
        found = found && (is_unpacked || list->is_cut_short || is_final(list, item));
    }
    return found && !list->is_cut_short;
}

uint64_t list_remaining(const struct list *list, bool *is_all) {
    uint64_t count = (uint64_t)(list->operand_count - list->next_operand);
    *is_all = !list->reads_names && !list->recursive && list->stream == NULL && list->zips.level == NULL;
    for (int i = list->next_operand; i < list->operand_count && *is_all; i++) {
        *is_all = strcmp(list->operands[i], "-") != 0;
    }
    for (const struct folder *folder = list->folder; folder != NULL; folder = folder->parent) {
        count += folder_remaining(folder);
    }
    return count;
}
