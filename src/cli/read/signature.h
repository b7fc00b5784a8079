/* signature.h - do these first bytes look like an image? For choosing among files; the library decides when it reads.
 */
#ifndef LINCE_CLI_READ_SIGNATURE_H
#define LINCE_CLI_READ_SIGNATURE_H

#include <stdbool.h>
#include <stddef.h>

enum { SIGNATURE_BYTES = 16 }; /* enough for an answer */

enum signature { SIGNATURE_NONE, SIGNATURE_IMAGE, SIGNATURE_UNDECIDED /* more bytes are needed */ };

enum signature signature_of(const unsigned char *bytes, size_t bytes_count);

/* Is the end of this name one that images have? Upper or lower case. */
bool signature_name_is_of_image(const char *name);

#endif
