/* keeping.h - how long things are kept: as the configuration says, or else as people set it over HTTP. */
#ifndef LINCE_SERVE_UPKEEP_KEEPING_H
#define LINCE_SERVE_UPKEEP_KEEPING_H

#include "serve/state/service.h"

enum keeping_what { KEEPING_IMAGES, KEEPING_DOCUMENTS, KEEPING_COUNT, KEEPING_SIZE, KEEPING_ALL };

struct keeping {
    struct keeping_value {
        uint64_t number;            /* 0: for ever, all, no limit */
        enum setting_source source; /* built in: nothing in the configuration sets it, so that it may be set here */
        bool is_set_here;           /* over HTTP */
    } of[KEEPING_ALL];
};

/* What holds now. */
enum lince_status keeping_read(struct service *service, struct keeping *keeping, struct lince_error *error);

#endif
