/* layout_choice.c - compares "a,b" with the workers' names. */
#include "serve/v1/layout_choice.h"

#include <string.h>

#include "fields/learn/kept.h"
#include "serve/learn/teaching.h"
#include "worker/worker_protocol.h"

enum { SHOWN_LIMIT_BYTES = 60 };

/* All names separated by commas, in the request's arena; "" without memory. */
static const char *names_joined(struct request *request, const struct layout_names *all) {
    struct buffer text;
    buffer_init(&text, &request->service->requests);
    for (size_t i = 0; i < all->count; i++) {
        buffer_format(&text, "%s%s", i == 0 ? "" : ", ", all->names[i]);
    }
    const char *joined = text.refused ? NULL : arena_copy_text(&request->arena, text.bytes, text.used_bytes);
    buffer_free(&text);
    return joined == NULL ? "" : joined;
}

/* Whether there is a learned layout with that name; layout_names has only those of the start. */
static bool is_learned(struct request *request, const char *name, size_t bytes) {
    char folder[PATH_MAX];
    const char *copy = arena_copy_text(&request->arena, name, bytes);
    teaching_folder(SETTING_TEXT_OF(&request->service->settings, data), folder);
    json_t *layout = copy == NULL ? NULL : learn_kept(folder, copy);
    json_decref(layout);
    return layout != NULL;
}

bool layout_choice_check(struct request *request, const char *list) {
    const struct layout_names *all = &request->service->layout_names;
    if (list != NULL && strlen(list) >= WORK_LAYOUTS_LIMIT) {
        answer_problem(request, PROBLEM_INVALID, "layout has %zu bytes; at most %d are possible",
                       "layout tiene %zu bytes; caben %d", strlen(list), WORK_LAYOUTS_LIMIT - 1);
        return false;
    }
    while (list != NULL && *list != '\0') {
        size_t bytes = strcspn(list, ",");
        if (bytes > 0 && !layout_names_have(all, list, bytes) && !is_learned(request, list, bytes)) {
            answer_problem(request, PROBLEM_INVALID, "there is no layout \"%.*s\"; there are: %s",
                           "no existe la plantilla «%.*s»; hay: %s",
                           (int)(bytes < SHOWN_LIMIT_BYTES ? bytes : SHOWN_LIMIT_BYTES), list,
                           names_joined(request, all));
            return false;
        }
        list += bytes + (list[bytes] == ',');
    }
    return true;
}
