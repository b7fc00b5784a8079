/* label_rows.c - labels over two or three rows: "Banco del / beneficiario". */
#include <string.h>

#include "fields/labels/label_parts.h"
#include "fields/search.h"
#include "fields/values/scan.h"

enum { LABEL_ROW_LETTERS = 40 }; /* a longer row is not part of a label over several rows */
/* Rows of one label: gap and ratio of heights; they are closer to each other than to any other row by this factor. */
static const double LABEL_ROWS_GAP = 0.25, ALIKE_LEAST = 0.7, ALIKE_MOST = 1.4, CLOSER = 1.15;
/* Heads of columns and the values below them: in heights, the gap between them and how far they begin from each other.
 */
static const double COLUMN_GAP = 1.5, COLUMN_STEP = 1.0, HEAD_QUALITY = 0.85;
/* A value beside its label shares this part of its height. */
static const double BESIDE_SHARE = 0.6;

/* Whether the second segment is right under the first, as the second row of a label would be. */
static bool is_row_under(const struct segment *above, const struct segment *below) {
    double height = box_height(above->box), gap = below->box.y0 - above->box.y1;
    double ratio = height > 0 ? box_height(below->box) / height : 0;
    bool flush = below->box.x0 - above->box.x0 < HALF_ROW * height && above->box.x0 - below->box.x0 < HALF_ROW * height;
    double centres = (above->box.x0 + above->box.x1 - below->box.x0 - below->box.x1) / 2;
    return gap > -HALF_ROW * height && gap < LABEL_ROWS_GAP * height &&
           below->box.y0 > above->box.y0 + HALF_ROW * height && ratio > ALIKE_LEAST && ratio < ALIKE_MOST &&
           (flush || (centres < HALF_ROW * height && centres > -HALF_ROW * height));
}

bool label_is_early(const struct fold *fold, const struct segment *segment, size_t at) {
    size_t words = 0;
    for (size_t i = segment->fold_from; i < at; i++) {
        words += fold_word_starts(fold, i);
    }
    return at == segment->fold_from || (words == 1 && at - segment->fold_from <= 2 && segment->fold_to - at >= 4);
}

bool label_has_right_neighbour(const struct search *search, size_t index) {
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

void labels_forget(struct search *search, size_t index) {
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
        if (label->strong && label_is_early(fold, segment, at)) {
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
        fold.count < 4 || colon ? 0 : label_hits_at(&search->layout->book, &fold, 0, fold.count, memo, found, &hit);
    bool whole_alone = is_whole_label(search, above);
    bool both_alone = whole_alone && is_whole_label(search, below) && !is_closer(search, above, below);
    bool text_alone = whole_alone && search->labels[search->segment_label[above]].kind == PHRASE_FIELD &&
                      search->layout->fields[search->labels[search->segment_label[above]].field].type == VALUE_TEXT;
    if (count == 0 || hit.to != fold.count || text_alone || both_alone ||
        (whole_alone && label_has_right_neighbour(search, below))) {
        return true;
    }
    struct lince_box box = search->sheet.segments[above].box;
    for (size_t i = 0; i < row_count; i++) {
        labels_forget(search, rows[i]);
        box = box_around(box, search->sheet.segments[rows[i]].box);
    }
    const struct segment *low = &search->sheet.segments[below];
    struct phrase_hit part = {low->fold_from, low->fold_to, hit.distance, false};
    for (size_t i = 0; i < count; i++) {
        size_t before = search->label_count;
        label_hit_keep(search, below, found[i], &part, true);
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

bool labels_join_rows(struct search *search, struct phrase_memo *memo, const struct phrase **found) {
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

static size_t digits_of(const struct search *search, const struct segment *segment) {
    size_t digits = 0;
    for (size_t at = segment->from; at < segment->to; at++) {
        digits += scan_is_digit(search->sheet.lines[segment->line].text[at]);
    }
    return digits;
}

/* Whether a number without a label is right under the segment, and no label is left of it on its row. */
static bool has_number_below(const struct search *search, const struct segment *head) {
    enum { DIGITS_LEAST = 4 };
    double height = box_height(head->box);
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *below = &search->sheet.segments[i];
        double gap = below->box.y0 - head->box.y1, across = below->box.x0 - head->box.x0;
        bool under = gap > -HALF_ROW * height && gap < COLUMN_GAP * height && across < COLUMN_STEP * height &&
                     across > -COLUMN_STEP * height && below->box.y0 > head->box.y0 + HALF_ROW * height;
        if (!under || search->segment_label[i] != LABELS_MOST || digits_of(search, below) < DIGITS_LEAST) {
            continue;
        }
        for (size_t k = 0; k < search->sheet.segment_count; k++) {
            const struct segment *left = &search->sheet.segments[k];
            if (search->segment_label[k] != LABELS_MOST && left->box.x1 < below->box.x0 &&
                box_same_row(left->box, below->box) > BESIDE_SHARE) {
                return false;
            }
        }
        return true;
    }
    return false;
}

/* Whether a whole label of a text is left of the segment, on its row. */
static bool is_beside_text_label(const struct search *search, const struct segment *segment) {
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        bool text = label->kind == PHRASE_FIELD && search->layout->fields[label->field].type == VALUE_TEXT;
        if (text && label->whole && label->box.x1 < segment->box.x0 &&
            box_same_row(label->box, segment->box) > BESIDE_SHARE) {
            return true;
        }
    }
    return false;
}

void labels_head_columns(struct search *search) {
    for (size_t i = 0; i < search->label_count; i++) {
        struct label *label = &search->labels[i];
        const struct segment *segment = &search->sheet.segments[label->segment];
        enum value_type type = label->kind == PHRASE_FIELD ? search->layout->fields[label->field].type : VALUE_TEXT;
        bool number = type == VALUE_REFERENCE || type == VALUE_PHONE || type == VALUE_ID || type == VALUE_ACCOUNT ||
                      type == VALUE_DATE || type == VALUE_MONEY;
        if (label->strong || !number || label->from != segment->from || digits_of(search, segment) > 0 ||
            !is_beside_text_label(search, segment) || !has_number_below(search, segment)) {
            continue;
        }
        size_t begins = search->segment_label[label->segment];
        label->strong = label->whole = true;
        label->to = segment->to;
        label->quality = label->quality > HEAD_QUALITY ? label->quality : HEAD_QUALITY;
        search->segment_label[label->segment] = begins == LABELS_MOST ? i : begins;
    }
}
