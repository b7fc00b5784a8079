/* package.h - an XLSX file as a ZIP archive of XML parts, each read piece by piece and no further than its limit. */
#ifndef LINCE_STATEMENT_PACKAGE_H
#define LINCE_STATEMENT_PACKAGE_H

#include <expat.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lince.h"

struct meter;

struct package {
    void *archive; /* minizip's */
    struct meter *meter;
    const unsigned char *bytes;
    uint64_t count, at; /* where minizip reads */
};

/* Borrows the bytes and the meter; close it with package_close, and do not move it before. DAMAGED. */
enum lince_status package_open(const void *bytes, size_t count, struct meter *meter, struct package *package,
                               struct lince_error *error);
void package_close(struct package *package);

/*
 * The callbacks for one part. `context` is that of package_parse. A handler that has seen enough, or has failed, calls
 * XML_StopParser on `parser`.
 */
struct part_handlers {
    void (*begin)(void *context, XML_Parser parser, const char *name, const char **attributes);
    void (*end)(void *context, XML_Parser parser, const char *name);
    void (*text)(void *context, const char *bytes, size_t count);
};

/*
 * Parses a part. Names come without their prefix. `found` is false if there is no part with that name. Stopping is no
 * failure. DAMAGED, TOO_LARGE, MEMORY_LIMIT.
 */
enum lince_status package_parse(struct package *package, const char *name, const struct part_handlers *handlers,
                                void *context, bool *found, struct lince_error *error);

/* The value of an attribute, whatever its prefix; NULL if it is missing. */
const char *package_part_attribute(const char **attributes, const char *name);

#endif
