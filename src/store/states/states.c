/* states.c - the tables of names, and for each the functions from value to name and back. */
#include "store/states/states.h"

#include <stddef.h>
#include <string.h>

static const char *const statuses[DOCUMENT_STATUSES] = {
    [DOCUMENT_HELD] = "held",          [DOCUMENT_QUEUED] = "queued", [DOCUMENT_READING] = "reading",
    [DOCUMENT_DONE] = "done",          [DOCUMENT_FAILED] = "failed", [DOCUMENT_POISONED] = "poisoned",
    [DOCUMENT_CANCELLED] = "cancelled"};
static const char *const origins[DOCUMENT_ORIGINS] = {[ORIGIN_V1] = "v1", [ORIGIN_LEGACY] = "legacy"};
static const char *const duplicate_kinds[DUPLICATE_KINDS] = {[DUPLICATE_BY_CONTENT] = "content",
                                                             [DUPLICATE_BY_RECORD] = "record",
                                                             [DUPLICATE_BY_IMAGE] = "image",
                                                             [DUPLICATE_BY_PERSON] = "person"};
static const char *const separator_uses[SEPARATOR_USES] = {[SEPARATOR_KEPT] = "keep", [SEPARATOR_DROPPED] = "drop"};
static const char *const batch_states[BATCH_STATES] = {
    [BATCH_OPEN] = "open", [BATCH_CLOSED] = "closed", [BATCH_CANCELLED] = "cancelled"};
static const char *const delivery_states[DELIVERY_STATES] = {
    [DELIVERY_WAITING] = "waiting", [DELIVERY_DELIVERED] = "delivered", [DELIVERY_DEAD] = "dead"};
static const char *const actions[CORRECTION_ACTIONS] = {[ACTION_CORRECT] = "correct",
                                                        [ACTION_READ] = "read",
                                                        [ACTION_READING] = "reading",
                                                        [ACTION_DISCARD] = "discard",
                                                        [ACTION_REPAIR] = "repair",
                                                        [ACTION_REREAD] = "reread",
                                                        [ACTION_REVIEW] = "review",
                                                        [ACTION_DUPLICATE_DISMISSED] = "duplicate_dismissed",
                                                        [ACTION_DUPLICATE_CONFIRMED] = "duplicate_confirmed"};
static const char *const party_facts[PARTY_FACTS] = {
    [PARTY_NAME] = "name",   [PARTY_ID] = "id",     [PARTY_ACCOUNT] = "account", [PARTY_KEY] = "key",
    [PARTY_PHONE] = "phone", [PARTY_BANK] = "bank", [PARTY_ADDRESS] = "address"};
static const char *const party_uses[PARTY_USES] = {
    [PARTY_REPAIRED] = "repaired", [PARTY_OTHER_NAME] = "name", [PARTY_STRANGE] = "mark"};
static const char *const item_states[ITEM_STATES] = {[ITEM_MATCHED] = "matched",
                                                     [ITEM_PROPOSED] = "proposed",
                                                     [ITEM_AMOUNT_DIFFERS] = "amount_differs",
                                                     [ITEM_MISSING_RECEIPT] = "missing_receipt",
                                                     [ITEM_MISSING_LINE] = "missing_line",
                                                     [ITEM_DUPLICATE] = "duplicate",
                                                     [ITEM_IGNORED] = "ignored",
                                                     [ITEM_UNREADABLE] = "unreadable",
                                                     [ITEM_OTHER] = "other"};
static const char *const item_hows[ITEM_HOWS] = {[ITEM_BY_NOTHING] = "",
                                                 [ITEM_BY_REFERENCE] = "reference",
                                                 [ITEM_BY_REFERENCE_END] = "reference_end",
                                                 [ITEM_BY_SUM] = "sum",
                                                 [ITEM_BY_AMOUNT] = "amount",
                                                 [ITEM_BY_LIKENESS] = "likeness",
                                                 [ITEM_BY_DATE] = "date",
                                                 [ITEM_BY_HAND] = "hand"};
static const char *const decision_kinds[DECISION_KINDS] = {[DECISION_MATCHED] = "matched",
                                                           [DECISION_IGNORED] = "ignored",
                                                           [DECISION_APART] = "apart",
                                                           [DECISION_OPEN] = "open"};

static const char *name_at(const char *const *names, unsigned count, unsigned place) {
    return place < count ? names[place] : "unknown";
}

/* `count` if the name is not among them. */
static unsigned place_of(const char *const *names, unsigned count, const char *name) {
    for (unsigned place = 0; name != NULL && place < count; place++) {
        if (strcmp(names[place], name) == 0) {
            return place;
        }
    }
    return count;
}

/* Defines KIND_name and KIND_of for a table. */
#define NAMES(kind, value, table)                                                                                      \
    const char *kind##_name(enum kind value) {                                                                         \
        return name_at((table), sizeof(table) / sizeof *(table), (value));                                             \
    }                                                                                                                  \
    enum kind kind##_of(const char *name) {                                                                            \
        return place_of((table), sizeof(table) / sizeof *(table), name);                                               \
    }

NAMES(document_status, status, statuses)
NAMES(document_origin, origin, origins)
NAMES(duplicate_kind, kind, duplicate_kinds)
NAMES(separator_use, use, separator_uses)
NAMES(batch_state, state, batch_states)
NAMES(delivery_state, state, delivery_states)
NAMES(correction_action, action, actions)
NAMES(party_fact, fact, party_facts)
NAMES(party_use, use, party_uses)
NAMES(item_state, state, item_states)
NAMES(item_how, how, item_hows)
NAMES(decision_kind, kind, decision_kinds)

bool document_status_is_final(enum document_status status) {
    return status == DOCUMENT_DONE || status == DOCUMENT_FAILED || status == DOCUMENT_POISONED ||
           status == DOCUMENT_CANCELLED;
}
