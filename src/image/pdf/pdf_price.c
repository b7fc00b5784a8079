/* pdf_price.c - adds up what the pictures of a page take in PDFium, by their size, depth and filter. */
#include "image/pdf/pdf_price.h"

#include <string.h>

#include "base/meter.h"
#include "image/image.h"
#include "image/jpeg_header.h"

enum { NESTING_MOST = 8, OBJECTS_MOST = 100000 };

/* As measured: the samples of JPEG 2000 as integers; all coefficients of a JPEG in several scans. */
enum { JPEG_2000_PX_BYTES = 16, SCANS_PX_BYTES = 7 };
/* Scans are not counted in larger JPEG files. */
enum { JPEG_LOOK_BYTES = 32 << 20 };
/* A pixel of four channels of 16 bits, not compressed: no picture has more bytes in the file. */
enum { RAW_PX_BYTES = 8 };
/* PDFium keeps a decoded picture until the page is closed, unless it is as large as this; of several no more than that.
 */
enum { KEPT_PICTURE_BYTES = 60000000, KEPT_BYTES_MOST = 100 << 20 };
/* The depth of a picture that PDFium cannot tell. */
enum { COLOUR_BITS = 24 };

struct pricing {
    FPDF_PAGE page;
    struct meter *meter;
    uint64_t longest_stream_bytes;
    uint64_t decoding_bytes; /* of the picture that takes most while it is decoded */
    uint64_t raw_bytes;      /* of the picture that has most in the file */
    uint64_t kept_bytes;     /* of all decoded pictures that are kept */
};

bool pdf_price_has_memory(struct meter *meter, uint64_t bytes) {
    uint64_t beside = bytes < PDF_PRICE_FIXED_BYTES ? bytes : PDF_PRICE_FIXED_BYTES;
    void *probe = bytes > SIZE_MAX - beside ? NULL : meter_allocate(meter, (size_t)(bytes + beside));
    meter_free(probe);
    return probe != NULL;
}

/* What libjpeg collects for a JPEG picture in several scans; 0 for one scan. */
static uint64_t scans_bytes(const struct pricing *pricing, FPDF_PAGEOBJECT picture, uint64_t raw_bytes, uint64_t px) {
    struct image_header header = {.format = LINCE_FORMAT_JPEG};
    bool may = raw_bytes <= JPEG_LOOK_BYTES &&
               pdf_price_has_memory(pricing->meter, 2 * raw_bytes); /* PDFium's copy and ours */
    uint8_t *bytes = may ? meter_allocate(pricing->meter, raw_bytes) : NULL;
    if (bytes == NULL) {
        return px * SCANS_PX_BYTES;
    }
    call_FPDFImageObj_GetImageDataRaw(picture, bytes, raw_bytes);
    bool read = jpeg_header_read(bytes, raw_bytes, &header, NULL) == LINCE_OK;
    meter_free(bytes);
    return read ? header.coefficients_bytes : 0;
}

/*
 * The bytes of the picture as they are in the file. PDFium copies them to count them: where there is no memory for
 * that, the most that they may be.
 */
static uint64_t picture_raw_bytes(const struct pricing *pricing, FPDF_PAGEOBJECT picture, uint64_t px) {
    uint64_t longest = pricing->longest_stream_bytes, most = px * RAW_PX_BYTES < longest ? px * RAW_PX_BYTES : longest;
    return pdf_price_has_memory(pricing->meter, most) ? call_FPDFImageObj_GetImageDataRaw(picture, NULL, 0) : most;
}

/* The bytes of the decoded picture that PDFium keeps; 0 for one that it decodes row by row each time. */
static uint64_t picture_kept_bytes(const struct pricing *pricing, FPDF_PAGEOBJECT picture, uint64_t px) {
    FPDF_IMAGEOBJ_METADATA facts = {.bits_per_pixel = 0};
    bool told = call_FPDFImageObj_GetImageMetadata(picture, pricing->page, &facts) != 0 && facts.bits_per_pixel > 0;
    uint64_t bytes = px * (told ? facts.bits_per_pixel : COLOUR_BITS) / 8;
    return bytes < KEPT_PICTURE_BYTES ? bytes : 0;
}

static void picture_add(struct pricing *pricing, FPDF_PAGEOBJECT picture) {
    unsigned int width = 0, height = 0;
    char filter[24] = "";
    int filter_count = call_FPDFImageObj_GetImageFilterCount(picture);
    if (call_FPDFImageObj_GetImagePixelSize(picture, &width, &height) == 0) {
        return;
    }
    if (filter_count > 0) {
        call_FPDFImageObj_GetImageFilter(picture, filter_count - 1, filter, sizeof filter);
    }
    uint64_t px = (uint64_t)width * height, raw_bytes = picture_raw_bytes(pricing, picture, px);
    uint64_t bytes = raw_bytes * 2 + px / 2; /* as measured */
    if (strcmp(filter, "JPXDecode") == 0) {
        bytes += px * JPEG_2000_PX_BYTES; /* to ask for its depth would decode it */
    } else {
        bytes += strcmp(filter, "DCTDecode") == 0 ? scans_bytes(pricing, picture, raw_bytes, px) : 0;
        pricing->kept_bytes += picture_kept_bytes(pricing, picture, px);
    }
    pricing->decoding_bytes = bytes > pricing->decoding_bytes ? bytes : pricing->decoding_bytes;
    pricing->raw_bytes = raw_bytes > pricing->raw_bytes ? raw_bytes : pricing->raw_bytes;
}

/* The object, or what a form has in it. */
static void object_add(struct pricing *pricing, FPDF_PAGEOBJECT object, int nesting) {
    int type = call_FPDFPageObj_GetType(object);
    if (type == PDFIUM_OBJECT_IMAGE) {
        picture_add(pricing, object);
        return;
    }
    int count = type == PDFIUM_OBJECT_FORM && nesting < NESTING_MOST ? call_FPDFFormObj_CountObjects(object) : 0;
    for (int i = 0; i < count && i < OBJECTS_MOST; i++) {
        object_add(pricing, call_FPDFFormObj_GetObject(object, (unsigned long)i), nesting + 1);
    }
}

uint64_t pdf_price_page_bytes(FPDF_PAGE page, struct meter *meter, uint64_t longest_stream_bytes) {
    struct pricing pricing = {.page = page, .meter = meter, .longest_stream_bytes = longest_stream_bytes};
    int count = call_FPDFPage_CountObjects(page);
    for (int i = 0; i < count && i < OBJECTS_MOST; i++) {
        object_add(&pricing, call_FPDFPage_GetObject(page, i), 0);
    }
    uint64_t kept = pricing.kept_bytes < KEPT_BYTES_MOST ? pricing.kept_bytes : KEPT_BYTES_MOST;
    uint64_t keeping = pricing.raw_bytes + kept;
    return PDF_PRICE_FIXED_BYTES + (pricing.decoding_bytes > keeping ? pricing.decoding_bytes : keeping);
}
