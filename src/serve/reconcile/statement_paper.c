/* statement_paper.c - reads a statement in PDF: a worker reads page after page, and their words are collected here. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/json_memory.h"
#include "serve/reconcile/statement_paper.h"

struct paged_reading {
    struct paged paper;
    uint32_t page_count; /* 0: not known yet */
    uint32_t at;         /* the page that is read, from 0 */
};

static void reading_free(void *work) {
    paged_free(&((struct paged_reading *)work)->paper);
}

bool statement_paper_is_pdf(const char *path) {
    char head[5] = "";
    FILE *file = fopen(path, "rbe");
    size_t count = file == NULL ? 0 : fread(head, 1, sizeof head, file);
    if (file != NULL) {
        fclose(file);
    }
    return count == sizeof head && memcmp(head, "%PDF-", sizeof head) == 0;
}

static void page_send(struct request *request, const struct paged_reading *reading) {
    buffer_free(&request->errand.body);
    request->errand.kind = WORK_READ;
    request->errand.page_index = reading->at;
    request->errand.descriptor = request->upload.files->draft.descriptor;
    request->errand.name = request->upload.files->name;
    request->errand.layouts = "";
    request_send_errand(request);
}

void statement_paper_begin(struct request *request) {
    struct paged_reading *reading = arena_allocate_zero(&request->arena, 1, sizeof *reading);
    if (reading == NULL) {
        answer_no_memory(request);
        return;
    }
    paged_init(&reading->paper, &request->service->requests);
    request->work = reading;
    request->work_free = reading_free;
    page_send(request, reading);
}

static void line_take(struct paged *paper, const json_t *line) {
    const json_t *words = json_object_get(line, "words"), *word;
    uint32_t row = (uint32_t)json_integer_value(json_object_get(line, "row"));
    size_t index;
    json_array_foreach((json_t *)(uintptr_t)words, index, word) {
        const json_t *box = json_object_get(word, "box");
        const char *text = json_string_value(json_object_get(word, "text"));
        const struct lince_box place = {
            json_number_value(json_array_get(box, 0)), json_number_value(json_array_get(box, 1)),
            json_number_value(json_array_get(box, 2)), json_number_value(json_array_get(box, 3))};
        paged_word(paper, row, &place, text == NULL ? "" : text);
    }
}

/* Adds the words of the page that the worker read. False after answering with a problem. */
static bool page_take(struct request *request, struct paged_reading *reading) {
    const struct errand *errand = &request->errand;
    json_t *whole =
        json_memory_load(errand->body.bytes == NULL ? "" : errand->body.bytes, errand->body.used_bytes, 0, NULL);
    const json_t *page = json_object_get(whole, "page"), *lines = json_object_get(page, "lines"), *line;
    const char *message = json_string_value(json_object_get(json_object_get(page, "error"), "message"));
    size_t index;
    if (errand->status != LINCE_OK) {
        answer_problem(request, errand->status == LINCE_ERROR_MEMORY_LIMIT ? PROBLEM_MEMORY : PROBLEM_UNREADABLE, "%s",
                       "%s", message != NULL ? message : lince_status_name(errand->status));
    } else if (page == NULL) {
        answer_no_memory(request);
    } else {
        reading->page_count = (uint32_t)json_integer_value(json_object_get(page, "pages"));
        paged_page(&reading->paper, json_number_value(json_object_get(page, "width")));
        json_array_foreach((json_t *)(uintptr_t)lines, index, line) {
            line_take(&reading->paper, line);
        }
    }
    json_decref(whole);
    return request->status == 0;
}

struct paged *statement_paper_go_on(struct request *request) {
    struct paged_reading *reading = request->work;
    if (!request->errand.is_answered) {
        answer_problem(request, request->service->is_draining ? PROBLEM_UNAVAILABLE : PROBLEM_UNREADABLE,
                       "page %u of the statement could not be read: it took longer than the timeout, or its worker was "
                       "lost",
                       "no se pudo leer la página %u del estado de cuenta: pasó del tiempo límite, o se perdió su "
                       "trabajador",
                       reading->at + 1);
        return NULL;
    }
    if (!page_take(request, reading)) {
        return NULL;
    }
    if (reading->page_count > STATEMENT_PAGES_MOST) {
        answer_problem(request, PROBLEM_TOO_LARGE,
                       "the statement has %u pages and at most %d are read; export fewer days at a time",
                       "el estado de cuenta tiene %u páginas y se leen %d como mucho; exporte menos días cada vez",
                       reading->page_count, STATEMENT_PAGES_MOST);
        return NULL;
    }
    if (++reading->at < reading->page_count) {
        page_send(request, reading);
        return NULL;
    }
    return &reading->paper;
}
