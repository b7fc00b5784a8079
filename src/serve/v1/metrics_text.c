/* metrics_text.c - the figures of the service in the text format of Prometheus. */
#include <stdio.h>
#include <unistd.h>

#include "base/system.h"
#include "serve/courier/courier.h"
#include "serve/pool/watch.h"
#include "serve/v1/handlers.h"

static void head(struct buffer *out, const char *name, const char *type, const char *help) {
    buffer_format(out, "# HELP lince_%s %s\n# TYPE lince_%s %s\n", name, help, name, type);
}

static void number(struct buffer *out, const char *name, const char *type, const char *help, uint64_t value) {
    head(out, name, type, help);
    buffer_format(out, "lince_%s %llu\n", name, (unsigned long long)value);
}

static void decimal(struct buffer *out, const char *name, const char *type, const char *help, double value) {
    head(out, name, type, help);
    buffer_format(out, "lince_%s %.3f\n", name, value);
}

static void histogram(struct buffer *out, const char *name, const char *help, struct histogram *figures) {
    uint64_t count = 0;
    head(out, name, "histogram", help);
    for (int i = 0; i < HISTOGRAM_BUCKETS; i++) {
        count += figures->buckets[i];
        buffer_format(out, "lince_%s_bucket{le=\"%g\"} %llu\n", name, histogram_bounds[i], (unsigned long long)count);
    }
    count += figures->buckets[HISTOGRAM_BUCKETS];
    buffer_format(out, "lince_%s_bucket{le=\"+Inf\"} %llu\nlince_%s_sum %.6f\nlince_%s_count %llu\n", name,
                  (unsigned long long)count, name, (double)figures->sum_us / 1e6, name, (unsigned long long)count);
}

static void meter_tree(struct buffer *out, const struct meter *meter) {
    buffer_format(out, "lince_memory_bytes{meter=\"%s\"} %llu\n", meter->name,
                  (unsigned long long)meter->current_bytes);
    for (const struct meter *child = meter->first_child; child != NULL; child = child->next_sibling) {
        meter_tree(out, child);
    }
}

static void documents(struct request *request, struct buffer *out) {
    struct store_counts counts;
    if (store_counts(request->service->store, &counts, NULL) != LINCE_OK) {
        return;
    }
    head(out, "documents", "gauge", "Documents in the store by status.");
    for (int status = 0; status < DOCUMENT_STATUSES; status++) {
        buffer_format(out, "lince_documents{status=\"%s\"} %lld\n", document_status_name(status),
                      (long long)counts.by_status[status]);
    }
    number(out, "image_bytes", "gauge", "Bytes of all images in the store.", (uint64_t)counts.image_bytes);
    decimal(out, "queue_oldest_seconds", "gauge", "How long the document that waits longest has waited to be read.",
            (double)counts.waited_ms / 1000);
}

void metrics_get(struct request *request) {
    struct service *service = request->service;
    struct metrics *metrics = &service->metrics;
    struct dispatcher_figures figures = dispatcher_figures(service->dispatcher);
    struct buffer *out = &request->body;
    head(out, "build_info", "gauge", "The version, as a label.");
    buffer_format(out, "lince_build_info{version=\"%s\"} 1\n", LINCE_VERSION);
    number(out, "uptime_seconds", "gauge", "Seconds since the start.",
           (uint64_t)(store_now_ms() - service->started_ms) / 1000);
    documents(request, out);
    number(out, "queue_length", "gauge", "Documents that wait or are being read.",
           (uint64_t)store_waiting_count(service->store));
    number(out, "queue_limit", "gauge", "The most that may wait.", SETTING_NUMBER(&service->settings, queue_limit));
    number(out, "workers", "gauge", "Worker processes.", figures.workers);
    number(out, "workers_busy", "gauge", "Worker processes that are reading.", figures.busy);
    decimal(out, "workers_busy_seconds_total", "counter", "Seconds that all workers together were reading.",
            figures.busy_seconds);
    decimal(out, "workers_busy_share", "gauge", "Share of the workers' time, in the last minute or two, spent reading.",
            figures.busy_share);
    number(out, "worker_starts_total", "counter", "Worker processes started.", metrics->worker_starts);
    number(out, "worker_crashes_total", "counter", "Workers that died over a document.", metrics->worker_crashes);
    number(out, "worker_timeouts_total", "counter", "Workers ended for taking too long.", metrics->worker_timeouts);
    number(out, "worker_recycles_total", "counter", "Workers replaced after their share of work.",
           metrics->worker_recycles);
    number(out, "worker_sheds_total", "counter", "Workers ended for the memory limit.", metrics->worker_sheds);
    number(out, "upload_bytes_total", "counter", "Bytes of bodies with files.", metrics->upload_bytes);
    number(out, "connections", "gauge", "Open connections.", (uint64_t)metrics->connections);
    number(out, "event_streams", "gauge", "Open event streams.", (uint64_t)metrics->streams);
    number(out, "refused_busy_total", "counter", "Uploads refused for a full queue.", metrics->refused_busy);
    number(out, "refused_disk_total", "counter", "Uploads refused for a full disk.", metrics->refused_disk);
    number(out, "refused_rate_total", "counter", "Requests refused for their rate.", metrics->refused_rate);
    number(out, "refused_heads_total", "counter", "Connections ended for what was no request.", metrics->refused_heads);
    head(out, "connections_refused_total", "counter", "Requests refused for too many connections.");
    buffer_format(out, "lince_connections_refused_total{reason=\"full\"} %llu\n",
                  (unsigned long long)metrics->connections_full);
    buffer_format(out, "lince_connections_refused_total{reason=\"address\"} %llu\n",
                  (unsigned long long)metrics->connections_of_address);
    number(out, "connections_limit", "gauge", "The most that may be open.", service->plan.connection_count);
    number(out, "connections_evicted_total", "counter", "Idle connections closed to make room.",
           metrics->connections_evicted);
    number(out, "wrong_keys_total", "counter", "Requests with a key that is not valid.", metrics->wrong_keys);
    number(out, "webhook_deliveries_sent_total", "counter", "Webhook messages delivered.", metrics->deliveries_sent);
    number(out, "webhook_deliveries_failed_total", "counter", "Attempts that failed.", metrics->deliveries_failed);
    number(out, "webhook_deliveries_dead_total", "counter", "Messages given up.", metrics->deliveries_dead);
    number(out, "webhooks_paused", "gauge", "Receivers that failed too often, and are left alone for a while.",
           courier_paused_count(service->courier));
    head(out, "http_answers_total", "counter", "Answers by class of status.");
    for (int i = 2; i < 6; i++) {
        buffer_format(out, "lince_http_answers_total{class=\"%dxx\"} %llu\n", i,
                      (unsigned long long)metrics->answers[i]);
    }
    head(out, "memory_bytes", "gauge", "Bytes on the front's meters.");
    meter_tree(out, &service->process);
    number(out, "memory_limit_bytes", "gauge", "The limit of the whole service.", service->plan.limit_bytes);
    number(out, "memory_pss_bytes", "gauge", "What front and workers take together, shared pages counted once.",
           watch_figures(service->watch).total_bytes);
    number(out, "memory_pss_peak_bytes", "gauge", "The most that they took at any look.",
           watch_figures(service->watch).peak_bytes);
    number(out, "front_resident_bytes", "gauge", "Resident bytes of the front.", system_resident_bytes());
    number(out, "workers_resident_bytes", "gauge", "Resident bytes of the workers, shared pages in each.",
           figures.resident_bytes);
    histogram(out, "read_duration_seconds", "Time that a worker took for an image.", &metrics->read);
    histogram(out, "upload_duration_seconds", "Time from an upload's head to its answer.", &metrics->upload);
    histogram(out, "answer_duration_seconds",
              "Time from an upload's last byte to its answer, of those that do not wait.", &metrics->answer);
    histogram(out, "request_duration_seconds", "Time of all other requests.", &metrics->request);
    answer_bytes(request, 200, "text/plain; version=0.0.4; charset=utf-8", out->bytes, out->used_bytes);
}
