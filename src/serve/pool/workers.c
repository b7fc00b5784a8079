/* workers.c - starts a worker from the same program, and exchanges messages with it. */
#include "serve/pool/workers.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/file.h"
#include "worker/child_process.h"
#include "worker/lay.h"

static int64_t deadline_in(int64_t limit_ms) {
    return (int64_t)(clock_now_ns() / 1000000) + limit_ms;
}

bool worker_start(const struct worker_launch *launch, struct worker_process *worker) {
    char memory[40];
    snprintf(memory, sizeof memory, "%llu", (unsigned long long)launch->memory_bytes);
    const char *arguments[] = {launch->program, "worker", "--memory", memory, NULL, NULL, NULL};
    if (launch->models[0] != '\0') {
        arguments[4] = "--models";
        arguments[5] = launch->models;
    }
    *worker = (struct worker_process){.socket = -1};
    return child_process_start(launch->program, arguments, &worker->pid, &worker->socket);
}

void worker_stop(struct worker_process *worker) {
    if (worker->socket >= 0) {
        close(worker->socket);
    }
    if (worker->pid > 0) {
        kill(worker->pid, SIGKILL);
        while (waitpid(worker->pid, NULL, 0) < 0 && errno == EINTR) {
        }
    }
    *worker = (struct worker_process){.socket = -1};
}

bool worker_wait_ready(struct worker_process *worker, int64_t limit_ms, enum lince_status *reason) {
    struct work_head head = {0};
    *reason = LINCE_ERROR_RUNTIME;
    if (worker->is_ready) {
        return true;
    }
    if (worker->pid == 0 || !work_receive_head(worker->socket, &head, NULL, deadline_in(limit_ms)) ||
        head.kind != WORK_READY || head.status != LINCE_OK) {
        *reason = worker->pid != 0 && head.kind == WORK_READY ? (enum lince_status)head.status : LINCE_ERROR_RUNTIME;
        return false;
    }
    worker->resident_bytes = worker->first_resident_bytes = head.resident_bytes;
    worker->is_ready = true;
    return true;
}

bool worker_has_spoken(const struct worker_process *worker) {
    struct pollfd wait = {.fd = worker->socket, .events = POLLIN};
    return worker->is_ready || poll(&wait, 1, 0) > 0;
}

/* Discards an answer that does not fit in memory, so that the worker can continue. */
static bool body_skip(int socket, uint64_t count, int64_t deadline_ms) {
    char bytes[4096];
    while (count > 0) {
        uint64_t part = count < sizeof bytes ? count : sizeof bytes;
        if (!work_receive(socket, bytes, part, deadline_ms)) {
            return false;
        }
        count -= part;
    }
    return true;
}

/* Empties the file of what an earlier try wrote. */
static bool output_empty(int output) {
    return lseek(output, 0, SEEK_SET) == 0 && ftruncate(output, 0) == 0;
}

/* Writes the next `rest` bytes to a file, while it has room. False if they do not come. */
static bool bytes_write(int socket, uint64_t rest, int output, int64_t deadline_ms, bool *has_room) {
    char bytes[16384];
    while (rest > 0) {
        uint64_t part = rest < sizeof bytes ? rest : sizeof bytes;
        if (!work_receive(socket, bytes, part, deadline_ms)) {
            return false;
        }
        *has_room = *has_room && file_write_all(output, bytes, part);
        rest -= part;
    }
    return true;
}

/* Writes the blocks before an answer to a file. False if they do not end in time, or go on beyond all bounds. */
static bool blocks_write(int socket, const struct worker_question *question, int64_t deadline_ms, uint64_t *count,
                         bool *has_room) {
    off_t size = lseek(question->descriptor, 0, SEEK_END);
    uint64_t most_bytes = lay_bytes_most(size < 0 ? 0 : (uint64_t)size, question->head.body_bytes);
    uint32_t block = 1;
    *count = 0;
    *has_room = output_empty(question->output);
    while (block > 0) {
        if (!work_receive(socket, &block, sizeof block, deadline_ms) || block > WORK_BLOCK_BYTES ||
            *count + block > most_bytes || !bytes_write(socket, block, question->output, deadline_ms, has_room)) {
            return false;
        }
        *count += block;
    }
    return true;
}

/* Writes an answer to a file, block by block. A full disk makes the answer WRITE; the worker continues. */
static bool body_write(int socket, struct work_head *answer, int output, int64_t deadline_ms) {
    bool has_room = output_empty(output);
    if (!bytes_write(socket, answer->body_bytes, output, deadline_ms, &has_room)) {
        return false;
    }
    if (!has_room) {
        answer->status = LINCE_ERROR_WRITE;
        answer->body_bytes = 0;
    }
    return true;
}

static bool body_take(struct worker_process *worker, struct work_head *answer, int64_t deadline_ms,
                      struct buffer *body) {
    char *room = buffer_room(body, answer->body_bytes + 1);
    if (room == NULL) {
        uint64_t bytes = answer->body_bytes;
        answer->status = LINCE_ERROR_MEMORY_LIMIT;
        answer->body_bytes = 0;
        buffer_clear(body);
        return body_skip(worker->socket, bytes, deadline_ms);
    }
    if (!work_receive(worker->socket, room, answer->body_bytes, deadline_ms)) {
        return false;
    }
    room[answer->body_bytes] = '\0';
    body->used_bytes += answer->body_bytes;
    return true;
}

static bool ask(struct worker_process *worker, const struct worker_question *question, int64_t deadline_ms,
                struct work_head *answer, struct buffer *body) {
    const struct work_head *head = &question->head;
    bool has_blocks = head->kind == WORK_LAY, has_room = true;
    uint64_t blocks_bytes = 0;
    if (!work_send_head(worker->socket, head, question->descriptor, deadline_ms) ||
        !work_send(worker->socket, question->layouts, head->layouts_bytes, deadline_ms) ||
        !work_send(worker->socket, question->name, head->name_bytes, deadline_ms) ||
        !work_send(worker->socket, question->sent, head->body_bytes, deadline_ms) ||
        (has_blocks && !blocks_write(worker->socket, question, deadline_ms, &blocks_bytes, &has_room)) ||
        !work_receive_head(worker->socket, answer, NULL, deadline_ms)) {
        return false;
    }
    answer->stream_bytes = blocks_bytes;
    if (!has_room && answer->status == LINCE_OK) {
        answer->status = LINCE_ERROR_WRITE;
    }
    return question->output >= 0 && answer->status == LINCE_OK && !has_blocks
               ? body_write(worker->socket, answer, question->output, deadline_ms)
               : body_take(worker, answer, deadline_ms, body);
}

enum worker_outcome worker_ask(struct worker_process *worker, const struct worker_question *question, int64_t limit_ms,
                               struct work_head *answer, struct buffer *body) {
    int64_t deadline_ms = deadline_in(limit_ms);
    buffer_clear(body);
    if (ask(worker, question, deadline_ms, answer, body)) {
        worker->served_count += question->head.kind != WORK_REPORT;
        worker->resident_bytes = answer->resident_bytes;
        return WORKER_ANSWERED;
    }
    return deadline_in(0) >= deadline_ms ? WORKER_TIMED_OUT : WORKER_DIED;
}
