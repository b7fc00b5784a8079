/* party_json.c - the members of a party, and values that people enter in the form of their type. */
#include "serve/parties/party_json.h"

#include <stdio.h>
#include <string.h>

#include "fields/values/value.h"
#include "serve/http/json_set.h"

enum { VALUES_MOST = 32 };

static const struct {
    const char *member;
    enum value_type type;
} lists[PARTY_FACTS] = {
    [PARTY_NAME] = {"names", VALUE_NAME},           [PARTY_ID] = {"ids", VALUE_ID},
    [PARTY_ACCOUNT] = {"accounts", VALUE_ACCOUNT},  [PARTY_KEY] = {"keys", VALUE_TEXT},
    [PARTY_PHONE] = {"phones", VALUE_PHONE},        [PARTY_BANK] = {"banks", VALUE_BANK},
    [PARTY_ADDRESS] = {"addresses", VALUE_ADDRESS},
};

static json_t *known_json(const struct party_known *known) {
    json_t *json = json_object();
    json_set_text(json, "value", known->value);
    json_object_set_new(json, "by_hand", json_boolean(known->is_by_hand));
    json_object_set_new(json, "documents", json_integer(known->documents));
    json_set_time(json, "first_at", known->first_ms);
    json_set_time(json, "last_at", known->last_ms);
    return json;
}

json_t *party_json(const struct party *party) {
    json_t *json = json_object();
    char path[96];
    snprintf(path, sizeof path, "/v1/parties/%s", party->id);
    json_set_text(json, "id", party->id);
    json_set_text(json, "name", party_name(party));
    for (size_t i = 0; i < PARTY_FACTS; i++) {
        json_object_set_new(json, lists[i].member, json_array());
    }
    for (size_t i = 0; i < party->known_count; i++) {
        if (party->known[i].fact < PARTY_FACTS) {
            json_array_append_new(json_object_get(json, lists[party->known[i].fact].member),
                                  known_json(&party->known[i]));
        }
    }
    json_set_time(json, "created_at", party->created_ms);
    json_set_time(json, "changed_at", party->changed_ms);
    json_set_text(json, "self", path);
    return json;
}

/* One value in canonical form, in the arena. NULL after answering with a problem. */
static const char *value_take(struct request *request, enum party_fact fact, const json_t *json) {
    char value[PARTY_VALUE_BYTES], sought[PARTY_VALUE_BYTES];
    enum value_type type = lists[fact].type;
    const char *text = json_string_value(json);
    bool is_whole = text != NULL && strlen(text) == json_string_length(json);
    if (!is_whole ||
        !value_typed(layout_names_countries(&request->service->layout_names), type, text, value, sizeof value)) {
        answer_problem(request, PROBLEM_INVALID, "each of %s must be %s of up to %d bytes, such as %s; not \"%.80s\"",
                       "cada valor de %s debe ser %s de hasta %d bytes, como %s; no «%.80s»", lists[fact].member,
                       value_type_words(type, request->language), PARTY_VALUE_BYTES - 1, value_type_example(type),
                       is_whole ? text : "");
        return NULL;
    }
    if (!party_sought(fact, value, sought)) {
        answer_problem(request, PROBLEM_INVALID, "\"%.80s\" of %s is too short, or masked: nobody is found by it",
                       "«%.80s» de %s es demasiado corto, o está tapado: no sirve para reconocer a nadie", value,
                       lists[fact].member);
        return NULL;
    }
    const char *kept = arena_copy_text(&request->arena, value, strlen(value));
    if (kept == NULL) {
        answer_no_memory(request);
    }
    return kept;
}

static bool list_take(struct request *request, enum party_fact fact, const json_t *list, struct party_entry *entry) {
    size_t count = json_array_size(list);
    if (!json_is_array(list) || count > VALUES_MOST) {
        answer_problem(request, PROBLEM_INVALID, "%s must be a list of up to %d texts",
                       "%s debe ser una lista de hasta %d textos", lists[fact].member, VALUES_MOST);
        return false;
    }
    entry->is_named[fact] = true;
    entry->values[fact] = arena_allocate_zero(&request->arena, count + 1, sizeof *entry->values[fact]);
    if (entry->values[fact] == NULL) {
        answer_no_memory(request);
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        entry->values[fact][i] = value_take(request, fact, json_array_get(list, i));
        if (entry->values[fact][i] == NULL) {
            return false;
        }
        entry->counts[fact]++;
    }
    return true;
}

static enum party_fact fact_of_member(const char *member) {
    enum party_fact fact = PARTY_NAME;
    while (fact < PARTY_FACTS && strcmp(lists[fact].member, member) != 0) {
        fact++;
    }
    return fact;
}

bool party_entry_take(struct request *request, json_t *json, struct party_entry *entry) {
    const char *member;
    json_t *list;
    *entry = (struct party_entry){.actor = request->actor};
    json_object_foreach(json, member, list) {
        enum party_fact fact = fact_of_member(member);
        if (fact == PARTY_FACTS) {
            answer_problem(request, PROBLEM_INVALID,
                           "send names, ids, accounts, keys, phones, banks and addresses, not \"%.40s\"",
                           "envíe names, ids, accounts, keys, phones, banks y addresses, no «%.40s»", member);
            return false;
        }
        if (!list_take(request, fact, list, entry)) {
            return false;
        }
    }
    return true;
}

bool party_entry_check(struct request *request, const struct party_entry *entry) {
    const size_t *counts = entry->counts;
    if (counts[PARTY_NAME] > 0 &&
        counts[PARTY_ID] + counts[PARTY_ACCOUNT] + counts[PARTY_KEY] + counts[PARTY_PHONE] > 0) {
        return true;
    }
    answer_problem(request, PROBLEM_INVALID, "a party needs names, and one of ids, accounts, keys and phones",
                   "un tercero necesita names, y uno de ids, accounts, keys y phones");
    return false;
}
