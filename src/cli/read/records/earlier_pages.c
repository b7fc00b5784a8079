/* earlier_pages.c - finds the lines of one file by how they begin, and takes the record's members apart from the
 * page's. */
#include "cli/read/records/earlier_pages.h"

#include <jansson.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/json_memory.h"
#include "fields/page_json.h"
#include "output/output.h"

enum { STEP_BYTES = 65536 };

/* How every line of the file begins: its name, up to the number of the page. */
static void beginning_make(const char *name, struct buffer *beginning) {
    struct lince_error none = LINCE_ERROR_INIT;
    const struct output_item item = {.name = name, .error = &none, .page_number = 1, .page_count = 1};
    output_ndjson.item(&item, beginning);
    const char *page = beginning->refused ? NULL : memmem(beginning->bytes, beginning->used_bytes, ",\"page\":", 8);
    beginning->used_bytes = page == NULL ? 0 : (size_t)(page - beginning->bytes);
}

/* The page with its record as one member. */
static json_t *page_make(const json_t *line) {
    static const char *const ours[] = {"page", "width", "height", "codes"};
    static const char *const records[] = {"layout",    "rules",   "kind",         "kind_confidence",
                                          "direction", "country", "evidence",     "country_confidence",
                                          "fields",    "values",  "needs_review", "review_reasons"};
    json_t *page = json_object(), *record = json_object();
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) {
        json_object_set(page, ours[i], json_object_get(line, ours[i]));
    }
    json_object_set_new(page, "lines", page_json_lines_without_letters(json_object_get(line, "lines")));
    for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
        json_object_set(record, records[i], json_object_get(line, records[i]));
    }
    json_object_set_new(page, "record", record);
    return page;
}

static void line_take(const char *text, size_t bytes, struct buffer *pages) {
    json_t *line = json_memory_load(text, bytes, 0, NULL);
    json_int_t number = json_integer_value(json_object_get(line, "page"));
    if (number > 0 && json_object_get(line, "error") != NULL) {
        buffer_format(pages, "{\"page\":%u,\"error\":{}}", (unsigned)number);
        buffer_append(pages, "", 1);
    } else if (number > 0 && json_object_get(line, "fields") != NULL) {
        json_t *page = page_make(line);
        json_memory_write(page, JSON_COMPACT | JSON_REAL_PRECISION(10), pages);
        buffer_append(pages, "", 1);
        json_decref(page);
    }
    json_decref(line);
}

/* Takes the whole lines of the window, and keeps what follows the last line feed. */
static void window_take(struct buffer *window, const struct buffer *beginning, struct buffer *pages) {
    const char *line = window->bytes, *end = window->bytes + window->used_bytes;
    for (const char *feed; (feed = memchr(line, '\n', (size_t)(end - line))) != NULL; line = feed + 1) {
        size_t bytes = (size_t)(feed - line);
        if (bytes > beginning->used_bytes && memcmp(line, beginning->bytes, beginning->used_bytes) == 0) {
            line_take(line, bytes, pages);
        }
    }
    window->used_bytes = (size_t)(end - line);
    memmove(window->bytes, line, window->used_bytes);
}

void earlier_pages_load(int descriptor, const char *name, struct buffer *pages) {
    struct buffer window, beginning;
    struct meter *home = json_memory_use(pages->meter);
    off_t at = 0;
    ssize_t count = 1;
    buffer_init(&window, pages->meter);
    buffer_init(&beginning, pages->meter);
    beginning_make(name, &beginning);
    while (count > 0 && beginning.used_bytes > 0) {
        char *room = buffer_room(&window, STEP_BYTES);
        count = room == NULL ? 0 : pread(descriptor, room, STEP_BYTES, at);
        if (count > 0) {
            at += count;
            window.used_bytes += (size_t)count;
            window_take(&window, &beginning, pages);
        }
    }
    buffer_free(&beginning);
    buffer_free(&window);
    json_memory_use(home);
}
