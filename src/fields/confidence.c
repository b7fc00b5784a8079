/*
 * confidence.c - turns what is known of a value into how often such values are right, with the model of
 * fields/layouts/doubt_weights.h.
 */
#include <math.h>

#include "fields/record.h"
#include "fields/search.h"

/* More look-alikes in one value make it no worse. */
static const double REPAIRS_MANY = 3.0;

static double within(double value) {
    return value < 0 ? 0 : value > 1 ? 1 : value;
}

/* How reliably the whole page was read: the mean of its lines. */
static double page_reading(const struct sheet *sheet) {
    double sum = 0;
    for (size_t i = 0; i < sheet->line_count; i++) {
        sum += sheet->lines[i].confidence;
    }
    return sheet->line_count == 0 ? 1 : sum / (double)sheet->line_count;
}

void confidence_inputs(const struct search *search, const struct candidate *candidate,
                       double inputs[DOUBT_INPUT_COUNT]) {
    static const double READING_TIMES = 5, PAGE_TIMES = 8; /* spread 0.9 to 1 over 0 to 1 */
    static const double SMALL_PX = 24, SMALLEST_PX = 8;
    inputs[DOUBT_KIND] = within(1 - search->what.confidence);
    inputs[DOUBT_PAGE_READING] = within(PAGE_TIMES * (1 - page_reading(&search->sheet)));
    if (candidate != NULL) {
        double height = box_height(candidate->first_box);
        inputs[DOUBT_READING] = within(READING_TIMES * (1 - candidate->words_confidence));
        inputs[DOUBT_SMALL] = within((SMALL_PX - height) / (SMALL_PX - SMALLEST_PX));
        inputs[DOUBT_FORM] = within(1 - candidate->find.quality);
        inputs[DOUBT_REPAIRS] = within(candidate->find.repairs / REPAIRS_MANY);
        inputs[DOUBT_CHECK_RIGHT] = candidate->find.checked > 0;
        inputs[DOUBT_CHECK_WRONG] = candidate->find.checked < 0;
        inputs[DOUBT_TWO_READINGS] = candidate->find.two_readings;
        inputs[DOUBT_ROWS] = candidate->extent_count > 1;
    }
}

void confidence_fill(const struct doubt_model *model, const struct layout *layout, bool is_required,
                     struct record_field *field) {
    static const double SCORE_LEAST = 0.02, SCORE_SPAN = 3.5;
    double score = field->raw < SCORE_LEAST ? SCORE_LEAST : field->raw > 1 - SCORE_LEAST ? 1 - SCORE_LEAST : field->raw;
    field->inputs[DOUBT_SCORE] = log(score / (1 - score)) / SCORE_SPAN;
    double sum = model->bias + doubt_weight_of(&model->types, value_type_name(field->type)) +
                 doubt_weight_of(&model->fields, field->name) +
                 doubt_weight_of(&model->rules, found_by_name(field->found_by)) +
                 doubt_weight_of(&model->layouts, layout->generic ? layout->name : "own");
    for (size_t i = 0; i < DOUBT_INPUT_COUNT; i++) {
        sum += model->inputs[i] * field->inputs[i];
    }
    const struct doubt_curve *own = &model->curves[doubt_kind_of(field->type, is_required)];
    double fitted = doubt_curve_at(own->count > 0 ? own : &model->curve, 1 / (1 + exp(-sum)));
    double most = doubt_curve_at(&model->caps, field->reading);
    field->confidence = fitted < most ? fitted : most;
}
