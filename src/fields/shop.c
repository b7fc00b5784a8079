/* shop.c - the parts of a shop receipt that have no labels: the firm at its head, its address, and the items. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "fields/record.h"
#include "fields/search.h"

enum { HEAD_ROWS_MOST = 12 };

/* Does the layout ask for a value of the type without a label? */
static bool is_asked(const struct layout *layout, enum value_type type) {
    for (size_t i = 0; i < layout->field_count; i++) {
        if (layout->fields[i].type == type && layout->fields[i].free == FREE_HEAD) {
            return true;
        }
    }
    return false;
}

/* Segments from the top down to the first typed value or label: the head of the receipt. Returns how many. */
static size_t head_collect(const struct search *search, size_t *head) {
    size_t count = 0;
    double end = 0.5 * search->sheet.height_px;
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *candidate = &search->candidates[i];
        bool data = (candidate->type == VALUE_DATE || candidate->type == VALUE_TIME) && !candidate->find.bare;
        if (data && candidate->first_box.y0 < end && candidate->first_box.y0 > 0.04 * search->sheet.height_px) {
            end = candidate->first_box.y0;
        }
    }
    for (size_t i = 0; i < search->sheet.segment_count && count < HEAD_ROWS_MOST; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        if (segment->box.y0 >= end || search->sheet.lines[segment->line].chrome ||
            segment->fold_to - segment->fold_from < 2) {
            continue;
        }
        size_t at = count++;
        while (at > 0 &&
               search->sheet.segments[head[at - 1]].box.y0 > segment->box.y0 + 0.4 * box_height(segment->box)) {
            head[at] = head[at - 1];
            at--;
        }
        head[at] = i;
    }
    return count;
}

static struct stretch stretch_of(const struct search *search, const size_t *head, size_t first, size_t end) {
    struct stretch stretch = {0};
    for (size_t i = first; i < end && stretch.piece_count < PIECES_MOST; i++) {
        const struct segment *segment = &search->sheet.segments[head[i]];
        stretch.pieces[stretch.piece_count++] = (struct extent){segment->line, segment->from, segment->to};
    }
    return stretch;
}

static bool head_add(struct search *search, struct stretch *stretch, enum value_type type, double quality) {
    if (search->candidate_count == CANDIDATES_MOST || !stretch_join(search, stretch)) {
        return stretch->text != NULL;
    }
    struct candidate *candidate = &search->candidates[search->candidate_count];
    *candidate = (struct candidate){
        .type = type, .find = {.to = stretch->bytes, .quality = quality}, .confidence = 1, .heading = LABELS_MOST};
    for (size_t i = 0; i < stretch->piece_count && i < EXTENTS_MOST; i++) {
        struct lince_box box = sheet_extent_box(&search->sheet, stretch->pieces[i]);
        double read = search->sheet.lines[stretch->pieces[i].line].confidence;
        candidate->box = i == 0 ? box : box_around(candidate->box, box);
        candidate->first_box = i == 0 ? box : candidate->first_box;
        candidate->confidence = read < candidate->confidence ? read : candidate->confidence;
        candidate->extents[candidate->extent_count++] = stretch->pieces[i];
    }
    for (size_t i = 0; i < stretch->bytes; i++) {
        stretch->text[i] = stretch->text[i] == '\n' ? ' ' : stretch->text[i];
    }
    candidate->text = stretch->text;
    candidate->text_bytes = stretch->bytes;
    search->candidate_count++;
    return true;
}

static const char *segment_text(const struct search *search, size_t index, size_t *bytes) {
    const struct segment *segment = &search->sheet.segments[index];
    *bytes = segment->to - segment->from;
    return search->sheet.lines[segment->line].text + segment->from;
}

/* The head's row that looks most like a firm; the earlier the better, the larger the better. */
static bool company_add(struct search *search, const size_t *head, size_t count, size_t *company) {
    double best = 0;
    *company = count;
    for (size_t i = 0; i < count; i++) {
        size_t bytes;
        const char *text = segment_text(search, head[i], &bytes);
        double quality = company_quality(text, bytes);
        double large = box_height(search->sheet.segments[head[i]].box) / search->sheet.text_height_px;
        quality += large > 1.25 ? 0.1 : 0;
        quality -= 0.07 * (double)i;
        quality -= address_quality(text, bytes) > 0.6 ? 0.25 : 0;
        quality -= search->segment_label[head[i]] != LABELS_MOST ? 0.5 : 0;
        if (quality > best) {
            best = quality;
            *company = i;
        }
    }
    if (*company == count || best < 0.15) {
        return true;
    }
    struct stretch stretch = stretch_of(search, head, *company, *company + 1);
    return head_add(search, &stretch, VALUE_COMPANY, best > 0.95 ? 0.95 : best);
}

/* Rows of an address that follow each other below the firm's name. */
static bool address_add(struct search *search, const size_t *head, size_t count, size_t company) {
    size_t first = count, end = count;
    double sum = 0;
    for (size_t i = company < count ? company + 1 : 0; i < count; i++) {
        size_t bytes;
        const char *text = segment_text(search, head[i], &bytes);
        double quality = address_quality(text, bytes);
        if (quality > 0.4) {
            first = first == count ? i : first;
            end = i + 1;
            sum += quality;
        } else if (first < count && i > end) {
            break;
        } else if (first < count && (search->segment_label[head[i]] != LABELS_MOST || quality < 0.2)) {
            break;
        }
    }
    if (first == count) {
        return true;
    }
    struct stretch stretch = stretch_of(search, head, first, end);
    double quality = sum / (double)(end - first);
    return head_add(search, &stretch, VALUE_ADDRESS, quality > 0.9 ? 0.9 : quality);
}

bool shop_candidates_find(struct search *search) {
    size_t head[HEAD_ROWS_MOST], company = HEAD_ROWS_MOST;
    bool firm = is_asked(search->layout, VALUE_COMPANY), place = is_asked(search->layout, VALUE_ADDRESS);
    if (!firm && !place) {
        return true;
    }
    size_t count = head_collect(search, head);
    if (firm && !company_add(search, head, count, &company)) {
        return false;
    }
    return !place || address_add(search, head, count, company);
}
