/* decoder_command.c - `lince decoder`: `lince read --locked-down` starts it for one file; people do not call it. */
#include <fcntl.h>

#include "cli/command.h"
#include "cli/language.h"
#include "worker/decoder.h"
#include "worker/decoder_protocol.h"
#include "worker/lockdown.h"
#include "worker/worker_protocol.h"

static const char none;
static const struct option_spec option_table[] = {{.name = NULL}};

static int run_decoder(const struct invocation *invocation) {
    struct lince_error error = LINCE_ERROR_INIT;
    error.language = invocation->language;
    if (fcntl(WORK_DESCRIPTOR, F_GETFD) < 0) {
        language_complain(invocation->language, "lince decoder is started by lince read --locked-down",
                          "lince decoder lo arranca lince read --locked-down");
        return EXIT_CODE_USAGE;
    }
    if (decoder_run(&error) != LINCE_OK) {
        language_complain(invocation->language, "%s", "%s", error.message);
        return DECODER_UNLOCKED_STATUS;
    }
    lockdown_exit(EXIT_CODE_OK);
}

const struct command command_decoder = {
    .name = "decoder",
    .is_internal = true,
    .summary = BILINGUAL("decode a file for lince read", "decodifica un archivo para lince read"),
    .description = BILINGUAL("Decodes one file for the program that started it, without any other right.",
                             "Decodifica un archivo para el programa que lo arrancó, sin ningún otro derecho."),
    .options = option_table,
    .options_bytes = sizeof none,
    .options_default = &none,
    .run = run_decoder,
};
