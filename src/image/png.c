/* png.c - PNG through libpng, row by row; seven readers in parallel read an interlaced image. */
#include <assert.h>
#include <setjmp.h>
#include <string.h>

#include <png.h>

#include "base/error.h"
#include "base/meter.h"
#include "base/wire_number.h"
#include "image/format.h"
#include "image/header/exif.h"
#include "image/reduce.h"

enum { SIGNATURE_BYTES = 8, IHDR_BYTES = 13, CHUNK_FRAME_BYTES = 12, PASS_COUNT = 7 };

/* libpng's and zlib's state and window for one reader: measured at 52 kB, and some room. */
enum { READER_FIXED_BYTES = 64 * 1024, ROW_PADDING_PX = 64 };

/* For an interlaced image, half of the work is skipping to the passes. */
enum { SKIPPED_BAND_ROWS = 256 };
#define SKIPPING_SHARE 0.5

/* Adam7: where a pass begins and the distance between its pixels (PNG specification, 8.2). */
static const struct pass {
    uint8_t x, y, step_x, step_y;
} passes[PASS_COUNT] = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4},
                        {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}},
  whole = {0, 0, 1, 1};

struct png_decoder;

/*
 * One libpng reader. Each pass of an interlaced image has its own, which skips the earlier passes. A pass is as long as
 * all earlier ones together, so this takes twice the time of one reading, but the rows come in order and the image is
 * never whole in memory.
 */
struct png_reader {
    struct png_decoder *decoder;
    png_structp library;
    png_infop info;
    const uint8_t *next; /* borrowed: bytes not yet read */
    struct pass pass;
    uint32_t width_px, height_px; /* of the pass */
    uint32_t channels;            /* in a row as libpng gives it: 1 to 4 */
};

struct png_decoder {
    const struct decode_job *job;
    struct png_reader readers[PASS_COUNT];
    uint32_t reader_count;
    struct reducer reducer;
    uint8_t *row; /* owned: 8-bit samples, as wide as the image, because libpng writes that many for every pass */
    jmp_buf failure;
    bool memory_refused;
    uint64_t refused_bytes;
};

/* ---- header ------------------------------------------------------------------------------------------- */

static bool png_matches(const uint8_t *bytes, size_t bytes_count) {
    return bytes_count >= SIGNATURE_BYTES && memcmp(bytes, "\x89PNG\r\n\x1a\n", SIGNATURE_BYTES) == 0;
}

static bool depth_fits(uint32_t color, uint32_t bits) {
    switch (color) {
    case PNG_COLOR_TYPE_GRAY:
        return bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16;
    case PNG_COLOR_TYPE_PALETTE:
        return bits == 1 || bits == 2 || bits == 4 || bits == 8;
    case PNG_COLOR_TYPE_RGB:
    case PNG_COLOR_TYPE_GRAY_ALPHA:
    case PNG_COLOR_TYPE_RGB_ALPHA:
        return bits == 8 || bits == 16;
    default:
        return false;
    }
}

static uint32_t channels_of(uint32_t color) {
    switch (color) {
    case PNG_COLOR_TYPE_GRAY:
        return 1;
    case PNG_COLOR_TYPE_GRAY_ALPHA:
        return 2;
    case PNG_COLOR_TYPE_RGB_ALPHA:
        return 4;
    default:
        return 3;
    }
}

/*
 * What the chunks before the pixels say: the orientation in eXIf, and whether the file has more pictures. The pixels
 * after an fcTL chunk are the first frame of the animation; without one they are a picture beside it (APNG 1.0).
 */
static void chunks_read(const uint8_t *bytes, size_t bytes_count, struct image_header *header) {
    size_t at = SIGNATURE_BYTES;
    uint32_t frames = 0, first = 0;
    while (bytes_count - at >= CHUNK_FRAME_BYTES) {
        size_t length = wire_big_32(bytes + at);
        const uint8_t *name = bytes + at + 4;
        bool is_pixels = memcmp(name, "IDAT", 4) == 0;
        header->wants_whole = !is_pixels;
        if (length > bytes_count - at - CHUNK_FRAME_BYTES || is_pixels) {
            break;
        }
        if (memcmp(name, "eXIf", 4) == 0) {
            header->orientation = exif_orientation(bytes + at + 8, length);
        } else if (memcmp(name, "acTL", 4) == 0 && length >= 8) {
            frames = wire_big_32(bytes + at + 8);
        } else if (memcmp(name, "fcTL", 4) == 0) {
            first = 1;
        }
        at += length + CHUNK_FRAME_BYTES;
    }
    header->animated = frames > first;
}

static enum lince_status png_header_read(const uint8_t *bytes, size_t bytes_count, struct image_header *header,
                                         struct lince_error *error) {
    const uint8_t *body = bytes + SIGNATURE_BYTES + 8;
    if (bytes_count < SIGNATURE_BYTES + CHUNK_FRAME_BYTES + IHDR_BYTES || wire_big_32(body - 8) != IHDR_BYTES ||
        memcmp(body - 4, "IHDR", 4) != 0) {
        return format_header_damaged(png_format.name, error);
    }
    uint32_t bits = body[8], color = body[9];
    if (!depth_fits(color, bits) || body[10] != 0 || body[11] != 0 || body[12] > 1) {
        return format_header_damaged(png_format.name, error);
    }
    header->stored_width_px = wire_big_32(body);
    header->stored_height_px = wire_big_32(body + 4);
    header->bits = bits;
    header->channels = channels_of(color);
    header->in_passes = body[12] == 1;
    chunks_read(bytes, bytes_count, header);
    return LINCE_OK;
}

/* ---- price -------------------------------------------------------------------------------------------- */

static uint64_t png_extra_bytes(const struct image_header *header, uint32_t width_px, uint32_t height_px) {
    (void)width_px;
    (void)height_px;
    /* libpng holds two rows as wide as the image, at 8 bits a channel or at 16, with alpha at most. */
    uint64_t width = (uint64_t)header->stored_width_px + ROW_PADDING_PX;
    uint64_t library_pixel_bytes = header->bits == 16 ? 8 : 4;
    uint64_t readers = header->in_passes ? PASS_COUNT : 1;
    uint64_t reader_rows = 2 * width * library_pixel_bytes;
    uint64_t own_row = width * 4;
    return readers * (READER_FIXED_BYTES + reader_rows) + own_row + reducer_bytes(header->stored_width_px);
}

/* ---- the library's calls back ------------------------------------------------------------------------- */

static png_voidp memory_allocate(png_structp library, png_alloc_size_t bytes) {
    struct png_decoder *decoder = png_get_mem_ptr(library);
    void *block = meter_allocate(decoder->job->meter, bytes);
    if (block == NULL) {
        decoder->memory_refused = true;
        decoder->refused_bytes = bytes;
    }
    return block;
}

static void memory_free(png_structp library, png_voidp block) {
    (void)library;
    meter_free(block);
}

static void error_raise(png_structp library, png_const_charp message) {
    (void)message;
    struct png_decoder *decoder = png_get_error_ptr(library);
    longjmp(decoder->failure, 1);
}

static void warning_drop(png_structp library, png_const_charp message) {
    (void)library;
    (void)message;
}

static void bytes_read(png_structp library, png_bytep target, size_t count) {
    struct png_reader *reader = png_get_io_ptr(library);
    const struct decode_job *job = reader->decoder->job;
    if ((size_t)(job->bytes + job->bytes_count - reader->next) < count) {
        png_error(library, "truncated");
    }
    memcpy(target, reader->next, count);
    reader->next += count;
}

/* ---- readers ------------------------------------------------------------------------------------------ */

static uint32_t pass_side(uint32_t side_px, uint32_t first, uint32_t step) {
    return side_px <= first ? 0 : (side_px - first + step - 1) / step;
}

static enum lince_status reader_skip_to(struct png_reader *reader, uint32_t pass_index) {
    const struct decode_job *job = reader->decoder->job;
    const struct image_header *header = job->header;
    for (uint32_t i = 0; i < pass_index; i++) {
        uint32_t width = pass_side(header->stored_width_px, passes[i].x, passes[i].step_x);
        uint32_t rows = width == 0 ? 0 : pass_side(header->stored_height_px, passes[i].y, passes[i].step_y);
        for (uint32_t row = 0; row < rows; row++) {
            png_read_row(reader->library, NULL, NULL);
            if (row % SKIPPED_BAND_ROWS == 0) {
                double share = SKIPPING_SHARE * pass_index / PASS_COUNT;
                enum lince_status status = reducer_report(job, share);
                if (status != LINCE_OK) {
                    return status;
                }
            }
        }
    }
    return LINCE_OK;
}

/* Whether what was priced is what will be decoded. */
static bool reader_agrees(const struct png_reader *reader) {
    const struct image_header *header = reader->decoder->job->header;
    return png_get_image_width(reader->library, reader->info) == header->stored_width_px &&
           png_get_image_height(reader->library, reader->info) == header->stored_height_px &&
           (png_get_interlace_type(reader->library, reader->info) != PNG_INTERLACE_NONE) == header->in_passes &&
           channels_of(png_get_color_type(reader->library, reader->info)) == header->channels &&
           png_get_bit_depth(reader->library, reader->info) == header->bits;
}

/* Jumps to `failure` if the library does. */
static void reader_start(struct png_reader *reader) {
    struct png_decoder *decoder = reader->decoder;
    reader->next = decoder->job->bytes;
    reader->library = png_create_read_struct_2(PNG_LIBPNG_VER_STRING, decoder, error_raise, warning_drop, decoder,
                                               memory_allocate, memory_free);
    if (reader->library == NULL) {
        longjmp(decoder->failure, 1);
    }
    reader->info = png_create_info_struct(reader->library);
    if (reader->info == NULL) {
        longjmp(decoder->failure, 1);
    }
    png_structp library = reader->library;
    png_set_read_fn(library, reader, bytes_read);
    png_set_user_limits(library, IMAGE_SIDE_LIMIT_PX, IMAGE_SIDE_LIMIT_PX);
    /* Only what makes pixels is read: texts, profiles and times are neither kept nor unpacked. */
    png_set_keep_unknown_chunks(library, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
#ifdef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
    png_set_crc_action(library, PNG_CRC_QUIET_USE,
                       PNG_CRC_QUIET_USE); /* otherwise a fuzzer never gets past the checksums */
#endif
    png_read_info(library, reader->info);
    if (!reader_agrees(reader)) {
        longjmp(decoder->failure, 1);
    }
    png_set_expand(library);
    png_set_scale_16(library);
    png_read_update_info(library, reader->info);
    reader->channels = png_get_channels(library, reader->info);
}

/* Opens a reader at the first row of a pass; `pass_index` is 0 for an image without passes. */
static enum lince_status reader_open(struct png_decoder *decoder, struct pass pass, uint32_t pass_index) {
    const struct image_header *header = decoder->job->header;
    uint32_t width = pass_side(header->stored_width_px, pass.x, pass.step_x);
    uint32_t height = pass_side(header->stored_height_px, pass.y, pass.step_y);
    if (width == 0 || height == 0) {
        return LINCE_OK;
    }
    struct png_reader *reader = &decoder->readers[decoder->reader_count++];
    *reader = (struct png_reader){.decoder = decoder, .pass = pass, .width_px = width, .height_px = height};
    reader_start(reader);
    return reader_skip_to(reader, pass_index);
}

static enum lince_status readers_open(struct png_decoder *decoder) {
    if (!decoder->job->header->in_passes) {
        return reader_open(decoder, whole, 0);
    }
    decoder->reducer.share_before = SKIPPING_SHARE;
    enum lince_status status = LINCE_OK;
    for (uint32_t i = 0; i < PASS_COUNT && status == LINCE_OK; i++) {
        status = reader_open(decoder, passes[i], i);
    }
    return status;
}

static void readers_close(struct png_decoder *decoder) {
    for (uint32_t i = 0; i < decoder->reader_count; i++) {
        struct png_reader *reader = &decoder->readers[i];
        png_destroy_read_struct(&reader->library, &reader->info, NULL);
    }
}

/* ---- rows --------------------------------------------------------------------------------------------- */

/* Converts samples of 1 to 4 channels to RGB, `step` pixels apart. */
static void row_lay(const uint8_t *from, uint32_t channels, uint32_t count, uint32_t ground, uint8_t *to, size_t step) {
    size_t step_bytes = step * 3;
    for (uint32_t i = 0; i < count; i++, from += channels, to += step_bytes) {
        switch (channels) {
        case 1:
            to[0] = to[1] = to[2] = from[0];
            break;
        case 2:
            to[0] = to[1] = to[2] = ground_over(ground, from[0], from[1]);
            break;
        case 3:
            memcpy(to, from, 3);
            break;
        default:
            to[0] = ground_over(ground, from[0], from[3]);
            to[1] = ground_over(ground, from[1], from[3]);
            to[2] = ground_over(ground, from[2], from[3]);
        }
    }
}

/* Copies a row, of the whole image or of a pass, that the library wrote to its own buffer. */
static void row_take(struct png_decoder *decoder, const struct png_reader *reader, uint8_t *target) {
    const struct decode_job *job = decoder->job;
    if (reader->channels == 2 || reader->channels == 4) {
        ground_row_note(job->contrast, decoder->row, reader->channels, reader->width_px);
    }
    row_lay(decoder->row, reader->channels, reader->width_px, job->ground, target + (size_t)reader->pass.x * 3,
            reader->pass.step_x);
}

static enum lince_status rows_decode(struct png_decoder *decoder) {
    const struct image_header *header = decoder->job->header;
    enum lince_status status = LINCE_OK;
    for (uint32_t y = 0; y < header->stored_height_px && status == LINCE_OK; y++) {
        uint8_t *target = reducer_row(&decoder->reducer);
        for (uint32_t i = 0; i < decoder->reader_count; i++) {
            struct png_reader *reader = &decoder->readers[i];
            struct pass pass = reader->pass;
            if (y % pass.step_y != pass.y) {
                continue;
            }
            bool direct = reader->channels == 3 && pass.step_x == 1;
            png_read_row(reader->library, direct ? target : decoder->row, NULL);
            if (!direct) {
                row_take(decoder, reader, target);
            }
        }
        status = reducer_push(&decoder->reducer);
    }
    return status;
}

static enum lince_status decode_steps(struct png_decoder *decoder) {
    const struct decode_job *job = decoder->job;
    enum lince_status status;
    if (setjmp(decoder->failure) != 0) {
        return decoder->memory_refused ? decode_out_of_memory(job, decoder->refused_bytes)
                                       : decode_damaged(job, decoder->reducer.source_y);
    }
    status = readers_open(decoder);
    if (status == LINCE_OK) {
        status = rows_decode(decoder);
    }
    return decoder->memory_refused ? decode_out_of_memory(job, decoder->refused_bytes) : status;
}

static enum lince_status row_allocate(struct png_decoder *decoder) {
    size_t row_bytes = (size_t)decoder->job->header->stored_width_px * 4;
    decoder->row = meter_allocate(decoder->job->meter, row_bytes);
    return decoder->row == NULL ? decode_out_of_memory(decoder->job, row_bytes) : LINCE_OK;
}

static enum lince_status png_decode(const struct decode_job *job) {
    struct png_decoder decoder = {.job = job};
    const struct image_header *header = job->header;
    enum lince_status status =
        reducer_open(&decoder.reducer, job, header->stored_width_px, header->stored_height_px, header->orientation);
    if (status != LINCE_OK) {
        return status;
    }
    status = row_allocate(&decoder);
    if (status == LINCE_OK) {
        status = decode_steps(&decoder);
    }
    readers_close(&decoder);
    meter_free(decoder.row);
    reducer_close(&decoder.reducer);
    return status;
}

const struct image_format png_format = {
    .format = LINCE_FORMAT_PNG,
    .name = "PNG",
    .matches = png_matches,
    .header_read = png_header_read,
    .extra_bytes = png_extra_bytes,
    .decode = png_decode,
};
