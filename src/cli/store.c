/* store.c - `lince keys ...`, `lince backup`, `lince restore`, `lince check`: their declarations. */
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

static int run_list(const struct invocation *invocation) {
    return service_become(invocation, "keys-list", NULL);
}

static int run_revoke(const struct invocation *invocation) {
    return service_become(invocation, "keys-revoke", NULL);
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
    .description = BILINGUAL("Checks the tables, and every image against its SHA-256.",
                             "Comprueba las tablas, y cada imagen con su SHA-256."),
    .options = data_options,
    STORE_COMMAND,
    .run = run_check,
};
