/* tiff_rows.c - unpacks pixels one by one, from any number of bits. */
#include "image/tiff_rows.h"

#include <string.h>

enum { UNSIGNED_WHOLE = 1, UNDEFINED = 4, INKS_CMYK = 1 };

static uint32_t color_samples_of(const struct tiff_page *page) {
    switch (page->photometric) {
    case TIFF_WHITE_IS_ZERO:
    case TIFF_BLACK_IS_ZERO:
    case TIFF_MASK:
    case TIFF_PALETTE:
        return 1;
    case TIFF_RGB:
        return 3;
    case TIFF_INKS:
        return page->ink_set == INKS_CMYK ? 4 : 0;
    default:
        return 0;
    }
}

bool tiff_rows_fit(const struct tiff_page *page) {
    uint32_t colors = color_samples_of(page);
    bool known_format = page->sample_format == UNSIGNED_WHOLE || page->sample_format == UNDEFINED;
    bool known_bits = page->bits >= 1 && page->bits <= (page->photometric == TIFF_PALETTE ? 8 : 16);
    return colors > 0 && page->samples >= colors && page->samples <= 64 && known_bits && !page->bits_differ &&
           known_format && (page->photometric != TIFF_PALETTE || page->colors.count >= 3ull << page->bits);
}

/* Colours have 16 bits. Some programs write 8; then none is above 255. */
static bool palette_read(struct tiff_rows *rows, const struct tiff_file *file) {
    const struct tiff_page *page = rows->page;
    uint32_t count = 1u << page->bits;
    uint64_t values[256 * 3], most = 0;
    for (uint32_t i = 0; i < count * 3; i++) {
        if (!tiff_number(file, &page->colors, i, &values[i])) {
            return false;
        }
        most = values[i] > most ? values[i] : most;
    }
    for (uint32_t i = 0; i < count * 3; i++) {
        uint64_t value = most < 256 ? values[i] : (values[i] * 255 + 32767) / 65535;
        rows->palette[i % count][i / count] = (uint8_t)value;
    }
    return true;
}

bool tiff_rows_open(struct tiff_rows *rows, const struct tiff_file *file, const struct tiff_page *page) {
    *rows = (struct tiff_rows){.page = page, .color_samples = color_samples_of(page)};
    rows->has_alpha = page->alpha != TIFF_ALPHA_NONE && page->samples > rows->color_samples;
    uint32_t most = page->bits <= 8 ? (1u << page->bits) - 1 : 0;
    for (uint32_t i = 0; i <= most; i++) {
        uint32_t level = most == 0 ? 0 : (i * 255 + most / 2) / most;
        rows->levels[i] = (uint8_t)(page->photometric == TIFF_WHITE_IS_ZERO ? 255 - level : level);
    }
    return page->photometric != TIFF_PALETTE || palette_read(rows, file);
}

/* Sample `index` of a row with `bits` bits each, highest bit first. */
static uint32_t sample_at(const uint8_t *row, size_t index, uint32_t bits) {
    if (bits == 8) {
        return row[index];
    }
    if (bits == 16) {
        uint16_t value;
        memcpy(&value, row + index * 2, sizeof value);
        return value;
    }
    uint32_t value = 0;
    size_t bit = index * bits;
    for (uint32_t taken = 0; taken < bits;) {
        uint32_t in_byte = 8 - (uint32_t)(bit % 8), now = bits - taken < in_byte ? bits - taken : in_byte;
        value = value << now | (row[bit / 8] >> (in_byte - now) & ((1u << now) - 1));
        taken += now;
        bit += now;
    }
    return value;
}

static uint8_t level_of(const struct tiff_rows *rows, uint32_t sample) {
    uint32_t bits = rows->page->bits;
    if (bits <= 8) {
        return rows->levels[sample];
    }
    uint32_t most = (1u << bits) - 1, level = (sample * 255 + most / 2) / most;
    return (uint8_t)(rows->page->photometric == TIFF_WHITE_IS_ZERO ? 255 - level : level);
}

/* Where a pixel's samples are. */
struct place {
    const uint8_t *const *planes;
    size_t x;
    uint32_t samples; /* side by side; 0: each in its plane */
    uint32_t bits;
};

static uint32_t place_sample(const struct place *place, uint32_t number) {
    return place->samples == 0 ? sample_at(place->planes[number], place->x, place->bits)
                               : sample_at(place->planes[0], place->x * place->samples + number, place->bits);
}

static void color_take(const struct tiff_rows *rows, const struct place *place, uint8_t rgb[3]) {
    if (rows->page->photometric == TIFF_PALETTE) {
        memcpy(rgb, rows->palette[place_sample(place, 0)], 3);
    } else if (rows->color_samples == 1) {
        memset(rgb, level_of(rows, place_sample(place, 0)), 3);
    } else if (rows->color_samples == 3) {
        for (uint32_t c = 0; c < 3; c++) {
            rgb[c] = level_of(rows, place_sample(place, c));
        }
    } else {
        uint32_t light = 255u - level_of(rows, place_sample(place, 3));
        for (uint32_t c = 0; c < 3; c++) {
            rgb[c] = ground_over(0, 255u - level_of(rows, place_sample(place, c)), light);
        }
    }
}

/* Transparency is never stored inverted, as brightness may be. */
static uint8_t alpha_take(const struct tiff_rows *rows, const struct place *place) {
    uint8_t level = level_of(rows, place_sample(place, rows->color_samples));
    return rows->page->photometric == TIFF_WHITE_IS_ZERO ? (uint8_t)(255 - level) : level;
}

/* Undoes the premultiplication of a colour by its transparency. */
static void color_divide(uint8_t rgb[3], uint32_t alpha) {
    for (int c = 0; c < 3 && alpha > 0; c++) {
        uint32_t value = (rgb[c] * 255u + alpha / 2) / alpha;
        rgb[c] = (uint8_t)(value > 255 ? 255 : value);
    }
}

static void row_lay_visible(const struct tiff_rows *rows, struct place *place, uint32_t count,
                            const struct decode_job *job, uint8_t *rgb) {
    struct ground_walk walk = {.contrast = job->contrast};
    for (uint32_t x = 0; x < count; x++, rgb += 3) {
        uint8_t now[4];
        place->x = x;
        color_take(rows, place, now);
        now[3] = alpha_take(rows, place);
        if (rows->page->alpha == TIFF_ALPHA_MULTIPLIED) {
            color_divide(now, now[3]);
        }
        ground_pixel_note(&walk, now);
        for (int c = 0; c < 3; c++) {
            rgb[c] = ground_over(job->ground, now[c], now[3]);
        }
    }
    ground_walk_end(&walk);
}

void tiff_row_lay(const struct tiff_rows *rows, const uint8_t *const *planes, uint32_t count,
                  const struct decode_job *job, uint8_t *rgb) {
    const struct tiff_page *page = rows->page;
    struct place place = {
        .planes = planes, .samples = page->planar == TIFF_PLANAR_SEPARATE ? 0 : page->samples, .bits = page->bits};
    if (rows->has_alpha) {
        row_lay_visible(rows, &place, count, job, rgb);
        return;
    }
    for (uint32_t x = 0; x < count; x++, rgb += 3) {
        place.x = x;
        color_take(rows, &place, rgb);
    }
}
