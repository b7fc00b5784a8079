/* cursor_text.c - a place in a list and a short signature of it, in base 64. */
#include <sodium.h>
#include <string.h>

#include "serve/v1/cursor.h"

enum { PLACE_BYTES = 8, SIGNATURE_BYTES = 16, WHOLE_BYTES = PLACE_BYTES + SIGNATURE_BYTES };

/* The path is signed too: a cursor of one list is not valid in another. */
static void sign(const unsigned char *secret, const char *path, const unsigned char *place, unsigned char *signature) {
    crypto_generichash_state state;
    crypto_generichash_init(&state, secret, CURSOR_SECRET_BYTES, SIGNATURE_BYTES);
    crypto_generichash_update(&state, place, PLACE_BYTES);
    crypto_generichash_update(&state, (const unsigned char *)path, strlen(path));
    crypto_generichash_final(&state, signature, SIGNATURE_BYTES);
}

void cursor_write(const unsigned char secret[CURSOR_SECRET_BYTES], const char *path, int64_t seq,
                  char text[CURSOR_BYTES]) {
    unsigned char bytes[WHOLE_BYTES];
    memcpy(bytes, &seq, PLACE_BYTES);
    sign(secret, path, bytes, bytes + PLACE_BYTES);
    sodium_bin2base64(text, CURSOR_BYTES, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool cursor_parse(const unsigned char secret[CURSOR_SECRET_BYTES], const char *path, const char *text, int64_t *seq) {
    unsigned char bytes[WHOLE_BYTES], signature[SIGNATURE_BYTES];
    size_t count;
    if (sodium_base642bin(bytes, sizeof bytes, text, strlen(text), NULL, &count, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        count != WHOLE_BYTES) {
        return false;
    }
    sign(secret, path, bytes, signature);
    memcpy(seq, bytes, PLACE_BYTES);
    return sodium_memcmp(signature, bytes + PLACE_BYTES, SIGNATURE_BYTES) == 0;
}
