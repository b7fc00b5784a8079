/* learn_text.c - what a proposal would change, in words for people, and the choice among proposals. */
#include "fields/learn/learn_text.h"

#include <string.h>

#include "base/error.h"
#include "fields/learn/kept.h"

static const char *text_of(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

static bool is_listed(const char *list, const char *name) {
    size_t bytes = strlen(name);
    for (const char *at = list; at != NULL; at = strchr(at, ',')) {
        at += *at == ',';
        if (strncmp(at, name, bytes) == 0 && (at[bytes] == '\0' || at[bytes] == ',')) {
            return true;
        }
    }
    return false;
}

/* Every name of the list is that of a proposal. */
static enum lince_status names_check(const json_t *proposals, const char *list, struct lince_error *error) {
    for (const char *at = list; at != NULL && *at != '\0';) {
        size_t bytes = strcspn(at, ",");
        bool known = false;
        for (size_t i = 0; i < json_array_size(proposals); i++) {
            const char *name = text_of(json_array_get(proposals, i), "name");
            known = known || (strlen(name) == bytes && strncmp(name, at, bytes) == 0);
        }
        if (!known) {
            return error_set(error, LINCE_ERROR_NOT_FOUND, "\"%.*s\" is not among the %zu proposals",
                             "«%.*s» no está entre las %zu propuestas", bytes > 60 ? 60 : (int)bytes, at,
                             json_array_size(proposals));
        }
        at += bytes + (at[bytes] == ',');
    }
    return LINCE_OK;
}

enum lince_status learn_accept(const char *folder, json_t *proposals, const struct learn_choice *choice,
                               struct lince_error *error) {
    enum lince_status status = names_check(proposals, choice->names, error);
    for (size_t i = 0; i < json_array_size(proposals) && status == LINCE_OK; i++) {
        json_t *proposal = json_array_get(proposals, i);
        bool safe = choice->all_safe && json_is_true(json_object_get(proposal, "safe"));
        bool chosen = safe || is_listed(choice->names, text_of(proposal, "name"));
        status = chosen ? learn_keep(folder, json_object_get(proposal, "layout"), error) : LINCE_OK;
        json_object_set_new(proposal, "accepted", json_boolean(chosen && status == LINCE_OK));
    }
    return status;
}

static void difference_print(const json_t *difference, enum lince_language language, FILE *stream) {
    const char *nothing = in_language(language, "nothing", "nada"), *is = text_of(difference, "is");
    const char *before = json_string_value(json_object_get(difference, "before"));
    const char *after = json_string_value(json_object_get(difference, "after"));
    const char *word = strcmp(is, "better") == 0  ? in_language(language, "better", "mejor")
                       : strcmp(is, "worse") == 0 ? in_language(language, "worse", "peor")
                                                  : in_language(language, "changed", "cambia");
    fprintf(stream, "  %s  %s  %s: %s -> %s\n", word, text_of(difference, "document"), text_of(difference, "field"),
            before == NULL ? nothing : before, after == NULL ? nothing : after);
}

void learn_print(const json_t *proposals, bool as_json, enum lince_language language, FILE *stream) {
    if (as_json) {
        json_dumpf(proposals, stream, JSON_INDENT(1));
        fputc('\n', stream);
        return;
    }
    if (json_array_size(proposals) == 0) {
        fputs(in_language(language, "nothing to learn\n", "nada que aprender\n"), stream);
    }
    for (size_t i = 0; i < json_array_size(proposals); i++) {
        const json_t *proposal = json_array_get(proposals, i), *list = json_object_get(proposal, "differences");
        fprintf(
            stream,
            in_language(language,
                        "%s: learned from %zu pages; %lld values better, %lld worse, %lld the same, %lld changed "
                        "that nobody looked at; %s%s\n",
                        "%s: aprendida de %zu páginas; %lld valores mejor, %lld peor, %lld igual, %lld cambiados que "
                        "nadie ha revisado; %s%s\n"),
            text_of(proposal, "name"), json_array_size(json_object_get(proposal, "documents")),
            (long long)json_integer_value(json_object_get(proposal, "better")),
            (long long)json_integer_value(json_object_get(proposal, "worse")),
            (long long)json_integer_value(json_object_get(proposal, "same")),
            (long long)json_integer_value(json_object_get(proposal, "changed")),
            json_is_true(json_object_get(proposal, "safe")) ? in_language(language, "safe", "segura")
                                                            : in_language(language, "not safe", "no es segura"),
            json_is_true(json_object_get(proposal, "accepted")) ? in_language(language, "; kept", "; guardada") : "");
        for (size_t j = 0; j < json_array_size(list); j++) {
            difference_print(json_array_get(list, j), language, stream);
        }
    }
}
