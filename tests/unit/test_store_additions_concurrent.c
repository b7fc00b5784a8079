/*
 * test_store_additions_concurrent.c - many threads add documents at once: each addition is kept or refused alone, in
 * one folder.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/meter.h"
#include "store/store.h"
#include "store/upkeep/backup.h"

enum { SENDERS = 8, ROUNDS = 12 };

static struct store *store;
static char folder[] = "/tmp/lince-store-XXXXXX";

/* What one sender was told. */
struct sender {
    pthread_t thread;
    int number, kept, refused, wrong;
};

static enum lince_status add(const char *content, const char *batch_id, const struct answer *answer,
                             struct lince_error *error) {
    struct image_draft draft;
    struct document_new document = {.draft = &draft,
                                    .name = "a",
                                    .stored_name = "a",
                                    .media_type = "image/png",
                                    .metadata = "{}",
                                    .layouts = "",
                                    .batch_id = batch_id,
                                    .origin = ORIGIN_V1};
    store_id(document.id, "doc");
    enum lince_status status = image_draft_begin(store, &draft, error);
    if (status == LINCE_OK) {
        status = image_draft_write(&draft, content, strlen(content), error);
    }
    image_draft_end(&draft);
    if (status == LINCE_OK) {
        status = store_documents_add(store, &document, 1, answer, error);
    }
    image_draft_drop(&draft);
    return status;
}

/* Of each three additions one names a batch that is not there; of those with a key only the first may pass. */
static void *sender_run(void *argument) {
    struct sender *sender = argument;
    for (int i = 0; i < ROUNDS; i++) {
        struct lince_error error = LINCE_ERROR_INIT;
        char content[64], key[64];
        bool is_wrong = i % 3 == 1, has_key = i % 3 == 2;
        snprintf(content, sizeof content, "sender %d, round %d", has_key ? 0 : sender->number, i);
        snprintf(key, sizeof key, "key %d", i);
        struct answer answer = {.name = key, .request = "", .location = "", .body = "", .status = 202};
        enum lince_status status = add(content, is_wrong ? "bat_none" : NULL, has_key ? &answer : NULL, &error);
        enum lince_status expected = is_wrong ? LINCE_ERROR_NOT_FOUND : LINCE_OK;
        sender->kept += status == LINCE_OK;
        sender->refused += has_key && status == LINCE_ERROR_CANCELLED;
        sender->wrong += status != expected && !(has_key && status == LINCE_ERROR_CANCELLED);
        sender->wrong += (status == LINCE_OK) != (error.message[0] == '\0');
    }
    return NULL;
}

static int store_begin(void **state) {
    (void)state;
    return mkdtemp(folder) == NULL ||
           store_open(&(struct store_place){.folder = folder}, STORE_SERVE, &store, NULL) != LINCE_OK;
}

static int store_end(void **state) {
    char command[64];
    (void)state;
    store_close(store);
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command); /* NOLINT(cert-env33-c): a folder of this test's own */
}

static void test_each_is_kept_or_refused_by_itself(void **state) {
    (void)state;
    struct sender senders[SENDERS] = {0};
    struct store_counts counts;
    struct check check;
    int kept = 0, refused = 0;
    for (int i = 0; i < SENDERS; i++) {
        senders[i].number = i + 1;
        assert_int_equal(pthread_create(&senders[i].thread, NULL, sender_run, &senders[i]), 0);
    }
    for (int i = 0; i < SENDERS; i++) {
        assert_int_equal(pthread_join(senders[i].thread, NULL), 0);
        assert_int_equal(senders[i].wrong, 0);
        kept += senders[i].kept;
        refused += senders[i].refused;
    }
    assert_int_equal(kept, SENDERS * ROUNDS / 3 + ROUNDS / 3);
    assert_int_equal(refused, (SENDERS - 1) * ROUNDS / 3);
    assert_int_equal(store_counts(store, &counts, NULL), LINCE_OK);
    assert_int_equal(counts.documents, kept);
    assert_int_equal(store_waiting_count(store), kept);
    assert_int_equal(store_check(store, &check, NULL), LINCE_OK);
    assert_int_equal(check.images, kept);
    assert_int_equal(check.missing + check.damaged, 0);
}

/* The journal comes into the tables by itself, with no more than a few megabytes of it left beside them. */
static void test_the_journal_stays_short(void **state) {
    (void)state;
    char path[64];
    FILE *journal;
    for (int i = 0; i < 1500; i++) {
        char type[32];
        snprintf(type, sizeof type, "memory.%d", i);
        assert_int_equal(store_event_add(store, type, "{}", NULL), LINCE_OK);
    }
    for (int i = 0; i < 400; i++) {
        char content[32];
        snprintf(content, sizeof content, "again %d", i);
        assert_int_equal(add(content, NULL, NULL, NULL), LINCE_OK);
    }
    snprintf(path, sizeof path, "%s/store.db-wal", folder);
    journal = fopen(path, "re");
    assert_non_null(journal);
    assert_int_equal(fseek(journal, 0, SEEK_END), 0);
    assert_in_range(ftell(journal), 1, 10 << 20);
    fclose(journal);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_is_kept_or_refused_by_itself),
        cmocka_unit_test(test_the_journal_stays_short),
    };
    return cmocka_run_group_tests(tests, store_begin, store_end);
}
