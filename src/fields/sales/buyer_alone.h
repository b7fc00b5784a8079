/* buyer_alone.h - a buyer without a label: a second name with its own tax id, below the seller's. */
#ifndef LINCE_FIELDS_SALES_BUYER_ALONE_H
#define LINCE_FIELDS_SALES_BUYER_ALONE_H

#include "fields/search.h"

/* Gives the name and the id the buyer's side. False when memory is refused. */
bool buyer_alone_learn(struct search *search);

#endif
