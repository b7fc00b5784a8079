/* rows_sum.c - looks for rows with amounts above a total, and adds them up. */
#include "fields/pages/rows_sum.h"

#include <stdlib.h>
#include <string.h>

#include "fields/pages/seller_head.h"
#include "fields/values/scan.h"

enum {
    PIECES_MOST_OF_SALE = 512,
    ROWS_MOST = 64,
    NUMBERS_MOST = 6,
    LETTERS_LEAST = 3,
    FACTOR_MOST = 1000000000,
    HUNDREDTHS = 100,
    ROUNDING = 1
};

struct sum_row {
    struct lince_box box;
    long long amount; /* the last number of the row, in hundredths */
    size_t count;
    long long numbers[NUMBERS_MOST]; /* those before it */
    size_t letters;
    bool labelled, total, coded;
};

/* Whether the word of a total begins the piece: "TOTAL Bs". */
static bool begins_total(const struct search *search, const struct segment *segment) {
    const struct fold *fold = &search->sheet.lines[segment->line].fold;
    const char *list = search->locale.set->lists[WORDS_TOTAL];
    while (*list != '\0') {
        size_t bytes = strcspn(list, "|"), same = 0, i = 0;
        for (; i < bytes && (list[i] == ' ' || (segment->fold_from + same < segment->fold_to &&
                                                fold->plain[segment->fold_from + same] == list[i]));
             i++) {
            same += list[i] != ' ';
        }
        size_t end = segment->fold_from + same;
        if (i == bytes && same > 0 && (end >= segment->fold_to || fold_word_starts(fold, end))) {
            return true;
        }
        list += bytes + (list[bytes] == '|');
    }
    return false;
}

static size_t letters_of(const struct search *search, const struct segment *segment) {
    const struct fold *fold = &search->sheet.lines[segment->line].fold;
    size_t letters = 0;
    for (size_t i = segment->fold_from; i < segment->fold_to; i++) {
        letters += !scan_is_digit(fold->plain[i]);
    }
    return letters;
}

static void number_add(struct sum_row *row, long long value) {
    if (row->count < NUMBERS_MOST) {
        row->numbers[row->count++] = value;
    }
}

/* "1006 Tornillo": a row that begins with the code of what is sold. A date goes on with a sign, a day is shorter. */
static bool begins_code(const struct search *search, const struct segment *segment) {
    enum { DIGITS_LEAST = 3, DIGITS_MOST = 14 };
    const char *text = search->sheet.lines[segment->line].text + segment->from;
    size_t bytes = segment->to - segment->from, digits = 0;
    while (digits < bytes && scan_is_digit(text[digits])) {
        digits++;
    }
    return digits >= DIGITS_LEAST && digits <= DIGITS_MOST && digits + 1 < bytes && text[digits] == ' ' &&
           scan_is_letter(text[digits + 1]);
}

/* The row that the piece begins; false if another piece is left of it, or the row does not end with an amount. */
static bool row_read(const struct search *search, size_t first, struct sum_row *row) {
    const struct segment *own = &search->sheet.segments[first];
    double right = -1, number_right = -1;
    *row = (struct sum_row){.box = own->box, .amount = -1, .total = begins_total(search, own)};
    row->labelled = search_begins_amount(search, first);
    row->coded = begins_code(search, own);
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *piece = &search->sheet.segments[i];
        if (box_same_row(piece->box, own->box) <= ROW_SURE_SHARE || piece->fold_to == piece->fold_from) {
            continue;
        }
        if (piece->box.x0 < own->box.x0) {
            return false;
        }
        row->letters += letters_of(search, piece);
        right = piece->box.x1 > right ? piece->box.x1 : right;
    }
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *amount = &search->candidates[i];
        if (amount->type != VALUE_MONEY || amount->extent_count != 1 ||
            box_same_row(amount->first_box, own->box) <= ROW_SURE_SHARE) {
            continue;
        }
        long long value = money_hundredths(amount->find.value);
        if (amount->first_box.x1 > number_right) {
            if (row->amount >= 0) {
                number_add(row, row->amount);
            }
            row->amount = value;
            number_right = amount->first_box.x1;
        } else {
            number_add(row, value);
        }
    }
    return row->amount > 0 && number_right >= right - box_height(own->box);
}

/* Whether two numbers of the row, neither of them 1, make its amount. */
static bool is_multiplied(const struct sum_row *row) {
    for (size_t i = 0; i < row->count; i++) {
        for (size_t j = 0; j < row->count; j++) {
            long long a = row->numbers[i], b = row->numbers[j];
            bool usual = a > 0 && b > 0 && a < FACTOR_MOST && b < FACTOR_MOST && a != HUNDREDTHS && b != HUNDREDTHS;
            if (i != j && usual && llabs(a * b / HUNDREDTHS - row->amount) <= ROUNDING) {
                return true;
            }
        }
    }
    return false;
}

/* Whether the rows before the total make it; one alone must have a code, a product, or a seller above it. */
static bool is_made(const struct sum_row *rows, size_t total, bool sold) {
    long long sum = 0;
    for (size_t i = total; i > 0; i--) {
        const struct sum_row *row = &rows[i - 1];
        if (row->labelled || row->total || row->letters < LETTERS_LEAST) {
            return false;
        }
        sum += row->amount;
        if (sum >= rows[total].amount) {
            return sum == rows[total].amount && (i < total || sold || row->coded || is_multiplied(row));
        }
    }
    return false;
}

bool rows_make_total(const struct search *search) {
    struct sum_row rows[ROWS_MOST];
    size_t count = 0;
    if (search->sheet.segment_count > PIECES_MOST_OF_SALE) {
        return false;
    }
    for (size_t i = 0; i < search->sheet.segment_count && count < ROWS_MOST; i++) {
        struct sum_row row;
        if (!row_read(search, i, &row)) {
            continue;
        }
        size_t at = count++;
        while (at > 0 && rows[at - 1].box.y0 > row.box.y0) {
            rows[at] = rows[at - 1];
            at--;
        }
        rows[at] = row;
    }
    bool sold = seller_is_alone(search);
    for (size_t i = 0; i < count; i++) {
        if (rows[i].total && is_made(rows, i, sold)) {
            return true;
        }
    }
    return false;
}
