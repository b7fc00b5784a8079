/* collected_pages.c - keeps the pages' JSON up to the limits of first_pages.h. */
#include "output/collected_pages.h"

#include "base/error.h"
#include "fields/pages/first_pages.h"
#include "output/records/pages_record.h"

void collected_pages_init(struct collected_pages *collected, struct meter *meter) {
    *collected = (struct collected_pages){.page_count = 0};
    buffer_init(&collected->pages, meter);
}

void collected_pages_add(struct collected_pages *collected, const char *page, size_t bytes, uint32_t unread) {
    if (unread > 0 && collected->unread_count < UNREAD_PAGES_TOLD) {
        collected->unread[collected->unread_count++] = unread;
    }
    collected->is_full = collected->is_full || collected->page_count == RECORD_PAGES_MOST ||
                         (collected->page_count > 0 && collected->pages.used_bytes + bytes > RECORD_PAGES_BYTES);
    if (!collected->is_full) {
        buffer_text(&collected->pages, collected->page_count == 0 ? "[" : ",");
        buffer_append(&collected->pages, page, bytes);
        collected->page_count++;
        collected->read_count += unread == 0;
    }
}

bool collected_pages_have_any(const struct collected_pages *collected) {
    return collected->pages.refused || collected->read_count > 0;
}

enum lince_status collected_pages_record(struct collected_pages *collected, const struct lince_layouts *layouts,
                                         const char *const *names, size_t name_count, struct meter *meter,
                                         struct pages_record *made, struct lince_error *error) {
    made->unread = collected->unread;
    made->unread_count = collected->unread_count;
    made->fields_pages = collected->is_full ? collected->page_count : 0;
    buffer_text(&collected->pages, "]");
    if (collected->pages.refused) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the fields of several pages; raise the limit",
                         "no hay memoria para los campos de varias páginas; suba el límite");
    }
    return pages_record_make(layouts, names, name_count, collected->pages.bytes, collected->pages.used_bytes, meter,
                             made, error);
}

void collected_pages_clear(struct collected_pages *collected) {
    buffer_free(&collected->pages); /* ten dense pages must not keep their memory */
    collected->page_count = collected->read_count = collected->unread_count = 0;
    collected->is_full = false;
}
