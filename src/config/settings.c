/* settings.c - takes values from four sources and checks them with one table. */
#include "config/settings.h"

#include <ctype.h>
#include <errno.h>
#include <ini.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/reason.h"
#include "config/quantity.h"

static const uint64_t COUNT_MOST = 1000000000;

static bool value_parse(const struct setting_spec *spec, const char *text, uint64_t *value) {
    switch (spec->kind) {
    case SETTING_TEXT:
        return true;
    case SETTING_COUNT:
        return quantity_count(text, COUNT_MOST, value);
    case SETTING_SIZE:
        return quantity_size(text, value);
    case SETTING_DURATION:
        return quantity_duration(text, value);
    case SETTING_CHOICE:
        return quantity_choice(text, spec->unit[0], value);
    case SETTING_PERCENT:
        return quantity_percent(text, value);
    }
    return false;
}

static enum lince_status value_set(struct settings *settings, int index, const char *text, enum setting_source source,
                                   struct lince_error *error) {
    const struct setting_spec *spec = &setting_specs[index];
    struct setting *setting = &settings->of[index];
    uint64_t number = 0;
    static const char *const wanted[][2] = {
        [SETTING_TEXT] = {"a text", "un texto"},
        [SETTING_COUNT] = {"a whole number", "un número entero"},
        [SETTING_SIZE] = {"a size such as 300MB", "un tamaño como 300MB"},
        [SETTING_DURATION] = {"a time such as 250ms, 2s, 5m, 24h or 30d", "un tiempo como 250ms, 2s, 5m, 24h o 30d"},
        [SETTING_PERCENT] = {"a share such as 70%", "una parte como 70%"},
    };
    if (!value_parse(spec, text, &number)) {
        bool is_choice = spec->kind == SETTING_CHOICE;
        enum lince_language language = error == NULL ? LINCE_ENGLISH : error->language;
        return error_set(error, LINCE_ERROR_ARGUMENT, "%s takes %s%s, not \"%s\"", "%s lleva %s%s, no \"%s\"",
                         spec->name, is_choice ? in_language(language, "one of ", "uno de ") : "",
                         is_choice ? spec->unit[0] : wanted[spec->kind][language], text);
    }
    char *copy = strdup(text);
    if (copy == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the settings",
                         "no hay memoria para los ajustes");
    }
    free(setting->text);
    setting->text = copy;
    setting->number = number;
    setting->source = source;
    return LINCE_OK;
}

static int index_of(const char *name) {
    for (int i = 0; i < SETTING_COUNT_OF_ALL; i++) {
        if (strcmp(setting_specs[i].name, name) == 0) {
            return i;
        }
    }
    return -1;
}

struct file_reading {
    struct settings *settings;
    const char *section;
    int first; /* settings before this one do not apply to this program */
    struct lince_error *error;
    enum lince_status status;
};

static int file_line(void *context, const char *section, const char *name, const char *value) {
    struct file_reading *reading = context;
    int index = index_of(name);
    if (*section != '\0' && strcmp(section, reading->section) != 0) {
        return 1; /* for another part of the program */
    }
    if (index < 0) {
        reading->status =
            error_set(reading->error, LINCE_ERROR_ARGUMENT, "there is no setting %s", "no existe el ajuste %s", name);
    } else if (index >= reading->first) {
        reading->status = value_set(reading->settings, index, value, SOURCE_FILE, reading->error);
    }
    return reading->status == LINCE_OK;
}

static enum lince_status file_load(struct settings *settings, const char *section, int first,
                                   struct lince_error *error) {
    struct file_reading reading = {settings, section, first, error, LINCE_OK};
    int line = ini_parse(settings->file, file_line, &reading);
    if (line < 0) {
        return error_set(error, LINCE_ERROR_NOT_FOUND, "the configuration file %s cannot be read (%s)",
                         "no se puede leer el archivo de configuración %s (%s)", settings->file,
                         reason_for(error, errno));
    }
    if (line == 0) {
        return LINCE_OK;
    }
    char reason[400] = "";
    snprintf(reason, sizeof reason, "%.399s", reading.status != LINCE_OK && error != NULL ? error->message : "");
    return error_set(error, LINCE_ERROR_ARGUMENT, "%s, line %d: %s", "%s, línea %d: %s", settings->file, line,
                     reason[0] != '\0' ? reason : "name = value");
}

const char *settings_flag(char *const *flags, const char *name) {
    const char *found = NULL;
    size_t length = strlen(name);
    for (; *flags != NULL; flags++) {
        if (strncmp(*flags, name, length) == 0 && (*flags)[length] == '=') {
            found = *flags + length + 1;
        }
    }
    return found;
}

enum { VARIABLE_BYTES = 64 };

static void variable_name(const char *name, char variable[VARIABLE_BYTES]) {
    size_t used = (size_t)snprintf(variable, VARIABLE_BYTES, "LINCE_");
    for (; *name != '\0' && used + 1 < VARIABLE_BYTES; name++) {
        variable[used++] = *name == '-' ? '_' : (char)toupper((unsigned char)*name);
    }
    variable[used] = '\0';
}

static const char *environment_value(const char *name) {
    char variable[VARIABLE_BYTES];
    variable_name(name, variable);
    return getenv(variable);
}

static enum lince_status load_from(struct settings *settings, const char *section, int first, char *const *flags,
                                   struct lince_error *error) {
    *settings = (struct settings){0};
    enum lince_status status = LINCE_OK;
    for (int i = 0; i < SETTING_COUNT_OF_ALL && status == LINCE_OK; i++) {
        status = value_set(settings, i, setting_specs[i].built_in, SOURCE_BUILT_IN, error);
    }
    const char *file = settings_flag(flags, "config");
    file = file != NULL ? file : getenv("LINCE_CONFIG");
    if (status == LINCE_OK && file != NULL) {
        settings->file = strdup(file);
        status = settings->file == NULL ? LINCE_ERROR_MEMORY_LIMIT : file_load(settings, section, first, error);
    }
    for (int i = first; i < SETTING_COUNT_OF_ALL && status == LINCE_OK; i++) {
        const char *value = environment_value(setting_specs[i].name);
        status = value == NULL ? LINCE_OK : value_set(settings, i, value, SOURCE_ENVIRONMENT, error);
        value = settings_flag(flags, setting_specs[i].name);
        if (status == LINCE_OK && value != NULL) {
            status = value_set(settings, i, value, SOURCE_FLAG, error);
        }
    }
    if (status != LINCE_OK) {
        settings_free(settings);
    }
    return status;
}

enum lince_status settings_load(struct settings *settings, char *const *flags, struct lince_error *error) {
    return load_from(settings, "serve", 0, flags, error);
}

enum lince_status settings_load_engine(struct settings *settings, const char *section, char *const *flags,
                                       struct lince_error *error) {
    return load_from(settings, section, SETTING_FIRST_OF_ENGINE, flags, error);
}

void settings_export_engine(const struct settings *settings) {
    for (int i = SETTING_FIRST_OF_ENGINE; i < SETTING_COUNT_OF_ALL; i++) {
        char variable[VARIABLE_BYTES];
        variable_name(setting_specs[i].name, variable);
        setenv(variable, settings->of[i].text, 1);
    }
}

/* Numbers only: a thread that reads one sees the old or the new value, never a mix. */
void settings_take(struct settings *settings, const struct settings *fresh, char kept[256]) {
    static const int live[] = {
        SETTING_timeout,          SETTING_max_requests,      SETTING_max_requests_jitter, SETTING_max_body,
        SETTING_max_files,        SETTING_max_unpacked,      SETTING_queue_limit,         SETTING_disk_limit,
        SETTING_disk_reserve,     SETTING_rate_limit,        SETTING_address_connections, SETTING_wrong_keys,
        SETTING_keep_alive,       SETTING_request_timeout,   SETTING_access_log,          SETTING_keep_images,
        SETTING_keep_size,        SETTING_keep_count,        SETTING_keep_documents,      SETTING_start,
        SETTING_webhooks_private, SETTING_webhooks_failures, SETTING_webhooks_pause,      SETTING_memory_profile};
    size_t used = 0;
    kept[0] = '\0';
    for (int i = 0; i < SETTING_COUNT_OF_ALL; i++) {
        bool is_live = false;
        for (size_t j = 0; j < sizeof live / sizeof *live; j++) {
            is_live = is_live || live[j] == i;
        }
        if (is_live) {
            settings->of[i].number = fresh->of[i].number;
            settings->of[i].source = fresh->of[i].source;
        } else if (strcmp(settings->of[i].text, fresh->of[i].text) != 0 && used < 200) {
            used += (size_t)snprintf(kept + used, 256 - used, "%s%s", used == 0 ? "" : ", ", setting_specs[i].name);
        }
    }
}

void settings_free(struct settings *settings) {
    for (int i = 0; i < SETTING_COUNT_OF_ALL; i++) {
        free(settings->of[i].text);
    }
    free(settings->file);
    *settings = (struct settings){0};
}

const char *setting_source_name(enum setting_source source, enum lince_language language) {
    static const char *const names[][2] = {
        {"built in", "por defecto"}, {"file", "archivo"}, {"environment", "entorno"}, {"flag", "opción"}};
    return names[source][language];
}

/* Prints the text with three stars instead of its part from `from` up to the first of `ends`. */
static void secret_print(const char *text, const char *from, const char *ends, FILE *stream) {
    fprintf(stream, "%.*s***%s", (int)(from - text), text, from + strcspn(from, ends));
}

/* Prints a database's address without its password: others may see the screen. */
static void address_print(const char *text, FILE *stream) {
    const char *scheme = strstr(text, "://"), *word = strstr(text, "password=");
    const char *host = scheme == NULL ? NULL : scheme + 3 + strcspn(scheme + 3, "@/?");
    const char *colon = scheme == NULL ? NULL : memchr(scheme + 3, ':', (size_t)(host - scheme - 3));
    if (word != NULL) {
        secret_print(text, word + strlen("password="), "& ", stream);
    } else if (colon != NULL && *host == '@') {
        secret_print(text, colon + 1, "@", stream);
    } else {
        fputs(text, stream);
    }
}

void settings_print(const struct settings *settings, enum lince_language language, FILE *stream) {
    fprintf(stream, "[serve]\n");
    for (int i = 0; i < SETTING_COUNT_OF_ALL; i++) {
        const struct setting *setting = &settings->of[i];
        fprintf(stream, "; %s (%s)\n%s = ", setting_specs[i].help[language],
                setting_source_name(setting->source, language), setting_specs[i].name);
        if (i == SETTING_store) {
            address_print(setting->text, stream);
        } else {
            fputs(setting->text, stream);
        }
        fputc('\n', stream);
    }
}
