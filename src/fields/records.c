/* records.c - the public face of layouts and records. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/meter.h"
#include "fields/layouts/layout.h"
#include "fields/record.h"
#include "fields/records.h"

enum { RECORD_BLOCK_BYTES = 4096 };

/* The one block that is on no meter: the meter itself is in it. */
struct lince_layouts {
    struct meter meter;
    struct layout_set set;
};

struct lince_record {
    struct arena arena; /* owns all but this struct */
    struct record record;
    struct lince_field *fields;
    const char **reasons;
};

static enum lince_status out_of_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for a record; raise the memory limit",
                     "no hay memoria para un registro; suba el límite de memoria");
}

enum lince_status lince_layouts_open(const struct lince_layouts_options *options, struct lince_layouts **layouts,
                                     struct lince_error *error) {
    return layouts_open_under(NULL, options, layouts, error);
}

static enum lince_status layouts_make(struct meter *parent, const struct lince_layouts_options *known,
                                      const struct layout_sources *sources, struct lince_layouts **layouts,
                                      struct lince_error *error) {
    *layouts = NULL;
    struct lince_layouts *made = calloc(1, sizeof *made);
    if (made == NULL) {
        return out_of_memory(error);
    }
    meter_init(&made->meter, parent, "layouts",
               known->memory_limit_bytes == 0 ? METER_NO_LIMIT : known->memory_limit_bytes);
    enum lince_status status = layout_set_open_from(&made->meter, sources, &made->set, error);
    if (status == LINCE_OK && doubt_review_set(&made->set.doubt, known->review, error) != LINCE_OK) {
        layout_set_close(&made->set);
        status = LINCE_ERROR_ARGUMENT;
    }
    if (status != LINCE_OK) {
        meter_remove(&made->meter);
        free(made);
        return status;
    }
    *layouts = made;
    return LINCE_OK;
}

enum lince_status layouts_open_under(struct meter *parent, const struct lince_layouts_options *options,
                                     struct lince_layouts **layouts, struct lince_error *error) {
    struct lince_layouts_options known = LINCE_LAYOUTS_OPTIONS_DEFAULTS;
    if (options != NULL) { /* a caller built against an older header has fewer members */
        memcpy(&known, options, options->size < sizeof known ? options->size : sizeof known);
    }
    const struct layout_sources sources = {.learned = known.learned, .folder = known.folder};
    return layouts_make(parent, &known, &sources, layouts, error);
}

enum lince_status layouts_open_with(struct meter *parent, const char *name, const char *text, size_t bytes,
                                    struct lince_layouts **layouts, struct lince_error *error) {
    const struct lince_layouts_options known = LINCE_LAYOUTS_OPTIONS_DEFAULTS;
    const struct layout_sources sources = {.source = name, .text = text, .bytes = bytes};
    return layouts_make(parent, &known, &sources, layouts, error);
}

const char *layouts_review_kind(const struct lince_layouts *layouts, size_t index, double *confidence) {
    const char *name = doubt_kind_name((enum doubt_kind)index);
    *confidence = name == NULL ? 0.0 : layouts->set.doubt.review[index];
    return name;
}

_Static_assert((int)DOUBT_KIND_COUNT <= (int)REVIEW_KINDS_MOST, "all kinds have room");

enum lince_status layouts_review_find(const struct lince_layouts *layouts, const char *text,
                                      double confidences[REVIEW_KINDS_MOST], struct lince_error *error) {
    struct doubt_model changed = layouts->set.doubt;
    enum lince_status status = doubt_review_set(&changed, text, error);
    if (status == LINCE_OK) {
        memset(confidences, 0, REVIEW_KINDS_MOST * sizeof *confidences);
        memcpy(confidences, changed.review, sizeof changed.review);
    }
    return status;
}

void layouts_review_use(struct lince_layouts *layouts, const double confidences[REVIEW_KINDS_MOST]) {
    memcpy(layouts->set.doubt.review, confidences, sizeof layouts->set.doubt.review);
}

const struct country_set *layouts_countries(const struct lince_layouts *layouts) {
    return &layouts->set.countries;
}

const struct field_rule *layouts_field_rule(const struct lince_layouts *layouts, size_t layout, size_t index) {
    return index < layouts->set.layouts[layout].field_count ? &layouts->set.layouts[layout].fields[index] : NULL;
}

void lince_layouts_close(struct lince_layouts *layouts) {
    if (layouts == NULL) {
        return;
    }
    layout_set_close(&layouts->set);
    meter_remove(&layouts->meter);
    free(layouts);
}

size_t lince_layouts_count(const struct lince_layouts *layouts) {
    return layouts->set.count;
}

const char *lince_layouts_name(const struct lince_layouts *layouts, size_t index) {
    return index < layouts->set.count ? layouts->set.layouts[index].name : NULL;
}

const char *lince_layouts_title(const struct lince_layouts *layouts, size_t index) {
    return index < layouts->set.count ? layouts->set.layouts[index].title : NULL;
}

const char *lince_layouts_source(const struct lince_layouts *layouts, size_t index) {
    return index < layouts->set.count ? layouts->set.layouts[index].source : NULL;
}

size_t lince_layouts_passed_count(const struct lince_layouts *layouts) {
    return layouts->set.passed_count;
}

const char *lince_layouts_passed(const struct lince_layouts *layouts, size_t index, const char **reason) {
    bool is_there = index < layouts->set.passed_count && index < PASSED_MOST;
    *reason = is_there ? layouts->set.passed[index].reason : NULL;
    return is_there ? layouts->set.passed[index].file : NULL;
}

static bool fields_show(struct lince_record *record) {
    const struct record *made = &record->record;
    record->fields = arena_allocate(&record->arena, (made->field_count + 1) * sizeof *record->fields);
    record->reasons = arena_allocate(&record->arena, (made->reason_count + 1) * sizeof *record->reasons);
    if (record->fields == NULL || record->reasons == NULL) {
        return false;
    }
    for (size_t i = 0; i < made->field_count; i++) {
        const struct record_field *field = &made->fields[i];
        record->fields[i] = (struct lince_field){
            .name = field->name,
            .type = value_type_name(field->type),
            .value = field->value,
            .text = field->text,
            .confidence = field->confidence,
            .box = field->box,
            .page_line = field->page_line,
            .rule = found_by_name(field->found_by),
            .repairs = field->repairs,
            .meaning = field->meaning,
        };
    }
    for (size_t i = 0; i < made->reason_count; i++) {
        char text[96];
        int bytes =
            snprintf(text, sizeof text, "%s:%s", review_reason_name(made->reasons[i].reason), made->reasons[i].field);
        record->reasons[i] = arena_copy_text(&record->arena, text, (size_t)bytes);
        if (record->reasons[i] == NULL) {
            return false;
        }
    }
    return true;
}

enum lince_status records_extract(const struct lince_layouts *layouts, const struct record_page *page,
                                  const char *const *names, size_t name_count, struct lince_record **record,
                                  struct lince_error *error) {
    *record = NULL;
    struct meter *meter = layouts->set.meter;
    struct lince_record *made = meter_allocate_zero(meter, 1, sizeof *made);
    if (made == NULL) {
        return out_of_memory(error);
    }
    arena_init(&made->arena, meter, RECORD_BLOCK_BYTES);
    enum lince_status status =
        record_extract(&made->arena, &layouts->set, names, name_count, page, &made->record, error);
    if (status == LINCE_OK && !fields_show(made)) {
        status = out_of_memory(error);
    }
    if (status != LINCE_OK) {
        lince_record_free(made);
        return status;
    }
    *record = made;
    return LINCE_OK;
}

enum lince_status lince_record_extract_lines(const struct lince_layouts *layouts, const struct lince_line *lines,
                                             size_t line_count, double width_px, double height_px,
                                             const char *const *names, size_t name_count, struct lince_record **record,
                                             struct lince_error *error) {
    const struct record_page page = {
        .lines = lines, .line_count = line_count, .width_px = width_px, .height_px = height_px};
    return records_extract(layouts, &page, names, name_count, record, error);
}

enum lince_status lince_record_extract(const struct lince_layouts *layouts, const struct lince_page *page,
                                       const char *const *names, size_t name_count, struct lince_record **record,
                                       struct lince_error *error) {
    size_t count = lince_page_line_count(page);
    *record = NULL;
    struct lince_line *lines = meter_allocate(layouts->set.meter, (count + 1) * sizeof *lines);
    if (lines == NULL) {
        return out_of_memory(error);
    }
    for (size_t i = 0; i < count; i++) {
        lines[i] = *lince_page_line(page, i);
    }
    const struct record_page whole = {.lines = lines,
                                      .line_count = count,
                                      .width_px = lince_page_width_px(page),
                                      .height_px = lince_page_height_px(page),
                                      .codes = lince_page_code(page, 0),
                                      .code_count = lince_page_code_count(page)};
    enum lince_status status = records_extract(layouts, &whole, names, name_count, record, error);
    meter_free(lines);
    return status;
}

enum lince_status records_remake(const struct record_parts *parts, struct meter *meter, struct lince_record **record,
                                 struct lince_error *error) {
    *record = NULL;
    struct lince_record *made = meter_allocate_zero(meter, 1, sizeof *made);
    if (made == NULL) {
        return out_of_memory(error);
    }
    arena_init(&made->arena, meter, RECORD_BLOCK_BYTES);
    made->record.layout = parts->layout;
    made->record.kind = kind_from_name(parts->kind);
    made->record.direction = parts->direction;
    made->record.country = parts->country;
    made->record.field_count = parts->field_count;
    made->record.reason_count = parts->reason_count;
    made->fields = arena_allocate(&made->arena, (parts->field_count + 1) * sizeof *made->fields);
    made->reasons = arena_allocate(&made->arena, (parts->reason_count + 1) * sizeof *made->reasons);
    if (made->fields == NULL || made->reasons == NULL) {
        lince_record_free(made);
        return out_of_memory(error);
    }
    memcpy(made->fields, parts->fields, parts->field_count * sizeof *made->fields);
    memcpy(made->reasons, parts->reasons, parts->reason_count * sizeof *made->reasons);
    *record = made;
    return LINCE_OK;
}

void lince_record_free(struct lince_record *record) {
    if (record != NULL) {
        arena_clear(&record->arena);
        meter_free(record);
    }
}

const char *lince_record_layout(const struct lince_record *record) {
    return record->record.layout;
}

const char *lince_record_rules(const struct lince_record *record) {
    return record->record.rules;
}

const char *lince_record_kind(const struct lince_record *record) {
    return kind_name(record->record.kind);
}

double lince_record_kind_confidence(const struct lince_record *record) {
    return record->record.kind_confidence;
}

const char *lince_record_direction(const struct lince_record *record) {
    return record->record.direction;
}

const char *lince_record_country(const struct lince_record *record) {
    return record->record.country;
}

double lince_record_country_confidence(const struct lince_record *record) {
    return record->record.country_confidence;
}

size_t lince_record_evidence_count(const struct lince_record *record) {
    return record->record.evidence_count;
}

const char *lince_record_evidence(const struct lince_record *record, size_t index) {
    return index < record->record.evidence_count ? record->record.evidence[index] : NULL;
}

size_t lince_record_field_count(const struct lince_record *record) {
    return record->record.field_count;
}

const struct lince_field *lince_record_field(const struct lince_record *record, size_t index) {
    return index < record->record.field_count ? &record->fields[index] : NULL;
}

const double *record_inputs(const struct lince_record *record, size_t index) {
    return record->record.fields[index].inputs;
}

const double *record_page_inputs(const struct lince_record *record) {
    return record->record.page_inputs;
}

const struct lince_field *lince_record_find(const struct lince_record *record, const char *name) {
    for (size_t i = 0; i < record->record.field_count; i++) {
        if (strcmp(record->fields[i].name, name) == 0) {
            return &record->fields[i];
        }
    }
    return NULL;
}

size_t lince_record_reason_count(const struct lince_record *record) {
    return record->record.reason_count;
}

const char *lince_record_reason(const struct lince_record *record, size_t index) {
    return index < record->record.reason_count ? record->reasons[index] : NULL;
}
