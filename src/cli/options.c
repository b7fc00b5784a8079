/* options.c - calls getopt_long with the table of a command. */
#include "cli/options.h"

#include <assert.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "cli/language.h"
#include "config/quantity.h"

enum { LONG_BASE = 256, COUNT_MOST = 1000000, HELP_VALUE = 'h' };

/* The tables for getopt_long, made from ours. It knows an option as LONG_BASE + its index. */
struct getopt_tables {
    struct option long_options[OPTIONS_LIMIT + 2];
    char letters[2 * OPTIONS_LIMIT + 4];
};

static void tables_make(struct getopt_tables *tables, const struct option_spec *specs) {
    char *letter = tables->letters;
    *letter++ = ':'; /* report a missing value differently from an unknown option */
    *letter++ = 'h';
    size_t count = 0;
    for (; specs != NULL && specs[count].name != NULL; count++) {
        assert(count < OPTIONS_LIMIT);
        int takes_value = specs[count].kind == OPTION_FLAG ? no_argument : required_argument;
        tables->long_options[count] = (struct option){specs[count].name, takes_value, NULL, LONG_BASE + (int)count};
        if (specs[count].letter != '\0') {
            *letter++ = specs[count].letter;
            if (takes_value == required_argument) {
                *letter++ = ':';
            }
        }
    }
    *letter = '\0';
    tables->long_options[count] = (struct option){"help", no_argument, NULL, HELP_VALUE};
    tables->long_options[count + 1] = (struct option){0};
}

static const struct option_spec *spec_of(const struct option_spec *specs, int value) {
    if (value >= LONG_BASE) {
        return &specs[value - LONG_BASE];
    }
    for (; specs != NULL && specs->name != NULL; specs++) {
        if (specs->letter == value) {
            return specs;
        }
    }
    return NULL;
}

static bool choice_parse(const char *text, const char *const *choices, uint32_t *index) {
    for (*index = 0; choices[*index] != NULL; ++*index) {
        if (strcmp(choices[*index], text) == 0) {
            return true;
        }
    }
    return false;
}

static void choices_join(const char *const *choices, char *text, size_t text_bytes) {
    size_t used = 0;
    for (size_t i = 0; choices[i] != NULL && used < text_bytes; i++) {
        used += (size_t)snprintf(text + used, text_bytes - used, "%s%s", i > 0 ? ", " : "", choices[i]);
    }
}

/* Stores one option's value, or reports what is wrong with it. */
static bool value_store(const struct invocation *invocation, const struct option_spec *spec, const char *text) {
    void *place = (char *)invocation->options + spec->offset;
    char known[256] = "";
    uint64_t number;
    switch (spec->kind) {
    case OPTION_FLAG:
        *(bool *)place = true;
        return true;
    case OPTION_TEXT:
        *(const char **)place = text;
        return true;
    case OPTION_TEXTS:
        if (((struct text_list *)place)->count < TEXTS_LIMIT) {
            ((struct text_list *)place)->items[((struct text_list *)place)->count++] = text;
            return true;
        }
        language_complain(invocation->language, "--%s was given more than %d times", "--%s se dio más de %d veces",
                          spec->name, TEXTS_LIMIT);
        return false;
    case OPTION_COUNT:
        if (quantity_count(text, COUNT_MOST, &number) && number >= 1) {
            *(uint32_t *)place = (uint32_t)number;
            return true;
        }
        language_complain(invocation->language, "--%s takes a whole number from 1 to %d, not \"%s\"",
                          "--%s lleva un número entero de 1 a %d, no \"%s\"", spec->name, COUNT_MOST, text);
        return false;
    case OPTION_SIZE:
        if (quantity_size(text, place)) {
            return true;
        }
        language_complain(invocation->language, "--%s takes a size such as 300MB or 1GB, not \"%s\"",
                          "--%s lleva un tamaño como 300MB o 1GB, no \"%s\"", spec->name, text);
        return false;
    case OPTION_PERCENT:
        if (quantity_percent(text, &number)) {
            *(uint32_t *)place = (uint32_t)number;
            return true;
        }
        language_complain(invocation->language, "--%s takes a share such as 70%%, not \"%s\"",
                          "--%s lleva una parte como 70%%, no \"%s\"", spec->name, text);
        return false;
    case OPTION_CHOICE:
        if (choice_parse(text, spec->choices, place)) {
            return true;
        }
        choices_join(spec->choices, known, sizeof known);
        language_complain(invocation->language, "--%s takes one of %s, not \"%s\"", "--%s lleva uno de %s, no \"%s\"",
                          spec->name, known, text);
        return false;
    }
    assert(!"an option of no kind");
    return false;
}

/* Reports what getopt_long refused: `optopt` is its letter, LONG_BASE + its index, or 0 if only argv knows it. */
static enum options_result wrong_option(const struct invocation *invocation, const char *argument, bool lacks_value) {
    char letter[3] = {'-', (char)optopt, '\0'};
    const char *command = invocation->command->name;
    if (optopt >= LONG_BASE && !lacks_value) {
        language_complain(invocation->language, "--%s takes no value; see: lince %s --help",
                          "--%s no lleva valor; vea: lince %s --help",
                          invocation->command->options[optopt - LONG_BASE].name, command);
        return OPTIONS_WRONG;
    }
    const char *name = optopt > 0 && optopt < LONG_BASE ? letter : argument;
    if (lacks_value) {
        language_complain(invocation->language, "%s needs a value; see: lince %s --help",
                          "%s necesita un valor; vea: lince %s --help", name, command);
    } else {
        language_complain(invocation->language, "there is no option %s; see: lince %s --help",
                          "no existe la opción %s; vea: lince %s --help", name, command);
    }
    return OPTIONS_WRONG;
}

enum options_result options_parse(struct invocation *invocation, int argc, char **argv) {
    const struct option_spec *specs = invocation->command->options;
    struct getopt_tables tables;
    tables_make(&tables, specs);
    opterr = 0;
    for (;;) {
        int value = getopt_long(argc, argv, tables.letters, tables.long_options, NULL);
        if (value == -1) {
            break;
        }
        if (value == HELP_VALUE) {
            return OPTIONS_HELP_WANTED;
        }
        if (value == '?' || value == ':') {
            return wrong_option(invocation, argv[optind - 1], value == ':');
        }
        if (!value_store(invocation, spec_of(specs, value), optarg)) {
            return OPTIONS_WRONG;
        }
    }
    invocation->operands = argv + optind;
    invocation->operand_count = argc - optind;
    if (invocation->operand_count > 0 && invocation->command->operands.in[LINCE_ENGLISH] == NULL) {
        language_complain(invocation->language, "lince %s takes no operands, but \"%s\" was given",
                          "lince %s no lleva operandos, pero se dio \"%s\"", invocation->command->name, argv[optind]);
        return OPTIONS_WRONG;
    }
    return OPTIONS_PARSED;
}
