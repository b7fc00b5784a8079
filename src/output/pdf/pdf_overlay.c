/* pdf_overlay.c - imports each page of text as a form, and places it over its page. */
#include "output/pdf/pdf_overlay.h"

#include <inttypes.h>

#include "base/error.h"
#include "base/meter.h"
#include "image/pdf/pdf_price.h"
#include "image/pdf/pdf_streams.h"
#include "image/pdf/pdf_unpacked.h"
#include "image/pdfium.h"
#include "output/pdf/pdf_identity.h"
#include "output/pdf/pdf_object_streams.h"

/* PDFium's own memory, and the text that it holds until it is written. Measured: twice the text's file. */
enum { FIXED_BYTES = 14 << 20, TEXT_COPIES = 3 };

enum { NESTING_MOST = 8, OBJECTS_MOST = 100000 };

/* Device coordinates of a page's corners. */
enum { DEVICE_SIDE = 1 << 20 };

static FPDF_DOCUMENT document_open(FPDF_FILEACCESS *access, struct source *file, const char *password) {
    *access = pdfium_access(file);
    return pdfium_open(access, password);
}

/* ---- a page ------------------------------------------------------------------------------------------- */

static bool object_is_unseen(FPDF_PAGEOBJECT object, int nesting) {
    int type = call_FPDFPageObj_GetType(object);
    if (type == PDFIUM_OBJECT_TEXT) {
        return call_FPDFTextObj_GetTextRenderMode(object) == PDFIUM_TEXT_INVISIBLE;
    }
    int count = type == PDFIUM_OBJECT_FORM && nesting < NESTING_MOST ? call_FPDFFormObj_CountObjects(object) : 0;
    for (int i = 0; i < count && i < OBJECTS_MOST; i++) {
        if (object_is_unseen(call_FPDFFormObj_GetObject(object, (unsigned long)i), nesting + 1)) {
            return true;
        }
    }
    return false;
}

/* Whether the page has invisible text, from another OCR program. */
static bool page_has_unseen(FPDF_PAGE page) {
    int count = call_FPDFPage_CountObjects(page);
    for (int i = 0; i < count && i < OBJECTS_MOST; i++) {
        if (object_is_unseen(call_FPDFPage_GetObject(page, i), 0)) {
            return true;
        }
    }
    return false;
}

/* Maps a page of text, `width` x `height`, to the page as a viewer shows it: cropped and turned. */
static FS_MATRIX place_of(FPDF_PAGE page, double width, double height) {
    double x[3], y[3]; /* lower left, lower right, upper left */
    static const int corners[3][2] = {{0, DEVICE_SIDE}, {DEVICE_SIDE, DEVICE_SIDE}, {0, 0}};
    for (int i = 0; i < 3; i++) {
        call_FPDF_DeviceToPage(page, 0, 0, DEVICE_SIDE, DEVICE_SIDE, 0, corners[i][0], corners[i][1], &x[i], &y[i]);
    }
    return (FS_MATRIX){(float)((x[1] - x[0]) / width),
                       (float)((y[1] - y[0]) / width),
                       (float)((x[2] - x[0]) / height),
                       (float)((y[2] - y[0]) / height),
                       (float)x[0],
                       (float)y[0]};
}

static bool text_insert(FPDF_DOCUMENT document, FPDF_DOCUMENT text, int text_index, FPDF_PAGE page) {
    FPDF_PAGE text_page = call_FPDF_LoadPage(text, text_index);
    if (text_page == NULL) {
        return false;
    }
    FS_MATRIX place = place_of(page, call_FPDF_GetPageWidthF(text_page), call_FPDF_GetPageHeightF(text_page));
    int word_count = call_FPDFPage_CountObjects(text_page);
    call_FPDF_ClosePage(text_page);
    if (word_count == 0) {
        return true;
    }
    FPDF_XOBJECT form = call_FPDF_NewXObjectFromPage(document, text, text_index);
    FPDF_PAGEOBJECT object = form == NULL ? NULL : call_FPDF_NewFormObjectFromXObject(form);
    bool inserted = object != NULL && call_FPDFPageObj_SetMatrix(object, &place) != 0;
    if (inserted) {
        call_FPDFPage_InsertObject(page, object); /* the page owns it now */
        inserted = call_FPDFPage_GenerateContent(page) != 0;
    } else if (object != NULL) {
        call_FPDFPageObj_Destroy(object);
    }
    if (form != NULL) {
        call_FPDF_CloseXObject(form);
    }
    return inserted;
}

static enum lince_status page_lay(FPDF_DOCUMENT document, FPDF_DOCUMENT text, int text_index, uint32_t index,
                                  uint32_t *left_count, struct lince_error *error) {
    FPDF_PAGE page = call_FPDF_LoadPage(document, (int)index);
    bool is_left = page != NULL && page_has_unseen(page);
    bool is_laid = page != NULL && (is_left || text_insert(document, text, text_index, page));
    *left_count += is_left;
    if (page != NULL) {
        call_FPDF_ClosePage(page);
    }
    return is_laid ? LINCE_OK
                   : error_set(error, LINCE_ERROR_DAMAGED, "text cannot be added to page %" PRIu32 " of the PDF file",
                               "no se puede añadir texto a la página %" PRIu32 " del archivo PDF", index + 1);
}

/* ---- the file ------------------------------------------------------------------------------------------ */

struct writer {
    FPDF_FILEWRITE access; /* first: PDFium gives its address */
    struct pdf_identity identity;
    bool refused;
};

static int block_write(FPDF_FILEWRITE *access, const void *bytes, unsigned long count) {
    struct writer *writer = (struct writer *)access;
    writer->refused = writer->refused || !pdf_identity_take(&writer->identity, bytes, count);
    return writer->refused ? 0 : 1;
}

static enum lince_status document_write(const struct pdf_overlay *overlay, FPDF_DOCUMENT document,
                                        struct lince_error *error) {
    struct writer writer = {.access = {1, block_write}};
    bool has_identifier = call_FPDF_GetFileIdentifier(document, 0, NULL, 0) > 0;
    pdf_identity_open(&writer.identity, overlay->meter, !has_identifier, overlay->write, overlay->context);
    bool is_saved = call_FPDF_SaveAsCopy(document, &writer.access, 0) != 0;
    bool has_memory = !writer.identity.tail.refused;
    writer.refused = !pdf_identity_close(&writer.identity) || writer.refused;
    if (!has_memory) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory to write the PDF file; raise the memory limit",
                         "no hay memoria para escribir el archivo PDF; suba el límite de memoria");
    }
    if (is_saved && !writer.refused) {
        return LINCE_OK;
    }
    return writer.refused ? error_set(error, LINCE_ERROR_WRITE, "the PDF file cannot be written",
                                      "no se puede escribir el archivo PDF")
                          : error_set(error, LINCE_ERROR_DAMAGED, "PDFium cannot write this PDF file",
                                      "PDFium no puede escribir este archivo PDF");
}

static enum lince_status within_lock(const struct pdf_overlay *overlay, uint32_t *left_count,
                                     struct lince_error *error) {
    FPDF_FILEACCESS access, text_access;
    struct source file = overlay->file, text_source = source_of_bytes(overlay->text, overlay->text_bytes);
    FPDF_DOCUMENT document = document_open(&access, &file, overlay->password);
    FPDF_DOCUMENT text = document_open(&text_access, &text_source, NULL);
    enum lince_status status = document == NULL || text == NULL
                                   ? error_set(error, LINCE_ERROR_DAMAGED, "the PDF file cannot be opened again",
                                               "no se puede volver a abrir el archivo PDF")
                                   : LINCE_OK;
    for (uint32_t i = 0; i < overlay->count && status == LINCE_OK; i++) {
        status = page_lay(document, text, (int)i, overlay->indexes[i], left_count, error);
    }
    if (status == LINCE_OK) {
        status = document_write(overlay, document, error);
    }
    if (text != NULL) {
        call_FPDF_CloseDocument(text);
    }
    if (document != NULL) {
        call_FPDF_CloseDocument(document);
    }
    return status;
}

/* PDFium loads a stream whole, to show a page and to write it: the longest one must have room. */
static enum lince_status streams_check(const struct pdf_overlay *overlay, struct lince_error *error) {
    uint64_t longest = overlay->file.size_bytes;
    if (!pdf_price_has_memory(overlay->meter, longest)) {
        longest = pdf_streams_longest(&overlay->file);
    }
    return pdf_price_has_memory(overlay->meter, longest)
               ? LINCE_OK
               : error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                           "no memory to lay text over a PDF file with a part of up to %" PRIu64
                           " bytes; raise the memory limit",
                           "no hay memoria para poner texto sobre un archivo PDF con una parte de hasta %" PRIu64
                           " bytes; suba el límite de memoria",
                           longest);
}

/* PDFium unpacks a stream of objects whole, in pieces that it then joins: twice its bytes must have room. */
static enum lince_status objects_check(const struct pdf_overlay *overlay, struct lince_error *error) {
    uint64_t most = pdf_unpacked_most(overlay->meter, 1);
    uint64_t longest = pdf_object_streams_longest(&overlay->file, overlay->meter, most);
    return longest <= PDF_UNPACKED_LEAST_BYTES || pdf_price_has_memory(overlay->meter, 2 * longest)
               ? LINCE_OK
               : error_set(error, LINCE_ERROR_TOO_LARGE,
                           "the PDF file has objects that unpack to %" PRIu64
                           " bytes or more, for which there is no memory; raise the memory limit, or ask for another "
                           "form, such as hocr, or for pictures of its pages with text",
                           "el archivo PDF tiene objetos que se desempaquetan a %" PRIu64
                           " bytes o más, para los que no hay memoria; suba el límite de memoria, o pida otra forma, "
                           "como hocr, o imágenes de sus páginas con texto",
                           longest);
}

enum lince_status pdf_overlay_write(const struct pdf_overlay *overlay, uint32_t *left_count,
                                    struct lince_error *error) {
    uint64_t bytes = FIXED_BYTES + (uint64_t)TEXT_COPIES * overlay->text_bytes;
    *left_count = 0;
    if (!meter_charge(overlay->meter, bytes)) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                         "no memory for the %" PRIu64 " bytes of text of a PDF file; raise the memory limit",
                         "no hay memoria para los %" PRIu64 " bytes de texto de un archivo PDF; suba el límite", bytes);
    }
    enum lince_status status = streams_check(overlay, error);
    status = status == LINCE_OK ? objects_check(overlay, error) : status;
    if (status == LINCE_OK) {
        pthread_mutex_lock(&pdfium_lock);
        status = within_lock(overlay, left_count, error);
        pthread_mutex_unlock(&pdfium_lock);
    }
    meter_release(overlay->meter, bytes);
    return status;
}
