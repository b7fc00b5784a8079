/*
 * codes.h - bar codes and matrix codes in an image, by ZXing-C++, which is loaded when the first image asks for it.
 *
 * Codes are sought in grey, at the image's own size or at a half, a third or a quarter of it, which takes less memory
 * and loses small codes.
 */
#ifndef LINCE_CODES_CODES_H
#define LINCE_CODES_CODES_H

#include <stdbool.h>

#include "base/progress.h"
#include "image/image.h"

struct arena;
struct meter;

enum { CODES_REDUCTION_MOST = 4, CODES_LIMIT = 255 };

/* An upper bound for ordinary pages; a hostile one may ask for more, and is refused at its budget. */
uint64_t codes_price_bytes(uint32_t width_px, uint32_t height_px, uint32_t reduction);

struct codes_request {
    const struct image *image; /* borrowed */
    uint32_t reduction;        /* 1 to CODES_REDUCTION_MOST */
    uint64_t budget_bytes;     /* the most that the search may hold on `meter` */
    struct meter *meter;
    struct arena *scratch; /* as it was when the search ends */
    const struct progress *progress;
};

/* What was found, on the caller's arena, in pixels of the source, from top to bottom. */
struct code_list {
    struct lince_code *items;
    size_t count;
    bool was_refused; /* memory was, so codes may be missing */
    bool is_full;     /* there are CODES_LIMIT of them, and perhaps more on the image */
};

/* Fails with UNSUPPORTED if the library is not installed, and with CANCELLED. Thread-safe. */
enum lince_status codes_find(const struct codes_request *request, struct arena *arena, struct code_list *list,
                             struct lince_error *error);

/* Loads the library, for a process that is about to lose its files. UNSUPPORTED if it is not installed. */
enum lince_status codes_load(struct lince_error *error);

#endif
