/* legacy_described.c - uploads that the earlier service documented but never served: metadata beside the files. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/json_memory.h"
#include "serve/http/json_set.h"
#include "serve/legacy/legacy_handlers.h"
#include "serve/legacy/legacy_json.h"
#include "serve/legacy/legacy_upload.h"

/* The metadata of file `i`: one object for all, or one of an array; a NULL reference if there is none. */
static const json_t *metadata_of(const json_t *metadata, size_t i) {
    return json_is_array(metadata) ? json_array_get(metadata, i) : metadata;
}

static const char *meta_text(const json_t *metadata, const char *name) {
    const char *text = json_string_value(json_object_get(metadata, name));
    return text == NULL || *text == '\0' ? NULL : text;
}

/* `check` and `beside` (may be NULL) get the faults of the sender and the metadata kept beside the image. */
static bool described_document(struct request *request, struct upload_file *file, size_t i, const json_t *metadata,
                               const char *batch_id, struct document_new *documents, json_t **check, json_t **beside) {
    struct legacy_sender sender;
    char stored[LEGACY_NAME_BYTES], today[LEGACY_TIME_BYTES], time[LEGACY_PART_BYTES] = "";
    const char *caption = meta_text(metadata, "caption"), *given = meta_text(metadata, "hora_minuto_subida");
    legacy_name_parse(file->name, &sender);
    legacy_time_as(store_now_ms(), "%Y%m%d", today);
    snprintf(time, sizeof time, "%s", given == NULL ? "00-00" : given);
    time[2] = time[2] == ':' ? '-' : time[2];
    legacy_part(sender.draw, meta_text(metadata, "idsorteo"), sender.draw[0] != '\0' ? sender.draw : "A");
    legacy_part(sender.id, meta_text(metadata, "id_whatsapp"), sender.id[0] != '\0' ? sender.id : "unknown@lid");
    legacy_part(sender.name, meta_text(metadata, "nombre_usuario"), sender.name[0] != '\0' ? sender.name : "Unknown");
    legacy_part(sender.time, given == NULL && sender.time[0] != '\0' ? sender.time : time, "00-00");
    legacy_part(sender.date, meta_text(metadata, "fechasorteo"), sender.date[0] != '\0' ? sender.date : today);
    legacy_stored_name(request, file, &sender, true, documents, i, stored);
    json_t *sidecar = legacy_sidecar(request, file, &sender, true, stored, caption == NULL ? "" : caption);
    const json_t *arrival = json_object_get(metadata, "indice_de_subida");
    json_object_set_new(sidecar, "numero_llegada",
                        json_integer(json_is_integer(arrival) ? json_integer_value(arrival) : (json_int_t)i + 1));
    bool is_made = legacy_document(request, file, stored, sidecar, batch_id, &documents[i]);
    if (check != NULL) {
        *check = legacy_sender_check(&sender);
        *beside = json_incref(sidecar);
    }
    json_decref(sidecar);
    return is_made;
}

/* Files with bytes: an empty body counts as a file without any. */
static size_t file_count(const struct request *request) {
    size_t count = 0;
    for (const struct upload_file *file = request->upload.files; file != NULL; file = file->next) {
        count += file->draft.bytes > 0;
    }
    return count;
}

void legacy_batch_upload(struct request *request) {
    char id[ID_BYTES], now[LEGACY_TIME_BYTES], message[64];
    const char *text = request_field(request, "metadata");
    json_t *metadata = text == NULL ? json_object() : json_memory_load_text(text, 0, NULL);
    struct document_new *documents =
        arena_allocate_zero(&request->arena, request->upload.file_count + 1, sizeof *documents);
    size_t count = 0;
    if (metadata == NULL || file_count(request) == 0) {
        if (metadata == NULL) {
            legacy_bad_request(request, "INVALID_METADATA", "metadata is not JSON", "metadata no es JSON");
        } else {
            legacy_bad_request(request, "UPLOAD_FAILED", "no files were sent", "no se enviaron archivos");
        }
        json_decref(metadata);
        return;
    }
    legacy_batch_id(id);
    enum lince_status status = documents == NULL
                                   ? LINCE_ERROR_MEMORY_LIMIT
                                   : store_batch_add(request->service->store, id, "", ORIGIN_LEGACY, &request->failure);
    for (struct upload_file *file = request->upload.files; file != NULL && status == LINCE_OK; file = file->next) {
        if (file->draft.bytes > 0 &&
            !described_document(request, file, count, metadata_of(metadata, count), id, documents, NULL, NULL)) {
            status = error_set(&request->failure, LINCE_ERROR_MEMORY_LIMIT, "no memory for the upload",
                               "no hay memoria para la subida");
        }
        count += file->draft.bytes > 0;
    }
    json_decref(metadata);
    if (status == LINCE_OK) {
        status = store_documents_add(request->service->store, documents, count, NULL, &request->failure);
    }
    if (status != LINCE_OK) {
        answer_failure(request);
        return;
    }
    snprintf(message, sizeof message, "%zu archivo(s) subido(s)", count);
    json_t *json = legacy_answer("success", "exitoso", message);
    legacy_time(store_now_ms(), now);
    json_set_text(json, "batch_id", id);
    json_object_set_new(json, "files_uploaded", json_integer((json_int_t)count));
    json_set_text(json, "timestamp", now);
    answer_json(request, 200, json);
}

/* Fields of /api/upload, numbered by file, under the names of process_batch. */
static json_t *numbered_metadata(const struct request *request, size_t i) {
    static const char *const names[][2] = {{"numerosorteo", "idsorteo"},      {"fechasorteo", "fechasorteo"},
                                           {"idWhatsapp", "id_whatsapp"},     {"nombre", "nombre_usuario"},
                                           {"horamin", "hora_minuto_subida"}, {"caption", "caption"}};
    json_t *json = json_object();
    for (size_t j = 0; j < sizeof names / sizeof *names; j++) {
        const char *value = legacy_numbered_field(request, names[j][0], i);
        if (value != NULL) {
            json_set_text(json, names[j][1], value);
        }
    }
    return json;
}

static bool numbered_add(struct request *request, struct upload_file *file, size_t i, struct document_new *documents,
                         json_t *list) {
    json_t *metadata = numbered_metadata(request, i), *check = NULL, *beside = NULL;
    bool is_made = described_document(request, file, i, metadata, NULL, documents, &check, &beside);
    json_t *item = json_object(), *validation = json_object();
    json_t *errors = json_object_get(check, "validation_errors");
    json_object_set_new(validation, "valid", json_boolean(json_array_size(errors) == 0));
    json_object_set(validation, "errors", errors);
    json_object_set(validation, "warnings", json_object_get(check, "validation_warnings"));
    json_set_text(item, "original_name", file->name);
    json_set_text(item, "stored_name", is_made ? documents[i].stored_name : NULL);
    json_object_set_new(item, "size_bytes", json_integer((json_int_t)file->draft.bytes));
    json_object_set_new(item, "metadata", beside);
    json_object_set_new(item, "validation", validation);
    json_array_append_new(list, item);
    json_decref(check);
    json_decref(metadata);
    return is_made;
}

static void answer_numbered(struct request *request, size_t count, json_t *list) {
    char now[LEGACY_TIME_BYTES];
    json_t *json = legacy_answer("success", "exitoso", "Archivos subidos");
    legacy_time(store_now_ms(), now);
    json_object_set_new(json, "success", json_true());
    json_object_set_new(json, "files_uploaded", json_integer((json_int_t)count));
    json_set_text(json, "timestamp", now);
    json_object_set(json, "files_processed", list);
    answer_json(request, 200, json);
}

void legacy_numbered_upload(struct request *request) {
    struct document_new *documents =
        arena_allocate_zero(&request->arena, request->upload.file_count + 1, sizeof *documents);
    size_t count = 0;
    bool is_whole = documents != NULL;
    json_t *list = json_array();
    for (struct upload_file *file = request->upload.files; file != NULL && is_whole; file = file->next) {
        if (file->draft.bytes > 0) {
            is_whole = numbered_add(request, file, count++, documents, list);
        }
    }
    if (!is_whole) {
        answer_problem(request, PROBLEM_MEMORY, "no memory for the upload", "no hay memoria para la subida");
    } else if (count == 0) {
        legacy_bad_request(request, "UPLOAD_FAILED", "no files were sent", "no se enviaron archivos");
    } else if (store_documents_add(request->service->store, documents, count, NULL, &request->failure) != LINCE_OK) {
        answer_failure(request);
    } else {
        answer_numbered(request, count, list);
    }
    json_decref(list);
}
