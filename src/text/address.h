/*
 * address.h - an e-mail address has no space in it, though the model sees some around @ and points in small print.
 */
#ifndef LINCE_TEXT_ADDRESS_H
#define LINCE_TEXT_ADDRESS_H

#include <stdbool.h>

#include "text/alphabet.h"
#include "text/recognise.h"

/* Sets `joined`, one for each glyph, where a glyph continues an address with the one before it. */
void address_join(const struct reading *reading, const struct alphabet *alphabet, const struct ink *ink, bool *joined);

#endif
