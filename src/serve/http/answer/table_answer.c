/* table_answer.c - tables over HTTP. */
#include "serve/http/answer/table_answer.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "output/writers/table_csv.h"
#include "output/writers/table_xlsx.h"
#include "serve/http/answer/answer_draft.h"

enum { STEM_BYTES_MOST = 200 };

/*
 * ?csv=: "plain" is for programs. The others are for Excel, which needs a byte order mark to know UTF-8 and expects the
 * separators of its language: "excel" takes those of the request's language, "excel-es" and "excel-en" name one.
 */
static bool csv_options_asked(const struct request *request, struct csv_options *options) {
    const char *style = request_query(request, "csv");
    bool is_excel = style != NULL && strncmp(style, "excel", 5) == 0;
    *options = (struct csv_options)CSV_OPTIONS_DEFAULTS;
    if (style == NULL || strcmp(style, "plain") == 0) {
        return true;
    }
    options->byte_order_mark = true;
    if (is_excel && (style[5] == '\0' || strcmp(style, "excel-es") == 0 || strcmp(style, "excel-en") == 0)) {
        bool has_comma = style[5] == '\0' ? request->language == LINCE_SPANISH : style[7] == 's';
        options->decimal = has_comma ? ',' : '.';
        return true;
    }
    return false;
}

bool table_csv_check(struct request *request) {
    struct csv_options options;
    if (csv_options_asked(request, &options)) {
        return true;
    }
    answer_problem(request, PROBLEM_INVALID, "csv must be plain, excel, excel-es or excel-en",
                   "csv debe ser plain, excel, excel-es o excel-en");
    return false;
}

bool table_form_asked(struct request *request, enum table_form *form) {
    const char *format = request_query(request, "format"), *accept = request_header(request, MHD_HTTP_HEADER_ACCEPT);
    if (!table_csv_check(request)) {
        return false;
    }
    if (format == NULL && accept != NULL) {
        format = strstr(accept, "json") != NULL || strstr(accept, "*/*") != NULL ? "json"
                 : strstr(accept, "text/csv") != NULL                            ? "csv"
                 : strstr(accept, "spreadsheetml") != NULL                       ? "xlsx"
                                                                                 : accept;
    }
    *form = format == NULL || strcmp(format, "json") == 0 ? TABLE_JSON
            : strcmp(format, "csv") == 0                  ? TABLE_CSV
                                                          : TABLE_WORKBOOK;
    if (*form != TABLE_WORKBOOK || strcmp(format, "xlsx") == 0) {
        return true;
    }
    answer_problem(request, PROBLEM_NOT_ACCEPTABLE, "format must be json, csv or xlsx",
                   "format debe ser json, csv o xlsx");
    return false;
}

/* Of a file's name, without its ending: "may.csv" becomes "may.xlsx". */
static size_t stem_bytes(const char *name) {
    const char *point = strrchr(name, '.');
    size_t bytes = point != NULL && point > name && strlen(point) <= 5 ? (size_t)(point - name) : strlen(name);
    return bytes < STEM_BYTES_MOST ? bytes : STEM_BYTES_MOST;
}

/* A CSV whose rows go into a draft. */
struct drafted_csv {
    struct table_csv csv; /* the first member: a pointer to its table is one to this */
    void (*row_end)(struct table *table);
    struct answer_draft draft;
};

static void drafted_row_end(struct table *table) {
    struct drafted_csv *drafted = (struct drafted_csv *)table;
    drafted->row_end(table);
    answer_draft_flush(&drafted->draft);
}

static void answer_csv(struct request *request, const struct table_answer *wanted) {
    struct csv_options options;
    struct drafted_csv drafted;
    char file_name[300];
    (void)csv_options_asked(request, &options); /* table_csv_check has checked it */
    answer_draft_begin(&drafted.draft, request);
    table_csv_init(&drafted.csv, &options, &drafted.draft.bytes);
    drafted.row_end = drafted.csv.table.row_end;
    drafted.csv.table.row_end = drafted_row_end;
    if (wanted->fill(wanted->context, &drafted.csv.table, NULL) != LINCE_OK) {
        answer_draft_drop(&drafted.draft);
        answer_failure(request);
        return;
    }
    snprintf(file_name, sizeof file_name, "%.*s.csv", (int)stem_bytes(wanted->name), wanted->name);
    answer_draft_send(&drafted.draft, "text/csv; charset=utf-8; header=present", file_name);
}

/* The library writes a file. Its name is removed at once, and the answer is sent from the open file. */
static void answer_workbook(struct request *request, const struct table_answer *wanted) {
    char path[PATH_MAX], file_name[300];
    struct stat facts;
    struct table_xlsx *workbook;
    snprintf(path, sizeof path, "%s/incoming/%s.xlsx", SETTING_TEXT_OF(&request->service->settings, data), request->id);
    if (table_xlsx_open(path, &workbook, &request->failure) != LINCE_OK) {
        answer_problem(request, PROBLEM_MEMORY, "no memory for the spreadsheet",
                       "no hay memoria para la hoja de cálculo");
        return;
    }
    struct table *second = wanted->second == NULL ? NULL : table_xlsx_sheet_add(workbook, wanted->second);
    enum lince_status status =
        wanted->second != NULL && second == NULL
            ? error_set(&request->failure, LINCE_ERROR_MEMORY_LIMIT, "no memory for the spreadsheet",
                        "no hay memoria para la hoja de cálculo")
            : wanted->fill(wanted->context, table_xlsx_cells(workbook), second);
    bool is_written = table_xlsx_close(workbook, NULL) == LINCE_OK;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    unlink(path);
    if (status != LINCE_OK) {
        answer_failure(request);
    } else if (!is_written || descriptor < 0 || fstat(descriptor, &facts) != 0) {
        answer_problem(request, PROBLEM_STORAGE_FULL, "the spreadsheet could not be written",
                       "no se pudo escribir la hoja de cálculo");
    } else {
        snprintf(file_name, sizeof file_name, "%.*s.xlsx", (int)stem_bytes(wanted->name), wanted->name);
        answer_file(request, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", file_name, descriptor,
                    (uint64_t)facts.st_size);
        return;
    }
    if (descriptor >= 0) {
        close(descriptor);
    }
}

void table_answer(struct request *request, enum table_form form, const struct table_answer *wanted) {
    if (form == TABLE_CSV) {
        answer_csv(request, wanted);
    } else {
        answer_workbook(request, wanted);
    }
}
