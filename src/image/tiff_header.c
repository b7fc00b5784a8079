/* tiff_header.c - walks directories by random reads in the file and keeps none of it. */
#include "image/tiff_header.h"

#include <string.h>

#include "base/wire_number.h"

enum { SMALL_ENTRY_BYTES = 12, BIG_ENTRY_BYTES = 20, ENTRIES_LIMIT = 4096, CHUNKS_LIMIT = 1 << 24 };
enum {
    TYPE_BYTE = 1,
    TYPE_SHORT = 3,
    TYPE_LONG = 4,
    TYPE_RATIONAL = 5,
    TYPE_IFD = 13,
    TYPE_LONG8 = 16,
    TYPE_IFD8 = 18
};
enum { NUMBERS_AT_ONCE = 512 };

/* Fax rows can be two or four times as high as columns are wide. */
enum { ROW_REPEAT_MOST = 4 };

enum { UNIT_INCH = 2, UNIT_CENTIMETRE = 3 };
#define CENTIMETRES_PER_INCH 2.54

static uint64_t number_of(const struct tiff_file *file, const uint8_t *bytes, size_t count) {
    uint64_t value = 0;
    for (size_t i = 0; i < count; i++) {
        value = value << 8 | bytes[file->is_big_endian ? i : count - 1 - i];
    }
    return value;
}

static bool number_at(const struct tiff_file *file, uint64_t at, size_t count, uint64_t *value) {
    uint8_t bytes[8];
    if (!source_read(file->source, at, bytes, count)) {
        return false;
    }
    *value = number_of(file, bytes, count);
    return true;
}

bool tiff_file_read(const struct source *source, struct tiff_file *file) {
    uint8_t start[16];
    uint64_t version;
    *file = (struct tiff_file){.source = source};
    if (!source_read(source, 0, start, 8)) {
        return false;
    }
    file->is_big_endian = start[0] == 'M';
    version = number_of(file, start + 2, 2);
    if (version == 42) {
        file->first_at = number_of(file, start + 4, 4);
    } else if (version == 43 && source_read(source, 8, start + 8, 8) && number_of(file, start + 4, 2) == 8) {
        file->is_big = true;
        file->first_at = number_of(file, start + 8, 8);
    }
    return file->first_at != 0;
}

/* The number of entries of a directory, and where they begin. */
static bool entries_find(const struct tiff_file *file, uint64_t at, uint64_t *first_at, uint64_t *count) {
    size_t bytes = file->is_big ? 8 : 2;
    *first_at = at + bytes;
    return number_at(file, at, bytes, count) && *count > 0 && *count <= ENTRIES_LIMIT;
}

bool tiff_directory_next(const struct tiff_file *file, uint64_t at, uint64_t *next) {
    uint64_t first_at, count;
    size_t entry_bytes = file->is_big ? BIG_ENTRY_BYTES : SMALL_ENTRY_BYTES;
    return entries_find(file, at, &first_at, &count) &&
           number_at(file, first_at + count * entry_bytes, file->is_big ? 8 : 4, next);
}

static size_t type_bytes(uint32_t type) {
    static const uint8_t bytes[19] = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};
    return type < sizeof bytes ? bytes[type] : 0;
}

static bool type_is_whole(uint32_t type) {
    return type == TYPE_BYTE || type == TYPE_SHORT || type == TYPE_LONG || type == TYPE_IFD || type == TYPE_LONG8 ||
           type == TYPE_IFD8;
}

bool tiff_number(const struct tiff_file *file, const struct tiff_array *array, uint64_t index, uint64_t *value) {
    size_t bytes = type_bytes(array->type);
    return index < array->count && type_is_whole(array->type) &&
           number_at(file, array->at + index * bytes, bytes, value);
}

static bool rational(const struct tiff_file *file, const struct tiff_array *array, double *value) {
    uint64_t over, under;
    if (array->type != TYPE_RATIONAL || array->count < 1 || !number_at(file, array->at, 4, &over) ||
        !number_at(file, array->at + 4, 4, &under) || under == 0) {
        return false;
    }
    *value = (double)over / (double)under;
    return true;
}

/* A directory while it is being read. */
struct directory {
    const struct tiff_file *file;
    struct tiff_page *page;
    double resolution_x, resolution_y;
    uint64_t resolution_unit;
    bool is_good;
};

static void number_take(struct directory *directory, const struct tiff_array *array, uint32_t *value) {
    uint64_t found;
    if (tiff_number(directory->file, array, 0, &found)) {
        *value = found > UINT32_MAX ? UINT32_MAX : (uint32_t)found;
    } else {
        directory->is_good = false;
    }
}

static void bits_take(struct directory *directory, const struct tiff_array *array) {
    uint64_t found;
    number_take(directory, array, &directory->page->bits);
    for (uint64_t i = 1; i < array->count && i < 64; i++) {
        directory->page->bits_differ |=
            tiff_number(directory->file, array, i, &found) && found != directory->page->bits;
    }
}

static void part_take(struct directory *directory, uint32_t tag, const struct tiff_array *array) {
    uint32_t kind = 0;
    number_take(directory, array, &kind);
    directory->page->is_part |= tag == 254 ? (kind & 5) != 0 : kind == 2;
}

/* The tags by number, in order (TIFF 6.0, appendix A). */
static void shape_take(struct directory *directory, uint32_t tag, const struct tiff_array *array) {
    struct tiff_page *page = directory->page;
    switch (tag) {
    case 254:
    case 255:
        part_take(directory, tag, array);
        break;
    case 256:
        number_take(directory, array, &page->width_px);
        break;
    case 257:
        number_take(directory, array, &page->height_px);
        break;
    case 258:
        bits_take(directory, array);
        break;
    case 259:
        number_take(directory, array, &page->compression);
        break;
    case 262:
        number_take(directory, array, &page->photometric);
        break;
    case 266:
        number_take(directory, array, &page->fill_order);
        break;
    case 274:
        number_take(directory, array, &page->orientation);
        break;
    case 277:
        number_take(directory, array, &page->samples);
        break;
    case 278:
        number_take(directory, array, &page->rows_per_strip);
        break;
    case 284:
        number_take(directory, array, &page->planar);
        break;
    default:
        break;
    }
}

static void further_take(struct directory *directory, uint32_t tag, const struct tiff_array *array) {
    struct tiff_page *page = directory->page;
    uint64_t second;
    switch (tag) {
    case 273:
    case 324:
        page->offsets = *array;
        break;
    case 279:
    case 325:
        page->counts = *array;
        break;
    case 282:
        rational(directory->file, array, &directory->resolution_x);
        break;
    case 283:
        rational(directory->file, array, &directory->resolution_y);
        break;
    case 293:
        number_take(directory, array, &page->group_4_options);
        break;
    case 296:
        tiff_number(directory->file, array, 0, &directory->resolution_unit);
        break;
    case 320:
        page->colors = *array;
        break;
    case 322:
        number_take(directory, array, &page->tile_width_px);
        break;
    case 323:
        number_take(directory, array, &page->tile_height_px);
        break;
    case 332:
        number_take(directory, array, &page->ink_set);
        break;
    case 338:
        page->extra_count = array->count > UINT32_MAX ? UINT32_MAX : (uint32_t)array->count;
        number_take(directory, array, &page->alpha);
        break;
    case 339:
        number_take(directory, array, &page->sample_format);
        break;
    case 530:
        number_take(directory, array, &page->subsampling_x);
        if (tiff_number(directory->file, array, 1, &second)) {
            page->subsampling_y = (uint32_t)second;
        }
        break;
    default:
        break;
    }
}

static bool entry_take(struct directory *directory, uint64_t at) {
    const struct tiff_file *file = directory->file;
    uint8_t bytes[BIG_ENTRY_BYTES];
    size_t field = file->is_big ? 8 : 4;
    if (!source_read(file->source, at, bytes, 4 + 2 * field)) {
        return false;
    }
    uint32_t tag = (uint32_t)number_of(file, bytes, 2);
    struct tiff_array array = {.type = (uint32_t)number_of(file, bytes + 2, 2),
                               .count = number_of(file, bytes + 4, field)};
    uint64_t size = type_bytes(array.type);
    if (array.count > file->source->size_bytes / (size == 0 ? 1 : size)) {
        return false;
    }
    size *= array.count;
    array.at = size <= field ? at + 4 + field : number_of(file, bytes + 4 + field, field);
    directory->page->tags_bytes += size;
    if (array.count > 0) {
        shape_take(directory, tag, &array);
        further_take(directory, tag, &array);
    }
    return true;
}

/* The longest strip or tile. The array of counts may be long, so it is read in pieces. */
static bool chunks_measure(const struct tiff_file *file, struct tiff_page *page) {
    uint8_t bytes[NUMBERS_AT_ONCE * 8];
    size_t size = type_bytes(page->counts.type);
    if (!type_is_whole(page->counts.type) || page->counts.count > CHUNKS_LIMIT) {
        return page->counts.count == 0;
    }
    for (uint64_t done = 0; done < page->counts.count; done += NUMBERS_AT_ONCE) {
        uint64_t left = page->counts.count - done;
        size_t now = left < NUMBERS_AT_ONCE ? (size_t)left : NUMBERS_AT_ONCE;
        if (!source_read(file->source, page->counts.at + done * size, bytes, now * size)) {
            return false;
        }
        for (size_t i = 0; i < now; i++) {
            uint64_t count = number_of(file, bytes + i * size, size);
            page->chunk_most_bytes = count > page->chunk_most_bytes ? count : page->chunk_most_bytes;
        }
    }
    return true;
}

/* Missing values are those that the specification names, or follow from the others. */
static void defaults_fill(struct directory *directory) {
    struct tiff_page *page = directory->page;
    uint64_t size = directory->file->source->size_bytes;
    if (page->rows_per_strip == 0 || page->rows_per_strip > page->height_px) {
        page->rows_per_strip = page->height_px;
    }
    if (page->orientation < 1 || page->orientation > 8) {
        page->orientation = 1;
    }
    if (page->alpha > TIFF_ALPHA_STRAIGHT) {
        page->alpha = TIFF_ALPHA_NONE;
    }
    if (page->counts.count == 0 || page->chunk_most_bytes > size) {
        page->chunk_most_bytes = size; /* none is longer than the file */
    }
    bool is_metric = directory->resolution_unit == UNIT_CENTIMETRE;
    if (directory->resolution_unit == UNIT_INCH || is_metric) {
        page->dots_per_inch = directory->resolution_x * (is_metric ? CENTIMETRES_PER_INCH : 1);
    }
    double ratio = directory->resolution_y > 0 ? directory->resolution_x / directory->resolution_y : 1;
    if (ratio >= 1.5 && ratio <= ROW_REPEAT_MOST + 0.5) {
        page->row_repeat = (uint32_t)(ratio + 0.5);
    }
}

bool tiff_page_read(const struct tiff_file *file, uint64_t at, struct tiff_page *page) {
    struct directory directory = {.file = file, .page = page, .resolution_unit = UNIT_INCH, .is_good = true};
    uint64_t first_at, count;
    size_t entry_bytes = file->is_big ? BIG_ENTRY_BYTES : SMALL_ENTRY_BYTES;
    *page = (struct tiff_page){.bits = 1,
                               .samples = 1,
                               .compression = TIFF_COMPRESSION_NONE,
                               .photometric = UINT32_MAX,
                               .planar = TIFF_PLANAR_CONTIGUOUS,
                               .fill_order = 1,
                               .orientation = 1,
                               .sample_format = 1,
                               .ink_set = 1,
                               .subsampling_x = 2,
                               .subsampling_y = 2,
                               .row_repeat = 1};
    if (!entries_find(file, at, &first_at, &count)) {
        return false;
    }
    for (uint64_t i = 0; i < count; i++) {
        if (!entry_take(&directory, first_at + i * entry_bytes)) {
            return false;
        }
    }
    page->tags_bytes += count * entry_bytes;
    if (!directory.is_good || !chunks_measure(file, page)) {
        return false;
    }
    defaults_fill(&directory);
    return page->width_px > 0 && page->height_px > 0 && page->offsets.count > 0 && page->samples > 0;
}
