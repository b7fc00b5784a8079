/* segments.h - the pieces of a sheet's lines: what a person sees as one piece of text. */
#ifndef LINCE_FIELDS_SHEET_SEGMENTS_H
#define LINCE_FIELDS_SHEET_SEGMENTS_H

#include "fields/sheet.h"

/* Gives the segments of the sheet's lines in `arena`. False when memory is refused. */
bool segments_cut(struct arena *arena, struct sheet *sheet);

#endif
