/* about.c - the service about itself: its API document and its layouts (/v1/layouts). */
#include "base/embed.h"
#include "serve/http/json_set.h"
#include "serve/learn/teaching.h"
#include "serve/v1/handlers.h"

EMBED(openapi_json, OPENAPI_JSON); /* made by scripts/openapi */

void openapi_get(struct request *request) {
    answer_bytes(request, 200, "application/json", openapi_json, (size_t)(openapi_json_end - openapi_json));
}

void layouts_list(struct request *request) {
    const struct layout_names *all = &request->service->layout_names;
    json_t *json = json_pack("{s:[]}", "layouts");
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
    json_array_extend(json_object_get(json, "layouts"), learned);
    json_decref(learned);
    answer_json(request, 200, json);
}
