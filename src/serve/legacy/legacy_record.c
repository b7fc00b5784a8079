/* legacy_record.c - the store's fields in the earlier service's names and forms, the same for all endpoints. */
#include "serve/legacy/legacy_record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_memory.h"
#include "serve/http/translation.h"

const char *legacy_error(struct request *request, const struct document *document) {
    return translation_of(&request->arena, document->error_message, request->language);
}

void legacy_reading_make(struct request *request, const struct document *document, struct legacy_reading *reading) {
    struct store *store = request->service->store;
    const char *page = NULL;
    *reading =
        (struct legacy_reading){.document = document, .metadata = json_memory_load_text(document->metadata, 0, NULL)};
    if (store_page(store, document->seq, 1, &request->arena, &page, &request->failure) == LINCE_OK && page != NULL) {
        reading->page = json_memory_load_text(page, 0, NULL);
    }
    if (store_fields(store, document->seq, &request->arena, &reading->fields, &reading->field_count,
                     &request->failure) != LINCE_OK) {
        reading->field_count = 0;
    }
    reading->words = consolidated_words_of(reading->page);
    reading->error = legacy_error(request, document);
}

void legacy_reading_free(struct legacy_reading *reading) {
    json_decref(reading->page);
    json_decref(reading->metadata);
}

const char *legacy_field(const struct legacy_reading *reading, const char *name) {
    for (size_t i = 0; i < reading->field_count; i++) {
        if (strcmp(reading->fields[i].name, name) == 0) {
            return reading->fields[i].value;
        }
    }
    return "";
}

const char *legacy_meta(const struct legacy_reading *reading, const char *name) {
    const char *text = json_string_value(json_object_get(reading->metadata, name));
    return text == NULL ? "" : text;
}

/* The text of a field as printed, from the field's detail; the value if a person corrected it. */
static void printed(const struct legacy_reading *reading, const char *name, char *text, size_t bytes) {
    snprintf(text, bytes, "%s", legacy_field(reading, name));
    for (size_t i = 0; i < reading->field_count; i++) {
        if (strcmp(reading->fields[i].name, name) == 0 && !reading->fields[i].is_corrected) {
            json_t *detail = json_memory_load_text(reading->fields[i].detail, 0, NULL);
            const char *as_printed = json_string_value(json_object_get(detail, "text"));
            if (as_printed != NULL && *as_printed != '\0') {
                snprintf(text, bytes, "%s", as_printed);
            }
            json_decref(detail);
        }
    }
}

void legacy_date(const struct legacy_reading *reading, char text[CONSOLIDATED_DATE_BYTES]) {
    char as_printed[64];
    printed(reading, "fecha", as_printed, sizeof as_printed);
    consolidated_date(legacy_field(reading, "fecha"), as_printed, text);
}

void legacy_short_batch(const char *batch_id, char text[ID_BYTES]) {
    snprintf(text, ID_BYTES, "%s", batch_id);
    char *last = strrchr(text, '_');
    if (strncmp(text, "BATCH_", 6) == 0 && last != NULL && strlen(text) > 21) {
        *last = '\0';
    }
}

/* Turns a batch id into "2099-01-03 10:11:12". */
static void batch_date_of(const char *batch_id, char text[ID_BYTES]) {
    char d[16] = "", t[16] = "";
    text[0] = '\0';
    if (sscanf(batch_id, "BATCH_%8[0-9]_%6[0-9]", d, t) == 2 && strlen(d) == 8 && strlen(t) == 6) {
        snprintf(text, ID_BYTES, "%.4s-%.2s-%.2s %.2s:%.2s:%.2s", d, d + 4, d + 6, t, t + 2, t + 4);
    }
}

json_t *legacy_record(const struct legacy_reading *reading, size_t arrival) {
    const struct document *document = reading->document;
    char batch[ID_BYTES], batch_date[ID_BYTES], id[128], date[64];
    const json_t *sent = json_object_get(reading->metadata, "numero_llegada");
    bool has_batch = document->batch_id != NULL;
    legacy_short_batch(has_batch ? document->batch_id : "", batch);
    batch_date_of(has_batch ? document->batch_id : "", batch_date);
    printed(reading, "cedula", id, sizeof id);
    printed(reading, "fecha", date, sizeof date);
    const struct consolidated_item item = {
        .file_name = document->stored_name,
        .sender_id = legacy_meta(reading, "idWhatsapp"),
        .sender_name = legacy_meta(reading, "nombre"),
        .caption = legacy_meta(reading, "caption"),
        .sent_time = legacy_meta(reading, "horamin"),
        .other = legacy_meta(reading, "otro"),
        .arrival_number = json_is_integer(sent) ? json_integer_value(sent) : (int64_t)arrival,
        .reference = legacy_field(reading, "referencia"),
        .amount = legacy_field(reading, "monto"),
        .phone = legacy_field(reading, "telefono"),
        .concept = legacy_field(reading, "concepto"),
        .origin_bank = legacy_field(reading, "banco_origen"),
        .target_bank = legacy_field(reading, "banco_destino"),
        .id_printed = id,
        .date = legacy_field(reading, "fecha"),
        .date_printed = date,
        .page_text = document->text,
        .batch_id = has_batch ? batch : "Lote Individual",
        .batch_date = batch_date,
        .words = reading->words,
        .error = reading->error,
    };
    return consolidated_record(&item);
}
