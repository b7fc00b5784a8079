/*
 * pdfium.h - the part of PDFium's C interface that Lince uses, declared here because the library comes without headers,
 * and the library itself, loaded with the first PDF file.
 *
 * Names, order and types are those of PDFium's fpdfview.h, fpdf_formfill.h, fpdf_edit.h, fpdf_text.h, fpdf_ppo.h,
 * fpdf_save.h and fpdf_signature.h.
 */
#ifndef LINCE_IMAGE_PDFIUM_H
#define LINCE_IMAGE_PDFIUM_H

#include <pthread.h>

#include "image/source.h"
#include "lince.h"

typedef struct pdfium_document *FPDF_DOCUMENT;
typedef struct pdfium_page *FPDF_PAGE;
typedef struct pdfium_bitmap *FPDF_BITMAP;
typedef struct pdfium_form *FPDF_FORMHANDLE;
typedef struct pdfium_object *FPDF_PAGEOBJECT;
typedef struct pdfium_text *FPDF_TEXTPAGE;
typedef struct pdfium_annotation *FPDF_ANNOTATION;
typedef struct pdfium_xobject *FPDF_XOBJECT;
typedef struct pdfium_font *FPDF_FONT;

enum { PDFIUM_ERROR_PASSWORD = 4, PDFIUM_ERROR_SECURITY = 5 };
enum { PDFIUM_BITMAP_BGR = 2 };
enum { PDFIUM_DRAW_ANNOTATIONS = 1 };
enum {
    PDFIUM_OBJECT_TEXT = 1,
    PDFIUM_OBJECT_PATH = 2,
    PDFIUM_OBJECT_IMAGE = 3,
    PDFIUM_OBJECT_SHADING = 4,
    PDFIUM_OBJECT_FORM = 5
};
enum { PDFIUM_TEXT_INVISIBLE = 3, PDFIUM_TEXT_CLIP = 7 };
enum { PDFIUM_ANNOTATION_LINK = 2, PDFIUM_ANNOTATION_POPUP = 16 };

typedef struct {
    int version; /* 2 */
    const char **m_pUserFontPaths;
    void *m_pIsolate;
    unsigned int m_v8EmbedderSlot;
} FPDF_LIBRARY_CONFIG;

typedef struct {
    unsigned long m_FileLen;
    int (*m_GetBlock)(void *param, unsigned long position, unsigned char *target, unsigned long size);
    void *m_Param;
} FPDF_FILEACCESS;

typedef struct FPDF_FILEWRITE FPDF_FILEWRITE;
struct FPDF_FILEWRITE {
    int version; /* 1 */
    int (*WriteBlock)(FPDF_FILEWRITE *self, const void *bytes, unsigned long count);
};

typedef struct {
    float a, b, c, d, e, f;
} FS_MATRIX;

/* Version 1 has this length. Drawing needs none of its callbacks. */
typedef struct {
    int version;
    void (*calls[15])(void);
    void *m_pJsPlatform;
    void *rest[24]; /* of later versions; empty */
} FPDF_FORMFILLINFO;

typedef struct {
    unsigned int width, height;
    float horizontal_dpi, vertical_dpi;
    unsigned int bits_per_pixel; /* of the decoded picture; 0: not known */
    int colorspace, marked_content_id;
} FPDF_IMAGEOBJ_METADATA;

void FPDF_InitLibraryWithConfig(const FPDF_LIBRARY_CONFIG *config);
/* How PDFium reads a file, which is borrowed. */
FPDF_FILEACCESS pdfium_access(struct source *source);
/* Tries without the password too, which may be that of other files. NULL: `FPDF_GetLastError` says why. */
FPDF_DOCUMENT pdfium_open(FPDF_FILEACCESS *access, const char *password);

FPDF_DOCUMENT FPDF_LoadCustomDocument(FPDF_FILEACCESS *access, const char *password);
unsigned long FPDF_GetLastError(void);
void FPDF_CloseDocument(FPDF_DOCUMENT document);
int FPDF_GetPageCount(FPDF_DOCUMENT document);
FPDF_PAGE FPDF_LoadPage(FPDF_DOCUMENT document, int index);
void FPDF_ClosePage(FPDF_PAGE page);
float FPDF_GetPageWidthF(FPDF_PAGE page);
float FPDF_GetPageHeightF(FPDF_PAGE page);
FPDF_BITMAP FPDFBitmap_CreateEx(int width, int height, int format, void *first_scan, int stride);
int FPDFBitmap_FillRect(FPDF_BITMAP bitmap, int left, int top, int width, int height, unsigned long color);
void FPDFBitmap_Destroy(FPDF_BITMAP bitmap);
void FPDF_RenderPageBitmap(FPDF_BITMAP bitmap, FPDF_PAGE page, int x, int y, int width, int height, int rotate,
                           int flags);
FPDF_FORMHANDLE FPDFDOC_InitFormFillEnvironment(FPDF_DOCUMENT document, FPDF_FORMFILLINFO *info);
void FPDFDOC_ExitFormFillEnvironment(FPDF_FORMHANDLE form);
void FPDF_FFLDraw(FPDF_FORMHANDLE form, FPDF_BITMAP bitmap, FPDF_PAGE page, int x, int y, int width, int height,
                  int rotate, int flags);
int FPDFPage_CountObjects(FPDF_PAGE page);
FPDF_PAGEOBJECT FPDFPage_GetObject(FPDF_PAGE page, int index);
int FPDFPageObj_GetType(FPDF_PAGEOBJECT object);
int FPDFFormObj_CountObjects(FPDF_PAGEOBJECT form);
FPDF_PAGEOBJECT FPDFFormObj_GetObject(FPDF_PAGEOBJECT form, unsigned long index);
unsigned long FPDFImageObj_GetImageDataRaw(FPDF_PAGEOBJECT image, void *target, unsigned long target_bytes);
int FPDFImageObj_GetImageFilterCount(FPDF_PAGEOBJECT image);
unsigned long FPDFImageObj_GetImageFilter(FPDF_PAGEOBJECT image, int index, void *name, unsigned long name_bytes);
int FPDFImageObj_GetImagePixelSize(FPDF_PAGEOBJECT image, unsigned int *width, unsigned int *height);
int FPDFImageObj_GetImageMetadata(FPDF_PAGEOBJECT image, FPDF_PAGE page, FPDF_IMAGEOBJ_METADATA *metadata);
int FPDFPageObj_GetBounds(FPDF_PAGEOBJECT object, float *left, float *bottom, float *right, float *top);
int FPDFPath_CountSegments(FPDF_PAGEOBJECT path);
int FPDF_PageToDevice(FPDF_PAGE page, int start_x, int start_y, int size_x, int size_y, int rotate, double page_x,
                      double page_y, int *device_x, int *device_y);
FPDF_TEXTPAGE FPDFText_LoadPage(FPDF_PAGE page);
void FPDFText_ClosePage(FPDF_TEXTPAGE text);
int FPDFText_CountChars(FPDF_TEXTPAGE text);
unsigned int FPDFText_GetUnicode(FPDF_TEXTPAGE text, int index);
int FPDFText_GetLooseCharBox(FPDF_TEXTPAGE text, int index, float left_top_right_bottom[4]);
float FPDFText_GetCharAngle(FPDF_TEXTPAGE text, int index);
FPDF_PAGEOBJECT FPDFText_GetTextObject(FPDF_TEXTPAGE text, int index);
int FPDFText_HasUnicodeMapError(FPDF_TEXTPAGE text, int index);
int FPDFTextObj_GetTextRenderMode(FPDF_PAGEOBJECT object);
FPDF_FONT FPDFTextObj_GetFont(FPDF_PAGEOBJECT object);
int FPDFPage_GetAnnotCount(FPDF_PAGE page);
FPDF_ANNOTATION FPDFPage_GetAnnot(FPDF_PAGE page, int index);
void FPDFPage_CloseAnnot(FPDF_ANNOTATION annotation);
int FPDFAnnot_GetSubtype(FPDF_ANNOTATION annotation);

int FPDF_GetSignatureCount(FPDF_DOCUMENT document);
unsigned long FPDF_GetDocPermissions(FPDF_DOCUMENT document);
unsigned long FPDF_GetFileIdentifier(FPDF_DOCUMENT document, int kind, void *target, unsigned long target_bytes);
int FPDF_DeviceToPage(FPDF_PAGE page, int start_x, int start_y, int size_x, int size_y, int rotate, int device_x,
                      int device_y, double *page_x, double *page_y);
FPDF_XOBJECT FPDF_NewXObjectFromPage(FPDF_DOCUMENT target, FPDF_DOCUMENT source, int source_index);
void FPDF_CloseXObject(FPDF_XOBJECT form);
FPDF_PAGEOBJECT FPDF_NewFormObjectFromXObject(FPDF_XOBJECT form);
int FPDFPageObj_SetMatrix(FPDF_PAGEOBJECT object, const FS_MATRIX *matrix);
void FPDFPageObj_Destroy(FPDF_PAGEOBJECT object);
void FPDFPage_InsertObject(FPDF_PAGE page, FPDF_PAGEOBJECT object);
int FPDFPage_GenerateContent(FPDF_PAGE page);
int FPDF_SaveAsCopy(FPDF_DOCUMENT document, FPDF_FILEWRITE *access, unsigned long flags);

#define PDFIUM_DOCUMENT_FUNCTIONS(each)                                                                                \
    each(FPDF_InitLibraryWithConfig) each(FPDF_LoadCustomDocument) each(FPDF_GetLastError) each(FPDF_CloseDocument)    \
        each(FPDF_GetPageCount) each(FPDF_LoadPage) each(FPDF_ClosePage) each(FPDF_GetPageWidthF)                      \
            each(FPDF_GetPageHeightF) each(FPDFBitmap_CreateEx) each(FPDFBitmap_FillRect) each(FPDFBitmap_Destroy)     \
                each(FPDF_RenderPageBitmap) each(FPDFDOC_InitFormFillEnvironment)                                      \
                    each(FPDFDOC_ExitFormFillEnvironment) each(FPDF_FFLDraw)

#define PDFIUM_OBJECT_FUNCTIONS(each)                                                                                  \
    each(FPDFPage_CountObjects) each(FPDFPage_GetObject) each(FPDFPageObj_GetType) each(FPDFFormObj_CountObjects)      \
        each(FPDFFormObj_GetObject) each(FPDFImageObj_GetImageDataRaw) each(FPDFImageObj_GetImageFilterCount)          \
            each(FPDFImageObj_GetImageFilter) each(FPDFImageObj_GetImagePixelSize) each(FPDFImageObj_GetImageMetadata) \
                each(FPDFPageObj_GetBounds) each(FPDFPath_CountSegments) each(FPDFPage_GetAnnotCount)                  \
                    each(FPDFPage_GetAnnot) each(FPDFPage_CloseAnnot) each(FPDFAnnot_GetSubtype)

#define PDFIUM_TEXT_FUNCTIONS(each)                                                                                    \
    each(FPDF_PageToDevice) each(FPDFText_LoadPage) each(FPDFText_ClosePage) each(FPDFText_CountChars)                 \
        each(FPDFText_GetUnicode) each(FPDFText_GetLooseCharBox) each(FPDFText_GetCharAngle)                           \
            each(FPDFText_GetTextObject) each(FPDFText_HasUnicodeMapError) each(FPDFTextObj_GetTextRenderMode)         \
                each(FPDFTextObj_GetFont)

#define PDFIUM_CHANGE_FUNCTIONS(each)                                                                                  \
    each(FPDF_GetSignatureCount) each(FPDF_GetDocPermissions) each(FPDF_GetFileIdentifier) each(FPDF_DeviceToPage)     \
        each(FPDF_NewXObjectFromPage) each(FPDF_CloseXObject) each(FPDF_NewFormObjectFromXObject)                      \
            each(FPDFPageObj_SetMatrix) each(FPDFPageObj_Destroy) each(FPDFPage_InsertObject)                          \
                each(FPDFPage_GenerateContent) each(FPDF_SaveAsCopy)

#define PDFIUM_FUNCTIONS(each)                                                                                         \
    PDFIUM_DOCUMENT_FUNCTIONS(each)                                                                                    \
    PDFIUM_OBJECT_FUNCTIONS(each) PDFIUM_TEXT_FUNCTIONS(each) PDFIUM_CHANGE_FUNCTIONS(each)

/* Their addresses, from pdfium_load on; to be called within the lock. */
#define PDFIUM_PLACE(name) extern __typeof__(name) *call_##name;
PDFIUM_FUNCTIONS(PDFIUM_PLACE)

/* Only one thread of a process may use PDFium at a time. */
extern pthread_mutex_t pdfium_lock;

/* Loads PDFium with the first PDF file. UNSUPPORTED if it is not installed or lacks a function. Thread-safe. */
enum lince_status pdfium_load(struct lince_error *error);

#endif
