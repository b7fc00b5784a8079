/*
 * s3.h - puts, takes and removes objects in a bucket of an S3-compatible store. Bytes go between a file and the
 * connection; no object is whole in memory. A request that fails temporarily is tried again after pauses that vary.
 *
 * The signature is libcurl's (AWS Signature Version 4). UNREADABLE: the store does not answer, or refuses; the caller
 * may try again. All functions are thread-safe; a few requests run at once, further ones wait.
 */
#ifndef LINCE_STORE_S3_H
#define LINCE_STORE_S3_H

#include <stdint.h>

#include "store/s3/s3_address.h"

struct s3;

/* Gives the bucket, without a request. */
enum lince_status s3_open(const struct s3_address *address, struct s3 **s3, struct lince_error *error);
void s3_close(struct s3 *s3);

/* Puts the first `count` bytes of a file, whose SHA-256 is `sha256`, under a name. An existing object stays. */
enum lince_status s3_put(struct s3 *s3, const char *name, const char *sha256, int descriptor, uint64_t count,
                         struct lince_error *error);
/* Writes an object into an empty file. NOT_FOUND; DAMAGED when its SHA-256 is another. */
enum lince_status s3_take(struct s3 *s3, const char *name, const char *sha256, int descriptor,
                          struct lince_error *error);
/* Removes an object; OK if there is none. */
enum lince_status s3_remove(struct s3 *s3, const char *name, struct lince_error *error);

#endif
