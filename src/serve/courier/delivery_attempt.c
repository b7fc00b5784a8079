/* delivery_attempt.c - signs a message and sends it once by libcurl. */
#include "serve/courier/delivery_attempt.h"

#include <curl/curl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "base/error.h"
#include "serve/courier/receiver_address.h"

enum { CONNECT_S = 5, WHOLE_S = 15, SECRET_RANDOM_BYTES = 24, ANSWER_BYTES = 4096 };

_Static_assert(DELIVERY_REASON_BYTES >= CURL_ERROR_SIZE, "libcurl writes its reasons there");

/* One message being sent. */
struct attempt {
    bool are_private_allowed;
    size_t answered_bytes;
    bool is_refused; /* all addresses of the name so far were private */
};

void delivery_secret(char text[DELIVERY_SECRET_BYTES]) {
    unsigned char random[SECRET_RANDOM_BYTES];
    randombytes_buf(random, sizeof random);
    strcpy(text, "whsec_");
    sodium_bin2base64(text + 6, DELIVERY_SECRET_BYTES - 6, random, sizeof random, sodium_base64_VARIANT_ORIGINAL);
}

static curl_socket_t socket_open(void *context, curlsocktype purpose, struct curl_sockaddr *address) {
    struct attempt *attempt = context;
    (void)purpose;
    attempt->is_refused = !attempt->are_private_allowed && receiver_address_is_private(&address->addr);
    return attempt->is_refused ? CURL_SOCKET_BAD
                               : socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* A receiver's answer is not used, and an endless one is cut off. */
// NOLINTNEXTLINE(readability-non-const-parameter)
static size_t answer_ignore(char *bytes, size_t size, size_t count, void *context) {
    struct attempt *attempt = context;
    (void)bytes;
    attempt->answered_bytes += size * count;
    return attempt->answered_bytes > ANSWER_BYTES ? 0 : size * count;
}

/* "v1," and the HMAC-SHA256 of "id.timestamp.body" in base 64. */
static bool sign(const struct delivery *delivery, const char *timestamp, char signature[64]) {
    unsigned char key[64], mac[crypto_auth_hmacsha256_BYTES];
    size_t key_bytes;
    crypto_auth_hmacsha256_state state;
    if (strncmp(delivery->secret, "whsec_", 6) != 0 ||
        sodium_base642bin(key, sizeof key, delivery->secret + 6, strlen(delivery->secret + 6), NULL, &key_bytes, NULL,
                          sodium_base64_VARIANT_ORIGINAL) != 0) {
        return false;
    }
    const char *const parts[] = {delivery->id, ".", timestamp, ".", delivery->body};
    crypto_auth_hmacsha256_init(&state, key, key_bytes);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        crypto_auth_hmacsha256_update(&state, (const unsigned char *)parts[i], strlen(parts[i]));
    }
    crypto_auth_hmacsha256_final(&state, mac);
    strcpy(signature, "v1,");
    sodium_bin2base64(signature + 3, 61, mac, sizeof mac, sodium_base64_VARIANT_ORIGINAL);
    sodium_memzero(key, sizeof key);
    return true;
}

static struct curl_slist *headers_make(const struct delivery *delivery) {
    char timestamp[24], signature[64], line[128];
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    snprintf(timestamp, sizeof timestamp, "%lld", (long long)(store_now_ms() / 1000));
    if (!sign(delivery, timestamp, signature)) {
        curl_slist_free_all(headers);
        return NULL;
    }
    snprintf(line, sizeof line, "webhook-id: %.60s", delivery->id);
    headers = curl_slist_append(headers, line);
    snprintf(line, sizeof line, "webhook-timestamp: %s", timestamp);
    headers = curl_slist_append(headers, line);
    snprintf(line, sizeof line, "webhook-signature: %s", signature);
    return curl_slist_append(headers, line);
}

/*
 * Writes into `reason` (CURL_ERROR_SIZE) why there was no answer, in our words or libcurl's. Reasons are stored in
 * English; serve/http/translation.h gives our own words in the reader's language.
 */
static void reason_write(CURLcode code, bool is_refused, char *reason) {
    char detail[CURL_ERROR_SIZE];
    snprintf(detail, sizeof detail, "%s", reason[0] == '\0' ? curl_easy_strerror(code) : reason);
    const char *format = "%s";
    if (is_refused) {
        format = in_language(LINCE_ENGLISH, "the address is private, and webhooks-private is no",
                             "la dirección es privada, y webhooks-private es no");
    } else if (code == CURLE_COULDNT_RESOLVE_HOST) {
        format =
            in_language(LINCE_ENGLISH, "the receiver's name was not found", "no se encontró el nombre del receptor");
    } else if (code == CURLE_COULDNT_CONNECT) {
        format =
            in_language(LINCE_ENGLISH, "the receiver does not take connections", "el receptor no acepta conexiones");
    } else if (code == CURLE_OPERATION_TIMEDOUT) {
        format = in_language(LINCE_ENGLISH, "the receiver did not answer in time", "el receptor no respondió a tiempo");
    } else if (code == CURLE_GOT_NOTHING) {
        format = in_language(LINCE_ENGLISH, "the receiver closed the connection without an answer",
                             "el receptor cerró la conexión sin responder");
    } else if (code == CURLE_PEER_FAILED_VERIFICATION) {
        format = in_language(LINCE_ENGLISH, "the receiver's certificate was not accepted: %.150s",
                             "no se aceptó el certificado del receptor: %.150s");
    }
    snprintf(reason, CURL_ERROR_SIZE, format, detail);
}

void delivery_attempt(const struct settings *settings, struct delivery *delivery, char reason[DELIVERY_REASON_BYTES]) {
    struct attempt attempt = {.are_private_allowed = SETTING_NUMBER(settings, webhooks_private) == 1};
    CURL *curl = curl_easy_init();
    struct curl_slist *headers = headers_make(delivery);
    long status = 0;
    reason[0] = '\0';
    if (curl == NULL || headers == NULL) {
        snprintf(reason, CURL_ERROR_SIZE, "%s",
                 in_language(LINCE_ENGLISH, "the message could not be made", "no se pudo formar el mensaje"));
    } else {
        curl_easy_setopt(curl, CURLOPT_URL, delivery->url);
        curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(curl, CURLOPT_PROXY, "");
        curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, delivery->body);
        curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(curl, CURLOPT_USERAGENT, "lince/" LINCE_VERSION);
        curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
        curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)WHOLE_S);
        curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, answer_ignore);
        curl_easy_setopt(curl, CURLOPT_WRITEDATA, &attempt);
        curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, reason);
        curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, socket_open);
        curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &attempt);
        CURLcode code = curl_easy_perform(curl);
        if (code == CURLE_OK || attempt.answered_bytes > ANSWER_BYTES) {
            reason[0] = '\0';
            curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
        } else {
            reason_write(code, attempt.is_refused, reason);
        }
    }
    delivery->last_status = status;
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
}
