/*
 * profile.h - allocation sites in front and workers: switched on by the setting `memory-profile`, on and off by a
 * signal.
 *
 * The front counts its own; workers get the setting with their next request.
 */
#ifndef LINCE_SERVE_STATE_PROFILE_H
#define LINCE_SERVE_STATE_PROFILE_H

#include "serve/state/service.h"

/* Applies the setting: counts every large block, and one in so many of the small ones; 0: none. Main thread only. */
void profile_follow_setting(struct service *service);

/*
 * Turns it off if it is on; if it is off, turns it on with the setting's number or, if that is 0, for every block. Main
 * thread only.
 */
void profile_toggle(struct service *service);

#endif
