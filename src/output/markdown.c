/* markdown.c - CommonMark with GitHub's tables: headings, paragraphs joined over line ends, lists, tables. */
#include <ctype.h>
#include <string.h>

#include "base/buffer.h"
#include "output/markup.h"
#include "output/output.h"

/* Whether a character at this place would be taken for markup. */
static bool is_markup(const char *text, const char *at) {
    if (strchr("\\`*[]<>|~&", *at) != NULL) {
        return true;
    }
    bool inside = at > text && isalnum((unsigned char)at[-1]) && isalnum((unsigned char)at[1]);
    return *at == '_' && !inside;
}

/* Writes the text of a paragraph. Also escapes a beginning that would make it a heading, a list item or a rule. */
static void text_write(struct buffer *buffer, const char *text, bool begins_line) {
    size_t digits = strspn(text, "0123456789");
    for (const char *at = text; *at != '\0'; at++) {
        bool opens =
            begins_line &&
            ((at == text && strchr("#+-=", *at) != NULL) ||
             (digits > 0 && at == text + digits && (*at == '.' || *at == ')') && (at[1] == ' ' || at[1] == '\0')));
        if (opens || is_markup(text, at)) {
            buffer_text(buffer, "\\");
        }
        bool is_control = (unsigned char)*at < 0x20 || *at == 0x7f;
        buffer_append(buffer, is_control ? " " : at, 1);
    }
}

/* Writes an item with its own number if Markdown knows the form, otherwise with a hyphen. */
static void item_write(struct buffer *buffer, const char *text) {
    size_t digits = strspn(text, "0123456789"), mark = strcspn(text, " ");
    bool is_number = digits > 0 && digits <= 9 && digits + 1 == mark && (text[digits] == '.' || text[digits] == ')');
    bool is_bullet = !isalnum((unsigned char)text[0]) && text[0] != '(' && text[mark] == ' ';
    if (is_number) {
        buffer_append(buffer, text, mark);
        buffer_text(buffer, " ");
    } else {
        buffer_text(buffer, "- ");
    }
    text_write(buffer, is_number || is_bullet ? text + mark + strspn(text + mark, " ") : text, true);
    buffer_text(buffer, "\n");
}

/* The first row is the table's header if it names every column in words. */
static bool table_has_head(const struct lince_block *block) {
    size_t named = 0;
    for (size_t i = 0; i < block->cell_count && block->cells[i].row == 0; i++) {
        named += strpbrk(block->cells[i].text, "0123456789") == NULL;
    }
    return block->table_row_count > 1 && block->table_column_count > 2 && named == block->table_column_count;
}

/* Writes one row from its first cell. Returns the cell after it. */
static size_t table_row(struct buffer *buffer, const struct lince_block *block, size_t cell, size_t row) {
    buffer_text(buffer, "|");
    for (size_t column = 0; column < block->table_column_count; column++) {
        buffer_text(buffer, " ");
        bool is_there =
            cell < block->cell_count && block->cells[cell].row == row && block->cells[cell].column == column;
        if (is_there) {
            text_write(buffer, block->cells[cell].text, false);
            buffer_text(buffer, " ");
            cell++;
        }
        buffer_text(buffer, "|");
    }
    buffer_text(buffer, "\n");
    return cell;
}

static void table_write(struct buffer *buffer, const struct lince_block *block) {
    bool has_head = table_has_head(block);
    size_t cell = table_row(buffer, block, has_head ? 0 : block->cell_count, 0);
    buffer_text(buffer, "|");
    for (size_t column = 0; column < block->table_column_count; column++) {
        buffer_text(buffer, " --- |");
    }
    buffer_text(buffer, "\n");
    cell = has_head ? cell : 0;
    for (size_t row = has_head; row < block->table_row_count; row++) {
        cell = table_row(buffer, block, cell, row);
    }
}

static void block_write(struct buffer *buffer, const struct lince_block *block) {
    switch (block->kind) {
    case LINCE_BLOCK_HEADING:
        buffer_format(buffer, "%.*s ", (int)block->level, "###");
        text_write(buffer, block->text, false);
        buffer_text(buffer, "\n");
        break;
    case LINCE_BLOCK_LIST_ITEM:
        item_write(buffer, block->text);
        break;
    case LINCE_BLOCK_TABLE:
        table_write(buffer, block);
        break;
    default:
        text_write(buffer, block->text, true);
        buffer_text(buffer, "\n");
    }
}

static void item_markdown(const struct output_item *item, struct buffer *buffer) {
    if (item->page == NULL) {
        return;
    }
    if (!item->alone) {
        buffer_text(buffer, "<!-- ");
        markup_text(buffer, item->name);
        if (item->page_number > 0) {
            buffer_format(buffer, " %u", item->page_number);
        }
        buffer_text(buffer, " -->\n\n");
    }
    size_t count = lince_page_block_count(item->page);
    for (size_t i = 0; i < count; i++) {
        const struct lince_block *block = lince_page_block(item->page, i), *next = lince_page_block(item->page, i + 1);
        bool is_list = next != NULL && block->kind == LINCE_BLOCK_LIST_ITEM && next->kind == LINCE_BLOCK_LIST_ITEM;
        block_write(buffer, block);
        buffer_text(buffer, is_list || (next == NULL && item->alone) ? "" : "\n");
    }
}

const struct output_format output_markdown = {
    .name = "markdown",
    .head = "",
    .between = "",
    .tail = "",
    .item = item_markdown,
};
