/* passes.c - the list of passes; see passes.h. */
#include "fields/passes.h"

#include "fields/record.h"
#include "fields/sales/buyer_alone.h"
#include "fields/sales/buyer_block.h"
#include "fields/search.h"

enum {
    KNOWN_PIECES = KNOWN_PAGE | KNOWN_LABELS | KNOWN_CANDIDATES,
    KNOWN_ROLES = KNOWN_CAPTIONS | KNOWN_BRANDS | KNOWN_BYSTANDERS | KNOWN_OPERATIONS
};

static const struct pass passes[] = {
    {"labels", KNOWN_PAGE, KNOWN_LABELS, labels_find, NULL},
    {"candidates", KNOWN_PAGE | KNOWN_LABELS, KNOWN_CANDIDATES, candidates_find, NULL},
    {"names under amounts", KNOWN_PIECES, KNOWN_CANDIDATES, under_amount_names_add, NULL},
    {"sides", KNOWN_PIECES, KNOWN_SIDES, NULL, candidates_take_sides},
    {"buyer's rows", KNOWN_PIECES | KNOWN_SIDES, KNOWN_BUYER_ROWS, NULL, buyer_block_learn},
    {"kind", KNOWN_PIECES, KNOWN_KIND, NULL, kind_settle},
    {"seller", KNOWN_PIECES | KNOWN_KIND | KNOWN_BUYER_ROWS, KNOWN_SELLER, shop_candidates_find, NULL},
    {"buyer", KNOWN_PIECES | KNOWN_SELLER | KNOWN_BUYER_ROWS, KNOWN_BUYER, buyer_alone_learn, NULL},
    {"captions", KNOWN_PIECES, KNOWN_CAPTIONS, NULL, captions_learn},
    {"brands", KNOWN_PIECES, KNOWN_BRANDS, NULL, brands_learn},
    {"bystanders", KNOWN_PIECES | KNOWN_SELLER, KNOWN_BYSTANDERS, NULL, bystanders_learn},
    {"operations", KNOWN_PIECES, KNOWN_OPERATIONS, free_operations_learn, NULL},
    {"texts above captions", KNOWN_PIECES | KNOWN_CAPTIONS, KNOWN_CANDIDATES, captions_add, NULL},
    {"options", KNOWN_PIECES | KNOWN_KIND | KNOWN_BUYER | KNOWN_ROLES, KNOWN_OPTIONS, options_find, NULL},
    {"choices", KNOWN_PIECES | KNOWN_OPTIONS, KNOWN_CHOICES, assign, NULL},
};

const struct pass *passes_list(size_t *count) {
    *count = sizeof passes / sizeof *passes;
    return passes;
}

bool passes_run(struct search *search) {
    for (size_t i = 0; i < sizeof passes / sizeof *passes; i++) {
        if (passes[i].find == NULL) {
            passes[i].learn(search);
        } else if (!passes[i].find(search)) {
            return false;
        }
    }
    return true;
}
