/* font.h - draws text into RGB rows with FreeType. */
#ifndef LINCE_CLI_READ_DRAWING_FONT_H
#define LINCE_CLI_READ_DRAWING_FONT_H

#include <stdint.h>

#include "cli/read/drawing/pixel.h"
#include "lince.h"

struct meter;
struct image;
struct font;
/*
 * Gives the font at $LINCE_FONT, or the first common sans-serif font that is installed. FreeType allocates on `meter`.
 * One thread at a time uses a font. NOT_FOUND, MEMORY_LIMIT, RUNTIME.
 */
enum lince_status font_open(struct meter *meter, struct font **result, struct lince_error *error);
void font_close(struct font *font);

/* The width of `text` (UTF-8) with letters `height_px` high. */
int font_width_px(struct font *font, const char *text, int height_px);

/* Draws text with the start of its baseline at (x, y); what falls outside the image is left out. */
void font_draw(struct font *font, struct image *image, const char *text, int height_px, int x, int y,
               struct colour colour);

#endif
