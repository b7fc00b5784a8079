/* container.h - which control group of memory this process is in. */
#ifndef LINCE_BASE_CONTAINER_H
#define LINCE_BASE_CONTAINER_H

#include "base/group.h"

/*
 * The folder of the very group that this process is in and that counts memory. False when there is none, when its files
 * are not to be seen from here, or when it is the root of all groups of version 1, which takes no limit.
 */
bool container_group(char folder[PATH_MAX], enum group_version *version);
/* Holds the files of the limits around this process: a part of system_hold(). */
void container_hold(void);

#endif
