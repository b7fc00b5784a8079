/* isolation.h - decoding elsewhere: a program may hand files of risky formats to a process that can do nothing else. */
#ifndef LINCE_IMAGE_ISOLATION_H
#define LINCE_IMAGE_ISOLATION_H

#include <stdbool.h>

#include "image/image_pages.h"

struct image_format;

struct isolation {
    void *context;
    /* Whether the file goes elsewhere. The meter is the document's. */
    bool (*wants)(void *context, const struct image_format *format, const struct source *source, struct meter *meter);
    /*
     * Opens the file as pages_open does. The kind of the pages has the file's own format; of a format without pages
     * there is one. Their headers say that they are elsewhere, so that the price counts the pixels twice.
     */
    enum lince_status (*open)(void *context, const struct image_format *format, const struct source *source,
                              const struct pages_options *options, struct meter *meter, struct pages **pages,
                              struct lince_error *error);
};

/* Whether the format's decoder is large code of others: PDF, TIFF, HEIC, AVIF, JPEG XL, JPEG 2000. */
bool image_wants_isolation(const struct image_format *format);

#endif
