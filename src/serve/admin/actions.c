/* actions.c - actions beside a running service, by name, on the store of the data folder. */
#include "serve/admin/actions.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "config/settings.h"
#include "serve/admin/action_flags.h"

enum { EXIT_FAILED = 1, EXIT_WRONG = 2, EXIT_DATA = 74, EXIT_MEMORY = 75 };

static int exit_code_of(enum lince_status status) {
    return status == LINCE_ERROR_ARGUMENT       ? EXIT_WRONG
           : status == LINCE_ERROR_NOT_FOUND    ? EXIT_FAILED
           : status == LINCE_ERROR_MEMORY_LIMIT ? EXIT_MEMORY
                                                : EXIT_DATA;
}

static enum lince_status on_store(const char *action, const struct settings *settings, char *const *flags,
                                  char *const *operands, struct lince_error *error) {
    struct store *store = NULL;
    bool is_keys = strncmp(action, "keys-", 5) == 0;
    const struct store_place place = {SETTING_TEXT_OF(settings, data), SETTING_TEXT_OF(settings, store), false, false,
                                      SETTING_TEXT_OF(settings, images)};
    /* A key may be made before the service first runs; then no other process has the folder. */
    enum lince_status status = store_open(&place, STORE_VISIT, &store, error);
    if (status != LINCE_OK && is_keys && !store_place_is_shared(&place)) {
        status = store_open(&place, STORE_SERVE, &store, error);
    }
    if (status == LINCE_OK && strcmp(action, "learn") == 0) {
        status = learn_action(place.folder, store, flags, error->language, error);
    } else if (status == LINCE_OK && strncmp(action, "parties-", 8) == 0) {
        status = parties_action(action, store, operands, error);
    } else if (status == LINCE_OK) {
        status = is_keys ? keys_action(action, store, flags, operands, error)
                         : backup_action(action, store, place.folder, operands, error);
    }
    store_close(store);
    return status;
}

int action_run(const char *action, char *const *flags, char *const *operands, enum lince_language language) {
    struct settings settings;
    struct lince_error error = LINCE_ERROR_INIT;
    error.language = language;
    enum lince_status status = settings_load(&settings, flags, &error);
    if (status == LINCE_OK) {
        if (strcmp(action, "config") == 0) {
            settings_print(&settings, language, stdout);
        } else if (strcmp(action, "memory-plan") == 0) {
            status = plan_action(&settings, &error);
        } else if (strcmp(action, "store-copy") == 0) {
            status = copy_action(flags, operands, &error);
        } else if (strcmp(action, "restore") == 0) {
            status = SETTING_TEXT_OF(&settings, store)[0] == '\0'
                         ? backup_restore(SETTING_TEXT_OF(&settings, data), operands, &error)
                         : error_set(&error, LINCE_ERROR_ARGUMENT,
                                     "a store on PostgreSQL is restored with its own tools: pg_restore, psql",
                                     "un almacén en PostgreSQL se recupera con sus propias herramientas: pg_restore, "
                                     "psql");
        } else {
            status = on_store(action, &settings, flags, operands, &error);
        }
        settings_free(&settings);
    }
    if (status != LINCE_OK) {
        fprintf(stderr, "lince: %s\n", error.message);
        return exit_code_of(status);
    }
    return fflush(stdout) == 0 ? 0 : EXIT_DATA;
}
