/* s3_credentials.h - the key for a bucket, from the environment or from the file that AWS's own programs read. */
#ifndef LINCE_STORE_S3_CREDENTIALS_H
#define LINCE_STORE_S3_CREDENTIALS_H

#include "lince.h"

enum { S3_KEY_BYTES = 256, S3_TOKEN_BYTES = 4096 };

struct s3_credentials {
    char key[2 * S3_KEY_BYTES]; /* "ID:SECRET" */
    char token[S3_TOKEN_BYTES]; /* of a session; "": none */
};

/*
 * $AWS_ACCESS_KEY_ID, $AWS_SECRET_ACCESS_KEY and $AWS_SESSION_TOKEN; without them section $AWS_PROFILE ("default") of
 * the file $AWS_SHARED_CREDENTIALS_FILE (~/.aws/credentials). Read at every request, so that a renewed key is used at
 * once. UNREADABLE names what is missing.
 */
enum lince_status s3_credentials_read(struct s3_credentials *credentials, struct lince_error *error);
/* Overwrites them. */
void s3_credentials_forget(struct s3_credentials *credentials);

#endif
