/*
 * command.h - one declaration per command, from which it is dispatched, parsed and documented.
 *
 * A new command is a file with one `struct command` and an entry in the table of commands.c; nothing else.
 */
#ifndef LINCE_CLI_COMMAND_H
#define LINCE_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lince.h"

/* A text in both languages, indexed by enum lince_language. */
struct bilingual {
    const char *in[2];
};
#define BILINGUAL(english, spanish)                                                                                    \
    {                                                                                                                  \
        { english, spanish }                                                                                           \
    }

enum option_kind {
    OPTION_FLAG,    /* bool */
    OPTION_TEXT,    /* const char *: borrowed from argv */
    OPTION_TEXTS,   /* struct text_list: given any number of times */
    OPTION_COUNT,   /* uint32_t, at least 1 */
    OPTION_SIZE,    /* uint64_t: bytes, written 300MB, 1.5GB, 65536; 0 is allowed */
    OPTION_PERCENT, /* uint32_t, 1..100, written 70% or 70 */
    OPTION_CHOICE,  /* uint32_t: index into `choices` */
};

/* All borrowed from argv. */
enum { TEXTS_LIMIT = 64 };
struct text_list {
    const char *items[TEXTS_LIMIT];
    size_t count;
};

/* One option. Its value goes to `offset` in the command's struct of options, which the command fills with defaults. */
struct option_spec {
    char letter;      /* '\0': no short name */
    const char *name; /* without the dashes; NULL ends a table */
    enum option_kind kind;
    size_t offset;
    struct bilingual value; /* the value's name in the help: FILE, DIR; unused for flags and choices */
    struct bilingual help;
    const char *const *choices; /* with OPTION_CHOICE; ends with NULL */
};

/* A row of the table of exit codes or of examples. */
struct command_note {
    const char *term; /* NULL ends a table */
    struct bilingual help;
};

/* The input of a command. Everything is borrowed during the run. */
struct invocation {
    const struct command *command;
    const struct command *const *commands; /* all of them, for a command that lists them; ends with NULL */
    enum lince_language language;
    void *options;   /* the command's struct, filled */
    char **operands; /* the rest of argv, in order */
    int operand_count;
};

struct command {
    const char *name; /* one word, or two for a command in a family: "memory plan" */
    bool is_internal; /* only the program calls it: no help lists it */
    struct bilingual summary;
    struct bilingual operands;    /* "FILE|DIR|- ..."; empty: none */
    struct bilingual description; /* paragraphs, separated by an empty line */
    const struct option_spec *options;
    size_t options_bytes;                             /* size of the struct of options; 0 without options */
    const void *options_default;                      /* copied before parsing */
    const struct command_note *exit_codes, *examples; /* NULL: none */
    int (*run)(const struct invocation *invocation);  /* returns the exit code */
};

/* The table, which main() gives to the command that it runs. Ends with NULL. */
extern const struct command *const commands[];

/* Whether `word` begins the names of two-word commands, as "memory" does. */
bool command_is_family(const struct command *command, const char *word);

/* The command of a table that the words at `argv` name, and how many words its name has (1 or 2); NULL if none is. */
const struct command *command_find(const struct command *const *table, char *const *argv, int argc, int *word_count);

enum exit_code {
    EXIT_CODE_OK = 0,
    EXIT_CODE_SOME_FAILED = 1,
    EXIT_CODE_USAGE = 2,
    EXIT_CODE_UNAVAILABLE = 69, /* something necessary is missing or does not load: models, a font */
    EXIT_CODE_OUTPUT = 74,      /* a full disk, a closed pipe */
    EXIT_CODE_MEMORY = 75,      /* something did not fit in the memory limit */
    EXIT_CODE_INTERRUPTED = 130,
};

#endif
