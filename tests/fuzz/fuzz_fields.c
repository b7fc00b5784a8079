/*
 * fuzz_fields.c - random pages against the built-in layouts, and random layouts against a page.
 *
 * The first byte chooses: a layout of JSON, or a page whose lines are split at line feeds, each line beginning with
 * four bytes that say where it stands. Nothing may crash, leak, or take longer than a second.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_memory.h"
#include "base/meter.h"
#include "fields/layouts/layout.h"
#include "fields/record.h"

enum { LINES_MOST = 700 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct meter meter;
static struct layout_set set;

static void start(void) {
    static int started;
    if (!started) {
        started = 1;
        meter_init(&meter, NULL, "fuzz", METER_NO_LIMIT);
        json_memory_install(&meter);
        assert(layout_set_open(&meter, NULL, &set, NULL) == LINCE_OK);
    }
}

static void extract(const struct layout_set *layouts, const struct lince_line *lines, size_t count) {
    struct arena arena;
    struct record record;
    struct record_page page = {.lines = lines, .line_count = count, .width_px = 1000, .height_px = 2000};
    arena_init(&arena, &meter, 4096);
    (void)record_extract(&arena, layouts, NULL, 0, &page, &record, NULL);
    arena_clear(&arena);
}

static void page_try(char *text, size_t size) {
    static struct lince_line lines[LINES_MOST];
    size_t count = 0;
    text[size] = '\0';
    for (char *at = text; at < text + size && count < LINES_MOST;) {
        char *end = memchr(at, '\n', (size_t)(text + size - at));
        end = end == NULL ? text + size : end;
        *end = '\0';
        if (end - at > 4) {
            double x = (double)(unsigned char)at[0] * 4, y = (double)(unsigned char)at[1] * 8;
            double width = 4 + (double)(unsigned char)at[2] * 4, height = (double)(unsigned char)at[3] / 4;
            lines[count] = (struct lince_line){
                .text = at + 4,
                .confidence = (double)(unsigned char)at[3] / 255,
                .box = {x, y, x + width, y + height},
                .quad = {{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}},
            };
            count++;
        }
        at = end + 1;
    }
    extract(&set, lines, count);
}

static void layout_try(const char *text, size_t size) {
    static const struct lince_line lines[] = {
        {.text = "Banco Aurora", .confidence = 1, .box = {10, 10, 200, 40}},
        {.text = "Monto: Bs. 1.234,50", .confidence = 1, .box = {10, 60, 300, 90}},
        {.text = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", .confidence = 1, .box = {10, 100, 300, 130}},
        {.text = "0414-1234567 ANA PEREZ V- 12345678", .confidence = 1, .box = {10, 140, 300, 170}},
    };
    struct layout_set opened;
    uint64_t before = meter.current_bytes;
    if (layout_set_open_with(&meter, "fuzz", text, size, &opened, NULL) == LINCE_OK) {
        extract(&opened, lines, sizeof lines / sizeof *lines);
        layout_set_close(&opened);
    }
    assert(meter.current_bytes == before);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    start();
    if (size < 2) {
        return 0;
    }
    char *text = malloc(size + 1);
    if (text == NULL) {
        return 0;
    }
    memcpy(text, data + 1, size - 1);
    if (data[0] == '{') {
        layout_try((const char *)data, size);
    } else {
        page_try(text, size - 1);
    }
    free(text);
    return 0;
}
