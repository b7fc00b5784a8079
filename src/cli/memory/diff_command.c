/* diff_command.c - `lince memory diff`: what grew between two reports. */
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/error.h"
#include "cli/command.h"
#include "cli/help.h"
#include "cli/language.h"
#include "cli/memory/report_file.h"
#include "monitor/report_page.h"

/* How rows of two reports are matched: by one member, or by site. */
struct table {
    const char *name, *member;
    const char *keys[3]; /* ends with NULL */
    const char *english, *spanish;
};

static const struct table tables[] = {
    {"meters", "current_bytes", {"name", NULL}, "meters", "medidores"},
    {"sites", "live_bytes", {"file", "line", NULL}, "places", "lugares"},
    {"sites", "live_bytes", {"type", NULL}, "types", "tipos"},
};

static void key_of(const json_t *row, const struct table *table, char key[256]) {
    size_t used = 0;
    key[0] = '\0';
    for (size_t i = 0; table->keys[i] != NULL && used < 200; i++) {
        const json_t *value = json_object_get(row, table->keys[i]);
        const char *gap = i == 0 ? "" : ":";
        int length = json_is_string(value) ? snprintf(key + used, 256 - used, "%s%s", gap, json_string_value(value))
                                           : snprintf(key + used, 256 - used, "%s%.0f", gap, json_number_value(value));
        used += (size_t)length;
    }
}

/* Adds the rows' figures, times `sign`, under their keys. */
static void rows_sum(json_t *sums, const json_t *report, const struct table *table, double sign) {
    size_t index;
    const json_t *row;
    json_array_foreach(json_object_get(report, table->name), index, row) {
        char key[256];
        key_of(row, table, key);
        double bytes = report_number(sums, key) + sign * report_number(row, table->member);
        json_object_set_new(sums, key, json_real(bytes));
    }
}

/* Prints the differences, largest first, and removes each one printed. */
static void sums_print(json_t *sums) {
    for (;;) {
        const char *key, *largest = NULL;
        json_t *value;
        double most = 0.5;
        json_object_foreach(sums, key, value) {
            if (fabs(json_number_value(value)) > most) {
                most = fabs(json_number_value(value));
                largest = key;
            }
        }
        if (largest == NULL) {
            return;
        }
        printf("  %+12.0f  %s\n", report_number(sums, largest), largest);
        json_object_del(sums, largest);
    }
}

static void diff_print(const json_t *before, const json_t *after, enum lince_language language) {
    const json_t *old_system = json_object_get(before, "system"), *new_system = json_object_get(after, "system");
    printf(in_language(language, "resident %+.0f bytes, tracked %+.0f, over %.0f images\n",
                       "residente %+.0f bytes, medida %+.0f, en %.0f imágenes\n"),
           report_number(new_system, "resident_bytes") - report_number(old_system, "resident_bytes"),
           report_number(after, "tracked_bytes") - report_number(before, "tracked_bytes"),
           report_number(json_object_get(after, "counts"), "images") -
               report_number(json_object_get(before, "counts"), "images"));
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        json_t *sums = json_object();
        rows_sum(sums, after, &tables[i], 1.0);
        rows_sum(sums, before, &tables[i], -1.0);
        printf("%s\n", in_language(language, tables[i].english, tables[i].spanish));
        sums_print(sums);
        json_decref(sums);
    }
}

static int run(const struct invocation *invocation) {
    if (invocation->operand_count != 2) {
        language_complain(invocation->language, "name two reports, the earlier first; see: lince memory diff --help",
                          "indique dos informes, primero el anterior; vea: lince memory diff --help");
        return EXIT_CODE_USAGE;
    }
    json_t *before = report_file_load(invocation->operands[0], invocation->language);
    json_t *after = report_file_load(invocation->operands[1], invocation->language);
    bool loaded = before != NULL && after != NULL;
    if (loaded) {
        diff_print(before, after, invocation->language);
    }
    json_decref(before);
    json_decref(after);
    return loaded ? help_finish(stdout, invocation->language) : EXIT_CODE_SOME_FAILED;
}

const struct command command_memory_diff = {
    .name = "memory diff",
    .summary =
        BILINGUAL("show what grew between two memory reports", "muestra qué creció entre dos informes de memoria"),
    .operands = BILINGUAL("BEFORE AFTER", "ANTES DESPUÉS"),
    .description =
        BILINGUAL("Prints by how many bytes meters, allocation sites and types of objects differ between two reports, "
                  "the largest difference first. Sites and types are in reports that were made with --memory-profile.",
                  "Muestra en cuántos bytes difieren los medidores, los sitios que piden memoria y los tipos de "
                  "objetos entre dos informes, primero la mayor diferencia. Los sitios y tipos están en los informes "
                  "hechos con --memory-profile."),
    .run = run,
};
