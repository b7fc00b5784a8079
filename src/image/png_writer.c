/* png_writer.c - writes PNG with libpng, on a meter, row by row. */
#include "image/png_writer.h"

#include <png.h>
#include <setjmp.h>

#include "base/meter.h"
#include "image/common/shades.h"

#define INCHES_PER_METRE 39.3701
#define DOTS_PER_INCH_LIMIT 1.0e6

struct target {
    png_sink sink;
    void *context;
    bool is_refused; /* the sink refused */
};

static void on_write(png_structp png, png_bytep bytes, size_t bytes_count) {
    struct target *target = png_get_io_ptr(png);
    if (!target->sink(target->context, bytes, bytes_count)) {
        target->is_refused = true;
        png_error(png, "write");
    }
}

static void on_flush(png_structp png) {
    (void)png;
}

static void on_error(png_structp png, png_const_charp message) {
    (void)message;
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp message) {
    (void)png;
    (void)message;
}

static png_voidp png_allocate(png_structp png, png_alloc_size_t bytes) {
    return meter_allocate(png_get_mem_ptr(png), bytes);
}

static void png_release(png_structp png, png_voidp block) {
    (void)png;
    meter_free(block);
}

/* What the pixels need: the bits of a sample, and its colour. */
struct depth {
    int bits, color;
};

static struct depth depth_of(enum shades shades) {
    return (struct depth){shades == SHADES_BILEVEL ? 1 : 8,
                          shades == SHADES_COLOUR ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_GRAY};
}

/* Predicting a sample from its neighbour helps shades but not bits. The level is twice as fast as the usual 6. */
static void compression_set(png_structp png, struct depth depth) {
    png_set_compression_level(png, depth.bits == 1 ? 6 : 3);
    png_set_filter(png, 0, depth.bits == 1 ? PNG_FILTER_NONE : PNG_FILTER_SUB);
}

/* False when libpng gave up: no memory, or the sink refused (see `target`). `samples` has room for a row of bytes. */
static bool encode(png_structp png, png_infop info, struct target *target, const struct image *image,
                   double dots_per_inch, uint8_t *samples) {
    if (setjmp(png_jmpbuf(png)) != 0) {
        return false;
    }
    enum shades shades = shades_of(image);
    struct depth depth = depth_of(shades);
    png_set_write_fn(png, target, on_write, on_flush);
    compression_set(png, depth);
    png_set_IHDR(png, info, image->width_px, image->height_px, depth.bits, depth.color, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (dots_per_inch > 0 && dots_per_inch < DOTS_PER_INCH_LIMIT) {
        uint32_t dots_per_metre = (uint32_t)(dots_per_inch * INCHES_PER_METRE + 0.5);
        png_set_pHYs(png, info, dots_per_metre, dots_per_metre, PNG_RESOLUTION_METER);
    }
    png_write_info(png, info);
    png_set_packing(png);
    for (uint32_t y = 0; y < image->height_px; y++) {
        const uint8_t *pixels = image->pixels + y * image->stride_bytes;
        if (depth.color == PNG_COLOR_TYPE_GRAY) {
            shades_row(shades, pixels, image->width_px, samples); /* libpng packs those of one bit */
        }
        png_write_row(png, depth.color == PNG_COLOR_TYPE_GRAY ? samples : pixels);
    }
    png_write_end(png, info);
    return true;
}

enum lince_status png_writer_write(const struct image *image, double dots_per_inch, struct meter *meter, png_sink sink,
                                   void *context) {
    struct target target = {sink, context, false};
    uint8_t *samples = meter_allocate(meter, image->width_px);
    png_structp png = samples == NULL ? NULL
                                      : png_create_write_struct_2(PNG_LIBPNG_VER_STRING, NULL, on_error, on_warning,
                                                                  meter, png_allocate, png_release);
    png_infop info = png == NULL ? NULL : png_create_info_struct(png);
    bool is_whole = info != NULL && encode(png, info, &target, image, dots_per_inch, samples);
    png_destroy_write_struct(&png, &info);
    meter_free(samples);
    return is_whole ? LINCE_OK : target.is_refused ? LINCE_ERROR_WRITE : LINCE_ERROR_MEMORY_LIMIT;
}
