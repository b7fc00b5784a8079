/* watch_screen.c - draws lines with bars and blocks, cut at the edge of the screen. */
#include "cli/memory/watch_screen.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "monitor/report_page.h"

enum { NAME_COLUMNS = 17, FIGURES_COLUMNS = 20, BAR_LEAST = 8, BAR_MOST = 60, CURVE_MOST_ROWS = 6, ALERTS_SHOWN = 6 };

static const double MB = 1048576.0;

/* From these shares of the limit on, a bar is yellow, then red. */
static const double WARM_SHARE = 0.7, HOT_SHARE = 0.9;

#define GREEN "\033[32m"
#define YELLOW "\033[33m"
#define RED "\033[31m"
#define PLAIN "\033[0m"

/* Where the picture is being drawn. */
struct pen {
    const struct watch_screen *screen;
    FILE *stream;
    size_t column, row;
};

static bool has_row(const struct pen *pen) {
    return pen->row < pen->screen->rows;
}

/* Each letter is one column wide: our own names, numbers and blocks. */
static void put(struct pen *pen, const char *text) {
    bool fits = has_row(pen);
    for (; *text != '\0' && fits; text++) {
        bool begins = utf8_begins(*text);
        fits = !begins || pen->column < pen->screen->columns;
        if (fits) {
            pen->column += begins;
            fputc(*text, pen->stream);
        }
    }
}

static void putf(struct pen *pen, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void putf(struct pen *pen, const char *format, ...) {
    char text[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    put(pen, text);
}

static void colour(const struct pen *pen, const char *escape) {
    if (pen->screen->has_colour && has_row(pen)) {
        fputs(escape, pen->stream);
    }
}

static void end_line(struct pen *pen) {
    if (has_row(pen)) {
        fputs(pen->screen->line_end, pen->stream);
    }
    pen->row++;
    pen->column = 0;
}

/* ---- bars --------------------------------------------------------------------------------------------- */

static size_t bar_cells(const struct watch_screen *screen) {
    size_t taken = NAME_COLUMNS + FIGURES_COLUMNS;
    size_t left = screen->columns > taken ? screen->columns - taken : 0;
    return left < BAR_LEAST ? 0 : left > BAR_MOST ? BAR_MOST : left;
}

/* Draws a bar of the current value, with the peak behind it. */
static void bar_put(struct pen *pen, double share, double most_share, const char *escape) {
    size_t cells = bar_cells(pen->screen);
    long full = lround(fmin(fmax(share, 0.0), 1.0) * (double)cells);
    long most = lround(fmin(fmax(most_share, 0.0), 1.0) * (double)cells);
    colour(pen, escape);
    for (long i = 0; i < (long)cells; i++) {
        put(pen, i < full ? "█" : i < most ? "▒" : "·");
    }
    colour(pen, PLAIN);
}

static void name_put(struct pen *pen, const char *name, int depth) {
    putf(pen, "%*s%s", depth * 2, "", name);
    while (pen->column < NAME_COLUMNS && pen->column < pen->screen->columns && has_row(pen)) {
        put(pen, " ");
    }
}

static const char *heat(double share) {
    return share >= HOT_SHARE ? RED : share >= WARM_SHARE ? YELLOW : GREEN;
}

/* ---- parts -------------------------------------------------------------------------------------------- */

static void title_put(struct pen *pen, const json_t *report) {
    const struct watch_screen *screen = pen->screen;
    const json_t *counts = json_object_get(report, "counts");
    putf(pen, "lince %.0f  %.1f s  ", report_number(report, "pid"), report_number(report, "at_ms") / 1000.0);
    putf(pen,
         in_language(screen->language, "%.0f images  %.0f refusals  %.0f clean-ups",
                     "%.0f imágenes  %.0f rechazos  %.0f limpiezas"),
         report_number(counts, "images"), report_number(counts, "refusals"), report_number(counts, "cleanups"));
    if (screen->has_keys) {
        put(pen, in_language(screen->language, "  q: quit", "  q: salir"));
    }
    end_line(pen);
}

static void resident_put(struct pen *pen, const json_t *report) {
    enum lince_language language = pen->screen->language;
    const json_t *system = json_object_get(report, "system"), *untracked = json_object_get(report, "untracked");
    double resident = report_number(system, "resident_bytes"), peak = report_number(system, "resident_peak_bytes");
    double limit = report_number(report, "limit_bytes"), most = fmax(limit > 0.0 ? limit : peak, 1.0);
    name_put(pen, in_language(language, "resident", "residente"), 0);
    bar_put(pen, resident / most, peak / most, limit > 0.0 ? heat(resident / most) : GREEN);
    putf(pen, " %7.1f %7.1f MB", resident / MB, most / MB);
    end_line(pen);
    putf(pen,
         in_language(language, "  meters %.1f  code %.1f  weights %.1f  libraries %.1f  slack %.1f  stacks %.1f MB",
                     "  medidores %.1f  código %.1f  pesos %.1f  bibliotecas %.1f  hueco %.1f  pilas %.1f MB"),
         report_number(report, "tracked_resident_bytes") / MB, report_number(untracked, "code_bytes") / MB,
         report_number(untracked, "weights_bytes") / MB, report_number(untracked, "other_bytes") / MB,
         report_number(untracked, "slack_bytes") / MB, report_number(untracked, "stacks_bytes") / MB);
    end_line(pen);
}

static void meters_put(struct pen *pen, const json_t *report) {
    size_t index;
    const json_t *meter, *meters = json_object_get(report, "meters");
    double whole = fmax(report_number(json_array_get(meters, 0), "peak_bytes"), 1.0);
    json_array_foreach(meters, index, meter) {
        double now = report_number(meter, "current_bytes"), most = report_number(meter, "peak_bytes");
        name_put(pen, report_text(meter, "name"), (int)report_number(meter, "depth"));
        bar_put(pen, now / whole, most / whole, GREEN);
        putf(pen, " %7.1f %7.1f MB", now / MB, most / MB);
        end_line(pen);
    }
}

/* The end of the timeline, one column of blocks with eight heights per point, and the time span below it. */
static void curve_put(struct pen *pen, const json_t *report, size_t rows) {
    static const char *const blocks[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    const json_t *points = json_object_get(report, "timeline");
    size_t count = json_array_size(points), columns = pen->screen->columns;
    size_t first = count > columns ? count - columns : 0;
    double peak = report_number(json_object_get(report, "system"), "resident_peak_bytes");
    double limit = report_number(report, "limit_bytes"), most = fmax(limit > 0.0 ? limit : peak, 1.0);
    for (size_t row = rows; row > 0; row--) {
        for (size_t i = first; i < count; i++) {
            double share = report_number(json_array_get(points, i), "resident_bytes") / most;
            double eighths = fmin(fmax(share, 0.0), 1.0) * (double)rows * 8.0 - (double)(row - 1) * 8.0;
            put(pen, blocks[lround(fmin(fmax(eighths, 0.0), 8.0))]);
        }
        end_line(pen);
    }
    double begin_ms = report_number(json_array_get(points, first), "at_ms");
    double end_ms = report_number(json_array_get(points, count - 1), "at_ms");
    putf(pen,
         in_language(pen->screen->language, "resident, the last %.0f s of 0 to %.1f MB",
                     "residente, los últimos %.0f s, de 0 a %.1f MB"),
         (end_ms - begin_ms) / 1000.0, most / MB);
    end_line(pen);
}

static void alert_put(struct pen *pen, const json_t *event) {
    enum lince_language language = pen->screen->language;
    const char *kind = report_text(event, "kind");
    bool is_bad = strcmp(kind, "cleaned") != 0;
    colour(pen, is_bad ? RED : YELLOW);
    putf(pen, "! %.1f s %s, %.1f MB", report_number(event, "at_ms") / 1000.0, kind,
         report_number(event, "resident_bytes") / MB);
    if (strcmp(kind, "cleaned") == 0) {
        putf(pen, in_language(language, ", freed %.1f MB", ", liberó %.1f MB"),
             report_number(event, "freed_bytes") / MB);
    } else if (strcmp(kind, "growing") == 0) {
        putf(pen, in_language(language, ", %.0f bytes an image", ", %.0f bytes por imagen"),
             report_number(event, "growth_bytes_per_image"));
    } else if (report_number(event, "needed_bytes") > 0.0) {
        putf(pen, in_language(language, ", needs a limit of %.0f MB", ", necesita un límite de %.0f MB"),
             report_number(event, "needed_bytes") / MB);
    }
    colour(pen, PLAIN);
    end_line(pen);
}

/* The newest last; the oldest are left out if there is no room. */
static void alerts_put(struct pen *pen, const json_t *report, size_t most) {
    const json_t *events = json_object_get(report, "events");
    size_t count = json_array_size(events);
    for (size_t i = count > most ? count - most : 0; i < count; i++) {
        alert_put(pen, json_array_get(events, i));
    }
}

void watch_screen_print(const struct watch_screen *screen, const json_t *report, FILE *stream) {
    struct pen pen = {.screen = screen, .stream = stream};
    size_t alerts = json_array_size(json_object_get(report, "events"));
    title_put(&pen, report);
    resident_put(&pen, report);
    meters_put(&pen, report);
    alerts = alerts > ALERTS_SHOWN ? ALERTS_SHOWN : alerts;
    size_t left = screen->rows > pen.row ? screen->rows - pen.row : 0;
    alerts = alerts > left ? left : alerts;
    size_t curve_rows = left > alerts + 1 ? left - alerts - 1 : 0;
    if (curve_rows > 0) {
        curve_put(&pen, report, curve_rows > CURVE_MOST_ROWS ? CURVE_MOST_ROWS : curve_rows);
    }
    alerts_put(&pen, report, alerts);
}
