/* label.c - finds the layout's labels on a sheet, allowing for a recognition error or a missing space. */
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "fields/search.h"

enum {
    ANCHORS_MOST = 256,
    LONG_ROW = 30,
    INSIDE_LETTERS = 8,     /* a shorter phrase inside a row is a word of something else */
    FORMULA_LETTERS = 11,   /* so many at the beginning of a row are a sentence that is on every receipt */
    LABEL_ROW_LETTERS = 40, /* a longer row is not part of a label over several rows */
};
/* Quality of a label inside a row, by hand: with its value right after it; at the end of a sentence; others. */
static const double INSIDE_VALUE_NEXT = 0.88, ENDS_SENTENCE = 0.85, INSIDE_SURE = 0.8, INSIDE = 0.6;
static const double LOSS_ERROR = 0.08, LOSS_GLUED = 0.1, LOSS_INSIDE = 0.1;
/* On a page of rows of label and value: a label that begins a row is sure from this quality on; others gain. */
static const double INLINE_SURE = 0.75, INLINE_GAIN = 0.25;
/* The more labels of a page have their value beside them, the less likely is one below. */
static const double BESIDE_PAGE = 0.9;
/* Rows of one label: gap and ratio of heights; they are closer to each other than to any other row by this factor. */
static const double LABEL_ROWS_GAP = 0.25, ALIKE_LEAST = 0.7, ALIKE_MOST = 1.4, CLOSER = 1.15;
/* In heights: how far below the label of a free text its first row is. */
static const double WRITTEN_GAP = 0.7;
/* Pieces of one row share these parts of its height: a value beside its label, any two. */
static const double BESIDE_SHARE = 0.6, PIECE_SHARE = 0.45;

static bool is_letter(char c) {
    return c >= 'a' && c <= 'z';
}

static bool is_label(const struct phrase *phrase) {
    return phrase->kind != PHRASE_ANCHOR && phrase->kind != PHRASE_AGAINST && phrase->kind != PHRASE_ROW;
}

static bool is_anchor(const struct phrase *phrase) {
    return phrase->kind == PHRASE_ANCHOR || phrase->kind == PHRASE_AGAINST;
}

/*
 * The labels that start at a folded character: the best hit, and all phrases with it (`found`, with room for the whole
 * book). If the layout itself has one of them, those of its parents do not count. Returns how many.
 */
static size_t hits_at(const struct phrase_book *book, const struct fold *fold, size_t at, size_t end,
                      struct phrase_memo *memo, const struct phrase **found, struct phrase_hit *best) {
    size_t count = 0;
    for (int forgiving = 0; forgiving <= 1 && count == 0; forgiving++) {
        phrase_memo_clear(memo);
        for (size_t i = 0; i < book->phrase_count; i++) {
            const struct phrase *phrase = &book->phrases[i];
            struct phrase_hit hit;
            bool exact_only = phrase->kind == PHRASE_IGNORE && forgiving == 1;
            if (!is_label(phrase) || exact_only ||
                !phrase_match(book, phrase, fold, at, end, forgiving == 1, memo, &hit)) {
                continue;
            }
            bool better = count == 0 || phrase_hit_is_better(&hit, best);
            bool equal = !better && !phrase_hit_is_better(best, &hit);
            if (better || (equal && phrase->rank > found[0]->rank)) {
                count = 0;
                *best = hit;
            }
            if (better || (equal && (count == 0 || phrase->rank == found[0]->rank))) {
                found[count++] = phrase;
            }
        }
    }
    return count;
}

/* Whether only punctuation and currency signs are between two bytes of a line. */
static bool is_blank(const struct locale *locale, const char *text, size_t from, size_t to) {
    const char *code;
    while (from < to) {
        char c = text[from];
        size_t sign = money_currency_match(locale, text + from, to - from, &code);
        if (sign > 0) {
            from += sign;
        } else if (c == ' ' || strchr(":.,;-_()[]*#>|/=", c) != NULL) {
            from++;
        } else {
            return false;
        }
    }
    return true;
}

static size_t colon_behind(const struct locale *locale, const char *text, size_t from, size_t to) {
    const char *code;
    for (size_t at = from; at < to;) {
        size_t sign = money_currency_match(locale, text + at, to - at, &code);
        if (text[at] == ':' || (text[at] == ';' && at == from)) {
            return at + 1;
        }
        if (sign > 0 && at > from) {
            at += sign;
        } else if (text[at] == ' ' || text[at] == '(' || text[at] == ')' || text[at] == '.') {
            at++;
        } else {
            return 0;
        }
    }
    return 0;
}

/* Bytes of the words after a label in a sentence: "saldo disponible es Bs. 10,00", "por un monto de Bs. 10,00". */
static size_t link_bytes(const char *text, size_t bytes) {
    static const char *const links[] = {"es ", "es de ", "fue de ", "de ", "por ", "is ", "was ", "of "};
    size_t most = 0;
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        size_t count = strlen(links[i]);
        most = count < bytes && count > most && strncasecmp(text, links[i], count) == 0 ? count : most;
    }
    return most;
}

/* Whether the text begins with a bank's name. */
static bool bank_begins(const struct locale *locale, const char *text, size_t bytes) {
    struct find find;
    return bank_find(locale, text, bytes, &find, 1) == 1 && find.from == 0 && !find.bare;
}

/* The probability that the text at this place is a label and not the beginning of something else. */
static double standing(const struct locale *locale, struct label *label, const struct sheet_line *line,
                       const struct segment *segment, bool first) {
    size_t colon = colon_behind(locale, line->text, label->to, segment->to);
    label->whole = is_blank(locale, line->text, label->to, segment->to) && first;
    if (colon > 0) {
        label->to = colon;
        label->strong = true;
        return 1;
    }
    if (label->whole) {
        label->to = segment->to;
        label->strong = true;
        return 1;
    }
    size_t at = label->to;
    while (at < segment->to && strchr(" #.\xC2\xB0\xBA", line->text[at]) != NULL) {
        at++; /* "N° 123", "Nº 123" */
    }
    at += link_bytes(line->text + at, segment->to - at);
    const char *code;
    char next = at < segment->to ? line->text[at] : ' ';
    bool value_next = (next >= '0' && next <= '9') || strchr("*$-+", next) != NULL ||
                      money_currency_match(locale, line->text + at, segment->to - at, &code) > 0 ||
                      bank_begins(locale, line->text + at, segment->to - at); /* "desde Banco Exterior" */
    return value_next ? INSIDE_VALUE_NEXT : INSIDE;
}

/* Whether bytes of the line belong to a bank's name. */
static bool is_in_bank(const struct locale *locale, const struct sheet_line *line, const struct segment *segment,
                       size_t from, size_t to) {
    struct find finds[4];
    size_t count = bank_find(locale, line->text + segment->from, segment->to - segment->from, finds, 4);
    for (size_t i = 0; i < count; i++) {
        if (!finds[i].bare && segment->from + finds[i].from < to && segment->from + finds[i].to > from) {
            return true;
        }
    }
    return false;
}

/* "Detalle del movimiento": words that continue a label for free text make it a title. */
static bool is_title(const struct sheet_line *line, const struct label *label, size_t end) {
    size_t at = label->to;
    while (at < end && line->text[at] == ' ') {
        at++;
    }
    return !label->strong && at > label->to && end - at > 3 &&
           (strncmp(line->text + at, "de ", 3) == 0 || strncmp(line->text + at, "del ", 4) == 0);
}

static void hit_keep(struct search *search, size_t segment_index, const struct phrase *phrase,
                     const struct phrase_hit *hit, bool first) {
    const struct segment *segment = &search->sheet.segments[segment_index];
    const struct sheet_line *line = &search->sheet.lines[segment->line];
    if (search->label_count == LABELS_MOST) {
        return;
    }
    struct label *label = &search->labels[search->label_count];
    *label = (struct label){
        .kind = phrase->kind,
        .field = phrase->field,
        .segment = segment_index,
        .line = segment->line,
        .from = line->fold.from[hit->from],
        .to = line->fold.to[hit->to - 1],
        .weight = phrase->weight,
        .neutral = phrase->weight < 1,
    };
    label->quality = standing(&search->locale, label, line, segment, first) - LOSS_ERROR * hit->distance -
                     (hit->glued ? LOSS_GLUED : 0);
    if (!first && !label->strong && segment->running && is_blank(&search->locale, line->text, label->to, segment->to)) {
        label->quality = ENDS_SENTENCE; /* "... hora 8:33 PM Nro / 123456": its value begins the next row */
    }
    if (!first && !label->strong && label->quality < INSIDE_SURE) {
        if (hit->to - hit->from < INSIDE_LETTERS) {
            return; /* a word in the middle of something else */
        }
        label->quality -= LOSS_INSIDE; /* "... 10,00 a favor de NAME" */
    }
    if (phrase->kind == PHRASE_IGNORE && first && hit->to - hit->from >= FORMULA_LETTERS) {
        label->strong = true; /* the beginning of a sentence that is on every receipt */
    }
    if (phrase->kind != PHRASE_FIELD && !label->strong) {
        return; /* a heading is alone on its row */
    }
    bool bank = phrase->kind == PHRASE_FIELD && search->layout->fields[phrase->field].type == VALUE_BANK;
    bool part = !label->strong || (bank && label->from > segment->from);
    if (part && is_in_bank(&search->locale, line, segment, label->from, label->to)) {
        return; /* "Banco del Tesoro" and "R4 Banco" do not have the label "Banco" */
    }
    bool text = phrase->kind == PHRASE_FIELD && search->layout->fields[phrase->field].type == VALUE_TEXT;
    if (text && is_title(line, label, segment->to)) {
        return;
    }
    label->box = sheet_extent_box(&search->sheet, (struct extent){label->line, label->from, label->to});
    if (label->strong && first) {
        search->segment_label[segment_index] = search->label_count;
    }
    search->label_count++;
}

/* A mark, an icon or a bullet, read as a letter or two, may precede the label. */
static bool is_early(const struct fold *fold, const struct segment *segment, size_t at) {
    size_t words = 0;
    for (size_t i = segment->fold_from; i < at; i++) {
        words += fold_word_starts(fold, i);
    }
    return at == segment->fold_from || (words == 1 && at - segment->fold_from <= 2 && segment->fold_to - at >= 4);
}

/* A label ends at a colon: the folded characters of the segment up to the next colon after `at`. */
static size_t colon_end(const struct sheet_line *line, const struct segment *segment, size_t at) {
    const char *colon = memchr(line->text + line->fold.from[at], ':', segment->to - line->fold.from[at]);
    if (colon == NULL) {
        return segment->fold_to;
    }
    size_t end = at;
    while (end < segment->fold_to && line->fold.from[end] < (size_t)(colon - line->text)) {
        end++;
    }
    return end;
}

/* Whether the row has at least two words in small letters, as a sentence has. */
static bool is_wordy(const struct search *search, const struct segment *segment) {
    const char *text = search->sheet.lines[segment->line].text;
    size_t words = 0;
    for (size_t at = segment->from; at < segment->to; at++) {
        bool starts = at == segment->from || text[at - 1] == ' ';
        words += starts && text[at] >= 'a' && text[at] <= 'z';
    }
    return words >= 2;
}

/* Marks rows of running text: long ones, and those that continue them in one paragraph. */
static void running_mark(struct search *search) {
    enum { ROW_LEAST = 22 };
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        struct segment *segment = &search->sheet.segments[i];
        segment->running = segment->fold_to - segment->fold_from >= LONG_ROW && is_wordy(search, segment);
        for (size_t j = i < 3 ? 0 : i - 3; j < i && !segment->running; j++) {
            const struct segment *above = &search->sheet.segments[j];
            bool begins = above->fold_to - above->fold_from >= ROW_LEAST;
            bool follows = sheet_row_follows(&search->sheet, segment_extent(above), segment_extent(segment));
            segment->running = follows && (above->running || (begins && is_wordy(search, above)));
        }
    }
}

/*
 * A label begins a segment, or follows a value on the same line ("Ref: 123 Fecha: ..."); then a sign or a digit
 * precedes it, or a colon follows it.
 */
static void segment_search(struct search *search, size_t index, struct phrase_memo *memo, const struct phrase **found) {
    const struct segment *segment = &search->sheet.segments[index];
    const struct sheet_line *line = &search->sheet.lines[segment->line];
    const struct fold *fold = &line->fold;
    bool sentence =
        segment->running || segment->fold_to - segment->fold_from >= LONG_ROW; /* "... por Bs. 10,00 al ..." */
    for (size_t at = segment->fold_from; at < segment->fold_to; at++) {
        size_t byte = fold->from[at];
        bool first = is_early(fold, segment, at);
        bool digit_before = at > segment->fold_from && !is_letter(fold->plain[at - 1]);
        if (!fold_word_starts(fold, at) && !(digit_before && is_letter(fold->plain[at]))) {
            continue;
        }
        bool sign_before = byte > segment->from && strchr("|/-(:", line->text[byte - 1]) != NULL;
        sign_before = sign_before || (byte > segment->from + 1 && line->text[byte - 1] == ' ' &&
                                      strchr("|/-:", line->text[byte - 2]) != NULL);
        bool colon_ahead = memchr(line->text + byte, ':', segment->to - byte) != NULL;
        if (!first && !digit_before && !sign_before && !colon_ahead && !sentence) {
            continue;
        }
        struct phrase_hit hit = {0};
        size_t count = hits_at(&search->layout->book, fold, at, colon_end(line, segment, at), memo, found, &hit);
        if (count == 0) {
            continue;
        }
        bool colon = colon_behind(&search->locale, line->text, fold->to[hit.to - 1], segment->to) > 0;
        if (colon || first || ((digit_before || sign_before || sentence) && fold_word_starts(fold, at))) {
            for (size_t i = 0; i < count; i++) {
                hit_keep(search, index, found[i], &hit, first);
            }
            at = hit.to - 1;
        }
    }
}

/* Whether the second segment is right under the first, as the second row of a label would be. */
static bool is_row_under(const struct segment *above, const struct segment *below) {
    double height = box_height(above->box), gap = below->box.y0 - above->box.y1;
    double ratio = height > 0 ? box_height(below->box) / height : 0;
    bool flush = below->box.x0 - above->box.x0 < 0.5 * height && above->box.x0 - below->box.x0 < 0.5 * height;
    double centres = (above->box.x0 + above->box.x1 - below->box.x0 - below->box.x1) / 2;
    return gap > -0.5 * height && gap < LABEL_ROWS_GAP * height && below->box.y0 > above->box.y0 + 0.5 * height &&
           ratio > ALIKE_LEAST && ratio < ALIKE_MOST && (flush || (centres < 0.5 * height && centres > -0.5 * height));
}

static bool has_right_neighbour(const struct search *search, size_t index) {
    const struct segment *own = &search->sheet.segments[index];
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        if (i != index && search->segment_label[i] == LABELS_MOST && segment->fold_to > segment->fold_from &&
            segment->box.x0 > own->box.x1 && box_same_row(segment->box, own->box) > BESIDE_SHARE) {
            return true;
        }
    }
    return false;
}

/* Removes the labels of a segment: they were parts of a longer one. */
static void segment_forget(struct search *search, size_t index) {
    size_t kept = 0;
    for (size_t i = 0; i < search->label_count; i++) {
        if (search->labels[i].segment != index) {
            search->labels[kept++] = search->labels[i];
        }
    }
    search->label_count = kept;
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        search->segment_label[i] = LABELS_MOST;
    }
    for (size_t i = 0; i < kept; i++) {
        const struct label *label = &search->labels[i];
        const struct segment *segment = &search->sheet.segments[label->segment];
        const struct fold *fold = &search->sheet.lines[segment->line].fold;
        size_t at = segment->fold_from;
        while (at < segment->fold_to && fold->from[at] < label->from) {
            at++;
        }
        if (label->strong && is_early(fold, segment, at)) {
            search->segment_label[label->segment] = i;
        }
    }
}

static bool is_whole_label(const struct search *search, size_t index) {
    size_t label = search->segment_label[index];
    return label != LABELS_MOST && search->labels[label].whole;
}

/* Whether the two rows are closer to each other than to the rows above and below them, like the rows of one label. */
static bool is_closer(const struct search *search, size_t above, size_t below) {
    struct lince_box top = search->sheet.segments[above].box, low = search->sheet.segments[below].box;
    double pitch = low.y0 - top.y0;
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        struct lince_box box = search->sheet.segments[i].box;
        double across = box.x0 - top.x0, height = box_height(top);
        double before = top.y0 - box.y0, behind = box.y0 - low.y0;
        bool column = i != above && i != below && across < height && across > -height;
        if (column && ((before > 0 && before < CLOSER * pitch) || (behind > 0 && behind < CLOSER * pitch))) {
            return false;
        }
    }
    return true;
}

/* The texts of segments joined and folded. False when memory is refused. */
static bool rows_fold(struct search *search, const size_t *rows, size_t count, struct fold *fold, bool *colon) {
    struct stretch stretch = {.piece_count = count};
    for (size_t i = 0; i < count; i++) {
        const struct segment *segment = &search->sheet.segments[rows[i]];
        stretch.pieces[i] = segment_extent(segment);
    }
    if (!stretch_join(search, &stretch)) {
        return false;
    }
    const char *first = memchr(stretch.text, ':', stretch.bytes);
    const struct extent *last = &stretch.pieces[count - 1];
    *colon = first != NULL && first < stretch.text + stretch.bytes - (last->to - last->from);
    return fold_text(search->arena, stretch.text, stretch.bytes, fold);
}

/* One label over several rows ("Banco del / beneficiario"): the rows together are a whole label. `joined`: they are. */
static bool wrapped_try(struct search *search, const size_t *rows, size_t row_count, struct phrase_memo *memo,
                        const struct phrase **found, bool *joined) {
    struct fold fold;
    bool colon;
    size_t above = rows[0], below = rows[row_count - 1];
    *joined = false;
    if (!rows_fold(search, rows, row_count, &fold, &colon)) {
        return false;
    }
    struct phrase_hit hit = {0};
    size_t count =
        fold.count < 4 || colon ? 0 : hits_at(&search->layout->book, &fold, 0, fold.count, memo, found, &hit);
    bool whole_alone = is_whole_label(search, above);
    bool both_alone = whole_alone && is_whole_label(search, below) && !is_closer(search, above, below);
    bool text_alone = whole_alone && search->labels[search->segment_label[above]].kind == PHRASE_FIELD &&
                      search->layout->fields[search->labels[search->segment_label[above]].field].type == VALUE_TEXT;
    if (count == 0 || hit.to != fold.count || text_alone || both_alone ||
        (whole_alone && has_right_neighbour(search, below))) {
        return true;
    }
    struct lince_box box = search->sheet.segments[above].box;
    for (size_t i = 0; i < row_count; i++) {
        segment_forget(search, rows[i]);
        box = box_around(box, search->sheet.segments[rows[i]].box);
    }
    const struct segment *low = &search->sheet.segments[below];
    struct phrase_hit part = {low->fold_from, low->fold_to, hit.distance, false};
    for (size_t i = 0; i < count; i++) {
        size_t before = search->label_count;
        hit_keep(search, below, found[i], &part, true);
        if (search->label_count > before) {
            search->labels[before].box = box;
            for (size_t j = 0; j < row_count; j++) {
                search->segment_label[rows[j]] = before;
            }
            *joined = true;
        }
    }
    return true;
}

/* The segment under the two rows, if the three may be one label. */
static size_t third_row(const struct search *search, size_t below) {
    const struct segment *middle = &search->sheet.segments[below];
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *last = &search->sheet.segments[i];
        if (i != below && is_row_under(middle, last) && last->fold_to > last->fold_from &&
            last->fold_to - last->fold_from < LABEL_ROW_LETTERS) {
            return i;
        }
    }
    return search->sheet.segment_count;
}

static bool wrapped_find(struct search *search, struct phrase_memo *memo, const struct phrase **found) {
    for (size_t above = 0; above < search->sheet.segment_count; above++) {
        const struct segment *top = &search->sheet.segments[above];
        for (size_t below = 0; below < search->sheet.segment_count; below++) {
            const struct segment *low = &search->sheet.segments[below];
            if (below == above || !is_row_under(top, low) || top->fold_to - top->fold_from >= LABEL_ROW_LETTERS ||
                low->fold_to == low->fold_from || low->fold_to - low->fold_from >= LABEL_ROW_LETTERS) {
                continue;
            }
            size_t rows[3] = {above, below, third_row(search, below)};
            bool joined = false;
            if (rows[2] < search->sheet.segment_count && !is_whole_label(search, above) &&
                !wrapped_try(search, rows, 3, memo, found, &joined)) {
                return false;
            }
            if (!joined && !wrapped_try(search, rows, 2, memo, found, &joined)) {
                return false;
            }
        }
    }
    return true;
}

/* Whether a title's or button's words are text that the user wrote: they are right beside or below its label. */
static bool is_written(const struct search *search, const struct label *title) {
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        if (label->kind != PHRASE_FIELD || !label->strong || search->layout->fields[label->field].type != VALUE_TEXT) {
            continue;
        }
        double height = box_height(label->box), gap = title->box.y0 - label->box.y1;
        bool beside = box_same_row(label->box, title->box) > ROW_SURE_SHARE && title->box.x0 > label->box.x1;
        bool below = gap > -0.5 * height && gap < WRITTEN_GAP * height &&
                     title->box.y0 > label->box.y0 + 0.5 * height && title->box.x0 - label->box.x0 < 3 * height &&
                     title->box.x0 > label->box.x0 - height;
        if (label->whole && (beside || (below && !has_right_neighbour(search, label->segment)))) {
            return true;
        }
    }
    return false;
}

static void written_forget(struct search *search) {
    for (size_t i = search->label_count; i-- > 0;) {
        if (search->labels[i].kind == PHRASE_IGNORE && is_written(search, &search->labels[i])) {
            segment_forget(search, search->labels[i].segment);
            i = i < search->label_count ? i : search->label_count;
        }
    }
}

/* Drops labels of amounts below a heading that ends them. */
static void ended_drop(struct search *search) {
    double end = search->sheet.height_px + 1;
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        end = label->kind == PHRASE_END && label->box.y0 < end ? label->box.y0 : end;
    }
    for (size_t i = 0; i < search->label_count; i++) {
        struct label *label = &search->labels[i];
        bool money = label->kind == PHRASE_FIELD && search->layout->fields[label->field].type == VALUE_MONEY;
        if (money && label->box.y0 > end) {
            label->kind = PHRASE_IGNORE;
        }
    }
}

/* What follows the label on its row, if that is no label itself. */
static bool has_neighbour(const struct search *search, const struct label *label) {
    const struct segment *own = &search->sheet.segments[label->segment];
    const struct sheet_line *line = &search->sheet.lines[own->line];
    if (!is_blank(&search->locale, line->text, label->to, own->to)) {
        return true;
    }
    size_t best = search->sheet.segment_count;
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        if (i != label->segment && box_same_row(segment->box, label->box) > PIECE_SHARE &&
            segment->box.x0 > label->box.x1 - 0.5 * box_height(label->box) && segment->fold_to > segment->fold_from &&
            (best == search->sheet.segment_count || segment->box.x0 < search->sheet.segments[best].box.x0)) {
            best = i;
        }
    }
    return best < search->sheet.segment_count && search->segment_label[best] == LABELS_MOST;
}

/* Whether something other than a label precedes the label on its row, and nothing follows it. */
static bool ends_row(const struct search *search, const struct label *label) {
    if (label->has_neighbour) {
        return false;
    }
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        if (i != label->segment && search->segment_label[i] == LABELS_MOST && segment->fold_to > segment->fold_from &&
            box_same_row(segment->box, label->box) > PIECE_SHARE && segment->box.x1 < label->box.x0) {
            return true;
        }
    }
    return false;
}

/* If most labels of a page have their values beside them, what is below a label is rarely its value. */
static void style_learn(struct search *search) {
    size_t beside = 0, all = 0, behind = 0, last = search->sheet.segment_count;
    for (size_t i = 0; i < search->label_count; i++) {
        struct label *label = &search->labels[i];
        label->has_neighbour = has_neighbour(search, label);
        if (label->strong && label->kind == PHRASE_FIELD) {
            all++;
            beside += label->has_neighbour;
            behind += label->segment != last && label->whole && ends_row(search, label); /* each row once */
            last = label->segment;
        }
    }
    search->values_left = behind >= 4 && beside == 0;
    double share = all == 0 ? 0.5 : ((double)beside + 0.5) / ((double)all + 1);
    search->below_factor = share < 0.5 ? 1 : 1 - BESIDE_PAGE * (share - 0.5);
}

/* Whether the label begins its segment and has enough letters not to be a word by chance. */
static bool is_leading(const struct search *search, const struct label *label) {
    const struct segment *segment = &search->sheet.segments[label->segment];
    return label->kind == PHRASE_FIELD && label->from == segment->from && label->to - label->from >= 3 &&
           search->segment_label[label->segment] == LABELS_MOST;
}

/*
 * If most rows of a page are a label and right after it a value ("Monto Bs. 10,00", "Referencia 123"), other rows that
 * begin like a label have one too, without a colon ("Comentario Regalo").
 */
static void inline_learn(struct search *search) {
    size_t inlined = 0, alone = 0, last = search->sheet.segment_count;
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        if (label->kind == PHRASE_FIELD && label->segment != last) {
            inlined += is_leading(search, label) && label->quality > INLINE_SURE;
            alone += label->strong;
            last = label->segment;
        }
    }
    if (inlined < 3 || inlined <= alone) {
        return;
    }
    size_t *begins = search->segment_label;
    for (size_t i = 0; i < search->label_count; i++) {
        struct label *label = &search->labels[i];
        bool again = begins[label->segment] != LABELS_MOST && i > 0 && search->labels[i - 1].strong &&
                     search->labels[i - 1].segment == label->segment && search->labels[i - 1].from == label->from;
        if (!label->strong && (again || is_leading(search, label))) {
            label->strong = true;
            label->quality = label->quality < INLINE_SURE ? label->quality + INLINE_GAIN : label->quality;
            begins[label->segment] = again ? begins[label->segment] : i;
        }
    }
}

bool labels_find(struct search *search) {
    size_t count = search->sheet.segment_count;
    search->labels = arena_allocate(search->arena, LABELS_MOST * sizeof *search->labels);
    search->segment_label = arena_allocate(search->arena, (count + 1) * sizeof *search->segment_label);
    struct phrase_memo *memo = phrase_memo_make(search->arena, &search->layout->book);
    const struct phrase **found =
        arena_allocate(search->arena, (search->layout->book.phrase_count + 1) * sizeof *found);
    if (search->labels == NULL || search->segment_label == NULL || memo == NULL || found == NULL) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        search->segment_label[i] = LABELS_MOST;
    }
    running_mark(search);
    for (size_t i = 0; i < count; i++) {
        if (!search->sheet.lines[search->sheet.segments[i].line].chrome) {
            segment_search(search, i, memo, found);
        }
    }
    if (!wrapped_find(search, memo, found)) {
        return false;
    }
    written_forget(search);
    inline_learn(search);
    ended_drop(search);
    style_learn(search);
    for (size_t i = 0; i < search->label_count; i++) {
        if (!stretch_paragraph_collect(search, &search->labels[i])) {
            return false;
        }
    }
    return true;
}

/* Adds the weights of new anchors that begin at one place. */
static double anchors_at(const struct phrase_book *book, const struct fold *fold, size_t at, struct phrase_memo *memo,
                         bool *seen) {
    double sum = 0;
    phrase_memo_clear(memo);
    for (size_t i = 0; i < book->phrase_count; i++) {
        const struct phrase *phrase = &book->phrases[i];
        struct phrase_hit hit;
        if (is_anchor(phrase) && phrase->field < ANCHORS_MOST && !seen[phrase->field] &&
            phrase_match(book, phrase, fold, at, fold->count, true, memo, &hit)) {
            seen[phrase->field] = true;
            sum += phrase->kind == PHRASE_ANCHOR ? (double)phrase->weight : -(double)phrase->weight;
        }
    }
    return sum;
}

bool label_anchors_weigh(struct arena *arena, const struct sheet *sheet, const struct layout *layout, double *weight) {
    bool seen[ANCHORS_MOST] = {false};
    struct phrase_memo *memo = phrase_memo_make(arena, &layout->book);
    *weight = 0;
    for (size_t i = 0; memo != NULL && i < sheet->line_count; i++) {
        const struct fold *fold = &sheet->lines[i].fold;
        for (size_t at = 0; at < fold->count && !sheet->lines[i].chrome; at++) {
            if (fold_word_starts(fold, at)) {
                *weight += anchors_at(&layout->book, fold, at, memo, seen);
            }
        }
    }
    return memo != NULL;
}
