/*
 * hocr.c - hOCR 1.2: one XHTML document with one page per picture: areas, paragraphs, lines and words with their boxes.
 */
#include <inttypes.h>
#include <math.h>

#include "base/buffer.h"
#include "base/turn.h"
#include "output/markup.h"
#include "output/output.h"

static void box_write(struct buffer *buffer, struct lince_box box) {
    struct pixel_box pixels = pixel_box_of(box);
    buffer_format(buffer, "bbox %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64, pixels.x0, pixels.y0, pixels.x1,
                  pixels.y1);
}

/* The baseline of a line, as a slope from the box's lower left corner, or the angle of text that runs up or down. */
static void line_title(struct buffer *buffer, const struct lince_line *line) {
    unsigned turn = turn_of_quad(line->quad);
    box_write(buffer, line->box);
    if (turn != 0) {
        buffer_format(buffer, "; textangle %u", 90 * (4 - turn)); /* counter-clockwise */
        return;
    }
    struct lince_point left = line->quad[3], right = line->quad[2];
    double slope = (right.y - left.y) / fmax(right.x - left.x, 1.0);
    buffer_text(buffer, "; baseline ");
    buffer_real(buffer, slope, 4);
    buffer_text(buffer, " ");
    buffer_real(buffer, left.y + slope * (floor(line->box.x0) - left.x) - ceil(line->box.y1), 0);
}

/* The text of a word; with its letters' places if they are wanted and known. */
static void word_text(struct buffer *buffer, const struct output_item *item, size_t line, size_t word) {
    const struct lince_letter *letters;
    size_t count = item->letters ? lince_page_letters(item->page, line, word, &letters) : 0;
    if (count == 0) {
        markup_text(buffer, lince_page_line(item->page, line)->words[word].text);
    }
    for (size_t i = 0; i < count; i++) {
        struct pixel_box box = pixel_box_of(letters[i].box);
        buffer_format(buffer,
                      "<span class=\"ocrx_cinfo\" title=\"x_bboxes %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64
                      "; x_conf ",
                      box.x0, box.y0, box.x1, box.y1);
        buffer_real(buffer, 100 * letters[i].confidence, 2);
        buffer_text(buffer, "\">");
        markup_text(buffer, letters[i].text);
        buffer_text(buffer, "</span>");
    }
}

static void line_write(struct buffer *buffer, const struct output_item *item, size_t index) {
    const struct lince_line *line = lince_page_line(item->page, index);
    uint64_t page = item->index + 1;
    buffer_format(buffer, "   <span class=\"ocr_line\" id=\"line_%" PRIu64 "_%zu\" title=\"", page, index + 1);
    line_title(buffer, line);
    buffer_text(buffer, "\">\n");
    for (size_t i = 0; i < line->word_count; i++) {
        const struct lince_word *word = &line->words[i];
        buffer_format(buffer, "    <span class=\"ocrx_word\" id=\"word_%" PRIu64 "_%zu_%zu\" title=\"", page, index + 1,
                      i + 1);
        box_write(buffer, word->box);
        buffer_format(buffer, "; x_wconf %ld\">", lround(100 * word->confidence));
        word_text(buffer, item, index, i);
        buffer_text(buffer, "</span>\n");
    }
    buffer_text(buffer, "   </span>\n");
}

static void block_write(struct buffer *buffer, const struct output_item *item, size_t index) {
    const struct lince_block *block = lince_page_block(item->page, index);
    uint64_t number = item->index + 1;
    buffer_format(buffer, " <div class=\"ocr_carea\" id=\"block_%" PRIu64 "_%zu\" title=\"", number, index + 1);
    box_write(buffer, block->box);
    buffer_format(buffer, "\">\n  <p class=\"ocr_par\" id=\"par_%" PRIu64 "_%zu\" title=\"", number, index + 1);
    box_write(buffer, block->box);
    buffer_text(buffer, "\">\n");
    for (size_t i = block->first_line; i < block->first_line + block->line_count; i++) {
        line_write(buffer, item, i);
    }
    buffer_text(buffer, "  </p>\n </div>\n");
}

static void item_hocr(const struct output_item *item, struct buffer *buffer) {
    if (item->page == NULL) {
        return;
    }
    uint64_t number = item->index + 1;
    buffer_format(buffer, "<div class=\"ocr_page\" id=\"page_%" PRIu64 "\" title=\"image &quot;", number);
    markup_text(buffer, item->name);
    buffer_format(buffer, "&quot;; bbox 0 0 %u %u; ppageno %" PRIu64 "\">\n", lince_page_width_px(item->page),
                  lince_page_height_px(item->page), item->page_number > 0 ? item->page_number - 1 : item->index);
    for (size_t i = 0; i < lince_page_block_count(item->page); i++) {
        block_write(buffer, item, i);
    }
    buffer_text(buffer, "</div>\n");
}

const struct output_format output_hocr = {
    .name = "hocr",
    .head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" "
            "\"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">\n"
            "<html xmlns=\"http://www.w3.org/1999/xhtml\">\n"
            "<head>\n"
            "<title>Lince</title>\n"
            "<meta http-equiv=\"Content-Type\" content=\"text/html;charset=utf-8\"/>\n"
            "<meta name=\"ocr-system\" content=\"lince " LINCE_VERSION "\"/>\n"
            "<meta name=\"ocr-capabilities\" content=\"ocr_page ocr_carea ocr_par ocr_line ocrx_word ocrx_cinfo "
            "ocrp_wconf\"/>\n"
            "</head>\n"
            "<body>\n",
    .between = "",
    .tail = "</body>\n</html>\n",
    .item = item_hocr,
};
