/* service_program.c - finds the service program beside this one, or where it is installed, and executes it. */
#include "cli/service_program.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/reason.h"
#include "cli/language.h"
#include "cli/serve_options.h"
#include "config/settings.h"

enum { ARGUMENTS_LIMIT = 90 };

static bool program_find(char own[PATH_MAX], char service[PATH_MAX]) {
    static const char *const places[] = {"%s/lince-service", "%s/../lib/lince/lince-service"};
    ssize_t length = readlink("/proc/self/exe", own, PATH_MAX - 1);
    if (length <= 0) {
        return false;
    }
    own[length] = '\0';
    char folder[PATH_MAX];
    strcpy(folder, own);
    *strrchr(folder, '/') = '\0';
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (snprintf(service, PATH_MAX, places[i], folder) < PATH_MAX && access(service, X_OK) == 0) {
            return true;
        }
    }
    return false;
}

/* "name=value", on the heap until the process is replaced. */
static char *flag(const char *name, const char *value) {
    size_t bytes = strlen(name) + strlen(value) + 2;
    char *text = malloc(bytes);
    if (text != NULL) {
        snprintf(text, bytes, "%s=%s", name, value);
    }
    return text;
}

int service_become(const struct invocation *invocation, const char *action, const char *const *more) {
    const struct serve_options *options = invocation->options;
    char own[PATH_MAX], service[PATH_MAX];
    char *arguments[ARGUMENTS_LIMIT];
    size_t count = 0;
    if (!program_find(own, service)) {
        language_complain(invocation->language,
                          "lince-service is not beside lince nor in ../lib/lince; install it again",
                          "lince-service no está junto a lince ni en ../lib/lince; instálelo de nuevo");
        return EXIT_CODE_UNAVAILABLE;
    }
    arguments[count++] = service;
    arguments[count++] = own;
    arguments[count++] = (char *)(uintptr_t)action;
    arguments[count++] = (char *)(uintptr_t)(invocation->language == LINCE_SPANISH ? "language=es" : "language=en");
    for (int i = 0; i < SETTING_COUNT_OF_ALL; i++) {
        if (options->texts[i] != NULL) {
            arguments[count++] = flag(setting_specs[i].name, options->texts[i]);
        }
    }
    if (options->config != NULL) {
        arguments[count++] = flag("config", options->config);
    }
    for (; more != NULL && *more != NULL; more += 2) {
        if (more[1] != NULL) {
            arguments[count++] = flag(more[0], more[1]);
        }
    }
    arguments[count++] = (char *)(uintptr_t) "--";
    for (int i = 0; i < invocation->operand_count && count + 1 < ARGUMENTS_LIMIT; i++) {
        arguments[count++] = invocation->operands[i];
    }
    arguments[count] = NULL;
    execv(service, arguments);
    language_complain(invocation->language, "cannot start %s: %s", "no se puede arrancar %s: %s", service,
                      reason_of(invocation->language, errno));
    return EXIT_CODE_UNAVAILABLE;
}
