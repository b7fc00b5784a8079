/* serve_command.c - `lince serve` and `lince config`: their declarations. */
#include "cli/serve_options.h"
#include "cli/service_program.h"

static const struct serve_options defaults;

static const struct option_spec option_table[] = {SETTINGS(SERVE_SETTING_OPTION) SERVE_CONFIG_OPTION, {.name = NULL}};

static const struct command_note exit_codes[] = {
    {"0", BILINGUAL("it stopped as requested", "se detuvo como se le pidió")},
    {"2", BILINGUAL("a setting is wrong, or the address is in use", "un ajuste está mal, o la dirección está ocupada")},
    {"69", BILINGUAL("it could not be started", "no se pudo arrancar")},
    {"74", BILINGUAL("the data folder cannot be used, or is damaged", "la carpeta de datos no sirve, o está dañada")},
    {"75", BILINGUAL("the memory limit is too small", "el límite de memoria es demasiado pequeño")},
    {NULL, BILINGUAL(NULL, NULL)},
};

static const struct command_note examples[] = {
    {"lince serve --data /var/lib/lince", BILINGUAL("listen on 127.0.0.1:8080 and keep everything in that folder",
                                                    "escucha en 127.0.0.1:8080 y guarda todo en esa carpeta")},
    {"curl -H 'Prefer: wait=10' --data-binary @receipt.jpg http://127.0.0.1:8080/v1/documents",
     BILINGUAL("send an image and wait for its record", "envía una imagen y espera su registro")},
    {NULL, BILINGUAL(NULL, NULL)},
};

static int run_serve(const struct invocation *invocation) {
    return service_become(invocation, "serve", NULL);
}

static int run_config(const struct invocation *invocation) {
    return service_become(invocation, "config", NULL);
}

const struct command command_serve = {
    .name = "serve",
    .summary =
        BILINGUAL("read images that come over HTTP, and keep them", "lee imágenes que llegan por HTTP, y las guarda"),
    .description = BILINGUAL(
        "Runs the service: one process answers HTTP and keeps documents, images and records in the data folder; others "
        "read. It prints one line with its address when it is ready. What it has accepted survives a crash of any of "
        "its processes.\n\nEach option can also be in the configuration file, and in the environment as LINCE_ and its "
        "name in capitals; an option overrides the environment, which overrides the file. `lince config` prints the "
        "current values and their sources.\n\nSIGTERM finishes the requests and readings in progress and ends the "
        "service. SIGHUP reads the configuration again, SIGUSR2 switches the counting of allocation sites.",
        "Pone en marcha el servicio: un proceso atiende HTTP y guarda documentos, imágenes y registros en la carpeta "
        "de datos; otros leen. Escribe una línea con su dirección cuando está listo. Lo que aceptó sobrevive a la "
        "caída de cualquiera de sus procesos.\n\nCada opción puede estar también en el archivo de configuración, y en "
        "el entorno como LINCE_ y su nombre en mayúsculas; la opción tiene prioridad sobre el entorno, y este sobre el "
        "archivo. `lince config` muestra los valores actuales y su origen.\n\nSIGTERM termina las peticiones y "
        "lecturas en curso y detiene el servicio. SIGHUP vuelve a leer la configuración, SIGUSR2 activa o desactiva la "
        "cuenta de los sitios que piden memoria."),
    .options = option_table,
    .options_bytes = sizeof(struct serve_options),
    .options_default = &defaults,
    .exit_codes = exit_codes,
    .examples = examples,
    .run = run_serve,
};

const struct command command_config = {
    .name = "config",
    .summary = BILINGUAL("print the settings of the service", "muestra los ajustes del servicio"),
    .description = BILINGUAL("Prints every setting that `lince serve` would have with the same options, file and "
                             "environment, as a configuration file, with the source of each value.",
                             "Muestra cada ajuste que tendría `lince serve` con las mismas opciones, archivo y "
                             "entorno, como archivo de configuración, con el origen de cada valor."),
    .options = option_table,
    .options_bytes = sizeof(struct serve_options),
    .options_default = &defaults,
    .run = run_config,
};
