/* coded.c - which kind a code is of. */
#include "fields/coded/coded.h"

bool coded_read(struct arena *arena, const char *content, struct coded *coded, bool *known) {
    *coded = (struct coded){0};
    struct coded_reading reading = {.arena = arena, .coded = coded};
    *known = coded_emv_read(&reading, content) || coded_fiscal_read(&reading, content);
    return !reading.was_refused;
}
