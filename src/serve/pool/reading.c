/* reading.c - takes the columns of the store from a worker's answer. */
#include "serve/pool/reading.h"

#include <string.h>

#include "base/arena.h"
#include "base/json_memory.h"
#include "base/json_text.h"

static const char *text_of(const json_t *object, const char *key) {
    return json_string_value(json_object_get(object, key));
}

/* The worker wrote its figures with ten digits: no more of them mean anything. */
static const char *dump_in(struct arena *arena, const json_t *json) {
    return json_text_in(arena, json, JSON_REAL_PRECISION(10));
}

/* A field is {"value", ...}; the other members are its detail. */
static bool fields_take(json_t *fields, struct arena *arena, struct job_result *result) {
    size_t count = json_object_size(fields);
    struct field_row *rows = arena_allocate_zero(arena, count + 1, sizeof *rows);
    const char *name;
    json_t *field;
    if (rows == NULL) {
        return false;
    }
    result->fields = rows;
    json_object_foreach(fields, name, field) {
        const char *value = text_of(field, "value");
        if (value == NULL) {
            continue;
        }
        struct field_row *row = &rows[result->field_count];
        row->name = arena_copy_text(arena, name, strlen(name));
        row->value = arena_copy_text(arena, value, strlen(value));
        json_object_del(field, "value");
        row->detail = dump_in(arena, field);
        if (row->name == NULL || row->value == NULL || row->detail == NULL) {
            return false;
        }
        result->field_count++;
    }
    return true;
}

/* "missing:referencia doubtful:monto"; "" if there are none, NULL without memory. */
static const char *reasons_join(const json_t *reasons, struct arena *arena) {
    size_t index, room = 1, used = 0;
    const json_t *reason;
    json_array_foreach(reasons, index, reason) {
        room += json_string_length(reason) + 1;
    }
    char *text = arena_allocate(arena, room);
    json_array_foreach(reasons, index, reason) {
        size_t bytes = json_string_length(reason);
        if (text == NULL || bytes == 0 || strchr(json_string_value(reason), ' ') != NULL) {
            continue;
        }
        if (used > 0) {
            text[used++] = ' ';
        }
        memcpy(text + used, json_string_value(reason), bytes);
        used += bytes;
    }
    if (text != NULL) {
        text[used] = '\0';
    }
    return text;
}

bool reading_page(const char *body, size_t body_bytes, struct arena *arena, const char **page) {
    json_t *json = json_memory_load(body, body_bytes, 0, NULL), *tree = json_object_get(json, "page");
    *page = NULL;
    if (json_is_object(tree)) {
        json_object_del(tree, "file");
        json_object_del(tree, "sha256");
        json_object_set(tree, "record", json_object_get(json, "record"));
        *page = dump_in(arena, tree);
    }
    json_decref(json);
    return *page != NULL;
}

bool reading_error(const char *page, struct arena *arena, struct job_result *result) {
    json_t *json = json_memory_load_text(page, 0, NULL);
    const char *code = text_of(json_object_get(json, "error"), "code");
    const char *message = text_of(json_object_get(json, "error"), "message");
    bool is_failed = code != NULL && message != NULL;
    code = is_failed ? arena_copy_text(arena, code, strlen(code)) : NULL;
    message = is_failed ? arena_copy_text(arena, message, strlen(message)) : NULL;
    json_decref(json);
    if (code != NULL && message != NULL) {
        result->error_code = code;
        result->error_message = message;
    }
    return code != NULL && message != NULL;
}

/* The record's layout, what the page is, reasons and fields. */
static bool record_take(json_t *record, struct arena *arena, struct job_result *result) {
    result->layout = text_of(record, "layout");
    result->kind = text_of(record, "kind");
    result->direction = text_of(record, "direction");
    result->country = text_of(record, "country");
    result->fields_pages = json_integer_value(json_object_get(record, "fields_pages"));
    result->fields_last_pages = json_integer_value(json_object_get(record, "fields_last_pages"));
    result->review = reasons_join(json_object_get(record, "review_reasons"), arena);
    return result->review != NULL && fields_take(json_object_get(record, "fields"), arena, result);
}

bool reading_record(const char *body, size_t body_bytes, struct arena *arena, struct reading *reading) {
    reading->json = json_memory_load(body, body_bytes, 0, NULL);
    json_t *record = json_object_get(reading->json, "record");
    return json_is_object(record) && record_take(record, arena, &reading->result);
}

bool reading_parse(const char *body, size_t body_bytes, bool is_read, struct arena *arena, struct reading *reading) {
    *reading = (struct reading){.json = json_memory_load(body, body_bytes, 0, NULL)};
    struct job_result *result = &reading->result;
    json_t *page = json_object_get(reading->json, "page"), *record = json_object_get(reading->json, "record");
    const json_t *error = json_object_get(page, "error");
    if (!json_is_object(page)) {
        return false;
    }
    if (!is_read) {
        result->status = DOCUMENT_FAILED;
        result->error_code = text_of(error, "code");
        result->error_message = text_of(error, "message");
        return result->error_code != NULL && result->error_message != NULL;
    }
    result->status = DOCUMENT_DONE;
    result->text = text_of(page, "text");
    json_object_del(page, "file");
    json_object_del(page, "sha256");
    json_object_set(page, "review_reasons", json_object_get(record, "review_reasons"));
    result->page = dump_in(arena, page);
    return result->text != NULL && result->page != NULL && record_take(record, arena, result);
}

void reading_free(struct reading *reading) {
    json_decref(reading->json);
    reading->json = NULL;
}
