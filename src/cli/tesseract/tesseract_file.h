/* tesseract_file.h - one output of `lince tesseract`: a file beside the base of the output's name, or standard output.
 */
#ifndef LINCE_CLI_TESSERACT_TESSERACT_FILE_H
#define LINCE_CLI_TESSERACT_TESSERACT_FILE_H

#include <stdbool.h>

#include "base/meter.h"
#include "output/output.h"
#include "output/pdf/pdf_file.h"

struct tesseract_file {
    const struct output_format *format;
    struct meter *meter;
    int descriptor;
    struct pdf_file *pdf; /* with a joiner */
};

/* Whether a name of a file stands for the standard stream that `word` names too. */
bool tesseract_is_standard(const char *name, const char *word);

/*
 * Opens `base`.`extension`, or standard output where the base says so or the extension is NULL, and writes the head of
 * the format. False: it was not written; where it cannot be opened, the descriptor is negative. To be closed in any
 * case.
 */
bool tesseract_file_open(const char *base, const char *extension, const struct output_format *format,
                         struct meter *meter, struct tesseract_file *file);

/* Writes one page. */
bool tesseract_file_add(struct tesseract_file *file, const struct output_item *item);

/* Writes the tail. */
bool tesseract_file_close(struct tesseract_file *file);

#endif
