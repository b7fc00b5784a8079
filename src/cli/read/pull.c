/* pull.c - takes names from the list, opens files with pages, and gives their pages one after another. */
#include "cli/read/pull.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/reason.h"
#include "cli/read/interrupt.h"
#include "cli/read/resume.h"
#include "cli/read/run.h"

void task_init(struct task *task, struct run *run) {
    *task = (struct task){.page_index = 0};
    list_item_init(&task->item, &run->meter, run->language);
    picture_init(&task->picture, &run->meter);
}

void task_free(struct task *task) {
    list_item_free(&task->item);
    buffer_free(&task->picture.path);
}

void task_finish(struct task *task) {
    picture_abandon(&task->picture);
    list_item_drop(&task->item);
    paper_release(task->paper);
    task->paper = NULL;
}

/* ---- what the output already has ----------------------------------------------------------------------- */

static bool is_done(const struct run *run, const struct buffer *name) {
    return name_set_has(&run->done, name->bytes, name->used_bytes - 1);
}

static bool page_is_done(const struct run *run, const struct paper *paper, uint32_t number) {
    char key[NAMES_LONGEST_BYTES + 16];
    size_t bytes = resume_page_key(paper->name.bytes, paper->name.used_bytes - 1, number, key, sizeof key);
    return run->options->resume && name_set_has(&run->done, key, bytes);
}

/* ---- pages -------------------------------------------------------------------------------------------- */

static bool page_is_wanted(const struct run *run, uint32_t number) {
    return page_ranges_have(&run->pages, number);
}

/* The first wanted page from `index` on that the output does not have; the page count if there is none. */
static uint32_t page_find(const struct run *run, uint32_t index) {
    uint32_t count = lince_document_page_count(run->paper->document);
    while (index < count && (!page_is_wanted(run, index + 1) || page_is_done(run, run->paper, index + 1))) {
        index++;
    }
    return index;
}

static void picture_for(struct run *run, struct task *task) {
    if (task->item.error.status == LINCE_OK) {
        uint32_t number = task->paper == NULL ? 0 : task->page_index + 1;
        picture_reserve(&run->pictures, task->item.name.bytes, number, &task->picture, &task->item.error);
    }
}

static bool has_earlier_pages(const struct run *run) {
    uint32_t count = lince_document_page_count(run->paper->document);
    for (uint32_t number = 1; number <= count; number++) {
        if (page_is_wanted(run, number) && page_is_done(run, run->paper, number)) {
            return true;
        }
    }
    return false;
}

/* Makes the next page of the open document the task. */
static void page_take(struct run *run, struct task *task) {
    struct paper *paper = run->paper;
    uint32_t index = run->page_next, next = page_find(run, index + 1);
    if (!run->page_is_first) { /* only the first page's task already has the name */
        buffer_clear(&task->item.name);
        buffer_append(&task->item.name, paper->name.bytes, paper->name.used_bytes);
        task->item.error.status = LINCE_OK;
        task->item.is_bytes = false;
    }
    if (task->item.name.refused) {
        error_set(&task->item.error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the name of a document",
                  "no hay memoria para el nombre de un documento");
    }
    task->page_index = index;
    task->paper = paper;
    task->starts_file = run->page_is_first;
    task->has_earlier = run->options->resume && run->options->fields && run->page_is_first && has_earlier_pages(run);
    task->ends_file = next == lince_document_page_count(paper->document);
    run->page_is_first = false;
    run->page_next = next;
    if (task->ends_file) {
        run->paper = NULL; /* the task takes over the use that opened it */
    } else {
        paper_keep(paper);
    }
    picture_for(run, task);
}

static void no_such_page(struct task *task, uint32_t count) {
    if (count == 1) {
        error_set(&task->item.error, LINCE_ERROR_ARGUMENT, "%s has one page, which --pages does not name",
                  "%s tiene una sola página, que --pages no nombra", task->item.name.bytes);
        return;
    }
    error_set(&task->item.error, LINCE_ERROR_ARGUMENT, "%s has %" PRIu32 " pages, and --pages names none of them",
              "%s tiene %" PRIu32 " páginas y --pages no nombra ninguna de ellas", task->item.name.bytes, count);
}

/* Opens the file with pages that the item names. False if none of its pages is left to read. */
static bool paper_begin(struct run *run, struct task *task) {
    struct lince_document_options options = LINCE_DOCUMENT_OPTIONS_DEFAULTS;
    options.pdf_text = run->pdf_text;
    options.password = run->password[0] == '\0' ? NULL : run->password;
    if (paper_open(run->engine, &task->item, &options, &run->meter, &run->paper, &task->item.error) != LINCE_OK) {
        return true;
    }
    if (run->overlay.is_on && overlay_take(run, run->paper, &task->item.error) != LINCE_OK) {
        paper_release(run->paper);
        run->paper = NULL;
        return true;
    }
    uint32_t count = lince_document_page_count(run->paper->document), wanted = 0;
    for (uint32_t number = 1; number <= count; number++) {
        wanted += page_is_wanted(run, number);
    }
    run->page_next = page_find(run, 0);
    run->page_is_first = true;
    if (wanted > 0 && run->page_next < count) {
        return true;
    }
    paper_release(run->paper);
    run->paper = NULL;
    if (wanted == 0) {
        no_such_page(task, count);
    }
    return wanted == 0;
}

/* ---- names -------------------------------------------------------------------------------------------- */

/* A pipe given as a file can be read only once, so its bytes are read whole; opening it must not block. */
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

/* Makes the item's file, or its first page, the task. False if the output already has it. */
static bool file_take(struct run *run, struct task *task) {
    struct list_item *item = &task->item;
    task->starts_file = task->ends_file = true;
    task->has_earlier = false;
    if (item->error.status == LINCE_OK && !item->is_bytes && item->descriptor < 0 && is_pipe(item->name.bytes)) {
        pipe_take(item, &item->error);
    }
    if (item->error.status == LINCE_OK && paper_is_one(item)) {
        if (!paper_begin(run, task)) {
            return false;
        }
        if (run->paper != NULL) {
            page_take(run, task);
        }
        return true;
    }
    if (item->error.status == LINCE_OK && !page_is_wanted(run, 1)) {
        no_such_page(task, 1);
    }
    picture_for(run, task);
    return true;
}

bool task_pull(struct run *run, struct task *task) {
    bool total_is_known;
    task->index = run->task_count;
    if (run->paper != NULL && !interrupt_is_stopping()) {
        page_take(run, task);
        run->task_count++;
        return true;
    }
    while (list_next(&run->list, &task->item)) {
        if (!is_done(run, &task->item.name) && file_take(run, task)) {
            run->task_count++;
            uint64_t taken_count = ++run->pulled_count;
            uint64_t remaining_count = list_remaining(&run->list, &total_is_known);
            bar_total(&run->bar, total_is_known ? taken_count + remaining_count : 0);
            return true;
        }
        run->skipped_count++;
    }
    return false;
}

void task_title(const struct run *run, const struct task *task, struct buffer *title) {
    if (task->paper == NULL) {
        buffer_format(title, "%s", task->item.name.bytes);
    } else {
        buffer_format(title, "%s, %s %" PRIu32, task->item.name.bytes, in_language(run->language, "page", "página"),
                      task->page_index + 1);
    }
}
