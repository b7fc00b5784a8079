/*
 * lince.h - as an older release might have had it: every struct with a size lacks the last members of today's. Only for
 * the test beside it, which is compiled with this header and runs with today's library.
 */
#ifndef LINCE_H
#define LINCE_H

#include <stddef.h>
#include <stdint.h>

enum lince_status { LINCE_OK = 0, LINCE_ERROR_ARGUMENT = 1, LINCE_ERROR_MEMORY_LIMIT = 9 };
enum lince_language { LINCE_ENGLISH = 0, LINCE_SPANISH = 1 };

#define LINCE_MESSAGE_BYTES 512

struct lince_error {
    size_t size;
    enum lince_language language;
    enum lince_status status;
    char message[LINCE_MESSAGE_BYTES];
};
#define LINCE_ERROR_INIT                                                                                               \
    { sizeof(struct lince_error), LINCE_ENGLISH, LINCE_OK, "" }

struct lince_runtime_options {
    size_t size;
    uint32_t memory_pattern, memory_arena;
};
#define LINCE_RUNTIME_OPTIONS_DEFAULTS                                                                                 \
    { sizeof(struct lince_runtime_options), 0, 0 }

typedef void (*lince_memory_listener)(void *context, const void *event);

struct lince_engine_options {
    size_t size;
    const char *model_directory;
    uint64_t memory_limit_bytes;
    uint32_t readers, threads_per_image;
    double cleanup_share;
    uint32_t container;
    lince_memory_listener on_memory_event;
    void *memory_context;
    const struct lince_runtime_options *runtime;
};
#define LINCE_ENGINE_OPTIONS_DEFAULTS                                                                                  \
    { sizeof(struct lince_engine_options), NULL, UINT64_C(300) << 20, 1, 1, 0.7, 1, NULL, NULL, NULL }

enum lince_direction { LINCE_DIRECTION_IN_DOUBT = 0, LINCE_DIRECTION_ALWAYS = 1, LINCE_DIRECTION_NEVER = 2 };

struct lince_read_options {
    size_t size;
    enum lince_direction direction;
};
#define LINCE_READ_OPTIONS_DEFAULTS                                                                                    \
    { sizeof(struct lince_read_options), LINCE_DIRECTION_IN_DOUBT }

struct lince_price {
    size_t size;
    uint32_t format, width_px, height_px, working_width_px, working_height_px;
    uint64_t read_bytes;
};
#define LINCE_PRICE_INIT                                                                                               \
    { sizeof(struct lince_price), 0, 0, 0, 0, 0, 0 }

struct lince_memory {
    size_t size;
    uint64_t limit_bytes;
};
#define LINCE_MEMORY_INIT                                                                                              \
    { sizeof(struct lince_memory), 0 }

struct lince_layouts_options {
    size_t size;
    const char *folder;
};
#define LINCE_LAYOUTS_OPTIONS_DEFAULTS                                                                                 \
    { sizeof(struct lince_layouts_options), NULL }

struct lince_engine;
struct lince_reader;
struct lince_page;
struct lince_layouts;

enum lince_status lince_engine_open(const struct lince_engine_options *options, struct lince_engine **engine,
                                    struct lince_error *error);
void lince_engine_close(struct lince_engine *engine);
enum lince_status lince_reader_open(struct lince_engine *engine, struct lince_reader **reader,
                                    struct lince_error *error);
void lince_reader_close(struct lince_reader *reader);
enum lince_status lince_read_file(struct lince_reader *reader, const char *path,
                                  const struct lince_read_options *options, struct lince_page **page,
                                  struct lince_error *error);
const char *lince_page_text(const struct lince_page *page);
void lince_page_free(struct lince_page *page);
enum lince_status lince_price_file(struct lince_engine *engine, const char *path, struct lince_price *price,
                                   struct lince_error *error);
void lince_memory_snapshot(struct lince_engine *engine, struct lince_memory *memory);
enum lince_status lince_layouts_open(const struct lince_layouts_options *options, struct lince_layouts **layouts,
                                     struct lince_error *error);
void lince_layouts_close(struct lince_layouts *layouts);

#endif
