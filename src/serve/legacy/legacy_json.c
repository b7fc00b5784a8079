/* legacy_json.c - local times, doubled texts, failures. */
#include "serve/legacy/legacy_json.h"

#include <stdio.h>
#include <time.h>

#include "store/store.h"

#include "serve/http/json_set.h"

void legacy_time_as(int64_t at_ms, const char *format, char text[LEGACY_TIME_BYTES]) {
    time_t seconds = (time_t)(at_ms / 1000);
    struct tm parts;
    localtime_r(&seconds, &parts);
    text[strftime(text, LEGACY_TIME_BYTES, format, &parts)] = '\0';
}

void legacy_time(int64_t at_ms, char text[LEGACY_TIME_BYTES]) {
    char whole[LEGACY_TIME_BYTES];
    legacy_time_as(at_ms, "%Y-%m-%dT%H:%M:%S", whole);
    snprintf(text, LEGACY_TIME_BYTES, "%.30s.%03d000", whole, (int)(at_ms % 1000));
}

json_t *legacy_answer(const char *status, const char *estado, const char *message) {
    return json_pack("{s:s, s:s, s:s, s:s}", "status", status, "estado", estado, "message", message, "mensaje",
                     message);
}

json_t *legacy_failure(const char *status, const char *estado, const char *code, const char *message) {
    static const char *const names[] = {"message", "mensaje", "details"};
    char timestamp[LEGACY_TIME_BYTES];
    legacy_time(store_now_ms(), timestamp);
    json_t *json = json_pack("{s:b, s:s, s:s}", "error", 1, "status", status, "estado", estado);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        json_set_text(json, names[i], message); /* may contain a client's text, with any bytes */
    }
    json_set_text(json, "timestamp", timestamp);
    json_set_text(json, "error_code", code);
    return json;
}
