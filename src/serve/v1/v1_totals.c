/* v1_totals.c - GET /v1/documents/totals: the sums over the documents of a list. */
#include "fields/values/value.h"
#include "serve/http/json_set.h"
#include "serve/v1/handlers.h"

/* Amounts are texts with a point before the cents, as in the fields. */
static json_t *totals_json(const struct total *totals, size_t count, bool tells_bank, bool tells_day) {
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        char amount[MONEY_TEXT_BYTES];
        json_t *one = json_object();
        money_text(totals[i].hundredths, amount);
        if (tells_bank) {
            json_set_text(one, "bank", totals[i].bank);
        }
        if (tells_day) {
            json_set_text(one, "day", totals[i].day);
        }
        json_set_text(one, "currency", totals[i].currency);
        json_set_text(one, "amount", amount);
        json_object_set_new(one, "count", json_integer((json_int_t)totals[i].count));
        json_array_append_new(list, one);
    }
    return list;
}

void documents_totals(struct request *request) {
    struct document_filter filter = DOCUMENT_FILTER_ANY;
    struct totals totals;
    if (!documents_filter(request, &filter)) {
        return;
    }
    if (store_totals(request->service->store, &filter, &request->arena, &totals, &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    json_t *json = json_object();
    json_object_set_new(json, "count", json_integer((json_int_t)totals.count));
    json_object_set_new(json, "needs_review", json_integer((json_int_t)totals.needs_review));
    json_object_set_new(json, "amounts", totals_json(totals.currencies, totals.currency_count, false, false));
    json_object_set_new(json, "banks", totals_json(totals.banks, totals.bank_count, true, false));
    json_object_set_new(json, "days", totals_json(totals.days, totals.day_count, false, true));
    answer_json(request, 200, json);
}
