/* unpack.h - the worker's part of unpacking a ZIP archive: one entry for each request. */
#ifndef LINCE_WORKER_UNPACK_H
#define LINCE_WORKER_UNPACK_H

#include "archive/zip.h"
#include "worker/worker_protocol.h"

/* The body of a WORK_UNPACK. */
struct unpack_request {
    struct zip_place place; /* cleared: goes to the first entry and checks the list */
    uint64_t entries_most, entry_bytes_most;
    uint32_t language; /* enum lince_language: the language of the messages */
    uint32_t is_first;
};

/* The end of the answer, after the bytes of the entry. A refused entry has no bytes. */
struct unpack_entry {
    char name[ZIP_NAME_BYTES], message[LINCE_MESSAGE_BYTES];
    uint32_t is_there; /* 0 after the last entry */
    uint32_t kind;     /* enum zip_kind */
    uint32_t status;   /* why it was refused */
    uint32_t has_next;
    struct zip_place next;
};

struct unpack {
    struct zip *zip;
    struct zip_entry entry;
    struct unpack_request request;
    bool found;
};

/* Goes to the entry. Returns why the archive itself is refused. */
enum lince_status unpack_begin(struct unpack *unpack, const struct unpack_request *request, int descriptor,
                               struct meter *meter, struct lince_error *error);
/* The bytes of the answer's body. */
uint64_t unpack_body_bytes(const struct unpack *unpack);
/* Unpacks the entry and sends it meanwhile. False if the other end is gone. */
bool unpack_send(struct unpack *unpack, int socket);
void unpack_end(struct unpack *unpack);

#endif
