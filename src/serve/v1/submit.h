/* submit.h - turns the files of a request into documents in the store. */
#ifndef LINCE_SERVE_V1_SUBMIT_H
#define LINCE_SERVE_V1_SUBMIT_H

#include "serve/http/request.h"

/* Returns false, after answering with a problem that names it, if a file is empty or no image. */
bool submit_files_are_images(struct request *request);

#endif
