/* resident.h - how much memory the kernel says this process has. */
#ifndef LINCE_BASE_RESIDENT_H
#define LINCE_BASE_RESIDENT_H

#include <stdint.h>

/* Resident bytes now; 0 where the kernel does not tell. */
uint64_t resident_bytes(void);

#endif
