/* s3_credentials.c - reads the environment, or one section of a file of `name = value` lines. */
#include "store/s3/s3_credentials.h"

#include <limits.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

struct parts {
    char id[S3_KEY_BYTES], secret[S3_KEY_BYTES], token[S3_TOKEN_BYTES];
};

static const char *variable(const char *name) {
    const char *value = getenv(name);
    return value == NULL ? "" : value;
}

/* Without the spaces around it. */
static char *trim(char *text) {
    text += strspn(text, " \t");
    size_t count = strlen(text);
    while (count > 0 && strchr(" \t\r\n", text[count - 1]) != NULL) {
        text[--count] = '\0';
    }
    return text;
}

static void line_take(char *line, const char *section, bool *is_inside, struct parts *parts) {
    char *text = trim(line), *equals = strchr(text, '=');
    if (*text == '[') {
        size_t count = strlen(section);
        *is_inside = strncmp(text + 1, section, count) == 0 && text[1 + count] == ']';
        return;
    }
    if (!*is_inside || *text == '#' || *text == ';' || equals == NULL) {
        return;
    }
    *equals = '\0';
    const char *name = trim(text), *value = trim(equals + 1);
    if (strcmp(name, "aws_access_key_id") == 0) {
        snprintf(parts->id, sizeof parts->id, "%s", value);
    } else if (strcmp(name, "aws_secret_access_key") == 0) {
        snprintf(parts->secret, sizeof parts->secret, "%s", value);
    } else if (strcmp(name, "aws_session_token") == 0) {
        snprintf(parts->token, sizeof parts->token, "%s", value);
    }
}

static void file_path(char path[PATH_MAX]) {
    const char *named = variable("AWS_SHARED_CREDENTIALS_FILE");
    if (*named != '\0') {
        snprintf(path, PATH_MAX, "%s", named);
    } else {
        snprintf(path, PATH_MAX, "%s/.aws/credentials", variable("HOME"));
    }
}

static void file_read(const char *path, struct parts *parts) {
    char line[S3_TOKEN_BYTES + 64];
    const char *profile = variable("AWS_PROFILE");
    bool is_inside = false;
    FILE *file = fopen(path, "re");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        line_take(line, *profile == '\0' ? "default" : profile, &is_inside, parts);
    }
    if (file != NULL) {
        fclose(file);
    }
    sodium_memzero(line, sizeof line);
}

enum lince_status s3_credentials_read(struct s3_credentials *credentials, struct lince_error *error) {
    struct parts parts = {0};
    char path[PATH_MAX];
    snprintf(parts.id, sizeof parts.id, "%s", variable("AWS_ACCESS_KEY_ID"));
    snprintf(parts.secret, sizeof parts.secret, "%s", variable("AWS_SECRET_ACCESS_KEY"));
    snprintf(parts.token, sizeof parts.token, "%s", variable("AWS_SESSION_TOKEN"));
    file_path(path);
    if (parts.id[0] == '\0' || parts.secret[0] == '\0') {
        parts = (struct parts){0};
        file_read(path, &parts);
    }
    bool is_whole = parts.id[0] != '\0' && parts.secret[0] != '\0';
    snprintf(credentials->key, sizeof credentials->key, "%s:%s", parts.id, parts.secret);
    memcpy(credentials->token, parts.token, sizeof parts.token);
    sodium_memzero(&parts, sizeof parts);
    return is_whole
               ? LINCE_OK
               : error_set(error, LINCE_ERROR_UNREADABLE,
                           "there is no key for the store of images: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, "
                           "or write them into %s",
                           "no hay clave para el almacén de imágenes: defina AWS_ACCESS_KEY_ID y "
                           "AWS_SECRET_ACCESS_KEY, o escríbalas en %s",
                           path);
}

void s3_credentials_forget(struct s3_credentials *credentials) {
    sodium_memzero(credentials, sizeof *credentials);
}
