/*
 * pdf_identity.h - passes a PDF file on as PDFium writes it, with an identifier that follows from its content.
 *
 * The trailer of a file has two identifiers, of the document and of this version (ISO 32000-1, 14.4). PDFium makes the
 * second up at random, and the first too if the file had none. Two files with the same content would differ.
 */
#ifndef LINCE_OUTPUT_PDF_PDF_IDENTITY_H
#define LINCE_OUTPUT_PDF_PDF_IDENTITY_H

#include <stdbool.h>

#include <sodium/crypto_hash_sha256.h>

#include "base/buffer.h"

struct pdf_identity {
    struct buffer tail; /* not passed on yet: the trailer may be in it */
    crypto_hash_sha256_state hash;
    bool replaces_both;                                                  /* the file had no identifier */
    bool (*write)(void *context, const void *bytes, size_t bytes_count); /* false ends it */
    void *context;                                                       /* borrowed */
};

void pdf_identity_open(struct pdf_identity *identity, struct meter *meter, bool replaces_both,
                       bool (*write)(void *context, const void *bytes, size_t bytes_count), void *context);

/* Takes the next bytes. False: they were refused, or there is no memory, which `tail.refused` shows. */
bool pdf_identity_take(struct pdf_identity *identity, const void *bytes, size_t bytes_count);

/* Passes the rest on, and frees what it owns. */
bool pdf_identity_close(struct pdf_identity *identity);

#endif
