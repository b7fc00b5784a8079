/* flame.c - lays out boxes from the top down. */
#include "monitor/flame.h"

#include <math.h>
#include <stdio.h>

#include "base/buffer.h"

enum { ROW_HEIGHT = 22, LETTER_WIDTH = 7, LABEL_FROM_WIDTH = 40, SHADES = 6 };

/* Narrower boxes cannot be seen. */
static const double LEAST_WIDTH = 0.5;

void flame_html_escape(const char *text, struct buffer *out) {
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '<':
            buffer_text(out, "&lt;");
            break;
        case '&':
            buffer_text(out, "&amp;");
            break;
        case '"':
            buffer_text(out, "&quot;");
            break;
        default:
            buffer_append(out, text, 1);
        }
    }
}

void flame_add(struct flame *flame, const char *name, double bytes, int depth) {
    if (flame->count < FLAME_BOXES_LIMIT) {
        flame->boxes[flame->count++] = (struct flame_box){name, bytes, depth};
    }
}

/* The index after the last box inside `index`. */
static size_t end_of(const struct flame *flame, size_t index) {
    size_t end = index + 1;
    while (end < flame->count && flame->boxes[end].depth > flame->boxes[index].depth) {
        end++;
    }
    return end;
}

static double parts_bytes(const struct flame *flame, size_t index) {
    double sum = 0.0;
    for (size_t i = index + 1; i < end_of(flame, index); i = end_of(flame, i)) {
        sum += flame->boxes[i].bytes;
    }
    return sum;
}

static void box_print(const struct flame_box *box, double x, double width, struct buffer *out) {
    double y = (double)box->depth * ROW_HEIGHT;
    buffer_format(out, "<g class=\"shade%d\"><title>", box->depth % SHADES);
    flame_html_escape(box->name, out);
    buffer_format(out, " %.2f MB</title><rect x=\"%.1f\" y=\"%.0f\" width=\"%.1f\" height=\"%d\"/>",
                  box->bytes / 1048576.0, x, y, width, ROW_HEIGHT - 1);
    if (width >= LABEL_FROM_WIDTH) {
        char label[64];
        int letters = (int)fmin(width / LETTER_WIDTH - 1.0, sizeof label - 1.0);
        snprintf(label, (size_t)letters + 1, "%s %.2f MB", box->name, box->bytes / 1048576.0);
        buffer_format(out, "<text x=\"%.1f\" y=\"%.0f\">", x + 4.0, y + 15.0);
        flame_html_escape(label, out);
        buffer_text(out, "</text>");
    }
    buffer_text(out, "</g>\n");
}

/* Recurses as deep as the tree of meters. NOLINTNEXTLINE(misc-no-recursion) */
static void boxes_print(const struct flame *flame, size_t index, double x, double width, struct buffer *out) {
    if (width < LEAST_WIDTH) {
        return;
    }
    box_print(&flame->boxes[index], x, width, out);
    double whole = fmax(flame->boxes[index].bytes, parts_bytes(flame, index));
    for (size_t i = index + 1; i < end_of(flame, index); i = end_of(flame, i)) {
        double part = whole > 0.0 ? flame->boxes[i].bytes / whole * width : 0.0;
        boxes_print(flame, i, x, part, out);
        x += part;
    }
}

void flame_print(const struct flame *flame, struct buffer *out) {
    int deepest = 0;
    for (size_t i = 0; i < flame->count; i++) {
        deepest = flame->boxes[i].depth > deepest ? flame->boxes[i].depth : deepest;
    }
    buffer_format(out, "<svg class=\"flame\" viewBox=\"0 0 %d %d\" role=\"img\">\n", FLAME_WIDTH,
                  (deepest + 1) * ROW_HEIGHT);
    if (flame->count > 0) {
        boxes_print(flame, 0, 0.0, FLAME_WIDTH, out);
    }
    buffer_text(out, "</svg>\n");
}
