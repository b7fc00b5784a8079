/* language.c - from the environment to a language, and the system's reasons in both. */
#include "cli/language.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

enum lince_language language_of_environment(void) {
    static const char *const variables[] = {"LINCE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *value = getenv(variables[i]);
        if (value != NULL && *value != '\0') {
            return strncmp(value, "es", 2) == 0 && strchr("_-.@", value[2]) != NULL ? LINCE_SPANISH : LINCE_ENGLISH;
        }
    }
    return LINCE_ENGLISH;
}

/* Those that a person meets; strerror knows Spanish only where that locale is installed. */
static const struct {
    int number;
    const char *english, *spanish;
} reasons[] = {
    {ENOENT, "no such file or folder", "no existe ese archivo o carpeta"},
    {EACCES, "permission denied", "permiso denegado"},
    {EPERM, "operation not permitted", "operación no permitida"},
    {ENOTDIR, "not a folder", "no es una carpeta"},
    {EISDIR, "is a folder", "es una carpeta"},
    {EEXIST, "already exists", "ya existe"},
    {ENOSPC, "no space left on the disk", "no queda espacio en el disco"},
    {EDQUOT, "disk quota exceeded", "cuota de disco agotada"},
    {EFBIG, "file too large", "archivo demasiado grande"},
    {EROFS, "read-only file system", "sistema de archivos de solo lectura"},
    {EPIPE, "the reader closed the pipe", "quien leía cerró la tubería"},
    {EIO, "input/output error", "error de entrada/salida"},
    {EMFILE, "too many open files", "demasiados archivos abiertos"},
    {ENFILE, "too many open files in the system", "demasiados archivos abiertos en el sistema"},
    {ENAMETOOLONG, "name too long", "nombre demasiado largo"},
    {ELOOP, "too many symbolic links", "demasiados enlaces simbólicos"},
    {ENOMEM, "out of memory", "memoria agotada"},
    {EAGAIN, "resource in use", "recurso ocupado"},
};

const char *language_reason(enum lince_language language, int error_number) {
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        if (reasons[i].number == error_number) {
            return in_language(language, reasons[i].english, reasons[i].spanish);
        }
    }
    return strerror(error_number);
}

void language_complain(enum lince_language language, const char *english, const char *spanish, ...) {
    char text[1024] = "lince: ";
    size_t used = strlen(text);
    va_list arguments;
    va_start(arguments, spanish);
    vsnprintf(text + used, sizeof text - used - 1, in_language(language, english, spanish), arguments);
    va_end(arguments);
    used = strlen(text);
    text[used] = '\n';
    fwrite(text, 1, used + 1, stderr);
}
