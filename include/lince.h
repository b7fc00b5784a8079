/*
 * lince.h - the public interface of Lince: reads images into lines of text with coordinates, inside a memory limit.
 *
 * A program opens one engine, which holds the models and the memory limit, and one reader for each of its threads. A
 * reader turns images into pages:
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
 * Ownership, in four words. A function *borrows* a pointer when it uses it only during the call. It *takes* a pointer
 * when the caller must not use it afterwards. It *gives* a pointer when the caller must free it. A handle *owns* what
 * it frees when it is closed.
 *
 * Threads. Any number of threads may share an engine. A reader belongs to one thread at a time. A page never changes.
 * The library starts threads only where `threads_per_image` asks for them. It never prints, never exits, and keeps no
 * state outside its handles.
 *
 * Strings are UTF-8 and end with a zero byte. Coordinates are pixels of the image as a viewer shows it, after the EXIF
 * orientation is applied: x to the right, y down, (0, 0) at the corner of the first pixel.
 *
 * Every struct that a caller fills begins with its own size, so that a program built against an older header keeps
 * working. Always start from the *_DEFAULTS or *_INIT value.
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

/* The outcome of a call. Numbers and names keep their meaning for ever; docs/errors.md explains each. */
enum lince_status {
    LINCE_OK = 0,
    LINCE_ERROR_ARGUMENT = 1,       /* a parameter is outside its range */
    LINCE_ERROR_NOT_FOUND = 2,      /* there is no file of that name */
    LINCE_ERROR_UNREADABLE = 3,     /* the file cannot be read: permission, a folder, a device */
    LINCE_ERROR_EMPTY = 4,          /* there are no bytes */
    LINCE_ERROR_UNKNOWN_FORMAT = 5, /* the bytes are in no format that Lince reads */
    LINCE_ERROR_UNSUPPORTED = 6,    /* the format is known, but not this variant of it */
    LINCE_ERROR_DAMAGED = 7,        /* the image is truncated or contradicts itself */
    LINCE_ERROR_TOO_LARGE = 8,      /* the image has more pixels than the format or Lince allows */
    LINCE_ERROR_MEMORY_LIMIT = 9,   /* the work does not fit, or no longer fits, in the memory limit */
    LINCE_ERROR_CANCELLED = 10,     /* the progress callback asked to stop */
    LINCE_ERROR_MODEL = 11,         /* a model file is missing, damaged or of another kind */
    LINCE_ERROR_WRITE = 12,         /* output could not be written (full disk, closed pipe) */
    LINCE_ERROR_LAYOUT = 13,        /* a layout file is not valid */
    LINCE_ERROR_RUNTIME = 14,       /* the inference runtime failed */
};

enum lince_language {
    LINCE_ENGLISH = 0,
    LINCE_SPANISH = 1,
};

#define LINCE_MESSAGE_BYTES 512

/*
 * What went wrong. The caller owns it, and sets `language` before a call to choose the language of the message. After a
 * failure `status` is the returned status and `message` is one sentence that names the thing, the numbers and the
 * remedy. After LINCE_OK nothing in it has changed. Every function accepts NULL instead.
 */
struct lince_error {
    size_t size;
    enum lince_language language;
    enum lince_status status;
    char message[LINCE_MESSAGE_BYTES];
    uint64_t needed_bytes; /* with LINCE_ERROR_MEMORY_LIMIT: the smallest limit that would do, 0 if unknown */
};

#define LINCE_ERROR_INIT                                                                                               \
    { sizeof(struct lince_error), LINCE_ENGLISH, LINCE_OK, "", 0 }

/* The stable name of a status, as written in JSON: "ok", "memory_limit", ... Borrowed, never NULL. Thread-safe. */
LINCE_API const char *lince_status_name(enum lince_status status);

/* The version of the library in use, "major.minor.patch". */
LINCE_API const char *lince_version(void);

/* ---- memory events ------------------------------------------------------------------------------------ */

enum lince_memory_event_kind {
    LINCE_MEMORY_CLEANED = 1, /* the clean-up share was reached; `freed_bytes` went back to the system */
    LINCE_MEMORY_HIGH = 2,    /* memory reached 90 % of the limit */
    LINCE_MEMORY_REFUSED = 3, /* an image was refused; `needed_bytes` is the smallest limit that would do, if known */
    LINCE_MEMORY_GROWING = 4, /* memory grows with each image, as with a leak: `growth_bytes_per_image` */
};

struct lince_memory_event {
    size_t size;
    enum lince_memory_event_kind kind;
    uint64_t resident_bytes, tracked_bytes, limit_bytes; /* when it happened; limit 0: none */
    uint64_t freed_bytes, needed_bytes;
    double growth_bytes_per_image;
    uint64_t image_count;  /* images read since the engine was opened */
    uint64_t untold_count; /* events of this kind left out since the last one reported */
};

/*
 * Called in the thread where the event happens, at most once in ten seconds for each kind. It may call the functions of
 * this header, except those that open or close engines and readers.
 */
typedef void (*lince_memory_listener)(void *context, const struct lince_memory_event *event);

/* "cleaned", "high", "refused", "growing". */
LINCE_API const char *lince_memory_event_name(enum lince_memory_event_kind kind);

/* ---- engine ------------------------------------------------------------------------------------------- */

struct lince_engine;

/*
 * Memory and thread settings of the inference runtime. Memory was measured with the defaults. With other values the
 * limit still holds, but a price may be too low, so that an image is refused while it is being read.
 */
struct lince_runtime_options {
    size_t size;
    uint32_t memory_pattern;   /* 1: plan one block for each input size that recurs; 0: allocate block by block */
    uint32_t memory_arena;     /* 1: a reader keeps free blocks between images; 0: they go back to the system */
    uint32_t arena_doubles;    /* 1: a reader's memory doubles when it grows; 0: it grows by what is needed */
    uint32_t parallel;         /* 1: independent nodes of a graph run in parallel; 0: one after another */
    uint32_t inter_op_threads; /* with `parallel`: how many nodes at once, at least 1 */
    uint32_t spinning;         /* 1: threads spin while they wait for work; 0: they sleep */
};

#define LINCE_RUNTIME_OPTIONS_DEFAULTS                                                                                 \
    { sizeof(struct lince_runtime_options), 0, 0, 0, 0, 1, 0 }

/* Which models to use. Integer and float models differ in less than one word in a hundred. */
enum lince_model {
    LINCE_MODEL_AUTO = 0,     /* the fast models if they are faster on this processor, otherwise the accurate ones */
    LINCE_MODEL_FAST = 1,     /* 8-bit integers */
    LINCE_MODEL_ACCURATE = 2, /* floats */
};

struct lince_engine_options {
    size_t size;
    const char *model_directory; /* borrowed; NULL: $LINCE_MODELS, or else the folder installed with the library */
    uint64_t memory_limit_bytes; /* peak resident memory of the whole process; 0: no limit */
    uint32_t readers;            /* readers that will work at the same time and share the limit; at least 1 */
    uint32_t threads_per_image;  /* threads for one reader; 1 is best when several images are read at the same time */
    double cleanup_share;        /* clean up memory at this share of the limit, 0 < share <= 1; see lince_memory */
    uint32_t container;          /* 1: a container's limit, less a margin, also counts if it is smaller; 0: ignore it */
    lince_memory_listener on_memory_event; /* NULL: no events */
    void *memory_context;
    const struct lince_runtime_options *runtime; /* borrowed during the call; NULL: the defaults */
    enum lince_model model;
};

#define LINCE_ENGINE_OPTIONS_DEFAULTS                                                                                  \
    { sizeof(struct lince_engine_options), NULL, UINT64_C(300) << 20, 1, 1, 0.7, 1, NULL, NULL, NULL, LINCE_MODEL_AUTO }

/*
 * Loads the models once. Gives the engine in `*engine`; close it with lince_engine_close after its readers. Fails with
 * LINCE_ERROR_MODEL, LINCE_ERROR_MEMORY_LIMIT, LINCE_ERROR_ARGUMENT. Thread-safe.
 */
LINCE_API enum lince_status lince_engine_open(const struct lince_engine_options *options, struct lince_engine **engine,
                                              struct lince_error *error);
LINCE_API void lince_engine_close(struct lince_engine *engine);

/* Bytes on the meters of the engine and its readers: now, and the most at any time. Thread-safe. */
LINCE_API uint64_t lince_engine_memory_current_bytes(const struct lince_engine *engine);
LINCE_API uint64_t lince_engine_memory_peak_bytes(const struct lince_engine *engine);

/* ---- reader ------------------------------------------------------------------------------------------- */

struct lince_reader;
struct lince_page;

enum lince_stage {
    LINCE_STAGE_DECODE = 0,
    LINCE_STAGE_DETECT = 1,
    LINCE_STAGE_RECOGNISE = 2,
    LINCE_STAGE_CODES = 3, /* only with `codes`; between decoding and detecting */
};

/* Called between pieces of work with the share of the stage that is done, 0..1. Return nonzero to cancel. */
typedef int (*lince_progress)(void *context, enum lince_stage stage, double share);

enum lince_direction {
    LINCE_DIRECTION_IN_DOUBT = 0, /* classify the direction of lines that read badly */
    LINCE_DIRECTION_ALWAYS = 1,   /* classify the direction of every line */
    LINCE_DIRECTION_NEVER = 2,    /* take every line as upright */
};

struct lince_read_options {
    size_t size;
    enum lince_direction direction;
    lince_progress progress; /* NULL: none */
    void *progress_context;
    uint32_t codes;   /* 1: look for bar codes and QR codes too; see lince_page_code */
    uint32_t letters; /* 1: keep the place of each letter too, for 2 MB more; see lince_page_letters */
};

#define LINCE_READ_OPTIONS_DEFAULTS                                                                                    \
    { sizeof(struct lince_read_options), LINCE_DIRECTION_IN_DOUBT, NULL, NULL, 0, 0 }

/* Gives a reader of `engine`; close it with lince_reader_close before the engine. */
LINCE_API enum lince_status lince_reader_open(struct lince_engine *engine, struct lince_reader **reader,
                                              struct lince_error *error);
LINCE_API void lince_reader_close(struct lince_reader *reader);

/*
 * Reads one image, or the first page of a document (lince_page_count says whether there are more), in any of the
 * formats of enum lince_format. Borrows `bytes` or the file at `path`. `options` may be NULL for the defaults. Gives
 * the page in `*page` (free it with lince_page_free), or NULL after a failure.
 *
 * Fails with any status but LINCE_ERROR_WRITE and LINCE_ERROR_LAYOUT. The reader can be used again after any failure.
 * The same bytes always give the same page.
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
    LINCE_FORMAT_JP2 = 11, /* JPEG 2000 */
    LINCE_FORMAT_PNM = 12, /* PBM, PGM, PPM, PAM */
};

/* ---- documents ---------------------------------------------------------------------------------------- */

struct lince_document;
struct lince_price;

/* Whether a PDF page's own text is used instead of reading the page's picture. */
enum lince_pdf_text {
    /*
     * Visible text that looks like words is used; the rest of the page is read. Short texts, and those of the first two
     * pages, are compared with the picture first, which takes about 0.1 s a page.
     */
    LINCE_PDF_TEXT_AUTO = 0,
    LINCE_PDF_TEXT_ALWAYS = 1, /* all text is used, also invisible text from an earlier OCR of a scan */
    LINCE_PDF_TEXT_NEVER = 2,  /* every page is read */
};

struct lince_document_options {
    size_t size;
    const char *password; /* borrowed until the document is closed; NULL: none */
    enum lince_pdf_text pdf_text;
};

#define LINCE_DOCUMENT_OPTIONS_DEFAULTS                                                                                \
    { sizeof(struct lince_document_options), NULL, LINCE_PDF_TEXT_AUTO }

/*
 * Opens a file to read its pages one by one: PDF, TIFF, or an image, which is a document of one page. Borrows `bytes`
 * or `path` until the document is closed. The file is read in place, so that neither its size nor its number of pages
 * counts in memory. `options` may be NULL. Gives the document in `*document`; close it with lince_document_close before
 * the engine. Several readers may read one document at the same time; its pages are decoded one after another. Fails as
 * lince_read does.
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
/* 1 if the format can hold pages, even if this file has only one; 0 for an image. */
LINCE_API int lince_document_has_pages(const struct lince_document *document);

/* Reads page `index`, from 0, as lince_read does. Prices it from its own header as lince_price_image does. */
LINCE_API enum lince_status lince_document_read(struct lince_reader *reader, struct lince_document *document,
                                                uint32_t index, const struct lince_read_options *options,
                                                struct lince_page **page, struct lince_error *error);
LINCE_API enum lince_status lince_document_price(struct lince_document *document, uint32_t index,
                                                 struct lince_price *price, struct lince_error *error);

/* ---- price -------------------------------------------------------------------------------------------- */

/* What the header of an image says and what reading it will cost, before any pixel is decoded. */
struct lince_price {
    size_t size;
    enum lince_format format;
    uint32_t width_px, height_px;                 /* as a viewer shows the image */
    uint32_t working_width_px, working_height_px; /* the size at which it would be read under the engine's limit */
    uint64_t read_bytes;                          /* memory for reading at that size, beyond the engine's own */
    uint64_t smallest_limit_bytes;                /* the smallest memory limit of the process that would do */
    /* The most that each stage holds. Stages follow one another, so their sum exceeds read_bytes. */
    uint64_t decode_bytes, detect_bytes, recognise_bytes, page_bytes;
    uint64_t read_codes_bytes; /* read_bytes of a reading that looks for codes too; 0: there is no room to look */
    /*
     * The size at which the image is looked at first, and the memory for reading it so. Only small print raises them,
     * up to working_width_px, working_height_px and read_bytes.
     */
    uint32_t usual_width_px, usual_height_px;
    uint64_t usual_bytes;
};

#define LINCE_PRICE_INIT                                                                                               \
    { sizeof(struct lince_price), LINCE_FORMAT_UNKNOWN, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }

/* Reads the header only. Returns LINCE_ERROR_MEMORY_LIMIT if no working size fits, and still fills `price`. */
LINCE_API enum lince_status lince_price_image(struct lince_engine *engine, const void *bytes, size_t bytes_count,
                                              struct lince_price *price, struct lince_error *error);
LINCE_API enum lince_status lince_price_file(struct lince_engine *engine, const char *path, struct lince_price *price,
                                             struct lince_error *error);

/* ---- memory ------------------------------------------------------------------------------------------- */

/*
 * The memory of the process and how the limit is shared out. Every byte that the library allocates is on a meter;
 * meters form a tree. The rest of the resident memory is `untracked`: code, stacks, and what other libraries allocate
 * for themselves.
 */
struct lince_memory {
    size_t size;
    uint64_t limit_bytes;     /* in force: the smaller of the engine's and the container's; 0: none */
    uint64_t container_bytes; /* the container's own limit; 0: none */
    /* Shares of the limit: start + models + reserve + room = limit. Readings share the room. */
    uint64_t start_bytes;   /* resident and on no meter when the engine was ready: code, libraries, stacks */
    uint64_t models_bytes;  /* weights, on a meter or in mapped files, as if all were resident */
    uint64_t reserve_bytes; /* kept free for growth that is on no meter */
    uint64_t room_bytes;    /* for all readings together; UINT64_MAX without a limit */
    uint64_t taken_bytes;   /* the part of the room that running readings hold */
    /* Now. */
    uint64_t tracked_bytes, tracked_peak_bytes;   /* on the meters */
    uint64_t resident_bytes, resident_peak_bytes; /* from the kernel: VmRSS, VmHWM */
    uint64_t proportional_bytes, private_dirty_bytes, shared_bytes, swap_bytes;
    uint64_t container_used_bytes;
    uint64_t minor_fault_count, major_fault_count;
    double user_seconds, system_seconds;
    /* untracked = resident - tracked_resident, and its parts. */
    uint64_t tracked_resident_bytes; /* tracked, less what is reserved and not yet resident */
    uint64_t untracked_bytes;
    uint64_t code_bytes, weights_bytes, files_bytes, stacks_bytes;
    uint64_t slack_bytes; /* free, but kept by malloc */
    uint64_t other_bytes; /* the rest: allocated by other libraries */
    /* Counts since the engine was opened. */
    uint64_t image_count, refusal_count, cleanup_count, cleanup_freed_bytes;
    double growth_bytes_per_image; /* over the last images; 0 until there are enough */
};

#define LINCE_MEMORY_INIT                                                                                              \
    { .size = sizeof(struct lince_memory) }

/* Fills `memory` from /proc/self/smaps in about a millisecond. Thread-safe, also while images are read. */
LINCE_API void lince_memory_snapshot(struct lince_engine *engine, struct lince_memory *memory);

/* A meter: its bytes now, the most at any time, and how often memory was requested. `depth` 0 is the root. */
struct lince_meter {
    size_t size;
    const char *name;
    uint32_t depth;
    uint64_t current_bytes, peak_bytes, limit_bytes; /* limit 0: only its parents' limits */
    uint64_t charge_count, refusal_count;
};

/* The cost of one kind of work, such as a stage of reading, summed over all calls. */
struct lince_scope {
    size_t size;
    const char *name;
    uint32_t depth;
    uint64_t call_count;
    double time_ms;
    uint64_t peak_above_bytes; /* the most that one call held above what it began with */
    int64_t left_bytes;        /* what all calls together left allocated */
};

/* A place in the source that allocates memory, or a model. Counted while lince_memory_profile is on. */
struct lince_site {
    size_t size;
    const char *file, *function, *type; /* borrowed until the engine is closed; line 0: a model */
    uint32_t line;
    uint64_t live_bytes, live_count, peak_bytes, total_count;
};

/* Called for every row, parents before children. Return nonzero to stop. */
typedef int (*lince_meter_visitor)(void *context, const struct lince_meter *meter);
typedef int (*lince_scope_visitor)(void *context, const struct lince_scope *scope);
typedef int (*lince_site_visitor)(void *context, const struct lince_site *site);

/* Thread-safe. The visitor of meters must not open or close readers. */
LINCE_API void lince_memory_meters(struct lince_engine *engine, lince_meter_visitor visitor, void *context);
LINCE_API void lince_memory_scopes(struct lince_engine *engine, lince_scope_visitor visitor, void *context);
LINCE_API void lince_memory_sites(struct lince_engine *engine, lince_site_visitor visitor, void *context);

/*
 * Counts allocation sites from now on: every large block and one small block in `period`. 0 stops. The first period
 * holds for the life of the engine. LINCE_ERROR_MEMORY_LIMIT if there is no memory for the table.
 */
LINCE_API enum lince_status lince_memory_profile(struct lince_engine *engine, uint32_t period,
                                                 struct lince_error *error);
LINCE_API int lince_memory_profile_is_on(const struct lince_engine *engine);

/*
 * Sets the limit of every meter with this name ("models", "decode", "pages", ...), or of the process with NULL or
 * "process"; 0: no limit. LINCE_ERROR_ARGUMENT if no meter has that name; LINCE_ERROR_MEMORY_LIMIT if the engine and
 * its models already hold more. Readings that run are not affected. Thread-safe.
 */
LINCE_API enum lince_status lince_memory_limit_set(struct lince_engine *engine, const char *meter, uint64_t limit_bytes,
                                                   struct lince_error *error);

/* Returns free memory to the system. Returns the bytes by which resident memory fell. Thread-safe. */
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
    double confidence; /* 0..1: the mean over the characters */
    struct lince_box box;
};

struct lince_line {
    const char *text;           /* words joined by single spaces */
    double confidence;          /* 0..1: the mean over the characters */
    struct lince_point quad[4]; /* corners in the order of the text: upper left, upper right, lower right, lower left */
    struct lince_box box;       /* the upright rectangle around the quad, inside the image */
    size_t word_count;          /* at least 1 */
    const struct lince_word *words;
};

/* One character of a word, or a ligature of them. */
struct lince_letter {
    char text[8];         /* UTF-8, ends with a zero byte */
    double confidence;    /* 0..1 */
    struct lince_box box; /* the upright rectangle around its ink; touching letters are parted between them */
};

/* Something on the page that was not read, or may not have been. */
struct lince_warning {
    const char *code;    /* stable, such as "small_text"; docs/errors.md lists them */
    const char *message; /* one sentence with the numbers and the remedy, in the language of the call's lince_error */
};

struct lince_timings {
    double decode_ms, detect_ms, recognise_ms, total_ms;
};

/* The results below are borrowed from the page and valid until lince_page_free. Thread-safe. */
LINCE_API uint32_t lince_page_width_px(const struct lince_page *page);
LINCE_API uint32_t lince_page_height_px(const struct lince_page *page);
/* Clockwise degrees, 0, 90, 180 or 270, by which the stored pixels were turned to get the image that a viewer shows. */
LINCE_API uint32_t lince_page_rotation(const struct lince_page *page);
/* Clockwise degrees, 0, 90, 180 or 270, by which most of the text is turned away from upright in that image. */
LINCE_API uint32_t lince_page_turn(const struct lince_page *page);
/* The page's number in its document, from 1, and how many pages there are. 1 and 1 for an image. */
LINCE_API uint32_t lince_page_number(const struct lince_page *page);
LINCE_API uint32_t lince_page_count(const struct lince_page *page);
LINCE_API const char *lince_page_text(const struct lince_page *page); /* lines joined by line feeds */
LINCE_API size_t lince_page_line_count(const struct lince_page *page);
LINCE_API const struct lince_line *lince_page_line(const struct lince_page *page, size_t index); /* NULL past the end */
/*
 * The letters of a word of a line, in its order, if the page was read with `letters`. Gives their number and, in
 * `*letters`, the first one (borrowed); 0 and NULL without letters and past the end.
 */
LINCE_API size_t lince_page_letters(const struct lince_page *page, size_t line, size_t word,
                                    const struct lince_letter **letters);
/* 1 if the line is the PDF page's own text, which has a confidence of 1; 0 if it was read. */
LINCE_API int lince_page_line_is_layer(const struct lince_page *page, size_t index);
LINCE_API size_t lince_page_warning_count(const struct lince_page *page);
/* NULL past the end. */
LINCE_API const struct lince_warning *lince_page_warning(const struct lince_page *page, size_t index);
LINCE_API struct lince_timings lince_page_timings(const struct lince_page *page);
/* The most bytes that this reading held on the meters. */
LINCE_API uint64_t lince_page_peak_bytes(const struct lince_page *page);
LINCE_API void lince_page_free(struct lince_page *page);

/* ---- codes -------------------------------------------------------------------------------------------- */

enum lince_code_kind {
    LINCE_CODE_QR = 1,
    LINCE_CODE_EAN_13 = 2,
    LINCE_CODE_EAN_8 = 3,
    LINCE_CODE_UPC_A = 4, /* 12 digits; an EAN-13 that begins with 0 is the same code */
    LINCE_CODE_UPC_E = 5, /* 8 digits, as printed */
    LINCE_CODE_CODE_128 = 6,
    LINCE_CODE_CODE_39 = 7,
    LINCE_CODE_ITF = 8,
    LINCE_CODE_PDF_417 = 9,
    LINCE_CODE_DATA_MATRIX = 10,
    LINCE_CODE_AZTEC = 11,
};

/* A bar code or matrix code on the page. */
struct lince_code {
    enum lince_code_kind kind;
    const char *content; /* UTF-8; NULL if the code holds bytes that are not text */
    const void *bytes;   /* what the code holds, before any conversion of characters */
    size_t bytes_count;
    struct lince_point quad[4]; /* corners as the code stands: upper left, upper right, lower right, lower left */
    struct lince_box box;       /* the upright rectangle around the quad, inside the image */
};

/* "qr", "ean_13", "ean_8", "upc_a", "upc_e", "code_128", "code_39", "itf", "pdf_417", "data_matrix", "aztec". */
LINCE_API const char *lince_code_kind_name(enum lince_code_kind kind);

/*
 * The codes of a page that was read with `codes`, from top to bottom. A warning "codes_missing" or "codes_reduced" says
 * if some may be missing. Borrowed from the page, as above.
 */
LINCE_API int
lince_page_has_codes(const struct lince_page *page); /* 1 if they were looked for, even if none is there */
LINCE_API size_t lince_page_code_count(const struct lince_page *page);
LINCE_API const struct lince_code *lince_page_code(const struct lince_page *page, size_t index); /* NULL past the end */
LINCE_API double lince_page_codes_ms(const struct lince_page *page); /* the time that the search took */

/* ---- structure ---------------------------------------------------------------------------------------- */

/*
 * What the lines of a page form together. The lines of a page are in reading order: columns of prose one after another,
 * tables and forms row by row. A block is a run of consecutive lines, and each line belongs to one block. Kinds are
 * judged from the lines' positions and sizes and from how they begin and end, so they can be wrong.
 */
enum lince_block_kind {
    LINCE_BLOCK_PARAGRAPH = 0,
    LINCE_BLOCK_HEADING = 1,     /* larger than the page's text */
    LINCE_BLOCK_LIST_ITEM = 2,   /* begins with a bullet, a number or a letter */
    LINCE_BLOCK_TABLE = 3,       /* rows of several cells: tables, forms, labels and values of receipts */
    LINCE_BLOCK_HEADER = 4,      /* at the top of the page, apart from its text */
    LINCE_BLOCK_FOOTER = 5,      /* at the bottom of the page */
    LINCE_BLOCK_PAGE_NUMBER = 6, /* at the top or bottom of the page */
};

struct lince_cell {
    const char *text;  /* its lines joined by spaces */
    double confidence; /* 0..1 */
    struct lince_box box;
    size_t row, column; /* from 0 */
};

struct lince_block {
    enum lince_block_kind kind;
    uint32_t level; /* of a heading: 1, 2 or 3 by its size; otherwise 0 */
    struct lince_box box;
    size_t first_line, line_count; /* indexes of the page's lines */
    size_t column, column_count;   /* which of the columns that are read one after another, from 0, and how many there
                                      are, at least 1 */
    const char *text; /* lines joined by spaces, hyphens at line ends removed; of a table: one line per row, two spaces
                         between cells */
    size_t table_row_count, table_column_count; /* 0 if it is no table */
    size_t cell_count;
    const struct lince_cell *cells; /* row by row, each from the left; empty cells are left out */
};

/* Where a line is: its block, its row on the page, and its position in that row, all from 0. */
struct lince_line_place {
    size_t block, row, cell;
};

/* "paragraph", "heading", "list_item", "table", "header", "footer", "page_number". */
LINCE_API const char *lince_block_kind_name(enum lince_block_kind kind);

/* Borrowed from the page, as above. */
LINCE_API size_t lince_page_block_count(const struct lince_page *page);
LINCE_API const struct lince_block *lince_page_block(const struct lince_page *page,
                                                     size_t index); /* NULL past the end */
/* All 0 past the end. */
LINCE_API struct lince_line_place lince_page_line_place(const struct lince_page *page, size_t index);

/* Receives the output; borrows `bytes`. Return nonzero to refuse it. */
typedef int (*lince_write)(void *context, const void *bytes, size_t bytes_count);

/*
 * Writes a page as "text", "markdown", "layout", "hocr", "alto", "tesseract-tsv" or "tsv": the same bytes as `lince
 * read -f FORM` writes for one image. `name` is the file's name where the form contains one. Calls `write` once.
 * LINCE_ERROR_ARGUMENT for another form, LINCE_ERROR_MEMORY_LIMIT, LINCE_ERROR_WRITE if `write` refused. Thread-safe.
 */
LINCE_API enum lince_status lince_page_write(const struct lince_page *page, const char *form, const char *name,
                                             lince_write write, void *context, struct lince_error *error);

struct lince_writer;

struct lince_writer_options {
    size_t size;
    const char *name; /* borrowed until the writer is closed; the file's name, for forms that contain one; NULL: none */
    int pictures;     /* "pdf" of a PDF document: pictures of its pages with text, instead of the file with its text */
    int pdf_a; /* "pdf" as PDF/A-2b (2) or PDF/A-3b (3), which implies `pictures`; 0: PDF/A-2b where it is made */
};

#define LINCE_WRITER_OPTIONS_DEFAULTS                                                                                  \
    { sizeof(struct lince_writer_options), NULL, 0, 0 }

/*
 * Writes the pages of a document in any form of the program: "text", "markdown", "layout", "hocr", "alto",
 * "tesseract-tsv", "tsv", "json", "ndjson" or "pdf": the same bytes as `lince read -f FORM FILE` writes, but for times
 * and memory in JSON. Open a writer, add pages in their order, close it.
 *
 * "pdf" of an image or of TIFF has a picture of each page with its text over it, invisible. "pdf" of a PDF document is
 * the document itself with the text of the pages that were added; only closing writes it, and until then the text is in
 * memory. LINCE_ERROR_UNSUPPORTED if that document is signed, its owner forbids changes, or its table of objects is
 * damaged; `pictures` writes those too.
 *
 * `write` may call any function of the library for other objects, and may take its time. The PDF document with its text
 * waits in a temporary file (TMPDIR, else /var/tmp or /tmp) until it is whole; where none can be made, in the engine's
 * memory. The document is borrowed until the writer is closed. `options` may be NULL. Gives the writer in `*writer`;
 * close it in any case. LINCE_ERROR_ARGUMENT for another form. A writer belongs to one thread at a time.
 */
LINCE_API enum lince_status lince_writer_open(struct lince_document *document, const char *form,
                                              const struct lince_writer_options *options, lince_write write,
                                              void *context, struct lince_writer **writer, struct lince_error *error);
/*
 * Writes a page that was read from the document; borrows it during the call. LINCE_ERROR_ARGUMENT if it does not come
 * after those added before, LINCE_ERROR_MEMORY_LIMIT, LINCE_ERROR_WRITE if `write` refused. After a failure the rest
 * fails in the same way.
 */
LINCE_API enum lince_status lince_writer_add(struct lince_writer *writer, const struct lince_page *page,
                                             struct lince_error *error);
/*
 * Writes what comes after the last page, unless a call before failed, and frees the writer, which may be NULL. What was
 * written is whole if this returns LINCE_OK.
 */
LINCE_API enum lince_status lince_writer_close(struct lince_writer *writer, struct lince_error *error);
/* Frees the writer, which may be NULL, without writing more. */
LINCE_API void lince_writer_abandon(struct lince_writer *writer);

/* ---- records ------------------------------------------------------------------------------------------ */

struct lince_layouts;
struct lince_record;

struct lince_layouts_options {
    size_t size;
    const char *folder;          /* borrowed; the user's own layouts, *.json; NULL: only the built-in ones */
    uint64_t memory_limit_bytes; /* for the layouts and all records made with them; 0: no limit */
    /* Borrowed; "amount=0.95,id=0.9": below these confidences a person should check; NULL: the fitted ones. */
    const char *review;
    const char *learned; /* borrowed; a folder of learned layouts, which `folder` overrides; it may be missing */
};

#define LINCE_LAYOUTS_OPTIONS_DEFAULTS                                                                                 \
    { sizeof(struct lince_layouts_options), NULL, 0, NULL, NULL }

/*
 * Opens the built-in layouts and those of the folder. A layout of the folder replaces the built-in one of the same
 * name. `options` may be NULL. Gives the set in `*layouts`; close it with lince_layouts_close after its records.
 * LINCE_ERROR_LAYOUT with file, line and column; LINCE_ERROR_ARGUMENT for an invalid `review`; LINCE_ERROR_NOT_FOUND,
 * LINCE_ERROR_UNREADABLE, LINCE_ERROR_MEMORY_LIMIT. Any number of threads may share a set.
 */
LINCE_API enum lince_status lince_layouts_open(const struct lince_layouts_options *options,
                                               struct lince_layouts **layouts, struct lince_error *error);
LINCE_API void lince_layouts_close(struct lince_layouts *layouts);
LINCE_API size_t lince_layouts_count(const struct lince_layouts *layouts);
/* Name, title and source ("built-in" or a path) of a layout. Borrowed; NULL past the end. */
LINCE_API const char *lince_layouts_name(const struct lince_layouts *layouts, size_t index);
LINCE_API const char *lince_layouts_title(const struct lince_layouts *layouts, size_t index);
LINCE_API const char *lince_layouts_source(const struct lince_layouts *layouts, size_t index);

/*
 * How many files of the folder `learned` are not used, because they are not valid or cannot be read; and each of them,
 * with the reason. Borrowed; NULL past the end, which may come before the count.
 */
LINCE_API size_t lince_layouts_passed_count(const struct lince_layouts *layouts);
LINCE_API const char *lince_layouts_passed(const struct lince_layouts *layouts, size_t index, const char **reason);

/*
 * Extracts the fields of a page. `names` (`name_count` of them; NULL and 0 for all) limits the layouts that may be
 * used. Without it the text on the page decides, and a generic layout is used if none matches. Borrows the page during
 * the call. Gives the record in `*record`; free it with lince_record_free. LINCE_ERROR_ARGUMENT for an unknown name,
 * LINCE_ERROR_MEMORY_LIMIT. The same lines always give the same record. Thread-safe.
 */
LINCE_API enum lince_status lince_record_extract(const struct lince_layouts *layouts, const struct lince_page *page,
                                                 const char *const *names, size_t name_count,
                                                 struct lince_record **record, struct lince_error *error);

/* The same from lines of any origin, in reading order. `words` of a line may be NULL with a `word_count` of 0. */
LINCE_API enum lince_status lince_record_extract_lines(const struct lince_layouts *layouts,
                                                       const struct lince_line *lines, size_t line_count,
                                                       double width_px, double height_px, const char *const *names,
                                                       size_t name_count, struct lince_record **record,
                                                       struct lince_error *error);
LINCE_API void lince_record_free(struct lince_record *record);

#define LINCE_NO_LINE ((size_t)-1)

struct lince_field {
    const char *name;  /* as in the layout: "monto", "referencia", ... */
    const char *type;  /* "money", "date", "time", "phone", "id", "bank", "account", "reference", "name", "text", ... */
    const char *value; /* canonical: "1234.50", "2024-01-31", "0105", "V12345678", ... */
    const char *text;  /* as read on the page, pieces joined by spaces; "" if the layout implies the value */
    double confidence; /* 0..1, fitted to invented payment receipts; docs/layouts.md says how often it is right */
    struct lince_box box; /* around all pieces of the text; all 0 if the layout implies the value */
    size_t page_line;     /* index of the line of the first piece, or LINCE_NO_LINE if the layout implies the value */
    const char *rule;     /* the rule that found it: "after", "right", "below", "column", "paragraph", "free", ... */
    uint32_t repairs;     /* look-alike characters corrected: O to 0, l to 1, ... */
    const char *meaning;  /* a bank's usual name; the kind of an id or account, "rif", "cuit", "cbu"; otherwise NULL */
};

/* The results below are borrowed from the record and valid until lince_record_free. Thread-safe. */
/* The layout that matched or was requested; NULL if a generic one was used. */
LINCE_API const char *lince_record_layout(const struct lince_record *record);
/* The layout whose rules were used; NULL if the page is of no known kind, and so has no fields. */
LINCE_API const char *lince_record_rules(const struct lince_record *record);
/*
 * The kind of the page and the confidence in it: "payment_made", "payment_received", "payment_requested",
 * "payment_failed", "notification", "bank_movements", "statement", "fiscal_sale", "invoice", "credit_note", "quote",
 * "withholding" (a certificate of taxes withheld) or "none". The last two have no fields, nor has a statement of
 * many payments.
 */
LINCE_API const char *lince_record_kind(const struct lince_record *record);
LINCE_API double lince_record_kind_confidence(const struct lince_record *record);
/* The direction of a payment, "out" or "in"; NULL for other pages. */
LINCE_API const char *lince_record_direction(const struct lince_record *record);
/* ISO 3166 code of the page's country and the confidence in it, 0..1; NULL and 0 if the page shows none. */
LINCE_API const char *lince_record_country(const struct lince_record *record);
LINCE_API double lince_record_country_confidence(const struct lince_record *record);
/*
 * What decided the kind and the country: "payment_made:yapeaste", "word:seniat", "id:cuit", "bank:nequi". NULL past the
 * end.
 */
LINCE_API size_t lince_record_evidence_count(const struct lince_record *record);
LINCE_API const char *lince_record_evidence(const struct lince_record *record, size_t index);
LINCE_API size_t lince_record_field_count(const struct lince_record *record);
LINCE_API const struct lince_field *lince_record_field(const struct lince_record *record, size_t index);
/* NULL if the record has no such field. */
LINCE_API const struct lince_field *lince_record_find(const struct lince_record *record, const char *name);
/* Reasons to have a person check the record: "missing:referencia", "doubtful:monto", "sum:monto", ... */
LINCE_API size_t lince_record_reason_count(const struct lince_record *record);
LINCE_API const char *lince_record_reason(const struct lince_record *record, size_t index);

#ifdef __cplusplus
}
#endif

#endif
