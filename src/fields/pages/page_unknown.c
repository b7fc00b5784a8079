/* page_unknown.c - pages that give no fields: of no known kind, or without a payment or sale that they are about. */
#include "fields/pages/page_unknown.h"

#include "fields/pages/movement_list.h"
#include "fields/pages/page_enough.h"

static size_t amounts_count(const struct search *search) {
    size_t count = 0;
    for (size_t i = 0; i < search->candidate_count; i++) {
        count += search->candidates[i].type == VALUE_MONEY && search->candidates[i].extent_count == 1;
    }
    return count;
}

bool page_is_unknown(struct search *search, bool named) {
    enum { LISTED_LEAST = 3, STATED_LEAST = 4 };
    struct kind_verdict *what = &search->what;
    if (named) {
        return false;
    }
    size_t least = what->kind == KIND_STATEMENT ? STATED_LEAST : LISTED_LEAST;
    bool open = what->kind == KIND_BANK_MOVEMENTS && movement_list_is_open(search);
    if (what->group == GROUP_ACCOUNT && !open && amounts_count(search) >= least) {
        return true; /* many payments, and none that the page is about */
    }
    if (what->told && what->group != GROUP_NONE && !page_core(search)) { /* "Pasaporte" above "Comprobante de pago" */
        *what = (struct kind_verdict){.confidence = 1 - what->confidence};
        return true;
    }
    if (what->group == GROUP_TAX || (what->told && what->group == GROUP_NONE)) {
        return true; /* its amounts are taxes and bases, and nothing was sold or paid by it */
    }
    bool enough = page_enough(search);
    if (!enough && what->group != GROUP_ACCOUNT) {
        double confidence = what->group == GROUP_NONE ? what->confidence : 1 - what->confidence;
        *what = (struct kind_verdict){.confidence = confidence};
    }
    if (!enough) {
        return true;
    }
    if (what->group == GROUP_NONE) {
        what->group = search->layout->group;
        what->kind = what->group == GROUP_SALE ? KIND_INVOICE : KIND_PAYMENT_MADE;
        what->direction = what->group == GROUP_PAYMENT ? DIRECTION_OUT : DIRECTION_NONE;
        what->confidence = 0.5;
    }
    return false;
}
