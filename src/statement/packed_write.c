/* packed_write.c - packs the rows of a statement's file, in the worker. */
#include "statement/packed.h"

#include <string.h>

#include "base/buffer.h"
#include "base/error.h"

static enum lince_status row_write(void *context, uint32_t place, const struct statement_cell *cells, size_t count,
                                   struct lince_error *error) {
    struct buffer *packed = context;
    struct packed_row row = {.place = place, .bytes = (uint32_t)count, .count = (uint16_t)count};
    for (size_t i = 0; i < count; i++) {
        row.bytes += (uint32_t)strlen(cells[i].text) + 1;
    }
    if (packed->used_bytes + row.bytes > (size_t)STATEMENT_TEXTS_MB << 20) {
        return error_set(
            error, LINCE_ERROR_TOO_LARGE, "the rows of the statement have more than %d MB; export fewer days at a time",
            "las filas del estado de cuenta pasan de %d MB; exporte menos días cada vez", STATEMENT_TEXTS_MB);
    }
    buffer_append(packed, &row, sizeof row);
    for (size_t i = 0; i < count; i++) {
        unsigned char kind = (unsigned char)cells[i].kind;
        buffer_append(packed, &kind, 1);
    }
    for (size_t i = 0; i < count; i++) {
        buffer_append(packed, cells[i].text, strlen(cells[i].text) + 1);
    }
    return LINCE_OK;
}

enum lince_status packed_write(const struct statement_file *file, struct meter *meter, struct buffer *packed,
                               struct lince_error *error) {
    struct packed_head head = {0};
    struct statement_facts facts;
    size_t place = packed->used_bytes;
    buffer_append(packed, &head, sizeof head);
    enum lince_status status = statement_read(file, meter, row_write, packed, &facts, error);
    if (status == LINCE_OK && !packed->refused) {
        snprintf(head.form, sizeof head.form, "%s", facts.form);
        snprintf(head.encoding, sizeof head.encoding, "%s", facts.encoding);
        snprintf(head.sheet, sizeof head.sheet, "%s", facts.sheet);
        head.row_count = facts.row_count;
        head.column_count = facts.column_count;
        head.separator = facts.separator;
        memcpy(packed->bytes + place, &head, sizeof head);
    }
    return status;
}
