/* amounts.c - amounts of one record that contradict each other. */
#include <stdbool.h>

#include "fields/values/value.h"

/* Taxes of a transfer are less than half a percent of it, those of its fee less than a quarter of that. */
enum { TRANSFER_TAX_DIVISOR = 200, FEE_TAX_DIVISOR = 4 };

const char *amounts_contradict(long long amount, long long fee, long long total, long long tax) {
    long long rest = total - amount - fee; /* a tax of the transfer or of its fee */
    bool taxed = rest > 0 && rest <= amount / TRANSFER_TAX_DIVISOR + fee / FEE_TAX_DIVISOR + 1;
    if (amount >= 0 && fee >= 0 && total >= 0 && rest != 0 && amount != total && !taxed) {
        return "monto";
    }
    return amount < 0 && total >= 0 && tax > total ? "total" : NULL;
}
