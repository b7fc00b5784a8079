/* legacy_record.c - one truth for all endpoints: the fields of the store, in the earlier service's names and forms. */
#include "serve/legacy/legacy_record.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "serve/http/json_set.h"

static const double SURE = 0.8;

static void words_sum(struct legacy_reading *reading) {
    json_t *line, *word;
    size_t i, j;
    double sum = 0;
    json_array_foreach(json_object_get(reading->page, "lines"), i, line) {
        json_array_foreach(json_object_get(line, "words"), j, word) {
            double confidence = json_number_value(json_object_get(word, "confidence"));
            sum += confidence;
            reading->word_count++;
            reading->sure_count += confidence >= SURE;
        }
    }
    reading->confidence = reading->word_count == 0 ? 0 : sum / (double)reading->word_count;
    reading->seconds = json_number_value(json_object_get(json_object_get(reading->page, "timings_ms"), "total")) / 1000;
}

void legacy_reading_make(struct request *request, const struct document *document, struct legacy_reading *reading) {
    struct store *store = request->service->store;
    const char *page = NULL;
    *reading = (struct legacy_reading){.document = document, .metadata = json_loads(document->metadata, 0, NULL)};
    if (store_page(store, document->seq, &request->arena, &page, &request->failure) == LINCE_OK && page != NULL) {
        reading->page = json_loads(page, 0, NULL);
    }
    if (store_fields(store, document->seq, &request->arena, &reading->fields, &reading->field_count,
                     &request->failure) != LINCE_OK) {
        reading->field_count = 0;
    }
    words_sum(reading);
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

const char *legacy_bank(const char *code) {
    static const char *const banks[][2] = {
        {"0102", "BANCO DE VENEZUELA"},
        {"0104", "BANCO VENEZOLANO DE CREDITO"},
        {"0105", "BANCO MERCANTIL"},
        {"0108", "BBVA PROVINCIAL"},
        {"0114", "BANCARIBE"},
        {"0115", "BANCO EXTERIOR"},
        {"0128", "BANCO CARONI"},
        {"0134", "BANESCO"},
        {"0137", "SOFITASA"},
        {"0138", "BANCO PLAZA"},
        {"0146", "BANGENTE"},
        {"0151", "BANCO FONDO COMUN"},
        {"0156", "100% BANCO"},
        {"0157", "DELSUR"},
        {"0163", "BANCO DEL TESORO"},
        {"0166", "BANCO AGRICOLA"},
        {"0168", "BANCRECER"},
        {"0169", "R4 BANCO MICROFINANCIERO"},
        {"0171", "BANCO ACTIVO"},
        {"0172", "BANCAMIGA BANCO UNIVERSAL"},
        {"0173", "BANCO INTERNACIONAL DE DESARROLLO"},
        {"0174", "BANPLUS"},
        {"0175", "BANCO DIGITAL DE LOS TRABAJADORES"},
        {"0177", "BANFANB"},
        {"0178", "N58 BANCO DIGITAL"},
        {"0191", "BANCO NACIONAL DE CREDITO"},
    };
    for (size_t i = 0; i < sizeof banks / sizeof *banks; i++) {
        if (strcmp(banks[i][0], code) == 0) {
            return banks[i][1];
        }
    }
    return code;
}

/* The text of a field as printed, of which the detail keeps a copy; the value when a person corrected it. */
static void printed(const struct legacy_reading *reading, const char *name, char *text, size_t bytes) {
    snprintf(text, bytes, "%s", legacy_field(reading, name));
    for (size_t i = 0; i < reading->field_count; i++) {
        if (strcmp(reading->fields[i].name, name) == 0 && !reading->fields[i].is_corrected) {
            json_t *detail = json_loads(reading->fields[i].detail, 0, NULL);
            const char *as_printed = json_string_value(json_object_get(detail, "text"));
            if (as_printed != NULL && *as_printed != '\0') {
                snprintf(text, bytes, "%s", as_printed);
            }
            json_decref(detail);
        }
    }
}

void legacy_date(const struct legacy_reading *reading, char text[16]) {
    char as_printed[64];
    const char *value = legacy_field(reading, "fecha");
    int year, month, day;
    printed(reading, "fecha", as_printed, sizeof as_printed);
    bool is_iso = strlen(as_printed) == 10 && as_printed[4] == '-';
    text[0] = '\0';
    if (strlen(value) == 10 && sscanf(value, "%4d-%2d-%2d", &year, &month, &day) == 3) {
        bool was_printed_iso = is_iso && strcmp(as_printed, value) == 0 && reading->field_count > 0 &&
                               strchr(as_printed, '/') == NULL && *as_printed != '\0';
        if (was_printed_iso) {
            snprintf(text, 16, "%.10s", value);
        } else {
            snprintf(text, 16, "%02d/%02d/%04d", day % 100, month % 100, year % 10000);
        }
    }
}

void legacy_short_batch(const char *batch_id, char text[ID_BYTES]) {
    snprintf(text, ID_BYTES, "%s", batch_id);
    char *last = strrchr(text, '_');
    if (strncmp(text, "BATCH_", 6) == 0 && last != NULL && strlen(text) > 21) {
        *last = '\0';
    }
}

void legacy_batch_date(const char *batch_id, char text[ID_BYTES]) {
    char d[16] = "", t[16] = "";
    text[0] = '\0';
    if (sscanf(batch_id, "BATCH_%8[0-9]_%6[0-9]", d, t) == 2 && strlen(d) == 8 && strlen(t) == 6) {
        snprintf(text, ID_BYTES, "%.4s-%.2s-%.2s %.2s:%.2s:%.2s", d, d + 4, d + 6, t, t + 2, t + 4);
    }
}

/* "zoe maria" and "ZOE MARIA" as "Zoe Maria"; bytes of other letters stay. */
static void title_case(const char *name, char *text, size_t bytes) {
    bool begins = true;
    snprintf(text, bytes, "%s", name);
    for (char *c = text; *c != '\0'; c++) {
        *c = begins ? (char)toupper((unsigned char)*c) : (char)tolower((unsigned char)*c);
        begins = *c == ' ';
    }
}

/* At most 100 characters, never cut within one. */
static json_t *short_text(const char *text) {
    return json_stringn(text, utf8_bytes_of(text, 100));
}

static json_t *one_line(const char *text) {
    char *copy = strdup(text == NULL ? "" : text);
    for (char *c = copy; c != NULL && *c != '\0'; c++) {
        *c = *c == '\n' ? ' ' : *c;
    }
    json_t *json = json_string(copy == NULL ? "" : copy);
    free(copy);
    return json;
}

static json_t *beneficiary(const struct legacy_reading *reading) {
    char id[128];
    printed(reading, "cedula", id, sizeof id);
    json_t *json = json_object();
    json_set_text(json, "cedula", id);
    json_set_text(json, "telefono", legacy_field(reading, "telefono"));
    json_set_text(json, "banco_destino", legacy_bank(legacy_field(reading, "banco_destino")));
    return json;
}

static json_t *stats(const struct legacy_reading *reading) {
    json_t *json = json_pack("{s:f, s:I, s:f}", "confidence", (double)(long)(reading->confidence * 1000 + 0.5) / 1000,
                             "total_words", (json_int_t)reading->word_count, "processing_time",
                             (double)(long)(reading->seconds * 1000 + 0.5) / 1000);
    if (reading->document->error_code != NULL) {
        json_set_text(json, "error", reading->document->error_message);
    }
    return json;
}

json_t *legacy_record(const struct legacy_reading *reading, size_t arrival) {
    const struct document *document = reading->document;
    char date[16], batch[ID_BYTES], batch_date[ID_BYTES], person[256];
    const json_t *sent = json_object_get(reading->metadata, "numero_llegada");
    bool has_batch = document->batch_id != NULL;
    legacy_date(reading, date);
    legacy_short_batch(has_batch ? document->batch_id : "", batch);
    legacy_batch_date(has_batch ? document->batch_id : "", batch_date);
    title_case(legacy_meta(reading, "nombre"), person, sizeof person);
    json_t *json = json_object();
    json_set_text(json, "nombre_archivo", document->stored_name);
    json_set_text(json, "id_whatsapp", legacy_meta(reading, "idWhatsapp"));
    json_set_text(json, "nombre_usuario", person);
    json_set_text(json, "caption", legacy_meta(reading, "caption"));
    json_set_text(json, "hora_exacta", legacy_meta(reading, "horamin"));
    json_object_set_new(json, "numero_llegada",
                        json_integer(json_is_integer(sent) ? json_integer_value(sent) : (json_int_t)arrival));
    json_set_text(json, "otro", legacy_meta(reading, "otro"));
    json_set_text(json, "referencia", legacy_field(reading, "referencia"));
    json_set_text(json, "bancoorigen", legacy_bank(legacy_field(reading, "banco_origen")));
    json_set_text(json, "monto", legacy_field(reading, "monto"));
    json_object_set_new(json, "datosbeneficiario", beneficiary(reading));
    json_set_text(json, "pago_fecha", date);
    json_object_set_new(json, "concepto", short_text(legacy_field(reading, "concepto")));
    json_object_set_new(json, "texto_total_ocr", one_line(document->text));
    json_set_text(json, "lote_id", has_batch ? batch : "Lote Individual");
    json_set_text(json, "lote_fecha", batch_date);
    json_object_set_new(json, "extraction_stats", stats(reading));
    return json;
}
