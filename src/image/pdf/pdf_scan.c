/* pdf_scan.c - looks through a page's objects for the one that is seen. */
#include "image/pdf/pdf_scan.h"

#include <math.h>

enum { OBJECTS_MOST = 100000, NESTING_MOST = 4, FINER = 16, TEXT_INVISIBLE = 3 };

/* Of the page's sides; and how far a pixel may be from square. */
static const double LEAST_SHARE = 0.9, SQUARE_SLACK = 0.02;

/* Whether the object shows nothing: invisible text, alone or in a form. */
static bool is_unseen(FPDF_PAGEOBJECT object, int nesting) {
    int type = call_FPDFPageObj_GetType(object);
    if (type == PDFIUM_OBJECT_TEXT) {
        return call_FPDFTextObj_GetTextRenderMode(object) == TEXT_INVISIBLE;
    }
    if (type != PDFIUM_OBJECT_FORM || nesting >= NESTING_MOST) {
        return false;
    }
    int count = call_FPDFFormObj_CountObjects(object);
    for (int i = 0; i < count; i++) {
        if (i >= OBJECTS_MOST || !is_unseen(call_FPDFFormObj_GetObject(object, (unsigned long)i), nesting + 1)) {
            return false;
        }
    }
    return true;
}

/* The picture that the object is, or that a form holds and nothing else; NULL: none. */
static FPDF_PAGEOBJECT picture_of(FPDF_PAGEOBJECT object) {
    for (int nesting = 0; nesting < NESTING_MOST && call_FPDFPageObj_GetType(object) == PDFIUM_OBJECT_FORM; nesting++) {
        if (call_FPDFFormObj_CountObjects(object) != 1) {
            return NULL;
        }
        object = call_FPDFFormObj_GetObject(object, 0);
    }
    return call_FPDFPageObj_GetType(object) == PDFIUM_OBJECT_IMAGE ? object : NULL;
}

/* How wide and high the object is on the page as it is seen, in points. */
static bool sides_of(FPDF_PAGE page, FPDF_PAGEOBJECT object, double width, double height, double sides[2]) {
    float left, bottom, right, top;
    int x0, y0, x1, y1, across = (int)(width * FINER), down = (int)(height * FINER);
    if (call_FPDFPageObj_GetBounds(object, &left, &bottom, &right, &top) == 0) {
        return false;
    }
    call_FPDF_PageToDevice(page, 0, 0, across, down, 0, (double)left, (double)bottom, &x0, &y0);
    call_FPDF_PageToDevice(page, 0, 0, across, down, 0, (double)right, (double)top, &x1, &y1);
    sides[0] = fabs((double)x1 - x0) / FINER;
    sides[1] = fabs((double)y1 - y0) / FINER;
    return fmin(sides[0], width) >= LEAST_SHARE * width && fmin(sides[1], height) >= LEAST_SHARE * height;
}

/* Pixels per point, if they are the same in both directions. The picture may lie on its side. 0: they are not. */
static double pixels_per_point(double across_px, double down_px, const double sides[2]) {
    double across = across_px / sides[0], down = down_px / sides[1];
    double turned_across = down_px / sides[0], turned_down = across_px / sides[1];
    if (fabs(across / down - 1) > fabs(turned_across / turned_down - 1)) {
        across = turned_across;
        down = turned_down;
    }
    return fabs(across / down - 1) <= SQUARE_SLACK ? across : 0;
}

bool pdf_scan_find(FPDF_PAGE page, double width, double height, double *width_px, double *height_px) {
    int count = call_FPDFPage_CountObjects(page);
    double most_px = 0, found = 0;
    if (count > OBJECTS_MOST || call_FPDFPage_GetAnnotCount(page) > 0) {
        return false;
    }
    for (int i = 0; i < count; i++) {
        FPDF_PAGEOBJECT object = call_FPDFPage_GetObject(page, i), picture = picture_of(object);
        unsigned int across = 0, down = 0;
        double sides[2];
        if (picture == NULL && !is_unseen(object, 0)) {
            return false;
        }
        bool is_measured = picture != NULL && call_FPDFImageObj_GetImagePixelSize(picture, &across, &down) != 0;
        if (is_measured && (double)across * down > most_px) {
            most_px = (double)across * down;
            found = sides_of(page, object, width, height, sides) ? pixels_per_point(across, down, sides) : 0;
        }
    }
    *width_px = width * found;
    *height_px = height * found;
    return found > 0;
}
