/* foreign.h - the message for a file that Lince does not read: its format, its size, and what to do. */
#ifndef LINCE_IMAGE_HEADER_FOREIGN_H
#define LINCE_IMAGE_HEADER_FOREIGN_H

#include <stddef.h>
#include <stdint.h>

#include "lince.h"

/* The format's name, "Word" or "ZIP"; NULL if it is unknown. Thread-safe. */
const char *foreign_name(const uint8_t *bytes, size_t bytes_count);

/*
 * Names the format of a file of `file_bytes` from its first `bytes_count` bytes, and how to convert it; for an unknown
 * format, names the formats that Lince reads. Returns UNKNOWN_FORMAT. Thread-safe.
 */
enum lince_status foreign_refuse(const uint8_t *bytes, size_t bytes_count, uint64_t file_bytes,
                                 struct lince_error *error);

#endif
