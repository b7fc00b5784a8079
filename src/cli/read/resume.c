/* resume.c - reads the output of json.c, one line at a time. */
#include "cli/read/resume.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <sodium/utils.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/json_memory.h"
#include "base/reason.h"

enum { STEP_BYTES = 65536, PAGE_KEY_BYTES = 8192 + 16 };

struct resume {
    const char *path;
    struct name_set *done;
    uint64_t line_count;
};

static enum lince_status no_memory(const struct resume *resume, struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the names already in %s",
                     "no hay memoria para los nombres que ya están en %s", resume->path);
}

static enum lince_status not_ours(const struct resume *resume, struct lince_error *error) {
    return error_set(error, LINCE_ERROR_WRITE,
                     "line %" PRIu64 " of %s tells of no file, so it is not the output of an earlier run; "
                     "choose another name, or leave --resume out to replace it",
                     "la línea %" PRIu64 " de %s no habla de ningún archivo, así que no es la salida de una ejecución "
                     "anterior; elija otro nombre, o quite --resume para reemplazarla",
                     resume->line_count, resume->path);
}

size_t resume_page_key(const char *name, size_t name_bytes, uint32_t number, char *key, size_t key_bytes) {
    enum { NUMBER_BYTES = 12 };
    size_t kept = name_bytes + NUMBER_BYTES < key_bytes ? name_bytes : key_bytes - NUMBER_BYTES;
    memcpy(key, name, kept);
    return kept + 1 + (size_t)snprintf(key + kept, NUMBER_BYTES, "%c%" PRIu32, '\0', number) - 1;
}

/* For a file with pages, a line is one page. */
static enum lince_status name_add(struct resume *resume, const json_t *object, const char *name, size_t name_bytes,
                                  struct lince_error *error) {
    const json_t *page = json_object_get(object, "page");
    char key[PAGE_KEY_BYTES];
    if (json_is_integer(page)) {
        name_bytes = resume_page_key(name, name_bytes, (uint32_t)json_integer_value(page), key, sizeof key);
        name = key;
    }
    return name_set_add(resume->done, name, name_bytes) == NAME_SET_REFUSED ? no_memory(resume, error) : LINCE_OK;
}

/* The name is "file"; for a name that is not UTF-8, its bytes are in "file_bytes". */
static enum lince_status object_add(struct resume *resume, const json_t *object, struct lince_error *error) {
    const json_t *base64 = json_object_get(object, "file_bytes");
    if (base64 != NULL) {
        char name[8192];
        size_t name_bytes = 0;
        const char *text = json_string_value(base64);
        if (text == NULL || sodium_base642bin((unsigned char *)name, sizeof name, text, strlen(text), NULL, &name_bytes,
                                              NULL, sodium_base64_VARIANT_ORIGINAL) != 0) {
            return not_ours(resume, error);
        }
        return name_add(resume, object, name, name_bytes, error);
    }
    const json_t *file = json_object_get(object, "file");
    if (!json_is_string(file)) {
        return not_ours(resume, error);
    }
    return name_add(resume, object, json_string_value(file), json_string_length(file), error);
}

static enum lince_status line_add(struct resume *resume, const char *line, size_t line_bytes,
                                  struct lince_error *error) {
    resume->line_count++;
    json_error_t reason;
    json_t *object = json_memory_load(line, line_bytes, 0, &reason);
    if (object == NULL && json_error_code(&reason) == json_error_out_of_memory) {
        return no_memory(resume, error);
    }
    enum lince_status status = object_add(resume, object, error);
    json_decref(object);
    return status;
}

/* Adds the complete lines in `window`, and keeps what follows the last line feed. */
static enum lince_status window_add(struct resume *resume, struct buffer *window, struct lince_error *error) {
    const char *line = window->bytes;
    const char *end = window->bytes + window->used_bytes;
    enum lince_status status = LINCE_OK;
    for (const char *line_feed; status == LINCE_OK && (line_feed = memchr(line, '\n', (size_t)(end - line))) != NULL;
         line = line_feed + 1) {
        status = line_add(resume, line, (size_t)(line_feed - line), error);
    }
    window->used_bytes = (size_t)(end - line);
    memmove(window->bytes, line, window->used_bytes);
    return status;
}

static enum lince_status file_failed(const struct resume *resume, int error_number, struct lince_error *error) {
    return error_set(error, LINCE_ERROR_WRITE, "%s cannot be resumed: %s", "no se puede retomar %s: %s", resume->path,
                     reason_for(error, error_number));
}

/* Adds the file's lines. `*whole_bytes` is the end of the last complete one. */
static enum lince_status lines_add(struct resume *resume, int descriptor, off_t *whole_bytes,
                                   struct lince_error *error) {
    struct buffer window;
    buffer_init(&window, resume->done->meter);
    enum lince_status status = LINCE_OK;
    off_t read_bytes = 0;
    while (status == LINCE_OK) {
        char *room = buffer_room(&window, STEP_BYTES);
        if (room == NULL) {
            status = no_memory(resume, error);
            break;
        }
        ssize_t count = read(descriptor, room, STEP_BYTES);
        if (count == 0) {
            break;
        }
        if (count < 0) {
            status = file_failed(resume, errno, error);
            break;
        }
        read_bytes += count;
        window.used_bytes += (size_t)count;
        status = window_add(resume, &window, error);
    }
    *whole_bytes = read_bytes - (off_t)window.used_bytes;
    buffer_free(&window);
    return status;
}

enum lince_status resume_load(int descriptor, const char *path, struct name_set *done, struct lince_error *error) {
    struct resume resume = {.path = path, .done = done};
    off_t whole_bytes;
    struct meter *json_home = json_memory_use(done->meter);
    enum lince_status status = lines_add(&resume, descriptor, &whole_bytes, error);
    json_memory_use(json_home);
    if (status == LINCE_OK &&
        (ftruncate(descriptor, whole_bytes) != 0 || lseek(descriptor, whole_bytes, SEEK_SET) < 0)) {
        status = file_failed(&resume, errno, error);
    }
    return status;
}
