/* json.c - one object per file: one per line in ndjson, one array in json. docs/read.schema.json has the schema. */
#include "base/buffer.h"
#include "base/utf8.h"
#include "output/output.h"
#include "output/records/extra.h"
#include "output/records/record_json.h"
#include "output/writers/decimals.h"
#include "output/writers/json_writer.h"

enum { MILLISECOND_DECIMALS = 3 };

/* A name that is not UTF-8 is written twice: readable, and exact in base 64, so that a program can find the file. */
static void name_members(struct json_writer *json, const char *name) {
    json_text(json, "file", name);
    if (!utf8_is_valid(name)) {
        json_base64(json, "file_bytes", name);
    }
}

static void quad_member(struct json_writer *json, const struct lince_point quad[4]) {
    json_array_open(json, "quad");
    for (int corner = 0; corner < 4; corner++) {
        json_array_open(json, NULL);
        json_decimal(json, NULL, quad[corner].x, COORDINATE_DECIMALS);
        json_decimal(json, NULL, quad[corner].y, COORDINATE_DECIMALS);
        json_array_close(json);
    }
    json_array_close(json);
}

/* Absent if the page was read without them. */
static void letters_member(struct json_writer *json, const struct lince_page *page, size_t line, size_t word) {
    const struct lince_letter *letters;
    size_t count = lince_page_letters(page, line, word, &letters);
    if (count == 0) {
        return;
    }
    json_array_open(json, "letters");
    for (size_t i = 0; i < count; i++) {
        json_object_open(json, NULL);
        json_text(json, "text", letters[i].text);
        json_decimal(json, "confidence", letters[i].confidence, CONFIDENCE_DECIMALS);
        json_box(json, letters[i].box, COORDINATE_DECIMALS);
        json_object_close(json);
    }
    json_array_close(json);
}

static void line_object(struct json_writer *json, const struct lince_page *page, size_t index, bool with_letters) {
    const struct lince_line *line = lince_page_line(page, index);
    struct lince_line_place place = lince_page_line_place(page, index);
    json_object_open(json, NULL);
    json_text(json, "text", line->text);
    json_decimal(json, "confidence", line->confidence, CONFIDENCE_DECIMALS);
    json_box(json, line->box, COORDINATE_DECIMALS);
    quad_member(json, line->quad);
    json_whole(json, "block", place.block);
    json_whole(json, "row", place.row);
    json_whole(json, "cell", place.cell);
    if (lince_page_line_is_layer(page, index)) {
        json_text(json, "source", "layer");
    }
    json_array_open(json, "words");
    for (size_t i = 0; i < line->word_count; i++) {
        const struct lince_word *word = &line->words[i];
        json_object_open(json, NULL);
        json_text(json, "text", word->text);
        json_decimal(json, "confidence", word->confidence, CONFIDENCE_DECIMALS);
        json_box(json, word->box, COORDINATE_DECIMALS);
        if (with_letters) {
            letters_member(json, page, index, i);
        }
        json_object_close(json);
    }
    json_array_close(json);
    json_object_close(json);
}

static void table_members(struct json_writer *json, const struct lince_block *block) {
    json_whole(json, "row_count", block->table_row_count);
    json_whole(json, "column_count", block->table_column_count);
    json_array_open(json, "cells");
    for (size_t i = 0; i < block->cell_count; i++) {
        const struct lince_cell *cell = &block->cells[i];
        json_object_open(json, NULL);
        json_whole(json, "row", cell->row);
        json_whole(json, "column", cell->column);
        json_text(json, "text", cell->text);
        json_decimal(json, "confidence", cell->confidence, CONFIDENCE_DECIMALS);
        json_box(json, cell->box, COORDINATE_DECIMALS);
        json_object_close(json);
    }
    json_array_close(json);
}

static void block_object(struct json_writer *json, const struct lince_block *block) {
    json_object_open(json, NULL);
    json_text(json, "kind", lince_block_kind_name(block->kind));
    if (block->kind == LINCE_BLOCK_HEADING) {
        json_whole(json, "level", block->level);
    }
    json_box(json, block->box, COORDINATE_DECIMALS);
    json_whole(json, "first_line", block->first_line);
    json_whole(json, "line_count", block->line_count);
    json_whole(json, "column", block->column);
    json_whole(json, "columns", block->column_count);
    json_text(json, "text", block->text);
    if (block->kind == LINCE_BLOCK_TABLE) {
        table_members(json, block);
    }
    json_object_close(json);
}

/* What the code holds: as text, or in base 64 if it is none. */
static void code_object(struct json_writer *json, const struct lince_code *code) {
    json_object_open(json, NULL);
    json_text(json, "kind", lince_code_kind_name(code->kind));
    if (code->content != NULL) {
        json_text(json, "content", code->content);
    } else {
        json_nothing(json, "content");
        json_base64_bytes(json, "bytes", code->bytes, code->bytes_count);
    }
    json_box(json, code->box, COORDINATE_DECIMALS);
    quad_member(json, code->quad);
    json_object_close(json);
}

static void codes_member(struct json_writer *json, const struct lince_page *page) {
    json_array_open(json, "codes");
    for (size_t i = 0; i < lince_page_code_count(page); i++) {
        code_object(json, lince_page_code(page, i));
    }
    json_array_close(json);
}

static void warnings_member(struct json_writer *json, const struct lince_page *page) {
    json_array_open(json, "warnings");
    for (size_t i = 0; i < lince_page_warning_count(page); i++) {
        json_object_open(json, NULL);
        json_text(json, "code", lince_page_warning(page, i)->code);
        json_text(json, "message", lince_page_warning(page, i)->message);
        json_object_close(json);
    }
    json_array_close(json);
}

static void lines_member(struct json_writer *json, const struct lince_page *page, bool with_letters) {
    json_array_open(json, "lines");
    for (size_t i = 0; i < lince_page_line_count(page); i++) {
        line_object(json, page, i, with_letters);
    }
    json_array_close(json);
}

static void page_members(struct json_writer *json, const struct output_item *item) {
    const struct lince_page *page = item->page;
    json_whole(json, "width", lince_page_width_px(page));
    json_whole(json, "height", lince_page_height_px(page));
    json_whole(json, "rotation", lince_page_rotation(page));
    json_whole(json, "turn", lince_page_turn(page));
    json_text(json, "text", lince_page_text(page));
    lines_member(json, page, true);
    json_array_open(json, "blocks");
    for (size_t i = 0; i < lince_page_block_count(page); i++) {
        block_object(json, lince_page_block(page, i));
    }
    json_array_close(json);
    if (lince_page_has_codes(page)) {
        codes_member(json, page);
    }
    warnings_member(json, page);
    struct lince_timings timings = lince_page_timings(page);
    json_object_open(json, "timings_ms");
    json_decimal(json, "decode", timings.decode_ms, MILLISECOND_DECIMALS);
    if (lince_page_has_codes(page)) {
        json_decimal(json, "codes", lince_page_codes_ms(page), MILLISECOND_DECIMALS);
    }
    json_decimal(json, "detect", timings.detect_ms, MILLISECOND_DECIMALS);
    json_decimal(json, "recognise", timings.recognise_ms, MILLISECOND_DECIMALS);
    json_decimal(json, "total", timings.total_ms, MILLISECOND_DECIMALS);
    json_object_close(json);
    json_object_open(json, "memory");
    json_whole(json, "peak_bytes", lince_page_peak_bytes(page));
    json_whole(json, "limit_bytes", item->limit_bytes);
    json_object_close(json);
    if (item->record != NULL) {
        record_members(json, item->record);
    }
    if (item->extra != NULL) {
        extra_object(json, item->extra);
    }
}

/* The page, or the error. */
static void outcome_members(struct json_writer *json, const struct output_item *item) {
    if (item->page != NULL) {
        page_members(json, item);
        return;
    }
    json_object_open(json, "error");
    json_text(json, "code", lince_status_name(item->error->status));
    json_text(json, "message", item->error->message);
    if (item->error->needed_bytes > 0) {
        json_whole(json, "needed_bytes", item->error->needed_bytes);
    }
    json_object_close(json);
}

static void whole_object(const struct output_item *item, struct buffer *buffer) {
    struct json_writer json;
    json_begin(&json, buffer);
    json_object_open(&json, NULL);
    name_members(&json, item->name);
    if (item->page_number > 0) {
        json_whole(&json, "page", item->page_number);
        json_whole(&json, "pages", item->page_count);
    }
    if (item->page != NULL) {
        json_text(&json, "sha256", item->sha256);
    }
    outcome_members(&json, item);
    json_object_close(&json);
    json_end(&json);
}

void output_record_page(const struct output_item *item, struct buffer *buffer) {
    struct json_writer json;
    json_begin(&json, buffer);
    json_object_open(&json, NULL);
    if (item->page_number > 0) {
        json_whole(&json, "page", item->page_number);
    }
    json_whole(&json, "width", lince_page_width_px(item->page));
    json_whole(&json, "height", lince_page_height_px(item->page));
    lines_member(&json, item->page, false); /* records need no letters, and only so much JSON is kept */
    codes_member(&json, item->page);
    json_object_open(&json, "record");
    record_members(&json, item->record);
    json_object_close(&json);
    json_object_close(&json);
    json_end(&json);
}

/* In a file with pages, name and digest come once, before the pages. */
static void page_object(const struct output_item *item, struct buffer *buffer) {
    struct json_writer json;
    json_begin(&json, buffer);
    json_object_open(&json, NULL);
    json_whole(&json, "page", item->page_number);
    outcome_members(&json, item);
    json_object_close(&json);
    json_end(&json);
}

static void item_object(const struct output_item *item, struct buffer *buffer) {
    if (item->page_number > 0) {
        page_object(item, buffer);
    } else {
        whole_object(item, buffer);
    }
}

/* The document's object stays open for its pages. */
static void document_begin_object(const struct output_item *item, struct buffer *buffer) {
    struct json_writer json;
    json_begin(&json, buffer);
    json_object_open(&json, NULL);
    name_members(&json, item->name);
    if (item->sha256 != NULL) {
        json_text(&json, "sha256", item->sha256);
    }
    json_whole(&json, "page_count", item->page_count);
    json_object_close(&json);
    json_end(&json);
    if (!buffer->refused) {
        buffer->used_bytes--; /* the closing brace follows the pages */
    }
    buffer_text(buffer, ",\"pages\":[\n");
}

static const char *document_end_object(bool alone) {
    (void)alone;
    return "\n]}";
}

static void item_line(const struct output_item *item, struct buffer *buffer) {
    whole_object(item, buffer);
    buffer_append(buffer, "\n", 1);
}

const struct output_format output_ndjson = {
    .name = "ndjson",
    .head = "",
    .between = "",
    .tail = "",
    .item = item_line,
    .tells_errors = true,
    .appendable = true,
};

const struct output_format output_json = {
    .name = "json",
    .head = "[\n",
    .between = ",\n",
    .tail = "\n]\n",
    .item = item_object,
    .document_begin = document_begin_object,
    .page_between = ",\n",
    .document_end = document_end_object,
    .tells_errors = true,
};
