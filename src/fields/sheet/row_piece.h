/* row_piece.h - the pieces beside a piece on its row. */
#ifndef LINCE_FIELDS_SHEET_ROW_PIECE_H
#define LINCE_FIELDS_SHEET_ROW_PIECE_H

#include "fields/sheet.h"

struct row_sides {
    size_t count;                       /* pieces on the row beside the own one */
    const struct segment *left, *right; /* the nearest that begin before it and behind it; NULL if there are none */
};

/* The piece of a line that begins with the folded character; NULL if none does. */
const struct segment *row_piece_from(const struct sheet *sheet, size_t line, size_t fold_from);
/* `own` may be NULL: then nothing is beside it. */
struct row_sides row_piece_sides(const struct sheet *sheet, const struct segment *own);

#endif
