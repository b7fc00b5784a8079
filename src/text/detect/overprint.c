/*
 * overprint.c - finds the colour of strokes that dark letters cross. Where it is, one channel is stretched until the
 * colour becomes paper.
 */
#include "text/detect/overprint.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"

enum { CHANNELS = 3 };

/* A page is judged by one pixel in so many in each direction. Smaller pages are not judged. */
enum { SAMPLE_STEP_PX = 6, LEAST_SAMPLES = 400 };

/* Levels within which pixels are of one colour: neighbours, and those of the whole page. */
enum { LIKE_NEIGHBOUR = 12, LIKE_COLOUR = 26 };

/* The least difference between two channels of a colour; a smaller one is grey. */
enum { LEAST_COLOUR = 40 };

/* The paper has at least this brightness and this share of the page. */
enum { LEAST_PAPER = 190 };
static const double LEAST_PAPER_SHARE = 0.4;

/*
 * The overprint is at least this far from the paper in one channel. In another it has at least this share of the
 * paper's brightness.
 */
enum { LEAST_DISTANCE = 28 };
static const double LEAST_BRIGHTNESS = 0.62;

/* The overprint's share of the page: less is a logo or a few words, more is a background. */
static const double LEAST_GREY_SHARE = 0.004, LEAST_COLOURED_SHARE = 0.001, MOST_SHARE = 0.25;

/* Shares of the page: strokes are not wider or longer. Areas of one colour are, unless they are lines. */
static const double MOST_STROKE = 0.035, MOST_LENGTH = 0.25, MOST_LINE = 0.008;

/* The share of the colour's samples that must be in strokes. */
static const double LEAST_STROKES = 0.8;

/*
 * Letters are darker than the first share of the paper, and than the second of the overprint. The widths of their
 * fringe beside the overprint, and of their own strokes.
 */
static const double DARK_SHARE = 0.45, DARKER_SHARE = 0.7;
enum { FRINGE_PX = 3, MOST_LETTER_STROKE_PX = 24 };

/* At most this share of the colour's samples is beside dark ones. */
static const double MOST_BESIDE = 0.4;

/* The number of rows in which the colour must continue behind a dark stroke. */
enum { LEAST_CROSSINGS = 24 };

/*
 * Letters stand on paper: in a row, so far on both sides of a dark stroke, there is at least half as much paper as
 * dark. Otherwise the colour itself is lettering on a dark ground. Paper has at least this share of its brightness.
 */
enum { ABOUT_PX = 48 };
static const double PAPER_SHARE = 0.85;

/* The image is mended by cells of this side. */
enum { CELL_PX = 16 };

struct colour {
    int value[CHANNELS];
};

struct layers {
    struct image *image;
    struct colour paper, over;
};

static const uint8_t *pixel_at(const struct image *image, uint32_t x, uint32_t y) {
    return image->pixels + (size_t)y * image->stride_bytes + (size_t)x * CHANNELS;
}

static bool is_like(const uint8_t *pixel, const struct colour *colour, int levels) {
    for (size_t c = 0; c < CHANNELS; c++) {
        if (abs(pixel[c] - colour->value[c]) > levels) {
            return false;
        }
    }
    return true;
}

static struct colour colour_of(const uint8_t *pixel) {
    return (struct colour){{pixel[0], pixel[1], pixel[2]}};
}

static bool is_coloured(const uint8_t *pixel) {
    int least = pixel[0] < pixel[1] ? pixel[0] : pixel[1], most = pixel[0] > pixel[1] ? pixel[0] : pixel[1];
    return (most > pixel[2] ? most : pixel[2]) - (least < pixel[2] ? least : pixel[2]) > LEAST_COLOUR;
}

/*
 * Whether the pixel is inside an area of one colour: along both axes, or along one for a coloured stroke. Grey stems
 * have fringes along one axis.
 */
static bool is_flat(const struct image *image, uint32_t x, uint32_t y) {
    const uint8_t *pixel = pixel_at(image, x, y);
    struct colour colour = colour_of(pixel);
    bool across = is_like(pixel_at(image, x - 1, y), &colour, LIKE_NEIGHBOUR) &&
                  is_like(pixel_at(image, x + 1, y), &colour, LIKE_NEIGHBOUR);
    bool down = is_like(pixel_at(image, x, y - 1), &colour, LIKE_NEIGHBOUR) &&
                is_like(pixel_at(image, x, y + 1), &colour, LIKE_NEIGHBOUR);
    return (across && down) || ((across || down) && is_coloured(pixel));
}

/* ---- the two colours ---------------------------------------------------------------------------------- */

enum { BIN_BITS = 4, BINS = 1 << (BIN_BITS * CHANNELS) };

static size_t bin_of(const uint8_t *pixel) {
    enum { SHIFT = 8 - BIN_BITS };
    return ((size_t)(pixel[0] >> SHIFT) << 2 * BIN_BITS) | ((size_t)(pixel[1] >> SHIFT) << BIN_BITS) |
           (pixel[2] >> SHIFT);
}

static struct colour bin_middle(size_t bin) {
    enum { WIDTH = 1 << (8 - BIN_BITS), MASK = (1 << BIN_BITS) - 1 };
    return (struct colour){{(int)((bin >> 2 * BIN_BITS) & MASK) * WIDTH + WIDTH / 2,
                            (int)((bin >> BIN_BITS) & MASK) * WIDTH + WIDTH / 2,
                            (int)(bin & MASK) * WIDTH + WIDTH / 2}};
}

/* Counts the flat samples in each bin; gives the number of all samples. */
static uint32_t samples_count(const struct image *image, uint32_t *bins) {
    uint32_t count = 0;
    for (uint32_t y = 1; y + 1 < image->height_px; y += SAMPLE_STEP_PX) {
        for (uint32_t x = 1; x + 1 < image->width_px; x += SAMPLE_STEP_PX, count++) {
            if (is_flat(image, x, y)) {
                bins[bin_of(pixel_at(image, x, y))]++;
            }
        }
    }
    return count;
}

/* The mean of the flat samples that are like `colour`; gives their number. */
static uint32_t colour_refine(const struct image *image, struct colour *colour) {
    uint64_t sums[CHANNELS] = {0};
    uint32_t count = 0;
    for (uint32_t y = 1; y + 1 < image->height_px; y += SAMPLE_STEP_PX) {
        for (uint32_t x = 1; x + 1 < image->width_px; x += SAMPLE_STEP_PX) {
            const uint8_t *pixel = pixel_at(image, x, y);
            if (is_like(pixel, colour, LIKE_COLOUR) && is_flat(image, x, y)) {
                for (size_t c = 0; c < CHANNELS; c++) {
                    sums[c] += pixel[c];
                }
                count++;
            }
        }
    }
    for (size_t c = 0; c < CHANNELS && count > 0; c++) {
        colour->value[c] = (int)(sums[c] / count);
    }
    return count;
}

/* The share of the paper's brightness in the channel in which the colour is nearest to the paper. */
static double brightness(const struct colour *colour, const struct colour *paper) {
    double most = 0.0;
    for (size_t c = 0; c < CHANNELS; c++) {
        most = fmax(most, (double)colour->value[c] / paper->value[c]);
    }
    return most;
}

static bool may_be_over(const struct colour *colour, const struct colour *paper) {
    int distance = 0;
    for (size_t c = 0; c < CHANNELS; c++) {
        int here = paper->value[c] - colour->value[c];
        distance = here > distance ? here : distance;
    }
    return distance >= LEAST_DISTANCE && brightness(colour, paper) >= LEAST_BRIGHTNESS;
}

/* The commonest colour is the paper. The commonest colour that can be an overprint is the overprint. */
static bool colours_find(struct layers *layers, struct arena *arena, bool *found) {
    uint32_t *bins = arena_allocate_zero(arena, BINS, sizeof *bins);
    *found = false;
    if (bins == NULL) {
        return false;
    }
    uint32_t count = samples_count(layers->image, bins);
    size_t paper = 0, over = BINS;
    for (size_t bin = 1; bin < BINS; bin++) {
        paper = bins[bin] > bins[paper] ? bin : paper;
    }
    layers->paper = bin_middle(paper);
    uint32_t paper_count = colour_refine(layers->image, &layers->paper);
    for (size_t c = 0; c < CHANNELS; c++) {
        if (layers->paper.value[c] < LEAST_PAPER) {
            return true;
        }
    }
    if (count < LEAST_SAMPLES || paper_count < LEAST_PAPER_SHARE * count) {
        return true;
    }
    for (size_t bin = 0; bin < BINS; bin++) {
        struct colour colour = bin_middle(bin);
        if (bins[bin] > 0 && may_be_over(&colour, &layers->paper) && (over == BINS || bins[bin] > bins[over])) {
            over = bin;
        }
    }
    if (over == BINS) {
        return true;
    }
    layers->over = bin_middle(over);
    uint32_t over_count = colour_refine(layers->image, &layers->over);
    const int *value = layers->over.value;
    double least = is_coloured((const uint8_t[]){(uint8_t)value[0], (uint8_t)value[1], (uint8_t)value[2]})
                       ? LEAST_COLOURED_SHARE
                       : LEAST_GREY_SHARE;
    *found =
        may_be_over(&layers->over, &layers->paper) && over_count >= least * count && over_count <= MOST_SHARE * count;
    return true;
}

/* ---- strokes that letters cross ----------------------------------------------------------------------- */

/* Pixels of the colour on both sides of one, along a row or a column, up to `most`. */
static uint32_t run_length(const struct layers *layers, uint32_t x, uint32_t y, bool along_row, uint32_t most) {
    const struct image *image = layers->image;
    uint32_t at = along_row ? x : y, end = along_row ? image->width_px : image->height_px, length = 1;
    for (uint32_t i = at + 1; i < end && length <= most; i++, length++) {
        if (!is_like(pixel_at(image, along_row ? i : x, along_row ? y : i), &layers->over, LIKE_COLOUR)) {
            break;
        }
    }
    for (uint32_t i = at; i-- > 0 && length <= most; length++) {
        if (!is_like(pixel_at(image, along_row ? i : x, along_row ? y : i), &layers->over, LIKE_COLOUR)) {
            break;
        }
    }
    return length;
}

static bool are_strokes(const struct layers *layers) {
    const struct image *image = layers->image;
    double longest = fmax(image->width_px, image->height_px);
    uint32_t most = (uint32_t)(MOST_LENGTH * longest), count = 0, stroke_count = 0;
    for (uint32_t y = 1; y + 1 < image->height_px; y += SAMPLE_STEP_PX) {
        for (uint32_t x = 1; x + 1 < image->width_px; x += SAMPLE_STEP_PX) {
            if (!is_like(pixel_at(image, x, y), &layers->over, LIKE_COLOUR)) {
                continue;
            }
            uint32_t across = run_length(layers, x, y, true, most), down = run_length(layers, x, y, false, most);
            uint32_t width = across < down ? across : down, length = across < down ? down : across;
            count++;
            stroke_count += (width <= MOST_STROKE * longest && length <= most) || width <= MOST_LINE * longest + 2.0;
        }
    }
    return stroke_count >= LEAST_STROKES * count;
}

static int sum_of(const int *value) {
    return value[0] + value[1] + value[2];
}

/*
 * The brightness over all channels, because a stamp that covers letters gives them its own colour. Where the colour is
 * itself as dark as letters, as in a page written in red, compression varies its strokes by more than `is_like` allows.
 */
static bool is_dark(const struct layers *layers, const uint8_t *pixel) {
    int light = pixel[0] + pixel[1] + pixel[2];
    return light <= DARK_SHARE * sum_of(layers->paper.value) && light <= DARKER_SHARE * sum_of(layers->over.value) &&
           !is_like(pixel, &layers->over, LIKE_COLOUR);
}

static bool has_dark_beside(const struct layers *layers, uint32_t x, uint32_t y) {
    const struct image *image = layers->image;
    uint32_t left = x < FRINGE_PX ? 0 : x - FRINGE_PX, top = y < FRINGE_PX ? 0 : y - FRINGE_PX;
    for (uint32_t i = 0; i <= 2 * FRINGE_PX; i++) {
        bool in_row = left + i < image->width_px, in_column = top + i < image->height_px;
        if ((in_row && is_dark(layers, pixel_at(image, left + i, y))) ||
            (in_column && is_dark(layers, pixel_at(image, x, top + i)))) {
            return true;
        }
    }
    return false;
}

/* Whether most of the colour is apart from dark letters. The grey edges of letters are not. */
static bool stands_alone(const struct layers *layers) {
    const struct image *image = layers->image;
    uint32_t count = 0, beside_count = 0;
    for (uint32_t y = 1; y + 1 < image->height_px; y += SAMPLE_STEP_PX) {
        for (uint32_t x = 1; x + 1 < image->width_px; x += SAMPLE_STEP_PX) {
            if (is_like(pixel_at(image, x, y), &layers->over, LIKE_COLOUR)) {
                count++;
                beside_count += has_dark_beside(layers, x, y);
            }
        }
    }
    return beside_count <= MOST_BESIDE * count;
}

/* Whether the colour that ends before `x` continues in its row behind a dark stroke. */
static bool is_crossed(const struct layers *layers, uint32_t x, uint32_t y) {
    const struct image *image = layers->image;
    uint32_t until = x + MOST_LETTER_STROKE_PX < image->width_px ? x + MOST_LETTER_STROKE_PX : image->width_px;
    uint32_t fringe = 0, dark = 0;
    for (; x < until; x++) {
        const uint8_t *pixel = pixel_at(image, x, y);
        if (is_like(pixel, &layers->over, LIKE_COLOUR)) {
            return dark > 0;
        }
        if (is_dark(layers, pixel)) {
            dark++;
            fringe = 0;
        } else if (++fringe > FRINGE_PX) {
            return false;
        }
    }
    return false;
}

static bool is_on_paper(const struct layers *layers, uint32_t x, uint32_t y) {
    const struct image *image = layers->image;
    uint32_t from = x < ABOUT_PX ? 0 : x - ABOUT_PX, until = x + ABOUT_PX, paper = 0, dark = 0;
    for (uint32_t i = from; i < until && i < image->width_px; i++) {
        const uint8_t *pixel = pixel_at(image, i, y);
        dark += is_dark(layers, pixel);
        paper += pixel[0] + pixel[1] + pixel[2] >= PAPER_SHARE * sum_of(layers->paper.value) &&
                 !is_like(pixel, &layers->over, LIKE_COLOUR);
    }
    return 2 * paper >= dark;
}

static bool letters_cross(const struct layers *layers) {
    const struct image *image = layers->image;
    uint32_t count = 0;
    for (uint32_t y = 0; y < image->height_px && count < LEAST_CROSSINGS; y += 2) {
        for (uint32_t x = 0; x + 1 < image->width_px; x++) {
            if (is_like(pixel_at(image, x, y), &layers->over, LIKE_COLOUR) &&
                !is_like(pixel_at(image, x + 1, y), &layers->over, LIKE_COLOUR)) {
                count += is_crossed(layers, x + 1, y) && is_on_paper(layers, x + 1, y);
            }
        }
    }
    return count >= LEAST_CROSSINGS;
}

/* ---- taking it out ------------------------------------------------------------------------------------ */

/* Marks the cells that have the colour. */
static void cells_mark(const struct layers *layers, uint8_t *cells, uint32_t columns) {
    const struct image *image = layers->image;
    for (uint32_t y = 0; y < image->height_px; y++) {
        for (uint32_t x = 0; x < image->width_px; x++) {
            if (is_like(pixel_at(image, x, y), &layers->over, LIKE_COLOUR)) {
                cells[(size_t)(y / CELL_PX) * columns + x / CELL_PX] = 1;
            }
        }
    }
}

static bool has_neighbour(const uint8_t *cells, uint32_t columns, uint32_t rows, uint32_t column, uint32_t row) {
    for (uint32_t y = row > 0 ? row - 1 : 0; y <= row + 1 && y < rows; y++) {
        for (uint32_t x = column > 0 ? column - 1 : 0; x <= column + 1 && x < columns; x++) {
            if (cells[(size_t)y * columns + x] != 0) {
                return true;
            }
        }
    }
    return false;
}

/* The share of a pixel's light, 0..1, that is left if the overprint counts as paper. */
struct stretch {
    size_t channel; /* the one in which the overprint is nearest to the paper, or CHANNELS: the darkest of a grey one */
    double white;   /* the level that becomes paper */
};

/* The overprint's own pixels vary by this much. */
static const double NOISE = 0.95;

static struct stretch stretch_of(const struct layers *layers) {
    const int *over = layers->over.value, *paper = layers->paper.value;
    struct stretch stretch = {0, 0.0};
    double least = 1.0, most = 0.0;
    for (size_t c = 0; c < CHANNELS; c++) {
        double share = (double)over[c] / paper[c];
        stretch.channel = share > most ? c : stretch.channel;
        most = fmax(most, share);
        least = fmin(least, share);
    }
    static const double GREY = 0.08;
    stretch.channel = most - least < GREY ? CHANNELS : stretch.channel;
    stretch.white = NOISE * (stretch.channel == CHANNELS ? least : most);
    return stretch;
}

static void pixel_mend(const struct layers *layers, const struct stretch *stretch, uint8_t *pixel) {
    double light = (pixel[0] + pixel[1] + pixel[2]) / (double)sum_of(layers->over.value) / NOISE;
    light = fmin(light, 1.0);
    for (size_t c = 0; c < CHANNELS; c++) {
        if (stretch->channel == c || stretch->channel == CHANNELS) {
            light = fmin(light, pixel[c] / (double)layers->paper.value[c] / stretch->white);
        }
    }
    for (size_t c = 0; c < CHANNELS; c++) {
        pixel[c] = (uint8_t)lround(layers->paper.value[c] * light);
    }
}

static void cells_mend(const struct layers *layers, const uint8_t *cells, uint32_t columns, uint32_t rows) {
    const struct image *image = layers->image;
    struct stretch stretch = stretch_of(layers);
    for (uint32_t y = 0; y < image->height_px; y++) {
        uint8_t *row = image->pixels + (size_t)y * image->stride_bytes;
        for (uint32_t column = 0; column < columns; column++) {
            if (!has_neighbour(cells, columns, rows, column, y / CELL_PX)) {
                continue;
            }
            uint32_t from = column * CELL_PX, until = from + CELL_PX;
            for (uint32_t x = from; x < until && x < image->width_px; x++) {
                pixel_mend(layers, &stretch, row + (size_t)x * CHANNELS);
            }
        }
    }
}

bool overprint_erase(struct image *image, struct arena *arena, bool *found) {
    struct arena_mark mark = arena_mark(arena);
    struct layers layers = {.image = image};
    bool done = colours_find(&layers, arena, found);
    *found = done && *found && are_strokes(&layers) && stands_alone(&layers) && letters_cross(&layers);
    if (*found) {
        uint32_t columns = (image->width_px + CELL_PX - 1) / CELL_PX, rows = (image->height_px + CELL_PX - 1) / CELL_PX;
        uint8_t *cells = arena_allocate_zero(arena, (size_t)columns * rows, 1);
        done = cells != NULL;
        if (done) {
            cells_mark(&layers, cells, columns);
            cells_mend(&layers, cells, columns, rows);
        }
    }
    arena_rewind(arena, mark);
    return done;
}
