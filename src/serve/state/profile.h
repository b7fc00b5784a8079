/*
 * profile.h - allocation sites in front and workers: on by the setting `memory-profile`, on or off by a signal.
 *
 * The front counts its own; workers learn of it with the next request that they are sent.
 */
#ifndef LINCE_SERVE_STATE_PROFILE_H
#define LINCE_SERVE_STATE_PROFILE_H

#include "serve/state/service.h"

/* Follows the setting: every large block is counted and one small one in that number; 0: none. Main thread only. */
void profile_follow_setting(struct service *service);

/* On becomes off; off becomes on, with the setting's number or, where that is 0, every block. Main thread only. */
void profile_toggle(struct service *service);

#endif
