/* receiver_address.c - the networks that are private, also within an IPv6 address. */
#include "serve/courier/receiver_address.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <string.h>

#include "base/error.h"

static bool is_private_4(uint32_t address) {
    static const struct {
        uint32_t network;
        int bits;
    } private[] = {{0x00000000, 8},  {0x0a000000, 8},  {0x64400000, 10}, {0x7f000000, 8},  {0xa9fe0000, 16},
                   {0xac100000, 12}, {0xc0000000, 24}, {0xc0a80000, 16}, {0xc6120000, 15}, {0xe0000000, 3}};
    for (size_t i = 0; i < sizeof private / sizeof *private; i++) {
        if (address >> (32 - private[i].bits) == private[i].network >> (32 - private[i].bits)) {
            return true;
        }
    }
    return false;
}

bool receiver_address_is_private(const struct sockaddr *address) {
    if (address->sa_family == AF_INET) {
        return is_private_4(ntohl(((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr));
    }
    if (address->sa_family != AF_INET6) {
        return true;
    }
    const struct in6_addr *six = &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr;
    /* Addresses that contain an IPv4 address: mapped, compatible, NAT64 (RFC 6052) or 6to4 (RFC 3056). */
    static const unsigned char nat64[12] = {0x00, 0x64, 0xff, 0x9b}, six_to_four[2] = {0x20, 0x02};
    static const unsigned char nat64_local[6] = {0x00, 0x64, 0xff, 0x9b, 0x00, 0x01}, teredo[4] = {0x20, 0x01};
    const unsigned char *bytes = six->s6_addr, *carried = NULL;
    if (IN6_IS_ADDR_V4MAPPED(six) || IN6_IS_ADDR_V4COMPAT(six) || memcmp(bytes, nat64, sizeof nat64) == 0) {
        carried = bytes + 12;
    } else if (memcmp(bytes, six_to_four, sizeof six_to_four) == 0) {
        carried = bytes + 2;
    }
    if (carried != NULL) {
        uint32_t four;
        memcpy(&four, carried, sizeof four);
        return is_private_4(ntohl(four));
    }
    return memcmp(bytes, nat64_local, sizeof nat64_local) == 0 || memcmp(bytes, teredo, sizeof teredo) == 0 ||
           IN6_IS_ADDR_LOOPBACK(six) || IN6_IS_ADDR_UNSPECIFIED(six) || IN6_IS_ADDR_LINKLOCAL(six) ||
           IN6_IS_ADDR_SITELOCAL(six) || IN6_IS_ADDR_MULTICAST(six) || (six->s6_addr[0] & 0xfe) == 0xfc;
}

const char *receiver_url_reason(const struct settings *settings, const char *url, enum lince_language language) {
    CURLU *parsed = curl_url();
    char *host = NULL, *scheme = NULL, *user = NULL;
    const char *reason = NULL;
    unsigned char four[4], six[16];
    struct sockaddr_in address = {.sin_family = AF_INET};
    struct sockaddr_in6 address6 = {.sin6_family = AF_INET6};
    if (parsed == NULL || curl_url_set(parsed, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK ||
        curl_url_get(parsed, CURLUPART_HOST, &host, 0) != CURLUE_OK || *host == '\0' ||
        curl_url_get(parsed, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK ||
        (strcmp(scheme, "http") != 0 && strcmp(scheme, "https") != 0)) {
        reason = in_language(language, "url must be an http or https address with a host",
                             "url debe ser una dirección http o https con servidor");
    } else if (curl_url_get(parsed, CURLUPART_USER, &user, 0) == CURLUE_OK) {
        reason = in_language(language, "url must not carry a user or a password",
                             "url no debe llevar usuario ni contraseña");
    } else if (SETTING_NUMBER(settings, webhooks_private) != 1) {
        size_t bytes = strlen(host);
        host[bytes - (host[bytes - 1] == ']')] = '\0';
        bool is_four = inet_pton(AF_INET, host, four) == 1;
        bool is_six = !is_four && inet_pton(AF_INET6, host + (*host == '['), six) == 1;
        memcpy(&address.sin_addr, four, is_four ? sizeof four : 0);
        memcpy(&address6.sin6_addr, six, is_six ? sizeof six : 0);
        if ((is_four && receiver_address_is_private((const struct sockaddr *)&address)) ||
            (is_six && receiver_address_is_private((const struct sockaddr *)&address6)) ||
            strcmp(host, "localhost") == 0) {
            reason = in_language(language, "url is a private address; they are called only with webhooks-private yes",
                                 "url es una dirección privada; solo se llaman con webhooks-private yes");
        }
    }
    curl_free(host);
    curl_free(scheme);
    curl_free(user);
    curl_url_cleanup(parsed);
    return reason;
}
