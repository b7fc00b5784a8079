/* pdf_identity.c - holds back the end of the file, and hashes all that passes. */
#include "output/pdf/pdf_identity.h"

#include <ctype.h>
#include <string.h>

/* A trailer is shorter. An identifier is 16 bytes as hexadecimal digits between < and >. */
enum { HELD_BYTES = 64 << 10, DIGITS = 32, IDENTIFIER_BYTES = DIGITS + 2 };

void pdf_identity_open(struct pdf_identity *identity, struct meter *meter, bool replaces_both,
                       bool (*write)(void *context, const void *bytes, size_t bytes_count), void *context) {
    *identity = (struct pdf_identity){.replaces_both = replaces_both, .write = write, .context = context};
    buffer_init(&identity->tail, meter);
    crypto_hash_sha256_init(&identity->hash);
}

bool pdf_identity_take(struct pdf_identity *identity, const void *bytes, size_t bytes_count) {
    struct buffer *tail = &identity->tail;
    buffer_append(tail, bytes, bytes_count);
    if (tail->refused) {
        return false;
    }
    if (tail->used_bytes <= 2 * HELD_BYTES) {
        return true;
    }
    size_t passed = tail->used_bytes - HELD_BYTES;
    crypto_hash_sha256_update(&identity->hash, (const unsigned char *)tail->bytes, passed);
    bool is_written = identity->write(identity->context, tail->bytes, passed);
    memmove(tail->bytes, tail->bytes + passed, HELD_BYTES);
    tail->used_bytes = HELD_BYTES;
    return is_written;
}

static bool is_identifier(const char *at, const char *end) {
    if (end - at < IDENTIFIER_BYTES || at[0] != '<' || at[IDENTIFIER_BYTES - 1] != '>') {
        return false;
    }
    for (int i = 1; i <= DIGITS; i++) {
        if (!isxdigit((unsigned char)at[i])) {
            return false;
        }
    }
    return true;
}

/* The last "/ID[" in the bytes; NULL: none. */
static char *list_find(const struct buffer *tail) {
    static const char word[4] = {'/', 'I', 'D', '['};
    for (size_t at = tail->used_bytes; at >= sizeof word; at--) {
        if (memcmp(tail->bytes + at - sizeof word, word, sizeof word) == 0) {
            return tail->bytes + at;
        }
    }
    return NULL;
}

/* The digits of both identifiers; NULL for one that stays. */
static void digits_find(const struct pdf_identity *identity, char *digits[2]) {
    const char *end = identity->tail.bytes + identity->tail.used_bytes;
    char *at = list_find(&identity->tail);
    if (at == NULL) {
        return;
    }
    digits[0] = identity->replaces_both && is_identifier(at, end) ? at + 1 : NULL;
    while (at < end && !(is_identifier(at, end) && at + IDENTIFIER_BYTES < end && at[IDENTIFIER_BYTES] == ']')) {
        at++;
    }
    digits[1] = at < end ? at + 1 : NULL;
}

static void identifiers_set(struct pdf_identity *identity) {
    static const char hexadecimal[] = "0123456789ABCDEF";
    unsigned char hash[crypto_hash_sha256_BYTES];
    char *digits[2] = {NULL, NULL};
    digits_find(identity, digits);
    for (int i = 0; i < 2; i++) {
        if (digits[i] != NULL) {
            memset(digits[i], '0', DIGITS);
        }
    }
    crypto_hash_sha256_update(&identity->hash, (const unsigned char *)identity->tail.bytes, identity->tail.used_bytes);
    crypto_hash_sha256_final(&identity->hash, hash);
    for (int i = 0; i < 2 * DIGITS; i++) {
        char *here = digits[i / DIGITS];
        if (here != NULL) {
            int at = i % DIGITS, byte = hash[at / 2];
            here[at] = hexadecimal[at % 2 == 0 ? byte >> 4 : byte & 15];
        }
    }
}

bool pdf_identity_close(struct pdf_identity *identity) {
    struct buffer *tail = &identity->tail;
    bool is_whole = !tail->refused;
    if (is_whole && tail->used_bytes > 0) {
        identifiers_set(identity);
        is_whole = identity->write(identity->context, tail->bytes, tail->used_bytes);
    }
    buffer_free(tail);
    return is_whole;
}
