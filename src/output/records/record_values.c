/* record_values.c - the English names of fields, and the rows of a sale as objects. */
#include "output/records/record_values.h"

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "output/writers/json_writer.h"

/* "amount" for "monto". A name without an English one is returned as it is. */
static const char *english_name(const char *name) {
    static const struct {
        const char *name, *english;
    } names[] = {
        {"monto", "amount"},
        {"moneda", "currency"},
        {"referencia", "reference"},
        {"fecha", "date"},
        {"hora", "time"},
        {"comision", "fee"},
        {"concepto", "concept"},
        {"beneficiario", "payee"},
        {"cedula", "payee_id"},
        {"telefono", "payee_phone"},
        {"banco_destino", "payee_bank"},
        {"cuenta_destino", "payee_account"},
        {"pagador", "payer"},
        {"cedula_origen", "payer_id"},
        {"telefono_origen", "payer_phone"},
        {"banco_origen", "payer_bank"},
        {"cuenta_origen", "payer_account"},
        {"clave_destino", "payee_key"},
        {"correo", "payee_email"},
        {"zona_horaria", "time_zone"},
        {"tasa_cambio", "exchange_rate"},
        {"segundo_monto", "second_amount"},
        {"segunda_moneda", "second_currency"},
        {"company", "seller"},
        {"company_id", "seller_id"},
        {"address", "seller_address"},
        {"receipt_number", "number"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i].name, name) == 0) {
            return names[i].english;
        }
    }
    return name;
}

const struct row_shape *record_row_shape(const char *name) {
    static const struct row_shape shapes[] = {
        {"items", "item", {"description", "quantity", "amount", "unit_price", "code", "unit", "discount", "rate"}},
        {"taxes", "tax", {"name", "rate", "base", "amount"}},
        {"withheld", "withheld", {"name", "rate", "base", "amount"}},
        {"payments", "payment", {"means", "amount"}},
    };
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        if (strcmp(shapes[i].name, name) == 0) {
            return &shapes[i];
        }
    }
    return NULL;
}

bool record_cell_next(const char **value, struct buffer *cell, bool *ends) {
    if (**value == '\0') {
        return false;
    }
    size_t bytes = strcspn(*value, "\t\n");
    char after = (*value)[bytes];
    buffer_clear(cell);
    buffer_append(cell, *value, bytes);
    buffer_append(cell, "", 1);
    *ends = after != '\t';
    *value += bytes + (after != '\0');
    return !cell->refused;
}

static void rows_member(struct json_writer *json, const struct row_shape *shape, const char *value) {
    struct buffer cell;
    bool ends = true;
    size_t column = 0;
    buffer_init(&cell, json->buffer->meter);
    json_array_open(json, shape->name);
    while (record_cell_next(&value, &cell, &ends)) {
        if (column == 0) {
            json_object_open(json, NULL);
        }
        bool known = column + 1 < sizeof shape->columns / sizeof *shape->columns && shape->columns[column] != NULL;
        if (known && cell.bytes[0] != '\0') {
            json_text(json, shape->columns[column], cell.bytes);
        }
        column = ends ? 0 : column + 1;
        if (ends) {
            json_object_close(json);
        }
    }
    if (!ends) { /* refused, or a value that ends with a tab */
        json_object_close(json);
    }
    json_array_close(json);
    json->buffer->refused = json->buffer->refused || cell.refused;
    buffer_free(&cell);
}

/* Writes a member about a value, such as "payee_id_type". Nothing for NULL. */
static void note_member(struct json_writer *json, const char *name, const char *what, const char *text) {
    char key[96];
    if (text != NULL && snprintf(key, sizeof key, "%s_%s", english_name(name), what) < (int)sizeof key) {
        json_text(json, key, text);
    }
}

void record_values_one(struct json_writer *json, const char *name, const char *value, const char *kind,
                       const char *bank) {
    const struct row_shape *shape = record_row_shape(name);
    if (shape != NULL) {
        rows_member(json, shape, value);
        return;
    }
    json_text(json, english_name(name), value);
    note_member(json, name, "type", kind);
    note_member(json, name, "name", bank);
}

void record_values_member(struct json_writer *json, const struct lince_record *record) {
    json_object_open(json, "values");
    for (size_t i = 0; i < lince_record_field_count(record); i++) {
        const struct lince_field *field = lince_record_field(record, i);
        bool bank = strcmp(field->type, "bank") == 0;
        record_values_one(json, field->name, field->value, bank ? NULL : field->meaning, bank ? field->meaning : NULL);
    }
    json_object_close(json);
}
