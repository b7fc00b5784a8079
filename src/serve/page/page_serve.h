/* page_serve.h - the paths of the web page. */
#ifndef LINCE_SERVE_PAGE_PAGE_SERVE_H
#define LINCE_SERVE_PAGE_PAGE_SERVE_H

#include "serve/http/request.h"

extern const struct route page_routes[];

#endif
