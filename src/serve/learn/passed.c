/* passed.c - opens the layouts as a worker does, and keeps which it uses and passes over until the folder changes. */
#include "serve/learn/passed.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "fields/learn/kept.h"
#include "fields/records.h"
#include "serve/http/json_set.h"
#include "serve/http/request.h"
#include "serve/learn/teaching.h"

enum { ROWS_MOST = 64, LANGUAGE_COUNT = 2, BLOCK_BYTES = 4096, TRIES = 3 };

struct passed_row {
    const char *file, *reasons[LANGUAGE_COUNT];
};

static struct {
    pthread_mutex_t lock; /* guards all members */
    uint64_t stamp;       /* of the folder when it was read; 0: without layouts, so there is nothing to tell */
    struct arena arena;   /* owns the texts */
    struct passed_row rows[ROWS_MOST];
    size_t row_count, count; /* count: with those for which there is no row */
    const char **used;       /* the files that are used: "uno.json" */
    size_t used_count;
} known = {.lock = PTHREAD_MUTEX_INITIALIZER};

enum reading { READ, CHANGED, NO_MEMORY };

static void known_clear(void) {
    if (known.arena.meter != NULL) {
        arena_clear(&known.arena);
    }
    memset(known.rows, 0, sizeof known.rows);
    known.row_count = known.count = known.used_count = 0;
    known.used = NULL;
    known.stamp = 0;
}

/* The first language makes the rows. For the next one they must be the same files: the folder may have changed. */
static enum reading row_put(size_t index, enum lince_language language, const char *file, const char *reason) {
    struct passed_row *row = &known.rows[index];
    if (language == LINCE_ENGLISH) {
        row->file = arena_copy_text(&known.arena, file, strlen(file));
        known.row_count = index + 1;
    } else if (row->file == NULL || strcmp(row->file, file) != 0) {
        return CHANGED;
    }
    row->reasons[language] = arena_copy_text(&known.arena, reason, strlen(reason));
    return row->file != NULL && row->reasons[language] != NULL ? READ : NO_MEMORY;
}

/* The files of the folder of learned layouts that are used. A layout of the user's own may stand for one of them. */
static enum reading used_keep(const struct lince_layouts *layouts, const char *folder) {
    size_t count = lince_layouts_count(layouts), folder_bytes = strlen(folder);
    known.used = arena_allocate_zero(&known.arena, count + 1, sizeof *known.used);
    for (size_t i = 0; known.used != NULL && i < count; i++) {
        const char *source = lince_layouts_source(layouts, i);
        if (strncmp(source, folder, folder_bytes) != 0 || source[folder_bytes] != '/') {
            continue;
        }
        const char *file = source + folder_bytes + 1;
        const char *copy = arena_copy_text(&known.arena, file, strlen(file));
        if (copy == NULL) {
            return NO_MEMORY;
        }
        known.used[known.used_count++] = copy;
    }
    return known.used == NULL ? NO_MEMORY : READ;
}

/* What the opened layouts tell, in one language. */
static enum reading layouts_tell(const struct lince_layouts *layouts, const char *folder,
                                 enum lince_language language) {
    size_t count = lince_layouts_passed_count(layouts);
    const char *file, *reason;
    enum reading reading = READ;
    if (language == LINCE_ENGLISH) {
        known.count = count;
        reading = used_keep(layouts, folder);
    } else if (known.count != count) {
        return CHANGED;
    }
    for (size_t i = 0; reading == READ && i < ROWS_MOST && (file = lince_layouts_passed(layouts, i, &reason)) != NULL;
         i++) {
        reading = row_put(i, language, file, reason);
    }
    return reading;
}

/* Opens the layouts once in one language. If the user's own folder is at fault, that is the only row. */
static enum reading rows_read(struct service *service, const char *folder, enum lince_language language) {
    struct lince_layouts_options options = LINCE_LAYOUTS_OPTIONS_DEFAULTS;
    struct lince_layouts *layouts;
    struct lince_error error = LINCE_ERROR_INIT;
    options.folder = getenv("LINCE_LAYOUTS");
    options.learned = folder;
    error.language = language;
    enum lince_status status = layouts_open_under(&service->process, &options, &layouts, &error);
    if (status != LINCE_OK) {
        if (status == LINCE_ERROR_MEMORY_LIMIT) {
            return NO_MEMORY;
        }
        if (language != LINCE_ENGLISH && known.count != 1) {
            return CHANGED;
        }
        known.count = 1;
        return row_put(0, language, options.folder == NULL ? folder : options.folder, error.message);
    }
    enum reading reading = layouts_tell(layouts, folder, language);
    lince_layouts_close(layouts);
    return reading;
}

/* In both languages. If the folder changes meanwhile, all is read again. */
static enum reading folder_read(struct service *service, const char *folder) {
    enum reading reading = CHANGED;
    for (size_t i = 0; i < TRIES && reading == CHANGED; i++) {
        known_clear();
        reading = rows_read(service, folder, LINCE_ENGLISH);
        reading = reading == READ ? rows_read(service, folder, LINCE_SPANISH) : reading;
    }
    return reading;
}

static void rows_log(void) {
    char more[32];
    for (size_t i = 0; i < known.row_count; i++) {
        service_log("warning", "layout_passed_over", "file", known.rows[i].file, "reason",
                    known.rows[i].reasons[LINCE_ENGLISH], NULL);
    }
    if (known.row_count < known.count) {
        snprintf(more, sizeof more, "%zu", known.count - known.row_count);
        service_log("warning", "layouts_passed_over", "more", more, NULL);
    }
}

/* With the lock held. Without memory, or if the folder changes all the while, it is tried again the next time. */
static enum reading known_refresh(struct service *service) {
    char folder[PATH_MAX];
    teaching_folder(SETTING_TEXT_OF(&service->settings, data), folder);
    uint64_t stamp = learn_stamp(folder);
    if (stamp == known.stamp) {
        return READ;
    }
    if (known.arena.meter == NULL) {
        arena_init(&known.arena, &service->process, BLOCK_BYTES);
    }
    known_clear();
    enum reading reading = stamp == 0 ? READ : folder_read(service, folder);
    if (reading != READ) {
        known_clear();
        return reading;
    }
    known.stamp = stamp;
    rows_log();
    return READ;
}

void passed_log(struct service *service) {
    pthread_mutex_lock(&known.lock);
    (void)known_refresh(service);
    pthread_mutex_unlock(&known.lock);
}

void passed_forget(void) {
    pthread_mutex_lock(&known.lock);
    known_clear();
    pthread_mutex_unlock(&known.lock);
}

bool passed_is_used(const char *name) {
    size_t bytes = strlen(name);
    bool is_used = false;
    pthread_mutex_lock(&known.lock);
    for (size_t i = 0; i < known.used_count && !is_used; i++) {
        is_used = strncmp(known.used[i], name, bytes) == 0 && strcmp(known.used[i] + bytes, ".json") == 0;
    }
    pthread_mutex_unlock(&known.lock);
    return is_used;
}

enum lince_status passed_list(struct request *request, json_t *list) {
    struct lince_error sized;
    char file[PATH_MAX], reason[sizeof sized.message];
    pthread_mutex_lock(&known.lock);
    enum reading reading = known_refresh(request->service);
    for (size_t i = 0; i < known.row_count; i++) {
        answer_without_paths(request, known.rows[i].file, file, sizeof file);
        answer_without_paths(request, known.rows[i].reasons[request->language], reason, sizeof reason);
        json_t *row = json_object();
        json_set_text(row, "file", file);
        json_set_text(row, "reason", reason);
        json_array_append_new(list, row);
    }
    pthread_mutex_unlock(&known.lock);
    if (reading == CHANGED) {
        return error_set(&request->failure, LINCE_ERROR_UNREADABLE,
                         "the folder of learned layouts changes all the while; try again",
                         "la carpeta de plantillas aprendidas cambia todo el tiempo; inténtelo de nuevo");
    }
    return reading == READ ? LINCE_OK
                           : error_set(&request->failure, LINCE_ERROR_MEMORY_LIMIT, "no memory for the layouts",
                                       "no hay memoria para las plantillas");
}
