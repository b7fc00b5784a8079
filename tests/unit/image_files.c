/* image_files.c - encoders for the tests, with the libraries that decode the formats, and checks of the meter. */
#include "image_files.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jpeglib.h>
#include <png.h>

void file_free(struct file *file) {
    free(file->bytes);
    *file = (struct file){0};
}

void file_append(struct file *file, const void *bytes, size_t count) {
    file->bytes = realloc(file->bytes, file->count + count + 1);
    assert_non_null(file->bytes);
    if (count > 0) {
        memcpy(file->bytes + file->count, bytes, count);
    }
    file->count += count;
}

void file_append_text(struct file *file, const char *text) {
    file_append(file, text, strlen(text));
}

void file_append_number(struct file *file, uint32_t value, int byte_count, bool big) {
    for (int i = 0; i < byte_count; i++) {
        uint8_t byte = (uint8_t)(value >> 8 * (big ? byte_count - 1 - i : i));
        file_append(file, &byte, 1);
    }
}

struct file exif_make(uint32_t orientation, bool big) {
    struct file file = {0};
    file_append_text(&file, big ? "MM" : "II");
    file_append_number(&file, 42, 2, big);
    file_append_number(&file, 8, 4, big);
    file_append_number(&file, 2, 2, big); /* entries */
    file_append_number(&file, 0x010F, 2, big);
    file_append_number(&file, 2, 2, big);
    file_append_number(&file, 4, 4, big);
    file_append_text(&file, "abc");
    file_append_number(&file, 0, 1, big);
    file_append_number(&file, 0x0112, 2, big);
    file_append_number(&file, 3, 2, big);
    file_append_number(&file, 1, 4, big);
    file_append_number(&file, orientation, 2, big);
    file_append_number(&file, 0, 2, big);
    file_append_number(&file, 0, 4, big); /* no further directory */
    return file;
}

/* ---- JPEG --------------------------------------------------------------------------------------------- */

static void jpeg_colors_set(struct jpeg_compress_struct *library, const struct jpeg_recipe *recipe) {
    static const J_COLOR_SPACE stored[] = {JCS_YCbCr, JCS_RGB, JCS_GRAYSCALE, JCS_CMYK, JCS_YCCK};
    bool inks = recipe->ink == JPEG_INK_CMYK || recipe->ink == JPEG_INK_YCCK;
    library->input_components = inks ? 4 : 3;
    library->in_color_space = inks ? JCS_CMYK : JCS_RGB;
    jpeg_set_defaults(library);
    jpeg_set_colorspace(library, stored[recipe->ink]);
    if (recipe->no_adobe_marker) {
        library->write_Adobe_marker = FALSE;
    }
    for (int i = 0; i < library->num_components; i++) {
        library->comp_info[i].h_samp_factor = library->comp_info[i].v_samp_factor = 1;
    }
    library->comp_info[0].h_samp_factor = recipe->sampling_x == 0 ? 1 : recipe->sampling_x;
    library->comp_info[0].v_samp_factor = recipe->sampling_y == 0 ? 1 : recipe->sampling_y;
}

static void jpeg_exif_write(struct jpeg_compress_struct *library, uint32_t orientation) {
    struct file tiff = exif_make(orientation, orientation % 2 == 0), block = {0};
    file_append(&block, "Exif\0", 6);
    file_append(&block, tiff.bytes, tiff.count);
    jpeg_write_marker(library, JPEG_APP0 + 1, block.bytes, (unsigned)block.count);
    file_free(&tiff);
    file_free(&block);
}

/* Inks are stored as Adobe does, inverted, unless the marker that says so is left out. */
static void jpeg_row_fill(const struct jpeg_recipe *recipe, uint32_t y, uint8_t *row) {
    for (uint32_t x = 0; x < recipe->width_px; x++) {
        uint32_t color = recipe->pixel(x, y);
        uint8_t rgb[3] = {(uint8_t)(color >> 16), (uint8_t)(color >> 8), (uint8_t)color};
        if (recipe->ink != JPEG_INK_CMYK && recipe->ink != JPEG_INK_YCCK) {
            memcpy(row + (size_t)x * 3, rgb, 3);
            continue;
        }
        uint8_t flip = recipe->no_adobe_marker ? 255 : 0;
        for (int c = 0; c < 3; c++) {
            row[(size_t)x * 4 + (size_t)c] = rgb[c] ^ flip;
        }
        row[(size_t)x * 4 + 3] = 255 ^ flip; /* no black */
    }
}

struct file jpeg_make(const struct jpeg_recipe *recipe) {
    struct jpeg_compress_struct library;
    struct jpeg_error_mgr errors;
    unsigned char *bytes = NULL;
    unsigned long count = 0;
    library.err = jpeg_std_error(&errors);
    jpeg_create_compress(&library);
    jpeg_mem_dest(&library, &bytes, &count);
    library.image_width = recipe->width_px;
    library.image_height = recipe->height_px;
    jpeg_colors_set(&library, recipe);
    jpeg_set_quality(&library, recipe->quality == 0 ? 95 : recipe->quality, TRUE);
    library.arith_code = recipe->arithmetic;
    library.restart_interval = (unsigned)recipe->restart_blocks;
    jpeg_scan_info scans[3] = {{1, {0}, 0, 63, 0, 0}, {1, {1}, 0, 63, 0, 0}, {1, {2}, 0, 63, 0, 0}};
    if (recipe->separate_scans) {
        library.scan_info = scans;
        library.num_scans = 3;
    }
    if (recipe->progressive) {
        jpeg_simple_progression(&library);
    }
    jpeg_start_compress(&library, TRUE);
    if (recipe->orientation != 0) {
        jpeg_exif_write(&library, recipe->orientation);
    }
    uint8_t *row = malloc((size_t)recipe->width_px * 4);
    for (uint32_t y = 0; y < recipe->height_px; y++) {
        jpeg_row_fill(recipe, y, row);
        jpeg_write_scanlines(&library, &row, 1);
    }
    free(row);
    jpeg_finish_compress(&library);
    jpeg_destroy_compress(&library);
    struct file file = {0};
    file_append(&file, bytes, count);
    free(bytes);
    return file;
}

/* ---- PNG ---------------------------------------------------------------------------------------------- */

static void png_bytes_write(png_structp library, png_bytep bytes, size_t count) {
    file_append(png_get_io_ptr(library), bytes, count);
}

static void png_bytes_flush(png_structp library) {
    (void)library;
}

static int png_channels(int color_type) {
    return color_type == PNG_COLOR_TYPE_RGB          ? 3
           : color_type == PNG_COLOR_TYPE_RGB_ALPHA  ? 4
           : color_type == PNG_COLOR_TYPE_GRAY_ALPHA ? 2
                                                     : 1;
}

static void png_row_fill(const struct png_recipe *recipe, uint32_t y, uint8_t *row) {
    uint32_t channels = (uint32_t)png_channels(recipe->color_type);
    memset(row, 0, (size_t)recipe->width_px * 8);
    size_t bit = 0;
    for (uint32_t x = 0; x < recipe->width_px; x++) {
        for (uint32_t c = 0; c < channels; c++, bit += (size_t)recipe->bits) {
            uint32_t sample = recipe->sample(x, y, c);
            if (recipe->bits == 16) {
                row[bit / 8] = (uint8_t)(sample >> 8);
                row[bit / 8 + 1] = (uint8_t)sample;
            } else {
                row[bit / 8] |= (uint8_t)(sample << (8 - (size_t)recipe->bits - bit % 8));
            }
        }
    }
}

static void png_colors_set(png_structp library, png_infop info, const struct png_recipe *recipe) {
    if (recipe->palette_count > 0) {
        png_color palette[256];
        for (int i = 0; i < recipe->palette_count; i++) {
            const uint8_t *color = recipe->palette + (size_t)i * 3;
            palette[i] = (png_color){color[0], color[1], color[2]};
        }
        png_set_PLTE(library, info, palette, recipe->palette_count);
    }
    if (recipe->palette_alpha_count > 0) {
        png_set_tRNS(library, info, recipe->palette_alpha, recipe->palette_alpha_count, NULL);
    }
    if (recipe->transparent != NULL) {
        const uint16_t *value = recipe->transparent;
        bool grey = recipe->color_type == PNG_COLOR_TYPE_GRAY;
        png_color_16 color = {
            .gray = value[0], .red = value[0], .green = grey ? 0 : value[1], .blue = grey ? 0 : value[2]};
        png_set_tRNS(library, info, NULL, 0, &color);
    }
    if (recipe->orientation != 0) {
        struct file tiff = exif_make(recipe->orientation, recipe->orientation % 2 == 0);
        png_set_eXIf_1(library, info, (png_uint_32)tiff.count, tiff.bytes);
        file_free(&tiff);
    }
}

struct file png_make(const struct png_recipe *recipe) {
    struct file file = {0};
    png_structp library = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(library);
    png_set_write_fn(library, &file, png_bytes_write, png_bytes_flush);
    png_set_IHDR(library, info, recipe->width_px, recipe->height_px, recipe->bits, recipe->color_type,
                 recipe->interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_BASE,
                 PNG_FILTER_TYPE_BASE);
    png_set_compression_level(library, recipe->level == 0 ? 6 : recipe->level);
    png_colors_set(library, info, recipe);
    png_write_info(library, info);
    int pass_count = png_set_interlace_handling(library);
    uint8_t *row = malloc((size_t)recipe->width_px * 8);
    for (int pass = 0; pass < pass_count; pass++) {
        for (uint32_t y = 0; y < recipe->height_px; y++) {
            png_row_fill(recipe, y, row);
            png_write_row(library, row);
        }
    }
    free(row);
    png_write_end(library, NULL);
    png_destroy_write_struct(&library, &info);
    return file;
}

/* ---- decoding under watch ----------------------------------------------------------------------------- */

enum lince_status decode_watched(const struct file *file, uint32_t width_px, uint32_t height_px, struct image *image,
                                 struct lince_error *error) {
    static struct meter meter; /* outlives the result */
    struct image_header header;
    enum lince_status status = image_header_read(file->bytes, file->count, &header, error);
    if (status != LINCE_OK) {
        *image = (struct image){0};
        return status;
    }
    struct image_request request = {.width_px = width_px == 0 ? header.width_px : width_px,
                                    .height_px = height_px == 0 ? header.height_px : height_px};
    assert_int_equal(meter.current_bytes, 0); /* the last result was freed */
    meter_init(&meter, NULL, "decode", METER_NO_LIMIT);
    status = image_decode(file->bytes, file->count, &request, &meter, image, error);
    uint64_t price = image_decode_bytes(&header, request.width_px, request.height_px);
    if (meter.peak_bytes > price) {
        print_error("held %llu bytes, priced %llu\n", (unsigned long long)meter.peak_bytes, (unsigned long long)price);
    }
    assert_true(meter.peak_bytes <= price);
    uint64_t kept = status == LINCE_OK ? image_result_bytes(request.width_px, request.height_px) : 0;
    assert_int_equal(meter.current_bytes, kept);
    if ((uint64_t)header.width_px * header.height_px >= 1000000 && status == LINCE_OK) {
        assert_true(price <= meter.peak_bytes + meter.peak_bytes / 4);
    }
    return status;
}

enum lince_status decode_status(const struct file *file) {
    struct image image;
    struct lince_error error = LINCE_ERROR_INIT;
    enum lince_status status = decode_watched(file, 0, 0, &image, &error);
    image_free(&image);
    return status;
}

struct image decode_well(const struct file *file, uint32_t width_px, uint32_t height_px) {
    struct image image;
    struct lince_error error = LINCE_ERROR_INIT;
    enum lince_status status = decode_watched(file, width_px, height_px, &image, &error);
    if (status != LINCE_OK) {
        print_error("%s: %s\n", lince_status_name(status), error.message);
    }
    assert_int_equal(status, LINCE_OK);
    assert_non_null(image.pixels);
    if (width_px != 0) {
        assert_int_equal(image.width_px, width_px);
        assert_int_equal(image.height_px, height_px);
    }
    return image;
}

uint32_t pixel_at(const struct image *image, uint32_t x, uint32_t y) {
    assert_true(x < image->width_px && y < image->height_px);
    const uint8_t *pixel = image->pixels + y * image->stride_bytes + (size_t)x * 3;
    return (uint32_t)pixel[0] << 16 | (uint32_t)pixel[1] << 8 | pixel[2];
}

int pixel_distance(uint32_t one, uint32_t other) {
    int most = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        int distance = abs((int)(one >> shift & 255) - (int)(other >> shift & 255));
        most = distance > most ? distance : most;
    }
    return most;
}

uint32_t pixel_over(uint32_t color, uint32_t alpha, uint32_t ground) {
    uint32_t result = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
        double value = (color >> shift & 255) * (double)alpha / 255 + ground * (255.0 - alpha) / 255;
        result = result << 8 | (uint32_t)(value + 0.5);
    }
    return result;
}

uint32_t pixel_over_white(uint32_t color, uint32_t alpha) {
    return pixel_over(color, alpha, 255);
}

uint32_t random_next(uint32_t *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

int refusals_hold(const struct file *file, uint32_t width_px, uint32_t height_px) {
    struct image_header header;
    assert_int_equal(image_header_read(file->bytes, file->count, &header, NULL), LINCE_OK);
    struct image_request request = {.width_px = width_px == 0 ? header.width_px : width_px,
                                    .height_px = height_px == 0 ? header.height_px : height_px};
    for (int charge = 1;; charge++) {
        struct meter meter;
        struct image image;
        struct lince_error error = LINCE_ERROR_INIT;
        error.language = charge % 2 == 0 ? LINCE_SPANISH : LINCE_ENGLISH;
        meter_init(&meter, NULL, "decode", METER_NO_LIMIT);
        meter.fail_countdown = charge;
        enum lince_status status = image_decode(file->bytes, file->count, &request, &meter, &image, &error);
        if (status == LINCE_OK) {
            image_free(&image);
            assert_int_equal(meter.current_bytes, 0);
            assert_true(meter.fail_countdown > 0); /* it ended before the charge came */
            return charge - 1;
        }
        assert_int_equal(status, LINCE_ERROR_MEMORY_LIMIT);
        assert_int_equal(error.status, LINCE_ERROR_MEMORY_LIMIT);
        assert_non_null(strstr(error.message, charge % 2 == 0 ? "memoria" : "memory"));
        assert_null(image.pixels);
        assert_int_equal(meter.current_bytes, 0);
    }
}

static void decode_anyhow(const uint8_t *bytes, size_t count) {
    uint8_t *exact = malloc(count == 0 ? 1 : count); /* so that a sanitizer sees a step beyond the end */
    memcpy(exact, bytes, count);
    struct file file = {exact, count};
    struct image image;
    struct lince_error error = LINCE_ERROR_INIT;
    struct image_header header;
    bool sane = image_header_read(exact, count, &header, NULL) != LINCE_OK ||
                (uint64_t)header.width_px * header.height_px <= 1u << 20;
    if (sane) { /* a flipped bit in the size may ask for a gigapixel: that is right, and slow */
        enum lince_status status = decode_watched(&file, 0, 0, &image, &error);
        if (status != LINCE_OK) {
            assert_null(image.pixels);
            assert_int_equal(error.status, status);
            assert_true(strlen(error.message) > 10);
        }
        image_free(&image);
    }
    free(exact);
}

/* Where the environment names a folder, the whole files go there too: the seeds of tests/fuzz. */
static void seed_keep(const struct file *file) {
    static int count;
    const char *folder = getenv("LINCE_FUZZ_SEEDS");
    if (folder != NULL) {
        char path[512];
        snprintf(path, sizeof path, "%s/%zu-%d", folder, file->count, count++);
        FILE *out = fopen(path, "wb");
        assert_non_null(out);
        assert_int_equal(fwrite(file->bytes, 1, file->count, out), file->count);
        fclose(out);
    }
}

void damage_holds(const struct file *file, int flip_count) {
    uint32_t seed = 1;
    seed_keep(file);
    for (size_t length = 1; length < file->count; length *= 2) {
        decode_anyhow(file->bytes, length);
    }
    for (int i = 0; i < flip_count / 10; i++) {
        decode_anyhow(file->bytes, random_next(&seed) % file->count);
    }
    uint8_t *copy = malloc(file->count);
    for (int i = 0; i < flip_count; i++) {
        memcpy(copy, file->bytes, file->count);
        for (uint32_t flips = 1 + random_next(&seed) % 4; flips > 0; flips--) {
            copy[random_next(&seed) % file->count] ^= (uint8_t)(1 + random_next(&seed) % 255);
        }
        decode_anyhow(copy, file->count);
    }
    free(copy);
}
