/*
 * workbook_parts.h - the parts of a workbook that its rows refer to: names of sheets, shared texts, styles that are
 * dates.
 */
#ifndef LINCE_STATEMENT_WORKBOOK_PARTS_H
#define LINCE_STATEMENT_WORKBOOK_PARTS_H

#include "base/buffer.h"
#include "statement/package.h"

enum { SHEETS_MOST = 16, SHEET_PATH_BYTES = 128, STYLES_MOST = 512, FORMATS_MOST = 128 };

struct sheet {
    char name[64], relation[64], path[SHEET_PATH_BYTES];
};

struct workbook_parts {
    struct sheet sheets[SHEETS_MOST]; /* the visible ones */
    size_t sheet_count;
    bool counts_from_1904;
    struct buffer texts, starts; /* shared texts, each with a zero byte; and where each begins, uint32_t */
    bool is_date[STYLES_MOST];   /* by the number of a cell's style */
};

/* Free it with workbook_parts_free, also after a failure. */
enum lince_status workbook_parts_read(struct package *package, struct workbook_parts *parts, struct lince_error *error);
void workbook_parts_free(struct workbook_parts *parts);
/* A shared text; "" if there is none with that number. */
const char *workbook_text(const struct workbook_parts *parts, size_t number);

#endif
