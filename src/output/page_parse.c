/* page_parse.c - parses lines with the parser of fields/, blocks and tables with its own. */
#include "output/page_parse.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "fields/page_json.h"
#include "text/page.h"

enum { PAGE_BLOCK_BYTES = 16 << 10 };

static enum lince_status out_of_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for a page; raise the memory limit",
                     "no hay memoria para una página; suba el límite de memoria");
}

/* Rows times columns of a table; no page of ours has so many. */
static const size_t TABLE_PLACES_LIMIT = 100000;

static enum lince_status damaged(const char *what, struct lince_error *error) {
    return error_set(error, LINCE_ERROR_DAMAGED, "this is not a page of lince read: \"%s\" is missing or not valid",
                     "esto no es una página de lince read: falta \"%s\" o no es válido", what);
}

static size_t whole(const json_t *object, const char *name) {
    json_int_t number = json_integer_value(json_object_get(object, name));
    return number < 0 ? 0 : (size_t)number;
}

static bool text_copy(struct arena *arena, const json_t *object, const char **text) {
    const json_t *value = json_object_get(object, "text");
    *text = arena_copy_text(arena, json_is_string(value) ? json_string_value(value) : "", json_string_length(value));
    return *text != NULL;
}

static struct lince_box box_of(const json_t *object) {
    const json_t *box = json_object_get(object, "box");
    return (struct lince_box){json_number_value(json_array_get(box, 0)), json_number_value(json_array_get(box, 1)),
                              json_number_value(json_array_get(box, 2)), json_number_value(json_array_get(box, 3))};
}

static bool kind_find(const char *name, enum lince_block_kind *kind) {
    for (int known = LINCE_BLOCK_PARAGRAPH; name != NULL && known <= LINCE_BLOCK_PAGE_NUMBER; known++) {
        if (strcmp(lince_block_kind_name((enum lince_block_kind)known), name) == 0) {
            *kind = (enum lince_block_kind)known;
            return true;
        }
    }
    return false;
}

static bool cells_read(struct arena *arena, const json_t *tree, struct lince_block *block) {
    const json_t *list = json_object_get(tree, "cells");
    block->cell_count = json_array_size(list);
    struct lince_cell *cells = arena_allocate_zero(arena, block->cell_count + 1, sizeof *cells);
    bool fits = cells != NULL;
    for (size_t i = 0; fits && i < block->cell_count; i++) {
        const json_t *cell = json_array_get(list, i);
        cells[i] = (struct lince_cell){.confidence = json_number_value(json_object_get(cell, "confidence")),
                                       .box = box_of(cell),
                                       .row = whole(cell, "row"),
                                       .column = whole(cell, "column")};
        fits = text_copy(arena, cell, &cells[i].text);
    }
    block->cells = cells;
    return fits;
}

static enum lince_status block_read(struct lince_page *page, const json_t *tree, struct lince_block *block,
                                    struct lince_error *error) {
    *block = (struct lince_block){.level = (uint32_t)whole(tree, "level"),
                                  .box = box_of(tree),
                                  .first_line = whole(tree, "first_line"),
                                  .line_count = whole(tree, "line_count"),
                                  .column = whole(tree, "column"),
                                  .column_count = whole(tree, "columns"),
                                  .table_row_count = whole(tree, "row_count"),
                                  .table_column_count = whole(tree, "column_count")};
    bool is_table_sound = block->table_row_count <= TABLE_PLACES_LIMIT &&
                          block->table_column_count <= TABLE_PLACES_LIMIT &&
                          block->table_row_count * block->table_column_count <= TABLE_PLACES_LIMIT;
    if (!is_table_sound || !kind_find(json_string_value(json_object_get(tree, "kind")), &block->kind) ||
        block->first_line > page->lines.count || block->line_count > page->lines.count - block->first_line) {
        return damaged("blocks", error);
    }
    if (!text_copy(&page->arena, tree, &block->text) || !cells_read(&page->arena, tree, block)) {
        return out_of_memory(error);
    }
    for (size_t i = 0; i < block->cell_count; i++) {
        if (block->cells[i].row >= block->table_row_count || block->cells[i].column >= block->table_column_count) {
            return damaged("cells", error);
        }
    }
    return LINCE_OK;
}

/* All lines as one paragraph, each on its own row. */
static enum lince_status blocks_make(struct lince_page *page, struct lince_error *error) {
    page->blocks = arena_allocate_zero(&page->arena, 1, sizeof *page->blocks);
    if (page->blocks == NULL) {
        return out_of_memory(error);
    }
    page->block_count = page->lines.count > 0;
    page->blocks[0] = (struct lince_block){.box = {0, 0, page->width_px, page->height_px},
                                           .line_count = page->lines.count,
                                           .column_count = 1,
                                           .text = page->text};
    for (size_t i = 0; i < page->lines.count; i++) {
        page->line_places[i].row = i;
    }
    return LINCE_OK;
}

static enum lince_status blocks_read(struct lince_page *page, const json_t *tree, struct lince_error *error) {
    const json_t *lines = json_object_get(tree, "lines"), *blocks = json_object_get(tree, "blocks");
    enum lince_status status = LINCE_OK;
    page->line_places = arena_allocate_zero(&page->arena, page->lines.count + 1, sizeof *page->line_places);
    if (page->line_places == NULL) {
        return out_of_memory(error);
    }
    if (!json_is_array(blocks)) {
        return blocks_make(page, error);
    }
    page->block_count = json_array_size(blocks);
    page->blocks = arena_allocate_zero(&page->arena, page->block_count + 1, sizeof *page->blocks);
    if (page->blocks == NULL) {
        return out_of_memory(error);
    }
    for (size_t i = 0; i < page->block_count && status == LINCE_OK; i++) {
        status = block_read(page, json_array_get(blocks, i), &page->blocks[i], error);
    }
    for (size_t i = 0; i < page->lines.count && status == LINCE_OK; i++) {
        const json_t *line = json_array_get(lines, i);
        page->line_places[i] = (struct lince_line_place){whole(line, "block"), whole(line, "row"), whole(line, "cell")};
        status = page->line_places[i].block < page->block_count ? LINCE_OK : damaged("block", error);
    }
    return status;
}

/* The letters of a word; none if it has a single one that is not valid. */
static bool letters_read(struct lince_page *page, const json_t *list, const char *word) {
    size_t count = json_array_size(list), index;
    const json_t *each;
    json_array_foreach(list, index, each) {
        const json_t *box = json_object_get(each, "box");
        size_t bytes = json_string_length(json_object_get(each, "text"));
        if (bytes == 0 || bytes >= sizeof((struct lince_letter){0}).text || json_array_size(box) != 4) {
            return true;
        }
    }
    struct lince_letter *letters = count == 0 ? NULL : letter_book_add(&page->letters, word, count);
    for (size_t i = 0; letters != NULL && i < count; i++) {
        each = json_array_get(list, i);
        letters[i] = (struct lince_letter){.confidence = json_number_value(json_object_get(each, "confidence")),
                                           .box = box_of(each)};
        letter_text_append(&letters[i], json_string_value(json_object_get(each, "text")));
    }
    return count == 0 || letters != NULL;
}

/* The letters of all words, of a page that was read with them. */
static enum lince_status all_letters_read(struct lince_page *page, const json_t *lines, struct lince_error *error) {
    bool fits = true;
    letter_book_open(&page->letters, &page->arena);
    for (size_t i = 0; i < page->lines.count; i++) {
        const json_t *words = json_object_get(json_array_get(lines, i), "words");
        for (size_t j = 0; j < page->lines.items[i].word_count && fits; j++) {
            const json_t *list = json_object_get(json_array_get(words, j), "letters");
            fits = letters_read(page, list, page->lines.items[i].words[j].text);
        }
    }
    return fits && letter_book_sort(&page->letters) ? LINCE_OK : out_of_memory(error);
}

static bool is_of_layer(const json_t *line) {
    const char *source = json_string_value(json_object_get(line, "source"));
    return source != NULL && strcmp(source, "layer") == 0;
}

/* Puts the words of the file's own text side by side, by which a page knows them. */
static enum lince_status layer_join(struct lince_page *page, const json_t *lines, struct lince_error *error) {
    size_t count = 0;
    for (size_t i = 0; i < page->lines.count; i++) {
        count += is_of_layer(json_array_get(lines, i)) ? page->lines.items[i].word_count : 0;
    }
    struct lince_word *words = arena_allocate_zero(&page->arena, count + 1, sizeof *words);
    if (words == NULL) {
        return out_of_memory(error);
    }
    page->layer_words = words;
    page->layer_word_count = count;
    for (size_t i = 0; i < page->lines.count; i++) {
        struct lince_line *line = &page->lines.items[i];
        if (is_of_layer(json_array_get(lines, i))) {
            memcpy(words, line->words, line->word_count * sizeof *words);
            line->words = words;
            words += line->word_count;
        }
    }
    return LINCE_OK;
}

static enum lince_status page_fill(struct lince_page *page, const json_t *tree, struct lince_error *error) {
    struct record_page read;
    enum lince_status status = page_json_read(&page->arena, tree, &read, error);
    if (status != LINCE_OK) {
        return status;
    }
    for (size_t i = 0; i < read.line_count; i++) {
        if (read.lines[i].word_count == 0) {
            return damaged("words", error);
        }
    }
    page->width_px = (uint32_t)read.width_px;
    page->height_px = (uint32_t)read.height_px;
    page->rotation = (uint32_t)whole(tree, "rotation");
    page->turn = (uint32_t)whole(tree, "turn");
    page->lines.items = (struct lince_line *)(uintptr_t)read.lines; /* on this page's arena */
    page->lines.count = read.line_count;
    if (whole(tree, "page") > 0) {
        page->number = (uint32_t)whole(tree, "page");
        page->count = (uint32_t)whole(tree, "pages");
    }
    status = layer_join(page, json_object_get(tree, "lines"), error);
    if (status == LINCE_OK) {
        status = all_letters_read(page, json_object_get(tree, "lines"), error);
    }
    if (status != LINCE_OK) {
        return status;
    }
    return page_join_text(page) ? blocks_read(page, tree, error) : out_of_memory(error);
}

enum lince_status page_parse(const json_t *tree, struct meter *meter, struct lince_page **page,
                             struct lince_error *error) {
    struct lince_page *made;
    *page = NULL;
    enum lince_status status = page_open(meter, PAGE_BLOCK_BYTES, &made, error);
    if (status == LINCE_OK) {
        status = page_fill(made, tree, error);
        if (status == LINCE_OK) {
            *page = made;
        } else {
            lince_page_free(made);
        }
    }
    return status;
}
