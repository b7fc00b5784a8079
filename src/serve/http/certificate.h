/*
 * certificate.h - the certificate and key of TLS connections, which may change while the service runs.
 *
 * There is one for the process. A handshake under way keeps the one that it began with.
 */
#ifndef LINCE_SERVE_HTTP_CERTIFICATE_H
#define LINCE_SERVE_HTTP_CERTIFICATE_H

#include <gnutls/abstract.h>

#include "lince.h"

/*
 * Reads a chain and its key (PEM) and uses them for all handshakes from now on. After a failure the previous ones stay
 * in use. `until_ms`: when the certificate expires.
 */
enum lince_status certificate_load(const char *chain_path, const char *key_path, int64_t *until_ms,
                                   struct lince_error *error);
/* Call it when no handshake can be under way. */
void certificate_free(void);

/* libmicrohttpd calls this at each handshake: MHD_OPTION_HTTPS_CERT_CALLBACK. */
int certificate_give(gnutls_session_t session, const gnutls_datum_t *authorities, int authority_count,
                     const gnutls_pk_algorithm_t *algorithms, int algorithm_count, gnutls_pcert_st **chain,
                     unsigned *chain_count, gnutls_privkey_t *key);

#endif
