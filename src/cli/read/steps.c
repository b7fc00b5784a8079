/* steps.c - pulls a task, reads it, delivers its result. */
#include "cli/read/steps.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/meter.h"
#include "cli/language.h"
#include "cli/read/digest.h"
#include "cli/read/interrupt.h"
#include "cli/read/run.h"
#include "codes/separator.h"
#include "engine/page_picture.h"
#include "output/writers/json_writer.h"

bool step_pull(void *context, void *state) {
    struct step_worker *worker = state;
    return task_pull(context, &worker->task);
}

static int on_progress(void *context, enum lince_stage stage, double share) {
    struct run *run = context;
    (void)stage;
    (void)share;
    bar_draw(&run->bar);
    return interrupt_is_cancelling();
}

/* Gives the page and the digest. The digest comes last, because most unreadable files need none. */
static enum lince_status page_read(struct run *run, struct step_worker *worker, struct lince_page **page,
                                   char sha256[DIGEST_TEXT_BYTES], struct lince_error *error) {
    struct task *task = &worker->task;
    struct list_item *item = &task->item;
    struct lince_read_options options = LINCE_READ_OPTIONS_DEFAULTS;
    options.direction = (enum lince_direction)run->options->direction;
    options.codes = run->options->codes || run->options->split_on != NULL;
    options.letters = run->options->letters;
    options.progress = on_progress;
    options.progress_context = run;
    enum lince_status status = LINCE_OK;
    if (item->error.status != LINCE_OK) {
        *error = item->error;
        return error->status;
    }
    if (worker->reader == NULL) {
        status = lince_reader_open(run->engine, &worker->reader, error);
    }
    if (status != LINCE_OK) {
        return status;
    }
    if (task->paper != NULL) {
        return lince_document_read(worker->reader, task->paper->document, task->page_index, &options, page, error);
    }
    if (item->is_bytes) {
        digest_bytes(item->bytes.bytes, item->bytes.used_bytes, sha256);
        return lince_read(worker->reader, item->bytes.bytes, item->bytes.used_bytes, &options, page, error);
    }
    const char *path = list_item_path(item);
    status = lince_read_file(worker->reader, path, &options, page, error);
    return status == LINCE_OK ? digest_file(path, sha256, error) : status;
}

/* Errors name an unnamed file by the name that came with it. */
static void place_rename(const struct task *task, struct lince_error *error) {
    const char *place = task->paper == NULL ? task->item.place : task->paper->place;
    char *found = place[0] == '\0' ? NULL : strstr(error->message, place);
    if (found == NULL) {
        return;
    }
    char rest[LINCE_MESSAGE_BYTES];
    snprintf(rest, sizeof rest, "%s", found + strlen(place));
    snprintf(found, sizeof error->message - (size_t)(found - error->message), "%s%s", task->item.name.bytes, rest);
}

/* The code on the page that begins a document, or NULL. */
static const char *separator_find(const char *split_on, const struct lince_page *page) {
    for (size_t i = 0; split_on != NULL && page != NULL && i < lince_page_code_count(page); i++) {
        const char *content = lince_page_code(page, i)->content;
        if (separator_is(split_on, content)) {
            return content;
        }
    }
    return NULL;
}

/* Formats the item. If a page does not fit in memory, the item is its error, which is small. */
static enum lince_status item_format(struct run *run, struct output_item *item, enum lince_status status,
                                     struct lince_error *error, struct buffer *output, size_t *item_at) {
    item->page = status == LINCE_OK ? item->page : NULL;
    item->error = status == LINCE_OK ? NULL : error;
    if (item->starts_document && run->format->document_begin != NULL) {
        run->format->document_begin(item, output);
    }
    *item_at = output->used_bytes;
    run->format->item(item, output);
    if (output->refused && status == LINCE_OK) {
        status = error_set(error, LINCE_ERROR_MEMORY_LIMIT, "%s: no memory for the output of this file",
                           "%s: no hay memoria para la salida de este archivo", item->name);
        buffer_clear(output); /* keeps its memory, which is enough for an error */
        return item_format(run, item, status, error, output, item_at);
    }
    return status;
}

/* Names the file and the page, and the code, which docs/errors.md explains. */
static void complaint_make(const struct run *run, const struct task *task, const struct lince_error *error,
                           struct buffer *complaint) {
    bool is_named = strstr(error->message, task->item.name.bytes) != NULL && task->paper == NULL;
    if (!is_named) {
        task_title(run, task, complaint);
        buffer_text(complaint, ": ");
    }
    buffer_format(complaint, "%s [%s]", error->message, lince_status_name(error->status));
}

/* Warnings go to standard error in every format; each ends with a zero byte. */
static void warnings_tell(const struct run *run, const struct task *task, const struct lince_page *page,
                          struct buffer *complaint) {
    for (size_t i = 0; i < lince_page_warning_count(page); i++) {
        const struct lince_warning *warning = lince_page_warning(page, i);
        task_title(run, task, complaint);
        buffer_format(complaint, ": %s [%s]", warning->message, warning->code);
        buffer_append(complaint, "", 1);
    }
}

/* The file's own bytes, or the picture of a page, for formats that hold the picture too. */
static enum lince_status image_take(struct run *run, struct task *task, struct buffer *image,
                                    struct lince_error *error) {
    struct list_item *item = &task->item;
    struct file_bytes file;
    if (!run->format->needs_image) {
        return LINCE_OK;
    }
    if (task->paper != NULL) {
        return page_picture_append(task->paper->document, task->page_index, &run->meter, image, error);
    }
    if (item->is_bytes) { /* nothing else needs them any more */
        *image = item->bytes;
        buffer_init(&item->bytes, &run->meter);
        return LINCE_OK;
    }
    enum lince_status status = file_read(list_item_path(item), &run->meter, &file, error);
    if (status == LINCE_OK) {
        image->bytes = (char *)file.bytes;
        image->used_bytes = image->size_bytes = file.count;
    }
    return status;
}

/* Writes the task's result in the run's format, and reports it on standard error. */
static void task_tell(struct run *run, const struct task *task, struct output_item *item, enum lince_status status,
                      struct lince_error *error, struct job_result *result) {
    if (task->paper != NULL) {
        item->page_number = task->page_index + 1;
        item->page_count = lince_document_page_count(task->paper->document);
        item->starts_document = task->starts_file;
    }
    const struct lince_page *page = item->page;
    const char *separator = separator_find(run->options->split_on, page);
    if (separator != NULL) {
        buffer_append(&result->separator, separator, strlen(separator) + 1);
    }
    result->status = item_format(run, item, status, error, &result->output, &result->item_at);
    if (result->status == LINCE_ERROR_WRITE) {
        buffer_clear(&result->output); /* the run ends; this says nothing about the file */
        buffer_text(&result->complaint, error->message);
    } else if (result->status != LINCE_OK && !run->format->tells_errors && !run->options->quiet) {
        complaint_make(run, task, error, &result->complaint);
    } else if (result->status == LINCE_OK && !run->options->quiet) {
        warnings_tell(run, task, page, &result->complaint);
    }
}

void step_work(void *context, void *state, struct job_result *result) {
    struct run *run = context;
    struct step_worker *worker = state;
    struct task *task = &worker->task;
    struct lince_error error = LINCE_ERROR_INIT;
    struct lince_page *page = NULL;
    char digest[DIGEST_TEXT_BYTES];
    const char *sha256 = digest;
    error.language = run->language;
    enum lince_status status = page_read(run, worker, &page, digest, &error);
    if (status != LINCE_OK) {
        place_rename(task, &error);
    }
    if (task->paper != NULL && status != LINCE_ERROR_CANCELLED &&
        paper_digest(task->paper, &sha256, &error) != LINCE_OK) {
        status = status == LINCE_OK ? error.status : status;
        sha256 = NULL;
    }
    if (status == LINCE_OK) {
        status = picture_make(&run->pictures, task, page, &error);
    }
    struct file_record record = {0};
    if (status == LINCE_OK) {
        status = file_record_make(&run->records, &run->meter, run->options->messenger, task->item.name.bytes, page,
                                  &record, &error);
    }
    struct buffer image;
    buffer_init(&image, &run->meter);
    if (status == LINCE_OK) {
        status = image_take(run, task, &image, &error);
    }
    result->is_page = task->paper != NULL;
    result->starts_file = task->starts_file;
    result->ends_file = task->ends_file;
    result->is_dropped = status == LINCE_ERROR_CANCELLED;
    if (!result->is_dropped) {
        struct output_item item = {
            .name = task->item.name.bytes,
            .sha256 = sha256,
            .limit_bytes = run->options->memory_bytes,
            .page = page,
            .record = record.record,
            .extra = record.has_messenger ? &record.extra.extra : NULL,
            .image = (const uint8_t *)image.bytes,
            .image_bytes = image.used_bytes,
            .index = task->index,
            .alone = run->alone,
            .letters = run->options->letters,
        };
        document_fields_prepare(run, task, &item, result);
        task_tell(run, task, &item, status, &error, result);
    }
    buffer_free(&image);
    file_record_free(&record);
    lince_page_free(page);
    task_finish(task);
    bar_draw(&run->bar);
}

/* A picture that cannot be written ends the run, as with the output. */
static void writing_failed(struct run *run, const struct job_result *result) {
    if (run->output_error.status == LINCE_OK) {
        error_set(&run->output_error, LINCE_ERROR_WRITE, "%.*s", "%.*s", (int)result->complaint.used_bytes,
                  result->complaint.bytes == NULL ? "" : result->complaint.bytes);
    }
    interrupt_cancel();
}

/* Writes one line for each text of the complaint; zero bytes separate them. */
static void complain(struct run *run, const struct buffer *complaint) {
    bar_hide(&run->bar);
    for (size_t start = 0; start < complaint->used_bytes;) {
        size_t length = strnlen(complaint->bytes + start, complaint->used_bytes - start);
        language_complain(run->language, "%.*s", "%.*s", (int)length, complaint->bytes + start);
        start += length + 1;
    }
}

/* ---- delivery ----------------------------------------------------------------------------------------- */

static bool is_text_of_fields(const struct run *run, const struct job_result *result) {
    return run->options->fields && result->is_page && run->format == &output_text;
}

/*
 * What closes the last page waits until it is known whether the document ends there, and the texts of pages until it is
 * known whether they are one document.
 */
static void frame_write(struct run *run, const char *bytes, size_t bytes_count) {
    bool is_between_texts = run->document_is_open && run->options->fields && run->format == &output_text;
    if (run->whole.waiting.used_bytes > 0 || is_between_texts) {
        buffer_append(&run->whole.waiting, bytes, bytes_count);
    } else {
        run_write(run, bytes, bytes_count);
    }
}

static void waiting_write(struct run *run) {
    struct buffer *waiting = &run->whole.waiting;
    run_write(run, waiting->bytes, waiting->used_bytes);
    buffer_clear(waiting);
}

/* Ends the file whose pages were delivered; its fields are written if all of them were. */
static void document_close(struct run *run, bool is_whole) {
    const char *end =
        run->document_is_open && run->format->document_end != NULL ? run->format->document_end(run->alone) : "";
    bool has_fields = run->options->fields && run->options->split_on == NULL && run->document_is_open;
    size_t length = strlen(end);
    if (has_fields && run->format == &output_text) {
        is_whole ? document_fields_close_text(run) : waiting_write(run);
    } else if (has_fields && is_whole && length > 0) { /* as the last member of the file's object */
        run_write(run, end, length - 1);
        document_fields_write(run);
        end += length - 1;
        length = 1;
    }
    run->document_is_open = false;
    frame_write(run, end, length);
    if (has_fields) {
        document_fields_drop(run);
    }
}

void steps_end(struct run *run) {
    document_close(run, false);
    if (document_fields_are_of_splits(run) && !interrupt_is_stopping() && run->split_document > 0) {
        document_fields_write(run);
    }
    waiting_write(run);
}

/* Writes what comes before this output: nothing, the separator of two items, or that of two pages. */
static void output_part(struct run *run, const struct job_result *result) {
    const char *part = run->document_is_open ? run->document_item_count > 0 ? run->format->page_between : ""
                       : run->item_count > 0 ? run->format->between
                                             : "";
    run->item_count += !run->document_is_open;
    run->document_item_count = run->document_is_open ? run->document_item_count : 0;
    run->document_is_open = result->is_page;
    if (part != NULL) {
        frame_write(run, part, strlen(part));
    }
}

static void task_dropped(struct run *run, const struct job_result *result) {
    run->document_is_cut = result->is_page && !result->ends_file;
    run->dropped_count += result->ends_file || !result->is_page;
    if (!result->is_dropped && result->status == LINCE_ERROR_WRITE) {
        writing_failed(run, result);
    }
    document_close(run, false);
}

/* A file has failed if any of its pages has. */
static void outcome_count(struct run *run, const struct job_result *result) {
    run->document_has_failed |= result->status != LINCE_OK;
    run->memory_failed_count += result->status == LINCE_ERROR_MEMORY_LIMIT;
    if (result->ends_file) {
        run->failed_count += run->document_has_failed;
        run->document_has_failed = false;
        bar_file_done(&run->bar);
    }
}

/* "split":{...}, for the start of an item. */
static void split_member(const struct run *run, bool is_separator, struct buffer *member) {
    struct json_writer json;
    json_begin(&json, member);
    json_object_open(&json, NULL);
    json_object_open(&json, "split");
    json_whole(&json, "document", run->split_document);
    json_whole(&json, "page", run->split_page);
    json_truth(&json, "separator", is_separator);
    if (run->split_code.used_bytes > 0) {
        json_text(&json, "code", run->split_code.bytes);
    }
    json_object_close(&json);
    json_object_close(&json);
    json_end(&json);
}

/* Counts the page; a document that ends before it gets its fields. */
static void split_count(struct run *run, const struct job_result *result) {
    bool begins = run->split_document == 0 || run->split_begins || result->separator.used_bytes > 0;
    if (begins && document_fields_are_of_splits(run) && run->split_document > 0) {
        document_fields_write(run);
    }
    waiting_write(run);
    if (result->separator.used_bytes > 0) {
        buffer_clear(&run->split_code);
        buffer_append(&run->split_code, result->separator.bytes, result->separator.used_bytes);
    }
    run->split_document += begins;
    run->split_page = begins ? 1 : run->split_page + 1;
    run->split_begins = false;
    if (document_fields_are_of_splits(run)) {
        document_fields_add(run, result);
    }
}

/* A separator that is left out: the next page begins the document, and what begins a file is still written. */
static void separator_drop(struct run *run, const struct job_result *result) {
    if (result->is_page && !run->document_is_open) {
        output_part(run, result);
        frame_write(run, result->output.bytes, result->item_at);
    }
    buffer_clear(&run->split_code);
    buffer_append(&run->split_code, result->separator.bytes, result->separator.used_bytes);
    run->split_begins = true;
}

/* Where the last closing brace is; the end if there is none. */
static size_t brace_find(const char *bytes, size_t count) {
    const char *brace = memrchr(bytes, '}', count);
    return brace == NULL ? count : (size_t)(brace - bytes);
}

/*
 * The item, with the document that it belongs to as its first member: pages are read in any order, but delivered in
 * theirs.
 */
static void split_write(struct run *run, const struct job_result *result) {
    const char *bytes = result->output.bytes;
    size_t count = result->output.used_bytes, after_brace = result->item_at + 1;
    size_t kept = document_fields_are_of_splits(run) ? brace_find(bytes, count) : count;
    struct buffer member;
    buffer_init(&member, &run->meter);
    split_count(run, result);
    split_member(run, result->separator.used_bytes > 0, &member);
    if (!member.refused) {
        member.bytes[member.used_bytes - 1] = ',';
        run_write(run, bytes, result->item_at);
        run_write(run, member.bytes, member.used_bytes);
        run_write(run, bytes + after_brace, kept - after_brace);
        buffer_append(&run->whole.waiting, bytes + kept, count - kept);
    }
    if (member.refused || run->whole.waiting.refused) {
        run_no_memory(run);
    }
    buffer_free(&member);
}

static void item_write(struct run *run, const struct job_result *result) {
    const char *bytes = result->output.bytes;
    size_t count = result->output.used_bytes, item_at = result->item_at;
    bool has_fields = run->options->fields && result->is_page;
    if (run->options->split_on != NULL && count > item_at) {
        split_write(run, result);
        return;
    }
    if (has_fields) {
        document_fields_add(run, result);
    }
    if (is_text_of_fields(run, result)) {
        run_write(run, bytes, item_at);
        buffer_append(&run->whole.waiting, bytes + item_at, count - item_at);
    } else if (has_fields && result->ends_file && run->format->document_end == NULL) {
        size_t kept = brace_find(bytes, count);
        run_write(run, bytes, kept);
        document_fields_write(run);
        run_write(run, bytes + kept, count - kept);
    } else {
        run_write_item(run, bytes, count);
    }
}

static void result_write(struct run *run, const struct job_result *result) {
    if (isatty(run->sink.descriptor)) {
        bar_hide(&run->bar);
    }
    if (result->separator.used_bytes > 0 && run->options->separator == SEPARATOR_DROP) {
        separator_drop(run, result);
        return;
    }
    output_part(run, result);
    item_write(run, result);
    run->document_item_count++;
}

void step_deliver(void *context, const struct job_result *result) {
    struct run *run = context;
    bool follows_a_cut = run->document_is_cut && result->is_page && !result->starts_file;
    if (result->is_dropped || result->status == LINCE_ERROR_WRITE || follows_a_cut) {
        task_dropped(run, result);
        return;
    }
    run->document_is_cut = false;
    if (result->output.used_bytes > 0 || result->is_page) {
        result_write(run, result);
    }
    if (result->is_page && result->ends_file) {
        document_close(run, true);
    }
    if (result->complaint.used_bytes > 0) {
        complain(run, &result->complaint);
    }
    outcome_count(run, result);
}
