/* field_catalogue.c - GET /v1/fields: all fields with type and names, and the banks by code. */
#include <stdio.h>

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
    for (size_t i = 0; i < sizeof known_fields / sizeof *known_fields; i++) {
        json_array_append_new(json_object_get(json, "fields"), field_json(&known_fields[i]));
    }
    answer_json(request, 200, json);
}
