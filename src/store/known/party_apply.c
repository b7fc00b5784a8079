/*
 * party_apply.c - compares a document with the parties that it may name.
 *
 * A party is found by the strongest mark that is known: its id, an account, a key, a phone. Without one it is found by
 * its name.
 */
#include "store/known/party_apply.h"

#include <stdio.h>
#include <string.h>

#include "fields/result/review_reason.h"
#include "store/known/party_sight.h"
#include "store/sql/sql.h"

struct check {
    struct sql *sql;
    const struct party_question *question;
    struct lince_error *error;
    struct party_sight sight;
    struct party_list found;  /* parties by the mark at `by` */
    struct party_list people; /* those of `found` whose marks are compared */
    size_t by;                /* the field that they were found by; 0: the name */
};

static const struct party_role_field *field_at(const struct check *check, size_t place) {
    return &check->sight.role->fields[place];
}

static bool is_mark(const struct check *check, size_t place) {
    const struct party_role_field *field = field_at(check, place);
    return field->name != NULL && field->fact >= PARTY_ID && field->fact <= PARTY_PHONE &&
           check->sight.values[place][0] != '\0';
}

/* ---- what is written ---- */

static enum lince_status use_write(struct check *check, size_t place, int64_t party_seq, enum party_use use) {
    return sql_run(check->sql, check->error,
                   "INSERT INTO party_uses (document_seq, field, party_seq, how, by_field) VALUES (?, ?, ?, ?, ?)"
                   " ON CONFLICT (document_seq, field) DO UPDATE SET party_seq=excluded.party_seq, how=excluded.how,"
                   " by_field=excluded.by_field",
                   "ititt", check->question->document_seq, field_at(check, place)->name, party_seq, party_use_name(use),
                   field_at(check, check->by)->name);
}

/* Adds "party_name:beneficiario" to the reasons, unless a person set the field. */
static enum lince_status doubt_write(struct check *check, size_t place, int64_t party_seq, enum party_use use) {
    char *review = check->question->review;
    size_t used = strlen(review);
    if (check->sight.is_decided[place]) {
        return LINCE_OK;
    }
    snprintf(review + used, check->question->review_room - used, "%s%s:%s", used > 0 ? " " : "",
             review_reason_name(use == PARTY_OTHER_NAME ? REASON_PARTY_NAME : REASON_PARTY_MARK),
             field_at(check, place)->name);
    return use_write(check, place, party_seq, use);
}

static enum lince_status name_repair(struct check *check, int64_t party_seq, const char *known) {
    struct sql *sql = check->sql;
    const struct party_question *question = check->question;
    const char *name = field_at(check, 0)->name, *read = check->sight.values[0];
    enum lince_status status =
        sql_run(sql, check->error,
                "INSERT INTO corrections (document_seq, at_ms, actor, field, old_value, new_value, action, why)"
                " SELECT ?1, ?2, 'lince', ?3, ?4, ?5, 'repair', (SELECT id FROM parties WHERE seq=?6) WHERE NOT EXISTS"
                " (SELECT 1 FROM corrections c WHERE c.document_seq=?1 AND c.field=?3 AND c.action='repair' AND"
                " c.old_value=?4 AND c.new_value=?5)",
                "iittti", question->document_seq, question->now_ms, name, read, known, party_seq);
    if (status == LINCE_OK) {
        status = sql_run(sql, check->error,
                         "UPDATE fields SET read_value=value, value=? WHERE document_seq=? AND name=? AND corrected=0",
                         "tit", known, question->document_seq, name);
    }
    return status == LINCE_OK ? use_write(check, 0, party_seq, PARTY_REPAIRED) : status;
}

/* ---- who it is ---- */

/* The known name that is most like the name that was read. */
struct nearest {
    int64_t party_seq;
    enum party_likeness likeness;
    char known[PARTY_VALUE_BYTES];
    bool is_torn;
};

static enum lince_status nearest_find(struct check *check, struct nearest *nearest) {
    enum lince_status status = LINCE_OK;
    *nearest = (struct nearest){.party_seq = check->found.seqs[0]};
    for (size_t i = 0; i < check->found.count && status == LINCE_OK; i++) {
        enum party_likeness likeness;
        char known[PARTY_VALUE_BYTES];
        bool is_torn;
        status = party_name_nearest(check->sql, check->found.seqs[i], check->sight.values[0], &likeness, known,
                                    &is_torn, check->error);
        bool is_other = likeness == PARTY_LETTER && nearest->likeness == PARTY_LETTER &&
                        party_names_compare(known, nearest->known) < PARTY_SPELLED;
        nearest->is_torn = nearest->is_torn || is_torn || is_other;
        if (likeness > nearest->likeness || nearest->known[0] == '\0') {
            nearest->party_seq = check->found.seqs[i];
            nearest->likeness = likeness;
            memcpy(nearest->known, known, sizeof known);
        }
        if (likeness >= PARTY_PART) {
            party_list_add(&check->people, check->found.seqs[i]);
        }
    }
    return status;
}

/* A household may share a phone, so a phone alone never repairs a name. */
static enum lince_status name_compare(struct check *check) {
    struct nearest nearest;
    enum lince_status status = nearest_find(check, &nearest);
    bool by_phone = field_at(check, check->by)->fact == PARTY_PHONE;
    bool is_near = nearest.likeness == PARTY_SPELLED || (nearest.likeness == PARTY_LETTER && !by_phone);
    if (status != LINCE_OK || nearest.likeness >= PARTY_PART) {
        return status;
    }
    if (!is_near) {
        return doubt_write(check, 0, nearest.party_seq, PARTY_OTHER_NAME);
    }
    party_list_add(&check->people, nearest.party_seq);
    bool may_repair = check->question->repairs && !check->sight.is_decided[0] &&
                      !(nearest.likeness == PARTY_LETTER && nearest.is_torn);
    return may_repair ? name_repair(check, nearest.party_seq, nearest.known) : LINCE_OK;
}

/* ---- marks that were never seen with them ---- */

static enum lince_status mark_compare(struct check *check, size_t place) {
    enum party_fact fact = field_at(check, place)->fact;
    struct party_list owners;
    bool has_others = false;
    enum lince_status status = party_list_by_mark(check->sql, fact, check->sight.values[place],
                                                  check->sight.sought[place], &owners, check->error);
    for (size_t i = 0; i < check->people.count && status == LINCE_OK; i++) {
        if (party_list_has(&owners, check->people.seqs[i])) {
            return LINCE_OK;
        }
        has_others =
            has_others || sql_number(check->sql, 0, "SELECT count(*) FROM party_facts WHERE party_seq=? AND kind=?",
                                     "it", check->people.seqs[i], party_fact_name(fact)) > 0;
    }
    bool is_of_another = owners.count > 0 && fact != PARTY_PHONE;
    return status == LINCE_OK && (has_others || is_of_another)
               ? doubt_write(check, place, check->people.seqs[0], PARTY_STRANGE)
               : status;
}

/* An account says more than its bank. */
static bool has_account(const struct check *check) {
    for (size_t i = 1; i < PARTY_ROLE_FIELDS; i++) {
        if (is_mark(check, i) && field_at(check, i)->fact == PARTY_ACCOUNT) {
            return true;
        }
    }
    return false;
}

/* A bank that the party was never seen with, although others are known of it. A bank alone finds nobody. */
static enum lince_status bank_compare(struct check *check, size_t place) {
    bool has_others = false;
    for (size_t i = 0; i < check->people.count; i++) {
        int64_t party_seq = check->people.seqs[i];
        if (sql_number(check->sql, 0, "SELECT count(*) FROM party_facts WHERE party_seq=? AND kind=? AND value=?",
                       "itt", party_seq, party_fact_name(PARTY_BANK), check->sight.values[place]) > 0) {
            return LINCE_OK;
        }
        has_others =
            has_others || sql_number(check->sql, 0, "SELECT count(*) FROM party_facts WHERE party_seq=? AND kind=?",
                                     "it", party_seq, party_fact_name(PARTY_BANK)) > 0;
    }
    return has_others ? doubt_write(check, place, check->people.seqs[0], PARTY_STRANGE) : LINCE_OK;
}

/*
 * Without a name on the page, the owner of an account says which id belongs beside it. The owner of a phone does not.
 */
static enum lince_status people_find(struct check *check) {
    bool has_name = check->sight.values[0][0] != '\0';
    if (check->found.count > 0 && has_name) {
        return name_compare(check);
    }
    if (check->found.count > 0) {
        check->people = field_at(check, check->by)->fact == PARTY_PHONE ? (struct party_list){0} : check->found;
        return LINCE_OK;
    }
    return has_name ? party_list_by_name(check->sql, check->sight.sought[0], &check->people, check->error) : LINCE_OK;
}

static enum lince_status role_check(struct sql *sql, const struct party_role *role,
                                    const struct party_question *question, struct lince_error *error) {
    struct check check = {.sql = sql, .question = question, .error = error};
    enum lince_status status = party_sight_take(sql, question->document_seq, role, &check.sight, error);
    if (status == LINCE_OK) {
        status = party_list_by_marks(sql, &check.sight, &check.found, &check.by, error);
    }
    if (status == LINCE_OK) {
        status = people_find(&check);
    }
    for (size_t i = 1; i < PARTY_ROLE_FIELDS && check.people.count > 0 && status == LINCE_OK; i++) {
        bool bank = field_at(&check, i)->name != NULL && field_at(&check, i)->fact == PARTY_BANK &&
                    !has_account(&check) && check.sight.values[i][0] != '\0';
        status = is_mark(&check, i) && i != check.by ? mark_compare(&check, i)
                 : bank                              ? bank_compare(&check, i)
                                                     : LINCE_OK;
    }
    return status;
}

/* ---- a document ---- */

/* Takes the reasons of an earlier check out of the list. */
static void reasons_remove(char *review) {
    char *to = review;
    for (const char *at = review; *at != '\0';) {
        size_t bytes = strcspn(at, " ");
        if (strncmp(at, "party_", 6) != 0) {
            if (to > review) {
                *to++ = ' ';
            }
            memmove(to, at, bytes);
            to += bytes;
        }
        at += bytes;
        at += strspn(at, " ");
    }
    *to = '\0';
}

enum lince_status party_document_clear(struct sql *sql, const struct party_question *question,
                                       struct lince_error *error) {
    reasons_remove(question->review);
    return sql_run(sql, error, "DELETE FROM party_uses WHERE document_seq=?1 AND (?2=1 OR how<>'repaired')", "ii",
                   question->document_seq, (int64_t)question->repairs);
}

enum lince_status party_document_check(struct sql *sql, const struct party_question *question,
                                       struct lince_error *error) {
    enum lince_status status = party_document_clear(sql, question, error);
    for (size_t i = 0; i < PARTY_ROLES && status == LINCE_OK; i++) {
        status = role_check(sql, &party_roles[i], question, error);
    }
    return status;
}
