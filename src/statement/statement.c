/*
 * statement.c - finds the form of a statement's file by its first bytes. For files that are not read, says what to do.
 */
#include "statement/statement.h"

#include <string.h>

#include "base/error.h"

enum { HEAD_BYTES = 1024 };

/* Text has no control characters except those between lines; in UTF-16 every other byte is zero. */
static bool head_is_text(const unsigned char *head, size_t count) {
    size_t zeros = 0, controls = 0;
    for (size_t i = 0; i < count; i++) {
        zeros += head[i] == 0;
        controls += head[i] != 0 && head[i] < 0x20 && strchr("\t\r\n\f\x1a", head[i]) == NULL;
    }
    return controls == 0 && (zeros == 0 || zeros > count / 4);
}

static enum lince_status size_judge(size_t count, struct lince_error *error) {
    if ((uint64_t)count > (uint64_t)STATEMENT_FILE_MB << 20) {
        return error_set(error, LINCE_ERROR_TOO_LARGE,
                         "the statement has %s and at most %d MB are read; export fewer days at a time",
                         "el estado de cuenta tiene %s y se leen %d MB como mucho; exporte menos días cada vez",
                         size_for_people(count).text, STATEMENT_FILE_MB);
    }
    return count > 0 ? LINCE_OK
                     : error_set(error, LINCE_ERROR_EMPTY, "the statement is an empty file; export it again",
                                 "el estado de cuenta es un archivo vacío; expórtelo de nuevo");
}

/* OK if the file begins like a form that can be read. */
static enum lince_status head_judge(const unsigned char *head, size_t count, struct lince_error *error) {
    if (count >= 4 && memcmp(head, "\xd0\xcf\x11\xe0", 4) == 0) {
        return error_set(error, LINCE_ERROR_UNSUPPORTED,
                         "this is a workbook of the old form (.xls); open it and save it as .xlsx or CSV",
                         "es un libro del formato antiguo (.xls); ábralo y guárdelo como .xlsx o CSV");
    }
    size_t blank = 0;
    while (blank < count && strchr(" \t\r\n\xef\xbb\xbf", head[blank]) != NULL && head[blank] != '\0') {
        blank++;
    }
    if (blank < count && head[blank] == '<') {
        return error_set(error, LINCE_ERROR_UNSUPPORTED,
                         "this is a web page or XML, whatever its name says; open it and save it as .xlsx or CSV",
                         "es una página web o XML, diga lo que diga su nombre; ábralo y guárdelo como .xlsx o CSV");
    }
    return head_is_text(head, count)
               ? LINCE_OK
               : error_set(error, LINCE_ERROR_UNKNOWN_FORMAT,
                           "the file is neither CSV, XLSX nor PDF; export the statement in one of those forms",
                           "el archivo no es CSV, XLSX ni PDF; exporte el estado de cuenta en uno de esos formatos");
}

enum lince_status statement_read(const struct statement_file *file, struct meter *meter, statement_row row,
                                 void *context, struct statement_facts *facts, struct lince_error *error) {
    *facts = (struct statement_facts){.form = "", .encoding = ""};
    enum lince_status status = size_judge(file->count, error);
    if (status == LINCE_OK && file->count >= 4 && memcmp(file->bytes, "PK\x03\x04", 4) == 0) {
        status = statement_read_workbook(file, meter, row, context, facts, error);
    } else if (status == LINCE_OK) {
        status = head_judge(file->bytes, file->count < HEAD_BYTES ? file->count : HEAD_BYTES, error);
        status = status == LINCE_OK ? statement_read_csv(file, meter, row, context, facts, error) : status;
    }
    if (status == LINCE_OK && facts->row_count == 0) {
        status = error_set(error, LINCE_ERROR_EMPTY, "the statement has no row; export it again",
                           "el estado de cuenta no tiene ninguna fila; expórtelo de nuevo");
    }
    return status;
}
