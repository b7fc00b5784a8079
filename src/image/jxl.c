/*
 * jxl.c - JPEG XL through libjxl, which decodes a whole image. It is turned upright here, since libjxl would need a set
 * of planes more for that.
 *
 * Its large buffers bypass its allocation hooks. Its memory was measured and is charged at once.
 */
#include <string.h>

#include <jxl/decode.h>

#include "base/error.h"
#include "base/meter.h"
#include "image/format.h"
#include "image/library.h"
#include "image/reduce.h"

#define JXL_FUNCTIONS(each)                                                                                            \
    each(JxlDecoderCreate) each(JxlDecoderDestroy) each(JxlDecoderSubscribeEvents) each(JxlDecoderSetInput)            \
        each(JxlDecoderCloseInput) each(JxlDecoderProcessInput) each(JxlDecoderGetBasicInfo)                           \
            each(JxlDecoderSetImageOutBuffer) each(JxlDecoderImageOutBufferSize) each(JxlDecoderSetKeepOrientation)

JXL_FUNCTIONS(LIBRARY_PLACE)

static struct library library = {.file = LINCE_JXL_LIBRARY,
                                 .package = "libjxl",
                                 .format = "JPEG XL",
                                 .functions = LIBRARY_FUNCTIONS(JXL_FUNCTIONS),
                                 .lock = LIBRARY_LOCK};

/*
 * Measured, for each pixel, with noise and the strongest filters: an image of colours alone goes through the library in
 * groups. One with alpha or other channels is whole in planes of floats, several sets of them.
 */
enum { LIBRARY_FIXED_BYTES = 16 << 20, PLAIN_PX_BYTES = 12, MORE_PX_BYTES = 56, CHANNEL_PX_BYTES = 8 };

static bool jxl_matches(const uint8_t *bytes, size_t bytes_count) {
    return (bytes_count >= 2 && memcmp(bytes, "\xFF\x0A", 2) == 0) ||
           (bytes_count >= 12 && memcmp(bytes, "\0\0\0\x0CJXL \r\n\x87\n", 12) == 0);
}

static enum lince_status jxl_load(struct lince_error *error) {
    return library_load(&library, error);
}

/* Gives a decoder at the start of the bytes that stops at `events`. It has all the bytes. */
static enum lince_status decoder_open(const uint8_t *bytes, size_t bytes_count, int events, JxlDecoder **decoder,
                                      struct lince_error *error) {
    enum lince_status status = jxl_load(error);
    if (status != LINCE_OK) {
        return status;
    }
    *decoder = call_JxlDecoderCreate(NULL);
    if (*decoder == NULL || call_JxlDecoderSubscribeEvents(*decoder, events) != JXL_DEC_SUCCESS ||
        call_JxlDecoderSetKeepOrientation(*decoder, JXL_TRUE) != JXL_DEC_SUCCESS ||
        call_JxlDecoderSetInput(*decoder, bytes, bytes_count) != JXL_DEC_SUCCESS) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for libjxl", "no hay memoria para libjxl");
    }
    call_JxlDecoderCloseInput(*decoder);
    return LINCE_OK;
}

/* What the library takes for a pixel. */
static uint64_t pixel_bytes(const JxlBasicInfo *info) {
    uint32_t more = info->num_extra_channels;
    return more == 0 && !info->have_animation ? PLAIN_PX_BYTES : MORE_PX_BYTES + (uint64_t)more * CHANNEL_PX_BYTES;
}

static enum lince_status jxl_header_read(const uint8_t *bytes, size_t bytes_count, struct image_header *header,
                                         struct lince_error *error) {
    JxlDecoder *decoder = NULL;
    JxlBasicInfo info = {0};
    enum lince_status status = decoder_open(bytes, bytes_count, JXL_DEC_BASIC_INFO, &decoder, error);
    if (status == LINCE_OK && (call_JxlDecoderProcessInput(decoder) != JXL_DEC_BASIC_INFO ||
                               call_JxlDecoderGetBasicInfo(decoder, &info) != JXL_DEC_SUCCESS)) {
        status = format_header_damaged(jxl_format.name, error);
    }
    if (decoder != NULL) {
        call_JxlDecoderDestroy(decoder);
    }
    if (status != LINCE_OK) {
        return status;
    }
    header->stored_width_px = info.xsize;
    header->stored_height_px = info.ysize;
    header->channels = info.alpha_bits > 0 ? 4 : 3;
    header->bits = 8;
    header->orientation = (uint32_t)info.orientation;
    header->animated = info.have_animation != 0;
    uint64_t px = (uint64_t)info.xsize * info.ysize;
    header->library_bytes =
        LIBRARY_FIXED_BYTES + px * pixel_bytes(&info) + px * header->channels + BLOCK_OVERHEAD_BYTES;
    return LINCE_OK;
}

static uint64_t jxl_extra_bytes(const struct image_header *header, uint32_t width_px, uint32_t height_px) {
    (void)width_px;
    (void)height_px;
    return header->library_bytes + reducer_bytes(header->stored_width_px);
}

/* ---- decoding ----------------------------------------------------------------------------------------- */

/* Fills `pixels` with the first frame. */
static bool pixels_decode(JxlDecoder *decoder, const JxlPixelFormat *format, uint8_t *pixels, size_t pixels_bytes) {
    size_t needed_bytes;
    return call_JxlDecoderProcessInput(decoder) == JXL_DEC_NEED_IMAGE_OUT_BUFFER &&
           call_JxlDecoderImageOutBufferSize(decoder, format, &needed_bytes) == JXL_DEC_SUCCESS &&
           needed_bytes == pixels_bytes &&
           call_JxlDecoderSetImageOutBuffer(decoder, format, pixels, pixels_bytes) == JXL_DEC_SUCCESS &&
           call_JxlDecoderProcessInput(decoder) == JXL_DEC_FULL_IMAGE;
}

static enum lince_status image_give(const struct decode_job *job, uint8_t *pixels, size_t pixels_bytes) {
    const JxlPixelFormat format = {job->header->channels, JXL_TYPE_UINT8, JXL_NATIVE_ENDIAN, 0};
    JxlDecoder *decoder = NULL;
    enum lince_status status = decoder_open(job->bytes, job->bytes_count, JXL_DEC_FULL_IMAGE, &decoder, job->error);
    if (status == LINCE_OK && !pixels_decode(decoder, &format, pixels, pixels_bytes)) {
        status = decode_damaged(job, 0);
    }
    if (decoder != NULL) {
        call_JxlDecoderDestroy(decoder);
    }
    size_t row_bytes = (size_t)job->header->stored_width_px * job->header->channels;
    return status == LINCE_OK ? reducer_take_rows(job, pixels, row_bytes) : status;
}

static enum lince_status jxl_decode(const struct decode_job *job) {
    const struct image_header *header = job->header;
    size_t pixels_bytes = (size_t)header->stored_width_px * header->stored_height_px * header->channels;
    uint64_t library_bytes = header->library_bytes - pixels_bytes - BLOCK_OVERHEAD_BYTES;
    if (!meter_charge(job->meter, library_bytes)) {
        return decode_out_of_memory(job, library_bytes);
    }
    uint8_t *pixels = meter_allocate(job->meter, pixels_bytes);
    enum lince_status status =
        pixels == NULL ? decode_out_of_memory(job, pixels_bytes) : image_give(job, pixels, pixels_bytes);
    meter_free(pixels);
    meter_release(job->meter, library_bytes);
    return status;
}

const struct image_format jxl_format = {
    .format = LINCE_FORMAT_JXL,
    .name = "JPEG XL",
    .matches = jxl_matches,
    .header_read = jxl_header_read,
    .extra_bytes = jxl_extra_bytes,
    .decode = jxl_decode,
    .load = jxl_load,
};
