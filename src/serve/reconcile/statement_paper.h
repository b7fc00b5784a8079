/* statement_paper.h - a statement in PDF, read by the workers page after page. */
#ifndef LINCE_SERVE_RECONCILE_STATEMENT_PAPER_H
#define LINCE_SERVE_RECONCILE_STATEMENT_PAPER_H

#include "serve/http/request.h"
#include "statement/paged.h"

enum { STATEMENT_PAGES_MOST = 200 };

/* Whether the file is a PDF. */
bool statement_paper_is_pdf(const char *path);
/* Sends the first page of the uploaded file to a worker; the handler is called again with each page's answer. */
void statement_paper_begin(struct request *request);
/*
 * Takes a page's answer and sends the next page. Gives the whole paper after the last one, which lives as long as the
 * request; NULL otherwise, or after answering with a problem.
 */
struct paged *statement_paper_go_on(struct request *request);

#endif
