/*
 * layer_sample.h - a few short stretches of a page's own text, to be read from its picture: fonts may name their
 * letters wrongly, and a short text does not show it.
 */
#ifndef LINCE_TEXT_LAYER_SAMPLE_H
#define LINCE_TEXT_LAYER_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "image/page_layer.h"

struct arena;

enum { LAYER_SAMPLES_MOST = 12, SAMPLE_LETTERS_MOST = 20 };

struct layer_sample {
    struct lince_point corners[4];         /* pixels of the page; the upper left one of the text first */
    char letters[SAMPLE_LETTERS_MOST + 1]; /* what the layer says, folded: small letters a to z, and digits */
    uint32_t font;                         /* index in the layer */
    double height_px;
};

/* What the comparisons of one font's samples say. */
struct font_evidence {
    size_t letters, same_letters; /* of letters and digits together */
    size_t digits, same_digits;
};

struct layer_samples {
    struct layer_sample items[LAYER_SAMPLES_MOST];
    size_t count;
    double least_height_px; /* of their lines */
    struct font_evidence fonts[LAYER_FONTS_MOST];
};

/*
 * Chooses for each of the fonts that most letters have the stretch with most letters and the one with most digits. Only
 * visible letters in Latin script count.
 */
void layer_samples_choose(const struct page_layer *layer, struct layer_samples *samples);

/* Compares a sample with what was read there. A reading that is not sure shows nothing. */
void layer_sample_compare(const struct layer_sample *sample, const char *text, double confidence,
                          struct layer_samples *samples);

/* Whether the letters of a font are other ones in the picture. */
bool layer_samples_contradict(const struct layer_samples *samples);

/*
 * Marks the letters of all fonts that the comparisons do not confirm as doubted. False if too few others are left for
 * the layer to be used.
 */
bool layer_samples_doubt(const struct layer_samples *samples, struct page_layer *layer);

#endif
