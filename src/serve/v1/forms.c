/*
 * forms.c - a document in one of the program's forms: hOCR, ALTO, a searchable PDF, Markdown, ... A worker writes the
 * stored pages one after another; they are joined in a file, so that memory does not grow.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/reason.h"
#include "output/pdf/pdf_file.h"
#include "serve/v1/handlers.h"
#include "worker/form.h"

static const struct form {
    const char *name, *media_type, *extension;
    bool needs_image; /* it is a PDF */
} forms[] = {
    {"text", "text/plain; charset=utf-8", "txt", false},
    {"layout", "text/plain; charset=utf-8", "txt", false},
    {"markdown", "text/markdown; charset=utf-8", "md", false},
    {"hocr", "text/vnd.hocr+html; charset=utf-8", "hocr", false},
    {"alto", "application/xml", "xml", false},
    {"tsv", "text/tab-separated-values; charset=utf-8", "tsv", false},
    {"tesseract-tsv", "text/tab-separated-values; charset=utf-8", "tsv", false},
    {"pdf", "application/pdf", "pdf", true},
};
/* Forms that a media type alone selects; text, tables and JSON come before them. */
static const char *const accepted[] = {"markdown", "hocr", "alto", "pdf"};

enum { FILE_IMAGE, FILE_PART, FILE_WHOLE }; /* indexes in request->files */

/* State between two pages. */
struct form_work {
    const struct form *form;
    const char *name; /* of the document */
    const char *page; /* the one page, of a reading that is not stored; NULL: they are in the store */
    int64_t seq, page_count, first_page;
    bool has_pages;
    int64_t *numbers; /* of the pages that were read */
    size_t count, at;
    uint64_t whole_bytes;
    struct pdf_file pdf;
    struct arena_mark mark;
};

const struct form *form_find(const char *name) {
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (strcmp(forms[i].name, name) == 0) {
            return &forms[i];
        }
    }
    return NULL;
}

static bool is_accepted(const struct form *form, const char *accept) {
    char type[64] = "";
    memcpy(type, form->media_type, strcspn(form->media_type, ";"));
    return accept != NULL && strstr(accept, type) != NULL;
}

const struct form *form_accepted(const char *accept) {
    for (size_t i = 0; i < sizeof accepted / sizeof *accepted; i++) {
        const struct form *form = form_find(accepted[i]);
        if (is_accepted(form, accept)) {
            return form;
        }
    }
    return NULL;
}

bool form_json_accepted(const char *accept) {
    return accept == NULL || strstr(accept, "application/json") != NULL || strstr(accept, "*/*") != NULL;
}

static void answer_no_form(struct request *request) {
    answer_problem(request, PROBLEM_INVALID,
                   "format must be json, text, layout, markdown, hocr, alto, tsv, tesseract-tsv or pdf",
                   "format debe ser json, text, layout, markdown, hocr, alto, tsv, tesseract-tsv o pdf");
}

bool form_asked(struct request *request, const struct form **form) {
    const char *format = request_query(request, "format"), *accept = request_header(request, MHD_HTTP_HEADER_ACCEPT);
    bool takes_json = form_json_accepted(accept);
    *form = NULL;
    if (format != NULL && strcmp(format, "json") != 0) {
        *form = form_find(format);
        if (*form == NULL) {
            answer_no_form(request);
            return false;
        }
    }
    for (size_t i = 0; i < sizeof forms / sizeof *forms && format == NULL && !takes_json && *form == NULL; i++) {
        *form = is_accepted(&forms[i], accept) ? &forms[i] : NULL;
    }
    return true;
}

static void disk_problem(struct request *request) {
    error_set(&request->failure, LINCE_ERROR_WRITE, "the document cannot be written out; make room in the data folder",
              "no se puede escribir el documento; haga sitio en la carpeta de datos");
    answer_failure(request);
}

static bool whole_append(struct request *request, struct form_work *work, const void *bytes, size_t count) {
    work->whole_bytes += count;
    return file_write_all(request->files[FILE_WHOLE], bytes, count);
}

/* Appends `count` bytes of the part from `from` on, one block at a time. */
static bool part_append(struct request *request, struct form_work *work, uint64_t from, uint64_t count) {
    char bytes[16384];
    while (count > 0) {
        size_t block = count < sizeof bytes ? (size_t)count : sizeof bytes;
        ssize_t got = pread(request->files[FILE_PART], bytes, block, (off_t)from);
        if (got <= 0 || !whole_append(request, work, bytes, (size_t)got)) {
            return false;
        }
        from += (uint64_t)got;
        count -= (uint64_t)got;
    }
    return true;
}

/* ---- one page after the other ---- */

/* The stored page, in the arena. False after answering with a problem. */
static bool page_fetch(struct request *request, const struct form_work *work, int64_t number, const char **page) {
    arena_rewind(&request->arena, work->mark);
    if (store_page(request->service->store, work->seq, number, &request->arena, page, &request->failure) != LINCE_OK) {
        answer_failure(request);
        return false;
    }
    if (*page == NULL) { /* the document is being read again, or was deleted */
        answer_problem(request, PROBLEM_CONFLICT, "page %lld is not there any more; ask again",
                       "la página %lld ya no está; vuelva a pedirla", (long long)number);
    }
    return *page != NULL;
}

static void page_send(struct request *request, struct form_work *work) {
    const char *page = work->page;
    int64_t number = work->numbers[work->at];
    if (page == NULL && !page_fetch(request, work, number, &page)) {
        return;
    }
    struct errand *errand = &request->errand;
    errand->kind = WORK_WRITE;
    errand->layouts = work->form->name;
    errand->name = work->name;
    errand->page_index = work->has_pages ? (uint32_t)number - 1 : 0;
    errand->part_first = (uint32_t)work->first_page - 1;
    errand->page_count = (uint32_t)work->page_count;
    errand->has_pages = work->has_pages;
    errand->parts =
        (work->at == 0 ? (uint32_t)FORM_FIRST : 0) | (work->at + 1 == work->count ? (uint32_t)FORM_LAST : 0);
    errand->sent = page;
    errand->sent_bytes = strlen(page);
    errand->descriptor = request->files[FILE_IMAGE];
    errand->output = request->files[FILE_PART];
    request_send_errand(request);
}

/* Appends the page that a worker wrote to the others. */
static bool page_join(struct request *request, struct form_work *work) {
    uint64_t bytes = request->errand.output_bytes;
    struct pdf_page_head head;
    if (!work->form->needs_image) {
        return part_append(request, work, 0, bytes);
    }
    if (bytes < sizeof head || pread(request->files[FILE_PART], &head, sizeof head, 0) != sizeof head) {
        return false;
    }
    return pdf_file_add(&work->pdf, head.index, head.offset_bytes, bytes - sizeof head) &&
           part_append(request, work, sizeof head, bytes - sizeof head);
}

static void whole_answer(struct request *request, struct form_work *work) {
    if (work->form->needs_image) {
        buffer_clear(&request->body);
        pdf_file_close(&work->pdf, &request->body);
        if (request->body.refused) {
            answer_no_memory(request);
            return;
        }
        if (!whole_append(request, work, request->body.bytes, request->body.used_bytes)) {
            disk_problem(request);
            return;
        }
    }
    char name[300];
    snprintf(name, sizeof name, "%.240s.%s", work->name, work->form->extension);
    int whole = request->files[FILE_WHOLE];
    request->files[FILE_WHOLE] = -1;
    answer_file(request, work->form->media_type, name, whole, work->whole_bytes);
}

bool form_goes_on(struct request *request) {
    struct form_work *work = request->work;
    if (work == NULL) {
        return false;
    }
    if (!request_errand_is_answered(request)) {
        return true;
    }
    if (request->errand.status != LINCE_OK) {
        request_errand_refused(request);
    } else if (!page_join(request, work)) {
        disk_problem(request);
    } else if (++work->at < work->count) {
        page_send(request, work);
    } else {
        whole_answer(request, work);
    }
    return true;
}

/* ---- the beginning ---- */

/* The requested pages that were read. False after answering with a problem. */
static bool numbers_find(struct request *request, const struct document *document, int64_t number,
                         struct form_work *work) {
    struct page_row *pages;
    size_t count;
    if (store_pages(request->service->store, document->seq, &request->arena, &pages, &count, &request->failure) !=
        LINCE_OK) {
        answer_failure(request);
        return false;
    }
    work->numbers = arena_allocate_zero(&request->arena, count + 1, sizeof *work->numbers);
    for (size_t i = 0; i < count && work->numbers != NULL; i++) {
        if (pages[i].error_code == NULL && (number == 0 || pages[i].number == number)) {
            work->numbers[work->count++] = pages[i].number;
        }
    }
    if (work->numbers == NULL) {
        answer_no_memory(request);
    } else if (work->count == 0) {
        answer_problem(request, PROBLEM_CONFLICT, "%s has no page that was read", "%s no tiene ninguna página leída",
                       document->id);
    }
    return work->numbers != NULL && work->count > 0;
}

static bool files_open(struct request *request) {
    struct store *store = request->service->store;
    enum lince_status status = store_scratch_open(store, &request->files[FILE_WHOLE], &request->failure);
    if (status == LINCE_OK) {
        status = store_scratch_open(store, &request->files[FILE_PART], &request->failure);
    }
    if (status != LINCE_OK) {
        answer_failure(request);
    }
    return status == LINCE_OK;
}

static bool image_open(struct request *request, const struct document *document, const struct form_work *work) {
    if (!work->form->needs_image || store_image_open(request->service->store, document->sha256,
                                                     &request->files[FILE_IMAGE], &request->failure) == LINCE_OK) {
        return true;
    }
    answer_failure(request);
    return false;
}

static void work_free(void *kept) {
    struct form_work *work = kept;
    buffer_free(&work->pdf.places);
}

static bool has_pages(const char *media_type) {
    return strcmp(media_type, "application/pdf") == 0 || strcmp(media_type, "image/tiff") == 0;
}

static struct form_work *work_new(struct request *request, const struct form *form) {
    struct form_work *work = arena_allocate_zero(&request->arena, 1, sizeof *work);
    if (work == NULL) {
        answer_no_memory(request);
        return NULL;
    }
    work->form = form;
    return work;
}

/* Sends the first page to a worker; form_goes_on does the rest. */
static void work_begin(struct request *request, struct form_work *work) {
    if (work->form->needs_image) {
        buffer_clear(&request->body);
        pdf_file_open(&work->pdf, &request->service->requests, &request->body);
        if (request->body.refused || !whole_append(request, work, request->body.bytes, request->body.used_bytes)) {
            disk_problem(request);
            return;
        }
    }
    request->work = work;
    request->work_free = work_free;
    work->mark = arena_mark(&request->arena);
    page_send(request, work);
}

void form_answer(struct request *request, const struct document *document, int64_t number, const struct form *form) {
    if (form == NULL) {
        answer_no_form(request);
        return;
    }
    struct form_work *work = work_new(request, form);
    if (work == NULL) {
        return;
    }
    work->name = document->name;
    work->seq = document->seq;
    work->page_count = document->page_count;
    work->first_page = document->first_page;
    work->has_pages = has_pages(document->media_type);
    if (numbers_find(request, document, number, work) && files_open(request) && image_open(request, document, work)) {
        work_begin(request, work);
    }
}

void form_answer_now(struct request *request, const struct form_page *page, const struct form *form) {
    struct form_work *work = work_new(request, form);
    int64_t *number = work == NULL ? NULL : arena_allocate_zero(&request->arena, 1, sizeof *number);
    if (work == NULL) {
        return; /* which was answered */
    }
    if (number == NULL) {
        answer_no_memory(request);
        return;
    }
    *number = page->number;
    work->name = page->name;
    work->page = page->json;
    work->page_count = page->page_count;
    work->first_page = 1;
    work->has_pages = has_pages(page->media_type);
    work->numbers = number;
    work->count = 1;
    if (!files_open(request)) {
        return;
    }
    request->files[FILE_IMAGE] = form->needs_image ? fcntl(page->descriptor, F_DUPFD_CLOEXEC, 0) : -1;
    if (form->needs_image && request->files[FILE_IMAGE] < 0) {
        error_set(&request->failure, LINCE_ERROR_RUNTIME, "the file cannot be opened once more: %s",
                  "no se puede abrir el archivo otra vez: %s", reason_for(&request->failure, errno));
        answer_failure(request);
        return;
    }
    work_begin(request, work);
}
