/* growth.c - least squares over a ring of figures. */
#include "engine/growth.h"

static const double LEAK_BYTES_PER_IMAGE = 1024.0;

/* A leak is reported if the line explains at least this share of the variance. */
static const double LEAK_FIT = 0.8;

void growth_note(struct growth *growth, uint64_t live_bytes) {
    growth->live_bytes[growth->count++ % GROWTH_IMAGES] = live_bytes;
}

struct line_fit {
    double slope, explained; /* explained: 0..1 */
};

static struct line_fit fit(const struct growth *growth) {
    struct line_fit line = {0.0, 0.0};
    if (growth->count < GROWTH_IMAGES) {
        return line;
    }
    double mean_x = (GROWTH_IMAGES - 1) / 2.0, mean_y = 0.0, xx = 0.0, xy = 0.0, yy = 0.0;
    for (unsigned i = 0; i < GROWTH_IMAGES; i++) {
        mean_y += (double)growth->live_bytes[i] / GROWTH_IMAGES;
    }
    for (unsigned i = 0; i < GROWTH_IMAGES; i++) {
        double x = i - mean_x, y = (double)growth->live_bytes[(growth->count + i) % GROWTH_IMAGES] - mean_y;
        xx += x * x;
        xy += x * y;
        yy += y * y;
    }
    line.slope = xy / xx;
    line.explained = yy > 0.0 ? xy * xy / (xx * yy) : 0.0;
    return line;
}

double growth_bytes_per_image(const struct growth *growth) {
    return fit(growth).slope;
}

bool growth_is_a_leak(const struct growth *growth) {
    struct line_fit line = fit(growth);
    return line.slope >= LEAK_BYTES_PER_IMAGE && line.explained >= LEAK_FIT;
}
