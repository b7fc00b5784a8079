/* item_rows.c - the rows between a receipt's head and its totals, each split into its parts. */
#include "fields/sales/item_rows.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "fields/values/scan.h"

/* In heights of a row: middles of two rows are farther apart than this. */
static const double ROW_STEP = 0.6;
/* A label inside a row ends the items from this quality on. */
static const double LABEL_SURE = 0.8;

enum { CODE_DIGITS = 6, DIGITS_MOST = 10 };

/* Whether the label of an amount is the head of a column of items. */
static bool is_of_heads(const struct search *search, const struct item_heads *heads, size_t label) {
    double middle = box_middle(search->labels[label].box);
    return heads->count > 0 && middle < heads->bottom && middle > heads->heads[0].box.y0;
}

/* Whether the amount beside the label ends the items: "Cambio de compresor 50,00" does not. */
static bool ends_items(const struct search *search, const struct item_heads *heads, const struct option *option) {
    const struct candidate *amount = &search->candidates[option->candidate];
    return option->label != LABELS_MOST && !is_of_heads(search, heads, option->label) &&
           (search->labels[option->label].quality > LABEL_SURE || search->labels[option->label].strong) &&
           (find_has_sign(&amount->find) || amount->find.decimals || search->labels[option->label].strong);
}

/*
 * Items are below the top of the receipt, or the heads of their columns, and above the first labelled amount; of a wide
 * search, above the total. A seller that is named at the foot is below them.
 */
static void bounds_find(const struct search *search, const struct item_heads *heads, bool wide, double *top,
                        double *bottom) {
    size_t total = layout_field_find(search->layout, "total");
    double seller = 0;
    *top = 0;
    *bottom = search->sheet.height_px;
    for (size_t i = 0; i < search->layout->field_count; i++) {
        if (search->choice[i] == OPTIONS_MOST) {
            continue;
        }
        const struct option *option = &search->options[i].options[search->choice[i]];
        const struct lince_box *box = &search->candidates[option->candidate].box;
        enum value_type type = search->layout->fields[i].type;
        if (type == VALUE_COMPANY || type == VALUE_ADDRESS) {
            seller = fmax(seller, box->y1);
        } else if (type == VALUE_MONEY && ends_items(search, heads, option) && (!wide || i == total)) {
            *bottom = fmin(*bottom, box->y0);
        }
    }
    *top = seller < *bottom && !wide ? seller : 0;
    if (heads->count > 0 && heads->bottom < *bottom) {
        *top = fmax(*top, heads->bottom);
    }
}

/* Whether the page prints amounts without decimals: its country's money has none, or its total has none. */
static bool is_whole_page(const struct search *search) {
    const struct candidate *total = search_chosen(search, layout_field_find(search->layout, "total"));
    return search->locale.country->whole_amounts || (total != NULL && !total->find.decimals);
}

/* With decimals; if the page's amounts have none, at the right of the page. */
static bool is_item_amount(const struct search *search, const struct candidate *candidate, double top, double bottom) {
    static const double RIGHT_SHARE = 0.6;
    double middle = box_middle(candidate->first_box);
    bool whole = is_whole_page(search) && candidate->first_box.x1 > RIGHT_SHARE * search->sheet.width_px;
    return candidate->type == VALUE_MONEY && (candidate->find.decimals || whole) && candidate->extent_count == 1 &&
           candidate->find.value[0] != '-' && middle > top && middle < bottom;
}

/* Whether a minus is right before the amount, or its currency: "Bs -310,00", "-$ 5.00"; or right behind it: "5.00-". */
static bool is_negative(const struct search *search, const struct candidate *amount) {
    const struct sheet_line *line = &search->sheet.lines[amount->extents[0].line];
    size_t from = amount->extents[0].from, to = amount->extents[0].to;
    bool before = from > 0 && line->text[from - 1] == '-' && (from == 1 || line->text[from - 2] == ' ');
    bool own = line->text[from] == '-';
    bool behind = to < line->bytes && line->text[to] == '-' && (to + 1 == line->bytes || line->text[to + 1] == ' ');
    return before || own || behind;
}

/* Whether a label or a colon stands in the amount's piece or left of it: "Mesa: 7", "Factura N° 44". */
static bool is_apart(const struct search *search, const struct candidate *amount) {
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        bool row =
            box_same_row(segment->box, amount->first_box) > ROW_SURE_SHARE && segment->box.x0 <= amount->first_box.x0;
        if (row && memchr(search->sheet.lines[segment->line].text + segment->from, ':', segment->to - segment->from)) {
            return true;
        }
    }
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        bool row = box_same_row(label->box, amount->first_box) > ROW_SURE_SHARE && label->box.x0 < amount->first_box.x0;
        if (row && label->kind == PHRASE_FIELD && label->quality > LIKELY) {
            return true;
        }
    }
    return false;
}

/* Whether no word stands between the label and the end of its piece, or the amount: but "Servicio de grúa". */
static bool is_all_of_piece(const struct search *search, const struct label *label, const struct candidate *amount) {
    enum { CURRENCY_LETTERS = 3 };
    const struct segment *own = &search->sheet.segments[label->segment];
    const char *text = search->sheet.lines[own->line].text;
    size_t end = amount->segment == label->segment ? amount->extents[0].from : own->to, letters = 0;
    for (size_t at = label->to; at < end; at++) {
        letters += scan_is_letter(text[at]);
    }
    return label->from == own->from && letters <= CURRENCY_LETTERS;
}

/* Digits alone, without sign, decimals or parted thousands. */
static bool is_bare(const struct search *search, const struct candidate *amount) {
    const struct extent *extent = &amount->extents[0];
    const char *text = search->sheet.lines[extent->line].text;
    bool parted = memchr(text + extent->from, '.', extent->to - extent->from) != NULL ||
                  memchr(text + extent->from, ',', extent->to - extent->from) != NULL;
    return !parted && !find_has_sign(&amount->find);
}

/* Whether the label names an amount of the whole sale, or its number: "Subtotal", "La suma de", "RECIBO No." */
static bool names_sale(const struct search *search, const struct label *label, const struct candidate *amount) {
    const struct field_rule *rule = label->kind == PHRASE_FIELD ? &search->layout->fields[label->field] : NULL;
    if (rule == NULL || label->quality <= LIKELY) {
        return false;
    }
    bool sure = label->strong || label->quality > LABEL_SURE;
    return rule->type == VALUE_MONEY ? rule->required || is_all_of_piece(search, label, amount)
                                     : rule->asked && (sure || is_bare(search, amount));
}

/* The last byte before the amount on its row, in its piece or the one left of it; '\0' for none. */
static char byte_before(const struct search *search, const struct candidate *amount) {
    const struct segment *own = &search->sheet.segments[amount->segment];
    size_t line = own->line, end = amount->extents[0].from;
    double nearest = -1;
    for (size_t i = 0; i < search->sheet.segment_count && amount->extents[0].from == own->from; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        if (box_same_row(segment->box, own->box) > ROW_SURE_SHARE && segment->box.x1 <= own->box.x0 &&
            segment->box.x1 > nearest) {
            nearest = segment->box.x1;
            line = segment->line;
            end = segment->to;
        }
    }
    const char *text = search->sheet.lines[line].text;
    while (end > 0 && strchr(" $", text[end - 1]) != NULL) {
        end--;
    }
    return end > 0 ? text[end - 1] : '\0';
}

/* Whether the row is none of an item: "Subtotal", "La suma de", "VALOR:". */
static bool is_told(const struct search *search, const struct candidate *amount) {
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        bool row = box_same_row(label->box, amount->first_box) > ROW_SURE_SHARE && label->box.x0 < amount->first_box.x0;
        if (row && names_sale(search, label, amount)) {
            return true;
        }
    }
    return false;
}

/* Which of two amounts on a row is the item's: the one in the column of amounts, or else the last. */
static bool is_amount_of_row(const struct item_heads *heads, const struct candidate *one,
                             const struct candidate *other) {
    double distance = item_heads_distance(heads, COLUMN_AMOUNT, one->first_box);
    double other_distance = item_heads_distance(heads, COLUMN_AMOUNT, other->first_box);
    return distance != other_distance ? distance < other_distance : one->first_box.x0 > other->first_box.x0;
}

/* Rows come from the top down. */
static size_t amounts_collect(const struct search *search, const struct item_heads *heads, bool wide,
                              struct item *items) {
    double top, bottom;
    size_t count = 0;
    bounds_find(search, heads, wide, &top, &bottom);
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *candidate = &search->candidates[i];
        if (!is_item_amount(search, candidate, top, bottom)) {
            continue;
        }
        size_t at = 0;
        while (at < count && box_same_row(items[at].amount->first_box, candidate->first_box) < ROW_SURE_SHARE) {
            at++;
        }
        if (at < count && !is_amount_of_row(heads, candidate, items[at].amount)) {
            continue;
        }
        if (at == ITEMS_MOST) {
            return 0; /* cannot be checked */
        }
        long long cents = money_hundredths(candidate->find.value);
        items[at] = (struct item){.amount = candidate,
                                  .cents = is_negative(search, candidate) ? -cents : cents,
                                  .box = candidate->first_box,
                                  .is_apart = is_apart(search, candidate),
                                  .is_told = is_told(search, candidate),
                                  .is_colon = byte_before(search, candidate) == ':',
                                  .is_bare = is_bare(search, candidate)};
        count += at == count;
    }
    for (size_t i = 1; i < count; i++) {
        for (size_t k = i; k > 0 && box_middle(items[k - 1].box) > box_middle(items[k].box); k--) {
            struct item lower = items[k - 1];
            items[k - 1] = items[k];
            items[k] = lower;
        }
    }
    return count;
}

/* ---- what a row says ---- */

/* Appends the text of a row, up to a right edge, with spaces between pieces. Widens the item's box. */
static void row_append(const struct search *search, double middle, double right, struct item *item,
                       struct buffer *text) {
    struct row_walk walk = {0};
    const struct sheet_word *word;
    while ((word = sheet_row_next(&search->sheet, middle, &walk)) != NULL) {
        if (word->box.x1 <= right) {
            buffer_text(text, text->used_bytes == 0 ? "" : " ");
            buffer_append(text, walk.line->text + word->from, word->to - word->from);
            item->box = box_around(item->box, word->box);
        }
    }
}

/* A word of digits, with the signs that quantities and prices have: "2", "x1.80", "@1.250,00". */
static bool number_parse(const char *word, size_t bytes, long long *hundredths, bool *whole) {
    long long value = 0;
    size_t digits = 0, point = bytes;
    for (size_t i = 0; i < bytes; i++) {
        bool edge = i == 0 || i + 1 == bytes;
        if (scan_is_digit(word[i])) {
            value = digits < DIGITS_MOST ? value * 10 + (word[i] - '0') : value;
            digits++;
        } else if ((word[i] == '.' || word[i] == ',') && digits > 0) {
            point = i;
        } else if (!(edge && strchr("xX@*", word[i]) != NULL)) {
            return false;
        }
    }
    size_t decimals = 0;
    while (point + 1 + decimals < bytes && scan_is_digit(word[point + 1 + decimals])) {
        decimals++;
    }
    for (size_t i = decimals; i < 2; i++) {
        value *= 10;
    }
    *hundredths = value;
    *whole = point == bytes;
    return digits > 0 && digits <= DIGITS_MOST && decimals <= 2 && !(*whole && digits >= CODE_DIGITS);
}

/* Whether it is a word of a description, not a number, a sign or a currency. */
static bool is_word(const struct locale *locale, const char *word, size_t bytes) {
    const char *code;
    size_t count = 0, digits = 0;
    bool times = false;
    if (money_currency_match(locale, word, bytes, &code) == bytes) {
        return false;
    }
    for (size_t i = 0; i < bytes; i++) {
        count += scan_is_letter(word[i]);
        digits += scan_is_digit(word[i]);
        times = times || strchr("xX@.,", word[i]) != NULL;
    }
    return count >= 2 || (count == 1 && digits > 0 && digits + 1 == bytes && !times); /* "1L" */
}

static size_t word_end(const char *text, size_t bytes, size_t at) {
    while (at < bytes && text[at] != ' ') {
        at++;
    }
    return at;
}

/* The description is everything from the first word to the last. Numbers around it are noted, codes are left out. */
static void row_parse(const struct locale *locale, const char *text, size_t bytes, struct item *item) {
    size_t first = bytes, last = 0;
    struct item_shape shape = item_shape_read(locale, text, bytes);
    bool counted = item->shape.is_whole; /* figures behind the words are theirs: "GASOLINA 95" */
    item->shape = shape.is_whole ? shape : item->shape;
    for (size_t from = 0, to; from < bytes && !shape.is_whole; from = to + 1) {
        to = word_end(text, bytes, from);
        if (is_word(locale, text + from, to - from)) {
            first = from < first ? from : first;
            last = to;
        }
    }
    for (size_t from = 0, to; from < bytes; from = to + 1) {
        to = word_end(text, bytes, from);
        size_t at = item->number_count;
        bool around = from < first || from >= last;
        if (around && at < ITEM_NUMBERS_MOST &&
            number_parse(text + from, to - from, &item->numbers[at], &item->whole[at])) {
            item->number_count++;
        }
    }
    last = counted && last > 0 ? bytes : last;
    last -= last > first && text[last - 1] == ':';
    if (first < last && item->bytes == 0) {
        item->description = text + first;
        item->bytes = last - first;
    }
}

/* Whether another item, or a label, is on this row. */
static bool is_row_taken(const struct search *search, const struct item *items, size_t count, double middle) {
    for (size_t i = 0; i < count; i++) {
        if (items[i].amount->first_box.y0 < middle && items[i].amount->first_box.y1 > middle) {
            return true;
        }
    }
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        if (search->segment_label[i] != LABELS_MOST && segment->box.y0 < middle && segment->box.y1 > middle) {
            return true;
        }
    }
    return false;
}

/* The middle of the row right above, if it is close; negative if there is none. */
static double row_above(const struct search *search, const struct item *item) {
    double height = box_height(item->amount->first_box), best = -1;
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        double middle = box_middle(segment->box), gap = box_middle(item->amount->first_box) - middle;
        if (gap > ROW_STEP * height && gap < 2 * height && middle > best) {
            best = middle;
        }
    }
    return best;
}

/* Takes the text of a row, up to a right edge, for the item. False when memory is refused. */
static bool row_read(const struct search *search, double middle, double right, struct item *item) {
    struct buffer text;
    buffer_init(&text, search->arena->meter);
    row_append(search, middle, right, item, &text);
    size_t bytes = text.used_bytes;
    const char *kept = text.refused ? NULL : arena_copy_text(search->arena, bytes == 0 ? "" : text.bytes, bytes);
    buffer_free(&text);
    if (kept != NULL) {
        row_parse(&search->locale, kept, bytes, item);
    }
    return kept != NULL;
}

/* "2 x 1.80" alone on a row is the quantity of the item before or after it. */
static bool is_quantity_of(const struct item *row, const struct item *item) {
    for (size_t i = 0; row->bytes == 0 && i < row->number_count; i++) {
        long long quantity = row->numbers[i] / 100;
        if (row->whole[i] && quantity > 0 && quantity <= ITEM_UNITS_MOST && quantity * row->cents == item->cents) {
            return true;
        }
    }
    return false;
}

/* Whether the row has no words, and its amount is the price of the item before or after it: "2.00 x 350.00". */
static bool is_shape_alone(const struct item *row) {
    return row->bytes == 0 && row->shape.is_whole && row->shape.lacks_price;
}

/* The item that a row which is only a quantity belongs to: by the product, or else by where the first such row is. */
static struct item *owner_of(struct item *items, size_t count, size_t at, struct item *before, bool first_above) {
    struct item *next = at + 1 < count && items[at + 1].bytes > 0 ? &items[at + 1] : NULL;
    before = before != NULL && before->bytes > 0 ? before : NULL;
    if (next != NULL && is_quantity_of(&items[at], next)) {
        return next;
    }
    if (before != NULL && is_quantity_of(&items[at], before)) {
        return before;
    }
    return !is_shape_alone(&items[at]) ? NULL : first_above ? next : before;
}

/* Removes rows that are only a quantity, and adds their numbers to their items. */
static size_t quantities_merge(struct item *items, size_t count) {
    size_t kept = 0, first = 0;
    while (first < count && items[first].bytes == 0 && !is_shape_alone(&items[first])) {
        first++;
    }
    bool first_above = first < count && is_shape_alone(&items[first]);
    for (size_t i = 0; i < count; i++) {
        struct item *owner = owner_of(items, count, i, kept > 0 ? &items[kept - 1] : NULL, first_above);
        if (owner == NULL) {
            items[kept++] = items[i];
            continue;
        }
        memcpy(owner->numbers, items[i].numbers, sizeof owner->numbers);
        memcpy(owner->whole, items[i].whole, sizeof owner->whole);
        owner->number_count = items[i].number_count;
        owner->price_cents = items[i].cents;
        owner->shape = items[i].shape;
        owner->box = box_around(owner->box, items[i].box);
    }
    return kept;
}

/* Reads the items' rows, and the rows above those without words. False when memory is refused. */
static bool items_read(const struct search *search, struct item *items, size_t *count) {
    for (size_t i = 0; i < *count; i++) {
        const struct lince_box *amount = &items[i].amount->first_box;
        if (!row_read(search, box_middle(*amount), amount->x0 + 1, &items[i])) {
            return false;
        }
    }
    *count = quantities_merge(items, *count);
    for (size_t i = 0; i < *count; i++) {
        double above = items[i].bytes > 0 ? -1 : row_above(search, &items[i]);
        if (above >= 0 && !is_row_taken(search, items, *count, above) &&
            !row_read(search, above, search->sheet.width_px, &items[i])) {
            return false;
        }
    }
    return true;
}

/* Takes the cells of the items' rows, and their descriptions from them. False when memory is refused. */
static bool columns_read(const struct search *search, const struct item_heads *heads, struct item *items,
                         size_t count) {
    for (size_t i = 0; i < count && heads->count > 0; i++) {
        struct item *item = &items[i];
        const struct lince_box *amount = &item->amount->first_box;
        if (!item_cells_read(search, heads, box_middle(*amount), box_height(*amount), &item->cells)) {
            return false;
        }
        const char *description = item->cells.texts[COLUMN_DESCRIPTION];
        bool is_part = item->bytes > 0 && description[0] != '\0' &&
                       memmem(item->description, item->bytes, description, strlen(description)) != NULL;
        if (heads->has[COLUMN_DESCRIPTION] && is_part) { /* what stands in other columns is none of it */
            item->description = description;
            item->bytes = strlen(description);
        }
        item->has_cells = true;
        item->box = box_around(item->box, item->cells.box);
    }
    return true;
}

bool item_rows_read(const struct search *search, bool wide, struct item *items, size_t *count) {
    struct item_heads heads;
    if (!item_heads_find(search, 0, search->sheet.height_px, &heads)) {
        return false;
    }
    *count = amounts_collect(search, &heads, wide, items);
    return items_read(search, items, count) && columns_read(search, &heads, items, *count);
}
