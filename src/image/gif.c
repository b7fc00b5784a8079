/* gif.c - the first frame of a GIF through giflib, row by row; four readers in parallel read an interlaced frame. */
#include <string.h>

#include <gif_lib.h>

#include "base/error.h"
#include "base/meter.h"
#include "base/wire_number.h"
#include "image/format.h"
#include "image/reduce.h"

enum { SCREEN_BYTES = 13, DESCRIPTOR_BYTES = 9, PASS_COUNT = 4, INDEX_COUNT = 256 };
enum { BLOCK_IMAGE = 0x2C, BLOCK_EXTENSION = 0x21 };

/* giflib's state, tables and colour maps for one reader: 27 kB, and some room. giflib has no allocation hooks. */
enum { READER_FIXED_BYTES = 40 * 1024 };

/* The rows of a pass: the first, and the distance between them (GIF89a, appendix E). */
static const struct pass { uint8_t y, step; } passes[PASS_COUNT] = {{0, 8}, {4, 8}, {2, 4}, {1, 2}}, whole = {0, 1};

/* As in png.c, each pass has a reader that skips the earlier passes, so that rows come in order. */
struct gif_reader {
    const struct decode_job *job;
    size_t at; /* bytes read */
    GifFileType *library;
    struct pass pass;
};

struct gif_decoder {
    const struct decode_job *job;
    struct gif_reader readers[PASS_COUNT];
    uint32_t reader_count;
    int transparent_index; /* -1: none */
    uint8_t colors[INDEX_COUNT][3];
    uint8_t *row; /* owned: colour indexes */
    struct reducer reducer;
    uint64_t charged_bytes;
};

/* ---- header ------------------------------------------------------------------------------------------- */

static bool gif_matches(const uint8_t *bytes, size_t bytes_count) {
    return bytes_count >= 6 && (memcmp(bytes, "GIF87a", 6) == 0 || memcmp(bytes, "GIF89a", 6) == 0);
}

/* Bytes of the colour table that a packed field declares. */
static size_t table_bytes(uint32_t packed) {
    return (packed & 0x80) == 0 ? 0 : (size_t)3 << ((packed & 7) + 1);
}

/* What follows the blocks that begin at `at`, each a length and as many bytes, up to an empty one. */
static size_t blocks_pass(const uint8_t *bytes, size_t bytes_count, size_t at) {
    while (at < bytes_count && bytes[at] != 0) {
        at += (size_t)bytes[at] + 1;
    }
    return at + 1;
}

/*
 * Where the body of the next image descriptor begins, in a file that has blocks from `at` on; 0 if there is none.
 * `is_ended` becomes true if the file says that no more images follow.
 */
static size_t descriptor_find(const uint8_t *bytes, size_t bytes_count, size_t at, bool *is_ended) {
    *is_ended = false;
    while (at < bytes_count) {
        if (bytes[at] == 0) { /* some programs end a block twice, and viewers accept that */
            at++;
            continue;
        }
        if (bytes[at] == BLOCK_IMAGE) {
            return bytes_count - at - 1 >= DESCRIPTOR_BYTES ? at + 1 : 0;
        }
        if (bytes[at] != BLOCK_EXTENSION) {
            *is_ended = true;
            return 0;
        }
        at = blocks_pass(bytes, bytes_count, at + 2);
    }
    return 0;
}

/* Whether another image follows the one whose descriptor's body is at `at`; otherwise whether the bytes show that. */
static void more_find(const uint8_t *bytes, size_t bytes_count, size_t at, struct image_header *header) {
    size_t pixels_at = at + DESCRIPTOR_BYTES + table_bytes(bytes[at + 8]) + 1; /* after the size of LZW codes */
    bool is_ended;
    header->animated = descriptor_find(bytes, bytes_count, blocks_pass(bytes, bytes_count, pixels_at), &is_ended) != 0;
    header->wants_whole = !header->animated && !is_ended;
}

static enum lince_status gif_header_read(const uint8_t *bytes, size_t bytes_count, struct image_header *header,
                                         struct lince_error *error) {
    bool is_ended;
    size_t start = bytes_count < SCREEN_BYTES ? 0 : SCREEN_BYTES + table_bytes(bytes[10]);
    size_t at = start == 0 ? 0 : descriptor_find(bytes, bytes_count, start, &is_ended);
    if (at == 0) {
        return format_header_damaged(gif_format.name, error);
    }
    header->frame_x_px = wire_little_16(bytes + at);
    header->frame_y_px = wire_little_16(bytes + at + 2);
    header->frame_width_px = wire_little_16(bytes + at + 4);
    header->frame_height_px = wire_little_16(bytes + at + 6);
    if (header->frame_width_px == 0 || header->frame_height_px == 0) {
        return format_header_damaged(gif_format.name, error);
    }
    /* Viewers widen the canvas if the first frame does not fit in it. */
    uint32_t right = header->frame_x_px + header->frame_width_px, bottom = header->frame_y_px + header->frame_height_px;
    uint32_t width = wire_little_16(bytes + 6), height = wire_little_16(bytes + 8);
    header->stored_width_px = width > right ? width : right;
    header->stored_height_px = height > bottom ? height : bottom;
    header->channels = 3;
    header->bits = 8;
    header->in_passes = (bytes[at + 8] & 0x40) != 0;
    more_find(bytes, bytes_count, at, header);
    return LINCE_OK;
}

static uint64_t gif_extra_bytes(const struct image_header *header, uint32_t width_px, uint32_t height_px) {
    (void)width_px;
    (void)height_px;
    uint64_t readers = header->in_passes ? PASS_COUNT : 1;
    return readers * READER_FIXED_BYTES + header->frame_width_px + BLOCK_OVERHEAD_BYTES +
           reducer_bytes(header->stored_width_px);
}

/* ---- readers ------------------------------------------------------------------------------------------ */

/* After the last byte, supplies a block terminator, so that a file that lacks only that is read. */
static int bytes_read(GifFileType *library, GifByteType *target, int count) {
    struct gif_reader *reader = library->UserData;
    size_t left = reader->job->bytes_count - reader->at;
    if (left == 0 && count == 1) {
        *target = 0;
        return 1;
    }
    size_t given = count < 0 ? 0 : (size_t)count < left ? (size_t)count : left;
    memcpy(target, reader->job->bytes + reader->at, given);
    reader->at += given;
    return (int)given;
}

static enum lince_status reader_failed(const struct gif_decoder *decoder, int code) {
    return code == D_GIF_ERR_NOT_ENOUGH_MEM ? decode_out_of_memory(decoder->job, READER_FIXED_BYTES)
                                            : decode_damaged(decoder->job, decoder->reducer.source_y);
}

/* A graphic control extension names the transparent colour. */
static void extension_take(struct gif_decoder *decoder, int code, const GifByteType *block) {
    if (code == GRAPHICS_EXT_FUNC_CODE && block != NULL && block[0] >= 4) {
        decoder->transparent_index = (block[1] & 1) != 0 ? block[4] : -1;
    }
}

/* Reads up to the pixels of the first image. False after an error, whose code the library then holds. */
static bool reader_find_image(struct gif_decoder *decoder, struct gif_reader *reader) {
    GifFileType *library = reader->library;
    const struct decode_job *job = decoder->job;
    for (;;) {
        GifRecordType type;
        while (reader->at < job->bytes_count && job->bytes[reader->at] == 0) {
            reader->at++;
        }
        if (DGifGetRecordType(library, &type) == GIF_ERROR || type == TERMINATE_RECORD_TYPE) {
            return false;
        }
        if (type == IMAGE_DESC_RECORD_TYPE) {
            return DGifGetImageDesc(library) != GIF_ERROR;
        }
        int code = 0;
        GifByteType *block = NULL;
        if (type != EXTENSION_RECORD_TYPE || DGifGetExtension(library, &code, &block) == GIF_ERROR) {
            return false;
        }
        extension_take(decoder, code, block);
        while (block != NULL) {
            if (DGifGetExtensionNext(library, &block) == GIF_ERROR) {
                return false;
            }
        }
    }
}

static uint32_t pass_rows(const struct image_header *header, struct pass pass) {
    uint32_t height = header->frame_height_px;
    return height <= pass.y ? 0 : (height - pass.y + pass.step - 1) / pass.step;
}

static enum lince_status reader_row(struct gif_decoder *decoder, struct gif_reader *reader) {
    if (DGifGetLine(reader->library, decoder->row, (int)decoder->job->header->frame_width_px) == GIF_ERROR) {
        return reader_failed(decoder, reader->library->Error);
    }
    return LINCE_OK;
}

static enum lince_status reader_skip_to(struct gif_decoder *decoder, struct gif_reader *reader, uint32_t pass_index) {
    enum lince_status status = LINCE_OK;
    for (uint32_t i = 0; i < pass_index; i++) {
        uint32_t rows = pass_rows(decoder->job->header, passes[i]);
        for (uint32_t row = 0; row < rows && status == LINCE_OK; row++) {
            status = reader_row(decoder, reader);
            if (status == LINCE_OK && row % 256 == 0) {
                status = reducer_report(decoder->job, decoder->reducer.share_before * pass_index / PASS_COUNT);
            }
        }
    }
    return status;
}

static bool reader_agrees(const struct gif_reader *reader) {
    const GifImageDesc *image = &reader->library->Image;
    const struct image_header *header = reader->job->header;
    return image->Left == (int)header->frame_x_px && image->Top == (int)header->frame_y_px &&
           image->Width == (int)header->frame_width_px && image->Height == (int)header->frame_height_px &&
           (image->Interlace != 0) == header->in_passes;
}

static enum lince_status reader_open(struct gif_decoder *decoder, struct pass pass, uint32_t pass_index) {
    const struct decode_job *job = decoder->job;
    if (pass_rows(job->header, pass) == 0) {
        return LINCE_OK;
    }
    if (!meter_charge(job->meter, READER_FIXED_BYTES)) {
        return decode_out_of_memory(job, READER_FIXED_BYTES);
    }
    decoder->charged_bytes += READER_FIXED_BYTES;
    struct gif_reader *reader = &decoder->readers[decoder->reader_count++];
    *reader = (struct gif_reader){.job = job, .pass = pass};
    int code = 0;
    reader->library = DGifOpen(reader, bytes_read, &code);
    if (reader->library == NULL) {
        return reader_failed(decoder, code);
    }
    if (!reader_find_image(decoder, reader)) {
        return reader_failed(decoder, reader->library->Error);
    }
    if (!reader_agrees(reader)) {
        return decode_damaged(job, 0);
    }
    return reader_skip_to(decoder, reader, pass_index);
}

static enum lince_status readers_open(struct gif_decoder *decoder) {
    if (!decoder->job->header->in_passes) {
        return reader_open(decoder, whole, 0);
    }
    decoder->reducer.share_before = 0.5;
    enum lince_status status = LINCE_OK;
    for (uint32_t i = 0; i < PASS_COUNT && status == LINCE_OK; i++) {
        status = reader_open(decoder, passes[i], i);
    }
    return status;
}

/* ---- rows --------------------------------------------------------------------------------------------- */

/* Colours that no table defines: black, white (GIF89a, 19.d), then greys. */
static void colors_default(struct gif_decoder *decoder) {
    for (int i = 0; i < INDEX_COUNT; i++) {
        memset(decoder->colors[i], i == 1 ? 255 : i, 3);
    }
}

static void colors_set(struct gif_decoder *decoder) {
    const GifFileType *library = decoder->readers[0].library;
    const ColorMapObject *map = library->Image.ColorMap != NULL ? library->Image.ColorMap : library->SColorMap;
    if (map == NULL) {
        colors_default(decoder);
    }
    for (int i = 0; map != NULL && i < map->ColorCount && i < INDEX_COUNT; i++) {
        const GifColorType *color = &map->Colors[i];
        decoder->colors[i][0] = color->Red;
        decoder->colors[i][1] = color->Green;
        decoder->colors[i][2] = color->Blue;
    }
    if (decoder->transparent_index >= 0) {
        memset(decoder->colors[decoder->transparent_index], decoder->job->ground, 3);
    }
}

/* Notes where transparent and visible pixels meet. */
static void edges_note(struct gif_decoder *decoder) {
    struct ground_walk walk = {.contrast = decoder->job->contrast};
    for (uint32_t x = 0; x < decoder->job->header->frame_width_px; x++) {
        uint8_t index = decoder->row[x], pixel[4] = {0, 0, 0, index == decoder->transparent_index ? 0 : 255};
        memcpy(pixel, decoder->colors[index], 3);
        ground_pixel_note(&walk, pixel);
    }
    ground_walk_end(&walk);
}

static enum lince_status frame_row_read(struct gif_decoder *decoder, uint32_t frame_y, uint8_t *target) {
    for (uint32_t i = 0; i < decoder->reader_count; i++) {
        struct gif_reader *reader = &decoder->readers[i];
        if (frame_y % reader->pass.step != reader->pass.y) {
            continue;
        }
        enum lince_status status = reader_row(decoder, reader);
        if (status == LINCE_OK && decoder->transparent_index >= 0) {
            edges_note(decoder);
        }
        for (uint32_t x = 0; status == LINCE_OK && x < decoder->job->header->frame_width_px; x++) {
            memcpy(target + (size_t)x * 3, decoder->colors[decoder->row[x]], 3);
        }
        return status;
    }
    return LINCE_OK;
}

static enum lince_status rows_decode(struct gif_decoder *decoder) {
    const struct image_header *header = decoder->job->header;
    bool covers_width = header->frame_width_px == header->stored_width_px;
    enum lince_status status = LINCE_OK;
    for (uint32_t y = 0; y < header->stored_height_px && status == LINCE_OK; y++) {
        uint8_t *target = reducer_row(&decoder->reducer);
        bool in_frame = y >= header->frame_y_px && y - header->frame_y_px < header->frame_height_px;
        if (!in_frame || !covers_width) {
            memset(target, decoder->job->ground, (size_t)header->stored_width_px * 3);
        }
        if (in_frame) {
            status = frame_row_read(decoder, y - header->frame_y_px, target + (size_t)header->frame_x_px * 3);
        }
        if (status == LINCE_OK) {
            status = reducer_push(&decoder->reducer);
        }
    }
    return status;
}

static enum lince_status gif_decode(const struct decode_job *job) {
    const struct image_header *header = job->header;
    struct gif_decoder decoder = {.job = job, .transparent_index = -1};
    enum lince_status status =
        reducer_open(&decoder.reducer, job, header->stored_width_px, header->stored_height_px, 1);
    if (status != LINCE_OK) {
        return status;
    }
    decoder.row = meter_allocate(job->meter, header->frame_width_px);
    status = decoder.row == NULL ? decode_out_of_memory(job, header->frame_width_px) : readers_open(&decoder);
    if (status == LINCE_OK) {
        colors_set(&decoder);
        status = rows_decode(&decoder);
    }
    for (uint32_t i = 0; i < decoder.reader_count; i++) {
        if (decoder.readers[i].library != NULL) {
            DGifCloseFile(decoder.readers[i].library, NULL);
        }
    }
    meter_free(decoder.row);
    meter_release(job->meter, decoder.charged_bytes);
    reducer_close(&decoder.reducer);
    return status;
}

const struct image_format gif_format = {
    .format = LINCE_FORMAT_GIF,
    .name = "GIF",
    .matches = gif_matches,
    .header_read = gif_header_read,
    .extra_bytes = gif_extra_bytes,
    .decode = gif_decode,
};
