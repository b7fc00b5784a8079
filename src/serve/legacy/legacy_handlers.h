/* legacy_handlers.h - the handlers in the earlier service's table of paths, and what their files share. */
#ifndef LINCE_SERVE_LEGACY_LEGACY_HANDLERS_H
#define LINCE_SERVE_LEGACY_LEGACY_HANDLERS_H

#include "serve/http/request.h"

/* legacy_batch.c */
void legacy_batch_id(char id[ID_BYTES]);
void legacy_process_batch(struct request *request);
void legacy_batch_status(struct request *request);
void legacy_batch_upload(struct request *request);
void legacy_numbered_upload(struct request *request);
/* legacy_results.c */
void legacy_extract_results(struct request *request);
void legacy_extract_all(struct request *request);
void legacy_batch_download(struct request *request);
void legacy_batches_history(struct request *request);
/* legacy_result.c */
void legacy_result(struct request *request);
void legacy_result_data(struct request *request);
void legacy_download_json(struct request *request);
void legacy_processed_files(struct request *request);
/* legacy_queue.c */
void legacy_queue_status(struct request *request);
void legacy_queue_count(struct request *request);
void legacy_files_pending(struct request *request);
void legacy_clean(struct request *request);
void legacy_clean_queue(struct request *request);
void legacy_stats(struct request *request);
void legacy_health(struct request *request);
void legacy_status(struct request *request);
void legacy_metrics(struct request *request);

/* legacy_keys.c */
void legacy_generate_api_key(struct request *request);
void legacy_generate_key(struct request *request);
void legacy_current_api_key(struct request *request);
void legacy_list_api_keys(struct request *request);
void legacy_list_keys(struct request *request);
void legacy_validate_api_key(struct request *request);
void legacy_revoke_key(struct request *request);
/* legacy_ingest.c */
void legacy_document_ingestion(struct request *request);
void legacy_lot_status(struct request *request);
/* legacy_pages.c */
void legacy_manual(struct request *request);
void legacy_extraction_rules(struct request *request);

/* The state of a batch: "pending", "processing", "completed", "failed" or "partial". */
const char *legacy_batch_state(const struct batch *batch);

/* 400 and 404 with the endpoint's code, in the reader's language. */
void legacy_bad_request(struct request *request, const char *code, const char *english, const char *spanish);
void legacy_not_found(struct request *request, const char *code, const char *english, const char *spanish);
/* Gives the body's JSON object, or the form's fields as one; empty without a body. NULL after answering. */
json_t *legacy_body(struct request *request);
/* Answers with JSON as a file to save. Takes it. `flags`: jansson's. */
void legacy_attachment(struct request *request, json_t *json, size_t flags, const char *file_name);

#endif
