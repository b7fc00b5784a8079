/*
 * jp2.c - JPEG 2000 through OpenJPEG, which decodes a whole image, halved as often as the working size allows.
 *
 * OpenJPEG has no allocation hooks. Its memory was measured and is charged at once.
 */
#include <math.h>
#include <string.h>

#include <openjpeg.h>

#include "base/error.h"
#include "base/meter.h"
#include "image/format.h"
#include "image/header/jp2_header.h"
#include "image/library.h"
#include "image/reduce.h"

#define OPENJPEG_FUNCTIONS(each)                                                                                       \
    each(opj_set_default_decoder_parameters) each(opj_create_decompress) each(opj_setup_decoder)                       \
        each(opj_decoder_set_strict_mode) each(opj_read_header) each(opj_decode) each(opj_end_decompress)              \
            each(opj_destroy_codec) each(opj_image_destroy) each(opj_stream_create) each(opj_stream_destroy)           \
                each(opj_stream_set_read_function) each(opj_stream_set_skip_function)                                  \
                    each(opj_stream_set_seek_function) each(opj_stream_set_user_data)                                  \
                        each(opj_stream_set_user_data_length)

OPENJPEG_FUNCTIONS(LIBRARY_PLACE)

static struct library library = {.file = LINCE_OPENJPEG_LIBRARY,
                                 .package = "libopenjp2-7",
                                 .format = "JPEG 2000",
                                 .functions = LIBRARY_FUNCTIONS(OPENJPEG_FUNCTIONS),
                                 .lock = LIBRARY_LOCK};

/*
 * Measured: the library; the compressed bytes, joined by tile; samples of 4 bytes, for a tile and for the image; a code
 * block with its passes, in every level; the structs of a tile and of its components.
 */
enum { LIBRARY_FIXED_BYTES = 4 << 20, COMPRESSED_COPIES = 2, SAMPLE_BYTES = 4, CODE_BLOCK_BYTES = 512 };
enum { TILE_BYTES = 6 << 10, TILE_COMPONENT_BYTES = 2 << 10, STREAM_BYTES = 64 << 10 };

static enum lince_status jp2_load(struct lince_error *error) {
    return library_load(&library, error);
}

/* ---- header -------------------------------------------------------------------------------------------- */

/* Halvings that leave the image at least as large as the working size. */
static uint32_t halvings_for(const struct image_header *header, uint32_t width_px, uint32_t height_px) {
    uint32_t halvings = 0;
    while (halvings < header->halvings_most && header->stored_width_px >> (halvings + 1) >= width_px &&
           header->stored_height_px >> (halvings + 1) >= height_px) {
        halvings++;
    }
    return halvings;
}

/* The samples of the image, of one tile if there are several, and of a palette's columns. */
static uint64_t samples_bytes(const struct jp2_header *found) {
    uint64_t px = (uint64_t)found->width_px * found->height_px;
    uint64_t tile_px = found->tile_count > 1 ? (uint64_t)found->tile_width_px * found->tile_height_px : 0;
    uint64_t shown = found->shown_count > found->component_count ? found->shown_count : 0;
    return ((px + tile_px) * found->component_count + px * shown) * SAMPLE_BYTES;
}

static uint64_t fixed_bytes(const struct jp2_header *found, size_t bytes_count) {
    uint64_t tile_px = (uint64_t)found->tile_width_px * found->tile_height_px;
    uint64_t blocks = (tile_px / found->block_px + 64) * 4 / 3 * found->component_count;
    return LIBRARY_FIXED_BYTES + (uint64_t)bytes_count * COMPRESSED_COPIES + blocks * CODE_BLOCK_BYTES +
           found->tile_count * (TILE_BYTES + (uint64_t)found->component_count * TILE_COMPONENT_BYTES);
}

/* The bytes that OpenJPEG takes for an image that it halves while it decodes. */
static uint64_t openjpeg_bytes(const struct image_header *header, uint32_t width_px, uint32_t height_px) {
    uint32_t halvings = halvings_for(header, width_px, height_px);
    return header->library_bytes + (header->coefficients_bytes >> (2 * halvings)) +
           (halvings > 0 ? (uint64_t)(header->stored_width_px + header->stored_height_px) * 4 * SAMPLE_BYTES : 0);
}

static enum lince_status jp2_header_fill(const uint8_t *bytes, size_t bytes_count, struct image_header *header,
                                         struct lince_error *error) {
    struct jp2_header found;
    if (!jp2_header_read(bytes, bytes_count, &found)) {
        return format_header_damaged(jp2_format.name, error);
    }
    if (found.shown_count > 4 || found.bits > 16) {
        return error_set(error, LINCE_ERROR_UNSUPPORTED,
                         "JPEG 2000 images with %u components of %u bits are not read; save it with at most 4 of 16",
                         "no se leen imágenes JPEG 2000 con %u componentes de %u bits; guárdela con 4 de 16 como mucho",
                         found.shown_count, found.bits);
    }
    header->stored_width_px = found.width_px;
    header->stored_height_px = found.height_px;
    header->channels = found.shown_count;
    header->bits = found.bits > 8 ? 16 : 8;
    header->halvings_most = found.level_count;
    header->coefficients_bytes = samples_bytes(&found);
    header->library_bytes = fixed_bytes(&found, bytes_count);
    return LINCE_OK;
}

static uint64_t jp2_extra_bytes(const struct image_header *header, uint32_t width_px, uint32_t height_px) {
    return openjpeg_bytes(header, width_px, height_px) + (uint64_t)header->stored_width_px * 4 + BLOCK_OVERHEAD_BYTES +
           reducer_bytes(header->stored_width_px);
}

/* ---- OpenJPEG's reading --------------------------------------------------------------------------------- */

struct input {
    const uint8_t *bytes;
    size_t bytes_count, at;
};

static OPJ_SIZE_T input_read(void *target, OPJ_SIZE_T count, void *context) {
    struct input *input = context;
    size_t left = input->bytes_count - input->at, taken = count < left ? count : left;
    memcpy(target, input->bytes + input->at, taken);
    input->at += taken;
    return taken == 0 ? (OPJ_SIZE_T)-1 : taken;
}

static OPJ_OFF_T input_skip(OPJ_OFF_T count, void *context) {
    struct input *input = context;
    if (count < 0 || (uint64_t)count > input->bytes_count - input->at) {
        input->at = input->bytes_count;
        return -1;
    }
    input->at += (size_t)count;
    return count;
}

static OPJ_BOOL input_seek(OPJ_OFF_T at, void *context) {
    struct input *input = context;
    if (at < 0 || (uint64_t)at > input->bytes_count) {
        return OPJ_FALSE;
    }
    input->at = (size_t)at;
    return OPJ_TRUE;
}

static opj_stream_t *stream_open(struct input *input) {
    opj_stream_t *stream = call_opj_stream_create(STREAM_BYTES, OPJ_TRUE);
    if (stream != NULL) {
        call_opj_stream_set_user_data(stream, input, NULL);
        call_opj_stream_set_user_data_length(stream, input->bytes_count);
        call_opj_stream_set_read_function(stream, input_read);
        call_opj_stream_set_skip_function(stream, input_skip);
        call_opj_stream_set_seek_function(stream, input_seek);
    }
    return stream;
}

/* Gives the decoded image; NULL if it is damaged or cut short. */
static opj_image_t *image_decode_whole(const struct decode_job *job, bool is_file, uint32_t halvings) {
    struct input input = {job->bytes, job->bytes_count, 0};
    opj_dparameters_t parameters;
    opj_image_t *image = NULL;
    opj_stream_t *stream = stream_open(&input);
    opj_codec_t *codec = call_opj_create_decompress(is_file ? OPJ_CODEC_JP2 : OPJ_CODEC_J2K);
    call_opj_set_default_decoder_parameters(&parameters);
    parameters.cp_reduce = halvings;
    bool decoded = stream != NULL && codec != NULL && call_opj_setup_decoder(codec, &parameters) &&
                   call_opj_decoder_set_strict_mode(codec, OPJ_TRUE) && call_opj_read_header(stream, codec, &image) &&
                   call_opj_decode(codec, stream, image) && call_opj_end_decompress(codec, stream);
    if (codec != NULL) {
        call_opj_destroy_codec(codec);
    }
    if (stream != NULL) {
        call_opj_stream_destroy(stream);
    }
    if (!decoded && image != NULL) {
        call_opj_image_destroy(image);
        image = NULL;
    }
    return image;
}

/* ---- pixels --------------------------------------------------------------------------------------------- */

/* Turns the samples of a decoded image into pixels. */
struct shown {
    const struct decode_job *job;
    const opj_image_t *image;
    uint8_t *row; /* of colour and alpha */
    uint32_t width_px, height_px;
    bool is_cmyk, is_yellow_blue, has_alpha; /* is_yellow_blue: luma and two differences of colour */
};

/* A sample of a component, which may be coarser than the image, in 8 bits. */
static uint8_t sample_of(const struct shown *shown, uint32_t component, uint32_t x, uint32_t y) {
    const opj_image_comp_t *found = &shown->image->comps[component];
    uint64_t at_x = (uint64_t)x * found->w / shown->width_px, at_y = (uint64_t)y * found->h / shown->height_px;
    int64_t most = (INT64_C(1) << found->prec) - 1;
    int64_t value = found->data[at_y * found->w + at_x] + (found->sgnd ? INT64_C(1) << (found->prec - 1) : 0);
    value = value < 0 ? 0 : value > most ? most : value;
    return (uint8_t)((value * 255 + most / 2) / most);
}

static uint8_t level_of(double value) {
    return (uint8_t)lround(fmin(fmax(value, 0), 255));
}

/* The inverse of the transform of ITU-R BT.601, as in JPEG. */
static void rgb_from_differences(uint8_t rgb[3]) {
    double luma = rgb[0], blue = rgb[1] - 128.0, red = rgb[2] - 128.0;
    rgb[0] = level_of(luma + 1.402 * red);
    rgb[1] = level_of(luma - 0.344136 * blue - 0.714136 * red);
    rgb[2] = level_of(luma + 1.772 * blue);
}

static void row_fill(void *context, uint32_t y, uint8_t *rgb) {
    const struct shown *shown = context;
    const struct decode_job *job = shown->job;
    uint32_t count = shown->image->numcomps;
    uint8_t *pixel = shown->row;
    for (uint32_t x = 0; x < shown->width_px; x++, pixel += 4) {
        for (uint32_t c = 0; c < 3; c++) {
            pixel[c] = sample_of(shown, count >= 3 ? c : 0, x, y);
        }
        pixel[3] = shown->has_alpha ? sample_of(shown, count - 1, x, y) : 255;
        if (shown->is_yellow_blue) {
            rgb_from_differences(pixel);
        } else if (shown->is_cmyk) {
            uint32_t light = 255u - sample_of(shown, 3, x, y);
            for (uint32_t c = 0; c < 3; c++) {
                pixel[c] = (uint8_t)((255u - pixel[c]) * light / 255);
            }
        }
    }
    ground_row_lay(job->contrast, job->ground, shown->row, shown->width_px, rgb);
}

/* Whether every component has pixels of a depth that is read. */
static bool is_whole(const opj_image_t *image) {
    for (uint32_t i = 0; i < image->numcomps; i++) {
        const opj_image_comp_t *found = &image->comps[i];
        if (found->data == NULL || found->w == 0 || found->h == 0 || found->prec == 0 || found->prec > 16) {
            return false;
        }
    }
    return image->numcomps >= 1 && image->numcomps <= 4;
}

/* `shown` has its job and its row. */
static enum lince_status image_give(struct shown *shown, const struct jp2_header *found, const opj_image_t *image) {
    const struct decode_job *job = shown->job;
    if (!is_whole(image)) {
        return decode_damaged(job, 0);
    }
    uint32_t count = image->numcomps;
    shown->image = image;
    shown->width_px = image->comps[0].w;
    shown->height_px = image->comps[0].h;
    shown->is_cmyk = count == 4 && (found->is_cmyk || image->color_space == OPJ_CLRSPC_CMYK);
    shown->is_yellow_blue = count >= 3 && image->color_space == OPJ_CLRSPC_SYCC;
    shown->has_alpha = count == 2 || (count == 4 && !shown->is_cmyk);
    if (shown->width_px > job->header->stored_width_px || shown->width_px < job->request->width_px ||
        shown->height_px < job->request->height_px) {
        return decode_damaged(job, 0);
    }
    return reducer_take_whole(job, shown->width_px, shown->height_px, row_fill, shown);
}

static enum lince_status jp2_decode(const struct decode_job *job) {
    struct jp2_header found;
    const struct image_request *request = job->request;
    uint64_t library_bytes = openjpeg_bytes(job->header, request->width_px, request->height_px);
    uint32_t halvings = halvings_for(job->header, request->width_px, request->height_px);
    enum lince_status status = jp2_load(job->error);
    if (status != LINCE_OK) {
        return status;
    }
    if (!jp2_header_read(job->bytes, job->bytes_count, &found) ||
        !jp2_tiles_agree(job->bytes, job->bytes_count, &found)) {
        return decode_damaged(job, 0);
    }
    if (!meter_charge(job->meter, library_bytes)) {
        return decode_out_of_memory(job, library_bytes);
    }
    size_t row_bytes = (size_t)job->header->stored_width_px * 4;
    struct shown shown = {.job = job, .row = meter_allocate(job->meter, row_bytes)};
    opj_image_t *image = NULL;
    if (shown.row == NULL) {
        status = decode_out_of_memory(job, row_bytes);
    } else {
        image = image_decode_whole(job, found.is_file, halvings);
        status = image == NULL ? decode_damaged(job, 0) : image_give(&shown, &found, image);
    }
    if (image != NULL) {
        call_opj_image_destroy(image);
    }
    meter_free(shown.row);
    meter_release(job->meter, library_bytes);
    return status;
}

const struct image_format jp2_format = {
    .format = LINCE_FORMAT_JP2,
    .name = "JPEG 2000",
    .matches = jp2_matches,
    .header_read = jp2_header_fill,
    .extra_bytes = jp2_extra_bytes,
    .decode = jp2_decode,
    .load = jp2_load,
};
