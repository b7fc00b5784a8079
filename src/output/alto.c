/* alto.c - ALTO 4: one XML document with one page per picture: blocks, lines and words with their boxes. */
#include <inttypes.h>
#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "output/markup.h"
#include "output/output.h"
#include "output/writers/decimals.h"

static void box_write(struct buffer *buffer, struct lince_box box) {
    struct pixel_box pixels = pixel_box_of(box);
    buffer_format(buffer, " HPOS=\"%" PRId64 "\" VPOS=\"%" PRId64 "\" WIDTH=\"%" PRId64 "\" HEIGHT=\"%" PRId64 "\"",
                  pixels.x0, pixels.y0, pixels.x1 - pixels.x0, pixels.y1 - pixels.y0);
}

/* Writes the words, and between two of them the space that separates them. */
static void words_write(struct buffer *buffer, uint64_t page, size_t index, const struct lince_line *line) {
    for (size_t i = 0; i < line->word_count; i++) {
        const struct lince_word *word = &line->words[i];
        if (i > 0) {
            buffer_text(buffer, "      <SP/>\n");
        }
        buffer_format(buffer, "      <String ID=\"word_%" PRIu64 "_%zu_%zu\" CONTENT=\"", page, index + 1, i + 1);
        markup_text(buffer, word->text);
        buffer_text(buffer, "\"");
        box_write(buffer, word->box);
        buffer_text(buffer, " WC=\"");
        buffer_real(buffer, word->confidence, CONFIDENCE_DECIMALS);
        buffer_text(buffer, "\"/>\n");
    }
}

static void block_write(struct buffer *buffer, uint64_t number, const struct lince_page *page, size_t index) {
    const struct lince_block *block = lince_page_block(page, index);
    buffer_format(buffer, "    <TextBlock ID=\"block_%" PRIu64 "_%zu\" TAGREFS=\"%s\"", number, index + 1,
                  lince_block_kind_name(block->kind));
    box_write(buffer, block->box);
    buffer_text(buffer, ">\n");
    for (size_t i = block->first_line; i < block->first_line + block->line_count; i++) {
        const struct lince_line *line = lince_page_line(page, i);
        buffer_format(buffer, "     <TextLine ID=\"line_%" PRIu64 "_%zu\"", number, i + 1);
        box_write(buffer, line->box);
        buffer_text(buffer, ">\n");
        words_write(buffer, number, i, line);
        buffer_text(buffer, "     </TextLine>\n");
    }
    buffer_text(buffer, "    </TextBlock>\n");
}

/* Writes the file's name in a comment. Comments must not contain two hyphens in a row, so hyphens become U+2010. */
static void name_write(struct buffer *buffer, const char *name) {
    buffer_text(buffer, "  <!-- ");
    while (*name != '\0') {
        if (*name == '-') {
            buffer_text(buffer, "\xe2\x80\x90");
            name++;
            continue;
        }
        char part[64] = "";
        size_t whole = strcspn(name, "-"), bytes = utf8_prefix_bytes(name, sizeof part - 1);
        bytes = whole < bytes ? whole : bytes > 0 ? bytes : 1;
        memcpy(part, name, bytes);
        markup_text(buffer, part);
        name += bytes;
    }
    buffer_text(buffer, " -->\n");
}

static void item_alto(const struct output_item *item, struct buffer *buffer) {
    if (item->page == NULL) {
        return;
    }
    uint64_t number = item->index + 1;
    uint32_t width = lince_page_width_px(item->page), height = lince_page_height_px(item->page);
    name_write(buffer, item->name);
    buffer_format(buffer,
                  "  <Page ID=\"page_%" PRIu64 "\" PHYSICAL_IMG_NR=\"%" PRIu64 "\" WIDTH=\"%u\" HEIGHT=\"%u\">\n"
                  "   <PrintSpace HPOS=\"0\" VPOS=\"0\" WIDTH=\"%u\" HEIGHT=\"%u\">\n",
                  number, item->page_number > 0 ? item->page_number : number, width, height, width, height);
    for (size_t i = 0; i < lince_page_block_count(item->page); i++) {
        block_write(buffer, number, item->page, i);
    }
    buffer_text(buffer, "   </PrintSpace>\n  </Page>\n");
}

#define LAYOUT_TAG(name) "  <LayoutTag ID=\"" name "\" LABEL=\"" name "\"/>\n"

const struct output_format output_alto = {
    .name = "alto",
    .head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<alto xmlns=\"http://www.loc.gov/standards/alto/ns-v4#\" "
            "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
            "xsi:schemaLocation=\"http://www.loc.gov/standards/alto/ns-v4# "
            "http://www.loc.gov/standards/alto/v4/alto-4-3.xsd\">\n"
            " <Description>\n"
            "  <MeasurementUnit>pixel</MeasurementUnit>\n"
            "  <OCRProcessing ID=\"ocr\">\n"
            "   <ocrProcessingStep>\n"
            "    <processingSoftware>\n"
            "     <softwareName>Lince</softwareName>\n"
            "     <softwareVersion>" LINCE_VERSION "</softwareVersion>\n"
            "    </processingSoftware>\n"
            "   </ocrProcessingStep>\n"
            "  </OCRProcessing>\n"
            " </Description>\n"
            " <Tags>\n" LAYOUT_TAG("paragraph") LAYOUT_TAG("heading") LAYOUT_TAG("list_item") LAYOUT_TAG("table")
                LAYOUT_TAG("header") LAYOUT_TAG("footer") LAYOUT_TAG("page_number") " </Tags>\n"
                                                                                    " <Layout>\n",
    .between = "",
    .tail = " </Layout>\n</alto>\n",
    .item = item_alto,
};
