/*
 * package.c - reads parts with minizip and expat. Documents that declare entities are refused, because entities could
 * expand without limit.
 */
#include "statement/package.h"

#include <string.h>
#include <unzip.h>

#include "base/error.h"
#include "base/meter.h"
#include "statement/statement.h"

/* Expat scans a token again with each chunk until it is whole: one of many megabytes would take minutes. */
enum { CHUNK_BYTES = 8192, TOKEN_MOST_BYTES = 256 << 10 };

static enum lince_status damaged(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_DAMAGED,
                     "the workbook is damaged, or is no workbook; open it, save it as .xlsx and send that",
                     "el libro está dañado, o no es un libro; ábralo, guárdelo como .xlsx y envíe ese");
}

static enum lince_status no_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory to read the workbook; raise the memory limit",
                     "no hay memoria para leer el libro; suba el límite de memoria");
}

/* ---- a file in memory, as minizip reads it; no system call is needed ---- */

static void *bytes_open(void *context, const void *name, int mode) {
    (void)name;
    return (mode & ZLIB_FILEFUNC_MODE_CREATE) != 0 ? NULL : context;
}

static uLong bytes_read(void *context, void *stream, void *room, uLong size) {
    struct package *package = stream;
    uint64_t rest = package->count - package->at, count = size < rest ? size : rest;
    (void)context;
    memcpy(room, package->bytes + package->at, count);
    package->at += count;
    return (uLong)count;
}

static uLong bytes_write(void *context, void *stream, const void *bytes, uLong size) {
    (void)context, (void)stream, (void)bytes, (void)size;
    return 0;
}

static ZPOS64_T bytes_tell(void *context, void *stream) {
    (void)context;
    return ((const struct package *)stream)->at;
}

static long bytes_seek(void *context, void *stream, ZPOS64_T offset, int origin) {
    struct package *package = stream;
    uint64_t from = origin == ZLIB_FILEFUNC_SEEK_CUR   ? package->at
                    : origin == ZLIB_FILEFUNC_SEEK_END ? package->count
                                                       : 0;
    (void)context;
    if (offset > package->count - from) {
        return -1;
    }
    package->at = from + offset;
    return 0;
}

static int bytes_close(void *context, void *stream) {
    (void)context, (void)stream;
    return 0;
}

static int bytes_error(void *context, void *stream) {
    (void)context, (void)stream;
    return 0;
}

enum lince_status package_open(const void *bytes, size_t count, struct meter *meter, struct package *package,
                               struct lince_error *error) {
    zlib_filefunc64_def functions = {bytes_open, bytes_read,  bytes_write, bytes_tell,
                                     bytes_seek, bytes_close, bytes_error, package};
    *package = (struct package){.meter = meter, .bytes = bytes, .count = count};
    package->archive = unzOpen2_64("", &functions);
    return package->archive == NULL ? damaged(error) : LINCE_OK;
}

void package_close(struct package *package) {
    if (package->archive != NULL) {
        unzClose(package->archive);
    }
}

/* ---- expat on a meter: its functions have no context, so each thread sets the meter ---- */

static _Thread_local struct meter *xml_meter;
static _Thread_local bool xml_was_refused;

static void *noted(void *block) {
    xml_was_refused = xml_was_refused || block == NULL;
    return block;
}

static void *xml_allocate(size_t bytes) {
    return noted(meter_allocate(xml_meter, bytes));
}

static void *xml_reallocate(void *block, size_t bytes) {
    return noted(block == NULL ? meter_allocate(xml_meter, bytes) : meter_reallocate(xml_meter, block, bytes));
}

static const XML_Memory_Handling_Suite xml_memory = {xml_allocate, xml_reallocate, meter_free};

/* ---- one part ---- */

struct part {
    const struct part_handlers *handlers;
    void *context;
    XML_Parser parser;
    bool has_document_type;
    uint64_t quiet_bytes; /* read since the last element or text */
};

static const char *name_local(const char *name) {
    const char *colon = strrchr(name, ':');
    return colon == NULL ? name : colon + 1;
}

const char *package_part_attribute(const char **attributes, const char *name) {
    for (; attributes[0] != NULL; attributes += 2) {
        if (strcmp(name_local(attributes[0]), name) == 0) {
            return attributes[1];
        }
    }
    return NULL;
}

static void element_begin(void *data, const XML_Char *name, const XML_Char **attributes) {
    struct part *part = data;
    part->quiet_bytes = 0;
    part->handlers->begin(part->context, part->parser, name_local(name), attributes);
}

static void element_end(void *data, const XML_Char *name) {
    struct part *part = data;
    part->quiet_bytes = 0;
    part->handlers->end(part->context, part->parser, name_local(name));
}

static void text_came(void *data, const XML_Char *bytes, int count) {
    struct part *part = data;
    part->quiet_bytes = 0;
    part->handlers->text(part->context, bytes, (size_t)count);
}

static void document_type_came(void *data, const XML_Char *name, const XML_Char *system, const XML_Char *public,
                               int has_subset) {
    struct part *part = data;
    (void)name, (void)system, (void)public, (void)has_subset;
    part->has_document_type = true;
    XML_StopParser(part->parser, XML_FALSE);
}

static enum lince_status chunks_parse(struct package *package, struct part *part, struct lince_error *error) {
    uint64_t total = 0;
    for (;;) {
        void *chunk = XML_GetBuffer(part->parser, CHUNK_BYTES);
        int count = chunk == NULL ? 0 : unzReadCurrentFile(package->archive, chunk, CHUNK_BYTES);
        if (chunk == NULL || xml_was_refused) {
            return no_memory(error);
        }
        if (count < 0) {
            return damaged(error);
        }
        total += (uint64_t)count;
        part->quiet_bytes += (uint64_t)count;
        if (part->quiet_bytes > TOKEN_MOST_BYTES) {
            return damaged(error);
        }
        if (total > (uint64_t)STATEMENT_UNPACKED_MB << 20) {
            return error_set(
                error, LINCE_ERROR_TOO_LARGE, "the workbook unpacks to more than %d MB; export fewer days at a time",
                "el libro ocupa más de %d MB desempaquetado; exporte menos días cada vez", STATEMENT_UNPACKED_MB);
        }
        if (XML_ParseBuffer(part->parser, count, count == 0) != XML_STATUS_OK) {
            bool is_stopped = XML_GetErrorCode(part->parser) == XML_ERROR_ABORTED && !part->has_document_type;
            return is_stopped ? LINCE_OK : xml_was_refused ? no_memory(error) : damaged(error);
        }
        if (count == 0) {
            return LINCE_OK;
        }
    }
}

enum lince_status package_parse(struct package *package, const char *name, const struct part_handlers *handlers,
                                void *context, bool *found, struct lince_error *error) {
    *found = unzLocateFile(package->archive, name, 2) == UNZ_OK;
    if (!*found) {
        return LINCE_OK;
    }
    if (unzOpenCurrentFile(package->archive) != UNZ_OK) {
        return damaged(error);
    }
    struct meter *before = xml_meter;
    xml_meter = package->meter;
    xml_was_refused = false;
    struct part part = {handlers, context, XML_ParserCreate_MM(NULL, &xml_memory, NULL), false, 0};
    enum lince_status status = LINCE_OK;
    if (part.parser == NULL) {
        status = no_memory(error);
    } else {
        XML_SetUserData(part.parser, &part);
        XML_SetElementHandler(part.parser, element_begin, element_end);
        XML_SetCharacterDataHandler(part.parser, text_came);
        XML_SetStartDoctypeDeclHandler(part.parser, document_type_came);
        status = chunks_parse(package, &part, error);
        XML_ParserFree(part.parser);
    }
    xml_meter = before;
    unzCloseCurrentFile(package->archive);
    return status;
}
