/* store_command.c - `lince keys ...`, `lince backup`, `lince restore`, `lince check`, `lince store copy`, `lince
 * parties ...`: their declarations.
 */
#include "cli/serve_options.h"
#include "cli/service_program.h"

static const struct serve_options defaults;

#define DATA_OPTION                                                                                                    \
    {                                                                                                                  \
        .name = "data", .kind = OPTION_TEXT,                                                                           \
        .offset = offsetof(struct serve_options, texts) + SETTING_data * sizeof(const char *),                         \
        .value = BILINGUAL("DIR", "CARPETA"), .help = BILINGUAL("folder of the service", "carpeta del servicio")       \
    }

static const struct option_spec data_options[] = {DATA_OPTION, SERVE_CONFIG_OPTION, {.name = NULL}};

static const struct option_spec create_options[] = {
    {.name = "name",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct serve_options, name),
     .value = BILINGUAL("NAME", "NOMBRE"),
     .help = BILINGUAL("what the key is for", "para qué es la clave")},
    {.name = "scopes",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct serve_options, scopes),
     .value = BILINGUAL("LIST", "LISTA"),
     .help = BILINGUAL("its scopes: submit, read, correct, admin; by default submit,read",
                       "sus permisos: submit, read, correct, admin; por defecto submit,read")},
    {.name = "expires",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct serve_options, expires),
     .value = BILINGUAL("DAYS", "DÍAS"),
     .help = BILINGUAL("after how many days it expires, such as 90d; by default never",
                       "en cuántos días vence, como 90d; por defecto nunca")},
    DATA_OPTION,
    SERVE_CONFIG_OPTION,
    {.name = NULL}};

static int run_create(const struct invocation *invocation) {
    const struct serve_options *options = invocation->options;
    const char *more[] = {"name", options->name, "scopes", options->scopes, "expires", options->expires, NULL};
    return service_become(invocation, "keys-create", more);
}

static const struct option_spec copy_options[] = {
    {.name = "from-images",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct serve_options, from_images),
     .value = BILINGUAL("ADDRESS", "DIRECCIÓN"),
     .help = BILINGUAL("the bucket (s3://...) with the images of the first store; by default they are in it",
                       "el bucket (s3://...) con las imágenes del primer almacén; por defecto están en él")},
    {.name = "to-images",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct serve_options, to_images),
     .value = BILINGUAL("ADDRESS", "DIRECCIÓN"),
     .help = BILINGUAL("the bucket for the images of the second store; by default they go into it",
                       "el bucket para las imágenes del segundo almacén; por defecto van a él")},
    {.name = NULL}};

static int run_copy(const struct invocation *invocation) {
    const struct serve_options *options = invocation->options;
    const char *more[] = {"from-images", options->from_images, "to-images", options->to_images, NULL};
    return service_become(invocation, "store-copy", more);
}

static int run_list(const struct invocation *invocation) {
    return service_become(invocation, "keys-list", NULL);
}

static int run_revoke(const struct invocation *invocation) {
    return service_become(invocation, "keys-revoke", NULL);
}

static int run_parties_list(const struct invocation *invocation) {
    return service_become(invocation, "parties-list", NULL);
}

static int run_parties_erase(const struct invocation *invocation) {
    return service_become(invocation, "parties-erase", NULL);
}

static int run_backup(const struct invocation *invocation) {
    return service_become(invocation, "backup", NULL);
}

static int run_restore(const struct invocation *invocation) {
    return service_become(invocation, "restore", NULL);
}

static int run_check(const struct invocation *invocation) {
    return service_become(invocation, "check", NULL);
}

#define STORE_COMMAND .options_bytes = sizeof(struct serve_options), .options_default = &defaults

const struct command command_keys_create = {
    .name = "keys create",
    .summary = BILINGUAL("make an API key", "crea una clave de la API"),
    .description = BILINGUAL(
        "Prints a new key, only this time: only its hash is kept. The key is valid at once, also in a running service.",
        "Muestra una clave nueva, solo esta vez: solo se guarda su hash. La clave vale enseguida, también en un "
        "servicio en marcha."),
    .options = create_options,
    STORE_COMMAND,
    .run = run_create,
};

const struct command command_keys_list = {
    .name = "keys list",
    .summary = BILINGUAL("list the API keys", "enumera las claves de la API"),
    .description =
        BILINGUAL("Prints a line for each key, newest first, with its scopes, expiry and last use.",
                  "Muestra una línea por clave, la más nueva primero, con sus permisos, vencimiento y último uso."),
    .options = data_options,
    STORE_COMMAND,
    .run = run_list,
};

const struct command command_keys_revoke = {
    .name = "keys revoke",
    .summary = BILINGUAL("revoke API keys", "anula claves de la API"),
    .operands = BILINGUAL("ID ...", "ID ..."),
    .description = BILINGUAL("Revokes the keys with these ids at once.", "Anula enseguida las claves con esos id."),
    .options = data_options,
    STORE_COMMAND,
    .run = run_revoke,
};

const struct command command_backup = {
    .name = "backup",
    .summary = BILINGUAL("copy the service's data while it runs", "copia los datos del servicio mientras funciona"),
    .operands = BILINGUAL("DIR", "CARPETA"),
    .description = BILINGUAL("Copies a snapshot of the store and its images to a new folder. On the same disk images "
                             "are linked, not copied.",
                             "Copia una instantánea del almacén y sus imágenes en una carpeta nueva. En el mismo disco "
                             "las imágenes se enlazan, no se copian."),
    .options = data_options,
    STORE_COMMAND,
    .run = run_backup,
};

const struct command command_restore = {
    .name = "restore",
    .summary = BILINGUAL("restore a backup", "restaura una copia"),
    .operands = BILINGUAL("DIR", "CARPETA"),
    .description = BILINGUAL("Copies a backup to the data folder, which must not contain a store yet.",
                             "Copia una copia de seguridad en la carpeta de datos, que no debe tener aún un almacén."),
    .options = data_options,
    STORE_COMMAND,
    .run = run_restore,
};

const struct command command_check = {
    .name = "check",
    .summary = BILINGUAL("check the service's data", "comprueba los datos del servicio"),
    .description =
        BILINGUAL("Checks the tables, and every image against its SHA-256. Names the learned layouts that are not "
                  "valid; the service passes them over.",
                  "Comprueba las tablas, y cada imagen con su SHA-256. Nombra las plantillas aprendidas que "
                  "no son válidas; el servicio las pasa por alto."),
    .options = data_options,
    STORE_COMMAND,
    .run = run_check,
};

const struct command command_store_copy = {
    .name = "store copy",
    .summary = BILINGUAL("copy a store to SQLite or PostgreSQL", "copia un almacén a SQLite o PostgreSQL"),
    .operands = BILINGUAL("FROM TO", "ORIGEN DESTINO"),
    .description = BILINGUAL(
        "Copies everything from one store into an empty one: documents, queue, keys, events, webhooks, reconciliations "
        "and images. Each store is a data folder or postgres://USER@HOST/DATABASE. Stop the service, or all nodes, of "
        "both first.\n\nA copy that was broken off goes on when the command is given again. At the end both stores are "
        "compared row by row, and every image with its SHA-256; until then no service starts on the copy. Prints "
        "a line for each table: its name, its rows, and those that were copied now.\n\nUsers of the machine can read a "
        "command line: keep passwords in ~/.pgpass or PGPASSWORD. Layouts that were learned are files in the data "
        "folder, and are not copied.",
        "Copia todo de un almacén a otro vacío: documentos, cola, claves, eventos, webhooks, conciliaciones e "
        "imágenes. Cada almacén es una carpeta de datos o postgres://USUARIO@SERVIDOR/BASE. Detenga antes el servicio, "
        "o todos los nodos, de ambos.\n\nUna copia interrumpida continúa al repetir la orden. Al final se comparan "
        "los dos almacenes fila por fila, y cada imagen con su SHA-256; hasta entonces ningún servicio arranca sobre "
        "la copia. Escribe una línea por tabla: su nombre, sus filas y las que se copiaron ahora.\n\nLos usuarios "
        "del equipo pueden leer la línea de órdenes: guarde las contraseñas en ~/.pgpass o PGPASSWORD. Las plantillas "
        "aprendidas son archivos de la carpeta de datos y no se copian."),
    .options = copy_options,
    STORE_COMMAND,
    .run = run_copy,
};

const struct command command_parties_list = {
    .name = "parties list",
    .summary = BILINGUAL("list the known parties", "enumera los terceros conocidos"),
    .description =
        BILINGUAL("Prints a line for each party that documents taught or people entered, newest first: its "
                  "id, names, ids, accounts, keys, phones, banks and addresses, with tabs between.",
                  "Muestra una línea por cada tercero que enseñaron los documentos o que alguien ingresó, el "
                  "más nuevo primero: su id, nombres, documentos de identidad, cuentas, claves, teléfonos, "
                  "bancos y direcciones, con tabuladores entre ellos."),
    .options = data_options,
    STORE_COMMAND,
    .run = run_parties_list,
};

const struct command command_parties_erase = {
    .name = "parties erase",
    .summary = BILINGUAL("erase known parties", "borra terceros conocidos"),
    .operands = BILINGUAL("ID ...", "ID ..."),
    .description = BILINGUAL("Erases all that is known of the parties with these ids, also in a running service, and "
                             "says how many documents still show each. Documents, backups and copies stay.",
                             "Borra todo lo que se sabe de los terceros con esos id, también en un servicio en marcha, "
                             "y dice cuántos documentos aún muestran a cada uno. Los documentos y las copias quedan."),
    .options = data_options,
    STORE_COMMAND,
    .run = run_parties_erase,
};
