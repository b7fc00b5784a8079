/* layout_choice.h - the layouts that a request names. */
#ifndef LINCE_SERVE_V1_LAYOUT_CHOICE_H
#define LINCE_SERVE_V1_LAYOUT_CHOICE_H

#include "serve/http/request.h"

/*
 * Whether each name in "a,b" exists; NULL and "" are accepted. Otherwise false, after a problem that names the wrong
 * one.
 */
bool layout_choice_check(struct request *request, const char *list);

#endif
