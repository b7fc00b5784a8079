/* text.c - the lines alone, for people; each file under its name when there are several. */
#include "base/buffer.h"
#include "output/output.h"

static void item_text(const struct output_item *item, struct buffer *buffer) {
    if (item->page == NULL) {
        return;
    }
    if (!item->alone) {
        buffer_format(buffer, "==> %s <==\n", item->name);
    }
    const char *text = lince_page_text(item->page);
    buffer_text(buffer, text);
    if (*text != '\0') {
        buffer_append(buffer, "\n", 1);
    }
    if (!item->alone) {
        buffer_append(buffer, "\n", 1);
    }
}

const struct output_format output_text = {
    .name = "text",
    .head = "",
    .between = "",
    .tail = "",
    .item = item_text,
};
