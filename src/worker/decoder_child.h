/* decoder_child.h - the program's side of decoder.h: a locked-down child, its answers, and how it ended. */
#ifndef LINCE_WORKER_DECODER_CHILD_H
#define LINCE_WORKER_DECODER_CHILD_H

#include <stdbool.h>
#include <sys/types.h>

#include "image/source.h"
#include "worker/memory_kills.h"
#include "worker/worker_protocol.h"

/* A child of this program, which is `lince decoder`. */
struct decoder_child {
    pid_t pid; /* 0: none */
    int socket;
    struct memory_kills kills; /* when it was started */
    bool was_killed;           /* the last one was, from outside or for want of memory */
    bool is_held;              /* by decoder_child_hold */
    bool was_refused_memory;   /* the last one ended as a library that is refused memory does */
};

/* RUNTIME. */
enum lince_status decoder_child_start(struct decoder_child *child, struct lince_error *error);
/* Lets the kernel refuse it more than `data_bytes` of private memory; 0: no limit. The file may need more. */
void decoder_child_hold(struct decoder_child *child, uint64_t data_bytes);
/* Ends it. Gives the signal that had ended it before, or 0. */
int decoder_child_end(struct decoder_child *child);
/*
 * MEMORY_LIMIT: it was held and ended by itself. DAMAGED: it ended before it answered, by the file that it was given.
 * RUNTIME: it was killed, from outside or for want of memory, or could not give up its rights. Ends it.
 */
enum lince_status decoder_child_lost(struct decoder_child *child, struct lince_error *error);
/* DAMAGED: it gave an answer that cannot be. Ends it. */
enum lince_status decoder_child_damaged(struct decoder_child *child, struct lince_error *error);
/* Receives a part of the answer. The child ended meanwhile: as for decoder_child_lost. */
enum lince_status decoder_child_receive(struct decoder_child *child, void *bytes, size_t count,
                                        struct lince_error *error);
/* Receives the head of the answer. A failure that the child reports is the error; other failures end it. */
enum lince_status decoder_child_answer(struct decoder_child *child, struct work_head *answer,
                                       struct lince_error *error);

/*
 * A descriptor of the file, to give to a child, which the caller closes; bytes in memory are copied to a file without a
 * name. -1 with UNREADABLE.
 */
int decoder_child_descriptor(const struct source *source, struct lince_error *error);

#endif
