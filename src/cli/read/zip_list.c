/* zip_list.c - a stack of open archives; each entry is unpacked into a waiting file. */
#include "cli/read/zip_list.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/zip.h"
#include "base/error.h"
#include "base/file.h"
#include "base/meter.h"
#include "cli/read/archives/list_item.h"
#include "cli/read/archives/zip_child.h"
#include "cli/read/interrupt.h"
#include "cli/read/name_set.h"
#include "cli/read/waiting_file.h"
#include "image/header/foreign.h"

enum { ENTRIES_LIMIT = 100000, BLOCK_BYTES = 64 << 10 };

/* Overlapping entries unpack the same bytes again and again: more than this of one archive is a trap. */
#define TOTAL_FREE_BYTES (UINT64_C(1) << 30)

struct zip_level {
    struct zip_level *parent;
    struct zip *zip;
    struct zip_child elsewhere; /* with --locked-down, instead of `zip` */
    bool is_elsewhere;
    int descriptor;      /* owned: of the archive's file; -1: its bytes are in memory */
    struct buffer bytes; /* the archive that came on standard input */
    struct buffer name;  /* of the archive, without a zero byte */
    struct name_set names;
    uint64_t left_bytes; /* that may still be unpacked */
    unsigned depth;      /* 1: no archive around it */
};

static void level_close(struct zip_level *level) {
    zip_close(level->zip);
    if (level->is_elsewhere) {
        zip_child_close(&level->elsewhere);
    }
    if (level->descriptor >= 0) {
        close(level->descriptor);
    }
    buffer_free(&level->bytes);
    buffer_free(&level->name);
    name_set_free(&level->names);
    meter_free(level);
}

static void level_leave(struct zip_list *list) {
    struct zip_level *parent = list->level->parent;
    level_close(list->level);
    list->level = parent;
}

void zip_list_close(struct zip_list *list) {
    while (list->level != NULL) {
        level_leave(list);
    }
}

/* ---- entering ---- */

/* A descriptor of the item's file if it is a regular one; -1 otherwise. A pipe that is opened once is used up. */
static int file_of(const struct list_item *item, uint64_t *size_bytes) {
    struct stat facts;
    if (stat(list_item_path(item), &facts) != 0 || !S_ISREG(facts.st_mode)) {
        return -1;
    }
    int descriptor = open(list_item_path(item), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor >= 0 && (fstat(descriptor, &facts) != 0 || !S_ISREG(facts.st_mode))) {
        close(descriptor);
        return -1;
    }
    *size_bytes = descriptor < 0 ? 0 : (uint64_t)facts.st_size;
    return descriptor;
}

static bool source_is_zip(const struct source *source) {
    uint8_t start[4];
    return source_read(source, 0, start, sizeof start) && zip_begins(start, sizeof start);
}

/* Whether it begins like a document of a program, whose list is not needed to tell that. */
static bool source_is_document(const struct source *source) {
    uint8_t start[1032];
    size_t count = source->size_bytes < sizeof start ? (size_t)source->size_bytes : sizeof start;
    const char *name = source_read(source, 0, start, count) ? foreign_name(start, count) : NULL;
    return name != NULL && strcmp(name, "ZIP") != 0;
}

static struct zip_level *level_new(struct zip_list *list, const struct list_item *item, int descriptor) {
    struct zip_level *level = meter_new(list->meter, struct zip_level);
    if (level == NULL) {
        return NULL;
    }
    level->parent = list->level;
    level->depth = list->level == NULL ? 1 : list->level->depth + 1;
    level->descriptor = descriptor;
    buffer_init(&level->bytes, list->meter);
    buffer_init(&level->name, list->meter);
    buffer_append(&level->name, item->name.bytes, item->name.used_bytes - 1);
    name_set_init(&level->names, list->meter);
    return level;
}

/* Opens the archive. If it belongs to a program, it is no archive of images, and reading it says what it is. */
static bool level_open(struct zip_list *list, struct zip_level *level, const struct source *source,
                       struct list_item *item) {
    struct lince_error *error = &item->error;
    if (level->depth > ZIP_DEPTH_LIMIT) {
        error_set(error, LINCE_ERROR_TOO_LARGE,
                  "%s is an archive in an archive, %u deep; at most %d are entered; unpack it",
                  "%s es un archivo comprimido dentro de otro, con %u niveles; se abren como mucho %d; desempaquételo",
                  item->name.bytes, level->depth, ZIP_DEPTH_LIMIT);
        return false;
    }
    if (level->name.refused) {
        error_set(error, LINCE_ERROR_MEMORY_LIMIT, "%s: no memory for its name", "%s: no hay memoria para su nombre",
                  item->name.bytes);
        return false;
    }
    level->left_bytes = source->size_bytes > UINT64_MAX / 2 / ZIP_RATIO_LIMIT
                            ? UINT64_MAX
                            : source->size_bytes * ZIP_RATIO_LIMIT + TOTAL_FREE_BYTES;
    enum lince_status status = list->is_locked_down ? zip_child_open(&level->elsewhere, source, ENTRIES_LIMIT, error)
                                                    : zip_open(source, list->meter, &level->zip, error);
    level->is_elsewhere = list->is_locked_down && status == LINCE_OK;
    if (status == LINCE_OK && !level->is_elsewhere) {
        status = zip_check(level->zip, ENTRIES_LIMIT, error);
    }
    if (status == LINCE_ERROR_UNKNOWN_FORMAT || (status == LINCE_ERROR_DAMAGED && source_is_document(source))) {
        error->status = LINCE_OK;
    }
    return status == LINCE_OK;
}

bool zip_list_enter(struct zip_list *list, struct list_item *item) {
    uint64_t size_bytes = item->bytes.used_bytes;
    int descriptor = item->is_bytes ? -1 : file_of(item, &size_bytes);
    struct source source = item->is_bytes ? source_of_bytes(item->bytes.bytes, item->bytes.used_bytes)
                                          : source_of_file(descriptor, size_bytes);
    if ((!item->is_bytes && descriptor < 0) || !source_is_zip(&source)) {
        if (descriptor >= 0) {
            close(descriptor);
        }
        return false;
    }
    struct zip_level *level = level_new(list, item, descriptor);
    if (level == NULL) {
        close(descriptor);
        error_set(&item->error, LINCE_ERROR_MEMORY_LIMIT, "%s: no memory to open the archive",
                  "%s: no hay memoria para abrir el archivo", item->name.bytes);
        return false;
    }
    if (!level_open(list, level, &source, item)) {
        level_close(level);
        return false;
    }
    if (item->is_bytes) { /* where they are does not change */
        level->bytes = item->bytes;
        buffer_init(&item->bytes, list->meter);
        item->is_bytes = false;
    }
    list_item_drop(item);
    list->level = level;
    return true;
}

/* ---- entries ---- */

/* "stack.zip/page.png"; a name that came before gets the number of the entry behind it. */
static void item_name(struct zip_level *level, const char *name, uint64_t number, struct list_item *item) {
    buffer_clear(&item->name);
    buffer_format(&item->name, "%.*s/%s", (int)level->name.used_bytes, level->name.bytes, name);
    if (name_set_add(&level->names, name, strlen(name)) != NAME_SET_ADDED) {
        buffer_format(&item->name, " (%" PRIu64 ")", number);
    }
    buffer_append(&item->name, "", 1);
}

static enum lince_status entry_unpack(struct zip_level *level, struct list_item *item, struct lince_error *error) {
    char block[BLOCK_BYTES];
    uint64_t total_bytes = 0;
    size_t count = 1;
    enum lince_status status = waiting_file_open(item, error);
    while (status == LINCE_OK && count > 0) {
        status =
            interrupt_is_stopping() ? LINCE_ERROR_CANCELLED : zip_read(level->zip, block, sizeof block, &count, error);
        if (status == LINCE_OK && (total_bytes += count) > level->left_bytes) {
            status = error_set(error, LINCE_ERROR_TOO_LARGE,
                               "the archive unpacks to far more than it takes; nothing after this was unpacked",
                               "el archivo ocupa desempaquetado mucho más de lo que mide; no se desempaquetó nada más");
            level->left_bytes = 0;
            return status;
        }
        if (status == LINCE_OK && count > 0) {
            status = waiting_file_write(item, block, count, error);
        }
    }
    level->left_bytes -= total_bytes;
    return status;
}

/* Fills the item with the entry; true unless it is an archive, which is entered. */
static bool entry_take(struct zip_list *list, struct zip_entry *entry, struct list_item *item) {
    struct zip_level *level = list->level;
    if (entry->kind == ZIP_REFUSED) {
        item->error = entry->error;
        return true;
    }
    if (entry->size_bytes > FILE_LIMIT_BYTES) {
        error_set(&item->error, LINCE_ERROR_TOO_LARGE, "%s has %" PRIu64 " bytes; at most %" PRIu64 " are read",
                  "%s tiene %" PRIu64 " bytes; se leen a lo sumo %" PRIu64, item->name.bytes, entry->size_bytes,
                  FILE_LIMIT_BYTES);
        return true;
    }
    if (!level->is_elsewhere && entry_unpack(level, item, &item->error) != LINCE_OK) { /* a child has unpacked it */
        list_item_drop(item);
        return !interrupt_is_stopping();
    }
    return entry->kind == ZIP_FILE || !zip_list_enter(list, item);
}

/* Gives the next entry; that of a child is unpacked into the item. */
static enum lince_status entry_find(struct zip_level *level, struct list_item *item, struct zip_entry *entry,
                                    bool *found) {
    if (!level->is_elsewhere) {
        return zip_next(level->zip, entry, found, &item->error);
    }
    buffer_clear(&item->name); /* of the archive, until that of the entry is known */
    buffer_append(&item->name, level->name.bytes, level->name.used_bytes);
    buffer_append(&item->name, "", 1);
    enum lince_status status = zip_child_next(&level->elsewhere, level->left_bytes, item, entry, found, &item->error);
    struct stat facts;
    if (item->descriptor >= 0 && fstat(item->descriptor, &facts) == 0) {
        level->left_bytes -= (uint64_t)facts.st_size < level->left_bytes ? (uint64_t)facts.st_size : level->left_bytes;
    }
    if (status != LINCE_OK || !*found || entry->kind == ZIP_REFUSED) {
        list_item_drop(item);
    }
    return status;
}

bool zip_list_next(struct zip_list *list, struct list_item *item) {
    struct zip_level *level = list->level;
    struct zip_entry entry = {.kind = ZIP_FILE};
    bool found = false;
    enum lince_status status = level->left_bytes == 0 ? LINCE_OK : entry_find(level, item, &entry, &found);
    if (level->left_bytes == 0 || status != LINCE_OK || !found) {
        buffer_clear(&item->name);
        buffer_append(&item->name, level->name.bytes, level->name.used_bytes);
        buffer_append(&item->name, "", 1);
        level_leave(list);
        return status != LINCE_OK && status != LINCE_ERROR_CANCELLED;
    }
    item_name(level, entry.name, level->is_elsewhere ? level->elsewhere.number : zip_number(level->zip), item);
    return item->name.refused || entry_take(list, &entry, item);
}
