/* file_name.h - makes a client's file name fit to be shown and stored. */
#ifndef LINCE_SERVE_HTTP_FILE_NAME_H
#define LINCE_SERVE_HTTP_FILE_NAME_H

struct arena;

enum { FILE_NAME_LIMIT_BYTES = 255 };

/*
 * The last part of the name, in the arena: no folders, no control characters, valid UTF-8, never empty, at most
 * FILE_NAME_LIMIT_BYTES. NULL without memory. It is shown and kept in tables; files on the disk are named by content.
 */
const char *file_name_clean(struct arena *arena, const char *name);

#endif
