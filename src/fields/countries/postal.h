/* postal.h - a region and its postal code, as an address prints them: "Salina, KS 67401". */
#ifndef LINCE_FIELDS_COUNTRIES_POSTAL_H
#define LINCE_FIELDS_COUNTRIES_POSTAL_H

#include "fields/countries/country.h"

enum { POSTAL_TEXT_MOST = 24 };

/* Reads "KS 66000-67999". False: it has another form. */
bool postal_range_parse(const char *text, struct postal_range *range);

/* Whether the text has a region of the country, and a postal code of that region behind it. Gives both as bytes. */
bool postal_find(const struct country *country, const char *text, size_t bytes, size_t *from, size_t *to);

#endif
