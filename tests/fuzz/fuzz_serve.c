/*
 * fuzz_serve.c - what strangers send to the service: names, cursors, languages, and the answers of a worker that was
 * taken over.
 */
#include <fcntl.h>
#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utf8proc.h>

#include "base/arena.h"
#include "base/meter.h"
#include "serve/http/accepted_language.h"
#include "serve/http/file_name.h"
#include "serve/legacy/legacy_name.h"
#include "serve/v1/cursor.h"
#include "worker/worker_protocol.h"

enum { KINDS = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool truth) {
    if (!truth) {
        abort();
    }
}

static bool is_text(const char *text) {
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    utf8proc_int32_t point = 1;
    while (*at != '\0' && point > 0) {
        utf8proc_ssize_t taken = utf8proc_iterate(at, -1, &point);
        if (taken <= 0 || point < ' ' || point == 0x7f) {
            return false;
        }
        at += taken;
    }
    return true;
}

/* What the earlier service took from names, of names that are clean by then. */
static void legacy_name_try(const char *name) {
    struct legacy_sender sender;
    char stored[LEGACY_NAME_BYTES];
    bool is_parsed = legacy_name_parse(name, &sender);
    legacy_name_make(name, &sender, is_parsed, 0, stored);
    expect(stored[0] != '\0' && strlen(stored) < sizeof stored && strchr(stored, '/') == NULL && is_text(stored));
    (void)legacy_name_is_taken(name);
    (void)legacy_draw_check(name);
    (void)legacy_date_check(name);
    (void)legacy_time_check(name);
}

static void name_try(const char *text) {
    struct meter meter;
    struct arena arena;
    meter_init(&meter, NULL, "fuzz", METER_NO_LIMIT);
    arena_init(&arena, &meter, 1024);
    const char *clean = file_name_clean(&arena, text);
    expect(clean != NULL && *clean != '\0' && strlen(clean) <= FILE_NAME_LIMIT_BYTES);
    expect(strchr(clean, '/') == NULL && strchr(clean, '\\') == NULL && is_text(clean));
    legacy_name_try(clean);
    arena_clear(&arena);
    expect(meter.current_bytes == 0);
}

/* Only what was made here is a cursor, and gives its place back. */
static void cursor_try(const char *text) {
    static const unsigned char secret[CURSOR_SECRET_BYTES] = "thirty-two bytes that none knows";
    char made[CURSOR_BYTES];
    int64_t seq = 0;
    if (cursor_parse(secret, "/v1/documents", text, &seq)) {
        cursor_write(secret, "/v1/documents", seq, made);
        expect(strcmp(made, text) == 0);
    }
    memcpy(&seq, text, strlen(text) < sizeof seq ? strlen(text) : sizeof seq);
    int64_t back = 0;
    cursor_write(secret, text, seq, made);
    expect(cursor_parse(secret, text, made, &back) && back == seq);
    expect(!cursor_parse(secret, "/v1/another", made, &back) || strcmp(text, "/v1/another") == 0);
}

/* What names neither language leaves the choice to the service. */
static void language_try(const char *text) {
    enum lince_language chosen = accepted_language(text, LINCE_ENGLISH), other = accepted_language(text, LINCE_SPANISH);
    expect(chosen == other || (chosen == LINCE_ENGLISH && other == LINCE_SPANISH));
    expect(chosen == LINCE_ENGLISH || strcasestr(text, "es") != NULL);
    expect(other == LINCE_SPANISH || strcasestr(text, "en") != NULL);
}

/* The front's side of the socket pair, when the other end says whatever it likes and leaves. */
static void worker_try(const uint8_t *bytes, size_t count) {
    int ends[2], came = -1;
    struct work_head head;
    expect(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
    memset(&head, 0, sizeof head);
    if (count > 0 && bytes[0] % 2 == 0) { /* a head that is right at its beginning, so that the rest is looked at */
        head.magic = WORK_MAGIC;
        memcpy((char *)&head + sizeof head.magic, bytes,
               count < sizeof head - sizeof head.magic ? count : sizeof head - sizeof head.magic);
        expect(work_send_head(ends[1], &head, bytes[0] % 4 == 0 ? ends[1] : -1, -1));
    } else {
        expect(work_send(ends[1], bytes, count, -1));
    }
    close(ends[1]);
    if (work_receive_head(ends[0], &head, count % 2 == 0 ? &came : NULL, -1)) {
        expect(head.magic == WORK_MAGIC && head.body_bytes <= WORK_BODY_LIMIT);
        expect(head.layouts_bytes < WORK_LAYOUTS_LIMIT && head.name_bytes < WORK_NAME_LIMIT);
    }
    expect(came < 0 || fcntl(came, F_GETFD) == FD_CLOEXEC);
    if (came >= 0) {
        close(came);
    }
    close(ends[0]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0) {
        return 0;
    }
    char *text = malloc(size);
    expect(text != NULL && sodium_init() >= 0);
    memcpy(text, data + 1, size - 1);
    text[size - 1] = '\0';
    switch (data[0] % KINDS) {
    case 0:
        name_try(text);
        break;
    case 1:
        cursor_try(text);
        break;
    case 2:
        language_try(text);
        break;
    default:
        worker_try(data + 1, size - 1);
    }
    free(text);
    return 0;
}
