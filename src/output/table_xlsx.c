/* table_xlsx.c - cells by libxlsxwriter in constant-memory mode. */
#include "output/table_xlsx.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

#include "base/error.h"
#include "base/utf8.h"

enum { TEXT_MOST = 32767 }; /* most bytes of a cell */

/* The format of a cell; each also with the colour of a doubtful value. */
enum look { LOOK_TEXT, LOOK_GUARDED, LOOK_AMOUNT, LOOK_DATE, LOOK_TIME, LOOK_INSTANT, LOOK_COUNT };

struct table_xlsx {
    struct table table;
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *head, *looks[2][LOOK_COUNT];
    char *path;
    lxw_row_t row;
    lxw_col_t column;
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
static lxw_error text_write(struct table_xlsx *workbook, const char *text, lxw_format *format) {
    size_t bytes = strlen(text);
    if (bytes == 0) {
        return LXW_NO_ERROR;
    }
    if (bytes <= TEXT_MOST) {
        return worksheet_write_string(workbook->sheet, workbook->row, workbook->column, text, format);
    }
    char *cut = strndup(text, utf8_prefix_bytes(text, TEXT_MOST));
    lxw_error code = cut == NULL
                         ? LXW_ERROR_MEMORY_MALLOC_FAILED
                         : worksheet_write_string(workbook->sheet, workbook->row, workbook->column, cut, format);
    free(cut);
    return code;
}

/* Writes a link that a spreadsheet opens; what is too long for one (2079 bytes) stays a text. */
static lxw_error file_write(struct table_xlsx *workbook, const char *file) {
    char link[2048];
    int bytes = snprintf(link, sizeof link, "external:%s", file);
    if (bytes < 0 || (size_t)bytes >= sizeof link ||
        worksheet_write_url(workbook->sheet, workbook->row, workbook->column, link, NULL) != LXW_NO_ERROR) {
        return text_write(workbook, file, NULL);
    }
    return worksheet_write_string(workbook->sheet, workbook->row, workbook->column, file, NULL);
}

static lxw_error number_write(struct table_xlsx *workbook, double number, lxw_format *format) {
    return worksheet_write_number(workbook->sheet, workbook->row, workbook->column, number, format);
}

static lxw_error kind_write(struct table_xlsx *workbook, const struct table_cell *cell) {
    lxw_format *const *looks = workbook->looks[cell->is_doubtful], *mark = cell->is_doubtful ? looks[LOOK_TEXT] : NULL;
    lxw_datetime when = {0};
    int hour, minute;
    switch (cell->kind) {
    case TABLE_BLANK:
        return LXW_NO_ERROR;
    case TABLE_HEAD:
        return text_write(workbook, cell->text, workbook->head);
    case TABLE_AMOUNT:
        return number_write(workbook, strtod(cell->text, NULL), looks[LOOK_AMOUNT]);
    case TABLE_DATE:
        if (sscanf(cell->text, "%4d-%2d-%2d", &when.year, &when.month, &when.day) == 3) {
            return worksheet_write_datetime(workbook->sheet, workbook->row, workbook->column, &when, looks[LOOK_DATE]);
        }
        break;
    case TABLE_TIME:
        if (sscanf(cell->text, "%2d:%2d", &hour, &minute) == 2) {
            return number_write(workbook, (hour * 60 + minute) / 1440.0, looks[LOOK_TIME]);
        }
        break;
    case TABLE_INSTANT:
        if (sscanf(cell->text, "%4d-%2d-%2dT%2d:%2d:%lf", &when.year, &when.month, &when.day, &when.hour, &when.min,
                   &when.sec) == 6) {
            return worksheet_write_datetime(workbook->sheet, workbook->row, workbook->column, &when,
                                            looks[LOOK_INSTANT]);
        }
        break;
    case TABLE_FILE:
        return file_write(workbook, cell->text);
    case TABLE_REAL:
    case TABLE_WHOLE:
        return number_write(workbook, cell->number, mark);
    case TABLE_FLAG:
        return worksheet_write_boolean(workbook->sheet, workbook->row, workbook->column, cell->number != 0, mark);
    case TABLE_TEXT:
        break;
    }
    return text_write(workbook, cell->text, table_text_is_formula(cell->text) ? looks[LOOK_GUARDED] : mark);
}

static void cell_write(struct table *table, const struct table_cell *cell) {
    struct table_xlsx *workbook = (struct table_xlsx *)table;
    lxw_error code = kind_write(workbook, cell);
    workbook->failure = workbook->failure == LXW_NO_ERROR ? code : workbook->failure;
    workbook->column++;
}

static void row_end(struct table *table) {
    struct table_xlsx *workbook = (struct table_xlsx *)table;
    workbook->row++;
    workbook->column = 0;
}

enum lince_status table_xlsx_open(const char *path, struct table_xlsx **workbook, struct lince_error *error) {
    *workbook = NULL;
    struct table_xlsx *made = calloc(1, sizeof *made);
    if (made != NULL) {
        lxw_workbook_options options = {.constant_memory = LXW_TRUE};
        made->table = (struct table){cell_write, row_end};
        made->path = strdup(path);
        made->book = workbook_new_opt(path, &options);
        made->sheet = made->book == NULL ? NULL : workbook_add_worksheet(made->book, "records");
    }
    if (made == NULL || made->path == NULL || made->sheet == NULL || !formats_make(made)) {
        (void)table_xlsx_close(made, NULL);
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the workbook %s",
                         "no hay memoria para el libro %s", path);
    }
    worksheet_freeze_panes(made->sheet, 1, 1);
    *workbook = made;
    return LINCE_OK;
}

struct table *table_xlsx_cells(struct table_xlsx *workbook) {
    return &workbook->table;
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
