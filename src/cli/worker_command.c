/* worker_command.c - `lince worker`: the service starts it to read images; people do not call it. */
#include <fcntl.h>

#include "cli/command.h"
#include "cli/language.h"
#include "worker/lockdown.h"
#include "worker/worker.h"
#include "worker/worker_protocol.h"

static const struct worker_options defaults;

static const struct option_spec option_table[] = {
    {.name = "memory",
     .kind = OPTION_SIZE,
     .offset = offsetof(struct worker_options, memory_bytes),
     .value = BILINGUAL("SIZE", "TAMAÑO"),
     .help = BILINGUAL("the most memory that this process may take", "la mayor memoria que puede ocupar este proceso")},
    {.name = "models",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct worker_options, models),
     .value = BILINGUAL("DIR", "CARPETA"),
     .help = BILINGUAL("folder of the models", "carpeta de los modelos")},
    {.name = NULL},
};

static int run_worker(const struct invocation *invocation) {
    struct lince_error error = LINCE_ERROR_INIT;
    error.language = invocation->language;
    if (fcntl(WORK_DESCRIPTOR, F_GETFD) < 0) {
        language_complain(invocation->language, "lince worker is started by lince serve",
                          "lince worker lo arranca lince serve");
        return EXIT_CODE_USAGE;
    }
    if (worker_run(invocation->options, &error) != LINCE_OK) {
        language_complain(invocation->language, "%s", "%s", error.message);
        return EXIT_CODE_UNAVAILABLE;
    }
    lockdown_exit(EXIT_CODE_OK);
}

const struct command command_worker = {
    .name = "worker",
    .is_internal = true,
    .summary = BILINGUAL("read images for the service", "lee imágenes para el servicio"),
    .description = BILINGUAL("Reads images that come over a socket from the service that started it.",
                             "Lee imágenes que le llegan por un socket del servicio que lo arrancó."),
    .options = option_table,
    .options_bytes = sizeof(struct worker_options),
    .options_default = &defaults,
    .run = run_worker,
};
