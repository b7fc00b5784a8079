/* legibility.c - compares the scales that were used with what the image needs, and with a plan without a limit. */
#include "engine/legibility.h"

#include <math.h>

#include "engine/memory.h"
#include "text/detect/detail.h"

/* Share of the small print that the map resolves: a word or two that are barely illegible give no warning. */
static const double WARN_BELOW_COVERAGE = 0.98;

/* Share of an image's sides that is left: below it small print may be lost, even undetected. */
static const double WARN_BELOW_REDUCTION = 0.5;

/* The lowest letters that can be read in the working image. */
enum { LEAST_LETTER_PX = 5 };

/* The limit at which the image would be read at full size, in the unit of --memory. */
static unsigned long long whole_limit_mb(struct lince_engine *engine, const struct plan *whole) {
    enum { MEGABYTE_BITS = 20 };
    uint64_t part = (UINT64_C(1) << MEGABYTE_BITS) - 1;
    return (unsigned long long)((memory_limit_for(engine, whole->bytes) + part) >> MEGABYTE_BITS);
}

static bool coverage_warn(struct lince_engine *engine, const struct plan *whole, const struct image *image,
                          const struct region_list *regions, enum lince_language language, struct lince_page *page) {
    if (regions->coverage >= WARN_BELOW_COVERAGE) {
        return true;
    }
    return page_warn(page, language, "small_text",
                     "%.0f %% of the small print, with letters %.0f pixels high, may be missing for lack of memory; "
                     "--memory %lluMB reads it",
                     "puede faltar el %.0f %% de la letra pequeña, de %.0f píxeles de alto, por falta de memoria; "
                     "--memory %lluMB la lee",
                     100.0 * (1.0 - regions->coverage), regions->letter_px * image->scale_y,
                     whole_limit_mb(engine, whole));
}

/*
 * Whether letters of the least height that can be read have not enough pixels left. At the usual size `detail` has seen
 * them. At a smaller one it may see nothing of them, and a few tiny ones are a sign of more.
 */
static bool is_too_small(const struct image_header *header, const struct plan *plan, double detail,
                         const struct region_list *regions) {
    if (plan->working_width_px == header->width_px) {
        return false;
    }
    struct plan usual;
    (void)plan_usual(header, plan->models_are_fast, UINT64_MAX, &usual);
    bool has_tiny_letters = regions->smallest_px > 0 && regions->smallest_px < LEAST_LETTER_PX;
    bool is_much_smaller = plan->working_width_px < WARN_BELOW_REDUCTION * header->width_px;
    return detail > DETAIL_LETTER_PX / LEAST_LETTER_PX ||
           (plan->working_width_px < usual.working_width_px && (has_tiny_letters || is_much_smaller));
}

static bool reduction_warn(struct lince_engine *engine, const struct plan *whole, const struct image *image,
                           enum lince_language language, struct lince_page *page) {
    double letter_px = ceil(LEAST_LETTER_PX * fmax(image->scale_x, image->scale_y));
    if (whole->working_width_px <= image->width_px) {
        return page_warn(page, language, "reduced_image",
                         "the image of %u x %u was read at %u x %u: letters under %.0f pixels high may be missing; cut "
                         "it into parts",
                         "la imagen de %u x %u se leyó a %u x %u: pueden faltar letras de menos de %.0f píxeles de "
                         "alto; córtela en partes",
                         image->source_width_px, image->source_height_px, image->width_px, image->height_px, letter_px);
    }
    return page_warn(page, language, "reduced_image",
                     "the image of %u x %u was read at %u x %u for lack of memory: letters under %.0f pixels high may "
                     "be missing; --memory %lluMB reads it at %u x %u",
                     "la imagen de %u x %u se leyó a %u x %u por falta de memoria: pueden faltar letras de menos de "
                     "%.0f píxeles de alto; --memory %lluMB la lee a %u x %u",
                     image->source_width_px, image->source_height_px, image->width_px, image->height_px, letter_px,
                     whole_limit_mb(engine, whole), whole->working_width_px, whole->working_height_px);
}

static bool more_warn(const struct image_header *header, enum lince_language language, struct lince_page *page) {
    return !header->animated ||
           page_warn(page, language, "more_pictures",
                     "the file has more pictures than the first, which alone was read; save the others as files of "
                     "their own",
                     "el archivo tiene más imágenes que la primera, la única que se leyó; guarde las otras en archivos "
                     "aparte");
}

bool legibility_warn(struct lince_engine *engine, const struct image_header *header, const struct plan *plan,
                     const struct image *image, double detail, const struct region_list *regions,
                     enum lince_language language, struct lince_page *page) {
    struct plan whole;
    plan_make(header, plan->models_are_fast, UINT64_MAX, &whole);
    return coverage_warn(engine, &whole, image, regions, language, page) &&
           (!is_too_small(header, plan, detail, regions) || reduction_warn(engine, &whole, image, language, page)) &&
           more_warn(header, language, page);
}

/*
 * A logo and a signature beside many lines give no warning; three lines in a fifth of the page do, and one that goes on
 * in another script.
 */
enum { UNREAD_LINES = 3, UNREAD_SHARE = 5 };

bool legibility_warn_script(const struct line_list *lines, enum lince_language language, struct lince_page *page) {
    size_t unread = lines->unread_count;
    bool are_most = 2 * unread > lines->wide_count;
    bool are_many = unread >= UNREAD_LINES && UNREAD_SHARE * unread >= lines->wide_count;
    if (!are_most && !are_many && lines->part_count == 0) {
        return true;
    }
    return page_warn(
        page, language, "unread_text",
        "%zu of %zu lines could not be read, or only in part: Lince reads print in the Latin script, as of Spanish and "
        "English, not handwriting, Cyrillic, Greek, Arabic, Hebrew, Indic or East Asian scripts",
        "no se pudieron leer %zu de %zu líneas, o solo en parte: Lince lee letra impresa en la escritura latina, como "
        "la "
        "del español y el inglés, no manuscritos ni escritura cirílica, griega, árabe, hebrea, de la "
        "India o de Asia oriental",
        unread, lines->wide_count);
}

bool legibility_warn_overprint(enum lince_language language, struct lince_page *page) {
    return page_warn(page, language, "overprint",
                     "a watermark or stamp across the text was not read; the lines below it were",
                     "no se leyó una marca de agua o un sello sobre el texto; los renglones debajo sí");
}
