/*
 * settings.h - every setting of the service and of its engine, in one table. The flags of the program, the environment
 * variables (LINCE_ and the name in capitals, with _ for -), the lines of the configuration file and `lince config` all
 * come from it. `lince read` takes the engine's settings in the same way.
 *
 * Later sources override earlier ones: built in, file, environment, flag.
 */
#ifndef LINCE_CONFIG_SETTINGS_H
#define LINCE_CONFIG_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "lince.h"

enum setting_kind {
    SETTING_TEXT,
    SETTING_COUNT,    /* whole number */
    SETTING_SIZE,     /* bytes: 300MB */
    SETTING_DURATION, /* milliseconds: 250ms, 2s, 5m, 24h, 30d */
    SETTING_CHOICE,   /* one of the words of `unit`, separated by | */
    SETTING_PERCENT,  /* 1 to 100: 70% or 70 */
};

/*
 * The engine's settings, in the same form as SETTINGS below: when memory is cleaned up, and the options of the
 * inference runtime (see lince_runtime_options).
 */
#define ENGINE_SETTINGS(X)                                                                                             \
    X(memory_cleanup, "memory-cleanup", PERCENT, "70%", "SHARE", "PARTE",                                              \
      "share of the memory limit at which free memory goes back to the system",                                        \
      "parte del límite de memoria en la que la memoria libre se devuelve al sistema")                                 \
    X(runtime_memory_pattern, "runtime-memory-pattern", CHOICE, "off", "off|on", "off|on",                             \
      "whether the inference runtime plans one block for each input size that recurs",                                 \
      "si el motor de inferencia planifica un bloque para cada tamaño de entrada que se repite")                       \
    X(runtime_cpu_arena, "runtime-cpu-arena", CHOICE, "off", "off|on", "off|on",                                       \
      "whether the inference runtime keeps free blocks between images, if the limit allows",                           \
      "si el motor de inferencia guarda los bloques libres entre imágenes, cuando el límite lo permite")               \
    X(runtime_arena_extend, "runtime-arena-extend", CHOICE, "as-requested", "as-requested|power-of-two",               \
      "as-requested|power-of-two",                                                                                     \
      "how the inference runtime's memory grows: as requested, in steps of 1 MB, or by doubling",                      \
      "cómo crece la memoria del motor de inferencia: lo que se pide, en pasos de 1 MB, o al doble")                   \
    X(runtime_execution, "runtime-execution", CHOICE, "sequential", "sequential|parallel", "sequential|parallel",      \
      "whether the nodes of a graph run one after another or in parallel",                                             \
      "si los nodos de un grafo se ejecutan uno tras otro o en paralelo")                                              \
    X(runtime_inter_op_threads, "runtime-inter-op-threads", COUNT, "1", "N", "N",                                      \
      "threads for nodes that run in parallel", "hilos para los nodos que se ejecutan en paralelo")                    \
    X(runtime_intra_op_threads, "runtime-intra-op-threads", COUNT, "0", "N", "N",                                      \
      "threads for one image: they split nodes and read lines in parallel; 0: one, or all cores for a single file",    \
      "hilos para una imagen: dividen nodos y leen líneas en paralelo; 0: uno, o todos los núcleos si va sola")        \
    X(runtime_spinning, "runtime-spinning", CHOICE, "off", "off|on", "off|on",                                         \
      "whether threads of the inference runtime spin while they wait",                                                 \
      "si los hilos del motor de inferencia esperan activos, gastando procesador")                                     \
    X(pdf_text, "pdf-text", CHOICE, "auto", "auto|always|never", "auto|always|never",                                  \
      "whether a PDF page's own text is used: if it is visible and plausible, always, or never; auto compares each "   \
      "page with its picture, about 0.03 s a page",                                                                    \
      "si se usa el texto propio de una página PDF: si se ve y es plausible, siempre, o nunca; auto compara cada "    \
      "página con su imagen, unos 0,03 s por página")                                                                  \
    X(model, "model", CHOICE, "auto", "auto|fast|accurate", "auto|fast|accurate",                                      \
      "integer or float models; auto: the faster ones on this processor (see `lince doctor`)",                         \
      "modelos en enteros o en coma flotante; auto: los más rápidos en este procesador (vea `lince doctor`)")

/*
 * identifier, name, KIND, built-in value, the value's name (or choices) in English and Spanish, meaning in English and
 * Spanish
 */
#define SETTINGS(X)                                                                                                    \
    X(listen, "listen", TEXT, "127.0.0.1:8080", "ADDRESS", "DIRECCIÓN",                                                \
      "address and port to listen on, or unix:PATH; port 0 takes a free one",                                          \
      "dirección y puerto donde escucha, o unix:RUTA; el puerto 0 toma uno libre")                                     \
    X(data, "data", TEXT, "lince-data", "DIR", "CARPETA", "folder where everything is kept",                           \
      "carpeta donde se guarda todo")                                                                                  \
    X(store, "store", TEXT, "", "ADDRESS", "DIRECCIÓN",                                                                \
      "postgres://USER@HOST/DATABASE: several services share one store; empty: one service, all in its folder",        \
      "postgres://USUARIO@SERVIDOR/BASE: varios servicios comparten un almacén; vacío: uno solo, todo en su carpeta")  \
    X(require_replica, "require-replica", CHOICE, "no", "no|yes", "no|yes",                                            \
      "with --store: start only if the database confirms nothing before a standby has it too; the ends of "            \
      "readings wait for it as well",                                                                                  \
      "con --store: arrancar solo si la base no confirma nada antes de que una réplica también lo tenga; "           \
      "también la esperan los finales de lectura")                                                                     \
    X(role, "role", CHOICE, "both", "both|front|worker", "both|front|worker",                                          \
      "with --store: answer clients and read images, or only one of the two",                                          \
      "con --store: atender a los clientes y leer imágenes, o solo una de las dos cosas")                              \
    X(images, "images", TEXT, "", "ADDRESS", "DIRECCIÓN",                                                              \
      "s3://BUCKET/PREFIX?endpoint=https://HOST&region=REGION: a bucket for the images; empty: with the rest",         \
      "s3://BUCKET/PREFIJO?endpoint=https://SERVIDOR&region=REGIÓN: un bucket para las imágenes; vacío: con lo demás") \
    X(workers, "workers", COUNT, "0", "N", "N", "processes that read; 0: as many as cores and memory limit allow",     \
      "procesos que leen; 0: tantos como permitan los núcleos y el límite de memoria")                                 \
    X(memory, "memory", SIZE, "300MB", "SIZE", "TAMAÑO",                                                               \
      "the most memory that the whole service may take; 0: no limit",                                                  \
      "la mayor memoria que puede ocupar todo el servicio; 0: sin límite")                                             \
    X(start, "start", CHOICE, "auto", "auto|manual", "auto|manual",                                                    \
      "read documents as soon as they arrive, or when requested",                                                      \
      "leer los documentos apenas llegan, o cuando se pida")                                                           \
    X(timeout, "timeout", DURATION, "30s", "TIME", "TIEMPO",                                                           \
      "the longest time that reading one image or page may take",                                                      \
      "el mayor tiempo que puede tardar la lectura de una imagen o página")                                            \
    X(max_pages, "max-pages", COUNT, "1000", "N", "N", "most pages of one document; longer ones are not read",         \
      "máximo de páginas de un documento; los más largos no se leen")                                                  \
    X(max_requests, "max-requests", COUNT, "50", "N", "N", "images that a worker reads before a new one replaces it",  \
      "imágenes que lee un trabajador antes de que lo reemplace uno nuevo")                                            \
    X(max_requests_jitter, "max-requests-jitter", COUNT, "10", "N", "N",                                               \
      "how much that number varies, so that workers are not all replaced at once",                                     \
      "cuánto varía ese número, para que no se reemplacen todos a la vez")                                             \
    X(keep_alive, "keep-alive", DURATION, "2s", "TIME", "TIEMPO", "how long an idle connection is kept",               \
      "cuánto se mantiene una conexión inactiva")                                                                      \
    X(request_timeout, "request-timeout", DURATION, "30s", "TIME", "TIEMPO",                                           \
      "the longest pause of a client in the middle of a request",                                                      \
      "la mayor pausa de un cliente en medio de una petición")                                                         \
    X(connections, "connections", COUNT, "2000", "N", "N",                                                             \
      "most connections at once, fewer if they do not fit in a sixteenth of the memory limit",                         \
      "máximo de conexiones a la vez; menos si no caben en un dieciseisavo del límite de memoria")                     \
    X(address_connections, "address-connections", COUNT, "0", "N", "N",                                                \
      "connections at once from one address; 0: half of all", "conexiones a la vez desde una dirección; 0: la mitad")  \
    X(max_body, "max-body", SIZE, "32MB", "SIZE", "TAMAÑO", "the largest request", "la mayor petición")                \
    X(max_files, "max-files", COUNT, "100", "N", "N", "files in one request", "archivos en una petición")              \
    X(max_unpacked, "max-unpacked", COUNT, "1000", "N", "N", "entries in the ZIP archives of one request",             \
      "entradas en los archivos ZIP de una petición")                                                                  \
    X(queue_limit, "queue-limit", COUNT, "10000", "N", "N", "documents that may wait; more are refused with 429",      \
      "documentos que pueden esperar; los demás se rechazan con 429")                                                  \
    X(disk_limit, "disk-limit", SIZE, "10GB", "SIZE", "TAMAÑO", "disk space for all images; more is refused with 507", \
      "espacio en disco para todas las imágenes; lo demás se rechaza con 507")                                         \
    X(disk_reserve, "disk-reserve", SIZE, "64MB", "SIZE", "TAMAÑO", "disk space that uploads must leave free",         \
      "espacio en disco que las subidas deben dejar libre")                                                            \
    X(rate_limit, "rate-limit", COUNT, "0", "N", "N", "requests per minute of one client; 0: no limit",                \
      "peticiones por minuto de un cliente; 0: sin límite")                                                            \
    X(wrong_keys, "wrong-keys", COUNT, "30", "N", "N",                                                                 \
      "wrong keys a minute from one address before more are refused with 429; 0: no limit",                            \
      "claves erróneas por minuto desde una dirección antes de responder 429; 0: sin límite")                          \
    X(keys, "keys", CHOICE, "auto", "auto|required|off", "auto|required|off",                                          \
      "whether API keys are required; auto: except on loopback",                                                       \
      "si se exigen claves; auto: salvo en una dirección local")                                                       \
    X(host, "host", TEXT, "", "NAMES", "NOMBRES",                                                                      \
      "names of the service besides addresses and localhost, as in a browser's address, separated by commas",          \
      "nombres del servicio además de direcciones y localhost, como en la dirección del navegador, separados por "   \
      "comas")                                                                                                         \
    X(tls_certificate, "tls-certificate", TEXT, "", "FILE", "ARCHIVO", "certificate chain (PEM): answers over HTTPS",  \
      "cadena de certificados (PEM): responde por HTTPS")                                                              \
    X(tls_key, "tls-key", TEXT, "", "FILE", "ARCHIVO", "private key of the certificate (PEM)",                         \
      "clave privada del certificado (PEM)")                                                                           \
    X(cors_origin, "cors-origin", TEXT, "", "ORIGIN", "ORIGEN",                                                        \
      "origin of web pages that may call the service; empty: none",                                                    \
      "origen de las páginas web que pueden llamar al servicio; vacío: ninguna")                                       \
    X(webhooks_private, "webhooks-private", CHOICE, "no", "no|yes", "no|yes",                                          \
      "whether webhooks may go to private addresses", "si los webhooks pueden ir a direcciones privadas")              \
    X(webhooks_failures, "webhooks-failures", COUNT, "5", "N", "N",                                                    \
      "consecutive failures after which a webhook's receiver is paused; 0: never",                                     \
      "fallos seguidos tras los cuales se pausa el receptor de un webhook; 0: nunca")                                  \
    X(webhooks_pause, "webhooks-pause", DURATION, "60s", "TIME", "TIEMPO",                                             \
      "length of the first pause, which doubles with each further failure, up to an hour",                             \
      "duración de la primera pausa, que se duplica con cada fallo, hasta 1 h")                                        \
    X(keep_images, "keep-images", DURATION, "0s", "TIME", "TIEMPO", "age at which images are deleted; 0: never",       \
      "edad a la que se borran las imágenes; 0: nunca")                                                                \
    X(keep_documents, "keep-documents", DURATION, "0s", "TIME", "TIEMPO",                                              \
      "age at which documents are deleted; 0: never", "edad a la que se borran los documentos; 0: nunca")              \
    X(keep_count, "keep-count", COUNT, "0", "N", "N", "finished documents to keep; 0: all",                            \
      "documentos terminados que se guardan; 0: todos")                                                                \
    X(keep_size, "keep-size", SIZE, "0", "SIZE", "TAMAÑO",                                                             \
      "disk space of images above which the oldest are deleted; 0: no limit",                                          \
      "espacio en disco de las imágenes a partir del cual se borran las más viejas; 0: sin tope")                      \
    X(models, "models", TEXT, "", "DIR", "CARPETA",                                                                    \
      "folder of the models; empty: $LINCE_MODELS, or the installed ones",                                             \
      "carpeta de los modelos; vacío: $LINCE_MODELS o los instalados")                                                 \
    X(review, "review", TEXT, "", "KIND=X,...", "CLASE=X,...",                                                         \
      "confidence below which a person should check a value, such as amount=0.95,id=0.9; empty: as set on the page, "  \
      "or else the fitted ones",                                                                                       \
      "confianza por debajo de la cual una persona debe revisar un valor, como amount=0.95,id=0.9; vacío: las "       \
      "indicadas en la página o, si no, las ajustadas")                                                                \
    X(known_parties, "known-parties", CHOICE, "on", "on|off", "on|off",                                                \
      "whether documents that people confirm teach who is who, and new ones are compared with it",                     \
      "si los documentos que alguien confirma enseñan quién es quién, y los nuevos se comparan con eso")               \
    X(memory_profile, "memory-profile", COUNT, "0", "N", "N",                                                          \
      "count allocation sites: every large block, and one small one in N; 0: none (SIGUSR2 switches)",                 \
      "contar los sitios que piden memoria: cada bloque grande y uno pequeño de cada N; 0: no (SIGUSR2 alterna)")      \
    X(access_log, "access-log", CHOICE, "yes", "yes|no", "yes|no", "one line of JSON per request on standard error",   \
      "una línea JSON por petición en la salida de errores")                                                           \
    ENGINE_SETTINGS(X)

enum setting_index {
#define INDEX(name, ...) SETTING_##name,
    SETTINGS(INDEX)
#undef INDEX
        SETTING_COUNT_OF_ALL,
    SETTING_FIRST_OF_ENGINE = SETTING_memory_cleanup, /* they are the last ones */
    SETTING_COUNT_OF_ENGINE = SETTING_COUNT_OF_ALL - SETTING_FIRST_OF_ENGINE
};

struct setting_spec {
    const char *name;
    enum setting_kind kind;
    const char *built_in;
    const char *unit[2], *help[2]; /* by language */
};
extern const struct setting_spec setting_specs[SETTING_COUNT_OF_ALL];

enum setting_source { SOURCE_BUILT_IN, SOURCE_FILE, SOURCE_ENVIRONMENT, SOURCE_FLAG };

struct setting {
    char *text;                         /* owned */
    _Atomic uint64_t number;            /* of numeric kinds; for a choice, its index; settings_take writes it */
    _Atomic enum setting_source source; /* settings_take writes it */
};

struct settings {
    struct setting of[SETTING_COUNT_OF_ALL];
    char *file; /* owned; NULL: none */
};

/*
 * Fills `settings` from the built-in values, the file (--config, else LINCE_CONFIG, else none), the environment and
 * `flags`, which are strings "name=value" that end with NULL. ARGUMENT names what is wrong and where it was set.
 */
enum lince_status settings_load(struct settings *settings, char *const *flags, struct lince_error *error);
/* The value of the last "name=value" among the flags; NULL if there is none. */
const char *settings_flag(char *const *flags, const char *name);
/*
 * The same for the engine's settings alone, from section `section` of the file. Those of the service keep their
 * built-in values.
 */
enum lince_status settings_load_engine(struct settings *settings, const char *section, char *const *flags,
                                       struct lince_error *error);
/* Puts the engine's settings into the environment, for child processes. */
void settings_export_engine(const struct settings *settings);

/*
 * Takes from `fresh` the values that may change while the service runs. Writes to `kept` the names that need a restart.
 */
void settings_take(struct settings *settings, const struct settings *fresh, char kept[256]);
void settings_free(struct settings *settings);

/* The values of `role`, in their order. */
enum setting_role { ROLE_BOTH, ROLE_FRONT, ROLE_WORKER };

#define SETTING_NUMBER(settings, name) ((settings)->of[SETTING_##name].number)
#define SETTING_TEXT_OF(settings, name) ((const char *)(settings)->of[SETTING_##name].text)

/* "built in", "file", "environment", "flag". */
const char *setting_source_name(enum setting_source source, enum lince_language language);

/* Prints every setting with its value and source, as a configuration file. */
void settings_print(const struct settings *settings, enum lince_language language, FILE *stream);

#endif
