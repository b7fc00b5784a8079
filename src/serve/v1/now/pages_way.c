/* pages_way.c - what the ways to answer share: the file that they write. */
#include "serve/v1/now/pages_way.h"

#include <string.h>

#include "base/file.h"
#include "base/json_memory.h"
#include "base/json_text.h"
#include "serve/http/json_set.h"
#include "serve/http/translation.h"

bool pages_text_append(struct request *request, struct pages_now *work, const char *text, size_t count) {
    work->bytes += count;
    if (file_write_all(request->files[FILE_WHOLE], text, count)) {
        return true;
    }
    form_disk_problem(request);
    return false;
}

bool pages_object_append(struct request *request, struct pages_now *work, json_t *json, bool is_open) {
    arena_rewind(&request->arena, work->mark);
    bool is_whole = json != NULL && !json_memory_was_refused(); /* a refused member would be missing in silence */
    const char *text = is_whole ? json_text_in(&request->arena, json, JSON_REAL_PRECISION(10)) : NULL;
    json_decref(json);
    if (text == NULL) {
        answer_no_memory(request);
        return false;
    }
    return pages_text_append(request, work, text, strlen(text) - is_open);
}

json_t *pages_error_json(struct request *request) {
    const struct errand *errand = &request->errand;
    const char *message = errand_unanswered_reason(request->language);
    json_t *refusal = errand->is_answered ? errand_refusal_read(errand, &message) : NULL, *error = json_object();
    json_set_text(error, "code", lince_status_name(errand->status));
    json_set_text(error, "message", translation_of(&request->arena, message, request->language));
    json_decref(refusal);
    return error;
}
