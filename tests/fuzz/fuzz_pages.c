/* fuzz_pages.c - random bytes as a file with pages: opened, counted, and its first pages decoded small, on a meter. */
#include <stdint.h>
#include <stdlib.h>

#include "base/meter.h"
#include "image/image_pages.h"
#include "image/price.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

enum { AREA_MOST_PX = 300000, MEMORY_LIMIT_BYTES = 256 * 1024 * 1024, PAGES_MOST = 3 };

static void expect(int truth) {
    if (!truth) {
        abort();
    }
}

static void page_try(struct pages *pages, uint32_t index, uint32_t part, struct meter *meter) {
    struct lince_error error = LINCE_ERROR_INIT;
    struct image_header header;
    struct image image;
    uint64_t before_bytes = meter->current_bytes;
    if (pages_header_read(pages, index, &header, &error) != LINCE_OK) {
        expect(error.message[0] != '\0');
        return;
    }
    if ((uint64_t)header.stored_width_px * header.stored_height_px > AREA_MOST_PX) {
        return;
    }
    struct image_request request = {.width_px = (header.width_px + part - 1) / part,
                                    .height_px = (header.height_px + part - 1) / part};
    meter->peak_bytes = before_bytes;
    enum lince_status status = pages_decode(pages, index, &request, meter, &image, &error);
    expect(meter->peak_bytes <= before_bytes + image_decode_bytes(&header, request.width_px, request.height_px));
    expect((status == LINCE_OK) == (image.pixels != NULL));
    image_free(&image);
    expect(meter->current_bytes == before_bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    const struct pages_kind *kind = count == 0 ? NULL : pages_kind_of(bytes, count);
    struct lince_error error = LINCE_ERROR_INIT;
    struct source source = source_of_bytes(bytes, count);
    struct pages *pages = NULL;
    struct meter meter;
    if (kind == NULL) {
        return 0;
    }
    meter_init(&meter, NULL, "fuzz", MEMORY_LIMIT_BYTES);
    enum lince_status status = pages_open(kind, &source, NULL, &meter, &pages, &error);
    expect(status == LINCE_OK ? pages->count >= 1 : error.status == status && error.message[0] != '\0');
    for (uint32_t i = 0; status == LINCE_OK && i < pages->count && i < PAGES_MOST; i++) {
        page_try(pages, i, 1 + bytes[count / 2] % 7, &meter);
    }
    pages_close(pages);
    expect(meter.current_bytes == 0);
    return 0;
}
