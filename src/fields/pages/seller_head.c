/* seller_head.c - looks for a firm's tax number at the top of a page. */
#include "fields/pages/seller_head.h"

#include <string.h>

enum { HEAD_ROWS = 4 };

/* Whether the two candidates are other numbers of firms: the seller's and somebody else's. */
static bool differ(const struct candidate *left, const struct candidate *right) {
    return strcmp(left->find.value, right->find.value) != 0;
}

static bool has_signed_amount(const struct search *search) {
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *candidate = &search->candidates[i];
        if (candidate->type == VALUE_MONEY && find_has_sign(&candidate->find)) {
            return true;
        }
    }
    return false;
}

bool seller_is_alone(const struct search *search) {
    const struct candidate *seller = NULL;
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *candidate = &search->candidates[i];
        if (candidate->type != VALUE_ID || !candidate->find.tax || candidate->find.bare) {
            continue;
        }
        if (seller != NULL && differ(seller, candidate)) {
            return false;
        }
        bool head = candidate->segment > 0 && candidate->segment < HEAD_ROWS && candidate->find.checked > 0;
        if (seller == NULL && !head) {
            return false;
        }
        seller = candidate;
    }
    return seller != NULL && search->segment_label[0] == LABELS_MOST;
}

bool seller_heads_page(const struct search *search) {
    return seller_is_alone(search) && has_signed_amount(search);
}
