/* stretch.c - pieces of lines read as one text: everything that belongs to a label, up to the next label. */
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "fields/search.h"
#include "fields/values/scan.h"

/* Rows checked below a label. Rows that add no piece count too, so that overlapping boxes end the search. */
enum { ROWS_MOST = 2 * PIECES_MOST };
/* A label that begins a sentence is read almost without errors. */
static const double SURE_LABEL = 0.86;
/* Pieces beside a label share more of its row than other boxes. */
static const double SAME_ROW = 0.45;
/* In heights of the label: how far below it the first row is, each further one, and how far left a row may begin. */
static const double FIRST_ROW_REACH = 3.2, NEXT_ROW_REACH = 1.9, COLUMN_MARGIN = 0.8;

bool stretch_join(struct search *search, struct stretch *stretch) {
    size_t bytes = 0;
    for (size_t i = 0; i < stretch->piece_count; i++) {
        bytes += stretch->pieces[i].to - stretch->pieces[i].from + 1;
    }
    stretch->text = arena_allocate(search->arena, bytes + 1);
    if (stretch->text == NULL) {
        return false;
    }
    stretch->bytes = 0;
    for (size_t i = 0; i < stretch->piece_count; i++) {
        const struct extent *piece = &stretch->pieces[i];
        if (i > 0) {
            stretch->text[stretch->bytes++] = '\n';
        }
        memcpy(stretch->text + stretch->bytes, search->sheet.lines[piece->line].text + piece->from,
               piece->to - piece->from);
        stretch->bytes += piece->to - piece->from;
    }
    stretch->text[stretch->bytes] = '\0';
    return true;
}

struct extent stretch_extent(const struct stretch *stretch, size_t from, size_t to, size_t *piece) {
    size_t start = 0;
    for (*piece = 0; *piece < stretch->piece_count; *piece += 1) {
        const struct extent *extent = &stretch->pieces[*piece];
        size_t bytes = extent->to - extent->from;
        if (from < start + bytes) {
            size_t end = to < start + bytes ? to : start + bytes;
            return (struct extent){extent->line, extent->from + from - start, extent->from + end - start};
        }
        start += bytes + 1;
    }
    return (struct extent){0, 0, 0};
}

/* "Almuerzo. Ref. 000123": a label followed by its value, at the beginning of a sentence. */
static bool begins_sentence(const struct search *search, const struct label *label) {
    const char *text = search->sheet.lines[label->line].text;
    return label->quality > SURE_LABEL && label->from > 1 && text[label->from - 1] == ' ' &&
           strchr(".;|", text[label->from - 2]) != NULL;
}

/* The part of a segment without another label: from `from` to the next label in it or the segment's end. */
static size_t free_end(const struct search *search, const struct label *own, size_t segment_index, size_t from) {
    bool text = own->kind == PHRASE_FIELD && search->layout->fields[own->field].type == VALUE_TEXT;
    size_t end = search->sheet.segments[segment_index].to;
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        if (label->segment == segment_index && label->from > from && label->from < end && label->quality > LIKELY &&
            (label->strong || !text ||
             begins_sentence(search, label))) { /* free text may contain words that are labels elsewhere */
            end = label->from;
        }
    }
    return end;
}

static void piece_add(const struct search *search, struct stretch *stretch, size_t line, size_t from, size_t to) {
    const char *text = search->sheet.lines[line].text;
    while (from < to && (strchr(" :;.,-=>#", text[from]) != NULL || scan_is_ring(text, to, from))) {
        if (scan_is_ring(text, to, from)) { /* "N° 123" */
            from += 2;
            continue;
        }
        if (text[from] == '-' || text[from] == '.') { /* sign of an amount, or a mask of points */
            if (from + 1 < to && text[from + 1] != ' ') {
                break;
            }
        }
        from++;
    }
    while (from < to && text[to - 1] == ' ') {
        to--;
    }
    struct extent piece = {line, from, to};
    for (size_t i = 0; i < stretch->piece_count; i++) { /* beside a label that is centred on two rows of its value */
        if (extents_meet(stretch->pieces[i], piece)) {
            return;
        }
    }
    if (from < to && stretch->piece_count < PIECES_MOST) {
        stretch->pieces[stretch->piece_count++] = piece;
    }
}

static bool is_ink(const struct search *search, size_t segment_index) {
    const struct segment *segment = &search->sheet.segments[segment_index];
    if (search->sheet.lines[segment->line].chrome) {
        return false;
    }
    if (segment->fold_to > segment->fold_from) {
        return true;
    }
    const char *text = search->sheet.lines[segment->line].text;
    for (size_t i = segment->from; i < segment->to; i++) { /* a masked number without digits */
        if (strchr(" .,:;-_'\"|", text[i]) == NULL) {
            return true;
        }
    }
    return false;
}

/* Where the columns of the label end: at the next strong label to its right on its row. */
static double column_end(const struct search *search, const struct label *label) {
    double end = search->sheet.width_px + 1;
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *other = &search->labels[i];
        if (other->strong && box_same_row(other->box, label->box) > ROW_SHARE && other->box.x0 > label->box.x1 &&
            other->box.x0 < end) {
            end = other->box.x0;
        }
    }
    return end;
}

/* A word of buttons and titles, "menú", beside the label of a free text is what somebody wrote. */
static bool is_text_beside(const struct search *search, const struct label *label, size_t segment_index) {
    return label->strong && label->kind == PHRASE_FIELD && search->layout->fields[label->field].type == VALUE_TEXT &&
           search->labels[search->segment_label[segment_index]].kind == PHRASE_IGNORE;
}

/* Adds segments to the right on the label's row, up to the next label, nearest first. */
static double row_add(struct search *search, struct label *label, double end) {
    double at = label->box.x1 - HALF_ROW * box_height(label->box), left = -1;
    for (;;) {
        size_t best = search->sheet.segment_count;
        for (size_t i = 0; i < search->sheet.segment_count; i++) {
            const struct segment *segment = &search->sheet.segments[i];
            bool right = i != label->segment && segment->box.x0 > at &&
                         segment->box.x0 < end - HALF_ROW * box_height(label->box);
            if (right && is_ink(search, i) && box_same_row(segment->box, label->box) > SAME_ROW &&
                (best == search->sheet.segment_count || segment->box.x0 < search->sheet.segments[best].box.x0)) {
                best = i;
            }
        }
        if (best == search->sheet.segment_count ||
            (search->segment_label[best] != LABELS_MOST && !is_text_beside(search, label, best)) ||
            label->paragraph.piece_count == PIECES_MOST) {
            return left;
        }
        const struct segment *segment = &search->sheet.segments[best];
        left = left < 0 ? segment->box.x0 : left;
        piece_add(search, &label->paragraph, segment->line, segment->from,
                  free_end(search, label, best, segment->from));
        at = segment->box.x0;
    }
}

struct column {
    double left, right, height;
    bool beside; /* it begins at a value beside its label */
};

static bool in_column(const struct column *column, struct lince_box box) {
    double center = (box.x0 + box.x1) / 2;
    return box.x1 > column->left && box.x0 < column->right - HALF_ROW * column->height &&
           (box.x0 > column->left - HALF_ROW * column->height || (center > column->left && center < column->right));
}

/* The next segment of the column in reading order after `from` (a corner), at most as low as `limit`. */
static size_t next_in_column(const struct search *search, const struct column *column, struct lince_box from,
                             double limit) {
    size_t best = search->sheet.segment_count;
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        struct lince_box box = search->sheet.segments[i].box;
        bool same_row = box_same_row(box, from) > ROW_SURE_SHARE;
        bool behind = same_row ? box.x0 > from.x0 + 0.5 : box.y0 > from.y0;
        if (!behind || box.y0 > limit || !in_column(column, box) || !is_ink(search, i)) {
            continue;
        }
        if (best == search->sheet.segment_count) {
            best = i;
            continue;
        }
        struct lince_box old = search->sheet.segments[best].box;
        bool earlier = box_same_row(box, old) > ROW_SURE_SHARE ? box.x0 < old.x0 : box.y0 < old.y0;
        best = earlier ? i : best;
    }
    return best;
}

/* A label or a heading: the value beside it belongs to it. */
static bool is_of_record(const struct label *label) {
    return label->kind == PHRASE_FIELD || label->kind == PHRASE_ORIGIN || label->kind == PHRASE_DESTINATION;
}

/* Whether the segment's row begins, right below the label, with what may be an unknown label: "Country  Peru". */
static bool row_has_head(const struct search *search, const struct label *own, size_t segment_index) {
    struct lince_box box = search->sheet.segments[segment_index].box, above = search->sheet.segments[own->segment].box;
    double margin = HALF_ROW * box_height(own->box);
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        struct lince_box head = search->sheet.segments[i].box;
        if (i != segment_index && head.y0 > own->box.y0 + margin && box_same_row(head, box) > ROW_SURE_SHARE &&
            fabs(head.x0 - above.x0) < margin && head.x1 < box.x0 - margin && is_ink(search, i)) {
            return true;
        }
    }
    return false;
}

/* Whether the segment is on the row of another label, to the right of it. */
static bool row_has_label(const struct search *search, const struct label *own, size_t segment_index) {
    struct lince_box box = search->sheet.segments[segment_index].box;
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        if (label->strong && is_of_record(label) && label->segment != own->segment && label->box.x1 <= box.x0 + 1 &&
            label->box.y0 > own->box.y0 + HALF_ROW * box_height(own->box) &&
            box_same_row(label->box, box) > ROW_SHARE) {
            return true;
        }
    }
    return false;
}

/*
 * Adds rows below, in the columns from the label (or the value beside it) to the next label on its row, until a label,
 * or a gap of more than NEXT_ROW_REACH after the first row.
 */
static void below_add(struct search *search, struct label *label, const struct column *column) {
    struct lince_box from = label->box;
    from.x0 = column->right; /* what is on the label's own row was taken already */
    double limit = label->box.y1 + FIRST_ROW_REACH * column->height;
    for (size_t rows = 0; rows < ROWS_MOST && label->paragraph.piece_count < PIECES_MOST; rows++) {
        size_t next = next_in_column(search, column, from, limit);
        if (next == search->sheet.segment_count || search->segment_label[next] != LABELS_MOST ||
            row_has_label(search, label, next) || (column->beside && row_has_head(search, label, next))) {
            return;
        }
        const struct segment *segment = &search->sheet.segments[next];
        piece_add(search, &label->paragraph, segment->line, segment->from,
                  free_end(search, label, next, segment->from));
        from = segment->box;
        limit = segment->box.y1 + NEXT_ROW_REACH * column->height;
    }
}

bool stretch_paragraph_collect(struct search *search, struct label *label) {
    const struct segment *segment = &search->sheet.segments[label->segment];
    double height = box_height(label->box);
    piece_add(search, &label->paragraph, label->line, label->to, free_end(search, label, label->segment, label->to));
    double end = column_end(search, label);
    double left =
        label->paragraph.piece_count > 0 ? sheet_extent_box(&search->sheet, label->paragraph.pieces[0]).x0 : -1;
    double right_left = row_add(search, label, end);
    left = left < 0 ? right_left : left;
    /* below a value beside its label, only rows aligned with the value continue it */
    bool behind = label->paragraph.piece_count > 0 && label->paragraph.pieces[0].line == label->line &&
                  label->paragraph.pieces[0].from < segment->to && label->paragraph.pieces[0].from >= label->to;
    bool beside = left > label->box.x1 && !behind;
    struct column column = {beside ? left - COLUMN_MARGIN * height : segment->box.x0 - height, end, height, beside};
    below_add(search, label, &column);
    return stretch_join(search, &label->paragraph);
}
