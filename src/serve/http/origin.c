/*
 * origin.c - protects the service from web pages. A browser sends requests for any page that is open in it, so a page
 * could use a service that needs no key: by its address, or by a name of the page's own that is rebound to that
 * address. The browser reports both (Host, Origin, Sec-Fetch-Site), and no page can change that.
 */
#include "serve/http/origin.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/utsname.h>

#include "serve/http/request.h"

enum { HOST_BYTES = 256 };

/* The names that a service answers to. */
struct names {
    const char *hosts;   /* --host: names separated by commas; "" for none, "*" for any */
    const char *listen;  /* the configured address */
    bool takes_any;      /* any name works while none is configured */
    bool takes_undotted; /* the same for names without a dot, of containers and local networks */
};

/*
 * The name in "name:port" or "[::1]:port", in lower case, without brackets and the last dot; `port` is "" if there is
 * none.
 */
static bool host_split(const char *text, char name[HOST_BYTES], const char **port) {
    bool is_bracketed = *text == '[';
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";
    text += is_bracketed;
    size_t length = strspn(text, is_bracketed ? "0123456789abcdefABCDEF:." : letters);
    const char *rest = text + length;
    if (length == 0 || length >= HOST_BYTES || (is_bracketed && *rest++ != ']') || (*rest != '\0' && *rest != ':') ||
        (*rest == ':' && strspn(rest + 1, "0123456789") != strlen(rest + 1))) {
        return false;
    }
    *port = *rest == ':' ? rest + 1 : "";
    for (size_t i = 0; i < length; i++) {
        name[i] = (char)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] + ('a' - 'A') : text[i]);
    }
    length -= length > 1 && name[length - 1] == '.';
    name[length] = '\0';
    return true;
}

static bool is_address(const char *name) {
    unsigned char bytes[sizeof(struct in6_addr)];
    return inet_pton(AF_INET, name, bytes) == 1 || inet_pton(AF_INET6, name, bytes) == 1;
}

static bool ends_with(const char *text, const char *end) {
    size_t length = strlen(text), end_length = strlen(end);
    return length > end_length && strcmp(text + length - end_length, end) == 0;
}

/* Whether the list has that name; "*" is a name like others here. */
static bool is_listed(const char *list, const char *name) {
    size_t length = strlen(name);
    while (*list != '\0') {
        list += strspn(list, ", ");
        size_t listed = strcspn(list, ", ");
        if (listed == length && strncasecmp(list, name, length) == 0) {
            return true;
        }
        list += listed;
    }
    return false;
}

static bool is_this_machine(const char *name) {
    struct utsname machine;
    return uname(&machine) == 0 && strcasecmp(machine.nodename, name) == 0;
}

/*
 * Whether `host`, the value of a header, is one of the names. IP addresses and loopback names always are: no stranger
 * can make them lead elsewhere. An empty or malformed value is not.
 */
static bool is_known(const struct names *names, const char *host) {
    char name[HOST_BYTES], listen[HOST_BYTES];
    const char *port;
    if (!host_split(host, name, &port)) {
        return false;
    }
    if (is_address(name) || strcmp(name, "localhost") == 0 || ends_with(name, ".localhost") ||
        is_listed(names->hosts, name) || is_listed(names->hosts, "*") || is_this_machine(name) ||
        (host_split(names->listen, listen, &port) && strcmp(listen, name) == 0)) {
        return true;
    }
    return names->hosts[0] == '\0' && (names->takes_any || (names->takes_undotted && strchr(name, '.') == NULL));
}

static struct names names_of(const struct service *service) {
    return (struct names){.hosts = SETTING_TEXT_OF(&service->settings, host),
                          .listen = SETTING_TEXT_OF(&service->settings, listen),
                          .takes_any = service->needs_keys || service->is_at_unix_socket,
                          .takes_undotted = !service->is_at_loopback};
}

/* A client of HTTP/1.0 without a Host header is no browser. */
bool origin_check_host(struct request *request) {
    const char *host = request_header(request, MHD_HTTP_HEADER_HOST);
    struct names names = names_of(request->service);
    if (host == NULL || is_known(&names, host)) {
        return true;
    }
    answer_problem(request, PROBLEM_HOST,
                   "%.100s is no name of this service; if it should be, start it with --host %.100s",
                   "%.100s no es un nombre de este servicio; si debe serlo, arránquelo con --host %.100s", host, host);
    return false;
}

/* Whether the port is the default of its scheme. */
static bool is_usual_port(const char *port) {
    return *port == '\0' || strcmp(port, "80") == 0 || strcmp(port, "443") == 0;
}

/*
 * Whether "scheme://host:port" is the service's own page: at the request's own address, or with a configured name. "*"
 * lets a request come under any name; it makes no other site the service's own.
 */
static bool is_own(const struct request *request, const char *origin) {
    const char *host = request_header(request, MHD_HTTP_HEADER_HOST), *port, *asked_port;
    char name[HOST_BYTES], asked[HOST_BYTES];
    const char *rest = strstr(origin, "://");
    if (rest == NULL || (strncmp(origin, "http://", 7) != 0 && strncmp(origin, "https://", 8) != 0) ||
        !host_split(rest + 3, name, &port)) {
        return false;
    }
    if (is_listed(SETTING_TEXT_OF(&request->service->settings, host), name)) {
        return true;
    }
    return host != NULL && host_split(host, asked, &asked_port) && strcmp(name, asked) == 0 &&
           (strcmp(port, asked_port) == 0 || (is_usual_port(port) && is_usual_port(asked_port)));
}

static bool is_foreign(const struct request *request, bool is_write) {
    const char *site = request_header(request, "Sec-Fetch-Site"), *mode = request_header(request, "Sec-Fetch-Mode");
    const char *origin = request_header(request, MHD_HTTP_HEADER_ORIGIN);
    if (request_origin_is_allowed(request, origin)) {
        return false;
    }
    if (!is_write) { /* a link may lead here; the browser keeps other pages from reading the answer */
        return site != NULL && strcmp(site, "cross-site") == 0 && (mode == NULL || strcmp(mode, "navigate") != 0);
    }
    if (site != NULL) {
        return strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0;
    }
    return origin != NULL && !is_own(request, origin);
}

bool origin_check_site(struct request *request) {
    bool is_write = strcmp(request->method, "GET") != 0 && strcmp(request->method, "HEAD") != 0;
    if (!is_foreign(request, is_write)) {
        return true;
    }
    const char *origin = request_header(request, MHD_HTTP_HEADER_ORIGIN);
    answer_problem(request, PROBLEM_FOREIGN,
                   "a page of %.100s sent this; if it may, start the service with --cors-origin and its address",
                   "lo envió una página de %.100s; si puede, arranque el servicio con --cors-origin y su dirección",
                   origin != NULL ? origin : "another site");
    return false;
}
