/* handlers.h - the handlers that the table of routes names, by the file that defines them. */
#ifndef LINCE_SERVE_V1_HANDLERS_H
#define LINCE_SERVE_V1_HANDLERS_H

#include "serve/http/request.h"

/* submit.c */
void documents_post(struct request *request);
/* v1_documents.c */
void documents_list(struct request *request);
void document_get(struct request *request);
void document_image(struct request *request);
void document_delete(struct request *request);
void document_reread(struct request *request);
struct document;
/* Gives the document named in the path. False after answering with a problem. */
bool document_find(struct request *request, struct document *document);
/* document_patch.c */
void document_patch(struct request *request);
void document_history(struct request *request);
struct document_filter;
/* The conditions of the query; false after answering with a problem. */
bool documents_filter(struct request *request, struct document_filter *filter);
void document_duplicate(struct request *request);
/* The version in If-Match, which is required; -1 for "*". False after answering with a problem. */
bool document_version_asked(struct request *request, int64_t *version);
/* Checks the length of the reason for a change; NULL is none. False after answering with a problem. */
bool document_why_check(struct request *request, const char *why);
/* v1_totals.c */
void documents_totals(struct request *request);
/* v1_several.c */
void documents_reread(struct request *request);
void documents_move(struct request *request);
void documents_delete(struct request *request);
/* field_catalogue.c */
void fields_get(struct request *request);
/* Whether the catalogue or a layout in use has a field of that name. */
bool field_catalogue_has(const struct request *request, const char *name);
/*
 * Whether a new field may have that name: one that is almost that of a known field, or its label, is mistyped. False
 * after answering with a problem that gives the nearest names.
 */
bool field_catalogue_check_own(struct request *request, const char *name);
/* v1_session.c */
void session_get(struct request *request);
void session_post(struct request *request);
void session_delete(struct request *request);
/* v1_keys.c */
void keys_list(struct request *request);
void keys_post(struct request *request);
void key_delete(struct request *request);
/* v1_about.c */
void openapi_get(struct request *request);
void layouts_list(struct request *request);
/* v1_read_now.c */
void read_post(struct request *request);
void layout_try_post(struct request *request);
/* v1_pages.c */
void pages_list(struct request *request);
void page_get(struct request *request);
void page_image(struct request *request);
void page_boxes(struct request *request);
/* forms.c */
struct form;
/* The form of that name, or the first that `accept` (may be NULL) names; NULL when there is none. */
const struct form *form_find(const char *name);
const struct form *form_accepted(const char *accept);
/* The first of all forms that `accept` names, for answers that are JSON only if it is asked for; NULL: none. */
const struct form *form_accepted_now(const char *accept);
/* Whether the header Accept (NULL: there is none) takes JSON. */
bool form_json_accepted(const char *accept);
/*
 * Answers with page `number` of the document, or (0) with all pages that were read, in that form. It may take several
 * calls.
 */
void form_answer(struct request *request, const struct document *document, int64_t number, const struct form *form);
/* A client waits while so many pages of a file are read. */
enum { FORM_NOW_PAGES_MOST = 50 };
/* False after answering that the file has more. */
bool form_pages_now_check(struct request *request, int64_t page_count);
/* A page that was just read and is not stored; all borrowed until the request is answered. */
struct form_page {
    const char *json, *name, *media_type; /* name, media_type: of its file */
    int64_t number, page_count;
    int descriptor;      /* of the file */
    bool all_pages;      /* not that page alone, but all of its file, of which it is the first that can be read */
    bool pictures;       /* of a PDF file as a PDF: as pictures, not laid over the file */
    bool codes, letters; /* what else is read on the pages behind it */
};
void form_answer_now(struct request *request, const struct form_page *page, const struct form *form);
/*
 * Whether a PDF file is to have pictures of its pages, and not its text laid over it: by `pictures`, or because a level
 * of PDF/A is asked for. False after answering that only the form pdf, which `form` is not, can have that.
 */
bool form_pictures_asked(struct request *request, const struct form *form, int *pictures);
/* Whether files of that media type have pages: read now without naming one, they are read whole. */
bool form_media_has_pages(const char *media_type);
/* Answers that the file of an answer cannot be written. */
void form_disk_problem(struct request *request);
/* Continues what form_answer or form_answer_now began; false if nothing was begun. */
bool form_goes_on(struct request *request);
/* v1_batches.c */
void batches_post(struct request *request);
void batches_list(struct request *request);
void batch_get(struct request *request);
void batch_close(struct request *request);
void batch_cancel(struct request *request);
void batch_start(struct request *request);
void batch_pause(struct request *request);
void batch_delete(struct request *request);
/* batch_records.c */
void batch_records(struct request *request);
void records_get(struct request *request);
void records_post(struct request *request);
/* v1_stream.c */
void events_get(struct request *request);
/* v1_hooks.c */
void webhooks_post(struct request *request);
void webhooks_list(struct request *request);
void webhook_delete(struct request *request);
void webhook_deliveries(struct request *request);
void webhook_test(struct request *request);
void delivery_resend(struct request *request);
/* v1_health.c */
void livez_get(struct request *request);
void readyz_get(struct request *request);
void metrics_get(struct request *request);
void memory_get(struct request *request);
void memory_timeline_get(struct request *request);
void problem_get(struct request *request);
/* v1_memory_report.c */
void memory_report_get(struct request *request);

#endif
