/* session_cookie.c - sessions as signed cookies: "ID.END.SIGNATURE". */
#include "serve/http/session_cookie.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIGNATURE_BYTES = 32, SIGNATURE_TEXT_BYTES = 2 * SIGNATURE_BYTES + 1, CONTENT_BYTES = 96 };
static const char NAME[] = "lince_session";
static const int64_t SESSION_SECONDS = INT64_C(7) * 24 * 3600;

static void sign(const struct request *request, const char *content, char text[SIGNATURE_TEXT_BYTES]) {
    unsigned char signature[SIGNATURE_BYTES];
    char signed_text[CONTENT_BYTES + 16];
    snprintf(signed_text, sizeof signed_text, "session:%s", content);
    crypto_generichash(signature, sizeof signature, (const unsigned char *)signed_text, strlen(signed_text),
                       request->service->secret, sizeof request->service->secret);
    sodium_bin2hex(text, SIGNATURE_TEXT_BYTES, signature, sizeof signature);
}

/* SameSite=Strict: pages of other sites cannot make a browser send it. */
static void cookie_write(const struct request *request, const char *value, int64_t seconds,
                         char cookie[SESSION_BYTES]) {
    bool has_tls = SETTING_TEXT_OF(&request->service->settings, tls_certificate)[0] != '\0';
    snprintf(cookie, SESSION_BYTES, "%s=%s; Path=/; Max-Age=%lld; HttpOnly; SameSite=Strict%s", NAME, value,
             (long long)seconds, has_tls ? "; Secure" : "");
}

void session_cookie(const struct request *request, const char *key_id, char cookie[SESSION_BYTES]) {
    char content[CONTENT_BYTES], signature[SIGNATURE_TEXT_BYTES], value[CONTENT_BYTES + SIGNATURE_TEXT_BYTES];
    long long until = store_now_ms() / 1000 + SESSION_SECONDS;
    snprintf(content, sizeof content, "%s.%lld", key_id, until);
    sign(request, content, signature);
    snprintf(value, sizeof value, "%s.%s", content, signature);
    cookie_write(request, value, SESSION_SECONDS, cookie);
}

void session_end(const struct request *request, char cookie[SESSION_BYTES]) {
    cookie_write(request, "", 0, cookie);
}

bool session_key_id(const struct request *request, char id[ID_BYTES]) {
    char content[CONTENT_BYTES], signature[SIGNATURE_TEXT_BYTES];
    const char *value = MHD_lookup_connection_value(request->connection, MHD_COOKIE_KIND, NAME);
    const char *last = value == NULL ? NULL : strrchr(value, '.');
    if (last == NULL || (size_t)(last - value) >= sizeof content || strlen(last + 1) != SIGNATURE_TEXT_BYTES - 1) {
        return false;
    }
    snprintf(content, sizeof content, "%.*s", (int)(last - value), value);
    sign(request, content, signature);
    const char *end = strrchr(content, '.');
    if (sodium_memcmp(signature, last + 1, SIGNATURE_TEXT_BYTES - 1) != 0 || end == NULL ||
        strtoll(end + 1, NULL, 10) < store_now_ms() / 1000 || end - content >= ID_BYTES) {
        return false;
    }
    snprintf(id, ID_BYTES, "%.*s", (int)(end - content), content);
    return true;
}
