/* watch_screen.h - one picture of a process's memory, in lines of text, fitted to the available width and height. */
#ifndef LINCE_CLI_MEMORY_WATCH_SCREEN_H
#define LINCE_CLI_MEMORY_WATCH_SCREEN_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "lince.h"

struct watch_screen {
    size_t columns, rows; /* the most columns of a line, and the most lines */
    bool has_colour;
    bool has_keys; /* the top line says which key ends it */
    const char *line_end;
    enum lince_language language;
};

/* Writes a report's title, resident memory, tree of meters, timeline and last alerts to `stream`. */
void watch_screen_print(const struct watch_screen *screen, const json_t *report, FILE *stream);

#endif
