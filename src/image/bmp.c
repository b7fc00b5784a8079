/* bmp.c - Windows and OS/2 bitmaps: packed samples, bit fields and run lengths, read straight from the file's bytes. */
#include <string.h>

#include "base/error.h"
#include "base/wire_number.h"
#include "image/format.h"
#include "image/reduce.h"

enum {
    FILE_HEADER_BYTES = 14,
    CORE_BYTES = 12,
    OS2_SHORT_BYTES = 16,
    INFO_BYTES = 40,
    MASKS_BYTES = 52,
    OS2_BYTES = 64
};
enum {
    COMPRESSION_NONE = 0,
    COMPRESSION_RLE8 = 1,
    COMPRESSION_RLE4 = 2,
    COMPRESSION_MASKS = 3,
    COMPRESSION_ALPHA_MASKS = 6
};
enum { RED, GREEN, BLUE, ALPHA };
enum { RUN_END_OF_ROW = 0, RUN_END = 1, RUN_MOVE = 2 };

/* The bits of a channel in a sample of 16 or 32 bits. */
struct channel {
    uint32_t mask, shift, most; /* most: the largest value, 0 if the channel is absent */
};

struct bitmap {
    uint32_t width_px, height_px, bits, compression;
    bool bottom_up;
    size_t pixels_at;
    struct channel channels[4];
    uint8_t palette[256][3];
};

static bool header_size_known(uint32_t size) {
    return size == CORE_BYTES || size == OS2_SHORT_BYTES || size == INFO_BYTES || size == MASKS_BYTES || size == 56 ||
           size == OS2_BYTES || size == 108 || size == 124;
}

static bool bmp_matches(const uint8_t *bytes, size_t bytes_count) {
    if (bytes_count < 2 || bytes[0] != 'B' || bytes[1] != 'M') {
        return false;
    }
    return bytes_count < FILE_HEADER_BYTES + 4 || header_size_known(wire_little_32(bytes + FILE_HEADER_BYTES));
}

static bool channel_set(struct channel *channel, uint32_t mask) {
    *channel = (struct channel){.mask = mask};
    if (mask == 0) {
        return true;
    }
    channel->shift = (uint32_t)__builtin_ctz(mask);
    channel->most = mask >> channel->shift;
    return (channel->most & (channel->most + 1)) == 0; /* contiguous bits */
}

static bool channels_set(struct bitmap *bitmap, const uint8_t *masks, bool with_alpha) {
    bool good = true;
    for (int i = RED; i <= ALPHA; i++) {
        good = channel_set(&bitmap->channels[i], i == ALPHA && !with_alpha ? 0 : wire_little_32(masks + i * 4)) && good;
    }
    return good;
}

static void channels_set_default(struct bitmap *bitmap) {
    static const uint32_t of_16[3] = {0x7C00, 0x03E0, 0x001F}, of_32[3] = {0xFF0000, 0x00FF00, 0x0000FF};
    for (int i = RED; i <= BLUE; i++) {
        channel_set(&bitmap->channels[i], bitmap->bits == 16 ? of_16[i] : of_32[i]);
    }
}

static enum lince_status variant_unsupported(const struct bitmap *bitmap, struct lince_error *error) {
    return error_set(error, LINCE_ERROR_UNSUPPORTED,
                     "BMP images with %u bits a pixel and compression %u are not read; save it as PNG",
                     "no se leen imágenes BMP con %u bits por píxel y compresión %u; guárdela como PNG", bitmap->bits,
                     bitmap->compression);
}

/* Whether this compression may store samples of this many bits. */
static bool variant_known(const struct bitmap *bitmap) {
    uint32_t bits = bitmap->bits;
    switch (bitmap->compression) {
    case COMPRESSION_NONE:
        return bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16 || bits == 24 || bits == 32;
    case COMPRESSION_RLE8:
        return bits == 8 && bitmap->bottom_up;
    case COMPRESSION_RLE4:
        return bits == 4 && bitmap->bottom_up;
    case COMPRESSION_MASKS:
    case COMPRESSION_ALPHA_MASKS:
        return bits == 16 || bits == 32;
    default:
        return false;
    }
}

/* `colors` colours of `color_bytes` each, as blue, green, red; colours missing from the file stay black. */
static void palette_read(struct bitmap *bitmap, const uint8_t *bytes, size_t room, size_t colors, size_t color_bytes) {
    size_t most = (size_t)1 << bitmap->bits;
    colors = colors > most ? most : colors;
    for (size_t i = 0; i < colors && (i + 1) * color_bytes <= room; i++) {
        for (size_t c = 0; c < 3; c++) {
            bitmap->palette[i][c] = bytes[i * color_bytes + 2 - c];
        }
    }
}

static enum lince_status core_read(const uint8_t *info, size_t room, struct bitmap *bitmap, struct lince_error *error) {
    bitmap->width_px = wire_little_16(info + 4);
    bitmap->height_px = wire_little_16(info + 6);
    bitmap->bits = wire_little_16(info + 10);
    bitmap->bottom_up = true;
    if (!variant_known(bitmap) || bitmap->bits == 16 || bitmap->bits == 32) {
        return variant_unsupported(bitmap, error);
    }
    if (bitmap->bits <= 8) {
        palette_read(bitmap, info + CORE_BYTES, room - CORE_BYTES, 256, 3);
    }
    return LINCE_OK;
}

/* The headers that begin with 32-bit sizes. The header has `size` bytes; `room` bytes are there in all. */
static enum lince_status info_read(const uint8_t *info, size_t size, size_t room, struct bitmap *bitmap,
                                   struct lince_error *error) {
    uint32_t height = wire_little_32(info + 8);
    bitmap->width_px = wire_little_32(info + 4);
    bitmap->bottom_up = (height & 0x80000000u) == 0;
    bitmap->height_px = bitmap->bottom_up ? height : 0u - height;
    bitmap->bits = wire_little_16(info + 14);
    bitmap->compression = size > OS2_SHORT_BYTES ? wire_little_32(info + 16) : COMPRESSION_NONE;
    if (!variant_known(bitmap) || (size == OS2_BYTES && bitmap->compression > COMPRESSION_RLE4)) {
        return variant_unsupported(bitmap, error);
    }
    size_t tables_at = size; /* where the palette begins */
    channels_set_default(bitmap);
    if (bitmap->compression == COMPRESSION_MASKS || bitmap->compression == COMPRESSION_ALPHA_MASKS) {
        bool after = size == INFO_BYTES;
        bool with_alpha = after ? bitmap->compression == COMPRESSION_ALPHA_MASKS : size > MASKS_BYTES;
        size_t mask_bytes = with_alpha ? 16 : 12;
        tables_at += after ? mask_bytes : 0;
        if (room < INFO_BYTES + mask_bytes || !channels_set(bitmap, info + INFO_BYTES, with_alpha)) {
            return format_header_damaged(bmp_format.name, error);
        }
    }
    if (bitmap->bits <= 8 && room > tables_at) {
        size_t colors = size > OS2_SHORT_BYTES ? wire_little_32(info + 32) : 0;
        palette_read(bitmap, info + tables_at, room - tables_at, colors == 0 ? 256 : colors, 4);
    }
    return LINCE_OK;
}

static enum lince_status bitmap_read(const uint8_t *bytes, size_t bytes_count, struct bitmap *bitmap,
                                     struct lince_error *error) {
    *bitmap = (struct bitmap){0};
    if (bytes_count < FILE_HEADER_BYTES + CORE_BYTES) {
        return format_header_damaged(bmp_format.name, error);
    }
    const uint8_t *info = bytes + FILE_HEADER_BYTES;
    size_t size = wire_little_32(info);
    bitmap->pixels_at = wire_little_32(bytes + 10);
    if (size > bytes_count - FILE_HEADER_BYTES || bitmap->pixels_at < FILE_HEADER_BYTES + size) {
        return format_header_damaged(bmp_format.name, error);
    }
    /* Tables end at the latest where the pixels begin. */
    size_t end = bitmap->pixels_at < bytes_count ? bitmap->pixels_at : bytes_count;
    size_t room = end - FILE_HEADER_BYTES;
    return size == CORE_BYTES ? core_read(info, room, bitmap, error) : info_read(info, size, room, bitmap, error);
}

static enum lince_status bmp_header_read(const uint8_t *bytes, size_t bytes_count, struct image_header *header,
                                         struct lince_error *error) {
    struct bitmap bitmap;
    enum lince_status status = bitmap_read(bytes, bytes_count, &bitmap, error);
    if (status != LINCE_OK) {
        return status;
    }
    header->stored_width_px = bitmap.width_px;
    header->stored_height_px = bitmap.height_px;
    header->channels = bitmap.channels[ALPHA].most > 0 ? 4 : 3;
    header->bits = bitmap.bits < 8 ? bitmap.bits : 8;
    return LINCE_OK;
}

static uint64_t bmp_extra_bytes(const struct image_header *header, uint32_t width_px, uint32_t height_px) {
    (void)width_px;
    (void)height_px;
    return reducer_bytes(header->stored_width_px);
}

/* ---- packed rows -------------------------------------------------------------------------------------- */

static uint32_t channel_value(const struct channel *channel, uint32_t sample) {
    if (channel->most == 0) {
        return 0;
    }
    uint64_t value = (sample & channel->mask) >> channel->shift;
    return (uint32_t)((value * 255 + channel->most / 2) / channel->most);
}

static uint32_t sample_at(const uint8_t *row, uint32_t x, uint32_t bits) {
    return bits == 16 ? wire_little_16(row + (size_t)x * 2) : wire_little_32(row + (size_t)x * 4);
}

static void row_unpack_masked(const struct decode_job *job, const struct bitmap *bitmap, const uint8_t *row,
                              bool with_alpha, uint8_t *rgb) {
    const struct channel *channels = bitmap->channels;
    struct ground_walk walk = {.contrast = job->contrast};
    for (uint32_t x = 0; x < bitmap->width_px; x++, rgb += 3) {
        uint8_t now[4];
        uint32_t sample = sample_at(row, x, bitmap->bits);
        uint32_t alpha = with_alpha ? channel_value(&channels[ALPHA], sample) : 255;
        for (int c = RED; c <= BLUE; c++) {
            now[c] = (uint8_t)channel_value(&channels[c], sample);
            rgb[c] = ground_over(job->ground, now[c], alpha);
        }
        now[ALPHA] = (uint8_t)alpha;
        ground_pixel_note(&walk, now);
    }
    ground_walk_end(&walk);
}

static void row_unpack(const struct decode_job *job, const struct bitmap *bitmap, const uint8_t *row, bool with_alpha,
                       uint8_t *rgb) {
    uint32_t bits = bitmap->bits;
    if (bits == 16 || bits == 32) {
        row_unpack_masked(job, bitmap, row, with_alpha, rgb);
        return;
    }
    for (uint32_t x = 0; x < bitmap->width_px; x++, rgb += 3) {
        if (bits == 24) {
            const uint8_t *pixel = row + (size_t)x * 3;
            rgb[0] = pixel[2];
            rgb[1] = pixel[1];
            rgb[2] = pixel[0];
        } else {
            uint32_t bit = x * bits, index = row[bit / 8] >> (8 - bits - bit % 8) & ((1u << bits) - 1);
            memcpy(rgb, bitmap->palette[index], 3);
        }
    }
}

/* Programs without transparency leave its bits zero everywhere: then there is none. */
static bool alpha_is_used(const struct bitmap *bitmap, const uint8_t *rows, size_t stride) {
    uint32_t mask = bitmap->channels[ALPHA].mask;
    for (uint32_t y = 0; mask != 0 && y < bitmap->height_px; y++) {
        for (uint32_t x = 0; x < bitmap->width_px; x++) {
            if ((sample_at(rows + y * stride, x, bitmap->bits) & mask) != 0) {
                return true;
            }
        }
    }
    return false;
}

static enum lince_status packed_decode(const struct decode_job *job, const struct bitmap *bitmap,
                                       struct reducer *reducer) {
    uint64_t row_bits = (uint64_t)bitmap->width_px * bitmap->bits;
    size_t stride = (size_t)((row_bits + 31) / 32 * 4), row_bytes = (size_t)((row_bits + 7) / 8);
    size_t room = job->bytes_count > bitmap->pixels_at ? job->bytes_count - bitmap->pixels_at : 0;
    if (room < stride * (bitmap->height_px - 1) + row_bytes) {
        return decode_damaged(job, (uint32_t)(room / stride));
    }
    const uint8_t *rows = job->bytes + bitmap->pixels_at;
    bool with_alpha = alpha_is_used(bitmap, rows, stride);
    enum lince_status status = LINCE_OK;
    for (uint32_t y = 0; y < bitmap->height_px && status == LINCE_OK; y++) {
        row_unpack(job, bitmap, rows + y * stride, with_alpha, reducer_row(reducer));
        status = reducer_push(reducer);
    }
    return status;
}

/* ---- run lengths -------------------------------------------------------------------------------------- */

struct runs {
    const struct decode_job *job;
    const struct bitmap *bitmap;
    struct reducer *reducer;
    const uint8_t *next, *end;
    uint32_t x;   /* in the row being filled */
    uint8_t *row; /* borrowed from the reducer; NULL after the last row */
};

/* Pixels that no run covers are transparent, and so become white. */
static void runs_row_begin(struct runs *runs) {
    bool more = runs->reducer->source_y < runs->bitmap->height_px;
    runs->row = more ? reducer_row(runs->reducer) : NULL;
    if (more) {
        memset(runs->row, 255, (size_t)runs->bitmap->width_px * 3);
    }
}

static enum lince_status runs_row_end(struct runs *runs) {
    enum lince_status status = reducer_push(runs->reducer);
    runs_row_begin(runs);
    return status;
}

static enum lince_status runs_damaged(const struct runs *runs) {
    return decode_damaged(runs->job, runs->reducer->source_y);
}

/* Some programs pad rows to four pixels. What passes the edge is left out, as other readers do. */
static void runs_put(struct runs *runs, uint32_t index) {
    if (runs->x < runs->bitmap->width_px) {
        memcpy(runs->row + (size_t)runs->x * 3, runs->bitmap->palette[index], 3);
        runs->x++;
    }
}

/* `count` pixels: one byte repeated, or the bytes that follow. */
static enum lince_status runs_pixels(struct runs *runs, uint32_t count, bool literal) {
    bool nibbles = runs->bitmap->bits == 4;
    size_t bytes = !literal ? 1 : nibbles ? (count + 1) / 2 : count;
    size_t padded = literal ? (bytes + 1) / 2 * 2 : bytes;
    if ((size_t)(runs->end - runs->next) < bytes || runs->row == NULL) {
        return runs_damaged(runs);
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t byte = runs->next[!literal ? 0 : nibbles ? i / 2 : i];
        runs_put(runs, !nibbles ? byte : i % 2 == 0 ? byte >> 4 : byte & 15);
    }
    size_t left = (size_t)(runs->end - runs->next);
    runs->next += padded < left ? padded : left;
    return LINCE_OK;
}

static enum lince_status runs_move(struct runs *runs) {
    if (runs->end - runs->next < 2) {
        return runs_damaged(runs);
    }
    uint32_t right = runs->next[0], up = runs->next[1];
    runs->next += 2;
    if (runs->row == NULL || right > runs->bitmap->width_px - runs->x ||
        up > runs->bitmap->height_px - runs->reducer->source_y) {
        return runs_damaged(runs);
    }
    runs->x += right;
    enum lince_status status = LINCE_OK;
    while (up-- > 0 && status == LINCE_OK) {
        status = runs_row_end(runs);
    }
    return status;
}

/* One code; sets `*ended` at the last. */
static enum lince_status runs_step(struct runs *runs, bool *ended) {
    if (runs->end - runs->next < 2) {
        *ended = true; /* all rows have come, or the file is damaged */
        return runs->row == NULL ? LINCE_OK : runs_damaged(runs);
    }
    uint32_t count = runs->next[0], code = runs->next[1];
    if (count > 0) {
        runs->next++;
        return runs_pixels(runs, count, false);
    }
    runs->next += 2;
    switch (code) {
    case RUN_END_OF_ROW:
        runs->x = 0;
        return runs->row == NULL ? LINCE_OK : runs_row_end(runs);
    case RUN_END:
        *ended = true;
        return LINCE_OK;
    case RUN_MOVE:
        return runs_move(runs);
    default:
        return runs_pixels(runs, code, true);
    }
}

static enum lince_status runs_decode(const struct decode_job *job, const struct bitmap *bitmap,
                                     struct reducer *reducer) {
    if (bitmap->pixels_at >= job->bytes_count) {
        return decode_damaged(job, 0);
    }
    struct runs runs = {.job = job,
                        .bitmap = bitmap,
                        .reducer = reducer,
                        .next = job->bytes + bitmap->pixels_at,
                        .end = job->bytes + job->bytes_count};
    bool ended = false;
    enum lince_status status = LINCE_OK;
    runs_row_begin(&runs);
    while (!ended && status == LINCE_OK) {
        status = runs_step(&runs, &ended);
    }
    while (runs.row != NULL && status == LINCE_OK) { /* rows missing from the file */
        status = runs_row_end(&runs);
    }
    return status;
}

static enum lince_status bmp_decode(const struct decode_job *job) {
    struct bitmap bitmap;
    struct reducer reducer;
    enum lince_status status = bitmap_read(job->bytes, job->bytes_count, &bitmap, job->error);
    if (status == LINCE_OK) { /* rows from the bottom up are those of an upside-down image */
        status = reducer_open(&reducer, job, bitmap.width_px, bitmap.height_px, bitmap.bottom_up ? 4 : 1);
    }
    if (status != LINCE_OK) {
        return status;
    }
    bool in_runs = bitmap.compression == COMPRESSION_RLE8 || bitmap.compression == COMPRESSION_RLE4;
    status = in_runs ? runs_decode(job, &bitmap, &reducer) : packed_decode(job, &bitmap, &reducer);
    reducer_close(&reducer);
    return status;
}

const struct image_format bmp_format = {
    .format = LINCE_FORMAT_BMP,
    .name = "BMP",
    .matches = bmp_matches,
    .header_read = bmp_header_read,
    .extra_bytes = bmp_extra_bytes,
    .decode = bmp_decode,
};
