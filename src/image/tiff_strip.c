/* tiff_strip.c - copies the one strip of a page that is coded as fax machines do, or joins or deflates its strips. */
#include "image/tiff_strip.h"

#include <inttypes.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/meter.h"
#include "image/common/deflater.h"
#include "image/common/fax_strip.h"
#include "image/format.h"
#include "image/tiff_library.h"

bool tiff_strip_is_fax(const struct tiff_page *page) {
    bool is_bilevel = page->bits == 1 && page->samples == 1 && page->sample_format == 1 &&
                      (page->photometric == TIFF_WHITE_IS_ZERO || page->photometric == TIFF_BLACK_IS_ZERO);
    return page->compression == TIFF_COMPRESSION_GROUP_4 && page->group_4_options == 0 && is_bilevel &&
           page->tile_width_px == 0 && page->offsets.count >= 1 && page->counts.count == page->offsets.count;
}

static bool is_one_strip(const struct tiff_page *page) {
    return page->rows_per_strip >= page->height_px && page->offsets.count == 1;
}

/* In some files the first pixel of a byte is its lowest bit. */
static void bits_turn(uint8_t *bytes, size_t count) {
    for (size_t i = 0; i < count; i++) {
        unsigned byte = bytes[i], turned = 0;
        for (int bit = 0; bit < 8; bit++) {
            turned = turned << 1 | (byte >> bit & 1);
        }
        bytes[i] = (uint8_t)turned;
    }
}

static void head_append(const struct tiff_page *page, bool is_deflated, struct buffer *bytes) {
    struct fax_strip head = fax_strip_empty();
    head.is_deflated = is_deflated;
    head.width_px = page->width_px;
    head.height_px = page->height_px;
    head.orientation = page->orientation;
    head.black_is_one = page->photometric == TIFF_BLACK_IS_ZERO;
    head.dots_per_inch = page->dots_per_inch > 0 ? page->dots_per_inch : 0;
    buffer_append(bytes, &head, sizeof head);
}

static enum lince_status strip_copy(const struct tiff_file *file, const struct tiff_page *page, struct buffer *bytes,
                                    struct lince_error *error) {
    uint64_t at = 0, count = 0;
    if (!tiff_number(file, &page->offsets, 0, &at) || !tiff_number(file, &page->counts, 0, &count) || count == 0 ||
        count > file->source->size_bytes) {
        return format_header_damaged("TIFF", error);
    }
    head_append(page, false, bytes);
    char *room = buffer_room(bytes, (size_t)count);
    if (room == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the %" PRIu64 " bytes of a TIFF page",
                         "no hay memoria para los %" PRIu64 " bytes de una página TIFF", count);
    }
    if (!source_read(file->source, at, room, (size_t)count)) {
        return format_header_damaged("TIFF", error);
    }
    if (page->fill_order == 2) {
        bits_turn((uint8_t *)room, (size_t)count);
    }
    bytes->used_bytes += (size_t)count;
    return LINCE_OK;
}

/* A page of several strips, and room for one of its rows. */
struct rows {
    struct tiff_library *opened;
    const struct tiff_page *page;
    uint8_t *bits;
    size_t row_bytes;
};

/* Deflated rows have white ones, also beyond the page, where libtiff leaves the bits as they are. Changes the bits. */
static void row_deflate(const struct rows *rows, struct deflater *deflater) {
    bool is_turned = rows->page->photometric == TIFF_WHITE_IS_ZERO;
    unsigned used_bits = rows->page->width_px % 8;
    for (size_t i = 0; i < rows->row_bytes && is_turned; i++) {
        rows->bits[i] = (uint8_t)~rows->bits[i];
    }
    if (used_bits > 0) {
        rows->bits[rows->row_bytes - 1] |= (uint8_t)(0xFF >> used_bits);
    }
    deflater_add(deflater, rows->bits, (unsigned)rows->row_bytes);
}

/*
 * Codes the rows as one strip, and gives how many bytes they have when deflated; UINT64_MAX without memory for that.
 * False after damage, and without memory for the strip.
 */
static bool rows_join(const struct rows *rows, struct buffer *bytes, uint64_t *deflated_bytes) {
    const struct tiff_page *page = rows->page;
    struct tiff_fax_writer *writer = tiff_library_fax_begin(page->width_px, page->height_px, bytes);
    struct buffer piece;
    struct deflater deflater;
    bool is_good = writer != NULL;
    uint64_t sum_bytes = 0;
    buffer_init(&piece, bytes->meter);
    deflater_begin(&deflater, &piece);
    for (uint32_t row = 0; row < page->height_px && is_good; row++) {
        is_good = tiff_library_row(rows->opened, row, 0, rows->bits) && tiff_library_fax_row(writer, row, rows->bits);
        if (is_good) {
            row_deflate(rows, &deflater);
        }
        sum_bytes += piece.used_bytes;
        piece.used_bytes = 0; /* it may be refused, and stays so */
    }
    deflater_end(&deflater);
    *deflated_bytes = piece.refused ? UINT64_MAX : sum_bytes + piece.used_bytes;
    buffer_free(&piece);
    return writer != NULL && tiff_library_fax_end(writer) && is_good;
}

/* False after damage, and without memory. */
static bool rows_deflate(const struct rows *rows, struct buffer *bytes) {
    struct deflater deflater;
    bool is_good = true;
    deflater_begin(&deflater, bytes);
    for (uint32_t row = 0; row < rows->page->height_px && is_good; row++) {
        is_good = tiff_library_row(rows->opened, row, 0, rows->bits);
        if (is_good) {
            row_deflate(rows, &deflater);
        }
    }
    deflater_end(&deflater);
    return is_good && !bytes->refused;
}

/* Print with the same shapes over and over deflates better; scans are smaller in the code that is made for them. */
static bool rows_write(const struct rows *rows, struct buffer *bytes) {
    size_t before_bytes = bytes->used_bytes;
    uint64_t deflated_bytes;
    head_append(rows->page, false, bytes);
    bool is_good = rows_join(rows, bytes, &deflated_bytes);
    if (is_good && deflated_bytes < bytes->used_bytes - before_bytes - sizeof(struct fax_strip)) {
        bytes->used_bytes = before_bytes;
        head_append(rows->page, true, bytes);
        is_good = rows_deflate(rows, bytes);
    }
    bytes->used_bytes = is_good ? bytes->used_bytes : before_bytes;
    return is_good;
}

/*
 * Each strip is coded after a white row, so strips do not follow one another as they are: the rows are coded anew, as
 * one strip. A page with a damaged strip is left to its decoder.
 */
static enum lince_status strips_join(const struct tiff_file *file, uint64_t directory_at, const struct tiff_page *page,
                                     struct buffer *bytes, struct lince_error *error) {
    uint64_t library_bytes = tiff_library_bytes(page) + tiff_library_fax_bytes();
    struct rows rows = {.page = page};
    if (!meter_charge(bytes->meter, library_bytes)) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the %" PRIu64 " bytes of a TIFF page",
                         "no hay memoria para los %" PRIu64 " bytes de una página TIFF", library_bytes);
    }
    enum lince_status status = tiff_library_open(file, directory_at, page, library_bytes, &rows.opened, error);
    if (status == LINCE_OK) {
        rows.row_bytes = (size_t)tiff_library_row_bytes(rows.opened);
        rows.bits = meter_allocate(bytes->meter, rows.row_bytes);
    }
    if (rows.bits != NULL) {
        (void)rows_write(&rows, bytes);
    }
    bool is_refused = status == LINCE_OK && (rows.bits == NULL || bytes->refused);
    meter_free(rows.bits);
    tiff_library_close(rows.opened);
    meter_release(bytes->meter, library_bytes);
    return is_refused ? error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for a TIFF page",
                                  "no hay memoria para una página TIFF")
                      : status;
}

enum lince_status tiff_strip_append(const struct tiff_file *file, uint64_t directory_at, const struct tiff_page *page,
                                    struct buffer *bytes, struct lince_error *error) {
    return is_one_strip(page) ? strip_copy(file, page, bytes, error)
                              : strips_join(file, directory_at, page, bytes, error);
}
