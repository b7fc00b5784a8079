/* upload.h - the files and fields of a request's body, streamed: files to the disk, fields to memory. */
#ifndef LINCE_SERVE_HTTP_UPLOAD_H
#define LINCE_SERVE_HTTP_UPLOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lince.h"
#include "serve/http/urlencoded.h"
#include "store/store.h"

struct request;
struct MHD_PostProcessor;

struct upload_file {
    struct image_draft draft;
    const char *field, *name, *name_sent; /* of the form's field; of the file, cleaned and as sent; in the arena */
    struct upload_file *next;
    bool is_open;
};

struct upload_field {
    const char *name;
    char *value; /* in the arena, with a zero byte */
    size_t bytes, room;
    struct upload_field *next;
};

enum { UPLOAD_START_BYTES = 10 };

struct upload {
    struct MHD_PostProcessor *post; /* of a multipart form; NULL: it is none */
    struct urlencoded urlencoded;   /* a form of the other kind, where is_urlencoded */
    struct upload_file *files, **last_file, *current;
    struct upload_field *fields, **last_field, *field_now;
    size_t file_count, field_bytes;
    bool is_failed; /* the rest is discarded; `error` says why */
    bool is_too_many;
    bool is_undecided;              /* its first bytes will show whether it is a form or a raw image */
    char start[UPLOAD_START_BYTES]; /* those bytes, until there are enough */
    size_t start_bytes;
    bool is_urlencoded; /* a form that is not multipart */
    struct lince_error error;
};

/* By the request's Content-Type. False after answering with a problem. */
bool upload_begin(struct request *request);
void upload_feed(struct request *request, const char *bytes, size_t count);
/* False after answering with a problem. */
bool upload_end(struct request *request);
/* Adds a file that is not a part of the body, such as Base64 in JSON. NULL after answering with a problem. */
struct upload_file *upload_add(struct request *request, const char *name, const void *bytes, size_t count);
/*
 * Adds an open file by the name that is shown, which is borrowed and clean, however many there are; its draft is
 * written by the caller and then ended. NULL with the reason in the request's failure, or without memory.
 */
struct upload_file *upload_put(struct request *request, const char *name);
void upload_put_end(struct upload_file *file);
/* Removes the last file that was put. */
void upload_take_back(struct request *request, struct upload_file *file);
/* Removes files that the store did not take. */
void upload_free(struct request *request);

#endif
