/*
 * fuzz_statement.c - random bytes as a bank's statement: what is read is packed as a worker packs it, unpacked as the
 * front does, and its columns and movements are found.
 *
 * Bytes that begin with "book" are the XML parts of a workbook, with a byte 1 between them: they are packed into an
 * archive here, since random changes of an archive rarely leave one.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/meter.h"
#include "base/utf8.h"
#include "statement/packed.h"
#include "statement/statement_columns.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

enum { PART_COUNT = 5, LOCAL_BYTES = 30, CENTRAL_BYTES = 46, END_BYTES = 22, DIRECTORY_BYTES = 1024 };
static const uint64_t MEMORY_LIMIT_BYTES = UINT64_C(64) << 20;

static void expect(int truth) {
    if (!truth) {
        abort();
    }
}

/* ---- an archive without compression ---- */

static void number_put(uint8_t *to, uint32_t number, size_t count) {
    for (size_t i = 0; i < count; i++) {
        to[i] = (uint8_t)(number >> 8 * i);
    }
}

static void archive_make(const uint8_t *bytes, size_t count, struct buffer *archive) {
    static const char *const names[PART_COUNT] = {"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
                                                  "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"};
    uint8_t directory[DIRECTORY_BYTES] = {0}, local[LOCAL_BYTES] = "PK\3\4", end[END_BYTES] = "PK\5\6";
    size_t used = 0;
    for (int i = 0; i < PART_COUNT; i++) {
        const uint8_t *stop = count == 0 ? NULL : memchr(bytes, 1, count);
        size_t part = stop == NULL ? count : (size_t)(stop - bytes), name = strlen(names[i]);
        uint8_t *entry = directory + used;
        memcpy(entry, "PK\1\2", 4);
        number_put(entry + 20, (uint32_t)part, 4);
        number_put(entry + 24, (uint32_t)part, 4);
        number_put(entry + 28, (uint32_t)name, 2);
        number_put(entry + 42, (uint32_t)archive->used_bytes, 4);
        memcpy(entry + CENTRAL_BYTES, names[i], name);
        used += CENTRAL_BYTES + name;
        memcpy(local + 18, entry + 20, 8);
        number_put(local + 26, (uint32_t)name, 2);
        buffer_append(archive, local, LOCAL_BYTES);
        buffer_append(archive, names[i], name);
        buffer_append(archive, bytes, part);
        bytes += part + (stop != NULL);
        count -= part + (stop != NULL);
    }
    number_put(end + 8, PART_COUNT, 2);
    number_put(end + 10, PART_COUNT, 2);
    number_put(end + 12, (uint32_t)used, 4);
    number_put(end + 16, (uint32_t)archive->used_bytes, 4);
    buffer_append(archive, directory, used);
    buffer_append(archive, end, END_BYTES);
}

/* ---- rows ---- */

struct rows {
    struct arena arena;
    struct statement_sample_row of[STATEMENT_SAMPLE_ROWS];
    size_t kept_count;
    uint32_t count, last_place;
};

static enum lince_status row_take(void *context, uint32_t place, const struct statement_cell *cells, size_t count,
                                  struct lince_error *error) {
    struct rows *rows = context;
    (void)error;
    expect(place > rows->last_place && count > 0 && count <= STATEMENT_COLUMNS_MOST);
    rows->last_place = place;
    rows->count++;
    if (rows->kept_count == STATEMENT_SAMPLE_ROWS) {
        return LINCE_OK;
    }
    struct statement_cell *copies = arena_allocate(&rows->arena, count * sizeof *copies);
    for (size_t i = 0; i < count && copies != NULL; i++) {
        size_t bytes = strlen(cells[i].text);
        /* A character of several bytes may begin within the bound. */
        expect(utf8_is_valid(cells[i].text) && bytes < STATEMENT_CELL_BYTES + 4 + strlen("…"));
        copies[i] = (struct statement_cell){cells[i].kind, arena_copy_text(&rows->arena, cells[i].text, bytes)};
        if (copies[i].text == NULL) {
            return LINCE_OK;
        }
    }
    if (copies != NULL) {
        rows->of[rows->kept_count++] = (struct statement_sample_row){place, copies, count};
    }
    return LINCE_OK;
}

static void movements_try(const struct rows *rows) {
    struct statement_columns columns;
    char head[STATEMENT_HEAD_BYTES];
    int64_t sum = 0;
    statement_columns_guess(rows->of, rows->kept_count, &columns, head);
    expect(strlen(head) < STATEMENT_HEAD_BYTES && utf8_is_valid(head));
    for (size_t i = 0; i < rows->kept_count; i++) {
        struct movement movement;
        int32_t day;
        statement_movement(&columns, rows->of[i].cells, rows->of[i].count, &movement);
        expect(movement.problem != MOVEMENT_WELL || (statement_day(movement.date, &day) && day == movement.day));
        expect(movement.reference != NULL && movement.description != NULL);
        sum += movement.hundredths;
    }
    expect(llabs((long long)sum) <= INT64_MAX / STATEMENT_ROWS_MOST * (int64_t)rows->kept_count);
}

/* What a worker packed well, the front takes. */
static void packed_try(const struct buffer *packed, struct meter *meter) {
    struct rows rows = {0};
    struct statement_facts facts;
    struct lince_error error = LINCE_ERROR_INIT;
    FILE *file = fmemopen(packed->bytes, packed->used_bytes, "rb");
    expect(file != NULL);
    arena_init(&rows.arena, meter, 65536);
    expect(packed_read(file, row_take, &rows, &facts, &error) == LINCE_OK);
    expect(rows.count == facts.row_count && utf8_is_valid(facts.sheet));
    fclose(file);
    movements_try(&rows);
    arena_clear(&rows.arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    struct meter meter, own;
    struct buffer archive, packed;
    struct lince_error error = LINCE_ERROR_INIT;
    struct statement_file file = {bytes, count};
    meter_init(&own, NULL, "input", METER_NO_LIMIT);
    meter_init(&meter, NULL, "fuzz", MEMORY_LIMIT_BYTES);
    buffer_init(&archive, &own);
    buffer_init(&packed, &meter);
    if (count >= 4 && memcmp(bytes, "book", 4) == 0) {
        archive_make(bytes + 4, count - 4, &archive);
        file = (struct statement_file){archive.bytes, archive.used_bytes};
    }
    enum lince_status status = packed_write(&file, &meter, &packed, &error);
    expect(status == LINCE_OK || (error.status == status && error.message[0] != '\0'));
    if (status == LINCE_OK && !packed.refused) {
        packed_try(&packed, &meter);
    }
    buffer_free(&packed);
    buffer_free(&archive);
    expect(meter.current_bytes == 0);
    return 0;
}
