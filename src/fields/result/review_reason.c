/* review_reason.c - the names of the reasons, and the way back from a name. */
#include "fields/result/review_reason.h"

#include <assert.h>
#include <string.h>

static const char *const names[REVIEW_REASONS] = {
    [REASON_MISSING] = "missing",
    [REASON_UNREAD] = "unread",
    [REASON_DOUBTFUL] = "doubtful",
    [REASON_PATTERN] = "pattern",
    [REASON_BANK] = "bank",
    [REASON_TWO_READINGS] = "two_readings",
    [REASON_SUM] = "sum",
    [REASON_ZERO] = "zero",
    [REASON_SEVERAL] = "several",
    [REASON_KIND] = "kind",
    [REASON_UNREAD_PAGE] = "unread_page",
    [REASON_PARTY_NAME] = "party_name",
    [REASON_PARTY_MARK] = "party_mark",
    [REASON_CODE] = "code",
    [REASON_LINES] = "lines_left_out",
};

const char *review_reason_name(enum review_reason reason) {
    assert(reason < REVIEW_REASONS);
    return names[reason];
}

enum review_reason review_reason_of(const char *name, size_t bytes) {
    enum review_reason reason = 0;
    while (reason < REVIEW_REASONS && (strlen(names[reason]) != bytes || memcmp(names[reason], name, bytes) != 0)) {
        reason++;
    }
    return reason;
}
