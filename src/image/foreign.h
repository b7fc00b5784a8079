/* foreign.h - what is said of bytes that are no image that is read here: what they are, how many, and what to do. */
#ifndef LINCE_IMAGE_FOREIGN_H
#define LINCE_IMAGE_FOREIGN_H

#include <stddef.h>
#include <stdint.h>

#include "lince.h"

/*
 * Names the format that the first `bytes_count` bytes of a file of `file_bytes` tell, and how to convert it; or the
 * formats that are read. Returns UNKNOWN_FORMAT. Thread-safe.
 */
enum lince_status foreign_refuse(const uint8_t *bytes, size_t bytes_count, uint64_t file_bytes,
                                 struct lince_error *error);

#endif
