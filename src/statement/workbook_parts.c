/* workbook_parts.c - workbook.xml, its relationships, sharedStrings.xml and styles.xml. */
#include "statement/workbook_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "statement/statement.h"

enum { TEXT_BYTES_MOST = 2 * STATEMENT_CELL_BYTES }; /* of a shared text; a cell keeps fewer */

static void nothing_end(void *context, XML_Parser parser, const char *name) {
    (void)context, (void)parser, (void)name;
}

static void nothing_text(void *context, const char *bytes, size_t count) {
    (void)context, (void)bytes, (void)count;
}

/* ---- sheets ---- */

static void book_begin(void *context, XML_Parser parser, const char *name, const char **attributes) {
    struct workbook_parts *parts = context;
    (void)parser;
    if (strcmp(name, "workbookPr") == 0) {
        const char *flag = package_part_attribute(attributes, "date1904");
        parts->counts_from_1904 = flag != NULL && (strcmp(flag, "1") == 0 || strcmp(flag, "true") == 0);
    }
    const char *state = package_part_attribute(attributes, "state"), *id = NULL,
               *title = package_part_attribute(attributes, "name");
    for (const char **pair = attributes; pair[0] != NULL; pair += 2) { /* r:id, whatever its prefix */
        const char *colon = strchr(pair[0], ':');
        id = colon != NULL && strcmp(colon, ":id") == 0 ? pair[1] : id;
    }
    if (strcmp(name, "sheet") == 0 && (state == NULL || strcmp(state, "visible") == 0) && id != NULL &&
        parts->sheet_count < SHEETS_MOST) {
        struct sheet *sheet = &parts->sheets[parts->sheet_count++];
        title = title == NULL ? "" : title;
        snprintf(sheet->name, sizeof sheet->name, "%.*s", (int)utf8_prefix_bytes(title, sizeof sheet->name - 1), title);
        snprintf(sheet->relation, sizeof sheet->relation, "%s", id);
    }
}

static void relations_begin(void *context, XML_Parser parser, const char *name, const char **attributes) {
    struct workbook_parts *parts = context;
    const char *id = package_part_attribute(attributes, "Id"), *target = package_part_attribute(attributes, "Target");
    (void)parser;
    if (strcmp(name, "Relationship") != 0 || id == NULL || target == NULL) {
        return;
    }
    for (size_t i = 0; i < parts->sheet_count; i++) {
        struct sheet *sheet = &parts->sheets[i];
        if (strcmp(sheet->relation, id) == 0) {
            snprintf(sheet->path, sizeof sheet->path, "%s%s", *target == '/' ? "" : "xl/",
                     *target == '/' ? target + 1 : target);
        }
    }
}

/* ---- shared texts ---- */

struct texts_reading {
    struct workbook_parts *parts;
    bool is_text;     /* inside <t> */
    int reading_aids; /* inside <rPh>, a reading aid */
    size_t bytes;     /* of the text being read */
};

static void texts_begin(void *context, XML_Parser parser, const char *name, const char **attributes) {
    struct texts_reading *reading = context;
    (void)parser, (void)attributes;
    if (strcmp(name, "si") == 0) {
        uint32_t start = (uint32_t)reading->parts->texts.used_bytes;
        buffer_append(&reading->parts->starts, &start, sizeof start);
        reading->bytes = 0;
    }
    reading->reading_aids += strcmp(name, "rPh") == 0;
    reading->is_text = strcmp(name, "t") == 0;
}

static void texts_end(void *context, XML_Parser parser, const char *name) {
    struct texts_reading *reading = context;
    reading->is_text = false;
    reading->reading_aids -= strcmp(name, "rPh") == 0;
    if (strcmp(name, "si") == 0) {
        buffer_append(&reading->parts->texts, "", 1);
    }
    if (reading->parts->texts.refused || reading->parts->starts.refused) {
        XML_StopParser(parser, XML_FALSE);
    }
}

static void texts_text(void *context, const char *bytes, size_t count) {
    struct texts_reading *reading = context;
    if (reading->is_text && reading->reading_aids == 0 && reading->bytes <= TEXT_BYTES_MOST) {
        buffer_append(&reading->parts->texts, bytes, count);
        reading->bytes += count;
    }
}

const char *workbook_text(const struct workbook_parts *parts, size_t number) {
    uint32_t start;
    if (number >= parts->starts.used_bytes / sizeof start) {
        return "";
    }
    memcpy(&start, parts->starts.bytes + number * sizeof start, sizeof start);
    return parts->texts.bytes + start;
}

/* ---- styles ---- */

struct styles_reading {
    struct workbook_parts *parts;
    long formats[FORMATS_MOST]; /* the workbook's own formats that are dates, by number */
    size_t format_count, style_count;
    bool is_of_cells; /* inside <cellXfs> */
};

/* Whether a format shows a date: a day or a year outside quotes and brackets. */
static bool format_is_date(const char *code) {
    for (; *code != '\0'; code++) {
        if (*code == '"' || *code == '[') {
            const char *end = strchr(code + 1, *code == '"' ? '"' : ']');
            if (end == NULL) {
                return false;
            }
            code = end;
        } else if (*code == '\\' && code[1] != '\0') {
            code++;
        } else if (strchr("dDyY", *code) != NULL) {
            return true;
        }
    }
    return false;
}

static bool number_is_date(const struct styles_reading *reading, long number) {
    for (size_t i = 0; i < reading->format_count; i++) {
        if (reading->formats[i] == number) {
            return true;
        }
    }
    return (number >= 14 && number <= 17) || number == 22 || (number >= 27 && number <= 36) ||
           (number >= 50 && number <= 58);
}

static void styles_begin(void *context, XML_Parser parser, const char *name, const char **attributes) {
    struct styles_reading *reading = context;
    const char *number = package_part_attribute(attributes, "numFmtId"),
               *code = package_part_attribute(attributes, "formatCode");
    (void)parser;
    if (strcmp(name, "numFmt") == 0 && number != NULL && code != NULL && format_is_date(code) &&
        reading->format_count < FORMATS_MOST) {
        reading->formats[reading->format_count++] = strtol(number, NULL, 10);
    } else if (strcmp(name, "cellXfs") == 0) {
        reading->is_of_cells = true;
    } else if (strcmp(name, "xf") == 0 && reading->is_of_cells && reading->style_count < STYLES_MOST) {
        reading->parts->is_date[reading->style_count++] =
            number != NULL && number_is_date(reading, strtol(number, NULL, 10));
    }
}

static void styles_end(void *context, XML_Parser parser, const char *name) {
    struct styles_reading *reading = context;
    (void)parser;
    if (strcmp(name, "cellXfs") == 0) {
        reading->is_of_cells = false;
    }
}

/* ---- all of them ---- */

enum lince_status workbook_parts_read(struct package *package, struct workbook_parts *parts,
                                      struct lince_error *error) {
    static const struct part_handlers book = {book_begin, nothing_end, nothing_text},
                                      relations = {relations_begin, nothing_end, nothing_text},
                                      texts = {texts_begin, texts_end, texts_text},
                                      styles = {styles_begin, styles_end, nothing_text};
    struct texts_reading texts_reading = {.parts = parts};
    struct styles_reading styles_reading = {.parts = parts};
    bool has_book, has_relations, found;
    *parts = (struct workbook_parts){0};
    buffer_init(&parts->texts, package->meter);
    buffer_init(&parts->starts, package->meter);
    enum lince_status status = package_parse(package, "xl/workbook.xml", &book, parts, &has_book, error);
    if (status == LINCE_OK) {
        status = package_parse(package, "xl/_rels/workbook.xml.rels", &relations, parts, &has_relations, error);
    }
    if (status == LINCE_OK && (!has_book || !has_relations || parts->sheet_count == 0)) {
        return error_set(error, LINCE_ERROR_UNKNOWN_FORMAT,
                         "the file is an archive, but no workbook; export the statement as CSV or XLSX",
                         "el archivo es un comprimido, pero no un libro; exporte el estado de cuenta como CSV o XLSX");
    }
    if (status == LINCE_OK) {
        status = package_parse(package, "xl/styles.xml", &styles, &styles_reading, &found, error);
    }
    if (status == LINCE_OK) {
        status = package_parse(package, "xl/sharedStrings.xml", &texts, &texts_reading, &found, error);
    }
    if (status == LINCE_OK && (parts->texts.refused || parts->starts.refused)) {
        status = error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory to read the workbook; raise the memory limit",
                           "no hay memoria para leer el libro; suba el límite de memoria");
    }
    return status;
}

void workbook_parts_free(struct workbook_parts *parts) {
    buffer_free(&parts->texts);
    buffer_free(&parts->starts);
}
