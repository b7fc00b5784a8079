/* legacy_json.h - the earlier service's forms of times, names and answers. */
#ifndef LINCE_SERVE_LEGACY_LEGACY_JSON_H
#define LINCE_SERVE_LEGACY_LEGACY_JSON_H

#include <jansson.h>
#include <stdint.h>

enum { LEGACY_TIME_BYTES = 40 };

/* Local, without offset: "2099-01-03T10:11:12.345678". */
void legacy_time(int64_t at_ms, char text[LEGACY_TIME_BYTES]);
/* In a format of strftime, in local time. */
void legacy_time_as(int64_t at_ms, const char *format, char text[LEGACY_TIME_BYTES]);

/* {"status","estado","message","mensaje"}: every answer has both of each pair. */
json_t *legacy_answer(const char *status, const char *estado, const char *message);

/*
 * A failure with every key that a client may expect: {"error": true, "status", "estado", "message", "mensaje",
 * "details", "timestamp", "error_code"}.
 */
json_t *legacy_failure(const char *status, const char *estado, const char *code, const char *message);

#endif
