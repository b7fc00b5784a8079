/*
 * progress_bar.h - a bar on the terminal: files, rate, time left, memory.
 *
 * It is one line at the bottom. Whichever worker passes redraws it, at most ten times a second, and only if standard
 * error is a terminal that can return to the start of a line. All functions but start and end are thread-safe.
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
    pthread_mutex_t lock; /* guards the members below, and the terminal */
    uint64_t drawn_ns;    /* when it was last drawn */
    bool is_drawn;
    _Atomic uint64_t done_count;
    _Atomic uint64_t total_count; /* 0: unknown */
};

/* `limit_bytes` 0: shows no limit. */
void bar_start(struct progress_bar *bar, bool is_wanted, uint64_t limit_bytes, enum lince_language language);
void bar_end(struct progress_bar *bar); /* removes the bar */

void bar_file_done(struct progress_bar *bar);
void bar_total(struct progress_bar *bar, uint64_t total_count);
void bar_draw(struct progress_bar *bar); /* unless it was just drawn */

/* Hides the bar before something else is written to the terminal; the next draw shows it again. */
void bar_hide(struct progress_bar *bar);

#endif
