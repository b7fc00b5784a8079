/* file_records.h - `--fields` and `--messenger`: what is written about each file besides its page. */
#ifndef LINCE_CLI_READ_FILE_RECORDS_H
#define LINCE_CLI_READ_FILE_RECORDS_H

#include <stdbool.h>

#include "base/arena.h"
#include "earlier/messenger.h"
#include "lince.h"

struct lince_engine;
struct meter;

enum { RECORD_LAYOUTS_MOST = 32 };

/* The layouts of a run; all zero without `--fields`. */
struct records {
    struct lince_layouts *layouts;
    char *list; /* owned: the names, split at commas */
    const char *names[RECORD_LAYOUTS_MOST];
    size_t name_count;
};

struct read_options;

/* The layouts, folder and thresholds asked for. Memory counts on the engine's tree. */
enum lince_status records_open(struct records *records, struct lince_engine *engine, struct meter *meter,
                               const struct read_options *asked, struct lince_error *error);
void records_close(struct records *records, struct lince_engine *engine);

/* The data of one file. */
struct file_record {
    struct lince_record *record; /* NULL: not requested */
    bool has_messenger;
    struct messenger messenger;
    struct messenger_extra extra; /* the same, for the output */
    struct arena arena;           /* owns the messenger's texts */
};

/* Makes what was requested; `made` must be zero. Free it whatever is returned. */
enum lince_status file_record_make(const struct records *records, struct meter *meter, bool messenger, const char *path,
                                   const struct lince_page *page, struct file_record *made, struct lince_error *error);
void file_record_free(struct file_record *made);

#endif
