/* timeline.c - a list of points that halves itself when it is full. */
#include "monitor/timeline.h"

void timeline_init(struct timeline *timeline, uint64_t step_ms) {
    timeline->count = 0;
    timeline->step_ms = step_ms;
}

static void thin_out(struct timeline *timeline) {
    for (size_t i = 0; i < TIMELINE_POINTS / 2; i++) {
        timeline->points[i] = timeline->points[2 * i];
    }
    timeline->count = TIMELINE_POINTS / 2;
    timeline->step_ms *= 2;
}

bool timeline_add(struct timeline *timeline, struct timeline_point point) {
    if (timeline->count > 0 && point.at_ms < timeline->points[timeline->count - 1].at_ms + timeline->step_ms) {
        return false;
    }
    if (timeline->count == TIMELINE_POINTS) {
        thin_out(timeline);
    }
    timeline->points[timeline->count++] = point;
    return true;
}
