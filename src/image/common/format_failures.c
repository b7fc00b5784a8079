/* format_failures.c - the failures that all formats share, and what decoding costs in one of them. */
#include <inttypes.h>

#include "base/error.h"
#include "image/format.h"

uint64_t image_result_bytes(uint32_t width_px, uint32_t height_px) {
    return (uint64_t)width_px * height_px * 3 + BLOCK_OVERHEAD_BYTES;
}

uint64_t format_decode_bytes(const struct image_format *format, const struct image_header *header, uint32_t width_px,
                             uint32_t height_px) {
    uint64_t result_bytes = image_result_bytes(width_px, height_px);
    return result_bytes + format->extra_bytes(header, width_px, height_px) + (header->is_elsewhere ? result_bytes : 0);
}

enum lince_status decode_out_of_memory(const struct decode_job *job, uint64_t bytes) {
    uint32_t width = job->request->width_px, height = job->request->height_px;
    struct size_text whole = size_for_people(format_decode_bytes(job->format, job->header, width, height));
    struct size_text asked = size_for_people(bytes);
    return error_set(job->error, LINCE_ERROR_MEMORY_LIMIT,
                     "decoding the image at %" PRIu32 " x %" PRIu32 " pixels takes up to %s, and the memory limit "
                     "refused a block of %s; raise the limit or read at a smaller size",
                     "decodificar la imagen a %" PRIu32 " x %" PRIu32 " píxeles ocupa hasta %s, y el límite de memoria "
                     "negó un bloque de %s; suba el límite o lea a un tamaño menor",
                     width, height, whole.text, asked.text);
}

enum lince_status decode_damaged(const struct decode_job *job, uint32_t row) {
    return error_set(job->error, LINCE_ERROR_DAMAGED,
                     "the %s image is truncated or damaged: %" PRIu32 " of its %" PRIu32 " rows could be decoded; get "
                     "the file again from its source",
                     "la imagen %s está truncada o dañada: se pudieron decodificar %" PRIu32 " de sus %" PRIu32
                     " filas; vuelva a obtener el archivo de su origen",
                     job->format->name, row, job->header->stored_height_px);
}

enum lince_status format_header_damaged(const char *name, struct lince_error *error) {
    return error_set(error, LINCE_ERROR_DAMAGED,
                     "the header of the %s image is truncated or damaged; get the file again from its source",
                     "la cabecera de la imagen %s está truncada o dañada; vuelva a obtener el archivo de su origen",
                     name);
}
