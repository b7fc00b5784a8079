/*
 * fuzz_uploads.c - bodies of uploads: multipart and urlencoded forms, raw files. Each is sent to a service twice, whole
 * and in chunks. The files and fields that it finds must be the same, and nothing may be left in the data folder.
 *
 * An input is a byte for the path, a byte for the size of the chunks, the Content-Type up to the end of the line, and
 * the body.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "answering.h"
#include "serve/legacy/legacy_routes.h"

enum { TYPE_BYTES = 200, REQUEST_BYTES = 1 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void text_add(struct buffer *to, const char *text, size_t count) {
    buffer_format(to, " %zu:", count);
    buffer_append(to, text, count);
}

/* Answers with all files and fields that were found. */
static void found_answer(struct request *request) {
    struct buffer *body = &request->body;
    buffer_clear(body);
    for (const struct upload_file *file = request->upload.files; file != NULL; file = file->next) {
        expect(!file->is_open && strlen(file->draft.sha256) == SHA256_TEXT_BYTES - 1);
        expect(file->name[0] != '\0' && strpbrk(file->name, "/\\\n") == NULL);
        buffer_format(body, "file %llu %s", (unsigned long long)file->draft.bytes, file->draft.sha256);
        text_add(body, file->field, strlen(file->field));
        text_add(body, file->name, strlen(file->name));
        buffer_text(body, "\n");
    }
    for (const struct upload_field *field = request->upload.fields; field != NULL; field = field->next) {
        expect(field->value != NULL && field->value[field->bytes] == '\0');
        buffer_text(body, "field");
        text_add(body, field->name, strlen(field->name));
        text_add(body, field->value, field->bytes);
        buffer_text(body, "\n");
    }
    expect(request->upload.file_count <= SETTING_NUMBER(&request->service->settings, max_files));
    expect(!body->refused);
    answer_bytes(request, 200, "text/plain", body->bytes == NULL ? "" : body->bytes, body->used_bytes);
}

static const struct route routes[] = {{"POST", "/v1/files", SCOPE_SUBMIT, BODY_FILES, found_answer, ANY_QUERY}, {0}};
static const struct route earlier[] = {{"POST", "/api/files", SCOPE_SUBMIT, BODY_FILES, found_answer, ANY_QUERY}, {0}};
static const struct route_table tables[] = {
    {routes, "/v1/", &dialect_standard}, {earlier, "/api/", &legacy_dialect}, {0}};

static char request[REQUEST_BYTES];

static size_t head_write(const char *path, const char *type, const char *length) {
    return (size_t)snprintf(
        request, sizeof request,
        "POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: %s\r\n%s\r\n\r\n", path, type,
        length);
}

static unsigned whole_send(const char *path, const char *type, const char *body, size_t count, const char **found,
                           size_t *found_bytes) {
    char length[48];
    snprintf(length, sizeof length, "Content-Length: %zu", count);
    size_t used = head_write(path, type, length);
    expect(used + count < sizeof request);
    memcpy(request + used, body, count);
    return answering_ask(request, used + count, found, found_bytes);
}

static unsigned chunks_send(const char *path, const char *type, const char *body, size_t count, size_t step,
                            const char **found, size_t *found_bytes) {
    size_t used = head_write(path, type, "Transfer-Encoding: chunked");
    for (size_t at = 0; at < count; at += step) {
        size_t part = step < count - at ? step : count - at;
        expect(used + part + 32 < sizeof request);
        used += (size_t)sprintf(request + used, "%zx\r\n", part);
        memcpy(request + used, body + at, part);
        used += part;
        used += (size_t)sprintf(request + used, "\r\n");
    }
    used += (size_t)sprintf(request + used, "0\r\n\r\n");
    return answering_ask(request, used, found, found_bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const struct service *service;
    static char first[ANSWER_BYTES];
    char type[TYPE_BYTES];
    size_t at = 2, used = 0, first_bytes, found_bytes;
    const char *found;
    if (service == NULL) {
        service = answering_start(tables);
    }
    if (size < 3) {
        return 0;
    }
    for (; at < size && data[at] != '\n' && used + 1 < sizeof type; at++) {
        if (data[at] >= ' ' && data[at] < 0x7f) {
            type[used++] = (char)data[at];
        }
    }
    type[used] = '\0';
    at += at < size;
    const char *path = data[0] % 2 == 0 ? "/v1/files" : "/api/files", *body = (const char *)data + at;
    unsigned status = whole_send(path, type, body, size - at, &found, &first_bytes);
    memcpy(first, found, first_bytes);
    expect(status == chunks_send(path, type, body, size - at, 1 + data[1] % 64, &found, &found_bytes));
    expect(status == 200 || status == 400 || status == 413 || status == 415);
    expect(status != 200 || (first_bytes == found_bytes && memcmp(first, found, found_bytes) == 0));
    for (int i = 0; i < 2000 && answering_file_count("incoming") > 0; i++) {
        usleep(1000); /* the answer may come before its request is freed */
    }
    expect(answering_file_count("incoming") == 0);
    return 0;
}
