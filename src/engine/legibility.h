/* legibility.h - what a page may lack: small print for which the map was too coarse, lines in another script. */
#ifndef LINCE_ENGINE_LEGIBILITY_H
#define LINCE_ENGINE_LEGIBILITY_H

#include <stdbool.h>

#include "engine/engine.h"
#include "engine/plan.h"
#include "image/image.h"
#include "text/page.h"

/*
 * Adds the warnings "small_text", if the map was too coarse for some of the letters, and "reduced_image", if the
 * sides of the image should be `detail` times as long for letters that may be there, and "more_pictures", if the file
 * has others that were not read. Each names the remedy. False when the page's arena is refused.
 */
bool legibility_warn(struct lince_engine *engine, const struct image_header *header, const struct plan *plan,
                     const struct image *image, double detail, const struct region_list *regions,
                     enum lince_language language, struct lince_page *page);

/*
 * Adds the warning "unread_text" if most or many of the detected lines could not be read, or one only in part: they
 * are in a script other than Latin, or are not print. False when the page's arena is refused.
 */
bool legibility_warn_script(const struct line_list *lines, enum lince_language language, struct lince_page *page);

/* Adds the warning "overprint": a watermark or stamp was left out. False when the page's arena is refused. */
bool legibility_warn_overprint(enum lince_language language, struct lince_page *page);

#endif
