/* page_json.c - reads lines, words and boxes from a JSON tree, and checks every number. */
#include "fields/page_json.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"

/* No image is larger; a box beyond this is damage. */
static const double coordinate_most = 1e6;

static enum lince_status out_of_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for a page; raise the memory limit",
                     "no hay memoria para una página; suba el límite de memoria");
}

static enum lince_status damaged(struct lince_error *error, const char *what) {
    return error_set(error, LINCE_ERROR_DAMAGED, "this is not a page of lince read: \"%s\" is missing or not valid",
                     "esto no es una página de lince read: falta \"%s\" o no es válido", what);
}

static bool box_read(const json_t *array, struct lince_box *box) {
    double numbers[4];
    if (json_array_size(array) != 4) {
        return false;
    }
    for (size_t i = 0; i < 4; i++) {
        const json_t *item = json_array_get(array, i);
        numbers[i] = json_number_value(item);
        if (!json_is_number(item) || !(fabs(numbers[i]) <= coordinate_most)) {
            return false;
        }
    }
    *box = (struct lince_box){numbers[0], numbers[1], numbers[2], numbers[3]};
    return box->x0 <= box->x1 && box->y0 <= box->y1;
}

/* The corners of the line; those of its box if the JSON has none. */
static bool quad_read(const json_t *array, struct lince_line *line) {
    struct lince_box box = line->box;
    const struct lince_point corners[4] = {{box.x0, box.y0}, {box.x1, box.y0}, {box.x1, box.y1}, {box.x0, box.y1}};
    memcpy(line->quad, corners, sizeof corners);
    if (array == NULL) {
        return true;
    }
    for (size_t i = 0; i < 4; i++) {
        const json_t *corner = json_array_get(array, i), *x = json_array_get(corner, 0), *y = json_array_get(corner, 1);
        line->quad[i] = (struct lince_point){json_number_value(x), json_number_value(y)};
        if (!json_is_number(x) || !json_is_number(y) || !(fabs(line->quad[i].x) <= coordinate_most) ||
            !(fabs(line->quad[i].y) <= coordinate_most)) {
            return false;
        }
    }
    return json_array_size(array) == 4;
}

static double confidence_read(const json_t *object) {
    const json_t *value = json_object_get(object, "confidence");
    double number = json_is_number(value) ? json_number_value(value) : 1;
    return number >= 0 && number <= 1 ? number : 1;
}

static const char *text_read(struct arena *arena, const json_t *object) {
    const json_t *text = json_object_get(object, "text");
    return json_is_string(text) ? arena_copy_text(arena, json_string_value(text), json_string_length(text)) : NULL;
}

static enum lince_status line_read(struct arena *arena, const json_t *tree, struct lince_line *line,
                                   struct lince_error *error) {
    const json_t *words = json_object_get(tree, "words");
    *line = (struct lince_line){.confidence = confidence_read(tree)};
    if (!json_is_string(json_object_get(tree, "text"))) {
        return damaged(error, "text");
    }
    if (!box_read(json_object_get(tree, "box"), &line->box)) {
        return damaged(error, "box");
    }
    line->text = text_read(arena, tree);
    struct lince_word *made = arena_allocate_zero(arena, json_array_size(words) + 1, sizeof *made);
    if (line->text == NULL || made == NULL) {
        return out_of_memory(error);
    }
    for (size_t i = 0; i < json_array_size(words); i++) {
        const json_t *word = json_array_get(words, i);
        if (!json_is_string(json_object_get(word, "text")) || !box_read(json_object_get(word, "box"), &made[i].box)) {
            return damaged(error, "words");
        }
        made[i].text = text_read(arena, word);
        made[i].confidence = confidence_read(word);
        if (made[i].text == NULL) {
            return out_of_memory(error);
        }
    }
    line->words = made;
    line->word_count = json_array_size(words);
    return quad_read(json_object_get(tree, "quad"), line) ? LINCE_OK : damaged(error, "quad");
}

/* "kind" may be of a later version; such a code is left out. */
static enum lince_code_kind code_kind_of(const json_t *code) {
    const char *name = json_string_value(json_object_get(code, "kind"));
    for (int kind = LINCE_CODE_QR; name != NULL && kind <= LINCE_CODE_AZTEC; kind++) {
        if (strcmp(lince_code_kind_name((enum lince_code_kind)kind), name) == 0) {
            return (enum lince_code_kind)kind;
        }
    }
    return 0;
}

/* Codes whose content is text; the others say nothing about fields. */
static enum lince_status codes_read(struct arena *arena, const json_t *list, struct record_page *page,
                                    struct lince_error *error) {
    struct lince_code *made = arena_allocate_zero(arena, json_array_size(list) + 1, sizeof *made);
    if (made == NULL) {
        return out_of_memory(error);
    }
    page->codes = made;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *tree = json_array_get(list, i), *content = json_object_get(tree, "content");
        struct lince_code *code = &made[page->code_count];
        code->kind = code_kind_of(tree);
        if (!box_read(json_object_get(tree, "box"), &code->box)) {
            return damaged(error, "codes");
        }
        if (code->kind == 0 || !json_is_string(content)) {
            continue;
        }
        code->content = arena_copy_text(arena, json_string_value(content), json_string_length(content));
        if (code->content == NULL) {
            return out_of_memory(error);
        }
        page->code_count++;
    }
    return LINCE_OK;
}

enum lince_status page_json_read(struct arena *arena, const json_t *tree, struct record_page *page,
                                 struct lince_error *error) {
    const json_t *lines = json_object_get(tree, "lines");
    double width = json_number_value(json_object_get(tree, "width"));
    double height = json_number_value(json_object_get(tree, "height"));
    if (!(width > 0 && width <= coordinate_most) || !(height > 0 && height <= coordinate_most)) {
        return damaged(error, "width, height");
    }
    if (!json_is_array(lines)) {
        return damaged(error, "lines");
    }
    size_t count = json_array_size(lines);
    struct lince_line *made = arena_allocate_zero(arena, count + 1, sizeof *made);
    if (made == NULL) {
        return out_of_memory(error);
    }
    for (size_t i = 0; i < count; i++) {
        enum lince_status status = line_read(arena, json_array_get(lines, i), &made[i], error);
        if (status != LINCE_OK) {
            return status;
        }
    }
    *page = (struct record_page){.lines = made, .line_count = count, .width_px = width, .height_px = height};
    return codes_read(arena, json_object_get(tree, "codes"), page, error);
}

json_t *page_json_lines_without_letters(const json_t *lines) {
    json_t *kept = json_array(), *line, *word;
    size_t at, index;
    json_array_foreach(lines, at, line) {
        json_t *copy = json_copy(line), *before = json_object_get(line, "words"), *words = json_array();
        json_array_foreach(before, index, word) {
            json_t *plain = json_copy(word);
            json_object_del(plain, "letters");
            json_array_append_new(words, plain);
        }
        if (before != NULL) {
            json_object_set(copy, "words", words);
        }
        json_decref(words);
        json_array_append_new(kept, copy);
    }
    return kept;
}
