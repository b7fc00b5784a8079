/*
 * table_answer.h - a table as the answer to a request: plain CSV, CSV for a spreadsheet program in some language, or a
 * workbook. Rows are written as they come, longer tables into an unnamed file.
 */
#ifndef LINCE_SERVE_HTTP_ANSWER_TABLE_ANSWER_H
#define LINCE_SERVE_HTTP_ANSWER_TABLE_ANSWER_H

#include "output/writers/table.h"
#include "serve/http/request.h"

enum table_form {
    TABLE_JSON, /* no table */
    TABLE_CSV,
    TABLE_WORKBOOK,
};

/* By ?format=, or else by Accept. Checks ?csv= too. False after answering with a problem. */
bool table_form_asked(struct request *request, enum table_form *form);
/* Checks ?csv= alone, for other ways to choose a form. False after answering with a problem. */
bool table_csv_check(struct request *request);

/*
 * Writes the head and all rows; in a workbook also into its second sheet, which is NULL otherwise. A failure is the
 * store's, in request->failure.
 */
typedef enum lince_status (*table_fill)(void *context, struct table *table, struct table *second);
/* What is answered. `name`: of the file that a browser saves; `second`: of a workbook's second sheet, NULL for none. */
struct table_answer {
    const char *name, *second;
    table_fill fill;
    void *context;
};
void table_answer(struct request *request, enum table_form form, const struct table_answer *wanted);

#endif
