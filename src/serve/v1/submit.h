/* submit.h - from the files of a request to documents in the store. */
#ifndef LINCE_SERVE_V1_SUBMIT_H
#define LINCE_SERVE_V1_SUBMIT_H

#include "serve/http/request.h"

/* An empty file, or one that is no image, is answered with a problem that names it, and false. */
bool submit_files_are_images(struct request *request);
/* JSON in the request's arena; NULL without memory. */
const char *json_in_arena(struct request *request, const json_t *json);

#endif
