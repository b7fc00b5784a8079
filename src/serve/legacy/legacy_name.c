/* legacy_name.c - splits and makes the messenger's file names. */
#include "serve/legacy/legacy_name.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "serve/legacy/legacy_json.h"

/* Copies up to `count` bytes of a text, as many whole characters as fit. */
static void copy(char *place, size_t place_bytes, const char *from, size_t count) {
    size_t bytes = utf8_prefix_bytes(from, count < place_bytes ? count : place_bytes - 1);
    memcpy(place, from, bytes);
    place[bytes] = '\0';
}

/* The parts of a name, cut so that they fit. */
static void base_of(const struct legacy_sender *sender, char *base, size_t base_bytes) {
    char date[9], draw[9], id[61], person[81], time[9];
    copy(date, sizeof date, sender->date, SIZE_MAX);
    copy(draw, sizeof draw, sender->draw, SIZE_MAX);
    copy(id, sizeof id, sender->id, SIZE_MAX);
    copy(person, sizeof person, sender->name, SIZE_MAX);
    copy(time, sizeof time, sender->time, SIZE_MAX);
    snprintf(base, base_bytes, "%s-%s--%s_%s_%s", date, draw, id, person, time);
}

static const char *extension_of(const char *name) {
    const char *dot = strrchr(name, '.');
    return dot == NULL || dot == name || strlen(dot) > 9 ? "" : dot + 1;
}

static size_t digits(const char *text) {
    return strspn(text, "0123456789");
}

static bool is_time(const char *text) {
    return digits(text) == 2 && text[2] == '-' && digits(text + 3) == 2;
}

bool legacy_name_parse(const char *name, struct legacy_sender *sender) {
    memset(sender, 0, sizeof *sender);
    const char *extension = extension_of(name);
    for (size_t i = 0; extension[i] != '\0' && i + 1 < sizeof sender->extension; i++) {
        sender->extension[i] = (char)tolower((unsigned char)extension[i]);
    }
    const char *at = name;
    if (digits(at) == 8 && at[8] == '-') {
        copy(sender->date, sizeof sender->date, at, 8);
        at += 9;
    }
    const char *dashes = strstr(at, "--");
    size_t draw = dashes == NULL ? 0 : (size_t)(dashes - at);
    if (draw == 0 || draw > 2 || (!isupper((unsigned char)at[0]) && digits(at) != draw)) {
        return false;
    }
    const char *id = dashes + 2, *lid = strstr(id, "@lid_");
    if (lid == NULL || lid == id || digits(id) != (size_t)(lid - id)) {
        return false;
    }
    const char *person = lid + strlen("@lid_"), *line = strchr(person, '_');
    if (line == NULL || line == person || !is_time(line + 1)) {
        return false;
    }
    copy(sender->draw, sizeof sender->draw, at, draw);
    copy(sender->id, sizeof sender->id, id, (size_t)(lid - id) + strlen("@lid"));
    copy(sender->name, sizeof sender->name, person, (size_t)(line - person));
    copy(sender->time, sizeof sender->time, line + 1, 5);
    return true;
}

bool legacy_name_is_taken(const char *name) {
    const char *extension = extension_of(name);
    return *extension == '\0' || strcasecmp(extension, "png") == 0 || strcasecmp(extension, "jpg") == 0 ||
           strcasecmp(extension, "jpeg") == 0;
}

/* Letters of any language stay; characters that mean something in a path or a shell become "_". */
static void clean(char *text) {
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c < 0x80 && !isalnum(c) && strchr("-_.@", c) == NULL) {
            *text = '_';
        }
    }
}

void legacy_name_make(const char *name, const struct legacy_sender *sender, bool is_renamed, int64_t at_ms,
                      char stored[LEGACY_NAME_BYTES]) {
    char when[LEGACY_TIME_BYTES], base[LEGACY_NAME_BYTES - sizeof "_20990103_101110_007.longest8"];
    const char *extension = sender->extension[0] == '\0' ? "png" : sender->extension;
    legacy_time_as(at_ms, "%Y%m%d_%H%M%S", when);
    if (is_renamed) {
        base_of(sender, base, sizeof base);
    } else {
        size_t length = strlen(name) - (sender->extension[0] == '\0' ? 0 : strlen(sender->extension) + 1);
        copy(base, sizeof base, name, length);
    }
    clean(base);
    snprintf(stored, LEGACY_NAME_BYTES, "%s_%.15s_%03u.%.8s", base, when, (unsigned)((uint64_t)at_ms % 1000),
             extension);
}

const char *legacy_draw_check(const char *draw) {
    size_t length = strlen(draw);
    bool is_letter = length == 1 && isupper((unsigned char)draw[0]);
    long number = strtol(draw, NULL, 10);
    bool is_number = length >= 1 && length <= 2 && digits(draw) == length && number >= 1 && number <= 99;
    return is_letter || is_number ? NULL : "numerosorteo debe ser una letra A-Z o un número 1-99";
}

const char *legacy_date_check(const char *date) {
    return strlen(date) == 8 && digits(date) == 8 ? NULL : "fechasorteo debe tener formato YYYYMMDD";
}

const char *legacy_time_check(const char *time) {
    return strlen(time) == 5 && is_time(time) && strtol(time, NULL, 10) < 24 && strtol(time + 3, NULL, 10) < 60
               ? NULL
               : "horamin debe tener formato HH-MM";
}
