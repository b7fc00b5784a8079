/* passed.h - files of the folder of learned layouts that are not used: told in the log and in the list of layouts. */
#ifndef LINCE_SERVE_LEARN_PASSED_H
#define LINCE_SERVE_LEARN_PASSED_H

#include <jansson.h>
#include <stdbool.h>

#include "lince.h"

struct request;
struct service;

/* Logs each such file once, and again when the folder has changed. Call it now and then. */
void passed_log(struct service *service);

/*
 * Appends {"file", "reason"} of each to the array, in the reader's language and without paths of the server.
 * UNREADABLE: the folder changes all the while. MEMORY_LIMIT. The request has the failure.
 */
enum lince_status passed_list(struct request *request, json_t *list);

/*
 * Whether the file NAME.json of the folder was used when passed_list looked last; more may be passed over than it
 * lists.
 */
bool passed_is_used(const char *name);

/* Frees what is kept. */
void passed_forget(void);

#endif
