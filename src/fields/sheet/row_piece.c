/* row_piece.c - looks for the pieces of one row. */
#include "fields/sheet/row_piece.h"

const struct segment *row_piece_from(const struct sheet *sheet, size_t line, size_t fold_from) {
    for (size_t i = 0; i < sheet->segment_count; i++) {
        const struct segment *segment = &sheet->segments[i];
        if (segment->line == line && segment->fold_from == fold_from) {
            return segment;
        }
    }
    return NULL;
}

struct row_sides row_piece_sides(const struct sheet *sheet, const struct segment *own) {
    struct row_sides sides = {0};
    for (size_t i = 0; i < sheet->segment_count && own != NULL; i++) {
        const struct segment *other = &sheet->segments[i];
        if (other == own || box_same_row(other->box, own->box) <= ROW_SURE_SHARE) {
            continue;
        }
        sides.count++;
        if (other->box.x0 < own->box.x0 && (sides.left == NULL || other->box.x0 > sides.left->box.x0)) {
            sides.left = other;
        }
        if (other->box.x0 > own->box.x0 && (sides.right == NULL || other->box.x0 < sides.right->box.x0)) {
            sides.right = other;
        }
    }
    return sides;
}
