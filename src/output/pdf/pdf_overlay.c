/* pdf_overlay.c - imports each page of text as a form, and places it over its page. */
#include "output/pdf/pdf_overlay.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/meter.h"
#include "image/pdfium.h"
#include "output/pdf/pdf_identity.h"

/* PDFium's own memory, and the text that it holds until it is written. Measured: twice the text's file. */
enum { FIXED_BYTES = 14 << 20, TEXT_COPIES = 3 };

enum { PERMISSION_CHANGE = 1 << 3 }; /* ISO 32000-1, table 22, bit 4 */
enum { NESTING_MOST = 8, OBJECTS_MOST = 100000, ENDING_BYTES = 1024, START_BYTES = 1024 };

/* Device coordinates of a page's corners. */
enum { DEVICE_SIDE = 1 << 20 };

static int block_read(void *param, unsigned long position, unsigned char *target, unsigned long size) {
    return source_read(param, position, target, size) ? 1 : 0;
}

/* ---- files that text can be added to ------------------------------------------------------------------- */

/* The last of `word` in the text; NULL: none. */
static const char *last_of(const char *text, size_t bytes, const char *word) {
    size_t length = strlen(word);
    for (size_t at = bytes >= length ? bytes - length + 1 : 0; at > 0; at--) {
        if (memcmp(text + at - 1, word, length) == 0) {
            return text + at - 1;
        }
    }
    return NULL;
}

static bool is_table(const struct source *file, uint64_t offset) {
    char start[16] = "";
    size_t count = sizeof start - 1;
    if (offset >= file->size_bytes) {
        return false;
    }
    count = file->size_bytes - offset < count ? (size_t)(file->size_bytes - offset) : count;
    if (!source_read(file, offset, start, count)) {
        return false;
    }
    const char *word = start + strspn(start, " \t\r\n");
    return strncmp(word, "xref", 4) == 0 || (*word >= '0' && *word <= '9');
}

/*
 * Whether the file's end names its table of objects (ISO 32000-1, 7.5.5). Offsets count from "%PDF-", even if other
 * bytes come before it.
 */
static bool table_is_there(const struct source *file) {
    char ending[ENDING_BYTES + 1] = "", start[START_BYTES] = "";
    size_t count = file->size_bytes < ENDING_BYTES ? (size_t)file->size_bytes : ENDING_BYTES;
    size_t start_count = file->size_bytes < START_BYTES ? (size_t)file->size_bytes : START_BYTES;
    if (!source_read(file, file->size_bytes - count, ending, count) || !source_read(file, 0, start, start_count)) {
        return false;
    }
    const char *word = last_of(ending, count, "startxref");
    if (word == NULL) {
        return false;
    }
    uint64_t offset = strtoull(word + strlen("startxref"), NULL, 10);
    size_t before = 0;
    while (before + 5 < start_count && memcmp(start + before, "%PDF-", 5) != 0) {
        before++;
    }
    return is_table(file, offset) || is_table(file, offset + before);
}

static enum lince_status document_check(FPDF_DOCUMENT document, const struct source *file, struct lince_error *error) {
    if (call_FPDF_GetSignatureCount(document) > 0) {
        return error_set(error, LINCE_ERROR_UNSUPPORTED,
                         "the PDF file is signed, and text added to it would void the signature; read it to another "
                         "form, such as -f hocr, or name its pages with --pages 1- to get their pictures with text",
                         "el archivo PDF está firmado y el texto que se añadiera anularía la firma; léalo en otra "
                         "forma, como -f hocr, o nombre sus páginas con --pages 1- para tener sus imágenes con texto");
    }
    if ((call_FPDF_GetDocPermissions(document) & PERMISSION_CHANGE) == 0) {
        return error_set(error, LINCE_ERROR_UNSUPPORTED,
                         "the PDF file's owner forbids changes to it; give the owner's password with --password-file, "
                         "or read the file to another form, such as -f hocr",
                         "quien protegió el archivo PDF prohíbe cambiarlo; indique su contraseña de propietario con "
                         "--password-file, o léalo en otra forma, como -f hocr");
    }
    if (!table_is_there(file)) {
        return error_set(error, LINCE_ERROR_UNSUPPORTED,
                         "the PDF file's table of objects is damaged, so that text cannot be added to it; repair the "
                         "file (qpdf OLD NEW), or name its pages with --pages 1- to get their pictures with text",
                         "la tabla de objetos del archivo PDF está dañada y no se le puede añadir texto; repare el "
                         "archivo (qpdf VIEJO NUEVO), o nombre sus páginas con --pages 1- para tener sus imágenes con "
                         "texto");
    }
    return LINCE_OK;
}

static FPDF_DOCUMENT document_open(FPDF_FILEACCESS *access, struct source *file, const char *password) {
    *access = (FPDF_FILEACCESS){file->size_bytes, block_read, file};
    return pdfium_open(access, password);
}

enum lince_status pdf_overlay_check(const struct source *file, const char *password, struct lince_error *error) {
    FPDF_FILEACCESS access;
    struct source source = *file;
    enum lince_status status = pdfium_load(error);
    if (status != LINCE_OK) {
        return status;
    }
    pthread_mutex_lock(&pdfium_lock);
    FPDF_DOCUMENT document = document_open(&access, &source, password);
    status = document == NULL ? error_set(error, LINCE_ERROR_DAMAGED, "the PDF file cannot be opened again",
                                          "no se puede volver a abrir el archivo PDF")
                              : document_check(document, file, error);
    if (document != NULL) {
        call_FPDF_CloseDocument(document);
    }
    pthread_mutex_unlock(&pdfium_lock);
    return status;
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

enum lince_status pdf_overlay_write(const struct pdf_overlay *overlay, uint32_t *left_count,
                                    struct lince_error *error) {
    uint64_t bytes = FIXED_BYTES + (uint64_t)TEXT_COPIES * overlay->text_bytes;
    *left_count = 0;
    if (!meter_charge(overlay->meter, bytes)) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                         "no memory for the %" PRIu64 " bytes of text of a PDF file; raise the memory limit",
                         "no hay memoria para los %" PRIu64 " bytes de texto de un archivo PDF; suba el límite", bytes);
    }
    pthread_mutex_lock(&pdfium_lock);
    enum lince_status status = within_lock(overlay, left_count, error);
    pthread_mutex_unlock(&pdfium_lock);
    meter_release(overlay->meter, bytes);
    return status;
}
