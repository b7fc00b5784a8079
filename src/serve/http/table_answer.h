/*
 * table_answer.h - a table as the answer to a request: CSV, CSV as a spreadsheet program of some language opens it, or
 * a workbook. Rows are written as they come; a table never stands in memory but as the bytes of the answer.
 */
#ifndef LINCE_SERVE_HTTP_TABLE_ANSWER_H
#define LINCE_SERVE_HTTP_TABLE_ANSWER_H

#include "output/table.h"
#include "serve/http/request.h"

enum table_form {
    TABLE_JSON, /* no table */
    TABLE_CSV,
    TABLE_WORKBOOK,
};

/* By ?format=, else by Accept. False after answering with a problem; ?csv= is judged too. */
bool table_form_asked(struct request *request, enum table_form *form);

/* Writes the head and all rows; a failure other than OK is that of the store, in request->failure. */
typedef enum lince_status (*table_fill)(void *context, struct table *table);
/* `name`: of the file that a browser keeps, without its ending. */
void table_answer(struct request *request, enum table_form form, const char *name, table_fill fill, void *context);

#endif
