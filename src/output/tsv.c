/* tsv.c - one row per line of text, for spreadsheets and awk. */
#include "base/buffer.h"
#include "output/output.h"
#include "output/writers/decimals.h"

/* Inside a field, a tab, a line feed, a carriage return and a backslash are written \t \n \r \\. */
static void field(struct buffer *buffer, const char *text) {
    static const char special[] = "\t\n\r\\", letters[] = "tnr\\";
    for (; *text != '\0'; text++) {
        const char *found = NULL;
        for (const char *candidate = special; *candidate != '\0'; candidate++) {
            found = *candidate == *text ? candidate : found;
        }
        if (found == NULL) {
            buffer_append(buffer, text, 1);
        } else {
            char escape[2] = {'\\', letters[found - special]};
            buffer_append(buffer, escape, sizeof escape);
        }
    }
}

static void item_rows(const struct output_item *item, struct buffer *buffer) {
    size_t line_count = item->page == NULL ? 0 : lince_page_line_count(item->page);
    for (size_t i = 0; i < line_count; i++) {
        const struct lince_line *line = lince_page_line(item->page, i);
        field(buffer, item->name);
        buffer_format(buffer, "\t%zu\t", i);
        const double numbers[] = {line->box.x0, line->box.y0, line->box.x1, line->box.y1};
        for (size_t n = 0; n < sizeof numbers / sizeof *numbers; n++) {
            buffer_real(buffer, numbers[n], COORDINATE_DECIMALS);
            buffer_append(buffer, "\t", 1);
        }
        buffer_real(buffer, line->confidence, CONFIDENCE_DECIMALS);
        buffer_append(buffer, "\t", 1);
        field(buffer, line->text);
        buffer_format(buffer, "\t%u\n", item->page_number == 0 ? 1 : item->page_number);
    }
}

const struct output_format output_tsv = {
    .name = "tsv",
    .head = "file\tindex\tx0\ty0\tx1\ty1\tconfidence\ttext\tpage\n",
    .between = "",
    .tail = "",
    .item = item_rows,
};
