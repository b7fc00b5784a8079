/*
 * submit.c - POST /v1/documents: stores the files durably before it answers, and only once however often the request is
 * sent.
 */
#include "serve/v1/submit.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/json_memory.h"
#include "base/json_text.h"
#include "serve/http/json_set.h"
#include "serve/http/unpacking.h"
#include "serve/v1/handlers.h"
#include "serve/v1/layout_choice.h"
#include "serve/v1/shown/document_json.h"

enum { WAIT_LIMIT_S = 60, KEY_LIMIT_BYTES = 255, SPLIT_LIMIT_BYTES = 255, HASH_TEXT_BYTES = 65 };

bool submit_files_are_images(struct request *request) {
    if (request->upload.file_count == 0) {
        answer_problem(request, PROBLEM_BAD_REQUEST, "there is no file in the request",
                       "no hay ningún archivo en la petición");
        return false;
    }
    for (struct upload_file *file = request->upload.files; file != NULL; file = file->next) {
        if (file->draft.bytes == 0) {
            answer_problem(request, PROBLEM_BAD_REQUEST, "%s is empty", "%s está vacío", file->name);
            return false;
        }
        if (image_draft_media_type(&file->draft) == NULL) {
            answer_problem(request, PROBLEM_UNREADABLE,
                           "%s is no file that is read here; JPEG, PNG, WebP, BMP, GIF, TIFF, PDF, HEIC, AVIF, JPEG "
                           "XL, JPEG 2000 and PNM are",
                           "%s no es un archivo que se lea aquí; se leen JPEG, PNG, WebP, BMP, GIF, TIFF, PDF, HEIC, "
                           "AVIF, JPEG XL, JPEG 2000 y PNM",
                           file->name);
            return false;
        }
    }
    return true;
}

static bool is_own_field(const char *name) {
    return strcmp(name, "metadata") == 0 || strcmp(name, "layout") == 0 || strcmp(name, "batch") == 0 ||
           strcmp(name, "codes") == 0 || strcmp(name, "letters") == 0 || strcmp(name, "split_on") == 0 ||
           strcmp(name, "separator") == 0;
}

/* The client's own data: the object in `metadata`, and every other field of the form. NULL after a problem. */
static const char *metadata_make(struct request *request) {
    const char *given = request_field(request, "metadata");
    given = given != NULL ? given : request_query(request, "metadata");
    json_t *json =
        given == NULL || *given == '\0' ? json_object() : json_memory_load_text(given, JSON_REJECT_DUPLICATES, NULL);
    if (json == NULL && json_memory_was_refused()) {
        answer_no_memory(request);
        return NULL;
    }
    if (!json_is_object(json)) {
        json_decref(json);
        answer_problem(request, PROBLEM_INVALID, "metadata must be a JSON object", "metadata debe ser un objeto JSON");
        return NULL;
    }
    for (const struct upload_field *field = request->upload.fields; field != NULL; field = field->next) {
        if (!is_own_field(field->name) && field->value != NULL) {
            json_set_text(json, field->name, field->value);
        }
    }
    const char *text = json_text_in(&request->arena, json, 0);
    json_decref(json);
    if (text == NULL) {
        answer_problem(request, PROBLEM_MEMORY, "no memory for the metadata", "no hay memoria para los metadatos");
    }
    return text;
}

static const char *option(struct request *request, const char *name) {
    const char *value = request_query(request, name);
    value = value != NULL ? value : request_field(request, name);
    return value != NULL && *value != '\0' ? value : NULL;
}

/* ---- idempotency ---- */

static void hash_text(crypto_generichash_state *state, char text[HASH_TEXT_BYTES]) {
    unsigned char bytes[32];
    crypto_generichash_final(state, bytes, sizeof bytes);
    sodium_bin2hex(text, HASH_TEXT_BYTES, bytes, sizeof bytes);
}

static void hash_add(crypto_generichash_state *state, const char *text) {
    text = text == NULL ? "" : text;
    crypto_generichash_update(state, (const unsigned char *)text, strlen(text) + 1);
}

/* Makes the name of the stored answer, and the hash of the request, from the idempotency key; false without a key. */
static bool answer_name(struct request *request, const struct document_new *documents, size_t count, char name[],
                        char asked[]) {
    const char *key = request_header(request, "Idempotency-Key");
    crypto_generichash_state state;
    if (key == NULL || *key == '\0') {
        return false;
    }
    crypto_generichash_init(&state, NULL, 0, 32);
    hash_add(&state, key);
    hash_add(&state, request->service->needs_keys ? request->actor : "");
    hash_add(&state, request->path);
    hash_text(&state, name);
    crypto_generichash_init(&state, NULL, 0, 32);
    for (size_t i = 0; i < count; i++) {
        hash_add(&state, documents[i].draft->sha256);
        hash_add(&state, documents[i].name);
        hash_add(&state, documents[i].metadata);
        hash_add(&state, documents[i].layouts);
        hash_add(&state, documents[i].new_batch != NULL ? "" : documents[i].batch_id);
        if (documents[i].codes) { /* without codes the hash is that of earlier versions */
            hash_add(&state, "codes");
        }
        if (documents[i].letters) {
            hash_add(&state, "letters");
        }
        if (documents[i].split_on[0] != '\0') {
            hash_add(&state, documents[i].split_on);
            hash_add(&state, separator_use_name(documents[i].separator));
        }
    }
    hash_text(&state, asked);
    return true;
}

/* Answers a request that was sent before with its first answer. True if it did. */
static bool replay(struct request *request, const char *name, const char *asked) {
    struct answer answer;
    bool found;
    if (store_answer(request->service->store, name, &request->arena, &answer, &found, &request->failure) != LINCE_OK) {
        answer_failure(request);
        return true;
    }
    if (!found) {
        return false;
    }
    if (strcmp(answer.request, asked) != 0) {
        answer_problem(request, PROBLEM_KEY_REUSED, "this Idempotency-Key came before with other files or options",
                       "esta Idempotency-Key llegó antes con otros archivos u opciones");
        return true;
    }
    request->location = answer.location;
    request->retry_after = "1";
    answer_bytes(request, (unsigned)answer.status, "application/json", answer.body, strlen(answer.body));
    return true;
}

/* ---- the answer ---- */

static const char *retry_after(struct request *request) {
    struct dispatcher_figures figures = dispatcher_figures(request->service->dispatcher);
    double seconds = (double)store_waiting_count(request->service->store) * figures.read_seconds /
                     (figures.workers == 0 ? 1 : figures.workers);
    char *text = arena_allocate(&request->arena, 16);
    if (text != NULL) {
        snprintf(text, 16, "%d", seconds < 1 ? 1 : seconds > 3600 ? 3600 : (int)seconds + 1);
    }
    return text;
}

static json_t *accepted_json(const struct document_new *document) {
    char path[96];
    snprintf(path, sizeof path, "/v1/documents/%s", document->id);
    json_t *json = json_object();
    json_set_text(json, "id", document->id);
    json_set_text(json, "status", document_status_name(document->is_held ? DOCUMENT_HELD : DOCUMENT_QUEUED));
    json_set_text(json, "batch", document->batch_id);
    json_set_text(json, "name", document->name);
    json_set_text(json, "sha256", document->draft->sha256);
    json_set_text(json, "self", path);
    return json;
}

/* Whether the answer is a list: for several documents, or for an archive. */
static bool is_list(const struct request *request, size_t count) {
    return count != 1 || unpacking_name(request) != NULL;
}

static const char *accepted_body(struct request *request, const struct document_new *documents, size_t count) {
    bool has_list = is_list(request, count);
    json_t *json = has_list ? json_pack("{s:[]}", "documents") : accepted_json(documents);
    for (size_t i = 0; i < count && has_list; i++) {
        json_array_append_new(json_object_get(json, "documents"), accepted_json(&documents[i]));
    }
    if (unpacking_name(request) != NULL) {
        json_set_text(json, "batch", documents[0].batch_id);
        json_object_set_new(json, "refused", unpacking_refused_json(request));
    }
    const char *body = json_text_in(&request->arena, json, 0);
    json_decref(json);
    return body;
}

static const char *location_of(struct request *request, const struct document_new *documents, size_t count) {
    char *text = arena_allocate(&request->arena, 128);
    if (text == NULL) {
        return NULL;
    }
    if (!is_list(request, count)) {
        snprintf(text, 128, "/v1/documents/%s", documents[0].id);
    } else if (documents[0].batch_id != NULL) {
        snprintf(text, 128, "/v1/batches/%.60s", documents[0].batch_id);
    } else {
        snprintf(text, 128, "/v1/documents?limit=%zu", count);
    }
    return text;
}

/* ---- waiting for the result ---- */

/* The seconds of "Prefer: wait=10", which may be one of several preferences (RFC 7240). */
static int64_t wait_asked_ms(struct request *request) {
    const char *prefer = request_header(request, "Prefer");
    long seconds = 0;
    while (prefer != NULL && *prefer != '\0') {
        prefer += strspn(prefer, ", \t");
        if (strncasecmp(prefer, "wait=", 5) == 0) {
            seconds = strtol(prefer + 5, NULL, 10);
        }
        prefer += strcspn(prefer, ",");
    }
    return seconds <= 0 ? 0 : 1000 * (int64_t)(seconds < WAIT_LIMIT_S ? seconds : WAIT_LIMIT_S);
}

/*
 * The documents, once all are final; NULL before. Also NULL if one could not be loaded: it is stored, and the client
 * can ask for it.
 */
static json_t *results(struct request *request) {
    struct document document = {0};
    bool is_whole = true;
    bool has_list = is_list(request, request->id_count);
    json_t *json = has_list ? json_pack("{s:[]}", "documents") : NULL;
    if (unpacking_name(request) != NULL) {
        json_object_set_new(json, "refused", unpacking_refused_json(request));
    }
    for (size_t i = 0; i < request->id_count && is_whole; i++) {
        is_whole = store_document(request->service->store, request->ids[i], &request->arena, &document,
                                  &request->failure) == LINCE_OK &&
                   document_status_is_final(document.status);
        json_t *one = is_whole ? document_json_whole(request, &document) : NULL;
        if (!has_list) {
            json = one;
        } else {
            json_array_append_new(json_object_get(json, "documents"), one);
        }
    }
    if (!is_whole || json_memory_was_refused() || request->failure.status != LINCE_OK) {
        request->failure.status = LINCE_OK;
        json_decref(json);
        return NULL;
    }
    if (!has_list) {
        snprintf(request->etag, sizeof request->etag, "\"%lld\"", (long long)document.version);
    }
    return json;
}

static void wait_for_results(struct request *request) {
    struct arena_mark mark = arena_mark(&request->arena);
    json_t *json = results(request);
    if (json != NULL) {
        answer_json(request, 200, json);
    } else if (clock_now_ms() < request->deadline_ms && !request->service->is_draining) {
        arena_rewind(&request->arena, mark);
        request_wait(request, request->deadline_ms);
    } else {
        request->retry_after = retry_after(request);
        answer_bytes(request, 202, "application/json", request->body.bytes, request->body.used_bytes);
    }
}

static void accepted(struct request *request, const struct document_new *documents, size_t count, const char *body) {
    int64_t wait_ms = wait_asked_ms(request);
    request->ids = arena_allocate_zero(&request->arena, count, sizeof *request->ids);
    buffer_clear(&request->body);
    buffer_text(&request->body, body);
    if (wait_ms == 0 || documents[0].is_held || request->ids == NULL || request->body.refused) {
        request->retry_after = retry_after(request);
        answer_bytes(request, 202, "application/json", body, strlen(body));
        return;
    }
    for (size_t i = 0; i < count; i++) {
        request->ids[i] = documents[i].id;
    }
    request->id_count = count;
    snprintf(request->preference, sizeof request->preference, "wait=%d", (int)(wait_ms / 1000));
    request->deadline_ms = clock_now_ms() + wait_ms;
    wait_for_results(request);
}

/* ---- the whole ---- */

/* Whether something more is read, such as bar codes: "true" or "false", in the query or the form. False after a
 * problem.
 */
static bool more_choose(struct request *request, const char *name, bool *is_wanted) {
    const char *given = option(request, name);
    *is_wanted = given != NULL && strcmp(given, "true") == 0;
    if (given == NULL || *is_wanted || strcmp(given, "false") == 0) {
        return true;
    }
    answer_problem(request, PROBLEM_INVALID, "%s must be true or false", "%s debe ser true o false", name);
    return false;
}

/* What is wanted of the pages beside their text. */
struct page_wishes {
    bool codes, letters;
    const char *split_on;
    enum separator_use separator;
};

/* The code by which files are split into documents, and what becomes of its page. False after a problem. */
static bool split_choose(struct request *request, struct page_wishes *wishes) {
    const char *code = option(request, "split_on"), *separator = option(request, "separator");
    wishes->split_on = code == NULL ? "" : code;
    wishes->codes = wishes->codes || code != NULL;
    wishes->separator = separator == NULL ? SEPARATOR_KEPT : separator_use_of(separator);
    if (wishes->separator == SEPARATOR_USES) {
        answer_problem(request, PROBLEM_INVALID, "separator must be keep or drop", "separator debe ser keep o drop");
        return false;
    }
    if (separator != NULL && code == NULL) {
        answer_problem(request, PROBLEM_INVALID, "separator needs split_on, the code of the page",
                       "separator necesita split_on, el código de la página");
        return false;
    }
    if (strlen(wishes->split_on) > SPLIT_LIMIT_BYTES) {
        answer_problem(request, PROBLEM_INVALID, "split_on has %zu bytes; at most %d are possible",
                       "split_on tiene %zu bytes; caben %d", strlen(wishes->split_on), SPLIT_LIMIT_BYTES);
        return false;
    }
    return true;
}

static struct document_new *documents_make(struct request *request, const char *metadata,
                                           const struct page_wishes *wishes) {
    struct document_new *documents =
        arena_allocate_zero(&request->arena, request->upload.file_count, sizeof *documents);
    const char *layouts = option(request, "layout"), *batch = option(request, "batch");
    bool starts_held = SETTING_NUMBER(&request->service->settings, start) == 1;
    bool is_held = starts_held || store_batch_is_paused(request->service->store, batch);
    const char *new_batch = batch == NULL ? unpacking_name(request) : NULL;
    char *made = new_batch == NULL ? NULL : arena_allocate(&request->arena, ID_BYTES);
    size_t i = 0;
    documents = new_batch != NULL && made == NULL ? NULL : documents;
    if (documents == NULL) {
        answer_problem(request, PROBLEM_MEMORY, "no memory for the upload", "no hay memoria para la subida");
        return NULL;
    }
    if (made != NULL) {
        store_id(made, "batch");
    }
    for (struct upload_file *file = request->upload.files; file != NULL; file = file->next, i++) {
        documents[i] = (struct document_new){.draft = &file->draft,
                                             .name = file->name,
                                             .stored_name = file->name,
                                             .media_type = image_draft_media_type(&file->draft),
                                             .metadata = metadata,
                                             .layouts = layouts == NULL ? "" : layouts,
                                             .batch_id = made != NULL ? made : batch,
                                             .new_batch = new_batch,
                                             .origin = ORIGIN_V1,
                                             .codes = wishes->codes,
                                             .letters = wishes->letters,
                                             .split_on = wishes->split_on,
                                             .separator = wishes->separator,
                                             .starts_held = starts_held,
                                             .is_held = is_held};
        store_id(documents[i].id, "doc");
    }
    return documents;
}

static void submit(struct request *request, struct document_new *documents, size_t count) {
    char name[HASH_TEXT_BYTES], asked[HASH_TEXT_BYTES];
    bool has_key = answer_name(request, documents, count, name, asked);
    if (has_key && replay(request, name, asked)) {
        return;
    }
    const char *body = accepted_body(request, documents, count);
    request->location = location_of(request, documents, count);
    if (body == NULL || request->location == NULL) {
        answer_problem(request, PROBLEM_MEMORY, "no memory for the answer", "no hay memoria para la respuesta");
        return;
    }
    struct answer answer = {name, asked, request->location, body, 202};
    enum lince_status status =
        store_documents_add(request->service->store, documents, count, has_key ? &answer : NULL, &request->failure);
    if (status == LINCE_ERROR_CANCELLED) { /* the same request came at the same time and was stored first */
        request->failure.status = LINCE_OK;
        if (replay(request, name, asked)) {
            return;
        }
    }
    if (status != LINCE_OK) {
        request->location = NULL;
        answer_failure(request);
        return;
    }
    accepted(request, documents, count, body);
}

/* False after answering that nothing in the archives can be read, and why. */
static bool archive_has_files(struct request *request) {
    if (unpacking_name(request) == NULL || request->upload.file_count > 0) {
        return true;
    }
    json_t *refused = unpacking_refused_json(request);
    const json_t *first = json_array_get(refused, 0);
    if (first == NULL) {
        answer_problem(request, PROBLEM_UNREADABLE, "%s has no files", "%s no contiene archivos",
                       unpacking_name(request));
    } else {
        answer_problem(request, PROBLEM_UNREADABLE, "%s has no file that is read here; %s: %s (%zu files in all)",
                       "%s no contiene ningún archivo que se lea aquí; %s: %s (%zu archivos en total)",
                       unpacking_name(request), json_string_value(json_object_get(first, "name")),
                       json_string_value(json_object_get(first, "message")), json_array_size(refused));
    }
    json_decref(refused);
    return false;
}

void documents_post(struct request *request) {
    if (request->deadline_ms != 0) {
        wait_for_results(request);
        return;
    }
    const char *key = request_header(request, "Idempotency-Key");
    if (!unpacking_is_done(request) || !archive_has_files(request) || !submit_files_are_images(request)) {
        return;
    }
    if (key != NULL && strlen(key) > KEY_LIMIT_BYTES) {
        answer_problem(request, PROBLEM_INVALID, "the Idempotency-Key has %zu bytes; at most %d are possible",
                       "la Idempotency-Key tiene %zu bytes; caben %d", strlen(key), KEY_LIMIT_BYTES);
        return;
    }
    if (!layout_choice_check(request, option(request, "layout"))) {
        return;
    }
    struct page_wishes wishes;
    if (!more_choose(request, "codes", &wishes.codes) || !more_choose(request, "letters", &wishes.letters) ||
        !split_choose(request, &wishes)) {
        return;
    }
    const char *metadata = metadata_make(request);
    struct document_new *documents = metadata == NULL ? NULL : documents_make(request, metadata, &wishes);
    if (documents != NULL) {
        submit(request, documents, request->upload.file_count);
    }
}
