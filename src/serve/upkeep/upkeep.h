/* upkeep.h - handlers that look after the service: backups, layouts, how long things are kept. */
#ifndef LINCE_SERVE_UPKEEP_UPKEEP_H
#define LINCE_SERVE_UPKEEP_UPKEEP_H

#include "serve/http/request.h"

/* backups.c */
void backups_post(struct request *request);
void backups_list(struct request *request);
/* keeping.c */
void settings_get(struct request *request);
void settings_patch(struct request *request);
/* layouts.c */
void layout_get(struct request *request);
void layout_check_post(struct request *request);

#endif
