/* record_csv.c - records as comma-separated values by RFC 4180, and the columns that all tables share. */
#include <assert.h>
#include <string.h>

#include "base/buffer.h"
#include "output/output.h"
#include "output/record_table.h"

const char *const record_columns[RECORD_COLUMN_COUNT + 1] = {
    "monto",        "moneda",        "referencia",   "fecha",    "hora",     "cedula",        "telefono",
    "banco_origen", "banco_destino", "beneficiario", "concepto", "comision", "cuenta_origen", "cuenta_destino",
    "company",      "date",          "address",      "total",    "currency", "tax",           "receipt_number",
    "items",        "subtotal",      "discount",     NULL};

static bool has_column(const char *name) {
    for (size_t i = 0; record_columns[i] != NULL; i++) {
        if (strcmp(record_columns[i], name) == 0) {
            return true;
        }
    }
    return false;
}

void record_rest(const struct lince_record *record, struct buffer *buffer) {
    bool first = true;
    for (size_t i = 0; i < lince_record_field_count(record); i++) {
        const struct lince_field *field = lince_record_field(record, i);
        if (!has_column(field->name)) {
            buffer_text(buffer, first ? "" : "; ");
            buffer_text(buffer, field->name);
            buffer_text(buffer, "=");
            buffer_text(buffer, field->value);
            first = false;
        }
    }
}

void record_reasons(const struct lince_record *record, struct buffer *buffer) {
    for (size_t i = 0; i < lince_record_reason_count(record); i++) {
        buffer_text(buffer, i == 0 ? "" : " ");
        buffer_text(buffer, lince_record_reason(record, i));
    }
}

double record_least_confidence(const struct lince_record *record) {
    double least = 1;
    for (size_t i = 0; i < lince_record_field_count(record); i++) {
        double here = lince_record_field(record, i)->confidence;
        least = here < least ? here : least;
    }
    return least;
}

struct csv {
    struct buffer *buffer;
    const struct csv_options *options;
    bool inside; /* a value was written in this row */
};

static void part(struct csv *csv) {
    if (csv->inside) {
        buffer_append(csv->buffer, csv->options->decimal == ',' ? ";" : ",", 1);
    }
    csv->inside = true;
}

/* In quotes where the text has any of the signs that mean something, or spaces that a reader might drop. */
static void cell(struct csv *csv, const char *text) {
    size_t bytes = strlen(text);
    bool quoted = strpbrk(text, ",;\"\r\n\t") != NULL || (bytes > 0 && (text[0] == ' ' || text[bytes - 1] == ' '));
    part(csv);
    if (!quoted) {
        buffer_append(csv->buffer, text, bytes);
        return;
    }
    buffer_append(csv->buffer, "\"", 1);
    for (; *text != '\0'; text++) {
        buffer_append(csv->buffer, *text == '"' ? "\"\"" : text, *text == '"' ? 2 : 1);
    }
    buffer_append(csv->buffer, "\"", 1);
}

static void row_end(struct csv *csv) {
    buffer_append(csv->buffer, "\r\n", 2);
    csv->inside = false;
}

/* Amounts are numbers, with the decimal sign that was asked for. */
static void field_cell(struct csv *csv, const struct lince_field *field) {
    char number[64];
    if (field == NULL) {
        cell(csv, "");
        return;
    }
    size_t bytes = strlen(field->value);
    if (strcmp(field->type, "money") != 0 || bytes >= sizeof number) {
        cell(csv, field->value);
        return;
    }
    memcpy(number, field->value, bytes + 1);
    char *point = strchr(number, '.');
    if (point != NULL) {
        *point = csv->options->decimal;
    }
    part(csv);
    buffer_append(csv->buffer, number, bytes);
}

static void buffer_cell(struct csv *csv, const struct lince_record *record,
                        void (*write)(const struct lince_record *record, struct buffer *buffer)) {
    struct buffer text;
    buffer_init(&text, csv->buffer->meter);
    write(record, &text);
    buffer_append(&text, "", 1);
    csv->buffer->refused = csv->buffer->refused || text.refused;
    cell(csv, text.refused ? "" : text.bytes);
    buffer_free(&text);
}

static void messenger_cells(struct csv *csv, const struct messenger *messenger) {
    static const struct messenger none = {"", "", "", "", "", "", "", 0, false, false};
    const struct messenger *from = messenger == NULL ? &none : messenger;
    cell(csv, from->draw_date);
    cell(csv, from->draw_number);
    cell(csv, from->sender_id);
    cell(csv, from->sender_name);
    cell(csv, from->sent_time);
    cell(csv, from->caption);
    cell(csv, from->other_value);
    part(csv);
    if (from->arrival_number > 0) {
        buffer_format(csv->buffer, "%llu", (unsigned long long)from->arrival_number);
    }
}

void record_csv_head(const struct csv_options *options, struct buffer *buffer) {
    static const char *const behind[] = {"other_fields", "needs_review", "review_reasons", "confidence",  "error",
                                         "draw_date",    "draw_number",  "sender_id",      "sender_name", "sent_time",
                                         "caption",      "other_value",  "arrival_number", NULL};
    struct csv csv = {buffer, options, false};
    assert(options->decimal == '.' || options->decimal == ',');
    if (options->byte_order_mark) {
        buffer_append(buffer, "\xEF\xBB\xBF", 3);
    }
    cell(&csv, "file");
    cell(&csv, "tipo");
    for (size_t i = 0; record_columns[i] != NULL; i++) {
        cell(&csv, record_columns[i]);
    }
    for (size_t i = 0; behind[i] != NULL; i++) {
        cell(&csv, behind[i]);
    }
    row_end(&csv);
}

static void real_cell(struct csv *csv, double value) {
    char number[32];
    struct buffer text;
    buffer_init(&text, csv->buffer->meter);
    buffer_real(&text, value, CONFIDENCE_DECIMALS);
    size_t bytes = text.used_bytes < sizeof number ? text.used_bytes : sizeof number - 1;
    if (!text.refused) {
        memcpy(number, text.bytes, bytes);
    }
    number[text.refused ? 0 : bytes] = '\0';
    csv->buffer->refused = csv->buffer->refused || text.refused;
    buffer_free(&text);
    char *point = strchr(number, '.');
    if (point != NULL) {
        *point = csv->options->decimal;
    }
    part(csv);
    buffer_text(csv->buffer, number);
}

void record_csv_row(const struct csv_options *options, const struct record_row *row, struct buffer *buffer) {
    struct csv csv = {buffer, options, false};
    const struct lince_record *record = row->record;
    const char *layout = record == NULL ? NULL : lince_record_layout(record);
    cell(&csv, row->file);
    cell(&csv, layout == NULL ? "" : layout);
    for (size_t i = 0; record_columns[i] != NULL; i++) {
        field_cell(&csv, record == NULL ? NULL : lince_record_find(record, record_columns[i]));
    }
    if (record == NULL) {
        cell(&csv, "");
        cell(&csv, "true");
        cell(&csv, "");
        cell(&csv, "");
        cell(&csv, row->error == NULL ? "" : row->error->message);
    } else {
        buffer_cell(&csv, record, record_rest);
        cell(&csv, lince_record_reason_count(record) > 0 ? "true" : "false");
        buffer_cell(&csv, record, record_reasons);
        real_cell(&csv, record_least_confidence(record));
        cell(&csv, "");
    }
    messenger_cells(&csv, row->messenger);
    row_end(&csv);
}
