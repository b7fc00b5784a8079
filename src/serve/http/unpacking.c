/* unpacking.c - a stack of open archives; each answer of a worker is a file, an archive to enter, or a refusal. */
#include "serve/http/unpacking.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "serve/http/json_set.h"
#include "serve/http/request.h"
#include "worker/unpack.h"

/* The archives of a request may take so many times its limit unpacked, and so long. */
enum { TOTAL_FACTOR = 8, LIMIT_MS = 300000, COPY_BYTES = 16 << 10 };

struct refusal {
    const char *name, *code, *message;
    struct refusal *next;
};

/* An archive that is being taken apart. */
struct level {
    struct level *around;
    const char *name; /* shown before those of its entries; NULL: none */
    int descriptor;
    bool is_begun, is_own; /* is_own: the descriptor is closed with it */
    struct zip_place place;
    unsigned depth;
};

struct unpacking {
    struct upload_file *archives; /* not yet begun */
    const char *name;
    struct level *level; /* the innermost */
    int part;            /* the file that workers write the entry to; -1: none */
    struct unpack_request question;
    uint64_t entry_count, left_bytes;
    int64_t until_ms;
    struct refusal *refusals, **last_refusal;
    bool is_done;
};

static void work_free(void *work) {
    struct unpacking *unpacking = work;
    for (struct level *level = unpacking->level; level != NULL; level = level->around) {
        if (level->is_own) {
            close(level->descriptor);
        }
    }
    if (unpacking->part >= 0) {
        close(unpacking->part);
    }
    for (struct upload_file *file = unpacking->archives; file != NULL; file = file->next) {
        image_draft_drop(&file->draft);
    }
}

const char *unpacking_name(const struct request *request) {
    const struct unpacking *unpacking = request->work;
    return unpacking == NULL ? NULL : unpacking->name;
}

json_t *unpacking_refused_json(const struct request *request) {
    const struct unpacking *unpacking = request->work;
    json_t *json = json_array();
    for (const struct refusal *one = unpacking->refusals; one != NULL; one = one->next) {
        json_t *entry = json_object();
        json_set_text(entry, "name", one->name);
        json_set_text(entry, "code", one->code);
        json_set_text(entry, "message", one->message);
        json_array_append_new(json, entry);
    }
    return json;
}

/* ---- the beginning ---- */

static bool is_archive(const struct upload_file *file) {
    size_t bytes = file->draft.bytes < sizeof file->draft.head ? (size_t)file->draft.bytes : sizeof file->draft.head;
    return zip_begins(file->draft.head, bytes);
}

static bool has_archive(const struct upload *upload) {
    for (const struct upload_file *file = upload->files; file != NULL; file = file->next) {
        if (is_archive(file)) {
            return true;
        }
    }
    return false;
}

/* Moves the archives from the files of the upload to those that are to be taken apart. */
static void archives_take(struct upload *upload, struct unpacking *unpacking) {
    struct upload_file **link = &upload->files, **last = &unpacking->archives;
    while (*link != NULL) {
        struct upload_file *file = *link;
        if (is_archive(file)) {
            *link = file->next;
            file->next = NULL;
            *last = file;
            last = &file->next;
            upload->file_count--;
        } else {
            link = &file->next;
        }
    }
    upload->last_file = link;
    unpacking->name = unpacking->archives->name;
}

static bool unpacking_begin(struct request *request) {
    const struct settings *settings = &request->service->settings;
    struct unpacking *unpacking =
        arena_allocate_aligned(&request->arena, sizeof *unpacking, _Alignof(struct unpacking));
    if (unpacking == NULL) {
        answer_no_memory(request);
        return false;
    }
    memset(unpacking, 0, sizeof *unpacking);
    unpacking->part = -1;
    unpacking->last_refusal = &unpacking->refusals;
    unpacking->left_bytes = SETTING_NUMBER(settings, max_body) * TOTAL_FACTOR;
    unpacking->until_ms = clock_now_ms() + LIMIT_MS;
    unpacking->question.entries_most = SETTING_NUMBER(settings, max_unpacked);
    unpacking->question.entry_bytes_most = SETTING_NUMBER(settings, max_body);
    if (unpacking->question.entry_bytes_most > WORK_BODY_LIMIT - sizeof(struct unpack_entry)) {
        unpacking->question.entry_bytes_most = WORK_BODY_LIMIT - sizeof(struct unpack_entry);
    }
    unpacking->question.language = request->language;
    archives_take(&request->upload, unpacking);
    request->work = unpacking;
    request->work_free = work_free;
    return true;
}

/* ---- steps ---- */

static void level_leave(struct unpacking *unpacking) {
    struct level *level = unpacking->level;
    unpacking->level = level->around;
    if (level->is_own) {
        close(level->descriptor);
    }
}

/* Enters an archive, whose descriptor it borrows or takes. */
static bool level_enter(struct request *request, struct unpacking *unpacking, int descriptor, bool is_own,
                        const char *name) {
    struct level *level = arena_allocate_zero(&request->arena, 1, sizeof *level);
    if (level == NULL) {
        if (is_own) {
            close(descriptor);
        }
        answer_no_memory(request);
        return false;
    }
    *level = (struct level){.around = unpacking->level,
                            .name = name,
                            .descriptor = descriptor,
                            .is_own = is_own,
                            .depth = unpacking->level == NULL ? 1 : unpacking->level->depth + 1};
    unpacking->level = level;
    return true;
}

static void entry_ask(struct request *request, struct unpacking *unpacking) {
    struct level *level = unpacking->level;
    if (unpacking->part < 0 &&
        store_scratch_open(request->service->store, &unpacking->part, &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    unpacking->question.is_first = !level->is_begun;
    unpacking->question.place = level->place;
    request->errand.kind = WORK_UNPACK;
    request->errand.descriptor = level->descriptor;
    request->errand.name = request->errand.layouts = "";
    request->errand.sent = &unpacking->question;
    request->errand.sent_bytes = sizeof unpacking->question;
    request->errand.output = unpacking->part;
    request_send_errand(request);
}

/* "inner.zip/in/a.png", in the arena; NULL without memory. */
static const char *name_shown(struct request *request, const struct level *level, const char *name) {
    size_t bytes = (level->name == NULL ? 0 : strlen(level->name) + 1) + strlen(name) + 1;
    char *shown = arena_allocate(&request->arena, bytes);
    if (shown != NULL) {
        snprintf(shown, bytes, "%s%s%s", level->name == NULL ? "" : level->name, level->name == NULL ? "" : "/", name);
    }
    return shown;
}

static bool refuse(struct request *request, struct unpacking *unpacking, const char *name, enum lince_status status,
                   const char *message) {
    struct refusal *refusal = arena_allocate_zero(&request->arena, 1, sizeof *refusal);
    const char *kept = arena_copy_text(&request->arena, message, strlen(message));
    if (refusal == NULL || kept == NULL || name == NULL) {
        answer_no_memory(request);
        return false;
    }
    *refusal = (struct refusal){name, lince_status_name(status), kept, NULL};
    *unpacking->last_refusal = refusal;
    unpacking->last_refusal = &refusal->next;
    return true;
}

/* The archive itself was refused: the request's own fails the request, one within another is a refusal. */
static bool archive_refuse(struct request *request, struct unpacking *unpacking) {
    const struct errand *errand = &request->errand;
    const char *message;
    json_t *json = errand_refusal_read(errand, &message);
    bool goes_on =
        unpacking->level->depth > 1 && refuse(request, unpacking, unpacking->level->name, errand->status, message);
    if (!goes_on && request->status == 0) {
        answer_problem(request,
                       errand->status == LINCE_ERROR_MEMORY_LIMIT ? PROBLEM_MEMORY
                       : errand->status == LINCE_ERROR_TOO_LARGE  ? PROBLEM_TOO_LARGE
                       : errand->status == LINCE_ERROR_WRITE      ? PROBLEM_STORAGE_FULL
                                                                  : PROBLEM_UNREADABLE,
                       "%s: %s", "%s: %s", unpacking->name, message);
    }
    json_decref(json);
    if (goes_on) {
        level_leave(unpacking);
    }
    return goes_on;
}

static bool is_within_limits(struct request *request, struct unpacking *unpacking, uint64_t bytes) {
    const struct settings *settings = &request->service->settings;
    struct store *store = request->service->store;
    if (++unpacking->entry_count > unpacking->question.entries_most) {
        answer_problem(request, PROBLEM_TOO_LARGE, "%s has more than %llu entries (max-unpacked); send it in parts",
                       "%s tiene más de %llu entradas (max-unpacked); envíelo en partes", unpacking->name,
                       (unsigned long long)unpacking->question.entries_most);
    } else if (bytes > unpacking->left_bytes) {
        answer_problem(request, PROBLEM_TOO_LARGE, "%s unpacks to more than %d times max-body; send it in parts",
                       "%s ocupa desempaquetado más de %d veces max-body; envíelo en partes", unpacking->name,
                       TOTAL_FACTOR);
    } else if (clock_now_ms() > unpacking->until_ms) {
        answer_problem(request, PROBLEM_TOO_LARGE, "%s took longer than %d seconds to unpack; send it in parts",
                       "%s tardó más de %d segundos en desempaquetarse; envíelo en partes", unpacking->name,
                       LIMIT_MS / 1000);
    } else if ((uint64_t)store_image_bytes(store) + bytes > SETTING_NUMBER(settings, disk_limit) ||
               store_disk_free_bytes(store) < bytes + SETTING_NUMBER(settings, disk_reserve)) {
        answer_problem(request, PROBLEM_STORAGE_FULL, "no room is left for what is in %s",
                       "no queda sitio para lo que hay en %s", unpacking->name);
    }
    unpacking->left_bytes -= bytes < unpacking->left_bytes ? bytes : unpacking->left_bytes;
    return request->status == 0;
}

/* Copies the entry from the workers' file to a file of the upload. */
static bool file_take(struct request *request, struct unpacking *unpacking, const char *name, uint64_t bytes) {
    char block[COPY_BYTES];
    struct upload_file *file = name == NULL ? NULL : upload_put(request, name);
    enum lince_status status = file == NULL ? LINCE_ERROR_MEMORY_LIMIT : LINCE_OK;
    for (uint64_t at = 0; at < bytes && status == LINCE_OK;) {
        size_t most = bytes - at < sizeof block ? (size_t)(bytes - at) : sizeof block;
        ssize_t got = pread(unpacking->part, block, most, (off_t)at);
        status = got <= 0 ? error_set(&request->failure, LINCE_ERROR_UNREADABLE, "an unpacked file cannot be read",
                                      "no se puede leer un archivo desempaquetado")
                          : image_draft_write(&file->draft, block, (size_t)got, &request->failure);
        at += got > 0 ? (uint64_t)got : 0;
    }
    if (file == NULL && request->failure.status == LINCE_OK) {
        answer_no_memory(request);
    } else if (status != LINCE_OK) {
        answer_failure(request);
    } else {
        upload_put_end(file);
    }
    if (status == LINCE_OK && image_draft_media_type(&file->draft) == NULL) {
        upload_take_back(request, file);
        return refuse(request, unpacking, name, LINCE_ERROR_UNKNOWN_FORMAT,
                      in_language(request->language, "it is of no format that is read here",
                                  "no es de ningún formato que se lea aquí"));
    }
    return status == LINCE_OK;
}

/* The archive of an entry is entered: what workers write to next is another file. */
static bool archive_enter(struct request *request, struct unpacking *unpacking, const char *name, uint64_t bytes) {
    if (name == NULL) {
        answer_no_memory(request);
        return false;
    }
    if (unpacking->level->depth >= ZIP_DEPTH_LIMIT) {
        return refuse(request, unpacking, name, LINCE_ERROR_TOO_LARGE,
                      in_language(request->language,
                                  "it is an archive in an archive in an archive; unpack it and send its files",
                                  "es un archivo dentro de otro, que está dentro de otro; desempaquételo y envíe sus "
                                  "archivos"));
    }
    if (ftruncate(unpacking->part, (off_t)bytes) != 0) {
        answer_problem(request, PROBLEM_STORAGE_FULL, "no room is left for what is in %s",
                       "no queda sitio para lo que hay en %s", unpacking->name);
        return false;
    }
    int descriptor = unpacking->part;
    unpacking->part = -1;
    return level_enter(request, unpacking, descriptor, true, name);
}

static bool entry_take(struct request *request, struct unpacking *unpacking, const struct unpack_entry *entry,
                       uint64_t bytes) {
    struct level *level = unpacking->level;
    const char *name = name_shown(request, level, entry->name);
    level->is_begun = true;
    level->place = entry->next;
    bool goes_on = is_within_limits(request, unpacking, bytes);
    if (goes_on && entry->kind == ZIP_ARCHIVE) {
        if (entry->has_next == 0) { /* nothing behind it: its own end is that of the archive around it */
            level->place.at = UINT64_MAX;
        }
        return archive_enter(request, unpacking, name, bytes);
    }
    if (goes_on) {
        goes_on = entry->kind == ZIP_FILE
                      ? file_take(request, unpacking, name, bytes)
                      : refuse(request, unpacking, name, (enum lince_status)entry->status, entry->message);
    }
    if (goes_on && entry->has_next == 0) {
        level_leave(unpacking);
    }
    return goes_on;
}

/* Takes what the worker wrote: the entry, and behind it what came of it. */
static bool answer_take(struct request *request, struct unpacking *unpacking) {
    struct unpack_entry entry;
    const struct errand *errand = &request->errand;
    if (!errand->is_answered) {
        answer_problem(request, request->service->is_draining ? PROBLEM_UNAVAILABLE : PROBLEM_UNREADABLE,
                       "%s could not be taken apart: it took longer than the timeout, or its worker was lost",
                       "no se pudo desempaquetar %s: pasó del tiempo límite, o se perdió su trabajador",
                       unpacking->name);
        return false;
    }
    if (errand->status != LINCE_OK) {
        return archive_refuse(request, unpacking);
    }
    uint64_t bytes = errand->output_bytes - sizeof entry;
    if (errand->output_bytes < sizeof entry ||
        pread(unpacking->part, &entry, sizeof entry, (off_t)bytes) != (ssize_t)sizeof entry) {
        answer_problem(request, PROBLEM_INTERNAL, "an answer of a worker could not be used",
                       "no se pudo usar la respuesta de un trabajador");
        return false;
    }
    entry.name[sizeof entry.name - 1] = entry.message[sizeof entry.message - 1] = '\0';
    if (entry.is_there == 0) {
        level_leave(unpacking);
        return true;
    }
    return entry_take(request, unpacking, &entry, bytes);
}

/* Leaves archives of which the last entry was taken, and begins the next one of the request. False at the end. */
static bool level_have(struct request *request, struct unpacking *unpacking) {
    while (unpacking->level != NULL && unpacking->level->place.at == UINT64_MAX) {
        level_leave(unpacking);
    }
    if (unpacking->level != NULL) {
        return true;
    }
    struct upload_file *file = unpacking->archives;
    if (request->errand_state != ERRAND_NONE && file != NULL) { /* the one before is done */
        unpacking->archives = file->next;
        image_draft_drop(&file->draft);
        file = unpacking->archives;
    }
    return file != NULL && level_enter(request, unpacking, file->draft.descriptor, false, NULL);
}

bool unpacking_is_done(struct request *request) {
    struct unpacking *unpacking = request->work;
    if (unpacking == NULL) {
        if (!has_archive(&request->upload)) {
            return true;
        }
        if (!unpacking_begin(request)) {
            return false;
        }
        unpacking = request->work;
    } else if (unpacking->is_done) {
        return true;
    } else if (!answer_take(request, unpacking)) {
        return false;
    }
    unpacking->is_done = !level_have(request, unpacking) && request->status == 0;
    if (!unpacking->is_done && request->status == 0) {
        entry_ask(request, unpacking);
    }
    return unpacking->is_done;
}
