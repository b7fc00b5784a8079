/* document_json.c - the members of a document, in the order in which the API document lists them. */
#include "serve/v1/shown/document_json.h"

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/json_memory.h"
#include "fields/values/value.h"
#include "output/records/record_values.h"
#include "output/writers/json_writer.h"
#include "serve/http/json_set.h"
#include "serve/http/translation.h"
#include "serve/v1/shown/review_json.h"
#include "store/parties/parties.h"

/* The names of ?fields=a,b; NULL: all. */
static bool field_is_wanted(const char *wanted, const char *name) {
    while (wanted != NULL && *wanted != '\0') {
        size_t length = strcspn(wanted, ",");
        if (strlen(name) == length && strncmp(name, wanted, length) == 0) {
            return true;
        }
        wanted += length + (wanted[length] == ',');
    }
    return wanted == NULL;
}

/* The fields of a document that ?fields= names, after corrections. */
struct wanted_fields {
    struct field_row *rows;
    size_t count;
};

static struct wanted_fields fields_wanted(struct request *request, const struct document *document) {
    struct wanted_fields fields;
    const char *wanted = request_query(request, "fields");
    size_t kept = 0;
    if (store_fields(request->service->store, document->seq, &request->arena, &fields.rows, &fields.count,
                     &request->failure) != LINCE_OK) {
        fields.count = 0;
    }
    for (size_t i = 0; i < fields.count; i++) {
        if (field_is_wanted(wanted != NULL && *wanted != '\0' ? wanted : NULL, fields.rows[i].name)) {
            fields.rows[kept++] = fields.rows[i];
        }
    }
    fields.count = kept;
    return fields;
}

/* The values alone, with English names and the rows of a sale as objects; null without memory. */
static json_t *values_json(struct request *request, const struct wanted_fields *fields) {
    struct buffer text;
    struct json_writer writer;
    buffer_init(&text, request->arena.meter);
    json_begin(&writer, &text);
    json_object_open(&writer, NULL);
    for (size_t i = 0; i < fields->count; i++) {
        const struct field_row *field = &fields->rows[i];
        json_t *detail = field->is_corrected ? NULL : json_memory_load_text(field->detail, 0, NULL);
        if (field->value !=
            NULL) { /* confidence and place are of the value that was read, not of one that a person set */
            record_values_one(&writer, field->name, field->value, json_string_value(json_object_get(detail, "kind")),
                              json_string_value(json_object_get(detail, "name")));
        }
        json_decref(detail);
    }
    json_object_close(&writer);
    json_end(&writer);
    json_t *json = text.refused ? NULL : json_memory_load(text.bytes, text.used_bytes, 0, NULL);
    buffer_free(&text);
    return json != NULL ? json : json_null();
}

static json_t *fields_json(const struct wanted_fields *wanted) {
    const struct field_row *fields = wanted->rows;
    json_t *object = json_object();
    for (size_t i = 0; i < wanted->count; i++) {
        json_t *field = json_object(), *detail = json_memory_load_text(fields[i].detail, 0, NULL);
        json_object_set_new(field, "value", json_string(fields[i].value));
        json_object_update(field, detail);
        json_object_set_new(field, "corrected", json_boolean(fields[i].is_corrected));
        if (fields[i].is_corrected || fields[i].party != NULL) {
            json_set_text(field, "read_value", fields[i].read_value);
        }
        if (fields[i].party != NULL && !fields[i].is_corrected) {
            json_set_text(field, "party", fields[i].party);
        }
        json_decref(detail);
        json_object_set_new(object, fields[i].name, field);
    }
    return object;
}

/* The failure in the reader's language. It was stored in the language that the service had then. */
static json_t *error_json(struct request *request, const char *code, const char *message) {
    json_t *error = json_object();
    json_set_text(error, "code", code);
    json_set_text(error, "message", translation_of(&request->arena, message, request->language));
    return error;
}

static json_t *duplicate_json(const struct document *document) {
    return document->duplicate_of == NULL ? json_null()
                                          : json_pack("{s:s, s:s, s:b}", "id", document->duplicate_of, "kind",
                                                      duplicate_kind_name(document->duplicate_kind), "confirmed",
                                                      (int)document->duplicate_confirmed);
}

/* One form for payments and shops' receipts, so that a list can show both. */
static json_t *payment_json(const struct document *document) {
    const struct {
        const char *name, *value;
    } texts[] = {{"date", document->paid_date}, {"currency", document->currency}, {"reference", document->reference},
                 {"bank", document->bank},      {"who", document->who},           {"sender", document->sender}};
    json_t *json = json_object();
    char amount[MONEY_TEXT_BYTES];
    money_text(document->amount, amount);
    json_set_text(json, "amount", document->amount == AMOUNT_NONE ? NULL : amount);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        json_set_text(json, texts[i].name, texts[i].value[0] == '\0' ? NULL : texts[i].value);
    }
    return json;
}

/* The document with the file that came, and which of its pages these are; null if the file is this document's. */
static json_t *part_of_json(const struct document *document) {
    char path[96];
    if (document->part_of == NULL) {
        return json_null();
    }
    json_t *json = json_object();
    snprintf(path, sizeof path, "/v1/documents/%s", document->part_of);
    json_set_text(json, "id", document->part_of);
    json_object_set_new(json, "first_page", json_integer(document->first_page));
    json_set_text(json, "code", document->part_code[0] == '\0' ? NULL : document->part_code);
    json_set_text(json, "self", path);
    return json;
}

/* The documents that came out of this one's file. */
static json_t *parts_json(struct request *request, const struct document *document) {
    struct part_row *parts = NULL;
    size_t count = 0;
    json_t *list = json_array();
    if (document->split_on[0] == '\0' || store_parts(request->service->store, document->id, &request->arena, &parts,
                                                     &count, &request->failure) != LINCE_OK) {
        return list;
    }
    for (size_t i = 0; i < count; i++) {
        char path[96];
        json_t *part = json_object();
        snprintf(path, sizeof path, "/v1/documents/%s", parts[i].id);
        json_set_text(part, "id", parts[i].id);
        json_set_text(part, "status", document_status_name(parts[i].status));
        json_object_set_new(part, "first_page", json_integer(parts[i].first_page));
        json_object_set_new(part, "page_count", json_integer(parts[i].page_count));
        json_set_text(part, "code", parts[i].code[0] == '\0' ? NULL : parts[i].code);
        json_set_text(part, "self", path);
        json_array_append_new(list, part);
    }
    return list;
}

json_t *document_json(struct request *request, const struct document *document) {
    char path[96];
    snprintf(path, sizeof path, "/v1/documents/%s", document->id);
    json_t *json = json_object(), *metadata = json_memory_load_text(document->metadata, 0, NULL);
    json_set_text(json, "id", document->id);
    json_set_text(json, "status", document_status_name(document->status));
    json_set_text(json, "batch", document->batch_id);
    json_set_text(json, "name", document->name);
    json_set_text(json, "sha256", document->sha256);
    json_set_text(json, "media_type", document->media_type);
    json_object_set_new(json, "image_bytes", json_integer(document->image_bytes));
    json_object_set_new(json, "has_image", json_boolean(!document->image_gone));
    json_object_set_new(json, "page_count", json_integer(document->page_count));
    json_object_set_new(json, "pages_read", json_integer(document->pages_read));
    json_object_set_new(json, "metadata", metadata != NULL ? metadata : json_object());
    json_object_set_new(json, "version", json_integer(document->version));
    json_set_time(json, "received_at", document->received_ms);
    json_set_time(json, "started_at", document->started_ms);
    json_set_time(json, "finished_at", document->finished_ms);
    json_set_text(json, "layout", document->layout);
    json_set_text(json, "kind", document->kind);
    json_set_text(json, "direction", document->direction);
    json_set_text(json, "country", document->country);
    json_object_set_new(json, "needs_review", json_boolean(document->needs_review));
    json_object_set_new(json, "review", review_json_of(request, document));
    const struct wanted_fields fields = fields_wanted(request, document);
    json_object_set_new(json, "fields", fields_json(&fields));
    json_object_set_new(json, "fields_pages",
                        document->fields_pages > 0 ? json_integer(document->fields_pages) : json_null());
    json_object_set_new(json, "fields_last_pages",
                        document->fields_last_pages > 0 ? json_integer(document->fields_last_pages) : json_null());
    json_object_set_new(json, "values", values_json(request, &fields));
    json_object_set_new(json, "payment", payment_json(document));
    json_object_set_new(json, "duplicate_of", duplicate_json(document));
    json_set_text(json, "split_on", document->split_on[0] == '\0' ? NULL : document->split_on);
    json_object_set_new(json, "part_count", json_integer(document->part_count));
    json_object_set_new(json, "part_of", part_of_json(document));
    json_object_set_new(json, "error",
                        document->error_code == NULL
                            ? json_null()
                            : error_json(request, document->error_code, document->error_message));
    json_set_text(json, "self", path);
    return json;
}

json_t *document_pages_json(struct request *request, const struct document *document) {
    struct page_row *pages;
    size_t count;
    json_t *list = json_array();
    if (store_pages(request->service->store, document->seq, &request->arena, &pages, &count, &request->failure) !=
        LINCE_OK) {
        count = 0;
    }
    for (size_t i = 0; i < count; i++) {
        const struct page_row *page = &pages[i];
        char path[128];
        json_t *json = json_object(), *error = json_null();
        snprintf(path, sizeof path, "/v1/documents/%s/pages/%lld", document->id, (long long)page->number);
        if (page->error_code != NULL) {
            error = error_json(request, page->error_code, page->error_message);
        }
        json_object_set_new(json, "number", json_integer(page->number));
        json_object_set_new(json, "width", json_integer(page->width_px));
        json_object_set_new(json, "height", json_integer(page->height_px));
        json_object_set_new(json, "error", error);
        json_set_text(json, "self", path);
        json_array_append_new(list, json);
    }
    return list;
}

static void message_tell(struct request *request, json_t *holder) {
    const char *message = json_string_value(json_object_get(holder, "message"));
    if (message != NULL) {
        json_set_text(holder, "message", translation_of(&request->arena, message, request->language));
    }
}

json_t *document_page_json(struct request *request, const char *page) {
    json_t *json = json_memory_load_text(page, 0, NULL), *warning;
    size_t index;
    message_tell(request, json_object_get(json, "error"));
    json_array_foreach(json_object_get(json, "warnings"), index, warning) {
        message_tell(request, warning);
    }
    return json;
}

/* The known parties that it names, beside which a person sees whether a name or an account is a strange one. */
static json_t *named_json(struct request *request, const struct document *document) {
    struct party_named *named;
    size_t count;
    json_t *list = json_array();
    if (store_parties_named(request->service->store, document->seq, &request->arena, &named, &count,
                            &request->failure) != LINCE_OK) {
        count = 0;
    }
    for (size_t i = 0; i < count; i++) {
        char path[96];
        json_t *json = json_object();
        snprintf(path, sizeof path, "/v1/parties/%s", named[i].id);
        json_set_text(json, "id", named[i].id);
        json_set_text(json, "name", named[i].name);
        json_set_text(json, "field", named[i].field);
        json_set_text(json, "by", named[i].by_field);
        json_object_set_new(json, "documents", json_integer(named[i].documents));
        json_set_text(json, "self", path);
        json_array_append_new(list, json);
    }
    return list;
}

json_t *document_json_whole(struct request *request, const struct document *document) {
    const char *page = NULL;
    json_t *json = document_json(request, document);
    json_t *parsed = NULL;
    if (store_page(request->service->store, document->seq, 1, &request->arena, &page, &request->failure) == LINCE_OK &&
        page != NULL) {
        parsed = document_page_json(request, page);
    }
    json_object_set_new(json, "parties", named_json(request, document));
    json_set_text(json, "text", document->text);
    json_object_set_new(json, "page", parsed != NULL ? parsed : json_null());
    json_object_set_new(json, "pages", document_pages_json(request, document));
    json_object_set_new(json, "parts", parts_json(request, document));
    return json;
}
