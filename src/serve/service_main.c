/*
 * service_main.c - the service as a separate program, which `lince serve` and similar commands execute. It has the HTTP
 * server, the store and the cryptography but not the models, so that neither it nor `lince read` pays for the other.
 *
 *     lince-service LINCE ACTION [name=value...] [-- OPERAND...]
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "serve/admin/actions.h"
#include "serve/serve.h"

enum { ARGUMENTS_LIMIT = 100 };

static enum lince_language language_of(char *const *flags) {
    for (; *flags != NULL; flags++) {
        if (strcmp(*flags, "language=es") == 0) {
            return LINCE_SPANISH;
        }
    }
    return LINCE_ENGLISH;
}

int main(int argc, char **argv) {
    umask(077); /* everything written here shows what people paid: it is private to its owner */
    char *flags[ARGUMENTS_LIMIT + 1] = {NULL}, *operands[ARGUMENTS_LIMIT + 1] = {NULL};
    int flag_count = 0, operand_count = 0;
    if (argc < 3 || argc > ARGUMENTS_LIMIT) {
        fprintf(stderr, "lince-service is started by lince serve\n");
        return 2;
    }
    for (int i = 3, are_operands = 0; i < argc; i++) {
        if (!are_operands && strcmp(argv[i], "--") == 0) {
            are_operands = 1;
        } else if (are_operands) {
            operands[operand_count++] = argv[i];
        } else {
            flags[flag_count++] = argv[i];
        }
    }
    if (strcmp(argv[2], "serve") == 0) {
        return serve_run(argv[1], flags, language_of(flags));
    }
    return action_run(argv[2], flags, operands, language_of(flags));
}
