/* workbook.c - the rows of a sheet of an XLSX file (ECMA-376): the first visible one with rows. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/error.h"
#include "base/meter.h"
#include "base/utf8.h"
#include "statement/row_text.h"
#include "statement/workbook_parts.h"

enum { VALUE_BYTES = 1024 };

struct sheet_reading {
    const struct workbook_parts *parts;
    struct row_text row;
    statement_row give;
    void *context;
    struct statement_facts *facts;
    struct lince_error *error;
    enum lince_status status;
    uint32_t place;
    size_t column; /* of the next cell without a reference of its own */
    char type[16], value[VALUE_BYTES];
    size_t value_bytes;
    unsigned style;
    bool is_value; /* inside <v> or <t> */
};

/* "AB12" → 27; -1 for an invalid name. */
static long column_of(const char *name) {
    long column = 0;
    const char *letter = name;
    for (; *letter >= 'A' && *letter <= 'Z' && column < 100000; letter++) {
        column = column * 26 + (*letter - 'A' + 1);
    }
    return letter == name ? -1 : column - 1;
}

static void sheet_begin(void *context, XML_Parser parser, const char *name, const char **attributes) {
    struct sheet_reading *reading = context;
    (void)parser;
    if (strcmp(name, "row") == 0) {
        const char *number = package_part_attribute(attributes, "r");
        unsigned long place = number == NULL ? 0 : strtoul(number, NULL, 10);
        reading->place = place > reading->place && place <= 1048576 ? (uint32_t)place : reading->place + 1;
        reading->column = 0;
        row_text_clear(&reading->row);
    } else if (strcmp(name, "c") == 0) {
        const char *cell = package_part_attribute(attributes, "r"), *type = package_part_attribute(attributes, "t"),
                   *style = package_part_attribute(attributes, "s");
        long column = cell == NULL ? -1 : column_of(cell);
        reading->column = column >= (long)reading->column ? (size_t)column : reading->column;
        snprintf(reading->type, sizeof reading->type, "%s", type == NULL ? "n" : type);
        reading->style = style == NULL ? 0 : (unsigned)strtoul(style, NULL, 10);
        reading->value_bytes = 0;
    }
    reading->is_value = strcmp(name, "v") == 0 || strcmp(name, "t") == 0;
}

static void sheet_text(void *context, const char *bytes, size_t count) {
    struct sheet_reading *reading = context;
    if (reading->is_value) {
        size_t room = VALUE_BYTES - 1 - reading->value_bytes;
        count = count < room ? count : room;
        memcpy(reading->value + reading->value_bytes, bytes, count);
        reading->value_bytes += count;
    }
}

/* Days since 1899-12-30, or since 1904-01-01, as a date; false if that is no date. */
static bool date_text(double serial, bool counts_from_1904, char text[16]) {
    enum { LAST_DAY = 2932896 }; /* 9999-12-31, since 1970 */
    if (!(serial >= 1 && serial <= LAST_DAY + 25570)) {
        return false;
    }
    long days = (long)floor(serial) - (counts_from_1904 ? 24107 : 25569); /* since 1970 */
    if (days < -25567 || days > LAST_DAY) {
        return false;
    }
    time_t seconds = (time_t)days * 86400;
    struct tm parts;
    gmtime_r(&seconds, &parts);
    strftime(text, 16, "%Y-%m-%d", &parts);
    return true;
}

static enum cell_kind number_write(struct sheet_reading *reading) {
    char text[64];
    char *end;
    double number = strtod(reading->value, &end);
    if (end == reading->value || !isfinite(number)) {
        row_text_add(&reading->row, reading->value, reading->value_bytes);
        return CELL_TEXT;
    }
    bool is_date = reading->style < STYLES_MOST && reading->parts->is_date[reading->style];
    if (is_date && date_text(number, reading->parts->counts_from_1904, text)) {
        row_text_add(&reading->row, text, strlen(text));
        return CELL_DATE;
    }
    snprintf(text, sizeof text, fabs(number) < 1e15 && number == floor(number) ? "%.0f" : "%.15g", number);
    row_text_add(&reading->row, text, strlen(text));
    return CELL_NUMBER;
}

static void cell_write(struct sheet_reading *reading) {
    enum cell_kind kind = CELL_TEXT;
    reading->value[reading->value_bytes] = '\0';
    if (strcmp(reading->type, "s") == 0) {
        const char *text = workbook_text(reading->parts, strtoul(reading->value, NULL, 10));
        row_text_add(&reading->row, text, strlen(text));
    } else if (strcmp(reading->type, "n") == 0 && reading->value_bytes > 0) {
        kind = number_write(reading);
    } else if (strcmp(reading->type, "d") == 0 && reading->value_bytes >= 10) {
        row_text_add(&reading->row, reading->value, utf8_prefix_bytes(reading->value, 10)); /* "2025-01-31T00:00:00" */
        kind = CELL_DATE;
    } else {
        row_text_add(&reading->row, reading->value, reading->value_bytes);
    }
    row_text_end(&reading->row, kind);
}

static void sheet_end(void *context, XML_Parser parser, const char *name) {
    struct sheet_reading *reading = context;
    reading->is_value = false;
    if (strcmp(name, "c") == 0) {
        /* Cells far to the right are usually empty or notes; one with a value is reported. */
        if (row_text_begin(&reading->row, reading->column)) {
            cell_write(reading);
        } else if (reading->value_bytes > 0) {
            reading->status = error_set(
                reading->error, LINCE_ERROR_TOO_LARGE, "row %u of the statement has more than %d columns",
                "la fila %u del estado de cuenta pasa de %d columnas", reading->place, STATEMENT_COLUMNS_MOST);
        }
        reading->column++;
    } else if (strcmp(name, "row") == 0) {
        reading->status = row_text_give(&reading->row, reading->place, reading->give, reading->context, reading->facts,
                                        reading->error);
    } else if (strcmp(name, "sheetData") == 0) {
        XML_StopParser(parser, XML_FALSE); /* the rest is not needed */
        return;
    }
    if (reading->status != LINCE_OK) {
        XML_StopParser(parser, XML_FALSE);
    }
}

static enum lince_status sheets_read(struct package *package, struct sheet_reading *reading,
                                     struct lince_error *error) {
    static const struct part_handlers handlers = {sheet_begin, sheet_end, sheet_text};
    const struct workbook_parts *parts = reading->parts;
    bool found;
    for (size_t i = 0; i < parts->sheet_count && reading->facts->row_count == 0; i++) {
        reading->place = 0;
        enum lince_status status = package_parse(package, parts->sheets[i].path, &handlers, reading, &found, error);
        status = status == LINCE_OK ? reading->status : status;
        if (status != LINCE_OK) {
            return status;
        }
        snprintf(reading->facts->sheet, sizeof reading->facts->sheet, "%s", parts->sheets[i].name);
    }
    return LINCE_OK;
}

enum lince_status statement_read_workbook(const struct statement_file *file, struct meter *meter, statement_row row,
                                          void *context, struct statement_facts *facts, struct lince_error *error) {
    struct package package;
    struct workbook_parts *parts = meter_new(meter, struct workbook_parts);
    struct sheet_reading *reading = meter_new(meter, struct sheet_reading);
    if (parts == NULL || reading == NULL) {
        meter_free(parts);
        meter_free(reading);
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory to read the workbook; raise the memory limit",
                         "no hay memoria para leer el libro; suba el límite de memoria");
    }
    facts->form = "xlsx";
    enum lince_status status = package_open(file->bytes, file->count, meter, &package, error);
    if (status == LINCE_OK) {
        status = workbook_parts_read(&package, parts, error);
        if (status == LINCE_OK) {
            *reading =
                (struct sheet_reading){.parts = parts, .give = row, .context = context, .facts = facts, .error = error};
            status = sheets_read(&package, reading, error);
        }
        workbook_parts_free(parts);
    }
    package_close(&package);
    meter_free(parts);
    meter_free(reading);
    return status;
}
