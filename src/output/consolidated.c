/* consolidated.c - a record as an item of the earlier service's consolidated answer, key by key in its order. */
#include "output/consolidated.h"

#include <stdio.h>
#include <string.h>

#include "fields/values/value.h"
#include "output/json_writer.h"

enum { CONCEPT_CHARACTERS_MOST = 100 };

void consolidated_open(struct json_writer *json, const struct consolidated_head *head) {
    json_object_open(json, NULL);
    json_object_open(json, "metadata");
    json_text(json, "fecha_extraccion", head->extracted_at);
    json_whole(json, "total_archivos", head->item_count);
    json_text(json, "version_sistema", "1.0");
    json_text(json, "tipo_extraccion", head->kind);
    if (head->batch_id != NULL) {
        json_text(json, "lote_id", head->batch_id);
    }
    json_object_close(json);
    json_array_open(json, "archivos_procesados");
}

void consolidated_close(struct json_writer *json) {
    json_array_close(json);
    json_object_close(json);
}

static const struct lince_field *field_of(const struct consolidated_item *item, const char *name) {
    return item->record == NULL ? NULL : lince_record_find(item->record, name);
}

static void value_member(struct json_writer *json, const char *key, const struct lince_field *field) {
    json_text(json, key, field == NULL ? "" : field->value);
}

static void bank_member(struct json_writer *json, const char *key, const struct lince_field *field) {
    const char *name = field == NULL ? NULL : field->meaning;
    json_text(json, key, name == NULL ? "" : name);
}

/* Day first, as banks print it; ISO where it was printed so. */
static void date_member(struct json_writer *json, const struct lince_field *field) {
    int year, month, day;
    char text[16] = "";
    if (field != NULL && sscanf(field->value, "%4d-%2d-%2d", &year, &month, &day) == 3) {
        bool iso = strspn(field->text, "0123456789") == 4;
        if (iso) {
            snprintf(text, sizeof text, "%.10s", field->value);
        } else {
            snprintf(text, sizeof text, "%02d/%02d/%04d", day % 100, month % 100, year % 10000);
        }
    }
    json_text(json, "pago_fecha", text);
}

static void concept_member(struct json_writer *json, const struct lince_field *field) {
    char text[CONCEPT_CHARACTERS_MOST * 4 + 1];
    const char *from = field == NULL ? "" : field->value;
    size_t bytes = 0, characters = 0;
    while (from[bytes] != '\0' && bytes + 4 < sizeof text) {
        bool starts = ((unsigned char)from[bytes] & 0xC0) != 0x80;
        if (starts && characters == CONCEPT_CHARACTERS_MOST) {
            break;
        }
        characters += starts;
        bytes++;
    }
    memcpy(text, from, bytes);
    text[bytes] = '\0';
    json_text(json, "concepto", text);
}

static void payee_member(struct json_writer *json, const struct consolidated_item *item) {
    const struct lince_field *id = field_of(item, "cedula");
    json_object_open(json, "datosbeneficiario");
    json_text(json, "cedula", id == NULL ? "" : id->text);
    value_member(json, "telefono", field_of(item, "telefono"));
    bank_member(json, "banco_destino", field_of(item, "banco_destino"));
    json_object_close(json);
}

static const char *text_or_empty(const char *text) {
    return text == NULL ? "" : text;
}

void consolidated_item_object(struct json_writer *json, const struct consolidated_item *item) {
    static const struct messenger none = {"", "", "", "", "", "", "", 0, false, false};
    const struct messenger *from = item->messenger == NULL ? &none : item->messenger;
    bool failed = item->record == NULL;
    json_object_open(json, NULL);
    json_text(json, "nombre_archivo", item->file_name);
    if (!failed) {
        json_text(json, "id_whatsapp", from->sender_id);
        json_text(json, "nombre_usuario", from->sender_name);
    }
    json_text(json, "caption", from->caption);
    if (!failed) {
        json_text(json, "hora_exacta", from->sent_time);
        json_whole(json, "numero_llegada", from->arrival_number > 0 ? from->arrival_number : item->arrival_number);
    }
    json_text(json, "otro", from->other_value);
    value_member(json, "referencia", field_of(item, "referencia"));
    bank_member(json, "bancoorigen", field_of(item, "banco_origen"));
    value_member(json, "monto", field_of(item, "monto"));
    payee_member(json, item);
    date_member(json, field_of(item, "fecha"));
    concept_member(json, field_of(item, "concepto"));
    json_text(json, "texto_total_ocr", text_or_empty(item->page_text));
    if (!failed) {
        json_text(json, "lote_id", text_or_empty(item->batch_id));
        json_text(json, "lote_fecha", text_or_empty(item->batch_date));
    }
    json_object_open(json, "extraction_stats");
    json_decimal(json, "confidence", item->mean_confidence, 3);
    json_whole(json, "total_words", item->word_count);
    json_decimal(json, "processing_time", item->processing_seconds, 2);
    if (failed) {
        json_text(json, "error", text_or_empty(item->error));
    }
    json_object_close(json);
    json_object_close(json);
}
