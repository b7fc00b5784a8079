/* language.h - the language of the program's messages. */
#ifndef LINCE_CLI_LANGUAGE_H
#define LINCE_CLI_LANGUAGE_H

#include "lince.h"

/*
 * Spanish if the first of LINCE_LANG, LC_ALL, LC_MESSAGES and LANG that is set and not empty says so ("es",
 * "es_VE.UTF-8", "es-MX"), otherwise English. No locale needs to be installed.
 */
enum lince_language language_of_environment(void);

/*
 * Writes "lince: ..." and a line feed to standard error, in one write. The message is always one line and cannot
 * control a terminal, whatever is in a file's name: control characters and invalid UTF-8 are written as \xNN.
 */
void language_complain(enum lince_language language, const char *english, const char *spanish, ...)
    __attribute__((format(printf, 2, 4), format(printf, 3, 4)));

#endif
