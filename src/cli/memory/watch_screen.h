/* watch_screen.h - one picture of a process's memory, made of lines of text, as wide and as high as there is room. */
#ifndef LINCE_CLI_MEMORY_WATCH_SCREEN_H
#define LINCE_CLI_MEMORY_WATCH_SCREEN_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "lince.h"

struct watch_screen {
    size_t columns, rows; /* no line is longer, nor are there more of them */
    bool has_colour;
    bool has_keys; /* the line at the top says which key ends it */
    const char *line_end;
    enum lince_language language;
};

/* Title, resident memory, tree of meters, timeline and last alerts of a report, on `stream`. */
void watch_screen_print(const struct watch_screen *screen, const json_t *report, FILE *stream);

#endif
