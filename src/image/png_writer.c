/* png_writer.c - writes PNG with libpng, on a meter, row by row. */
#include "image/png_writer.h"

#include <png.h>
#include <setjmp.h>

#include "base/meter.h"

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

/* False when libpng gave up: no memory, or the sink refused (see `target`). */
static bool encode(png_structp png, png_infop info, struct target *target, const struct image *image) {
    if (setjmp(png_jmpbuf(png)) != 0) {
        return false;
    }
    png_set_write_fn(png, target, on_write, on_flush);
    png_set_compression_level(png, 3); /* twice as fast as the usual 6, and these pictures are looked at once */
    png_set_filter(png, 0, PNG_FILTER_SUB);
    png_set_IHDR(png, info, image->width_px, image->height_px, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    for (uint32_t y = 0; y < image->height_px; y++) {
        png_write_row(png, image->pixels + y * image->stride_bytes);
    }
    png_write_end(png, info);
    return true;
}

enum lince_status png_writer_write(const struct image *image, struct meter *meter, png_sink sink, void *context) {
    struct target target = {sink, context, false};
    png_structp png =
        png_create_write_struct_2(PNG_LIBPNG_VER_STRING, NULL, on_error, on_warning, meter, png_allocate, png_release);
    png_infop info = png == NULL ? NULL : png_create_info_struct(png);
    bool is_whole = info != NULL && encode(png, info, &target, image);
    png_destroy_write_struct(&png, &info);
    return is_whole ? LINCE_OK : target.is_refused ? LINCE_ERROR_WRITE : LINCE_ERROR_MEMORY_LIMIT;
}
