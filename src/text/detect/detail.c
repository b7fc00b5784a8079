/* detail.c - the smallest letters of an image, cell by cell, beside the height at which they are read well. */
#include "text/detect/detail.h"

#include "base/arena.h"
#include "text/detect/letters.h"
#include "text/detect/view.h"

/* Labels are looked for down to this height. */
static const double LABEL_HEIGHT_PX = 5.0;

static uint8_t height_at(const struct letters *letters, int64_t column, int64_t row) {
    bool is_inside = column >= 0 && row >= 0 && column < letters->columns && row < letters->rows;
    return is_inside ? letters->heights[row * letters->columns + column] : LETTERS_BARE;
}

/* Running text goes on in a cell beside; what is found in one cell among larger things may be pieces of these. */
static bool goes_on(const struct letters *letters, int64_t column, int64_t row) {
    for (int64_t y = row - 1; y <= row + 1; y++) {
        for (int64_t x = column - 1; x <= column + 1; x++) {
            uint8_t height = height_at(letters, x, y);
            if ((x != column || y != row) && (height == LETTERS_FINE || letters_are_small(height))) {
                return true;
            }
        }
    }
    return false;
}

/* What is too low to tell goes on in the next cell if it is print; otherwise it may be dirt or an edge. */
static bool is_fine(const struct letters *letters, int64_t column, int64_t row) {
    return height_at(letters, column, row) == LETTERS_FINE && height_at(letters, column + 1, row) == LETTERS_FINE;
}

static double detail_of_cell(const struct letters *letters, uint32_t column, uint32_t row) {
    size_t cell = (size_t)row * letters->columns + column;
    uint8_t height = letters->heights[cell];
    if (letters_are_small(height) && (letters->alone[cell] || goes_on(letters, column, row))) {
        return DETAIL_LETTER_PX / height;
    }
    return is_fine(letters, column, row) ? DETAIL_ALL : 1.0;
}

bool detail_measure(const struct image *image, struct arena *arena, double *detail) {
    struct arena_mark mark = arena_mark(arena);
    struct view view = view_of(image, 0);
    struct letters letters;
    const struct letters_search search = {DETAIL_SMALL_PX, DETAIL_SMALL_PX, LABEL_HEIGHT_PX, true};
    bool done = letters_measure(&view, &search, arena, &letters);
    *detail = 1.0;
    for (uint32_t row = 0; done && row < letters.rows; row++) {
        for (uint32_t column = 0; column < letters.columns; column++) {
            *detail = fmax(*detail, detail_of_cell(&letters, column, row));
        }
    }
    arena_rewind(arena, mark);
    return done;
}
