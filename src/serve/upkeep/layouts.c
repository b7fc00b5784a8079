/* layouts.c - a layout's text (GET /v1/layouts/{}), and whether another one is right (POST /v1/layouts/check). */
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "fields/layouts/layout.h"
#include "serve/http/json_set.h"
#include "serve/upkeep/upkeep.h"

static const struct layout_text *builtin_find(const char *name) {
    for (size_t i = 0; i < layout_builtin_count; i++) {
        if (strcmp(layout_builtin[i].name, name) == 0) {
            return &layout_builtin[i];
        }
    }
    return NULL;
}

static void file_answer(struct request *request, const char *path) {
    struct file_bytes file = {0};
    if (file_read(path, &request->service->requests, &file, &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    answer_bytes(request, 200, "application/json", file.bytes, file.count);
    meter_free(file.bytes);
}

void layout_get(struct request *request) {
    const struct lince_layouts *layouts = request->service->layout_names.layouts;
    const char *name = request->parameters[0];
    for (size_t i = 0; i < lince_layouts_count(layouts); i++) {
        const char *source = lince_layouts_source(layouts, i);
        if (strcmp(lince_layouts_name(layouts, i), name) != 0) {
            continue;
        }
        const struct layout_text *text = strcmp(source, "built-in") == 0 ? builtin_find(name) : NULL;
        if (text != NULL) {
            answer_bytes(request, 200, "application/json", text->text, text->bytes);
        } else {
            file_answer(request, source);
        }
        return;
    }
    answer_problem(request, PROBLEM_NOT_FOUND, "there is no layout %s", "no existe la plantilla %s", name);
}

/* Only checks the layout. To use it, a person puts its file into the folder of layouts. */
void layout_check_post(struct request *request) {
    struct layout_set set;
    json_t *json = request_json(request);
    if (json == NULL) {
        return;
    }
    const char *name = json_string_value(json_object_get(json, "name"));
    struct lince_error found = LINCE_ERROR_INIT; /* a fault in the layout is the answer, not a failure */
    found.language = request->language;
    enum lince_status status = layout_set_open_with(&request->service->requests, name == NULL ? "layout" : name,
                                                    request->body.bytes, request->body.used_bytes, &set, &found);
    json_decref(json);
    if (status == LINCE_OK) {
        layout_set_close(&set);
    } else if (status != LINCE_ERROR_LAYOUT) {
        request->failure = found;
        answer_failure(request);
        return;
    }
    char shown[sizeof found.message];
    answer_without_paths(request, found.message, shown, sizeof shown);
    json_t *answer = json_object();
    json_object_set_new(answer, "valid", json_boolean(status == LINCE_OK));
    json_set_text(answer, "message", status == LINCE_OK ? NULL : shown);
    answer_json(request, 200, answer);
}
