/* layout_choice.h - which layouts a request asks for. */
#ifndef LINCE_SERVE_V1_LAYOUT_CHOICE_H
#define LINCE_SERVE_V1_LAYOUT_CHOICE_H

#include "serve/http/request.h"

/* Whether each of "a,b" is there; NULL and "" are. Otherwise false, after a problem that names the wrong one. */
bool layout_choice_check(struct request *request, const char *list);

#endif
