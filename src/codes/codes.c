/* codes.c - makes the picture grey, lets ZXing-C++ look at it within a budget, and keeps what it finds. */
#include "codes/codes.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/meter.h"
#include "base/utf8.h"
#include "codes/turned.h"
#include "codes/zxing.h"
#include "image/library.h"

#define ZXING_FUNCTIONS(each) each(lince_zxing_read) each(lince_zxing_interface)
ZXING_FUNCTIONS(LIBRARY_PLACE)

static struct library library = {.file = "liblince-zxing.so",
                                 .package = "Lince whole, which brings it",
                                 .format = "code",
                                 .functions = LIBRARY_FUNCTIONS(ZXING_FUNCTIONS),
                                 .lock = LIBRARY_LOCK};

/*
 * Measured by bench/codes on pages with 0 to 60 codes: 3.2 bytes for each grey pixel, and the pixel itself. Fixed: the
 * library's code and tables, and small pictures.
 */
static const double PIXEL_BYTES = 4.7;
enum { FIXED_BYTES = 2 << 20 };

/* Bars that are turned less are crossed by enough rows from end to end. */
static const double TURNED_LEAST_DEGREES = 4;

/* ZXing-C++ asks for memory thousands of times a second; the caller is asked as often as it can notice. */
static const uint64_t PROGRESS_STEP_NS = 10000000;

_Static_assert((int)CODES_LIMIT == (int)ZXING_CODES_LIMIT, "as many codes as the library gives");
_Static_assert((int)LINCE_CODE_QR == (int)ZXING_QR && (int)LINCE_CODE_AZTEC == (int)ZXING_AZTEC, "the same numbers");

uint64_t codes_price_bytes(uint32_t width_px, uint32_t height_px, uint32_t reduction) {
    double width = ceil((double)width_px / reduction), height = ceil((double)height_px / reduction);
    return FIXED_BYTES + (uint64_t)(width * height * PIXEL_BYTES);
}

enum lince_status codes_load(struct lince_error *error) {
    if (library_load(&library, NULL) == LINCE_OK && call_lince_zxing_interface() == ZXING_INTERFACE) {
        return LINCE_OK;
    }
    return error_set(error, LINCE_ERROR_UNSUPPORTED,
                     "codes are read by %s, which is missing or of another version: install Lince whole",
                     "los códigos se leen con %s, que falta o es de otra versión: instale Lince completo",
                     library.file);
}

/* ---- grey --------------------------------------------------------------------------------------------- */

/* The mean of a square of `side` pixels, each by its brightness (ITU-R BT.601). */
static uint8_t grey_of(const struct image *image, size_t x, size_t y, size_t side) {
    enum { RED = 306, GREEN = 601, BLUE = 117, WEIGHT_BITS = 10, CHANNELS = 3 };
    uint32_t sum = 0;
    for (size_t row = 0; row < side; row++) {
        const uint8_t *pixel = image->pixels + (y + row) * image->stride_bytes + x * CHANNELS;
        for (size_t column = 0; column < side; column++, pixel += CHANNELS) {
            sum += RED * pixel[0] + GREEN * pixel[1] + BLUE * pixel[2];
        }
    }
    return (uint8_t)((sum / (uint32_t)(side * side)) >> WEIGHT_BITS);
}

static bool grey_make(const struct codes_request *request, struct grey *grey) {
    const struct image *image = request->image;
    size_t side = request->reduction;
    *grey = (struct grey){.width_px = image->width_px / (uint32_t)side, .height_px = image->height_px / (uint32_t)side};
    if (grey->width_px == 0 || grey->height_px == 0) {
        return true;
    }
    grey->pixels = meter_allocate_at(request->meter, (size_t)grey->width_px * grey->height_px, SITE_HERE("grey"));
    if (grey->pixels == NULL) {
        return false;
    }
    uint8_t *out = grey->pixels;
    for (size_t y = 0; y < grey->height_px; y++) {
        for (size_t x = 0; x < grey->width_px; x++) {
            *out++ = grey_of(image, x * side, y * side, side);
        }
    }
    return true;
}

/* ---- the search --------------------------------------------------------------------------------------- */

struct search {
    const struct codes_request *request;
    struct arena *arena;
    struct code_list *list;
    struct lince_error *error;
    const struct grey *picture;     /* that is searched */
    const struct turned_area *area; /* the level picture that is searched shows this area; NULL: the whole picture */
    uint64_t held_bytes, told_ns;
    bool is_cancelled;
};

static bool goes_on(struct search *search) {
    uint64_t now = clock_now_ns();
    if (!search->is_cancelled && now - search->told_ns >= PROGRESS_STEP_NS) {
        search->told_ns = now;
        search->is_cancelled =
            progress_report(search->request->progress, LINCE_STAGE_CODES, 0, search->error) != LINCE_OK;
    }
    return !search->is_cancelled;
}

static bool on_charge(void *context, size_t bytes) {
    struct search *search = context;
    const struct codes_request *request = search->request;
    if (!goes_on(search)) {
        return false;
    }
    if (bytes > request->budget_bytes - search->held_bytes || meter_failure_is_due(request->meter) ||
        !meter_charge(request->meter, bytes)) {
        search->list->was_refused = true;
        return false;
    }
    search->held_bytes += bytes;
    return true;
}

static void on_release(void *context, size_t bytes) {
    struct search *search = context;
    search->held_bytes -= bytes;
    meter_release(search->request->meter, bytes);
}

/* Of control characters only those that separate: lines, fields, and the parts of GS1 and ISO 15434. */
static bool character_is_text(int32_t character) {
    enum { TAB = 0x09, LINE_FEED = 0x0A, RETURN = 0x0D, END = 0x04, SEPARATORS = 0x1C, SPACE = 0x20 };
    enum { DELETE = 0x7F, CONTROLS_END = 0x9F, STAND_IN = 0xFFFD };
    if (character < SPACE) {
        return character == TAB || character == LINE_FEED || character == RETURN || character == END ||
               character >= SEPARATORS;
    }
    return (character < DELETE || character > CONTROLS_END) && character != STAND_IN;
}

/* ZXing-C++ guesses at the characters of bytes that have no stated set, so some of its texts are none. */
static bool text_is_sound(const struct zxing_code *found) {
    if (found->text == NULL) {
        return false;
    }
    for (size_t at = 0; at < found->text_bytes;) {
        int32_t character;
        at += utf8_next(found->text + at, found->text_bytes - at, &character);
        if (!character_is_text(character)) {
            return false;
        }
    }
    return true;
}

/* From pixels of the searched picture to those of the source, inside it. */
static void place_fill(struct lince_code *code, const struct zxing_code *found, const struct search *search) {
    const struct codes_request *request = search->request;
    const struct image *image = request->image;
    double scale_x = image->scale_x * request->reduction, scale_y = image->scale_y * request->reduction;
    struct lince_box box = {image->source_width_px, image->source_height_px, 0, 0};
    for (size_t i = 0; i < 4; i++) {
        double x = found->corners_px[2 * i], y = found->corners_px[2 * i + 1];
        if (search->area != NULL) {
            turned_place(search->area, x, y, &x, &y);
        }
        x = fmin(fmax(x * scale_x, 0), image->source_width_px);
        y = fmin(fmax(y * scale_y, 0), image->source_height_px);
        code->quad[i] = (struct lince_point){x, y};
        box = (struct lince_box){fmin(box.x0, x), fmin(box.y0, y), fmax(box.x1, x), fmax(box.y1, y)};
    }
    code->box = box;
}

static bool is_above(const struct lince_code *code, const struct lince_code *other) {
    return code->box.y0 < other->box.y0 || (code->box.y0 == other->box.y0 && code->box.x0 < other->box.x0);
}

static struct lince_point middle_of(const struct lince_code *code) {
    return (struct lince_point){(code->box.x0 + code->box.x1) / 2, (code->box.y0 + code->box.y1) / 2};
}

static bool box_has(const struct lince_box *box, struct lince_point point) {
    return point.x >= box->x0 && point.x <= box->x1 && point.y >= box->y0 && point.y <= box->y1;
}

/* Whether the two are in one place: one has the middle of the other in it. */
static bool is_same_place(const struct lince_code *code, const struct lince_code *other) {
    return box_has(&code->box, middle_of(other)) || box_has(&other->box, middle_of(code));
}

/* Whether the same code was found in the level picture, or in another area. */
static bool is_known(const struct code_list *list, const struct lince_code *code) {
    for (size_t i = 0; i < list->count; i++) {
        const struct lince_code *other = &list->items[i];
        if (other->kind == code->kind && other->bytes_count == code->bytes_count &&
            memcmp(other->bytes, code->bytes, code->bytes_count) == 0 && is_same_place(code, other)) {
            return true;
        }
    }
    return false;
}

static void list_remove(struct code_list *list, size_t index) {
    list->count--;
    memmove(&list->items[index], &list->items[index + 1], (list->count - index) * sizeof *list->items);
}

/* ---- whole numbers ------------------------------------------------------------------------------------ */

/* The brightness at a point; -1 beyond the picture. */
static int level_of(const struct grey *picture, double x, double y) {
    bool is_in = x >= 0 && y >= 0 && x < picture->width_px && y < picture->height_px;
    return is_in ? picture->pixels[(size_t)y * picture->width_px + (size_t)x] : -1;
}

/* Half way between the darkest and the brightest point from one end to the other. */
static int threshold_between(const struct grey *picture, struct lince_point from, struct lince_point to) {
    int darkest = UINT8_MAX, brightest = 0, steps = (int)hypot(to.x - from.x, to.y - from.y) + 1;
    for (int i = 0; i <= steps; i++) {
        double share = (double)i / steps;
        int level = level_of(picture, from.x + share * (to.x - from.x), from.y + share * (to.y - from.y));
        darkest = level >= 0 && level < darkest ? level : darkest;
        brightest = level > brightest ? level : brightest;
    }
    return (darkest + brightest) / 2;
}

/* Whether no bar follows the end: 2 to 6 narrow bars beyond it the brightness stays on one side of the threshold. */
static bool end_is_quiet(const struct grey *picture, struct lince_point end, struct lince_point bar, int threshold) {
    enum { FROM = 4, TO = 12 }; /* halves of a narrow bar */
    int first = -1;
    for (int half = FROM; half <= TO; half++) {
        int level = level_of(picture, end.x + bar.x * half / 2, end.y + bar.y * half / 2);
        int side = level < 0 ? first : level >= threshold;
        first = first < 0 ? side : first;
        if (side != first) {
            return false;
        }
    }
    return true;
}

/*
 * ITF has no ends of its own: a number that goes on beside what was read is none, and so is what a row or two have said
 * of bars that are much taller.
 */
static bool itf_is_whole(const struct grey *picture, const struct zxing_code *found) {
    enum { BARS_OF_DIGIT = 8, BARS_OF_ENDS = 9, TALL_LEAST = 2 };
    const int32_t *corner = found->corners_px;
    struct lince_point left = {(corner[0] + corner[6]) / 2.0, (corner[1] + corner[7]) / 2.0};
    struct lince_point right = {(corner[2] + corner[4]) / 2.0, (corner[3] + corner[5]) / 2.0};
    double bars = (double)(found->text_bytes * BARS_OF_DIGIT + BARS_OF_ENDS);
    struct lince_point bar = {(right.x - left.x) / bars, (right.y - left.y) / bars};
    double tall =
        (hypot(corner[0] - corner[6], corner[1] - corner[7]) + hypot(corner[2] - corner[4], corner[3] - corner[5])) / 2;
    int threshold = threshold_between(picture, left, right);
    return tall >= TALL_LEAST * hypot(bar.x, bar.y) && end_is_quiet(picture, right, bar, threshold) &&
           end_is_quiet(picture, left, (struct lince_point){-bar.x, -bar.y}, threshold);
}

/* Codes of the same kind in the same place that say something else. */
static void others_remove(struct code_list *list, const struct lince_code *code) {
    for (size_t i = list->count; i-- > 0;) {
        if (list->items[i].kind == code->kind && is_same_place(&list->items[i], code)) {
            list_remove(list, i);
        }
    }
}

static bool on_code(void *context, const struct zxing_code *found) {
    struct search *search = context;
    struct code_list *list = search->list;
    struct lince_code code = {.kind = (enum lince_code_kind)found->kind, .bytes_count = found->bytes_count};
    if (list->count == CODES_LIMIT) {
        return false;
    }
    if (code.kind == LINCE_CODE_ITF && !itf_is_whole(search->picture, found)) {
        return true;
    }
    code.bytes = arena_copy_text(search->arena, (const char *)found->bytes, found->bytes_count);
    code.content = text_is_sound(found) ? arena_copy_text(search->arena, found->text, found->text_bytes) : NULL;
    if (code.bytes == NULL || (code.content == NULL && text_is_sound(found))) {
        return false;
    }
    place_fill(&code, found, search);
    if (search->area != NULL && is_known(list, &code)) {
        return true;
    }
    if (search->area != NULL) { /* level bars are read better */
        others_remove(list, &code);
    }
    size_t place = list->count++;
    for (; place > 0 && is_above(&code, &list->items[place - 1]); place--) {
        list->items[place] = list->items[place - 1];
    }
    list->items[place] = code;
    return true;
}

static void search_run(struct search *search, const struct grey *grey) {
    struct zxing_job job = {.pixels = grey->pixels,
                            .width_px = grey->width_px,
                            .height_px = grey->height_px,
                            .stride_bytes = grey->width_px,
                            .charge = on_charge,
                            .release = on_release,
                            .take = on_code,
                            .context = search};
    search->picture = grey;
    search->held_bytes = meter_charged_bytes(meter_block_bytes(grey->pixels));
    bool fits = search->held_bytes <= search->request->budget_bytes;
    search->list->was_refused |= !fits || !call_lince_zxing_read(&job);
    search->picture = NULL;
}

/* ---- turned bars -------------------------------------------------------------------------------------- */

/* The ends of ITF look like its middle: what was read along rows that are not level may be a part of the number. */
static void parts_remove(const struct codes_request *request, struct code_list *list, const struct turned_area *area) {
    double scale_x = request->image->scale_x * request->reduction,
           scale_y = request->image->scale_y * request->reduction;
    for (size_t i = list->count; i-- > 0;) {
        struct lince_point middle = middle_of(&list->items[i]);
        if (list->items[i].kind == LINCE_CODE_ITF && turned_has(area, middle.x / scale_x, middle.y / scale_y)) {
            list_remove(list, i);
        }
    }
}

/* Of several ITF in one place only the longest can be whole. */
static void shorter_remove(struct code_list *list) {
    for (size_t i = list->count; i-- > 0;) {
        bool is_shorter = false;
        for (size_t j = 0; j < list->count && list->items[i].kind == LINCE_CODE_ITF && !is_shorter; j++) {
            is_shorter = j != i && list->items[j].kind == LINCE_CODE_ITF &&
                         list->items[j].bytes_count > list->items[i].bytes_count &&
                         is_same_place(&list->items[i], &list->items[j]);
        }
        if (is_shorter) {
            list_remove(list, i);
        }
    }
}

/* Looks again where bars are turned, in a level picture of them, within the budget. */
static void turned_search(struct search *search, const struct grey *grey) {
    struct turned_area areas[TURNED_AREAS_MOST];
    size_t count = 0;
    const struct codes_request *request = search->request;
    bool fits = turned_find(grey, TURNED_LEAST_DEGREES, request->meter, areas, &count);
    for (size_t i = 0; i < count && !search->is_cancelled; i++) {
        struct grey level = {0};
        uint64_t price = (uint64_t)((double)turned_pixels(&areas[i]) * PIXEL_BYTES) +
                         meter_charged_bytes(meter_block_bytes(grey->pixels));
        parts_remove(request, search->list, &areas[i]);
        bool has_room = price <= request->budget_bytes && turned_make(grey, &areas[i], request->meter, &level);
        fits = fits && has_room;
        if (has_room) {
            search->area = &areas[i];
            search_run(search, &level);
            search->area = NULL;
        }
        meter_free(level.pixels);
    }
    search->list->was_refused |= !fits;
}

/* The list in its final size. */
static void list_keep(struct code_list *list, struct arena *arena) {
    struct lince_code *items = arena_allocate_zero(arena, list->count + 1, sizeof *items);
    if (items != NULL && list->items != NULL && list->count > 0) {
        memcpy(items, list->items, list->count * sizeof *items);
    }
    list->was_refused |= items == NULL;
    list->count = items == NULL ? 0 : list->count;
    list->items = items;
}

enum lince_status codes_find(const struct codes_request *request, struct arena *arena, struct code_list *list,
                             struct lince_error *error) {
    struct search search = {.request = request, .arena = arena, .list = list, .error = error};
    struct grey grey = {0};
    *list = (struct code_list){0};
    enum lince_status status = codes_load(error);
    if (status == LINCE_OK) {
        status = progress_report(request->progress, LINCE_STAGE_CODES, 0, error);
    }
    if (status != LINCE_OK) {
        return status;
    }
    struct arena_mark mark = arena_mark(request->scratch);
    list->items = arena_allocate_zero(request->scratch, CODES_LIMIT, sizeof *list->items);
    list->was_refused = list->items == NULL || !grey_make(request, &grey);
    if (grey.pixels != NULL) {
        search_run(&search, &grey);
        if (!search.is_cancelled && !list->was_refused) {
            turned_search(&search, &grey);
        }
        shorter_remove(list);
        meter_free(grey.pixels);
    }
    list->is_full = list->count == CODES_LIMIT;
    list_keep(list, arena);
    arena_rewind(request->scratch, mark);
    return search.is_cancelled ? LINCE_ERROR_CANCELLED
                               : progress_report(request->progress, LINCE_STAGE_CODES, 1, error);
}
