/* overlay.c - holds the text until all pages are read, then writes the file once, with it. */
#include "cli/read/overlay.h"

#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "cli/language.h"
#include "cli/read/run.h"
#include "engine/document.h"
#include "engine/engine.h"
#include "image/format.h"
#include "output/pdf/pdf_overlay.h"
#include "worker/lay_elsewhere.h"

enum { START_BYTES = 1032 };

static bool is_pdf(const char *path) {
    uint8_t start[START_BYTES];
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t count = descriptor < 0 ? -1 : read(descriptor, start, sizeof start);
    if (descriptor >= 0) {
        close(descriptor);
    }
    return count > 0 && image_format_of(start, (size_t)count) == &pdf_format;
}

/* Standard input may be one too: its first bytes wait in the list. */
static bool is_sent_pdf(struct list *list) {
    return names_is_image(&list->names) &&
           image_format_of((const uint8_t *)list->names.bytes, list->names.end) == &pdf_format;
}

static bool is_of_one_pdf(struct run *run) {
    const char *operand = run->list.operand_count == 1 ? run->list.operands[0] : NULL;
    if (operand == NULL || run->options->stream) {
        return false;
    }
    return strcmp(operand, "-") == 0 ? is_sent_pdf(&run->list) : run->alone && is_pdf(operand);
}

void overlay_init(struct run *run) {
    buffer_init(&run->overlay.text, &run->meter);
    buffer_init(&run->overlay.indexes, &run->meter);
    if (run->format == &output_pdf && run->options->pages == NULL && run->options->pdf_a == LEVEL_UNSAID &&
        is_of_one_pdf(run)) {
        run->overlay.is_on = true;
        run->format = &output_pdf_layer;
    }
}

static const char *password_of(const struct run *run) {
    return run->password[0] == '\0' ? NULL : run->password;
}

enum lince_status overlay_take(struct run *run, struct paper *paper, struct lince_error *error) {
    const struct pdf_overlay file = {
        .file = document_source(paper->document), .password = password_of(run), .meter = &run->meter};
    bool locked_down = run->options->locked_down;
    run->overlay.is_elsewhere = paper->document->is_elsewhere;
    enum lince_status status = run->overlay.is_elsewhere ? lay_elsewhere_check(&file, !locked_down, error)
                                                         : pdf_overlay_check(&file.file, file.password, true, error);
    if (status == LINCE_OK) {
        paper_keep(paper);
        run->overlay.paper = paper;
    }
    return status;
}

void overlay_note(struct run *run) {
    for (size_t i = 0; i < pdf_file_page_count(&run->joined); i++) {
        uint32_t index = pdf_file_page_index(&run->joined, i);
        buffer_append(&run->overlay.indexes, &index, sizeof index);
    }
    run->overlay.text.refused |= run->overlay.indexes.refused;
}

static bool block_write(void *context, const void *bytes, size_t bytes_count) {
    struct run *run = context;
    return sink_write(&run->sink, bytes, bytes_count, &run->output_error) == LINCE_OK;
}

/* In a child, with all the room that readings had. */
static enum lince_status write_elsewhere(struct run *run, const struct pdf_overlay *all, uint32_t *left_count,
                                         struct lince_error *error) {
    uint64_t room_bytes = engine_room_bytes(run->engine);
    bool is_limited = room_bytes != UINT64_MAX;
    *left_count = 0;
    if (is_limited && (room_bytes == 0 || !engine_enter(run->engine, room_bytes))) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory to write the PDF file; raise the memory limit",
                         "no hay memoria para escribir el archivo PDF; suba el límite de memoria");
    }
    enum lince_status status =
        lay_elsewhere_write(all, is_limited ? room_bytes : 0, !run->options->locked_down, left_count, error);
    if (is_limited) {
        engine_leave(run->engine, room_bytes);
    }
    return status;
}

static enum lince_status file_write(struct run *run, struct lince_error *error) {
    struct overlay *overlay = &run->overlay;
    uint32_t left_count;
    const struct pdf_overlay all = {
        .file = document_source(overlay->paper->document),
        .password = password_of(run),
        .text = overlay->text.bytes,
        .text_bytes = overlay->text.used_bytes,
        .indexes = (const uint32_t *)(const void *)overlay->indexes.bytes,
        .count = (uint32_t)(overlay->indexes.used_bytes / sizeof(uint32_t)),
        .write = block_write,
        .context = run,
        .meter = &run->meter,
    };
    enum lince_status status = overlay->is_elsewhere ? write_elsewhere(run, &all, &left_count, error)
                                                     : pdf_overlay_write(&all, &left_count, error);
    if (status == LINCE_OK && left_count > 0 && !run->options->quiet) {
        language_complain(
            run->language,
            left_count == 1 ? "%s: %" PRIu32 " page already has invisible text, which stays; none was added to it"
                            : "%s: %" PRIu32 " pages already have invisible text, which stays; none was added to them",
            left_count == 1 ? "%s: %" PRIu32 " página ya tiene texto invisible, que se queda; no se le añadió otro"
                            : "%s: %" PRIu32 " páginas ya tienen texto invisible, que se queda; no se les añadió otro",
            overlay->paper->name.bytes, left_count);
    }
    return status;
}

enum lince_status overlay_finish(struct run *run, bool is_good, struct lince_error *error) {
    struct overlay *overlay = &run->overlay;
    enum lince_status status = is_good && overlay->paper != NULL ? file_write(run, error) : LINCE_OK;
    paper_release(overlay->paper);
    overlay->paper = NULL;
    buffer_free(&overlay->text);
    buffer_free(&overlay->indexes);
    return status;
}
