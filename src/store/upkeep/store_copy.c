/*
 * store_copy.c - copies tables in the order of their references, and rows in the order of their keys. Rows are
 * committed in that order, so that an interrupted copy continues after the last row.
 */
#include "store/upkeep/store_copy.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "config/settings.h"
#include "store/store_internal.h"
#include "store/upkeep/backup.h"
#include "store/upkeep/table_copy.h"

enum { SEARCHES_AT_ONCE = 200, MARK_BYTES = 72, CHUNK_BYTES = 64 << 10 };

struct copying {
    struct store *from, *to;
    store_copy_teller tell;
    void *context;
    int64_t images, new_images, missing; /* missing: the first store has lost or damaged them */
};

/* The copy makes these tables itself: meta, searches, images. */
static const struct table_shape tables[] = {
    {"batches", "seq", false, true},
    {"documents", "seq", false, true},
    {"jobs", "document_seq", false, false},
    {"job_pages", "document_seq, number", false, false},
    {"pages", "document_seq, number", false, false},
    {"fields", "document_seq, name", false, false},
    {"corrections", "seq", false, true},
    {"decisions", "document_seq, name", false, false},
    {"verdicts", "first_seq, second_seq", false, false},
    {"idempotency", "name", true, false},
    {"events", "seq", false, true},
    {"keys", "id", true, false},
    {"webhooks", "id", true, false},
    {"deliveries", "seq", false, true},
    {"audit", "seq", false, true},
    {"reconciliations", "seq", false, true},
    {"reconciliation_rows", "reconciliation_seq, place", false, false},
    {"reconciliation_items", "seq", false, true},
    {"reconciliation_lines", "reconciliation_seq, place", false, false},
    {"reconciliation_receipts", "reconciliation_seq, document_seq", false, false},
    {"reconciliation_apart", "reconciliation_seq, place, document_seq", false, false},
    {"statement_forms", "bank, head", true, false},
    {"parties", "seq", false, true},
    {"party_facts", "party_seq, kind, value, source", false, false},
    {"party_uses", "document_seq, field", false, false},
};
enum { TABLES = sizeof tables / sizeof *tables };

/* ---- whether it may begin ---- */

/* Refuses while other connections of lince to the same database show that nodes run. */
static enum lince_status nodes_are_stopped(struct store *store, struct lince_error *error) {
    if (!store->is_shared) {
        return LINCE_OK; /* its folder is locked */
    }
    int64_t count = sql_number(&store->writer, -1,
                               "SELECT count(*) FROM pg_stat_activity WHERE application_name='lince' AND"
                               " datname=current_database()",
                               "");
    if (count < 0) {
        return sql_fail(&store->writer, error);
    }
    return count <= STORE_CONNECTIONS
               ? LINCE_OK
               : error_set(error, LINCE_ERROR_ARGUMENT,
                           "%lld connections of nodes to the database are open; stop the nodes first",
                           "hay %lld conexiones de nodos a la base de datos; detenga antes los nodos",
                           (long long)count - STORE_CONNECTIONS);
}

/* Identifies a store by the hash of its secret. */
static enum lince_status mark_make(struct store *from, char mark[MARK_BYTES], struct lince_error *error) {
    unsigned char secret[32], hash[32];
    enum lince_status status = store_secret(from, secret, sizeof secret, error);
    crypto_generichash(hash, sizeof hash, secret, sizeof secret, (const unsigned char *)"copy", 4);
    sodium_bin2hex(mark, MARK_BYTES, hash, sizeof hash);
    sodium_memzero(secret, sizeof secret);
    return status;
}

static enum lince_status secret_copy(struct copying *copying, struct lince_error *error) {
    char secret[160];
    enum lince_status status = store_meta_read(&copying->from->reader, "secret", secret, sizeof secret, error);
    if (status == LINCE_OK) {
        status = store_meta_write(&copying->to->writer, "secret", secret, error);
    }
    sodium_memzero(secret, sizeof secret);
    return status;
}

/* How long things are kept, and below which confidence a person should look, as people set it. */
static enum lince_status settings_copy(struct copying *copying, struct lince_error *error) {
    static const enum setting_index kept[] = {SETTING_keep_images, SETTING_keep_documents, SETTING_keep_count,
                                              SETTING_keep_size, SETTING_review};
    enum lince_status status = LINCE_OK;
    char value[512];
    for (size_t i = 0; i < sizeof kept / sizeof *kept && status == LINCE_OK; i++) {
        const char *name = setting_specs[kept[i]].name;
        status = store_meta_read(&copying->from->reader, name, value, sizeof value, error);
        if (status == LINCE_OK && value[0] != '\0') {
            status = store_meta_write(&copying->to->writer, name, value, error);
        }
    }
    return status;
}

/*
 * A finished copy stays marked. If the command was interrupted at its very end and is given again, it says that the
 * copy is finished.
 */
static enum lince_status refuse_finished(struct sql *sql, const char mark[MARK_BYTES], struct lince_error *error) {
    char finished[160];
    enum lince_status status = store_meta_read(sql, "copied", finished, sizeof finished, error);
    if (status == LINCE_OK && strcmp(finished, mark) == 0) {
        status =
            error_set(error, LINCE_ERROR_ARGUMENT,
                      "the second store is a finished copy of the first; start the service on it, or name a new one",
                      "el segundo almacén es una copia terminada del primero; arranque el servicio sobre él, o "
                      "indique uno nuevo");
    }
    return status;
}

/* Whether the second store may become a copy: it is one, unfinished, or it is empty. `kept`: the mark that it has. */
static enum lince_status copy_may_begin(struct sql *sql, const char *kept, const char mark[MARK_BYTES],
                                        struct lince_error *error) {
    if (strcmp(kept, mark) == 0) {
        return LINCE_OK;
    }
    enum lince_status status = kept[0] == '\0' ? refuse_finished(sql, mark, error) : LINCE_OK;
    int64_t is_used = sql_number(sql, 1,
                                 "SELECT (SELECT count(*) FROM (SELECT 1 FROM documents LIMIT 1) d)+(SELECT count(*)"
                                 " FROM batches)+(SELECT count(*) FROM keys)+(SELECT count(*) FROM webhooks)",
                                 "");
    if (status == LINCE_OK && ((kept[0] != '\0' && strcmp(kept, COPY_BEGUN) != 0) || is_used != 0)) {
        status = error_set(error, LINCE_ERROR_ARGUMENT, "the second store is not empty; name a new one",
                           "el segundo almacén no está vacío; indique uno nuevo");
    }
    return status;
}

/*
 * Marks the second store as an unfinished copy of the first, and gives it the first one's secret and times of keeping,
 * in one step: a copy that is continued has all of them or gets them now.
 */
static enum lince_status copy_begin(struct copying *copying, struct lince_error *error) {
    struct sql *sql = &copying->to->writer;
    char mark[MARK_BYTES], kept[160];
    enum lince_status status = mark_make(copying->from, mark, error);
    if (status == LINCE_OK) {
        status = store_meta_read(sql, "copying", kept, sizeof kept, error);
    }
    if (status == LINCE_OK) {
        status = copy_may_begin(sql, kept, mark, error);
    }
    if (status != LINCE_OK) {
        return status;
    }
    status = sql_write(sql, true, error);
    if (status == LINCE_OK) {
        status = store_meta_write(sql, "copying", mark, error);
    }
    if (status == LINCE_OK) {
        status = secret_copy(copying, error);
    }
    if (status == LINCE_OK) {
        status = settings_copy(copying, error);
    }
    return sql_commit(sql, status, error);
}

/* ---- what is searched ---- */

/* Writes the search text of the next documents after `*seq`. `*seq` becomes the last of them, -1 at the end. */
static enum lince_status searches_some(struct store *to, int64_t *seq, struct lince_error *error) {
    struct sql *sql = &to->writer;
    enum lince_status status = sql_write(sql, true, error);
    for (int i = 0; i < SEARCHES_AT_ONCE && status == LINCE_OK && *seq >= 0; i++) {
        int64_t next = sql_number(sql, -1, "SELECT min(seq) FROM documents WHERE seq>?", "i", *seq);
        status = next > 0 ? search_write(to, next, error) : LINCE_OK;
        *seq = next;
    }
    return sql_commit(sql, status, error);
}

static enum lince_status searches_copy(struct store *to, struct lince_error *error) {
    const char *last = sql_either(&to->writer, "SELECT coalesce(max(rowid), 0) FROM searches",
                                  "SELECT coalesce(max(document_seq), 0) FROM searches");
    int64_t seq = sql_number(&to->writer, 0, last, "");
    enum lince_status status = LINCE_OK;
    while (status == LINCE_OK && seq >= 0) {
        status = searches_some(to, &seq, error);
    }
    return status;
}

/* ---- images ---- */

static bool image_is_there(struct store *to, const char *sha256) {
    char path[PATH_MAX];
    if (images_have_rows(to)) { /* a bucket has the row before the object, so the object is put again */
        return to->bucket == NULL &&
               sql_number(&to->writer, 0, "SELECT count(*) FROM images WHERE sha256=?", "t", sha256) == 1;
    }
    image_path(to, sha256, path);
    return access(path, F_OK) == 0;
}

/* Copies the image into the draft. `*is_whole` is false if its content does not match its name. */
static enum lince_status draft_fill(struct image_draft *draft, int descriptor, const char *sha256, bool *is_whole,
                                    struct lince_error *error) {
    unsigned char *bytes = malloc(CHUNK_BYTES);
    enum lince_status status = bytes != NULL
                                   ? LINCE_OK
                                   : error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for an image's part",
                                               "no hay memoria para una parte de una imagen");
    ssize_t got;
    while (status == LINCE_OK && (got = read(descriptor, bytes, CHUNK_BYTES)) > 0) {
        status = image_draft_write(draft, bytes, (size_t)got, error);
    }
    free(bytes);
    image_draft_end(draft);
    *is_whole = strcmp(draft->sha256, sha256) == 0;
    return status;
}

/* An image that the first store has lost or damaged is counted, and the rest is copied. */
static enum lince_status image_copy(struct copying *copying, const char *sha256, struct lince_error *error) {
    struct image_draft draft;
    const struct document_new document = {.draft = &draft};
    bool is_whole = false;
    int descriptor;
    enum lince_status status = store_image_open(copying->from, sha256, &descriptor, error);
    if (status == LINCE_ERROR_NOT_FOUND || status == LINCE_ERROR_DAMAGED) {
        copying->missing++;
        return LINCE_OK;
    }
    if (status != LINCE_OK) {
        return status;
    }
    status = image_draft_begin(copying->to, &draft, error);
    if (status == LINCE_OK) {
        status = draft_fill(&draft, descriptor, sha256, &is_whole, error);
    }
    if (status == LINCE_OK && is_whole) {
        status = images_keep(copying->to, &document, 1, error);
    }
    copying->missing += status == LINCE_OK && !is_whole;
    copying->new_images += status == LINCE_OK && is_whole;
    image_draft_drop(&draft);
    close(descriptor);
    return status;
}

static enum lince_status images_copy(struct copying *copying, struct lince_error *error) {
    struct sql *sql = &copying->from->reader;
    struct sql_statement row;
    enum lince_status status = LINCE_OK;
    if (!sql_begin_once(sql, &row, "SELECT DISTINCT sha256 FROM documents WHERE image_gone=0 ORDER BY sha256", NULL,
                        0)) {
        return sql_fail(sql, error);
    }
    while (status == LINCE_OK && sql_row(sql, &row, &status, error)) {
        const char *sha256 = sql_string(&row, 0);
        copying->images++;
        if (!image_is_there(copying->to, sha256)) {
            status = image_copy(copying, sha256, error);
        }
    }
    sql_finish(&row);
    return status;
}

/* ---- the end ---- */

/* Reads every image of the copy and compares it with its name. */
static enum lince_status images_verify(struct copying *copying, struct lince_error *error) {
    struct check found;
    enum lince_status status = store_check(copying->to, &found, error);
    if (status == LINCE_OK && found.missing + found.damaged > copying->missing) {
        status = error_set(error, LINCE_ERROR_DAMAGED,
                           "%lld images of the copy are missing and %lld damaged; run lince store copy again",
                           "a la copia le faltan %lld imágenes y %lld están dañadas; repita lince store copy",
                           (long long)found.missing, (long long)found.damaged);
    }
    return status;
}

/* Queues again the documents that a node was reading. Then the copy is a store like any other. */
static enum lince_status copy_end(struct store *to, struct lince_error *error) {
    struct sql *sql = &to->writer;
    enum lince_status status = sql_write(sql, true, error);
    if (status == LINCE_OK) {
        status = sql_run(sql, error, "UPDATE documents SET status='queued' WHERE status='reading'", "");
    }
    if (status == LINCE_OK) {
        status = sql_run(sql, error, "UPDATE jobs SET lease=NULL WHERE lease IS NOT NULL", "");
    }
    if (status == LINCE_OK) {
        status = sql_run(sql, error, "UPDATE meta SET name='copied' WHERE name='copying'", "");
    }
    return sql_commit(sql, status, error);
}

static enum lince_status copy_all(struct copying *copying, struct lince_error *error) {
    enum lince_status status = LINCE_OK;
    for (size_t i = 0; i < TABLES && status == LINCE_OK; i++) {
        int64_t count = 0, new_count = 0;
        status = table_copy(&copying->from->reader, &copying->to->writer, &tables[i], &count, &new_count, error);
        if (status == LINCE_OK) {
            copying->tell(copying->context, tables[i].name, count, new_count);
        }
    }
    if (status == LINCE_OK) {
        status = searches_copy(copying->to, error);
    }
    if (status == LINCE_OK) {
        status = images_copy(copying, error);
    }
    if (status == LINCE_OK) {
        copying->tell(copying->context, "images", copying->images, copying->new_images);
    }
    for (size_t i = 0; i < TABLES && status == LINCE_OK; i++) {
        status = table_compare(&copying->from->reader, &copying->to->reader, &tables[i], error);
    }
    return status == LINCE_OK ? images_verify(copying, error) : status;
}

static enum lince_status copy_run(struct copying *copying, struct lince_error *error) {
    enum lince_status status = copy_begin(copying, error);
    if (status == LINCE_OK) {
        status = copy_all(copying, error);
    }
    if (status == LINCE_OK) { /* a node that was started meanwhile may have written more */
        status = nodes_are_stopped(copying->from, error);
    }
    return status == LINCE_OK ? copy_end(copying->to, error) : status;
}

/* Opens one store, on which nothing else runs: its folder is locked, or no node is connected. The first must exist. */
static enum lince_status open_one(const struct store_place *place, bool must_exist, struct store **store,
                                  struct lince_error *error) {
    char path[PATH_MAX];
    bool is_shared = store_place_is_shared(place);
    snprintf(path, sizeof path, "%s/store.db", place->folder);
    if (!is_shared && must_exist && access(path, F_OK) != 0) {
        return error_set(error, LINCE_ERROR_NOT_FOUND, "there is no store in %s", "no hay ningún almacén en %s",
                         place->folder);
    }
    enum lince_status status = store_open(place, is_shared ? STORE_VISIT : STORE_SERVE, store, error);
    return status == LINCE_OK ? nodes_are_stopped(*store, error) : status;
}

enum lince_status store_copy(const struct store_place *from, const struct store_place *to, store_copy_teller tell,
                             void *context, struct lince_error *error) {
    struct copying copying = {.tell = tell, .context = context};
    enum lince_status status = open_one(from, true, &copying.from, error);
    if (status == LINCE_OK) { /* only now does the second store get tables */
        status = open_one(to, false, &copying.to, error);
    }
    if (status == LINCE_OK) {
        status = copy_run(&copying, error);
    }
    if (status == LINCE_OK && copying.missing > 0) {
        status = error_set(error, LINCE_ERROR_DAMAGED,
                           "the copy is whole but for %lld images that the first store does not have, or not as they "
                           "were",
                           "la copia está completa, salvo %lld imágenes que el primer almacén no tiene, o no como eran",
                           (long long)copying.missing);
    }
    store_close(copying.to);
    store_close(copying.from);
    return status;
}
