/* check_digit.h - check digits of ids, tax numbers and accounts: the algorithms that country packs name. */
#ifndef LINCE_FIELDS_COUNTRIES_CHECK_DIGIT_H
#define LINCE_FIELDS_COUNTRIES_CHECK_DIGIT_H

#include <stdbool.h>

/* Whether the check digit of a value in canonical form (letters and digits only) is right. False for another form. */
typedef bool (*check_digit)(const char *value);

/* "cl-rut", "br-cpf", ...; NULL if there is none with that name. */
check_digit check_digit_find(const char *name);

#endif
