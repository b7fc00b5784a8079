/* page.c - a page's life, its coordinates and text, and its accessors in the public header. */
#include "text/page.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/meter.h"
#include "base/turn.h"

enum lince_status page_open(struct meter *meter, size_t block_bytes, struct lince_page **page,
                            struct lince_error *error) {
    *page = meter_new(meter, struct lince_page);
    if (*page == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for a page's own %zu bytes",
                         "no hay memoria para los %zu bytes de una página", sizeof **page);
    }
    (*page)->number = (*page)->count = 1;
    arena_init(&(*page)->arena, meter, block_bytes);
    return LINCE_OK;
}

static struct lince_box box_to_source(struct lince_box box, const struct image *image) {
    double width = image->source_width_px, height = image->source_height_px;
    return (struct lince_box){
        fmin(fmax(box.x0 * image->scale_x, 0.0), width), fmin(fmax(box.y0 * image->scale_y, 0.0), height),
        fmin(fmax(box.x1 * image->scale_x, 0.0), width), fmin(fmax(box.y1 * image->scale_y, 0.0), height)};
}

static void letters_to_source(const struct letter_book *book, const struct image *image) {
    for (struct word_letters *word = book->newest; word != NULL; word = word->next) {
        for (size_t i = 0; i < word->count; i++) {
            word->items[i].box = box_to_source(word->items[i].box, image);
        }
    }
}

void page_to_source(struct lince_page *page, const struct image *image) {
    letters_to_source(&page->letters, image);
    page->width_px = image->source_width_px;
    page->height_px = image->source_height_px;
    page->rotation = image->rotation;
    page->turn = 90 * turn_of_lines(page->lines.items, page->lines.count);
    for (size_t i = 0; i < page->lines.count; i++) {
        struct lince_line *line = &page->lines.items[i];
        line->box = box_to_source(line->box, image);
        for (size_t k = 0; k < 4; k++) {
            line->quad[k].x *= image->scale_x;
            line->quad[k].y *= image->scale_y;
        }
        struct lince_word *words = (struct lince_word *)(uintptr_t)line->words; /* ours until the page is given */
        for (size_t k = 0; k < line->word_count; k++) {
            words[k].box = box_to_source(words[k].box, image);
        }
    }
}

/* ---- figures in results -------------------------------------------------------------------------------- */

static double tenth(double value) {
    return round(value * 10) / 10;
}

static double ten_thousandth(double value) {
    return round(value * 10000) / 10000;
}

static struct lince_box box_rounded(struct lince_box box) {
    return (struct lince_box){tenth(box.x0), tenth(box.y0), tenth(box.x1), tenth(box.y1)};
}

static void line_round(struct lince_line *line) {
    struct lince_word *words = (struct lince_word *)(uintptr_t)line->words; /* ours until the page is given */
    line->box = box_rounded(line->box);
    line->confidence = ten_thousandth(line->confidence);
    for (size_t k = 0; k < 4; k++) {
        line->quad[k] = (struct lince_point){tenth(line->quad[k].x), tenth(line->quad[k].y)};
    }
    for (size_t k = 0; k < line->word_count; k++) {
        words[k].box = box_rounded(words[k].box);
        words[k].confidence = ten_thousandth(words[k].confidence);
    }
}

static void letters_round(const struct letter_book *book) {
    for (struct word_letters *word = book->newest; word != NULL; word = word->next) {
        for (size_t i = 0; i < word->count; i++) {
            word->items[i].box = box_rounded(word->items[i].box);
            word->items[i].confidence = ten_thousandth(word->items[i].confidence);
        }
    }
}

void page_round(struct lince_page *page) {
    letters_round(&page->letters);
    for (size_t i = 0; i < page->lines.count; i++) {
        line_round(&page->lines.items[i]);
    }
    for (size_t i = 0; i < page->block_count; i++) {
        struct lince_block *block = &page->blocks[i];
        struct lince_cell *cells = (struct lince_cell *)(uintptr_t)block->cells;
        block->box = box_rounded(block->box);
        for (size_t k = 0; k < block->cell_count; k++) {
            cells[k].box = box_rounded(cells[k].box);
            cells[k].confidence = ten_thousandth(cells[k].confidence);
        }
    }
    for (size_t i = 0; i < page->code_count; i++) {
        struct lince_code *code = &page->codes[i];
        code->box = box_rounded(code->box);
        for (size_t k = 0; k < 4; k++) {
            code->quad[k] = (struct lince_point){tenth(code->quad[k].x), tenth(code->quad[k].y)};
        }
    }
}

bool page_warn(struct lince_page *page, enum lince_language language, const char *code, const char *english,
               const char *spanish, ...) {
    char message[LINCE_MESSAGE_BYTES];
    va_list arguments;
    for (size_t i = 0; i < page->warning_count; i++) {
        if (strcmp(page->warnings[i].code, code) == 0) {
            return true;
        }
    }
    assert(page->warning_count < PAGE_WARNINGS_LIMIT);
    va_start(arguments, spanish);
    vsnprintf(message, sizeof message, in_language(language, english, spanish), arguments);
    va_end(arguments);
    const char *copy = arena_copy_text(&page->arena, message, strlen(message));
    if (copy == NULL) {
        return false;
    }
    page->warnings[page->warning_count++] = (struct lince_warning){code, copy};
    return true;
}

bool page_join_text(struct lince_page *page) {
    size_t bytes = 1;
    for (size_t i = 0; i < page->lines.count; i++) {
        bytes += strlen(page->lines.items[i].text) + 1;
    }
    char *text = arena_allocate(&page->arena, bytes), *end = text;
    if (text == NULL) {
        return false;
    }
    *text = '\0';
    for (size_t i = 0; i < page->lines.count; i++) {
        end = stpcpy(i == 0 ? end : stpcpy(end, "\n"), page->lines.items[i].text);
    }
    page->text = text;
    return true;
}

uint32_t lince_page_width_px(const struct lince_page *page) {
    return page->width_px;
}

uint32_t lince_page_height_px(const struct lince_page *page) {
    return page->height_px;
}

uint32_t lince_page_number(const struct lince_page *page) {
    return page->number;
}

uint32_t lince_page_count(const struct lince_page *page) {
    return page->count;
}

uint32_t lince_page_rotation(const struct lince_page *page) {
    return page->rotation;
}

uint32_t lince_page_turn(const struct lince_page *page) {
    return page->turn;
}

const char *lince_page_text(const struct lince_page *page) {
    return page->text;
}

size_t lince_page_line_count(const struct lince_page *page) {
    return page->lines.count;
}

const struct lince_line *lince_page_line(const struct lince_page *page, size_t index) {
    return index < page->lines.count ? &page->lines.items[index] : NULL;
}

size_t lince_page_letters(const struct lince_page *page, size_t line, size_t word,
                          const struct lince_letter **letters) {
    bool is_there = line < page->lines.count && word < page->lines.items[line].word_count && page->letters.count > 0;
    const struct word_letters *found =
        is_there ? letter_book_find(&page->letters, page->lines.items[line].words[word].text) : NULL;
    *letters = found == NULL ? NULL : found->items;
    return found == NULL ? 0 : found->count;
}

size_t lince_page_warning_count(const struct lince_page *page) {
    return page->warning_count;
}

const struct lince_warning *lince_page_warning(const struct lince_page *page, size_t index) {
    return index < page->warning_count ? &page->warnings[index] : NULL;
}

size_t lince_page_block_count(const struct lince_page *page) {
    return page->block_count;
}

const struct lince_block *lince_page_block(const struct lince_page *page, size_t index) {
    return index < page->block_count ? &page->blocks[index] : NULL;
}

struct lince_line_place lince_page_line_place(const struct lince_page *page, size_t index) {
    bool is_known = page->line_places != NULL && index < page->lines.count;
    return is_known ? page->line_places[index] : (struct lince_line_place){0, 0, 0};
}

const char *lince_block_kind_name(enum lince_block_kind kind) {
    static const char *const names[] = {"paragraph", "heading", "list_item",  "table",
                                        "header",    "footer",  "page_number"};
    size_t index = (size_t)kind;
    return index < sizeof names / sizeof *names ? names[index] : "unknown";
}

int lince_page_has_codes(const struct lince_page *page) {
    return page->has_codes;
}

size_t lince_page_code_count(const struct lince_page *page) {
    return page->code_count;
}

const struct lince_code *lince_page_code(const struct lince_page *page, size_t index) {
    return index < page->code_count ? &page->codes[index] : NULL;
}

double lince_page_codes_ms(const struct lince_page *page) {
    return page->codes_ms;
}

const char *lince_code_kind_name(enum lince_code_kind kind) {
    static const char *const names[] = {"unknown",  "qr",      "ean_13", "ean_8",   "upc_a",       "upc_e",
                                        "code_128", "code_39", "itf",    "pdf_417", "data_matrix", "aztec"};
    size_t index = (size_t)kind;
    return index < sizeof names / sizeof *names ? names[index] : names[0];
}

struct lince_timings lince_page_timings(const struct lince_page *page) {
    return page->timings;
}

uint64_t lince_page_peak_bytes(const struct lince_page *page) {
    return page->peak_bytes;
}

void lince_page_free(struct lince_page *page) {
    if (page != NULL) {
        arena_clear(&page->arena);
        meter_free(page);
    }
}

int lince_page_line_is_layer(const struct lince_page *page, size_t index) {
    const struct lince_line *line = lince_page_line(page, index);
    uintptr_t first = (uintptr_t)page->layer_words, words = line == NULL ? 0 : (uintptr_t)line->words;
    return page->layer_word_count > 0 && words >= first &&
           words < (uintptr_t)(page->layer_words + page->layer_word_count);
}
