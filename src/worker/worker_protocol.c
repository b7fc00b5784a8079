/* worker_protocol.c - sends and receives whole messages and open files over a stream socket, with a deadline. */
#include "worker/worker_protocol.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"

/* Waits until the socket can be read from (POLLIN) or written to (POLLOUT). */
static bool wait_until(int socket, short events, int64_t deadline_ms) {
    for (;;) {
        int64_t left_ms = -1;
        if (deadline_ms >= 0) {
            left_ms = deadline_ms - (int64_t)(clock_now_ns() / 1000000);
            if (left_ms <= 0) {
                return false;
            }
        }
        struct pollfd wait = {.fd = socket, .events = events};
        int ready = poll(&wait, 1, left_ms > INT32_MAX ? INT32_MAX : (int)left_ms);
        if (ready > 0) {
            return true;
        }
        if (ready < 0 && errno != EINTR) {
            return false;
        }
    }
}

bool work_send(int socket, const void *bytes, uint64_t count, int64_t deadline_ms) {
    const char *rest = bytes;
    while (count > 0) {
        if (!wait_until(socket, POLLOUT, deadline_ms)) {
            return false;
        }
        ssize_t sent = send(socket, rest, count, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && (errno == EINTR || errno == EAGAIN)) {
            continue;
        }
        if (sent <= 0) {
            return false;
        }
        rest += sent;
        count -= (uint64_t)sent;
    }
    return true;
}

bool work_send_head(int socket, const struct work_head *head, int descriptor, int64_t deadline_ms) {
    union {
        char bytes[CMSG_SPACE(sizeof(int))];
        struct cmsghdr aligned;
    } control = {0};
    struct iovec part = {.iov_base = (void *)(uintptr_t)head, .iov_len = sizeof *head};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (descriptor >= 0) {
        message.msg_control = control.bytes;
        message.msg_controllen = sizeof control.bytes;
        struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
        rights->cmsg_level = SOL_SOCKET;
        rights->cmsg_type = SCM_RIGHTS;
        rights->cmsg_len = CMSG_LEN(sizeof descriptor);
        memcpy(CMSG_DATA(rights), &descriptor, sizeof descriptor);
    }
    ssize_t sent;
    do {
        if (!wait_until(socket, POLLOUT, deadline_ms)) {
            return false;
        }
        sent = sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    } while (sent < 0 && (errno == EINTR || errno == EAGAIN));
    return sent > 0 && work_send(socket, (const char *)head + sent, sizeof *head - (uint64_t)sent, deadline_ms);
}

bool work_receive(int socket, void *bytes, uint64_t count, int64_t deadline_ms) {
    char *rest = bytes;
    while (count > 0) {
        if (!wait_until(socket, POLLIN, deadline_ms)) {
            return false;
        }
        ssize_t got = recv(socket, rest, count, 0);
        if (got < 0 && (errno == EINTR || errno == EAGAIN)) {
            continue;
        }
        if (got <= 0) {
            return false;
        }
        rest += got;
        count -= (uint64_t)got;
    }
    return true;
}

/* The first open file that came. Others, which only a hostile peer sends, are closed. */
static int descriptor_of(struct msghdr *message) {
    int found = -1;
    for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part != NULL; part = CMSG_NXTHDR(message, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) {
            continue;
        }
        for (size_t at = CMSG_LEN(0); at + sizeof found <= part->cmsg_len; at += sizeof found) {
            int came;
            memcpy(&came, (const char *)part + at, sizeof came);
            if (found >= 0) {
                close(came);
            } else {
                found = came;
            }
        }
    }
    return found;
}

bool work_receive_head(int socket, struct work_head *head, int *descriptor, int64_t deadline_ms) {
    union {
        char bytes[CMSG_SPACE(sizeof(int))];
        struct cmsghdr aligned;
    } control;
    struct iovec part = {.iov_base = head, .iov_len = sizeof *head};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
    if (!wait_until(socket, POLLIN, deadline_ms)) {
        return false;
    }
    ssize_t got;
    do {
        got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    } while (got < 0 && errno == EINTR);
    int came = got > 0 ? descriptor_of(&message) : -1;
    bool is_whole = got > 0 && work_receive(socket, (char *)head + got, sizeof *head - (uint64_t)got, deadline_ms) &&
                    head->magic == WORK_MAGIC && head->body_bytes <= WORK_BODY_LIMIT &&
                    head->layouts_bytes < WORK_LAYOUTS_LIMIT && head->name_bytes < WORK_NAME_LIMIT;
    if (came >= 0 && (!is_whole || descriptor == NULL)) {
        close(came);
        came = -1;
    }
    if (descriptor != NULL) {
        *descriptor = came;
    }
    return is_whole;
}
