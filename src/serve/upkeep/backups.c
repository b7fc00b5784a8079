/* backups.c - POST and GET /v1/backups: a copy of the store in its own folder, and those that are there. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "serve/http/json_set.h"
#include "serve/upkeep/upkeep.h"
#include "store/keys.h"
#include "store/upkeep/backup.h"

enum { LISTED_MOST = 1000, NAME_BYTES = 20 };

static const char *folder_of(const struct request *request, char path[PATH_MAX]) {
    snprintf(path, PATH_MAX, "%s/backups", SETTING_TEXT_OF(&request->service->settings, data));
    return path;
}

/* "20250131T101112Z": when it was made. */
static bool name_is_backup(const char *name) {
    return strlen(name) == 16 && strspn(name, "0123456789TZ") == 16 && name[8] == 'T' && name[15] == 'Z';
}

static json_t *backup_json(const char *folder, const char *name) {
    char path[PATH_MAX], at[TIME_TEXT_BYTES];
    json_t *json = json_object();
    snprintf(path, sizeof path, "%s/%s", folder, name);
    snprintf(at, sizeof at, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", name, name + 4, name + 6, name + 9, name + 11, name + 13);
    json_set_text(json, "name", name);
    json_set_text(json, "at", at);
    json_set_text(json, "folder", path);
    return json;
}

void backups_post(struct request *request) {
    char folder[PATH_MAX], path[PATH_MAX], at[TIME_TEXT_BYTES], name[NAME_BYTES];
    store_time_text(store_now_ms(), at);
    snprintf(name, sizeof name, "%.4s%.2s%.2sT%.2s%.2s%.2sZ", at, at + 5, at + 8, at + 11, at + 14, at + 17);
    folder_of(request, folder);
    if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path) {
        answer_problem(request, PROBLEM_CONFLICT, "the data folder's name is too long for a backup inside it",
                       "el nombre de la carpeta de datos es demasiado largo para una copia dentro de ella");
        return;
    }
    (void)mkdir(folder, 0700); /* without the folder the copy fails, and says why */
    if (access(path, F_OK) == 0) {
        answer_problem(request, PROBLEM_CONFLICT, "a backup was made in this very second; try again",
                       "se hizo una copia en este mismo segundo; inténtelo de nuevo");
        return;
    }
    if (store_backup(request->service->store, path, &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    store_audit(request->service->store, request->actor, "backup", name, NULL);
    answer_json(request, 201, backup_json(folder, name));
}

static int names_compare(const void *one, const void *other) {
    return strcmp(other, one);
}

/* Newest first. */
void backups_list(struct request *request) {
    char folder[PATH_MAX];
    size_t count = 0;
    json_t *json = json_pack("{s:[]}", "backups");
    char(*names)[NAME_BYTES] = arena_allocate(&request->arena, LISTED_MOST * sizeof *names);
    DIR *entries = names == NULL ? NULL : opendir(folder_of(request, folder));
    for (const struct dirent *entry; entries != NULL && count < LISTED_MOST && (entry = readdir(entries)) != NULL;) {
        if (name_is_backup(entry->d_name)) {
            snprintf(names[count++], NAME_BYTES, "%.16s", entry->d_name);
        }
    }
    if (entries != NULL) {
        closedir(entries);
    }
    if (names == NULL) {
        json_decref(json);
        answer_no_memory(request);
        return;
    }
    qsort(names, count, sizeof *names, names_compare);
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(json_object_get(json, "backups"), backup_json(folder, names[i]));
    }
    answer_json(request, 200, json);
}
