/*
 * lince.h - the public face of Lince: from the bytes of an image to lines of text with coordinates,
 * inside a memory limit.
 *
 * A program makes one engine (the models and the memory limit), one reader for each of its threads,
 * and reads images into pages:
 *
 *     struct lince_error error = LINCE_ERROR_INIT;
 *     struct lince_engine_options options = LINCE_ENGINE_OPTIONS_DEFAULTS;
 *     struct lince_engine *engine = NULL;
 *     struct lince_reader *reader = NULL;
 *     struct lince_page *page = NULL;
 *     if (lince_engine_open(&options, &engine, &error) == LINCE_OK &&
 *         lince_reader_open(engine, &reader, &error) == LINCE_OK &&
 *         lince_read_file(reader, "receipt.jpg", NULL, &page, &error) == LINCE_OK) {
 *         puts(lince_page_text(page));
 *     } else {
 *         fprintf(stderr, "%s: %s\n", lince_status_name(error.status), error.message);
 *     }
 *     lince_page_free(page);
 *     lince_reader_close(reader);
 *     lince_engine_close(engine);
 *
 * Ownership, in four words. A function *borrows* a pointer when it only looks at it during the call, *takes*
 * it when the caller may not use it afterwards, *gives* one when the caller must free it, and a handle *owns*
 * what it frees when it is closed.
 *
 * Threads. Any number of threads may share an engine. A reader belongs to one thread at a time. A page does not change
 * once given. Nothing here starts a thread of its own accord unless `threads_per_image` asks for it, prints,
 * exits, or keeps state outside its handles.
 *
 * Strings are UTF-8 and end in a zero byte. Coordinates are pixels of the image as a viewer shows it (after the EXIF
 * orientation is applied), x to the right, y downwards, the corner of the first pixel at (0, 0).
 *
 * Every struct that a caller fills begins with its own size, so that a program built against an older header goes on
 * working: always start from the *_DEFAULTS or *_INIT value.
 */
#ifndef LINCE_H
#define LINCE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define LINCE_VERSION_MAJOR 0
#define LINCE_VERSION_MINOR 1
#define LINCE_VERSION_PATCH 0
#define LINCE_VERSION "0.1.0"

#if defined(__GNUC__)
#define LINCE_API __attribute__((visibility("default")))
#else
#define LINCE_API
#endif

/* The outcome of a call. Numbers and names never change their meaning; docs/errors.md explains each. */
enum lince_status {
    LINCE_OK = 0,
    LINCE_ERROR_ARGUMENT = 1,       /* a parameter is outside its range */
    LINCE_ERROR_NOT_FOUND = 2,      /* no file of that name */
    LINCE_ERROR_UNREADABLE = 3,     /* a file that may not or cannot be read (permission, directory, device) */
    LINCE_ERROR_EMPTY = 4,          /* no bytes at all */
    LINCE_ERROR_UNKNOWN_FORMAT = 5, /* the bytes are of no format that is read here */
    LINCE_ERROR_UNSUPPORTED = 6,    /* the format is known, this variant of it is not read */
    LINCE_ERROR_DAMAGED = 7,        /* the image is truncated or contradicts itself */
    LINCE_ERROR_TOO_LARGE = 8,      /* more pixels than the format's or the program's fixed limit */
    LINCE_ERROR_MEMORY_LIMIT = 9,   /* the work cannot fit, or stopped fitting, in the memory limit */
    LINCE_ERROR_CANCELLED = 10,     /* the progress callback asked to stop */
    LINCE_ERROR_MODEL = 11,         /* a model file is missing, damaged or of another kind */
    LINCE_ERROR_WRITE = 12,         /* output could not be written (full disk, closed pipe) */
    LINCE_ERROR_LAYOUT = 13,        /* a layout file is not valid */
    LINCE_ERROR_RUNTIME = 14,       /* the inference runtime failed for a reason of its own */
};

enum lince_language {
    LINCE_ENGLISH = 0,
    LINCE_SPANISH = 1,
};

#define LINCE_MESSAGE_BYTES 512

/*
 * What went wrong, owned by the caller. Set `language` before a call to choose the language of the message.
 * After a failure `status` is the returned status and `message` one sentence that names the thing, the numbers
 * and the remedy; after LINCE_OK the content is unchanged. Every function takes NULL for "not interested".
 */
struct lince_error {
    size_t size;
    enum lince_language language;
    enum lince_status status;
    char message[LINCE_MESSAGE_BYTES];
    uint64_t needed_bytes; /* with LINCE_ERROR_MEMORY_LIMIT: the smallest limit that would do, 0 if not known */
};

#define LINCE_ERROR_INIT                                                                                               \
    { sizeof(struct lince_error), LINCE_ENGLISH, LINCE_OK, "", 0 }

/* The stable name of a status, as printed in JSON: "ok", "memory_limit", ... Borrowed, never NULL. Thread-safe. */
LINCE_API const char *lince_status_name(enum lince_status status);

/* The version of the library that is linked, "major.minor.patch". */
LINCE_API const char *lince_version(void);

/* ---- memory events ------------------------------------------------------------------------------------ */

enum lince_memory_event_kind {
    LINCE_MEMORY_CLEANED = 1, /* the clean-up share of the limit was crossed; `freed_bytes` went back to the system */
    LINCE_MEMORY_HIGH = 2,    /* 90 % of the limit was crossed */
    LINCE_MEMORY_REFUSED = 3, /* an image was refused; `needed_bytes` is the smallest limit that would do, if known */
    LINCE_MEMORY_GROWING = 4, /* what stays after each image grows, as a leak would make it: `growth_bytes_per_image` */
};

struct lince_memory_event {
    size_t size;
    enum lince_memory_event_kind kind;
    uint64_t resident_bytes, tracked_bytes, limit_bytes; /* at the event; limit 0: none */
    uint64_t freed_bytes, needed_bytes;
    double growth_bytes_per_image;
    uint64_t image_count;  /* read since the engine was opened */
    uint64_t untold_count; /* events of this kind that were not reported since the last one that was */
};

/*
 * Called from the thread in which the event happens, at most once in ten seconds for each kind. It may call the
 * functions of this header, except those that open or close engines and readers.
 */
typedef void (*lince_memory_listener)(void *context, const struct lince_memory_event *event);

/* "cleaned", "high", "refused", "growing". */
LINCE_API const char *lince_memory_event_name(enum lince_memory_event_kind kind);

/* ---- engine ------------------------------------------------------------------------------------------- */

struct lince_engine;

/*
 * What the inference runtime is told of memory and threads. Memory was measured with the defaults. Under
 * other values the limit is still kept, but a price may be too low, so that an image is refused while it is read.
 */
struct lince_runtime_options {
    size_t size;
    uint32_t memory_pattern;   /* 1: plans one block for each size of input that comes again; 0: block by block */
    uint32_t memory_arena;     /* 1: free blocks stay with a reader between images; 0: they go back to the system */
    uint32_t arena_doubles;    /* 1: a reader's memory grows by as much as it has; 0: by what is asked for */
    uint32_t parallel;         /* 1: independent nodes of a graph run side by side; 0: one after the other */
    uint32_t inter_op_threads; /* with `parallel`: how many at once, at least 1 */
    uint32_t spinning;         /* 1: threads burn time while they wait for work; 0: they sleep */
};

#define LINCE_RUNTIME_OPTIONS_DEFAULTS                                                                                 \
    { sizeof(struct lince_runtime_options), 0, 0, 0, 0, 1, 0 }

/* Which models read. Those in integers differ from those in floats by less than one word in a hundred. */
enum lince_model {
    LINCE_MODEL_AUTO = 0,     /* the fast ones where they are faster on the processor, else the accurate ones */
    LINCE_MODEL_FAST = 1,     /* in integers of 8 bits */
    LINCE_MODEL_ACCURATE = 2, /* in floats */
};

struct lince_engine_options {
    size_t size;
    const char *model_directory; /* borrowed; NULL: $LINCE_MODELS, else the folder the library was installed with */
    uint64_t memory_limit_bytes; /* peak resident memory of the whole process; 0: no limit */
    uint32_t readers;            /* readers that will work at once, for sharing out the limit; at least 1 */
    uint32_t threads_per_image;  /* threads of one reader; 1 is best when several images are read at once */
    double cleanup_share;        /* memory is cleaned up at this share of the limit, 0 < share <= 1; see lince_memory */
    uint32_t container; /* 1: a container's limit, less a margin, counts too where it is smaller; 0: it does not */
    lince_memory_listener on_memory_event; /* NULL: nobody listens */
    void *memory_context;
    const struct lince_runtime_options *runtime; /* borrowed during the call; NULL: the defaults */
    enum lince_model model;
};

#define LINCE_ENGINE_OPTIONS_DEFAULTS                                                                                  \
    { sizeof(struct lince_engine_options), NULL, UINT64_C(300) << 20, 1, 1, 0.7, 1, NULL, NULL, NULL, LINCE_MODEL_AUTO }

/*
 * Loads the models once. Gives the engine in `*engine` (close with lince_engine_close after its readers).
 * Fails with LINCE_ERROR_MODEL, LINCE_ERROR_MEMORY_LIMIT, LINCE_ERROR_ARGUMENT. Thread-safe.
 */
LINCE_API enum lince_status lince_engine_open(const struct lince_engine_options *options, struct lince_engine **engine,
                                              struct lince_error *error);
LINCE_API void lince_engine_close(struct lince_engine *engine);

/* Memory that the engine and its readers hold now and held at most, in bytes, as their meters know it. Thread-safe. */
LINCE_API uint64_t lince_engine_memory_current_bytes(const struct lince_engine *engine);
LINCE_API uint64_t lince_engine_memory_peak_bytes(const struct lince_engine *engine);

/* ---- reader ------------------------------------------------------------------------------------------- */

struct lince_reader;
struct lince_page;

enum lince_stage {
    LINCE_STAGE_DECODE = 0,
    LINCE_STAGE_DETECT = 1,
    LINCE_STAGE_RECOGNISE = 2,
};

/* Called between pieces of work with the share done of a stage, 0..1. Returns nonzero to cancel. */
typedef int (*lince_progress)(void *context, enum lince_stage stage, double share);

enum lince_direction {
    LINCE_DIRECTION_IN_DOUBT = 0, /* ask the direction classifier only where a line was read badly */
    LINCE_DIRECTION_ALWAYS = 1,   /* ask it for every line */
    LINCE_DIRECTION_NEVER = 2,    /* lines are upright */
};

struct lince_read_options {
    size_t size;
    enum lince_direction direction;
    lince_progress progress; /* NULL: none */
    void *progress_context;
};

#define LINCE_READ_OPTIONS_DEFAULTS                                                                                    \
    { sizeof(struct lince_read_options), LINCE_DIRECTION_IN_DOUBT, NULL, NULL }

/* Gives a reader of `engine`, which must outlive it. */
LINCE_API enum lince_status lince_reader_open(struct lince_engine *engine, struct lince_reader **reader,
                                              struct lince_error *error);
LINCE_API void lince_reader_close(struct lince_reader *reader);

/*
 * Reads one image. Borrows `bytes` (an encoded image: JPEG, PNG, WebP, BMP or GIF, or a document, of which the first
 * page is read: lince_page_count tells whether there are more) or the file at `path`; `options` may be NULL for the
 * defaults. Gives the page in `*page` (free with lince_page_free); NULL after a failure.
 * Any status but LINCE_ERROR_WRITE and LINCE_ERROR_LAYOUT may come back, and the reader can be used again after all of
 * them. The same bytes always give the same page.
 */
LINCE_API enum lince_status lince_read(struct lince_reader *reader, const void *bytes, size_t bytes_count,
                                       const struct lince_read_options *options, struct lince_page **page,
                                       struct lince_error *error);
LINCE_API enum lince_status lince_read_file(struct lince_reader *reader, const char *path,
                                            const struct lince_read_options *options, struct lince_page **page,
                                            struct lince_error *error);

enum lince_format {
    LINCE_FORMAT_UNKNOWN = 0,
    LINCE_FORMAT_JPEG = 1,
    LINCE_FORMAT_PNG = 2,
    LINCE_FORMAT_WEBP = 3,
    LINCE_FORMAT_BMP = 4,
    LINCE_FORMAT_GIF = 5,
    LINCE_FORMAT_TIFF = 6,
    LINCE_FORMAT_PDF = 7,
    LINCE_FORMAT_HEIF = 8,
    LINCE_FORMAT_AVIF = 9,
    LINCE_FORMAT_JXL = 10,
};

/* ---- documents ---------------------------------------------------------------------------------------- */

struct lince_document;
struct lince_price;

struct lince_document_options {
    size_t size;
    const char *password; /* borrowed until the document is closed; NULL: none */
};

#define LINCE_DOCUMENT_OPTIONS_DEFAULTS                                                                                \
    { sizeof(struct lince_document_options), NULL }

/*
 * Opens a file whose pages are read one by one: PDF, TIFF, or an image, which is a document of one page. Borrows
 * `bytes` or `path` until the document is closed; a file with pages is read where it stands, so that neither its size
 * nor the number of its pages counts in memory. `options` may be NULL. Gives the document in `*document` (close with
 * lince_document_close, before the engine). A document may be read by several readers at once; its pages are decoded
 * one after the other. Fails as lince_read does.
 */
LINCE_API enum lince_status lince_document_open(struct lince_engine *engine, const void *bytes, size_t bytes_count,
                                                const struct lince_document_options *options,
                                                struct lince_document **document, struct lince_error *error);
LINCE_API enum lince_status lince_document_open_file(struct lince_engine *engine, const char *path,
                                                     const struct lince_document_options *options,
                                                     struct lince_document **document, struct lince_error *error);
LINCE_API void lince_document_close(struct lince_document *document);

LINCE_API uint32_t lince_document_page_count(const struct lince_document *document); /* at least 1 */
LINCE_API enum lince_format lince_document_format(const struct lince_document *document);
/* 1 where the format has pages, be it only one of them here; 0 for an image. */
LINCE_API int lince_document_has_pages(const struct lince_document *document);

/* Reads page `index`, from 0 on, as lince_read does; prices it from its own header as lince_price_image does. */
LINCE_API enum lince_status lince_document_read(struct lince_reader *reader, struct lince_document *document,
                                                uint32_t index, const struct lince_read_options *options,
                                                struct lince_page **page, struct lince_error *error);
LINCE_API enum lince_status lince_document_price(struct lince_document *document, uint32_t index,
                                                 struct lince_price *price, struct lince_error *error);

/* ---- price -------------------------------------------------------------------------------------------- */

/* What the header of an image says, and what reading it will cost, before any pixel is decoded. */
struct lince_price {
    size_t size;
    enum lince_format format;
    uint32_t width_px, height_px;                 /* as a viewer shows it */
    uint32_t working_width_px, working_height_px; /* the size at which it would be read under the engine's limit */
    uint64_t read_bytes;                          /* memory that reading takes at that size, beyond the engine's own */
    uint64_t smallest_limit_bytes;                /* the smallest memory limit of the process that would do */
    /* Of read_bytes, the most that each stage holds; they follow each other, so that read_bytes is less than the sum.
     */
    uint64_t decode_bytes, detect_bytes, recognise_bytes, page_bytes;
};

#define LINCE_PRICE_INIT                                                                                               \
    { sizeof(struct lince_price), LINCE_FORMAT_UNKNOWN, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }

/* Looks at the header only. LINCE_ERROR_MEMORY_LIMIT when no working size fits; `price` is then filled all the same. */
LINCE_API enum lince_status lince_price_image(struct lince_engine *engine, const void *bytes, size_t bytes_count,
                                              struct lince_price *price, struct lince_error *error);
LINCE_API enum lince_status lince_price_file(struct lince_engine *engine, const char *path, struct lince_price *price,
                                             struct lince_error *error);

/* ---- memory ------------------------------------------------------------------------------------------- */

/*
 * The process's memory and how the limit is shared out. Every byte that the library asks for is on a meter; meters form
 * a tree. The rest of the resident memory is `untracked`: code, stacks, and what other libraries allocate for
 * themselves.
 */
struct lince_memory {
    size_t size;
    uint64_t limit_bytes;     /* in force: the smaller of what was asked for and the container's; 0: none */
    uint64_t container_bytes; /* the container's own limit; 0: none */
    /* The shares of the limit. start + models + reserve + room = limit; readings share the room. */
    uint64_t start_bytes;   /* resident off the meters when the engine was ready: code, libraries, stacks */
    uint64_t models_bytes;  /* weights, on a meter or in mapped files, as if all were resident */
    uint64_t reserve_bytes; /* kept free for what grows off the meters */
    uint64_t room_bytes;    /* for readings, all readers together; UINT64_MAX without a limit */
    uint64_t taken_bytes;   /* of the room, by readings that run */
    /* Now. */
    uint64_t tracked_bytes, tracked_peak_bytes;   /* on the meters */
    uint64_t resident_bytes, resident_peak_bytes; /* as the kernel says: VmRSS, VmHWM */
    uint64_t proportional_bytes, private_dirty_bytes, shared_bytes, swap_bytes;
    uint64_t container_used_bytes;
    uint64_t minor_fault_count, major_fault_count;
    double user_seconds, system_seconds;
    /* untracked = resident - tracked_resident, and what it is. */
    uint64_t tracked_resident_bytes; /* tracked, less what is set aside but not yet given by the kernel */
    uint64_t untracked_bytes;
    uint64_t code_bytes, weights_bytes, files_bytes, stacks_bytes;
    uint64_t slack_bytes; /* free in malloc's hands */
    uint64_t other_bytes; /* the rest: what libraries allocate for themselves */
    /* Counts since the engine was opened. */
    uint64_t image_count, refusal_count, cleanup_count, cleanup_freed_bytes;
    double growth_bytes_per_image; /* of the last images; 0 until there are enough */
};

#define LINCE_MEMORY_INIT                                                                                              \
    { .size = sizeof(struct lince_memory) }

/* Fills `memory`: reads /proc/self/smaps, about a millisecond. Thread-safe, also while images are read. */
LINCE_API void lince_memory_snapshot(struct lince_engine *engine, struct lince_memory *memory);

/* A meter: bytes now, the most there were, and how many times memory was asked for. `depth` 0 is the root. */
struct lince_meter {
    size_t size;
    const char *name;
    uint32_t depth;
    uint64_t current_bytes, peak_bytes, limit_bytes; /* limit 0: only those above it */
    uint64_t charge_count, refusal_count;
};

/* What a piece of work costs: the stages of reading, summed over all calls. */
struct lince_scope {
    size_t size;
    const char *name;
    uint32_t depth;
    uint64_t call_count;
    double time_ms;
    uint64_t peak_above_bytes; /* the most that one call held above what was there when it began */
    int64_t left_bytes;        /* what all calls together left behind */
};

/* A place in the source that asks for memory, or a model, when lince_memory_profile is on. */
struct lince_site {
    size_t size;
    const char *file, *function, *type; /* borrowed until the engine is closed; line 0: a model */
    uint32_t line;
    uint64_t live_bytes, live_count, peak_bytes, total_count;
};

/* Each is called for every row, parents before children; a result that is not 0 ends the walk. */
typedef int (*lince_meter_visitor)(void *context, const struct lince_meter *meter);
typedef int (*lince_scope_visitor)(void *context, const struct lince_scope *scope);
typedef int (*lince_site_visitor)(void *context, const struct lince_site *site);

/* Thread-safe; the visitor of meters may not open or close readers. */
LINCE_API void lince_memory_meters(struct lince_engine *engine, lince_meter_visitor visitor, void *context);
LINCE_API void lince_memory_scopes(struct lince_engine *engine, lince_scope_visitor visitor, void *context);
LINCE_API void lince_memory_sites(struct lince_engine *engine, lince_site_visitor visitor, void *context);

/*
 * Counts allocation sites from now on: every large block and one small one in `period`; 0 stops. The first period
 * stands for the engine's life. MEMORY_LIMIT when there is no memory for the table.
 */
LINCE_API enum lince_status lince_memory_profile(struct lince_engine *engine, uint32_t period,
                                                 struct lince_error *error);
LINCE_API int lince_memory_profile_is_on(const struct lince_engine *engine);

/*
 * Sets the limit of one meter by its name ("models", "decode", "pages", ...; all of that name), or of the process with
 * NULL or "process"; 0: no limit. ARGUMENT when no meter has that name; MEMORY_LIMIT when less is asked for than the
 * engine and its models take already. Readings that run are not affected. Thread-safe.
 */
LINCE_API enum lince_status lince_memory_limit_set(struct lince_engine *engine, const char *meter, uint64_t limit_bytes,
                                                   struct lince_error *error);

/* Gives back to the system what is free, now. Returns the bytes by which the resident memory fell. Thread-safe. */
LINCE_API uint64_t lince_memory_clean_up(struct lince_engine *engine);

/* ---- page --------------------------------------------------------------------------------------------- */

struct lince_point {
    double x, y;
};

struct lince_box {
    double x0, y0, x1, y1; /* x0 <= x1, y0 <= y1 */
};

struct lince_word {
    const char *text;
    double confidence; /* 0..1: the mean over its characters */
    struct lince_box box;
};

struct lince_line {
    const char *text;           /* words joined by single spaces */
    double confidence;          /* 0..1: the mean over its characters */
    struct lince_point quad[4]; /* corners of the line: text's upper left, upper right, lower right, lower left */
    struct lince_box box;       /* the upright rectangle around the quad, within the image */
    size_t word_count;          /* at least 1 */
    const struct lince_word *words;
};

/* Something that was not read, or may not have been: what a page does not say, a warning says. */
struct lince_warning {
    const char *code;    /* stable, such as "small_text"; docs/errors.md lists them */
    const char *message; /* one sentence with the numbers and the remedy, in the language of the call's lince_error */
};

struct lince_timings {
    double decode_ms, detect_ms, recognise_ms, total_ms;
};

/* All that follows borrows from the page, is valid until lince_page_free, and is thread-safe. */
LINCE_API uint32_t lince_page_width_px(const struct lince_page *page);
LINCE_API uint32_t lince_page_height_px(const struct lince_page *page);
/* Degrees clockwise, 0, 90, 180 or 270, by which the stored pixels were turned to stand as a viewer shows them. */
LINCE_API uint32_t lince_page_rotation(const struct lince_page *page);
/* Degrees clockwise, 0, 90, 180 or 270, by which most of the text stands away from upright in the picture as shown. */
LINCE_API uint32_t lince_page_turn(const struct lince_page *page);
/* Which page of its document it is, from 1 on, and how many there are; of an image 1 and 1. */
LINCE_API uint32_t lince_page_number(const struct lince_page *page);
LINCE_API uint32_t lince_page_count(const struct lince_page *page);
LINCE_API const char *lince_page_text(const struct lince_page *page); /* lines joined by line feeds */
LINCE_API size_t lince_page_line_count(const struct lince_page *page);
LINCE_API const struct lince_line *lince_page_line(const struct lince_page *page, size_t index); /* NULL past the end */
LINCE_API size_t lince_page_warning_count(const struct lince_page *page);
/* NULL past the end. */
LINCE_API const struct lince_warning *lince_page_warning(const struct lince_page *page, size_t index);
LINCE_API struct lince_timings lince_page_timings(const struct lince_page *page);
/* Most bytes that this reading held on the meters at once. */
LINCE_API uint64_t lince_page_peak_bytes(const struct lince_page *page);
LINCE_API void lince_page_free(struct lince_page *page);

/* ---- structure ---------------------------------------------------------------------------------------- */

/*
 * What the lines of a page make together. A page's lines stand in reading order: columns of prose one after the other,
 * tables and forms row by row. Blocks are stretches of them, each line belongs to one. What a block is, is judged by
 * where its lines stand, how large they are and how they begin and end, so that it may be wrong where these mislead.
 */
enum lince_block_kind {
    LINCE_BLOCK_PARAGRAPH = 0,
    LINCE_BLOCK_HEADING = 1,     /* larger than the page's text */
    LINCE_BLOCK_LIST_ITEM = 2,   /* begins with a bullet, a number or a letter */
    LINCE_BLOCK_TABLE = 3,       /* rows of several cells: tables, forms, the labels and values of receipts */
    LINCE_BLOCK_HEADER = 4,      /* at the head of the page, apart from its text */
    LINCE_BLOCK_FOOTER = 5,      /* at its foot */
    LINCE_BLOCK_PAGE_NUMBER = 6, /* at its head or foot */
};

struct lince_cell {
    const char *text;  /* its lines joined by spaces */
    double confidence; /* 0..1 */
    struct lince_box box;
    size_t row, column; /* from 0 */
};

struct lince_block {
    enum lince_block_kind kind;
    uint32_t level; /* of a heading: 1, 2 or 3 by its size; else 0 */
    struct lince_box box;
    size_t first_line, line_count; /* of the page's lines */
    size_t column, column_count; /* columns that are read one after the other: which, from 0, of how many, at least 1 */
    const char *text; /* lines joined by spaces, hyphens at their ends taken out; of a table: a line a row, two spaces
                         between cells */
    size_t table_row_count, table_column_count; /* 0 where it is no table */
    size_t cell_count;
    const struct lince_cell *cells; /* by rows, in each from the left; an empty cell is left out */
};

/* Where a line stands: its block, the row of the page that it is on, from 0, and which it is on that row, from 0. */
struct lince_line_place {
    size_t block, row, cell;
};

/* "paragraph", "heading", "list_item", "table", "header", "footer", "page_number". */
LINCE_API const char *lince_block_kind_name(enum lince_block_kind kind);

/* These borrow from the page as those above. */
LINCE_API size_t lince_page_block_count(const struct lince_page *page);
LINCE_API const struct lince_block *lince_page_block(const struct lince_page *page,
                                                     size_t index); /* NULL past the end */
/* All 0 past the end. */
LINCE_API struct lince_line_place lince_page_line_place(const struct lince_page *page, size_t index);

/* Takes what was written; borrows `bytes`. Returns nonzero to refuse it. */
typedef int (*lince_write)(void *context, const void *bytes, size_t bytes_count);

/*
 * Writes a page in a form, "text", "markdown", "layout", "hocr", "alto", "tesseract-tsv" or "tsv": the bytes that
 * `lince read -f FORM NAME` writes for one image, with `name` where the form tells the file's. `write` is called once.
 * LINCE_ERROR_ARGUMENT for another form, LINCE_ERROR_MEMORY_LIMIT, LINCE_ERROR_WRITE when `write` refused. Thread-safe.
 */
LINCE_API enum lince_status lince_page_write(const struct lince_page *page, const char *form, const char *name,
                                             lince_write write, void *context, struct lince_error *error);

/* ---- records ------------------------------------------------------------------------------------------ */

struct lince_layouts;
struct lince_record;

struct lince_layouts_options {
    size_t size;
    const char *folder;          /* borrowed; layouts of the user's own, *.json; NULL: the built-in ones only */
    uint64_t memory_limit_bytes; /* of the layouts and all records made with them; 0: no limit */
};

#define LINCE_LAYOUTS_OPTIONS_DEFAULTS                                                                                 \
    { sizeof(struct lince_layouts_options), NULL, 0 }

/*
 * Opens the built-in layouts and those of the folder; one of the same name takes the built-in one's place. `options`
 * may be NULL. Gives the set in `*layouts` (close with lince_layouts_close after its records). LINCE_ERROR_LAYOUT with
 * file, line and column; LINCE_ERROR_NOT_FOUND, LINCE_ERROR_UNREADABLE, LINCE_ERROR_MEMORY_LIMIT. A set may be shared
 * by any number of threads.
 */
LINCE_API enum lince_status lince_layouts_open(const struct lince_layouts_options *options,
                                               struct lince_layouts **layouts, struct lince_error *error);
LINCE_API void lince_layouts_close(struct lince_layouts *layouts);
LINCE_API size_t lince_layouts_count(const struct lince_layouts *layouts);
/* Name and title of a layout and where it came from ("built-in" or a path); NULL past the end. Borrowed. */
LINCE_API const char *lince_layouts_name(const struct lince_layouts *layouts, size_t index);
LINCE_API const char *lince_layouts_title(const struct lince_layouts *layouts, size_t index);
LINCE_API const char *lince_layouts_source(const struct lince_layouts *layouts, size_t index);

/*
 * Extracts the fields of a page. `names` (`name_count` of them, may be NULL and 0) limits the layouts that may be used;
 * without any the page's own anchors choose, and a generic layout stands in when none matches. Borrows the page during
 * the call only. Gives the record in `*record` (free with lince_record_free). LINCE_ERROR_ARGUMENT for an unknown
 * name, LINCE_ERROR_MEMORY_LIMIT. The same lines always give the same record. Thread-safe.
 */
LINCE_API enum lince_status lince_record_extract(const struct lince_layouts *layouts, const struct lince_page *page,
                                                 const char *const *names, size_t name_count,
                                                 struct lince_record **record, struct lince_error *error);

/* The same from lines of any origin, in reading order; `words` of a line may be NULL with a `word_count` of 0. */
LINCE_API enum lince_status lince_record_extract_lines(const struct lince_layouts *layouts,
                                                       const struct lince_line *lines, size_t line_count,
                                                       double width_px, double height_px, const char *const *names,
                                                       size_t name_count, struct lince_record **record,
                                                       struct lince_error *error);
LINCE_API void lince_record_free(struct lince_record *record);

#define LINCE_NO_LINE ((size_t)-1)

struct lince_field {
    const char *name;  /* "monto", "referencia", ...: as in the layout */
    const char *type;  /* "money", "date", "time", "phone", "id", "bank", "account", "reference", "name", "text", ... */
    const char *value; /* canonical: "1234.50", "2024-01-31", "0105", "V12345678", ... */
    const char *text;  /* as read on the page, pieces joined by spaces; "" for what the layout implies */
    double confidence; /* 0..1, fitted to invented payment receipts; see docs/layouts.md for how often it is right */
    struct lince_box box; /* around all pieces of the text; all 0 for what the layout implies */
    size_t page_line;     /* index of the line of the first piece; LINCE_NO_LINE for what the layout implies */
    const char *rule; /* how it was found: "after", "right", "below", "column", "paragraph", "section", "free", ... */
    uint32_t repairs; /* look-alikes that were put right: O for 0, l for 1, ... */
    const char *meaning; /* usual name of a bank; kind of an id or account, "rif", "cuit", "cbu"; NULL for others */
};

/* All that follows borrows from the record, is valid until lince_record_free, and is thread-safe. */
/* The layout that matched or was asked for; NULL when a generic one stood in. */
LINCE_API const char *lince_record_layout(const struct lince_record *record);
/* The layout whose rules were used; NULL for a page of no kind that is known, which has no fields. */
LINCE_API const char *lince_record_rules(const struct lince_record *record);
/* What the page is, and how sure that is: "payment_made", "payment_received", "payment_requested", "payment_failed",
 * "notification", "bank_movements", "statement", "fiscal_sale", "invoice", "credit_note", "quote", or "none", which has
 * no fields. */
LINCE_API const char *lince_record_kind(const struct lince_record *record);
LINCE_API double lince_record_kind_confidence(const struct lince_record *record);
/* Of a payment: "out" or "in"; NULL for other pages. */
LINCE_API const char *lince_record_direction(const struct lince_record *record);
/* ISO 3166 code of the country that the page shows and how sure that is, 0..1; NULL and 0 where it shows none. */
LINCE_API const char *lince_record_country(const struct lince_record *record);
LINCE_API double lince_record_country_confidence(const struct lince_record *record);
/* What told the kind and the country: "payment_made:yapeaste", "word:seniat", "id:cuit", "bank:nequi"; NULL past the
 * end. */
LINCE_API size_t lince_record_evidence_count(const struct lince_record *record);
LINCE_API const char *lince_record_evidence(const struct lince_record *record, size_t index);
LINCE_API size_t lince_record_field_count(const struct lince_record *record);
LINCE_API const struct lince_field *lince_record_field(const struct lince_record *record, size_t index);
/* NULL when the record has no such field. */
LINCE_API const struct lince_field *lince_record_find(const struct lince_record *record, const char *name);
/* Reasons for a person to look, "missing:referencia", "doubtful:monto", "sum:monto", ...; none: 0. */
LINCE_API size_t lince_record_reason_count(const struct lince_record *record);
LINCE_API const char *lince_record_reason(const struct lince_record *record, size_t index);

#ifdef __cplusplus
}
#endif

#endif
