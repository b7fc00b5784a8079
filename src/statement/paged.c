/* paged.c - collects words, finds the columns in the gaps between them, and joins texts that run over several rows.
 */
#include "statement/paged.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/meter.h"
#include "base/utf8.h"
#include "statement/row_text.h"

enum {
    PLACES = 4096,  /* across a page */
    OUTLIERS = 30,  /* one row in so many may cross a gap */
    NO_COLUMN = -1, /* the row has words in several columns */
    NO_ROW = INT32_MAX,
    REACH_TENTHS = 22, /* how far a text may be from its movement, in tenths of a word's height */
};
/* Gaps that differ by less than this factor count as equal. A text as far from both movements belongs to the upper. */
static const double ALIKE = 1.1;

/*
 * The least gap between columns, in widths of a letter. Spaces between words are half a letter wide, or a whole one
 * where all letters have the same width.
 */
static const double GAP_LETTERS = 0.75, GAP_EQUAL_LETTERS = 1.12, EQUAL_VARIANCE = 0.002;

struct paged_word {
    uint32_t text; /* where it begins in `texts` */
    uint16_t left, right, letters;
};

enum row_kind {
    ROW_TEXT,     /* without an amount */
    ROW_AMOUNT,   /* such as a balance */
    ROW_MOVEMENT, /* with an amount, and a date first */
};

struct paged_row {
    uint32_t page, number; /* of the reader */
    size_t first_word, word_count;
    double middle, height;
    enum row_kind kind;
    int column;       /* of all its words; NO_COLUMN */
    bool is_one_text; /* without a gap as between columns, such as a title: all in one cell */
    int32_t joined;   /* the row of the movement that it belongs to; NO_ROW */
};

struct columns {
    int left[STATEMENT_COLUMNS_MOST], right[STATEMENT_COLUMNS_MOST];
    int count;
};

void paged_init(struct paged *paper, struct meter *meter) {
    *paper = (struct paged){.width = 1};
    buffer_init(&paper->words, meter);
    buffer_init(&paper->texts, meter);
    buffer_init(&paper->rows, meter);
}

void paged_free(struct paged *paper) {
    buffer_free(&paper->words);
    buffer_free(&paper->texts);
    buffer_free(&paper->rows);
}

static struct paged_row *rows_of(const struct paged *paper) {
    return (struct paged_row *)(void *)paper->rows.bytes;
}

static size_t row_count(const struct paged *paper) {
    return paper->rows.used_bytes / sizeof(struct paged_row);
}

static const struct paged_word *words_of(const struct paged *paper, const struct paged_row *row) {
    return (const struct paged_word *)(const void *)paper->words.bytes + row->first_word;
}

static const char *text_of(const struct paged *paper, const struct paged_word *word) {
    return paper->texts.bytes + word->text;
}

void paged_page(struct paged *paper, double width) {
    paper->page++;
    paper->width = width > 0 ? width : 1;
}

static uint16_t place_across(const struct paged *paper, double x) {
    double place = x * PLACES / paper->width;
    return (uint16_t)(place < 0 ? 0 : place >= PLACES ? PLACES - 1 : place);
}

void paged_word(struct paged *paper, uint32_t row, const struct lince_box *box, const char *text) {
    size_t letters = utf8_count(text, UTF8_TO_THE_END);
    const struct paged_row *last = row_count(paper) > 0 ? rows_of(paper) + row_count(paper) - 1 : NULL;
    if (letters == 0 || isnan(box->x0 + box->x1 + box->y0 + box->y1)) {
        return;
    }
    if (last == NULL || last->page != paper->page || last->number != row) {
        struct paged_row next = {.page = paper->page,
                                 .number = row,
                                 .first_word = paper->words.used_bytes / sizeof(struct paged_word),
                                 .column = NO_COLUMN,
                                 .joined = NO_ROW};
        buffer_append(&paper->rows, &next, sizeof next);
    }
    struct paged_word word = {(uint32_t)paper->texts.used_bytes, place_across(paper, box->x0),
                              place_across(paper, box->x1), (uint16_t)(letters > UINT16_MAX ? UINT16_MAX : letters)};
    buffer_append(&paper->words, &word, sizeof word);
    buffer_append(&paper->texts, text, strlen(text) + 1);
    if (!paper->rows.refused) {
        struct paged_row *its = rows_of(paper) + row_count(paper) - 1;
        its->middle += ((box->y0 + box->y1) / 2 - its->middle) / (double)++its->word_count;
        its->height = fmax(its->height, box->y1 - box->y0);
    }
}

/* ---- which rows are movements ---- */

/* "1.234,56", "-12.50", "1234,56-", "(3,00)": a last group of two digits, or groups of three. */
static bool is_amount(const char *text) {
    size_t group = 0, groups = 0, first = 0;
    text += strcspn(text, "0123456789");
    for (; isdigit((unsigned char)*text) || ((*text == '.' || *text == ',') && group > 0); text++) {
        if (isdigit((unsigned char)*text)) {
            group++;
            continue;
        }
        if (groups > 0 && group != 3) {
            return false;
        }
        first = groups++ == 0 ? group : first;
        group = 0;
    }
    bool has_rest = strspn(text, "+-)CDRcdr ") != strlen(text);
    return !has_rest && groups > 0 && (group == 2 || (group == 3 && first <= 3));
}

static size_t digits_count(const char *text) {
    return strspn(text, "0123456789");
}

/* "01/05/2025", "1-may-25", "2025.05.01", "01/05". */
static bool is_date(const char *text) {
    size_t first = digits_count(text), second, last;
    if (first == 0 || first == 3 || first > 4 || text[first] == '\0' || strchr("/-.", text[first]) == NULL) {
        return false;
    }
    char separator = text[first];
    text += first + 1;
    second = digits_count(text);
    bool is_name = second == 0;
    second = is_name ? strcspn(text, "/-.0123456789") : second;
    if (is_name ? second < 3 || second > 12 : second > 2) {
        return false;
    }
    if (text[second] == '\0') {
        return first <= 2 && (is_name || separator == '/');
    }
    last = digits_count(text + second + 1);
    return text[second] == separator && last >= 1 && last <= 4 && last != 3 && text[second + 1 + last] == '\0';
}

/* Whether it is the day of a date in several words, such as "01 MAY 2025". */
static bool is_day(const char *text) {
    size_t digits = digits_count(text);
    return digits >= 1 && digits <= 2 && text[digits] == '\0';
}

static void rows_judge(const struct paged *paper) {
    struct paged_row *row = rows_of(paper);
    for (const struct paged_row *end = row + row_count(paper); row < end; row++) {
        const struct paged_word *words = words_of(paper, row);
        bool has_amount = false, has_date = false;
        for (size_t i = 0; i < row->word_count; i++) {
            has_amount = has_amount || is_amount(text_of(paper, words + i));
            has_date = has_date || is_date(text_of(paper, words + i)) || (i == 0 && is_day(text_of(paper, words)));
        }
        row->kind = !has_amount ? ROW_TEXT : has_date && row->word_count > 1 ? ROW_MOVEMENT : ROW_AMOUNT;
        row->joined = NO_ROW;
    }
}

/* ---- columns ---- */

/* How wide letters are: the mean over words, and its variance in squares of the mean. */
struct letters {
    double sum, squares;
    size_t words;
};

static void letters_count_in(struct letters *letters, const struct paged_word *word) {
    double width = (double)(word->right - word->left) / word->letters;
    if (word->letters >= 3) { /* the rounding of shorter ones is too coarse */
        letters->sum += width;
        letters->squares += width * width;
        letters->words++;
    }
}

/* The least width of a gap between columns on this page. */
static double gap_least(const struct letters *letters) {
    if (letters->words == 0) {
        return 1;
    }
    double mean = letters->sum / (double)letters->words;
    double variance = letters->squares / (double)letters->words - mean * mean;
    return mean * (variance < EQUAL_VARIANCE * mean * mean ? GAP_EQUAL_LETTERS : GAP_LETTERS);
}

/*
 * Counts the movements that have a word at each place, and finds the least gap between columns. Returns the number of
 * movements.
 */
static size_t places_cover(const struct paged *paper, uint32_t cover[PLACES], double *gap) {
    const struct paged_row *row = rows_of(paper);
    struct letters letters = {0};
    size_t count = 0;
    memset(cover, 0, PLACES * sizeof *cover);
    for (const struct paged_row *end = row + row_count(paper); row < end; row++) {
        if (row->kind != ROW_MOVEMENT) {
            continue;
        }
        count++;
        const struct paged_word *word = words_of(paper, row);
        for (const struct paged_word *last = word + row->word_count; word < last; word++) {
            letters_count_in(&letters, word);
            for (size_t place = word->left; place <= word->right; place++) {
                cover[place]++;
            }
        }
    }
    *gap = gap_least(&letters);
    return count;
}

static void columns_find(const uint32_t cover[PLACES], uint32_t outliers, double gap, struct columns *columns) {
    int empty = PLACES; /* places without a word before this one */
    columns->count = 0;
    for (int place = 0; place < PLACES; place++) {
        if (cover[place] <= outliers) {
            empty++;
            continue;
        }
        if (columns->count == 0 || (empty >= gap && columns->count < STATEMENT_COLUMNS_MOST)) {
            columns->left[columns->count++] = place;
        }
        columns->right[columns->count - 1] = place;
        empty = 0;
    }
}

/* The column that a word is in or nearest to; `apart`: how far it is from it. */
static int column_of(const struct columns *columns, const struct paged_word *word, int *apart) {
    int best = 0, best_apart = INT32_MAX;
    for (int i = 0; i < columns->count; i++) {
        int left = word->left > columns->left[i] ? word->left : columns->left[i];
        int right = word->right < columns->right[i] ? word->right : columns->right[i];
        if (left - right < best_apart) { /* negative: by how much they overlap */
            best = i;
            best_apart = left - right;
        }
    }
    *apart = best_apart;
    return best;
}

/* How many columns have words of the row. */
static int columns_touched(const struct paged *paper, const struct columns *columns, const struct paged_row *row) {
    bool is_touched[STATEMENT_COLUMNS_MOST] = {false};
    int count = 0, apart;
    const struct paged_word *word = words_of(paper, row);
    for (const struct paged_word *end = word + row->word_count; word < end; word++) {
        int column = column_of(columns, word, &apart);
        count += !is_touched[column];
        is_touched[column] = true;
    }
    return count;
}

static void column_insert(struct columns *columns, const struct paged_word *word) {
    int at = columns->count++;
    for (; at > 0 && columns->left[at - 1] > word->left; at--) {
        columns->left[at] = columns->left[at - 1];
        columns->right[at] = columns->right[at - 1];
    }
    columns->left[at] = word->left;
    columns->right[at] = word->right;
}

/* The last row of words in three columns or more above the first movement; NULL without one. */
static const struct paged_row *header_find(const struct paged *paper, const struct columns *columns) {
    const struct paged_row *row = rows_of(paper), *found = NULL;
    for (const struct paged_row *end = row + row_count(paper); row < end && row->kind != ROW_MOVEMENT; row++) {
        if (row->kind == ROW_TEXT && columns_touched(paper, columns, row) >= 3) {
            found = row;
        }
    }
    return found;
}

/* A header names a column that has no value on any page, such as debits: it becomes a column too. */
static void columns_add_of_header(const struct paged *paper, double gap, struct columns *columns) {
    const struct paged_row *header = header_find(paper, columns);
    const struct paged_word *word = header == NULL ? NULL : words_of(paper, header);
    for (size_t i = 0; header != NULL && i < header->word_count; i++) {
        int apart;
        (void)column_of(columns, word + i, &apart);
        if (apart >= gap && columns->count < STATEMENT_COLUMNS_MOST) {
            column_insert(columns, word + i);
        }
    }
}

/* ---- texts that run over several rows ---- */

static bool has_gap(const struct paged *paper, const struct paged_row *row, double gap) {
    const struct paged_word *words = words_of(paper, row);
    bool found = false;
    for (size_t i = 1; i < row->word_count; i++) {
        found = found || words[i].left - words[i - 1].right >= gap;
    }
    return found;
}

static void rows_place(const struct paged *paper, double gap, const struct columns *columns) {
    struct paged_row *row = rows_of(paper);
    int apart;
    for (const struct paged_row *end = row + row_count(paper); row < end; row++) {
        row->is_one_text = row->kind == ROW_TEXT && !has_gap(paper, row, gap);
        bool is_one = row->kind == ROW_TEXT && columns_touched(paper, columns, row) == 1;
        row->column = is_one ? column_of(columns, words_of(paper, row), &apart) : NO_COLUMN;
    }
}

/* How far a row is below the one before it. */
static double gap_above(const struct paged_row *row) {
    return row->middle - row[-1].middle;
}

static bool is_movement_of(const struct paged *paper, int32_t at, uint32_t page) {
    return at >= 0 && at < (int32_t)row_count(paper) && rows_of(paper)[at].kind == ROW_MOVEMENT &&
           rows_of(paper)[at].page == page;
}

/*
 * Joins the rows from `first` to before `end`, texts in one column, with the movement above and the one below. Where
 * there are both, the widest gap divides the texts, because the lines of one cell are closest together.
 */
static void run_join(const struct paged *paper, int32_t first, int32_t end) {
    struct paged_row *rows = rows_of(paper);
    double reach = rows[first].height * REACH_TENTHS / 10;
    bool is_above = is_movement_of(paper, first - 1, rows[first].page);
    bool is_below = is_movement_of(paper, end, rows[first].page);
    int32_t split = is_above && !is_below ? end : first;
    for (int32_t i = first + 1; is_above && is_below && i <= end; i++) {
        split = gap_above(rows + i) * ALIKE >= gap_above(rows + split) ? i : split;
    }
    for (int32_t i = first; is_above && i < split && gap_above(rows + i) <= reach; i++) {
        rows[i].joined = first - 1;
    }
    for (int32_t i = end - 1; is_below && i >= split && gap_above(rows + i + 1) <= reach; i--) {
        rows[i].joined = end;
    }
}

static void rows_join(const struct paged *paper) {
    const struct paged_row *rows = rows_of(paper);
    int32_t count = (int32_t)row_count(paper), end;
    for (int32_t first = 0; first < count; first = end) {
        end = first + 1;
        while (end < count && rows[end].column != NO_COLUMN && rows[end].column == rows[first].column &&
               rows[end].page == rows[first].page) {
            end++;
        }
        if (rows[first].column != NO_COLUMN) {
            run_join(paper, first, end);
        }
    }
}

/* ---- rows of cells ---- */

static void cell_add(const struct paged *paper, const struct columns *columns, const struct paged_row *row, int column,
                     struct row_text *cells) {
    const struct paged_word *word = words_of(paper, row);
    int apart, first = column_of(columns, word, &apart);
    for (const struct paged_word *end = word + row->word_count; word < end; word++) {
        if ((row->is_one_text ? first : column_of(columns, word, &apart)) == column) {
            const char *text = text_of(paper, word);
            size_t bytes = strlen(text);
            bool goes_on = word + 1 == end && bytes > 1 && text[bytes - 1] == '-'; /* in the next row */
            row_text_add(cells, text, bytes);
            row_text_add(cells, " ", goes_on ? 0 : 1);
        }
    }
}

/* Fills the cells with the row, and with the texts before and after it that belong to it. */
static void row_fill(const struct paged *paper, const struct columns *columns, int32_t at, struct row_text *cells) {
    const struct paged_row *rows = rows_of(paper);
    int32_t first = at, last = at, count = (int32_t)row_count(paper);
    while (first > 0 && rows[first - 1].joined == at) {
        first--;
    }
    while (last + 1 < count && rows[last + 1].joined == at) {
        last++;
    }
    row_text_clear(cells);
    for (int column = 0; column < columns->count; column++) {
        row_text_begin(cells, (size_t)column);
        for (int32_t i = first; i <= last; i++) {
            cell_add(paper, columns, rows + i, column, cells);
        }
        row_text_end(cells, CELL_TEXT);
    }
}

static enum lince_status no_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory to read the statement; raise the memory limit",
                     "no hay memoria para leer el estado de cuenta; suba el límite de memoria");
}

/* Finds movements, columns and texts. Returns how many movements there are. */
static size_t paged_arrange(const struct paged *paper, uint32_t cover[PLACES], struct columns *columns) {
    double gap;
    rows_judge(paper);
    size_t movements = places_cover(paper, cover, &gap);
    if (movements > 0) {
        columns_find(cover, (uint32_t)(movements / OUTLIERS), gap, columns);
        columns_add_of_header(paper, gap, columns);
        rows_place(paper, gap, columns);
        rows_join(paper);
    }
    return movements;
}

enum lince_status paged_rows(struct paged *paper, statement_row row, void *context, struct statement_facts *facts,
                             struct lince_error *error) {
    struct columns columns = {.count = 0};
    *facts = (struct statement_facts){.form = "pdf", .encoding = ""};
    uint32_t *cover = meter_allocate(paper->rows.meter, PLACES * sizeof *cover);
    struct row_text *cells = meter_allocate(paper->rows.meter, sizeof *cells);
    enum lince_status status = LINCE_OK;
    if (paper->words.refused || paper->texts.refused || paper->rows.refused || cover == NULL || cells == NULL) {
        status = no_memory(error);
    } else if (paged_arrange(paper, cover, &columns) == 0) {
        status = error_set(error, LINCE_ERROR_UNSUPPORTED,
                           "no row with a date and an amount was found in the PDF; export the statement as CSV or XLSX",
                           "no se halló en el PDF ninguna fila con fecha y monto; exporte el estado de cuenta como CSV "
                           "o XLSX");
    }
    uint32_t place = 0;
    for (int32_t i = 0; status == LINCE_OK && i < (int32_t)row_count(paper); i++) {
        if (rows_of(paper)[i].joined == NO_ROW) {
            row_fill(paper, &columns, i, cells);
            status = row_text_give(cells, ++place, row, context, facts, error);
        }
    }
    meter_free(cover);
    meter_free(cells);
    return status;
}
