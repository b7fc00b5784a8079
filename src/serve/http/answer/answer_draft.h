/*
 * answer_draft.h - an answer of any length, written before it is sent: the first part in memory, a longer one in an
 * unnamed file of the data folder. So its length does not count in memory, and a failure can still be the answer.
 */
#ifndef LINCE_SERVE_HTTP_ANSWER_ANSWER_DRAFT_H
#define LINCE_SERVE_HTTP_ANSWER_ANSWER_DRAFT_H

#include "base/buffer.h"
#include "serve/http/request.h"

struct answer_draft {
    struct request *request; /* borrowed */
    struct buffer bytes;     /* what is not in the file; the writers of output append to it */
    int descriptor;          /* owned: of the file; -1: there is none yet */
    uint64_t file_bytes;
    bool is_unwritable; /* the disk took nothing more */
    bool is_incomplete; /* memory for a member was refused */
    bool is_inside;     /* its list has a member */
};

/* answer_draft_send or answer_draft_drop ends it. */
void answer_draft_begin(struct answer_draft *draft, struct request *request);
/* Call it after each row: moves the bytes into the file if they are many. */
void answer_draft_flush(struct answer_draft *draft);

/* The draft is JSON: `json`, which it takes, and whose last member is an empty list. */
void answer_draft_list_begin(struct answer_draft *draft, json_t *json);
/* Takes a member of the list; NULL: memory for it was refused. */
void answer_draft_list_add(struct answer_draft *draft, json_t *member);
void answer_draft_list_end(struct answer_draft *draft);

/* Answers with the draft, or with the problem that it met. `file_name`: which a browser may save it under. */
void answer_draft_send(struct answer_draft *draft, const char *media_type, const char *file_name);
void answer_draft_drop(struct answer_draft *draft);

#endif
