/*
 * zip.h - the files in a ZIP archive, one after another, in constant memory.
 *
 * The archive's own list is walked in place, so its length does not count. Nothing is written to the disk by the names
 * in it: they are labels. An archive that belongs to a program (OOXML, OpenDocument, EPUB, JAR) is refused as a whole.
 */
#ifndef LINCE_ARCHIVE_ZIP_H
#define LINCE_ARCHIVE_ZIP_H

#include <stdbool.h>
#include <string.h>

#include "image/source.h"
#include "lince.h"

struct meter;
struct zip;

enum { ZIP_NAME_BYTES = 512 };

/* What an archive may hold before it is refused. Archives in it count as it does, down to ZIP_DEPTH_LIMIT. */
enum { ZIP_DEPTH_LIMIT = 3, ZIP_RATIO_LIMIT = 400 };
#define ZIP_RATIO_FREE_BYTES (UINT64_C(16) << 20) /* an entry this large may be packed however well */

enum zip_kind {
    ZIP_FILE,    /* begins like an image or document that is read */
    ZIP_ARCHIVE, /* begins like another archive */
    ZIP_REFUSED, /* `error` says why */
};

struct zip_entry {
    char name[ZIP_NAME_BYTES]; /* UTF-8, without control characters, without ways up or to a root; never empty */
    enum zip_kind kind;
    uint64_t size_bytes; /* as it says itself */
    struct lince_error error;
};

/* Where an entry is in the archive's list; zero: the first. */
struct zip_place {
    uint64_t at, number;
};

/* Whether bytes begin like a ZIP archive. Inline: the service looks at uploads, and has no library that unpacks them.
 */
static inline bool zip_begins(const uint8_t *bytes, size_t bytes_count) {
    return bytes_count >= 4 && (memcmp(bytes, "PK\3\4", 4) == 0 || memcmp(bytes, "PK\5\6", 4) == 0);
}

/* Opens and gives an archive, which lives on `meter`. Borrows what the source borrows. DAMAGED, EMPTY, MEMORY_LIMIT. */
enum lince_status zip_open(const struct source *source, struct meter *meter, struct zip **zip,
                           struct lince_error *error);
void zip_close(struct zip *zip); /* NULL is allowed */

/* Walks the whole list. TOO_LARGE with more than `entries_most` entries; UNKNOWN_FORMAT if it belongs to a program. */
enum lince_status zip_check(struct zip *zip, uint64_t entries_most, struct lince_error *error);

/*
 * Gives the entry at the place, or the next one, which is no folder; `found` is false at the end. An entry that is
 * refused does not end it. Messages are in the language of `error`. DAMAGED if the list breaks off.
 */
enum lince_status zip_next(struct zip *zip, struct zip_entry *entry, bool *found, struct lince_error *error);

/* Of the entry that zip_next gave, from 1, folders counted. */
uint64_t zip_number(const struct zip *zip);

/* Before zip_next: the entry that it gives. False if the place is none of this archive. */
bool zip_go_to(struct zip *zip, const struct zip_place *place);
/* After zip_next: where it goes on; false at the end. */
bool zip_place_after(struct zip *zip, struct zip_place *place);

/*
 * The next bytes of the entry that zip_next gave. `count` is 0 at its end, where its checksum is right. DAMAGED if it
 * is not, or if the entry has more bytes than it says.
 */
enum lince_status zip_read(struct zip *zip, void *bytes, size_t most, size_t *count, struct lince_error *error);

#endif
