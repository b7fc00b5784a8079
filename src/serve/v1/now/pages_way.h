/*
 * pages_way.h - the ways to answer with the pages and the fields of a file that is read now: JSON, lines of JSON, a
 * table. pages_now.c reads the pages one after another and hands them to one of these.
 */
#ifndef LINCE_SERVE_V1_NOW_PAGES_WAY_H
#define LINCE_SERVE_V1_NOW_PAGES_WAY_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "output/collected_pages.h"
#include "serve/http/request.h"
#include "serve/v1/handlers.h"

struct pages_way;

enum { FILE_WHOLE = 1 }; /* index in request->files: what is written of the pages so far */

/* A page's own record in that file. */
struct pages_record_kept {
    uint64_t at;
    uint32_t bytes, number;
};

/* State between two pages. */
struct pages_now {
    const struct pages_way *way;
    uint32_t first, last;            /* numbers of the pages that are asked for */
    uint32_t found;                  /* pages of the file */
    bool has_pages;                  /* its format has pages */
    bool has_document;               /* the fields of all pages together are wanted */
    bool is_record;                  /* the worker was asked for them */
    uint32_t read_count, first_read; /* pages that could be read, and the number of the first one */
    uint64_t bytes;                  /* of the file that is written */
    struct collected_pages collected;
    char *not_read;
    struct pages_record_kept kept[FORM_NOW_PAGES_MOST]; /* of a table */
    size_t kept_count;
    struct arena_mark mark;
};

struct pages_way {
    const char *name, *media_type;
    /* Whether the fields of all pages together are part of the answer, for such a file. */
    bool (*wants_document)(const struct pages_now *work);
    /* All return false after answering with a problem. `begin` may be NULL. */
    bool (*begin)(struct request *request, struct pages_now *work);
    /* Adds a page that was read and its record, which it may change. */
    bool (*read)(struct request *request, struct pages_now *work, uint32_t number, json_t *page, json_t *record);
    /* Adds a page that could not be read. Takes why: code and message. */
    bool (*unread)(struct request *request, struct pages_now *work, uint32_t number, json_t *error);
    /* Answers. `answer`: of the worker that was asked for the document's fields; NULL: it was not. */
    void (*end)(struct request *request, struct pages_now *work, json_t *answer);
};

/* pages_objects.c */
extern const struct pages_way pages_objects_json, pages_objects_lines;
/* pages_table.c */
extern const struct pages_way pages_table_csv, pages_table_workbook;

/* ---- for the ways ---- */

/* Appends to the file. False after answering with a problem. */
bool pages_text_append(struct request *request, struct pages_now *work, const char *text, size_t count);
/* Appends the object, without its closing brace if `is_open`. Takes `json`. False after answering with a problem. */
bool pages_object_append(struct request *request, struct pages_now *work, json_t *json, bool is_open);
/* Why the worker did not do what it was asked: code and message. */
json_t *pages_error_json(struct request *request);

#endif
