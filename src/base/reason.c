/* reason.c - the system's error numbers in words. */
#include "base/reason.h"

#include <errno.h>
#include <string.h>

#include "base/error.h"

/* The ones that people meet; strerror knows Spanish only if that locale is installed. */
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
    {EPIPE, "the program that read from the pipe closed it", "el programa que leía de la tubería la cerró"},
    {EIO, "input/output error", "error de entrada/salida"},
    {EMFILE, "too many open files", "demasiados archivos abiertos"},
    {ENFILE, "too many open files in the system", "demasiados archivos abiertos en el sistema"},
    {ENAMETOOLONG, "name too long", "nombre demasiado largo"},
    {ELOOP, "too many symbolic links", "demasiados enlaces simbólicos"},
    {ENOMEM, "out of memory", "memoria agotada"},
    {EBADF, "it is not open", "no está abierto"},
    {ENXIO, "there is no such device", "no existe ese dispositivo"},
    {ENODEV, "there is no such device", "no existe ese dispositivo"},
    {EBUSY, "in use", "está en uso"},
    {EINVAL, "the system does not accept it", "el sistema no lo admite"},
    {EADDRINUSE, "the address is in use", "la dirección está ocupada"},
    {EADDRNOTAVAIL, "this machine does not have the address", "esta máquina no tiene esa dirección"},
    {ENOTSUP, "not supported", "no se admite"},
    {ENOSYS, "the system does not have it", "el sistema no lo tiene"},
    {ETIMEDOUT, "no answer in time", "no hubo respuesta a tiempo"},
    {EAGAIN, "resource in use", "recurso ocupado"},
};

const char *reason_of(enum lince_language language, int error_number) {
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        if (reasons[i].number == error_number) {
            return in_language(language, reasons[i].english, reasons[i].spanish);
        }
    }
    return strerror(error_number);
}

const char *reason_for(const struct lince_error *error, int error_number) {
    return reason_of(error == NULL ? LINCE_ENGLISH : error->language, error_number);
}
