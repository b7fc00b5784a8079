/* review_json.c - the codes of a record's doubts as sentences. */
#include "serve/v1/shown/review_json.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "fields/result/review_reason.h"
#include "serve/http/json_set.h"
#include "store/parties/parties.h"

static const struct {
    const char *english, *spanish;
} words[REVIEW_REASONS] = {
    [REASON_MISSING] = {"%s was not found", "no se encontró %s"},
    [REASON_UNREAD] = {"%s has a label on the page, but its value was not found",
                       "%s tiene su rótulo en la página, pero no se encontró su valor"},
    [REASON_DOUBTFUL] = {"%s is hard to read", "%s se lee con dificultad"},
    [REASON_PATTERN] = {"%s does not have the expected form", "%s no tiene la forma esperada"},
    [REASON_BANK] = {"%s is not a known bank", "%s no es un banco conocido"},
    [REASON_TWO_READINGS] = {"%s can be read in two ways: day and month", "%s se puede leer de dos maneras: día y mes"},
    [REASON_SUM] = {"the amounts do not add up: check %s", "los montos no cuadran: revise %s"},
    [REASON_ZERO] = {"%s is zero", "%s es cero"},
    [REASON_KIND] = {"the page is of no known kind", "la página no es de ningún tipo conocido"},
    [REASON_UNREAD_PAGE] = {"page %s could not be read", "no se pudo leer la página %s"},
    [REASON_CODE] = {"the page's code and its print differ in %s",
                     "el código de la página y lo impreso difieren en %s"},
    [REASON_LINES] = {"the page has too many lines: %s in its middle were not searched for fields",
                      "la página tiene demasiadas líneas: no se buscaron campos en %s de su mitad"},
    [REASON_SEVERAL] = {"the pages are several receipts: %s differs among them",
                        "las páginas son varios recibos: %s difiere"},
    /* If the party was erased. Otherwise the sentence has both sides, see below. */
    [REASON_PARTY_NAME] = {"%s did not fit a known party, which was erased since",
                           "%s no concordaba con un tercero conocido, ya borrado"},
    [REASON_PARTY_MARK] = {"%s was never seen with a known party, which was erased since",
                           "%s nunca se vio con un tercero conocido, ya borrado"},
};

enum { CODE_BYTES = 32, FIELD_BYTES = 64, MESSAGE_BYTES = 800, SHOWN_BYTES = 120 };

/* How many bytes of a text fit in a sentence, in whole characters. */
static int shown(const char *text) {
    return (int)utf8_prefix_bytes(text, SHOWN_BYTES);
}

/* Writes the two sides of a contradiction: what the page shows, and what is known. */
static void contradiction_write(const struct party_doubt *doubt, enum lince_language language, char *message) {
    const char *value = doubt->value, *name = doubt->name, *known = doubt->known;
    if (doubt->use == PARTY_OTHER_NAME) {
        const char *by = doubt->by_value;
        snprintf(message, MESSAGE_BYTES,
                 in_language(language, "%s %.*s is known as %.*s, but the page says %.*s",
                             "%s %.*s se conoce como %.*s, pero la página dice %.*s"),
                 doubt->by_field, shown(by), by, shown(name), name, shown(value), value);
    } else if (known[0] != '\0') {
        snprintf(message, MESSAGE_BYTES,
                 in_language(language, "%s %.*s was never seen with %.*s, which is known with %.*s",
                             "%s %.*s nunca se vio con %.*s, que se conoce con %.*s"),
                 doubt->field, shown(value), value, shown(name), name, shown(known), known);
    } else {
        snprintf(message, MESSAGE_BYTES,
                 in_language(language, "%s %.*s belongs to another party than %.*s",
                             "%s %.*s es de otro tercero, no de %.*s"),
                 doubt->field, shown(value), value, shown(name), name);
    }
}

/* What on the document contradicts known parties; empty if only the reasons are known. */
struct doubts {
    struct party_doubt *items;
    size_t count;
};

static void reason_write(const struct doubts *doubts, const char *review, const char *field,
                         enum lince_language language, char message[MESSAGE_BYTES]) {
    size_t code_bytes = strcspn(review, ": ");
    enum review_reason reason = review_reason_of(review, code_bytes);
    snprintf(message, MESSAGE_BYTES, "%.*s: %s", (int)code_bytes, review, field);
    if (reason < REVIEW_REASONS) {
        snprintf(message, MESSAGE_BYTES, in_language(language, words[reason].english, words[reason].spanish), field);
    }
    bool is_of_party = reason == REASON_PARTY_NAME || reason == REASON_PARTY_MARK;
    for (size_t i = 0; i < doubts->count && is_of_party; i++) {
        if (strcmp(doubts->items[i].field, field) == 0) {
            contradiction_write(&doubts->items[i], language, message);
        }
    }
}

static json_t *reasons_write(const char *review, const struct doubts *doubts, enum lince_language language) {
    json_t *list = json_array();
    while (*review != '\0') {
        size_t bytes = strcspn(review, " "), code_bytes = strcspn(review, ": ");
        char code[CODE_BYTES], field[FIELD_BYTES], message[MESSAGE_BYTES];
        json_t *reason = json_object();
        snprintf(code, sizeof code, "%.*s", (int)code_bytes, review);
        snprintf(field, sizeof field, "%.*s", code_bytes < bytes ? (int)(bytes - code_bytes - 1) : 0,
                 review + code_bytes + (code_bytes < bytes));
        reason_write(doubts, review, field, language, message);
        json_set_text(reason, "code", code);
        json_set_text(reason, "field", field);
        json_set_text(reason, "message", message);
        json_array_append_new(list, reason);
        review += bytes + strspn(review + bytes, " ");
    }
    return list;
}

json_t *review_json(const char *review, enum lince_language language) {
    const struct doubts none = {NULL, 0};
    return reasons_write(review, &none, language);
}

/* Only a document whose reasons name parties is looked up. */
json_t *review_json_of(struct request *request, const struct document *document) {
    struct doubts doubts = {NULL, 0};
    if (strstr(document->review, "party_") != NULL &&
        store_party_doubts(request->service->store, document->seq, &request->arena, &doubts.items, &doubts.count,
                           &request->failure) != LINCE_OK) {
        doubts.count = 0;
    }
    return reasons_write(document->review, &doubts, request->language);
}
