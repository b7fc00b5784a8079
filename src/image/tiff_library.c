/* tiff_library.c - libtiff with our own input, without its global handlers. */
#include "image/tiff_library.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tiffio.h>

#include "base/buffer.h"
#include "base/error.h"
#include "image/library.h"

#define TIFF_FUNCTIONS(each)                                                                                           \
    each(TIFFClientOpenExt) each(TIFFClose) each(TIFFSetSubDirectory) each(TIFFSetField) each(TIFFScanlineSize64)      \
        each(TIFFTileSize64) each(TIFFReadScanline) each(TIFFReadTile) each(TIFFReadRGBAStripExt)                      \
            each(TIFFReadRGBATileExt) each(TIFFGetField) each(TIFFOpenOptionsAlloc) each(TIFFOpenOptionsFree)          \
                each(TIFFOpenOptionsSetMaxSingleMemAlloc) each(TIFFOpenOptionsSetErrorHandlerExtR)                     \
                    each(TIFFOpenOptionsSetWarningHandlerExtR) each(TIFFWriteScanline) each(TIFFWriteBufferSetup)      \
                        each(TIFFFlushData)

TIFF_FUNCTIONS(LIBRARY_PLACE)

static struct library library = {.file = LINCE_TIFF_LIBRARY,
                                 .package = "libtiff6",
                                 .format = "TIFF",
                                 .functions = LIBRARY_FUNCTIONS(TIFF_FUNCTIONS),
                                 .lock = LIBRARY_LOCK};

struct tiff_library {
    struct source source;
    uint64_t at; /* position in the input */
    TIFF *handle;
    bool has_failed;
};

/* ---- price -------------------------------------------------------------------------------------------- */

enum {
    HANDLE_BYTES = 64 << 10,       /* libtiff's structs and the tables of most codecs */
    CHUNK_ENTRY_BYTES = 48,        /* its arrays of offsets and lengths, while they are read and after */
    SMALL_CODEC_BYTES = 192 << 10, /* LZW's table, zlib's window */
    JPEG_ROWS = 3 * 32 * 2,        /* libjpeg: rows of three planes, twice as high as a block, and the same upsampled */
    LARGE_CODEC_BYTES = 9 << 20,   /* windows of Zstandard and LZMA */
    RAW_ROUNDING_BYTES = 1024
};

/* CCITT, LZW, ZIP, PackBits and similar codecs decode row by row; the others hold a whole strip or tile. */
static bool codec_is_small(uint32_t compression) {
    static const uint16_t small[] = {1, 2, 3, 4, 5, 8, 32773, 32771, 32946, 32809};
    for (size_t i = 0; i < sizeof small / sizeof *small; i++) {
        if (small[i] == compression) {
            return true;
        }
    }
    return false;
}

static uint64_t chunk_width(const struct tiff_page *page) {
    return page->tile_width_px > 0 ? page->tile_width_px : page->width_px;
}

static uint64_t chunk_height(const struct tiff_page *page) {
    return page->tile_width_px > 0 ? page->tile_height_px : page->rows_per_strip;
}

bool tiff_library_gives_colors(const struct tiff_page *page) {
    bool has_subsampling = page->photometric == TIFF_YCBCR && page->compression != TIFF_COMPRESSION_JPEG;
    return page->compression == TIFF_COMPRESSION_OLD_JPEG || has_subsampling || page->photometric == TIFF_LAB ||
           page->photometric == TIFF_ICC_LAB || page->photometric == TIFF_ITU_LAB;
}

static uint64_t codec_bytes(const struct tiff_page *page) {
    uint64_t pixels = chunk_width(page) * chunk_height(page);
    uint64_t bytes_per_px = (page->bits + 7) / 8 * (page->planar == TIFF_PLANAR_SEPARATE ? 1 : page->samples);
    if (codec_is_small(page->compression)) {
        return SMALL_CODEC_BYTES;
    }
    if (page->compression == TIFF_COMPRESSION_JPEG) {
        return SMALL_CODEC_BYTES + (chunk_width(page) + 64) * JPEG_ROWS;
    }
    return LARGE_CODEC_BYTES + pixels * bytes_per_px * 3;
}

uint64_t tiff_library_bytes(const struct tiff_page *page) {
    uint64_t bytes = HANDLE_BYTES + page->offsets.count * CHUNK_ENTRY_BYTES + 2 * page->tags_bytes +
                     page->chunk_most_bytes + RAW_ROUNDING_BYTES + codec_bytes(page);
    if (tiff_library_gives_colors(page)) {
        bytes += chunk_width(page) * chunk_height(page) * (page->samples * ((page->bits + 7) / 8) + 4);
    }
    return bytes;
}

/* ---- input -------------------------------------------------------------------------------------------- */

static tmsize_t input_read(thandle_t handle, void *target, tmsize_t count) {
    struct tiff_library *opened = handle;
    uint64_t left = opened->at < opened->source.size_bytes ? opened->source.size_bytes - opened->at : 0;
    size_t given = (uint64_t)count < left ? (size_t)count : (size_t)left;
    if (!source_read(&opened->source, opened->at, target, given)) {
        return 0;
    }
    opened->at += given;
    return (tmsize_t)given;
}

static tmsize_t input_write(thandle_t handle, void *bytes, tmsize_t count) {
    (void)handle;
    (void)bytes;
    (void)count;
    return 0;
}

static toff_t input_seek(thandle_t handle, toff_t offset, int from) {
    struct tiff_library *opened = handle;
    uint64_t start = from == SEEK_SET ? 0 : from == SEEK_CUR ? opened->at : opened->source.size_bytes;
    opened->at = start + offset;
    return opened->at;
}

static int input_close(thandle_t handle) {
    (void)handle;
    return 0;
}

static toff_t input_size(thandle_t handle) {
    struct tiff_library *opened = handle;
    return opened->source.size_bytes;
}

/* When a codec complains, pixels are guesses, even if it goes on. */
static int error_note(TIFF *handle, void *context, const char *module, const char *format, va_list arguments) {
    struct tiff_library *opened = context;
    (void)handle;
    (void)module;
    (void)format;
    (void)arguments;
    opened->has_failed = true;
    return 1;
}

static int warning_drop(TIFF *handle, void *context, const char *module, const char *format, va_list arguments) {
    (void)handle;
    (void)context;
    (void)module;
    (void)format;
    (void)arguments;
    return 1;
}

/* ---- life --------------------------------------------------------------------------------------------- */

static enum lince_status cannot_decode(const struct tiff_page *page, struct lince_error *error) {
    return error_set(error, LINCE_ERROR_UNSUPPORTED,
                     "libtiff does not read this TIFF image (compression %u, %u samples of %u bits); save it as PNG",
                     "libtiff no lee esta imagen TIFF (compresión %u, %u muestras de %u bits); guárdela como PNG",
                     page->compression, page->samples, page->bits);
}

static TIFF *handle_open(struct tiff_library *opened, uint64_t most_bytes) {
    TIFFOpenOptions *options = call_TIFFOpenOptionsAlloc();
    if (options == NULL) {
        return NULL;
    }
    call_TIFFOpenOptionsSetMaxSingleMemAlloc(options, (tmsize_t)most_bytes);
    call_TIFFOpenOptionsSetErrorHandlerExtR(options, error_note, opened);
    call_TIFFOpenOptionsSetWarningHandlerExtR(options, warning_drop, opened);
    /* h: read no directory yet; m: do not map the file; c: do not split strips. */
    TIFF *handle = call_TIFFClientOpenExt("image", "rhmc", opened, input_read, input_write, input_seek, input_close,
                                          input_size, NULL, NULL, options);
    call_TIFFOpenOptionsFree(options);
    return handle;
}

/* Whether what was priced is what will be decoded. */
static bool agrees(const struct tiff_library *opened, const struct tiff_page *page) {
    uint32_t width = 0, height = 0;
    uint16_t bits = 1, samples = 1, compression = 1;
    call_TIFFGetField(opened->handle, TIFFTAG_IMAGEWIDTH, &width);
    call_TIFFGetField(opened->handle, TIFFTAG_IMAGELENGTH, &height);
    call_TIFFGetField(opened->handle, TIFFTAG_BITSPERSAMPLE, &bits);
    call_TIFFGetField(opened->handle, TIFFTAG_SAMPLESPERPIXEL, &samples);
    call_TIFFGetField(opened->handle, TIFFTAG_COMPRESSION, &compression);
    return width == page->width_px && height == page->height_px && bits == page->bits && samples == page->samples &&
           compression == page->compression;
}

enum lince_status tiff_library_load(struct lince_error *error) {
    return library_load(&library, error);
}

enum lince_status tiff_library_open(const struct tiff_file *file, uint64_t directory_at, const struct tiff_page *page,
                                    uint64_t most_bytes, struct tiff_library **opened, struct lince_error *error) {
    enum lince_status status = tiff_library_load(error);
    *opened = NULL;
    if (status != LINCE_OK) {
        return status;
    }
    struct tiff_library *made = calloc(1, sizeof *made); /* counted in what tiff_library_bytes charges */
    if (made == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for libtiff", "no hay memoria para libtiff");
    }
    made->source = *file->source;
    made->handle = handle_open(made, most_bytes);
    if (made->handle == NULL || call_TIFFSetSubDirectory(made->handle, directory_at) != 1 || !agrees(made, page)) {
        tiff_library_close(made);
        return cannot_decode(page, error);
    }
    made->has_failed = false; /* a complaint about a tag says nothing about the pixels */
    if (page->compression == TIFF_COMPRESSION_JPEG && page->photometric == TIFF_YCBCR) {
        call_TIFFSetField(made->handle, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
    }
    *opened = made;
    return LINCE_OK;
}

void tiff_library_close(struct tiff_library *opened) {
    if (opened != NULL && opened->handle != NULL) {
        call_TIFFClose(opened->handle);
    }
    free(opened);
}

/* ---- samples ------------------------------------------------------------------------------------------ */

uint64_t tiff_library_row_bytes(const struct tiff_library *opened) {
    return call_TIFFScanlineSize64(opened->handle);
}

uint64_t tiff_library_tile_bytes(const struct tiff_library *opened) {
    return call_TIFFTileSize64(opened->handle);
}

bool tiff_library_row(struct tiff_library *opened, uint32_t row, uint32_t plane, uint8_t *samples) {
    return call_TIFFReadScanline(opened->handle, samples, row, (uint16_t)plane) == 1 && !opened->has_failed;
}

bool tiff_library_tile(struct tiff_library *opened, uint32_t x, uint32_t y, uint32_t plane, uint8_t *samples,
                       size_t samples_bytes) {
    return call_TIFFReadTile(opened->handle, samples, x, y, 0, (uint16_t)plane) == (tmsize_t)samples_bytes &&
           !opened->has_failed;
}

bool tiff_library_strip_colors(struct tiff_library *opened, uint32_t row, uint32_t *pixels) {
    return call_TIFFReadRGBAStripExt(opened->handle, row, pixels, 1) == 1 && !opened->has_failed;
}

bool tiff_library_tile_colors(struct tiff_library *opened, uint32_t x, uint32_t y, uint32_t *pixels) {
    return call_TIFFReadRGBATileExt(opened->handle, x, y, pixels, 1) == 1 && !opened->has_failed;
}

/* ---- one strip of group 4 ------------------------------------------------------------------------------ */

/* libtiff writes a whole file; the strip is what it writes between the file's head and its directory. */
enum { FILE_HEAD_BYTES = 8, WRITER_BLOCK_BYTES = 64 << 10 };

struct tiff_fax_writer {
    struct tiff_library file; /* for the handlers; has no source */
    struct buffer *bytes;     /* borrowed */
    uint64_t end, ignored_from;
};

uint64_t tiff_library_fax_bytes(void) {
    return sizeof(struct tiff_fax_writer) + HANDLE_BYTES + WRITER_BLOCK_BYTES + SMALL_CODEC_BYTES;
}

static tmsize_t output_write(thandle_t handle, void *bytes, tmsize_t count) {
    struct tiff_fax_writer *writer = handle;
    uint64_t from = writer->file.at;
    writer->file.at += (uint64_t)count;
    writer->end = writer->file.at > writer->end ? writer->file.at : writer->end;
    if (from >= FILE_HEAD_BYTES && from < writer->ignored_from) {
        buffer_append(writer->bytes, bytes, (size_t)count);
    }
    return writer->bytes->refused ? 0 : count;
}

static tmsize_t output_read(thandle_t handle, void *bytes, tmsize_t count) {
    return input_write(handle, bytes, count);
}

static toff_t output_seek(thandle_t handle, toff_t offset, int from) {
    struct tiff_fax_writer *writer = handle;
    uint64_t start = from == SEEK_SET ? 0 : from == SEEK_CUR ? writer->file.at : writer->end;
    writer->file.at = start + offset;
    return writer->file.at;
}

static toff_t output_size(thandle_t handle) {
    return ((struct tiff_fax_writer *)handle)->end;
}

static bool fax_set_up(TIFF *handle, uint32_t width_px, uint32_t height_px) {
    return call_TIFFSetField(handle, TIFFTAG_IMAGEWIDTH, width_px) == 1 &&
           call_TIFFSetField(handle, TIFFTAG_IMAGELENGTH, height_px) == 1 &&
           call_TIFFSetField(handle, TIFFTAG_BITSPERSAMPLE, 1) == 1 &&
           call_TIFFSetField(handle, TIFFTAG_SAMPLESPERPIXEL, 1) == 1 &&
           call_TIFFSetField(handle, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG) == 1 &&
           call_TIFFSetField(handle, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE) == 1 &&
           call_TIFFSetField(handle, TIFFTAG_FILLORDER, FILLORDER_MSB2LSB) == 1 &&
           call_TIFFSetField(handle, TIFFTAG_COMPRESSION, COMPRESSION_CCITTFAX4) == 1 &&
           call_TIFFSetField(handle, TIFFTAG_ROWSPERSTRIP, height_px) == 1 &&
           call_TIFFWriteBufferSetup(handle, NULL, WRITER_BLOCK_BYTES) == 1;
}

struct tiff_fax_writer *tiff_library_fax_begin(uint32_t width_px, uint32_t height_px, struct buffer *bytes) {
    struct tiff_fax_writer *writer = calloc(1, sizeof *writer); /* counted in what tiff_library_fax_bytes says */
    TIFFOpenOptions *options = writer == NULL ? NULL : call_TIFFOpenOptionsAlloc();
    if (options == NULL) {
        free(writer);
        return NULL;
    }
    writer->bytes = bytes;
    writer->ignored_from = UINT64_MAX;
    call_TIFFOpenOptionsSetErrorHandlerExtR(options, error_note, &writer->file);
    call_TIFFOpenOptionsSetWarningHandlerExtR(options, warning_drop, &writer->file);
    writer->file.handle = call_TIFFClientOpenExt("strip", "wm", writer, output_read, output_write, output_seek,
                                                 input_close, output_size, NULL, NULL, options);
    call_TIFFOpenOptionsFree(options);
    if (writer->file.handle == NULL || !fax_set_up(writer->file.handle, width_px, height_px)) {
        (void)tiff_library_fax_end(writer);
        return NULL;
    }
    return writer;
}

bool tiff_library_fax_row(struct tiff_fax_writer *writer, uint32_t row, uint8_t *bits) {
    return call_TIFFWriteScanline(writer->file.handle, bits, row, 0) == 1 && !writer->file.has_failed;
}

bool tiff_library_fax_end(struct tiff_fax_writer *writer) {
    TIFF *handle = writer->file.handle;
    bool is_whole = handle != NULL && call_TIFFFlushData(handle) == 1 && !writer->file.has_failed;
    is_whole = is_whole && !writer->bytes->refused;
    writer->ignored_from = 0; /* the directory */
    if (handle != NULL) {
        call_TIFFClose(handle);
    }
    free(writer);
    return is_whole;
}
