/* own_folders.c - messages as a client may see them: the service's own folders have names there instead of paths. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "serve/http/request.h"

struct own_folder {
    const char *path; /* "" or NULL: none */
    const char *name;
};

static bool may_go_on(char c) {
    return isalnum((unsigned char)c) || (c != '\0' && strchr("-_.", c) != NULL);
}

/*
 * How many bytes of a message are the folder's path at this place. A relative path may be a word of the message, so it
 * counts only with something inside it.
 */
static size_t path_at(const char *message, size_t at, const char *path) {
    size_t bytes = path == NULL ? 0 : strlen(path);
    while (bytes > 1 && path[bytes - 1] == '/') {
        bytes--;
    }
    if (bytes < 2 || strncmp(message + at, path, bytes) != 0 ||
        (at > 0 && (may_go_on(message[at - 1]) || message[at - 1] == '/'))) {
        return 0;
    }
    char next = message[at + bytes];
    return path[0] == '/' ? (may_go_on(next) && next != '.' ? 0 : bytes) : (next == '/' ? bytes : 0);
}

void answer_without_paths(const struct request *request, const char *message, char *shown, size_t size) {
    const struct settings *settings = &request->service->settings;
    const struct own_folder folders[] = {
        {SETTING_TEXT_OF(settings, data), in_language(request->language, "DATA", "DATOS")},
        {SETTING_TEXT_OF(settings, models), in_language(request->language, "MODELS", "MODELOS")},
        {getenv("LINCE_LAYOUTS"), in_language(request->language, "LAYOUTS", "PLANTILLAS")}};
    size_t used = 0, at = 0;
    while (message[at] != '\0' && used + 1 < size) {
        size_t taken = 0;
        for (size_t i = 0; i < sizeof folders / sizeof *folders && taken == 0; i++) {
            taken = path_at(message, at, folders[i].path);
            for (const char *c = folders[i].name; taken > 0 && *c != '\0' && used + 1 < size; c++) {
                shown[used++] = *c;
            }
        }
        if (taken == 0) {
            shown[used++] = message[at++];
        }
        at += taken;
    }
    shown[used] = '\0';
}
