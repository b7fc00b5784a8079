/* item_write.c - the quantity and price of an item, and its line in the value of the field. */
#include "fields/sales/item_write.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fields/sales/item_number.h"

enum { QUANTITY_MOST = 99 };

/*
 * The quantity: two numbers of the row whose product is the amount, and the other one is the price; or else a single
 * small number. 0: unknown.
 */
static long long quantity_of(const struct item *item, long long *price_cents) {
    *price_cents = item->price_cents;
    for (size_t i = 0; i < item->number_count; i++) {
        for (size_t k = 0; k < item->number_count; k++) {
            long long quantity = item->numbers[i];
            bool fits = i != k && quantity % 100 == 0 && quantity > 0 && quantity <= ITEM_UNITS_MOST * 100 &&
                        quantity / 100 * item->numbers[k] == item->cents;
            if (fits && (item->whole[i] || !item->whole[k])) {
                *price_cents = item->numbers[k];
                return quantity / 100;
            }
        }
    }
    for (size_t i = 0; i < item->number_count; i++) {
        if (item->whole[i] && item->numbers[i] > 0 && item->numbers[i] <= QUANTITY_MOST * 100) {
            return item->numbers[i] / 100;
        }
    }
    return 0;
}

static void zeros_trim(char *number) {
    size_t bytes = strlen(number);
    if (strchr(number, '.') != NULL) {
        while (number[bytes - 1] == '0') {
            number[--bytes] = '\0';
        }
        if (number[bytes - 1] == '.') {
            number[bytes - 1] = '\0';
        }
    }
}

/* Whether quantity times price is the amount, but for rounding. */
static bool is_product(const char *quantity, const char *price, long long cents) {
    double product = strtod(quantity, NULL) * strtod(price, NULL) * 100;
    return quantity[0] != '\0' && price[0] != '\0' && fabs(product - (double)cents) <= fmax(1, 0.005 * (double)cents);
}

/* "1.000" is one or a thousand: the product decides, or else the country. */
static void numbers_of(const struct item *item, const char *quantity_text, const char *price_text, bool decimal_comma,
                       char quantity[CELL_NUMBER_BYTES], char price[CELL_NUMBER_BYTES]) {
    char other[CELL_NUMBER_BYTES], other_price[CELL_NUMBER_BYTES];
    price_text += strcspn(price_text, "0123456789"); /* behind a sign of its currency */
    item_number(quantity_text, decimal_comma, quantity);
    item_number(price_text, decimal_comma, price);
    item_number(quantity_text, !decimal_comma, other);
    item_number(price_text, !decimal_comma, other_price);
    if (!is_product(quantity, price, item->cents)) {
        if (is_product(other, price, item->cents) || is_product(other, other_price, item->cents)) {
            memcpy(quantity, other, CELL_NUMBER_BYTES);
        }
        if (is_product(quantity, other_price, item->cents)) {
            memcpy(price, other_price, CELL_NUMBER_BYTES);
        }
    }
    zeros_trim(quantity);
    if (strcmp(quantity, "0") == 0) {
        quantity[0] = '\0';
    }
}

/* A rate or a discount: "16%" is "16", "(G)" is "G", a discount of 10 % is "10%"; nothing for zero. */
static void share_write(const char *text, bool decimal_comma, bool is_rate, struct buffer *value) {
    char bare[CELL_NUMBER_BYTES], number[CELL_NUMBER_BYTES];
    size_t used = 0;
    bool has_percent = strchr(text, '%') != NULL;
    for (; *text != '\0' && used + 1 < sizeof bare; text++) {
        if (strchr("%()$- ", *text) == NULL) {
            bare[used++] = *text;
        }
    }
    bare[used] = '\0';
    item_number(bare, decimal_comma, number);
    if (number[0] != '\0' && (is_rate || strtod(number, NULL) > 0)) {
        buffer_text(value, number);
        buffer_text(value, has_percent && !is_rate ? "%" : "");
    } else if (number[0] == '\0' && is_rate && used <= 2) {
        buffer_text(value, bare);
    }
}

/* Appends the cells behind the amount, without the empty ones at the end. */
static void cells_write(const struct item *item, const char *price, bool decimal_comma, struct buffer *value) {
    size_t whole = value->used_bytes;
    const char *const *texts = item->cells.texts;
    buffer_format(value, "\t%s", price);
    whole = price[0] != '\0' ? value->used_bytes : whole;
    if (item->has_cells) {
        static const enum item_column columns[] = {COLUMN_CODE, COLUMN_UNIT, COLUMN_DISCOUNT, COLUMN_RATE};
        for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
            buffer_text(value, "\t");
            size_t before = value->used_bytes;
            if (columns[i] >= COLUMN_DISCOUNT) {
                share_write(texts[columns[i]], decimal_comma, columns[i] == COLUMN_RATE, value);
            } else {
                buffer_text(value, texts[columns[i]]);
            }
            whole = value->used_bytes > before ? value->used_bytes : whole;
        }
    }
    value->used_bytes = value->used_bytes < whole ? value->used_bytes : whole;
}

void item_write(const struct item *item, bool decimal_comma, struct buffer *value) {
    long long price_cents, quantity = quantity_of(item, &price_cents);
    char amount[MONEY_TEXT_BYTES], price[MONEY_TEXT_BYTES] = "", count[CELL_NUMBER_BYTES] = "";
    char cell_price[CELL_NUMBER_BYTES] = "";
    if (item->has_cells) {
        numbers_of(item, item->cells.texts[COLUMN_QUANTITY], item->cells.texts[COLUMN_PRICE], decimal_comma, count,
                   cell_price);
    }
    if (item->shape.is_whole && count[0] == '\0') {
        numbers_of(item, item->shape.quantity, item->shape.price, decimal_comma, count, cell_price);
    }
    if (count[0] == '\0' && quantity > 0) {
        snprintf(count, sizeof count, "%lld", quantity);
    }
    if (price_cents > 0) {
        money_text(price_cents, price);
    }
    money_text(item->cents, amount);
    buffer_text(value, value->used_bytes == 0 ? "" : "\n");
    buffer_append(value, item->description, item->bytes);
    buffer_format(value, "\t%s\t%s", count, amount);
    cells_write(item, cell_price[0] != '\0' ? cell_price : price, decimal_comma, value);
}
