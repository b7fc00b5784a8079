/* columns.c - measures and judges columns. */
#include "text/order/columns.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"

/* Typical prose: means or shares over the lines of a column. */
static const double PROSE_WORDS = 2.5, PROSE_CHARACTERS = 12, PROSE_LOWER = 0.3, PROSE_DIGITS = 0.25;
static const double FULL_WORDS = 4, FULL_CHARACTERS = 20, FULL_LINES = 0.6, FULL_WIDTH = 0.75, MANY_WORDS = 6;
/* Columns are prose when prose columns hold this share of the characters. */
static const double PROSE_SHARE = 0.75;
/* If fewer lines than this share are level with rows of the neighbour, they are level by chance. */
static const double ROWS_SHARE = 0.6, SAME_ROW = 0.7, CELLS_SHARE = 0.5, AMOUNTS_SHARE = 0.2;
/* Bullets and item numbers have at most this many characters, and are this close to what they mark. */
static const double MARK_CHARACTERS = 4, MARK_GAP = 2.5;
enum { FEW_LINES = 3 };
/*
 * A column is a list of names with their amounts if so many rows, and this share of them, end in an amount at its right
 * edge. The distance from that edge is in heights of a line.
 */
static const double LIST_SHARE = 0.3, LIST_EDGE = 1.0, AMOUNT_DIGITS = 0.4;
/* Lists side by side have so many times as many rows of text as amounts: some describe what is listed. */
static const double LIST_ROWS = 1.25;
/* A line this many times as high as wide is a word whose letters stand one below another. */
static const double STACK_RATIO = 1.5;

struct column {
    size_t first, count; /* places */
    size_t stacks;       /* words whose letters stand one below another */
    double left, right, height;
    double rows, words, characters, digits, lower, full; /* sums */
};

/* Adds the text of a place. `goes_on`: a line of the column is above it. */
static void column_add_text(struct column *column, const struct place *place, const struct lince_line *line,
                            bool goes_on) {
    for (size_t i = place->first_word; i < place->first_word + place->word_count; i++) {
        const char *text = line->words[i].text;
        for (const char *at = text; *at != '\0'; at++) {
            column->characters += utf8_begins(*at);
            column->digits += isdigit((unsigned char)*at) != 0;
        }
        utf8proc_int32_t first = 0;
        if (i == place->first_word && utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &first) > 0) {
            column->lower += goes_on && utf8proc_category(first) == UTF8PROC_CATEGORY_LL;
        }
        column->words++;
    }
}

static bool is_stack(const struct lince_line *line) {
    const struct lince_point *q = line->quad;
    return hypot(q[3].x - q[0].x, q[3].y - q[0].y) >= STACK_RATIO * hypot(q[1].x - q[0].x, q[1].y - q[0].y) &&
           line->word_count == 1 && strlen(line->text) >= FEW_LINES;
}

/* Adds a place. Earlier places are no lower. */
static void column_add(struct column *column, const struct place *places, size_t index, const struct lince_line *line) {
    const struct place *place = &places[index];
    bool begins = index == column->first || !places_share_row(place, &places[index - 1]);
    column_add_text(column, place, line, begins && index > column->first);
    column->count++;
    column->stacks += is_stack(line);
    column->rows += begins;
    column->left = fmin(column->left, place->left);
    column->right = fmax(column->right, place->right);
    column->height += place->bottom - place->top;
}

/* Counts the rows that fill most of the column's width. */
static void column_count_full(struct column *column, const struct place *places) {
    size_t until = column->first + column->count;
    for (size_t i = column->first, next; i < until; i = next) {
        double left = places[i].left, right = places[i].right;
        for (next = i + 1; next < until && places_share_row(&places[next], &places[next - 1]); next++) {
            left = fmin(left, places[next].left);
            right = fmax(right, places[next].right);
        }
        column->full += right - left >= FULL_WIDTH * (column->right - column->left);
    }
}

static int compare_in_columns(const void *a, const void *b) {
    const struct place *p = a, *q = b;
    return p->row != q->row ? (p->row < q->row ? -1 : 1) : places_compare(a, b);
}

/* Fills the columns. Returns how many there are. */
static size_t columns_measure(struct place *places, size_t count, const struct gutters *gutters,
                              const struct lince_line *lines, struct column *columns) {
    double left = INFINITY, right = -INFINITY;
    size_t column_count = 0;
    for (size_t i = 0; i < count; i++) {
        left = fmin(left, places[i].left);
        right = fmax(right, places[i].right);
    }
    for (size_t i = 0; i < count; i++) {
        places[i].row = gutters_column(gutters, &places[i], left, right);
    }
    qsort(places, count, sizeof *places, compare_in_columns);
    for (size_t i = 0; i < count; i++) {
        bool begins = i == 0 || places[i].row != places[i - 1].row;
        if (begins) {
            columns[column_count++] = (struct column){.first = i, .left = INFINITY, .right = -INFINITY};
        }
        column_add(&columns[column_count - 1], places, i, &lines[places[i].line]);
    }
    for (size_t c = 0; c < column_count; c++) {
        column_count_full(&columns[c], places);
    }
    return column_count;
}

static bool is_prose(const struct column *column) {
    double count = column->rows, words = column->words / count, characters = column->characters / count;
    if (count < 2 || words < PROSE_WORDS || column->digits > PROSE_DIGITS * column->characters) {
        return false;
    }
    bool goes_on = column->lower >= PROSE_LOWER * (count - 1) && characters >= PROSE_CHARACTERS;
    bool fills = column->full >= FULL_LINES * count && words >= FULL_WORDS && characters >= FULL_CHARACTERS;
    return goes_on || (fills && count >= FEW_LINES) || words >= MANY_WORDS;
}

/* Whether the last words of a place are an amount: mostly digits. */
static bool is_amount(const struct place *place, const struct lince_line *line) {
    size_t digits = 0, characters = 0;
    for (size_t i = place->first_word; i < place->first_word + place->word_count; i++) {
        for (const char *at = line->words[i].text; *at != '\0'; at++) {
            characters += utf8_begins(*at);
            digits += isdigit((unsigned char)*at) != 0;
        }
    }
    return (double)digits >= AMOUNT_DIGITS * (double)characters && digits > 0;
}

static size_t amounts_count(const struct place *places, const struct column *column, const struct lince_line *lines) {
    size_t amounts = 0;
    for (size_t i = column->first; i < column->first + column->count; i++) {
        amounts += is_amount(&places[i], &lines[places[i].line]);
    }
    return amounts;
}

/* Whether the place continues the row of one with another text than an amount. */
static bool has_name(const struct place *places, size_t i, size_t other, const struct lince_line *lines) {
    return places_share_row(&places[i], &places[other]) && places[other].left < places[i].left &&
           !is_amount(&places[other], &lines[places[other].line]);
}

/* Whether the rows of a column are names with amounts at its right edge, as those of a menu are. */
static bool is_list(const struct place *places, const struct column *column, const struct lince_line *lines) {
    size_t until = column->first + column->count, amounts = 0;
    double edge = LIST_EDGE * column->height / (double)column->count;
    for (size_t i = column->first; i < until; i++) {
        bool is_named = (i > column->first && has_name(places, i, i - 1, lines)) ||
                        (i + 1 < until && has_name(places, i, i + 1, lines));
        amounts += is_named && column->right - places[i].right <= edge && is_amount(&places[i], &lines[places[i].line]);
    }
    return amounts >= FEW_LINES && (double)amounts >= LIST_SHARE * column->rows;
}

static bool are_lists(const struct place *places, const struct column *columns, size_t count,
                      const struct lince_line *lines) {
    for (size_t c = 0; c < count; c++) {
        if (!is_list(places, &columns[c], lines)) {
            return false;
        }
    }
    return count > 1;
}

/*
 * Compares a column's places with other columns: how many are between their tops and bottoms, and how many level with
 * their rows.
 */
struct company {
    size_t beside, on_rows;
};

static double middle_of(const struct place *place) {
    return (place->top + place->bottom) / 2;
}

/*
 * Marks the places of `a` that are beside `b` and level with its rows, with one bit each in `row` above the column's
 * number.
 */
enum { BESIDE = 1 << 8, ON_ROW = 1 << 9 };

static void company_note(struct place *places, const struct column *a, const struct column *b) {
    double top = places[b->first].top, bottom = places[b->first + b->count - 1].bottom;
    for (size_t i = a->first, k = b->first; i < a->first + a->count; i++) {
        double middle = middle_of(&places[i]);
        while (k + 1 < b->first + b->count &&
               fabs(middle_of(&places[k + 1]) - middle) <= fabs(middle_of(&places[k]) - middle)) {
            k++;
        }
        double overlap = fmin(places[i].bottom, places[k].bottom) - fmax(places[i].top, places[k].top);
        double lower = fmin(places[i].bottom - places[i].top, places[k].bottom - places[k].top);
        places[i].row |= middle > top && middle < bottom ? BESIDE : 0;
        places[i].row |= overlap >= SAME_ROW * lower ? ON_ROW : 0;
    }
}

static struct company column_company(struct place *places, const struct column *columns, size_t count, size_t own) {
    struct company company = {0, 0};
    for (size_t c = 0; c < count; c++) {
        if (c != own) {
            company_note(places, &columns[own], &columns[c]);
        }
    }
    for (size_t i = columns[own].first; i < columns[own].first + columns[own].count; i++) {
        company.beside += (places[i].row & BESIDE) != 0;
        company.on_rows += (places[i].row & BESIDE) != 0 && (places[i].row & ON_ROW) != 0;
        places[i].row &= BESIDE - 1;
    }
    return company;
}

/* Whether in every column most lines are not level with those of others. */
static bool columns_are_loose(struct place *places, const struct column *columns, size_t count) {
    size_t loose = 0;
    for (size_t c = 0; c < count; c++) {
        struct company company = column_company(places, columns, count, c);
        if (company.beside >= FEW_LINES) {
            if ((double)company.on_rows >= ROWS_SHARE * (double)company.beside) {
                return false;
            }
            loose++;
        }
    }
    return loose > 0;
}

/*
 * Whether a column that is not prose has a line for at least every other line of its neighbour, such as titles and page
 * numbers, or amounts for some of them: prices of dishes that are described. Beside one column even one amount is such.
 */
static bool columns_have_cells(struct place *places, const struct column *columns, size_t count,
                               const struct lince_line *lines) {
    for (size_t c = 0; c < count; c++) {
        bool is_amounts = amounts_count(places, &columns[c], lines) == columns[c].count, is_pair = count == 2 && c == 1;
        double share = is_amounts ? (is_pair ? 0.0 : AMOUNTS_SHARE) : CELLS_SHARE;
        double least = is_amounts && is_pair ? 1.0 : FEW_LINES;
        const struct column *own = &columns[c], *beside = c > 0 ? &columns[c - 1] : &columns[c + 1];
        struct company company = column_company(places, columns, count, c);
        if (!is_prose(own) && own->rows >= least && own->count <= beside->count && own->rows >= share * beside->rows &&
            (double)company.on_rows >= ROWS_SHARE * (double)own->count) {
            return true;
        }
    }
    return false;
}

enum columns_kind columns_judge(struct place *places, size_t count, const struct gutters *gutters,
                                const struct lince_line *lines) {
    struct column columns[GUTTER_LIMIT];
    size_t column_count = columns_measure(places, count, gutters, lines, columns);
    double characters = 0, prose = 0, most_rows = 0;
    bool has_stack = false; /* it stands beside the rows of others, in none of them */
    if (column_count < 2) {
        return COLUMNS_NONE;
    }
    for (size_t c = 0; c < column_count; c++) {
        has_stack = has_stack || columns[c].stacks == columns[c].count;
        characters += columns[c].characters;
        prose += is_prose(&columns[c]) ? columns[c].characters : 0;
        most_rows = fmax(most_rows, columns[c].rows);
    }
    bool is_down = prose >= PROSE_SHARE * characters && !columns_have_cells(places, columns, column_count, lines);
    if (has_stack || is_down || are_lists(places, columns, column_count, lines) ||
        columns_are_loose(places, columns, column_count)) {
        return COLUMNS_DOWN;
    }
    return most_rows < FEW_LINES ? COLUMNS_UNDECIDED : COLUMNS_ACROSS;
}

/*
 * Whether every other column has the amounts of the one before, in which further rows describe what is listed: the
 * halves of a menu, whose rows are read down. Tables have a number in each of their rows.
 */
static bool are_twin_lists(const struct place *places, const struct column *columns, size_t count,
                           const struct lince_line *lines) {
    for (size_t c = 0; c < count; c++) {
        size_t amounts = amounts_count(places, &columns[c], lines);
        bool is_right = c % 2 == 1, has_amounts = amounts == columns[c].count && amounts >= FEW_LINES;
        bool has_more_rows = c + 1 < count && columns[c].rows >= LIST_ROWS * columns[c + 1].rows && amounts == 0;
        if (is_right ? !has_amounts : !has_more_rows) {
            return false;
        }
    }
    return count >= 4 && count % 2 == 0;
}

struct gutters columns_join_marks(struct place *places, size_t count, const struct gutters *gutters,
                                  const struct lince_line *lines) {
    struct column columns[GUTTER_LIMIT];
    size_t column_count = columns_measure(places, count, gutters, lines, columns);
    struct gutters joined = {.count = 0};
    bool are_twins = are_twin_lists(places, columns, column_count, lines);
    for (size_t i = 0; i < gutters->count; i++) {
        bool is_mark = false;
        for (size_t c = 0; c + 1 < column_count; c++) {
            const struct column *column = &columns[c];
            double height = column->height / (double)column->count;
            bool is_behind = gutters->items[i].from >= column->right && gutters->items[i].to <= columns[c + 1].left;
            is_mark =
                is_mark || (is_behind && are_twins && c % 2 == 0) ||
                (is_behind && column->stacks == 0 && column->characters <= MARK_CHARACTERS * (double)column->count &&
                 column->right - column->left <= MARK_GAP * height &&
                 columns[c + 1].left - column->right <= MARK_GAP * height);
        }
        if (!is_mark) {
            joined.items[joined.count++] = gutters->items[i];
        }
    }
    return joined;
}
