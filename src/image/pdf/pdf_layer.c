/* pdf_layer.c - letters with their boxes by PDFium, and the pictures and drawings among them. */
#include "image/pdf/pdf_layer.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"

enum { LETTERS_MOST = 500000, OBJECTS_MOST = 100000, DRAWN_SEGMENTS = 400, FINER = 16 };

/* A share of the page's area: smaller pictures are marks and icons. */
static const double PICTURE_LEAST_SHARE = 0.002;

/* The page that is being read. */
struct taking {
    FPDF_PAGE page;
    FPDF_TEXTPAGE text;
    uint32_t width_px, height_px;
    struct arena *arena;
    struct page_layer *layer;
    struct covered { /* text objects that a later picture covers, by address */
        FPDF_PAGEOBJECT *items;
        size_t count;
    } covered;
    FPDF_FONT fonts[LAYER_FONTS_MOST]; /* of the page, by address, while it is open */
    size_t font_count;
};

static enum lince_status no_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the text layer of a page; raise the limit",
                     "no hay memoria para la capa de texto de una página; suba el límite");
}

/* ---- places ------------------------------------------------------------------------------------------- */

static struct lince_point point_place(const struct taking *taking, double x, double y) {
    int at_x = 0, at_y = 0;
    call_FPDF_PageToDevice(taking->page, 0, 0, (int)taking->width_px * FINER, (int)taking->height_px * FINER, 0, x, y,
                           &at_x, &at_y);
    return (struct lince_point){(double)at_x / FINER, (double)at_y / FINER};
}

static double inside(double value, double most) {
    return fmin(fmax(value, 0), most);
}

static struct lince_box box_place(const struct taking *taking, double left, double bottom, double right, double top) {
    struct lince_point a = point_place(taking, left, bottom), b = point_place(taking, right, top);
    double width = taking->width_px, height = taking->height_px;
    return (struct lince_box){inside(fmin(a.x, b.x), width), inside(fmin(a.y, b.y), height),
                              inside(fmax(a.x, b.x), width), inside(fmax(a.y, b.y), height)};
}

static bool covers(const struct lince_box *outer, const struct lince_box *inner) {
    const double slack = 2;
    return inner->x0 >= outer->x0 - slack && inner->y0 >= outer->y0 - slack && inner->x1 <= outer->x1 + slack &&
           inner->y1 <= outer->y1 + slack;
}

/* ---- what else stands on the page ----------------------------------------------------------------------- */

static int segments_of(FPDF_PAGEOBJECT object, int nesting) {
    int type = call_FPDFPageObj_GetType(object), found = 0;
    if (type == PDFIUM_OBJECT_PATH) {
        return call_FPDFPath_CountSegments(object);
    }
    int count = type == PDFIUM_OBJECT_FORM && nesting < 4 ? call_FPDFFormObj_CountObjects(object) : 0;
    for (int i = 0; i < count && i < OBJECTS_MOST && found < DRAWN_SEGMENTS; i++) {
        found += segments_of(call_FPDFFormObj_GetObject(object, (unsigned long)i), nesting + 1);
    }
    return found;
}

static bool holds_picture(FPDF_PAGEOBJECT object, int nesting) {
    int type = call_FPDFPageObj_GetType(object);
    bool found = type == PDFIUM_OBJECT_IMAGE || type == PDFIUM_OBJECT_SHADING;
    int count = type == PDFIUM_OBJECT_FORM && nesting < 4 ? call_FPDFFormObj_CountObjects(object) : 0;
    for (int i = 0; i < count && i < OBJECTS_MOST && !found; i++) {
        found = holds_picture(call_FPDFFormObj_GetObject(object, (unsigned long)i), nesting + 1);
    }
    return found;
}

static bool bounds_of(const struct taking *taking, FPDF_PAGEOBJECT object, struct lince_box *box) {
    float left, bottom, right, top;
    if (call_FPDFPageObj_GetBounds(object, &left, &bottom, &right, &top) == 0) {
        return false;
    }
    *box = box_place(taking, (double)left, (double)bottom, (double)right, (double)top);
    return true;
}

/* Notes the text objects before `index` that the picture covers. */
static void covered_note(struct taking *taking, int index, const struct lince_box *picture) {
    for (int i = 0; i < index; i++) {
        FPDF_PAGEOBJECT object = call_FPDFPage_GetObject(taking->page, i);
        struct lince_box box;
        if (call_FPDFPageObj_GetType(object) == PDFIUM_OBJECT_TEXT && bounds_of(taking, object, &box) &&
            covers(picture, &box)) {
            taking->covered.items[taking->covered.count++] = object;
        }
    }
}

/* A picture that covers most of the page is a scan or a background. Text under it is invisible. */
static bool is_cover(const struct taking *taking, const struct lince_box *box) {
    return (box->x1 - box->x0) * (box->y1 - box->y0) > 0.5 * taking->width_px * taking->height_px;
}

static bool objects_take(struct taking *taking, int count) {
    struct page_layer *layer = taking->layer;
    int segments = 0;
    bool has_cover = false;
    layer->pictures = arena_allocate_zero(taking->arena, (size_t)count + 1, sizeof *layer->pictures);
    taking->covered.items = arena_allocate_zero(taking->arena, (size_t)count + 1, sizeof(FPDF_PAGEOBJECT));
    if (layer->pictures == NULL || taking->covered.items == NULL) {
        return false;
    }
    for (int i = count - 1; i >= 0; i--) { /* the last such picture covers all that the earlier ones cover */
        FPDF_PAGEOBJECT object = call_FPDFPage_GetObject(taking->page, i);
        struct lince_box box;
        segments += segments < DRAWN_SEGMENTS ? segments_of(object, 0) : 0;
        if (!holds_picture(object, 0) || !bounds_of(taking, object, &box)) {
            continue;
        }
        if ((box.x1 - box.x0) * (box.y1 - box.y0) >= PICTURE_LEAST_SHARE * taking->width_px * taking->height_px) {
            layer->pictures[layer->picture_count++] = box;
        }
        if (!has_cover && is_cover(taking, &box)) {
            covered_note(taking, i, &box);
            has_cover = true;
        }
    }
    layer->has_drawings |= segments >= DRAWN_SEGMENTS;
    return true;
}

/* Annotations that show something: links do not. */
static void annotations_take(struct taking *taking) {
    int count = call_FPDFPage_GetAnnotCount(taking->page);
    for (int i = 0; i < count && i < OBJECTS_MOST && !taking->layer->has_drawings; i++) {
        FPDF_ANNOTATION annotation = call_FPDFPage_GetAnnot(taking->page, i);
        int subtype = annotation == NULL ? PDFIUM_ANNOTATION_LINK : call_FPDFAnnot_GetSubtype(annotation);
        taking->layer->has_drawings = subtype != PDFIUM_ANNOTATION_LINK && subtype != PDFIUM_ANNOTATION_POPUP;
        if (annotation != NULL) {
            call_FPDFPage_CloseAnnot(annotation);
        }
    }
}

/* ---- letters ------------------------------------------------------------------------------------------ */

static bool is_covered(const struct taking *taking, FPDF_PAGEOBJECT object) {
    for (size_t i = 0; i < taking->covered.count; i++) {
        if (taking->covered.items[i] == object) {
            return true;
        }
    }
    return false;
}

static bool is_without_ink(int mode) {
    return mode == PDFIUM_TEXT_INVISIBLE || mode == PDFIUM_TEXT_CLIP;
}

/* Letters of one object follow each other, so each object is looked up once. */
struct last_object {
    FPDF_PAGEOBJECT object;
    bool is_hidden;
    uint8_t font;
};

static uint8_t font_of(struct taking *taking, FPDF_PAGEOBJECT object) {
    FPDF_FONT font = object == NULL ? NULL : call_FPDFTextObj_GetFont(object);
    size_t index = 0;
    while (index < taking->font_count && taking->fonts[index] != font) {
        index++;
    }
    if (index == taking->font_count && index < LAYER_FONTS_MOST) {
        taking->fonts[taking->font_count++] = font;
    }
    return (uint8_t)(index < LAYER_FONTS_MOST ? index : LAYER_FONTS_MOST - 1);
}

/* PDFium's marks for a hyphen at the end of a line, after which the word may continue. */
enum { HYPHEN_AT_END = 0x02, HYPHEN_AT_END_EARLIER = 0xFFFE };

static unsigned int code_of(FPDF_TEXTPAGE text, int index) {
    unsigned int code = call_FPDFText_GetUnicode(text, index);
    return code == HYPHEN_AT_END || code == HYPHEN_AT_END_EARLIER ? '-' : code;
}

static void letter_take(struct taking *taking, int index, struct last_object *last, struct layer_letter *letter) {
    unsigned int code = code_of(taking->text, index);
    *letter = (struct layer_letter){.code = code, .along_x = 1};
    if (code == '\r' || code == '\n' || code == ' ' || code == '\t' || code == 0xA0) {
        letter->is_break = true;
        letter->code = code == '\r' || code == '\n' ? '\n' : ' ';
        return;
    }
    struct {
        float left, top, right, bottom;
    } box;
    if (call_FPDFText_GetLooseCharBox(taking->text, index, (float *)&box) == 0) {
        letter->is_break = true;
        letter->code = ' ';
        return;
    }
    if (call_FPDFText_HasUnicodeMapError(taking->text, index) == 1 || code == 0xFFFD || code < 0x20) {
        letter->code = 0;
    }
    letter->box = box_place(taking, (double)box.left, (double)box.bottom, (double)box.right, (double)box.top);
    double angle = (double)call_FPDFText_GetCharAngle(taking->text, index);
    struct lince_point from = point_place(taking, (double)box.left, (double)box.bottom);
    struct lince_point to =
        point_place(taking, (double)box.left + 72 * cos(angle), (double)box.bottom + 72 * sin(angle));
    double length = hypot(to.x - from.x, to.y - from.y);
    letter->along_x = length > 0 ? (to.x - from.x) / length : 1;
    letter->along_y = length > 0 ? (to.y - from.y) / length : 0;
    FPDF_PAGEOBJECT object = call_FPDFText_GetTextObject(taking->text, index);
    if (object != last->object) {
        *last = (struct last_object){object,
                                     object != NULL && (is_without_ink(call_FPDFTextObj_GetTextRenderMode(object)) ||
                                                        is_covered(taking, object)),
                                     font_of(taking, object)};
    }
    letter->is_hidden = last->is_hidden;
    letter->font = last->font;
}

/*
 * PDFium gives UTF-16: a letter beyond the first plane, such as one of mathematics, is two of its characters. True if
 * the letter took the next one too. Half of a pair is no letter.
 */
static bool pair_join(FPDF_TEXTPAGE text, int index, int count, struct layer_letter *letter) {
    enum { HIGH = 0xD800, LOW = 0xDC00, END = 0xE000, PLANE = 0x10000, BITS = 10 };
    uint32_t high = letter->code, low = 0;
    if (letter->is_break || high < HIGH || high >= END) {
        return false;
    }
    low = high < LOW && index + 1 < count ? call_FPDFText_GetUnicode(text, index + 1) : 0;
    bool is_pair = low >= LOW && low < END;
    letter->code = is_pair ? PLANE + ((high - HIGH) << BITS) + (low - LOW) : 0;
    return is_pair;
}

static enum lince_status letters_take(struct taking *taking, struct lince_error *error) {
    struct page_layer *layer = taking->layer;
    struct last_object last = {0};
    int count = call_FPDFText_CountChars(taking->text);
    if (count > LETTERS_MOST) {
        return error_set(error, LINCE_ERROR_TOO_LARGE, "the page has %d letters of text; at most %d are taken",
                         "la página tiene %d letras de texto; se toman como máximo %d", count, LETTERS_MOST);
    }
    count = count < 0 ? 0 : count;
    layer->letters = arena_allocate_zero(taking->arena, (size_t)count + 1, sizeof *layer->letters);
    if (layer->letters == NULL) {
        return no_memory(error);
    }
    for (int i = 0; i < count; i++) {
        struct layer_letter *letter = &layer->letters[layer->letter_count++];
        letter_take(taking, i, &last, letter);
        i += pair_join(taking->text, i, count, letter);
    }
    return LINCE_OK;
}

enum lince_status pdf_layer_take(FPDF_PAGE page, uint32_t width_px, uint32_t height_px, struct arena *arena,
                                 struct page_layer *layer, struct lince_error *error) {
    struct taking taking = {.page = page, .width_px = width_px, .height_px = height_px, .arena = arena, .layer = layer};
    *layer = (struct page_layer){0};
    taking.text = call_FPDFText_LoadPage(page);
    if (taking.text == NULL) {
        return LINCE_OK; /* no text at all */
    }
    enum lince_status status = LINCE_OK;
    if (call_FPDFText_CountChars(taking.text) > 0) {
        int count = call_FPDFPage_CountObjects(page);
        layer->has_drawings = count > OBJECTS_MOST;
        annotations_take(&taking);
        status = objects_take(&taking, count < OBJECTS_MOST ? count : OBJECTS_MOST) ? letters_take(&taking, error)
                                                                                    : no_memory(error);
    }
    call_FPDFText_ClosePage(taking.text);
    return status;
}
