/*
 * address.h - finds e-mail addresses and joins their parts: in small print the model sees spaces around @ and points.
 */
#ifndef LINCE_TEXT_ADDRESS_H
#define LINCE_TEXT_ADDRESS_H

#include <stdbool.h>

#include "text/alphabet.h"
#include "text/recognise.h"

/* Sets `joined[i]` for each glyph that continues an address from the glyph before it. */
void address_join(const struct reading *reading, const struct alphabet *alphabet, const struct ink *ink, bool *joined);

#endif
