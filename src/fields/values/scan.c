/* scan.c - the signs that hide digits. */
#include "fields/values/scan.h"

#include <stdint.h>

#include "base/utf8.h"

size_t scan_mask(const char *text, size_t bytes, bool crosses) {
    if (bytes == 0) {
        return 0;
    }
    if (text[0] == '*' || text[0] == '#' || (crosses && (text[0] == 'x' || text[0] == 'X'))) {
        return 1;
    }
    if (((unsigned char)text[0] & 0x80) == 0) {
        return 0;
    }
    /* Bullets, dots, circles, squares, times signs, asterisks and ellipses. */
    static const int32_t signs[] = {0x2022, 0x00B7, 0x25CF, 0x2219, 0x22C5, 0x2217, 0x30FB, 0x25AA, 0x25E6, 0x25CB,
                                    0x2B24, 0x26AB, 0x00D7, 0xFF0A, 0x2024, 0x2027, 0x25A0, 0x2026, 0x22EF};
    int32_t code_point;
    size_t taken = utf8_next(text, bytes, &code_point);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (signs[i] == code_point) {
            return taken;
        }
    }
    return 0;
}
