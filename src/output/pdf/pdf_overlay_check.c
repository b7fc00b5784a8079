/* pdf_overlay_check.c - signatures, permissions and the table of objects of a file that text is to be laid over. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "image/pdfium.h"
#include "output/pdf/pdf_overlay.h"

enum { PERMISSION_CHANGE = 1 << 3 };              /* ISO 32000-1, table 22, bit 4 */
enum { ENDING_BYTES = 4096, START_BYTES = 1024 }; /* PDFium finds "startxref" so far from the end, too */

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

/* ---- refusals: the program names its own options, and everyone else asks for "pictures" ---------------- */

static enum lince_status refuse_signed(bool in_program, struct lince_error *error) {
    return in_program
               ? error_set(error, LINCE_ERROR_UNSUPPORTED,
                           "the PDF file is signed, and text added to it would void the signature; read it to another "
                           "form, such as -f hocr, or name its pages with --pages 1- to get their pictures with text",
                           "el archivo PDF está firmado y el texto que se añadiera anularía la firma; léalo en otra "
                           "forma, como -f hocr, o nombre sus páginas con --pages 1- para tener sus imágenes con texto")
               : error_set(error, LINCE_ERROR_UNSUPPORTED,
                           "the PDF file is signed, and text added to it would void the signature; ask for another "
                           "form, such as hocr, or with pictures=true for pictures of its pages with text",
                           "el archivo PDF está firmado y el texto que se añadiera anularía la firma; pida otra forma, "
                           "como hocr, o con pictures=true imágenes de sus páginas con texto");
}

static enum lince_status refuse_forbidden(bool in_program, struct lince_error *error) {
    return in_program
               ? error_set(error, LINCE_ERROR_UNSUPPORTED,
                           "the PDF file's owner forbids changes to it; give the owner's password with "
                           "--password-file, or read the file to another form, such as -f hocr",
                           "quien protegió el archivo PDF prohíbe cambiarlo; indique su contraseña de propietario con "
                           "--password-file, o léalo en otra forma, como -f hocr")
               : error_set(error, LINCE_ERROR_UNSUPPORTED,
                           "the PDF file's owner forbids changes to it; ask for another form, such as hocr, or with "
                           "pictures=true for pictures of its pages with text",
                           "quien protegió el archivo PDF prohíbe cambiarlo; pida otra forma, como hocr, o con "
                           "pictures=true imágenes de sus páginas con texto");
}

static enum lince_status refuse_damaged(bool in_program, struct lince_error *error) {
    return in_program
               ? error_set(error, LINCE_ERROR_UNSUPPORTED,
                           "the PDF file's table of objects is damaged, so that text cannot be added to it; repair the "
                           "file (qpdf OLD NEW), or name its pages with --pages 1- to get their pictures with text",
                           "la tabla de objetos del archivo PDF está dañada y no se le puede añadir texto; repare el "
                           "archivo (qpdf VIEJO NUEVO), o nombre sus páginas con --pages 1- para tener sus imágenes "
                           "con texto")
               : error_set(error, LINCE_ERROR_UNSUPPORTED,
                           "the PDF file's table of objects is damaged, so that text cannot be added to it; repair the "
                           "file (qpdf OLD NEW), or ask with pictures=true for pictures of its pages with text",
                           "la tabla de objetos del archivo PDF está dañada y no se le puede añadir texto; repare el "
                           "archivo (qpdf VIEJO NUEVO), o pida con pictures=true imágenes de sus páginas con texto");
}

static enum lince_status document_check(FPDF_DOCUMENT document, const struct source *file, bool in_program,
                                        struct lince_error *error) {
    if (call_FPDF_GetSignatureCount(document) > 0) {
        return refuse_signed(in_program, error);
    }
    if ((call_FPDF_GetDocPermissions(document) & PERMISSION_CHANGE) == 0) {
        return refuse_forbidden(in_program, error);
    }
    return table_is_there(file) ? LINCE_OK : refuse_damaged(in_program, error);
}

enum lince_status pdf_overlay_check(const struct source *file, const char *password, bool in_program,
                                    struct lince_error *error) {
    struct source source = *file;
    FPDF_FILEACCESS access = pdfium_access(&source);
    enum lince_status status = pdfium_load(error);
    if (status != LINCE_OK) {
        return status;
    }
    pthread_mutex_lock(&pdfium_lock);
    FPDF_DOCUMENT document = pdfium_open(&access, password);
    status = document == NULL ? error_set(error, LINCE_ERROR_DAMAGED, "the PDF file cannot be opened again",
                                          "no se puede volver a abrir el archivo PDF")
                              : document_check(document, file, in_program, error);
    if (document != NULL) {
        call_FPDF_CloseDocument(document);
    }
    pthread_mutex_unlock(&pdfium_lock);
    return status;
}
