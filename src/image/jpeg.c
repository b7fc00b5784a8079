/* jpeg.c - JPEG through libjpeg-turbo: DCT scaling towards the working size, then rows into the reducer. */
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

#include <jerror.h>

#include "base/error.h"
#include "base/meter.h"
#include "image/format.h"
#include "image/jpeg_header.h"
#include "image/reduce.h"

/*
 * A scan takes time for every block of the image, however few bytes it has, so a few kilobytes could take hours.
 * Encoders write about ten scans; even the finest division that the specification allows, with four components, needs
 * fewer than this.
 */
enum { SCAN_COUNT_LIMIT = 500 };

/* The share of decoding that collects the coefficients of several scans. */
#define COLLECTING_SHARE 0.6

/*
 * Tables, state and unused ends of libjpeg's pools, charged at once. Memory that grows with the image is charged as
 * libjpeg requests it.
 */
enum { LIBRARY_FIXED_BYTES = 32 * 1024, LIBRARY_TABLES_BYTES = 32 * 1024, REQUEST_OVERHEAD_BYTES = 128 };

struct jpeg_decoder {
    const struct decode_job *job;
    struct jpeg_frame frame;
    struct jpeg_decompress_struct library;
    struct jpeg_error_mgr errors;
    struct jpeg_source_mgr source;
    struct jpeg_progress_mgr progress;
    struct jpeg_memory_mgr allocate; /* libjpeg's own methods, called by those that charge */
    struct reducer reducer;
    jmp_buf failure;
    enum lince_status status; /* why the decoder jumped to `failure` */
    bool input_ended;         /* libjpeg asked for bytes past the end */
    uint64_t charged_bytes;
    uint32_t components_seen; /* one bit for each component that had a scan */
    uint8_t *inks;            /* owned: a CMYK row; NULL for other images */
};

static struct jpeg_decoder *decoder_of(j_common_ptr library) {
    return library->client_data;
}

_Noreturn static void fail(struct jpeg_decoder *decoder, enum lince_status status) {
    decoder->status = status;
    longjmp(decoder->failure, 1);
}

/* ---- errors of the library ---------------------------------------------------------------------------- */

_Noreturn static void damaged(struct jpeg_decoder *decoder) {
    fail(decoder, decode_damaged(decoder->job, decoder->reducer.source_y));
}

_Noreturn static void unsupported(struct jpeg_decoder *decoder) {
    fail(decoder, error_set(decoder->job->error, LINCE_ERROR_UNSUPPORTED,
                            "this JPEG image is of a variant that is not read (libjpeg's message %d); save it as an "
                            "ordinary JPEG or as PNG",
                            "esta imagen JPEG es de una variante que no se lee (mensaje %d de libjpeg); guárdela como "
                            "JPEG corriente o como PNG",
                            decoder->errors.msg_code));
}

_Noreturn static void error_exit(j_common_ptr library) {
    struct jpeg_decoder *decoder = decoder_of(library);
    switch (library->err->msg_code) {
    case JERR_OUT_OF_MEMORY:
        fail(decoder, decode_out_of_memory(decoder->job, 0));
    case JERR_SOF_UNSUPPORTED:
    case JERR_BAD_PRECISION:
    case JERR_COMPONENT_COUNT:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_CCIR601_NOTIMPL:
    case JERR_FRACT_SAMPLE_NOTIMPL:
    case JERR_ARITH_NOTIMPL:
    case JERR_NOT_COMPILED:
        unsupported(decoder);
    default:
        damaged(decoder);
    }
}

/*
 * Treats warnings after which pixels are guesses as failures. A receipt with guessed digits is worse than one that must
 * be sent again.
 */
static void message_emit(j_common_ptr library, int level) {
    if (level >= 0) {
        return;
    }
    switch (library->err->msg_code) {
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_MUST_RESYNC:
    case JWRN_ARITH_BAD_CODE:
        damaged(decoder_of(library));
    default:
        break;
    }
}

static void message_output(j_common_ptr library) {
    (void)library; /* a library does not print */
}

/* ---- bytes -------------------------------------------------------------------------------------------- */

static void source_begin(j_decompress_ptr library) {
    (void)library;
}

/* After the last byte, supplies end-of-image markers. */
static boolean source_fill(j_decompress_ptr library) {
    static const JOCTET end_of_image[2] = {0xFF, JPEG_EOI};
    decoder_of((j_common_ptr)library)->input_ended = true;
    library->src->next_input_byte = end_of_image;
    library->src->bytes_in_buffer = sizeof end_of_image;
    return TRUE;
}

static void source_skip(j_decompress_ptr library, long bytes) {
    struct jpeg_source_mgr *source = library->src;
    if (bytes <= 0) {
        return;
    }
    if ((size_t)bytes > source->bytes_in_buffer) {
        source_fill(library);
        return;
    }
    source->next_input_byte += bytes;
    source->bytes_in_buffer -= (size_t)bytes;
}

/* ---- memory ------------------------------------------------------------------------------------------- */

/* libjpeg's allocator cannot be replaced, but every request goes through these methods, which can refuse it. */
static void charge(j_common_ptr library, uint64_t bytes) {
    struct jpeg_decoder *decoder = decoder_of(library);
    bytes += REQUEST_OVERHEAD_BYTES;
    if (!meter_charge(decoder->job->meter, bytes)) {
        fail(decoder, decode_out_of_memory(decoder->job, bytes));
    }
    decoder->charged_bytes += bytes;
}

static uint64_t rows_bytes(uint64_t row_bytes, uint64_t rows) {
    return rows * ((row_bytes + 127) / 64 * 64 + sizeof(void *));
}

static void *small_allocate(j_common_ptr library, int pool, size_t bytes) {
    charge(library, bytes);
    return decoder_of(library)->allocate.alloc_small(library, pool, bytes);
}

static void *large_allocate(j_common_ptr library, int pool, size_t bytes) {
    charge(library, bytes);
    return decoder_of(library)->allocate.alloc_large(library, pool, bytes);
}

static JSAMPARRAY samples_allocate(j_common_ptr library, int pool, JDIMENSION row_samples, JDIMENSION rows) {
    charge(library, rows_bytes((uint64_t)row_samples * sizeof(JSAMPLE), rows));
    return decoder_of(library)->allocate.alloc_sarray(library, pool, row_samples, rows);
}

static JBLOCKARRAY blocks_allocate(j_common_ptr library, int pool, JDIMENSION row_blocks, JDIMENSION rows) {
    charge(library, rows_bytes((uint64_t)row_blocks * sizeof(JBLOCK), rows));
    return decoder_of(library)->allocate.alloc_barray(library, pool, row_blocks, rows);
}

static jvirt_barray_ptr blocks_request(j_common_ptr library, int pool, boolean clear, JDIMENSION row_blocks,
                                       JDIMENSION rows, JDIMENSION access_rows) {
    charge(library, rows * ((uint64_t)row_blocks * sizeof(JBLOCK) + sizeof(void *)));
    return decoder_of(library)->allocate.request_virt_barray(library, pool, clear, row_blocks, rows, access_rows);
}

static void library_meter(struct jpeg_decoder *decoder) {
    struct jpeg_memory_mgr *memory = decoder->library.mem;
    decoder->allocate = *memory;
    memory->alloc_small = small_allocate;
    memory->alloc_large = large_allocate;
    memory->alloc_sarray = samples_allocate;
    memory->alloc_barray = blocks_allocate;
    memory->request_virt_barray = blocks_request;
}

/* ---- decoding ----------------------------------------------------------------------------------------- */

/* The working size in the stored orientation. */
static void stored_size(const struct image_header *header, uint32_t width_px, uint32_t height_px,
                        uint32_t *stored_width, uint32_t *stored_height) {
    bool turned = orientation_is_turned(header->orientation);
    *stored_width = turned ? height_px : width_px;
    *stored_height = turned ? width_px : height_px;
}

static uint32_t scaled(uint32_t side_px, uint32_t eighths) {
    return (uint32_t)(((uint64_t)side_px * eighths + 7) / 8);
}

/*
 * The smallest scale, in eighths, that gives at least the working size. Only halves, since libjpeg-turbo has vector
 * code only for them: decoding at the next half and averaging is several times as fast as any scale between.
 */
static uint32_t scale_eighths(const struct image_header *header, uint32_t width_px, uint32_t height_px) {
    uint32_t width, height, eighths = 1;
    stored_size(header, width_px, height_px, &width, &height);
    while (eighths < 8 &&
           (scaled(header->stored_width_px, eighths) < width || scaled(header->stored_height_px, eighths) < height)) {
        eighths *= 2;
    }
    return eighths;
}

static uint64_t jpeg_extra_bytes(const struct image_header *header, uint32_t width_px, uint32_t height_px) {
    uint32_t eighths = scale_eighths(header, width_px, height_px);
    uint64_t width = scaled(header->stored_width_px, eighths);
    uint64_t components = header->channels;
    /* A band of rows, four more groups where the upsampling reads beyond it, and one upsampled band. */
    uint64_t rows = components * header->band_rows_px / 8 * (eighths + 4 + 1);
    uint64_t requests = 64 + rows;
    return LIBRARY_FIXED_BYTES + LIBRARY_TABLES_BYTES + requests * REQUEST_OVERHEAD_BYTES +
           rows_bytes(width + 64, rows) + header->coefficients_bytes + reducer_bytes((uint32_t)width) +
           (components == 4 ? width * 4 + BLOCK_OVERHEAD_BYTES : 0);
}

/* libjpeg calls this for each band while it collects the coefficients of several scans. */
static void collecting(j_common_ptr common) {
    struct jpeg_decoder *decoder = decoder_of(common);
    j_decompress_ptr library = &decoder->library;
    if (library->input_scan_number > SCAN_COUNT_LIMIT) {
        fail(decoder,
             error_set(decoder->job->error, LINCE_ERROR_UNSUPPORTED,
                       "the JPEG image has more than %d scans, which no camera or program writes; save it again",
                       "la imagen JPEG tiene más de %d barridos, que ninguna cámara ni programa escribe; guárdela de "
                       "nuevo",
                       SCAN_COUNT_LIMIT));
    }
    for (int i = 0; i < library->comps_in_scan; i++) {
        decoder->components_seen |= 1u << library->cur_comp_info[i]->component_index;
    }
    size_t left = decoder->input_ended ? 0 : library->src->bytes_in_buffer;
    double share = 1 - (double)left / (double)decoder->job->bytes_count;
    if (library->total_iMCU_rows < 16 || library->input_iMCU_row % (library->total_iMCU_rows / 16) == 0) {
        enum lince_status status = reducer_report(decoder->job, share * COLLECTING_SHARE);
        if (status != LINCE_OK) {
            fail(decoder, status);
        }
    }
}

static void library_open(struct jpeg_decoder *decoder) {
    j_decompress_ptr library = &decoder->library;
    library->err = jpeg_std_error(&decoder->errors);
    decoder->errors.error_exit = error_exit;
    decoder->errors.emit_message = message_emit;
    decoder->errors.output_message = message_output;
    library->client_data = decoder;
    jpeg_create_decompress(library);
    library_meter(decoder);
    decoder->source = (struct jpeg_source_mgr){
        .next_input_byte = decoder->job->bytes,
        .bytes_in_buffer = decoder->job->bytes_count,
        .init_source = source_begin,
        .fill_input_buffer = source_fill,
        .skip_input_data = source_skip,
        .resync_to_restart = jpeg_resync_to_restart,
        .term_source = source_begin,
    };
    library->src = &decoder->source;
}

/* What was priced must be what is decoded; otherwise the file contradicts itself. */
static void agreement_check(struct jpeg_decoder *decoder) {
    j_decompress_ptr library = &decoder->library;
    const struct jpeg_frame *frame = &decoder->frame;
    bool agrees = library->image_width == frame->width_px && library->image_height == frame->height_px &&
                  (uint32_t)library->num_components == frame->component_count &&
                  (jpeg_has_multiple_scans(library) != 0) == frame->several_scans;
    for (uint32_t i = 0; agrees && i < frame->component_count; i++) {
        agrees = library->comp_info[i].h_samp_factor == frame->sampling_x[i] &&
                 library->comp_info[i].v_samp_factor == frame->sampling_y[i];
    }
    if (!agrees) {
        damaged(decoder);
    }
}

/*
 * If a file of several scans ends before all coefficients came, the picture is blurred or discoloured without a
 * warning.
 */
static void completeness_check(struct jpeg_decoder *decoder) {
    j_decompress_ptr library = &decoder->library;
    if (!decoder->input_ended) {
        return;
    }
    for (int component = 0; component < library->num_components; component++) {
        if ((decoder->components_seen >> component & 1) == 0) {
            damaged(decoder);
        }
        for (int i = 0; library->progressive_mode && i < DCTSIZE2; i++) {
            if (library->coef_bits[component][i] != 0) {
                damaged(decoder);
            }
        }
    }
}

static void library_start(struct jpeg_decoder *decoder) {
    const struct decode_job *job = decoder->job;
    j_decompress_ptr library = &decoder->library;
    jpeg_read_header(library, TRUE);
    agreement_check(decoder);
    library->scale_num = scale_eighths(job->header, job->request->width_px, job->request->height_px);
    library->scale_denom = 8;
    library->out_color_space = library->num_components == 4 ? JCS_CMYK : JCS_RGB;
    library->do_block_smoothing = FALSE;
    if (decoder->frame.several_scans) {
        decoder->progress.progress_monitor = collecting;
        library->progress = &decoder->progress;
    }
    jpeg_start_decompress(library);
    library->progress = NULL;
    if (decoder->frame.several_scans) {
        completeness_check(decoder);
        decoder->reducer.share_before = COLLECTING_SHARE;
    }
}

/* Adobe's programs store inverted inks, 255 for none, and mark the file; others store 255 for full ink. */
static void inks_to_rgb(const uint8_t *inks, bool inverted, uint8_t *rgb, size_t count) {
    uint8_t flip = inverted ? 0 : 255;
    for (size_t i = 0; i < count; i++, inks += 4, rgb += 3) {
        uint32_t light = inks[3] ^ flip;
        for (int c = 0; c < 3; c++) {
            uint32_t product = (uint32_t)(inks[c] ^ flip) * light + 128;
            rgb[c] = (uint8_t)((product + (product >> 8)) >> 8); /* divided by 255, rounded */
        }
    }
}

static void rows_decode(struct jpeg_decoder *decoder) {
    j_decompress_ptr library = &decoder->library;
    struct reducer *reducer = &decoder->reducer;
    while (library->output_scanline < library->output_height) {
        JSAMPROW row = reducer_row(reducer);
        JSAMPROW target = decoder->inks != NULL ? decoder->inks : row;
        if (jpeg_read_scanlines(library, &target, 1) != 1) {
            damaged(decoder);
        }
        if (decoder->inks != NULL) {
            inks_to_rgb(decoder->inks, library->saw_Adobe_marker, row, library->output_width);
        }
        enum lince_status status = reducer_push(reducer);
        if (status != LINCE_OK) {
            fail(decoder, status);
        }
    }
}

static enum lince_status decode_steps(struct jpeg_decoder *decoder) {
    const struct decode_job *job = decoder->job;
    if (setjmp(decoder->failure) != 0) {
        return decoder->status;
    }
    library_open(decoder);
    library_start(decoder);
    j_decompress_ptr library = &decoder->library;
    double share_before = decoder->reducer.share_before;
    enum lince_status status =
        reducer_open(&decoder->reducer, job, library->output_width, library->output_height, job->header->orientation);
    if (status != LINCE_OK) {
        return status;
    }
    decoder->reducer.share_before = share_before;
    if (library->out_color_space == JCS_CMYK) {
        size_t row_bytes = (size_t)library->output_width * 4;
        decoder->inks = meter_allocate(job->meter, row_bytes);
        if (decoder->inks == NULL) {
            return decode_out_of_memory(job, row_bytes);
        }
    }
    rows_decode(decoder);
    if (decoder->frame.arithmetic && decoder->input_ended) {
        damaged(decoder); /* the arithmetic decoder takes a missing end for zeros and does not warn */
    }
    return LINCE_OK;
}

static enum lince_status jpeg_decode(const struct decode_job *job) {
    struct jpeg_decoder decoder = {.job = job};
    enum lince_status status = jpeg_frame_read(job->bytes, job->bytes_count, &decoder.frame, job->error);
    if (status != LINCE_OK) {
        return status;
    }
    if (!meter_charge(job->meter, LIBRARY_FIXED_BYTES)) {
        return decode_out_of_memory(job, LIBRARY_FIXED_BYTES);
    }
    decoder.charged_bytes = LIBRARY_FIXED_BYTES;
    status = decode_steps(&decoder);
    jpeg_destroy_decompress(&decoder.library);
    reducer_close(&decoder.reducer);
    meter_free(decoder.inks);
    meter_release(job->meter, decoder.charged_bytes);
    return status;
}

const struct image_format jpeg_format = {
    .format = LINCE_FORMAT_JPEG,
    .name = "JPEG",
    .matches = jpeg_matches,
    .header_read = jpeg_header_read,
    .extra_bytes = jpeg_extra_bytes,
    .decode = jpeg_decode,
};
