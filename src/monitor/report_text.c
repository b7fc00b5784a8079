/* report_text.c - a report as text: figures, the tree of meters, work, sites, events. */
#include "base/buffer.h"
#include "base/error.h"
#include "monitor/report_page.h"

double report_number(const json_t *object, const char *key) {
    return json_number_value(json_object_get(object, key));
}

const char *report_text(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

static double megabytes(const json_t *object, const char *key) {
    return report_number(object, key) / 1048576.0;
}

struct row {
    const char *key, *english, *spanish;
};

static void rows_print(const json_t *object, const struct row *rows, size_t count, enum lince_language language,
                       struct buffer *out) {
    for (size_t i = 0; i < count; i++) {
        buffer_format(out, "  %9.1f MB  %s\n", megabytes(object, rows[i].key),
                      in_language(language, rows[i].english, rows[i].spanish));
    }
}

static void figures_print(const json_t *report, enum lince_language language, struct buffer *out) {
    static const struct row system_rows[] = {
        {"resident_bytes", "resident", "residente"},
        {"resident_peak_bytes", "resident at most", "residente como máximo"},
        {"proportional_bytes", "proportional (PSS)", "proporcional (PSS)"},
        {"private_dirty_bytes", "private and changed", "privada y modificada"},
        {"swap_bytes", "swapped", "en intercambio"},
    };
    static const struct row parts[] = {
        {"bytes", "not on a meter, of it:", "sin medidor, de ello:"},
        {"code_bytes", "  code", "  código"},
        {"weights_bytes", "  weights in files", "  pesos en archivos"},
        {"files_bytes", "  other files", "  otros archivos"},
        {"stacks_bytes", "  stacks", "  pilas"},
        {"slack_bytes", "  free in malloc", "  libre en malloc"},
        {"other_bytes", "  of libraries", "  de bibliotecas"},
    };
    const json_t *counts = json_object_get(report, "counts");
    buffer_format(out, "lince %s, %s, %s, pid %.0f\n", report_text(report, "version"), report_text(report, "time"),
                  report_text(report, "reason"), report_number(report, "pid"));
    buffer_format(out,
                  in_language(language,
                              "limit %.1f MB, %.0f images, %.0f refusals, %.0f clean-ups that freed %.1f MB\n",
                              "límite %.1f MB, %.0f imágenes, %.0f rechazos, %.0f limpiezas que liberaron %.1f MB\n"),
                  megabytes(report, "limit_bytes"), report_number(counts, "images"), report_number(counts, "refusals"),
                  report_number(counts, "cleanups"), megabytes(counts, "cleanup_freed_bytes"));
    rows_print(json_object_get(report, "system"), system_rows, sizeof system_rows / sizeof *system_rows, language, out);
    rows_print(json_object_get(report, "untracked"), parts, sizeof parts / sizeof *parts, language, out);
}

static void meters_print(const json_t *report, enum lince_language language, struct buffer *out) {
    size_t index;
    const json_t *meter;
    buffer_format(out, "\n%-28s %10s %10s %12s %9s\n", in_language(language, "meter", "medidor"),
                  in_language(language, "MB now", "MB ahora"), in_language(language, "MB most", "MB máx."),
                  in_language(language, "requests", "peticiones"), in_language(language, "refused", "negadas"));
    json_array_foreach(json_object_get(report, "meters"), index, meter) {
        int depth = (int)report_number(meter, "depth") * 2;
        buffer_format(out, "%*s%-*s %10.2f %10.2f %12.0f %9.0f\n", depth, "", 28 - depth, report_text(meter, "name"),
                      megabytes(meter, "current_bytes"), megabytes(meter, "peak_bytes"),
                      report_number(meter, "charges"), report_number(meter, "refusals"));
    }
}

static void scopes_print(const json_t *report, enum lince_language language, struct buffer *out) {
    size_t index;
    const json_t *scope;
    buffer_format(out, "\n%-28s %10s %10s %12s %9s\n", in_language(language, "work", "trabajo"),
                  in_language(language, "calls", "llamadas"), "ms", in_language(language, "MB above", "MB encima"),
                  in_language(language, "MB left", "MB dejó"));
    json_array_foreach(json_object_get(report, "scopes"), index, scope) {
        int depth = (int)report_number(scope, "depth") * 2;
        buffer_format(out, "%*s%-*s %10.0f %10.1f %12.2f %9.2f\n", depth, "", 28 - depth, report_text(scope, "name"),
                      report_number(scope, "calls"), report_number(scope, "time_ms"),
                      megabytes(scope, "peak_above_bytes"), megabytes(scope, "left_bytes"));
    }
}

static void sites_print(const json_t *report, enum lince_language language, struct buffer *out) {
    enum { SITES_SHOWN = 20 };
    size_t index;
    const json_t *site, *sites = json_object_get(report, "sites");
    if (json_array_size(sites) == 0) {
        return;
    }
    buffer_format(out, "\n%12s %8s %12s  %s\n", in_language(language, "bytes live", "bytes vivos"),
                  in_language(language, "blocks", "bloques"), in_language(language, "bytes most", "bytes máx."),
                  in_language(language, "place and type", "lugar y tipo"));
    json_array_foreach(sites, index, site) {
        if (index < SITES_SHOWN) {
            buffer_format(out, "%12.0f %8.0f %12.0f  %s:%.0f %s (%s)\n", report_number(site, "live_bytes"),
                          report_number(site, "live_count"), report_number(site, "peak_bytes"),
                          report_text(site, "file"), report_number(site, "line"), report_text(site, "function"),
                          report_text(site, "type"));
        }
    }
}

static void events_print(const json_t *report, struct buffer *out) {
    size_t index;
    const json_t *event;
    json_array_foreach(json_object_get(report, "events"), index, event) {
        buffer_format(out, "%s%10.1f s  %-8s %8.1f MB\n", index == 0 ? "\n" : "",
                      report_number(event, "at_ms") / 1000.0, report_text(event, "kind"),
                      megabytes(event, "resident_bytes"));
    }
}

void report_print(const json_t *report, enum lince_language language, struct buffer *out) {
    figures_print(report, language, out);
    meters_print(report, language, out);
    scopes_print(report, language, out);
    sites_print(report, language, out);
    events_print(report, out);
}
