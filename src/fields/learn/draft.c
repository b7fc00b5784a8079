/* draft.c - what several lessons have in common, as a layout file. */
#include "fields/learn/draft.h"

#include <string.h>

#include "base/json_memory.h"

/* Texts that are ignored; texts by which pages are recognised: a single one may be on pages of others too. */
enum { IGNORED_MOST = 24, ANCHORS_LEAST = 2 };

static const char *const place_names[CLUE_PLACE_COUNT][3] = {
    [CLUE_AFTER] = {"after", "right", NULL},
    [CLUE_RIGHT] = {"right", "after", NULL},
    [CLUE_BELOW] = {"below", NULL},
    [CLUE_ABOVE] = {"above", NULL},
};

bool draft_field_of(struct draft *draft, const char *name, struct draft_field **field) {
    *field = NULL;
    for (size_t i = 0; i < draft->field_count; i++) {
        if (strcmp(draft->fields[i].name, name) == 0) {
            *field = &draft->fields[i];
            return true;
        }
    }
    if (draft->field_count == LESSON_FIELDS_MOST) {
        return true;
    }
    name = arena_copy_text(draft->arena, name, strlen(name)); /* a set of layouts may close before the draft ends */
    if (name == NULL) {
        return false;
    }
    *field = &draft->fields[draft->field_count++];
    **field = (struct draft_field){.name = name, .type = VALUE_TEXT};
    return true;
}

static void clue_count(struct draft_field *field, const struct clue *clue) {
    for (size_t i = 0; i < field->clue_count; i++) {
        if (field->clues[i].place == clue->place && strcmp(field->clues[i].key, clue->key) == 0) {
            field->seen[i]++;
            return;
        }
    }
    if (field->clue_count < DRAFT_CLUES_MOST) {
        field->clues[field->clue_count] = *clue;
        field->seen[field->clue_count++] = 1;
    }
}

/* The most frequent first; among equals, the nearest place. */
static void clues_sort(struct draft_field *field) {
    for (size_t i = 1; i < field->clue_count; i++) {
        struct clue clue = field->clues[i];
        size_t seen = field->seen[i], at = i;
        while (at > 0 && (field->seen[at - 1] < seen ||
                          (field->seen[at - 1] == seen && field->clues[at - 1].place > clue.place))) {
            field->clues[at] = field->clues[at - 1];
            field->seen[at] = field->seen[at - 1];
            at--;
        }
        field->clues[at] = clue;
        field->seen[at] = seen;
    }
}

static void constant_learn(struct draft *draft, struct draft_field *field) {
    size_t count = 0;
    const char *value = NULL;
    for (size_t i = 0; i < draft->lesson_count; i++) {
        for (size_t j = 0; j < draft->lessons[i]->field_count; j++) {
            const struct lesson_field *own = &draft->lessons[i]->fields[j];
            if (strcmp(own->name, field->name) == 0) {
                count += value == NULL || strcmp(value, own->value) == 0;
                value = own->value;
            }
        }
    }
    field->constant = count == draft->lesson_count && count > 1 && field->placed_count == 0 ? value : NULL;
}

bool draft_is_on_all(const struct draft *draft, const char *key) {
    for (size_t i = 0; i < draft->lesson_count; i++) {
        if (!lesson_has_text(draft->lessons[i], key)) {
            return false;
        }
    }
    return true;
}

/* Of the texts that are on all pages, those that the fewest other pages have. */
static void anchors_choose(struct draft *draft, lesson_weight weight_of, void *context) {
    const struct lesson *first = draft->lessons[0];
    struct draft_anchor *anchors = draft->anchors;
    for (size_t i = 0; i < first->text_count; i++) {
        struct draft_anchor anchor = {&first->texts[i], weight_of(context, first->texts[i].key)};
        bool known = anchor.weight <= 0 || !draft_is_on_all(draft, anchor.text->key);
        for (size_t j = 0; j < draft->anchor_count; j++) {
            known = known || strcmp(anchors[j].text->key, anchor.text->key) == 0;
        }
        size_t at = draft->anchor_count;
        while (!known && at > 0 && anchors[at - 1].weight < anchor.weight) {
            if (at < DRAFT_ANCHORS_MOST) {
                anchors[at] = anchors[at - 1];
            }
            at--;
        }
        if (!known && at < DRAFT_ANCHORS_MOST) {
            anchors[at] = anchor;
            draft->anchor_count += draft->anchor_count < DRAFT_ANCHORS_MOST;
        }
    }
}

bool draft_is_recognisable(const struct draft *draft) {
    return draft->anchor_count >= ANCHORS_LEAST;
}

bool draft_begin(struct draft *draft, struct arena *arena, struct lesson *const *lessons, size_t count,
                 lesson_weight weight_of, void *context) {
    *draft = (struct draft){.arena = arena, .lessons = lessons, .lesson_count = count, .base = lessons[0]->base};
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < lessons[i]->field_count; j++) {
            const struct lesson_field *own = &lessons[i]->fields[j];
            struct draft_field *field;
            if (!draft_field_of(draft, own->name, &field)) {
                return false;
            }
            if (field == NULL) {
                continue;
            }
            field->type = own->type;
            field->placed_count += own->is_placed;
            for (size_t k = 0; k < own->clue_count; k++) {
                clue_count(field, &own->clues[k]);
            }
        }
    }
    for (size_t i = 0; i < draft->field_count; i++) {
        clues_sort(&draft->fields[i]);
        constant_learn(draft, &draft->fields[i]);
    }
    anchors_choose(draft, weight_of, context);
    return true;
}

static double hundredths(double value) {
    return (double)(long)(value * 100 + 0.5) / 100;
}

/* Of several pages, every text on all of them is required. Of a single page some texts may be its own, so fewer are. */
static json_t *recognise_tree(const struct draft *draft) {
    static const double SHARE_OF_ONE = 0.55, SHARE_OF_SEVERAL = 0.72;
    double sum = 0;
    json_t *list = json_array();
    for (size_t i = 0; i < draft->anchor_count; i++) {
        double weight = hundredths(draft->anchors[i].weight);
        sum += weight;
        json_array_append_new(list, json_pack("{s:s, s:f}", "text", draft->anchors[i].text->text, "weight", weight));
    }
    double share = draft->lesson_count > 1 ? SHARE_OF_SEVERAL : SHARE_OF_ONE;
    return json_pack("{s:f, s:o}", "threshold", hundredths(sum * share), "anchors", list);
}

static json_t *field_tree(const struct draft *draft, const struct draft_field *field) {
    enum value_type type;
    if (field->is_absent) {
        return json_null();
    }
    if (field->constant != NULL) {
        return json_pack("{s:s}", "default", field->constant);
    }
    const struct clue *clue = &field->clues[field->tried];
    json_t *labels = json_pack("[s]", clue->text), *where = json_array();
    /* Another spelling of the label, on pages that do not have this one. */
    for (size_t i = 0; i < field->clue_count; i++) {
        const struct clue *other = &field->clues[i];
        if (i != field->tried && other->place == clue->place && field->seen[i] > 1 &&
            field->seen[i] + field->seen[field->tried] <= field->placed_count) {
            json_array_append_new(labels, json_string(other->text));
        }
    }
    for (size_t i = 0; place_names[clue->place][i] != NULL; i++) {
        json_array_append_new(where, json_string(place_names[clue->place][i]));
    }
    json_t *tree = json_pack("{s:o, s:o}", "labels", labels, "where", where);
    if (!lesson_layout_has(draft->lessons[0]->search.layout, field->name, &type)) {
        json_object_set_new(tree, "type", json_string(value_type_name(type)));
    }
    return tree;
}

/* Whether the text is a label of one of the draft's fields. */
static bool is_label(const struct draft *draft, const char *key) {
    for (size_t i = 0; i < draft->field_count; i++) {
        const struct draft_field *field = &draft->fields[i];
        for (size_t j = 0; j < field->clue_count; j++) {
            if (strcmp(field->clues[j].key, key) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* A text that is on every page and is not a label is not a value either. */
static json_t *ignore_tree(const struct draft *draft) {
    const struct lesson *first = draft->lessons[0];
    json_t *list = json_array();
    for (size_t i = 0; i < first->text_count && draft->lesson_count > 1; i++) {
        const struct lesson_text *text = &first->texts[i];
        bool whole = draft_is_on_all(draft, text->key), value = false;
        for (size_t j = 0; j < first->field_count; j++) {
            value = value || (first->fields[j].is_placed && first->fields[j].segment == text->segment);
        }
        if (whole && !value && !is_label(draft, text->key) && json_array_size(list) < IGNORED_MOST) {
            json_array_append_new(list, json_string(text->text));
        }
    }
    return list;
}

static json_t *box_tree(struct lince_box box) {
    return json_pack("[f,f,f,f]", hundredths(box.x0), hundredths(box.y0), hundredths(box.x1), hundredths(box.y1));
}

static json_t *example_tree(const struct lesson *lesson) {
    const struct record_page *page = &lesson->page;
    json_t *lines = json_array(), *fields = json_object();
    for (size_t i = 0; i < page->line_count; i++) {
        const struct lince_line *line = &page->lines[i];
        json_array_append_new(lines, json_pack("{s:s, s:o}", "text", line->text, "box", box_tree(line->box)));
    }
    for (size_t i = 0; i < lesson->field_count; i++) {
        json_object_set_new(fields, lesson->fields[i].name, json_string(lesson->fields[i].value));
    }
    return json_pack("{s:s, s:{s:f, s:f, s:o}, s:o}", "document", lesson->document->id, "page", "width",
                     hundredths(page->width_px), "height", hundredths(page->height_px), "lines", lines, "fields",
                     fields);
}

json_t *draft_tree(const struct draft *draft) {
    (void)json_memory_was_refused();
    json_t *recognise = recognise_tree(draft), *ignore = ignore_tree(draft);
    json_t *fields = json_object(), *examples = json_array();
    for (size_t i = 0; i < draft->field_count; i++) {
        if (draft->fields[i].is_set) {
            json_object_set_new(fields, draft->fields[i].name, field_tree(draft, &draft->fields[i]));
        }
    }
    for (size_t i = 0; i < draft->lesson_count; i++) {
        json_array_append_new(examples, example_tree(draft->lessons[i]));
    }
    json_t *tree =
        json_pack("{s:s, s:i, s:s, s:s, s:b, s:s, s:o}", "$schema", "layout.schema.json", "schema", 1, "name",
                  draft->name, "title", draft->name, "learned", 1, "extends", draft->base, "recognise", recognise);
    if (json_array_size(ignore) > 0) {
        json_object_set(tree, "ignore", ignore);
    }
    json_decref(ignore);
    json_object_set_new(tree, "fields", fields);
    json_object_set_new(tree, "examples", examples);
    if (json_memory_was_refused()) { /* a refused member would be missing in silence */
        json_decref(tree);
        return NULL;
    }
    return tree;
}
