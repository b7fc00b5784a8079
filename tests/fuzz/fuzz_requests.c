/*
 * fuzz_requests.c - what strangers send to the service: the bytes of a connection, JSON bodies in little memory, and
 * what a worker that is no longer ours says that it read.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json_memory.h"
#include "base/meter.h"
#include "serve/http/framing.h"
#include "serve/pool/reading.h"

enum { KINDS = 3 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct meter meter;

static void expect(bool truth) {
    if (!truth) {
        abort();
    }
}

/* However the bytes are cut, the same is found, at the same place; and a connection that fails stays so. */
static void framing_try(const char *bytes, size_t count, size_t step) {
    struct framing whole = {0}, parted = {0};
    size_t good = framing_feed(&whole, bytes, count), passed = 0;
    expect(good <= count && (whole.fault != FRAMING_FINE || good == count));
    for (size_t i = 0; i < count && parted.fault == FRAMING_FINE; i += step) {
        size_t part = step < count - i ? step : count - i;
        size_t taken = framing_feed(&parted, bytes + i, part);
        expect(taken <= part);
        passed += taken;
    }
    expect(parted.fault == whole.fault);
    expect(whole.fault == FRAMING_FINE ? passed == count : passed >= good); /* a head was given on before it failed */
    expect(whole.fault == FRAMING_FINE || framing_feed(&whole, "GET", 3) == 0);
    expect(framing_status(whole.fault) >= 200 && framing_reason(whole.fault, 1) != NULL);
}

/* Bytes that came before the request that fails are requests that are right, to their end. */
static void framing_try_again(const char *bytes, size_t count) {
    struct framing whole = {0}, before = {0};
    size_t good = framing_feed(&whole, bytes, count);
    expect(framing_feed(&before, bytes, good) == good && before.fault == FRAMING_FINE);
    expect(whole.fault == FRAMING_FINE || framing_is_between(&before));
}

static void json_try(const char *bytes, size_t count, uint64_t limit_bytes) {
    meter.limit_bytes = limit_bytes;
    (void)json_memory_was_refused();
    json_t *json = json_memory_load(bytes, count, JSON_REJECT_DUPLICATES, NULL);
    bool was_refused = json_memory_was_refused();
    expect(json == NULL || !was_refused);
    json_decref(json);
    expect(meter.current_bytes == 0);
    meter.limit_bytes = METER_NO_LIMIT;
}

static void reading_try(const char *bytes, size_t count, bool is_read) {
    struct arena arena;
    struct reading reading;
    struct job_result result = {0};
    const char *page;
    arena_init(&arena, &meter, 1024);
    if (reading_parse(bytes, count, is_read, &arena, &reading)) {
        expect(reading.result.status < DOCUMENT_STATUSES);
    }
    reading_free(&reading);
    if (reading_page(bytes, count, &arena, &page)) {
        (void)reading_error(page, &arena, &result);
    }
    arena_clear(&arena);
    expect(meter.current_bytes == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (meter.name == NULL) {
        meter_init(&meter, NULL, "fuzz", METER_NO_LIMIT);
        json_memory_install(&meter);
    }
    if (size < 2) {
        return 0;
    }
    const char *bytes = (const char *)data + 2;
    switch (data[0] % KINDS) {
    case 0:
        framing_try(bytes, size - 2, 1 + data[1]);
        framing_try_again(bytes, size - 2);
        break;
    case 1:
        json_try(bytes, size - 2, (uint64_t)data[1] * data[1] * 2);
        break;
    default:
        reading_try(bytes, size - 2, data[1] % 2 == 0);
    }
    return 0;
}
