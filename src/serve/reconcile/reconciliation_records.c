/* reconciliation_records.c - a reconciliation as a table (CSV, XLSX) or JSON, complete or filtered. */
#include <string.h>

#include "base/error.h"
#include "fields/values/value.h"
#include "serve/http/answer/answer_draft.h"
#include "serve/http/answer/table_answer.h"
#include "serve/http/json_set.h"
#include "serve/reconcile/reconcile.h"

enum { PAGE_ITEMS = 100 };

struct records {
    struct request *request;
    struct reconciliation reconciliation;
    struct reconciliation_filter filter;
    bool is_json; /* written into `draft`; otherwise a table */
    struct answer_draft draft;
    struct table *table;
};

static const char *word(const struct request *request, const char *name) {
    static const struct {
        const char *name, *english, *spanish;
    } words[] = {{"state", "State", "Estado"},
                 {"how", "Found by", "Encontrado por"},
                 {"decided", "Decided", "Decidido"},
                 {"difference", "Difference", "Diferencia"},
                 {"row", "Row", "Fila"},
                 {"date", "Date", "Fecha"},
                 {"amount", "Amount", "Monto"},
                 {"reference", "Reference", "Referencia"},
                 {"description", "Description", "Descripción"},
                 {"receipt_date", "Receipt's date", "Fecha del recibo"},
                 {"receipt_amount", "Receipt's amount", "Monto del recibo"},
                 {"receipt_reference", "Receipt's reference", "Referencia del recibo"},
                 {"who", "Who", "Quién"},
                 {"bank", "Bank", "Banco"},
                 {"file", "File", "Archivo"},
                 {"id", "Document", "Documento"},
                 {"note", "Note", "Nota"},
                 {"matched", "matched", "conciliado"},
                 {"proposed", "likely", "probable"},
                 {"amount_differs", "amount differs", "monto distinto"},
                 {"missing_receipt", "no receipt", "sin recibo"},
                 {"missing_line", "not in the bank", "no está en el banco"},
                 {"duplicate", "duplicate", "duplicado"},
                 {"ignored", "set aside", "apartado"},
                 {"unreadable", "not readable", "no se lee"},
                 {"other", "not compared", "no se compara"},
                 {"reference_end", "last digits", "últimas cifras"},
                 {"sum", "sum", "suma"},
                 {"likeness", "similar reference", "referencia parecida"},
                 {"hand", "by hand", "a mano"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i].name, name) == 0) {
            return in_language(request->language, words[i].english, words[i].spanish);
        }
    }
    return name;
}

static void head_write(struct records *records) {
    static const char *const names[] = {
        "state",       "how",          "decided",        "difference",        "row", "date", "amount", "reference",
        "description", "receipt_date", "receipt_amount", "receipt_reference", "who", "bank", "file",   "id",
        "note"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        table_text(records->table, TABLE_HEAD, word(records->request, names[i]), false);
    }
    table_row_end(records->table);
}

static void amount_write(struct table *table, int64_t hundredths) {
    char text[MONEY_TEXT_BYTES];
    money_text(hundredths, text);
    if (hundredths == AMOUNT_NONE) {
        table_blank(table);
    } else {
        table_text(table, TABLE_AMOUNT, text, false);
    }
}

static void blanks_write(struct table *table, int count) {
    for (int i = 0; i < count; i++) {
        table_blank(table);
    }
}

static void line_write(struct table *table, const struct reconciliation_item *item, size_t i) {
    if (i >= item->line_count) {
        blanks_write(table, 5);
        return;
    }
    const struct reconciliation_line *line = &item->lines[i];
    table_number(table, TABLE_WHOLE, line->place, false);
    table_text(table, TABLE_DATE, line->date, false);
    amount_write(table, line->amount);
    table_text(table, TABLE_TEXT, line->reference, false);
    table_text(table, TABLE_TEXT, line->description, false);
}

static void receipt_write(struct table *table, const struct reconciliation_item *item, size_t i) {
    if (i >= item->receipt_count) {
        blanks_write(table, 7);
        return;
    }
    const struct reconciliation_receipt *receipt = &item->receipts[i];
    table_text(table, TABLE_DATE, receipt->date, false);
    amount_write(table, receipt->amount);
    table_text(table, TABLE_TEXT, receipt->reference, false);
    table_text(table, TABLE_TEXT, receipt->who, false);
    table_text(table, TABLE_TEXT, receipt->bank, false);
    table_text(table, TABLE_TEXT, receipt->name, false);
    table_text(table, TABLE_TEXT, receipt->id, false);
}

/* As many rows as the larger count of movements or receipts; values of the whole item are in the first row. */
static void item_write(struct records *records, const struct reconciliation_item *item) {
    struct table *table = records->table;
    size_t count = item->line_count > item->receipt_count ? item->line_count : item->receipt_count;
    int64_t difference = 0;
    for (size_t i = 0; i < item->line_count; i++) {
        int64_t amount = item->lines[i].amount;
        difference += amount == AMOUNT_NONE ? 0 : amount < 0 ? -amount : amount;
    }
    for (size_t i = 0; i < item->receipt_count; i++) {
        difference -= item->receipts[i].amount;
    }
    for (size_t i = 0; i < count; i++) {
        table_text(table, TABLE_TEXT, word(records->request, item_state_name(item->state)), false);
        table_text(table, TABLE_TEXT, word(records->request, item_how_name(item->how)), false);
        table_number(table, TABLE_FLAG, item->is_decided, false);
        amount_write(table, i == 0 && item->line_count > 0 && item->receipt_count > 0 ? difference : AMOUNT_NONE);
        line_write(table, item, i);
        receipt_write(table, item, i);
        table_text(table, TABLE_TEXT, item->note, false);
        table_row_end(table);
    }
}

/* Writes a few items at a time, so that thousands are never in memory at once. */
static enum lince_status items_write(struct records *records) {
    struct request *request = records->request;
    struct reconciliation_item *items;
    size_t count = PAGE_ITEMS;
    enum lince_status status = LINCE_OK;
    records->filter.limit = PAGE_ITEMS;
    while (status == LINCE_OK && count == PAGE_ITEMS) {
        struct arena_mark mark = arena_mark(&request->arena);
        status = store_reconciliation_items(request->service->store, records->reconciliation.seq, &records->filter,
                                            &request->arena, &items, &count, &request->failure);
        for (size_t i = 0; i < count && status == LINCE_OK; i++) {
            records->filter.after_item = items[i].seq;
            if (records->is_json) {
                answer_draft_list_add(&records->draft, item_json(&items[i]));
            } else {
                item_write(records, &items[i]);
            }
        }
        arena_rewind(&request->arena, mark);
    }
    return status;
}

static enum lince_status table_write(void *context, struct table *table, struct table *second) {
    struct records *records = context;
    (void)second;
    records->table = table;
    head_write(records);
    return items_write(records);
}

static void answer_items(struct records *records) {
    struct request *request = records->request;
    json_t *json = reconciliation_json(request, &records->reconciliation, false);
    json_object_set_new(json, "items", json_array());
    records->is_json = true;
    answer_draft_begin(&records->draft, request);
    answer_draft_list_begin(&records->draft, json);
    if (items_write(records) != LINCE_OK) {
        answer_draft_drop(&records->draft);
        answer_failure(request);
        return;
    }
    answer_draft_list_end(&records->draft);
    answer_draft_send(&records->draft, "application/json", "reconciliation.json");
}

void reconciliation_records(struct request *request) {
    struct records records = {.request = request};
    enum table_form form;
    if (!reconciliation_find(request, &records.reconciliation) ||
        !reconciliation_filter_asked(request, &records.filter) || !table_form_asked(request, &form)) {
        return;
    }
    if (form != TABLE_JSON) {
        const struct table_answer wanted = {records.reconciliation.name, NULL, table_write, &records};
        table_answer(request, form, &wanted);
        return;
    }
    answer_items(&records);
}
