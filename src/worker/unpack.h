/* unpack.h - the worker's part of taking a ZIP archive apart: one entry for each request. */
#ifndef LINCE_WORKER_UNPACK_H
#define LINCE_WORKER_UNPACK_H

#include "archive/zip.h"
#include "worker/worker_protocol.h"

/* The body of a WORK_UNPACK. */
struct unpack_request {
    struct zip_place place; /* cleared: the first entry, and the list is checked */
    uint64_t entries_most, entry_bytes_most;
    uint32_t language; /* enum lince_language, of the messages */
    uint32_t is_first;
};

/* The end of the answer, behind the bytes of the entry, of which a refused one has none. */
struct unpack_entry {
    char name[ZIP_NAME_BYTES], message[LINCE_MESSAGE_BYTES];
    uint32_t is_there, kind, status; /* is_there: 0 behind the last; kind: enum zip_kind; status: why it was refused */
    uint32_t has_next;
    struct zip_place next;
};

struct unpack {
    struct zip *zip;
    struct zip_entry entry;
    struct unpack_request request;
    bool found;
};

/* Goes to the entry. What the archive itself is refused for. */
enum lince_status unpack_begin(struct unpack *unpack, const struct unpack_request *request, int descriptor,
                               struct meter *meter, struct lince_error *error);
/* Of the answer. */
uint64_t unpack_body_bytes(const struct unpack *unpack);
/* Sends the body while it unpacks. False when the other end is gone. */
bool unpack_send(struct unpack *unpack, int socket);
void unpack_end(struct unpack *unpack);

#endif
