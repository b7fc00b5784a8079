/*
 * signature.h - whether these first bytes look like an image, for choosing among files. The library decides when it
 * reads.
 */
#ifndef LINCE_CLI_READ_SIGNATURE_H
#define LINCE_CLI_READ_SIGNATURE_H

#include <stdbool.h>
#include <stddef.h>

enum { SIGNATURE_BYTES = 16 }; /* enough to decide */

enum signature { SIGNATURE_NONE, SIGNATURE_IMAGE, SIGNATURE_UNDECIDED /* more bytes are needed */ };

enum signature signature_of(const unsigned char *bytes, size_t bytes_count);

/* Whether the name ends like an image's, in upper or lower case. */
bool signature_name_is_of_image(const char *name);

#endif
