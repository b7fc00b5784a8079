/* item_columns.c - finds the row of heads by the words of the country packs, and sorts the words of a row below it. */
#include "fields/sales/item_columns.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "fields/values/scan.h"

enum {
    ROW_WORDS_MOST = 48,
    HEAD_WORDS_MOST = 4,
    HEAD_BYTES = 48,
    COLUMNS_LEAST = 3,
    UNIT_LETTERS_MOST = 8,
};
/* Of the words in a row of heads, at least this share is known. */
static const double HEADS_SHARE = 0.6;
/* In heights of a row: a word is farther from its column than this only if no other is nearer. */
static const double NEAR = 2.5;
/* In heights: the words of one head are closer to each other than this. */
static const double HEAD_GAP = 0.8;

static enum word_list list_of(enum item_column column) {
    return (enum word_list)(WORDS_CODE + (int)column);
}

/* The words of a row from left to right. */
struct row_word {
    const char *text;
    size_t bytes;
    struct lince_box box;
};
struct row {
    size_t count;
    struct row_word words[ROW_WORDS_MOST];
};

static void row_word_add(struct row *row, const char *text, size_t bytes, struct lince_box box) {
    size_t at = row->count;
    if (at == ROW_WORDS_MOST) {
        return;
    }
    while (at > 0 && row->words[at - 1].box.x0 > box.x0) {
        row->words[at] = row->words[at - 1];
        at--;
    }
    row->words[at] = (struct row_word){text, bytes, box};
    row->count++;
}

static void row_collect(const struct search *search, double middle, struct row *row) {
    struct row_walk walk = {0};
    const struct sheet_word *word;
    row->count = 0;
    while ((word = sheet_row_next(&search->sheet, middle, &walk)) != NULL) {
        row_word_add(row, walk.line->text + word->from, word->to - word->from, word->box);
    }
}

/* ---- heads ---- */

/* Adds the folded letters and digits of a word; false if they are too many. */
static bool head_append(struct arena *arena, const struct row_word *word, char key[HEAD_BYTES], bool *refused) {
    struct fold fold;
    size_t used = strlen(key);
    *refused = *refused || !fold_text(arena, word->text, word->bytes, &fold);
    if (*refused || used + fold.count >= HEAD_BYTES) {
        return false;
    }
    memcpy(key + used, fold.plain, fold.count);
    key[used + fold.count] = '\0';
    return true;
}

/* Whether one of "cant|precio unitario" is the key, whatever its spaces. */
static bool list_has(const char *list, const char *key) {
    while (*list != '\0') {
        size_t bytes = strcspn(list, "|"), at = 0, same = 0;
        for (; at < bytes && (list[at] == ' ' || (key[same] != '\0' && list[at] == key[same])); at++) {
            same += list[at] != ' ';
        }
        if (at == bytes && same > 0 && key[same] == '\0') {
            return true;
        }
        list += bytes + (list[bytes] == '|');
    }
    return false;
}

/* The longest head that begins at a word: how many words it has, 0 for none. */
static size_t head_match(const struct search *search, const struct row *row, size_t from, enum item_column *column,
                         bool *refused) {
    char key[HEAD_BYTES] = "";
    size_t best = 0;
    for (size_t count = 1; count <= HEAD_WORDS_MOST && from + count <= row->count; count++) {
        const struct row_word *word = &row->words[from + count - 1];
        if (count > 1 && word->box.x0 - word[-1].box.x1 > HEAD_GAP * box_height(word->box)) {
            break; /* "Precio" and "Total" are two heads */
        }
        if (!head_append(search->arena, word, key, refused) || key[0] == '\0') {
            break;
        }
        for (enum item_column each = COLUMN_CODE; each < ITEM_COLUMNS; each++) {
            if (list_has(search->locale.set->lists[list_of(each)], key)) {
                best = count;
                *column = each;
            }
        }
    }
    return best;
}

static bool has_digit(const struct row_word *word) {
    for (size_t i = 0; i < word->bytes; i++) {
        if (scan_is_digit(word->text[i])) {
            return true;
        }
    }
    return false;
}

/* The heads in a row; none if it has figures, or too many words that are no heads. */
static bool row_heads(const struct search *search, const struct row *row, struct item_heads *heads) {
    size_t known = 0, columns = 0;
    bool refused = false;
    *heads = (struct item_heads){0};
    for (size_t i = 0; i < row->count && !refused;) {
        enum item_column column = ITEM_COLUMNS;
        size_t count = head_match(search, row, i, &column, &refused);
        if (has_digit(&row->words[i])) {
            *heads = (struct item_heads){0};
            return true;
        }
        if (count > 0 && heads->count < HEADS_MOST && !heads->has[column]) {
            struct lince_box box = row->words[i].box;
            for (size_t k = 1; k < count; k++) {
                box = box_around(box, row->words[i + k].box);
            }
            heads->heads[heads->count++] = (struct item_head){column, box};
            heads->bottom = fmax(heads->bottom, box.y1);
            heads->has[column] = true;
            columns++;
        }
        known += count;
        i += count > 0 ? count : 1;
    }
    bool is_head = columns >= COLUMNS_LEAST && heads->has[COLUMN_AMOUNT] &&
                   (heads->has[COLUMN_DESCRIPTION] || heads->has[COLUMN_QUANTITY]) &&
                   (double)known >= HEADS_SHARE * (double)row->count;
    if (!is_head) {
        *heads = (struct item_heads){0};
    }
    return !refused;
}

bool item_heads_find(const struct search *search, double top, double bottom, struct item_heads *heads) {
    struct item_heads found;
    struct row row;
    *heads = (struct item_heads){0};
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        double middle = box_middle(search->sheet.segments[i].box);
        if (middle < top || middle > bottom) {
            continue;
        }
        row_collect(search, middle, &row);
        if (row.count < COLUMNS_LEAST) {
            continue;
        }
        if (!row_heads(search, &row, &found)) {
            return false;
        }
        if (found.count > heads->count) {
            *heads = found;
        }
    }
    return true;
}

/* Numbers stand under their head at its right, its middle or its left. */
static double box_distance(struct lince_box head, struct lince_box box) {
    double left = fabs(head.x0 - box.x0), right = fabs(head.x1 - box.x1);
    double middle = fabs(head.x0 + head.x1 - box.x0 - box.x1) / 2;
    return fmin(middle, fmin(left, right));
}

double item_heads_distance(const struct item_heads *heads, enum item_column column, struct lince_box box) {
    double best = INFINITY;
    for (size_t i = 0; i < heads->count; i++) {
        if (heads->heads[i].column == column) {
            best = fmin(best, box_distance(heads->heads[i].box, box));
        }
    }
    return best;
}

/* ---- cells ---- */

/* Whether the word can be of the column, by its form. */
static bool is_form_of(enum item_column column, const struct row_word *word) {
    size_t letters = 0, digits = 0, signs = 0;
    for (size_t i = 0; i < word->bytes; i++) {
        letters += scan_is_letter(word->text[i]);
        digits += scan_is_digit(word->text[i]);
        signs += strchr("%$.,-()", word->text[i]) != NULL;
    }
    switch (column) {
    case COLUMN_CODE:
        return digits > 0 && letters + digits >= 2 && memchr(word->text, '.', word->bytes) == NULL &&
               memchr(word->text, ',', word->bytes) == NULL;
    case COLUMN_UNIT:
        return letters > 0 && letters + digits <= UNIT_LETTERS_MOST && digits <= 2; /* "KG", "E48" */
    case COLUMN_RATE:
        return (digits > 0 && letters == 0) || (letters <= 2 && letters > 0 && letters + signs == word->bytes);
    case COLUMN_DESCRIPTION:
        return true;
    default:
        return digits > 0 && letters <= 1;
    }
}

/* The column of a word; what is near none is description. */
static enum item_column column_of(const struct item_heads *heads, const struct row_word *word, double height) {
    enum item_column best = ITEM_COLUMNS;
    double nearest = INFINITY;
    for (enum item_column column = COLUMN_CODE; column < ITEM_COLUMNS; column++) {
        double distance = item_heads_distance(heads, column, word->box);
        if (column != COLUMN_DESCRIPTION && distance < nearest && is_form_of(column, word)) {
            nearest = distance;
            best = column;
        }
    }
    return nearest <= NEAR * height ? best : COLUMN_DESCRIPTION;
}

/* Figures between the words of a description are its own: "Tornillo 2 in". */
static void description_extend(const struct row *row, enum item_column *columns) {
    size_t first = row->count, last = 0;
    for (size_t i = 0; i < row->count; i++) {
        bool has_letters = !has_digit(&row->words[i]);
        if (columns[i] == COLUMN_DESCRIPTION && has_letters) {
            first = i < first ? i : first;
            last = i;
        }
    }
    for (size_t i = first; i < last; i++) {
        columns[i] = COLUMN_DESCRIPTION;
    }
}

static const char *cell_join(struct arena *arena, const struct row *row, const enum item_column *columns,
                             enum item_column column) {
    struct buffer text;
    buffer_init(&text, arena->meter);
    for (size_t i = 0; i < row->count; i++) {
        if (columns[i] == column) {
            buffer_text(&text, text.used_bytes == 0 ? "" : " ");
            buffer_append(&text, row->words[i].text, row->words[i].bytes);
        }
    }
    const char *kept =
        text.refused ? NULL : arena_copy_text(arena, text.used_bytes == 0 ? "" : text.bytes, text.used_bytes);
    buffer_free(&text);
    return kept;
}

bool item_cells_read(const struct search *search, const struct item_heads *heads, double middle, double height,
                     struct item_cells *cells) {
    enum item_column columns[ROW_WORDS_MOST];
    struct row row;
    row_collect(search, middle, &row);
    for (size_t i = 0; i < row.count; i++) {
        const char *code;
        bool is_currency =
            money_currency_match(&search->locale, row.words[i].text, row.words[i].bytes, &code) == row.words[i].bytes;
        columns[i] = is_currency ? ITEM_COLUMNS : column_of(heads, &row.words[i], height);
        cells->box = i == 0 ? row.words[i].box : box_around(cells->box, row.words[i].box);
    }
    description_extend(&row, columns);
    for (enum item_column column = COLUMN_CODE; column < ITEM_COLUMNS; column++) {
        cells->texts[column] = cell_join(search->arena, &row, columns, column);
        if (cells->texts[column] == NULL) {
            return false;
        }
    }
    return true;
}
