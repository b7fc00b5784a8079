/* document_fields.c - collects the first and last pages of a document and makes its record when the last one is
 * delivered. */
#include "cli/read/records/document_fields.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "cli/language.h"
#include "cli/read/parallel_jobs.h"
#include "cli/read/pull.h"
#include "cli/read/records/earlier_pages.h"
#include "cli/read/run.h"
#include "output/records/pages_record.h"
#include "output/text.h"
#include "output/writers/json_writer.h"

void document_fields_init(struct run *run) {
    collected_pages_init(&run->whole.pages, &run->meter);
    buffer_init(&run->whole.waiting, &run->meter);
}

void document_fields_free(struct run *run) {
    collected_pages_clear(&run->whole.pages);
    buffer_free(&run->whole.waiting);
}

void document_fields_drop(struct run *run) {
    collected_pages_clear(&run->whole.pages);
}

/* With --stream a client waits for the line of a page before it sends the next one, which might not belong to it. */
bool document_fields_are_of_splits(const struct run *run) {
    return run->options->fields && run->options->split_on != NULL && !run->options->stream;
}

/* The pages of a stack are numbered as they come, those of a file by the file. */
void document_fields_prepare(struct run *run, const struct task *task, const struct output_item *item,
                             struct job_result *result) {
    struct output_item page = *item;
    bool is_split = run->options->split_on != NULL;
    if (!run->options->fields || (is_split ? !document_fields_are_of_splits(run) : task->paper == NULL)) {
        return;
    }
    if (task->has_earlier) {
        earlier_pages_load(run->sink.descriptor, task->item.name.bytes, &result->fields);
    }
    page.page_number = is_split ? 0 : task->page_index + 1;
    if (page.page != NULL && page.record != NULL) {
        output_record_page(&page, &result->fields);
    } else {
        buffer_format(&result->fields, "{\"page\":%u,\"error\":{}}", page.page_number);
    }
    buffer_append(&result->fields, "", 1);
}

static void page_add(struct run *run, const char *page, size_t bytes) {
    unsigned number = 0;
    int end = 0;
    bool is_unread = sscanf(page, "{\"page\":%u,\"error\":%n", &number, &end) == 1 && end > 0;
    (void)collected_pages_add(&run->whole.pages, page, bytes,
                              !is_unread   ? 0
                              : number > 0 ? number
                                           : (uint32_t)run->split_page);
}

void document_fields_add(struct run *run, const struct job_result *result) {
    const struct buffer *pages = &result->fields;
    run->whole.pages.first.refused |= pages->refused;
    for (size_t start = 0; start < pages->used_bytes && !pages->refused;) {
        size_t bytes = strnlen(pages->bytes + start, pages->used_bytes - start);
        page_add(run, pages->bytes + start, bytes);
        start += bytes + 1;
    }
}

static enum lince_status no_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the fields of several pages; raise the limit",
                     "no hay memoria para los campos de varias páginas; suba el límite");
}

/* Makes the record of the pages so far. */
static enum lince_status record_make(struct run *run, struct pages_record *made, struct lince_error *error) {
    return collected_pages_record(&run->whole.pages, run->records.layouts, run->records.names, run->records.name_count,
                                  &run->meter, made, error);
}

static void failure_count(struct run *run, enum lince_status status) {
    run->document_has_failed |= status != LINCE_OK;
    run->memory_failed_count += status == LINCE_ERROR_MEMORY_LIMIT;
}

static void error_object(const struct lince_error *error, struct buffer *object) {
    struct json_writer json;
    json_begin(&json, object);
    json_object_open(&json, NULL);
    json_object_open(&json, "error");
    json_text(&json, "code", lince_status_name(error->status));
    json_text(&json, "message", error->message);
    json_object_close(&json);
    json_object_close(&json);
    json_end(&json);
}

/* Nothing if no page could be read. */
static void member_append(struct run *run, struct buffer *member) {
    struct pages_record made = {.record = NULL};
    struct lince_error error = LINCE_ERROR_INIT;
    error.language = run->language;
    if (!collected_pages_have_any(&run->whole.pages)) {
        return; /* its pages say why */
    }
    buffer_text(member, ",\"document\":");
    size_t start = member->used_bytes;
    enum lince_status status = record_make(run, &made, &error);
    if (status == LINCE_OK) {
        pages_record_object(&made, member);
        status = member->refused ? no_memory(&error) : LINCE_OK;
    }
    pages_record_free(&made);
    if (status != LINCE_OK && start > 0) {
        member->refused = false; /* what it has is enough for an error */
        member->used_bytes = start;
        error_object(&error, member);
    }
    failure_count(run, status);
}

void document_fields_write(struct run *run) {
    enum { LEAST_BYTES = 2048 };
    struct buffer member;
    buffer_init(&member, &run->meter);
    buffer_room(&member, LEAST_BYTES);
    member_append(run, &member);
    run_write(run, member.bytes, member.refused ? 0 : member.used_bytes);
    buffer_free(&member);
    document_fields_drop(run);
}

void document_fields_close_text(struct run *run) {
    struct document_fields *whole = &run->whole;
    struct pages_record made = {.record = NULL};
    struct lince_error error = LINCE_ERROR_INIT;
    struct buffer text;
    buffer_init(&text, &run->meter);
    error.language = run->language;
    enum lince_status status = collected_pages_have_any(&whole->pages) ? record_make(run, &made, &error) : LINCE_OK;
    if (status == LINCE_OK && made.record != NULL) {
        text_record(made.record, &text);
        if (made.fields_pages > 0) {
            buffer_format(&text, "%-16s        %zu\n", "fields_pages", made.fields_pages);
            buffer_format(&text, "%-16s        %zu\n", "fields_last_pages", made.fields_last_pages);
        }
        for (size_t i = 0; i < whole->pages.unread_count; i++) {
            buffer_format(&text, "%-16s        unread_page:%u\n", "review", whole->pages.unread[i]);
        }
        status = text.refused ? no_memory(&error) : LINCE_OK;
    }
    const struct buffer *told = status == LINCE_OK && made.record != NULL ? &text : &whole->waiting;
    run_write(run, told->bytes, told->used_bytes);
    if (status != LINCE_OK) {
        language_complain(run->language, "%s", "%s", error.message);
    }
    failure_count(run, status);
    pages_record_free(&made);
    buffer_free(&text);
    buffer_free(&whole->waiting);
}
