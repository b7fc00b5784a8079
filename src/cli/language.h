/* language.h - the language in which the program speaks to the person who started it. */
#ifndef LINCE_CLI_LANGUAGE_H
#define LINCE_CLI_LANGUAGE_H

#include "lince.h"

/*
 * Spanish when the first of LINCE_LANG, LC_ALL, LC_MESSAGES and LANG that is set and not empty names it ("es",
 * "es_VE.UTF-8", "es-MX"), else English. No locale need be installed.
 */
enum lince_language language_of_environment(void);

/*
 * Prints "lince: ..." and a line feed to standard error, in one write. Whatever a name of a file brings along, it is
 * one line, and no terminal is told to do anything: control characters and bytes that are not UTF-8 stand as \xNN.
 */
void language_complain(enum lince_language language, const char *english, const char *spanish, ...)
    __attribute__((format(printf, 2, 4), format(printf, 3, 4)));

#endif
