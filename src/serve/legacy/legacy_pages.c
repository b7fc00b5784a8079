/*
 * legacy_pages.c - the manual at the earlier service's addresses, made from the table of paths, and the service's
 * rules.
 */
#include <string.h>

#include "base/error.h"
#include "serve/http/json_set.h"
#include "serve/legacy/legacy_handlers.h"
#include "serve/legacy/legacy_json.h"

/* The paths with that prefix, from the service's own tables. */
static void rows_append(struct buffer *text, const struct route_table *table, const char *prefix) {
    while (strcmp(table->prefix, prefix) != 0) {
        table++;
    }
    for (const struct route *route = table->routes; route->method != NULL; route++) {
        buffer_format(text, "<tr><td>%s</td><td><code>%s</code></td></tr>\n", route->method, route->pattern);
    }
}

void legacy_manual(struct request *request) {
    struct buffer text;
    buffer_init(&text, &request->service->requests);
    buffer_format(&text,
                  "<!doctype html>\n<html lang=\"%s\">\n<head><meta charset=\"utf-8\"><title>Lince</title></head>\n"
                  "<body>\n<h1>Lince</h1>\n<p>%s</p>\n<table>\n",
                  request->language == LINCE_SPANISH ? "es" : "en",
                  in_language(request->language,
                              "The paths of the earlier service are served with their names and shapes; {} is an "
                              "identifier. The new ones are described in <a href=\"/openapi.json\">OpenAPI 3.1</a>. "
                              "The page is at <a href=\"/\">/</a>.",
                              "Las rutas del servicio anterior se sirven con sus nombres y formas; {} es un "
                              "identificador. Las nuevas están descritas en <a href=\"/openapi.json\">OpenAPI 3.1</a>. "
                              "La página está en <a href=\"/\">/</a>."));
    rows_append(&text, request->service->routes, "/api/");
    rows_append(&text, request->service->routes, "/v1/");
    buffer_text(&text, "</table>\n</body>\n</html>\n");
    if (text.refused) {
        answer_problem(request, PROBLEM_MEMORY, "no memory for the manual", "no hay memoria para el manual");
    } else {
        answer_bytes(request, 200, "text/html; charset=utf-8", text.bytes, text.used_bytes);
    }
    buffer_free(&text);
}

void legacy_extraction_rules(struct request *request) {
    const struct layout_names *layouts = &request->service->layout_names;
    json_t *rules = json_array(), *json = legacy_answer("success", "exitoso", "Reglas de extracción");
    for (size_t i = 0; i < layouts->count; i++) {
        json_t *item = json_object();
        json_set_text(item, "name", layouts->names[i]);
        json_set_text(item, "title", layouts->titles[i]);
        json_array_append_new(rules, item);
    }
    json_object_set_new(json, "total_rules", json_integer((json_int_t)layouts->count));
    json_object_set_new(json, "rules", rules);
    answer_json(request, 200, json);
}
