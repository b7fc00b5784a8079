/*
 * test_image_tiff.c - TIFF of every kind, from libtiff's own writer, compared with its known pixels; pages, damage,
 * refusals.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <tiffio.h>

#include "image/image_pages.h"
#include "image_files.h"

struct tiff_recipe {
    const char *mode; /* "w", "wb", "wl", "w8": byte order, BigTIFF */
    uint16_t bits, samples, photometric, compression, planar, alpha, fill_order, orientation, predictor;
    uint32_t rows_per_strip, tile_px;
    int tolerance;
    float resolution_x; /* 0: as resolution y */
    int page_count;     /* 0: 1 */
    bool has_preview;   /* after the page */
};

enum { WIDTH_PX = 53, HEIGHT_PX = 37 };

/* ---- a file that libtiff writes into ------------------------------------------------------------------- */

struct stream {
    struct file file;
    size_t at;
};

static tmsize_t stream_read(thandle_t handle, void *target, tmsize_t count) {
    struct stream *stream = handle;
    size_t left = stream->file.count - stream->at, given = (size_t)count < left ? (size_t)count : left;
    memcpy(target, stream->file.bytes + stream->at, given);
    stream->at += given;
    return (tmsize_t)given;
}

static tmsize_t stream_write(thandle_t handle, void *bytes, tmsize_t count) {
    struct stream *stream = handle;
    size_t end = stream->at + (size_t)count;
    if (end > stream->file.count) {
        stream->file.bytes = realloc(stream->file.bytes, end);
        memset(stream->file.bytes + stream->file.count, 0, end - stream->file.count);
        stream->file.count = end;
    }
    memcpy(stream->file.bytes + stream->at, bytes, (size_t)count);
    stream->at = end;
    return count;
}

static toff_t stream_seek(thandle_t handle, toff_t offset, int from) {
    struct stream *stream = handle;
    stream->at = (from == SEEK_SET ? 0 : from == SEEK_CUR ? stream->at : stream->file.count) + (size_t)offset;
    return stream->at;
}

static int stream_close(thandle_t handle) {
    (void)handle;
    return 0;
}

static toff_t stream_size(thandle_t handle) {
    return ((struct stream *)handle)->file.count;
}

/* ---- pixels ------------------------------------------------------------------------------------------- */

static uint32_t sample_of(const struct tiff_recipe *recipe, uint32_t x, uint32_t y, uint32_t number) {
    uint32_t most = (1u << recipe->bits) - 1;
    uint32_t value = recipe->tolerance > 2 ? x * 3 + y * 2 + number * 20 : x * 7 + y * 13 + number * 29;
    if (recipe->alpha != 0 && number + 1u < recipe->samples) {
        most /= 2; /* dark on a transparent ground, which is white then */
    }
    return (recipe->bits == 16 ? value * 331 : value) & most;
}

static uint32_t light_of(const struct tiff_recipe *recipe, uint32_t sample) {
    double most = (1u << recipe->bits) - 1;
    return (uint32_t)(sample * 255 / most + 0.5);
}

/* What the specification says of the pixel, over white. */
static uint32_t wanted(const struct tiff_recipe *recipe, uint32_t x, uint32_t y) {
    uint32_t rgb[3], colors = recipe->photometric == PHOTOMETRIC_RGB         ? 3
                              : recipe->photometric == PHOTOMETRIC_SEPARATED ? 4
                                                                             : 1;
    for (uint32_t c = 0; c < 3; c++) {
        rgb[c] = light_of(recipe, sample_of(recipe, x, y, colors == 1 ? 0 : c));
        if (recipe->photometric == PHOTOMETRIC_MINISWHITE) {
            rgb[c] = 255 - rgb[c];
        } else if (recipe->photometric == PHOTOMETRIC_PALETTE) {
            rgb[c] = (sample_of(recipe, x, y, 0) * (c + 3)) % 256;
        } else if (colors == 4) {
            double black = light_of(recipe, sample_of(recipe, x, y, 3));
            rgb[c] = (uint32_t)((255.0 - rgb[c]) * (255 - black) / 255 + 0.5);
        }
    }
    uint32_t color = rgb[0] << 16 | rgb[1] << 8 | rgb[2];
    uint32_t alpha = recipe->alpha == 0 ? 255 : light_of(recipe, sample_of(recipe, x, y, colors));
    return pixel_over_white(color, alpha);
}

static void row_pack(const struct tiff_recipe *recipe, uint32_t y, uint32_t x0, uint32_t width, int plane,
                     uint8_t *row) {
    uint32_t samples = plane < 0 ? recipe->samples : 1, bit = 0;
    for (uint32_t i = 0; i < width * samples; i++) {
        uint32_t value = sample_of(recipe, x0 + i / samples, y, plane < 0 ? i % samples : (uint32_t)plane);
        if (recipe->bits == 16) {
            uint16_t number = (uint16_t)value;
            memcpy(row + (size_t)i * 2, &number, 2);
            continue;
        }
        for (uint32_t b = recipe->bits; b-- > 0; bit++) {
            uint8_t mask = (uint8_t)(0x80 >> bit % 8);
            row[bit / 8] = (uint8_t)((value >> b & 1) != 0 ? row[bit / 8] | mask : row[bit / 8] & ~mask);
        }
    }
}

/* ---- writing ------------------------------------------------------------------------------------------ */

static void tags_write(TIFF *tiff, const struct tiff_recipe *recipe) {
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, WIDTH_PX);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, HEIGHT_PX);
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, recipe->bits);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, recipe->samples);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, recipe->photometric);
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, recipe->compression);
    TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, recipe->planar);
    TIFFSetField(tiff, TIFFTAG_ORIENTATION, recipe->orientation == 0 ? 1 : recipe->orientation);
    if (recipe->fill_order != 0) {
        TIFFSetField(tiff, TIFFTAG_FILLORDER, recipe->fill_order);
    }
    if (recipe->predictor != 0) {
        TIFFSetField(tiff, TIFFTAG_PREDICTOR, recipe->predictor);
    }
    if (recipe->alpha != 0) {
        TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, 1, &recipe->alpha);
    }
    if (recipe->resolution_x > 0) {
        TIFFSetField(tiff, TIFFTAG_XRESOLUTION, recipe->resolution_x);
        TIFFSetField(tiff, TIFFTAG_YRESOLUTION, 100.0);
    }
    if (recipe->photometric == PHOTOMETRIC_PALETTE) {
        uint16_t colors[3][256];
        for (uint32_t i = 0; i < 256; i++) {
            for (uint32_t c = 0; c < 3; c++) {
                colors[c][i] = (uint16_t)((i * (c + 3)) % 256 * 257);
            }
        }
        TIFFSetField(tiff, TIFFTAG_COLORMAP, colors[0], colors[1], colors[2]);
    }
}

static void tiles_write(TIFF *tiff, const struct tiff_recipe *recipe) {
    uint8_t *tile = calloc(1, (size_t)TIFFTileSize(tiff));
    size_t row_bytes = (size_t)TIFFTileRowSize(tiff);
    bool separate = recipe->planar == PLANARCONFIG_SEPARATE;
    for (uint32_t plane = 0; plane < (separate ? recipe->samples : 1u); plane++) {
        for (uint32_t y = 0; y < HEIGHT_PX; y += recipe->tile_px) {
            for (uint32_t x = 0; x < WIDTH_PX; x += recipe->tile_px) {
                for (uint32_t row = 0; row < recipe->tile_px; row++) {
                    row_pack(recipe, y + row, x, recipe->tile_px, separate ? (int)plane : -1, tile + row * row_bytes);
                }
                assert_true(TIFFWriteTile(tiff, tile, x, y, 0, (uint16_t)plane) > 0);
            }
        }
    }
    free(tile);
}

static void rows_write(TIFF *tiff, const struct tiff_recipe *recipe) {
    uint8_t *row = calloc(1, (size_t)TIFFScanlineSize(tiff) + 8);
    bool separate = recipe->planar == PLANARCONFIG_SEPARATE;
    for (uint32_t plane = 0; plane < (separate ? recipe->samples : 1u); plane++) {
        for (uint32_t y = 0; y < HEIGHT_PX; y++) {
            row_pack(recipe, y, 0, WIDTH_PX, separate ? (int)plane : -1, row);
            assert_int_equal(TIFFWriteScanline(tiff, row, y, (uint16_t)plane), 1);
        }
    }
    free(row);
}

static struct file tiff_make(const struct tiff_recipe *recipe) {
    struct stream stream = {0};
    TIFF *tiff = TIFFClientOpen("test", recipe->mode == NULL ? "w" : recipe->mode, &stream, stream_read, stream_write,
                                stream_seek, stream_close, stream_size, NULL, NULL);
    assert_non_null(tiff);
    int count = recipe->page_count == 0 ? 1 : recipe->page_count;
    for (int page = 0; page < count + (recipe->has_preview ? 1 : 0); page++) {
        tags_write(tiff, recipe);
        if (page == count) {
            TIFFSetField(tiff, TIFFTAG_SUBFILETYPE, FILETYPE_REDUCEDIMAGE);
        }
        if (recipe->tile_px > 0) {
            TIFFSetField(tiff, TIFFTAG_TILEWIDTH, recipe->tile_px);
            TIFFSetField(tiff, TIFFTAG_TILELENGTH, recipe->tile_px);
            tiles_write(tiff, recipe);
        } else {
            TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, recipe->rows_per_strip == 0 ? HEIGHT_PX : recipe->rows_per_strip);
            rows_write(tiff, recipe);
        }
        TIFFWriteDirectory(tiff);
    }
    TIFFClose(tiff);
    return stream.file;
}

/* ---- tests -------------------------------------------------------------------------------------------- */

static void expect_recipe(struct tiff_recipe recipe) {
    recipe.planar = recipe.planar == 0 ? PLANARCONFIG_CONTIG : recipe.planar;
    recipe.compression = recipe.compression == 0 ? COMPRESSION_NONE : recipe.compression;
    struct file file = tiff_make(&recipe);
    struct image image = decode_well(&file, 0, 0);
    for (uint32_t y = 0; y < HEIGHT_PX; y++) {
        for (uint32_t x = 0; x < WIDTH_PX; x++) {
            int distance = pixel_distance(pixel_at(&image, x, y), wanted(&recipe, x, y));
            if (distance > recipe.tolerance) {
                print_error("%u bits, %u samples, kind %u, compression %u, (%u, %u): %06x instead of %06x\n",
                            recipe.bits, recipe.samples, recipe.photometric, recipe.compression, x, y,
                            pixel_at(&image, x, y), wanted(&recipe, x, y));
            }
            assert_true(distance <= recipe.tolerance);
        }
    }
    image_free(&image);
    file_free(&file);
}

#define GREY(...) ((struct tiff_recipe){.samples = 1, .photometric = PHOTOMETRIC_MINISBLACK, __VA_ARGS__})
#define RGB(...) ((struct tiff_recipe){.samples = 3, .photometric = PHOTOMETRIC_RGB, .bits = 8, __VA_ARGS__})

static void test_every_depth_gives_its_pixels(void **state) {
    (void)state;
    static const uint16_t compressions[] = {COMPRESSION_NONE, COMPRESSION_LZW, COMPRESSION_ADOBE_DEFLATE,
                                            COMPRESSION_PACKBITS};
    for (size_t i = 0; i < 4; i++) {
        for (uint16_t bits = 1; bits <= 16; bits = (uint16_t)(bits == 8 ? 12 : bits == 12 ? 16 : bits * 2)) {
            expect_recipe(GREY(.bits = bits, .compression = compressions[i]));
            expect_recipe((struct tiff_recipe){.bits = bits,
                                               .samples = 1,
                                               .photometric = PHOTOMETRIC_MINISWHITE,
                                               .rows_per_strip = 5,
                                               .compression = compressions[i]});
            struct tiff_recipe recipe = RGB(.rows_per_strip = 7, .compression = compressions[i]);
            recipe.bits = bits;
            expect_recipe(recipe);
            recipe.planar = PLANARCONFIG_SEPARATE;
            expect_recipe(recipe);
            if (bits <= 8) {
                expect_recipe((struct tiff_recipe){
                    .bits = bits, .samples = 1, .photometric = PHOTOMETRIC_PALETTE, .compression = compressions[i]});
            }
        }
    }
}

static void test_every_compression_gives_its_pixels(void **state) {
    (void)state;
    static const uint16_t of_bits[] = {COMPRESSION_CCITTRLE, COMPRESSION_CCITTFAX3, COMPRESSION_CCITTFAX4};
    for (size_t i = 0; i < 3; i++) {
        expect_recipe((struct tiff_recipe){
            .bits = 1, .samples = 1, .photometric = PHOTOMETRIC_MINISWHITE, .compression = of_bits[i]});
        expect_recipe(GREY(.bits = 1, .compression = of_bits[i], .fill_order = FILLORDER_LSB2MSB));
    }
    expect_recipe(GREY(.bits = 1, .fill_order = FILLORDER_LSB2MSB));
    expect_recipe(RGB(.compression = COMPRESSION_LZW, .predictor = PREDICTOR_HORIZONTAL));
    expect_recipe(RGB(.compression = COMPRESSION_JPEG, .rows_per_strip = 16, .tolerance = 40));
    expect_recipe(GREY(.bits = 8, .compression = COMPRESSION_JPEG, .rows_per_strip = 8, .tolerance = 40));
    static const uint16_t optional[] = {COMPRESSION_ZSTD, COMPRESSION_LZMA};
    for (size_t i = 0; i < 2; i++) {
        if (TIFFIsCODECConfigured(optional[i])) {
            expect_recipe(RGB(.compression = optional[i]));
        }
    }
}

static void test_tiles_planes_orders_and_inks(void **state) {
    (void)state;
    static const char *const modes[] = {"wl", "wb", "w8", "wb8"};
    for (size_t i = 0; i < 4; i++) {
        struct tiff_recipe recipe = RGB(.mode = modes[i], .rows_per_strip = 4);
        expect_recipe(recipe);
        recipe.bits = 16;
        expect_recipe(recipe);
        recipe.compression = COMPRESSION_LZW;
        expect_recipe(recipe);
        expect_recipe(RGB(.mode = modes[i], .tile_px = 16, .compression = COMPRESSION_ADOBE_DEFLATE));
        expect_recipe(RGB(.mode = modes[i], .tile_px = 32, .planar = PLANARCONFIG_SEPARATE));
        expect_recipe((struct tiff_recipe){
            .mode = modes[i], .bits = 8, .samples = 4, .photometric = PHOTOMETRIC_SEPARATED, .tolerance = 1});
    }
    expect_recipe(GREY(.bits = 1, .tile_px = 16));
    struct tiff_recipe visible = RGB(.alpha = EXTRASAMPLE_UNASSALPHA, .tolerance = 1);
    visible.samples = 4;
    expect_recipe(visible);
    visible = GREY(.bits = 8, .alpha = EXTRASAMPLE_UNASSALPHA, .tolerance = 1);
    visible.samples = 2;
    expect_recipe(visible);
}

static void test_every_orientation_holds(void **state) {
    (void)state;
    for (uint16_t orientation = 1; orientation <= 8; orientation++) {
        struct tiff_recipe recipe = RGB(.planar = 1, .compression = COMPRESSION_LZW, .orientation = orientation);
        struct file file = tiff_make(&recipe);
        bool turned = orientation >= 5;
        struct image image = decode_well(&file, turned ? HEIGHT_PX : WIDTH_PX, turned ? WIDTH_PX : HEIGHT_PX);
        bool right = orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
        bool bottom = orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
        uint32_t across = turned ? 5 : 9, down = turned ? 9 : 5; /* where the stored (9, 5) goes */
        uint32_t x = right ? image.width_px - 1 - across : across, y = bottom ? image.height_px - 1 - down : down;
        assert_int_equal(pixel_at(&image, x, y), wanted(&recipe, 9, 5));
        image_free(&image);
        file_free(&file);
    }
}

static void test_a_fax_of_half_the_rows_is_as_high_as_it_was(void **state) {
    (void)state;
    struct tiff_recipe recipe = GREY(.bits = 1, .planar = 1, .compression = COMPRESSION_CCITTFAX4, .resolution_x = 204);
    struct file file = tiff_make(&recipe);
    struct image image = decode_well(&file, WIDTH_PX, HEIGHT_PX * 2);
    for (uint32_t y = 0; y < HEIGHT_PX * 2; y++) {
        assert_int_equal(pixel_at(&image, 11, y), wanted(&recipe, 11, y / 2));
    }
    image_free(&image);
    file_free(&file);
}

static struct pages *pages_of(const struct file *file, struct meter *meter) {
    struct source source = source_of_bytes(file->bytes, file->count);
    struct lince_error error = LINCE_ERROR_INIT;
    struct pages *pages = NULL;
    meter_init(meter, NULL, "pages", METER_NO_LIMIT);
    enum lince_status status =
        pages_open(pages_kind_of(file->bytes, file->count), &source, NULL, meter, &pages, &error);
    assert_int_equal(status == LINCE_OK, pages != NULL);
    return pages;
}

static void test_pages_are_counted_without_previews(void **state) {
    (void)state;
    struct tiff_recipe recipe = RGB(.planar = 1, .compression = COMPRESSION_LZW, .page_count = 7, .has_preview = true);
    struct file file = tiff_make(&recipe);
    struct meter meter;
    struct pages *pages = pages_of(&file, &meter);
    assert_int_equal(pages->count, 7);
    for (uint32_t i = 0; i < 7; i++) {
        struct image_header header;
        struct image image;
        struct image_request request = {WIDTH_PX, HEIGHT_PX, NULL, NULL};
        assert_int_equal(pages_header_read(pages, i, &header, NULL), LINCE_OK);
        assert_int_equal(pages_decode(pages, i, &request, &meter, &image, NULL), LINCE_OK);
        assert_int_equal(pixel_at(&image, 3, 4), wanted(&recipe, 3, 4));
        image_free(&image);
    }
    pages_close(pages);
    assert_int_equal(meter.current_bytes, 0);
    file_free(&file);
}

static void test_a_chain_that_runs_in_a_circle_is_told(void **state) {
    (void)state;
    struct tiff_recipe recipe = RGB(.mode = "wl", .planar = 1, .compression = COMPRESSION_NONE, .page_count = 3);
    struct file file = tiff_make(&recipe);
    struct meter meter;
    uint32_t first_at, at, next;
    memcpy(&first_at, file.bytes + 4, 4);
    for (at = first_at;; at = next) {
        uint16_t count;
        memcpy(&count, file.bytes + at, 2);
        memcpy(&next, file.bytes + at + 2 + 12u * count, 4);
        if (next == 0) {
            memcpy(file.bytes + at + 2 + 12u * count, &first_at, 4);
            break;
        }
    }
    assert_null(pages_of(&file, &meter));
    assert_int_equal(meter.current_bytes, 0);
    file_free(&file);
}

static void test_every_refused_charge_is_an_ordinary_error(void **state) {
    (void)state;
    struct tiff_recipe recipe = RGB(.planar = 1, .compression = COMPRESSION_LZW);
    struct file file = tiff_make(&recipe);
    assert_true(refusals_hold(&file, 0, 0) >= 5);
    assert_true(refusals_hold(&file, 20, 20) >= 7);
    file_free(&file);
}

static void test_damage_never_does_more_than_fail(void **state) {
    (void)state;
    static const struct tiff_recipe recipes[] = {
        {.bits = 8, .samples = 3, .photometric = 2, .compression = COMPRESSION_LZW, .planar = 1, .rows_per_strip = 5},
        {.bits = 16, .samples = 3, .photometric = 2, .compression = COMPRESSION_NONE, .planar = 2},
        {.bits = 1, .samples = 1, .photometric = 0, .compression = COMPRESSION_CCITTFAX4, .planar = 1},
        {.bits = 8,
         .samples = 3,
         .photometric = 2,
         .compression = COMPRESSION_ADOBE_DEFLATE,
         .planar = 1,
         .tile_px = 16},
        {.bits = 8, .samples = 1, .photometric = 3, .compression = COMPRESSION_PACKBITS, .planar = 1, .mode = "wb8"},
        {.bits = 8, .samples = 3, .photometric = 2, .compression = COMPRESSION_JPEG, .planar = 1, .rows_per_strip = 16},
    };
    TIFFSetErrorHandler(NULL);
    TIFFSetWarningHandler(NULL);
    for (size_t i = 0; i < sizeof recipes / sizeof *recipes; i++) {
        struct file file = tiff_make(&recipes[i]);
        damage_holds(&file, 400);
        file_free(&file);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_depth_gives_its_pixels),
        cmocka_unit_test(test_every_compression_gives_its_pixels),
        cmocka_unit_test(test_tiles_planes_orders_and_inks),
        cmocka_unit_test(test_every_orientation_holds),
        cmocka_unit_test(test_a_fax_of_half_the_rows_is_as_high_as_it_was),
        cmocka_unit_test(test_pages_are_counted_without_previews),
        cmocka_unit_test(test_a_chain_that_runs_in_a_circle_is_told),
        cmocka_unit_test(test_every_refused_charge_is_an_ordinary_error),
        cmocka_unit_test(test_damage_never_does_more_than_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
