/* font.c - blends glyphs from FreeType over the pixels by their coverage. */
#include "cli/read/drawing/font.h"

#include <ft2build.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>
#include FT_FREETYPE_H
#include FT_MODULE_H

#include "base/error.h"
#include "base/meter.h"
#include "base/utf8.h"

struct font {
    struct FT_MemoryRec_ memory; /* first: FreeType passes it to the three functions below */
    FT_Library library;
    FT_Face face;
};

static void *font_allocate(FT_Memory memory, long bytes) {
    return meter_allocate(memory->user, (size_t)bytes);
}

static void font_release(FT_Memory memory, void *block) {
    (void)memory;
    meter_free(block);
}

static void *font_reallocate(FT_Memory memory, long old_bytes, long bytes, void *block) {
    (void)old_bytes;
    return meter_reallocate(memory->user, block, (size_t)bytes);
}

static const char *font_path(void) {
    static const char *const paths[] = {
        "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
        "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf",
        "/usr/share/fonts/TTF/DejaVuSans.ttf",
        "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
        "/System/Library/Fonts/Supplemental/Arial.ttf",
    };
    const char *chosen = getenv("LINCE_FONT");
    if (chosen != NULL && *chosen != '\0') {
        return chosen;
    }
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        if (access(paths[i], R_OK) == 0) {
            return paths[i];
        }
    }
    return NULL;
}

static enum lince_status face_open(struct font *font, struct lince_error *error) {
    const char *path = font_path();
    if (path == NULL) {
        return error_set(error, LINCE_ERROR_NOT_FOUND,
                         "there is no font to draw text with; install fonts-dejavu-core or name one in LINCE_FONT",
                         "no hay una fuente para dibujar texto; instale fonts-dejavu-core o indique una en LINCE_FONT");
    }
    if (FT_New_Library(&font->memory, &font->library) != 0) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory to draw text",
                         "no hay memoria para dibujar texto");
    }
    FT_Add_Default_Modules(font->library);
    FT_Error failure = FT_New_Face(font->library, path, 0, &font->face);
    if (failure == FT_Err_Out_Of_Memory) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the font %s",
                         "no hay memoria para la fuente %s", path);
    }
    if (failure != 0 || !FT_IS_SCALABLE(font->face)) {
        return error_set(error, LINCE_ERROR_NOT_FOUND, "%s is not a font; name another one in LINCE_FONT",
                         "%s no es una fuente; indique otra en LINCE_FONT", path);
    }
    return LINCE_OK;
}

enum lince_status font_open(struct meter *meter, struct font **result, struct lince_error *error) {
    struct font *font = meter_allocate_zero(meter, 1, sizeof *font);
    if (font == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory to draw text",
                         "no hay memoria para dibujar texto");
    }
    font->memory = (struct FT_MemoryRec_){meter, font_allocate, font_release, font_reallocate};
    enum lince_status status = face_open(font, error);
    if (status != LINCE_OK) {
        font_close(font);
        return status;
    }
    *result = font;
    return LINCE_OK;
}

void font_close(struct font *font) {
    if (font != NULL) {
        if (font->face != NULL) {
            FT_Done_Face(font->face);
        }
        if (font->library != NULL) {
            FT_Done_Library(font->library);
        }
        meter_free(font);
    }
}

/* The next UTF-8 character; 0 at the end. Texts of pages are valid UTF-8. */
static FT_ULong character_next(const char **text) {
    int32_t code_point;
    size_t length = utf8_next(*text, UTF8_TO_THE_END, &code_point);
    if (code_point <= 0) {
        return 0;
    }
    *text += length;
    return (FT_ULong)code_point;
}

int font_width_px(struct font *font, const char *text, int height_px) {
    FT_Set_Pixel_Sizes(font->face, 0, (FT_UInt)height_px);
    FT_Pos width = 0;
    for (FT_ULong character; (character = character_next(&text)) != 0;) {
        if (FT_Load_Char(font->face, character, FT_LOAD_DEFAULT) == 0) {
            width += font->face->glyph->advance.x;
        }
    }
    return (int)(width >> 6);
}

static void glyph_draw(FT_GlyphSlot glyph, struct image *image, int x, int y, struct colour colour) {
    for (unsigned row = 0; row < glyph->bitmap.rows; row++) {
        const unsigned char *coverage = glyph->bitmap.buffer + (ptrdiff_t)row * glyph->bitmap.pitch;
        for (unsigned column = 0; column < glyph->bitmap.width; column++) {
            pixel_blend(image, x + glyph->bitmap_left + (int)column, y - glyph->bitmap_top + (int)row, colour,
                        coverage[column] / 255.0);
        }
    }
}

void font_draw(struct font *font, struct image *image, const char *text, int height_px, int x, int y,
               struct colour colour) {
    FT_Set_Pixel_Sizes(font->face, 0, (FT_UInt)height_px);
    FT_Pos advance = 0;
    for (FT_ULong character; (character = character_next(&text)) != 0;) {
        if (FT_Load_Char(font->face, character, FT_LOAD_RENDER) == 0) {
            glyph_draw(font->face->glyph, image, x + (int)(advance >> 6), y, colour);
            advance += font->face->glyph->advance.x;
        }
    }
}
