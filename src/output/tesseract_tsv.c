/* tesseract_tsv.c - a row for each page, block, paragraph, line and word, with Tesseract's columns; and for each
 * letter, as its `makebox` writes it. */
#include <inttypes.h>

#include "base/buffer.h"
#include "output/markup.h"
#include "output/output.h"

enum level { LEVEL_PAGE = 1, LEVEL_BLOCK, LEVEL_PARAGRAPH, LEVEL_LINE, LEVEL_WORD };

/* The page, block, paragraph, line and word of a row; 0: all of them. */
struct numbers {
    uint64_t page;
    size_t block, paragraph, line, word;
};

/* Writes everything but the text and the line's end. Rows other than words have the confidence -1. */
static void row_write(struct buffer *buffer, enum level level, const struct numbers *numbers, struct lince_box box,
                      double confidence) {
    struct pixel_box pixels = pixel_box_of(box);
    buffer_format(buffer, "%d\t%" PRIu64 "\t%zu\t%zu\t%zu\t%zu\t", (int)level, numbers->page, numbers->block,
                  numbers->paragraph, numbers->line, numbers->word);
    buffer_format(buffer, "%" PRId64 "\t%" PRId64 "\t%" PRId64 "\t%" PRId64 "\t", pixels.x0, pixels.y0,
                  pixels.x1 - pixels.x0, pixels.y1 - pixels.y0);
    buffer_real(buffer, confidence, 2);
    buffer_text(buffer, "\t");
}

static void line_write(struct buffer *buffer, struct numbers numbers, const struct lince_line *line) {
    row_write(buffer, LEVEL_LINE, &numbers, line->box, -1);
    buffer_text(buffer, "\n");
    for (size_t i = 0; i < line->word_count; i++) {
        numbers.word = i + 1;
        row_write(buffer, LEVEL_WORD, &numbers, line->words[i].box, 100 * line->words[i].confidence);
        markup_cell(buffer, line->words[i].text);
        buffer_text(buffer, "\n");
    }
}

static void item_rows(const struct output_item *item, struct buffer *buffer) {
    const struct lince_page *page = item->page;
    if (page == NULL) {
        return;
    }
    struct numbers numbers = {.page = item->index + 1};
    struct lince_box whole = {0, 0, lince_page_width_px(page), lince_page_height_px(page)};
    row_write(buffer, LEVEL_PAGE, &numbers, whole, -1);
    buffer_text(buffer, "\n");
    for (size_t b = 0; b < lince_page_block_count(page); b++) {
        const struct lince_block *block = lince_page_block(page, b);
        numbers = (struct numbers){.page = item->index + 1, .block = b + 1};
        row_write(buffer, LEVEL_BLOCK, &numbers, block->box, -1);
        buffer_text(buffer, "\n");
        numbers.paragraph = 1;
        row_write(buffer, LEVEL_PARAGRAPH, &numbers, block->box, -1);
        buffer_text(buffer, "\n");
        for (size_t i = 0; i < block->line_count; i++) {
            numbers.line = i + 1;
            line_write(buffer, numbers, lince_page_line(page, block->first_line + i));
        }
    }
}

const struct output_format output_tesseract_tsv = {
    .name = "tesseract-tsv",
    .head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n",
    .between = "",
    .tail = "",
    .item = item_rows,
};

/* ---- makebox ------------------------------------------------------------------------------------------- */

/* y goes up from the bottom of the picture. */
static void word_rows(const struct output_item *item, size_t line, size_t word, struct buffer *buffer) {
    const struct lince_letter *letters;
    size_t count = lince_page_letters(item->page, line, word, &letters);
    int64_t height = lince_page_height_px(item->page);
    for (size_t i = 0; i < count; i++) {
        struct pixel_box box = pixel_box_of(letters[i].box);
        markup_cell(buffer, letters[i].text);
        buffer_format(buffer, " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRIu64 "\n", box.x0, height - box.y1,
                      box.x1, height - box.y0, item->index);
    }
}

static void item_boxes(const struct output_item *item, struct buffer *buffer) {
    for (size_t line = 0; item->page != NULL && line < lince_page_line_count(item->page); line++) {
        for (size_t word = 0; word < lince_page_line(item->page, line)->word_count; word++) {
            word_rows(item, line, word, buffer);
        }
    }
}

const struct output_format output_tesseract_box = {
    .name = "box", .head = "", .between = "", .tail = "", .item = item_boxes};
