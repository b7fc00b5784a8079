/* routes.h - the paths of the service's own API. */
#ifndef LINCE_SERVE_V1_ROUTES_H
#define LINCE_SERVE_V1_ROUTES_H

#include "serve/http/request.h"

extern const struct route routes_v1[];

#endif
