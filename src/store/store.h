/*
 * store.h - what the service keeps: images, documents, the queue, batches, corrections, keys, webhooks, events. All of
 * the service goes through this header; another store would implement it and nothing else would change.
 *
 * All functions are thread-safe. What a function gives is in the arena that it is passed. Failures: LINCE_ERROR_WRITE
 * if the disk refuses, LINCE_ERROR_NOT_FOUND if what was named does not exist, LINCE_ERROR_RUNTIME, _DAMAGED or
 * _MEMORY_LIMIT. LINCE_OK means written; a function that says durable means written to the disk.
 *
 * Times are milliseconds of the wall clock since 1970; -1 means never.
 */
#ifndef LINCE_STORE_STORE_H
#define LINCE_STORE_STORE_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

#include "lince.h"
#include "store/states/states.h"

struct arena;
struct store;

/* Connections to a shared store: to write, to read, for totals and for images; a service also listens. */
enum { STORE_CONNECTIONS = 4, STORE_CONNECTIONS_SERVED = 5 };

enum { ID_BYTES = 40, SHA256_TEXT_BYTES = 65, LIKENESS_BYTES = 32 };

/*
 * Puts what SQLite allocates on a meter that lives as long as the process. SQLite has one allocator for the process: a
 * program calls this once, before it opens its first store. A library may not.
 */
struct meter;
void store_memory_install(struct meter *meter);

enum store_use {
    STORE_SERVE, /* the one service of this folder: brings the tables up to date and frees what an earlier run leased */
    STORE_VISIT, /* a command beside the service, for a short time; the folder must exist */
};
/* Where a store is. Borrowed while it is opened. */
struct store_place {
    const char *folder;   /* used by this service alone: the store, or uploads in progress */
    const char *database; /* "postgres://...", which several nodes share; NULL or "": SQLite and files in the folder */
    bool needs_replica;   /* refuse a database that does not wait for a standby */
    bool is_copy;         /* a copy is made into it, and nothing else may use it until the copy is finished */
    const char *images;   /* "s3://...", a bucket for the images; NULL or "": in the folder, or in the database */
};
/* Whether the place is a database that several nodes share. */
bool store_place_is_shared(const struct store_place *place);
/* STORE_SERVE makes the folder when it is missing. */
enum lince_status store_open(const struct store_place *place, enum store_use use, struct store **store,
                             struct lince_error *error);
void store_close(struct store *store);

/* Whether images are on another machine, and so may be out of reach for a while. */
bool store_images_are_remote(const struct store *store);
/* False while a shared database does not answer. Sends it nothing. */
bool store_is_reachable(struct store *store);

/* Wall clock. */
int64_t store_now_ms(void);
/* "2099-01-03T10:11:12.345Z" */
enum { TIME_TEXT_BYTES = 32 };
void store_time_text(int64_t at_ms, char text[TIME_TEXT_BYTES]);
/* A new id, "doc_..." for the prefix "doc"; ids made later sort later. */
void store_id(char id[ID_BYTES], const char *prefix);

/* A secret of this folder, made when it is first asked for. */
enum lince_status store_secret(struct store *store, unsigned char *bytes, size_t count, struct lince_error *error);

/* ---- images: files named by their content ---------------------------------------------------------------- */

/* An image on its way in: a file without a name, hashed while it is written. */
struct image_draft {
    int descriptor; /* -1: none */
    char path[PATH_MAX];
    uint64_t bytes;
    char sha256[SHA256_TEXT_BYTES]; /* after image_draft_end */
    unsigned char head[1032];       /* the first bytes, by which the format is told */
    unsigned char hash_state[256] __attribute__((aligned(64)));
};
enum lince_status image_draft_begin(struct store *store, struct image_draft *draft, struct lince_error *error);
enum lince_status image_draft_write(struct image_draft *draft, const void *bytes, size_t count,
                                    struct lince_error *error);
/* Call it when all bytes are written. store_documents_add gives the image its name in the store and syncs it. */
void image_draft_end(struct image_draft *draft);
/* Closes a whole draft until it is added, so that many of them take no descriptors. */
void image_draft_rest(struct image_draft *draft);
/* Removes a draft that was not added; does nothing to one that was. */
void image_draft_drop(struct image_draft *draft);
/* "image/jpeg", ... by the first bytes; NULL for a format that is not read. */
const char *image_draft_media_type(const struct image_draft *draft);

/* A file without a name, to write to and read from; the caller closes it, and it is gone. */
enum lince_status store_scratch_open(struct store *store, int *descriptor, struct lince_error *error);

/* A descriptor to read the image from; the caller closes it. */
enum lince_status store_image_open(struct store *store, const char *sha256, int *descriptor, struct lince_error *error);

/* ---- documents ------------------------------------------------------------------------------------------- */

#define AMOUNT_NONE (-INT64_C(4611686018427387904))

struct document {
    int64_t seq;
    const char *id, *batch_id; /* batch_id may be NULL */
    enum document_origin origin;
    enum document_status status;
    const char *name, *stored_name, *sha256, *media_type, *metadata, *layouts;
    int64_t image_bytes, version, received_ms, started_ms, finished_ms, archived_ms;
    int64_t page_count;   /* 0: its file was not opened yet */
    int64_t fields_pages; /* the fields are of so many first and last pages, and there are more; 0: of all */
    int64_t fields_last_pages;
    int64_t pages_read; /* while it is read: how many are done; after that page_count */
    const char *layout, *text, *error_code, *error_message, *duplicate_of; /* each may be NULL */
    const char *kind, *direction, *country;                                /* what the page is; each may be NULL */
    enum duplicate_kind duplicate_kind;                                    /* where duplicate_of is not NULL */
    const char *split_on; /* the code of a separator page by which its file is split; "": it is not */
    enum separator_use separator;
    int64_t part_count;    /* documents that came out of its file */
    const char *part_of;   /* the document with the file that came, if this is a part of it; or NULL */
    int64_t first_page;    /* of its file, from 1 on */
    const char *part_code; /* the code by which it began; "": none */
    const char *review;    /* "missing:referencia doubtful:monto": why a person should look, and at which field */
    /* Of a payment or a shop's receipt, as lists show it; "" or AMOUNT_NONE if it was not read. */
    const char *paid_date, *currency, *reference, *bank, *who, *sender;
    int64_t amount; /* hundredths */
    bool needs_review, image_gone, duplicate_confirmed;
};

struct document_new {
    struct image_draft *draft;
    const char *name, *stored_name, *media_type, *metadata, *layouts, *batch_id;
    const char *new_batch; /* of the first document: makes the batch, with this name and the id batch_id; NULL: the
                              batch exists */
    enum document_origin origin;
    bool starts_held;     /* waits until store_release in any batch */
    bool is_held;         /* starts_held, or its batch is paused; decided when it is stored, a guess before */
    bool codes;           /* its bar codes are read too */
    bool letters;         /* the places of its letters are kept */
    const char *split_on; /* as of a document; NULL: "" */
    enum separator_use separator;
    char id[ID_BYTES]; /* by store_id */
};

/* The answer to a request with an idempotency key, so that the same request sent twice is done once. */
struct answer {
    const char *name;    /* of the key */
    const char *request; /* hash of the request */
    const char *location, *body;
    int64_t status;
};

/*
 * Stores all of them or none, together with the answer (may be NULL). Durable. ARGUMENT if a named batch is closed;
 * CANCELLED if there is already an answer of that name.
 */
enum lince_status store_documents_add(struct store *store, struct document_new *documents, size_t count,
                                      const struct answer *answer, struct lince_error *error);

enum lince_status store_document(struct store *store, const char *id, struct arena *arena, struct document *document,
                                 struct lince_error *error);

enum document_sort {
    SORT_RECEIVED,
    SORT_PAID,
    SORT_AMOUNT,
    SORT_NAME,
    SORT_BANK,
    SORT_WHO,
    SORT_SENDER,
    SORT_STATUS,
    SORT_LAYOUT, /* only those that have one */
    SORTS,
};

/*
 * Conditions on a list; NULL and -1: any, of enums too. `text`: words that are all in the file's name, the client's
 * data, the text or the fields, whatever their case and accents; dates are "2025-01-31", amounts hundredths.
 * `before_seq`: the document after which the list continues, in its order. In a list the text of a document ends after
 * LIST_TEXT_LIMIT characters.
 */
#define LIST_TEXT_LIMIT 32768
struct document_filter {
    const char *bank, *sender, *paid_since, *paid_until;
    int64_t amount_least, amount_most; /* AMOUNT_NONE: any */
    enum document_sort sort;
    int has_duplicate; /* 0, 1 */
    int status;        /* enum document_status */
    int origin;        /* enum document_origin */
    const char *batch_id, *layout, *text, *stored_name, *sha256, *duplicate_of, *part_of;
    const char *field_name, *field_value;
    const char *ids;         /* of the documents themselves, separated by commas */
    const char *result_part; /* a part of batch id, "_", the last three digits of seq, "_" and stored name */
    int64_t since_ms, until_ms, after_seq, before_seq;
    int needs_review, archived; /* 0, 1 */
    bool oldest_first;
    size_t limit, skip; /* `skip`: how many are skipped at the beginning */
};
#define DOCUMENT_FILTER_ANY                                                                                            \
    {                                                                                                                  \
        .since_ms = -1, .until_ms = -1, .after_seq = -1, .before_seq = -1, .needs_review = -1, .archived = -1,         \
        .limit = 50, .amount_least = AMOUNT_NONE, .amount_most = AMOUNT_NONE, .has_duplicate = -1, .status = -1,       \
        .origin = -1                                                                                                   \
    }

enum lince_status store_documents(struct store *store, const struct document_filter *filter, struct arena *arena,
                                  struct document **documents, size_t *count, struct lince_error *error);

/*
 * The sums of the documents of a list, whatever its order and limit. Of documents that name each other as duplicates,
 * only the earliest is counted.
 */
struct total {
    const char *bank, *day, *currency; /* "" if sums are not divided by it, or if it is not known */
    int64_t count, hundredths;
};
struct totals {
    int64_t count, needs_review;
    struct total *currencies, *banks, *days; /* days: the latest first */
    size_t currency_count, bank_count, day_count;
};
enum lince_status store_totals(struct store *store, const struct document_filter *filter, struct arena *arena,
                               struct totals *totals, struct lince_error *error);

/*
 * Page `number`, from 1, as JSON; NULL if there is none. While a document is read for the first time, it gives the
 * pages that are done.
 */
enum lince_status store_page(struct store *store, int64_t document_seq, int64_t number, struct arena *arena,
                             const char **page, struct lince_error *error);

/* One page in a list of pages; `error_code` and `error_message` are NULL if it was read. */
struct page_row {
    int64_t number, width_px, height_px;
    const char *error_code, *error_message;
};
enum lince_status store_pages(struct store *store, int64_t document_seq, struct arena *arena, struct page_row **pages,
                              size_t *count, struct lince_error *error);

/* A document that came out of the file of another. */
struct part_row {
    const char *id, *code;
    int64_t first_page, page_count;
    enum document_status status;
};
/* In the order of their pages. */
enum lince_status store_parts(struct store *store, const char *id, struct arena *arena, struct part_row **parts,
                              size_t *count, struct lince_error *error);

struct field_row {
    const char *name, *value, *detail; /* detail: a JSON object */
    bool is_corrected;
    const char *read_value; /* what was read, if it was changed; NULL: nothing, or the same */
    const char *party;      /* id of the known party that it was repaired from; NULL: none */
};
enum lince_status store_fields(struct store *store, int64_t document_seq, struct arena *arena,
                               struct field_row **fields, size_t *count, struct lince_error *error);

/*
 * Documents of one page that were read, newest first: those that a person corrected or looked over, at most
 * `known_most`, then others, at most `other_most`. `right` of the former are all its fields.
 */
struct taught_document {
    const char *id, *page; /* page: JSON */
    bool is_known;
    struct field_row *right;
    size_t right_count;
};
enum lince_status store_taught(struct store *store, size_t known_most, size_t other_most, struct arena *arena,
                               struct taught_document **documents, size_t *count, struct lince_error *error);

/* Every name of a field that a document of the batch (NULL: of any) has, sorted; at most 128. */
enum lince_status store_field_names(struct store *store, const char *batch_id, struct arena *arena, const char ***names,
                                    size_t *count, struct lince_error *error);

/*
 * What happened to a document's values, by whom and why. `field` is "" for an action on the whole document. new_value
 * of ACTION_DUPLICATE_CONFIRMED and _DISMISSED: the id of the other document.
 */
struct correction {
    int64_t at_ms;
    enum correction_action action;
    const char *actor, *field, *old_value, *new_value, *why;
};
enum lince_status store_corrections(struct store *store, int64_t document_seq, struct arena *arena,
                                    struct correction **corrections, size_t *count, struct lince_error *error);

/* What a person changes at once. ARGUMENT if the document no longer has `version` (-1: any). */
struct change {
    int64_t version;
    const char *actor, *why;
    const struct correction *corrections; /* field and new_value; NULL removes the field */
    size_t count;
    bool is_reviewed; /* a person has reviewed it: no reason for a review remains */
};
/*
 * A person's value overrides any later reading. It settles the reasons for a review of that field, and duplicates are
 * looked for again. Durable.
 */
enum lince_status store_correct(struct store *store, const char *id, const struct change *change,
                                struct lince_error *error);

struct reread {
    const char *layouts; /* NULL: as before */
    const char *actor, *why;
    bool discards; /* values that people set are discarded */
};
/* Into an open batch, or (NULL) out of its batch. ARGUMENT when that batch is closed. */
enum lince_status store_move(struct store *store, const char *id, const char *batch_id, struct lince_error *error);

/* Puts a finished document back into the queue. ARGUMENT while it is in it, or without its image. */
enum lince_status store_reread(struct store *store, const char *id, const struct reread *wanted,
                               struct lince_error *error);

/*
 * What a person says about a document and another one (NULL: the one that it is called a duplicate of): that they are
 * the same payment, or not. The decision is remembered and final. ARGUMENT if there is no other document; NOT_FOUND.
 */
struct verdict {
    const char *other, *actor, *why;
    bool is_same;
};
enum lince_status store_duplicate_judge(struct store *store, const char *id, const struct verdict *verdict,
                                        struct lince_error *error);
/*
 * Removes it with everything that belongs to it; its image goes with the last document of that content. ARGUMENT if it
 * no longer has `version` (-1: any). Durable.
 */
enum lince_status store_document_delete(struct store *store, const char *id, int64_t version,
                                        struct lince_error *error);
/* Marks all documents of an origin that were read in a batch as archived. */
enum lince_status store_archive(struct store *store, enum document_origin origin, int64_t *count,
                                struct lince_error *error);

/* ---- the queue ------------------------------------------------------------------------------------------- */

struct job {
    int64_t document_seq;
    const char *id, *sha256, *name, *layouts;
    const char *lease; /* identifies this taking of the job when it ends */
    int64_t attempts, kills;
    bool codes, letters;            /* bar codes are read too; places of letters are kept */
    int64_t page_count, pages_read; /* of a document with several pages: pages_read were read before */
    const char *split_on;           /* as of a document */
    enum separator_use separator;
    int64_t first_page; /* of its file, from 1 on */
    bool is_part;       /* of a file: its pages are counted already */
};

/* The oldest job that nobody reads; `found` is false if there is none. This run leases it until it is ended. */
enum lince_status store_job_take(struct store *store, struct arena *arena, struct job *job, bool *found,
                                 struct lince_error *error);

/*
 * Stores one page of a document with several, so that whoever takes the job next continues after it. Workers lost so
 * far are forgotten. Writes the event "document.page". `goes_on` is false if the document was removed meanwhile.
 */
struct job_page {
    int64_t number, page_count;
    const char *page; /* JSON */
    bool is_read;
    const unsigned char *likeness; /* LIKENESS_BYTES, with the first one; NULL: none */
};
enum lince_status store_job_page(struct store *store, const struct job *job, const struct job_page *page, bool *goes_on,
                                 struct lince_error *error);
/*
 * The first pages of the current reading, in at most half of the bytes, and the last ones of the others, in what is
 * left; but at least one of each, if there are so many.
 */
struct job_pages_limits {
    size_t first_count, last_count, bytes;
};
struct job_pages {
    const char **texts; /* JSON; first the first ones, then the last ones, in order */
    size_t first_count, last_count, bytes;
};
enum lince_status store_job_pages(struct store *store, const struct job *job, const struct job_pages_limits *limits,
                                  struct arena *arena, struct job_pages *pages, struct lince_error *error);
/* The numbers of the failed pages of the current reading, in order. */
enum lince_status store_job_pages_failed(struct store *store, const struct job *job, struct arena *arena,
                                         int64_t **numbers, size_t *count, struct lince_error *error);

/* The codes of the pages of the reading in work that have any, in order: a JSON array for each. */
struct page_codes {
    int64_t number;
    const char *codes;
};
enum lince_status store_job_codes(struct store *store, const struct job *job, struct arena *arena,
                                  struct page_codes **pages, size_t *count, struct lince_error *error);

/* Pages of a document that become a document of their own. */
struct document_part {
    int64_t first_page, page_count; /* first_page: of the document, from 1 on */
    const char *code;               /* by which it begins; "": none */
};

struct job_result {
    enum document_status status;            /* a final one */
    const char *page, *text, *layout;       /* NULL without a page */
    const char *kind, *direction, *country; /* as of a document */
    bool has_pages;     /* `page` and `text` are NULL: those kept by store_job_page become the document's */
    int64_t page_count; /* 0: the file was not opened */
    int64_t fields_pages, fields_last_pages; /* as of a document */
    const char *review;                      /* as of a document; "" for none */
    const struct field_row *fields;
    size_t field_count;
    const unsigned char *likeness; /* LIKENESS_BYTES; NULL: none */
    const char *error_code, *error_message;
    const struct document_part *parts; /* queued with their pages, unless the document has parts already */
    size_t part_count;
};
/* Ends a job: result, events and duplicates in one transaction. Does nothing if the document was removed meanwhile. */
enum lince_status store_job_end(struct store *store, const struct job *job, const struct job_result *result,
                                struct lince_error *error);
/* Gives a job back; `is_kill` counts one worker lost over it. */
enum lince_status store_job_return(struct store *store, const struct job *job, bool is_kill, struct lince_error *error);

/* Queues the held documents of a batch, which is paused no longer, or (NULL) those without one. */
enum lince_status store_release(struct store *store, const char *batch_id, int64_t *count, struct lince_error *error);

struct store_counts {
    int64_t by_status[DOCUMENT_STATUSES], documents, image_bytes;
    int64_t waited_ms; /* by the document that has waited longest and that nobody reads; 0: none waits */
};
enum lince_status store_counts(struct store *store, struct store_counts *counts, struct lince_error *error);
/* Kept in memory, because every upload checks it. */
int64_t store_waiting_count(struct store *store);
int64_t store_image_bytes(struct store *store);
/* Counts of the documents of an origin, in the terms of the earlier service. */
struct origin_counts {
    int64_t inbox;             /* belong to no batch yet */
    int64_t processing;        /* in a batch, not read yet */
    int64_t processed, errors; /* read, or failed; not archived */
    int64_t archived;
};
enum lince_status store_origin_counts(struct store *store, enum document_origin origin, struct origin_counts *counts,
                                      struct lince_error *error);
/* Whether an image with that name is or was stored. */
bool store_has_name(struct store *store, const char *stored_name);
uint64_t store_disk_free_bytes(struct store *store);

/* ---- batches --------------------------------------------------------------------------------------------- */

struct batch {
    int64_t seq;
    const char *id, *name;
    enum batch_state state;
    enum document_origin origin;
    int64_t created_ms, closed_ms;
    int64_t total, by_status[DOCUMENT_STATUSES], needs_review;
    int64_t first_started_ms, last_finished_ms;
    bool is_paused; /* what comes into it is held */
};
enum lince_status store_batch_add(struct store *store, const char *id, const char *name, enum document_origin origin,
                                  struct lince_error *error);
/* Sets `id` to that of the newest open batch of the name and origin; if there is none, makes it with `id`. */
enum lince_status store_batch_join(struct store *store, char id[ID_BYTES], const char *name,
                                   enum document_origin origin, struct lince_error *error);
enum lince_status store_batch(struct store *store, const char *id, struct arena *arena, struct batch *batch,
                              struct lince_error *error);
/* Of an origin (-1: of all), newest first, behind `before_seq` (-1: from the newest). */
enum lince_status store_batches(struct store *store, int origin, int64_t before_seq, size_t limit, struct arena *arena,
                                struct batch **batches, size_t *count, struct lince_error *error);
/* Whether the batch (NULL: none) is paused; false if there is no such batch. */
bool store_batch_is_paused(struct store *store, const char *id);
/* How many of its documents are final. */
int64_t batch_final_count(const struct batch *batch);
/* Holds its waiting documents that nobody reads, and those that come in later, until store_release. NOT_FOUND;
 * ARGUMENT if it is cancelled. */
enum lince_status store_batch_hold(struct store *store, const char *id, struct lince_error *error);
/* Closes or cancels it. NOT_FOUND. */
enum lince_status store_batch_end(struct store *store, const char *id, enum batch_state state,
                                  struct lince_error *error);
/* Deletes it with all its documents. NOT_FOUND. */
enum lince_status store_batch_delete(struct store *store, const char *id, struct lince_error *error);
/* Takes up to `limit` documents of an origin that have no batch, oldest first, into a batch and queues them. */
enum lince_status store_batch_gather(struct store *store, const char *batch_id, enum document_origin origin,
                                     size_t limit, int64_t *count, struct lince_error *error);

/* ---- events ---------------------------------------------------------------------------------------------- */

struct event {
    int64_t seq, at_ms;
    const char *type, *data;
};
enum lince_status store_event_add(struct store *store, const char *type, const char *data, struct lince_error *error);
enum lince_status store_events(struct store *store, int64_t after_seq, size_t limit, struct arena *arena,
                               struct event **events, size_t *count, struct lince_error *error);
int64_t store_event_last(struct store *store);
/* The last events of the memory of the service and its workers, newest first. */
enum lince_status store_memory_events(struct store *store, size_t limit, struct arena *arena, struct event **events,
                                      size_t *count, struct lince_error *error);
/* Called after every change, in the thread that made it; it may not wait for another change. */
typedef void (*store_listener)(void *context);
/* Sets the listener. After it returns, no thread calls the former listener. */
void store_listen(struct store *store, store_listener listener, void *context);

/* The answer kept under a name within the last day; `found` false without one. */
enum lince_status store_answer(struct store *store, const char *name, struct arena *arena, struct answer *answer,
                               bool *found, struct lince_error *error);

#endif
