/* paper.c - fills the pads with the commonest colour along each side. */
#include "text/detect/paper.h"

/* The median of each channel over `count` pixels, `step_bytes` apart: letters cover less than half of a side. */
static struct paper paper_of(const uint8_t *pixels, size_t step_bytes, uint32_t count, const struct sample_norm *norm) {
    struct paper paper;
    for (size_t c = 0; c < 3; c++) {
        uint32_t histogram[256] = {0}, below = 0, level = 0;
        for (uint32_t i = 0; i < count; i++) {
            histogram[pixels[i * step_bytes + 2 - c]]++;
        }
        while (below + histogram[level] <= count / 2) {
            below += histogram[level++];
        }
        paper.value[c] = ((float)level / 255.0f - norm->mean[c]) / norm->deviation[c];
    }
    return paper;
}

struct papers papers_of(const struct view *view, const struct sample_norm *norm) {
    const struct image *image = view->image;
    const uint8_t *first = image->pixels, *last_row = first + (image->height_px - 1) * image->stride_bytes;
    const uint8_t *last_column = first + (image->width_px - 1) * (size_t)3;
    const struct paper clockwise[SIDE_COUNT] = {
        [SIDE_TOP] = paper_of(first, 3, image->width_px, norm),
        [SIDE_RIGHT] = paper_of(last_column, image->stride_bytes, image->height_px, norm),
        [SIDE_BOTTOM] = paper_of(last_row, 3, image->width_px, norm),
        [SIDE_LEFT] = paper_of(first, image->stride_bytes, image->height_px, norm),
    };
    struct papers papers;
    for (unsigned side = 0; side < SIDE_COUNT; side++) {
        papers.of[side] = clockwise[(side + view->turn) % SIDE_COUNT];
    }
    return papers;
}

static void row_fill(float *planes, size_t plane_size, size_t from, size_t until, const struct paper *paper) {
    for (size_t c = 0; c < 3; c++) {
        for (size_t i = from; i < until; i++) {
            planes[c * plane_size + i] = paper->value[c];
        }
    }
}

void paper_pads_fill(const struct sample_window *window, uint32_t page_width_px, uint32_t page_height_px,
                     const struct papers *papers, float *planes) {
    size_t plane_size = (size_t)window->width * window->height;
    int64_t right = (int64_t)page_width_px - window->x; /* the first column past the page */
    size_t left_count = window->x < 0 ? (size_t)-window->x : 0;
    size_t right_start = right < window->width ? (size_t)right : window->width;
    for (uint32_t y = 0; y < window->height; y++) {
        int64_t map_y = (int64_t)window->y + y;
        size_t row = (size_t)y * window->width;
        if (map_y < 0 || map_y >= page_height_px) {
            row_fill(planes, plane_size, row, row + window->width, &papers->of[map_y < 0 ? SIDE_TOP : SIDE_BOTTOM]);
        } else {
            row_fill(planes, plane_size, row, row + left_count, &papers->of[SIDE_LEFT]);
            row_fill(planes, plane_size, row + right_start, row + window->width, &papers->of[SIDE_RIGHT]);
        }
    }
}
