/* s3_address.h - where a bucket is: s3://BUCKET/PREFIX?endpoint=...&region=...&style=path|host. */
#ifndef LINCE_STORE_S3_ADDRESS_H
#define LINCE_STORE_S3_ADDRESS_H

#include <stdbool.h>

#include "lince.h"

enum { S3_BUCKET_BYTES = 64, S3_PREFIX_BYTES = 256, S3_ENDPOINT_BYTES = 256, S3_REGION_BYTES = 64, S3_URL_BYTES = 800 };

struct s3_address {
    char bucket[S3_BUCKET_BYTES];
    char prefix[S3_PREFIX_BYTES];     /* "" or "a/b/" */
    char endpoint[S3_ENDPOINT_BYTES]; /* "https://host:port" */
    char region[S3_REGION_BYTES];
    bool is_path_style; /* the bucket stands in the path, not before the host's name */
};

/*
 * Defaults: `endpoint` is Amazon's of the region; `region` is $AWS_REGION or $AWS_DEFAULT_REGION, else us-east-1;
 * `style` is path if an endpoint is named or the bucket's name has a dot. ARGUMENT.
 */
enum lince_status s3_address_read(const char *text, struct s3_address *address, struct lince_error *error);

/* The URL of the object `name`, which has only letters, digits and -._ */
void s3_address_url(const struct s3_address *address, const char *name, char url[S3_URL_BYTES]);

#endif
