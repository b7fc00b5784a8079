/* store_internal.h - what the files of src/store share: the open store and a few steps of their transactions. */
#ifndef LINCE_STORE_STORE_INTERNAL_H
#define LINCE_STORE_STORE_INTERNAL_H

#include <stdatomic.h>

#include "store/sql/sql.h"
#include "store/store.h"

/* Threads that add documents at the same time: see additions.c. */
struct additions {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct addition *first, **last;
    bool is_writing;
};
void additions_open(struct additions *additions);
void additions_close(struct additions *additions);

/* The thread that copies the journal into the tables' file: see checkpoint.c. */
struct checkpoint {
    struct sql sql; /* of its thread alone */
    pthread_t thread;
    pthread_mutex_t lock; /* guards what follows */
    pthread_cond_t changed;
    int pages, wanted_pages; /* of the journal: now, and the number from which on they are copied */
    bool is_wanted, is_stopping, is_running;
};

enum { LEASE_MS = 30000, LEASES_AT_ONCE = 64, LEASE_BYTES = 2 * ID_BYTES };

/* The thread of a node of a shared store: see cluster/cluster.c. */
struct cluster {
    struct sql sql; /* of its thread alone */
    pthread_t thread;
    bool is_running;
    atomic_bool is_stopping;
    pthread_mutex_t held_lock; /* guards what follows: the leases that this node holds, "" for none */
    char held[LEASES_AT_ONCE][LEASE_BYTES];
    _Atomic int64_t answered_ms; /* when the database last answered, by the monotonic clock */
};

/* Removes images that belong to no document: see images/sweeper.c. */
struct sweeper {
    pthread_t thread;
    pthread_mutex_t lock; /* guards what follows */
    pthread_cond_t changed;
    bool is_wanted, is_stopping, is_running;
};

struct store {
    char folder[PATH_MAX - 256];
    int lock_descriptor;       /* held for the life of the store: one service a folder */
    bool is_served;            /* opened by the service, not by a command beside it */
    bool is_copy;              /* opened for a copy into it: tables that are new are marked from their first moment */
    _Atomic bool uses_parties; /* they are learned, and readings compared with them */
    bool is_shared;            /* by several nodes: on PostgreSQL, images too unless they are in a bucket */
    char run[ID_BYTES];        /* names this run in leases */
    _Atomic int64_t lease_count;
    struct sql writer, reader;
    struct sql adder;    /* a connection of its own for totals, which read many rows: nobody waits for them */
    struct sql pictures; /* for a shared store: a connection of its own for images */
    struct cluster cluster;
    struct s3 *bucket; /* owned: where images are, see images/bucket.c; NULL: in files, or in the database */
    struct sweeper sweeper;
    pthread_rwlock_t images; /* shared: to give an image its name and documents; exclusive: to remove them */
    pthread_mutex_t names;   /* makes it one step to look for a name and to give it */
    struct additions additions;
    struct checkpoint checkpoint;
    pthread_rwlock_t listening; /* shared: to call the listener; exclusive: to change it */
    store_listener listener;
    void *listener_context;
    _Atomic int64_t waiting_count, image_bytes;
};

/* Calls the listener. Call it after a commit, without any lock. */
void store_changed(struct store *store);

/* Call it after a commit: `by` more documents wait, or fewer if negative. */
void store_waiting_change(struct store *store, int64_t by);

/* Adds `by` to the bytes of all images; it may be negative. */
void image_bytes_change(struct store *store, int64_t by);

/* Within a transaction: writes an event and its deliveries. */
enum lince_status event_write(struct store *store, const char *type, const char *data, struct lince_error *error);
/*
 * The event of what happened to a document or a batch: the name of its new state, or another word of the list of events
 * ("corrected", "moved", "deleted", ...). The document must exist: call it before a deletion and after an addition.
 */
enum lince_status event_document(struct store *store, const char *id, const char *what, struct lince_error *error);
/*
 * Before the change: writes the events of all documents of a batch (NULL: without a batch) that are held, and of queued
 * ones if `with_queued`.
 */
enum lince_status events_of_waiting(struct store *store, const char *batch_id, bool with_queued,
                                    enum document_status next, struct lince_error *error);
/* Before the change: writes the events of all queued documents of a batch. */
enum lince_status events_of_queued(struct store *store, const char *batch_id, enum document_status next,
                                   struct lince_error *error);
/* Within a transaction: makes an open batch. */
enum lince_status batch_insert(struct store *store, const char *id, const char *name, enum document_origin origin,
                               struct lince_error *error);
/* Within a transaction: NOT_FOUND without the batch, ARGUMENT if it is not open. OK for NULL, which is no batch. */
enum lince_status batch_check_open(struct sql *sql, const char *id, struct lince_error *error);
/* Whether it holds what comes into it; not a batch (NULL) that is none. */
bool batch_is_paused(struct sql *sql, const char *id);
/* In a transaction: marks a batch as paused, or as paused no longer. */
enum lince_status batch_set_paused(struct store *store, const char *id, bool is_paused, struct lince_error *error);
/*
 * In a transaction: queues the held documents of a batch, which is paused no longer, or (NULL) those without one, and
 * sets `count` to how many.
 */
enum lince_status batch_release(struct store *store, const char *batch_id, int64_t *count, struct lince_error *error);
/* In a transaction: holds the queued documents of a batch that nobody reads, and adds how many to `held`. */
enum lince_status batch_documents_hold(struct store *store, const char *id, int64_t *held, struct lince_error *error);
enum lince_status event_batch(struct store *store, const char *id, const char *what, struct lince_error *error);
enum lince_status event_batch_if_finished(struct store *store, const char *batch_id, struct lince_error *error);

/* Within a transaction: names the duplicates of a document that was just read. */
enum lince_status duplicates_of_record(struct store *store, int64_t seq, const char *id, struct lince_error *error);
/* Within a transaction, after its fields changed or a person judged it: looks again for duplicates by what was read. */
enum lince_status duplicates_judge_again(struct store *store, int64_t seq, const char *id, struct lince_error *error);

/* Within a transaction: replaces page and fields by those of a new reading. People's decisions override it. */
enum lince_status reading_write(struct store *store, int64_t seq, const struct job_result *result,
                                struct lince_error *error);
/*
 * Within a transaction: writes the reasons of `review` that remain after people's decisions, and those that follow from
 * the decisions.
 */
enum lince_status reading_review_write(struct store *store, int64_t seq, const char *review, struct lince_error *error);
/* Within a transaction: the same for all documents with decisions, from the reasons that they have. */
enum lince_status reading_reviews_settle(struct store *store, struct lince_error *error);
/*
 * Within a transaction, if parties are used: compares the document with them. `review` has its reasons for a review, in
 * REVIEW_BYTES. `is_new`: it was just read.
 */
enum { REVIEW_BYTES = 2048 };
enum lince_status reading_parties_check(struct store *store, int64_t seq, bool is_new, char review[REVIEW_BYTES],
                                        struct lince_error *error);
/* Within a transaction: writes the values by which lists are sorted, and the searched text, as the document is now. */
enum lince_status search_write(struct store *store, int64_t seq, struct lince_error *error);
/* Within a transaction: the same for all documents. */
enum lince_status searches_fill(struct store *store, struct lince_error *error);
/* A text as it is searched for: in lower case, without accents. Gives its bytes. */
size_t search_fold(const char *text, char *folded, size_t room);

/* Gives the trigrams of a text, each once, as a list of numbers for PostgreSQL: "{1,2}". NULL without memory. */
char *search_trigrams(const char *text);

/* Within a transaction: writes one row of the history. */
enum lince_status reading_history_write(struct store *store, int64_t seq, const struct correction *row,
                                        struct lince_error *error);
/* Within a transaction: a part is a duplicate of the same pages of another file with the same bytes. */
enum lince_status duplicates_of_part(struct store *store, const char *id, struct lince_error *error);
enum lince_status duplicates_of_content(struct store *store, const char *id, const char *sha256,
                                        struct lince_error *error);

/* Within a transaction: puts a document into the queue. */
enum lince_status job_add(struct store *store, int64_t document_seq, struct lince_error *error);
/*
 * Within a transaction: ends a job if its lease is still valid; otherwise nothing changes. `waiting_change`: so many
 * more documents wait.
 */
enum lince_status job_end(struct store *store, const struct job *job, const struct job_result *result,
                          int64_t *waiting_change, struct lince_error *error);
/* Begin and stop renewing the lease. Do nothing if the store is not shared. */
void lease_hold(struct store *store, const char *lease);
void lease_let_go(struct store *store, const char *lease);
/* Within a transaction: locks the free jobs of the batch, so that no node takes one. */
enum lince_status leases_keep_jobs_free(struct store *store, const char *batch_id, struct lince_error *error);
/* Queues the jobs whose leases have lapsed; a document that three nodes lost is poisoned. */
enum lince_status leases_lapse(struct store *store, struct lince_error *error);

/* Within a transaction: stores the answer. CANCELLED if the name is taken. */
enum lince_status answer_write(struct store *store, const struct answer *answer, struct lince_error *error);

/* At the start: removes what an earlier run left on the disk, and notes that this run has begun. */
enum lince_status leftovers_remove(struct store *store, struct lince_error *error);
enum lince_status leftovers_stopped_well_write(struct store *store, bool stopped_well, struct lince_error *error);

/* Stores the documents' drafts durably under their names. */
enum lince_status images_keep(struct store *store, const struct document_new *documents, size_t count,
                              struct lince_error *error);
void image_remove(struct store *store, const char *sha256);
/* The path of an image's file, if images are files. */
void image_path(const struct store *store, const char *sha256, char path[PATH_MAX]);

/* Whether images have rows: those in the database or in a bucket do. */
bool images_have_rows(const struct store *store);
/* The connection for the rows of images: `pictures` if the store is shared, otherwise the writer. */
struct sql *images_sql(struct store *store);
/* Begins a transaction on that connection that changes only rows of images; sql_commit ends it. */
enum lince_status images_write(struct store *store, struct lince_error *error);
enum lince_status shared_images_keep(struct store *store, const struct document_new *documents, size_t count,
                                     struct lince_error *error);
enum lince_status shared_image_open(struct store *store, const char *sha256, int *descriptor,
                                    struct lince_error *error);
void shared_image_remove(struct store *store, const char *sha256);
/* Within a transaction: UNREADABLE if the image was removed after it was stored. */
enum lince_status shared_image_check(struct store *store, const char *sha256, struct lince_error *error);
/*
 * Removes an image that belongs to no document and was stored at least `age_ms` ago; one in a bucket is only marked. A
 * statement of its own locks the row, so that the next one sees every document that was added while it waited.
 */
enum lince_status image_row_remove(struct store *store, const char *sha256, int64_t age_ms, int64_t *bytes,
                                   struct lince_error *error);
/*
 * Examines some images after `after`, and removes those that have belonged to no document for a day. `after` becomes
 * the last one examined; "" at the end.
 */
void images_sweep(struct store *store, char after[SHA256_TEXT_BYTES]);

/*
 * Starts a thread that sweeps every ten minutes and removes marked images from the bucket. Does nothing if images are
 * files.
 */
enum lince_status sweeper_start(struct store *store, struct lince_error *error);
void sweeper_stop(struct store *store);
/* Call it when an image was marked. */
void sweeper_wake(struct store *store);

/*
 * Opens the bucket that `address` names (NULL, "": none). Call it after the tables are open. A service tests the
 * bucket. ARGUMENT if the images of this store are elsewhere.
 */
enum lince_status bucket_open(struct store *store, const char *address, enum store_use use, struct lince_error *error);
void bucket_close(struct store *store);
enum lince_status bucket_put(struct store *store, const struct image_draft *draft, struct lince_error *error);
/* Writes the image into an empty file. */
enum lince_status bucket_take(struct store *store, const char *sha256, int descriptor, struct lince_error *error);
enum lince_status bucket_remove(struct store *store, const char *sha256, struct lince_error *error);

/* Opens and closes a store that several nodes share. */
enum lince_status cluster_open(struct store *store, const struct store_place *place, enum store_use use,
                               struct lince_error *error);
void cluster_close(struct store *store);
/* The bytes of all images of all nodes; `otherwise` if the database does not answer. */
int64_t cluster_images_sum(struct sql *sql, int64_t otherwise);
/* Make the folders of a data folder, lock it, and remove unfinished uploads. */
enum lince_status store_folders_make(struct store *store, struct lince_error *error);
enum lince_status store_folder_lock(struct store *store, struct lince_error *error);
/* An existing folder may be open to everyone: makes it and the store in it the owner's alone. */
enum lince_status store_folder_guard(struct store *store, struct lince_error *error);
/* The failure to use a path of the data folder, by errno. */
enum lince_status store_fail_at(const char *path, struct lince_error *error);
void leftovers_uploads_remove(struct store *store);
/* Reads one value of the table `meta`, under the connection's lock; "" if there is none. */
enum lince_status store_meta_read(struct sql *sql, const char *name, char *value, size_t room,
                                  struct lince_error *error);
enum lince_status store_meta_write(struct sql *sql, const char *name, const char *value, struct lince_error *error);
/*
 * Brings the tables to the version that this program knows. For a copy, new tables come with the mark COPY_BEGUN, so
 * that there is no moment in which a service could start on them.
 */
#define COPY_BEGUN "begun"
enum lince_status store_migrate(struct store *store, struct lince_error *error);
/* Removes the image if no document has it any more. Under the exclusive lock. */
void document_image_remove(struct store *store, const char *sha256);

/* Starts a thread that copies the journal into the tables, so that no commit has to. */
enum lince_status checkpoint_begin(struct store *store, const char *path, struct lince_error *error);
/* Call it before the writer is closed. Does nothing without checkpoint_begin. */
void checkpoint_end(struct store *store);

/*
 * A page's JSON from a column, in the arena, without the places of letters: records and layouts need none. NULL only
 * when the arena is refused memory.
 */
const char *store_page_without_letters(const struct sql_statement *row, int column, struct arena *arena);

#endif
