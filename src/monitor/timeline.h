/*
 * timeline.h - memory over time in a fixed number of points. When they are full, every second one is dropped and the
 * step doubles, so a run of a week fits as well as one of a second.
 */
#ifndef LINCE_MONITOR_TIMELINE_H
#define LINCE_MONITOR_TIMELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TIMELINE_POINTS = 256 };

struct timeline_point {
    uint64_t at_ms; /* since the start */
    uint64_t resident_bytes, tracked_bytes, image_count;
};

struct timeline {
    struct timeline_point points[TIMELINE_POINTS];
    size_t count;
    uint64_t step_ms; /* the least time between two points */
};

void timeline_init(struct timeline *timeline, uint64_t step_ms);

/* Keeps the point if its time has come; false if it has not. */
bool timeline_add(struct timeline *timeline, struct timeline_point point);

#endif
