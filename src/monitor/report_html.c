/* report_html.c - a report as a self-contained page: trees of boxes, and the timeline as SVG. */
#include "base/buffer.h"
#include "base/error.h"
#include "monitor/flame.h"
#include "monitor/report_page.h"

enum { PLOT_WIDTH = 900, PLOT_HEIGHT = 220 };

/* Resident memory by kind, with the meters below the tracked part. */
static void resident_print(const json_t *report, enum lince_language language, struct buffer *out) {
    static const struct {
        const char *key, *english, *spanish;
    } parts[] = {
        {"code_bytes", "code", "código"},
        {"weights_bytes", "weights in files", "pesos en archivos"},
        {"other_bytes", "of libraries", "de bibliotecas"},
        {"slack_bytes", "free in malloc", "libre en malloc"},
        {"stacks_bytes", "stacks", "pilas"},
        {"files_bytes", "other files", "otros archivos"},
    };
    struct flame flame;
    const json_t *untracked = json_object_get(report, "untracked"), *meter;
    size_t index;
    flame.count = 0;
    flame_add(&flame, in_language(language, "resident", "residente"),
              report_number(json_object_get(report, "system"), "resident_bytes"), 0);
    flame_add(&flame, in_language(language, "on meters", "con medidor"),
              report_number(report, "tracked_resident_bytes"), 1);
    json_array_foreach(json_object_get(report, "meters"), index, meter) {
        if (index > 0) { /* the first is the whole process */
            flame_add(&flame, report_text(meter, "name"), report_number(meter, "current_bytes"),
                      1 + (int)report_number(meter, "depth"));
        }
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        flame_add(&flame, in_language(language, parts[i].english, parts[i].spanish),
                  report_number(untracked, parts[i].key), 1);
    }
    flame_print(&flame, out);
}

static void peaks_print(const json_t *report, struct buffer *out) {
    struct flame flame;
    size_t index;
    const json_t *meter;
    flame.count = 0;
    json_array_foreach(json_object_get(report, "meters"), index, meter) {
        flame_add(&flame, report_text(meter, "name"), report_number(meter, "peak_bytes"),
                  (int)report_number(meter, "depth"));
    }
    flame_print(&flame, out);
}

static void curve_print(const json_t *points, const char *key, double most_bytes, struct buffer *out) {
    size_t index;
    const json_t *point;
    double last_ms = report_number(json_array_get(points, json_array_size(points) - 1), "at_ms");
    buffer_format(out, "<polyline class=\"%s\" points=\"", key);
    json_array_foreach(points, index, point) {
        buffer_format(out, "%.1f,%.1f ", report_number(point, "at_ms") / (last_ms > 0.0 ? last_ms : 1.0) * PLOT_WIDTH,
                      PLOT_HEIGHT - report_number(point, key) / most_bytes * PLOT_HEIGHT);
    }
    buffer_text(out, "\"/>\n");
}

static void timeline_print(const json_t *report, struct buffer *out) {
    const json_t *points = json_object_get(report, "timeline");
    double limit = report_number(report, "limit_bytes");
    double peak = report_number(json_object_get(report, "system"), "resident_peak_bytes");
    double most = (limit > peak ? limit : peak) * 1.05;
    most = most > 0.0 ? most : 1.0;
    buffer_format(out, "<svg viewBox=\"0 0 %d %d\" role=\"img\">\n", PLOT_WIDTH, PLOT_HEIGHT);
    double y = PLOT_HEIGHT - limit / most * PLOT_HEIGHT;
    buffer_format(out, "<line class=\"limit\" x1=\"0\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>\n", PLOT_WIDTH, y, y);
    curve_print(points, "resident_bytes", most, out);
    curve_print(points, "tracked_bytes", most, out);
    buffer_text(out, "</svg>\n");
}

static const char STYLE[] =
    "<style>body{font:15px system-ui,sans-serif;max-width:960px;margin:2em auto;padding:0 1em}"
    "svg{width:100%;border:1px solid #8884}text{font:12px monospace;fill:currentColor}"
    ".flame rect{stroke:#fff6}.shade0 rect{fill:#e2574c}.shade1 rect{fill:#ee8d43}.shade2 rect{fill:#f3b13e}"
    ".shade3 rect{fill:#f7cf5b}.shade4 rect{fill:#f9e08a}.shade5 rect{fill:#fbeeb8}.flame text{fill:#222}"
    ".limit{stroke:#c33;stroke-dasharray:6 4}"
    "polyline{fill:none;stroke-width:2}.resident_bytes{stroke:#4a90d9}.tracked_bytes{stroke:#2a7}"
    "pre{overflow:auto}:root{color-scheme:light dark}</style>";

/* The text of the report, with HTML's special characters escaped. */
static void text_print(const json_t *report, enum lince_language language, struct buffer *out) {
    struct buffer text;
    buffer_init(&text, out->meter);
    report_print(report, language, &text);
    buffer_append(&text, "", 1);
    buffer_text(out, "<pre>");
    flame_html_escape(text.refused ? "" : text.bytes, out);
    buffer_text(out, "</pre>\n");
    out->refused = out->refused || text.refused;
    buffer_free(&text);
}

void report_page_begin(enum lince_language language, struct buffer *out) {
    const char *title = in_language(language, "Memory of Lince", "Memoria de Lince");
    buffer_format(out, "<!doctype html>\n<html lang=\"%s\"><meta charset=\"utf-8\"><title>%s</title>%s\n<h1>%s</h1>\n",
                  in_language(language, "en", "es"), title, STYLE, title);
}

void report_page_add(const json_t *report, enum lince_language language, struct buffer *out) {
    buffer_format(out, "<h2>%s</h2>\n",
                  in_language(language, "Over time: resident, tracked, and the limit",
                              "En el tiempo: residente, medida y el límite"));
    timeline_print(report, out);
    buffer_format(out, "<h2>%s</h2>\n",
                  in_language(language, "Resident when this was written", "Residente al escribirse"));
    resident_print(report, language, out);
    buffer_format(out, "<h2>%s</h2>\n",
                  in_language(language, "Meters: the most that each held", "Medidores: lo más que tuvo cada uno"));
    peaks_print(report, out);
    text_print(report, language, out);
}

void report_page_end(struct buffer *out) {
    buffer_text(out, "</html>\n");
}
