/* digest.c - SHA-256 by libsodium. */
#include "cli/read/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium/crypto_hash_sha256.h>
#include <sodium/utils.h>
#include <unistd.h>

#include "base/error.h"
#include "base/reason.h"

static void digest_finish(crypto_hash_sha256_state *state, char text[DIGEST_TEXT_BYTES]) {
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_final(state, hash);
    sodium_bin2hex(text, DIGEST_TEXT_BYTES, hash, sizeof hash);
}

void digest_bytes(const void *bytes, size_t bytes_count, char text[DIGEST_TEXT_BYTES]) {
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, bytes, bytes_count);
    digest_finish(&state, text);
}

enum lince_status digest_file(const char *path, char text[DIGEST_TEXT_BYTES], struct lince_error *error) {
    unsigned char bytes[32768];
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t count = descriptor < 0 ? -1 : 1;
    while (count > 0 || (count < 0 && descriptor >= 0 && errno == EINTR)) {
        count = read(descriptor, bytes, sizeof bytes);
        if (count > 0) {
            crypto_hash_sha256_update(&state, bytes, (unsigned long long)count);
        }
    }
    int error_number = errno;
    if (descriptor >= 0) {
        close(descriptor);
    }
    if (count < 0) {
        return error_set(error, error_number == ENOENT ? LINCE_ERROR_NOT_FOUND : LINCE_ERROR_UNREADABLE,
                         "%s cannot be read: %s", "no se puede leer %s: %s", path, reason_for(error, error_number));
    }
    digest_finish(&state, text);
    return LINCE_OK;
}
