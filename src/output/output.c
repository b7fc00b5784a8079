/* output.c - the table of formats. */
#include "output/output.h"

#include <string.h>

const struct output_format *const output_formats[] = {
    &output_text,   &output_json, &output_ndjson,        &output_tsv,  &output_pdf, &output_markdown,
    &output_layout, &output_hocr, &output_tesseract_tsv, &output_alto, NULL,
};

const struct output_format *output_format_find(const char *name) {
    for (size_t i = 0; output_formats[i] != NULL; i++) {
        if (strcmp(output_formats[i]->name, name) == 0) {
            return output_formats[i];
        }
    }
    return NULL;
}
