/* tesseract_file.c - writes the pages of one form, with a head and a tail, or joined into one PDF. */
#include "cli/tesseract/tesseract_file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"

bool tesseract_is_standard(const char *name, const char *word) {
    return strcmp(name, "-") == 0 || strcmp(name, word) == 0;
}

static bool bytes_write(const struct tesseract_file *file, const void *bytes, size_t count) {
    return file_write_all(file->descriptor, bytes, count);
}

static bool head_write(struct tesseract_file *file) {
    if (file->format->joiner == NULL) {
        return bytes_write(file, file->format->head, strlen(file->format->head));
    }
    struct buffer head;
    buffer_init(&head, file->meter);
    file->pdf = calloc(1, sizeof *file->pdf);
    if (file->pdf != NULL) {
        file->format->joiner->open(file->pdf, file->meter, &head);
    }
    bool written = file->pdf != NULL && !head.refused && bytes_write(file, head.bytes, head.used_bytes);
    buffer_free(&head);
    return written;
}

bool tesseract_file_open(const char *base, const char *extension, const struct output_format *format,
                         struct meter *meter, struct tesseract_file *file) {
    *file = (struct tesseract_file){.format = format, .meter = meter, .descriptor = STDOUT_FILENO};
    if (extension != NULL && !tesseract_is_standard(base, "stdout")) {
        char path[4096];
        int length = snprintf(path, sizeof path, "%s.%s", base, extension);
        file->descriptor = length < (int)sizeof path ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666) : -1;
    }
    return file->descriptor >= 0 && head_write(file);
}

bool tesseract_file_add(struct tesseract_file *file, const struct output_item *item) {
    struct buffer out;
    buffer_init(&out, file->meter);
    file->format->item(item, &out);
    if (file->format == &output_text) {
        buffer_text(&out, "\f"); /* Tesseract ends each page with it */
    }
    size_t count = out.used_bytes;
    const char *bytes = out.bytes;
    if (!out.refused && file->pdf != NULL) {
        bytes = file->format->joiner->join(file->pdf, out.bytes, out.used_bytes, &count);
    }
    bool written = !out.refused && (count == 0 || (bytes != NULL && bytes_write(file, bytes, count)));
    buffer_free(&out);
    return written;
}

bool tesseract_file_close(struct tesseract_file *file) {
    bool written = true;
    if (file->descriptor < 0) {
        return false;
    }
    if (file->pdf != NULL) {
        struct buffer tail;
        buffer_init(&tail, file->meter);
        file->format->joiner->close(file->pdf, &tail);
        written = !tail.refused && bytes_write(file, tail.bytes, tail.used_bytes);
        buffer_free(&tail);
        free(file->pdf);
    } else if (file->format->joiner == NULL) {
        written = bytes_write(file, file->format->tail, strlen(file->format->tail));
    }
    return (file->descriptor == STDOUT_FILENO || close(file->descriptor) == 0) && written;
}
