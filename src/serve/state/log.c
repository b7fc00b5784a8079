/* log.c - one line of JSON for each event that an operator should know. */
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "serve/state/service.h"

void service_log(const char *level, const char *event, ...) {
    char at[TIME_TEXT_BYTES], line[2048];
    va_list pairs;
    store_time_text(store_now_ms(), at);
    json_t *json = json_pack("{s:s, s:s, s:s}", "at", at, "level", level, "event", event);
    va_start(pairs, event);
    for (const char *name = va_arg(pairs, const char *); name != NULL; name = va_arg(pairs, const char *)) {
        json_object_set_new(json, name, json_string(va_arg(pairs, const char *)));
    }
    va_end(pairs);
    size_t bytes = json == NULL ? 0 : json_dumpb(json, line, sizeof line - 1, JSON_COMPACT);
    json_decref(json);
    if (bytes > 0 && bytes < sizeof line) {
        line[bytes] = '\n';
        if (write(STDERR_FILENO, line, bytes + 1) < 0) {
            return; /* if standard error fails, there is nowhere to report it */
        }
    }
}
