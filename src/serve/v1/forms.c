/*
 * forms.c - a document in one of the program's forms: hOCR, ALTO, a searchable PDF, Markdown, ... A worker writes the
 * stored pages one after another; they are joined in a file, so that memory does not grow. If a whole PDF file is asked
 * for as a PDF, the pages are text alone, and at the end a worker lays that over the file that came.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/json_memory.h"
#include "base/json_text.h"
#include "base/reason.h"
#include "output/pdf/pdf_file.h"
#include "serve/v1/handlers.h"
#include "serve/v1/pages_not_read.h"
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

/* What the worker was asked last. */
enum form_step { STEP_CHECK, STEP_READ, STEP_WRITE, STEP_END, STEP_LAY };

/* State between two pages. */
struct form_work {
    const struct form *form;
    enum form_step step;
    const char *name;    /* of the document */
    const char *page;    /* the first page, of a reading that is not stored; NULL: they are in the store */
    bool codes, letters; /* of such a reading: what else is read on its pages */
    int64_t seq, page_count, first_page;
    bool has_pages;
    bool is_laid;     /* the text goes over the file that came */
    bool is_one;      /* one page was asked for */
    bool is_ended;    /* the last page was written as such, with the end of the file */
    int64_t *numbers; /* of the pages that were read */
    size_t count, at;
    size_t left_out; /* of `numbers`, after the text that is to be laid was begun */
    char *not_read;  /* the numbers of the pages that were not, for the header; "" if all were */
    uint64_t whole_bytes;
    struct pdf_file pdf;
    void *text; /* of all pages, mapped for the worker that lays it; NULL: not yet */
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

const struct form *form_accepted_now(const char *accept) {
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (is_accepted(&forms[i], accept)) {
            return &forms[i];
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

void form_disk_problem(struct request *request) {
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

/* Goes on without the page that comes next. */
static void page_leave_out(struct form_work *work) {
    pages_not_read_add(work->not_read, work->numbers[work->at]);
    work->count--;
    work->left_out++;
    memmove(work->numbers + work->at, work->numbers + work->at + 1, (work->count - work->at) * sizeof *work->numbers);
}

/* ---- questions to a worker ---- */

/* The errand without anything of the last one: the file goes with it, and the answer into the file for a part. */
static struct errand *errand_clear(struct request *request) {
    struct errand *errand = &request->errand;
    errand->layouts = "";
    errand->page_index = errand->page_count = errand->parts = errand->part_first = 0;
    errand->has_pages = errand->codes = errand->letters = false;
    errand->sent = NULL;
    errand->sent_bytes = 0;
    errand->descriptor = request->files[FILE_IMAGE];
    errand->output = request->files[FILE_PART];
    return errand;
}

static void question_send(struct request *request, struct form_work *work, enum form_step step, enum work_kind kind) {
    struct errand *errand = &request->errand;
    work->step = step;
    errand->kind = kind;
    errand->is_more = step == STEP_READ;
    errand->name = work->name;
    request_send_errand(request);
}

/* Asks whether text can be laid over the file that came. */
static void check_send(struct request *request, struct form_work *work) {
    (void)errand_clear(request);
    question_send(request, work, STEP_CHECK, WORK_LAY);
}

/* Has the page read that comes next, of a reading that is not stored. */
static void read_send(struct request *request, struct form_work *work) {
    struct errand *errand = errand_clear(request);
    errand->page_index = (uint32_t)work->numbers[work->at] - 1;
    errand->codes = work->codes;
    errand->letters = work->letters;
    errand->output = -1;
    question_send(request, work, STEP_READ, WORK_READ);
}

static void write_send(struct request *request, struct form_work *work, const char *page) {
    struct errand *errand = errand_clear(request);
    bool is_first = work->at == 0, is_last = work->at + 1 == work->count;
    errand->layouts = work->form->name;
    errand->page_index = work->has_pages ? (uint32_t)work->numbers[work->at] - 1 : 0;
    errand->part_first = (uint32_t)work->first_page - 1;
    errand->page_count = (uint32_t)work->page_count;
    errand->has_pages = work->has_pages;
    errand->parts = (is_first ? (uint32_t)FORM_FIRST : 0) | (is_last ? (uint32_t)FORM_LAST : 0) |
                    (work->is_laid ? (uint32_t)FORM_LAYER : 0) | (work->is_one ? (uint32_t)FORM_ALONE : 0);
    errand->sent = page;
    errand->sent_bytes = strlen(page);
    errand->descriptor = work->form->needs_image && !work->is_laid ? request->files[FILE_IMAGE] : -1;
    work->is_ended = is_last;
    question_send(request, work, STEP_WRITE, WORK_WRITE);
}

/* Has the end of the file written, where the pages behind the last written one could not be read. */
static void end_send(struct request *request, struct form_work *work) {
    struct errand *errand = errand_clear(request);
    errand->layouts = work->form->name;
    errand->has_pages = work->has_pages;
    errand->parts = FORM_END;
    errand->descriptor = -1;
    work->is_ended = true;
    question_send(request, work, STEP_END, WORK_WRITE);
}

/* Writes the indexes of the pages directly before the text, where pages were left out. False on a full disk. */
static bool indexes_move(struct request *request, const struct form_work *work) {
    bool is_written = true;
    for (size_t i = 0; i < work->count && work->left_out > 0 && is_written; i++) {
        uint32_t index = (uint32_t)work->numbers[i] - 1;
        off_t at = (off_t)((work->left_out + i) * sizeof index);
        is_written = pwrite(request->files[FILE_WHOLE], &index, sizeof index, at) == sizeof index;
    }
    return is_written;
}

/* Has the text of all pages laid over the file that came. */
static void lay_send(struct request *request, struct form_work *work) {
    if (work->whole_bytes > WORK_BODY_LIMIT) {
        answer_problem(request, PROBLEM_MEMORY,
                       "the text of the PDF file has %llu bytes, and at most %llu are laid over it; ask with "
                       "pictures=true for pictures of its pages with text",
                       "el texto del archivo PDF tiene %llu bytes y se le ponen como máximo %llu; pida con "
                       "pictures=true imágenes de sus páginas con texto",
                       (unsigned long long)work->whole_bytes, (unsigned long long)WORK_BODY_LIMIT);
        return;
    }
    if (!indexes_move(request, work)) {
        form_disk_problem(request);
        return;
    }
    void *text = mmap(NULL, work->whole_bytes, PROT_READ, MAP_PRIVATE, request->files[FILE_WHOLE], 0);
    if (text == MAP_FAILED) {
        answer_no_memory(request);
        return;
    }
    work->text = text;
    struct errand *errand = errand_clear(request);
    errand->page_count = (uint32_t)work->count;
    errand->sent = (const char *)text + work->left_out * sizeof(uint32_t);
    errand->sent_bytes = work->whole_bytes - work->left_out * sizeof(uint32_t);
    question_send(request, work, STEP_LAY, WORK_LAY);
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
    if (page != NULL && work->at > 0) {
        read_send(request, work);
    } else if (page != NULL || page_fetch(request, work, work->numbers[work->at], &page)) {
        write_send(request, work, page);
    }
}

/* Has the page written that a worker read. */
static void page_take(struct request *request, struct form_work *work) {
    const struct errand *errand = &request->errand;
    json_t *whole = json_memory_load(errand->body.bytes, errand->body.used_bytes, 0, NULL);
    json_t *json = json_object_get(whole, "page");
    arena_rewind(&request->arena, work->mark);
    const char *page = json == NULL ? NULL : json_text_in(&request->arena, json, 0);
    json_decref(whole);
    if (page == NULL) {
        answer_no_memory(request);
    } else {
        write_send(request, work, page);
    }
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
    return pdf_file_add(&work->pdf, &head, bytes - sizeof head) &&
           part_append(request, work, sizeof head, bytes - sizeof head);
}

static void file_answer(struct request *request, const struct form_work *work, int file, uint64_t bytes) {
    char name[300];
    const char *extension = strrchr(work->name, '.');
    bool has_it = extension != NULL && strcasecmp(extension + 1, work->form->extension) == 0;
    snprintf(name, sizeof name, "%.240s%s%s", work->name, has_it ? "" : ".", has_it ? "" : work->form->extension);
    pages_not_read_tell(request, work->not_read);
    int descriptor = request->files[file];
    request->files[file] = -1;
    answer_file(request, work->form->media_type, name, descriptor, bytes);
}

/* After the last page. */
static void whole_finish(struct request *request, struct form_work *work) {
    if (work->form->needs_image) {
        buffer_clear(&request->body);
        pdf_file_close(&work->pdf, &request->body);
        if (request->body.refused) {
            answer_no_memory(request);
            return;
        }
        if (!whole_append(request, work, request->body.bytes, request->body.used_bytes)) {
            form_disk_problem(request);
            return;
        }
    }
    if (work->is_laid) {
        lay_send(request, work);
    } else {
        file_answer(request, work, FILE_WHOLE, work->whole_bytes);
    }
}

static void page_next(struct request *request, struct form_work *work) {
    if (work->at < work->count) {
        page_send(request, work);
    } else if (!work->is_ended && !work->form->needs_image) {
        end_send(request, work);
    } else {
        whole_finish(request, work);
    }
}

static void page_finish(struct request *request, struct form_work *work) {
    if (!page_join(request, work)) {
        form_disk_problem(request);
    } else {
        work->at += work->step == STEP_WRITE;
        page_next(request, work);
    }
}

/* The file cost its worker when text was laid over it. */
static void answer_not_laid(struct request *request) {
    answer_problem(request, PROBLEM_CONFLICT,
                   "text could not be laid over the PDF file: it took longer than the timeout, or its worker was lost, "
                   "as with a file that unpacks to far more than its size; ask for another form, such as hocr, or with "
                   "pictures=true for pictures of its pages with text",
                   "no se pudo poner texto sobre el archivo PDF: pasó del tiempo límite, o se perdió su trabajador, "
                   "como con un archivo que se desempaqueta a mucho más que su tamaño; pida otra forma, como hocr, o "
                   "con pictures=true imágenes de sus páginas con texto");
}

/* Whether there is an answer to use. False after answering, or after going on without a page. */
static bool errand_succeeded(struct request *request, struct form_work *work) {
    const struct errand *errand = &request->errand;
    bool is_of_file = work->step == STEP_CHECK || work->step == STEP_LAY;
    bool is_draining = request->service->is_draining, is_good = errand->is_answered && errand->status == LINCE_OK;
    if (is_good) {
        return true;
    }
    if (work->step == STEP_READ && !is_draining) {
        page_leave_out(work);
        page_next(request, work);
    } else if (!errand->is_answered && work->step == STEP_LAY && !is_draining) {
        answer_not_laid(request);
    } else if (!request_errand_is_answered(request)) {
        return false;
    } else if ((errand->status == LINCE_ERROR_UNSUPPORTED || errand->status == LINCE_ERROR_TOO_LARGE) && is_of_file) {
        request_errand_refused_as(request, PROBLEM_CONFLICT);
    } else {
        request_errand_refused(request);
    }
    return false;
}

bool form_goes_on(struct request *request) {
    struct form_work *work = request->work;
    if (work == NULL) {
        return false;
    }
    if (!errand_succeeded(request, work)) {
        return true;
    }
    if (work->step == STEP_CHECK) {
        page_send(request, work);
    } else if (work->step == STEP_READ) {
        page_take(request, work);
    } else if (work->step == STEP_WRITE || work->step == STEP_END) {
        page_finish(request, work);
    } else {
        file_answer(request, work, FILE_PART, request->errand.output_bytes);
    }
    return true;
}

/* ---- the beginning ---- */

bool form_pictures_asked(struct request *request, const struct form *form, int *pictures) {
    const char *level = request_query(request, "pdf_a");
    *pictures = 0;
    if (!request_flag(request, "pictures", pictures)) {
        return false;
    }
    if (level != NULL && strcmp(level, "2b") != 0 && strcmp(level, "3b") != 0) {
        answer_problem(request, PROBLEM_INVALID, "pdf_a must be 2b or 3b", "pdf_a debe ser 2b o 3b");
        return false;
    }
    if ((*pictures != 0 || level != NULL) && (form == NULL || !form->needs_image)) {
        answer_problem(request, PROBLEM_INVALID, "pictures and pdf_a go with the format pdf",
                       "pictures y pdf_a van con el formato pdf");
        return false;
    }
    *pictures = *pictures != 0 || level != NULL;
    return true;
}

static enum pdf_file_level level_asked(struct request *request) {
    const char *level = request_query(request, "pdf_a");
    return level != NULL && strcmp(level, "3b") == 0 ? PDF_FILE_A_3B : PDF_FILE_A_2B;
}

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
    if (!pages_not_read_begin(request, &work->not_read)) {
        return false;
    }
    for (size_t i = 0; i < count && work->numbers != NULL; i++) {
        bool is_asked = number == 0 || pages[i].number == number;
        if (is_asked && pages[i].error_code == NULL) {
            work->numbers[work->count++] = pages[i].number;
        } else if (is_asked) {
            pages_not_read_add(work->not_read, pages[i].number);
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
    if (work->text != NULL) {
        munmap(work->text, work->whole_bytes);
    }
}

static bool is_pdf(const char *media_type) {
    return strcmp(media_type, "application/pdf") == 0;
}

static bool has_pages(const char *media_type) {
    return is_pdf(media_type) || strcmp(media_type, "image/tiff") == 0;
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

/* Text that is to be laid comes after the indexes of its pages. */
static bool indexes_append(struct request *request, struct form_work *work) {
    bool is_written = true;
    for (size_t i = 0; i < work->count && work->is_laid && is_written; i++) {
        uint32_t index = (uint32_t)work->numbers[i] - 1;
        is_written = whole_append(request, work, &index, sizeof index);
    }
    return is_written;
}

/* Sends the first question to a worker; form_goes_on does the rest. */
static void work_begin(struct request *request, struct form_work *work) {
    if (work->form->needs_image) {
        buffer_clear(&request->body);
        work->pdf.level = level_asked(request);
        pdf_file_open(&work->pdf, &request->service->requests, &request->body);
        if (request->body.refused || !indexes_append(request, work) ||
            !whole_append(request, work, request->body.bytes, request->body.used_bytes)) {
            form_disk_problem(request);
            return;
        }
    }
    request->work = work;
    request->work_free = work_free;
    work->mark = arena_mark(&request->arena);
    if (work->is_laid) {
        check_send(request, work);
    } else {
        page_send(request, work);
    }
}

void form_answer(struct request *request, const struct document *document, int64_t number, const struct form *form) {
    int pictures;
    if (form == NULL) {
        answer_no_form(request);
        return;
    }
    if (!form_pictures_asked(request, form, &pictures)) {
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
    work->is_one = number != 0;
    work->is_laid =
        form->needs_image && is_pdf(document->media_type) && number == 0 && document->part_of == NULL && pictures == 0;
    if (numbers_find(request, document, number, work) && files_open(request) && image_open(request, document, work)) {
        work_begin(request, work);
    }
}

bool form_pages_now_check(struct request *request, int64_t page_count) {
    if (page_count <= FORM_NOW_PAGES_MOST) {
        return true;
    }
    answer_problem(
        request, PROBLEM_INVALID,
        "the file has %lld pages, and at most %d are read at once; choose one with page, or send the file to "
        "/v1/documents",
        "el archivo tiene %lld páginas y se leen como máximo %d de una vez; elija una con page, o envíe el archivo "
        "a /v1/documents",
        (long long)page_count, FORM_NOW_PAGES_MOST);
    return false;
}

/* The pages of a reading that is not stored: one, or all of its file. False after answering with a problem. */
static bool numbers_make(struct request *request, const struct form_page *page, struct form_work *work) {
    size_t count = page->all_pages ? (size_t)(page->page_count - page->number + 1) : 1;
    if (page->all_pages && !form_pages_now_check(request, page->page_count)) {
        return false;
    }
    work->numbers = arena_allocate_zero(&request->arena, count, sizeof *work->numbers);
    if (work->numbers == NULL) {
        answer_no_memory(request);
        return false;
    }
    if (!pages_not_read_begin(request, &work->not_read)) {
        return false;
    }
    for (int64_t number = 1; page->all_pages && number < page->number; number++) {
        pages_not_read_add(work->not_read, number);
    }
    for (size_t i = 0; i < count; i++) {
        work->numbers[i] = page->number + (int64_t)i;
    }
    work->count = count;
    return true;
}

bool form_media_has_pages(const char *media_type) {
    return has_pages(media_type);
}

void form_answer_now(struct request *request, const struct form_page *page, const struct form *form) {
    struct form_work *work = work_new(request, form);
    if (work == NULL || !numbers_make(request, page, work)) {
        return; /* which was answered */
    }
    work->name = page->name;
    work->page = page->json;
    work->page_count = page->page_count;
    work->first_page = 1;
    work->has_pages = has_pages(page->media_type);
    work->is_one = !page->all_pages;
    work->codes = page->codes;
    work->letters = page->letters;
    work->is_laid = page->all_pages && form->needs_image && is_pdf(page->media_type) && !page->pictures;
    if (!files_open(request)) {
        return;
    }
    request->files[FILE_IMAGE] = fcntl(page->descriptor, F_DUPFD_CLOEXEC, 0);
    if (request->files[FILE_IMAGE] < 0) {
        error_set(&request->failure, LINCE_ERROR_RUNTIME, "the file cannot be opened once more: %s",
                  "no se puede abrir el archivo otra vez: %s", reason_for(&request->failure, errno));
        answer_failure(request);
        return;
    }
    work_begin(request, work);
}
