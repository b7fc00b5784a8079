/* zip_name.h - makes the name of an entry fit to be shown. */
#ifndef LINCE_ARCHIVE_ZIP_NAME_H
#define LINCE_ARCHIVE_ZIP_NAME_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Writes the name as UTF-8, folders and all, without drives, roots and ways up, and with an underscore for each control
 * character. Without the archive's word for UTF-8, what is no UTF-8 is taken for code page 437, as the format says.
 * What is left empty is named by `number`.
 */
void zip_name_clean(const char *stored, bool is_utf8, size_t number, char *name, size_t room);

#endif
