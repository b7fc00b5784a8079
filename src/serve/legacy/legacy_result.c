/* legacy_result.c - single results: the stored form, the viewer's form, the list of result files. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "serve/http/json_set.h"
#include "serve/legacy/legacy_handlers.h"
#include "serve/legacy/legacy_json.h"
#include "serve/legacy/legacy_record.h"
#include "serve/v1/shown/document_json.h"

enum { SEARCH_ROWS = 20, WORDS_SHOWN = 50, LIST_LIMIT = 1000, PREVIEW_CHARACTERS = 100 };
static const char METHOD[] = "lince";

/*
 * <batch id>_<000-999>_<stored image>: the three digits come from the document's place, and are the same at every call.
 */
static void result_id(const struct document *document, char *text, size_t bytes) {
    snprintf(text, bytes, "%s_%03d_%s", document->batch_id == NULL ? "LOTE" : document->batch_id,
             (int)(document->seq % 1000), document->stored_name);
}

/* The newest final document of the filter that has that result id, or any if `id` is NULL. */
static bool search(struct request *request, struct document_filter *filter, const char *id, struct document *found) {
    struct document *documents;
    size_t count = SEARCH_ROWS;
    char result[512];
    filter->origin = ORIGIN_LEGACY;
    filter->limit = SEARCH_ROWS;
    while (count == SEARCH_ROWS) {
        struct arena_mark mark = arena_mark(&request->arena);
        if (store_documents(request->service->store, filter, &request->arena, &documents, &count, &request->failure) !=
            LINCE_OK) {
            return false;
        }
        for (size_t i = 0; i < count; i++) {
            result_id(&documents[i], result, sizeof result);
            if (document_status_is_final(documents[i].status) && (id == NULL || strcmp(result, id) == 0)) {
                *found = documents[i];
                return true;
            }
            filter->before_seq = documents[i].seq;
        }
        arena_rewind(&request->arena, mark);
    }
    return false;
}

/* By the stored name, which follows "_042_" in a result id; a name may contain such digits itself. */
static bool find_by_id(struct request *request, const char *id, struct document *found) {
    for (const char *line = strchr(id, '_'); line != NULL; line = strchr(line + 1, '_')) {
        if (strspn(line + 1, "0123456789") == 3 && line[4] == '_') {
            struct document_filter filter = DOCUMENT_FILTER_ANY;
            filter.stored_name = line + 5;
            if (search(request, &filter, id, found)) {
                return true;
            }
        }
    }
    return false;
}

/* The document named by a result id, a result file, a stored name, or (`by_part`) a part of an id. */
static bool find(struct request *request, const char *asked, bool by_part, struct document *found) {
    struct document_filter by_name = DOCUMENT_FILTER_ANY, by_id_part = DOCUMENT_FILTER_ANY;
    size_t length = strlen(asked);
    length -= length > 5 && strcmp(asked + length - 5, ".json") == 0 ? 5 : 0;
    const char *id = arena_copy_text(&request->arena, asked, length);
    if (length == 0 || id == NULL) {
        return false;
    }
    by_name.stored_name = asked;
    by_id_part.result_part = id;
    return find_by_id(request, id, found) ||
           (by_part && (search(request, &by_name, NULL, found) || search(request, &by_id_part, NULL, found)));
}

static const char *quality(double confidence) {
    return confidence >= 0.9 ? "excelente" : confidence >= 0.8 ? "buena" : confidence >= 0.7 ? "aceptable" : "baja";
}

static json_t *percent(double share) {
    char text[16];
    snprintf(text, sizeof text, "%.1f%%", 100 * share);
    return json_string(text);
}

static json_t *seconds_text(double seconds) {
    char text[24];
    snprintf(text, sizeof text, "%.2fs", seconds);
    return json_string(text);
}

static json_t *words_json(const struct legacy_reading *reading, size_t limit) {
    json_t *words = json_array(), *line, *word;
    size_t i, j;
    json_array_foreach(json_object_get(reading->page, "lines"), i, line) {
        json_array_foreach(json_object_get(line, "words"), j, word) {
            if (json_array_size(words) >= limit) {
                return words;
            }
            json_array_append_new(words, json_pack("{s:O, s:O, s:O, s:{s:i, s:i, s:I, s:I}}", "texto",
                                                   json_object_get(word, "text"), "confianza",
                                                   json_object_get(word, "confidence"), "coordinates",
                                                   json_object_get(word, "box"), "posicion", "pagina", 1, "bloque", 1,
                                                   "linea", (json_int_t)i + 1, "palabra", (json_int_t)j + 1));
        }
    }
    return words;
}

static json_t *statistics_json(const struct legacy_reading *reading) {
    const char *text = reading->document->text == NULL ? "" : reading->document->text;
    json_t *json = json_object();
    json_object_set_new(json, "confianza_promedio", percent(reading->words.mean_confidence));
    json_object_set_new(json, "palabras_alta_confianza", json_integer((json_int_t)reading->words.sure_count));
    json_object_set_new(json, "palabras_baja_confianza",
                        json_integer((json_int_t)(reading->words.count - reading->words.sure_count)));
    json_object_set_new(json, "total_palabras", json_integer((json_int_t)reading->words.count));
    json_set_text(json, "calidad_categoria", quality(reading->words.mean_confidence));
    json_object_set_new(json, "tiempo_procesamiento", seconds_text(reading->words.seconds));
    json_object_set_new(json, "lineas_texto",
                        json_integer((json_int_t)json_array_size(json_object_get(reading->page, "lines"))));
    json_object_set_new(json, "longitud_texto", json_integer((json_int_t)strlen(text)));
    return json;
}

static json_t *fields_json(const struct legacy_reading *reading) {
    char date[CONSOLIDATED_DATE_BYTES];
    json_t *json = json_object();
    legacy_date(reading, date);
    json_set_text(json, "referencia", legacy_field(reading, "referencia"));
    json_set_text(json, "bancoorigen", consolidated_bank(legacy_field(reading, "banco_origen")));
    json_set_text(json, "monto", legacy_field(reading, "monto"));
    json_set_text(json, "telefono", legacy_field(reading, "telefono"));
    json_set_text(json, "cedula", legacy_field(reading, "cedula"));
    json_set_text(json, "banco_destino", consolidated_bank(legacy_field(reading, "banco_destino")));
    json_set_text(json, "pago_fecha", date);
    json_set_text(json, "fecha_operacion", date);
    json_set_text(json, "concepto", legacy_field(reading, "concepto"));
    json_set_text(json, "texto_total_ocr", reading->document->text == NULL ? "" : reading->document->text);
    return json;
}

static json_t *metadata_json(const struct legacy_reading *reading) {
    json_t *json = json_object();
    static const char *const names[] = {"numerosorteo", "fechasorteo", "nombre", "horamin", "caption"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        json_set_text(json, names[i], legacy_meta(reading, names[i]));
    }
    const char *id = legacy_meta(reading, "idWhatsapp");
    json_object_set_new(json, "idWhatsapp", json_stringn(id, strcspn(id, "@")));
    json_set_text(json, "codigosorteo", legacy_meta(reading, "numerosorteo"));
    json_set_text(json, "filename", reading->document->stored_name);
    return json;
}

static json_t *processing_json(const struct legacy_reading *reading, const char *at) {
    json_t *errors = json_array();
    if (reading->error != NULL) {
        json_array_append_new(errors, json_string(reading->error));
    }
    return json_pack("{s:b, s:f, s:o, s:f, s:I, s:b, s:s, s:s}", "logica_oro_aplicada", reading->field_count > 0,
                     "ocr_confidence_avg", reading->words.mean_confidence, "error_messages", errors,
                     "processing_time_ms", reading->words.seconds * 1000, "total_words_detected",
                     (json_int_t)reading->words.count, "coordinates_available", reading->words.count > 0, "ocr_method",
                     METHOD, "timestamp", at);
}

/* The image's known data: its format, and the size from the page. */
static json_t *image_json(const struct legacy_reading *reading) {
    json_t *json = json_object();
    json_object_set_new(json, "valida", json_boolean(reading->page != NULL));
    json_set_text(json, "formato", reading->document->media_type);
    json_object_set(json, "ancho", json_object_get(reading->page, "width"));
    json_object_set(json, "alto", json_object_get(reading->page, "height"));
    return json;
}

/* The stored result, of which earlier clients read different parts. */
static json_t *stored_json(const struct legacy_reading *reading) {
    const struct document *document = reading->document;
    const char *text = document->text == NULL ? "" : document->text;
    char id[512], at[LEGACY_TIME_BYTES];
    result_id(document, id, sizeof id);
    legacy_time(document->finished_ms, at);
    json_t *json = json_object(), *statistics = statistics_json(reading);
    json_set_text(json, "status", "exitoso");
    json_set_text(json, "estado", "exitoso");
    json_set_text(json, "request_id", id);
    json_set_text(json, "filename", document->stored_name);
    json_object_set_new(json, "tiempo_procesamiento", json_real(reading->words.seconds));
    json_set_text(json, "fecha_procesamiento", at);
    json_object_set_new(json, "metadata", metadata_json(reading));
    static const char *const texts[] = {"original_text_ocr", "structured_text_ocr", "texto_extraido"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        json_set_text(json, texts[i], text);
    }
    json_object_set_new(json, "extracted_fields", fields_json(reading));
    json_object_set_new(json, "processing_metadata", processing_json(reading, at));
    json_object_set_new(json, "datos_extraidos",
                        json_pack("{s:s, s:o, s:s, s:f, s:I, s:f}", "texto_completo", text, "palabras_detectadas",
                                  words_json(reading, SIZE_MAX), "metodo_extraccion", METHOD, "tiempo_procesamiento",
                                  reading->words.seconds, "total_palabras_detectadas", (json_int_t)reading->words.count,
                                  "confianza_promedio", reading->words.mean_confidence));
    json_object_set(json, "estadisticas", statistics);
    json_object_set_new(json, "Estadísticas", statistics);
    json_object_set_new(
        json, "Información del Archivo",
        json_pack("{s:s, s:I}", "nombre", document->stored_name, "tamaño", (json_int_t)document->image_bytes));
    json_set_text(json, "Texto Extraído", text);
    json_object_set_new(json, "validacion", image_json(reading));
    json_object_set_new(json, "mejora", json_pack("{s:b}", "aplicada", 0));
    json_object_set_new(json, "calidad_extraccion", json_object());
    return json;
}

static void answer_result(struct request *request, bool by_part, json_t *(*make)(const struct legacy_reading *reading),
                          bool is_attachment) {
    struct document document;
    struct legacy_reading reading;
    char name[512];
    const char *asked = request->parameters[0];
    if (!find(request, asked, by_part, &document)) {
        if (answer_if_failed(request)) {
            return;
        }
        json_t *json =
            legacy_failure("not_found", "no_encontrado", "NOT_FOUND_404",
                           in_language(request->language, "there is no such result", "no existe ese resultado"));
        json_object_set_new(json, "searched_files", json_pack("[s]", asked));
        answer_json(request, 404, json);
        return;
    }
    legacy_reading_make(request, &document, &reading);
    json_t *json = make(&reading);
    legacy_reading_free(&reading);
    if (is_attachment) {
        result_id(&document, name, sizeof name - 6);
        strcat(name, ".json");
        legacy_attachment(request, json, JSON_INDENT(2), name);
    } else {
        answer_json(request, 200, json);
    }
}

void legacy_result(struct request *request) {
    answer_result(request, false, stored_json, false);
}

void legacy_download_json(struct request *request) {
    answer_result(request, true, stored_json, true);
}

static json_t *viewer_json(const struct legacy_reading *reading) {
    const struct document *document = reading->document;
    const char *text = document->text == NULL ? "" : document->text;
    char at[LEGACY_TIME_BYTES];
    legacy_time(document->finished_ms, at);
    json_t *statistics = statistics_json(reading), *words = words_json(reading, WORDS_SHOWN);
    json_object_set_new(statistics, "confidence_avg", json_real(reading->words.mean_confidence));
    json_t *all = words_json(reading, SIZE_MAX);
    json_t *json = legacy_answer("success", "exitoso", "Resultado");
    json_set_text(json, "filename", document->stored_name);
    json_object_set_new(json, "archivo_info",
                        json_pack("{s:s, s:s, s:I, s:s}", "nombre_original", document->name, "formato",
                                  document->media_type, "tamaño", (json_int_t)document->image_bytes,
                                  "fecha_procesamiento", at));
    json_object_set_new(json, "estadisticas", statistics);
    json_object_set_new(json, "texto_extraido",
                        json_pack("{s:s, s:I, s:O}", "texto_completo", text, "longitud_texto", (json_int_t)strlen(text),
                                  "lineas_texto", json_object_get(statistics, "lineas_texto")));
    json_object_set_new(json, "coordenadas",
                        json_pack("{s:b, s:I, s:o}", "disponibles", reading->words.count > 0, "total",
                                  (json_int_t)reading->words.count, "elementos", all));
    json_object_set_new(json, "palabras_individuales",
                        json_pack("{s:I, s:I, s:o}", "total", (json_int_t)reading->words.count, "con_coordenadas",
                                  (json_int_t)reading->words.count, "elementos", words));
    json_object_set_new(json, "datos_financieros",
                        json_pack("{s:b, s:I, s:o}", "disponibles", reading->field_count > 0, "campos_detectados",
                                  (json_int_t)reading->field_count, "datos", fields_json(reading)));
    json_object_set_new(json, "calidad_extraccion",
                        json_pack("{s:f, s:s, s:f, s:{s:I, s:I}, s:[]}", "score", 100 * reading->words.mean_confidence,
                                  "categoria", quality(reading->words.mean_confidence), "confianza_promedio",
                                  reading->words.mean_confidence, "distribucion_confianza", "alta",
                                  (json_int_t)reading->words.sure_count, "baja",
                                  (json_int_t)(reading->words.count - reading->words.sure_count), "recomendaciones"));
    return json;
}

void legacy_result_data(struct request *request) {
    answer_result(request, true, viewer_json, false);
}

/* ---- the list ---- */

static json_t *preview(const char *text) {
    size_t bytes = utf8_bytes_of(text, PREVIEW_CHARACTERS);
    char *copy = malloc(bytes + 4);
    if (copy == NULL) {
        return json_string("");
    }
    memcpy(copy, text, bytes);
    strcpy(copy + bytes, text[bytes] == '\0' ? "" : "...");
    json_t *json = json_string(copy);
    free(copy);
    return json;
}

static json_t *file_item(struct request *request, const struct document *document) {
    struct legacy_reading reading;
    char name[520], at[LEGACY_TIME_BYTES], readable[LEGACY_TIME_BYTES];
    legacy_reading_make(request, document, &reading);
    result_id(document, name, sizeof name - 6);
    strcat(name, ".json");
    legacy_time(document->finished_ms, at);
    legacy_time_as(document->finished_ms, "%d/%m/%Y %H:%M:%S", readable);
    json_t *json = json_object();
    json_set_text(json, "filename", name);
    json_set_text(json, "filepath", name);
    json_object_set_new(json, "size_bytes", json_integer((json_int_t)document->image_bytes));
    json_set_text(json, "size_readable", size_for_people((uint64_t)document->image_bytes).text);
    json_set_text(json, "modified_date", at);
    json_set_text(json, "modified_readable", readable);
    json_object_set_new(json, "has_ocr_data", json_boolean(reading.words.count > 0));
    json_object_set_new(json, "has_coordinates", json_boolean(reading.words.count > 0));
    if (reading.error != NULL) {
        json_set_text(json, "error", reading.error);
    } else {
        json_object_set_new(json, "word_count", json_integer((json_int_t)reading.words.count));
        json_object_set_new(json, "confidence", json_real(reading.words.mean_confidence));
        json_object_set_new(json, "processing_time", json_real(reading.words.seconds));
        json_object_set_new(json, "texto_preview", preview(document->text == NULL ? "" : document->text));
    }
    legacy_reading_free(&reading);
    return json;
}

void legacy_processed_files(struct request *request) {
    struct document_filter filter = DOCUMENT_FILTER_ANY;
    struct document *documents;
    size_t count;
    char now[LEGACY_TIME_BYTES];
    filter.origin = ORIGIN_LEGACY;
    filter.archived = 0;
    filter.limit = LIST_LIMIT;
    if (store_documents(request->service->store, &filter, &request->arena, &documents, &count, &request->failure) !=
        LINCE_OK) {
        answer_failure(request);
        return;
    }
    json_t *json = legacy_answer("exitoso", "exitoso", "Archivos procesados"), *files = json_array();
    for (size_t i = 0; i < count; i++) {
        if (documents[i].batch_id != NULL && document_status_is_final(documents[i].status)) {
            json_array_append_new(files, file_item(request, &documents[i]));
        }
    }
    legacy_time(store_now_ms(), now);
    json_object_set_new(json, "total_files", json_integer((json_int_t)json_array_size(files)));
    json_object_set_new(json, "files_processed", json_integer((json_int_t)json_array_size(files)));
    json_object_set_new(json, "files", files);
    json_set_text(json, "last_update", now);
    answer_json(request, 200, json);
}
