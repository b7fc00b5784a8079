/* consolidated.c - writes the keys in the earlier service's order. */
#include "earlier/consolidated.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_text.h"
#include "base/utf8.h"

enum { CONCEPT_CHARACTERS_MOST = 100 };
static const double SURE = 0.8;

struct consolidated_words consolidated_words_of(const json_t *page) {
    struct consolidated_words words = {0};
    json_t *line, *word;
    size_t i, j;
    double sum = 0;
    json_array_foreach(json_object_get(page, "lines"), i, line) {
        json_array_foreach(json_object_get(line, "words"), j, word) {
            double confidence = json_number_value(json_object_get(word, "confidence"));
            sum += confidence;
            words.count++;
            words.sure_count += confidence >= SURE;
        }
    }
    words.mean_confidence = words.count == 0 ? 0 : sum / (double)words.count;
    words.seconds = json_number_value(json_object_get(json_object_get(page, "timings_ms"), "total")) / 1000;
    return words;
}

const char *consolidated_bank(const char *code) {
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

void consolidated_date(const char *date, const char *printed, char text[CONSOLIDATED_DATE_BYTES]) {
    int year, month, day;
    text[0] = '\0';
    if (strlen(date) != 10 || sscanf(date, "%4d-%2d-%2d", &year, &month, &day) != 3) {
        return;
    }
    if (strcmp(printed, date) == 0) {
        snprintf(text, CONSOLIDATED_DATE_BYTES, "%.10s", date);
    } else {
        snprintf(text, CONSOLIDATED_DATE_BYTES, "%02d/%02d/%04d", day % 100, month % 100, year % 10000);
    }
}

/* Turns "zoe maria" and "ZOE MARIA" into "Zoe Maria"; other letters stay as they are. */
static void title_case(const char *name, char *text, size_t bytes) {
    bool begins = true;
    snprintf(text, bytes, "%s", name);
    for (char *c = text; *c != '\0'; c++) {
        *c = begins ? (char)toupper((unsigned char)*c) : (char)tolower((unsigned char)*c);
        begins = *c == ' ';
    }
}

static json_t *one_line(const char *text) {
    char *copy = strdup(text == NULL ? "" : text);
    for (char *c = copy; c != NULL && *c != '\0'; c++) {
        *c = *c == '\n' ? ' ' : *c;
    }
    json_t *json = copy == NULL ? NULL : json_text_of(copy);
    free(copy);
    return json;
}

static void text_set(json_t *object, const char *key, const char *text) {
    json_object_set_new(object, key, json_text_of(text));
}

static double rounded(double value) {
    return (double)(long)(value * 1000 + 0.5) / 1000;
}

static json_t *payee(const struct consolidated_item *item) {
    json_t *json = json_object();
    text_set(json, "cedula", item->id_printed);
    text_set(json, "telefono", item->phone);
    text_set(json, "banco_destino", consolidated_bank(item->target_bank));
    return json;
}

static json_t *statistics(const struct consolidated_item *item) {
    json_t *json = json_pack("{s:f, s:I, s:f}", "confidence", rounded(item->words.mean_confidence), "total_words",
                             (json_int_t)item->words.count, "processing_time", rounded(item->words.seconds));
    if (item->error != NULL) {
        text_set(json, "error", item->error);
    }
    return json;
}

json_t *consolidated_record(const struct consolidated_item *item) {
    char date[CONSOLIDATED_DATE_BYTES], person[256];
    consolidated_date(item->date, item->date_printed, date);
    title_case(item->sender_name, person, sizeof person);
    json_t *json = json_object();
    text_set(json, "nombre_archivo", item->file_name);
    text_set(json, "id_whatsapp", item->sender_id);
    text_set(json, "nombre_usuario", person);
    text_set(json, "caption", item->caption);
    text_set(json, "hora_exacta", item->sent_time);
    json_object_set_new(json, "numero_llegada", json_integer((json_int_t)item->arrival_number));
    text_set(json, "otro", item->other);
    text_set(json, "referencia", item->reference);
    text_set(json, "bancoorigen", consolidated_bank(item->origin_bank));
    text_set(json, "monto", item->amount);
    json_object_set_new(json, "datosbeneficiario", payee(item));
    text_set(json, "pago_fecha", date);
    json_object_set_new(json, "concepto",
                        json_stringn(item->concept, utf8_bytes_of(item->concept, CONCEPT_CHARACTERS_MOST)));
    json_object_set_new(json, "texto_total_ocr", one_line(item->page_text));
    text_set(json, "lote_id", item->batch_id);
    text_set(json, "lote_fecha", item->batch_date);
    json_object_set_new(json, "extraction_stats", statistics(item));
    return json;
}

json_t *consolidated_whole(const char *kind, const char *extracted_at, json_t *records) {
    return json_pack("{s:{s:s, s:I, s:s, s:s}, s:o}", "metadata", "fecha_extraccion", extracted_at, "total_archivos",
                     (json_int_t)json_array_size(records), "version_sistema", "1.0", "tipo_extraccion", kind,
                     "archivos_procesados", records);
}
