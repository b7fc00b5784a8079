/* layout_build.c - builds the fields, phrases and patterns of one layout. */
#include "fields/layouts/layout_build.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/meter.h"
#include "fields/layouts/layout_json.h"
#include "fields/layouts/pattern.h"

static enum lince_status out_of_memory(const char *source, struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the layout %s; raise the memory limit",
                     "no hay memoria para la plantilla %s; suba el límite de memoria", source);
}

/* Copies the child's members over the target's, one by one. */
static bool members_update(json_t *target, const json_t *child) {
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)child, key, value) {
        json_t *copy = json_deep_copy(value);
        if (copy == NULL || json_object_set_new(target, key, copy) != 0) {
            return false;
        }
    }
    return true;
}

static bool fields_update(json_t *target, const json_t *child) {
    const char *name;
    json_t *field;
    json_object_foreach((json_t *)(uintptr_t)child, name, field) {
        json_t *old = json_object_get(target, name);
        if (json_is_null(field)) {
            json_object_del(target, name);
        } else if (json_is_object(old)) {
            if (!members_update(old, field)) {
                return false;
            }
        } else {
            json_t *copy = json_deep_copy(field);
            if (copy == NULL || json_object_set_new(target, name, copy) != 0) {
                return false;
            }
        }
    }
    return true;
}

json_t *layout_merge(const json_t *parent, const json_t *child) {
    static const char *const own[] = {"recognise", "examples", "title", "description", "generic", "learned"};
    json_t *merged = json_deep_copy(parent);
    if (merged == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        json_object_del(merged, own[i]);
    }
    const char *key;
    json_t *value;
    bool good = true;
    json_object_foreach((json_t *)(uintptr_t)child, key, value) {
        json_t *old = json_object_get(merged, key);
        if (good && strcmp(key, "fields") == 0 && json_is_object(old)) {
            good = fields_update(old, value);
        } else if (good && (strcmp(key, "words") == 0 || strcmp(key, "sections") == 0) && json_is_object(old)) {
            good = members_update(old, value);
        } else if (good && strcmp(key, "ignore") == 0 && json_is_array(old)) {
            good = json_array_extend(old, value) == 0;
        } else if (good) {
            json_t *copy = json_deep_copy(value);
            good = copy != NULL && json_object_set_new(merged, key, copy) == 0;
        }
    }
    if (!good) {
        json_decref(merged);
        return NULL;
    }
    return merged;
}

struct building {
    struct meter *meter;
    struct arena *arena;
    const struct layout_set *set;
    const struct layout_source *source;
    struct layout *layout;
    const json_t *words;
    struct lince_error *error;
};

static const char *text_copy(struct arena *arena, const json_t *value) {
    const char *text = json_string_value(value);
    return text == NULL ? NULL : arena_copy_text(arena, text, strlen(text));
}

static unsigned word_index(const char *word, const char *const *names, unsigned otherwise) {
    for (unsigned i = 0; word != NULL && names[i] != NULL; i++) {
        if (strcmp(names[i], word) == 0) {
            return i;
        }
    }
    return otherwise;
}

static unsigned places_read(const json_t *array) {
    static const char *const names[] = {"after", "right", "below", "column", "paragraph", "section", "above", NULL};
    if (array == NULL) {
        return PLACE_AFTER | PLACE_RIGHT | PLACE_BELOW;
    }
    unsigned places = 0;
    for (size_t i = 0; i < json_array_size(array); i++) {
        places |= 1u << word_index(json_string_value(json_array_get(array, i)), names, 31);
    }
    return places;
}

static enum lince_status phrase_refuse(const struct building *building, enum phrase_status status,
                                       const struct json_step *path, size_t depth) {
    if (status == PHRASE_MEMORY) {
        return out_of_memory(building->source->source, building->error);
    }
    size_t line, column;
    json_place(building->source->text, building->source->bytes, path, depth, &line, &column);
    if (status == PHRASE_TOO_MANY) {
        return error_set(building->error, LINCE_ERROR_LAYOUT,
                         "%s:%zu:%zu: too long: at most 12 parts, 160 choices a list, 2048 labels",
                         "%s:%zu:%zu: demasiado largo: como mucho 12 partes, 160 opciones por lista, 2048 etiquetas",
                         building->source->source, line, column);
    }
    return error_set(building->error, LINCE_ERROR_LAYOUT,
                     "%s:%zu:%zu: a bracket is not closed or has another inside, a {NAME} is not among \"words\", or "
                     "all is optional",
                     "%s:%zu:%zu: un paréntesis no se cierra o tiene otro dentro, un {NOMBRE} no está en \"words\", o "
                     "todo es opcional",
                     building->source->source, line, column);
}

/* Adds the phrases of one list; `path` leads to it in the layout's own file. */
static enum lince_status phrases_add(struct building *building, const json_t *array, struct phrase like, bool own,
                                     const struct json_step *path, size_t depth) {
    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *item = json_array_get(array, i);
        const json_t *text = json_is_object(item) ? json_object_get(item, "text") : item;
        const json_t *weight = json_is_object(item) ? json_object_get(item, "weight") : NULL;
        like.rank = own ? 1 : 0;
        like.weight = weight == NULL ? 1 : (float)json_number_value(weight);
        if (like.kind == PHRASE_ANCHOR || like.kind == PHRASE_AGAINST) {
            like.field = (uint16_t)building->layout->anchor_count++;
        }
        enum phrase_status status =
            phrase_add(&building->layout->book, building->arena, json_string_value(text), building->words, &like);
        if (status != PHRASE_OK) {
            struct json_step steps[6];
            memcpy(steps, path, depth * sizeof *steps);
            steps[depth] = (struct json_step){NULL, i};
            return phrase_refuse(building, status, steps, depth + 1);
        }
    }
    return LINCE_OK;
}

static enum lince_status pattern_add(struct building *building, struct field_rule *rule) {
    struct lince_error reason = LINCE_ERROR_INIT;
    reason.language = building->error == NULL ? LINCE_ENGLISH : building->error->language;
    enum lince_status status = pattern_compile(building->meter, rule->pattern_text, &rule->pattern, &reason);
    if (status == LINCE_ERROR_LAYOUT) {
        struct json_step path[] = {{"fields", 0}, {rule->name, 0}, {"pattern", 0}};
        size_t line, column;
        json_place(building->source->text, building->source->bytes, path, 3, &line, &column);
        return error_set(building->error, status, "%s:%zu:%zu: %.300s", "%s:%zu:%zu: %.300s", building->source->source,
                         line, column, reason.message);
    }
    return status == LINCE_OK ? LINCE_OK : out_of_memory(building->source->source, building->error);
}

/* A field that no parent has must name its type. */
static enum lince_status type_read(const struct building *building, const char *name, const json_t *field,
                                   enum value_type *type) {
    const char *text = json_string_value(json_object_get(field, "type"));
    if (text != NULL && value_type_from_name(text, type)) {
        return LINCE_OK;
    }
    struct json_step path[] = {{"fields", 0}, {name, 0}};
    size_t line, column;
    json_place(building->source->text, building->source->bytes, path, 2, &line, &column);
    return error_set(building->error, LINCE_ERROR_LAYOUT,
                     "%s:%zu:%zu: \"%s\" needs a \"type\": no layout that this one extends has it",
                     "%s:%zu:%zu: \"%s\" necesita un \"type\": ninguna plantilla que esta amplía lo tiene",
                     building->source->source, line, column, name);
}

static enum lince_status field_add(struct building *building, const char *name, const json_t *field) {
    static const char *const frees[] = {"none", "any", "only", "largest", "brand", "head", "near", "other", NULL};
    static const char *const sides[] = {"none", "origin", "destination", NULL};
    size_t index = building->layout->field_count++;
    struct field_rule *rule = &building->layout->fields[index];
    const json_t *priority = json_object_get(field, "priority");
    *rule = (struct field_rule){
        .name = arena_copy_text(building->arena, name, strlen(name)),
        .places = places_read(json_object_get(field, "where")),
        .free = (enum free_rule)word_index(json_string_value(json_object_get(field, "free")), frees, FREE_NONE),
        .side = (enum side)word_index(json_string_value(json_object_get(field, "side")), sides, SIDE_NONE),
        .priority = priority == NULL ? 1 : json_number_value(priority),
        .required = json_is_true(json_object_get(field, "required")),
        .asked = json_is_true(json_object_get(field, "asked")),
        .hidden = json_is_true(json_object_get(field, "hidden")),
        .largest = json_is_true(json_object_get(field, "largest")),
        .default_value = text_copy(building->arena, json_object_get(field, "default")),
        .pattern_text = text_copy(building->arena, json_object_get(field, "pattern")),
    };
    enum lince_status status = type_read(building, name, field, &rule->type);
    if (status != LINCE_OK) {
        return status;
    }
    if (rule->name == NULL || (rule->default_value == NULL && json_object_get(field, "default") != NULL) ||
        (rule->pattern_text == NULL && json_object_get(field, "pattern") != NULL)) {
        return out_of_memory(building->source->source, building->error);
    }
    status = rule->pattern_text == NULL ? LINCE_OK : pattern_add(building, rule);
    if (status != LINCE_OK) {
        return status;
    }
    const json_t *own_field = json_object_get(json_object_get(building->source->tree, "fields"), name);
    bool rows = rule->type == VALUE_TAXES || rule->type == VALUE_PAYMENTS;
    struct phrase like = {.kind = rows ? PHRASE_ROW : PHRASE_FIELD, .field = (uint16_t)index};
    struct json_step path[] = {{"fields", 0}, {name, 0}, {"labels", 0}};
    return phrases_add(building, json_object_get(field, "labels"), like, json_object_get(own_field, "labels") != NULL,
                       path, 3);
}

static enum lince_status lists_add(struct building *building, const json_t *merged) {
    const json_t *own = building->source->tree;
    const json_t *sections = json_object_get(merged, "sections"), *own_sections = json_object_get(own, "sections");
    const json_t *recognise = json_object_get(merged, "recognise");
    struct phrase origin = {.kind = PHRASE_ORIGIN}, destination = {.kind = PHRASE_DESTINATION};
    struct phrase foot = {.kind = PHRASE_END};
    struct json_step foot_path[] = {{"end", 0}};
    struct phrase ignore = {.kind = PHRASE_IGNORE}, anchor = {.kind = PHRASE_ANCHOR},
                  against = {.kind = PHRASE_AGAINST};
    struct json_step origin_path[] = {{"sections", 0}, {"origin", 0}};
    struct json_step destination_path[] = {{"sections", 0}, {"destination", 0}};
    struct json_step ignore_path[] = {{"ignore", 0}};
    struct json_step anchor_path[] = {{"recognise", 0}, {"anchors", 0}};
    struct json_step against_path[] = {{"recognise", 0}, {"against", 0}};
    enum lince_status status = phrases_add(building, json_object_get(sections, "origin"), origin,
                                           json_object_get(own_sections, "origin") != NULL, origin_path, 2);
    if (status == LINCE_OK) {
        status = phrases_add(building, json_object_get(sections, "destination"), destination,
                             json_object_get(own_sections, "destination") != NULL, destination_path, 2);
    }
    if (status == LINCE_OK) {
        status = phrases_add(building, json_object_get(merged, "ignore"), ignore,
                             json_object_get(own, "ignore") != NULL, ignore_path, 1);
    }
    if (status == LINCE_OK) {
        status = phrases_add(building, json_object_get(merged, "end"), foot, json_object_get(own, "end") != NULL,
                             foot_path, 1);
    }
    if (status == LINCE_OK) {
        status = phrases_add(building, json_object_get(recognise, "anchors"), anchor, true, anchor_path, 2);
    }
    if (status == LINCE_OK) {
        status = phrases_add(building, json_object_get(recognise, "against"), against, true, against_path, 2);
    }
    return status;
}

static enum lince_status parts_add(struct building *building, const json_t *merged) {
    struct layout *layout = building->layout;
    const json_t *fields = json_object_get(merged, "fields");
    layout->fields = arena_allocate_zero(building->arena, json_object_size(fields) + 1, sizeof *layout->fields);
    if (layout->fields == NULL) {
        return out_of_memory(building->source->source, building->error);
    }
    const char *name;
    json_t *field;
    json_object_foreach((json_t *)(uintptr_t)fields, name, field) {
        enum lince_status status = json_is_object(field) ? field_add(building, name, field) : LINCE_OK;
        if (status != LINCE_OK) {
            return status;
        }
    }
    return lists_add(building, merged);
}

/* Frees the result of json_dumps with jansson's own function. */
static void json_text_free(char *text) {
    json_malloc_t allocate;
    json_free_t release;
    json_get_alloc_funcs(&allocate, &release);
    if (text != NULL) {
        release(text);
    }
}

static enum lince_status head_read(struct building *building, const json_t *merged) {
    struct layout *layout = building->layout;
    const json_t *own = building->source->tree;
    const json_t *recognise = json_object_get(merged, "recognise"), *aspect = json_object_get(recognise, "aspect");
    const json_t *threshold = json_object_get(recognise, "threshold"), *examples = json_object_get(own, "examples");
    const char *group = json_string_value(json_object_get(merged, "group"));
    *layout = (struct layout){
        .name = text_copy(building->arena, json_object_get(own, "name")),
        .title = text_copy(building->arena, json_object_get(own, "title")),
        .source = arena_copy_text(building->arena, building->source->source, strlen(building->source->source)),
        .generic = json_is_true(json_object_get(own, "generic")),
        .learned = json_is_true(json_object_get(own, "learned")),
        .currency = text_copy(building->arena, json_object_get(merged, "currency")),
        .group = group == NULL ? GROUP_NONE : group_from_name(group),
        .threshold = threshold == NULL ? 1 : json_number_value(threshold),
        .aspect_least = aspect == NULL ? 0 : json_number_value(json_array_get(aspect, 0)),
        .aspect_most = aspect == NULL ? 1e9 : json_number_value(json_array_get(aspect, 1)),
    };
    if (layout->title == NULL) {
        layout->title = layout->name;
    }
    bool good = layout->name != NULL && layout->source != NULL;
    if (good && json_array_size(examples) > 0) {
        char *text = json_dumps(examples, JSON_COMPACT);
        layout->examples = text == NULL ? NULL : arena_copy_text(building->arena, text, strlen(text));
        good = layout->examples != NULL;
        json_text_free(text);
    }
    return good ? LINCE_OK : out_of_memory(building->source->source, building->error);
}

/* {TAX} and {TOTAL} are the words of the countries, unless the layout has its own. */
static bool country_words_add(const struct country_set *countries, json_t *merged) {
    const struct {
        const char *name, *words;
    } lists[] = {{"TAX", countries->lists[WORDS_TAX]}, {"TOTAL", countries->lists[WORDS_TOTAL]}};
    json_t *words = json_object_get(merged, "words");
    if (words == NULL && json_object_set_new(merged, "words", json_object()) != 0) {
        return false;
    }
    words = json_object_get(merged, "words");
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        bool wanted = json_object_get(words, lists[i].name) == NULL && lists[i].words[0] != '\0';
        if (wanted && json_object_set_new(words, lists[i].name, json_string(lists[i].words)) != 0) {
            return false;
        }
    }
    return true;
}

/* Checks that the layout's country exists. */
static enum lince_status country_read(const struct building *building, const json_t *merged) {
    const char *code = json_string_value(json_object_get(merged, "country"));
    building->layout->country = code == NULL ? NULL : country_find(&building->set->countries, code);
    if (code == NULL || building->layout->country != NULL) {
        return LINCE_OK;
    }
    struct json_step path[] = {{"country", 0}};
    size_t line, column;
    json_place(building->source->text, building->source->bytes, path, 1, &line, &column);
    return error_set(building->error, LINCE_ERROR_LAYOUT, "%s:%zu:%zu: there is no country \"%.10s\"",
                     "%s:%zu:%zu: no existe el país \"%.10s\"", building->source->source, line, column, code);
}

enum lince_status layout_build(struct meter *meter, struct layout_set *set, const struct layout_source *source,
                               json_t *merged, struct layout *layout, struct lince_error *error) {
    if (!country_words_add(&set->countries, merged)) {
        return out_of_memory(source->source, error);
    }
    struct building building = {
        .meter = meter,
        .arena = &set->arena,
        .set = set,
        .source = source,
        .layout = layout,
        .words = json_object_get(merged, "words"),
        .error = error,
    };
    enum lince_status status = head_read(&building, merged);
    status = status == LINCE_OK ? country_read(&building, merged) : status;
    status = status == LINCE_OK ? parts_add(&building, merged) : status;
    if (status != LINCE_OK) {
        layout_release(layout);
    }
    return status;
}

void layout_release(struct layout *layout) {
    for (size_t i = 0; layout->fields != NULL && i < layout->field_count; i++) {
        pattern_free(layout->fields[i].pattern);
        layout->fields[i].pattern = NULL;
    }
}
