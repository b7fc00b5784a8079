/* parties_action.c - `lince parties list|erase`, beside a running service or without one. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/meter.h"
#include "serve/admin/action_flags.h"
#include "store/keys.h"
#include "store/parties/parties.h"

enum { PARTIES_AT_ONCE = 200 };

/* Text for one cell: a tab or a line feed in it would begin another. */
static void cell_print(const char *text) {
    for (; *text != '\0'; text++) {
        putchar((unsigned char)*text < ' ' ? ' ' : *text);
    }
}

static void values_print(const struct party *party, enum party_fact fact) {
    size_t count = 0;
    putchar('\t');
    for (size_t i = 0; i < party->known_count; i++) {
        if (party->known[i].fact == fact) {
            fputs(count++ > 0 ? ", " : "", stdout);
            cell_print(party->known[i].value);
        }
    }
}

static enum lince_status parties_print(struct store *store, struct arena *arena, struct lince_error *error) {
    static const enum party_fact shown[] = {PARTY_NAME,  PARTY_ID,   PARTY_ACCOUNT, PARTY_KEY,
                                            PARTY_PHONE, PARTY_BANK, PARTY_ADDRESS};
    struct party_filter filter = {.before_seq = -1, .limit = PARTIES_AT_ONCE};
    enum lince_status status = LINCE_OK;
    printf("id\tname\tids\taccounts\tkeys\tphones\tbanks\taddresses\n");
    do {
        struct party *parties;
        size_t count = 0;
        status = store_parties(store, &filter, arena, &parties, &count, &filter.before_seq, error);
        for (size_t i = 0; i < count && status == LINCE_OK; i++) {
            printf("%s", parties[i].id);
            for (size_t j = 0; j < sizeof shown / sizeof *shown; j++) {
                values_print(&parties[i], shown[j]);
            }
            putchar('\n');
        }
        arena_clear(arena);
    } while (status == LINCE_OK && filter.before_seq >= 0);
    return status;
}

static enum lince_status parties_erase(struct store *store, char *const *operands, struct arena *arena,
                                       struct lince_error *error) {
    enum lince_status status = LINCE_OK;
    if (operands[0] == NULL) {
        return error_set(error, LINCE_ERROR_ARGUMENT, "name the party's id; see: lince parties list",
                         "indique el id del tercero; vea: lince parties list");
    }
    for (; *operands != NULL && status == LINCE_OK; operands++) {
        struct party party;
        int64_t documents = 0;
        status = store_party(store, *operands, arena, &party, error);
        if (status == LINCE_OK) {
            status = store_party_document_count(store, party.seq, &documents, error);
        }
        if (status == LINCE_OK) {
            status = store_party_erase(store, party.id, error);
        }
        if (status == LINCE_OK) {
            store_audit(store, "lince parties", "party erase", *operands, NULL);
            printf(in_language(error->language, "%s: erased; %lld documents still show it\n",
                               "%s: borrado; %lld documentos aún lo muestran\n"),
                   *operands, (long long)documents);
        }
    }
    return status;
}

enum lince_status parties_action(const char *action, struct store *store, char *const *operands,
                                 struct lince_error *error) {
    struct meter meter;
    struct arena arena;
    meter_init(&meter, NULL, "parties", METER_NO_LIMIT);
    arena_init(&arena, &meter, 4096);
    enum lince_status status = strcmp(action, "parties-list") == 0 ? parties_print(store, &arena, error)
                                                                   : parties_erase(store, operands, &arena, error);
    arena_clear(&arena);
    return status;
}
