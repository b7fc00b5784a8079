/* parties.h - known parties for the API and the command line: listed, entered by hand, erased with all that is known.
 */
#ifndef LINCE_STORE_PARTIES_PARTIES_H
#define LINCE_STORE_PARTIES_PARTIES_H

#include "store/known/party_sight.h"
#include "store/store.h"

/*
 * Whether confirmed documents teach about parties, and readings are compared with known parties. Off until it is
 * called.
 */
void store_parties_use(struct store *store, bool is_used);

struct party_known {
    enum party_fact fact;
    const char *value;
    bool is_by_hand;
    int64_t documents, first_ms, last_ms; /* documents: confirmed by so many */
};
struct party {
    int64_t seq, created_ms, changed_ms;
    const char *id;
    struct party_known *known; /* by kind; within each, values entered by hand first, then those of most documents */
    size_t known_count;
};
/* The name that it is called by; "" if it has none. */
const char *party_name(const struct party *party);

/* `text`: a part of a name, folded. `mark`: an id, account, key or phone as people write it. NULL: any. */
struct party_filter {
    const char *text, *mark;
    enum party_fact mark_fact;
    int64_t before_seq; /* -1: from the newest */
    size_t limit;
};
/* Newest first. `*goes_on` is the place after which the list continues; -1: it ends. */
enum lince_status store_parties(struct store *store, const struct party_filter *filter, struct arena *arena,
                                struct party **parties, size_t *count, int64_t *goes_on, struct lince_error *error);
enum lince_status store_party(struct store *store, const char *id, struct arena *arena, struct party *party,
                              struct lince_error *error);

/* What a person enters. Each named kind has only these values from now on. Values are canonical. */
struct party_entry {
    bool is_named[PARTY_FACTS];
    const char **values[PARTY_FACTS];
    size_t counts[PARTY_FACTS];
    const char *actor;
};
/*
 * Makes a party (`*id` empty, which becomes its id) or changes one. ARGUMENT if an id is another party's, or if it
 * would have no name, or neither id, account, key nor phone; NOT_FOUND. Durable.
 */
enum lince_status store_party_enter(struct store *store, char id[ID_BYTES], const struct party_entry *entry,
                                    struct lince_error *error);
/* Removes all that is known of a party, and its marks on documents. Documents stay. NOT_FOUND. Durable. */
enum lince_status store_party_erase(struct store *store, const char *id, struct lince_error *error);

/* Documents whose fields have a name or a mark of the party, or that taught it; newest first. */
struct party_document {
    int64_t seq, received_ms;
    const char *id, *name, *fields; /* fields: names separated by commas; "" if the document no longer has the values */
};
enum lince_status store_party_documents(struct store *store, int64_t party_seq, int64_t before_seq, size_t limit,
                                        struct arena *arena, struct party_document **documents, size_t *count,
                                        struct lince_error *error);
enum lince_status store_party_document_count(struct store *store, int64_t party_seq, int64_t *count,
                                             struct lince_error *error);

/* A known party that a document names: by one mark, or by its name, that no other party has. */
struct party_named {
    const char *id, *name;
    const char *field, *by_field; /* of the document: who it is there ("beneficiario"), and by which it was found */
    int64_t documents;            /* so many confirmed it */
};
enum lince_status store_parties_named(struct store *store, int64_t document_seq, struct arena *arena,
                                      struct party_named **named, size_t *count, struct lince_error *error);

/* What contradicts a known party on a document. */
struct party_doubt {
    const char *field, *value;       /* on the document */
    enum party_use use;              /* PARTY_OTHER_NAME or PARTY_STRANGE */
    const char *by_field, *by_value; /* by which it was found: of PARTY_OTHER_NAME the mark, of PARTY_STRANGE any */
    const char *name, *known;        /* of the party; known: up to three values of the field's kind, with commas */
};
enum lince_status store_party_doubts(struct store *store, int64_t document_seq, struct arena *arena,
                                     struct party_doubt **doubts, size_t *count, struct lince_error *error);

#endif
