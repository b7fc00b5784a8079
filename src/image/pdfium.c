/* pdfium.c - PDFium's functions, looked up once for all who use them, and the library started. */
#include "image/pdfium.h"

#include <stdbool.h>

#include "image/library.h"

#define FUNCTION_PLACE(name) __typeof__(name) *call_##name;
PDFIUM_FUNCTIONS(FUNCTION_PLACE)

static struct library library = {.file = "libpdfium.so",
                                 .package = "Lince whole, which brings it",
                                 .format = "PDF",
                                 .functions = LIBRARY_FUNCTIONS(PDFIUM_FUNCTIONS),
                                 .lock = LIBRARY_LOCK};

pthread_mutex_t pdfium_lock = PTHREAD_MUTEX_INITIALIZER;

static int block_read(void *param, unsigned long position, unsigned char *target, unsigned long size) {
    return source_read(param, position, target, size) ? 1 : 0;
}

FPDF_FILEACCESS pdfium_access(struct source *source) {
    return (FPDF_FILEACCESS){source->size_bytes, block_read, source};
}

FPDF_DOCUMENT pdfium_open(FPDF_FILEACCESS *access, const char *password) {
    FPDF_DOCUMENT document = call_FPDF_LoadCustomDocument(access, password);
    bool is_refused = document == NULL && password != NULL && call_FPDF_GetLastError() == PDFIUM_ERROR_PASSWORD;
    return is_refused ? call_FPDF_LoadCustomDocument(access, NULL) : document;
}

/* Fonts that a file lacks are drawn by PDFium's own, so that a page looks the same on every machine. */
enum lince_status pdfium_load(struct lince_error *error) {
    static const char *no_folders[] = {NULL};
    static bool is_ready; /* guarded by the lock */
    enum lince_status status = library_load(&library, error);
    pthread_mutex_lock(&pdfium_lock);
    if (status == LINCE_OK && !is_ready) {
        const FPDF_LIBRARY_CONFIG config = {.version = 2, .m_pUserFontPaths = no_folders};
        call_FPDF_InitLibraryWithConfig(&config);
        is_ready = true;
    }
    pthread_mutex_unlock(&pdfium_lock);
    return status;
}
