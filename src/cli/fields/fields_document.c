/* fields_document.c - makes one record of the pages of a document, or one of each page of a stack of receipts. */
#include "cli/fields/fields_document.h"

#include <string.h>

#include "base/arena.h"
#include "base/json_memory.h"
#include "cli/command.h"
#include "cli/language.h"
#include "fields/page_json.h"
#include "fields/records.h"
#include "output/records/record_json.h"
#include "output/writers/json_writer.h"

/* ---- one page ----------------------------------------------------------------------------------------- */

static void failure_count(struct fields_run *run, enum lince_status status) {
    run->failed_count++;
    run->exit_code = status == LINCE_ERROR_MEMORY_LIMIT ? EXIT_CODE_MEMORY
                     : status == LINCE_ERROR_ARGUMENT   ? EXIT_CODE_USAGE
                                                        : run->exit_code;
}

/* The page's record; NULL after a report. */
static struct lince_record *record_make(struct fields_run *run, const char *source, size_t number, const json_t *tree) {
    struct lince_error error = LINCE_ERROR_INIT;
    struct arena arena;
    struct record_page page;
    struct lince_record *record = NULL;
    error.language = run->language;
    arena_init(&arena, &run->meter, 64 * 1024);
    enum lince_status status = page_json_read(&arena, tree, &page, &error);
    if (status == LINCE_OK) {
        status = records_extract(run->layouts, &page, run->names, run->name_count, &record, &error);
    }
    arena_clear(&arena);
    if (status != LINCE_OK) {
        language_complain(run->language, "%s, line %zu: %s", "%s, línea %zu: %s", source, number, error.message);
        failure_count(run, status);
    }
    return record;
}

static const char *file_of(const json_t *tree) {
    const char *file = json_string_value(json_object_get(tree, "file"));
    return file == NULL ? "" : file;
}

/* Writes a record with what belongs to its file. */
static void result_write(struct fields_run *run, struct fields_result *result) {
    struct lince_error error = LINCE_ERROR_INIT;
    struct arena arena;
    struct messenger messenger;
    struct messenger_extra extra;
    const struct messenger *from = run->options->messenger ? &messenger : NULL;
    enum lince_status status = LINCE_OK;
    error.language = run->language;
    arena_init(&arena, &run->meter, 4096);
    if (from != NULL) {
        status = messenger_read(&arena, result->row.file, &messenger, &error);
    }
    if (status == LINCE_OK) {
        messenger_extra_make(from, &extra);
        result->row.extra = &extra.extra;
        result->messenger = from;
        fields_write(run, result);
        result->row.extra = NULL; /* it ends with this function */
        result->messenger = NULL;
    } else {
        language_complain(run->language, "%s: %s", "%s: %s", result->row.file, error.message);
        failure_count(run, status);
    }
    arena_clear(&arena);
}

static void page_write(struct fields_run *run, const struct lince_record *record, const json_t *tree, uint32_t page) {
    struct fields_result result = {
        .row = {.file = file_of(tree), .record = record, .page = page}, .tree = tree, .page = page};
    result_write(run, &result);
}

/* ---- the pages of a document -------------------------------------------------------------------------- */

/* Where a line says that its page belongs. */
struct page_place {
    json_int_t page, pages, split_document;
    bool is_of_document;
};

static struct page_place place_of(const json_t *tree) {
    const json_t *split = json_object_get(tree, "split");
    struct page_place place = {.page = json_integer_value(json_object_get(split == NULL ? tree : split, "page")),
                               .pages = json_integer_value(json_object_get(tree, "pages")),
                               .split_document = json_integer_value(json_object_get(split, "document"))};
    place.is_of_document = place.page > 0 && place.page <= UINT32_MAX && (split != NULL || place.pages > 1);
    return place;
}

/* A stack may lie in several files; its documents are numbered over all of them. */
static bool does_continue(const struct fields_document *document, const struct page_place *place, const json_t *tree) {
    if (!place->is_of_document || place->page <= document->last_page ||
        place->split_document != document->split_document) {
        return false;
    }
    return place->split_document > 0 ||
           (place->pages == document->pages && strcmp(file_of(tree), file_of(document->about)) == 0);
}

static void pending_free(struct fields_document *document) {
    for (size_t i = 0; i < document->pending_count; i++) {
        lince_record_free(document->pending[i].record);
        json_decref(document->pending[i].tree);
    }
    document->pending_count = 0;
}

/* The page as pages_record.h takes it: its lines and codes, its number in the document, and its own record. */
static void page_object(const json_t *tree, const struct lince_record *record, uint32_t page, struct buffer *text) {
    struct json_writer json;
    if (record == NULL) {
        buffer_format(text, "{\"page\":%u,\"error\":{}}", page);
        return;
    }
    (void)json_memory_was_refused(); /* what was refused before was told */
    json_t *kept = json_object();
    json_object_set(kept, "width", json_object_get(tree, "width"));
    json_object_set(kept, "height", json_object_get(tree, "height"));
    json_object_set_new(kept, "lines", page_json_lines_without_letters(json_object_get(tree, "lines")));
    json_object_set(kept, "codes", json_object_get(tree, "codes"));
    json_object_set_new(kept, "page", json_integer((json_int_t)page));
    json_memory_write(kept, JSON_COMPACT | JSON_REAL_PRECISION(10), text); /* as the program and the service write it */
    text->refused |= json_memory_was_refused();
    json_decref(kept);
    text->used_bytes -= text->refused ? 0 : strlen("}");
    buffer_text(text, ",\"record\":");
    json_begin(&json, text);
    json_object_open(&json, NULL);
    record_members(&json, record);
    json_object_close(&json);
    json_end(&json);
    buffer_text(text, "}");
}

/* A refused member would be missing in silence. */
static void refusal_tell(struct fields_run *run, const char *file) {
    if (json_memory_was_refused()) {
        language_complain(run->language, "%s: no memory for the document", "%s: no hay memoria para el documento",
                          file);
        failure_count(run, LINCE_ERROR_MEMORY_LIMIT);
    }
}

/* Keeps what the earlier service's form shows of all pages. */
static void about_add(struct fields_run *run, struct fields_document *document, const json_t *tree) {
    const char *text = json_string_value(json_object_get(tree, "text"));
    const char *before = json_string_value(json_object_get(document->about, "text"));
    if (run->options->format == FORMAT_CONSOLIDATED && text != NULL) {
        (void)json_memory_was_refused();
        json_object_set_new(document->about, "text",
                            before == NULL ? json_string(text) : json_sprintf("%s\n%s", before, text));
        json_array_extend(json_object_get(document->about, "lines"), json_object_get(tree, "lines"));
        refusal_tell(run, file_of(tree));
    }
}

static void document_begin(struct fields_run *run, struct fields_document *document, const struct page_place *place,
                           const json_t *tree) {
    (void)json_memory_was_refused();
    *document = (struct fields_document){.state = DOCUMENT_COLLECTING,
                                         .about = json_pack("{s:s, s:[]}", "file", file_of(tree), "lines"),
                                         .pages = place->pages,
                                         .split_document = place->split_document};
    collected_pages_init(&document->ends, &run->meter);
    refusal_tell(run, file_of(tree));
}

/* Writes the records of the pages so far if they are a stack, or keeps what the document shows of them. */
static void pending_settle(struct fields_run *run, struct fields_document *document) {
    for (size_t i = 0; i < document->pending_count && run->exit_code == EXIT_CODE_OK; i++) {
        const struct fields_pending *page = &document->pending[i];
        if (document->state == DOCUMENT_STACK && page->record != NULL) {
            page_write(run, page->record, page->tree, page->page);
        } else if (page->record != NULL) {
            about_add(run, document, page->tree);
        }
    }
    pending_free(document);
}

/* False after a report. */
static bool is_done(struct fields_run *run, const struct fields_document *document, enum lince_status status,
                    const struct lince_error *error) {
    if (status != LINCE_OK) {
        language_complain(run->language, "%s: %s", "%s: %s", file_of(document->about), error->message);
        failure_count(run, status);
    }
    return status == LINCE_OK;
}

/* The last page was added: the pages have one record, or each has its own. */
static void document_decide(struct fields_run *run, struct fields_document *document) {
    struct lince_error error = LINCE_ERROR_INIT;
    enum lince_status status = LINCE_OK;
    error.language = run->language;
    document->state = DOCUMENT_STACK;
    if (collected_pages_have_any(&document->ends)) {
        status = collected_pages_record(&document->ends, run->layouts, run->names, run->name_count, &run->meter,
                                        &document->made, &error);
        document->state = document->made.record == NULL ? DOCUMENT_STACK : DOCUMENT_WHOLE;
        if (document->state == DOCUMENT_STACK) {
            pages_record_free(&document->made);
        }
    }
    if (is_done(run, document, status, &error)) {
        pending_settle(run, document);
    }
    pending_free(document);
}

/* A page is left out for the first time, or there is no memory: its document is long, or each page has its own record.
 */
static void document_lengthen(struct fields_run *run, struct fields_document *document) {
    struct lince_error error = LINCE_ERROR_INIT;
    bool is_stack = false;
    error.language = run->language;
    enum lince_status status = collected_pages_are_stack(&document->ends, &run->meter, &is_stack, &error);
    document->state = is_stack ? DOCUMENT_STACK : DOCUMENT_LONG;
    if (is_done(run, document, status, &error)) {
        pending_settle(run, document);
    }
    pending_free(document);
}

/* Adds the page to those of which the document's record is made. Returns how many others made room for it. */
static size_t ends_add(struct fields_run *run, struct fields_document *document, const json_t *tree, uint32_t page,
                       const struct lince_record *record) {
    struct buffer text;
    buffer_init(&text, &run->meter);
    page_object(tree, record, page, &text);
    document->ends.first.refused |= text.refused;
    size_t dropped =
        collected_pages_add(&document->ends, text.bytes, text.refused ? 0 : text.used_bytes, record == NULL ? page : 0);
    buffer_free(&text);
    return dropped;
}

/* Takes the record. */
static void document_add(struct fields_run *run, struct fields_document *document, const json_t *tree, uint32_t page,
                         struct lince_record *record) {
    if (document->state == DOCUMENT_COLLECTING) {
        document->pending[document->pending_count++] =
            (struct fields_pending){record, json_incref((json_t *)(uintptr_t)tree), page};
        size_t dropped = ends_add(run, document, tree, page, record);
        if (dropped > 0 || document->ends.first.refused || document->ends.last.refused) {
            document_lengthen(run, document);
        }
        return;
    }
    if (document->state == DOCUMENT_LONG) {
        (void)ends_add(run, document, tree, page, record);
    } else if (record != NULL && run->exit_code == EXIT_CODE_OK) {
        page_write(run, record, tree, page);
    }
    lince_record_free(record);
}

static void whole_write(struct fields_run *run, struct fields_document *document) {
    const struct pages_record *made = &document->made;
    const struct record_of_pages of = {&made->pages, made->unread, made->unread_count, made->fields_pages,
                                       made->fields_last_pages};
    struct fields_result result = {.row = {.file = file_of(document->about),
                                           .record = made->record,
                                           .unread = made->unread,
                                           .unread_count = made->unread_count,
                                           .page = made->pages.part_count > 0 ? made->pages.parts[0].number : 0},
                                   .tree = document->about,
                                   .of = &of,
                                   .split_document = (uint64_t)document->split_document};
    result_write(run, &result);
}

void fields_document_end(struct fields_run *run, struct fields_document *document) {
    bool is_open = document->state == DOCUMENT_COLLECTING || document->state == DOCUMENT_LONG;
    if (is_open && run->exit_code == EXIT_CODE_OK) {
        document_decide(run, document);
    }
    if (document->state == DOCUMENT_WHOLE && run->exit_code == EXIT_CODE_OK) {
        whole_write(run, document);
    }
    if (document->state == DOCUMENT_WHOLE) {
        pages_record_free(&document->made);
    }
    pending_free(document);
    if (document->state != DOCUMENT_NONE) {
        collected_pages_clear(&document->ends);
    }
    json_decref(document->about);
    *document = (struct fields_document){.state = DOCUMENT_NONE};
}

void fields_page(struct fields_run *run, struct fields_document *document, const char *source, size_t number,
                 const json_t *tree) {
    const struct page_place place = place_of(tree);
    if (document->state != DOCUMENT_NONE && !does_continue(document, &place, tree)) {
        fields_document_end(run, document);
    }
    struct lince_record *record = record_make(run, source, number, tree);
    if (place.is_of_document && run->exit_code == EXIT_CODE_OK) {
        if (document->state == DOCUMENT_NONE) {
            document_begin(run, document, &place, tree);
        }
        document->last_page = place.page;
        document_add(run, document, tree, (uint32_t)place.page, record);
        return;
    }
    if (record != NULL && run->exit_code == EXIT_CODE_OK) {
        page_write(run, record, tree, 0);
    }
    lince_record_free(record);
}
