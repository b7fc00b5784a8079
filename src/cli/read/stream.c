/* stream.c - finds headers in a window on the pipe and copies frames to their files. */
#include "cli/read/stream.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/json_memory.h"
#include "base/reason.h"
#include "cli/read/input_list.h"
#include "cli/read/interrupt.h"
#include "cli/read/waiting_file.h"

void stream_init(struct stream *stream, int descriptor) {
    stream->descriptor = descriptor;
    stream->ended = false;
    stream->frame_count = 0;
    stream->start = stream->end = 0;
}

/* Reads once after the window's content. 0: end of input; -1: it cannot be read, or an end was requested (errno). */
static ssize_t window_fill(struct stream *stream) {
    if (stream->start > 0) {
        memmove(stream->bytes, stream->bytes + stream->start, stream->end - stream->start);
        stream->end -= stream->start;
        stream->start = 0;
    }
    ssize_t count = interrupt_read(stream->descriptor, stream->bytes + stream->end, sizeof stream->bytes - stream->end);
    stream->end += count > 0 ? (size_t)count : 0;
    return count;
}

/* Nothing can follow: reports why, unless an end was requested, which is no failure. */
static bool stream_broken(struct stream *stream, struct lince_error *error) {
    int error_number = errno;
    stream->ended = true;
    if (error_number == ECANCELED) {
        return false;
    }
    error_set(error, LINCE_ERROR_UNREADABLE, "standard input cannot be read: %s",
              "no se puede leer la entrada estándar: %s", reason_for(error, error_number));
    return true;
}

static void empty_lines_skip(struct stream *stream) {
    while (stream->start < stream->end &&
           (stream->bytes[stream->start] == '\n' || stream->bytes[stream->start] == '\r')) {
        stream->start++;
    }
}

/* The content of a header. */
struct header {
    char *line;
    size_t line_bytes;
};

/* The next non-empty line. False if there is none: at the end, or with the reason in `error`. */
static bool header_find(struct stream *stream, struct header *header, struct lince_error *error) {
    for (;;) {
        empty_lines_skip(stream);
        header->line = stream->bytes + stream->start;
        size_t there = stream->end - stream->start;
        char *end = memchr(header->line, '\n', there);
        header->line_bytes = end == NULL ? there : (size_t)(end - header->line);
        if (header->line_bytes > STREAM_HEADER_BYTES) {
            stream->ended = true;
            error_set(error, LINCE_ERROR_ARGUMENT,
                      "the line before image %" PRIu64 " has more than %d bytes; nothing after it was read",
                      "la línea que precede a la imagen %" PRIu64 " tiene más de %d bytes; no se leyó nada más",
                      stream->frame_count, STREAM_HEADER_BYTES);
            return false;
        }
        if (end != NULL) {
            stream->start += header->line_bytes + 1;
            return true;
        }
        ssize_t count = window_fill(stream);
        if (count < 0) {
            stream_broken(stream, error);
            return false;
        }
        if (count == 0) {
            stream->ended = true;
            if (there > 0) {
                error_set(error, LINCE_ERROR_DAMAGED, "standard input ended within the line before image %" PRIu64,
                          "la entrada estándar acabó dentro de la línea que precede a la imagen %" PRIu64,
                          stream->frame_count);
            }
            return false;
        }
    }
}

/* Without the number of bytes the next frame cannot be found, so this ends the stream. */
static enum lince_status header_refuse(struct stream *stream, struct lince_error *error) {
    stream->ended = true;
    return error_set(error, LINCE_ERROR_ARGUMENT,
                     "the line before image %" PRIu64 " is not {\"name\": \"a.jpg\", \"bytes\": 48123}; nothing after "
                     "it was read",
                     "la línea que precede a la imagen %" PRIu64 " no es {\"name\": \"a.jpg\", \"bytes\": 48123}; no "
                     "se leyó nada más",
                     stream->frame_count);
}

static enum lince_status header_parse(struct stream *stream, const struct header *header, struct list_item *item,
                                      uint64_t *bytes_count, struct lince_error *error) {
    json_error_t ignored;
    json_memory_was_refused();
    json_t *object = json_memory_load(header->line, header->line_bytes, JSON_REJECT_DUPLICATES, &ignored);
    const json_t *bytes = json_object_get(object, "bytes"), *name = json_object_get(object, "name");
    if (object == NULL && json_memory_was_refused()) {
        stream->ended = true;
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                         "no memory for the name of image %" PRIu64 "; raise the limit",
                         "no hay memoria para el nombre de la imagen %" PRIu64 "; suba el límite", stream->frame_count);
    }
    size_t known_count = (bytes != NULL) + (name != NULL);
    if (!json_is_integer(bytes) || json_integer_value(bytes) < 0 || json_object_size(object) != known_count) {
        json_decref(object);
        return header_refuse(stream, error);
    }
    *bytes_count = (uint64_t)json_integer_value(bytes);
    enum lince_status status = LINCE_OK;
    if (json_is_string(name) && json_string_length(name) > 0) {
        buffer_clear(&item->name);
        buffer_append(&item->name, json_string_value(name), json_string_length(name) + 1);
    } else {
        status = error_set(error, LINCE_ERROR_ARGUMENT, "image %" PRIu64 " has no name; give it one as \"name\"",
                           "la imagen %" PRIu64 " no tiene nombre; déselo como \"name\"", stream->frame_count);
    }
    json_decref(object);
    return status;
}

/*
 * Copies the frame's bytes from the input to its file, or discards them without one. False when an end was requested. A
 * failed write ends the stream, because every other frame would fail too.
 */
static bool bytes_take(struct stream *stream, struct list_item *item, uint64_t bytes_count, struct lince_error *error) {
    uint64_t taken_count = 0;
    while (taken_count < bytes_count) {
        ssize_t count = stream->start < stream->end ? 1 : window_fill(stream);
        if (count < 0) {
            return stream_broken(stream, error);
        }
        if (count == 0) {
            stream->ended = true;
            error_set(error, LINCE_ERROR_DAMAGED,
                      "standard input ended after %" PRIu64 " of the %" PRIu64 " bytes of image %" PRIu64,
                      "la entrada estándar acabó tras %" PRIu64 " de los %" PRIu64 " bytes de la imagen %" PRIu64,
                      taken_count, bytes_count, stream->frame_count);
            return true;
        }
        size_t there = stream->end - stream->start;
        size_t part = bytes_count - taken_count < there ? (size_t)(bytes_count - taken_count) : there;
        if (item->descriptor >= 0 && waiting_file_write(item, stream->bytes + stream->start, part, error) != LINCE_OK) {
            stream->ended = true;
            return true;
        }
        stream->start += part;
        taken_count += part;
    }
    return true;
}

/* Takes the frame after a valid header. */
static bool frame_take(struct stream *stream, struct list_item *item, uint64_t bytes_count) {
    struct lince_error *error = &item->error;
    const char *name = item->name.bytes;
    if (error->status == LINCE_OK && bytes_count == 0) {
        error_set(error, LINCE_ERROR_EMPTY, "%s is empty", "%s está vacío", name);
    } else if (error->status == LINCE_OK && bytes_count > FILE_LIMIT_BYTES) {
        error_set(error, LINCE_ERROR_TOO_LARGE, "%s has %" PRIu64 " bytes; at most %" PRIu64 " are read",
                  "%s tiene %" PRIu64 " bytes; se leen a lo sumo %" PRIu64, name, bytes_count, FILE_LIMIT_BYTES);
    } else if (error->status == LINCE_OK && waiting_file_open(item, error) != LINCE_OK) {
        stream->ended = true;
        return true;
    }
    return bytes_take(stream, item, bytes_count, error);
}

bool stream_next(struct stream *stream, struct list_item *item) {
    struct header header;
    uint64_t bytes_count = 0;
    if (stream->ended) {
        return false;
    }
    stream->frame_count++;
    buffer_clear(&item->name);
    buffer_append(&item->name, "-", 2);
    if (!header_find(stream, &header, &item->error)) {
        return item->error.status != LINCE_OK;
    }
    header_parse(stream, &header, item, &bytes_count, &item->error);
    stream->ended |= item->name.refused; /* this ends the list too */
    return stream->ended || frame_take(stream, item, bytes_count);
}
