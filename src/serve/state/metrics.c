/* metrics.c - histograms without locks. */
#include "serve/state/metrics.h"

const double histogram_bounds[HISTOGRAM_BUCKETS] = {0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1,
                                                    0.2,   0.5,   1,     2,    5,    10,   30};

void histogram_add(struct histogram *histogram, double seconds) {
    int bucket = 0;
    while (bucket < HISTOGRAM_BUCKETS && seconds > histogram_bounds[bucket]) {
        bucket++;
    }
    histogram->buckets[bucket]++;
    histogram->sum_us += (uint64_t)(seconds * 1e6);
}

uint64_t metrics_image_count(const struct metrics *metrics) {
    return metrics->documents_done + metrics->documents_failed + metrics->documents_poisoned;
}
