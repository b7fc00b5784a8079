/* json_memory.c - jansson's allocation functions, with the meter of the calling thread. */
#include "base/json_memory.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "base/buffer.h"
#include "base/meter.h"

static struct meter *home_meter;
static _Thread_local struct meter *thread_meter;
static _Thread_local bool thread_refused;

/* Charged on the thread's meter while it parses, and not used. */
static _Thread_local size_t thread_reserve_bytes;

static struct meter *meter_of_thread(void) {
    return thread_meter != NULL ? thread_meter : home_meter;
}

static void *json_allocate(size_t bytes) {
    void *block = meter_allocate(meter_of_thread(), bytes);
    thread_refused = thread_refused || block == NULL;
    if (block == NULL && meter_charged_bytes(bytes) <= thread_reserve_bytes) {
        block = meter_allocate_charged(meter_of_thread(), bytes);
        assert(block != NULL); /* better to abort than to write beyond a token's buffer */
        thread_reserve_bytes -= meter_charged_bytes(bytes);
    }
    return block;
}

void json_memory_install(struct meter *home) {
    home_meter = home;
    json_set_alloc_funcs(json_allocate, meter_free);
}

struct meter *json_memory_use(struct meter *meter) {
    struct meter *before = thread_meter;
    thread_meter = meter;
    return before;
}

bool json_memory_was_refused(void) {
    bool refused = thread_refused;
    thread_refused = false;
    return refused;
}

/* ---- parsing ---- */

/* jansson's buffer of a token begins with these, and doubles. */
enum { TOKEN_BUFFER_BYTES = 16 };

static bool is_between_tokens(char c) {
    return c != '\0' && strchr(" \t\r\n{}[]:,", c) != NULL;
}

/* What must be known about a text before jansson parses it. */
struct outline {
    size_t longest_token; /* the longest run that jansson could take for one token, quotes included */
    size_t too_deep_at;   /* the first bracket beyond the limit; SIZE_MAX: none */
};

static struct outline outline_of(const char *bytes, size_t count) {
    struct outline outline = {0, SIZE_MAX};
    size_t length = 0, depth = 0;
    bool is_string = false;
    for (size_t i = 0; i < count; i++) {
        bool is_escaped = is_string && bytes[i] == '\\' && i + 1 < count;
        if (!is_string && (bytes[i] == '[' || bytes[i] == '{') && ++depth > JSON_NESTING_LIMIT) {
            outline.too_deep_at = i;
            break;
        }
        depth -= !is_string && (bytes[i] == ']' || bytes[i] == '}') && depth > 0;
        length = !is_string && is_between_tokens(bytes[i]) ? 0 : length + 1 + is_escaped;
        is_string = is_string != (bytes[i] == '"');
        i += is_escaped;
        outline.longest_token = length > outline.longest_token ? length : outline.longest_token;
    }
    return outline;
}

static json_error_t too_deep_error(const char *bytes, size_t at) {
    json_error_t error = {.line = 1, .column = 1, .position = (int)at, .text = "nested too deeply"};
    for (size_t i = 0; i < at; i++) {
        error.column = bytes[i] == '\n' ? 1 : error.column + 1;
        error.line += bytes[i] == '\n';
    }
    error.text[JSON_ERROR_TEXT_LENGTH - 1] = (char)json_error_stack_overflow; /* where json_error_code looks */
    return error;
}

static size_t token_buffer_bytes(size_t token_bytes) {
    size_t bytes = TOKEN_BUFFER_BYTES;
    while (bytes <= token_bytes + 1) {
        bytes *= 2;
    }
    return bytes;
}

struct reading {
    const char *bytes;
    size_t left;
};

/* A byte at a time, so that nothing is read on after a refusal. */
static size_t byte_give(void *buffer, size_t room, void *context) {
    struct reading *reading = context;
    if (room == 0 || reading->left == 0 || thread_refused) {
        return 0;
    }
    *(char *)buffer = *reading->bytes++;
    reading->left--;
    return 1;
}

json_t *json_memory_load(const char *bytes, size_t count, size_t flags, json_error_t *error) {
    struct outline outline = outline_of(bytes, count);
    if (outline.too_deep_at != SIZE_MAX) {
        if (error != NULL) {
            *error = too_deep_error(bytes, outline.too_deep_at);
        }
        return NULL;
    }
    if (meter_of_thread() == NULL) { /* not installed */
        return json_loadb(bytes, count, flags, error);
    }
    struct meter *meter = meter_of_thread();
    struct reading reading = {bytes, count};
    bool was_refused = json_memory_was_refused();
    size_t reserve_bytes = meter_charged_bytes(token_buffer_bytes(outline.longest_token));
    json_t *json = NULL;
    if (!meter_charge(meter, reserve_bytes)) {
        thread_refused = true;
        if (error != NULL) {
            *error = (json_error_t){.line = -1, .column = -1, .text = "out of memory"};
        }
        return NULL;
    }
    thread_reserve_bytes = reserve_bytes;
    json = json_load_callback(byte_give, &reading, flags, error);
    meter_release(meter, thread_reserve_bytes);
    thread_reserve_bytes = 0;
    if (thread_refused) { /* the tree is incomplete */
        json_decref(json);
        json = NULL;
    }
    thread_refused = thread_refused || was_refused;
    return json;
}

json_t *json_memory_load_text(const char *text, size_t flags, json_error_t *error) {
    return json_memory_load(text, strlen(text), flags, error);
}

static int bytes_take(const char *bytes, size_t count, void *buffer) {
    buffer_append(buffer, bytes, count);
    return 0;
}

void json_memory_write(const json_t *json, size_t flags, struct buffer *buffer) {
    if (json_dump_callback(json, bytes_take, buffer, flags) != 0) {
        buffer->refused = true;
    }
}
