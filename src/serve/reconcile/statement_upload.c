/* statement_upload.c - POST /v1/reconciliations: reads a statement's file, guesses its columns and compares it. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/json_memory.h"
#include "serve/reconcile/reconcile.h"
#include "serve/reconcile/statement_paper.h"
#include "serve/reconcile/statement_rows.h"
#include "store/keys.h"

/* Where the rows come from: a file with rows, or what was read of its pages. */
struct source {
    const struct request *request;
    struct paged *paper; /* NULL: the file is CSV or XLSX */
};

static enum lince_status source_read(const struct source *source, statement_row row, void *context,
                                     struct statement_facts *facts, struct lince_error *error) {
    return source->paper == NULL ? statement_rows_read(source->request, row, context, facts, error)
                                 : paged_rows(source->paper, row, context, facts, error);
}

/* The first rows, kept for the guess. */
struct sample {
    struct request *request;
    struct statement_sample_row rows[STATEMENT_SAMPLE_ROWS];
    size_t count;
    bool is_refused;
};

static enum lince_status sample_take(void *context, uint32_t place, const struct statement_cell *cells, size_t count,
                                     struct lince_error *error) {
    struct sample *sample = context;
    struct arena *arena = &sample->request->arena;
    if (sample->count == STATEMENT_SAMPLE_ROWS) {
        return LINCE_OK;
    }
    struct statement_cell *copies = arena_allocate(arena, count * sizeof *copies);
    bool is_whole = copies != NULL;
    for (size_t i = 0; i < count && is_whole; i++) {
        copies[i] =
            (struct statement_cell){cells[i].kind, arena_copy_text(arena, cells[i].text, strlen(cells[i].text))};
        is_whole = copies[i].text != NULL;
    }
    if (!is_whole) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory to read the statement; raise the memory limit",
                         "no hay memoria para leer el estado de cuenta; suba el límite de memoria");
    }
    sample->rows[sample->count++] = (struct statement_sample_row){place, copies, count};
    return LINCE_OK;
}

static json_t *facts_json(const struct statement_facts *facts, const char *file_name) {
    const char separator[] = {facts->separator, '\0'};
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:i, s:i}", "name", file_name, "form", facts->form, "encoding",
                     facts->encoding, "separator", separator, "sheet", facts->sheet, "rows", (int)facts->row_count,
                     "columns", (int)facts->column_count);
}

/* A parameter of the form or query, within its length; "" if missing. NULL after answering with a problem. */
static const char *parameter(struct request *request, const char *name, size_t most) {
    const char *value = request_field(request, name);
    value = value == NULL ? request_query(request, name) : value;
    if (value != NULL && strlen(value) > most) {
        answer_problem(request, PROBLEM_INVALID, "%s must have at most %zu bytes", "%s debe tener %zu bytes como mucho",
                       name, most);
        return NULL;
    }
    return value == NULL ? "" : value;
}

/* The columns of the last statement with the same header, of that bank or of any; otherwise the guessed ones. */
static enum lince_status form_recall(struct request *request, struct reconciliation *made,
                                     struct statement_columns *columns) {
    struct statement_form form;
    bool found;
    enum lince_status status = store_statement_form(request->service->store, made->bank, made->head, &request->arena,
                                                    &form, &found, &request->failure);
    if (status != LINCE_OK || !found) {
        return status;
    }
    uint32_t first_row = columns->first_row; /* the header may be in another row than last time */
    json_t *remembered = json_memory_load_text(form.columns, 0, NULL);
    (void)columns_take(NULL, remembered, columns);
    json_decref(remembered);
    columns->first_row = first_row;
    made->bank = form.bank;
    made->options = form.options;
    return LINCE_OK;
}

/* Gives each row to the store, so that they are never whole in memory. */
struct keeping {
    struct request *request;
    const struct source *source;
    struct reconciliation_put *put;
};

static enum lince_status row_keep(void *context, uint32_t place, const struct statement_cell *cells, size_t count,
                                  struct lince_error *error) {
    struct keeping *keeping = context;
    struct arena_mark mark = arena_mark(&keeping->request->arena);
    const char *text = json_text_take(keeping->request, cells_json(cells, count));
    enum lince_status status = text == NULL
                                   ? error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory to keep the statement",
                                               "no hay memoria para guardar el estado de cuenta")
                                   : reconciliation_put_row(keeping->put, place, text, error);
    arena_rewind(&keeping->request->arena, mark);
    return status;
}

static enum lince_status rows_keep(void *context, struct reconciliation_put *put, struct lince_error *error) {
    struct keeping *keeping = context;
    struct statement_facts facts;
    keeping->put = put;
    return source_read(keeping->source, row_keep, keeping, &facts, error);
}

/* Reads the movements if the columns are known, and compares them. */
static enum lince_status compare_if_known(struct request *request, struct reconciliation *made,
                                          const struct statement_columns *columns) {
    if (!statement_columns_are_enough(columns)) {
        return LINCE_OK;
    }
    enum lince_status status = reconciliation_read(request, made, &request->failure);
    if (status == LINCE_OK && made->currency[0] == '\0') {
        status = reconciliation_currency(request, made, &request->failure);
        status = status == LINCE_OK && made->currency[0] != '\0' ? reconciliation_read(request, made, &request->failure)
                                                                 : status;
    }
    return status == LINCE_OK ? reconciliation_compare(request, made->id, &request->failure) : status;
}

static enum lince_status make(struct request *request, struct reconciliation *made, const struct source *source) {
    struct sample *sample = arena_allocate_zero(&request->arena, 1, sizeof *sample);
    struct statement_facts facts;
    struct statement_columns columns;
    char *head = arena_allocate_zero(&request->arena, STATEMENT_HEAD_BYTES, 1);
    if (sample == NULL || head == NULL) {
        return error_set(&request->failure, LINCE_ERROR_MEMORY_LIMIT, "no memory to read the statement",
                         "no hay memoria para leer el estado de cuenta");
    }
    sample->request = request;
    enum lince_status status = source_read(source, sample_take, sample, &facts, &request->failure);
    if (status != LINCE_OK) {
        return status;
    }
    statement_columns_guess(sample->rows, sample->count, &columns, head);
    made->head = head;
    made->options = json_text_take(request, options_json(&reconciliation_options_usual));
    made->facts = json_text_take(request, facts_json(&facts, request->upload.files->name));
    status = form_recall(request, made, &columns);
    made->columns = json_text_take(request, columns_json(&columns));
    if (status == LINCE_OK && (made->options == NULL || made->facts == NULL || made->columns == NULL)) {
        status = error_set(&request->failure, LINCE_ERROR_MEMORY_LIMIT, "no memory to read the statement",
                           "no hay memoria para leer el estado de cuenta");
    }
    if (status == LINCE_OK) {
        struct keeping keeping = {.request = request, .source = source};
        status = store_reconciliation_add(request->service->store, made, rows_keep, &keeping, &request->failure);
    }
    return status == LINCE_OK ? compare_if_known(request, made, &columns) : status;
}

/* Makes the reconciliation of these rows and answers with it. */
static void reconciliation_make(struct request *request, const struct source *source, struct reconciliation *made) {
    char path[96];
    if (make(request, made, source) != LINCE_OK) {
        reconciliation_answer_failure(request);
        return;
    }
    store_audit(request->service->store, request->actor, "reconciliation create", made->id, NULL);
    snprintf(path, sizeof path, "/v1/reconciliations/%s", made->id);
    request->location = arena_copy_text(&request->arena, path, strlen(path));
    if (store_reconciliation(request->service->store, made->id, &request->arena, made, &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    answer_json(request, 201, reconciliation_json(request, made, true));
}

void reconciliations_post(struct request *request) {
    char id[ID_BYTES];
    struct reconciliation made = {.id = id};
    const struct upload_file *file = request->upload.files;
    if (file == NULL || file->next != NULL) {
        answer_problem(request, PROBLEM_INVALID, "send one file, the statement",
                       "envíe un archivo, el estado de cuenta");
        return;
    }
    made.name = parameter(request, "name", RECONCILIATION_NAME_BYTES);
    made.bank = made.name == NULL ? NULL : parameter(request, "bank", RECONCILIATION_CODE_BYTES);
    made.currency = made.bank == NULL ? NULL : parameter(request, "currency", RECONCILIATION_CODE_BYTES);
    if (made.currency == NULL) {
        return;
    }
    struct source source = {.request = request};
    bool is_paper = statement_paper_is_pdf(file->draft.path);
    if (request->errand_state == ERRAND_NONE) {
        (is_paper ? statement_paper_begin : statement_rows_begin)(request);
        return;
    }
    if (is_paper ? (source.paper = statement_paper_go_on(request)) == NULL : !statement_rows_take(request)) {
        return;
    }
    made.name = made.name[0] == '\0' ? file->name : made.name;
    store_id(id, "rec");
    reconciliation_make(request, &source, &made);
}
