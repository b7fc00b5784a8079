/* lines.c - each region becomes a line of words; as many are read side by side as there are readers. */
#include "text/lines.h"

#include <math.h>
#include <pthread.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/heap.h"
#include "base/scope.h"
#include "base/turn.h"
#include "text/ink.h"
#include "text/line_queue.h"
#include "text/orient.h"
#include "text/recognise.h"
#include "text/words.h"

/* A line that the recogniser is less sure of is an icon or a texture. */
static const double LEAST_CONFIDENCE = 0.5;
/* A line below this is in doubt: it may stand on its head. Dates and numbers that do are still read with 0.8 to 0.9. */
static const double DOUBTFUL_CONFIDENCE = 0.95;
/* Turning a line round must gain this much: signs and digits read almost as well on their heads. */
static const double TURNING_GAIN = 0.05;
/* A region this much higher than wide holds a line that runs downwards. */
static const double VERTICAL_RATIO = 1.5;
/* A line that stands otherwise than its page is read again, and may then lose this much: 606908 reads as well as
 * 806959. */
static const double PAGE_GAIN = 0.1;
/* Up to this many times as long as high, which side of a region is its upper one cannot be told from its shape. */
static const double SQUARE_RATIO = 2.0;

/* The words of all lines lie in one arena, which one reader at a time may use. */
struct page_arena {
    struct arena *arena;
    pthread_mutex_t lock;
};

struct line_work {
    const struct line_models *models;
    enum lince_direction direction;
    struct heap *heap;
    struct arena *scratch;
    struct page_arena *page;
};

static bool is_vertical(const struct region *region) {
    const struct lince_point *c = region->corners;
    return hypot(c[3].x - c[0].x, c[3].y - c[0].y) > VERTICAL_RATIO * hypot(c[1].x - c[0].x, c[1].y - c[0].y);
}

/* A line as it was cut out, and where its strokes are. */
struct scan {
    struct strip strip;
    struct ink ink;
};

static void scan_reverse(struct scan *scan) {
    strip_reverse(&scan->strip);
    ink_reverse(&scan->ink);
}

static enum lince_status recognise(const struct line_work *work, const struct scan *scan, struct reading *reading,
                                   struct lince_error *error) {
    const struct alphabet *alphabet = work->models->alphabet;
    return recognise_strip(work->models->recogniser, &scan->strip, &scan->ink, alphabet->count, alphabet->space,
                           work->heap, work->scratch, reading, error);
}

/* Reads a line that may stand on its head, and keeps it as it was read better. */
static enum lince_status read_in_doubt(const struct line_work *work, struct scan *scan, struct reading *reading,
                                       struct lince_error *error) {
    enum lince_status status = recognise(work, scan, reading, error);
    bool reversed = false;
    if (status == LINCE_OK && reading->confidence < DOUBTFUL_CONFIDENCE) {
        status = strip_is_reversed(work->models->direction, &scan->strip, work->heap, &reversed, error);
    }
    if (status != LINCE_OK || !reversed) {
        return status;
    }
    struct reading other;
    scan_reverse(scan);
    status = recognise(work, scan, &other, error);
    if (status == LINCE_OK && other.confidence > reading->confidence + TURNING_GAIN) {
        *reading = other;
    } else {
        scan_reverse(scan);
    }
    return status;
}

static enum lince_status scan_read(const struct line_work *work, struct scan *scan, struct reading *reading,
                                   struct lince_error *error) {
    if (work->direction == LINCE_DIRECTION_IN_DOUBT) {
        return read_in_doubt(work, scan, reading, error);
    }
    bool reversed = false;
    enum lince_status status = LINCE_OK;
    if (work->direction == LINCE_DIRECTION_ALWAYS) {
        status = strip_is_reversed(work->models->direction, &scan->strip, work->heap, &reversed, error);
    }
    if (reversed) {
        scan_reverse(scan);
    }
    return status == LINCE_OK ? recognise(work, scan, reading, error) : status;
}

static enum lince_status out_of_memory(const struct strip *strip, struct lince_error *error) {
    return error_set(
        error, LINCE_ERROR_MEMORY_LIMIT, "the memory limit was reached at a line %u pixels wide; raise the limit",
        "se alcanzó el límite de memoria en una línea de %u píxeles de ancho; suba el límite", strip->width);
}

static enum lince_status scan_to_line(const struct line_work *work, struct scan *scan, struct lince_line *line,
                                      struct lince_error *error) {
    struct reading reading;
    if (!ink_find(&scan->strip, work->scratch, &scan->ink)) {
        return out_of_memory(&scan->strip, error);
    }
    enum lince_status status = scan_read(work, scan, &reading, error);
    if (status != LINCE_OK || reading.confidence < LEAST_CONFIDENCE) {
        return status;
    }
    pthread_mutex_lock(&work->page->lock);
    bool made =
        line_make(&reading, &scan->strip, &scan->ink, work->models->alphabet, work->scratch, work->page->arena, line);
    pthread_mutex_unlock(&work->page->lock);
    return made ? LINCE_OK : out_of_memory(&scan->strip, error);
}

/* Fills `line` from the text whose upper left corner is the first; its word_count stays 0 when there is no text. */
static enum lince_status quad_read(const struct line_work *work, const struct image *image,
                                   const struct lince_point corners[4], struct lince_line *line,
                                   struct lince_error *error) {
    SCOPE(heap_meter(work->heap), SCOPE_LINE);
    struct scan scan;
    *line = (struct lince_line){0};
    enum lince_status status = strip_cut(image, corners, work->heap, &scan.strip, error);
    if (status == LINCE_OK) {
        status = scan_to_line(work, &scan, line, error);
        strip_free(&scan.strip);
    }
    return status;
}

/* The corners of a region, from the upper left one of its text on. */
struct corners {
    struct lince_point points[4];
};

static struct corners region_corners(const struct region *region) {
    const struct lince_point *c = region->corners;
    return is_vertical(region) ? (struct corners){{c[1], c[2], c[3], c[0]}}
                               : (struct corners){{c[0], c[1], c[2], c[3]}};
}

/* Reads a line that does not stand as its page does once more, as if it did, and keeps it if that is hardly worse. */
static enum lince_status line_read_turned(const struct line_work *work, const struct image *image, unsigned turn,
                                          struct lince_line *line, struct lince_error *error) {
    const struct lince_point *q = line->quad;
    unsigned first = (turn + 4 - turn_of_quad(q)) % 4;
    bool square = hypot(q[1].x - q[0].x, q[1].y - q[0].y) < SQUARE_RATIO * hypot(q[3].x - q[0].x, q[3].y - q[0].y);
    if (first == 0 || (first != 2 && !square)) {
        return LINCE_OK;
    }
    const struct lince_point corners[4] = {q[first], q[(first + 1) % 4], q[(first + 2) % 4], q[(first + 3) % 4]};
    struct line_work upright = *work;
    upright.direction = LINCE_DIRECTION_NEVER;
    struct lince_line other;
    enum lince_status status = quad_read(&upright, image, corners, &other, error);
    if (status == LINCE_OK && other.word_count > 0 && other.confidence >= line->confidence - PAGE_GAIN) {
        *line = other;
    }
    return status;
}

/* ---- side by side ------------------------------------------------------------------------------------- */

struct pass;

/* Reads one line of a pass. */
typedef enum lince_status (*line_step)(const struct pass *pass, const struct line_work *work, size_t line,
                                       struct lince_error *error);

/* All lines of a page once. */
struct pass {
    const struct line_models *models;
    const struct image *image;
    const struct line_readers *readers;
    const struct progress *progress; /* NULL: nothing is reported */
    const struct region_list *regions;
    struct lince_line *lines;
    enum lince_direction direction;
    unsigned turn; /* of the page */
    line_step step;
    struct page_arena *page;
    struct line_queue queue;
};

/* What a column takes that waits for its slice, as a part of what one takes in the network. */
enum { WAITING_PART = 16 };

static uint32_t columns_of_line(const void *context, size_t line) {
    const struct pass *pass = context;
    struct corners corners = region_corners(&pass->regions->items[line]);
    uint32_t width = strip_width(corners.points);
    uint32_t slice = width < SLICE_WIDTH_LIMIT_PX ? width : SLICE_WIDTH_LIMIT_PX;
    return slice + (width - slice) / WAITING_PART;
}

/* The calling thread reports; what the others do comes with its next report, or with the last. */
static enum lince_status pass_report(const struct pass *pass, size_t done_count, struct lince_error *error) {
    if (pass->progress == NULL) {
        return LINCE_OK;
    }
    return progress_report(pass->progress, LINCE_STAGE_RECOGNISE, (double)done_count / (double)pass->queue.count,
                           error);
}

static void lines_take(void *context, uint32_t member) {
    struct pass *pass = context;
    struct line_work work = {pass->models, pass->direction, pass->readers->heap, pass->readers->scratch[member],
                             pass->page};
    struct lince_error error = LINCE_ERROR_INIT;
    size_t line;
    uint32_t columns;
    error.language = line_queue_language(&pass->queue);
    while (line_queue_take(&pass->queue, columns_of_line, pass, &line, &columns)) {
        struct arena_mark mark = arena_mark(work.scratch);
        enum lince_status status = pass->step(pass, &work, line, &error);
        arena_rewind(work.scratch, mark);
        if (status != LINCE_OK) {
            line_queue_fail(&pass->queue, columns, &error);
            return;
        }
        size_t done_count = line_queue_done(&pass->queue, columns);
        bool is_last = done_count == pass->queue.count; /* reported when all have come back */
        if (member == 0 && !is_last && pass_report(pass, done_count, &error) != LINCE_OK) {
            line_queue_fail(&pass->queue, 0, &error);
        }
    }
}

static enum lince_status pass_run(struct pass *pass, size_t count, struct lince_error *error) {
    line_queue_init(&pass->queue, count, pass->readers->columns_limit, error);
    crew_run(pass->readers->crew, lines_take, pass);
    enum lince_status status = pass->queue.status;
    line_queue_destroy(&pass->queue);
    return status == LINCE_OK && count > 0 ? pass_report(pass, count, error) : status;
}

/* ---- passes ------------------------------------------------------------------------------------------- */

static enum lince_status region_step(const struct pass *pass, const struct line_work *work, size_t line,
                                     struct lince_error *error) {
    struct corners corners = region_corners(&pass->regions->items[line]);
    return quad_read(work, pass->image, corners.points, &pass->lines[line], error);
}

static enum lince_status turned_step(const struct pass *pass, const struct line_work *work, size_t line,
                                     struct lince_error *error) {
    bool has_text = pass->lines[line].word_count > 0;
    return has_text ? line_read_turned(work, pass->image, pass->turn, &pass->lines[line], error) : LINCE_OK;
}

/* Leaves out the regions without text. */
static void lines_pack(struct line_list *lines, size_t region_count) {
    for (size_t i = 0; i < region_count; i++) {
        if (lines->items[i].word_count > 0) {
            lines->items[lines->count++] = lines->items[i];
        }
    }
}

enum lince_status lines_read(const struct line_models *models, const struct image *image,
                             const struct region_list *regions, enum lince_direction direction,
                             const struct progress *progress, const struct line_readers *readers, struct arena *arena,
                             struct line_list *lines, struct lince_error *error) {
    *lines = (struct line_list){arena_allocate_zero(arena, regions->count, sizeof *lines->items), 0};
    if (lines->items == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                         "the memory limit was reached at a page of %zu lines; raise the limit",
                         "se alcanzó el límite de memoria en una página de %zu líneas; suba el límite", regions->count);
    }
    struct page_arena page = {arena, PTHREAD_MUTEX_INITIALIZER};
    struct pass pass = {
        .models = models,
        .image = image,
        .readers = readers,
        .progress = progress,
        .regions = regions,
        .lines = lines->items,
        .direction = direction,
        .step = region_step,
        .page = &page,
    };
    enum lince_status status = pass_run(&pass, regions->count, error);
    if (status == LINCE_OK && direction != LINCE_DIRECTION_NEVER) {
        /* The few lines that were read in another direction than most of the page are brought into that direction. */
        pass.turn = turn_of_lines(lines->items, regions->count);
        pass.progress = NULL;
        pass.step = turned_step;
        status = pass_run(&pass, regions->count, error);
    }
    pthread_mutex_destroy(&page.lock);
    lines_pack(lines, regions->count);
    return status;
}
