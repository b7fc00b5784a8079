/*
 * worker_protocol.h - the messages between the front and a worker over their socket pair.
 *
 * Every message is a head of fixed size, followed by its texts. The image travels as an open file beside the head, so
 * its bytes are never copied. Both ends are the same program, so they agree on the layout of the head.
 */
#ifndef LINCE_WORKER_WORKER_PROTOCOL_H
#define LINCE_WORKER_WORKER_PROTOCOL_H

#include <stdbool.h>
#include <stdint.h>

#include "lince.h"

enum { WORK_MAGIC = 0x4c4e4334, WORK_DESCRIPTOR = 3, WORK_LIKENESS_BYTES = 32 };
enum { WORK_ALERTS_LIMIT = 4 };      /* one of each kind */
enum { WORK_BLOCK_BYTES = 1 << 16 }; /* the longest block before an answer to WORK_LAY */
enum { WORK_LAYOUTS_LIMIT = 512, WORK_NAME_LIMIT = 512, WORK_REVIEW_KINDS = 16 };
static const uint64_t WORK_BODY_LIMIT = UINT64_C(64) << 20;

enum work_kind {
    WORK_READY = 1,     /* worker: the models are loaded */
    WORK_READ = 2,      /* front: read a page of the file that comes with it; the body may have a layout */
    WORK_RESULT = 3,    /* worker: the page as JSON, or an error as JSON */
    WORK_BOXES = 4,     /* front: draw the boxes in the body, or none, on a page; the answer is a PNG */
    WORK_REPORT = 5,    /* front, without an image: report your memory; the answer is a report as JSON */
    WORK_RECORD = 6,    /* front: the fields of the pages in the body, an array; answered as WORK_READ, and whether
                           they are several receipts, "is_stack". If a file comes too, the answer also tells how its
                           page `page_index` looks, the first of them */
    WORK_WRITE = 7,     /* front: the page in the body, as JSON, in the form that `layouts` names */
    WORK_STATEMENT = 8, /* front: the rows of the statement's file that comes with this, as packed.h writes them;
                           `layouts` names the language of a failure, "en" or "es" */
    WORK_UNPACK = 9,    /* front: unpack an entry of the archive that comes with this; see unpack.h */
    /* Of the program to a child that decodes one file, see decoder_protocol.h: */
    WORK_OPEN = 10,
    WORK_HEADER = 11,
    WORK_DECODE = 12,
    WORK_LAYER = 13,
    WORK_LAY = 14, /* front: lay the text in the body over the PDF file that comes with it, or (page_count 0) say
                      whether that can be done; the answer comes after blocks, see lay.h */
    WORK_FAX = 15,
};

struct work_head {
    uint32_t magic, kind;
    uint32_t status;                    /* enum lince_status, with WORK_RESULT */
    uint32_t layouts_bytes, name_bytes; /* with WORK_READ: texts after the head, in this order */
    uint32_t page_index; /* with WORK_READ, WORK_RECORD, WORK_BOXES and WORK_WRITE: which page of the file, from 0 on */
    uint32_t page_count; /* of the file; of an answer to WORK_READ, 0: it could not be opened; with WORK_WRITE */
    uint32_t has_pages;  /* the file is of a format with pages; in answers to WORK_READ, and with WORK_WRITE */
    uint32_t parts;      /* with WORK_WRITE: enum bits of form.h */
    uint32_t codes;      /* with WORK_READ: look for bar codes too */
    uint32_t letters;    /* with WORK_READ: keep the places of letters */
    /* With WORK_READ and WORK_WRITE: of a part of a file, the index of its first page and how many it has; 0: all. */
    uint32_t part_first, part_count;
    uint32_t has_likeness;
    uint32_t profile_period; /* with requests: count allocation sites from now on, as lince_memory_profile */
    uint32_t has_review;     /* with requests: records need a review below these confidences of their kinds of field */
    double review[WORK_REVIEW_KINDS];
    uint64_t body_bytes; /* after the texts */
    /* Instead of a body: of answers to WORK_DECODE, to the program's WORK_UNPACK, and of the blocks before a WORK_LAY.
     */
    uint64_t stream_bytes;
    uint64_t resident_bytes; /* of the worker, with WORK_READY and WORK_RESULT */
    unsigned char likeness[WORK_LIKENESS_BYTES];
    uint32_t alert_count; /* with WORK_RESULT: events of the worker's engine since the last one */
    struct lince_memory_event alerts[WORK_ALERTS_LIMIT];
};

/*
 * All return false if the other end is gone or broke the protocol, or `deadline_ms` (monotonic; -1: none) has passed.
 */
bool work_send(int socket, const void *bytes, uint64_t count, int64_t deadline_ms);
/* Sends the head with an open file (-1: none). */
bool work_send_head(int socket, const struct work_head *head, int descriptor, int64_t deadline_ms);
/* `descriptor` may be NULL if none is expected; it is -1 if none came. */
bool work_receive_head(int socket, struct work_head *head, int *descriptor, int64_t deadline_ms);
bool work_receive(int socket, void *bytes, uint64_t count, int64_t deadline_ms);

#endif
