/* record_table.c - records as rows of a table. */
#include "output/records/record_table.h"

#include <string.h>

#include "base/buffer.h"
#include "fields/result/review_reason.h"
#include "output/records/record_values.h"

enum { DOUBT_PERCENT = 80 }; /* values with lower confidence are marked */

static const char *const columns[] = {"monto",
                                      "moneda",
                                      "referencia",
                                      "fecha",
                                      "hora",
                                      "cedula",
                                      "telefono",
                                      "banco_origen",
                                      "banco_destino",
                                      "beneficiario",
                                      "concepto",
                                      "comision",
                                      "cuenta_origen",
                                      "cuenta_destino",
                                      "company",
                                      "date",
                                      "address",
                                      "total",
                                      "currency",
                                      "tax",
                                      "receipt_number",
                                      "items",
                                      "subtotal",
                                      "discount",
                                      "taxes",
                                      "withheld",
                                      "payments",
                                      "pagador",
                                      "cedula_origen",
                                      "telefono_origen",
                                      "clave_destino",
                                      "correo",
                                      NULL};

static bool has_column(const char *name) {
    for (size_t i = 0; columns[i] != NULL; i++) {
        if (strcmp(columns[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static void rest_join(const struct record_row *row, struct buffer *buffer) {
    const struct lince_record *record = row->record;
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

static void reasons_join(const struct record_row *row, struct buffer *buffer) {
    size_t count = lince_record_reason_count(row->record);
    for (size_t i = 0; i < count; i++) {
        buffer_text(buffer, i == 0 ? "" : " ");
        buffer_text(buffer, lince_record_reason(row->record, i));
    }
    for (size_t i = 0; i < row->unread_count; i++) {
        buffer_format(buffer, "%s%s:%u", i + count == 0 ? "" : " ", review_reason_name(REASON_UNREAD_PAGE),
                      row->unread[i]);
    }
}

static double least_confidence(const struct lince_record *record) {
    double least = 1;
    for (size_t i = 0; i < lince_record_field_count(record); i++) {
        double here = lince_record_field(record, i)->confidence;
        least = here < least ? here : least;
    }
    return least;
}

/* ---- the row ---- */

static enum table_kind kind_of(const struct lince_field *field) {
    static const struct {
        const char *type;
        enum table_kind kind;
    } kinds[] = {{"money", TABLE_AMOUNT}, {"date", TABLE_DATE}, {"time", TABLE_TIME}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(field->type, kinds[i].type) == 0) {
            return kinds[i].kind;
        }
    }
    return TABLE_TEXT; /* also for ids and references, so that no zero is lost */
}

static void field_cell(struct table *table, const struct lince_field *field) {
    if (field == NULL) {
        table_blank(table);
    } else {
        table_text(table, kind_of(field), field->value, field->confidence * 100 < DOUBT_PERCENT);
    }
}

/* False without memory. */
static bool joined_cell(struct table *table, const struct record_row *row, struct meter *meter,
                        void (*join)(const struct record_row *row, struct buffer *buffer)) {
    struct buffer text;
    buffer_init(&text, meter);
    join(row, &text);
    buffer_append(&text, "", 1);
    bool is_whole = !text.refused;
    table_text(table, TABLE_TEXT, is_whole ? text.bytes : "", false);
    buffer_free(&text);
    return is_whole;
}

/* The page's kind, the direction of the payment, and the country. */
static void what_cells(struct table *table, const struct lince_record *record) {
    const char *direction = record == NULL ? NULL : lince_record_direction(record);
    const char *country = record == NULL ? NULL : lince_record_country(record);
    table_text(table, TABLE_TEXT, record == NULL ? "" : lince_record_kind(record), false);
    table_text(table, TABLE_TEXT, direction == NULL ? "" : direction, false);
    table_text(table, TABLE_TEXT, country == NULL ? "" : country, false);
}

void record_table_head(struct table *table, const struct extra *extra) {
    static const char *const behind[] = {"other_fields", "needs_review", "review_reasons", "confidence", "error",
                                         "kind",         "direction",    "country",        NULL};
    table_text(table, TABLE_HEAD, "file", false);
    table_text(table, TABLE_HEAD, "tipo", false);
    for (size_t i = 0; columns[i] != NULL; i++) {
        table_text(table, TABLE_HEAD, columns[i], false);
    }
    for (size_t i = 0; behind[i] != NULL; i++) {
        table_text(table, TABLE_HEAD, behind[i], false);
    }
    extra_head(table, extra);
    table_text(table, TABLE_HEAD, "page", false); /* at the end: columns keep their places */
    table_row_end(table);
}

bool record_table_row(struct table *table, const struct record_row *row, struct meter *meter) {
    const struct lince_record *record = row->record;
    bool is_whole = true;
    table_text(table, row->is_upload ? TABLE_TEXT : TABLE_FILE, row->file, false);
    table_text(table, TABLE_TEXT, record == NULL ? "" : lince_record_layout(record), false);
    for (size_t i = 0; columns[i] != NULL; i++) {
        field_cell(table, record == NULL ? NULL : lince_record_find(record, columns[i]));
    }
    if (record == NULL) {
        table_blank(table);
        table_number(table, TABLE_FLAG, 1, true);
        table_blank(table);
        table_blank(table);
        table_text(table, TABLE_TEXT, row->error == NULL ? "" : row->error->message, true);
    } else {
        bool needs_review = lince_record_reason_count(record) > 0 || row->unread_count > 0;
        is_whole = joined_cell(table, row, meter, rest_join);
        table_number(table, TABLE_FLAG, needs_review, needs_review);
        is_whole = joined_cell(table, row, meter, reasons_join) && is_whole;
        table_number(table, TABLE_REAL, least_confidence(record), false);
        table_blank(table);
    }
    what_cells(table, record);
    extra_cells(table, row->extra);
    if (row->page > 0) {
        table_number(table, TABLE_WHOLE, row->page, false);
    } else {
        table_blank(table);
    }
    table_row_end(table);
    return is_whole;
}
