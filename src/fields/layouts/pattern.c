/*
 * pattern.c - PCRE2 with limits of 20000 steps, 200 levels and 1 MiB, so that no pattern can hang or take all memory.
 */
#include "fields/layouts/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <string.h>

#include "base/error.h"
#include "base/meter.h"

/* Of PCRE2's compiler, which has no name for its own failure to allocate. */
enum { FAILED_TO_ALLOCATE = 121, REASON_BYTES = 160 };

enum { PATTERN_STEPS_MOST = 20000, PATTERN_DEPTH_MOST = 200, PATTERN_HEAP_KIB = 1024, PATTERN_BYTES_MOST = 512 };

struct pattern {
    pcre2_general_context *memory;
    pcre2_code *code;
    pcre2_match_context *limits;
};

static void *pattern_allocate(size_t bytes, void *meter) {
    return meter_allocate(meter, bytes);
}

static void pattern_release(void *block, void *meter) {
    (void)meter;
    meter_free(block);
}

static enum lince_status out_of_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for a pattern of a layout; raise the memory limit",
                     "no hay memoria para un patrón de una plantilla; suba el límite de memoria");
}

enum lince_status pattern_compile(struct meter *meter, const char *text, struct pattern **pattern,
                                  struct lince_error *error) {
    *pattern = NULL;
    size_t bytes = strlen(text);
    if (bytes > PATTERN_BYTES_MOST) {
        return error_set(error, LINCE_ERROR_LAYOUT, "the pattern has %zu bytes; at most %d are allowed",
                         "el patrón tiene %zu bytes; se permiten %d como mucho", bytes, (int)PATTERN_BYTES_MOST);
    }
    struct pattern *made = meter_allocate_zero(meter, 1, sizeof *made);
    if (made == NULL) {
        return out_of_memory(error);
    }
    made->memory = pcre2_general_context_create(pattern_allocate, pattern_release, meter);
    made->limits = made->memory == NULL ? NULL : pcre2_match_context_create(made->memory);
    pcre2_compile_context *rules = made->memory == NULL ? NULL : pcre2_compile_context_create(made->memory);
    if (made->limits == NULL || rules == NULL) {
        pcre2_compile_context_free(rules);
        pattern_free(made);
        return out_of_memory(error);
    }
    pcre2_set_match_limit(made->limits, PATTERN_STEPS_MOST);
    pcre2_set_depth_limit(made->limits, PATTERN_DEPTH_MOST);
    pcre2_set_heap_limit(made->limits, PATTERN_HEAP_KIB);
    pcre2_set_parens_nest_limit(rules, 32);
    int code = 0;
    PCRE2_SIZE offset = 0;
    made->code = pcre2_compile((PCRE2_SPTR)text, bytes, PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C, &code, &offset, rules);
    pcre2_compile_context_free(rules);
    if (made->code == NULL) {
        pattern_free(made);
        if (code == PCRE2_ERROR_NOMEMORY || code == FAILED_TO_ALLOCATE) {
            return out_of_memory(error);
        }
        PCRE2_UCHAR reason[REASON_BYTES] = "";
        pcre2_get_error_message(code, reason, sizeof reason);
        return error_set(error, LINCE_ERROR_LAYOUT, "the pattern is not valid at its character %zu: %s",
                         "el patrón no es válido en su carácter %zu: %s", (size_t)offset + 1, (const char *)reason);
    }
    *pattern = made;
    return LINCE_OK;
}

void pattern_free(struct pattern *pattern) {
    if (pattern == NULL) {
        return;
    }
    pcre2_code_free(pattern->code);
    pcre2_match_context_free(pattern->limits);
    pcre2_general_context_free(pattern->memory);
    meter_free(pattern);
}

enum pattern_result pattern_search(const struct pattern *pattern, const char *text, size_t bytes, size_t *from,
                                   size_t *to) {
    pcre2_match_data *data = pcre2_match_data_create(2, pattern->memory);
    if (data == NULL) {
        return PATTERN_GAVE_UP;
    }
    int found = pcre2_match(pattern->code, (PCRE2_SPTR)text, bytes, 0, 0, data, pattern->limits);
    enum pattern_result result = PATTERN_YES;
    if (found < 0) {
        result = found == PCRE2_ERROR_NOMATCH ? PATTERN_NO : PATTERN_GAVE_UP;
    } else {
        const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(data);
        size_t group = (found == 0 || found >= 2) && ends[2] != PCRE2_UNSET ? 1 : 0;
        if (from != NULL) {
            *from = ends[2 * group];
            *to = ends[2 * group + 1];
        }
    }
    pcre2_match_data_free(data);
    return result;
}
