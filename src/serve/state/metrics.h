/* metrics.h - counters and histograms of the running service. Any thread may add to them at any time. */
#ifndef LINCE_SERVE_STATE_METRICS_H
#define LINCE_SERVE_STATE_METRICS_H

#include <stdatomic.h>
#include <stdint.h>

enum { HISTOGRAM_BUCKETS = 14 };

struct histogram {
    _Atomic uint64_t buckets[HISTOGRAM_BUCKETS + 1]; /* the last: above all bounds */
    _Atomic uint64_t sum_us;
};

/* Upper bounds in seconds. */
extern const double histogram_bounds[HISTOGRAM_BUCKETS];
void histogram_add(struct histogram *histogram, double seconds);

struct metrics {
    struct histogram read, request, upload, answer;
    _Atomic uint64_t answers[6]; /* by class of the status: [2] is 2xx */
    _Atomic uint64_t refused_busy, refused_disk, refused_rate, refused_heads;
    _Atomic uint64_t connections_full, connections_of_address, connections_evicted, wrong_keys;
    _Atomic uint64_t documents_done, documents_failed, documents_poisoned;
    _Atomic uint64_t worker_starts, worker_crashes, worker_timeouts, worker_recycles, worker_sheds;
    _Atomic uint64_t deliveries_sent, deliveries_failed, deliveries_dead;
    _Atomic uint64_t upload_bytes;
    _Atomic int64_t connections, streams;
};

/* Documents that were read or failed. */
uint64_t metrics_image_count(const struct metrics *metrics);

#endif
