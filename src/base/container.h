/* container.h - the memory control group of this process. */
#ifndef LINCE_BASE_CONTAINER_H
#define LINCE_BASE_CONTAINER_H

#include "base/group.h"

/*
 * The folder of the memory control group of this process. False if there is none, if its files are not visible from
 * here, or if it is the root group of version 1, which accepts no limit.
 */
bool container_group(char folder[PATH_MAX], enum group_version *version);
/*
 * The path of the memory control group, and its version, in a line "number:controllers:/path" of /proc/self/cgroup,
 * which is cut there. NULL for a line of other controllers.
 */
const char *container_group_of_line(char *line, enum group_version *version);
/* Holds open the files of the limits around this process; part of system_hold(). */
void container_hold(void);

#endif
