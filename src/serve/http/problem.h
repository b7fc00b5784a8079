/* problem.h - the kinds of failure that a client meets (RFC 9457): stable types, each with a status and a title. */
#ifndef LINCE_SERVE_HTTP_PROBLEM_H
#define LINCE_SERVE_HTTP_PROBLEM_H

#include <stddef.h>

#include "lince.h"

/* name, status, last part of its type, title in English and Spanish */
#define PROBLEMS(X)                                                                                                    \
    X(BAD_REQUEST, 400, "bad-request", "The request is not well formed", "La petición está mal formada")               \
    X(UNAUTHORIZED, 401, "unauthorized", "An API key is needed", "Hace falta una clave")                               \
    X(FORBIDDEN, 403, "forbidden", "The API key does not allow this", "La clave no permite esto")                      \
    X(FOREIGN, 403, "foreign-site", "A page of another site may not do this",                                          \
      "Una página de otro sitio no puede hacer esto")                                                                  \
    X(NOT_FOUND, 404, "not-found", "There is no such thing", "No existe")                                              \
    X(METHOD, 405, "method-not-allowed", "This path has no such method", "Esa ruta no tiene ese método")               \
    X(NOT_ACCEPTABLE, 406, "not-acceptable", "No such form of the answer", "No hay esa forma de respuesta")            \
    X(CONFLICT, 409, "conflict", "It is in a state that does not allow this", "Su estado no permite esto")             \
    X(PRECONDITION, 412, "precondition-failed", "It was changed meanwhile", "Se cambió entretanto")                    \
    X(TOO_LARGE, 413, "too-large", "The request is too large", "La petición es demasiado grande")                      \
    X(MEDIA_TYPE, 415, "unsupported-media-type", "This kind of body is not taken", "No se admite ese tipo de cuerpo")  \
    X(HOST, 421, "unknown-host", "The service has no such name", "El servicio no tiene ese nombre")                    \
    X(UNREADABLE, 422, "unreadable-image", "The image cannot be read", "La imagen no se puede leer")                   \
    X(KEY_REUSED, 422, "idempotency-key-reused", "The idempotency key was used for another request",                   \
      "La clave de idempotencia se usó para otra petición")                                                            \
    X(INVALID, 422, "invalid", "A value is not valid", "Un valor no es válido")                                        \
    X(CONDITION_NEEDED, 428, "precondition-required", "If-Match is needed", "Hace falta If-Match")                     \
    X(HEAD_TOO_LARGE, 431, "head-too-large", "The head of the request is too large",                                   \
      "La cabeza de la petición es demasiado grande")                                                                  \
    X(RATE, 429, "too-many-requests", "Too many requests", "Demasiadas peticiones")                                    \
    X(CONNECTIONS, 429, "too-many-connections", "Too many connections from one address",                               \
      "Demasiadas conexiones desde una dirección")                                                                     \
    X(WRONG_KEYS, 429, "too-many-wrong-keys", "Too many wrong keys from one address",                                  \
      "Demasiadas claves erróneas desde una dirección")                                                                \
    X(QUEUE_FULL, 429, "queue-full", "The queue is full", "La cola está llena")                                        \
    X(INTERNAL, 500, "internal", "The service failed", "Falló el servicio")                                            \
    X(UNAVAILABLE, 503, "unavailable", "Not possible now", "Ahora no es posible")                                      \
    X(MEMORY, 503, "memory-limit", "The memory limit does not allow it", "El límite de memoria no lo permite")         \
    X(VERSION, 505, "http-version", "This version of HTTP is not spoken", "No se habla esa versión de HTTP")           \
    X(STORAGE_FULL, 507, "storage-full", "No room is left", "No queda sitio")

enum problem {
#define NAME(name, ...) PROBLEM_##name,
    PROBLEMS(NAME)
#undef NAME
        PROBLEM_COUNT
};

struct problem_spec {
    unsigned status;
    const char *type; /* last part of the URI */
    const char *title[2];
};
extern const struct problem_spec problem_specs[PROBLEM_COUNT];

/*
 * A whole answer in bytes, for a connection that ends before there is a request: problem details, in the standard form.
 * `detail` must need no escapes. Gives its length, which is less than `size`.
 */
size_t problem_write_whole(enum problem problem, enum lince_language language, const char *detail, const char *id,
                           char *text, size_t size);

#endif
