/* certificate.c - loads PEM files for GnuTLS: the certificate in use, and older ones that handshakes still use. */
#include "serve/http/certificate.h"

#include <fcntl.h>
#include <gnutls/x509.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"

/* RETIRED_MS: longer than any handshake takes. */
enum { FILE_BYTES = 1 << 20, CHAIN_MOST = 16, KEY_ID_BYTES = 64, RETIRED_MS = 10 * 60 * 1000 };

struct certificate {
    gnutls_pcert_st chain[CHAIN_MOST];
    unsigned chain_count;
    gnutls_privkey_t key;
    int64_t retired_ms; /* when a newer one replaced it */
    struct certificate *next;
};

static struct {
    pthread_mutex_t lock;
    struct certificate *first; /* the one in use, then the retired ones */
} certificates = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void free_one(struct certificate *certificate) {
    for (unsigned i = 0; i < certificate->chain_count; i++) {
        gnutls_pcert_deinit(&certificate->chain[i]);
    }
    if (certificate->key != NULL) {
        gnutls_privkey_deinit(certificate->key);
    }
    free(certificate);
}

static enum lince_status unreadable(const char *path, const char *reason, struct lince_error *error) {
    return error_set(error, LINCE_ERROR_NOT_FOUND, "%s cannot be read as a certificate or key in PEM (%s)",
                     "no se puede leer %s como certificado o clave en PEM (%s)", path, reason);
}

/* Gives the bytes of a file; `data` NULL on failure. */
static gnutls_datum_t file_load(const char *path) {
    struct stat facts;
    gnutls_datum_t data = {NULL, 0};
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor >= 0 && fstat(descriptor, &facts) == 0 && facts.st_size > 0 && facts.st_size < FILE_BYTES) {
        data.data = calloc(1, (size_t)facts.st_size);
        data.size = (unsigned)facts.st_size;
        if (data.data != NULL && read(descriptor, data.data, data.size) != facts.st_size) {
            free(data.data);
            data.data = NULL;
        }
    }
    if (descriptor >= 0) {
        close(descriptor);
    }
    return data;
}

static enum lince_status chain_read(struct certificate *certificate, const char *path, struct lince_error *error) {
    gnutls_datum_t text = file_load(path);
    unsigned count = CHAIN_MOST;
    if (text.data == NULL) {
        return unreadable(path, in_language(error->language, "no file, or empty", "no existe o está vacío"), error);
    }
    int code = gnutls_pcert_list_import_x509_raw(certificate->chain, &count, &text, GNUTLS_X509_FMT_PEM, 0);
    free(text.data);
    if (code < 0 || count == 0) {
        return unreadable(path, gnutls_strerror(code), error);
    }
    certificate->chain_count = count;
    return LINCE_OK;
}

static enum lince_status key_read(struct certificate *certificate, const char *path, struct lince_error *error) {
    gnutls_datum_t text = file_load(path);
    if (text.data == NULL) {
        return unreadable(path, in_language(error->language, "no file, or empty", "no existe o está vacío"), error);
    }
    int code = gnutls_privkey_init(&certificate->key);
    if (code == 0) {
        code = gnutls_privkey_import_x509_raw(certificate->key, &text, GNUTLS_X509_FMT_PEM, NULL, 0);
    }
    gnutls_memset(text.data, 0, text.size);
    free(text.data);
    return code == 0 ? LINCE_OK : unreadable(path, gnutls_strerror(code), error);
}

static enum lince_status match_check(const struct certificate *certificate, const char *chain_path,
                                     const char *key_path, struct lince_error *error) {
    unsigned char ids[2][KEY_ID_BYTES];
    size_t bytes[2] = {KEY_ID_BYTES, KEY_ID_BYTES};
    gnutls_pubkey_t of_key = NULL;
    bool is_known = gnutls_pubkey_init(&of_key) == 0 &&
                    gnutls_pubkey_import_privkey(of_key, certificate->key, 0, 0) == 0 &&
                    gnutls_pubkey_get_key_id(of_key, 0, ids[0], &bytes[0]) == 0 &&
                    gnutls_pubkey_get_key_id(certificate->chain[0].pubkey, 0, ids[1], &bytes[1]) == 0;
    if (of_key != NULL) {
        gnutls_pubkey_deinit(of_key);
    }
    if (is_known && bytes[0] == bytes[1] && memcmp(ids[0], ids[1], bytes[0]) == 0) {
        return LINCE_OK;
    }
    return error_set(error, LINCE_ERROR_ARGUMENT, "the key %s does not belong to the certificate %s",
                     "la clave %s no es la del certificado %s", key_path, chain_path);
}

static int64_t end_of(struct certificate *certificate) {
    gnutls_x509_crt_t own = NULL;
    int64_t until_ms = 0;
    if (gnutls_pcert_export_x509(&certificate->chain[0], &own) == 0) {
        until_ms = (int64_t)gnutls_x509_crt_get_expiration_time(own) * 1000;
        gnutls_x509_crt_deinit(own);
    }
    return until_ms;
}

/* Puts it before the others, and frees those that no handshake can still use. */
static void take(struct certificate *certificate) {
    int64_t now_ms = clock_now_ms();
    pthread_mutex_lock(&certificates.lock);
    if (certificates.first != NULL) {
        certificates.first->retired_ms = now_ms;
    }
    certificate->next = certificates.first;
    certificates.first = certificate;
    for (struct certificate **link = &certificate->next; *link != NULL;) {
        struct certificate *old = *link;
        if (now_ms - old->retired_ms > RETIRED_MS) {
            *link = old->next;
            free_one(old);
        } else {
            link = &old->next;
        }
    }
    pthread_mutex_unlock(&certificates.lock);
}

enum lince_status certificate_load(const char *chain_path, const char *key_path, int64_t *until_ms,
                                   struct lince_error *error) {
    struct certificate *certificate = calloc(1, sizeof *certificate);
    if (certificate == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the certificate",
                         "no hay memoria para el certificado");
    }
    enum lince_status status = chain_read(certificate, chain_path, error);
    if (status == LINCE_OK) {
        status = key_read(certificate, key_path, error);
    }
    if (status == LINCE_OK) {
        status = match_check(certificate, chain_path, key_path, error);
    }
    if (status != LINCE_OK) {
        free_one(certificate);
        return status;
    }
    *until_ms = end_of(certificate);
    take(certificate);
    return LINCE_OK;
}

void certificate_free(void) {
    pthread_mutex_lock(&certificates.lock);
    while (certificates.first != NULL) {
        struct certificate *next = certificates.first->next;
        free_one(certificates.first);
        certificates.first = next;
    }
    pthread_mutex_unlock(&certificates.lock);
}

int certificate_give(gnutls_session_t session, const gnutls_datum_t *authorities, int authority_count,
                     const gnutls_pk_algorithm_t *algorithms, int algorithm_count, gnutls_pcert_st **chain,
                     unsigned *chain_count, gnutls_privkey_t *key) {
    (void)session, (void)authorities, (void)authority_count, (void)algorithms, (void)algorithm_count;
    pthread_mutex_lock(&certificates.lock);
    struct certificate *certificate = certificates.first;
    pthread_mutex_unlock(&certificates.lock);
    if (certificate == NULL) {
        return -1;
    }
    *chain = certificate->chain;
    *chain_count = certificate->chain_count;
    *key = certificate->key;
    return 0;
}
