/* history.c - keeps a timeline and a list of events. */
#include "monitor/history.h"

#include <string.h>

#include "base/clock.h"
#include "base/system.h"

void history_init(struct history *history, uint64_t step_ms) {
    history->start_ns = clock_now_ns();
    history->event_count = 0;
    timeline_init(&history->timeline, step_ms);
}

uint64_t history_now_ms(const struct history *history) {
    return (clock_now_ns() - history->start_ns) / 1000000;
}

void history_look(struct history *history, uint64_t tracked_bytes, uint64_t image_count) {
    struct timeline_point point = {history_now_ms(history), system_resident_bytes(), tracked_bytes, image_count};
    (void)timeline_add(&history->timeline, point);
}

void history_note(struct history *history, const struct lince_memory_event *event) {
    if (history->event_count == HISTORY_EVENTS) {
        memmove(history->events, history->events + 1, (HISTORY_EVENTS - 1) * sizeof *history->events);
        history->event_count--;
    }
    history->events[history->event_count++] = (struct history_event){history_now_ms(history), *event};
}
