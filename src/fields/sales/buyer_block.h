/* buyer_block.h - which rows of a sale are the buyer's: "Bill to", "Señores", "Cliente", and what follows them. */
#ifndef LINCE_FIELDS_SALES_BUYER_BLOCK_H
#define LINCE_FIELDS_SALES_BUYER_BLOCK_H

#include "fields/search.h"

/* Marks the segments of the buyer's block, and gives the labels and candidates in it the buyer's side. Sales only. */
void buyer_block_learn(struct search *search);

#endif
