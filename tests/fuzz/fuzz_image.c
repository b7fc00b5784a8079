/* fuzz_image.c - random bytes through the decoders, at a size from the last bytes, on a meter with a limit. */
#include <stdint.h>
#include <stdlib.h>

#include "base/meter.h"
#include "image/image.h"
#include "image/image_pages.h"
#include "image/price.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

/* Larger images are right to be slow, and teach nothing more. Those of files with pages are fuzz_pages.c's. */
enum { AREA_MOST_PX = 300000, MEMORY_LIMIT_BYTES = 64 * 1024 * 1024 };

static void expect(int truth) {
    if (!truth) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
    struct image_header header;
    struct lince_error error = LINCE_ERROR_INIT;
    enum lince_status status = image_header_read(bytes, count, &header, &error);
    expect(status == LINCE_OK || (error.status == status && error.message[0] != '\0'));
    if (status != LINCE_OK || pages_kind_of(bytes, count) != NULL ||
        (uint64_t)header.width_px * header.height_px > AREA_MOST_PX) {
        return 0;
    }
    struct meter meter;
    struct image image;
    uint32_t part = 1 + bytes[count - 1] % 7, other_part = 1 + bytes[count / 2] % 7;
    struct image_request request = {.width_px = (header.width_px + part - 1) / part,
                                    .height_px = (header.height_px + other_part - 1) / other_part};
    meter_init(&meter, NULL, "fuzz", MEMORY_LIMIT_BYTES);
    meter.fail_countdown = bytes[count / 3] % 64 == 0 ? 1 + bytes[count / 4] : 0;
    status = image_decode(bytes, count, &request, &meter, &image, &error);
    expect(meter.peak_bytes <= image_decode_bytes(&header, request.width_px, request.height_px));
    if (status == LINCE_OK) {
        expect(image.width_px == request.width_px && image.height_px == request.height_px);
        uint32_t sum = 0; /* every pixel was written, or the memory sanitizer says so */
        for (size_t i = 0; i < image.stride_bytes * image.height_px; i++) {
            sum += image.pixels[i];
        }
        expect(sum <= 255 * 3 * (uint64_t)AREA_MOST_PX);
    } else {
        expect(image.pixels == NULL && error.status == status);
    }
    image_free(&image);
    expect(meter.current_bytes == 0);
    return 0;
}
