/*
 * messenger.h - who sent an image through a messenger, when and with what words: from the file's name or a side JSON.
 *
 * The name: [YYYYMMDD-]X--DIGITS@lid_NAME_HH-MM[_YYYYMMDD_HHMMSS_mmm].EXT, with X the number of a draw (a letter or 1
 * to 99) and the last part the time of an upload. The side file is NAME.metadata.json or NAME.json in the image's
 * folder (the image's extension replaced, or kept). The side file overrides the name. All texts are passed on byte for
 * byte.
 */
#ifndef LINCE_EARLIER_MESSENGER_H
#define LINCE_EARLIER_MESSENGER_H

#include <stdbool.h>
#include <stdint.h>

#include "lince.h"
#include "output/records/extra.h"

struct arena;

/* Texts are never NULL: an unknown one is "". */
struct messenger {
    const char *draw_date;   /* "20990102" */
    const char *draw_number; /* "C", "07" */
    const char *sender_id;   /* "111222333@lid" */
    const char *sender_name; /* "Zoe", as sent */
    const char *sent_time;   /* "09-15" */
    const char *caption, *other_value;
    uint64_t arrival_number; /* 0: unknown */
    bool from_name, from_side_file;
};

/* Fills in the parts of the name; false when memory is refused. A name of another form leaves all empty. */
bool messenger_from_name(struct arena *arena, const char *name, struct messenger *messenger);

/*
 * Reads the name, then the side file of the image at `path`, which overrides it. A side file that is no JSON object is
 * an error (DAMAGED); a missing one is not.
 */
enum lince_status messenger_read(struct arena *arena, const char *path, struct messenger *messenger,
                                 struct lince_error *error);

/* As an object "messenger" in JSON and as columns in tables. Borrows the texts. NULL: nothing is known. */
enum { MESSENGER_MEMBERS = 8 };
struct messenger_extra {
    struct extra extra;
    struct extra_member members[MESSENGER_MEMBERS];
};
void messenger_extra_make(const struct messenger *messenger, struct messenger_extra *made);

#endif
