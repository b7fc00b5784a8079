/* page_serve.c - the web page: the server sets the language, the browser does the rest. */
#include "serve/page/page_serve.h"

#include <stdio.h>
#include <string.h>

#include "serve/page/page_file.h"

/* Nothing from other servers and no inline code. Pictures being uploaded are shown from the browser's own memory. */
static const char POLICY[] = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                             " img-src 'self' blob: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

static const char *media_type_of(const char *name) {
    const char *dot = strrchr(name, '.');
    if (dot != NULL && strcmp(dot, ".css") == 0) {
        return "text/css; charset=utf-8";
    }
    return dot != NULL && strcmp(dot, ".svg") == 0 ? "image/svg+xml" : "text/javascript; charset=utf-8";
}

/* Without revalidation, a browser could run old scripts with a new version of the program. An address with the version
 * never means other bytes. */
static const char REVALIDATED[] = "no-cache", KEPT[] = "public, max-age=31536000, immutable";

/* Takes the response. */
static void answer_page(struct request *request, unsigned status, const char *media_type, const char *caching,
                        struct MHD_Response *response) {
    if (response != NULL) {
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, media_type);
        MHD_add_response_header(response, "Content-Security-Policy", POLICY);
        MHD_add_response_header(response, "Referrer-Policy", "no-referrer");
        MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, caching);
    }
    answer_response(request, status, response);
}

/* What the first view asks for, for browsers to fetch while they still load the script: web/state/documents.js asks for
 * the same. Where keys are needed, only the page knows what its key may read. */
static const char LIST[] = "<v1/documents?limit=30>; rel=preload; as=fetch; crossorigin";

static void page_get(struct request *request) {
    size_t count = (size_t)(page_document.end - page_document.bytes);
    char head[64];
    int head_bytes = snprintf(head, sizeof head, "<!doctype html>\n<html lang=\"%s\">\n",
                              request->language == LINCE_SPANISH ? "es" : "en");
    char *whole = arena_allocate(&request->arena, (size_t)head_bytes + count);
    struct MHD_Response *response = NULL;
    if (whole != NULL) {
        memcpy(whole, head, (size_t)head_bytes);
        memcpy(whole + head_bytes, page_document.bytes, count);
        response = MHD_create_response_from_buffer((size_t)head_bytes + count, whole, MHD_RESPMEM_MUST_COPY);
    }
    if (response != NULL) {
        MHD_add_response_header(response, MHD_HTTP_HEADER_VARY, MHD_HTTP_HEADER_ACCEPT_LANGUAGE);
    }
    if (response != NULL && !request->service->needs_keys) {
        MHD_add_response_header(response, "Link", LIST);
    }
    answer_page(request, MHD_HTTP_OK, "text/html; charset=utf-8", REVALIDATED, response);
}

static const struct page_file *file_find(const char *name) {
    for (size_t i = 0; i < page_file_count; i++) {
        if (strcmp(page_files[i].name, name) == 0) {
            return &page_files[i];
        }
    }
    return NULL;
}

static bool header_holds(struct request *request, const char *name, const char *word) {
    const char *value = request_header(request, name);
    return value != NULL && strstr(value, word) != NULL;
}

static void answer_page_file(struct request *request, const struct page_file *file, const char *caching) {
    snprintf(request->etag, sizeof request->etag, "W/%s", file->tag);
    bool is_known = answer_etag_is_known(request);
    bool is_packed = !is_known && header_holds(request, MHD_HTTP_HEADER_ACCEPT_ENCODING, "gzip");
    const char *bytes = is_packed ? file->packed : file->bytes, *end = is_packed ? file->packed_end : file->end;
    size_t count = is_known ? 0 : (size_t)(end - bytes);
    struct MHD_Response *response = /* only read, despite its type */
        MHD_create_response_from_buffer(count, (void *)(uintptr_t)bytes, MHD_RESPMEM_PERSISTENT);
    if (response != NULL) {
        MHD_add_response_header(response, MHD_HTTP_HEADER_VARY, MHD_HTTP_HEADER_ACCEPT_ENCODING);
    }
    if (response != NULL && is_packed) {
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_ENCODING, "gzip");
    }
    answer_page(request, is_known ? MHD_HTTP_NOT_MODIFIED : MHD_HTTP_OK, media_type_of(file->name), caching, response);
}

static bool is_version(const char *part) {
    return strlen(part) == strlen(page_version) && strspn(part, "0123456789abcdef") == strlen(part);
}

/* A page opened before the program changed still finds files below its own version, but the browser does not keep them.
 */
static void page_file_get(struct request *request) {
    const char *const *parts = request->parameters;
    bool is_versioned = is_version(parts[0]) && parts[1] != NULL;
    const char *caching = is_versioned && strcmp(parts[0], page_version) == 0 ? KEPT : REVALIDATED;
    const char *name = parts[is_versioned];
    const struct page_file *file = file_find(name);
    if (file == NULL) {
        answer_problem(request, PROBLEM_NOT_FOUND, "the page has no file %s", "la página no tiene ningún archivo %s",
                       name);
        return;
    }
    answer_page_file(request, file, caching);
}

/* The page itself holds nothing secret: it requests its data with the reader's key. */
const struct route page_routes[] = {
    {"GET", "/", SCOPE_NONE, BODY_NONE, page_get, ANY_QUERY},
    {"GET", "/dashboard", SCOPE_NONE, BODY_NONE, page_get, ANY_QUERY}, /* addresses of the earlier service's pages */
    {"GET", "/dashboard_old", SCOPE_NONE, BODY_NONE, page_get, ANY_QUERY},
    {"GET", "/page/{}", SCOPE_NONE, BODY_NONE, page_file_get, ANY_QUERY},
    {"GET", "/page/{}/{}", SCOPE_NONE, BODY_NONE, page_file_get, ANY_QUERY},
    {0},
};
