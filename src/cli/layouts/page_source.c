/* page_source.c - reads an image with the engine, or parses the first line of a file of pages. */
#include "cli/layouts/page_source.h"

#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/json_memory.h"
#include "cli/engine_options.h"
#include "config/engine_settings.h"
#include "fields/page_json.h"

static enum lince_status out_of_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the page", "no hay memoria para la página");
}

static enum lince_status json_open(const struct file_bytes *file, struct arena *arena, struct record_page *page,
                                   struct lince_error *error) {
    json_error_t where;
    json_t *tree = json_memory_load((const char *)file->bytes, file->count, JSON_DISABLE_EOF_CHECK, &where);
    if (tree == NULL) {
        return error_set(error, LINCE_ERROR_DAMAGED, "line %d, column %d: %s", "línea %d, columna %d: %s", where.line,
                         where.column, where.text);
    }
    enum lince_status status = page_json_read(arena, tree, page, error);
    json_decref(tree);
    return status;
}

static bool words_copy(struct arena *arena, struct lince_line *line) {
    struct lince_word *words = arena_allocate(arena, (line->word_count + 1) * sizeof *words);
    if (words == NULL) {
        return false;
    }
    for (size_t i = 0; i < line->word_count; i++) {
        words[i] = line->words[i];
        words[i].text = arena_copy_text(arena, line->words[i].text, strlen(line->words[i].text));
        if (words[i].text == NULL) {
            return false;
        }
    }
    line->words = words;
    line->text = arena_copy_text(arena, line->text, strlen(line->text));
    return line->text != NULL;
}

static enum lince_status page_copy(struct arena *arena, const struct lince_page *read, struct record_page *page,
                                   struct lince_error *error) {
    size_t count = lince_page_line_count(read);
    struct lince_line *lines = arena_allocate(arena, (count + 1) * sizeof *lines);
    if (lines == NULL) {
        return out_of_memory(error);
    }
    for (size_t i = 0; i < count; i++) {
        lines[i] = *lince_page_line(read, i);
        if (!words_copy(arena, &lines[i])) {
            return out_of_memory(error);
        }
    }
    *page = (struct record_page){.lines = lines,
                                 .line_count = count,
                                 .width_px = lince_page_width_px(read),
                                 .height_px = lince_page_height_px(read)};
    return LINCE_OK;
}

static enum lince_status image_open(const struct file_bytes *file, struct arena *arena, struct record_page *page,
                                    struct lince_error *error) {
    static const struct engine_texts no_flags;
    struct lince_engine_options options = LINCE_ENGINE_OPTIONS_DEFAULTS;
    struct lince_runtime_options runtime;
    struct lince_engine *engine = NULL;
    struct lince_reader *reader = NULL;
    struct lince_page *read = NULL;
    struct settings settings;
    enum lince_status status = engine_options_load(&no_flags, &settings, error);
    if (status == LINCE_OK) {
        engine_settings_apply(&settings, &options, &runtime);
        settings_free(&settings);
        status = lince_engine_open(&options, &engine, error);
    }
    if (status == LINCE_OK) {
        status = lince_reader_open(engine, &reader, error);
    }
    if (status == LINCE_OK) {
        status = lince_read(reader, file->bytes, file->count, NULL, &read, error);
    }
    if (status == LINCE_OK) {
        status = page_copy(arena, read, page, error);
    }
    lince_page_free(read);
    lince_reader_close(reader);
    lince_engine_close(engine);
    return status;
}

enum lince_status page_source_open(const char *path, struct arena *arena, struct record_page *page,
                                   struct lince_error *error) {
    struct file_bytes file = {0};
    enum lince_status status = file_read(path, arena->meter, &file, error);
    if (status != LINCE_OK) {
        return status;
    }
    bool json = file.count > 0 && file.bytes[0] == '{';
    struct meter *before = json_memory_use(arena->meter);
    status = json ? json_open(&file, arena, page, error) : image_open(&file, arena, page, error);
    json_memory_use(before);
    meter_free(file.bytes);
    return status;
}
