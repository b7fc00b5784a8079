/* signed_receipt.h - who signs a person's receipt: the seller is named at its foot, or behind "Debe a". */
#ifndef LINCE_FIELDS_SALES_SIGNED_RECEIPT_H
#define LINCE_FIELDS_SALES_SIGNED_RECEIPT_H

#include "fields/search.h"

/* Whether the page says that a person writes and signs it: "Recibí de", "Recibo de alquiler". */
bool signed_receipt_is(const struct search *search);
/*
 * Gives the name's bytes; false if the page is no such receipt or shows no signer. `told`: "Debe a" names the seller.
 * Needs the candidates and the buyer's block.
 */
bool signed_receipt_find(const struct search *search, struct extent *name, bool *told);

#endif
