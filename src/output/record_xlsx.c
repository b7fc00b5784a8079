/* record_xlsx.c - records as an Excel workbook, by libxlsxwriter in its mode of constant memory. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/meter.h"
#include "output/record_table.h"

enum { TEXT_MOST = 32767, DOUBT_PERCENT = 80 }; /* what a cell holds; below what confidence it is marked */

struct record_workbook {
    struct meter meter; /* for the texts that are put together here */
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *head, *money, *date, *time, *doubt, *doubt_money, *doubt_date, *doubt_time;
    char *path;
    lxw_row_t row;
};

static enum lince_status failed(struct lince_error *error, const char *path, lxw_error code) {
    return error_set(error, LINCE_ERROR_WRITE, "%s could not be written: %s", "No se pudo escribir %s: %s", path,
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

static bool formats_make(struct record_workbook *workbook) {
    workbook->head = workbook_add_format(workbook->book);
    workbook->money = format_make(workbook->book, "#,##0.00", false);
    workbook->date = format_make(workbook->book, "yyyy-mm-dd", false);
    workbook->time = format_make(workbook->book, "hh:mm", false);
    workbook->doubt = format_make(workbook->book, NULL, true);
    workbook->doubt_money = format_make(workbook->book, "#,##0.00", true);
    workbook->doubt_date = format_make(workbook->book, "yyyy-mm-dd", true);
    workbook->doubt_time = format_make(workbook->book, "hh:mm", true);
    if (workbook->head == NULL || workbook->money == NULL || workbook->date == NULL || workbook->time == NULL ||
        workbook->doubt == NULL || workbook->doubt_money == NULL || workbook->doubt_date == NULL ||
        workbook->doubt_time == NULL) {
        return false;
    }
    format_set_bold(workbook->head);
    return true;
}

static void head_write(struct record_workbook *workbook) {
    static const char *const behind[] = {"other_fields", "needs_review", "review_reasons", "confidence",  "error",
                                         "draw_date",    "draw_number",  "sender_id",      "sender_name", "sent_time",
                                         "caption",      "other_value",  "arrival_number", NULL};
    lxw_col_t column = 0;
    worksheet_write_string(workbook->sheet, 0, column++, "file", workbook->head);
    worksheet_write_string(workbook->sheet, 0, column++, "tipo", workbook->head);
    for (size_t i = 0; record_columns[i] != NULL; i++) {
        worksheet_write_string(workbook->sheet, 0, column++, record_columns[i], workbook->head);
    }
    for (size_t i = 0; behind[i] != NULL; i++) {
        worksheet_write_string(workbook->sheet, 0, column++, behind[i], workbook->head);
    }
    worksheet_freeze_panes(workbook->sheet, 1, 1);
    workbook->row = 1;
}

enum lince_status record_workbook_open(const char *path, struct record_workbook **workbook, struct lince_error *error) {
    *workbook = NULL;
    struct record_workbook *made = calloc(1, sizeof *made);
    if (made != NULL) {
        meter_init(&made->meter, NULL, "xlsx", METER_NO_LIMIT);
        lxw_workbook_options options = {.constant_memory = LXW_TRUE};
        made->path = strdup(path);
        made->book = workbook_new_opt(path, &options);
        made->sheet = made->book == NULL ? NULL : workbook_add_worksheet(made->book, "records");
    }
    if (made == NULL || made->path == NULL || made->sheet == NULL || !formats_make(made)) {
        (void)record_workbook_close(made, NULL);
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "No memory for the workbook %s.",
                         "No hay memoria para el libro %s.", path);
    }
    head_write(made);
    *workbook = made;
    return LINCE_OK;
}

/* A text cut, at a whole character, to what a cell holds. */
static lxw_error text_write(struct record_workbook *workbook, lxw_col_t column, const char *text, lxw_format *format) {
    size_t bytes = strlen(text);
    if (bytes == 0) {
        return LXW_NO_ERROR;
    }
    if (bytes <= TEXT_MOST) {
        return worksheet_write_string(workbook->sheet, workbook->row, column, text, format);
    }
    for (bytes = TEXT_MOST; ((unsigned char)text[bytes] & 0xC0) == 0x80; bytes--) {
    }
    char *cut = strndup(text, bytes);
    lxw_error code = cut == NULL ? LXW_ERROR_MEMORY_MALLOC_FAILED
                                 : worksheet_write_string(workbook->sheet, workbook->row, column, cut, format);
    free(cut);
    return code;
}

/* By its type: a number, a date, a time, or a text; ids and references stay texts, so that no zero is lost. */
static lxw_error field_write(struct record_workbook *workbook, lxw_col_t column, const struct lince_field *field) {
    bool doubt = field->confidence * 100 < DOUBT_PERCENT;
    lxw_datetime when = {0};
    int hour, minute;
    if (strcmp(field->type, "money") == 0) {
        return worksheet_write_number(workbook->sheet, workbook->row, column, strtod(field->value, NULL),
                                      doubt ? workbook->doubt_money : workbook->money);
    }
    if (strcmp(field->type, "date") == 0 &&
        sscanf(field->value, "%4d-%2d-%2d", &when.year, &when.month, &when.day) == 3) {
        return worksheet_write_datetime(workbook->sheet, workbook->row, column, &when,
                                        doubt ? workbook->doubt_date : workbook->date);
    }
    if (strcmp(field->type, "time") == 0 && sscanf(field->value, "%2d:%2d", &hour, &minute) == 2) {
        return worksheet_write_number(workbook->sheet, workbook->row, column, (hour * 60 + minute) / 1440.0,
                                      doubt ? workbook->doubt_time : workbook->time);
    }
    return text_write(workbook, column, field->value, doubt ? workbook->doubt : NULL);
}

static lxw_error joined_write(struct record_workbook *workbook, lxw_col_t column, const struct lince_record *record,
                              void (*write)(const struct lince_record *record, struct buffer *buffer)) {
    struct buffer text;
    buffer_init(&text, &workbook->meter);
    write(record, &text);
    buffer_append(&text, "", 1);
    lxw_error code = text.refused ? LXW_ERROR_MEMORY_MALLOC_FAILED : text_write(workbook, column, text.bytes, NULL);
    buffer_free(&text);
    return code;
}

static lxw_error messenger_write(struct record_workbook *workbook, lxw_col_t column,
                                 const struct messenger *messenger) {
    const char *texts[] = {messenger->draw_date, messenger->draw_number, messenger->sender_id,  messenger->sender_name,
                           messenger->sent_time, messenger->caption,     messenger->other_value};
    lxw_error code = LXW_NO_ERROR;
    for (size_t i = 0; i < sizeof texts / sizeof *texts && code == LXW_NO_ERROR; i++) {
        code = text_write(workbook, column++, texts[i], NULL);
    }
    if (code == LXW_NO_ERROR && messenger->arrival_number > 0) {
        code = worksheet_write_number(workbook->sheet, workbook->row, column, (double)messenger->arrival_number, NULL);
    }
    return code;
}

/* A link that a spreadsheet opens; what is too long for one (2079 bytes) stays a text. */
static lxw_error file_write(struct record_workbook *workbook, const char *file) {
    char link[2048];
    int bytes = snprintf(link, sizeof link, "external:%s", file);
    if (bytes < 0 || (size_t)bytes >= sizeof link ||
        worksheet_write_url(workbook->sheet, workbook->row, 0, link, NULL) != LXW_NO_ERROR) {
        return text_write(workbook, 0, file, NULL);
    }
    return worksheet_write_string(workbook->sheet, workbook->row, 0, file, NULL);
}

enum lince_status record_workbook_row(struct record_workbook *workbook, const struct record_row *row,
                                      struct lince_error *error) {
    const struct lince_record *record = row->record;
    lxw_error code = file_write(workbook, row->file);
    lxw_col_t column = 2;
    if (code == LXW_NO_ERROR && record != NULL && lince_record_layout(record) != NULL) {
        code = text_write(workbook, 1, lince_record_layout(record), NULL);
    }
    for (size_t i = 0; record_columns[i] != NULL; i++, column++) {
        const struct lince_field *field = record == NULL ? NULL : lince_record_find(record, record_columns[i]);
        code = code == LXW_NO_ERROR && field != NULL ? field_write(workbook, column, field) : code;
    }
    if (code == LXW_NO_ERROR && record != NULL) {
        code = joined_write(workbook, column, record, record_rest);
        bool review = lince_record_reason_count(record) > 0;
        worksheet_write_boolean(workbook->sheet, workbook->row, (lxw_col_t)(column + 1), review,
                                review ? workbook->doubt : NULL);
        code = code == LXW_NO_ERROR ? joined_write(workbook, (lxw_col_t)(column + 2), record, record_reasons) : code;
        worksheet_write_number(workbook->sheet, workbook->row, (lxw_col_t)(column + 3), record_least_confidence(record),
                               NULL);
    } else if (code == LXW_NO_ERROR && row->error != NULL) {
        worksheet_write_boolean(workbook->sheet, workbook->row, (lxw_col_t)(column + 1), 1, workbook->doubt);
        code = text_write(workbook, (lxw_col_t)(column + 4), row->error->message, workbook->doubt);
    }
    if (code == LXW_NO_ERROR && row->messenger != NULL) {
        code = messenger_write(workbook, (lxw_col_t)(column + 5), row->messenger);
    }
    workbook->row++;
    return code == LXW_NO_ERROR ? LINCE_OK : failed(error, workbook->path, code);
}

enum lince_status record_workbook_close(struct record_workbook *workbook, struct lince_error *error) {
    if (workbook == NULL) {
        return LINCE_OK;
    }
    enum lince_status status = LINCE_OK;
    if (workbook->book != NULL) {
        lxw_error code = workbook_close(workbook->book); /* frees it too */
        status = code == LXW_NO_ERROR ? LINCE_OK : failed(error, workbook->path, code);
    }
    free(workbook->path);
    free(workbook);
    return status;
}
