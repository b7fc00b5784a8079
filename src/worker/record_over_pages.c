/* record_over_pages.c - joins pages one below another, and converts the fields' places back to their pages. */
#include "worker/record_over_pages.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/json_memory.h"
#include "base/meter.h"
#include "fields/page_json.h"
#include "fields/result/review_reason.h"
#include "output/json_writer.h"
#include "output/record_json.h"

enum { ARENA_BYTES = 64 << 10 };

static enum lince_status out_of_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the fields of several pages; raise the limit",
                     "no hay memoria para los campos de varias páginas; suba el límite");
}

/* ---- a stack of receipts ------------------------------------------------------------------------------ */

static const char *reference_of(const json_t *page) {
    static const char *const names[] = {"referencia", "receipt_number"};
    const json_t *fields = json_object_get(json_object_get(page, "record"), "fields");
    const char *found = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && found == NULL; i++) {
        found = json_string_value(json_object_get(json_object_get(fields, names[i]), "value"));
    }
    return found;
}

/* The number, from 1, of the first page with a reference, if another page has a different one; otherwise 0. */
static size_t stack_first(const json_t *tree) {
    const char *first = NULL;
    size_t first_number = 0, index;
    const json_t *page;
    json_array_foreach(tree, index, page) {
        const char *reference = reference_of(page);
        if (reference != NULL && first == NULL) {
            first = reference;
            first_number = index + 1;
        } else if (reference != NULL && strcmp(reference, first) != 0) {
            return first_number;
        }
    }
    return 0;
}

static enum lince_status stack_write(json_t *record, size_t number, struct buffer *body, struct lince_error *error) {
    const char *name;
    json_t *field, *reasons = json_object_get(record, "review_reasons");
    (void)json_memory_was_refused();
    json_object_foreach(json_object_get(record, "fields"), name, field) {
        json_object_set_new(field, "page", json_integer((json_int_t)number));
    }
    json_array_append_new(reasons, json_sprintf("%s:referencia", review_reason_name(REASON_SEVERAL)));
    json_object_set_new(record, "needs_review", json_true());
    buffer_text(body, "{\"page\":{},\"record\":");
    size_t flags = JSON_COMPACT | JSON_REAL_PRECISION(10), bytes = json_dumpb(record, NULL, 0, flags);
    char *text = buffer_room(body, bytes);
    if (text == NULL || json_memory_was_refused()) {
        return out_of_memory(error);
    }
    body->used_bytes += json_dumpb(record, text, bytes, flags);
    buffer_text(body, "}");
    return LINCE_OK;
}

/* ---- one long page ------------------------------------------------------------------------------------ */

struct long_page {
    struct lince_line *lines;
    size_t line_count;
    double width_px, height_px;
    struct record_pages pages;
};

static struct lince_line line_moved(const struct lince_line *line, double down_px, struct lince_word *words) {
    struct lince_line moved = *line;
    moved.box.y0 += down_px;
    moved.box.y1 += down_px;
    for (int corner = 0; corner < 4; corner++) {
        moved.quad[corner].y += down_px;
    }
    for (size_t i = 0; i < line->word_count; i++) {
        words[i] = line->words[i];
        words[i].box.y0 += down_px;
        words[i].box.y1 += down_px;
    }
    moved.words = words;
    return moved;
}

static enum lince_status page_append(struct arena *arena, const json_t *tree, size_t number, struct long_page *whole,
                                     struct lince_error *error) {
    struct record_page page;
    enum lince_status status = page_json_read(arena, tree, &page, error);
    if (status != LINCE_OK) {
        return status;
    }
    struct lince_line *lines = arena_allocate(arena, (whole->line_count + page.line_count + 1) * sizeof *lines);
    if (lines == NULL) {
        return out_of_memory(error);
    }
    if (whole->line_count > 0) {
        memcpy(lines, whole->lines, whole->line_count * sizeof *lines);
    }
    for (size_t i = 0; i < page.line_count; i++) {
        struct lince_word *words = arena_allocate_zero(arena, page.lines[i].word_count + 1, sizeof *words);
        if (words == NULL) {
            return out_of_memory(error);
        }
        lines[whole->line_count + i] = line_moved(&page.lines[i], whole->height_px, words);
    }
    whole->pages.items[whole->pages.count++] =
        (struct record_page_place){(uint32_t)number, whole->line_count, whole->height_px, page.height_px};
    whole->lines = lines;
    whole->line_count += page.line_count;
    whole->width_px = fmax(whole->width_px, page.width_px);
    whole->height_px += page.height_px;
    return LINCE_OK;
}

static enum lince_status long_page_write(const struct lince_layouts *layouts, const char *const *names,
                                         size_t name_count, const struct long_page *whole, struct buffer *body,
                                         struct lince_error *error) {
    struct lince_record *record = NULL;
    enum lince_status status =
        lince_record_extract_lines(layouts, whole->lines, whole->line_count, fmax(whole->width_px, 1),
                                   fmax(whole->height_px, 1), names, name_count, &record, error);
    if (status == LINCE_OK) {
        struct json_writer json;
        buffer_text(body, "{\"page\":{},\"record\":");
        json_begin(&json, body);
        json_object_open(&json, NULL);
        record_members_of_pages(&json, record, &whole->pages);
        json_object_close(&json);
        json_end(&json);
        buffer_text(body, "}");
        lince_record_free(record);
    }
    return status;
}

static enum lince_status tree_write(const struct lince_layouts *layouts, const char *const *names, size_t name_count,
                                    json_t *tree, struct arena *arena, struct buffer *body, struct lince_error *error) {
    size_t first = stack_first(tree), index;
    struct long_page whole = {0};
    enum lince_status status = LINCE_OK;
    json_t *page;
    if (first > 0) {
        return stack_write(json_object_get(json_array_get(tree, first - 1), "record"), first, body, error);
    }
    whole.pages.items = arena_allocate_zero(arena, json_array_size(tree) + 1, sizeof *whole.pages.items);
    if (whole.pages.items == NULL) {
        return out_of_memory(error);
    }
    json_array_foreach(tree, index, page) {
        if (status == LINCE_OK && json_object_get(page, "error") == NULL) {
            status = page_append(arena, page, index + 1, &whole, error);
        }
    }
    return status == LINCE_OK ? long_page_write(layouts, names, name_count, &whole, body, error) : status;
}

enum lince_status record_over_pages(const struct lince_layouts *layouts, const char *const *names, size_t name_count,
                                    const char *pages, size_t pages_bytes, struct meter *meter, struct buffer *body,
                                    struct lince_error *error) {
    struct arena arena;
    struct meter *before = json_memory_use(meter);
    (void)json_memory_was_refused();
    json_t *tree = json_memory_load(pages, pages_bytes, 0, NULL);
    enum lince_status status;
    if (tree == NULL) {
        status = json_memory_was_refused()
                     ? out_of_memory(error)
                     : error_set(error, LINCE_ERROR_DAMAGED, "the pages are not JSON", "las páginas no son JSON");
    } else {
        arena_init(&arena, meter, ARENA_BYTES);
        status = tree_write(layouts, names, name_count, tree, &arena, body, error);
        arena_clear(&arena);
    }
    json_decref(tree);
    json_memory_use(before);
    return status;
}
