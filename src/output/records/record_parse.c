/* record_parse.c - takes the parts of a record that a table shows out of its JSON. */
#include "output/records/record_parse.h"

#include "base/arena.h"
#include "base/error.h"
#include "fields/records.h"

enum { PARTS_BLOCK_BYTES = 4096 };

static const char *text_of(const json_t *object, const char *name) {
    return json_string_value(json_object_get(object, name));
}

static const char *text_or_none(const json_t *object, const char *name) {
    const char *text = text_of(object, name);
    return text == NULL ? "" : text;
}

static bool fields_take(const json_t *tree, const struct record_types *types, struct arena *arena,
                        struct record_parts *parts) {
    json_t *fields = json_object_get(tree, "fields"), *field;
    const char *name;
    struct lince_field *made = arena_allocate_zero(arena, json_object_size(fields) + 1, sizeof *made);
    if (made == NULL) {
        return false;
    }
    json_object_foreach(fields, name, field) {
        made[parts->field_count++] =
            (struct lince_field){.name = name,
                                 .type = types->type_of(types->context, name),
                                 .value = text_or_none(field, "value"),
                                 .text = text_or_none(field, "text"),
                                 .confidence = json_number_value(json_object_get(field, "confidence")),
                                 .page_line = LINCE_NO_LINE,
                                 .rule = text_or_none(field, "rule")};
    }
    parts->fields = made;
    return true;
}

static bool reasons_take(const json_t *tree, struct arena *arena, struct record_parts *parts) {
    const json_t *reasons = json_object_get(tree, "review_reasons"), *reason;
    const char **made = arena_allocate_zero(arena, json_array_size(reasons) + 1, sizeof *made);
    size_t index;
    if (made == NULL) {
        return false;
    }
    json_array_foreach(reasons, index, reason) {
        made[parts->reason_count++] = json_is_string(reason) ? json_string_value(reason) : "";
    }
    parts->reasons = made;
    return true;
}

enum lince_status record_parse(const json_t *tree, const struct record_types *types, struct meter *meter,
                               struct lince_record **record, struct lince_error *error) {
    struct record_parts parts = {.layout = text_of(tree, "layout"),
                                 .kind = text_or_none(tree, "kind"),
                                 .direction = text_of(tree, "direction"),
                                 .country = text_of(tree, "country")};
    struct arena arena;
    *record = NULL;
    arena_init(&arena, meter, PARTS_BLOCK_BYTES);
    bool is_taken = fields_take(tree, types, &arena, &parts) && reasons_take(tree, &arena, &parts);
    enum lince_status status =
        is_taken ? records_remake(&parts, meter, record, error)
                 : error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for a record; raise the memory limit",
                             "no hay memoria para un registro; suba el límite de memoria");
    arena_clear(&arena);
    return status;
}
