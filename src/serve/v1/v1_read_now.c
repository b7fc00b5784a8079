/* v1_read_now.c - readings that a client waits for and that are not stored: POST /v1/read and /v1/layouts/try. */
#include <string.h>

#include "base/error.h"
#include "base/json_memory.h"
#include "base/json_text.h"
#include "fields/layouts/layout.h"
#include "serve/http/answer/table_answer.h"
#include "serve/http/json_set.h"
#include "serve/v1/handlers.h"
#include "serve/v1/layout_choice.h"
#include "serve/v1/now/pages_now.h"
#include "serve/v1/submit.h"

/* Whether no page was chosen of a file that may have several. */
static bool is_whole_asked(const struct request *request) {
    return request_query(request, "page") == NULL &&
           form_media_has_pages(image_draft_media_type(&request->upload.files->draft));
}

/* The page in a form, which a worker writes: the first answer is used up when this returns. */
static void page_form(struct request *request, json_t *page, const struct form *form) {
    json_int_t number = json_integer_value(json_object_get(page, "page"));
    json_int_t page_count = json_integer_value(json_object_get(page, "pages"));
    const char *media_type = image_draft_media_type(&request->upload.files->draft);
    int pictures = 0, codes = 0, letters = 0; /* checked before the page was read */
    (void)form_pictures_asked(request, form, &pictures);
    (void)request_flag(request, "codes", &codes);
    (void)request_flag(request, "letters", &letters);
    const struct form_page made = {.json = json_text_in(&request->arena, page, 0),
                                   .name = request->upload.files->name,
                                   .media_type = media_type,
                                   .number = number > 0 ? number : 1,
                                   .page_count = page_count > 0 ? page_count : 1,
                                   .descriptor = request->upload.files->draft.descriptor,
                                   .all_pages = is_whole_asked(request),
                                   .pictures = pictures != 0,
                                   .codes = codes != 0,
                                   .letters = letters != 0};
    if (made.json == NULL) {
        answer_no_memory(request);
        return;
    }
    form_answer_now(request, &made, form);
}

/* Whether all pages of a file were asked for, and another one can be read where the first cannot: asks for it. */
static bool next_begin(struct request *request, const struct form *form) {
    struct errand *errand = &request->errand;
    if (form == NULL || !is_whole_asked(request) || errand->pages_found > FORM_NOW_PAGES_MOST ||
        errand->page_index + 1 >= errand->pages_found) {
        return false;
    }
    buffer_free(&errand->body);
    errand->page_index++;
    errand->is_more = true;
    request_send_errand(request);
    return true;
}

/* Answers with the page and its record, or with the page in a form if `form` is not NULL. */
static void reading_answer(struct request *request, const struct form *form) {
    const struct errand *errand = &request->errand;
    if (errand->status != LINCE_OK) {
        if (!next_begin(request, form)) {
            request_errand_refused(request);
        }
        return;
    }
    json_t *whole = json_memory_load(errand->body.bytes, errand->body.used_bytes, 0, NULL);
    json_t *json = json_incref(json_object_get(whole, "page"));
    if (json == NULL) {
        answer_no_memory(request);
    } else if (form != NULL) {
        page_form(request, json, form);
        json_decref(json);
    } else {
        json_object_update(json, json_object_get(whole, "record"));
        json_set_text(json, "file", request->upload.files->name);
        json_set_text(json, "sha256", request->upload.files->draft.sha256);
        answer_json(request, 200, json);
    }
    json_decref(whole);
}

/* Sends the uploaded file to a worker. `layout`: the text of one more layout, or NULL. */
static void reading_begin(struct request *request, const char *layouts, const char *layout) {
    int64_t page = 1;
    int codes = 0, letters = 0;
    if (!request_number(request, "page", 1, 100000, &page) || !request_flag(request, "codes", &codes) ||
        !request_flag(request, "letters", &letters) || !submit_files_are_images(request)) {
        return;
    }
    if (request->upload.file_count != 1) {
        answer_problem(request, PROBLEM_BAD_REQUEST, "one file is read at a time; send several to /v1/documents",
                       "se lee un archivo cada vez; envíe varios a /v1/documents");
        return;
    }
    request->errand.kind = WORK_READ;
    request->errand.page_index = (uint32_t)page - 1;
    request->errand.codes = codes != 0;
    request->errand.letters = letters != 0;
    request->errand.descriptor = request->upload.files->draft.descriptor;
    request->errand.name = request->upload.files->name;
    request->errand.layouts = layouts == NULL ? "" : layouts;
    request->errand.sent = layout;
    request->errand.sent_bytes = layout == NULL ? 0 : strlen(layout);
    request_send_errand(request);
}

/* How the answer is to be: a form of the pages, another way to give the pages and their fields, or (both NULL) JSON. */
struct answer_asked {
    const struct form *form;
    const struct pages_way *way;
};

/*
 * What ?format= names, or else what Accept names if that is not JSON's media type. False after answering that there is
 * no such format.
 */
static bool answer_find(struct request *request, struct answer_asked *asked) {
    const char *format = request_query(request, "format"), *accept = request_header(request, MHD_HTTP_HEADER_ACCEPT);
    *asked = (struct answer_asked){NULL, NULL};
    if (format == NULL && !form_json_accepted(accept)) {
        asked->form = form_accepted_now(accept);
        asked->way = asked->form == NULL ? pages_now_accepted(accept) : NULL;
    } else if (format != NULL && strcmp(format, "json") != 0) {
        asked->form = form_find(format);
        asked->way = pages_now_find(format);
        if (asked->form == NULL && asked->way == NULL) {
            answer_problem(request, PROBLEM_INVALID,
                           "format must be json, ndjson, csv, xlsx, text, layout, markdown, hocr, alto, tsv, "
                           "tesseract-tsv or pdf",
                           "format debe ser json, ndjson, csv, xlsx, text, layout, markdown, hocr, alto, tsv, "
                           "tesseract-tsv o pdf");
            return false;
        }
    }
    return true;
}

/* Takes the answer to the first page that was asked for. */
static void first_take(struct request *request, const struct answer_asked *asked) {
    bool is_whole = is_whole_asked(request);
    if (asked->way != NULL && request->errand.pages_found > 0) {
        pages_now_begin(request, asked->way, request_query(request, "page") != NULL);
    } else if (asked->form == NULL && is_whole && request->errand.pages_found > 1) {
        pages_now_begin(request, NULL, false);
    } else {
        reading_answer(request, asked->form);
    }
}

void read_post(struct request *request) {
    const char *layouts = request_query(request, "layout");
    struct answer_asked asked;
    int pictures;
    if (!answer_find(request, &asked) || !form_pictures_asked(request, asked.form, &pictures) ||
        !table_csv_check(request) || (asked.form == NULL ? pages_now_goes_on(request) : form_goes_on(request))) {
        return;
    }
    if (request->errand_state == ERRAND_NONE) {
        if (layout_choice_check(request, layouts)) {
            reading_begin(request, layouts, NULL);
        }
    } else if (request_errand_is_answered(request)) {
        first_take(request, &asked);
    }
}

/* False after answering with what is wrong with the layout. */
static bool layout_is_right(struct request *request, const char *text) {
    struct layout_set set;
    struct lince_error found = LINCE_ERROR_INIT;
    found.language = request->language;
    if (layout_set_open_with(&request->service->requests, "layout", text, strlen(text), &set, &found) == LINCE_OK) {
        layout_set_close(&set);
    } else if (found.status == LINCE_ERROR_LAYOUT) {
        answer_problem(request, PROBLEM_INVALID, "%s", "%s", found.message);
    } else {
        request->failure = found;
        answer_failure(request);
    }
    return request->status == 0;
}

void layout_try_post(struct request *request) {
    if (request->errand_state != ERRAND_NONE) {
        if (request_errand_is_answered(request)) {
            reading_answer(request, NULL);
        }
        return;
    }
    const char *text = request_field(request, "layout");
    if (text == NULL || *text == '\0') {
        answer_problem(request, PROBLEM_INVALID, "send a form with the layout's text as layout and a picture as file",
                       "envíe un formulario con el texto de la plantilla en layout y una imagen en file");
        return;
    }
    if (layout_is_right(request, text)) {
        reading_begin(request, NULL, text);
    }
}
