/*
 * heif.c - HEIC, HEIF and AVIF through libheif, which decodes a whole image and turns it upright itself.
 *
 * libheif has no allocation hooks. Its memory was measured; it is priced from the image's size and charged at once.
 */
#include <string.h>

#include <libheif/heif.h>

#include "base/error.h"
#include "base/meter.h"
#include "base/wire_number.h"
#include "image/format.h"
#include "image/header/heif_pictures.h"
#include "image/library.h"
#include "image/reduce.h"

#define HEIF_FUNCTIONS(each)                                                                                           \
    each(heif_context_alloc) each(heif_context_free) each(heif_context_read_from_memory_without_copy)                  \
        each(heif_context_get_primary_image_handle) each(heif_image_handle_release) each(heif_image_handle_get_width)  \
            each(heif_image_handle_get_height) each(heif_image_handle_has_alpha_channel) each(heif_decode_image)       \
                each(heif_image_get_plane_readonly) each(heif_image_get_width) each(heif_image_get_height)             \
                    each(heif_image_release) each(heif_context_set_max_decoding_threads) each(heif_init)

HEIF_FUNCTIONS(LIBRARY_PLACE)

static struct library library = {.file = LINCE_HEIF_LIBRARY,
                                 .package = "libheif1",
                                 .format = "HEIC/AVIF",
                                 .functions = LIBRARY_FUNCTIONS(HEIF_FUNCTIONS),
                                 .lock = LIBRARY_LOCK};

/* Measured: the decoders' code and threads; planes, frames that the decoder keeps, and RGBA. */
enum { LIBRARY_FIXED_BYTES = 16 << 20, LIBRARY_PX_BYTES = 9 };

enum { BRANDS_AT = 16, BRANDS_LIMIT_BYTES = 256 };

/* ---- brands ------------------------------------------------------------------------------------------- */

static bool brand_is(const uint8_t *brand, const char *const *brands) {
    for (; *brands != NULL; brands++) {
        if (memcmp(brand, *brands, 4) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether the first box names one of the brands as major or compatible (ISO/IEC 14496-12, 4.3). */
static bool box_names(const uint8_t *bytes, size_t bytes_count, const char *const *brands) {
    if (bytes_count < BRANDS_AT || memcmp(bytes + 4, "ftyp", 4) != 0) {
        return false;
    }
    size_t size = wire_big_32(bytes), end = size < bytes_count ? size : bytes_count;
    bool found = brand_is(bytes + 8, brands);
    for (size_t at = BRANDS_AT; at + 4 <= end && at < BRANDS_LIMIT_BYTES && !found; at += 4) {
        found = brand_is(bytes + at, brands);
    }
    return found;
}

static bool avif_matches(const uint8_t *bytes, size_t bytes_count) {
    static const char *const brands[] = {"avif", "avis", NULL};
    return box_names(bytes, bytes_count, brands);
}

static bool heif_matches(const uint8_t *bytes, size_t bytes_count) {
    static const char *const brands[] = {"heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", NULL};
    return !avif_matches(bytes, bytes_count) && box_names(bytes, bytes_count, brands);
}

/* ---- the library -------------------------------------------------------------------------------------- */

struct heif_file {
    struct heif_context *context;
    struct heif_image_handle *handle; /* the file's primary image */
};

static enum lince_status failure(const struct heif_error *reason, enum lince_format format, struct lince_error *error) {
    switch (reason->code) {
    case heif_error_Memory_allocation_error:
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "libheif has no memory for the image (%s)",
                         "libheif no tiene memoria para la imagen (%s)", reason->message);
    case heif_error_Unsupported_feature:
    case heif_error_Unsupported_filetype:
    case heif_error_Decoder_plugin_error:
    case heif_error_Plugin_loading_error:
        return error_set(error, LINCE_ERROR_UNSUPPORTED,
                         "libheif does not decode this image (%s); convert it to JPEG or PNG",
                         "libheif no decodifica esta imagen (%s); conviértala a JPEG o PNG", reason->message);
    default:
        return error_set(error, LINCE_ERROR_DAMAGED,
                         "the %s image is truncated or damaged (%s); get the file again from its source",
                         "la imagen %s está truncada o dañada (%s); vuelva a obtener el archivo de su origen",
                         (format == LINCE_FORMAT_AVIF ? avif_format : heif_format).name, reason->message);
    }
}

static void file_close(struct heif_file *file) {
    if (file->handle != NULL) {
        call_heif_image_handle_release(file->handle);
    }
    if (file->context != NULL) {
        call_heif_context_free(file->context);
    }
}

/* It looks for plug-ins on the disk when it is first used. */
static enum lince_status heif_load(struct lince_error *error) {
    enum lince_status status = library_load(&library, error);
    if (status == LINCE_OK && call_heif_init(NULL).code != heif_error_Ok) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for libheif", "no hay memoria para libheif");
    }
    return status;
}

static enum lince_status file_open(struct heif_file *file, const uint8_t *bytes, size_t bytes_count,
                                   enum lince_format format, struct lince_error *error) {
    *file = (struct heif_file){0};
    enum lince_status status = library_load(&library, error);
    if (status != LINCE_OK) {
        return status;
    }
    file->context = call_heif_context_alloc();
    if (file->context == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for libheif", "no hay memoria para libheif");
    }
    call_heif_context_set_max_decoding_threads(file->context, 0);
    struct heif_error reason = call_heif_context_read_from_memory_without_copy(file->context, bytes, bytes_count, NULL);
    if (reason.code == heif_error_Ok) {
        reason = call_heif_context_get_primary_image_handle(file->context, &file->handle);
    }
    if (reason.code != heif_error_Ok) {
        status = failure(&reason, format, error);
        file_close(file);
    }
    return status;
}

static enum lince_status heif_header_read(const uint8_t *bytes, size_t bytes_count, struct image_header *header,
                                          struct lince_error *error) {
    struct heif_file file;
    enum lince_status status = file_open(&file, bytes, bytes_count, header->format, error);
    if (status != LINCE_OK) {
        return status;
    }
    int width = call_heif_image_handle_get_width(file.handle), height = call_heif_image_handle_get_height(file.handle);
    header->stored_width_px = width < 0 ? 0 : (uint32_t)width;
    header->stored_height_px = height < 0 ? 0 : (uint32_t)height;
    header->channels = call_heif_image_handle_has_alpha_channel(file.handle) != 0 ? 4 : 3;
    header->bits = 8;
    header->animated = heif_pictures_has_more(bytes, bytes_count);
    header->wants_whole = true;
    header->library_bytes =
        LIBRARY_FIXED_BYTES + (uint64_t)header->stored_width_px * header->stored_height_px * LIBRARY_PX_BYTES;
    file_close(&file);
    return LINCE_OK;
}

static uint64_t heif_extra_bytes(const struct image_header *header, uint32_t width_px, uint32_t height_px) {
    (void)width_px;
    (void)height_px;
    return header->library_bytes + reducer_bytes(header->stored_width_px);
}

/* ---- decoding ----------------------------------------------------------------------------------------- */

static enum lince_status rows_give(const struct decode_job *job, const struct heif_image *image) {
    const struct image_header *header = job->header;
    int stride = 0;
    const uint8_t *rows = call_heif_image_get_plane_readonly(image, heif_channel_interleaved, &stride);
    if (rows == NULL || call_heif_image_get_width(image, heif_channel_interleaved) != (int)header->stored_width_px ||
        call_heif_image_get_height(image, heif_channel_interleaved) != (int)header->stored_height_px) {
        return decode_damaged(job, 0);
    }
    return reducer_take_rows(job, rows, (size_t)stride);
}

static enum lince_status image_give(const struct decode_job *job, const struct heif_file *file) {
    struct heif_image *image = NULL;
    bool visible = job->header->channels == 4;
    struct heif_error reason =
        call_heif_decode_image(file->handle, &image, heif_colorspace_RGB,
                               visible ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB, NULL);
    if (reason.code != heif_error_Ok) {
        return failure(&reason, job->header->format, job->error);
    }
    enum lince_status status = rows_give(job, image);
    call_heif_image_release(image);
    return status;
}

static enum lince_status heif_decode(const struct decode_job *job) {
    uint64_t library_bytes = job->header->library_bytes;
    struct heif_file file;
    if (!meter_charge(job->meter, library_bytes)) {
        return decode_out_of_memory(job, library_bytes);
    }
    enum lince_status status = file_open(&file, job->bytes, job->bytes_count, job->header->format, job->error);
    if (status == LINCE_OK) {
        status = image_give(job, &file);
        file_close(&file);
    }
    meter_release(job->meter, library_bytes);
    return status;
}

const struct image_format heif_format = {
    .format = LINCE_FORMAT_HEIF,
    .name = "HEIC",
    .matches = heif_matches,
    .header_read = heif_header_read,
    .extra_bytes = heif_extra_bytes,
    .decode = heif_decode,
    .load = heif_load,
};

const struct image_format avif_format = {
    .format = LINCE_FORMAT_AVIF,
    .name = "AVIF",
    .matches = avif_matches,
    .header_read = heif_header_read,
    .extra_bytes = heif_extra_bytes,
    .decode = heif_decode,
    .load = heif_load,
};
