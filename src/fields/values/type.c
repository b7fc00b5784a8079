/* type.c - the names of the types. */
#include <string.h>

#include "fields/values/value.h"

static const char *const names[VALUE_TYPE_COUNT] = {
    [VALUE_MONEY] = "money",     [VALUE_CURRENCY] = "currency", [VALUE_DATE] = "date",
    [VALUE_TIME] = "time",       [VALUE_PHONE] = "phone",       [VALUE_ID] = "id",
    [VALUE_BANK] = "bank",       [VALUE_ACCOUNT] = "account",   [VALUE_REFERENCE] = "reference",
    [VALUE_EMAIL] = "email",     [VALUE_NAME] = "name",         [VALUE_TEXT] = "text",
    [VALUE_COMPANY] = "company", [VALUE_ADDRESS] = "address",   [VALUE_ITEMS] = "items",
    [VALUE_TAXES] = "taxes",     [VALUE_PAYMENTS] = "payments", [VALUE_ZONE] = "zone",
    [VALUE_RATE] = "rate",
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
