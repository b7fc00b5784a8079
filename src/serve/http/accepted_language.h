/* accepted_language.h - which of the service's two languages an Accept-Language header prefers. */
#ifndef LINCE_SERVE_HTTP_ACCEPTED_LANGUAGE_H
#define LINCE_SERVE_HTTP_ACCEPTED_LANGUAGE_H

#include "base/error.h"

/* The one with the higher q; if equal, the one named first. `otherwise` if the header names neither, or is NULL. */
enum lince_language accepted_language(const char *header, enum lince_language otherwise);

#endif
