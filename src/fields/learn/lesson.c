/* lesson.c - finds the right values on their page, and the texts beside them. */
#include "fields/learn/lesson.h"

#include <string.h>

#include "base/error.h"
#include "fields/page_json.h"

/* Letters of a value that is searched for as text; of a text that may be an anchor: shorter ones are everywhere. */
enum { VALUE_LETTERS_LEAST = 2, TEXT_LETTERS_LEAST = 3 };

static enum lince_status out_of_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory to learn from a page; raise the memory limit",
                     "no hay memoria para aprender de una página; suba el límite de memoria");
}

static bool is_words(enum value_type type) {
    return type == VALUE_NAME || type == VALUE_TEXT || type == VALUE_COMPANY || type == VALUE_ADDRESS;
}

bool lesson_value_is_same(struct arena *arena, enum value_type type, const char *left, const char *right) {
    struct fold a, b;
    if (strcmp(left, right) == 0) {
        return true;
    }
    return is_words(type) && fold_text(arena, left, strlen(left), &a) && fold_text(arena, right, strlen(right), &b) &&
           strcmp(a.plain, b.plain) == 0;
}

static size_t segment_of(const struct sheet *sheet, struct extent extent) {
    for (size_t i = 0; i < sheet->segment_count; i++) {
        if (extents_meet(segment_extent(&sheet->segments[i]), extent)) {
            return i;
        }
    }
    return sheet->segment_count;
}

/* A candidate of the type with the value. Its place is that of its first piece. */
static bool candidate_place(struct arena *arena, const struct search *search, struct lesson_field *field) {
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *candidate = &search->candidates[i];
        const char *value = candidate->find.value[0] != '\0' ? candidate->find.value : candidate->text;
        bool fits = candidate->type == field->type || (field->type == VALUE_NAME && candidate->type == VALUE_EMAIL);
        if (fits && candidate->extent_count > 0 && lesson_value_is_same(arena, field->type, value, field->value)) {
            field->extent = candidate->extents[0];
            return true;
        }
    }
    return false;
}

/* The value as it is printed, between the ends of words. */
static bool text_place(struct arena *arena, const struct search *search, struct lesson_field *field) {
    struct fold wanted;
    if (!fold_text(arena, field->value, strlen(field->value), &wanted) || wanted.count < VALUE_LETTERS_LEAST) {
        return false;
    }
    for (size_t i = 0; i < search->sheet.line_count; i++) {
        const struct sheet_line *line = &search->sheet.lines[i];
        for (const char *at = strstr(line->fold.plain, wanted.plain); at != NULL; at = strstr(at + 1, wanted.plain)) {
            size_t from = (size_t)(at - line->fold.plain), to = from + wanted.count;
            if (!line->chrome && fold_word_starts(&line->fold, from) && fold_word_ends(&line->fold, to)) {
                field->extent = (struct extent){i, line->fold.from[from], line->fold.to[to - 1]};
                return true;
            }
        }
    }
    return false;
}

/* The words of a piece of a line, joined by single spaces, without punctuation, which means something in patterns. */
static const char *words_copy(struct arena *arena, const char *text, size_t from, size_t to) {
    char *words = arena_allocate(arena, to - from + 1);
    size_t used = 0;
    if (words == NULL) {
        return NULL;
    }
    for (size_t i = from; i < to; i++) {
        unsigned char c = (unsigned char)text[i];
        bool is_word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0xC3;
        bool goes_on = c >= 0x80 && c < 0xC0 && used > 0 && (unsigned char)words[used - 1] >= 0x80;
        if (is_word || goes_on) {
            words[used++] = (char)c;
        } else if (used > 0 && words[used - 1] != ' ') {
            words[used++] = ' ';
        }
    }
    used -= used > 0 && words[used - 1] == ' ';
    words[used] = '\0';
    return words;
}

/* The key of a text; NULL for one that cannot be a label: too short, too long, or with digits. */
static const char *key_of(struct arena *arena, const char *text, size_t from, size_t to) {
    enum { KEY_LEAST = 2, KEY_MOST = 48 }; /* letters of a label; longer texts are sentences */
    struct fold fold;
    if (to <= from || !fold_text(arena, text + from, to - from, &fold) || fold.count < KEY_LEAST ||
        fold.count > KEY_MOST || strpbrk(fold.plain, "0123456789") != NULL) {
        return NULL;
    }
    return fold.plain;
}

static void clue_add(struct arena *arena, const struct search *search, struct lesson_field *field,
                     enum clue_place place, struct extent extent) {
    const char *text = search->sheet.lines[extent.line].text;
    const char *key = key_of(arena, text, extent.from, extent.to);
    const char *words = key == NULL ? NULL : words_copy(arena, text, extent.from, extent.to);
    if (words != NULL && words[0] != '\0' && field->clue_count < CLUES_MOST) {
        field->clues[field->clue_count++] = (struct clue){place, key, words};
    }
}

/* Whether any byte of the segment belongs to a right value. */
static bool is_value(const struct lesson *lesson, size_t segment) {
    const struct segment *own = &lesson->search.sheet.segments[segment];
    for (size_t i = 0; i < lesson->field_count; i++) {
        if (lesson->fields[i].is_placed && extents_meet(lesson->fields[i].extent, segment_extent(own))) {
            return true;
        }
    }
    return false;
}

/* The nearest segment at that place from the value that is not a right value itself; the count of segments if none. */
static size_t neighbour(const struct lesson *lesson, struct lince_box box, size_t own, enum clue_place place) {
    static const double ROWS_MOST = 3.5; /* in heights of the value: labels above or below it are nearer */
    static const double OVERLAP_PX = 2;  /* boxes of one row may overlap by the rounding of their edges */
    const struct sheet *sheet = &lesson->search.sheet;
    size_t found = sheet->segment_count;
    double nearest = place == CLUE_RIGHT ? sheet->width_px : ROWS_MOST * box_height(box);
    for (size_t i = 0; i < sheet->segment_count; i++) {
        struct lince_box other = sheet->segments[i].box;
        bool beside =
            place == CLUE_RIGHT && box_same_row(other, box) > ROW_SURE_SHARE && other.x1 <= box.x0 + OVERLAP_PX;
        bool column = box_shared_width(other, box) > 0 || other.x0 - box.x0 < box_height(box);
        bool over = place == CLUE_BELOW && column && box_same_row(other, box) < ROW_SHARE && other.y0 < box.y0;
        bool under = place == CLUE_ABOVE && column && box_same_row(other, box) < ROW_SHARE && other.y0 > box.y0;
        double distance = beside ? box.x0 - other.x1 : over ? box.y0 - other.y1 : other.y0 - box.y1;
        if (i != own && (beside || over || under) && distance < nearest &&
            !sheet->lines[sheet->segments[i].line].chrome) {
            nearest = distance;
            found = i;
        }
    }
    return found < sheet->segment_count && is_value(lesson, found) ? sheet->segment_count : found;
}

static void clues_find(struct arena *arena, const struct lesson *lesson, struct lesson_field *field) {
    const struct sheet *sheet = &lesson->search.sheet;
    const struct segment *own = &sheet->segments[field->segment];
    struct lince_box box = sheet_extent_box(sheet, field->extent);
    clue_add(arena, &lesson->search, field, CLUE_AFTER, (struct extent){own->line, own->from, field->extent.from});
    if (field->clue_count > 0) {
        return; /* "Sello: 0001": the text before it in its own piece of the row is its label */
    }
    for (enum clue_place place = CLUE_RIGHT; place < CLUE_PLACE_COUNT; place++) {
        size_t segment = neighbour(lesson, box, field->segment, place);
        if (segment < sheet->segment_count) {
            clue_add(arena, &lesson->search, field, place, segment_extent(&sheet->segments[segment]));
        }
    }
}

bool lesson_layout_has(const struct layout *layout, const char *name, enum value_type *type) {
    for (size_t i = 0; i < layout->field_count; i++) {
        if (strcmp(layout->fields[i].name, name) == 0) {
            *type = layout->fields[i].type;
            return true;
        }
    }
    *type = VALUE_TEXT;
    return false;
}

/* How many of the corrected fields the layout has. */
static size_t known_count(const struct layout *layout, const json_t *right) {
    enum value_type type;
    const char *name;
    json_t *value;
    size_t count = 0;
    json_object_foreach((json_t *)(uintptr_t)right, name, value) {
        count += lesson_layout_has(layout, name, &type);
    }
    return count;
}

/* The layout that has the most corrected fields; among equals, the one that matches the page. */
static const struct layout *base_choose(const struct layout_set *set, const struct layout *asked, const json_t *right) {
    const struct layout *best = asked;
    for (size_t i = 0; i < set->count; i++) {
        const struct layout *layout = &set->layouts[i];
        if (layout->generic && known_count(layout, right) > known_count(best, right)) {
            best = layout;
        }
    }
    return best;
}

static void fields_place(struct arena *arena, struct lesson *lesson) {
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)lesson->document->right, name, value) {
        if (lesson->field_count == LESSON_FIELDS_MOST || !json_is_string(value)) {
            continue;
        }
        struct lesson_field *field = &lesson->fields[lesson->field_count++];
        *field = (struct lesson_field){.name = name, .value = json_string_value(value)};
        lesson_layout_has(lesson->search.layout, name, &field->type);
        bool may_be_printed =
            field->type != VALUE_CURRENCY && !value_type_has_rows(field->type) && field->value[0] != '\0';
        field->is_placed =
            may_be_printed &&
            (candidate_place(arena, &lesson->search, field) ||
             ((is_words(field->type) || field->type == VALUE_REFERENCE) && text_place(arena, &lesson->search, field)));
        field->segment = field->is_placed ? segment_of(&lesson->search.sheet, field->extent) : 0;
        field->is_placed = field->is_placed && field->segment < lesson->search.sheet.segment_count;
    }
    for (size_t i = 0; i < lesson->field_count; i++) {
        if (lesson->fields[i].is_placed) {
            clues_find(arena, lesson, &lesson->fields[i]);
        }
    }
}

/* The part of a segment that may be on every page of the sender: all of it, or the text before its value. */
static void texts_find(struct arena *arena, struct lesson *lesson) {
    const struct sheet *sheet = &lesson->search.sheet;
    for (size_t i = 0; i < sheet->segment_count && lesson->text_count < LESSON_TEXTS_MOST; i++) {
        const struct segment *segment = &sheet->segments[i];
        const struct sheet_line *line = &sheet->lines[segment->line];
        size_t to = segment->to;
        for (size_t j = 0; j < lesson->field_count; j++) {
            const struct lesson_field *field = &lesson->fields[j];
            bool here = field->is_placed && extents_meet(field->extent, segment_extent(segment));
            to = here && field->extent.from < to ? field->extent.from : to;
        }
        const char *colon = memchr(line->text + segment->from, ':', segment->to - segment->from);
        to = colon != NULL && (size_t)(colon - line->text) < to ? (size_t)(colon - line->text) : to;
        const char *key = line->chrome ? NULL : key_of(arena, line->text, segment->from, to);
        const char *words =
            key == NULL || strlen(key) < TEXT_LETTERS_LEAST ? NULL : words_copy(arena, line->text, segment->from, to);
        if (words != NULL && words[0] != '\0') {
            lesson->texts[lesson->text_count++] = (struct lesson_text){key, words, i};
        }
    }
}

enum lince_status lesson_read(struct arena *arena, const struct layout_set *set, const struct learn_document *document,
                              struct lesson *lesson, struct lince_error *error) {
    *lesson = (struct lesson){.document = document};
    enum lince_status status = page_json_read(arena, document->page, &lesson->page, error);
    if (status == LINCE_OK) {
        status = search_run(arena, set, NULL, 0, &lesson->page, &lesson->search, error);
    }
    if (status != LINCE_OK) {
        return status;
    }
    const struct layout *base = base_choose(set, lesson->search.layout, document->right);
    if (base != lesson->search.layout) {
        status = search_run(arena, set, &base->name, 1, &lesson->page, &lesson->search, error);
    }
    if (status != LINCE_OK) {
        return status;
    }
    lesson->base = lesson->search.layout->name;
    fields_place(arena, lesson);
    texts_find(arena, lesson);
    return lesson->search.candidates == NULL ? out_of_memory(error) : LINCE_OK;
}

bool lesson_has_text(const struct lesson *lesson, const char *key) {
    for (size_t i = 0; i < lesson->text_count; i++) {
        if (strcmp(lesson->texts[i].key, key) == 0) {
            return true;
        }
    }
    return false;
}

double lesson_likeness(const struct lesson *left, const struct lesson *right, lesson_weight weight_of, void *context) {
    double common = 0, all = 0;
    if (strcmp(left->base, right->base) != 0) {
        return 0;
    }
    for (size_t i = 0; i < left->text_count; i++) {
        double weight = weight_of(context, left->texts[i].key);
        all += weight;
        common += lesson_has_text(right, left->texts[i].key) ? weight : 0;
    }
    for (size_t i = 0; i < right->text_count; i++) {
        all += lesson_has_text(left, right->texts[i].key) ? 0 : weight_of(context, right->texts[i].key);
    }
    return all > 0 ? common / all : 0;
}
