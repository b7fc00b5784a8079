/* field_catalogue.c - GET /v1/fields: all fields with type and names, and the banks by code. */
#include <stdio.h>
#include <string.h>

#include "base/fold.h"
#include "fields/countries/country.h"
#include "fields/records.h"
#include "serve/v1/handlers.h"

/* In the order in which a person reads them. A user's own layouts may have other fields. */
static const struct known_field {
    const char *name, *type, *english, *spanish;
    bool is_of_payments, is_of_sales;
} known_fields[] = {
    {"beneficiario", "name", "Payee", "Beneficiario", true, false},
    {"company", "company", "Seller", "Vendedor", false, true},
    {"company_id", "id", "Tax number of the seller", "RIF del vendedor", false, true},
    {"address", "address", "Address", "Dirección", false, true},
    {"seller_phone", "phone", "Phone of the seller", "Teléfono del vendedor", false, true},
    {"buyer", "name", "Buyer", "Comprador", false, true},
    {"buyer_id", "id", "ID of the buyer", "Cédula o RIF del comprador", false, true},
    {"monto", "money", "Amount", "Monto", true, false},
    {"total", "money", "Total", "Total", true, true},
    {"moneda", "currency", "Currency", "Moneda", true, false},
    {"currency", "currency", "Currency", "Moneda", false, true},
    {"tax", "money", "Tax", "Impuesto", false, true},
    {"fecha", "date", "Date", "Fecha", true, false},
    {"date", "date", "Date", "Fecha", false, true},
    {"due_date", "date", "Due on", "Vence el", false, true},
    {"time", "time", "Time", "Hora", false, true},
    {"hora", "time", "Time", "Hora", true, false},
    {"referencia", "reference", "Reference", "Referencia", true, false},
    {"banco_destino", "bank", "Bank of the payee", "Banco del beneficiario", true, false},
    {"cedula", "id", "ID of the payee", "Cédula o RIF", true, false},
    {"telefono", "phone", "Phone of the payee", "Teléfono", true, false},
    {"cuenta_destino", "account", "Account of the payee", "Cuenta de destino", true, false},
    {"concepto", "text", "Concept", "Concepto", true, false},
    {"pagador", "name", "Payer", "Pagador", true, false},
    {"banco_origen", "bank", "Bank of the payer", "Banco de origen", true, false},
    {"cedula_origen", "id", "ID of the payer", "Cédula del pagador", true, false},
    {"telefono_origen", "phone", "Phone of the payer", "Teléfono del pagador", true, false},
    {"cuenta_origen", "account", "Account of the payer", "Cuenta de origen", true, false},
    {"clave_destino", "text", "Key of the payee", "Llave o alias", true, false},
    {"correo", "email", "E-mail of the payee", "Correo del beneficiario", true, false},
    {"zona_horaria", "zone", "Time zone", "Zona horaria", true, false},
    {"tasa_cambio", "rate", "Exchange rate", "Tasa de cambio", true, false},
    {"segundo_monto", "money", "Amount in another currency", "Monto en otra moneda", true, false},
    {"segunda_moneda", "currency", "Other currency", "Otra moneda", true, false},
    {"comision", "money", "Fee", "Comisión", true, false},
    {"autorizacion", "reference", "Authorisation", "Autorización", true, false},
    {"otro_numero", "reference", "Another number", "Otro número", true, false},
    {"receipt_number", "text", "Number", "Número", false, true},
    {"control_number", "reference", "Control number", "Número de control", false, true},
    {"subtotal", "money", "Subtotal", "Subtotal", false, true},
    {"exempt", "money", "Exempt amount", "Monto exento", false, true},
    {"discount", "money", "Discount", "Descuento", false, true},
    {"service", "money", "Service charge", "Servicio", false, true},
    {"tip", "money", "Tip", "Propina", false, true},
    {"rounding", "money", "Rounding", "Redondeo", false, true},
    {"paid", "money", "Paid", "Pagado", false, true},
    {"change", "money", "Change", "Vuelto", false, true},
    {"exchange_rate", "rate", "Exchange rate", "Tasa de cambio", false, true},
    {"second_total", "money", "Total in another currency", "Total en otra moneda", false, true},
    {"second_currency", "currency", "Other currency", "Otra moneda", false, true},
    {"category", "text", "Category as printed", "Rubro impreso", false, true},
    {"quantity", "money", "Number of items", "Cantidad de artículos", false, true},
    {"points", "money", "Points", "Puntos", false, true},
    {"date_of_use", "date", "Date of use", "Fecha de uso", false, true},
    {"point_of_sale", "text", "Point of sale", "Punto de venta", false, true},
    {"terms", "text", "Terms", "Condiciones", false, true},
    {"generation_code", "text", "Generation code", "Código de generación", false, true},
    {"other_document", "text", "Other document", "Otro documento", false, true},
    {"items", "items", "Items", "Artículos", false, true},
    {"taxes", "taxes", "Taxes", "Impuestos", false, true},
    {"withheld", "taxes", "Withheld", "Retenciones", false, true},
    {"payments", "payments", "Payments", "Pagos", false, true},
    {"contrato", "reference", "Contract", "Contrato", true, false},
    {"otros_montos", "text", "Other amounts", "Otros montos", true, false},
    {"fecha_impresion", "date", "Date of printing", "Fecha de impresión", true, false},
};

enum { KNOWN_FIELDS = sizeof known_fields / sizeof *known_fields };

static json_t *field_json(const struct known_field *field) {
    json_t *json = json_pack("{s:s, s:s, s:{s:s, s:s}, s:[]}", "name", field->name, "type", field->type, "label", "en",
                             field->english, "es", field->spanish, "kinds");
    json_t *kinds = json_object_get(json, "kinds");
    if (field->is_of_payments) {
        json_array_append_new(kinds, json_string("payment"));
    }
    if (field->is_of_sales) {
        json_array_append_new(kinds, json_string("sale"));
    }
    return json;
}

static json_t *banks_json(const struct country_set *set) {
    json_t *banks = json_array();
    for (size_t i = 0; i < set->count; i++) {
        const struct country *country = &set->countries[i];
        for (size_t j = 0; j < country->bank_count; j++) {
            json_array_append_new(banks, json_pack("{s:s, s:s, s:s}", "country", country->code, "code",
                                                   country->banks[j].code, "name", country->banks[j].name));
        }
    }
    return banks;
}

void fields_get(struct request *request) {
    json_t *json = json_pack("{s:[], s:o}", "fields", "banks",
                             banks_json(layouts_countries(request->service->layout_names.layouts)));
    for (size_t i = 0; i < KNOWN_FIELDS; i++) {
        json_array_append_new(json_object_get(json, "fields"), field_json(&known_fields[i]));
    }
    answer_json(request, 200, json);
}

/* ---- mistyped names ---- */

/* Whether the first bytes of the name are that of a known field. */
static bool is_listed(const char *name, size_t bytes) {
    for (size_t i = 0; i < KNOWN_FIELDS; i++) {
        if (strlen(known_fields[i].name) == bytes && memcmp(known_fields[i].name, name, bytes) == 0) {
            return true;
        }
    }
    return false;
}

bool field_catalogue_has(const struct request *request, const char *name) {
    const struct layout_names *layouts = &request->service->layout_names;
    bool is_known = is_listed(name, strlen(name));
    for (size_t i = 0; i < layouts->field_count && !is_known; i++) {
        is_known = strcmp(layouts->fields[i].name, name) == 0;
    }
    return is_known;
}

enum { NEAREST_MOST = 3, DISTANCE_MOST = 3, LABEL_BYTES = 64 };

/* The known names that are most like another, the nearest first. */
struct nearest {
    unsigned distance_most;
    const char *names[NEAREST_MOST];
    unsigned distances[NEAREST_MOST];
    size_t count;
};

/* How many letters of a name may be wrong. With more, short words would be taken for others: "notas" for "total". */
static unsigned distance_most(size_t bytes) {
    return bytes < 6 ? 1 : bytes < 10 ? 2 : DISTANCE_MOST;
}

/* Whether the texts, of one length, differ by two neighbours that changed places. */
static bool is_swapped(const char *left, const char *right) {
    size_t at = 0;
    while (left[at] != '\0' && left[at] == right[at]) {
        at++;
    }
    return left[at] != '\0' && left[at + 1] != '\0' && left[at] == right[at + 1] && left[at + 1] == right[at] &&
           strcmp(left + at + 2, right + at + 2) == 0;
}

/* The edit distance of two names, or of a name and a label, whose spaces are like "_"; case does not count. */
static unsigned name_distance(const char *asked, const char *known) {
    char texts[2][LABEL_BYTES];
    const char *const from[2] = {asked, known};
    size_t bytes[2];
    for (size_t i = 0; i < 2; i++) {
        bytes[i] = strnlen(from[i], LABEL_BYTES - 1);
        for (size_t j = 0; j < bytes[i]; j++) {
            char c = from[i][j];
            texts[i][j] = (char)(c == ' ' ? '_' : c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
        }
        texts[i][bytes[i]] = '\0';
    }
    return bytes[0] == bytes[1] && is_swapped(texts[0], texts[1])
               ? 1
               : fold_distance(texts[0], bytes[0], texts[1], bytes[1], DISTANCE_MOST);
}

static void nearest_add(struct nearest *nearest, const char *name, unsigned distance) {
    for (size_t i = 0; i < nearest->count; i++) {
        if (strcmp(nearest->names[i], name) == 0) {
            return;
        }
    }
    size_t place = nearest->count;
    while (place > 0 && nearest->distances[place - 1] > distance) {
        place--;
    }
    if (distance > nearest->distance_most || place == NEAREST_MOST) {
        return;
    }
    nearest->count += nearest->count < NEAREST_MOST;
    for (size_t i = nearest->count - 1; i > place; i--) {
        nearest->names[i] = nearest->names[i - 1];
        nearest->distances[i] = nearest->distances[i - 1];
    }
    nearest->names[place] = name;
    nearest->distances[place] = distance;
}

/* People also write the label that the page shows. */
static struct nearest nearest_find(const struct request *request, const char *name) {
    const struct layout_names *layouts = &request->service->layout_names;
    struct nearest nearest = {.distance_most = distance_most(strlen(name))};
    for (size_t i = 0; i < KNOWN_FIELDS; i++) {
        const char *const words[] = {known_fields[i].name, known_fields[i].english, known_fields[i].spanish};
        unsigned least = DISTANCE_MOST + 1;
        for (size_t j = 0; j < sizeof words / sizeof *words; j++) {
            unsigned distance = name_distance(name, words[j]);
            least = distance < least ? distance : least;
        }
        nearest_add(&nearest, known_fields[i].name, least);
    }
    for (size_t i = 0; i < layouts->field_count; i++) {
        nearest_add(&nearest, layouts->fields[i].name, name_distance(name, layouts->fields[i].name));
    }
    return nearest;
}

/* Whether it is a known name with a number behind it: "monto2" is a second one, and no slip. */
static bool is_numbered(const char *name) {
    size_t bytes = strlen(name), kept = bytes;
    while (kept > 0 && name[kept - 1] >= '0' && name[kept - 1] <= '9') {
        kept--;
    }
    bool numbered = kept < bytes;
    kept -= kept > 0 && name[kept - 1] == '_' ? 1 : 0;
    return numbered && is_listed(name, kept);
}

bool field_catalogue_check_own(struct request *request, const char *name) {
    if (is_numbered(name)) {
        return true;
    }
    struct nearest nearest = nearest_find(request, name);
    char list[NEAREST_MOST * (LABEL_BYTES + 2)] = "";
    size_t used = 0;
    for (size_t i = 0; i < nearest.count; i++) {
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%.*s", i > 0 ? ", " : "", LABEL_BYTES,
                                 nearest.names[i]);
    }
    if (nearest.count > 0) {
        answer_problem(request, PROBLEM_INVALID, "%.64s is no known field and almost one; use %s, or a name unlike it",
                       "%.64s no es un campo conocido, pero casi; use %s, o un nombre que no se le parezca", name,
                       list);
    }
    return nearest.count == 0;
}
