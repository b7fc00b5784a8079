/*
 * paged.h - the rows of a statement that was read from pages, such as a PDF: words with their places become cells.
 *
 * A movement is a row with a date and an amount. Columns are separated where no movement has a word, on any page. Texts
 * that run over several rows are joined with their movement.
 */
#ifndef LINCE_STATEMENT_PAGED_H
#define LINCE_STATEMENT_PAGED_H

#include "base/buffer.h"
#include "statement/statement.h"

/* Words in reading order. Owned by the caller who collects them; free it with paged_free. */
struct paged {
    struct buffer words, texts, rows;
    uint32_t page;
    double width;
};

void paged_init(struct paged *paper, struct meter *meter);
void paged_free(struct paged *paper);

/* Begins the next page. `width` is in the unit of the boxes. */
void paged_page(struct paged *paper, double width);
/* Adds a word of that page; words of one row have the same number. Refused memory is reported by paged_rows. */
void paged_word(struct paged *paper, uint32_t row, const struct lince_box *box, const char *text);

/*
 * Gives the rows, numbered from 1, as statement_read does. A second call gives the same. UNSUPPORTED without a
 * movement, with what to do instead; TOO_LARGE; MEMORY_LIMIT; what `row` returned.
 */
enum lince_status paged_rows(struct paged *paper, statement_row row, void *context, struct statement_facts *facts,
                             struct lince_error *error);

#endif
