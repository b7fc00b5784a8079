/* split.c - walks the separators in the order of their pages, as `lince read --split-on` does. */
#include "serve/pool/split.h"

#include <string.h>

#include "base/arena.h"
#include "base/json_memory.h"
#include "codes/separator.h"

/* The code by which the page begins a document, copied; NULL if it is no separator. `*refused`: no memory. */
static const char *separator_of(const struct job *job, const struct page_codes *page, struct arena *arena,
                                bool *refused) {
    (void)json_memory_was_refused();
    json_t *codes = json_memory_load_text(page->codes, 0, NULL), *code;
    const char *found = NULL;
    size_t index;
    *refused = codes == NULL && json_memory_was_refused();
    json_array_foreach(codes, index, code) {
        const char *content = json_string_value(json_object_get(code, "content"));
        if (found == NULL && separator_is(job->split_on, content)) {
            found = arena_copy_text(arena, content, strlen(content));
            *refused = found == NULL;
        }
    }
    json_decref(codes);
    return found;
}

/* Ends the part that is open before the page `next`; one without pages is none. */
static void part_end(struct document_part *parts, size_t *count, int64_t next) {
    if (*count > 0) {
        parts[*count - 1].page_count = next - parts[*count - 1].first_page;
        *count -= parts[*count - 1].page_count <= 0;
    }
}

bool split_find(const struct job *job, const struct page_codes *pages, size_t count, struct arena *arena,
                struct document_part **parts, size_t *part_count) {
    bool drops = job->separator == SEPARATOR_DROPPED, refused = false;
    size_t made = 0, separators = 0;
    struct document_part *all = arena_allocate_zero(arena, count + 2, sizeof *all);
    *parts = all;
    *part_count = 0;
    if (all == NULL) {
        return false;
    }
    all[made++] = (struct document_part){.first_page = 1, .code = ""};
    for (size_t i = 0; i < count && !refused; i++) {
        const char *code = separator_of(job, &pages[i], arena, &refused);
        if (code != NULL) {
            separators++;
            part_end(all, &made, pages[i].number);
            all[made++] = (struct document_part){.first_page = pages[i].number + drops, .code = code};
        }
    }
    part_end(all, &made, job->page_count + 1);
    bool is_whole = made == 1 && all[0].page_count == job->page_count;
    *part_count = separators == 0 || is_whole ? 0 : made;
    return !refused;
}
