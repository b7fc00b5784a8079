/* pnm.c - PBM, PGM, PPM and PAM, as digits or bytes of 1 to 16 bits, read straight from the file's bytes. */
#include <string.h>

#include "base/error.h"
#include "base/meter.h"
#include "base/wire_number.h"
#include "image/format.h"
#include "image/header/pnm_header.h"
#include "image/reduce.h"

struct pnm_decoder {
    const struct decode_job *job;
    struct pnm_header header;
    const uint8_t *next, *end; /* samples not yet read */
    uint8_t *row;              /* owned: samples of 8 bits, with alpha; NULL where there is none */
};

static bool pnm_matches(const uint8_t *bytes, size_t bytes_count) {
    return pnm_begins(bytes, bytes_count);
}

/* Whether another image follows the first one, as programs write several pages one behind the other. */
static bool has_more(const uint8_t *bytes, size_t bytes_count, const struct pnm_header *header) {
    uint64_t end = header->raster_at + pnm_row_bytes(header) * header->height_px;
    return !pnm_is_plain(header) && end < bytes_count && pnm_begins(bytes + end, bytes_count - (size_t)end);
}

static enum lince_status header_check(const uint8_t *bytes, size_t bytes_count, struct pnm_header *header,
                                      struct lince_error *error) {
    switch (pnm_header_find(bytes, bytes_count, header)) {
    case PNM_WHOLE:
        return LINCE_OK;
    case PNM_UNKNOWN:
        return error_set(error, LINCE_ERROR_UNSUPPORTED,
                         "this PAM image has %u channels whose meaning is not grey, colour or transparency; save it as "
                         "PNG",
                         "esta imagen PAM tiene %u canales que no son gris, color ni transparencia; guárdela como PNG",
                         header->channels);
    default:
        return format_header_damaged(pnm_format.name, error);
    }
}

static enum lince_status pnm_header_read(const uint8_t *bytes, size_t bytes_count, struct image_header *header,
                                         struct lince_error *error) {
    struct pnm_header found;
    enum lince_status status = header_check(bytes, bytes_count, &found, error);
    if (status != LINCE_OK) {
        return status;
    }
    header->stored_width_px = found.width_px;
    header->stored_height_px = found.height_px;
    header->channels = found.channels;
    header->bits = found.most == 1 ? 1 : found.most > 255 ? 16 : 8;
    header->animated = has_more(bytes, bytes_count, &found);
    header->wants_whole = true;
    return LINCE_OK;
}

static bool has_alpha(uint32_t channels) {
    return channels == 2 || channels == 4;
}

static uint64_t pnm_extra_bytes(const struct image_header *header, uint32_t width_px, uint32_t height_px) {
    (void)width_px;
    (void)height_px;
    uint64_t row = has_alpha(header->channels) ? (uint64_t)header->stored_width_px * 4 + BLOCK_OVERHEAD_BYTES : 0;
    return reducer_bytes(header->stored_width_px) + row;
}

/* A number between spaces; in plain bitmaps a single digit. False at the end, or if no number is there. */
static bool digits_take(struct pnm_decoder *decoder, uint32_t *sample) {
    uint64_t value = 0;
    while (decoder->next < decoder->end &&
           (*decoder->next == ' ' || (*decoder->next >= '\t' && *decoder->next <= '\r'))) {
        decoder->next++;
    }
    const uint8_t *from = decoder->next;
    while (decoder->next < decoder->end && *decoder->next >= '0' && *decoder->next <= '9' &&
           value <= decoder->header.most) {
        value = value * 10 + (uint64_t)(*decoder->next++ - '0');
        if (decoder->header.kind == '1') {
            break;
        }
    }
    *sample = (uint32_t)value;
    return decoder->next > from && value <= decoder->header.most;
}

/* The sample's place in its row, before scaling; false if it is missing or too large. */
static bool sample_take(struct pnm_decoder *decoder, uint64_t index, uint32_t *sample) {
    const struct pnm_header *header = &decoder->header;
    if (pnm_is_plain(header)) {
        return digits_take(decoder, sample);
    }
    if (header->kind == '4') {
        *sample = decoder->next[index / 8] >> (7 - index % 8) & 1;
    } else if (header->most > 255) {
        *sample = wire_big_16(decoder->next + index * 2);
    } else {
        *sample = decoder->next[index];
    }
    return *sample <= header->most;
}

/* In 8 bits, rounded. A bitmap's 1 is black; in a PAM it is white. */
static uint8_t level_of(const struct pnm_header *header, uint32_t sample) {
    if (header->kind == '1' || header->kind == '4') {
        return sample == 0 ? 255 : 0;
    }
    return (uint8_t)((sample * 255u + header->most / 2) / header->most);
}

static bool row_take(struct pnm_decoder *decoder, uint8_t *rgb) {
    const struct pnm_header *header = &decoder->header;
    uint32_t channels = header->channels, sample;
    uint8_t pixel[4] = {0};
    for (uint64_t x = 0; x < header->width_px; x++) {
        for (uint32_t c = 0; c < channels; c++) {
            if (!sample_take(decoder, x * channels + c, &sample)) {
                return false;
            }
            pixel[c] = level_of(header, sample);
        }
        if (decoder->row != NULL) {
            memcpy(decoder->row + x * channels, pixel, channels);
        } else {
            for (uint32_t c = 0; c < 3; c++) {
                rgb[x * 3 + c] = pixel[channels == 1 ? 0 : c];
            }
        }
    }
    return true;
}

static void row_lay(const struct pnm_decoder *decoder, uint8_t *rgb) {
    const struct decode_job *job = decoder->job;
    uint32_t channels = decoder->header.channels;
    ground_row_note(job->contrast, decoder->row, channels, decoder->header.width_px);
    for (uint32_t x = 0; x < decoder->header.width_px; x++) {
        const uint8_t *pixel = decoder->row + (size_t)x * channels;
        for (uint32_t c = 0; c < 3; c++) {
            rgb[(size_t)x * 3 + c] = ground_over(job->ground, pixel[channels == 2 ? 0 : c], pixel[channels - 1]);
        }
    }
}

static enum lince_status rows_decode(struct pnm_decoder *decoder, struct reducer *reducer) {
    const struct pnm_header *header = &decoder->header;
    size_t row_bytes = pnm_is_plain(header) ? 0 : (size_t)pnm_row_bytes(header);
    enum lince_status status = LINCE_OK;
    for (uint32_t y = 0; y < header->height_px && status == LINCE_OK; y++) {
        if ((size_t)(decoder->end - decoder->next) < row_bytes || !row_take(decoder, reducer_row(reducer))) {
            return decode_damaged(decoder->job, y);
        }
        decoder->next += row_bytes;
        if (decoder->row != NULL) {
            row_lay(decoder, reducer_row(reducer));
        }
        status = reducer_push(reducer);
    }
    return status;
}

static enum lince_status pnm_decode(const struct decode_job *job) {
    struct pnm_decoder decoder = {.job = job};
    struct reducer reducer;
    enum lince_status status = header_check(job->bytes, job->bytes_count, &decoder.header, job->error);
    if (status == LINCE_OK) {
        status = reducer_open(&reducer, job, decoder.header.width_px, decoder.header.height_px, 1);
    }
    if (status != LINCE_OK) {
        return status;
    }
    size_t row_bytes = has_alpha(decoder.header.channels) ? (size_t)decoder.header.width_px * 4 : 0;
    if (row_bytes > 0 && (decoder.row = meter_allocate(job->meter, row_bytes)) == NULL) {
        status = decode_out_of_memory(job, row_bytes);
    } else {
        decoder.next = job->bytes + decoder.header.raster_at;
        decoder.end = job->bytes + job->bytes_count;
        status = rows_decode(&decoder, &reducer);
    }
    meter_free(decoder.row);
    reducer_close(&reducer);
    return status;
}

const struct image_format pnm_format = {
    .format = LINCE_FORMAT_PNM,
    .name = "PNM",
    .matches = pnm_matches,
    .header_read = pnm_header_read,
    .extra_bytes = pnm_extra_bytes,
    .decode = pnm_decode,
};
