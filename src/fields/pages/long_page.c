/* long_page.c - copies lines and codes, moved down by the height of the pages before them. */
#include "fields/pages/long_page.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"

static enum lince_status out_of_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the fields of several pages; raise the limit",
                     "no hay memoria para los campos de varias páginas; suba el límite");
}

enum lince_status long_page_begin(struct arena *arena, size_t parts_most, struct long_page *page,
                                  struct lince_error *error) {
    *page = (struct long_page){.parts = arena_allocate_zero(arena, parts_most + 1, sizeof *page->parts)};
    return page->parts == NULL ? out_of_memory(error) : LINCE_OK;
}

static struct lince_box box_moved(struct lince_box box, double down_px) {
    return (struct lince_box){box.x0, box.y0 + down_px, box.x1, box.y1 + down_px};
}

static void quad_move(struct lince_point quad[4], double down_px) {
    for (int corner = 0; corner < 4; corner++) {
        quad[corner].y += down_px;
    }
}

static struct lince_line line_moved(const struct lince_line *line, double down_px, struct lince_word *words) {
    struct lince_line moved = *line;
    moved.box = box_moved(line->box, down_px);
    quad_move(moved.quad, down_px);
    for (size_t i = 0; i < line->word_count; i++) {
        words[i] = line->words[i];
        words[i].box = box_moved(words[i].box, down_px);
    }
    moved.words = words;
    return moved;
}

/* The lines so far and those of the page. */
static enum lince_status lines_append(struct arena *arena, const struct record_page *page, struct record_page *whole,
                                      struct lince_error *error) {
    struct lince_line *lines = arena_allocate(arena, (whole->line_count + page->line_count + 1) * sizeof *lines);
    if (lines == NULL) {
        return out_of_memory(error);
    }
    if (whole->line_count > 0) {
        memcpy(lines, whole->lines, whole->line_count * sizeof *lines);
    }
    for (size_t i = 0; i < page->line_count; i++) {
        struct lince_word *words = arena_allocate_zero(arena, page->lines[i].word_count + 1, sizeof *words);
        if (words == NULL) {
            return out_of_memory(error);
        }
        lines[whole->line_count + i] = line_moved(&page->lines[i], whole->height_px, words);
    }
    whole->lines = lines;
    whole->line_count += page->line_count;
    return LINCE_OK;
}

static enum lince_status codes_append(struct arena *arena, const struct record_page *page, struct record_page *whole,
                                      struct lince_error *error) {
    struct lince_code *codes = arena_allocate(arena, (whole->code_count + page->code_count + 1) * sizeof *codes);
    if (codes == NULL) {
        return out_of_memory(error);
    }
    if (whole->code_count > 0) {
        memcpy(codes, whole->codes, whole->code_count * sizeof *codes);
    }
    for (size_t i = 0; i < page->code_count; i++) {
        struct lince_code *code = &codes[whole->code_count + i];
        *code = page->codes[i];
        code->box = box_moved(code->box, whole->height_px);
        quad_move(code->quad, whole->height_px);
    }
    whole->codes = codes;
    whole->code_count += page->code_count;
    return LINCE_OK;
}

enum lince_status long_page_append(struct arena *arena, const struct record_page *page, uint32_t number,
                                   struct long_page *whole, struct lince_error *error) {
    size_t first_line = whole->whole.line_count;
    enum lince_status status = lines_append(arena, page, &whole->whole, error);
    if (status == LINCE_OK) {
        status = codes_append(arena, page, &whole->whole, error);
    }
    if (status == LINCE_OK) {
        whole->parts[whole->part_count++] =
            (struct long_page_part){number, first_line, whole->whole.height_px, page->height_px};
        whole->whole.width_px = fmax(whole->whole.width_px, page->width_px);
        whole->whole.height_px += page->height_px;
    }
    return status;
}
