/* amounts.c - amounts of one record that contradict each other. */
#include "fields/values/value.h"

const char *amounts_contradict(long long amount, long long fee, long long total, long long tax) {
    if (amount >= 0 && fee >= 0 && total >= 0 && amount + fee != total && amount != total) {
        return "monto";
    }
    return amount < 0 && total >= 0 && tax > total ? "total" : NULL;
}
