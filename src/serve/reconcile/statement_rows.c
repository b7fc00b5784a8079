/* statement_rows.c - a worker reads the file and its rows come back in a file, so that they are never whole in memory.
 */
#include "serve/reconcile/statement_rows.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/json_memory.h"
#include "base/reason.h"
#include "serve/reconcile/reconcile.h"
#include "statement/packed.h"

enum { FILE_ROWS }; /* index in request->files */

void statement_rows_begin(struct request *request) {
    struct errand *errand = &request->errand;
    if (store_scratch_open(request->service->store, &request->files[FILE_ROWS], &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    errand->kind = WORK_STATEMENT;
    errand->descriptor = request->upload.files->draft.descriptor;
    errand->output = request->files[FILE_ROWS];
    errand->name = "";
    errand->layouts = request->language == LINCE_SPANISH ? "es" : "en";
    request_send_errand(request);
}

/* What the worker said against the file. */
static void failure_take(struct request *request) {
    const struct errand *errand = &request->errand;
    json_t *whole =
        json_memory_load(errand->body.bytes == NULL ? "" : errand->body.bytes, errand->body.used_bytes, 0, NULL);
    const char *message =
        json_string_value(json_object_get(json_object_get(json_object_get(whole, "page"), "error"), "message"));
    if (message != NULL) {
        error_set(&request->failure, errand->status, "%s", "%s", message);
    } else {
        error_set(&request->failure, errand->status,
                  errand->status == LINCE_ERROR_WRITE
                      ? "the rows of the statement cannot be written; make room on the disk"
                      : "no memory to read the statement; raise the memory limit",
                  errand->status == LINCE_ERROR_WRITE
                      ? "no se pueden escribir las filas del estado de cuenta; haga sitio en el disco"
                      : "no hay memoria para leer el estado de cuenta; suba el límite de memoria");
    }
    json_decref(whole);
    reconciliation_answer_failure(request);
}

bool statement_rows_take(struct request *request) {
    if (!request->errand.is_answered) {
        answer_problem(request, request->service->is_draining ? PROBLEM_UNAVAILABLE : PROBLEM_UNREADABLE,
                       "the statement could not be read: it took longer than the timeout, or its worker was lost",
                       "no se pudo leer el estado de cuenta: pasó del tiempo límite, o se perdió su trabajador");
        return false;
    }
    if (request->errand.status != LINCE_OK) {
        failure_take(request);
        return false;
    }
    return true;
}

enum lince_status statement_rows_read(const struct request *request, statement_row row, void *context,
                                      struct statement_facts *facts, struct lince_error *error) {
    int own = fcntl(request->files[FILE_ROWS], F_DUPFD_CLOEXEC, 0);
    FILE *file = own < 0 ? NULL : fdopen(own, "rb");
    if (file == NULL) {
        int reason = errno;
        if (own >= 0) {
            close(own);
        }
        return error_set(error, LINCE_ERROR_UNREADABLE, "the statement cannot be read (%s); send it again",
                         "no se puede leer el estado de cuenta (%s); envíelo de nuevo", reason_for(error, reason));
    }
    enum lince_status status = packed_read(file, row, context, facts, error);
    fclose(file);
    return status;
}
