/*
 * progress_bar.h - a bar on the terminal: files, rate, time left, memory.
 *
 * It is one line at the bottom, redrawn at most ten times a second by whichever worker comes by, and only when standard
 * error is a terminal that can go back to the start of a line. All functions but start and end are thread-safe.
 */
#ifndef LINCE_CLI_READ_PROGRESS_BAR_H
#define LINCE_CLI_READ_PROGRESS_BAR_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "lince.h"

struct progress_bar {
    bool is_on, has_colour;
    enum lince_language language;
    uint64_t limit_bytes;
    uint64_t start_ns;
    pthread_mutex_t lock; /* guards what follows, and the terminal */
    uint64_t drawn_ns;    /* when it was drawn last */
    bool is_drawn;
    _Atomic uint64_t done_count;
    _Atomic uint64_t total_count; /* 0: not known */
};

/* `limit_bytes` 0: no limit to show. */
void bar_start(struct progress_bar *bar, bool is_wanted, uint64_t limit_bytes, enum lince_language language);
void bar_end(struct progress_bar *bar); /* takes the bar away */

void bar_file_done(struct progress_bar *bar);
void bar_total(struct progress_bar *bar, uint64_t total_count);
void bar_draw(struct progress_bar *bar); /* unless it was drawn just now */

/* Takes the bar away before something else is written to the terminal; the next draw brings it back. */
void bar_hide(struct progress_bar *bar);

#endif
