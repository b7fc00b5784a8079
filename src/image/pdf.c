/*
 * pdf.c - pages of a PDF file through PDFium, drawn in bands at the size at which they are read.
 *
 * All calls are inside PDFium's lock. PDFium keeps what it parses until the document is closed, so the document is
 * closed and opened again after a number of pages, and memory does not grow.
 */
#include <inttypes.h>
#include <math.h>
#include <pthread.h>
#include <string.h>

#include "base/error.h"
#include "base/meter.h"
#include "image/image_pages.h"
#include "image/pdf/pdf_layer.h"
#include "image/pdf/pdf_price.h"
#include "image/pdf/pdf_scan.h"
#include "image/pdf/pdf_streams.h"
#include "image/pdfium.h"
#include "image/reduce.h"

/* Ordinary letters read best at 200 to 300 dots per inch; small pages are drawn finer than large ones. */
static const double DPI_LEAST = 200, DPI_MOST = 300, POINTS_PER_INCH = 72, PAGE_AREA_PX = 4.0e6;

enum { BAND_ROWS = 256, PAGES_PER_OPENING = 16 };

static const struct pages_kind pdf_kind;

struct pdf_pages {
    struct pages pages;
    const char *password; /* borrowed; NULL: none */
    FPDF_FILEACCESS access;
    FPDF_DOCUMENT document; /* NULL: closed for now */
    FPDF_FORMFILLINFO form_info;
    FPDF_FORMHANDLE form;
    FPDF_PAGE page; /* NULL: no page is loaded */
    uint32_t page_index, loaded_count;
    uint64_t longest_stream_bytes; /* at most: the file's size, or what the file shows once that was looked at */
    bool streams_seen;
};

/* "%PDF-" in the first kilobyte, where all readers look for it. */
static bool pdf_matches(const uint8_t *bytes, size_t bytes_count) {
    static const char start[5] = {'%', 'P', 'D', 'F', '-'};
    for (size_t at = 0; at < 1024 && at + sizeof start <= bytes_count; at++) {
        if (memcmp(bytes + at, start, sizeof start) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- the document ------------------------------------------------------------------------------------- */

static void page_unload(struct pdf_pages *opened) {
    if (opened->page != NULL) {
        call_FPDF_ClosePage(opened->page);
    }
    opened->page = NULL;
}

static void document_unload(struct pdf_pages *opened) {
    page_unload(opened);
    if (opened->form != NULL) {
        call_FPDFDOC_ExitFormFillEnvironment(opened->form);
    }
    if (opened->document != NULL) {
        call_FPDF_CloseDocument(opened->document);
    }
    opened->form = NULL;
    opened->document = NULL;
}

static enum lince_status open_failed(const struct pdf_pages *opened, struct lince_error *error) {
    unsigned long reason = call_FPDF_GetLastError();
    if (reason == PDFIUM_ERROR_PASSWORD && opened->password == NULL) {
        return error_set(
            error, LINCE_ERROR_UNSUPPORTED,
            "the PDF file is encrypted; give its password with --password-file or in LINCE_PASSWORD, or "
            "send it decrypted, as `qpdf --decrypt` writes it",
            "el archivo PDF está cifrado; indique su contraseña con --password-file o en LINCE_PASSWORD, o "
            "envíelo descifrado, como lo escribe `qpdf --decrypt`");
    }
    if (reason == PDFIUM_ERROR_PASSWORD) {
        return error_set(error, LINCE_ERROR_UNSUPPORTED,
                         "the PDF file is encrypted, and the password given does not open it",
                         "el archivo PDF está cifrado y la contraseña dada no lo abre");
    }
    if (reason == PDFIUM_ERROR_SECURITY) {
        return error_set(error, LINCE_ERROR_UNSUPPORTED,
                         "the PDF file is encrypted in a way that PDFium does not know; print it to a new PDF file",
                         "el archivo PDF está cifrado de un modo que PDFium no conoce; imprímalo a otro archivo PDF");
    }
    return error_set(error, LINCE_ERROR_DAMAGED, "the PDF file is truncated or damaged; get it again from its source",
                     "el archivo PDF está truncado o dañado; vuelva a obtenerlo de su origen");
}

static enum lince_status document_load(struct pdf_pages *opened, struct lince_error *error) {
    if (opened->document != NULL) {
        return LINCE_OK;
    }
    opened->access = pdfium_access(&opened->pages.source);
    opened->document = pdfium_open(&opened->access, opened->password);
    if (opened->document == NULL) {
        return open_failed(opened, error);
    }
    opened->form_info = (FPDF_FORMFILLINFO){.version = 1};
    opened->form = call_FPDFDOC_InitFormFillEnvironment(opened->document, &opened->form_info);
    opened->loaded_count = 0;
    return LINCE_OK;
}

static enum lince_status pages_count(struct pdf_pages *opened, struct lince_error *error) {
    enum lince_status status = document_load(opened, error);
    int count = status == LINCE_OK ? call_FPDF_GetPageCount(opened->document) : 0;
    if (status != LINCE_OK) {
        return status;
    }
    if (count < 1) {
        return error_set(error, LINCE_ERROR_DAMAGED, "the PDF file has no page", "el archivo PDF no tiene páginas");
    }
    if (count > PAGES_LIMIT) {
        return error_set(error, LINCE_ERROR_TOO_LARGE, "the PDF file has %d pages; at most %d are read",
                         "el archivo PDF tiene %d páginas; se leen como máximo %d", count, PAGES_LIMIT);
    }
    opened->pages.count = (uint32_t)count;
    return LINCE_OK;
}

static void pdf_close(struct pages *pages) {
    struct pdf_pages *opened = (struct pdf_pages *)pages;
    pthread_mutex_lock(&pdfium_lock);
    document_unload(opened);
    pthread_mutex_unlock(&pdfium_lock);
    meter_free(opened);
}

static enum lince_status pdf_open(const struct source *source, const struct pages_options *options, struct meter *meter,
                                  struct pages **pages, struct lince_error *error) {
    enum lince_status status = pdfium_load(error);
    if (status != LINCE_OK) {
        return status;
    }
    struct pdf_pages *opened = meter_new(meter, struct pdf_pages);
    if (opened == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for a PDF file's own %zu bytes",
                         "no hay memoria para los %zu bytes propios de un archivo PDF", sizeof *opened);
    }
    opened->pages = (struct pages){.kind = &pdf_kind, .source = *source, .meter = meter};
    opened->password = options->password;
    opened->longest_stream_bytes = source->size_bytes;
    pthread_mutex_lock(&pdfium_lock);
    status = pages_count(opened, error);
    pthread_mutex_unlock(&pdfium_lock);
    if (status != LINCE_OK) {
        pdf_close(&opened->pages);
        return status;
    }
    *pages = &opened->pages;
    return LINCE_OK;
}

/* PDFium loads a stream whole when it meets it: a page is loaded only where the longest one has room. */
static enum lince_status streams_check(struct pdf_pages *opened, struct lince_error *error) {
    if (!opened->streams_seen && !pdf_price_has_memory(opened->pages.meter, opened->longest_stream_bytes)) {
        opened->longest_stream_bytes = pdf_streams_longest(&opened->pages.source);
        opened->streams_seen = true;
    }
    uint64_t longest = opened->longest_stream_bytes;
    if (pdf_price_has_memory(opened->pages.meter, longest)) {
        return LINCE_OK;
    }
    double mb = (double)(longest + PDF_PRICE_FIXED_BYTES) / (1 << 20);
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                     "the PDF file has a picture or another part of up to %.0f MB, and the memory limit leaves less; "
                     "raise it by %.0f MB",
                     "el archivo PDF tiene una imagen u otra parte de hasta %.0f MB y el límite de memoria deja menos; "
                     "súbalo %.0f MB",
                     (double)longest / (1 << 20), ceil(mb));
}

/* Loads page `index`. */
static enum lince_status page_load(struct pdf_pages *opened, uint32_t index, struct lince_error *error) {
    if (opened->page != NULL && opened->page_index == index) {
        return LINCE_OK;
    }
    page_unload(opened);
    if (opened->loaded_count >= PAGES_PER_OPENING) {
        document_unload(opened);
    }
    enum lince_status status = document_load(opened, error);
    if (status != LINCE_OK) {
        return status;
    }
    status = streams_check(opened, error);
    if (status != LINCE_OK) {
        return status;
    }
    opened->page = call_FPDF_LoadPage(opened->document, (int)index);
    opened->page_index = index;
    opened->loaded_count++;
    return opened->page != NULL ? LINCE_OK
                                : error_set(error, LINCE_ERROR_DAMAGED, "page %" PRIu32 " of the PDF file is damaged",
                                            "la página %" PRIu32 " del archivo PDF está dañada", index + 1);
}

/* ---- header ------------------------------------------------------------------------------------------- */

static uint32_t side_round(double px) {
    return (uint32_t)fmax(1, fmin(IMAGE_SIDE_LIMIT_PX, round(px)));
}

static double drawing_dpi(double width, double height) {
    double area = width * height / (POINTS_PER_INCH * POINTS_PER_INCH);
    return fmin(fmax(sqrt(PAGE_AREA_PX / fmax(area, 1e-6)), DPI_LEAST), DPI_MOST);
}

/*
 * A scan is drawn pixel by pixel, or in a whole fraction of its size if it is finer than DPI_MOST: stretching it takes
 * up to ten times as long. A file may give any size in inches, so PAGE_AREA_PX are kept where the scan has them.
 */
static bool scan_measure(const struct pdf_pages *opened, double width, double height, uint32_t *width_px,
                         uint32_t *height_px) {
    double across, down;
    if (!pdf_scan_find(opened->page, width, height, &across, &down)) {
        return false;
    }
    double most = DPI_MOST / POINTS_PER_INCH * 1.01, part = 1;
    while (across / part > width * most && across * down / ((part + 1) * (part + 1)) >= PAGE_AREA_PX) {
        part++;
    }
    *width_px = side_round(across / part);
    *height_px = side_round(down / part);
    return true;
}

/* Whether the page is a scan; and the size that it has as an image. */
static bool page_measure(const struct pdf_pages *opened, uint32_t *width_px, uint32_t *height_px) {
    double width = call_FPDF_GetPageWidthF(opened->page), height = call_FPDF_GetPageHeightF(opened->page);
    double dpi = drawing_dpi(width, height);
    if (scan_measure(opened, width, height, width_px, height_px)) {
        return true;
    }
    *width_px = side_round(width / POINTS_PER_INCH * dpi);
    *height_px = side_round(height / POINTS_PER_INCH * dpi);
    return false;
}

static enum lince_status header_fill(struct pdf_pages *opened, uint32_t index, struct image_header *header,
                                     struct lince_error *error) {
    enum lince_status status = page_load(opened, index, error);
    if (status != LINCE_OK) {
        return status;
    }
    double width = call_FPDF_GetPageWidthF(opened->page);
    page_measure(opened, &header->stored_width_px, &header->stored_height_px);
    header->channels = 3;
    header->bits = 8;
    header->dots_per_inch = header->stored_width_px / fmax(width, 1e-3) * POINTS_PER_INCH;
    header->library_bytes = pdf_price_page_bytes(opened->page, opened->pages.meter, opened->longest_stream_bytes);
    return LINCE_OK;
}

static enum lince_status pdf_header_read(struct pages *pages, uint32_t index, struct image_header *header,
                                         struct lince_error *error) {
    pthread_mutex_lock(&pdfium_lock);
    enum lince_status status = header_fill((struct pdf_pages *)pages, index, header, error);
    pthread_mutex_unlock(&pdfium_lock);
    return status;
}

static uint64_t band_bytes(uint32_t width_px) {
    return (uint64_t)width_px * 3 * BAND_ROWS;
}

static uint64_t pdf_extra_bytes(const struct image_header *header, uint32_t width_px, uint32_t height_px) {
    (void)width_px;
    (void)height_px;
    uint32_t most = header->stored_width_px; /* a scan is drawn in its own size and then reduced */
    return header->library_bytes + band_bytes(most) + BLOCK_OVERHEAD_BYTES + reducer_bytes(most);
}

/* ---- drawing ------------------------------------------------------------------------------------------ */

/* The size that the page is drawn in. */
struct drawn {
    uint32_t width_px, height_px;
};

/* Draws the rows from `top` on; false if PDFium has no memory for its part of the bitmap. */
static bool band_draw(struct pdf_pages *opened, const struct drawn *drawn, uint32_t top, uint32_t rows, uint8_t *band) {
    int width = (int)drawn->width_px, height = (int)drawn->height_px;
    FPDF_BITMAP bitmap = call_FPDFBitmap_CreateEx(width, (int)rows, PDFIUM_BITMAP_BGR, band, width * 3);
    if (bitmap == NULL) {
        return false;
    }
    call_FPDFBitmap_FillRect(bitmap, 0, 0, width, (int)rows, 0xFFFFFFFFul);
    call_FPDF_RenderPageBitmap(bitmap, opened->page, 0, -(int)top, width, height, 0, PDFIUM_DRAW_ANNOTATIONS);
    if (opened->form != NULL) {
        call_FPDF_FFLDraw(opened->form, bitmap, opened->page, 0, -(int)top, width, height, 0, PDFIUM_DRAW_ANNOTATIONS);
    }
    call_FPDFBitmap_Destroy(bitmap);
    return true;
}

static enum lince_status band_give(struct reducer *reducer, const uint8_t *band, uint32_t rows, uint32_t width) {
    enum lince_status status = LINCE_OK;
    for (uint32_t row = 0; row < rows && status == LINCE_OK; row++) {
        uint8_t *rgb = reducer_row(reducer);
        for (uint32_t x = 0; x < width; x++, rgb += 3, band += 3) {
            rgb[0] = band[2];
            rgb[1] = band[1];
            rgb[2] = band[0];
        }
        status = reducer_push(reducer);
    }
    return status;
}

static enum lince_status bands_draw(struct pdf_pages *opened, const struct decode_job *job, const struct drawn *drawn,
                                    struct reducer *reducer) {
    uint64_t bytes = band_bytes(drawn->width_px);
    uint8_t *band = meter_allocate(job->meter, bytes);
    enum lince_status status = band == NULL ? decode_out_of_memory(job, bytes) : LINCE_OK;
    for (uint32_t top = 0; top < drawn->height_px && status == LINCE_OK; top += BAND_ROWS) {
        uint32_t rows = drawn->height_px - top < BAND_ROWS ? drawn->height_px - top : BAND_ROWS;
        status = band_draw(opened, drawn, top, rows, band) ? band_give(reducer, band, rows, drawn->width_px)
                                                           : decode_out_of_memory(job, bytes);
    }
    meter_free(band);
    return status;
}

/* A scan is drawn in its own size, and anything else in the requested one. */
static enum lince_status page_draw(struct pdf_pages *opened, const struct decode_job *job) {
    struct drawn drawn = {job->request->width_px, job->request->height_px};
    struct reducer reducer;
    enum lince_status status = page_load(opened, job->page_index, job->error);
    if (status == LINCE_OK) {
        uint32_t width, height;
        if (page_measure(opened, &width, &height) && width == job->header->stored_width_px &&
            height == job->header->stored_height_px) {
            drawn = (struct drawn){width, height};
        }
        status = reducer_open(&reducer, job, drawn.width_px, drawn.height_px, 1);
    }
    if (status == LINCE_OK) {
        status = bands_draw(opened, job, &drawn, &reducer);
        reducer_close(&reducer);
    }
    page_unload(opened); /* and what it held */
    return status;
}

static enum lince_status pdf_decode(struct pages *pages, uint32_t index, const struct decode_job *job) {
    struct pdf_pages *opened = (struct pdf_pages *)pages;
    uint64_t library_bytes = job->header->library_bytes;
    (void)index;
    if (!meter_charge(job->meter, library_bytes)) {
        return decode_out_of_memory(job, library_bytes);
    }
    pthread_mutex_lock(&pdfium_lock);
    enum lince_status status = page_draw(opened, job);
    pthread_mutex_unlock(&pdfium_lock);
    meter_release(job->meter, library_bytes);
    return status;
}

static enum lince_status pdf_layer(struct pages *pages, uint32_t index, const struct image_header *header,
                                   struct arena *arena, struct page_layer *layer, struct lince_error *error) {
    struct pdf_pages *opened = (struct pdf_pages *)pages;
    pthread_mutex_lock(&pdfium_lock);
    enum lince_status status = page_load(opened, index, error);
    if (status == LINCE_OK) {
        status = pdf_layer_take(opened->page, header->width_px, header->height_px, arena, layer, error);
    }
    pthread_mutex_unlock(&pdfium_lock);
    return status;
}

static const struct pages_kind pdf_kind = {
    .format = &pdf_format,
    .open = pdf_open,
    .close = pdf_close,
    .header_read = pdf_header_read,
    .decode = pdf_decode,
    .layer = pdf_layer,
};

const struct image_format pdf_format = {
    .format = LINCE_FORMAT_PDF,
    .name = "PDF",
    .pages = &pdf_kind,
    .matches = pdf_matches,
    .extra_bytes = pdf_extra_bytes,
    .load = pdfium_load,
};
