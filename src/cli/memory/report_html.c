/* report_html.c - a report as a page that stands alone: a tree of bars, and the timeline as SVG. */
#include <stdlib.h>

#include "base/error.h"
#include "cli/memory/report_file.h"

enum { PLOT_WIDTH = 900, PLOT_HEIGHT = 220, BAR_HEIGHT = 22 };

static void text_escape(const char *text, FILE *stream) {
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '<':
            fputs("&lt;", stream);
            break;
        case '&':
            fputs("&amp;", stream);
            break;
        case '"':
            fputs("&quot;", stream);
            break;
        default:
            fputc(*text, stream);
        }
    }
}

/* The meters as bars, each indented under the one it is part of, as wide as its peak. */
static void tree_print(const json_t *report, FILE *stream) {
    size_t index;
    const json_t *meter, *meters = json_object_get(report, "meters");
    double whole = report_number(json_array_get(meters, 0), "peak_bytes");
    whole = whole > 0.0 ? whole : 1.0;
    fprintf(stream, "<svg viewBox=\"0 0 %d %zu\" role=\"img\">\n", PLOT_WIDTH, json_array_size(meters) * BAR_HEIGHT);
    json_array_foreach(meters, index, meter) {
        double peak = report_number(meter, "peak_bytes") / whole * PLOT_WIDTH * 0.7;
        double now = report_number(meter, "current_bytes") / whole * PLOT_WIDTH * 0.7;
        double x = report_number(meter, "depth") * 18.0, y = (double)index * BAR_HEIGHT;
        fprintf(stream,
                "<rect class=\"peak\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"18\"/>"
                "<rect class=\"now\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"18\"/>"
                "<text x=\"%.1f\" y=\"%.1f\">",
                x, y, peak, x, y, now, x + 6.0, y + 14.0);
        text_escape(report_text(meter, "name"), stream);
        fprintf(stream, " %.2f / %.2f MB</text>\n", report_number(meter, "current_bytes") / 1048576.0,
                report_number(meter, "peak_bytes") / 1048576.0);
    }
    fputs("</svg>\n", stream);
}

static void curve_print(const json_t *points, const char *key, double most_bytes, FILE *stream) {
    size_t index;
    const json_t *point;
    double last_ms = report_number(json_array_get(points, json_array_size(points) - 1), "at_ms");
    fprintf(stream, "<polyline class=\"%s\" points=\"", key);
    json_array_foreach(points, index, point) {
        fprintf(stream, "%.1f,%.1f ", report_number(point, "at_ms") / (last_ms > 0.0 ? last_ms : 1.0) * PLOT_WIDTH,
                PLOT_HEIGHT - report_number(point, key) / most_bytes * PLOT_HEIGHT);
    }
    fputs("\"/>\n", stream);
}

static void timeline_print(const json_t *report, FILE *stream) {
    const json_t *points = json_object_get(report, "timeline");
    double limit = report_number(report, "limit_bytes");
    double peak = report_number(json_object_get(report, "system"), "resident_peak_bytes");
    double most = (limit > peak ? limit : peak) * 1.05;
    most = most > 0.0 ? most : 1.0;
    fprintf(stream, "<svg viewBox=\"0 0 %d %d\" role=\"img\">\n", PLOT_WIDTH, PLOT_HEIGHT);
    double y = PLOT_HEIGHT - limit / most * PLOT_HEIGHT;
    fprintf(stream, "<line class=\"limit\" x1=\"0\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>\n", PLOT_WIDTH, y, y);
    curve_print(points, "resident_bytes", most, stream);
    curve_print(points, "tracked_bytes", most, stream);
    fputs("</svg>\n", stream);
}

static const char STYLE[] =
    "<style>body{font:15px system-ui,sans-serif;max-width:960px;margin:2em auto;padding:0 1em}"
    "svg{width:100%;border:1px solid #8884}text{font:12px monospace;fill:currentColor}"
    ".peak{fill:#4a90d944}.now{fill:#4a90d9}.limit{stroke:#c33;stroke-dasharray:6 4}"
    "polyline{fill:none;stroke-width:2}.resident_bytes{stroke:#4a90d9}.tracked_bytes{stroke:#2a7}"
    "pre{overflow:auto}:root{color-scheme:light dark}</style>";

/* The text of the report, with what HTML would take for its own written out. */
static void text_print(const json_t *report, enum lince_language language, FILE *stream) {
    char *text = NULL;
    size_t bytes = 0;
    FILE *memory = open_memstream(&text, &bytes);
    if (memory == NULL) {
        return;
    }
    report_print(report, language, memory);
    fclose(memory);
    fputs("<pre>", stream);
    text_escape(text, stream);
    fputs("</pre>\n", stream);
    free(text);
}

void report_print_html(const json_t *report, enum lince_language language, FILE *stream) {
    const char *title = in_language(language, "Memory of Lince", "Memoria de Lince");
    fprintf(stream, "<!doctype html>\n<html lang=\"%s\"><meta charset=\"utf-8\"><title>%s</title>%s\n<h1>%s</h1>\n",
            in_language(language, "en", "es"), title, STYLE, title);
    fprintf(stream, "<h2>%s</h2>\n",
            in_language(language, "Over time: resident, tracked, and the limit",
                        "En el tiempo: residente, medida y el límite"));
    timeline_print(report, stream);
    fprintf(stream, "<h2>%s</h2>\n",
            in_language(language, "Meters: now within the most there was", "Medidores: ahora, dentro del máximo"));
    tree_print(report, stream);
    text_print(report, language, stream);
    fputs("</html>\n", stream);
}
