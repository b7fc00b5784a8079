/* passed_text.c - opens the layouts and prints which files are passed over. */
#include "fields/learn/passed_text.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

enum lince_status passed_layouts_open(const char *data, struct lince_layouts **layouts, struct lince_error *error) {
    struct lince_layouts_options options = LINCE_LAYOUTS_OPTIONS_DEFAULTS;
    char folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%s/layouts", data);
    options.learned = folder;
    options.folder = getenv("LINCE_LAYOUTS");
    return lince_layouts_open(&options, layouts, error);
}

void passed_print(const struct lince_layouts *layouts, const char *before, enum lince_language language, FILE *out) {
    const char *file, *reason;
    size_t told = 0, passed = lince_layouts_passed_count(layouts);
    for (; (file = lince_layouts_passed(layouts, told, &reason)) != NULL; told++) {
        bool is_named = strstr(reason, file) != NULL;
        fprintf(out, "%s%s%s%s\n", before, is_named ? "" : file, is_named ? "" : ": ", reason);
    }
    if (told < passed) {
        fprintf(out, in_language(language, "%sand %zu more\n", "%sy %zu más\n"), before, passed - told);
    }
}
