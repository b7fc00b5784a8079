/* review_json.c - the codes of a record's doubts as sentences. */
#include "serve/v1/review_json.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"

static const struct {
    const char *code, *english, *spanish;
} words[] = {
    {"missing", "%s was not found", "no se encontró %s"},
    {"doubtful", "%s is hard to read", "%s se lee con dificultad"},
    {"pattern", "%s does not have the expected form", "%s no tiene la forma esperada"},
    {"bank", "%s is not a known bank", "%s no es un banco conocido"},
    {"two_readings", "%s can be read in two ways: day and month", "%s se puede leer de dos maneras: día y mes"},
    {"sum", "the amounts do not add up: check %s", "los montos no cuadran: revise %s"},
    {"zero", "%s is zero", "%s es cero"},
    {"unread_page", "page %s could not be read", "no se pudo leer la página %s"},
    {"several", "the pages are several receipts: %s differs among them", "las páginas son varios recibos: %s difiere"},
    {"date", "%s is impossible: check the date", "%s es imposible: revise la fecha"},
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
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            if (strcmp(words[i].code, code) == 0) {
                snprintf(message, sizeof message, in_language(language, words[i].english, words[i].spanish), field);
            }
        }
        json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "code", code, "field", field, "message", message));
        review += bytes + strspn(review + bytes, " ");
    }
    return list;
}
