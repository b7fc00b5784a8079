/* legacy_ingest.c - documents that come one by one as JSON, gathered into a lot by draw and date. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "serve/http/json_set.h"
#include "serve/legacy/legacy_handlers.h"
#include "serve/legacy/legacy_json.h"
#include "serve/legacy/legacy_record.h"
#include "serve/legacy/legacy_upload.h"
#include "serve/v1/submit.h"

enum { LOT_DOCUMENTS = 1000, LOT_NAME_BYTES = 160 };

/* A request's data about its document; texts borrow from its JSON. */
struct ingestion {
    const char *draw, *date, *document;
    json_int_t arrival;
};

/* A text, or a whole number as text in the arena; NULL for anything else. */
static const char *text_of(struct request *request, const json_t *json, const char *name) {
    const json_t *value = json_object_get(json, name);
    char number[24];
    if (json_is_integer(value)) {
        snprintf(number, sizeof number, "%lld", (long long)json_integer_value(value));
        return arena_copy_text(&request->arena, number, strlen(number));
    }
    return json_string_length(value) == 0 ? NULL : json_string_value(value);
}

static bool ingestion_parse(struct request *request, const json_t *json, struct ingestion *ingestion) {
    const json_t *arrival = json_object_get(json, "numeroLlegada");
    *ingestion = (struct ingestion){text_of(request, json, "idSorteo"), text_of(request, json, "fechaSorteo"),
                                    text_of(request, json, "documento"), json_integer_value(arrival)};
    const char *wrong = ingestion->draw == NULL                            ? "idSorteo"
                        : ingestion->date == NULL                          ? "fechaSorteo"
                        : ingestion->document == NULL                      ? "documento"
                        : arrival != NULL && !json_is_integer(arrival)     ? "numeroLlegada"
                        : strlen(ingestion->draw) >= LEGACY_PART_BYTES / 2 ? "idSorteo"
                        : strlen(ingestion->date) >= LEGACY_PART_BYTES / 2 ? "fechaSorteo"
                                                                           : NULL;
    if (wrong != NULL) {
        answer_problem(request, PROBLEM_BAD_REQUEST,
                       "%s is missing or not valid; send idSorteo, fechaSorteo, numeroLlegada and documento (Base64)",
                       "%s falta o no es válido; envíe idSorteo, fechaSorteo, numeroLlegada y documento (Base64)",
                       wrong);
    }
    return wrong == NULL;
}

/* The image in Base64, which may be a data URI. NULL after answering with a problem. */
static struct upload_file *image_of(struct request *request, const struct ingestion *ingestion) {
    const char *text = ingestion->document, *comma = strchr(text, ',');
    text = strncmp(text, "data:", 5) == 0 && comma != NULL ? comma + 1 : text;
    size_t length = strlen(text), count, room = length / 4 * 3 + 3;
    unsigned char *bytes = meter_allocate(&request->service->bodies, room);
    struct upload_file *file = NULL;
    if (bytes == NULL) {
        request_answer_unfit(request);
        return NULL;
    }
    if (sodium_base642bin(bytes, room, text, length, " \r\n", &count, NULL, sodium_base64_VARIANT_ORIGINAL) != 0 ||
        count == 0) {
        answer_problem(request, PROBLEM_BAD_REQUEST, "documento is not Base64", "documento no es Base64");
    } else {
        file = upload_add(request, "documento", bytes, count);
    }
    meter_free(bytes);
    return file != NULL && submit_files_are_images(request) ? file : NULL;
}

/* The open lot of that draw and date, or a new one; only one, however many ask at once. */
static enum lince_status lot_choose(struct request *request, const struct ingestion *ingestion, char id[ID_BYTES]) {
    char name[LOT_NAME_BYTES];
    snprintf(name, sizeof name, "%s %s", ingestion->draw, ingestion->date);
    legacy_batch_id(id);
    return store_batch_join(request->service->store, id, name, ORIGIN_LEGACY, &request->failure);
}

/* The draw's date as in the names of images: its digits up to the day. */
static void date_digits(const char *date, char digits[LEGACY_PART_BYTES]) {
    size_t used = 0;
    for (; *date != '\0' && used < 8; date++) {
        if (*date >= '0' && *date <= '9') {
            digits[used++] = *date;
        }
    }
    digits[used] = '\0';
}

static enum lince_status lot_add(struct request *request, const struct ingestion *ingestion, struct upload_file *file,
                                 const char *lot, struct document_new *document) {
    struct legacy_sender sender = {.extension = "jpg"};
    char stored[LEGACY_NAME_BYTES];
    snprintf(sender.draw, sizeof sender.draw, "%s", ingestion->draw);
    date_digits(ingestion->date, sender.date);
    legacy_stored_name(request, file, &sender, false, document, 0, stored);
    json_t *sidecar = legacy_sidecar(request, file, &sender, true, stored, "");
    json_object_set_new(sidecar, "numero_llegada", json_integer(ingestion->arrival));
    bool is_made = legacy_document(request, file, stored, sidecar, lot, document);
    json_decref(sidecar);
    if (!is_made) {
        return error_set(&request->failure, LINCE_ERROR_MEMORY_LIMIT, "no memory for the document",
                         "no hay memoria para el documento");
    }
    return store_documents_add(request->service->store, document, 1, NULL, &request->failure);
}

static void ingest(struct request *request, const struct ingestion *ingestion) {
    struct document_new document;
    char lot[ID_BYTES];
    struct upload_file *file = image_of(request, ingestion);
    if (file == NULL) {
        return;
    }
    enum lince_status status = lot_choose(request, ingestion, lot);
    if (status == LINCE_OK) {
        status = lot_add(request, ingestion, file, lot, &document);
    }
    if (status != LINCE_OK) {
        answer_failure(request);
        return;
    }
    json_t *json = legacy_answer("success", "exitoso", "Documento recibido");
    json_set_text(json, "idLote", lot);
    json_set_text(json, "idDocumentoIngresado", document.id);
    json_set_text(json, "estadoLote", document.is_held ? "pending" : "processing");
    answer_json(request, 202, json);
}

void legacy_document_ingestion(struct request *request) {
    struct ingestion ingestion;
    json_t *json = request_json(request);
    if (json != NULL && ingestion_parse(request, json, &ingestion)) {
        ingest(request, &ingestion);
    }
    json_decref(json);
}

static json_t *lot_documents(struct request *request, const char *lot) {
    struct document_filter filter = DOCUMENT_FILTER_ANY;
    struct document *documents;
    size_t count;
    json_t *list = json_array();
    filter.batch_id = lot;
    filter.oldest_first = true;
    filter.limit = LOT_DOCUMENTS;
    if (store_documents(request->service->store, &filter, &request->arena, &documents, &count, &request->failure) !=
        LINCE_OK) {
        return list;
    }
    for (size_t i = 0; i < count; i++) {
        json_t *item = json_object();
        json_set_text(item, "idDocumento", documents[i].id);
        json_set_text(item, "nombre_archivo", documents[i].stored_name);
        json_set_text(item, "estado", document_status_name(documents[i].status));
        const char *error = legacy_error(request, &documents[i]);
        json_set_text(item, "error", error == NULL ? "" : error);
        json_array_append_new(list, item);
    }
    return list;
}

void legacy_lot_status(struct request *request) {
    struct batch batch;
    if (store_batch(request->service->store, request->parameters[0], &request->arena, &batch, &request->failure) !=
        LINCE_OK) {
        legacy_not_found(request, "BATCH_NOT_FOUND", "there is no such batch", "no existe ese lote");
        return;
    }
    int64_t final = batch_final_count(&batch), done = batch.by_status[DOCUMENT_DONE];
    json_t *json = legacy_answer("success", "exitoso", "Estado del lote");
    json_set_text(json, "idLote", batch.id);
    json_set_text(json, "estadoLote", legacy_batch_state(&batch));
    json_object_set_new(json, "totalDocumentos", json_integer((json_int_t)batch.total));
    json_object_set_new(json, "documentosProcesados", json_integer((json_int_t)done));
    json_object_set_new(json, "documentosConError", json_integer((json_int_t)(final - done)));
    json_object_set_new(json, "progresoPorcentaje",
                        json_real(batch.total == 0 ? 0.0 : 100.0 * (double) final / (double)batch.total));
    json_object_set_new(json, "detallesDocumentos", lot_documents(request, batch.id));
    answer_json(request, 200, json);
}
