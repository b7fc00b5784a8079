/* s3_address.c - reads the address of a bucket, and writes the URL of an object. */
#include "store/s3/s3_address.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

static bool are_all(const char *text, size_t count, const char *others) {
    for (size_t i = 0; i < count; i++) {
        if (!(isalnum((unsigned char)text[i]) && (unsigned char)text[i] < 128) && strchr(others, text[i]) == NULL) {
            return false;
        }
    }
    return true;
}

static enum lince_status fail(const char *what, const char *what_es, struct lince_error *error) {
    return error_set(error, LINCE_ERROR_ARGUMENT,
                     "the address of the images has %s; write s3://BUCKET/PREFIX?endpoint=https://HOST&region=REGION",
                     "la dirección de las imágenes tiene %s; escriba "
                     "s3://BUCKET/PREFIJO?endpoint=https://SERVIDOR&region=REGIÓN",
                     error != NULL && error->language == LINCE_SPANISH ? what_es : what);
}

static bool copy(char *to, size_t room, const char *from, size_t count) {
    if (count >= room) {
        return false;
    }
    memcpy(to, from, count);
    to[count] = '\0';
    return true;
}

static bool bucket_take(struct s3_address *address, const char *text, size_t count) {
    return count >= 3 && are_all(text, count, ".-") && copy(address->bucket, sizeof address->bucket, text, count);
}

/* Takes the prefix without slashes around it and adds one at the end. Refuses empty parts, "." and "..". */
static bool prefix_take(struct s3_address *address, const char *text, size_t count) {
    while (count > 0 && text[count - 1] == '/') {
        count--;
    }
    if (count == 0) {
        return true;
    }
    bool is_good = are_all(text, count, "-._/") && text[0] != '/' &&
                   copy(address->prefix, sizeof address->prefix - 1, text, count);
    if (is_good) {
        strcat(address->prefix, "/");
    }
    return is_good && strstr(address->prefix, "//") == NULL && strstr(address->prefix, "./") == NULL;
}

static bool endpoint_take(struct s3_address *address, const char *text, size_t count) {
    size_t scheme = strncmp(text, "https://", 8) == 0 ? 8 : strncmp(text, "http://", 7) == 0 ? 7 : 0;
    count -= count > scheme && text[count - 1] == '/';
    return scheme != 0 && count > scheme && are_all(text + scheme, count - scheme, ".-:[]") &&
           copy(address->endpoint, sizeof address->endpoint, text, count);
}

/* Takes one `name=value`; false if the name is unknown or the value wrong. */
static bool option_take(struct s3_address *address, const char *text, size_t count, bool *has_style) {
    const char *equals = memchr(text, '=', count);
    if (equals == NULL) {
        return false;
    }
    size_t name = (size_t)(equals - text), value = count - name - 1;
    if (name == 8 && strncmp(text, "endpoint", name) == 0) {
        return endpoint_take(address, equals + 1, value);
    }
    if (name == 6 && strncmp(text, "region", name) == 0) {
        return value > 0 && are_all(equals + 1, value, "-") &&
               copy(address->region, sizeof address->region, equals + 1, value);
    }
    if (name == 5 && strncmp(text, "style", name) == 0) {
        *has_style = true;
        address->is_path_style = value == 4 && strncmp(equals + 1, "path", 4) == 0;
        return address->is_path_style || (value == 4 && strncmp(equals + 1, "host", 4) == 0);
    }
    return false;
}

static void region_default(struct s3_address *address) {
    static const char *const names[] = {"AWS_REGION", "AWS_DEFAULT_REGION"};
    const char *region = NULL;
    for (size_t i = 0; i < 2 && (region == NULL || *region == '\0'); i++) {
        region = getenv(names[i]);
    }
    if (region == NULL || *region == '\0' || !are_all(region, strlen(region), "-") ||
        !copy(address->region, sizeof address->region, region, strlen(region))) {
        strcpy(address->region, "us-east-1");
    }
}

enum lince_status s3_address_read(const char *text, struct s3_address *address, struct lince_error *error) {
    bool has_style = false;
    *address = (struct s3_address){0};
    if (strncmp(text, "s3://", 5) != 0) {
        return fail("no s3:// at its beginning", "otro comienzo que s3://", error);
    }
    text += 5;
    size_t whole = strcspn(text, "?"), bucket = strcspn(text, "/?");
    if (!bucket_take(address, text, bucket)) {
        return fail("no name of a bucket", "mal el nombre del bucket", error);
    }
    if (whole > bucket && !prefix_take(address, text + bucket + 1, whole - bucket - 1)) {
        return fail("a prefix with other characters than letters, digits and -._/",
                    "un prefijo con otros caracteres que letras, cifras y -._/", error);
    }
    for (const char *option = text + whole; *option != '\0';) {
        size_t count = strcspn(++option, "&");
        if (!option_take(address, option, count, &has_style)) {
            return fail("something else after ? than endpoint=http(s)://host, region=name or style=path|host",
                        "tras ? algo distinto de endpoint=http(s)://servidor, region=nombre o style=path|host", error);
        }
        option += count;
    }
    if (address->region[0] == '\0') {
        region_default(address);
    }
    if (!has_style) {
        address->is_path_style = address->endpoint[0] != '\0' || strchr(address->bucket, '.') != NULL;
    }
    if (address->endpoint[0] == '\0') {
        snprintf(address->endpoint, sizeof address->endpoint, "https://s3.%s.amazonaws.com", address->region);
    }
    return LINCE_OK;
}

void s3_address_url(const struct s3_address *address, const char *name, char url[S3_URL_BYTES]) {
    const char *host = strstr(address->endpoint, "://") + 3;
    if (address->is_path_style) {
        snprintf(url, S3_URL_BYTES, "%s/%s/%s%s", address->endpoint, address->bucket, address->prefix, name);
    } else {
        snprintf(url, S3_URL_BYTES, "%.*s%s.%s/%s%s", (int)(host - address->endpoint), address->endpoint,
                 address->bucket, host, address->prefix, name);
    }
}
