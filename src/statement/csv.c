/*
 * csv.c - a statement as text: rows of cells separated by commas, semicolons, tabs or bars, quoted or not (RFC 4180).
 */
#include <stdio.h>

#include "base/error.h"
#include "base/meter.h"
#include "statement/characters.h"
#include "statement/row_text.h"

enum { SAMPLE_LINES = 60, SEPARATOR_COUNT = 4, COUNTED_MOST = 63 };
static const char separators[SEPARATOR_COUNT] = {';', '\t', '|', ','};

struct csv {
    struct characters characters;
    int32_t pushed; /* a character that was read ahead; EOF: none */
    char separator;
    uint32_t place;
    struct row_text row;
};

/* The sign that most lines have equally often. The comma is tried last: as a decimal comma it is in every line too. */
static char separator_guess(struct characters *characters) {
    uint16_t often[SEPARATOR_COUNT][COUNTED_MOST + 1] = {{0}};
    uint32_t here[SEPARATOR_COUNT] = {0}, best = 0;
    bool is_quoted = false;
    char separator = ',';
    int32_t code = 0;
    for (int lines = 0; lines < SAMPLE_LINES && code != EOF;) {
        code = characters_next(characters);
        is_quoted = is_quoted != (code == '"');
        for (int i = 0; i < SEPARATOR_COUNT; i++) {
            here[i] += !is_quoted && code == separators[i] && here[i] < COUNTED_MOST;
        }
        if (code == EOF || (code == '\n' && !is_quoted)) {
            for (int i = 0; i < SEPARATOR_COUNT; i++) {
                often[i][here[i]] += here[i] > 0;
                here[i] = 0;
            }
            lines++;
        }
    }
    for (int i = 0; i < SEPARATOR_COUNT; i++) {
        uint32_t most = 0;
        for (uint32_t times = 1; times <= COUNTED_MOST; times++) {
            uint32_t weight =
                often[i][times] *
                (times > 1 ? 3U : 2U); /* one separator on a line, which makes two columns, is less likely */
            most = weight > most ? weight : most;
        }
        if (most > best) {
            best = most;
            separator = separators[i];
        }
    }
    return separator;
}

static int32_t next(struct csv *csv) {
    int32_t code = csv->pushed;
    csv->pushed = EOF;
    return code != EOF ? code : characters_next(&csv->characters);
}

static void put(struct csv *csv, int32_t code) {
    char bytes[4];
    size_t count;
    if (code < 0x80) {
        bytes[0] = (char)code;
        count = 1;
    } else if (code < 0x800) {
        bytes[0] = (char)(0xc0 | code >> 6);
        bytes[1] = (char)(0x80 | (code & 0x3f));
        count = 2;
    } else if (code < 0x10000) {
        bytes[0] = (char)(0xe0 | code >> 12);
        bytes[1] = (char)(0x80 | (code >> 6 & 0x3f));
        bytes[2] = (char)(0x80 | (code & 0x3f));
        count = 3;
    } else {
        bytes[0] = (char)(0xf0 | code >> 18);
        bytes[1] = (char)(0x80 | (code >> 12 & 0x3f));
        bytes[2] = (char)(0x80 | (code >> 6 & 0x3f));
        bytes[3] = (char)(0x80 | (code & 0x3f));
        count = 4;
    }
    row_text_add(&csv->row, bytes, count);
}

/* Reads one cell. Returns what ended it: the separator, '\n' or EOF. */
static int32_t cell_read(struct csv *csv) {
    bool is_quoted = false, is_begun = false;
    for (;;) {
        int32_t code = next(csv);
        if (code == EOF) {
            return EOF;
        }
        if (is_quoted && code == '"') {
            int32_t after = next(csv);
            if (after == '"') {
                put(csv, '"');
            } else {
                is_quoted = false;
                csv->pushed = after;
            }
        } else if (!is_quoted && code == '"' && !is_begun) {
            is_quoted = true;
        } else if (!is_quoted && code == (unsigned char)csv->separator) {
            return code;
        } else if (!is_quoted && (code == '\n' || code == '\r')) {
            int32_t after = code == '\r' ? next(csv) : EOF;
            csv->pushed = after == '\n' ? EOF : after;
            return '\n';
        } else {
            put(csv, code);
        }
        is_begun = is_begun || code != ' ';
    }
}

static enum lince_status column_fail(uint32_t place, struct lince_error *error) {
    return error_set(error, LINCE_ERROR_TOO_LARGE, "row %u of the statement has more than %d columns",
                     "la fila %u del estado de cuenta pasa de %d columnas", place, STATEMENT_COLUMNS_MOST);
}

static enum lince_status rows_read(struct csv *csv, statement_row row, void *context, struct statement_facts *facts,
                                   struct lince_error *error) {
    int32_t end = '\n';
    while (end != EOF) {
        size_t column = 0;
        row_text_clear(&csv->row);
        csv->place++;
        do {
            if (!row_text_begin(&csv->row, column++)) {
                return column_fail(csv->place, error);
            }
            end = cell_read(csv);
            row_text_end(&csv->row, CELL_TEXT);
        } while (end != '\n' && end != EOF);
        enum lince_status status = row_text_give(&csv->row, csv->place, row, context, facts, error);
        if (status != LINCE_OK) {
            return status;
        }
    }
    return LINCE_OK;
}

enum lince_status statement_read_csv(const struct statement_file *file, struct meter *meter, statement_row row,
                                     void *context, struct statement_facts *facts, struct lince_error *error) {
    struct csv *csv = meter_new(meter, struct csv);
    if (csv == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory to read the statement; raise the memory limit",
                         "no hay memoria para leer el estado de cuenta; suba el límite de memoria");
    }
    csv->pushed = EOF;
    characters_open(file->bytes, file->count, &csv->characters);
    csv->separator = separator_guess(&csv->characters);
    characters_rewind(&csv->characters);
    facts->form = "csv";
    facts->encoding = encoding_name(csv->characters.encoding);
    facts->separator = csv->separator;
    enum lince_status status = rows_read(csv, row, context, facts, error);
    meter_free(csv);
    return status;
}
