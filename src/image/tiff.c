/*
 * tiff.c - pages of a TIFF file, from their strips or tiles row by row; uncompressed rows are read straight from the
 * file.
 */
#include <inttypes.h>
#include <string.h>

#include "base/error.h"
#include "base/meter.h"
#include "image/image_pages.h"
#include "image/reduce.h"
#include "image/tiff_header.h"
#include "image/tiff_library.h"
#include "image/tiff_rows.h"
#include "image/tiff_strip.h"

static const struct pages_kind tiff_kind;

struct tiff_pages {
    struct pages pages;
    struct tiff_file file;
    uint64_t *directories_at; /* owned: the directories that are pages */
};

static bool tiff_matches(const uint8_t *bytes, size_t bytes_count) {
    static const char starts[4][4] = {{'I', 'I', 42, 0}, {'M', 'M', 0, 42}, {'I', 'I', 43, 0}, {'M', 'M', 0, 43}};
    for (size_t i = 0; i < 4; i++) {
        if (bytes_count >= 4 && memcmp(bytes, starts[i], 4) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- directories -------------------------------------------------------------------------------------- */

static enum lince_status chain_damaged(uint32_t count, struct lince_error *error) {
    return error_set(error, LINCE_ERROR_DAMAGED,
                     "the TIFF file breaks off or runs in a circle after its page %" PRIu32 "; get it again from its "
                     "source",
                     "el archivo TIFF se corta o da vueltas tras su página %" PRIu32 "; vuelva a obtenerlo de su "
                     "origen",
                     count);
}

/* Walks the chain of directories. Brent's method finds a loop: a mark is left at every power of two. */
static enum lince_status chain_walk(const struct tiff_file *file, uint32_t *count, uint64_t *directories_at,
                                    struct lince_error *error) {
    uint64_t mark = 0, next;
    uint32_t walked = 0, mark_at = 1;
    *count = 0;
    for (uint64_t at = file->first_at; at != 0; at = next) {
        if (at == mark || walked > PAGES_LIMIT || !tiff_directory_next(file, at, &next)) {
            return chain_damaged(*count, error);
        }
        if (++walked == mark_at) {
            mark = at;
            mark_at *= 2;
        }
        struct tiff_page page;
        if (tiff_page_read(file, at, &page) && page.is_part) {
            continue;
        }
        if (directories_at != NULL) {
            directories_at[*count] = at;
        }
        ++*count;
    }
    return LINCE_OK;
}

static enum lince_status tiff_open(const struct source *source, const struct pages_options *options,
                                   struct meter *meter, struct pages **pages, struct lince_error *error) {
    struct tiff_file file;
    uint32_t count;
    (void)options;
    if (!tiff_file_read(source, &file)) {
        return format_header_damaged(tiff_format.name, error);
    }
    enum lince_status status = chain_walk(&file, &count, NULL, error);
    if (status != LINCE_OK) {
        return status;
    }
    struct tiff_pages *opened = meter_new(meter, struct tiff_pages);
    uint64_t *directories_at = meter_new_array(meter, count == 0 ? 1 : count, uint64_t);
    if (opened == NULL || directories_at == NULL) {
        meter_free(opened);
        meter_free(directories_at);
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the places of %" PRIu32 " pages",
                         "no hay memoria para los lugares de %" PRIu32 " páginas", count);
    }
    *opened = (struct tiff_pages){{&tiff_kind, *source, meter, count}, file, directories_at};
    opened->file.source = &opened->pages.source;
    if (count == 0) { /* the file has only parts: show the first */
        opened->pages.count = 1;
        directories_at[0] = file.first_at;
    } else {
        chain_walk(&opened->file, &count, directories_at, NULL);
    }
    *pages = &opened->pages;
    return LINCE_OK;
}

static void tiff_close(struct pages *pages) {
    struct tiff_pages *opened = (struct tiff_pages *)pages;
    meter_free(opened->directories_at);
    meter_free(opened);
}

/* ---- header ------------------------------------------------------------------------------------------- */

static enum lince_status page_unsupported(const struct tiff_page *page, struct lince_error *error) {
    return error_set(error, LINCE_ERROR_UNSUPPORTED,
                     "TIFF images with %u samples of %u bits, sample format %u and colour space %u are not read; save "
                     "it as PNG",
                     "no se leen imágenes TIFF con %u muestras de %u bits, formato de muestra %u y espacio de color "
                     "%u; guárdela como PNG",
                     page->samples, page->bits, page->sample_format, page->photometric);
}

/* JPEG in a TIFF file decodes to RGB. */
static struct tiff_page page_as_decoded(struct tiff_page page) {
    if (page.compression == TIFF_COMPRESSION_JPEG && page.photometric == TIFF_YCBCR) {
        page.photometric = TIFF_RGB;
    }
    if (page.photometric == UINT32_MAX) { /* missing, against the rules */
        page.photometric = page.samples >= 3 ? TIFF_RGB : TIFF_BLACK_IS_ZERO;
    }
    return page;
}

static bool is_in_tiles(const struct tiff_page *page) {
    return page->tile_width_px > 0 && page->tile_height_px > 0;
}

/* Rows that are neither compressed nor tiled are read in place. */
static bool is_direct(const struct tiff_page *page) {
    return page->compression == TIFF_COMPRESSION_NONE && !is_in_tiles(page) && !tiff_library_gives_colors(page);
}

static uint32_t plane_count(const struct tiff_page *page) {
    bool separate = page->planar == TIFF_PLANAR_SEPARATE && page->samples > 1;
    return !separate ? 1 : page->samples < TIFF_PLANES_MOST ? page->samples : TIFF_PLANES_MOST;
}

static uint64_t plane_row_bytes(const struct tiff_page *page, uint32_t width_px) {
    uint64_t samples = page->planar == TIFF_PLANAR_SEPARATE ? 1 : page->samples;
    return ((uint64_t)width_px * samples * page->bits + 7) / 8;
}

/* Bytes of samples, or of RGBA, between the library and the reducer. */
static uint64_t buffer_bytes(const struct tiff_page *page) {
    if (tiff_library_gives_colors(page)) {
        uint64_t width = is_in_tiles(page) ? page->tile_width_px : page->width_px;
        uint64_t height = is_in_tiles(page) ? page->tile_height_px : page->rows_per_strip;
        return width * height * 4;
    }
    if (is_in_tiles(page)) {
        return plane_row_bytes(page, page->tile_width_px) * page->tile_height_px * plane_count(page);
    }
    return plane_row_bytes(page, page->width_px) * plane_count(page);
}

/* A row of tiles is laid out at once. */
static uint64_t band_bytes(const struct tiff_page *page) {
    return is_in_tiles(page) ? (uint64_t)page->width_px * 3 * page->tile_height_px : (uint64_t)page->width_px * 3;
}

static uint64_t page_library_bytes(const struct tiff_page *page) {
    bool by_plane = !is_in_tiles(page) && !tiff_library_gives_colors(page);
    return is_direct(page) ? 0 : tiff_library_bytes(page) * (by_plane ? plane_count(page) : 1);
}

static enum lince_status page_find(const struct tiff_pages *opened, uint32_t index, struct tiff_page *page,
                                   struct lince_error *error) {
    if (!tiff_page_read(&opened->file, opened->directories_at[index], page)) {
        return format_header_damaged(tiff_format.name, error);
    }
    uint64_t side_most = IMAGE_SIDE_LIMIT_PX;
    if (page->tile_width_px > side_most || page->tile_height_px > side_most) {
        return format_header_damaged(tiff_format.name, error);
    }
    struct tiff_page decoded = page_as_decoded(*page);
    bool known = tiff_library_gives_colors(&decoded)
                     ? page->sample_format == 1 && page->samples <= 4 && page->bits <= 16 && page->row_repeat == 1
                     : tiff_rows_fit(&decoded);
    return known ? LINCE_OK : page_unsupported(page, error);
}

static enum lince_status tiff_header_read(struct pages *pages, uint32_t index, struct image_header *header,
                                          struct lince_error *error) {
    struct tiff_page page;
    enum lince_status status = page_find((struct tiff_pages *)pages, index, &page, error);
    if (status != LINCE_OK) {
        return status;
    }
    struct tiff_page decoded = page_as_decoded(page);
    header->stored_width_px = page.width_px;
    header->stored_height_px = page.height_px * page.row_repeat;
    header->orientation = page.orientation;
    header->channels = page.samples < 4 ? page.samples : 4;
    header->bits = page.bits;
    header->dots_per_inch = page.dots_per_inch;
    header->library_bytes =
        page_library_bytes(&decoded) + buffer_bytes(&decoded) + band_bytes(&decoded) + 3 * BLOCK_OVERHEAD_BYTES;
    return LINCE_OK;
}

static uint64_t tiff_extra_bytes(const struct image_header *header, uint32_t width_px, uint32_t height_px) {
    (void)width_px;
    (void)height_px;
    return header->library_bytes + reducer_bytes(header->stored_width_px);
}

static enum lince_status tiff_fax(struct pages *pages, uint32_t index, struct buffer *bytes,
                                  struct lince_error *error) {
    struct tiff_pages *opened = (struct tiff_pages *)pages;
    struct tiff_page page;
    enum lince_status status = page_find(opened, index, &page, error);
    page = page_as_decoded(page);
    return status == LINCE_OK && tiff_strip_is_fax(&page)
               ? tiff_strip_append(&opened->file, opened->directories_at[index], &page, bytes, error)
               : status;
}

/* ---- decoding ----------------------------------------------------------------------------------------- */

struct tiff_decoder {
    const struct decode_job *job;
    const struct tiff_file *file;
    uint64_t directory_at;
    struct tiff_page page, decoded; /* as stored, and as the library gives it */
    struct tiff_rows rows;
    struct tiff_library *libraries[TIFF_PLANES_MOST];
    uint32_t library_count, planes;
    uint8_t *buffer; /* owned: samples of a row or a tile, plane by plane; or RGBA */
    uint8_t *band;   /* owned: RGB of a row, or of a row of tiles */
    uint64_t charged_bytes;
    struct reducer reducer;
};

static enum lince_status damaged(const struct tiff_decoder *decoder) {
    return decode_damaged(decoder->job, decoder->reducer.source_y);
}

static enum lince_status libraries_open(struct tiff_decoder *decoder) {
    const struct decode_job *job = decoder->job;
    uint64_t bytes = page_library_bytes(&decoder->decoded);
    if (is_direct(&decoder->decoded)) {
        return LINCE_OK;
    }
    if (!meter_charge(job->meter, bytes)) {
        return decode_out_of_memory(job, bytes);
    }
    decoder->charged_bytes = bytes;
    bool by_plane = !is_in_tiles(&decoder->decoded) && !tiff_library_gives_colors(&decoder->decoded);
    uint32_t wanted = by_plane ? decoder->planes : 1;
    enum lince_status status = LINCE_OK;
    while (decoder->library_count < wanted && status == LINCE_OK) {
        struct tiff_library **place = &decoder->libraries[decoder->library_count];
        status = tiff_library_open(decoder->file, decoder->directory_at, &decoder->page, bytes, place, job->error);
        decoder->library_count += status == LINCE_OK;
    }
    return status;
}

/* Passes `count` rows of the band to the reducer; repeats fax rows for their height. */
static enum lince_status band_give(struct tiff_decoder *decoder, uint32_t count) {
    size_t row_bytes = (size_t)decoder->page.width_px * 3;
    enum lince_status status = LINCE_OK;
    for (uint32_t i = 0; i < count * decoder->page.row_repeat && status == LINCE_OK; i++) {
        memcpy(reducer_row(&decoder->reducer), decoder->band + i / decoder->page.row_repeat * row_bytes, row_bytes);
        status = reducer_push(&decoder->reducer);
    }
    return status;
}

/* Converts 16-bit numbers from the file's byte order, and reverses bits stored lowest first. */
static void row_straighten(const struct tiff_decoder *decoder, uint8_t *row, size_t bytes) {
    const uint16_t probe = 1;
    bool host_is_big = *(const uint8_t *)&probe == 0;
    if (decoder->page.bits == 16 && decoder->file->is_big_endian != host_is_big) {
        for (size_t i = 0; i + 1 < bytes; i += 2) {
            uint8_t first = row[i];
            row[i] = row[i + 1];
            row[i + 1] = first;
        }
    }
    for (size_t i = 0; decoder->page.fill_order == 2 && decoder->page.bits < 8 && i < bytes; i++) {
        uint32_t byte = row[i];
        byte = (byte & 0xF0) >> 4 | (byte & 0x0F) << 4;
        byte = (byte & 0xCC) >> 2 | (byte & 0x33) << 2;
        row[i] = (uint8_t)((byte & 0xAA) >> 1 | (byte & 0x55) << 1);
    }
}

static bool direct_row(struct tiff_decoder *decoder, uint32_t y, uint32_t plane, uint8_t *samples, size_t row_bytes) {
    const struct tiff_page *page = &decoder->page;
    uint64_t strips = (page->height_px + page->rows_per_strip - 1) / page->rows_per_strip;
    uint64_t offset;
    bool read = tiff_number(decoder->file, &page->offsets, plane * strips + y / page->rows_per_strip, &offset) &&
                source_read(decoder->file->source, offset + (uint64_t)(y % page->rows_per_strip) * row_bytes, samples,
                            row_bytes);
    if (read) {
        row_straighten(decoder, samples, row_bytes);
    }
    return read;
}

static enum lince_status rows_decode(struct tiff_decoder *decoder) {
    const struct tiff_page *page = &decoder->decoded;
    size_t row_bytes = (size_t)plane_row_bytes(page, page->width_px);
    const uint8_t *planes[TIFF_PLANES_MOST];
    for (uint32_t i = 0; i < decoder->planes; i++) {
        planes[i] = decoder->buffer + i * row_bytes;
        if (!is_direct(page) && tiff_library_row_bytes(decoder->libraries[i]) != row_bytes) {
            return damaged(decoder);
        }
    }
    enum lince_status status = LINCE_OK;
    for (uint32_t y = 0; y < page->height_px && status == LINCE_OK; y++) {
        for (uint32_t i = 0; i < decoder->planes; i++) {
            uint8_t *samples = decoder->buffer + i * row_bytes;
            bool read = is_direct(page) ? direct_row(decoder, y, i, samples, row_bytes)
                                        : tiff_library_row(decoder->libraries[i], y, i, samples);
            if (!read) {
                return damaged(decoder);
            }
        }
        tiff_row_lay(&decoder->rows, planes, page->width_px, decoder->job, decoder->band);
        status = band_give(decoder, 1);
    }
    return status;
}

static uint32_t least(uint32_t a, uint32_t b) {
    return a < b ? a : b;
}

/* Copies the part of one tile that lies on the image to its place in the band. */
static bool tile_lay(struct tiff_decoder *decoder, uint32_t x, uint32_t y, uint32_t rows) {
    const struct tiff_page *page = &decoder->decoded;
    size_t row_bytes = (size_t)plane_row_bytes(page, page->tile_width_px);
    size_t tile_bytes = row_bytes * page->tile_height_px;
    for (uint32_t i = 0; i < decoder->planes; i++) {
        if (!tiff_library_tile(decoder->libraries[0], x, y, i, decoder->buffer + i * tile_bytes, tile_bytes)) {
            return false;
        }
    }
    uint32_t width = least(page->tile_width_px, page->width_px - x);
    for (uint32_t row = 0; row < rows; row++) {
        const uint8_t *planes[TIFF_PLANES_MOST];
        for (uint32_t i = 0; i < decoder->planes; i++) {
            planes[i] = decoder->buffer + i * tile_bytes + row * row_bytes;
        }
        uint8_t *rgb = decoder->band + ((size_t)row * page->width_px + x) * 3;
        tiff_row_lay(&decoder->rows, planes, width, decoder->job, rgb);
    }
    return true;
}

/* A row of RGBA pixels, each a number in this machine's byte order with red lowest. */
static void colors_lay(const uint8_t *from, uint32_t width, uint8_t *rgb) {
    for (uint32_t i = 0; i < width; i++, from += 4, rgb += 3) {
        uint32_t pixel;
        memcpy(&pixel, from, sizeof pixel);
        rgb[0] = (uint8_t)pixel;
        rgb[1] = (uint8_t)(pixel >> 8);
        rgb[2] = (uint8_t)(pixel >> 16);
    }
}

static bool tile_colors_lay(struct tiff_decoder *decoder, uint32_t x, uint32_t y, uint32_t rows) {
    const struct tiff_page *page = &decoder->decoded;
    if (!tiff_library_tile_colors(decoder->libraries[0], x, y, (uint32_t *)(void *)decoder->buffer)) {
        return false;
    }
    uint32_t width = least(page->tile_width_px, page->width_px - x);
    for (uint32_t row = 0; row < rows; row++) { /* the last row comes first */
        const uint8_t *from = decoder->buffer + (size_t)(page->tile_height_px - 1 - row) * page->tile_width_px * 4;
        colors_lay(from, width, decoder->band + ((size_t)row * page->width_px + x) * 3);
    }
    return true;
}

static enum lince_status tiles_decode(struct tiff_decoder *decoder) {
    const struct tiff_page *page = &decoder->decoded;
    bool colors = tiff_library_gives_colors(page);
    if (!colors && tiff_library_tile_bytes(decoder->libraries[0]) !=
                       plane_row_bytes(page, page->tile_width_px) * page->tile_height_px) {
        return damaged(decoder);
    }
    enum lince_status status = LINCE_OK;
    for (uint32_t y = 0; y < page->height_px && status == LINCE_OK; y += page->tile_height_px) {
        uint32_t rows = least(page->tile_height_px, page->height_px - y);
        for (uint32_t x = 0; x < page->width_px; x += page->tile_width_px) {
            if (!(colors ? tile_colors_lay(decoder, x, y, rows) : tile_lay(decoder, x, y, rows))) {
                return damaged(decoder);
            }
        }
        status = band_give(decoder, rows);
    }
    return status;
}

static enum lince_status strip_colors_decode(struct tiff_decoder *decoder) {
    const struct tiff_page *page = &decoder->decoded;
    enum lince_status status = LINCE_OK;
    for (uint32_t y = 0; y < page->height_px && status == LINCE_OK; y += page->rows_per_strip) {
        uint32_t rows = least(page->rows_per_strip, page->height_px - y);
        if (!tiff_library_strip_colors(decoder->libraries[0], y, (uint32_t *)(void *)decoder->buffer)) {
            return damaged(decoder);
        }
        for (uint32_t row = 0; row < rows && status == LINCE_OK; row++) { /* the band has room for one */
            colors_lay(decoder->buffer + (size_t)(rows - 1 - row) * page->width_px * 4, page->width_px, decoder->band);
            status = band_give(decoder, 1);
        }
    }
    return status;
}

static enum lince_status buffers_open(struct tiff_decoder *decoder) {
    const struct decode_job *job = decoder->job;
    uint64_t buffer = buffer_bytes(&decoder->decoded), band = band_bytes(&decoder->decoded);
    decoder->buffer = meter_allocate(job->meter, buffer);
    if (decoder->buffer == NULL) {
        return decode_out_of_memory(job, buffer);
    }
    decoder->band = meter_allocate(job->meter, band);
    return decoder->band == NULL ? decode_out_of_memory(job, band) : LINCE_OK;
}

static enum lince_status decode_steps(struct tiff_decoder *decoder) {
    const struct tiff_page *page = &decoder->decoded;
    enum lince_status status = buffers_open(decoder);
    if (status == LINCE_OK) {
        status = libraries_open(decoder);
    }
    if (status != LINCE_OK) {
        return status;
    }
    bool colors = tiff_library_gives_colors(page);
    if (!colors && !tiff_rows_open(&decoder->rows, decoder->file, page)) {
        return damaged(decoder);
    }
    if (is_in_tiles(page)) {
        return tiles_decode(decoder);
    }
    return colors ? strip_colors_decode(decoder) : rows_decode(decoder);
}

static enum lince_status tiff_decode(struct pages *pages, uint32_t index, const struct decode_job *job) {
    struct tiff_pages *opened = (struct tiff_pages *)pages;
    const struct image_header *header = job->header;
    struct tiff_decoder decoder = {.job = job, .file = &opened->file, .directory_at = opened->directories_at[index]};
    enum lince_status status = page_find(opened, index, &decoder.page, job->error);
    if (status != LINCE_OK) {
        return status;
    }
    decoder.decoded = page_as_decoded(decoder.page);
    decoder.planes = plane_count(&decoder.decoded);
    status =
        reducer_open(&decoder.reducer, job, header->stored_width_px, header->stored_height_px, header->orientation);
    if (status == LINCE_OK) {
        status = decode_steps(&decoder);
        reducer_close(&decoder.reducer);
    }
    for (uint32_t i = 0; i < decoder.library_count; i++) {
        tiff_library_close(decoder.libraries[i]);
    }
    meter_release(job->meter, decoder.charged_bytes);
    meter_free(decoder.buffer);
    meter_free(decoder.band);
    return status;
}

static const struct pages_kind tiff_kind = {
    .format = &tiff_format,
    .open = tiff_open,
    .close = tiff_close,
    .header_read = tiff_header_read,
    .decode = tiff_decode,
    .fax = tiff_fax,
};

const struct image_format tiff_format = {
    .format = LINCE_FORMAT_TIFF,
    .name = "TIFF",
    .pages = &tiff_kind,
    .matches = tiff_matches,
    .extra_bytes = tiff_extra_bytes,
    .load = tiff_library_load,
};
