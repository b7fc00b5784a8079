/*
 * keeping.c - GET and PATCH /v1/settings. What the configuration sets has the last word. The rest is kept in the store,
 * so that all nodes of a service follow it.
 */
#include "serve/upkeep/keeping.h"

#include <string.h>

#include "fields/records.h"
#include "serve/http/json_set.h"
#include "serve/upkeep/upkeep.h"
#include "store/keys.h"
#include "store/upkeep/retention.h"

static const int64_t NUMBER_MOST = 1LL << 52;

static const struct {
    const char *member;
    enum setting_index setting;
} whats[KEEPING_ALL] = {
    [KEEPING_IMAGES] = {"keep_images_ms", SETTING_keep_images},
    [KEEPING_DOCUMENTS] = {"keep_documents_ms", SETTING_keep_documents},
    [KEEPING_COUNT] = {"keep_count", SETTING_keep_count},
    [KEEPING_SIZE] = {"keep_size_bytes", SETTING_keep_size},
};

enum lince_status keeping_read(struct service *service, struct keeping *keeping, struct lince_error *error) {
    enum lince_status status = LINCE_OK;
    for (size_t i = 0; i < KEEPING_ALL && status == LINCE_OK; i++) {
        const struct setting *setting = &service->settings.of[whats[i].setting];
        int64_t set = -1;
        if (setting->source == SOURCE_BUILT_IN) {
            status = store_keeping_read(service->store, setting_specs[whats[i].setting].name, &set, error);
        }
        keeping->of[i] = (struct keeping_value){
            .number = set >= 0 ? (uint64_t)set : setting->number, .source = setting->source, .is_set_here = set >= 0};
    }
    return status;
}

/* ---- telling ---- */

static const char *source_word(const struct keeping_value *value) {
    static const char *const words[] = {[SOURCE_BUILT_IN] = "default",
                                        [SOURCE_FILE] = "file",
                                        [SOURCE_ENVIRONMENT] = "environment",
                                        [SOURCE_FLAG] = "flag"};
    return value->is_set_here ? "here" : words[value->source];
}

static void number_set(json_t *json, const char *name, uint64_t value) {
    json_object_set_new(json, name, json_integer((json_int_t)value));
}

/* Each kind of field with the confidence below which a person should check, as readings follow it. */
static json_t *confidences_json(const struct lince_layouts *layouts, const double *confidences) {
    json_t *json = json_object();
    const char *kind;
    double fitted;
    for (size_t i = 0; (kind = layouts_review_kind(layouts, i, &fitted)) != NULL; i++) {
        json_object_set_new(json, kind, json_real(confidences == NULL ? fitted : confidences[i]));
    }
    return json;
}

static void review_tell(struct service *service, json_t *json, json_t *sources) {
    const struct lince_layouts *layouts = service->layout_names.layouts;
    struct keeping_value value = {.source = service->settings.of[SETTING_review].source};
    double confidences[REVIEW_KINDS_MOST];
    char text[REVIEW_TEXT_BYTES];
    review_limits_copy(service, confidences, text, &value.is_set_here);
    json_set_text(json, "review", text);
    json_set_text(sources, "review", source_word(&value));
    json_object_set_new(json, "review_confidences", confidences_json(layouts, confidences));
    json_object_set_new(json, "review_defaults", confidences_json(layouts, NULL));
}

void settings_get(struct request *request) {
    const struct settings *settings = &request->service->settings;
    struct store_counts counts;
    struct keeping keeping;
    if (store_counts(request->service->store, &counts, &request->failure) != LINCE_OK ||
        keeping_read(request->service, &keeping, &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    json_t *json = json_object(), *sources = json_object();
    json_set_text(json, "data", SETTING_TEXT_OF(settings, data));
    for (size_t i = 0; i < KEEPING_ALL; i++) {
        number_set(json, whats[i].member, keeping.of[i].number);
        json_set_text(sources, whats[i].member, source_word(&keeping.of[i]));
    }
    json_object_set_new(json, "set_by", sources);
    number_set(json, "disk_limit_bytes", SETTING_NUMBER(settings, disk_limit));
    review_tell(request->service, json, sources);
    number_set(json, "documents", (uint64_t)counts.documents);
    number_set(json, "image_bytes", (uint64_t)counts.image_bytes);
    answer_json(request, 200, json);
}

/* ---- setting ---- */

static void refuse_fixed(struct request *request, enum setting_index setting, enum setting_source source) {
    static const char *const words[][2] = {[SOURCE_FILE] = {"the configuration file", "el archivo de configuración"},
                                           [SOURCE_ENVIRONMENT] = {"the environment", "el entorno"},
                                           [SOURCE_FLAG] = {"a flag", "una opción"}};
    answer_problem(request, PROBLEM_CONFLICT, "%s is set by %s of this service; take it away there first",
                   "%s está fijado por %s de este servicio; quítelo allí primero", setting_specs[setting].name,
                   words[source][request->language]);
}

static enum keeping_what what_of_member(const char *member) {
    enum keeping_what what = KEEPING_IMAGES;
    while (what < KEEPING_ALL && strcmp(whats[what].member, member) != 0) {
        what++;
    }
    return what;
}

/* Whether `review` may be set, and is a text of its form, or null. */
static bool review_check(struct request *request, const json_t *value) {
    double confidences[REVIEW_KINDS_MOST];
    const char *text = json_string_value(value);
    enum setting_source source = request->service->settings.of[SETTING_review].source;
    struct lince_error fault = LINCE_ERROR_INIT;
    fault.language = request->language;
    if (source != SOURCE_BUILT_IN) {
        refuse_fixed(request, SETTING_review, source);
        return false;
    }
    if (json_is_null(value)) {
        return true;
    }
    if (text == NULL || strlen(text) >= REVIEW_TEXT_BYTES) {
        answer_problem(
            request, PROBLEM_INVALID, "review must be a text such as amount=0.95,id=0.9 of less than %d bytes, or null",
            "review debe ser un texto como amount=0.95,id=0.9 de menos de %d bytes, o null", (int)REVIEW_TEXT_BYTES);
        return false;
    }
    if (layouts_review_find(request->service->layout_names.layouts, text, confidences, &fault) != LINCE_OK) {
        answer_problem(request, PROBLEM_INVALID, "review: %s", "review: %s", fault.message);
        return false;
    }
    return true;
}

/* Whether each member is one that may be set, and its value a number, or null to go back to the default. */
static bool change_check(struct request *request, json_t *json) {
    const char *member;
    json_t *value;
    if (json_object_size(json) == 0) {
        answer_problem(request, PROBLEM_INVALID,
                       "send keep_images_ms, keep_documents_ms, keep_count, keep_size_bytes or review",
                       "envíe keep_images_ms, keep_documents_ms, keep_count, keep_size_bytes o review");
        return false;
    }
    json_object_foreach(json, member, value) {
        if (strcmp(member, REVIEW_SETTING) == 0) {
            if (!review_check(request, value)) {
                return false;
            }
            continue;
        }
        enum keeping_what what = what_of_member(member);
        bool is_number =
            json_is_integer(value) && json_integer_value(value) >= 0 && json_integer_value(value) <= NUMBER_MOST;
        if (what == KEEPING_ALL || !(is_number || json_is_null(value))) {
            answer_problem(
                request, PROBLEM_INVALID,
                "%.40s must be one of keep_images_ms, keep_documents_ms, keep_count and keep_size_bytes, and its value "
                "a whole number from 0, or null; or it is review",
                "%.40s debe ser uno de keep_images_ms, keep_documents_ms, keep_count y keep_size_bytes, y su valor un "
                "número entero desde 0, o null; o bien es review",
                member);
            return false;
        }
        enum setting_source source = request->service->settings.of[whats[what].setting].source;
        if (source != SOURCE_BUILT_IN) {
            refuse_fixed(request, whats[what].setting, source);
            return false;
        }
    }
    return true;
}

static enum lince_status member_write(struct request *request, const char *member, const json_t *value) {
    struct store *store = request->service->store;
    bool is_review = strcmp(member, REVIEW_SETTING) == 0;
    const char *name = is_review ? REVIEW_SETTING : setting_specs[whats[what_of_member(member)].setting].name;
    enum lince_status status =
        is_review
            ? review_limits_write(request->service, json_is_null(value) ? "" : json_string_value(value),
                                  &request->failure)
            : store_keeping_write(store, name, json_is_null(value) ? -1 : json_integer_value(value), &request->failure);
    if (status == LINCE_OK) {
        store_audit(store, request->actor, "settings", name, NULL);
    }
    return status;
}

void settings_patch(struct request *request) {
    enum lince_status status = LINCE_OK;
    const char *member;
    json_t *json = request_json(request), *value;
    if (json == NULL) {
        return;
    }
    if (change_check(request, json)) {
        json_object_foreach(json, member, value) {
            status = status == LINCE_OK ? member_write(request, member, value) : status;
        }
        if (status == LINCE_OK) {
            settings_get(request);
        } else {
            answer_failure(request);
        }
    }
    json_decref(json);
}
