/* file_records.c - opens the layouts once for a run, and makes the record of each page. */
#include "cli/read/file_records.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/meter.h"
#include "cli/read/run.h"
#include "engine/engine.h"
#include "fields/records.h"

static enum lince_status names_split(struct records *records, struct meter *meter, const char *list,
                                     struct lince_error *error) {
    records->list = meter_copy_text(meter, list);
    if (records->list == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the names of the layouts",
                         "no hay memoria para los nombres de las plantillas");
    }
    for (char *name = records->list; name != NULL;) {
        char *comma = strchr(name, ',');
        if (records->name_count == RECORD_LAYOUTS_MOST) {
            return error_set(error, LINCE_ERROR_ARGUMENT, "--layout takes at most %d names",
                             "--layout toma %d nombres como mucho", (int)RECORD_LAYOUTS_MOST);
        }
        records->names[records->name_count++] = name;
        name = comma == NULL ? NULL : comma + 1;
        if (comma != NULL) {
            *comma = '\0';
        }
    }
    return LINCE_OK;
}

/* A wrong name is reported once, before anything is read. */
static enum lince_status names_check(const struct records *records, struct lince_error *error) {
    for (size_t i = 0; i < records->name_count; i++) {
        bool known = false;
        for (size_t j = 0; j < lince_layouts_count(records->layouts); j++) {
            known = known || strcmp(lince_layouts_name(records->layouts, j), records->names[i]) == 0;
        }
        if (!known) {
            return error_set(
                error, LINCE_ERROR_ARGUMENT, "there is no layout \"%.60s\"; `lince layouts list` shows all of them",
                "no existe la plantilla \"%.60s\"; `lince layouts list` las muestra todas", records->names[i]);
        }
    }
    return LINCE_OK;
}

enum lince_status records_open(struct records *records, struct lince_engine *engine, struct meter *meter,
                               const struct read_options *asked, struct lince_error *error) {
    struct lince_layouts_options options = LINCE_LAYOUTS_OPTIONS_DEFAULTS;
    options.folder = asked->layouts != NULL ? asked->layouts : getenv("LINCE_LAYOUTS");
    options.review = asked->review != NULL ? asked->review : getenv("LINCE_REVIEW");
    enum lince_status status = engine_layouts_open(engine, &options, &records->layouts, error);
    if (status == LINCE_OK && asked->layout != NULL) {
        status = names_split(records, meter, asked->layout, error);
    }
    return status == LINCE_OK ? names_check(records, error) : status;
}

void records_close(struct records *records, struct lince_engine *engine) {
    meter_free(records->list);
    engine_layouts_close(engine, records->layouts);
    *records = (struct records){0};
}

enum lince_status file_record_make(const struct records *records, struct meter *meter, bool messenger, const char *path,
                                   const struct lince_page *page, struct file_record *made, struct lince_error *error) {
    enum lince_status status = LINCE_OK;
    if (records->layouts != NULL) {
        status =
            lince_record_extract(records->layouts, page, records->names, records->name_count, &made->record, error);
    }
    if (status == LINCE_OK && messenger) {
        arena_init(&made->arena, meter, 2048);
        status = messenger_read(&made->arena, path, &made->messenger, error);
        made->has_messenger = status == LINCE_OK;
    }
    if (made->has_messenger) {
        messenger_extra_make(&made->messenger, &made->extra);
    }
    return status;
}

void file_record_free(struct file_record *made) {
    lince_record_free(made->record);
    if (made->arena.meter != NULL) {
        arena_clear(&made->arena);
    }
    *made = (struct file_record){0};
}
