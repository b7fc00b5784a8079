/* legacy_name.h - what the earlier service read from file names, and the names that it gave files. */
#ifndef LINCE_SERVE_LEGACY_LEGACY_NAME_H
#define LINCE_SERVE_LEGACY_LEGACY_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * File systems allow names of 255 bytes. A result's file name has 40 more than the stored name:
 * "BATCH_20990103_101112_0a1b2c3d_042_", ".json".
 */
enum { LEGACY_PART_BYTES = 128, LEGACY_NAME_BYTES = 255 - 40 + 1 };

/* The parts of "[YYYYMMDD-]X--<digits>@lid_<name>_HH-MM.<ext>"; a missing part is empty. */
struct legacy_sender {
    char draw[LEGACY_PART_BYTES], date[LEGACY_PART_BYTES], id[LEGACY_PART_BYTES], name[LEGACY_PART_BYTES],
        time[LEGACY_PART_BYTES], extension[16];
};

/* False if the name has another form; the extension is still set, in lower case, without the dot. */
bool legacy_name_parse(const char *name, struct legacy_sender *sender);

/* Whether it is accepted: "png", "jpg" and "jpeg", and names without an extension, as png. */
bool legacy_name_is_taken(const char *name);

/* The name under which an image is kept: from the sender's fields if `is_renamed`, otherwise from its own name. */
void legacy_name_make(const char *name, const struct legacy_sender *sender, bool is_renamed, int64_t at_ms,
                      char stored[LEGACY_NAME_BYTES]);

/* Each check returns NULL, or what is wrong, in Spanish. */
const char *legacy_draw_check(const char *draw);
const char *legacy_date_check(const char *date);
const char *legacy_time_check(const char *time);

#endif
