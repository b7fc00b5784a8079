/* page.c - the web page, embedded by the assembler; the server says in which language, the rest is the browser's. */
#include "serve/page/page.h"

#include <stdio.h>
#include <string.h>

#define EMBED(symbol, file)                                                                                            \
    extern const char(symbol)[], symbol##_end[];                                                                       \
    __asm__(".pushsection .rodata\n" #symbol ":\n"                                                                     \
            ".incbin \"" LINCE_SOURCE "/web/" file "\"\n" #symbol "_end:\n"                                            \
            ".popsection\n")

EMBED(page_html, "page.html");
EMBED(page_css, "page.css");
EMBED(page_batches, "batches.js");
EMBED(page_client, "client.js");
EMBED(page_document, "document.js");
EMBED(page_elements, "elements.js");
EMBED(page_list, "list.js");
EMBED(page_memory, "memory.js");
EMBED(page_start, "page.js");
EMBED(page_texts, "texts.js");
EMBED(page_upload, "upload.js");

/* Nothing from elsewhere, no inline code; pictures are fetched with the key and shown from the browser's own memory. */
static const char POLICY[] = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                             " img-src blob: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
static const char SCRIPT[] = "text/javascript; charset=utf-8";

static const struct page_file {
    const char *name, *media_type, *bytes, *end;
} files[] = {
    {"page.css", "text/css; charset=utf-8", page_css, page_css_end},
    {"batches.js", SCRIPT, page_batches, page_batches_end},
    {"client.js", SCRIPT, page_client, page_client_end},
    {"document.js", SCRIPT, page_document, page_document_end},
    {"elements.js", SCRIPT, page_elements, page_elements_end},
    {"list.js", SCRIPT, page_list, page_list_end},
    {"memory.js", SCRIPT, page_memory, page_memory_end},
    {"page.js", SCRIPT, page_start, page_start_end},
    {"texts.js", SCRIPT, page_texts, page_texts_end},
    {"upload.js", SCRIPT, page_upload, page_upload_end},
};

/* Takes the response. A program of another version must not be met with scripts that a browser kept. */
static void answer_page(struct request *request, const char *media_type, struct MHD_Response *response) {
    if (response != NULL) {
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, media_type);
        MHD_add_response_header(response, "Content-Security-Policy", POLICY);
        MHD_add_response_header(response, "Referrer-Policy", "no-referrer");
        MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-cache");
    }
    answer_response(request, MHD_HTTP_OK, response);
}

static void page_get(struct request *request) {
    size_t count = (size_t)(page_html_end - page_html);
    char head[64];
    int head_bytes = snprintf(head, sizeof head, "<!doctype html>\n<html lang=\"%s\">\n",
                              request->language == LINCE_SPANISH ? "es" : "en");
    char *whole = arena_allocate(&request->arena, (size_t)head_bytes + count);
    struct MHD_Response *response = NULL;
    if (whole != NULL) {
        memcpy(whole, head, (size_t)head_bytes);
        memcpy(whole + head_bytes, page_html, count);
        response = MHD_create_response_from_buffer((size_t)head_bytes + count, whole, MHD_RESPMEM_MUST_COPY);
    }
    if (response != NULL) {
        MHD_add_response_header(response, MHD_HTTP_HEADER_VARY, MHD_HTTP_HEADER_ACCEPT_LANGUAGE);
    }
    answer_page(request, "text/html; charset=utf-8", response);
}

static void page_file_get(struct request *request) {
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        if (strcmp(files[i].name, request->parameters[0]) == 0) {
            size_t count = (size_t)(files[i].end - files[i].bytes);
            void *bytes = (void *)(uintptr_t)files[i].bytes; /* only read, in spite of the type */
            answer_page(request, files[i].media_type,
                        MHD_create_response_from_buffer(count, bytes, MHD_RESPMEM_PERSISTENT));
            return;
        }
    }
    answer_problem(request, PROBLEM_NOT_FOUND, "the page has no file %s", "la página no tiene ningún archivo %s",
                   request->parameters[0]);
}

/* The page itself holds nothing secret: what it shows it asks for with the reader's key. */
const struct route page_routes[] = {
    {"GET", "/", SCOPE_NONE, BODY_NONE, page_get, ANY_QUERY},
    {"GET", "/dashboard", SCOPE_NONE, BODY_NONE, page_get, ANY_QUERY}, /* addresses of the earlier service's pages */
    {"GET", "/dashboard_old", SCOPE_NONE, BODY_NONE, page_get, ANY_QUERY},
    {"GET", "/page/{}", SCOPE_NONE, BODY_NONE, page_file_get, ANY_QUERY},
    {0},
};
