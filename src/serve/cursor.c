/* cursor.c - a place in a list and a short signature of it, in base 64. */
#include "serve/cursor.h"

#include <sodium.h>
#include <string.h>

enum { PLACE_BYTES = 8, SIGNATURE_BYTES = 16, WHOLE_BYTES = PLACE_BYTES + SIGNATURE_BYTES };

/* The path is signed too: a cursor of one list is no place in another. */
static void sign(const struct request *request, const unsigned char *place, unsigned char *signature) {
    crypto_generichash_state state;
    crypto_generichash_init(&state, request->service->secret, sizeof request->service->secret, SIGNATURE_BYTES);
    crypto_generichash_update(&state, place, PLACE_BYTES);
    crypto_generichash_update(&state, (const unsigned char *)request->path, strlen(request->path));
    crypto_generichash_final(&state, signature, SIGNATURE_BYTES);
}

void cursor_make(const struct request *request, int64_t seq, char text[CURSOR_BYTES]) {
    unsigned char bytes[WHOLE_BYTES];
    memcpy(bytes, &seq, PLACE_BYTES);
    sign(request, bytes, bytes + PLACE_BYTES);
    sodium_bin2base64(text, CURSOR_BYTES, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool cursor_read(struct request *request, int64_t *seq) {
    const char *text = request_query(request, "cursor");
    unsigned char bytes[WHOLE_BYTES], signature[SIGNATURE_BYTES];
    size_t count;
    *seq = -1;
    if (text == NULL) {
        return true;
    }
    if (sodium_base642bin(bytes, sizeof bytes, text, strlen(text), NULL, &count, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
        count == WHOLE_BYTES) {
        sign(request, bytes, signature);
        memcpy(seq, bytes, PLACE_BYTES);
        if (sodium_memcmp(signature, bytes + PLACE_BYTES, SIGNATURE_BYTES) == 0) {
            return true;
        }
    }
    answer_problem(request, PROBLEM_INVALID, "the cursor is not one that this list gave; begin without one",
                   "el cursor no lo dio esta lista; empiece sin cursor");
    return false;
}
