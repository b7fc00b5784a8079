/* v1_about.c - the service about itself: its API document and its layouts (/v1/layouts). */
#include <stdio.h>
#include <string.h>

#include "base/embed.h"
#include "serve/http/json_set.h"
#include "serve/learn/passed.h"
#include "serve/learn/teaching.h"
#include "serve/v1/handlers.h"

EMBED(openapi_json, OPENAPI_JSON); /* made by scripts/openapi */

void openapi_get(struct request *request) {
    answer_bytes(request, 200, "application/json", openapi_json, (size_t)(openapi_json_end - openapi_json));
}

void layouts_list(struct request *request) {
    const struct layout_names *all = &request->service->layout_names;
    json_t *json = json_pack("{s:[], s:[]}", "layouts", "passed_over");
    if (passed_list(request, json_object_get(json, "passed_over")) != LINCE_OK) {
        json_decref(json);
        answer_failure(request);
        return;
    }
    for (size_t i = 0; i < all->count; i++) {
        json_t *layout = json_object();
        json_set_text(layout, "name", all->names[i]);
        json_set_text(layout, "title", all->titles[i]);
        json_object_set_new(layout, "learned", json_false());
        json_array_append_new(json_object_get(json, "layouts"), layout);
    }
    char folder[PATH_MAX];
    teaching_folder(SETTING_TEXT_OF(&request->service->settings, data), folder);
    json_t *learned = teaching_kept(folder);
    for (size_t i = 0; i < json_array_size(learned); i++) {
        json_t *layout = json_array_get(learned, i);
        const char *name = json_string_value(json_object_get(layout, "name"));
        if (passed_is_used(name)) {
            json_array_append(json_object_get(json, "layouts"), layout);
        }
    }
    json_decref(learned);
    answer_json(request, 200, json);
}
