/* review_json.c - the codes of a record's doubts as sentences. */
#include "serve/v1/review_json.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "fields/result/review_reason.h"

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
    [REASON_SEVERAL] = {"the pages are several receipts: %s differs among them",
                        "las páginas son varios recibos: %s difiere"},
};

json_t *review_json(const char *review, enum lince_language language) {
    json_t *list = json_array();
    while (*review != '\0') {
        size_t bytes = strcspn(review, " "), code_bytes = strcspn(review, ": ");
        char code[32], field[64], message[256];
        snprintf(code, sizeof code, "%.*s", (int)code_bytes, review);
        snprintf(field, sizeof field, "%.*s", code_bytes < bytes ? (int)(bytes - code_bytes - 1) : 0,
                 review + code_bytes + (code_bytes < bytes));
        snprintf(message, sizeof message, "%s: %s", code, field);
        enum review_reason reason = review_reason_of(review, code_bytes);
        if (reason < REVIEW_REASONS) {
            snprintf(message, sizeof message, in_language(language, words[reason].english, words[reason].spanish),
                     field);
        }
        json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "code", code, "field", field, "message", message));
        review += bytes + strspn(review + bytes, " ");
    }
    return list;
}
