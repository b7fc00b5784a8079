/*
 * history.h - the memory of a process over time, for reports: its timeline and its last events. For one thread at a
 * time.
 */
#ifndef LINCE_MONITOR_HISTORY_H
#define LINCE_MONITOR_HISTORY_H

#include "lince.h"
#include "monitor/timeline.h"

enum { HISTORY_EVENTS = 64 };

struct history_event {
    uint64_t at_ms;
    struct lince_memory_event event;
};

struct history {
    uint64_t start_ns;
    struct timeline timeline;
    struct history_event events[HISTORY_EVENTS]; /* oldest first */
    size_t event_count;
};

/* Starts now. `step_ms`: the least time between two points of the timeline. */
void history_init(struct history *history, uint64_t step_ms);

/* Milliseconds since the start. */
uint64_t history_now_ms(const struct history *history);

/* Adds a point to the timeline if its time has come: resident memory now, and the caller's figures. */
void history_look(struct history *history, uint64_t tracked_bytes, uint64_t image_count);

/* Keeps the event. When the list is full, the oldest is dropped. */
void history_note(struct history *history, const struct lince_memory_event *event);

#endif
