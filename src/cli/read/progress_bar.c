/* progress_bar.c - composes the line and fits it to the width of the terminal. */
#include "cli/read/progress_bar.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"

#define REDRAW_NS UINT64_C(100000000)
#define QUIET_NS UINT64_C(400000000) /* shorter runs show no bar */
#define ERASE "\r\033[K"
#define GREEN "\033[32m"
#define PLAIN "\033[0m"

enum { BAR_MOST_COLUMNS = 30, BAR_LEAST_COLUMNS = 5, LINE_BYTES = 160 };

void bar_start(struct progress_bar *bar, bool is_wanted, uint64_t limit_bytes, enum lince_language language) {
    const char *terminal = getenv("TERM"), *no_color = getenv("NO_COLOR");
    *bar = (struct progress_bar){
        .is_on = is_wanted && isatty(STDERR_FILENO) && terminal != NULL && strcmp(terminal, "dumb") != 0,
        .has_colour = no_color == NULL || *no_color == '\0',
        .language = language,
        .limit_bytes = limit_bytes,
        .start_ns = clock_now_ns(),
        .lock = PTHREAD_MUTEX_INITIALIZER,
    };
}

static size_t terminal_columns(void) {
    struct winsize size;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        return size.ws_col;
    }
    return 80;
}

static uint64_t memory_peak_bytes(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
#ifdef __APPLE__
    return (uint64_t)usage.ru_maxrss;
#else
    return (uint64_t)usage.ru_maxrss * 1024;
#endif
}

/* "12/340 6.8/s 0:32 left peak 142/300 MB", as far as each is known. */
static size_t figures(const struct progress_bar *bar, char text[LINE_BYTES]) {
    uint64_t done = atomic_load(&bar->done_count), total = atomic_load(&bar->total_count);
    double seconds = (double)(clock_now_ns() - bar->start_ns) / 1e9;
    double rate = seconds > 0 ? (double)done / seconds : 0;
    size_t used = (size_t)snprintf(text, LINE_BYTES, "%" PRIu64, done);
    if (total > 0) {
        used += (size_t)snprintf(text + used, LINE_BYTES - used, "/%" PRIu64, total);
    }
    used += (size_t)snprintf(text + used, LINE_BYTES - used, "  %.1f/s", rate);
    if (total > done && rate > 0 && (double)(total - done) / rate < 1e7) {
        unsigned left = (unsigned)((double)(total - done) / rate);
        used +=
            (size_t)snprintf(text + used, LINE_BYTES - used,
                             in_language(bar->language, "  %u:%02u left", "  quedan %u:%02u"), left / 60, left % 60);
    }
    used += (size_t)snprintf(text + used, LINE_BYTES - used, "  %s %" PRIu64,
                             in_language(bar->language, "peak", "pico"), memory_peak_bytes() >> 20);
    if (bar->limit_bytes > 0) {
        used += (size_t)snprintf(text + used, LINE_BYTES - used, "/%" PRIu64, bar->limit_bytes >> 20);
    }
    return used + (size_t)snprintf(text + used, LINE_BYTES - used, " MB");
}

/* The bar gets the space that the figures leave. If that is too little, it is left out and the figures are cut. */
static void line_compose(const struct progress_bar *bar, char *line, size_t line_bytes) {
    char text[LINE_BYTES];
    size_t columns = terminal_columns() - 1; /* some terminals wrap at the last column */
    size_t text_columns = figures(bar, text);
    uint64_t done = atomic_load(&bar->done_count), total = atomic_load(&bar->total_count);
    size_t bar_columns = columns > text_columns + 3 ? columns - text_columns - 3 : 0;
    if (bar_columns > BAR_MOST_COLUMNS) {
        bar_columns = BAR_MOST_COLUMNS;
    }
    if (total == 0 || bar_columns < BAR_LEAST_COLUMNS) {
        snprintf(line, line_bytes, ERASE "%.*s", (int)columns, text);
        return;
    }
    static const char full[] = "##############################", empty[] = "..............................";
    size_t filled = done < total ? (size_t)(done * bar_columns / total) : bar_columns;
    snprintf(line, line_bytes, ERASE "[%s%.*s%s%.*s] %s", bar->has_colour ? GREEN : "", (int)filled, full,
             bar->has_colour ? PLAIN : "", (int)(bar_columns - filled), empty, text);
}

void bar_draw(struct progress_bar *bar) {
    if (!bar->is_on || pthread_mutex_trylock(&bar->lock) != 0) {
        return;
    }
    uint64_t now_ns = clock_now_ns();
    if (now_ns - bar->start_ns > QUIET_NS && now_ns - bar->drawn_ns > REDRAW_NS) {
        char line[2 * LINE_BYTES];
        line_compose(bar, line, sizeof line);
        fputs(line, stderr);
        fflush(stderr);
        bar->drawn_ns = now_ns;
        bar->is_drawn = true;
    }
    pthread_mutex_unlock(&bar->lock);
}

void bar_hide(struct progress_bar *bar) {
    if (!bar->is_on) {
        return;
    }
    pthread_mutex_lock(&bar->lock);
    if (bar->is_drawn) {
        fputs(ERASE, stderr);
        fflush(stderr);
        bar->is_drawn = false;
        bar->drawn_ns = 0;
    }
    pthread_mutex_unlock(&bar->lock);
}

void bar_end(struct progress_bar *bar) {
    bar_hide(bar);
    bar->is_on = false;
    pthread_mutex_destroy(&bar->lock);
}

void bar_file_done(struct progress_bar *bar) {
    atomic_fetch_add(&bar->done_count, 1);
}

void bar_total(struct progress_bar *bar, uint64_t total_count) {
    atomic_store(&bar->total_count, total_count);
}
