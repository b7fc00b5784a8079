/* engine_options.c - passes the options of the command line to the one loader of settings. */
#include "cli/engine_options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

enum { FLAG_LIMIT = SETTING_COUNT_OF_ENGINE + 1 };

struct flags {
    char *items[FLAG_LIMIT + 1]; /* "name=value"; ends with NULL */
    size_t count;
};

/* False without memory. */
static bool flag_add(struct flags *flags, const char *name, const char *value) {
    if (value == NULL) {
        return true;
    }
    size_t bytes = strlen(name) + strlen(value) + 2;
    char *text = malloc(bytes);
    if (text == NULL) {
        return false;
    }
    snprintf(text, bytes, "%s=%s", name, value);
    flags->items[flags->count++] = text;
    return true;
}

enum lince_status engine_options_load(const struct engine_texts *texts, struct settings *settings,
                                      struct lince_error *error) {
    struct flags flags = {0};
    bool is_whole = flag_add(&flags, "config", texts->config);
    for (int i = 0; i < SETTING_COUNT_OF_ENGINE && is_whole; i++) {
        is_whole = flag_add(&flags, setting_specs[SETTING_FIRST_OF_ENGINE + i].name, texts->texts[i]);
    }
    enum lince_status status = is_whole ? settings_load_engine(settings, "read", flags.items, error)
                                        : error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the settings",
                                                    "no hay memoria para los ajustes");
    for (size_t i = 0; i < flags.count; i++) {
        free(flags.items[i]);
    }
    return status;
}
