/* pdf_flate.h - what a Flate stream of a PDF file unpacks to, without keeping it. */
#ifndef LINCE_IMAGE_PDF_PDF_FLATE_H
#define LINCE_IMAGE_PDF_PDF_FLATE_H

#include "image/source.h"

struct meter;

/*
 * The bytes that the data at `at` unpacks to; some more than `most_bytes` if it unpacks to more. 0 without memory for
 * zlib. `is_well`: the data is of zlib's form, as far as it was unpacked.
 */
uint64_t pdf_flate_bytes(const struct source *source, uint64_t at, struct meter *meter, uint64_t most_bytes,
                         bool *is_well);

#endif
