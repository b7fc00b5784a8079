/* table_xlsx.h - tables as the sheets of an Excel workbook, written to a file row by row. */
#ifndef LINCE_OUTPUT_WRITERS_TABLE_XLSX_H
#define LINCE_OUTPUT_WRITERS_TABLE_XLSX_H

#include "lince.h"
#include "output/writers/table.h"

struct table_xlsx;

/* Gives a workbook. It is on the disk once table_xlsx_close has returned LINCE_OK. The first row stays in view. */
enum lince_status table_xlsx_open(const char *path, struct table_xlsx **workbook, struct lince_error *error);
/* The table to write the cells of its first sheet, "records", with; owned by the workbook. */
struct table *table_xlsx_cells(struct table_xlsx *workbook);
/* Adds a second sheet and gives its table, owned by the workbook. Call it once; NULL without memory. */
struct table *table_xlsx_sheet_add(struct table_xlsx *workbook, const char *name);
/* The first failure so far, with its reason: LINCE_ERROR_WRITE. */
enum lince_status table_xlsx_check(const struct table_xlsx *workbook, struct lince_error *error);
/* Takes the workbook, which may be NULL. Fails if anything before it failed. */
enum lince_status table_xlsx_close(struct table_xlsx *workbook, struct lince_error *error);

#endif
