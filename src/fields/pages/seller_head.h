/* seller_head.h - whether a page begins as a seller's paper does. */
#ifndef LINCE_FIELDS_PAGES_SELLER_HEAD_H
#define LINCE_FIELDS_PAGES_SELLER_HEAD_H

#include "fields/search.h"

/*
 * Whether a firm's tax number, right by its check digit, is alone of its kind and in the rows below the first one,
 * which is no label ("PARK FACIL LTDA" above "CNPJ 81.272.344/0001-51"), and an amount has its sign: a laboratory's
 * results have none. Needs the labels and the candidates.
 */
bool seller_heads_page(const struct search *search);
/* The same whether or not an amount has a sign. */
bool seller_is_alone(const struct search *search);

#endif
