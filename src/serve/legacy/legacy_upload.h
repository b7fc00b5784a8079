/* legacy_upload.h - one uploaded file as a document of the earlier service. */
#ifndef LINCE_SERVE_LEGACY_LEGACY_UPLOAD_H
#define LINCE_SERVE_LEGACY_LEGACY_UPLOAD_H

#include "serve/http/request.h"
#include "serve/legacy/legacy_name.h"

/* Gives what the earlier service wrote beside an image. */
json_t *legacy_sidecar(struct request *request, const struct upload_file *file, const struct legacy_sender *sender,
                       bool is_form, const char *stored, const char *caption);

/* Gives what is wrong with a sender's fields: {"validation_errors", "validation_warnings"}, lists of texts. */
json_t *legacy_sender_check(const struct legacy_sender *sender);

/* The field `name` of file `i`, "NAME_3"; NULL if absent. */
const char *legacy_numbered_field(const struct request *request, const char *name, size_t i);
/* A part of a sender: the value, or its substitute if that is NULL. */
void legacy_part(char place[LEGACY_PART_BYTES], const char *value, const char *otherwise);

/* A name that no image has, neither in the store nor among the earlier documents. */
void legacy_stored_name(struct request *request, const struct upload_file *file, const struct legacy_sender *sender,
                        bool is_renamed, const struct document_new *before, size_t before_count,
                        char stored[LEGACY_NAME_BYTES]);

/* Fills `document`, ready to be added. Borrows the sidecar. False without memory. */
bool legacy_document(struct request *request, struct upload_file *file, const char *stored, json_t *sidecar,
                     const char *batch_id, struct document_new *document);

void legacy_process_image(struct request *request);

#endif
