/* legacy_routes.h - the API of the earlier service: its paths and formats, over the same store. */
#ifndef LINCE_SERVE_LEGACY_LEGACY_ROUTES_H
#define LINCE_SERVE_LEGACY_LEGACY_ROUTES_H

#include "serve/http/request.h"

extern const struct route legacy_routes[];
/* Failures in the words and keys of the earlier service, indented JSON, bodies of any media type. */
extern const struct dialect legacy_dialect;

#endif
