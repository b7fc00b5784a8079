/*
 * about.c - the service about itself: its API document, its layouts (/v1/layouts), and how long it keeps things
 * (/v1/settings).
 */
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

static void number_set(json_t *json, const char *name, uint64_t value) {
    json_object_set_new(json, name, json_integer((json_int_t)value));
}

void settings_get(struct request *request) {
    const struct settings *settings = &request->service->settings;
    struct store_counts counts;
    if (store_counts(request->service->store, &counts, &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    json_t *json = json_object();
    json_set_text(json, "data", SETTING_TEXT_OF(settings, data));
    number_set(json, "keep_images_ms", SETTING_NUMBER(settings, keep_images));
    number_set(json, "keep_documents_ms", SETTING_NUMBER(settings, keep_documents));
    number_set(json, "keep_count", SETTING_NUMBER(settings, keep_count));
    number_set(json, "keep_size_bytes", SETTING_NUMBER(settings, keep_size));
    number_set(json, "disk_limit_bytes", SETTING_NUMBER(settings, disk_limit));
    json_set_text(json, "review", SETTING_TEXT_OF(settings, review));
    number_set(json, "documents", (uint64_t)counts.documents);
    number_set(json, "image_bytes", (uint64_t)counts.image_bytes);
    answer_json(request, 200, json);
}
