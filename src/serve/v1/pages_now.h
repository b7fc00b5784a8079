/* pages_now.h - all pages of a file that is read for a waiting client and is not stored, as JSON. */
#ifndef LINCE_SERVE_V1_PAGES_NOW_H
#define LINCE_SERVE_V1_PAGES_NOW_H

#include "serve/http/request.h"

/*
 * Takes the answer to the first page of the uploaded file, and asks for the others. The answer to the client has each
 * page, or why it could not be read, and the fields of the document.
 */
void pages_now_begin(struct request *request);
/* Continues what pages_now_begin began; false if nothing was begun. */
bool pages_now_goes_on(struct request *request);

#endif
