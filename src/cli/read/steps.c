/* steps.c - pull a name, read the file, deliver what came of it. */
#include "cli/read/steps.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/meter.h"
#include "base/reason.h"
#include "cli/language.h"
#include "cli/read/digest.h"
#include "cli/read/interrupt.h"
#include "cli/read/run.h"

bool step_pull(void *context, void *state) {
    struct run *run = context;
    struct step_worker *worker = state;
    bool total_is_known;
    while (list_next(&run->list, &worker->item)) {
        const struct buffer *name = &worker->item.name;
        if (!name_set_has(&run->done, name->bytes, name->used_bytes - 1)) {
            worker->index = run->pulled_count;
            uint64_t taken_count = ++run->pulled_count;
            uint64_t remaining_count = list_remaining(&run->list, &total_is_known);
            bar_total(&run->bar, total_is_known ? taken_count + remaining_count : 0);
            if (worker->item.error.status == LINCE_OK) {
                picture_reserve(&run->pictures, name->bytes, &worker->picture, &worker->item.error);
            }
            return true;
        }
        run->skipped_count++;
    }
    return false;
}

static int on_progress(void *context, enum lince_stage stage, double share) {
    struct run *run = context;
    (void)stage;
    (void)share;
    bar_draw(&run->bar);
    return interrupt_is_cancelling();
}

/* A pipe given as a file can be read once only, so that its bytes are taken whole; opening it must not wait. */
static enum lince_status pipe_take(struct list_item *item, struct lince_error *error) {
    int descriptor = open(item->name.bytes, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0) {
        return error_set(error, LINCE_ERROR_UNREADABLE, "%s cannot be read: %s", "no se puede leer %s: %s",
                         item->name.bytes, reason_for(error, errno));
    }
    buffer_clear(&item->bytes);
    enum lince_status status = names_drain(descriptor, item->name.bytes, &item->bytes, error);
    close(descriptor);
    item->is_bytes = status == LINCE_OK;
    return status;
}

static bool is_pipe(const char *path) {
    struct stat file;
    return stat(path, &file) == 0 && (S_ISFIFO(file.st_mode) || S_ISSOCK(file.st_mode));
}

/* Gives the page and the digest. The digest comes after, since most of what cannot be read need not be hashed. */
static enum lince_status page_read(struct run *run, struct step_worker *worker, struct lince_page **page,
                                   char sha256[DIGEST_TEXT_BYTES], struct lince_error *error) {
    struct list_item *item = &worker->item;
    struct lince_read_options options = LINCE_READ_OPTIONS_DEFAULTS;
    options.direction = (enum lince_direction)run->options->direction;
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
    if (status == LINCE_OK && !item->is_bytes && is_pipe(item->name.bytes)) {
        status = pipe_take(item, error);
    }
    if (status != LINCE_OK) {
        return status;
    }
    if (item->is_bytes) {
        digest_bytes(item->bytes.bytes, item->bytes.used_bytes, sha256);
        return lince_read(worker->reader, item->bytes.bytes, item->bytes.used_bytes, &options, page, error);
    }
    status = lince_read_file(worker->reader, item->name.bytes, &options, page, error);
    return status == LINCE_OK ? digest_file(item->name.bytes, sha256, error) : status;
}

/* Formats the item; where there is no memory for a page, its error is small. */
static enum lince_status item_format(struct run *run, struct output_item *item, enum lince_status status,
                                     struct lince_error *error, struct buffer *output) {
    item->page = status == LINCE_OK ? item->page : NULL;
    item->error = status == LINCE_OK ? NULL : error;
    run->format->item(item, output);
    if (output->refused && status == LINCE_OK) {
        status = error_set(error, LINCE_ERROR_MEMORY_LIMIT, "%s: no memory for the output of this file",
                           "%s: no hay memoria para la salida de este archivo", item->name);
        buffer_clear(output); /* and its memory stays, which is enough for an error */
        return item_format(run, item, status, error, output);
    }
    return status;
}

/* Which file, what of it, and the code under which docs/errors.md has more. */
static void complaint_make(const char *name, const struct lince_error *error, struct buffer *complaint) {
    bool is_named = strstr(error->message, name) != NULL;
    buffer_format(complaint, "%s%s%s [%s]", is_named ? "" : name, is_named ? "" : ": ", error->message,
                  lince_status_name(error->status));
}

/* What a page could not read is told on standard error whatever the format; each warning ends in a zero byte. */
static void warnings_tell(const char *name, const struct lince_page *page, struct buffer *complaint) {
    for (size_t i = 0; i < lince_page_warning_count(page); i++) {
        const struct lince_warning *warning = lince_page_warning(page, i);
        buffer_format(complaint, "%s: %s [%s]", name, warning->message, warning->code);
        buffer_append(complaint, "", 1);
    }
}

/* The file's own bytes, for formats that hold the picture too; the item's, where it came on a pipe. */
static enum lince_status image_take(struct run *run, struct step_worker *worker, struct file_bytes *image,
                                    struct lince_error *error) {
    struct list_item *item = &worker->item;
    if (!run->format->needs_image) {
        return LINCE_OK;
    }
    if (item->is_bytes) {
        *image = (struct file_bytes){(uint8_t *)item->bytes.bytes, item->bytes.used_bytes};
        return LINCE_OK;
    }
    return file_read(item->name.bytes, &run->meter, image, error);
}

void step_work(void *context, void *state, struct job_result *result) {
    struct run *run = context;
    struct step_worker *worker = state;
    struct lince_error error = LINCE_ERROR_INIT;
    struct lince_page *page = NULL;
    char sha256[DIGEST_TEXT_BYTES];
    error.language = run->language;
    enum lince_status status = page_read(run, worker, &page, sha256, &error);
    if (status == LINCE_OK) {
        status = picture_make(&run->pictures, &worker->picture, worker->item.name.bytes,
                              worker->item.is_bytes ? &worker->item.bytes : NULL, page, &error);
    }
    struct file_record record = {0};
    if (status == LINCE_OK) {
        status = file_record_make(&run->records, &run->meter, run->options->messenger, worker->item.name.bytes, page,
                                  &record, &error);
    }
    struct file_bytes image = {0};
    if (status == LINCE_OK) {
        status = image_take(run, worker, &image, &error);
    }
    picture_abandon(&worker->picture);
    result->is_dropped = status == LINCE_ERROR_CANCELLED;
    if (!result->is_dropped) {
        struct output_item item = {
            .name = worker->item.name.bytes,
            .sha256 = sha256,
            .limit_bytes = run->options->memory_bytes,
            .page = page,
            .record = record.record,
            .extra = record.has_messenger ? &record.extra.extra : NULL,
            .image = image.bytes,
            .image_bytes = image.count,
            .index = worker->index,
            .alone = run->alone,
        };
        result->status = item_format(run, &item, status, &error, &result->output);
        if (result->status == LINCE_ERROR_WRITE) {
            buffer_clear(&result->output); /* not what became of this file, but the end of the run */
            buffer_text(&result->complaint, error.message);
        } else if (result->status != LINCE_OK && !run->format->tells_errors && !run->options->quiet) {
            complaint_make(item.name, &error, &result->complaint);
        } else if (result->status == LINCE_OK && !run->options->quiet) {
            warnings_tell(item.name, page, &result->complaint);
        }
    }
    if (!worker->item.is_bytes) {
        meter_free(image.bytes);
    }
    buffer_free(&worker->item.bytes);
    file_record_free(&record);
    lince_page_free(page);
    bar_draw(&run->bar);
}

/* A picture that cannot be written ends the run as an output that cannot be written does. */
static void writing_failed(struct run *run, const struct job_result *result) {
    if (run->output_error.status == LINCE_OK) {
        error_set(&run->output_error, LINCE_ERROR_WRITE, "%.*s", "%.*s", (int)result->complaint.used_bytes,
                  result->complaint.bytes == NULL ? "" : result->complaint.bytes);
    }
    interrupt_cancel();
}

/* A line for each text of the complaint; they are parted by zero bytes. */
static void complain(struct run *run, const struct buffer *complaint) {
    bar_hide(&run->bar);
    for (size_t start = 0; start < complaint->used_bytes;) {
        size_t length = strnlen(complaint->bytes + start, complaint->used_bytes - start);
        language_complain(run->language, "%.*s", "%.*s", (int)length, complaint->bytes + start);
        start += length + 1;
    }
}

void step_deliver(void *context, const struct job_result *result) {
    struct run *run = context;
    if (result->is_dropped || result->status == LINCE_ERROR_WRITE) {
        run->dropped_count++;
        if (!result->is_dropped) {
            writing_failed(run, result);
        }
        return;
    }
    run->failed_count += result->status != LINCE_OK;
    run->memory_failed_count += result->status == LINCE_ERROR_MEMORY_LIMIT;
    if (result->output.used_bytes > 0) {
        if (isatty(run->sink.descriptor)) {
            bar_hide(&run->bar);
        }
        if (run->item_count++ > 0) {
            run_write(run, run->format->between, strlen(run->format->between));
        }
        run_write_item(run, result->output.bytes, result->output.used_bytes);
    }
    if (result->complaint.used_bytes > 0) {
        complain(run, &result->complaint);
    }
    bar_file_done(&run->bar);
}
