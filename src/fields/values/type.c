/* type.c - the names of the types, and the signs of masks. */
#include <string.h>

#include "base/fold.h"
#include "base/utf8.h"
#include "fields/values/scan.h"
#include "fields/values/value.h"

static const char *const names[VALUE_TYPE_COUNT] = {
    [VALUE_MONEY] = "money",     [VALUE_CURRENCY] = "currency", [VALUE_DATE] = "date",
    [VALUE_TIME] = "time",       [VALUE_PHONE] = "phone",       [VALUE_ID] = "id",
    [VALUE_BANK] = "bank",       [VALUE_ACCOUNT] = "account",   [VALUE_REFERENCE] = "reference",
    [VALUE_EMAIL] = "email",     [VALUE_NAME] = "name",         [VALUE_TEXT] = "text",
    [VALUE_COMPANY] = "company", [VALUE_ADDRESS] = "address",   [VALUE_ITEMS] = "items",
};

const char *value_type_name(enum value_type type) {
    return (size_t)type < VALUE_TYPE_COUNT ? names[type] : NULL;
}

bool value_type_from_name(const char *name, enum value_type *type) {
    for (size_t i = 0; i < VALUE_TYPE_COUNT; i++) {
        if (strcmp(names[i], name) == 0) {
            *type = (enum value_type)i;
            return true;
        }
    }
    return false;
}

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
