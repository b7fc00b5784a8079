/* pdf_profile.c - the three primaries of IEC 61966-2-1, adapted to D50, and a gamma of 2.2. */
#include "output/pdf/pdf_profile.h"

#include "base/buffer.h"
#include "output/pdf/binary.h"

enum { HEADER_BYTES = 128, TAG_COUNT = 9, TAG_BYTES = 12, XYZ_BYTES = 20, CURVE_BYTES = 14, TEXT_HEAD_BYTES = 8 };
enum { DESCRIPTION_BYTES = 12 + 5 + 8 + 70, CURVE_GAMMA = 0x0233 };

static const char description[] = "sRGB", copyright[] = "No rights reserved";

/* X, Y and Z in parts of 65536: the white point and the primaries. */
static const uint32_t colours[4][3] = {
    {0xF6D6, 0x10000, 0xD32D}, {0x6FA2, 0x38F5, 0x0390}, {0x6299, 0xB785, 0x18DA}, {0x24A0, 0x0F84, 0xB6CF}};

static void header_put(struct binary *profile, uint32_t size_bytes) {
    binary_put_32(profile, size_bytes);
    binary_put_zeros(profile, 4);
    binary_put_32(profile, 0x02100000);
    binary_put_text(profile, "mntrRGB XYZ ");
    static const int date[] = {2026, 1, 1, 0, 0, 0};
    for (size_t i = 0; i < sizeof date / sizeof *date; i++) {
        binary_put_16(profile, date[i]);
    }
    binary_put_text(profile, "acsp");
    binary_put_zeros(profile, 28);
    for (int i = 0; i < 3; i++) {
        binary_put_32(profile, colours[0][i]);
    }
    binary_put_zeros(profile, HEADER_BYTES - profile->used_bytes);
}

static void tag_put(struct binary *profile, const char *name, uint32_t at, uint32_t size_bytes) {
    binary_put_text(profile, name);
    binary_put_32(profile, at);
    binary_put_32(profile, size_bytes);
}

static uint32_t in_words(uint32_t size_bytes) {
    return (size_bytes + 3) & ~3u;
}

static void fill(struct binary *profile) {
    binary_put_zeros(profile, (4 - profile->used_bytes % 4) % 4);
}

void pdf_profile_append(struct buffer *buffer) {
    static const char *const names[4] = {"wtpt", "rXYZ", "gXYZ", "bXYZ"}, *const curves[3] = {"rTRC", "gTRC", "bTRC"};
    uint32_t at = HEADER_BYTES + 4 + TAG_COUNT * TAG_BYTES, copyright_bytes = TEXT_HEAD_BYTES + sizeof copyright;
    uint32_t xyz_at = at + in_words(DESCRIPTION_BYTES) + in_words(copyright_bytes), curve_at = xyz_at + 4 * XYZ_BYTES;
    struct binary profile = {.used_bytes = 0};
    header_put(&profile, curve_at + in_words(CURVE_BYTES));
    binary_put_32(&profile, TAG_COUNT);
    tag_put(&profile, "desc", at, DESCRIPTION_BYTES);
    tag_put(&profile, "cprt", at + in_words(DESCRIPTION_BYTES), copyright_bytes);
    for (uint32_t i = 0; i < 4; i++) {
        tag_put(&profile, names[i], xyz_at + i * XYZ_BYTES, XYZ_BYTES);
    }
    for (int i = 0; i < 3; i++) {
        tag_put(&profile, curves[i], curve_at, CURVE_BYTES);
    }
    binary_put_text(&profile, "desc");
    binary_put_zeros(&profile, 4);
    binary_put_32(&profile, sizeof description);
    binary_put_text(&profile, description);
    binary_put_zeros(&profile, 1 + 8 + 70);
    fill(&profile);
    binary_put_text(&profile, "text");
    binary_put_zeros(&profile, 4);
    binary_put_text(&profile, copyright);
    binary_put_zeros(&profile, 1);
    fill(&profile);
    for (int i = 0; i < 4; i++) {
        binary_put_text(&profile, "XYZ ");
        binary_put_zeros(&profile, 4);
        for (int axis = 0; axis < 3; axis++) {
            binary_put_32(&profile, colours[i][axis]);
        }
    }
    binary_put_text(&profile, "curv");
    binary_put_zeros(&profile, 4);
    binary_put_32(&profile, 1);
    binary_put_16(&profile, CURVE_GAMMA);
    fill(&profile);
    buffer_format(buffer, "<< /N 3 /Length %zu >>\nstream\n", profile.used_bytes);
    buffer_append(buffer, profile.bytes, profile.used_bytes);
    buffer_text(buffer, "\nendstream");
}
