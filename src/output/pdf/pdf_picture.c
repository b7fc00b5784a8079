/* pdf_picture.c - passes JPEG and PNG bytes on, and deflates other images row by row. */
#include "output/pdf/pdf_picture.h"

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/meter.h"
#include "base/wire_number.h"
#include "image/common/deflater.h"
#include "image/common/fax_strip.h"
#include "image/common/shades.h"
#include "image/image.h"
#include "image/jpeg_header.h"
#include "image/price.h"

enum { PNG_SIGNATURE_BYTES = 8, PNG_CHUNK_FRAME_BYTES = 12, PNG_IHDR_BYTES = 13, RGB_CHANNELS = 3 };
enum { PNG_GREY = 0, PNG_RGB = 2, PNG_PALETTE = 3 };
enum { JPEG_JFIF_BYTES = 12 };

/* Values outside this range were left there by a program and are no real size. */
#define LEAST_DOTS_PER_INCH 72.0
#define MOST_DOTS_PER_INCH 1200.0
#define INCHES_PER_METRE 39.3701
#define INCHES_PER_CENTIMETRE 0.393701

static double dots_believed(double dots) {
    return dots >= LEAST_DOTS_PER_INCH && dots <= MOST_DOTS_PER_INCH ? dots : PDF_DOTS_PER_INCH;
}

static enum lince_status no_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                     "no memory for this picture in the PDF file; raise the memory limit",
                     "no hay memoria para esta imagen en el archivo PDF; suba el límite de memoria");
}

static void stream_append(struct buffer *buffer, const struct pdf_picture *picture, const char *details,
                          size_t length_bytes) {
    buffer_format(buffer, "<< /Type /XObject /Subtype /Image /Width %u /Height %u %s /Length %zu >>\nstream\n",
                  picture->width_px, picture->height_px, details, length_bytes);
}

/* ---- JPEG --------------------------------------------------------------------------------------------- */

/* The density in a JFIF header, which is the first segment if there is one (ITU-T T.871, 10.1). */
static double jpeg_dots(const uint8_t *bytes, size_t bytes_count) {
    const uint8_t *body = bytes + 6;
    if (bytes_count < 6 + JPEG_JFIF_BYTES || bytes[3] != 0xE0 || memcmp(body, "JFIF", 5) != 0) {
        return PDF_DOTS_PER_INCH;
    }
    double dots = wire_big_16(body + 8), inches_per_unit = body[7] == 2 ? INCHES_PER_CENTIMETRE : 1.0;
    return body[7] == 0 ? PDF_DOTS_PER_INCH : dots_believed(dots / inches_per_unit);
}

/* Four components are CMYK, which every program writes inverted (Adobe's convention). */
static bool jpeg_append(const uint8_t *bytes, size_t bytes_count, struct pdf_picture *picture, struct buffer *buffer) {
    struct jpeg_frame frame;
    struct lince_error ignored = LINCE_ERROR_INIT;
    if (!jpeg_matches(bytes, bytes_count) || jpeg_frame_read(bytes, bytes_count, &frame, &ignored) != LINCE_OK ||
        frame.arithmetic) {
        return false;
    }
    picture->dots_per_inch = jpeg_dots(bytes, bytes_count);
    picture->is_cmyk = frame.component_count > 3;
    const char *details = frame.component_count == 1   ? "/ColorSpace /DeviceGray"
                          : frame.component_count == 3 ? "/ColorSpace /DeviceRGB"
                                                       : "/ColorSpace /DeviceCMYK /Decode [1 0 1 0 1 0 1 0]";
    char all[128];
    snprintf(all, sizeof all, "%s /BitsPerComponent 8 /Filter /DCTDecode", details);
    stream_append(buffer, picture, all, bytes_count);
    buffer_append(buffer, bytes, bytes_count);
    return true;
}

/* ---- PNG ---------------------------------------------------------------------------------------------- */

struct png_parts {
    uint32_t bits, color;
    const uint8_t *palette;
    size_t palette_bytes, data_bytes;
    bool has_transparency;
    double dots;
};

/* Gives each chunk's body in turn; 0 at the end, and if the file is cut short. */
static const uint8_t *chunk_next(const uint8_t *bytes, size_t bytes_count, size_t *at, size_t *length) {
    if (bytes_count - *at < PNG_CHUNK_FRAME_BYTES) {
        return NULL;
    }
    *length = wire_big_32(bytes + *at);
    if (*length > bytes_count - *at - PNG_CHUNK_FRAME_BYTES) {
        return NULL;
    }
    const uint8_t *chunk = bytes + *at + 4;
    *at += *length + PNG_CHUNK_FRAME_BYTES;
    return chunk;
}

static struct png_parts png_parts_find(const uint8_t *bytes, size_t bytes_count) {
    struct png_parts parts = {.dots = PDF_DOTS_PER_INCH};
    size_t at = PNG_SIGNATURE_BYTES, length = 0;
    for (const uint8_t *chunk; (chunk = chunk_next(bytes, bytes_count, &at, &length)) != NULL;) {
        const uint8_t *body = chunk + 4;
        if (memcmp(chunk, "IHDR", 4) == 0 && length >= PNG_IHDR_BYTES) {
            parts.bits = body[8];
            parts.color = body[9];
        } else if (memcmp(chunk, "PLTE", 4) == 0) {
            parts.palette = body;
            parts.palette_bytes = length;
        } else if (memcmp(chunk, "tRNS", 4) == 0) {
            parts.has_transparency = true;
        } else if (memcmp(chunk, "pHYs", 4) == 0 && length >= 9 && body[8] == 1) {
            parts.dots = dots_believed(wire_big_32(body) / INCHES_PER_METRE);
        } else if (memcmp(chunk, "IDAT", 4) == 0) {
            parts.data_bytes += length;
        }
    }
    return parts;
}

static void png_palette_append(const struct png_parts *parts, struct buffer *buffer) {
    buffer_format(buffer, "/ColorSpace [/Indexed /DeviceRGB %zu <", parts->palette_bytes / RGB_CHANNELS - 1);
    for (size_t i = 0; i < parts->palette_bytes; i++) {
        buffer_format(buffer, "%02x", parts->palette[i]);
    }
    buffer_text(buffer, ">] ");
}

static bool png_append(const uint8_t *bytes, size_t bytes_count, const struct image_header *header,
                       struct pdf_picture *picture, struct buffer *buffer) {
    struct png_parts parts = png_parts_find(bytes, bytes_count);
    picture->dots_per_inch = parts.dots;
    bool has_palette = parts.palette_bytes >= RGB_CHANNELS && parts.palette_bytes <= 256 * RGB_CHANNELS &&
                       parts.palette_bytes % RGB_CHANNELS == 0;
    bool fits = parts.color == PNG_GREY || parts.color == PNG_RGB || (parts.color == PNG_PALETTE && has_palette);
    if (!fits || parts.has_transparency || header->in_passes || parts.data_bytes == 0) {
        return false;
    }
    buffer_format(buffer, "<< /Type /XObject /Subtype /Image /Width %u /Height %u /BitsPerComponent %u ",
                  picture->width_px, picture->height_px, parts.bits);
    if (parts.color == PNG_PALETTE) {
        png_palette_append(&parts, buffer);
    } else {
        buffer_format(buffer, "/ColorSpace /Device%s ", parts.color == PNG_GREY ? "Gray" : "RGB");
    }
    buffer_format(buffer,
                  "/Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors %u /BitsPerComponent %u /Columns %u >> "
                  "/Length %zu >>\nstream\n",
                  parts.color == PNG_RGB ? RGB_CHANNELS : 1, parts.bits, picture->width_px, parts.data_bytes);
    size_t at = PNG_SIGNATURE_BYTES, length = 0;
    for (const uint8_t *chunk; (chunk = chunk_next(bytes, bytes_count, &at, &length)) != NULL;) {
        if (memcmp(chunk, "IDAT", 4) == 0) {
            buffer_append(buffer, chunk + 4, length);
        }
    }
    return true;
}

/* ---- fax strips --------------------------------------------------------------------------------------- */

static void fax_measure(const struct fax_strip *strip, struct pdf_picture *picture) {
    *picture = (struct pdf_picture){.width_px = strip->width_px,
                                    .height_px = strip->height_px,
                                    .orientation = strip->orientation,
                                    .dots_per_inch = dots_believed(strip->dots_per_inch)};
}

/* The strip or the rows as they are (ISO 32000-1, 7.4.4 and 7.4.6). */
static void fax_append(const struct fax_strip *strip, const uint8_t *bytes, size_t bytes_count,
                       const struct pdf_picture *picture, struct buffer *buffer) {
    char details[192] = "/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /FlateDecode";
    size_t strip_bytes = bytes_count - sizeof *strip;
    if (strip->is_deflated == 0) {
        snprintf(details, sizeof details,
                 "/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns "
                 "%u /Rows %u%s >>",
                 strip->width_px, strip->height_px, strip->black_is_one != 0 ? " /BlackIs1 true" : "");
    }
    stream_append(buffer, picture, details, strip_bytes);
    buffer_append(buffer, bytes + sizeof *strip, strip_bytes);
}

/* ---- pixels ------------------------------------------------------------------------------------------- */

/* What a row of the stream holds. */
static unsigned row_bytes_of(enum shades shades, uint32_t width_px) {
    return shades == SHADES_COLOUR ? width_px * RGB_CHANNELS : shades == SHADES_GREY ? width_px : (width_px + 7) / 8;
}

/* Packs samples of one bit, eight to a byte, the first in its highest bit. In place. */
static void bits_pack(uint8_t *samples, uint32_t count) {
    for (uint32_t x = 0; x < count; x += 8) {
        unsigned byte = 0;
        for (uint32_t bit = 0; bit < 8; bit++) {
            byte = byte << 1 | (x + bit < count ? samples[x + bit] : 0);
        }
        samples[x / 8] = (uint8_t)byte;
    }
}

/* Grey pixels go in as one sample, and black and white ones as one bit. */
static enum lince_status image_deflate(const struct image *image, enum shades shades, struct buffer *data,
                                       struct lince_error *error) {
    struct deflater deflater;
    uint8_t *samples = meter_allocate(data->meter, image->width_px);
    if (samples == NULL) {
        return no_memory(error);
    }
    deflater_begin(&deflater, data);
    for (uint32_t row = 0; row < image->height_px; row++) {
        const uint8_t *pixels = image->pixels + row * image->stride_bytes;
        if (shades != SHADES_COLOUR) {
            shades_row(shades, pixels, image->width_px, samples);
        }
        if (shades == SHADES_BILEVEL) {
            bits_pack(samples, image->width_px);
        }
        deflater_add(&deflater, shades == SHADES_COLOUR ? pixels : samples, row_bytes_of(shades, image->width_px));
    }
    deflater_end(&deflater);
    meter_free(samples);
    return data->refused ? no_memory(error) : LINCE_OK;
}

static enum lince_status pixels_append(const uint8_t *bytes, size_t bytes_count, const struct image_header *header,
                                       struct meter *meter, struct pdf_picture *picture, struct buffer *buffer,
                                       struct lince_error *error) {
    struct image_request request = {.width_px = header->width_px, .height_px = header->height_px};
    struct image image = {0};
    enum lince_status status = image_decode(bytes, bytes_count, &request, meter, &image, error);
    if (status != LINCE_OK) {
        return status;
    }
    picture->width_px = image.width_px;
    picture->height_px = image.height_px;
    picture->orientation = 1; /* decoding turned it already */
    struct buffer data;
    buffer_init(&data, meter);
    enum shades shades = shades_of(&image);
    status = image_deflate(&image, shades, &data, error);
    image_free(&image);
    if (status == LINCE_OK) {
        static const char *const details[] = {
            [SHADES_COLOUR] = "/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode",
            [SHADES_GREY] = "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode",
            [SHADES_BILEVEL] = "/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /FlateDecode"};
        stream_append(buffer, picture, details[shades], data.used_bytes);
        buffer_append(buffer, data.bytes, data.used_bytes);
    }
    buffer_free(&data);
    return status;
}

enum lince_status pdf_picture_measure(const uint8_t *bytes, size_t bytes_count, struct pdf_picture *picture,
                                      struct lince_error *error) {
    struct image_header header;
    struct fax_strip strip;
    if (fax_strip_read(bytes, bytes_count, &strip)) {
        fax_measure(&strip, picture);
        return LINCE_OK;
    }
    enum lince_status status = image_header_read(bytes, bytes_count, &header, error);
    if (status != LINCE_OK) {
        return status;
    }
    double dots = header.format == LINCE_FORMAT_JPEG  ? jpeg_dots(bytes, bytes_count)
                  : header.format == LINCE_FORMAT_PNG ? png_parts_find(bytes, bytes_count).dots
                                                      : PDF_DOTS_PER_INCH;
    *picture = (struct pdf_picture){.width_px = header.stored_width_px,
                                    .height_px = header.stored_height_px,
                                    .orientation = header.orientation,
                                    .dots_per_inch = dots};
    return LINCE_OK;
}

enum lince_status pdf_picture_append(const uint8_t *bytes, size_t bytes_count, struct meter *meter,
                                     struct pdf_picture *picture, struct buffer *buffer, struct lince_error *error) {
    struct image_header header;
    struct fax_strip strip;
    if (fax_strip_read(bytes, bytes_count, &strip)) {
        fax_measure(&strip, picture);
        fax_append(&strip, bytes, bytes_count, picture, buffer);
        buffer_text(buffer, "\nendstream");
        return buffer->refused ? no_memory(error) : LINCE_OK;
    }
    enum lince_status status = image_header_read(bytes, bytes_count, &header, error);
    if (status != LINCE_OK) {
        return status;
    }
    *picture = (struct pdf_picture){.width_px = header.stored_width_px,
                                    .height_px = header.stored_height_px,
                                    .orientation = header.orientation,
                                    .dots_per_inch = PDF_DOTS_PER_INCH};
    bool passed = header.format == LINCE_FORMAT_JPEG  ? jpeg_append(bytes, bytes_count, picture, buffer)
                  : header.format == LINCE_FORMAT_PNG ? png_append(bytes, bytes_count, &header, picture, buffer)
                                                      : false;
    if (!passed) {
        status = pixels_append(bytes, bytes_count, &header, meter, picture, buffer, error);
    }
    buffer_text(buffer, "\nendstream");
    return status == LINCE_OK && buffer->refused ? no_memory(error) : status;
}
