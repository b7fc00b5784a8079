/* v1_stream.c - GET /v1/events: events as they happen, beginning after the last one that the client has seen. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "serve/v1/handlers.h"

enum { EVENTS_AT_ONCE = 32, HEARTBEAT_MS = 15000, BLOCK_BYTES = 4096 };

struct stream {
    struct service *service;
    struct MHD_Connection *connection;
    struct waiter waiter;
    struct meter *meter;
    struct buffer out; /* still to be sent */
    size_t sent_bytes;
    int64_t last_seq, beat_ms;
};

/* False without memory; the event is then tried again. */
static bool event_add(struct stream *stream, const struct event *event) {
    size_t before = stream->out.used_bytes;
    buffer_format(&stream->out, "id: %lld\nevent: %s\ndata: %s\n\n", (long long)event->seq, event->type, event->data);
    if (stream->out.refused) {
        buffer_clear(&stream->out);
        stream->out.used_bytes = before;
        return false;
    }
    stream->last_seq = event->seq;
    return true;
}

static void events_write(struct stream *stream) {
    struct event *events;
    struct arena arena;
    size_t count, added = 0;
    bool is_late = clock_now_ms() >= stream->beat_ms;
    arena_init(&arena, stream->meter, 4096);
    buffer_clear(&stream->out);
    stream->sent_bytes = 0;
    (void)store_events(stream->service->store, stream->last_seq, EVENTS_AT_ONCE, &arena, &events, &count, NULL);
    while (added < count && event_add(stream, &events[added])) {
        added++;
    }
    if (added == 0 && is_late) {
        buffer_text(&stream->out, ": \n\n"); /* writing it shows whether the client is gone */
    }
    if (stream->out.used_bytes > 0 || is_late) {
        stream->beat_ms = clock_now_ms() + HEARTBEAT_MS;
    }
    arena_clear(&arena);
}

static ssize_t stream_read(void *context, uint64_t position, char *place, size_t room) {
    struct stream *stream = context;
    struct waiters *waiters = stream->service->waiters;
    (void)position;
    if (stream->service->is_draining) {
        return MHD_CONTENT_READER_END_OF_STREAM;
    }
    uint64_t generation = waiters_generation(waiters);
    if (stream->sent_bytes == stream->out.used_bytes) {
        events_write(stream);
    }
    size_t count = stream->out.used_bytes - stream->sent_bytes;
    if (count == 0) {
        waiters_wait(waiters, &stream->waiter, stream->connection, generation, stream->beat_ms);
        return 0;
    }
    count = count < room ? count : room;
    memcpy(place, stream->out.bytes + stream->sent_bytes, count);
    stream->sent_bytes += count;
    return (ssize_t)count;
}

static void stream_free(void *context) {
    struct stream *stream = context;
    stream->service->metrics.streams--;
    buffer_free(&stream->out);
    meter_free(stream);
}

/* Where to begin: after Last-Event-ID, or with the next event. False after answering with a problem. */
static bool place_find(struct request *request, int64_t *seq) {
    const char *last = request_header(request, "Last-Event-ID");
    char *end;
    last = last != NULL ? last : request_query(request, "last_event_id");
    if (last == NULL) {
        *seq = store_event_last(request->service->store);
        return true;
    }
    *seq = strtoll(last, &end, 10);
    if (*last != '\0' && *end == '\0' && *seq >= 0) {
        return true;
    }
    answer_problem(request, PROBLEM_INVALID, "Last-Event-ID must be the number of an event",
                   "Last-Event-ID debe ser el número de un evento");
    return false;
}

void events_get(struct request *request) {
    struct service *service = request->service;
    int64_t seq;
    if (!place_find(request, &seq)) {
        return;
    }
    struct stream *stream = meter_allocate_zero(&service->requests, 1, sizeof *stream);
    if (stream == NULL) {
        answer_problem(request, PROBLEM_MEMORY, "no memory for the stream", "no hay memoria para el flujo");
        return;
    }
    *stream = (struct stream){
        .service = service, .connection = request->connection, .meter = &service->requests, .last_seq = seq};
    buffer_init(&stream->out, &service->requests);
    buffer_text(&stream->out, "retry: 2000\n\n");
    stream->beat_ms = clock_now_ms() + HEARTBEAT_MS;
    struct MHD_Response *response =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK_BYTES, stream_read, stream, stream_free);
    service->metrics.streams++;
    if (response == NULL) {
        stream_free(stream);
    } else {
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, "text/event-stream");
        MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
    }
    request->is_endless = true;
    answer_response(request, 200, response);
}
