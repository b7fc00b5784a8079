/* layer_ink.c - looks for a difference of colour inside the box of each letter. */
#include "engine/layer_ink.h"

#include <math.h>
#include <stdint.h>

#include <utf8proc.h>

#include "image/image.h"

/* Of 255, in one colour: people see no letter in a smaller difference. */
enum { DIFFERENCE_LEAST = 6 };
/* How often the letters may cover the picture; a page of text covers it less than once. */
enum { COVERS_MOST = 8 };

/* Of a letter's box, which reaches over the whole height of a line: there is ink of each letter and digit between. */
static const double MIDDLE_FROM = 0.2;

static bool is_letter_or_digit(const struct layer_letter *letter) {
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)letter->code);
    return !letter->is_break && !letter->is_hidden && letter->box.x1 > letter->box.x0 &&
           letter->box.y1 > letter->box.y0 &&
           ((category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) || category == UTF8PROC_CATEGORY_ND);
}

static struct lince_box middle_of(const struct layer_letter *letter) {
    struct lince_box box = letter->box;
    double width = (box.x1 - box.x0) * MIDDLE_FROM, height = (box.y1 - box.y0) * MIDDLE_FROM;
    double across = fabs(letter->along_x), down = fabs(letter->along_y);
    if (fmin(across, down) > 0.1) {
        return box; /* text at an angle fills its box from corner to corner */
    }
    return across > down ? (struct lince_box){box.x0, box.y0 + height, box.x1, box.y1 - height}
                         : (struct lince_box){box.x0 + width, box.y0, box.x1 - width, box.y1};
}

static uint32_t pixel_at(double place, double scale, uint32_t most) {
    return (uint32_t)fmin(fmax(place / scale, 0), most);
}

/* Takes the rows that it looks at from `pixels_left`. */
static bool is_blank(const struct image *image, const struct layer_letter *letter, int64_t *pixels_left) {
    struct lince_box box = middle_of(letter);
    uint32_t left = pixel_at(box.x0, image->scale_x, image->width_px - 1);
    uint32_t right = pixel_at(box.x1, image->scale_x, image->width_px - 1);
    uint32_t top = pixel_at(box.y0, image->scale_y, image->height_px - 1);
    uint32_t bottom = pixel_at(box.y1, image->scale_y, image->height_px - 1);
    uint8_t least[3] = {UINT8_MAX, UINT8_MAX, UINT8_MAX}, most[3] = {0};
    for (uint32_t y = top; y <= bottom && *pixels_left > 0; y++) {
        *pixels_left -= right - left + 1;
        const uint8_t *pixel = image->pixels + y * image->stride_bytes + (size_t)left * 3;
        for (uint32_t i = 0; i < 3 * (right - left + 1); i++) {
            uint32_t colour = i % 3;
            least[colour] = pixel[i] < least[colour] ? pixel[i] : least[colour];
            most[colour] = pixel[i] > most[colour] ? pixel[i] : most[colour];
        }
        if (most[0] >= least[0] + DIFFERENCE_LEAST || most[1] >= least[1] + DIFFERENCE_LEAST ||
            most[2] >= least[2] + DIFFERENCE_LEAST) {
            return false;
        }
    }
    return true;
}

/* Hides the blank letters from `first` to `end`, and the signs among them if no letter is left. */
static size_t word_hide(struct page_layer *layer, size_t first, size_t end, const struct image *image,
                        int64_t *pixels_left) {
    size_t hidden = 0, seen = 0;
    for (size_t i = first; i < end; i++) {
        struct layer_letter *letter = &layer->letters[i];
        if (is_letter_or_digit(letter)) {
            letter->is_hidden = is_blank(image, letter, pixels_left) && *pixels_left > 0;
            hidden += letter->is_hidden;
            seen += !letter->is_hidden;
        }
    }
    for (size_t i = first; i < end && hidden > 0 && seen == 0; i++) {
        layer->letters[i].is_hidden = true;
    }
    return hidden;
}

bool layer_ink_hide(struct page_layer *layer, const struct image *image, size_t *hidden) {
    int64_t pixels_left = (int64_t)image->width_px * image->height_px * COVERS_MOST;
    *hidden = 0;
    for (size_t first = 0, end; first < layer->letter_count && pixels_left > 0; first = end + 1) {
        for (end = first; end < layer->letter_count && !layer->letters[end].is_break;) {
            end++;
        }
        *hidden += word_hide(layer, first, end, image, &pixels_left);
    }
    return pixels_left > 0;
}
