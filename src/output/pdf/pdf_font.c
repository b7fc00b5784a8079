/* pdf_font.c - the dictionaries of the font, its program and its maps. */
#include "output/pdf/pdf_font.h"

#include <string.h>

#include "base/buffer.h"
#include "image/common/deflater.h"
#include "output/pdf/binary.h"

enum { UNITS_PER_EM = 1000, ADVANCE_UNITS = 500, ASCENT_UNITS = 800, DESCENT_UNITS = -200, GLYPH_COUNT = 2 };
enum { CODE_COUNT = 65536, CODES_PER_ROW = 256, TABLE_COUNT = 10, DIRECTORY_BYTES = 12, DIRECTORY_ENTRY_BYTES = 16 };
enum { RANGES_PER_BLOCK = 64, RANGE_COUNT = 256 };
/* The one glyph with an outline. */
enum { GLYPH_POINTS = 2, GLYPH_BYTES = 24 };

/* ---- the TrueType program ----------------------------------------------------------------------------- */

/* One segment of format 4 that maps nothing: the PDF's own map leads from codes to glyphs. */
static void table_cmap(struct binary *program) {
    static const int words[] = {0, 1, 3, 1, 0, 12, 4, 24, 0, 2, 2, 0, 0, 0xFFFF, 0, 0xFFFF, 1, 0};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        binary_put_16(program, words[i]);
    }
}

static void table_head(struct binary *program) {
    binary_put_32(program, 0x00010000);
    binary_put_32(program, 0x00010000);
    binary_put_32(program, 0); /* the checksum, set at the end */
    binary_put_32(program, 0x5F0F3CF5);
    binary_put_16(program, 0);
    binary_put_16(program, UNITS_PER_EM);
    binary_put_zeros(program, 16); /* dates */
    binary_put_16(program, 0);
    binary_put_16(program, DESCENT_UNITS);
    binary_put_16(program, ADVANCE_UNITS);
    binary_put_16(program, ASCENT_UNITS);
    binary_put_16(program, 0);
    binary_put_16(program, 8);
    binary_put_16(program, 2);
    binary_put_16(program, 0);
    binary_put_16(program, 0);
}

static void table_hhea(struct binary *program) {
    binary_put_32(program, 0x00010000);
    binary_put_16(program, ASCENT_UNITS);
    binary_put_16(program, DESCENT_UNITS);
    binary_put_16(program, 0);
    binary_put_16(program, ADVANCE_UNITS);
    binary_put_zeros(program, 6);
    binary_put_16(program, 1);
    binary_put_zeros(program, 14);
    binary_put_16(program, GLYPH_COUNT);
}

static void table_hmtx(struct binary *program) {
    for (int glyph = 0; glyph < GLYPH_COUNT; glyph++) {
        binary_put_16(program, ADVANCE_UNITS);
        binary_put_16(program, 0);
    }
}

/* Offsets in units of two bytes: the first glyph has no outline. */
static void table_loca(struct binary *program) {
    binary_put_16(program, 0);
    binary_put_16(program, 0);
    binary_put_16(program, GLYPH_BYTES / 2);
}

/*
 * A line from corner to corner and back: no area, so that nothing would be seen, but the extent of a letter. Chromium's
 * viewer marks what is selected by the outlines, and leaves out a word of one letter that has no extent.
 */
static void table_glyf(struct binary *program) {
    static const int words[] = {1, 0, DESCENT_UNITS, ADVANCE_UNITS, ASCENT_UNITS, GLYPH_POINTS - 1, 0};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        binary_put_16(program, words[i]);
    }
    binary_put_16(program, 0x0101); /* both points are on the outline; all distances have two bytes */
    binary_put_16(program, 0);
    binary_put_16(program, ADVANCE_UNITS);
    binary_put_16(program, DESCENT_UNITS);
    binary_put_16(program, ASCENT_UNITS - DESCENT_UNITS);
}

static void table_maxp(struct binary *program) {
    binary_put_32(program, 0x00010000);
    binary_put_16(program, GLYPH_COUNT);
    binary_put_16(program, GLYPH_POINTS);
    binary_put_16(program, 1);
    binary_put_zeros(program, 4);
    binary_put_16(program, 1);
    binary_put_zeros(program, 16);
}

static void table_name(struct binary *program) {
    binary_put_16(program, 0);
    binary_put_16(program, 0);
    binary_put_16(program, 6);
}

static void table_os2(struct binary *program) {
    binary_put_16(program, 3);
    binary_put_16(program, ADVANCE_UNITS);
    binary_put_16(program, 400);
    binary_put_16(program, 5);
    binary_put_zeros(program, 54);
    binary_put_16(program, 0x40);
    binary_put_16(program, 0x20);
    binary_put_16(program, 0xFFFF);
    binary_put_16(program, ASCENT_UNITS);
    binary_put_16(program, DESCENT_UNITS);
    binary_put_16(program, 0);
    binary_put_16(program, ASCENT_UNITS);
    binary_put_16(program, -DESCENT_UNITS);
    binary_put_zeros(program, 18);
}

static void table_post(struct binary *program) {
    binary_put_32(program, 0x00030000);
    binary_put_zeros(program, 28);
}

static const struct table {
    char tag[5];
    void (*write)(struct binary *program);
} tables[TABLE_COUNT] = {{"OS/2", table_os2},  {"cmap", table_cmap}, {"glyf", table_glyf}, {"head", table_head},
                         {"hhea", table_hhea}, {"hmtx", table_hmtx}, {"loca", table_loca}, {"maxp", table_maxp},
                         {"name", table_name}, {"post", table_post}};

static uint32_t sum_of(const uint8_t *bytes, size_t bytes_count) {
    uint32_t sum = 0;
    for (size_t i = 0; i < bytes_count; i += 4) {
        sum += (uint32_t)bytes[i] << 24 | (uint32_t)bytes[i + 1] << 16 | (uint32_t)bytes[i + 2] << 8 | bytes[i + 3];
    }
    return sum;
}

static void program_build(struct binary *program) {
    memset(program, 0, sizeof *program);
    struct binary directory = {0};
    binary_put_32(&directory, 0x00010000);
    binary_put_16(&directory, TABLE_COUNT);
    binary_put_16(&directory, 128);
    binary_put_16(&directory, 3);
    binary_put_16(&directory, TABLE_COUNT * 16 - 128);
    size_t head_at = 0;
    program->used_bytes = DIRECTORY_BYTES + TABLE_COUNT * DIRECTORY_ENTRY_BYTES;
    for (int i = 0; i < TABLE_COUNT; i++) {
        size_t start = program->used_bytes;
        head_at = strcmp(tables[i].tag, "head") == 0 ? start : head_at;
        tables[i].write(program);
        size_t length = program->used_bytes - start;
        program->used_bytes = (program->used_bytes + 3) & ~(size_t)3;
        memcpy(directory.bytes + directory.used_bytes, tables[i].tag, 4);
        directory.used_bytes += 4;
        binary_put_32(&directory, sum_of(program->bytes + start, program->used_bytes - start));
        binary_put_32(&directory, (uint32_t)start);
        binary_put_32(&directory, (uint32_t)length);
    }
    memcpy(program->bytes, directory.bytes, directory.used_bytes);
    struct binary adjustment = {0};
    binary_put_32(&adjustment, 0xB1B0AFBA - sum_of(program->bytes, program->used_bytes));
    memcpy(program->bytes + head_at + 8, adjustment.bytes, 4);
}

/* ---- objects ------------------------------------------------------------------------------------------ */

static void deflated_append(struct buffer *buffer, const struct buffer *data, const char *details) {
    buffer_format(buffer, "<< /Filter /FlateDecode %s/Length %zu >>\nstream\n", details, data->used_bytes);
    buffer_append(buffer, data->bytes, data->used_bytes);
    buffer_text(buffer, "\nendstream");
    buffer->refused |= data->refused;
}

static void program_append(struct buffer *buffer) {
    struct binary program;
    program_build(&program);
    buffer_format(buffer, "<< /Length %zu /Length1 %zu >>\nstream\n", program.used_bytes, program.used_bytes);
    buffer_append(buffer, program.bytes, program.used_bytes);
    buffer_text(buffer, "\nendstream");
}

/* The glyph of each code: 1 for all but the first. */
static void glyphs_append(struct buffer *buffer) {
    struct buffer data;
    struct deflater deflater;
    uint8_t row[2 * CODES_PER_ROW] = {0};
    buffer_init(&data, buffer->meter);
    deflater_begin(&deflater, &data);
    for (int code = 0; code < CODE_COUNT; code += CODES_PER_ROW) {
        for (int i = code == 0 ? 1 : 0; i < CODES_PER_ROW; i++) {
            row[2 * i + 1] = 1;
        }
        deflater_add(&deflater, row, sizeof row);
    }
    deflater_end(&deflater);
    deflated_append(buffer, &data, "");
    buffer_free(&data);
}

static const char unicode_head[] = "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                                   "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
                                   "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                                   "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
                  unicode_tail[] = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";

/* Maps each range of 256 codes to itself; a range may not span two values of the first byte (ISO 32000-1, 9.10.3). */
static void unicode_append(struct buffer *buffer) {
    struct buffer map, data;
    struct deflater deflater;
    buffer_init(&map, buffer->meter);
    buffer_text(&map, unicode_head);
    for (unsigned range = 0; range < RANGE_COUNT; range++) {
        if (range % RANGES_PER_BLOCK == 0) {
            buffer_format(&map, "%d beginbfrange\n", RANGES_PER_BLOCK);
        }
        buffer_format(&map, "<%02X00> <%02XFF> <%02X00>\n", range, range, range);
        if (range % RANGES_PER_BLOCK == RANGES_PER_BLOCK - 1) {
            buffer_text(&map, "endbfrange\n");
        }
    }
    buffer_text(&map, unicode_tail);
    buffer_init(&data, buffer->meter);
    deflater_begin(&deflater, &data);
    deflater_add(&deflater, map.bytes, (unsigned)map.used_bytes);
    deflater_end(&deflater);
    data.refused |= map.refused;
    deflated_append(buffer, &data, "");
    buffer_free(&map);
    buffer_free(&data);
}

void pdf_font_append(enum pdf_font_object object, uint32_t first_object, struct buffer *buffer) {
    switch (object) {
    case PDF_FONT_ITSELF:
        buffer_format(buffer,
                      "<< /Type /Font /Subtype /Type0 /BaseFont /Unseen /Encoding /Identity-H "
                      "/DescendantFonts [%u 0 R] /ToUnicode %u 0 R >>",
                      first_object + PDF_FONT_DESCENDANT, first_object + PDF_FONT_UNICODE);
        break;
    case PDF_FONT_DESCENDANT:
        buffer_format(buffer,
                      "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Unseen /DW %d /FontDescriptor %u 0 R "
                      "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
                      "/CIDToGIDMap %u 0 R >>",
                      ADVANCE_UNITS, first_object + PDF_FONT_DESCRIPTOR, first_object + PDF_FONT_GLYPHS);
        break;
    case PDF_FONT_DESCRIPTOR:
        buffer_format(buffer,
                      "<< /Type /FontDescriptor /FontName /Unseen /Flags 4 /FontBBox [0 %d %d %d] /ItalicAngle 0 "
                      "/Ascent %d /Descent %d /CapHeight %d /StemV 80 /FontFile2 %u 0 R >>",
                      DESCENT_UNITS, ADVANCE_UNITS, ASCENT_UNITS, ASCENT_UNITS, DESCENT_UNITS, ASCENT_UNITS,
                      first_object + PDF_FONT_PROGRAM);
        break;
    case PDF_FONT_PROGRAM:
        program_append(buffer);
        break;
    case PDF_FONT_GLYPHS:
        glyphs_append(buffer);
        break;
    case PDF_FONT_UNICODE:
        unicode_append(buffer);
        break;
    case PDF_FONT_OBJECT_COUNT:
        break;
    }
}
