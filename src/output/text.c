/*
 * text.c - the lines, or the fields if requested, for people. Several files each get their name; form feeds separate
 * pages.
 */
#include "output/text.h"
#include "base/buffer.h"
#include "output/output.h"

/* A row of the page is one line, with two spaces between its cells. */
static void lines_text(const struct lince_page *page, struct buffer *buffer) {
    size_t count = lince_page_line_count(page);
    for (size_t i = 0; i < count; i++) {
        bool goes_on = i + 1 < count && lince_page_line_place(page, i + 1).row == lince_page_line_place(page, i).row;
        buffer_text(buffer, lince_page_line(page, i)->text);
        buffer_text(buffer, goes_on ? "  " : "\n");
    }
}

void text_record(const struct lince_record *record, struct buffer *buffer) {
    const char *layout = lince_record_layout(record);
    buffer_format(buffer, "%-16s        %s\n", "layout", layout == NULL ? "-" : layout);
    for (size_t i = 0; i < lince_record_field_count(record); i++) {
        const struct lince_field *field = lince_record_field(record, i);
        buffer_format(buffer, "%-16s %3d %%  %s\n", field->name, (int)(field->confidence * 100), field->value);
    }
    for (size_t i = 0; i < lince_record_reason_count(record); i++) {
        buffer_format(buffer, "%-16s        %s\n", "review", lince_record_reason(record, i));
    }
}

void text_file_begin(const struct output_item *item, struct buffer *buffer) {
    if (!item->alone) {
        buffer_format(buffer, "==> %s <==\n", item->name);
    }
}

const char *text_file_end(bool alone) {
    return alone ? "" : "\n";
}

void text_item(const struct output_item *item, text_content content, struct buffer *buffer) {
    if (item->page == NULL) {
        return;
    }
    bool is_whole_file = item->page_number == 0;
    if (is_whole_file) {
        text_file_begin(item, buffer);
    }
    content(item, buffer);
    buffer_text(buffer, is_whole_file ? text_file_end(item->alone) : "");
}

static void content_write(const struct output_item *item, struct buffer *buffer) {
    if (item->record != NULL) {
        text_record(item->record, buffer);
    } else {
        lines_text(item->page, buffer);
    }
}

static void item_text(const struct output_item *item, struct buffer *buffer) {
    text_item(item, content_write, buffer);
}

const struct output_format output_text = {
    .name = "text",
    .head = "",
    .between = "",
    .tail = "",
    .item = item_text,
    .document_begin = text_file_begin,
    .page_between = "\f",
    .document_end = text_file_end,
};
