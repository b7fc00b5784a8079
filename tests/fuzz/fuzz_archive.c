/* fuzz_archive.c - random bytes as a ZIP archive: its list is checked, and every entry named, told apart and unpacked.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "archive/zip.h"
#include "base/meter.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

enum { ENTRIES_MOST = 100, UNPACKED_MOST = 1 << 20 };

static void expect(int truth) {
    if (!truth) {
        abort();
    }
}

static void name_expect(const char *name) {
    expect(name[0] != '\0' && name[0] != '/' && utf8_is_valid(name));
    for (const char *part = name; part != NULL; part = strchr(part, '/')) {
        part += *part == '/';
        expect(*part != '/' && strncmp(part, "../", 3) != 0 && strcmp(part, "..") != 0);
    }
    for (; *name != '\0'; name++) {
        expect((unsigned char)*name >= 0x20 && *name != 0x7f && *name != '\\');
    }
}

/* Unpacks the entry, which has as many bytes as it says or is damaged. */
static void entry_try(struct zip *zip, const struct zip_entry *entry) {
    static uint8_t block[5000];
    struct lince_error error = LINCE_ERROR_INIT;
    uint64_t total = 0;
    size_t got = 1;
    enum lince_status status = LINCE_OK;
    while (status == LINCE_OK && got > 0 && total < UNPACKED_MOST) {
        status = zip_read(zip, block, sizeof block, &got, &error);
        total += got;
    }
    expect(status != LINCE_OK ? error.message[0] != '\0' : total == entry->size_bytes || total >= UNPACKED_MOST);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    struct lince_error error = LINCE_ERROR_INIT;
    struct source source = source_of_bytes(bytes, count);
    struct zip *zip = NULL;
    struct zip_entry entry;
    struct zip_place place = {0};
    struct meter meter;
    bool found = true;
    meter_init(&meter, NULL, "fuzz", METER_NO_LIMIT);
    enum lince_status status = zip_open(&source, &meter, &zip, &error);
    if (status == LINCE_OK) {
        status = zip_check(zip, ENTRIES_MOST, &error);
    }
    /* As the program walks it, and then as the service does, by places. */
    for (int by_place = 0; by_place < 2 && status == LINCE_OK; by_place++) {
        bool goes_on = by_place == 0 || zip_go_to(zip, &place);
        while (goes_on && (status = zip_next(zip, &entry, &found, &error)) == LINCE_OK && found) {
            name_expect(entry.name);
            expect(entry.kind != ZIP_REFUSED || entry.error.message[0] != '\0');
            if (entry.kind != ZIP_REFUSED) {
                entry_try(zip, &entry);
            }
            goes_on = by_place == 0 || (zip_place_after(zip, &place) && zip_go_to(zip, &place));
        }
    }
    expect(status == LINCE_OK || error.message[0] != '\0');
    zip_close(zip);
    expect(meter.current_bytes == 0);
    return 0;
}
