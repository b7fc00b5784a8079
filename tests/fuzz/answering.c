/* answering.c - one service in a folder of its own, and a client at its socket. */
#include "answering.h"

#include <dirent.h>
#include <ftw.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "serve/http/front.h"
#include "serve/pool/dispatcher.h"

enum { WAIT_S = 20, FOLDER_DEPTH = 8, TRIES = 3 };

static struct service service;
/* In memory, where the disk is not waited for. */
static char folder[] = "/dev/shm/lince-fuzz-XXXXXX";
static char answer[ANSWER_BYTES + 1];

void expect(bool truth) {
    if (!truth) {
        abort();
    }
}

static int entry_remove(const char *path, const struct stat *facts, int kind, struct FTW *place) {
    (void)facts, (void)kind, (void)place;
    return remove(path);
}

static void folder_remove(void) {
    (void)nftw(folder, entry_remove, FOLDER_DEPTH, FTW_DEPTH | FTW_PHYS);
}

void answering_path(const char *name, char path[PATH_MAX]) {
    snprintf(path, PATH_MAX, "%s/data/%s", folder, name);
}

size_t answering_file_count(const char *name) {
    char path[PATH_MAX];
    answering_path(name, path);
    DIR *directory = opendir(path);
    expect(directory != NULL);
    size_t count = 0;
    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        count += entry->d_name[0] != '.';
    }
    closedir(directory);
    return count;
}

struct service *answering_start(const struct route_table *routes) {
    char listen[PATH_MAX], data[PATH_MAX];
    struct lince_error error = LINCE_ERROR_INIT;
    expect(mkdtemp(folder) != NULL && atexit(folder_remove) == 0 && sodium_init() >= 0);
    snprintf(listen, sizeof listen, "listen=unix:%s/socket", folder);
    snprintf(data, sizeof data, "data=%s/data", folder);
    char start[] = "start=manual", log[] = "access-log=no", slow[] = "request-timeout=60s";
    char *flags[] = {listen, data, start, log, slow, NULL};
    service.routes = routes;
    service_meters_open(&service);
    enum lince_status status = settings_load(&service.settings, flags, &error);
    status = status == LINCE_OK ? layout_names_load(&service.layout_names, &service.process, &error) : status;
    status = status == LINCE_OK ? memory_plan_make(&service.settings, &service.plan, &error) : status;
    const struct store_place place = {.folder = SETTING_TEXT_OF(&service.settings, data)};
    status = status == LINCE_OK ? store_open(&place, STORE_SERVE, &service.store, &error) : status;
    service.plan.worker_count = 0; /* nothing is read */
    status = status == LINCE_OK ? dispatcher_open(&service, &service.dispatcher, &error) : status;
    status = status == LINCE_OK ? front_open(&service, &service.front, &error) : status;
    if (status != LINCE_OK) {
        fprintf(stderr, "the service did not start: %s\n", error.message);
        abort();
    }
    return &service;
}

static int connection_make(void) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const struct timeval wait = {.tv_sec = WAIT_S};
    snprintf(address.sun_path, sizeof address.sun_path, "%s/socket", folder);
    int made = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    expect(made >= 0 && setsockopt(made, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait) == 0);
    expect(setsockopt(made, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait) == 0);
    expect(connect(made, (const struct sockaddr *)&address, sizeof address) == 0);
    return made;
}

/* Gives how many bytes came back. */
static size_t answer_take(const char *bytes, size_t count) {
    int connection = connection_make();
    size_t used = 0;
    ssize_t got;
    while (count > 0 && (got = send(connection, bytes, count, MSG_NOSIGNAL)) > 0) {
        bytes += got;
        count -= (size_t)got;
    }
    while ((got = recv(connection, answer + used, ANSWER_BYTES - used, 0)) > 0) {
        used += (size_t)got;
    }
    close(connection);
    return used;
}

unsigned answering_ask(const char *bytes, size_t count, const char **body, size_t *body_bytes) {
    size_t used = 0;
    for (int i = 0; i < TRIES && used == 0; i++) { /* on a busy machine this client is cut off as too slow */
        used = answer_take(bytes, count);
    }
    answer[used] = '\0';
    const char *end = strstr(answer, "\r\n\r\n");
    expect(used < ANSWER_BYTES && end != NULL && strncmp(answer, "HTTP/1.1 ", 9) == 0);
    *body = end + 4;
    *body_bytes = used - (size_t)(*body - answer);
    const char *length = strstr(answer, "\r\nContent-Length: ");
    expect(length != NULL && length < end && strtoull(length + 18, NULL, 10) == *body_bytes);
    return (unsigned)strtoul(answer + 9, NULL, 10);
}
