/* signature.c - the first bytes of JPEG, PNG, WebP, BMP, GIF, TIFF, PDF, HEIC, AVIF, JPEG XL, JPEG 2000 and PNM. */
#include "cli/read/signature.h"

#include <string.h>
#include <strings.h>

#include "image/header/pnm_header.h"

/* '?' in the mask: any byte. BMP is checked for its reserved zeros too, because a list of names may begin with "BM". */
static const struct {
    const char bytes[SIGNATURE_BYTES + 1], mask[SIGNATURE_BYTES + 1];
} patterns[] = {
    {"\xff\xd8\xff", "==="},
    {"\x89PNG\r\n\x1a\n", "========"},
    {"RIFF\0\0\0\0WEBP", "====\?\?\?\?===="},
    {"BM\0\0\0\0\0\0\0\0", "==\?\?\?\?===="},
    {"GIF87a", "======"},
    {"GIF89a", "======"},
    {"%PDF-", "====="},
    {"\0\0\0\0ftyphei", "===\?======="},
    {"\0\0\0\0ftypmif1", "===\?========"},
    {"\0\0\0\0ftypavi", "===\?======="},
    {"\0\0\0\x0CJXL \r\n\x87\n", "============"},
    {"\xff\x0a", "=="},
    {"\0\0\0\x0CjP  \r\n\x87\n", "============"},
    {"\xff\x4f\xff\x51", "===="},
    {"II*\0", "===="},
    {"MM\0*", "===="},
    {"II+\0", "===="},
    {"MM\0+", "===="},
};

static enum signature match(const char *pattern, const char *mask, const unsigned char *bytes, size_t bytes_count) {
    for (size_t i = 0; mask[i] != '\0'; i++) {
        if (i >= bytes_count) {
            return SIGNATURE_UNDECIDED;
        }
        if (mask[i] == '=' && (unsigned char)pattern[i] != bytes[i]) {
            return SIGNATURE_NONE;
        }
    }
    return SIGNATURE_IMAGE;
}

enum signature signature_of(const unsigned char *bytes, size_t bytes_count) {
    if (pnm_begins(bytes, bytes_count)) {
        return SIGNATURE_IMAGE;
    }
    bool is_short_pnm = bytes_count > 0 && bytes_count < 4 && bytes[0] == 'P';
    enum signature best = is_short_pnm ? SIGNATURE_UNDECIDED : SIGNATURE_NONE;
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        enum signature found = match(patterns[i].bytes, patterns[i].mask, bytes, bytes_count);
        if (found == SIGNATURE_IMAGE) {
            return found;
        }
        best = found == SIGNATURE_UNDECIDED ? found : best;
    }
    return best;
}

bool signature_name_is_of_image(const char *name) {
    static const char *const endings[] = {".jpg", ".jpeg", ".png",  ".webp", ".bmp", ".gif", ".tif", ".tiff",
                                          ".pdf", ".heic", ".heif", ".avif", ".jxl", ".jp2", ".j2k", ".jpx",
                                          ".jpf", ".pnm",  ".pbm",  ".pgm",  ".ppm", ".pam", ".mpo", ".zip"};
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot != NULL && i < sizeof endings / sizeof *endings; i++) {
        if (strcasecmp(dot, endings[i]) == 0) {
            return true;
        }
    }
    return false;
}
