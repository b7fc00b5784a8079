/* digest.h - SHA-256 as text. */
#ifndef LINCE_CLI_READ_DIGEST_H
#define LINCE_CLI_READ_DIGEST_H

#include "lince.h"

enum { DIGEST_TEXT_BYTES = 65 }; /* 64 hexadecimal digits and the zero byte */

void digest_bytes(const void *bytes, size_t bytes_count, char text[DIGEST_TEXT_BYTES]);

/* Reads the file in small steps, so that no file is whole in memory for this. NOT_FOUND, UNREADABLE. */
enum lince_status digest_file(const char *path, char text[DIGEST_TEXT_BYTES], struct lince_error *error);

#endif
