/* s3.c - sends requests over a few kept connections, and decides by each answer whether to try again. */
#include "store/s3/s3.h"

#include <curl/curl.h>
#include <errno.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/reason.h"
#include "store/s3/s3_credentials.h"

enum {
    CONNECTIONS = 8,
    ATTEMPTS = 5,
    PAUSE_MS = 100,     /* before the second attempt; then twice as long each time */
    PATIENCE_MS = 4000, /* after which no further attempt begins */
    REST_MS = 1000,     /* after a failure no request is sent for so long; then one at a time, until one is answered */
    CONNECT_MS = 3000,
    STALL_S = 3, /* an attempt slower than STALL_BYTES a second for so long is given up */
    STALL_BYTES = 512,
    WHOLE_S = 120,
    CODE_BYTES = 64,
    PROBLEM_BYTES = 1024,
    HASH_TEXT_BYTES = 2 * crypto_hash_sha256_BYTES + 1
};
#define HASH_OF_NOTHING "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

struct s3 {
    struct s3_address address;
    pthread_mutex_t lock; /* guards what follows */
    pthread_cond_t changed;
    CURL *idle[CONNECTIONS];
    int idle_count;
    bool is_failing,
        is_tried_out; /* the last request had no answer; one request is testing whether the store is back */
    int64_t rest_until_ms;
};

enum method { METHOD_PUT, METHOD_GET, METHOD_DELETE };

struct exchange {
    enum method method;
    const char *name, *sha256;
    int descriptor; /* of the file that is sent, or written */
    uint64_t bytes_count, sent_bytes;
    crypto_hash_sha256_state hash;
    CURL *curl;
    bool has_failed_to_write; /* the file, with errno */
    int write_error;
    char problem[PROBLEM_BYTES]; /* the beginning of an answer that is a failure */
    size_t problem_bytes;
    long status;                               /* of HTTP; 0: no answer */
    char reason[CURL_ERROR_SIZE + CODE_BYTES]; /* why there was none, or the failure's code */
};

static enum lince_status no_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the store of images",
                     "no hay memoria para el almacén de imágenes");
}

enum lince_status s3_open(const struct s3_address *address, struct s3 **s3, struct lince_error *error) {
    struct s3 *opened = calloc(1, sizeof *opened);
    *s3 = NULL;
    if (opened == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != 0) {
        free(opened);
        return no_memory(error);
    }
    opened->address = *address;
    pthread_mutex_init(&opened->lock, NULL);
    pthread_cond_init(&opened->changed, NULL);
    while (opened->idle_count < CONNECTIONS && (opened->idle[opened->idle_count] = curl_easy_init()) != NULL) {
        opened->idle_count++;
    }
    if (opened->idle_count == 0) {
        s3_close(opened);
        return no_memory(error);
    }
    *s3 = opened;
    return LINCE_OK;
}

void s3_close(struct s3 *s3) {
    if (s3 == NULL) {
        return;
    }
    while (s3->idle_count > 0) {
        curl_easy_cleanup(s3->idle[--s3->idle_count]);
    }
    pthread_cond_destroy(&s3->changed);
    pthread_mutex_destroy(&s3->lock);
    free(s3);
    curl_global_cleanup();
}

/* ---- a request ---- */

static CURL *handle_borrow(struct s3 *s3) {
    pthread_mutex_lock(&s3->lock);
    while (s3->idle_count == 0) {
        pthread_cond_wait(&s3->changed, &s3->lock);
    }
    CURL *curl = s3->idle[--s3->idle_count];
    pthread_mutex_unlock(&s3->lock);
    return curl;
}

static void handle_return(struct s3 *s3, CURL *curl) {
    pthread_mutex_lock(&s3->lock);
    s3->idle[s3->idle_count++] = curl;
    pthread_cond_signal(&s3->changed);
    pthread_mutex_unlock(&s3->lock);
}

static size_t file_send(char *bytes, size_t size, size_t count, void *context) {
    struct exchange *exchange = context;
    uint64_t left = exchange->bytes_count - exchange->sent_bytes;
    size_t wanted = size * count < left ? size * count : (size_t)left;
    ssize_t got;
    do {
        got = pread(exchange->descriptor, bytes, wanted, (off_t)exchange->sent_bytes);
    } while (got < 0 && errno == EINTR);
    if (got < 0 || (got == 0 && wanted > 0)) {
        return CURL_READFUNC_ABORT;
    }
    exchange->sent_bytes += (uint64_t)got;
    return (size_t)got;
}

static int file_seek(void *context, curl_off_t offset, int origin) {
    struct exchange *exchange = context;
    if (origin != SEEK_SET || offset < 0) {
        return CURL_SEEKFUNC_CANTSEEK;
    }
    exchange->sent_bytes = (uint64_t)offset;
    return CURL_SEEKFUNC_OK;
}

/* Writes the object into the file. Of an answer that is a failure it keeps the beginning, which has the code. */
static size_t answer_take(char *bytes, size_t size, size_t count, void *context) {
    struct exchange *exchange = context;
    size_t all = size * count;
    long status = 0;
    curl_easy_getinfo(exchange->curl, CURLINFO_RESPONSE_CODE, &status);
    if (status == 200 && exchange->method == METHOD_GET) {
        crypto_hash_sha256_update(&exchange->hash, (const unsigned char *)bytes, all);
        exchange->has_failed_to_write = !file_write_all(exchange->descriptor, bytes, all);
        exchange->write_error = errno;
        return exchange->has_failed_to_write ? 0 : all;
    }
    size_t room = sizeof exchange->problem - 1 - exchange->problem_bytes, kept = all < room ? all : room;
    memcpy(exchange->problem + exchange->problem_bytes, bytes, kept);
    exchange->problem_bytes += kept;
    return all;
}

static struct curl_slist *headers_make(const struct exchange *exchange, const struct s3_credentials *credentials) {
    char line[S3_TOKEN_BYTES + 64];
    snprintf(line, sizeof line, "x-amz-content-sha256: %s",
             exchange->method == METHOD_PUT ? exchange->sha256 : HASH_OF_NOTHING);
    struct curl_slist *headers = curl_slist_append(NULL, line);
    if (credentials->token[0] != '\0') {
        snprintf(line, sizeof line, "x-amz-security-token: %s", credentials->token);
        headers = curl_slist_append(headers, line);
    }
    if (exchange->method == METHOD_PUT) {
        headers = curl_slist_append(headers, "If-None-Match: *");
        headers = curl_slist_append(headers, "Content-Type: application/octet-stream");
    }
    sodium_memzero(line, sizeof line);
    return headers;
}

static void method_set(CURL *curl, struct exchange *exchange) {
    if (exchange->method == METHOD_PUT) {
        curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)exchange->bytes_count);
        curl_easy_setopt(curl, CURLOPT_READFUNCTION, file_send);
        curl_easy_setopt(curl, CURLOPT_READDATA, exchange);
        curl_easy_setopt(curl, CURLOPT_SEEKFUNCTION, file_seek);
        curl_easy_setopt(curl, CURLOPT_SEEKDATA, exchange);
    } else if (exchange->method == METHOD_DELETE) {
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, "DELETE");
    }
}

/* Sets all options of a request except its headers. */
static void options_set(const struct s3 *s3, CURL *curl, struct exchange *exchange, const char *key) {
    char url[S3_URL_BYTES], signature[S3_REGION_BYTES + 16];
    const char *authorities = getenv("AWS_CA_BUNDLE");
    s3_address_url(&s3->address, exchange->name, url);
    snprintf(signature, sizeof signature, "aws:amz:%s:s3", s3->address.region);
    curl_easy_reset(curl); /* connections stay */
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_AWS_SIGV4, signature);
    curl_easy_setopt(curl, CURLOPT_USERPWD, key);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "lince/" LINCE_VERSION);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, (long)STALL_BYTES);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, (long)STALL_S);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)WHOLE_S);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, answer_take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, exchange);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, exchange->reason);
    if (authorities != NULL && *authorities != '\0') {
        curl_easy_setopt(curl, CURLOPT_CAINFO, authorities);
    }
    method_set(curl, exchange);
}

/* "<Code>AccessDenied</Code>" */
static void problem_code(const struct exchange *exchange, char code[CODE_BYTES]) {
    const char *begin = strstr(exchange->problem, "<Code>");
    size_t count = begin == NULL ? 0 : strcspn(begin + 6, "<");
    snprintf(code, CODE_BYTES, "%.*s", (int)count, begin == NULL ? "" : begin + 6);
}

static void exchange_once(struct s3 *s3, struct exchange *exchange, const struct s3_credentials *credentials) {
    CURL *curl = exchange->curl;
    struct curl_slist *headers = headers_make(exchange, credentials);
    char code[CODE_BYTES];
    exchange->sent_bytes = exchange->problem_bytes = 0;
    exchange->status = 0;
    exchange->reason[0] = '\0';
    memset(exchange->problem, 0, sizeof exchange->problem);
    crypto_hash_sha256_init(&exchange->hash);
    options_set(s3, curl, exchange, credentials->key);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    CURLcode result = curl_easy_perform(curl);
    if (result == CURLE_OK) {
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &exchange->status);
        problem_code(exchange, code);
        snprintf(exchange->reason, sizeof exchange->reason, "%ld%s%s", exchange->status, *code == '\0' ? "" : " ",
                 code);
    } else if (exchange->reason[0] == '\0') {
        snprintf(exchange->reason, sizeof exchange->reason, "%s", curl_easy_strerror(result));
    }
    curl_easy_setopt(curl, CURLOPT_USERPWD, NULL);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, NULL);
    curl_slist_free_all(headers);
}

/* ---- attempts ---- */

static bool is_done(const struct exchange *exchange) {
    return exchange->status / 100 == 2 || (exchange->method == METHOD_PUT && exchange->status == 412);
}

static bool is_missing(const struct exchange *exchange) {
    return exchange->status == 404 && strstr(exchange->problem, "NoSuchBucket") == NULL;
}

/* Whether to try again: no answer, too many requests, or an error of the server. */
static bool is_passing(const struct exchange *exchange) {
    return !exchange->has_failed_to_write &&
           (exchange->status == 0 || exchange->status == 408 || exchange->status == 409 || exchange->status == 429 ||
            exchange->status >= 500);
}

static void attempt_pause(int attempt) {
    uint32_t ms = PAUSE_MS << attempt;
    clock_pause_ms(ms / 2 + randombytes_uniform(ms));
}

static bool is_whole(struct exchange *exchange) {
    unsigned char bytes[crypto_hash_sha256_BYTES];
    char text[HASH_TEXT_BYTES];
    crypto_hash_sha256_final(&exchange->hash, bytes);
    sodium_bin2hex(text, sizeof text, bytes, sizeof bytes);
    return strcmp(text, exchange->sha256) == 0;
}

static enum lince_status status_of(const struct s3 *s3, const struct exchange *exchange, struct lince_error *error) {
    if (exchange->has_failed_to_write) {
        return error_set(error, LINCE_ERROR_WRITE, "an image cannot be written (%s); make room in the data folder",
                         "no se puede escribir una imagen (%s); haga sitio en la carpeta de datos",
                         reason_for(error, exchange->write_error));
    }
    if (is_missing(exchange) && exchange->method == METHOD_GET) {
        return error_set(error, LINCE_ERROR_NOT_FOUND, "there is no image %s", "no existe la imagen %s",
                         exchange->name);
    }
    if (is_passing(exchange)) {
        return error_set(error, LINCE_ERROR_UNREADABLE,
                         "the store of images does not answer (%.100s); try again when it does",
                         "el almacén de imágenes no responde (%.100s); inténtelo cuando responda", exchange->reason);
    }
    return error_set(error, LINCE_ERROR_UNREADABLE,
                     "the store of images refuses (%.100s); look at the key, its rights, the bucket %s and the region "
                     "%s",
                     "el almacén de imágenes se niega (%.100s); revise la clave, sus permisos, el bucket %s y la "
                     "región %s",
                     exchange->reason, s3->address.bucket, s3->address.region);
}

/* Empties the file again before the next attempt. */
static void file_empty(struct exchange *exchange) {
    if (exchange->method == METHOD_GET &&
        (ftruncate(exchange->descriptor, 0) != 0 || lseek(exchange->descriptor, 0, SEEK_SET) != 0)) {
        exchange->has_failed_to_write = true;
        exchange->write_error = errno;
    }
}

static enum lince_status attempts_make(struct s3 *s3, struct exchange *exchange,
                                       const struct s3_credentials *credentials, int attempts,
                                       struct lince_error *error) {
    int64_t until_ms = clock_now_ms() + PATIENCE_MS;
    bool was_damaged = false;
    for (int attempt = 0; attempt < attempts; attempt++) {
        if (attempt > 0) {
            attempt_pause(attempt - 1);
            file_empty(exchange);
        }
        if (!exchange->has_failed_to_write) {
            exchange_once(s3, exchange, credentials);
        }
        bool is_right = exchange->method != METHOD_GET || exchange->status != 200 || is_whole(exchange);
        if (is_done(exchange) && is_right) {
            return LINCE_OK;
        }
        if (is_done(exchange) && was_damaged) { /* damaged twice, so not by the connection */
            return error_set(error, LINCE_ERROR_DAMAGED, "the image %s is not what was kept; restore a backup",
                             "la imagen %s no es lo que se guardó; recupere una copia", exchange->name);
        }
        was_damaged = is_done(exchange);
        if (!was_damaged && (!is_passing(exchange) || clock_now_ms() > until_ms)) {
            break;
        }
    }
    return exchange->method == METHOD_DELETE && is_missing(exchange) ? LINCE_OK : status_of(s3, exchange, error);
}

/*
 * Whether to send the request, and how often (`*attempts`). A store that does not answer would otherwise block every
 * thread that needs it.
 */
static bool may_ask(struct s3 *s3, int *attempts) {
    pthread_mutex_lock(&s3->lock);
    bool may = !s3->is_failing || (!s3->is_tried_out && clock_now_ms() >= s3->rest_until_ms);
    s3->is_tried_out = s3->is_tried_out || (may && s3->is_failing);
    *attempts = s3->is_failing ? 1 : ATTEMPTS;
    pthread_mutex_unlock(&s3->lock);
    return may;
}

static void answer_note(struct s3 *s3, bool has_answered, bool was_tried_out) {
    pthread_mutex_lock(&s3->lock);
    s3->is_failing = !has_answered;
    s3->rest_until_ms = clock_now_ms() + REST_MS;
    s3->is_tried_out = s3->is_tried_out && !was_tried_out;
    pthread_mutex_unlock(&s3->lock);
}

static enum lince_status exchange_do(struct s3 *s3, struct exchange *exchange, struct lince_error *error) {
    struct s3_credentials credentials;
    int attempts;
    enum lince_status status = s3_credentials_read(&credentials, error);
    if (status == LINCE_OK && !may_ask(s3, &attempts)) {
        snprintf(exchange->reason, sizeof exchange->reason, "%s",
                 in_language(error == NULL ? LINCE_ENGLISH : error->language, "it did not a moment ago",
                             "no lo hizo hace un momento"));
        status = status_of(s3, exchange, error);
    } else if (status == LINCE_OK) {
        exchange->curl = handle_borrow(s3);
        status = attempts_make(s3, exchange, &credentials, attempts, error);
        handle_return(s3, exchange->curl);
        answer_note(s3, !is_passing(exchange), attempts == 1);
    }
    s3_credentials_forget(&credentials);
    return status;
}

enum lince_status s3_put(struct s3 *s3, const char *name, const char *sha256, int descriptor, uint64_t count,
                         struct lince_error *error) {
    struct exchange exchange = {
        .method = METHOD_PUT, .name = name, .sha256 = sha256, .descriptor = descriptor, .bytes_count = count};
    return exchange_do(s3, &exchange, error);
}

enum lince_status s3_take(struct s3 *s3, const char *name, const char *sha256, int descriptor,
                          struct lince_error *error) {
    struct exchange exchange = {.method = METHOD_GET, .name = name, .sha256 = sha256, .descriptor = descriptor};
    return exchange_do(s3, &exchange, error);
}

enum lince_status s3_remove(struct s3 *s3, const char *name, struct lince_error *error) {
    struct exchange exchange = {.method = METHOD_DELETE, .name = name};
    return exchange_do(s3, &exchange, error);
}
