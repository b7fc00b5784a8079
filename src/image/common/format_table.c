/* format_table.c - all formats: by the first bytes of a file, or by number. */
#include "image/format.h"
#include "image/image_pages.h"
#include "image/isolation.h"

static const struct image_format *const formats[] = {&jpeg_format, &png_format,  &webp_format, &bmp_format,
                                                     &gif_format,  &tiff_format, &pdf_format,  &heif_format,
                                                     &avif_format, &jxl_format,  &jp2_format,  &pnm_format};

const struct image_format *image_format_of(const uint8_t *bytes, size_t bytes_count) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (formats[i]->matches(bytes, bytes_count)) {
            return formats[i];
        }
    }
    return NULL;
}

void image_load_libraries(void) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (formats[i]->load != NULL) {
            (void)formats[i]->load(NULL);
        }
    }
}

const struct image_format *format_by_number(enum lince_format format) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (formats[i]->format == format) {
            return formats[i];
        }
    }
    return NULL;
}

bool image_wants_isolation(const struct image_format *format) {
    return format->pages != NULL || format == &heif_format || format == &avif_format || format == &jxl_format ||
           format == &jp2_format;
}

const struct pages_kind *pages_kind_of(const uint8_t *bytes, size_t bytes_count) {
    const struct image_format *format = image_format_of(bytes, bytes_count);
    return format == NULL ? NULL : format->pages;
}
