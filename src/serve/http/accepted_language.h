/* accepted_language.h - which of the service's two languages an Accept-Language asks for. */
#ifndef LINCE_SERVE_HTTP_ACCEPTED_LANGUAGE_H
#define LINCE_SERVE_HTTP_ACCEPTED_LANGUAGE_H

#include "base/error.h"

/* The one of the higher q; of equal ones the one named first. `otherwise` where the header names neither, or is NULL.
 */
enum lince_language accepted_language(const char *header, enum lince_language otherwise);

#endif
