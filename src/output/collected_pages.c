/* collected_pages.c - keeps the pages' JSON up to the limits of end_pages.h. */
#include "output/collected_pages.h"

#include <string.h>

#include "base/error.h"
#include "output/records/pages_record.h"

void collected_pages_init(struct collected_pages *collected, struct meter *meter) {
    *collected = (struct collected_pages){.first_count = 0};
    buffer_init(&collected->first, meter);
    buffer_init(&collected->last, meter);
}

static void unread_count(struct collected_pages *collected, uint32_t unread) {
    if (unread > 0 && collected->unread_count < UNREAD_PAGES_TOLD) {
        collected->unread[collected->unread_count++] = unread;
    }
}

/* Whether the last pages are too many, or too much; one always stays. */
static bool last_are_too_many(const struct collected_pages *collected) {
    return collected->last_count > RECORD_LAST_PAGES_MOST ||
           (collected->last_count > 1 && collected->first.used_bytes + collected->last.used_bytes > RECORD_PAGES_BYTES);
}

/* Removes the oldest of the last pages, whose text begins with a comma. */
static void last_drop(struct collected_pages *collected) {
    struct buffer *last = &collected->last;
    const struct collected_page dropped = collected->last_pages[0];
    last->used_bytes -= dropped.bytes;
    memmove(last->bytes, last->bytes + dropped.bytes, last->used_bytes);
    collected->last_count--;
    memmove(collected->last_pages, collected->last_pages + 1, collected->last_count * sizeof *collected->last_pages);
    collected->read_count -= dropped.is_read;
    collected->has_gap = true;
}

size_t collected_pages_add(struct collected_pages *collected, const char *page, size_t bytes, uint32_t unread) {
    struct buffer *first = &collected->first, *last = &collected->last;
    size_t dropped = 0;
    unread_count(collected, unread);
    collected->first_is_full = collected->first_is_full || collected->first_count == RECORD_FIRST_PAGES_MOST ||
                               (collected->first_count > 0 && first->used_bytes + bytes > RECORD_PAGES_BYTES / 2);
    if (!collected->first_is_full) {
        buffer_text(first, collected->first_count == 0 ? "[" : ",");
        buffer_append(first, page, bytes);
        collected->first_count++;
        collected->read_count += unread == 0;
        return 0;
    }
    buffer_text(last, ",");
    buffer_append(last, page, bytes);
    if (last->refused) {
        return 0;
    }
    collected->last_pages[collected->last_count++] = (struct collected_page){bytes + 1, unread == 0};
    collected->read_count += unread == 0;
    for (; last_are_too_many(collected); dropped++) {
        last_drop(collected);
    }
    return dropped;
}

bool collected_pages_have_any(const struct collected_pages *collected) {
    return collected->first.refused || collected->last.refused || collected->read_count > 0;
}

static enum lince_status out_of_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the fields of several pages; raise the limit",
                     "no hay memoria para los campos de varias páginas; suba el límite");
}

enum lince_status collected_pages_are_stack(struct collected_pages *collected, struct meter *meter, bool *is_stack,
                                            struct lince_error *error) {
    struct buffer *pages = &collected->first;
    *is_stack = false;
    buffer_text(pages, "]");
    if (pages->refused) {
        return out_of_memory(error);
    }
    enum lince_status status = pages_record_is_stack(pages->bytes, pages->used_bytes, meter, is_stack, error);
    pages->used_bytes -= strlen("]");
    return status;
}

bool collected_pages_join(struct collected_pages *collected, const char **joined, size_t *bytes) {
    struct buffer *pages = &collected->first;
    buffer_text(pages, collected->has_gap ? ",null" : "");
    buffer_append(pages, collected->last.bytes, collected->last.used_bytes);
    buffer_text(pages, "]");
    if (pages->refused || collected->last.refused) {
        return false;
    }
    buffer_free(&collected->last);
    *joined = pages->bytes;
    *bytes = pages->used_bytes;
    return true;
}

enum lince_status collected_pages_record(struct collected_pages *collected, const struct lince_layouts *layouts,
                                         const char *const *names, size_t name_count, struct meter *meter,
                                         struct pages_record *made, struct lince_error *error) {
    const char *pages;
    size_t bytes;
    made->unread = collected->unread;
    made->unread_count = collected->unread_count;
    return collected_pages_join(collected, &pages, &bytes)
               ? pages_record_make(layouts, names, name_count, pages, bytes, meter, made, error)
               : out_of_memory(error);
}

void collected_pages_clear(struct collected_pages *collected) {
    buffer_free(&collected->first); /* dense pages must not keep their memory */
    buffer_free(&collected->last);
    collected->first_count = collected->last_count = collected->read_count = collected->unread_count = 0;
    collected->first_is_full = collected->has_gap = false;
}
