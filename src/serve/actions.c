/* actions.c - the table of actions. */
#include "serve/actions.h"

#include <stdio.h>
#include <string.h>

#include "serve/settings.h"

static int config_print(char *const *flags, char *const *operands, enum lince_language language) {
    struct settings settings;
    struct lince_error error = LINCE_ERROR_INIT;
    (void)operands;
    error.language = language;
    if (settings_load(&settings, flags, &error) != LINCE_OK) {
        fprintf(stderr, "lince: %s\n", error.message);
        return 2;
    }
    settings_print(&settings, language, stdout);
    settings_free(&settings);
    return fflush(stdout) == 0 ? 0 : 74;
}

static const struct {
    const char *name;
    int (*run)(char *const *flags, char *const *operands, enum lince_language language);
} actions[] = {{"config", config_print}};

int action_run(const char *action, char *const *flags, char *const *operands, enum lince_language language) {
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (strcmp(actions[i].name, action) == 0) {
            return actions[i].run(flags, operands, language);
        }
    }
    fprintf(stderr, "lince-service: %s\n", action);
    return 2;
}
