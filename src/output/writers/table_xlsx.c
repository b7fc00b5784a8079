/* table_xlsx.c - cells by libxlsxwriter in constant-memory mode. */
#include "output/writers/table_xlsx.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

#include "base/error.h"
#include "base/utf8.h"

enum { TEXT_MOST = 32767 }; /* most bytes of a cell */

/* The format of a cell; each also with the colour of a doubtful value. */
enum look { LOOK_TEXT, LOOK_GUARDED, LOOK_AMOUNT, LOOK_DATE, LOOK_TIME, LOOK_INSTANT, LOOK_COUNT };

enum { SHEETS_MOST = 2 };

/* A sheet and the cell to write next. */
struct sheet_xlsx {
    struct table table;
    struct table_xlsx *workbook; /* borrowed */
    lxw_worksheet *sheet;
    lxw_row_t row;
    lxw_col_t column;
};

struct table_xlsx {
    lxw_workbook *book;
    struct sheet_xlsx sheets[SHEETS_MOST];
    lxw_format *head, *looks[2][LOOK_COUNT];
    char *path;
    lxw_error failure; /* the first one */
};

static enum lince_status failed(struct lince_error *error, const char *path, lxw_error code) {
    return error_set(error, LINCE_ERROR_WRITE, "%s could not be written: %s", "no se pudo escribir %s: %s", path,
                     lxw_strerror(code));
}

static lxw_format *format_make(lxw_workbook *book, const char *number, bool doubt) {
    lxw_format *format = workbook_add_format(book);
    if (format != NULL && number != NULL) {
        format_set_num_format(format, number);
    }
    if (format != NULL && doubt) {
        format_set_bg_color(format, 0xFFF2B3);
    }
    return format;
}

/* A text that looks like a formula gets the text format, so that it stays a text when a person edits the cell. */
static bool formats_make(struct table_xlsx *workbook) {
    static const char *const numbers[LOOK_COUNT] = {NULL,         "@",     "#,##0.00",
                                                    "yyyy-mm-dd", "hh:mm", "yyyy-mm-dd hh:mm:ss"};
    workbook->head = workbook_add_format(workbook->book);
    for (int doubt = 0; doubt < 2; doubt++) {
        for (int look = 0; look < LOOK_COUNT; look++) {
            workbook->looks[doubt][look] = format_make(workbook->book, numbers[look], doubt);
            if (workbook->looks[doubt][look] == NULL) {
                return false;
            }
        }
    }
    if (workbook->head == NULL) {
        return false;
    }
    format_set_bold(workbook->head);
    return true;
}

/* Writes a text, cut at a whole character to what a cell holds. */
static lxw_error text_write(struct sheet_xlsx *at, const char *text, lxw_format *format) {
    size_t bytes = strlen(text);
    if (bytes == 0) {
        return LXW_NO_ERROR;
    }
    if (bytes <= TEXT_MOST) {
        return worksheet_write_string(at->sheet, at->row, at->column, text, format);
    }
    char *cut = strndup(text, utf8_prefix_bytes(text, TEXT_MOST));
    lxw_error code = cut == NULL ? LXW_ERROR_MEMORY_MALLOC_FAILED
                                 : worksheet_write_string(at->sheet, at->row, at->column, cut, format);
    free(cut);
    return code;
}

/* Writes a link that a spreadsheet opens; a path too long for one (2079 bytes) is written as a text. */
static lxw_error file_write(struct sheet_xlsx *at, const char *file) {
    char link[2048];
    int bytes = snprintf(link, sizeof link, "external:%s", file);
    if (bytes < 0 || (size_t)bytes >= sizeof link ||
        worksheet_write_url(at->sheet, at->row, at->column, link, NULL) != LXW_NO_ERROR) {
        return text_write(at, file, NULL);
    }
    return worksheet_write_string(at->sheet, at->row, at->column, file, NULL);
}

static lxw_error number_write(struct sheet_xlsx *at, double number, lxw_format *format) {
    return worksheet_write_number(at->sheet, at->row, at->column, number, format);
}

static lxw_error kind_write(struct sheet_xlsx *at, const struct table_cell *cell) {
    lxw_format *const *looks = at->workbook->looks[cell->is_doubtful],
                      *mark = cell->is_doubtful ? looks[LOOK_TEXT] : NULL;
    lxw_datetime when = {0};
    int hour, minute;
    switch (cell->kind) {
    case TABLE_BLANK:
        return LXW_NO_ERROR;
    case TABLE_HEAD:
        return text_write(at, cell->text, at->workbook->head);
    case TABLE_AMOUNT:
        return number_write(at, strtod(cell->text, NULL), looks[LOOK_AMOUNT]);
    case TABLE_DATE:
        if (sscanf(cell->text, "%4d-%2d-%2d", &when.year, &when.month, &when.day) == 3) {
            return worksheet_write_datetime(at->sheet, at->row, at->column, &when, looks[LOOK_DATE]);
        }
        break;
    case TABLE_TIME:
        if (sscanf(cell->text, "%2d:%2d", &hour, &minute) == 2) {
            return number_write(at, (hour * 60 + minute) / 1440.0, looks[LOOK_TIME]);
        }
        break;
    case TABLE_INSTANT:
        if (sscanf(cell->text, "%4d-%2d-%2dT%2d:%2d:%lf", &when.year, &when.month, &when.day, &when.hour, &when.min,
                   &when.sec) == 6) {
            return worksheet_write_datetime(at->sheet, at->row, at->column, &when, looks[LOOK_INSTANT]);
        }
        break;
    case TABLE_FILE:
        return file_write(at, cell->text);
    case TABLE_REAL:
    case TABLE_WHOLE:
        return number_write(at, cell->number, mark);
    case TABLE_FLAG:
        return worksheet_write_boolean(at->sheet, at->row, at->column, cell->number != 0, mark);
    case TABLE_TEXT:
        break;
    }
    return text_write(at, cell->text, table_text_is_formula(cell->text) ? looks[LOOK_GUARDED] : mark);
}

static void cell_write(struct table *table, const struct table_cell *cell) {
    struct sheet_xlsx *at = (struct sheet_xlsx *)table;
    struct table_xlsx *workbook = at->workbook;
    lxw_error code = kind_write(at, cell);
    workbook->failure = workbook->failure == LXW_NO_ERROR ? code : workbook->failure;
    at->column++;
}

static void row_end(struct table *table) {
    struct sheet_xlsx *at = (struct sheet_xlsx *)table;
    at->row++;
    at->column = 0;
}

/* False without memory. */
static bool sheet_open(struct table_xlsx *workbook, size_t index, const char *name) {
    struct sheet_xlsx *at = &workbook->sheets[index];
    *at = (struct sheet_xlsx){.table = {cell_write, row_end}, .workbook = workbook};
    at->sheet = workbook_add_worksheet(workbook->book, name);
    if (at->sheet != NULL) {
        worksheet_freeze_panes(at->sheet, 1, 1);
    }
    return at->sheet != NULL;
}

enum lince_status table_xlsx_open(const char *path, struct table_xlsx **workbook, struct lince_error *error) {
    *workbook = NULL;
    struct table_xlsx *made = calloc(1, sizeof *made);
    if (made != NULL) {
        lxw_workbook_options options = {.constant_memory = LXW_TRUE};
        made->path = strdup(path);
        made->book = workbook_new_opt(path, &options);
    }
    if (made == NULL || made->path == NULL || made->book == NULL || !sheet_open(made, 0, "records") ||
        !formats_make(made)) {
        (void)table_xlsx_close(made, NULL);
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the workbook %s",
                         "no hay memoria para el libro %s", path);
    }
    *workbook = made;
    return LINCE_OK;
}

struct table *table_xlsx_cells(struct table_xlsx *workbook) {
    return &workbook->sheets[0].table;
}

struct table *table_xlsx_sheet_add(struct table_xlsx *workbook, const char *name) {
    return sheet_open(workbook, 1, name) ? &workbook->sheets[1].table : NULL;
}

enum lince_status table_xlsx_check(const struct table_xlsx *workbook, struct lince_error *error) {
    return workbook->failure == LXW_NO_ERROR ? LINCE_OK : failed(error, workbook->path, workbook->failure);
}

enum lince_status table_xlsx_close(struct table_xlsx *workbook, struct lince_error *error) {
    if (workbook == NULL) {
        return LINCE_OK;
    }
    enum lince_status status = LINCE_OK;
    if (workbook->book != NULL) {
        lxw_error code = workbook_close(workbook->book); /* frees it too */
        code = workbook->failure == LXW_NO_ERROR ? code : workbook->failure;
        status = code == LXW_NO_ERROR ? LINCE_OK : failed(error, workbook->path, code);
    }
    free(workbook->path);
    free(workbook);
    return status;
}
