/* run_write.c - what a run writes: to its output, or kept for a PDF that is laid over another. */
#include "base/error.h"
#include "cli/read/interrupt.h"
#include "cli/read/run.h"

void run_no_memory(struct run *run) {
    if (run->output_error.status == LINCE_OK) {
        error_set(&run->output_error, LINCE_ERROR_MEMORY_LIMIT, "no memory to continue with %s; raise the limit",
                  "no hay memoria para continuar con %s; suba el límite", run->sink.path);
    }
    interrupt_cancel();
}

void run_write(struct run *run, const char *bytes, size_t bytes_count) {
    if (run->overlay.is_on) {
        buffer_append(&run->overlay.text, bytes, bytes_count);
        if (run->overlay.text.refused) {
            run_no_memory(run);
        }
        return;
    }
    if (run->output_error.status == LINCE_OK &&
        sink_write(&run->sink, bytes, bytes_count, &run->output_error) != LINCE_OK) {
        interrupt_cancel();
    }
}

void run_write_item(struct run *run, const char *item, size_t item_bytes) {
    const char *bytes = item;
    if (run->format->joiner != NULL) {
        bytes = run->format->joiner->join(&run->joined, item, item_bytes, &item_bytes);
    }
    if (bytes == NULL) {
        run_no_memory(run);
        return;
    }
    run_write(run, bytes, item_bytes);
}
