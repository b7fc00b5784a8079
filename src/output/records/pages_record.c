/* pages_record.c - joins pages one below another, and writes the fields with their places on their pages. */
#include "output/records/pages_record.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/json_memory.h"
#include "base/meter.h"
#include "fields/page_json.h"
#include "fields/records.h"
#include "fields/result/review_reason.h"
#include "fields/sheet.h"
#include "output/records/record_json.h"
#include "output/writers/json_writer.h"

enum { ARENA_BYTES = 64 << 10 };

static enum lince_status out_of_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the fields of several pages; raise the limit",
                     "no hay memoria para los campos de varias páginas; suba el límite");
}

/* A page's number; its place in the array if it does not say. */
static uint32_t number_of(const json_t *page, size_t index) {
    json_int_t number = json_integer_value(json_object_get(page, "page"));
    return number > 0 && number <= UINT32_MAX ? (uint32_t)number : (uint32_t)index + 1;
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

/* The first page with a reference, if another page before the gap has a different one; otherwise NULL. */
static json_t *stack_first(const json_t *tree, uint32_t *number) {
    const char *reference = NULL;
    json_t *page, *first = NULL;
    size_t index;
    json_array_foreach(tree, index, page) {
        const char *other = reference_of(page);
        if (json_is_null(page)) {
            return NULL;
        }
        if (other != NULL && first == NULL) {
            reference = other;
            first = page;
            *number = number_of(page, index);
        } else if (other != NULL && strcmp(other, reference) != 0) {
            return first;
        }
    }
    return NULL;
}

static enum lince_status stack_write(json_t *record, uint32_t number, struct pages_record *made,
                                     struct lince_error *error) {
    struct buffer *stack = &made->stack;
    const char *name;
    json_t *field, *reasons = json_object_get(record, "review_reasons");
    (void)json_memory_was_refused();
    json_object_foreach(json_object_get(record, "fields"), name, field) {
        json_object_set_new(field, "page", json_integer((json_int_t)number));
    }
    for (size_t i = 0; i < made->unread_count; i++) {
        json_array_append_new(reasons, json_sprintf("%s:%u", review_reason_name(REASON_UNREAD_PAGE), made->unread[i]));
    }
    json_array_append_new(reasons, json_sprintf("%s:referencia", review_reason_name(REASON_SEVERAL)));
    json_object_set_new(record, "needs_review", json_true());
    json_memory_write(record, JSON_COMPACT | JSON_REAL_PRECISION(10), stack);
    return stack->refused || json_memory_was_refused() ? out_of_memory(error) : LINCE_OK;
}

/* ---- one long page ------------------------------------------------------------------------------------ */

/* The pages as they came, and how many of the first and of the last ones are searched. */
struct ends {
    struct record_page *pages; /* without lines: it could not be read */
    uint32_t *numbers;
    size_t count, gap; /* gap: so many first pages came before pages were left out; `count`: none were */
    size_t first_count, last_count;
};

static enum lince_status ends_read(const json_t *tree, struct arena *arena, struct ends *ends,
                                   struct lince_error *error) {
    const json_t *page;
    size_t index, most = json_array_size(tree);
    enum lince_status status = LINCE_OK;
    *ends = (struct ends){.pages = arena_allocate_zero(arena, most + 1, sizeof *ends->pages),
                          .numbers = arena_allocate_zero(arena, most + 1, sizeof *ends->numbers),
                          .gap = most};
    if (ends->pages == NULL || ends->numbers == NULL) {
        return out_of_memory(error);
    }
    json_array_foreach(tree, index, page) {
        if (json_is_null(page)) {
            ends->gap = ends->count;
            continue;
        }
        if (status == LINCE_OK && json_object_get(page, "error") == NULL) {
            status = page_json_read(arena, page, &ends->pages[ends->count], error);
            ends->numbers[ends->count] = number_of(page, index);
        }
        ends->count++;
    }
    return status;
}

/*
 * A page of the fields has room for so many lines. The first pages get half of them, the last ones what is left, and
 * the first ones what these leave. The first page and the last one are searched always.
 */
static void ends_choose(struct ends *ends) {
    size_t lines = 0;
    while (ends->first_count < ends->gap && ends->first_count < ends->count) {
        size_t more = ends->pages[ends->first_count].line_count;
        if (ends->first_count > 0 && lines + more > SHEET_LINES_MOST / 2) {
            break;
        }
        lines += more;
        ends->first_count++;
    }
    size_t others = ends->count - (ends->gap < ends->count ? ends->gap : ends->first_count);
    while (ends->last_count < others) {
        size_t more = ends->pages[ends->count - 1 - ends->last_count].line_count;
        if (ends->last_count > 0 && lines + more > SHEET_LINES_MOST) {
            break;
        }
        lines += more;
        ends->last_count++;
    }
    while (ends->first_count < ends->gap && ends->first_count + ends->last_count < ends->count &&
           lines + ends->pages[ends->first_count].line_count <= SHEET_LINES_MOST) {
        lines += ends->pages[ends->first_count++].line_count;
    }
}

static enum lince_status pages_join(const json_t *tree, struct pages_record *made, struct lince_error *error) {
    struct ends ends;
    enum lince_status status = ends_read(tree, &made->arena, &ends, error);
    if (status == LINCE_OK) {
        ends_choose(&ends);
        status = long_page_begin(&made->arena, ends.count, &made->pages, error);
    }
    for (size_t i = 0; i < ends.count && status == LINCE_OK; i++) {
        bool counts = i < ends.first_count || i >= ends.count - ends.last_count;
        if (counts && ends.numbers[i] > 0) {
            status = long_page_append(&made->arena, &ends.pages[i], ends.numbers[i], &made->pages, error);
        }
    }
    bool is_whole = ends.gap >= ends.count && ends.first_count + ends.last_count == ends.count;
    made->fields_pages = is_whole ? 0 : ends.first_count;
    made->fields_last_pages = is_whole ? 0 : ends.last_count;
    made->pages.whole.width_px = fmax(made->pages.whole.width_px, 1);
    made->pages.whole.height_px = fmax(made->pages.whole.height_px, 1);
    return status;
}

enum lince_status pages_record_is_stack(const char *pages, size_t pages_bytes, struct meter *meter, bool *is_stack,
                                        struct lince_error *error) {
    struct meter *before = json_memory_use(meter);
    uint32_t number = 0;
    (void)json_memory_was_refused();
    json_t *tree = json_memory_load(pages, pages_bytes, 0, NULL);
    enum lince_status status = LINCE_OK;
    if (tree == NULL) {
        status = json_memory_was_refused()
                     ? out_of_memory(error)
                     : error_set(error, LINCE_ERROR_DAMAGED, "the pages are not JSON", "las páginas no son JSON");
    }
    *is_stack = stack_first(tree, &number) != NULL;
    json_decref(tree);
    json_memory_use(before);
    return status;
}

enum lince_status pages_record_make(const struct lince_layouts *layouts, const char *const *names, size_t name_count,
                                    const char *pages, size_t pages_bytes, struct meter *meter,
                                    struct pages_record *made, struct lince_error *error) {
    struct meter *before = json_memory_use(meter);
    uint32_t number = 0;
    arena_init(&made->arena, meter, ARENA_BYTES);
    buffer_init(&made->stack, meter);
    (void)json_memory_was_refused();
    json_t *tree = json_memory_load(pages, pages_bytes, 0, NULL), *first = stack_first(tree, &number);
    enum lince_status status;
    if (tree == NULL) {
        status = json_memory_was_refused()
                     ? out_of_memory(error)
                     : error_set(error, LINCE_ERROR_DAMAGED, "the pages are not JSON", "las páginas no son JSON");
    } else if (first != NULL) {
        status = stack_write(json_object_get(first, "record"), number, made, error);
    } else {
        status = pages_join(tree, made, error);
        status = status == LINCE_OK
                     ? records_extract(layouts, &made->pages.whole, names, name_count, &made->record, error)
                     : status;
    }
    json_decref(tree);
    json_memory_use(before);
    return status;
}

void pages_record_free(struct pages_record *made) {
    lince_record_free(made->record);
    buffer_free(&made->stack);
    arena_clear(&made->arena);
    made->record = NULL;
}

void pages_record_object(const struct pages_record *made, struct buffer *buffer) {
    struct json_writer json;
    if (made->record == NULL) {
        buffer_append(buffer, made->stack.bytes, made->stack.used_bytes);
        return;
    }
    json_begin(&json, buffer);
    json_object_open(&json, NULL);
    const struct record_of_pages pages = {&made->pages, made->unread, made->unread_count, made->fields_pages,
                                          made->fields_last_pages};
    record_members_of_pages(&json, made->record, &pages);
    json_object_close(&json);
    json_end(&json);
}
