/*
 * pdf_font.h - a font without shapes, in which every UTF-16 unit is a code, for invisible text.
 *
 * It is a composite font (ISO 32000-1, 9.7) over an embedded TrueType program with two empty glyphs. Every code but 0
 * uses the second one, and the map to Unicode is the identity, so that a viewer copies what was written.
 */
#ifndef LINCE_OUTPUT_PDF_PDF_FONT_H
#define LINCE_OUTPUT_PDF_PDF_FONT_H

#include <stddef.h>
#include <stdint.h>

struct buffer;

/* The advance of one unit, as a fraction of the font size. */
#define PDF_FONT_ADVANCE 0.5

enum pdf_font_object {
    PDF_FONT_ITSELF,
    PDF_FONT_DESCENDANT,
    PDF_FONT_DESCRIPTOR,
    PDF_FONT_PROGRAM,
    PDF_FONT_GLYPHS,
    PDF_FONT_UNICODE,
    PDF_FONT_OBJECT_COUNT
};

/* Appends object `object` of the font, whose first object has the number `first_object`. */
void pdf_font_append(enum pdf_font_object object, uint32_t first_object, struct buffer *buffer);

#endif
