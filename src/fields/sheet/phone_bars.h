/* phone_bars.h - the bars of a phone's system on a screenshot, which are no part of the receipt. */
#ifndef LINCE_FIELDS_SHEET_PHONE_BARS_H
#define LINCE_FIELDS_SHEET_PHONE_BARS_H

#include "fields/sheet.h"

/* Marks the lines of the bars (`chrome`). */
void phone_bars_mark(struct sheet *sheet);

#endif
