/* passed.c - opens the layouts as a worker does, and keeps which files it passes over until the folder changes. */
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

enum { ROWS_MOST = 64, LANGUAGE_COUNT = 2, BLOCK_BYTES = 4096 };

struct passed_row {
    const char *file, *reasons[LANGUAGE_COUNT];
};

static struct {
    pthread_mutex_t lock; /* guards all members */
    uint64_t stamp;       /* of the folder when it was read; 0: without layouts, so there is nothing to tell */
    struct arena arena;   /* owns the texts */
    struct passed_row rows[ROWS_MOST];
    size_t row_count, count; /* count: with those for which there is no row */
} known = {.lock = PTHREAD_MUTEX_INITIALIZER};

static bool row_put(size_t index, enum lince_language language, const char *file, const char *reason) {
    struct passed_row *row = &known.rows[index];
    row->file = arena_copy_text(&known.arena, file, strlen(file));
    row->reasons[language] = arena_copy_text(&known.arena, reason, strlen(reason));
    known.row_count = index + 1;
    return row->file != NULL && row->reasons[language] != NULL;
}

/* Opens the layouts once in one language. If the user's own folder is at fault, that is the only row. */
static bool rows_read(struct service *service, const char *folder, enum lince_language language) {
    struct lince_layouts_options options = LINCE_LAYOUTS_OPTIONS_DEFAULTS;
    struct lince_layouts *layouts;
    struct lince_error error = LINCE_ERROR_INIT;
    const char *file, *reason;
    options.folder = getenv("LINCE_LAYOUTS");
    options.learned = folder;
    error.language = language;
    enum lince_status status = layouts_open_under(&service->process, &options, &layouts, &error);
    if (status != LINCE_OK) {
        known.count = 1;
        return status != LINCE_ERROR_MEMORY_LIMIT &&
               row_put(0, language, options.folder == NULL ? folder : options.folder, error.message);
    }
    bool is_whole = true;
    known.count = lince_layouts_passed_count(layouts);
    for (size_t i = 0; is_whole && i < ROWS_MOST && (file = lince_layouts_passed(layouts, i, &reason)) != NULL; i++) {
        is_whole = row_put(i, language, file, reason);
    }
    lince_layouts_close(layouts);
    return is_whole;
}

/* The folder may have changed between the two languages; then the rows are read again. */
static bool rows_agree(void) {
    for (size_t i = 0; i < known.row_count; i++) {
        if (known.rows[i].reasons[LINCE_ENGLISH] == NULL || known.rows[i].reasons[LINCE_SPANISH] == NULL) {
            return false;
        }
    }
    return true;
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

/* With the lock held. Without memory, it is tried again the next time. */
static bool known_refresh(struct service *service) {
    char folder[PATH_MAX];
    teaching_folder(SETTING_TEXT_OF(&service->settings, data), folder);
    uint64_t stamp = learn_stamp(folder);
    if (stamp == known.stamp) {
        return true;
    }
    if (known.arena.meter == NULL) {
        arena_init(&known.arena, &service->process, BLOCK_BYTES);
    }
    arena_clear(&known.arena);
    memset(known.rows, 0, sizeof known.rows);
    known.row_count = known.count = 0;
    known.stamp = 0;
    if (stamp != 0 &&
        (!rows_read(service, folder, LINCE_ENGLISH) || !rows_read(service, folder, LINCE_SPANISH) || !rows_agree())) {
        known.row_count = 0;
        return false;
    }
    known.stamp = stamp;
    rows_log();
    return true;
}

void passed_log(struct service *service) {
    pthread_mutex_lock(&known.lock);
    (void)known_refresh(service);
    pthread_mutex_unlock(&known.lock);
}

void passed_forget(void) {
    pthread_mutex_lock(&known.lock);
    if (known.arena.meter != NULL) {
        arena_clear(&known.arena);
    }
    known.row_count = known.count = 0;
    known.stamp = 0;
    pthread_mutex_unlock(&known.lock);
}

bool passed_list(struct request *request, json_t *list) {
    struct lince_error sized;
    char file[PATH_MAX], reason[sizeof sized.message];
    pthread_mutex_lock(&known.lock);
    bool is_known = known_refresh(request->service);
    for (size_t i = 0; i < known.row_count; i++) {
        answer_without_paths(request, known.rows[i].file, file, sizeof file);
        answer_without_paths(request, known.rows[i].reasons[request->language], reason, sizeof reason);
        json_t *row = json_object();
        json_set_text(row, "file", file);
        json_set_text(row, "reason", reason);
        json_array_append_new(list, row);
    }
    pthread_mutex_unlock(&known.lock);
    return is_known;
}
