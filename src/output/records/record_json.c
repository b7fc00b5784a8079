/* record_json.c - writes layout, fields and reasons of a record as JSON members. */
#include "output/records/record_json.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "fields/layouts/doubt_weights.h"
#include "fields/pages/long_page.h"
#include "fields/records.h"
#include "fields/result/found_by.h"
#include "fields/result/review_reason.h"
#include "output/records/record_values.h"
#include "output/writers/decimals.h"
#include "output/writers/json_writer.h"

/* The page that begins at or above `top_px` of the long one. */
static const struct long_page_part *part_at(const struct long_page *pages, double top_px) {
    size_t at = pages->part_count - 1;
    while (at > 0 && pages->parts[at].top_px > top_px) {
        at--;
    }
    return &pages->parts[at];
}

static const struct long_page_part *part_of_line(const struct long_page *pages, size_t line) {
    size_t at = pages->part_count - 1;
    while (at > 0 && pages->parts[at].first_line > line) {
        at--;
    }
    return &pages->parts[at];
}

/*
 * The field's place on the page where it begins; its pieces may continue on the next one. A code that corrected it may
 * be on another page than its line: then the box is on the code's page.
 */
static void place_members(struct json_writer *json, const struct lince_field *field, const struct long_page *pages) {
    bool is_coded = strcmp(field->rule, found_by_name(FOUND_CODE)) == 0;
    const struct long_page_part *printed = part_of_line(pages, field->page_line);
    const struct long_page_part *page = is_coded ? part_at(pages, field->box.y0) : printed;
    struct lince_box box = field->box;
    box.y0 = fmin(fmax(box.y0 - page->top_px, 0), page->height_px);
    box.y1 = fmin(fmax(box.y1 - page->top_px, 0), page->height_px);
    json_whole(json, "page", page->number);
    json_box(json, box, COORDINATE_DECIMALS);
    if (page == printed) {
        json_whole(json, "page_line", field->page_line - page->first_line);
    }
}

static void field_object(struct json_writer *json, const struct lince_field *field, const struct long_page *pages) {
    json_object_open(json, field->name);
    json_text(json, "value", field->value);
    json_text(json, "text", field->text);
    if (field->meaning != NULL) {
        json_text(json, strcmp(field->type, "bank") == 0 ? "name" : "kind", field->meaning);
    }
    json_decimal(json, "confidence", field->confidence, CONFIDENCE_DECIMALS);
    if (field->page_line != LINCE_NO_LINE && pages != NULL) {
        place_members(json, field, pages);
    } else if (field->page_line != LINCE_NO_LINE) {
        json_box(json, field->box, COORDINATE_DECIMALS);
        json_whole(json, "page_line", field->page_line);
    }
    json_text(json, "rule", field->rule);
    json_whole(json, "repairs", field->repairs);
    json_object_close(json);
}

/* The country, the confidence in it, and the evidence. */
static void country_members(struct json_writer *json, const struct lince_record *record) {
    if (lince_record_country(record) == NULL) {
        json_nothing(json, "country");
    } else {
        json_text(json, "country", lince_record_country(record));
        json_decimal(json, "country_confidence", lince_record_country_confidence(record), CONFIDENCE_DECIMALS);
    }
    json_array_open(json, "evidence");
    for (size_t i = 0; i < lince_record_evidence_count(record); i++) {
        json_text(json, NULL, lince_record_evidence(record, i));
    }
    json_array_close(json);
}

void record_members(struct json_writer *json, const struct lince_record *record) {
    record_members_of_pages(json, record, NULL);
}

/* Pages that could not be read come first, and are a reason of their own. */
static void review_members(struct json_writer *json, const struct lince_record *record,
                           const struct record_of_pages *of) {
    size_t unread_count = of == NULL ? 0 : of->unread_count;
    json_truth(json, "needs_review", lince_record_reason_count(record) + unread_count > 0);
    json_array_open(json, "review_reasons");
    for (size_t i = 0; i < unread_count; i++) {
        char reason[48];
        snprintf(reason, sizeof reason, "%s:%u", review_reason_name(REASON_UNREAD_PAGE), of->unread[i]);
        json_text(json, NULL, reason);
    }
    for (size_t i = 0; i < lince_record_reason_count(record); i++) {
        json_text(json, NULL, lince_record_reason(record, i));
    }
    json_array_close(json);
}

void record_members_of_pages(struct json_writer *json, const struct lince_record *record,
                             const struct record_of_pages *of) {
    if (lince_record_layout(record) == NULL) {
        json_nothing(json, "layout");
    } else {
        json_text(json, "layout", lince_record_layout(record));
    }
    if (lince_record_rules(record) == NULL) {
        json_nothing(json, "rules");
    } else {
        json_text(json, "rules", lince_record_rules(record));
    }
    json_text(json, "kind", lince_record_kind(record));
    json_decimal(json, "kind_confidence", lince_record_kind_confidence(record), CONFIDENCE_DECIMALS);
    if (lince_record_direction(record) != NULL) {
        json_text(json, "direction", lince_record_direction(record));
    }
    country_members(json, record);
    json_object_open(json, "fields");
    for (size_t i = 0; i < lince_record_field_count(record); i++) {
        field_object(json, lince_record_field(record, i), of == NULL ? NULL : of->pages);
    }
    json_object_close(json);
    record_values_member(json, record);
    if (of != NULL && of->fields_pages > 0) {
        json_whole(json, "fields_pages", of->fields_pages);
        json_whole(json, "fields_last_pages", of->fields_last_pages);
    }
    review_members(json, record, of);
}

void record_inputs_member(struct json_writer *json, const struct lince_record *record) {
    json_object_open(json, "inputs");
    for (size_t i = 0; i < lince_record_field_count(record); i++) {
        const double *inputs = record_inputs(record, i);
        json_object_open(json, lince_record_field(record, i)->name);
        for (size_t j = 0; j < DOUBT_INPUT_COUNT; j++) {
            if (inputs[j] != 0) {
                json_decimal(json, doubt_input_name((enum doubt_input)j), inputs[j], CONFIDENCE_DECIMALS);
            }
        }
        json_object_close(json);
    }
    json_object_close(json);
    const double *page = record_page_inputs(record);
    json_object_open(json, "page_inputs");
    for (size_t i = 0; i < PAGE_INPUT_COUNT; i++) {
        if (page[i] != 0) {
            json_decimal(json, page_input_name((enum page_input)i), page[i], CONFIDENCE_DECIMALS);
        }
    }
    json_object_close(json);
}
