/* run.c - the frame of a run: opens engine, output and workers, and closes them in every case. */
#include "cli/read/run.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/reason.h"
#include "cli/process.h"
#include "cli/read/interrupt.h"
#include "cli/read/resume.h"
#include "cli/read/steps.h"
#include "config/engine_settings.h"
#include "engine/engine.h"
#include "worker/pages_elsewhere.h"

/* The program's memory before the first image, and that of each further job, to choose a number of jobs. */
#define BASE_BYTES (UINT64_C(80) << 20)
#define JOB_BYTES (UINT64_C(90) << 20)

static uint32_t job_count(const struct read_options *options) {
    if (options->jobs > 0) {
        return options->jobs;
    }
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    uint64_t count = cores < 1 ? 1 : cores > JOBS_LIMIT ? JOBS_LIMIT : (uint64_t)cores;
    if (options->memory_bytes > 0) {
        uint64_t room = options->memory_bytes > BASE_BYTES ? (options->memory_bytes - BASE_BYTES) / JOB_BYTES : 0;
        count = room < count ? room : count;
    }
    return count < 1 ? 1 : (uint32_t)count;
}

/* A single file gets all cores. With more files, each core reads one, which is faster overall. */
static uint32_t threads_for(const struct run *run, uint32_t *jobs) {
    bool shared_out = !run->alone || run->options->jobs > 0;
    uint32_t threads = shared_out ? 1 : *jobs;
    *jobs = shared_out ? *jobs : 1;
    return threads;
}

static enum lince_status run_engine_open(struct run *run, uint32_t jobs, uint32_t threads, struct lince_error *error) {
    struct lince_engine_options options = LINCE_ENGINE_OPTIONS_DEFAULTS;
    struct lince_runtime_options runtime;
    struct settings settings;
    enum lince_status status = engine_options_load(&run->options->engine, &settings, error);
    if (status != LINCE_OK) {
        return status;
    }
    options.threads_per_image = threads;
    options.model_directory = run->options->models;
    options.memory_limit_bytes = run->options->memory_bytes;
    options.readers = jobs;
    engine_settings_apply(&settings, &options, &runtime);
    run->pdf_text = (enum lince_pdf_text)SETTING_NUMBER(&settings, pdf_text);
    settings_free(&settings);
    return lince_engine_open(&options, &run->engine, error);
}

static enum lince_status output_open(struct run *run, struct lince_error *error) {
    const struct read_options *options = run->options;
    enum sink_kind kind = !run->format->appendable ? SINK_WHOLE : options->resume ? SINK_RESUMED : SINK_GROWING;
    enum lince_status status = sink_open(&run->sink, options->output, kind, &run->meter, error);
    if (status == LINCE_OK && options->resume) {
        status = resume_load(run->sink.descriptor, options->output, &run->done, error);
        if (status != LINCE_OK) {
            struct lince_error ignored = LINCE_ERROR_INIT;
            sink_close(&run->sink, false, &ignored);
        }
    }
    return status;
}

/* Writes what comes before the first item or after the last one. */
static void run_write_frame(struct run *run, const char *text, void (*joined)(struct run *run, struct buffer *frame)) {
    struct buffer frame;
    buffer_init(&frame, &run->meter);
    buffer_text(&frame, text);
    if (run->format->joiner != NULL) {
        joined(run, &frame);
    }
    if (frame.refused) {
        run_no_memory(run);
    } else {
        run_write(run, frame.bytes, frame.used_bytes);
    }
    buffer_free(&frame);
}

static void joined_open(struct run *run, struct buffer *frame) {
    run->joined.level = run->options->pdf_a == PDF_FILE_A_3B ? PDF_FILE_A_3B : PDF_FILE_A_2B;
    run->format->joiner->open(&run->joined, &run->meter, frame);
}

static void joined_close(struct run *run, struct buffer *frame) {
    if (run->overlay.is_on) {
        overlay_note(run);
    }
    run->format->joiner->close(&run->joined, frame);
}

static enum lince_status workers_run(struct run *run, uint32_t jobs, struct lince_error *error) {
    struct step_worker *workers = meter_allocate_zero(&run->meter, jobs, sizeof *workers);
    if (workers == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for %u jobs", "no hay memoria para %u trabajos",
                         jobs);
    }
    for (uint32_t i = 0; i < jobs; i++) {
        task_init(&workers[i].task, run);
    }
    const struct jobs_steps steps = {run, step_pull, step_work, step_deliver};
    enum lince_status status = jobs_run(&steps, workers, sizeof *workers, jobs, &run->meter, error);
    monitor_report_end(run->monitor);
    for (uint32_t i = 0; i < jobs; i++) {
        lince_reader_close(workers[i].reader);
        task_free(&workers[i].task);
    }
    meter_free(workers);
    paper_release(run->paper); /* pages that were never pulled */
    run->paper = NULL;
    if (status == LINCE_OK && run->list.is_cut_short) {
        status = error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                           "no memory for the next name, so the files after it were not read; raise the limit",
                           "no hay memoria para el nombre siguiente, así que no se leyeron los archivos que faltaban; "
                           "suba el límite");
    }
    return status;
}

/* An interrupted or partly failed run still leaves valid output; only what could not be written is dropped. */
static enum lince_status output_fill(struct run *run, uint32_t jobs, struct lince_error *error) {
    bar_start(&run->bar, !run->options->quiet, run->options->memory_bytes, run->language);
    run_write_frame(run, run->format->head, joined_open);
    enum lince_status status = workers_run(run, jobs, error);
    steps_end(run);
    run_write_frame(run, run->format->tail, joined_close);
    bar_end(&run->bar);
    bool is_there = !run->overlay.is_on || run->overlay.paper != NULL;
    struct lince_error overlay_error = *error;
    enum lince_status laid =
        overlay_finish(run, status == LINCE_OK && run->output_error.status == LINCE_OK, &overlay_error);
    if (run->output_error.status != LINCE_OK) {
        *error = run->output_error;
        status = error->status;
    } else if (status == LINCE_OK && laid != LINCE_OK) {
        *error = overlay_error;
        status = laid;
    }
    struct lince_error close_error = *error;
    enum lince_status closed = sink_close(&run->sink, status == LINCE_OK && is_there, &close_error);
    if (status == LINCE_OK && closed != LINCE_OK) {
        *error = close_error;
        status = closed;
    }
    return status;
}

static enum lince_status monitor_start(struct run *run, struct lince_error *error) {
    const struct read_options *options = run->options;
    struct monitor_options monitor = MONITOR_OPTIONS_DEFAULTS;
    monitor.folder.path = options->report_folder;
    monitor.reports_at_end = options->reports || options->profile;
    monitor.report_every = options->report_every;
    monitor.profile_period = options->profile ? 1 : 0;
    monitor.logs = options->logs;
    monitor.language = run->language;
    return monitor_open(run->engine, &monitor, &run->monitor, error);
}

/* With the engine open, because the program's own memory counts against its limit. */
static enum lince_status run_within(struct run *run, char **operands, int operand_count, uint32_t jobs,
                                    struct lince_error *error) {
    const struct read_options *options = run->options;
    engine_meter_add(run->engine, &run->meter, "program");
    engine_isolate(run->engine, options->locked_down ? &pages_elsewhere : &pages_unforeseen);
    name_set_init(&run->done, &run->meter);
    document_fields_init(run);
    buffer_init(&run->split_code, &run->meter);
    list_init(&run->list, operands, operand_count, options->recursive, options->only_zero_ends, &run->meter);
    overlay_init(run);
    run->list.zips.is_locked_down = options->locked_down;
    if (options->stream) {
        stream_init(&run->stream, STDIN_FILENO);
        run->list.stream = &run->stream;
    }
    enum lince_status status = monitor_start(run, error);
    if (status == LINCE_OK) {
        process_hold(run->engine, jobs, &run->group);
        status = pictures_open(&run->pictures, options->boxes, run->engine, &run->meter, error);
    }
    if (status == LINCE_OK && options->fields) {
        status = records_open(&run->records, run->engine, &run->meter, options, error);
    }
    if (status == LINCE_OK) {
        run->list.closed = options->boxes == NULL ? NULL : &run->pictures.place;
        status = output_open(run, error);
    }
    if (status == LINCE_OK) {
        status = output_fill(run, jobs, error);
    }
    group_release(&run->group);
    monitor_close(run->monitor);
    pictures_close(&run->pictures);
    document_fields_free(run);
    buffer_free(&run->split_code);
    records_close(&run->records, run->engine);
    list_close(&run->list);
    name_set_free(&run->done);
    engine_meter_remove(run->engine, &run->meter);
    return status;
}

/* The first line of the file, or the environment variable. Everyone could see a password on the command line. */
static enum lince_status password_take(struct run *run, struct lince_error *error) {
    const char *path = run->options->password_file, *given = getenv("LINCE_PASSWORD");
    if (path == NULL) {
        snprintf(run->password, sizeof run->password, "%s", given == NULL ? "" : given);
        return LINCE_OK;
    }
    FILE *file = fopen(path, "re");
    bool is_read = file != NULL && fgets(run->password, sizeof run->password, file) != NULL;
    int error_number = errno;
    if (file != NULL) {
        fclose(file);
    }
    run->password[strcspn(run->password, "\r\n")] = '\0';
    if (!is_read) {
        return error_set(error, LINCE_ERROR_ARGUMENT, "cannot read a password from %s: %s",
                         "no se puede leer una contraseña de %s: %s", path,
                         file == NULL ? reason_for(error, error_number)
                                      : in_language(run->language, "it is empty", "está vacío"));
    }
    return LINCE_OK;
}

enum lince_status run_all(struct run *run, char **operands, int operand_count, struct lince_error *error) {
    uint32_t jobs = job_count(run->options), threads = threads_for(run, &jobs);
    run->format = output_formats[run->options->format];
    run->output_error = *error;
    enum lince_status status = interrupt_install(error);
    if (status == LINCE_OK) {
        status = password_take(run, error);
    }
    if (status == LINCE_OK) {
        status = run_engine_open(run, jobs, threads, error);
    }
    if (status == LINCE_OK) {
        status = run_within(run, operands, operand_count, jobs, error);
    }
    lince_engine_close(run->engine);
    return status;
}
