/* found_by.c - the names of the ways to find a value. */
#include "fields/result/found_by.h"

#include <assert.h>

static const char *const names[FOUND_BY_COUNT] = {
    [FOUND_AFTER] = "after",
    [FOUND_RIGHT] = "right",
    [FOUND_LEFT] = "left",
    [FOUND_BELOW] = "below",
    [FOUND_COLUMN] = "column",
    [FOUND_ABOVE] = "above",
    [FOUND_PARAGRAPH] = "paragraph",
    [FOUND_SECTION] = "section",
    [FOUND_FREE] = "free",
    [FOUND_ROW] = "row",
    [FOUND_SUM] = "sum",
    [FOUND_AMOUNT] = "amount",
    [FOUND_PAGE] = "page",
    [FOUND_COUNTRY] = "country",
    [FOUND_ACCOUNT] = "account",
    [FOUND_CODE] = "code",
    [FOUND_DEFAULT] = "default",
};

const char *found_by_name(enum found_by how) {
    assert(how < FOUND_BY_COUNT);
    return names[how];
}
