/* messenger.c - splits the file names of messengers, and reads side files. */
#include "earlier/messenger.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/file.h"
#include "base/json_memory.h"
#include "base/meter.h"

static size_t digits_at(const char *text) {
    return strspn(text, "0123456789");
}

static bool is_draw_number(const char *text, size_t bytes) {
    if (bytes == 1 && text[0] >= 'A' && text[0] <= 'Z') {
        return true;
    }
    return bytes >= 1 && bytes <= 2 && digits_at(text) >= bytes;
}

/* Whether the text is "09-15" with a valid hour and minute. */
static bool is_clock(const char *text, size_t bytes) {
    return bytes == 5 && text[2] == '-' && text[0] >= '0' && text[0] <= '2' && text[1] >= '0' && text[1] <= '9' &&
           text[3] >= '0' && text[3] <= '5' && text[4] >= '0' && text[4] <= '9' && (text[0] < '2' || text[1] < '4');
}

/* The length of a name without its extension and without its upload time ("_20990103_101110_007"). */
static size_t stem_bytes(const char *name) {
    const char *dot = strrchr(name, '.');
    size_t bytes = dot == NULL || dot == name ? strlen(name) : (size_t)(dot - name);
    enum { STAMP_BYTES = 20 };
    if (bytes > STAMP_BYTES) {
        const char *stamp = name + bytes - STAMP_BYTES;
        bool is_stamp = stamp[0] == '_' && digits_at(stamp + 1) == 8 && stamp[9] == '_' && digits_at(stamp + 10) == 6 &&
                        stamp[16] == '_' && digits_at(stamp + 17) == 3;
        bytes -= is_stamp ? STAMP_BYTES : 0;
    }
    return bytes;
}

static bool text_set(struct arena *arena, const char **member, const char *text, size_t bytes) {
    *member = arena_copy_text(arena, text, bytes);
    return *member != NULL;
}

bool messenger_from_name(struct arena *arena, const char *path, struct messenger *messenger) {
    *messenger = (struct messenger){"", "", "", "", "", "", "", 0, false, false};
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    size_t bytes = stem_bytes(name), at = 0, date_bytes = 0;
    if (digits_at(name) == 8 && name[8] == '-') {
        date_bytes = 8;
        at = 9;
    }
    const char *dashes = strstr(name + at, "--");
    const char *id = dashes == NULL ? NULL : dashes + 2;
    if (dashes == NULL || !is_draw_number(name + at, (size_t)(dashes - name) - at) || digits_at(id) == 0 ||
        strncmp(id + digits_at(id), "@lid_", 5) != 0) {
        return true;
    }
    const char *sender = id + digits_at(id) + 5, *end = name + bytes;
    if (end - sender < 7 || !is_clock(end - 5, 5) || end[-6] != '_' ||
        memchr(sender, '_', (size_t)(end - 6 - sender)) != NULL) {
        return true;
    }
    messenger->from_name = true;
    return text_set(arena, &messenger->draw_date, name, date_bytes) &&
           text_set(arena, &messenger->draw_number, name + at, (size_t)(dashes - name) - at) &&
           text_set(arena, &messenger->sender_id, id, digits_at(id) + 4) &&
           text_set(arena, &messenger->sender_name, sender, (size_t)(end - 6 - sender)) &&
           text_set(arena, &messenger->sent_time, end - 5, 5);
}

/* Reads the first of the keys that is a text or a whole number, and overwrites the old value. */
static bool member_read(struct arena *arena, const json_t *tree, const char *const *keys, const char **member) {
    for (size_t i = 0; keys[i] != NULL; i++) {
        const json_t *value = json_object_get(tree, keys[i]);
        if (json_is_string(value) && json_string_length(value) > 0) {
            return text_set(arena, member, json_string_value(value), json_string_length(value));
        }
        if (json_is_integer(value)) {
            char digits[24];
            int count = snprintf(digits, sizeof digits, "%lld", (long long)json_integer_value(value));
            return text_set(arena, member, digits, (size_t)count);
        }
    }
    return true;
}

static bool tree_read(struct arena *arena, const json_t *tree, struct messenger *messenger) {
    static const char *const date[] = {"fechasorteo", "sorteo_fecha", "draw_date", NULL};
    static const char *const number[] = {"numerosorteo",    "codigosorteo", "sorteo_conteo",
                                         "posicion_sorteo", "draw_number",  NULL};
    static const char *const id[] = {"idWhatsapp", "id_whatsapp", "sender_id", NULL};
    static const char *const name[] = {"nombre", "nombre_usuario", "sender_name", NULL};
    static const char *const time[] = {"horamin", "hora_exacta", "hora_min", "sent_time", NULL};
    static const char *const caption[] = {"caption", "texto_mensaje_whatsapp", NULL};
    static const char *const other[] = {"otro_valor", "otro", "other_value", NULL};
    static const char *const arrival[] = {"numero_llegada", "indice_de_subida", "arrival_number", NULL};
    const char *arrived = "";
    bool good = member_read(arena, tree, date, &messenger->draw_date) &&
                member_read(arena, tree, number, &messenger->draw_number) &&
                member_read(arena, tree, id, &messenger->sender_id) &&
                member_read(arena, tree, name, &messenger->sender_name) &&
                member_read(arena, tree, time, &messenger->sent_time) &&
                member_read(arena, tree, caption, &messenger->caption) &&
                member_read(arena, tree, other, &messenger->other_value) && member_read(arena, tree, arrival, &arrived);
    for (size_t i = 0; i < digits_at(arrived) && i < 18; i++) {
        messenger->arrival_number = messenger->arrival_number * 10 + (uint64_t)(arrived[i] - '0');
    }
    messenger->from_side_file = true;
    return good;
}

static enum lince_status out_of_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the messenger data of an image",
                     "no hay memoria para los datos de mensajería de una imagen");
}

static enum lince_status side_file_read(struct arena *arena, const char *path, struct messenger *messenger,
                                        struct lince_error *error) {
    struct file_bytes file = {0};
    enum lince_status status = file_read(path, arena->meter, &file, error);
    if (status != LINCE_OK) {
        return status;
    }
    json_error_t where;
    struct meter *before = json_memory_use(arena->meter);
    json_memory_was_refused();
    json_t *tree = json_memory_load((const char *)file.bytes, file.count, 0, &where);
    if (tree == NULL && json_memory_was_refused()) {
        status = out_of_memory(error);
    } else if (!json_is_object(tree)) {
        status = error_set(error, LINCE_ERROR_DAMAGED, "%s: line %d, column %d: not a JSON object",
                           "%s: línea %d, columna %d: no es un objeto JSON", path, where.line, where.column);
    } else if (!tree_read(arena, tree, messenger)) {
        status = out_of_memory(error);
    }
    json_decref(tree);
    json_memory_use(before);
    meter_free(file.bytes);
    return status;
}

enum lince_status messenger_read(struct arena *arena, const char *path, struct messenger *messenger,
                                 struct lince_error *error) {
    static const char *const endings[] = {".metadata.json", ".json"};
    if (!messenger_from_name(arena, path, messenger)) {
        return out_of_memory(error);
    }
    const char *slash = strrchr(path, '/'), *dot = strrchr(path, '.');
    size_t whole = strlen(path), stem = dot != NULL && (slash == NULL || dot > slash) ? (size_t)(dot - path) : whole;
    char *side = arena_allocate(arena, whole + 32);
    if (side == NULL) {
        return out_of_memory(error);
    }
    for (size_t i = 0; i < 4; i++) {
        size_t base = i % 2 == 0 ? whole : stem; /* image.jpg.metadata.json, image.metadata.json, ... */
        snprintf(side, whole + 32, "%.*s%s", (int)base, path, endings[i / 2]);
        struct lince_error absent = LINCE_ERROR_INIT;
        absent.language = error == NULL ? LINCE_ENGLISH : error->language;
        enum lince_status status =
            strcmp(side, path) == 0 ? LINCE_ERROR_NOT_FOUND : side_file_read(arena, side, messenger, &absent);
        if (status != LINCE_ERROR_NOT_FOUND) {
            if (status != LINCE_OK && error != NULL) {
                *error = absent;
            }
            return status;
        }
    }
    return LINCE_OK;
}

void messenger_extra_make(const struct messenger *messenger, struct messenger_extra *made) {
    static const struct messenger none = {"", "", "", "", "", "", "", 0, false, false};
    const struct messenger *from = messenger == NULL ? &none : messenger;
    const struct extra_member members[MESSENGER_MEMBERS] = {
        {"draw_date", from->draw_date, false, 0},     {"draw_number", from->draw_number, false, 0},
        {"sender_id", from->sender_id, false, 0},     {"sender_name", from->sender_name, false, 0},
        {"sent_time", from->sent_time, false, 0},     {"caption", from->caption, false, 0},
        {"other_value", from->other_value, false, 0}, {"arrival_number", NULL, true, from->arrival_number},
    };
    memcpy(made->members, members, sizeof members);
    made->extra = (struct extra){"messenger", made->members, MESSENGER_MEMBERS};
}
