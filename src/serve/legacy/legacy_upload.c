/* legacy_upload.c - images as the earlier service accepted them: fields beside files, names with the sender. */
#include "serve/legacy/legacy_upload.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/json_text.h"
#include "base/utf8.h"
#include "serve/http/json_set.h"
#include "serve/legacy/legacy_json.h"
#include "serve/legacy/legacy_name.h"

enum { FIELD_BYTES = 64 };

/* The first of the names that the form has; "" if it has none. */
static const char *first_field(const struct request *request, const char *const *names) {
    for (; *names != NULL; names++) {
        const char *value = request_field(request, *names);
        if (value != NULL && *value != '\0') {
            return value;
        }
    }
    return "";
}

static void put(char *place, size_t bytes, const char *value, const char *otherwise) {
    if (*value != '\0') {
        snprintf(place, bytes, "%.*s", (int)utf8_prefix_bytes(value, bytes - 1), value);
    } else if (place[0] == '\0') {
        snprintf(place, bytes, "%s", otherwise);
    }
}

/* Fields of the form override the file's name; older pages use other names for them. True if any was given. */
static bool sender_fill(const struct request *request, struct legacy_sender *sender) {
    static const char *const draw[] = {"numerosorteo", "posicion_sorteo", "sorteo_conteo", NULL};
    static const char *const date[] = {"fechasorteo", "sorteo_fecha", NULL}, *const id[] = {"idWhatsapp", "sender_id",
                                                                                            NULL};
    static const char *const name[] = {"nombre", "sender_name", NULL}, *const time[] = {"horamin", "hora_min", NULL};
    char today[LEGACY_TIME_BYTES];
    legacy_time_as(store_now_ms(), "%Y%m%d", today);
    const char *values[] = {first_field(request, draw), first_field(request, date), first_field(request, id),
                            first_field(request, name), first_field(request, time)};
    bool is_given = false;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        is_given = is_given || *values[i] != '\0';
    }
    if (is_given) {
        put(sender->draw, sizeof sender->draw, values[0], "A");
        put(sender->date, sizeof sender->date, values[1], today);
        put(sender->id, sizeof sender->id, values[2], "unknown@lid");
        put(sender->name, sizeof sender->name, values[3], "Unknown");
        put(sender->time, sizeof sender->time, values[4], "00-00");
    }
    return is_given;
}

json_t *legacy_sender_check(const struct legacy_sender *sender) {
    json_t *errors = json_array(), *warnings = json_array();
    const char *wrong[] = {legacy_draw_check(sender->draw), legacy_date_check(sender->date),
                           legacy_time_check(sender->time)};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        if (wrong[i] != NULL) {
            json_array_append_new(errors, json_string(wrong[i]));
        }
    }
    size_t length = strlen(sender->id);
    if (length < 4 || strcmp(sender->id + length - 4, "@lid") != 0) {
        json_array_append_new(warnings, json_string("idWhatsapp debería terminar en @lid"));
    }
    if (strlen(sender->name) < 2) {
        json_array_append_new(warnings, json_string("nombre debería tener 2 caracteres o más"));
    }
    return json_pack("{s:o, s:o}", "validation_errors", errors, "validation_warnings", warnings);
}

/* Invalid values never refuse the upload; they are reported with it. NULL if all are valid. */
static json_t *warnings_json(const struct legacy_sender *sender, const char *name) {
    json_t *json = legacy_sender_check(sender);
    if (json_array_size(json_object_get(json, "validation_errors")) +
            json_array_size(json_object_get(json, "validation_warnings")) ==
        0) {
        json_decref(json);
        return NULL;
    }
    json_set_text(json, "status", "warning");
    json_set_text(json, "filename", name);
    return json;
}

const char *legacy_numbered_field(const struct request *request, const char *name, size_t i) {
    char numbered[FIELD_BYTES];
    snprintf(numbered, sizeof numbered, "%s_%zu", name, i);
    return request_field(request, numbered);
}

void legacy_part(char place[LEGACY_PART_BYTES], const char *value, const char *otherwise) {
    const char *source = value != NULL ? value : otherwise;
    if (source != place) { /* the value there may be its own substitute */
        snprintf(place, LEGACY_PART_BYTES, "%s", source);
    }
}

static json_t *sender_json(const struct legacy_sender *sender) {
    json_t *json = json_object();
    json_set_text(json, "numerosorteo", sender->draw);
    json_set_text(json, "fechasorteo", sender->date);
    json_set_text(json, "idWhatsapp", sender->id);
    json_set_text(json, "nombre", sender->name);
    json_set_text(json, "horamin", sender->time);
    return json;
}

static json_t *whatsapp_json(const struct legacy_sender *sender) {
    json_t *json = sender_json(sender);
    json_set_text(json, "extension", sender->extension);
    json_set_text(json, "sorteo_fecha", sender->date);
    json_set_text(json, "sorteo_conteo", sender->draw);
    json_set_text(json, "sender_id", sender->id);
    json_set_text(json, "sender_name", sender->name);
    json_set_text(json, "hora_min", sender->time);
    return json;
}

json_t *legacy_sidecar(struct request *request, const struct upload_file *file, const struct legacy_sender *sender,
                       bool is_form, const char *stored, const char *caption) {
    char now[LEGACY_TIME_BYTES];
    const char *other = request_field(request, "otro_valor");
    struct legacy_sender named;
    legacy_name_parse(file->name, &named);
    json_t *json = sender_json(sender);
    legacy_time(store_now_ms(), now);
    json_set_text(json, "filename_original", file->name);
    json_set_text(json, "filename_final", stored);
    json_object_set_new(json, "request_id", json_stringn(stored, strlen(stored) - strlen(strrchr(stored, '.'))));
    json_set_text(json, "upload_timestamp", now);
    json_object_set_new(json, "file_size", json_integer((json_int_t)file->draft.bytes));
    json_set_text(json, "texto_mensaje_whatsapp", caption);
    json_set_text(json, "caption", caption);
    json_set_text(json, "otro_valor", other != NULL ? other : "subir_con_metadata");
    json_set_text(json, "otro", other != NULL ? other : "");
    json_object_set_new(json, "form_data_used", json_boolean(is_form));
    json_object_set_new(json, "whatsapp_metadata", whatsapp_json(&named));
    return json;
}

/* Two files with one name in one millisecond are both kept: the later gets the next millisecond. */
void legacy_stored_name(struct request *request, const struct upload_file *file, const struct legacy_sender *sender,
                        bool is_renamed, const struct document_new *before, size_t before_count,
                        char stored[LEGACY_NAME_BYTES]) {
    for (int64_t at_ms = store_now_ms();; at_ms++) {
        bool is_taken = false;
        legacy_name_make(file->name, sender, is_renamed, at_ms, stored);
        for (size_t i = 0; i < before_count; i++) {
            is_taken = is_taken || strcmp(before[i].stored_name, stored) == 0;
        }
        if (!is_taken && !store_has_name(request->service->store, stored)) {
            return;
        }
    }
}

bool legacy_document(struct request *request, struct upload_file *file, const char *stored, json_t *sidecar,
                     const char *batch_id, struct document_new *document) {
    const char *type = image_draft_media_type(&file->draft);
    *document = (struct document_new){.draft = &file->draft,
                                      .name = file->name,
                                      .stored_name = arena_copy_text(&request->arena, stored, strlen(stored)),
                                      .media_type = type == NULL ? "application/octet-stream" : type,
                                      .metadata = json_text_in(&request->arena, sidecar, 0),
                                      .layouts = "",
                                      .batch_id = batch_id,
                                      .origin = ORIGIN_LEGACY,
                                      .starts_held = SETTING_NUMBER(&request->service->settings, start) == 1};
    store_id(document->id, "doc");
    return document->stored_name != NULL && document->metadata != NULL;
}

/* The files of the first field that has any. */
static const char *files_field(const struct request *request) {
    static const char *const names[] = {"files", "images", "image", "file", NULL};
    for (size_t i = 0; names[i] != NULL; i++) {
        for (const struct upload_file *file = request->upload.files; file != NULL; file = file->next) {
            if (strcmp(file->field, names[i]) == 0) {
                return names[i];
            }
        }
    }
    return NULL;
}

static bool document_add(struct request *request, struct upload_file *file, struct document_new *documents,
                         size_t *count, json_t *results) {
    struct legacy_sender sender;
    char stored[LEGACY_NAME_BYTES];
    const char *caption = request_field(request, "caption");
    legacy_name_parse(file->name, &sender);
    bool is_form = sender_fill(request, &sender);
    json_t *warnings = is_form ? warnings_json(&sender, file->name) : NULL;
    legacy_stored_name(request, file, &sender, is_form, documents, *count, stored);
    json_t *sidecar = legacy_sidecar(request, file, &sender, is_form, stored, caption == NULL ? "" : caption);
    bool is_made = legacy_document(request, file, stored, sidecar, NULL, &documents[*count]);
    json_t *item = json_object();
    json_set_text(item, "filename_original", file->name);
    json_set_text(item, "filename_final", stored);
    json_set_text(item, "status", "uploaded");
    json_object_set_new(item, "metadata", sidecar);
    if (warnings != NULL) {
        json_array_append_new(results, warnings);
    }
    json_array_append_new(results, item);
    *count += is_made;
    return is_made;
}

static void answer_uploaded(struct request *request, const struct document_new *documents, size_t count,
                            json_t *results) {
    char text[96];
    snprintf(text, sizeof text, "%zu archivo(s) subido(s) y en cola", count);
    json_t *json = legacy_answer("success", "exitoso", text), *names = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(names, json_string(documents[i].stored_name));
    }
    json_object_set_new(json, "uploaded_count", json_integer((json_int_t)count));
    json_object_set_new(json, "total_files", json_integer((json_int_t)request->upload.file_count));
    json_object_set_new(json, "uploaded_files", names);
    json_object_set(json, "results", results);
    json_object_set_new(json, "next_steps",
                        json_pack("{s:s, s:s, s:s}", "queue_check", "/api/ocr/queue/status", "process_batch",
                                  "/api/ocr/process_batch", "view_files", "/api/ocr/processed_files"));
    answer_json(request, 200, json);
}

static void answer_nothing(struct request *request, const char *message, json_t *results) {
    json_t *json = legacy_failure("error", "error", "BAD_REQUEST_400", message);
    if (results != NULL) {
        json_object_set(json, "results", results);
    }
    answer_json(request, 400, json);
}

void legacy_process_image(struct request *request) {
    const char *field = files_field(request);
    size_t count = 0;
    struct document_new *documents =
        arena_allocate_zero(&request->arena, request->upload.file_count + 1, sizeof *documents);
    if (field == NULL) {
        answer_nothing(request, in_language(request->language, "no files were sent", "no se enviaron archivos"), NULL);
        return;
    }
    json_t *results = json_array();
    bool is_whole = documents != NULL;
    for (struct upload_file *file = request->upload.files; file != NULL && is_whole; file = file->next) {
        if (strcmp(file->field, field) == 0 && file->draft.bytes > 0 && legacy_name_is_taken(file->name)) {
            is_whole = document_add(request, file, documents, &count, results);
        }
    }
    if (!is_whole) {
        answer_problem(request, PROBLEM_MEMORY, "no memory for the upload", "no hay memoria para la subida");
    } else if (count == 0) {
        answer_nothing(request,
                       in_language(request->language, "none of the files has a name that ends in png, jpg or jpeg",
                                   "ningún archivo tiene un nombre que acabe en png, jpg o jpeg"),
                       results);
    } else if (store_documents_add(request->service->store, documents, count, NULL, &request->failure) != LINCE_OK) {
        answer_failure(request);
    } else {
        answer_uploaded(request, documents, count, results);
    }
    json_decref(results);
}
