/*
 * tesseract_wishes.h - what a caller of Tesseract asks for: the forms of output, by configurations and variables, the
 * page segmentation mode and the languages.
 */
#ifndef LINCE_CLI_TESSERACT_TESSERACT_WISHES_H
#define LINCE_CLI_TESSERACT_TESSERACT_WISHES_H

#include <stdbool.h>

#include "cli/options.h"
#include "output/output.h"

/* Those up to FORM_LAST_NAMED have a configuration and a variable. */
enum { FORM_TEXT, FORM_HOCR, FORM_PDF = 4, FORM_BOX, FORM_LAST_NAMED = FORM_BOX, FORM_OSD, FORM_SKEW, FORMS_COUNT };

/* A form of output. A configuration's name or variable asks for it, or a page segmentation mode. */
struct tesseract_form {
    const char *config, *variable, *extension; /* extension NULL: always on standard output */
    const struct output_format *format;
};

extern const struct tesseract_form tesseract_forms[FORMS_COUNT];

/* As given on the command line. */
struct tesseract_asked {
    const char *language, *psm, *dpi, *oem;
    struct text_list variables;
};

struct tesseract_wishes {
    bool wants[FORMS_COUNT];
    bool text_only;       /* PDF files without the picture */
    double dots_per_inch; /* for the size of PDF pages; 0: what the image says */
    bool letters;         /* hOCR with the boxes of letters */
};

/* Prints the languages, in the form that callers parse. */
void tesseract_languages_list(void);

/* Checks what was asked, and complains on standard error about what is wrong; then it returns false. */
bool tesseract_wishes_take(const struct tesseract_asked *asked, char *const *configs, int count,
                           enum lince_language language, struct tesseract_wishes *wishes);

#endif
