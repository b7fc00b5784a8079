/* container.h - the memory control group of this process. */
#ifndef LINCE_BASE_CONTAINER_H
#define LINCE_BASE_CONTAINER_H

#include "base/group.h"

/*
 * The folder of the memory control group of this process. False if there is none, if its files are not visible from
 * here, or if it is the root group of version 1, which accepts no limit.
 */
bool container_group(char folder[PATH_MAX], enum group_version *version);
/* Holds open the files of the limits around this process; part of system_hold(). */
void container_hold(void);

#endif
