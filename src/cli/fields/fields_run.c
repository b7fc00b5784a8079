/* fields_run.c - writes records as lines of JSON, rows of a table, or the earlier service's form. */
#include "cli/fields/fields_run.h"

#include <errno.h>
#include <string.h>
#include <time.h>

#include "base/json_memory.h"
#include "base/reason.h"
#include "cli/command.h"
#include "cli/language.h"
#include "earlier/consolidated.h"
#include "output/records/record_json.h"
#include "output/records/record_rows.h"
#include "output/writers/json_writer.h"
#include "output/writers/table_xlsx.h"

static void bytes_write(struct fields_run *run, struct buffer *buffer) {
    if (buffer->refused) {
        run->exit_code = EXIT_CODE_MEMORY;
    } else if (fwrite(buffer->bytes, 1, buffer->used_bytes, run->out) != buffer->used_bytes) {
        run->exit_code = EXIT_CODE_OUTPUT;
    }
    buffer_free(buffer);
}

static void object_write(struct json_writer *json, const struct fields_result *result, bool inputs) {
    json_object_open(json, NULL);
    json_text(json, "file", result->row.file);
    if (result->page > 0) {
        json_whole(json, "page", result->page);
    }
    if (result->split_document > 0) {
        json_object_open(json, "split");
        json_whole(json, "document", result->split_document);
        json_object_close(json);
    }
    if (result->of != NULL) {
        record_members_of_pages(json, result->row.record, result->of);
    } else {
        record_members(json, result->row.record);
    }
    if (inputs) {
        record_inputs_member(json, result->row.record);
    }
    if (result->messenger != NULL) {
        extra_object(json, result->row.extra);
    }
    json_object_close(json);
}

/* Takes `json`. The buffer remembers a NULL or a refusal. */
static void json_append(struct buffer *buffer, json_t *json) {
    if (json == NULL || json_memory_was_refused()) {
        buffer->refused = true;
    } else {
        json_memory_write(json, JSON_COMPACT | JSON_REAL_PRECISION(10), buffer);
    }
    json_decref(json);
}

static const char *value_of(const struct lince_record *record, const char *name) {
    const struct lince_field *field = lince_record_find(record, name);
    return field == NULL ? "" : field->value;
}

/* The field's text on the page, or its value if the layout implies it. */
static const char *printed_of(const struct lince_record *record, const char *name) {
    const struct lince_field *field = lince_record_find(record, name);
    return field == NULL ? "" : *field->text == '\0' ? field->value : field->text;
}

static void consolidated_write(struct fields_run *run, const struct fields_result *result) {
    static const struct messenger none = {"", "", "", "", "", "", "", 0, false, false};
    const struct messenger *from = result->messenger == NULL ? &none : result->messenger;
    const struct lince_record *record = result->row.record;
    run->item_count++;
    const struct consolidated_item item = {
        .file_name = result->row.file,
        .sender_id = from->sender_id,
        .sender_name = from->sender_name,
        .caption = from->caption,
        .sent_time = from->sent_time,
        .other = from->other_value,
        .arrival_number = (int64_t)(from->arrival_number > 0 ? from->arrival_number : run->item_count),
        .reference = value_of(record, "referencia"),
        .amount = value_of(record, "monto"),
        .phone = value_of(record, "telefono"),
        .concept = value_of(record, "concepto"),
        .origin_bank = value_of(record, "banco_origen"),
        .target_bank = value_of(record, "banco_destino"),
        .id_printed = printed_of(record, "cedula"),
        .date = value_of(record, "fecha"),
        .date_printed = printed_of(record, "fecha"),
        .page_text = json_string_value(json_object_get(result->tree, "text")),
        .batch_id = "Lote Individual",
        .batch_date = "",
        .words = consolidated_words_of(result->tree),
    };
    buffer_text(&run->items, run->item_count > 1 ? "," : "");
    json_append(&run->items, consolidated_record(&item));
}

/* False without memory. */
static bool sheets_write(struct fields_run *run, const struct record_row *row) {
    const char *const cells[] = {row->file, NULL};
    const struct record_rows_lead lead = {cells, true};
    return record_table_row(table_xlsx_cells(run->workbook), row, &run->meter) &&
           record_rows_write(run->rows_sheet, row->record, &lead, &run->meter);
}

void fields_write(struct fields_run *run, const struct fields_result *result) {
    const struct record_row *row = &result->row;
    struct lince_error error = LINCE_ERROR_INIT;
    struct buffer buffer;
    struct json_writer json;
    buffer_init(&buffer, &run->meter);
    error.language = run->language;
    switch (run->options->format) {
    case FORMAT_CSV:
        run->rows.refused = !record_table_row(&run->csv.table, row, &run->meter) || run->rows.refused;
        bytes_write(run, &run->rows);
        break;
    case FORMAT_XLSX:
        if (!sheets_write(run, row)) {
            run->exit_code = EXIT_CODE_MEMORY;
        } else if (table_xlsx_check(run->workbook, &error) != LINCE_OK) {
            language_complain(run->language, "%s", "%s", error.message);
            run->exit_code = EXIT_CODE_OUTPUT;
        }
        break;
    case FORMAT_CONSOLIDATED:
        consolidated_write(run, result);
        break;
    default:
        json_begin(&json, &buffer);
        object_write(&json, result, run->options->inputs);
        json_end(&json);
        buffer_append(&buffer, "\n", 1);
        bytes_write(run, &buffer);
    }
}

bool fields_open(struct fields_run *run) {
    struct messenger_extra extra;
    messenger_extra_make(NULL, &extra);
    struct lince_error error = LINCE_ERROR_INIT;
    static const char *const names[] = {"file", NULL};
    static const struct record_rows_lead lead = {names, true};
    struct csv_options csv = {run->options->mark, run->options->comma ? ',' : '.'};
    error.language = run->language;
    run->out = stdout;
    buffer_init(&run->rows, &run->meter);
    buffer_init(&run->items, &run->meter);
    if (run->options->format == FORMAT_XLSX) {
        if (table_xlsx_open(run->options->output, &run->workbook, &error) != LINCE_OK) {
            language_complain(run->language, "%s", "%s", error.message);
            return false;
        }
        record_table_head(table_xlsx_cells(run->workbook), &extra.extra);
        run->rows_sheet = table_xlsx_sheet_add(run->workbook, "items");
        if (run->rows_sheet == NULL) {
            language_complain(run->language, "no memory for the workbook %s", "no hay memoria para el libro %s",
                              run->options->output);
            (void)table_xlsx_close(run->workbook, NULL);
            return false;
        }
        record_rows_head(run->rows_sheet, &lead);
        return true;
    }
    if (run->options->output != NULL && (run->out = fopen(run->options->output, "we")) == NULL) {
        language_complain(run->language, "%s: %s", "%s: %s", run->options->output, reason_of(run->language, errno));
        return false;
    }
    if (run->options->format == FORMAT_CSV) {
        table_csv_init(&run->csv, &csv, &run->rows);
        record_table_head(&run->csv.table, &extra.extra);
        bytes_write(run, &run->rows);
    }
    return true;
}

/* Writes the whole consolidated form; its head has the number of items. */
static void consolidated_end(struct fields_run *run) {
    char when[64];
    struct timespec now;
    struct tm local;
    struct buffer buffer;
    clock_gettime(CLOCK_REALTIME, &now);
    localtime_r(&now.tv_sec, &local);
    size_t bytes = strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%S", &local);
    snprintf(when + bytes, sizeof when - bytes, ".%06ld", now.tv_nsec / 1000);
    buffer_init(&buffer, &run->meter);
    json_t *records = json_array(); /* counted and then left out: the items are already text */
    for (uint64_t i = 0; i < run->item_count; i++) {
        json_array_append_new(records, json_null());
    }
    json_t *whole = consolidated_whole("consolidado_empresarial", when, records);
    json_object_set_new(whole, "archivos_procesados", json_array());
    json_append(&buffer, whole);
    buffer.used_bytes -= buffer.refused ? 0 : strlen("]}");
    buffer_append(&buffer, run->items.bytes, run->items.used_bytes);
    buffer_text(&buffer, "]}");
    buffer_append(&buffer, "\n", 1);
    buffer.refused = buffer.refused || run->items.refused;
    bytes_write(run, &buffer);
}

void fields_close(struct fields_run *run) {
    struct lince_error error = LINCE_ERROR_INIT;
    error.language = run->language;
    bool good = true;
    if (run->options->format == FORMAT_XLSX) {
        good = table_xlsx_close(run->workbook, &error) == LINCE_OK;
    } else {
        if (run->options->format == FORMAT_CONSOLIDATED) {
            consolidated_end(run);
        }
        good = run->out == stdout ? fflush(stdout) == 0 : fclose(run->out) == 0;
    }
    buffer_free(&run->items);
    if (!good && run->exit_code == EXIT_CODE_OK) {
        language_complain(run->language, "the output could not be written", "no se pudo escribir la salida");
        run->exit_code = EXIT_CODE_OUTPUT;
    }
}
