/*
 * zxing.h - the C interface of our build of ZXing-C++: zxing.cpp is compiled into it by scripts/setup.
 *
 * The library has an operator new of its own, which asks the caller for every byte. It keeps its C++ library to itself.
 */
#ifndef LINCE_CODES_ZXING_H
#define LINCE_CODES_ZXING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Incremented when this file changes, so that a library of another version is refused. */
enum { ZXING_INTERFACE = 1 };

/* The numbers of enum lince_code_kind. */
enum zxing_kind {
    ZXING_QR = 1,
    ZXING_EAN_13 = 2,
    ZXING_EAN_8 = 3,
    ZXING_UPC_A = 4,
    ZXING_UPC_E = 5,
    ZXING_CODE_128 = 6,
    ZXING_CODE_39 = 7,
    ZXING_ITF = 8,
    ZXING_PDF_417 = 9,
    ZXING_DATA_MATRIX = 10,
    ZXING_AZTEC = 11,
};

/* A code that was found. Everything is borrowed. */
struct zxing_code {
    uint32_t kind;
    const char *text; /* UTF-8; NULL if the code says that its bytes are not text */
    size_t text_bytes;
    const uint8_t *bytes;
    size_t bytes_count;
    int32_t corners_px[8]; /* x and y of upper left, upper right, lower right, lower left, as the code stands */
};

enum { ZXING_CODES_LIMIT = 255 }; /* in one picture */

struct zxing_job {
    const uint8_t *pixels; /* one byte each, 0 is black */
    uint32_t width_px, height_px;
    size_t stride_bytes;
    /* False refuses the memory, and the search ends. Called in this thread. */
    bool (*charge)(void *context, size_t bytes);
    void (*release)(void *context, size_t bytes);
    bool (*take)(void *context, const struct zxing_code *code); /* false ends the search */
    void *context;
};

/*
 * Gives every code of the picture to `take`. False if memory was refused or `take` ended the search; then some codes
 * may be missing. All that was charged is released at the end. Thread-safe.
 */
__attribute__((visibility("default"))) bool lince_zxing_read(const struct zxing_job *job);

__attribute__((visibility("default"))) uint32_t lince_zxing_interface(void);

#ifdef __cplusplus
}
#endif

#endif
