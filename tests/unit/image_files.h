/* image_files.h - image files made in memory with known pixels, and decoding them with checks. */
#ifndef LINCE_TESTS_IMAGE_FILES_H
#define LINCE_TESTS_IMAGE_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/meter.h"
#include "image/image.h"
#include "image/price.h"

/* An encoded image; `bytes` is owned, from malloc. */
struct file {
    uint8_t *bytes;
    size_t count;
};

void file_free(struct file *file);
void file_append(struct file *file, const void *bytes, size_t count);
void file_append_text(struct file *file, const char *text);
void file_append_number(struct file *file, uint32_t value, int byte_count, bool big);

/* 0xRRGGBB of a pixel. */
typedef uint32_t (*pixel_function)(uint32_t x, uint32_t y);

enum jpeg_ink { JPEG_INK_YCC, JPEG_INK_RGB, JPEG_INK_GREY, JPEG_INK_CMYK, JPEG_INK_YCCK };

struct jpeg_recipe {
    uint32_t width_px, height_px;
    pixel_function pixel;
    enum jpeg_ink ink;
    int sampling_x, sampling_y; /* of the first component; 0: 1 */
    bool progressive, arithmetic, separate_scans, no_adobe_marker;
    int restart_blocks;
    uint32_t orientation; /* 0: no EXIF block */
    int quality;          /* 0: 95 */
};
struct file jpeg_make(const struct jpeg_recipe *recipe);

/* An EXIF block (TIFF structure) that names the orientation, in either byte order. */
struct file exif_make(uint32_t orientation, bool big);

/* A sample of a PNG in its own depth: channel 0.. of the pixel. */
typedef uint32_t (*sample_function)(uint32_t x, uint32_t y, uint32_t channel);

struct png_recipe {
    uint32_t width_px, height_px;
    int color_type, bits;
    bool interlaced;
    sample_function sample;
    int palette_count;
    const uint8_t *palette; /* RGB triples */
    int palette_alpha_count;
    const uint8_t *palette_alpha;
    const uint16_t *transparent; /* one grey or three colour values; NULL: none */
    uint32_t orientation;        /* 0: no eXIf chunk */
    int level;                   /* of compression; 0: 6 */
};
struct file png_make(const struct png_recipe *recipe);

/*
 * Decodes at the size given (0: the image's own) on a fresh meter and asserts that what was held stayed within the
 * price and that nothing is left but the result. `image` lives on a meter of its own until image_free.
 */
enum lince_status decode_watched(const struct file *file, uint32_t width_px, uint32_t height_px, struct image *image,
                                 struct lince_error *error);

/* The same at the image's own size; only what comes of it. */
enum lince_status decode_status(const struct file *file);

/* As decode_watched, asserting success and the size. */
struct image decode_well(const struct file *file, uint32_t width_px, uint32_t height_px);

/* 0xRRGGBB of a decoded pixel. */
uint32_t pixel_at(const struct image *image, uint32_t x, uint32_t y);

/* The largest difference in any channel of two colours. */
int pixel_distance(uint32_t one, uint32_t other);

/* A colour seen through `alpha` of 255 on a ground of level 0..255, and on white, rounded. */
uint32_t pixel_over(uint32_t color, uint32_t alpha, uint32_t ground);
uint32_t pixel_over_white(uint32_t color, uint32_t alpha);

/* A number that looks random, always the same for the same seed; advances the seed. */
uint32_t random_next(uint32_t *seed);

/* Asserts that each refused charge in turn gives MEMORY_LIMIT and leaves nothing behind; counts the charges. */
int refusals_hold(const struct file *file, uint32_t width_px, uint32_t height_px);

/* Asserts that every truncation and many damaged bytes end in a result or an error, on an empty meter. */
void damage_holds(const struct file *file, int flip_count);

#endif
