/* states.c - the tables of names, and the two ways through each. */
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
static const char *const batch_states[BATCH_STATES] = {
    [BATCH_OPEN] = "open", [BATCH_CLOSED] = "closed", [BATCH_CANCELLED] = "cancelled"};
static const char *const delivery_states[DELIVERY_STATES] = {
    [DELIVERY_WAITING] = "waiting", [DELIVERY_DELIVERED] = "delivered", [DELIVERY_DEAD] = "dead"};
static const char *const actions[CORRECTION_ACTIONS] = {[ACTION_CORRECT] = "correct",
                                                        [ACTION_READ] = "read",
                                                        [ACTION_READING] = "reading",
                                                        [ACTION_DISCARD] = "discard",
                                                        [ACTION_REREAD] = "reread",
                                                        [ACTION_REVIEW] = "review",
                                                        [ACTION_DUPLICATE_DISMISSED] = "duplicate_dismissed",
                                                        [ACTION_DUPLICATE_CONFIRMED] = "duplicate_confirmed"};
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

const char *document_status_name(enum document_status status) {
    return name_at(statuses, DOCUMENT_STATUSES, status);
}

enum document_status document_status_of(const char *name) {
    return place_of(statuses, DOCUMENT_STATUSES, name);
}

bool document_status_is_final(enum document_status status) {
    return status == DOCUMENT_DONE || status == DOCUMENT_FAILED || status == DOCUMENT_POISONED ||
           status == DOCUMENT_CANCELLED;
}

const char *document_origin_name(enum document_origin origin) {
    return name_at(origins, DOCUMENT_ORIGINS, origin);
}

enum document_origin document_origin_of(const char *name) {
    return place_of(origins, DOCUMENT_ORIGINS, name);
}

const char *duplicate_kind_name(enum duplicate_kind kind) {
    return name_at(duplicate_kinds, DUPLICATE_KINDS, kind);
}

enum duplicate_kind duplicate_kind_of(const char *name) {
    return place_of(duplicate_kinds, DUPLICATE_KINDS, name);
}

const char *batch_state_name(enum batch_state state) {
    return name_at(batch_states, BATCH_STATES, state);
}

enum batch_state batch_state_of(const char *name) {
    return place_of(batch_states, BATCH_STATES, name);
}

const char *delivery_state_name(enum delivery_state state) {
    return name_at(delivery_states, DELIVERY_STATES, state);
}

enum delivery_state delivery_state_of(const char *name) {
    return place_of(delivery_states, DELIVERY_STATES, name);
}

const char *correction_action_name(enum correction_action action) {
    return name_at(actions, CORRECTION_ACTIONS, action);
}

enum correction_action correction_action_of(const char *name) {
    return place_of(actions, CORRECTION_ACTIONS, name);
}

const char *item_state_name(enum item_state state) {
    return name_at(item_states, ITEM_STATES, state);
}

enum item_state item_state_of(const char *name) {
    return place_of(item_states, ITEM_STATES, name);
}

const char *item_how_name(enum item_how how) {
    return name_at(item_hows, ITEM_HOWS, how);
}

enum item_how item_how_of(const char *name) {
    return place_of(item_hows, ITEM_HOWS, name);
}

const char *decision_kind_name(enum decision_kind kind) {
    return name_at(decision_kinds, DECISION_KINDS, kind);
}

enum decision_kind decision_kind_of(const char *name) {
    return place_of(decision_kinds, DECISION_KINDS, name);
}
