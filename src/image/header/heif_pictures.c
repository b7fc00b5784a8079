/* heif_pictures.c - lists the image items of a file, and counts the frames of its tracks. */
#include "image/header/heif_pictures.h"

#include <string.h>

#include "base/wire_number.h"

enum { BOX_BYTES = 8, LONG_BOX_BYTES = 16, FULL_BYTES = 4, HIDDEN = 1, ITEMS_MOST = 4096 };

/* Bytes that are taken from the front. Past the end all numbers are 0, and `is_short` is set. */
struct span {
    const uint8_t *at, *end;
    bool is_short;
};

static uint32_t number_take(struct span *span, size_t bytes) {
    uint32_t value = 0;
    if ((size_t)(span->end - span->at) < bytes) {
        span->at = span->end;
        span->is_short = true;
        return 0;
    }
    for (size_t i = 0; i < bytes; i++) {
        value = value << 8 | *span->at++;
    }
    return value;
}

static uint32_t name_of(const char *name) {
    return wire_big_32((const uint8_t *)name);
}

/* The next box: its name, and its body. False at the end, or if the box is damaged. */
static bool box_take(struct span *span, uint32_t *name, struct span *body) {
    size_t room = (size_t)(span->end - span->at);
    if (room < BOX_BYTES) {
        return false;
    }
    uint64_t size = wire_big_32(span->at), head = BOX_BYTES;
    *name = wire_big_32(span->at + 4);
    if (size == 1 && room >= LONG_BOX_BYTES) {
        size = (uint64_t)wire_big_32(span->at + BOX_BYTES) << 32 | wire_big_32(span->at + BOX_BYTES + 4);
        head = LONG_BOX_BYTES;
    } else if (size == 0) { /* it reaches to the end */
        size = room;
    }
    if (size < head || size > room) {
        return false;
    }
    *body = (struct span){span->at + head, span->at + size, false};
    span->at += size;
    return true;
}

/* The first box of that name. */
static bool box_find(struct span span, const char *name, struct span *body) {
    uint32_t found;
    while (box_take(&span, &found, body)) {
        if (found == name_of(name)) {
            return true;
        }
    }
    return false;
}

/* ---- image items -------------------------------------------------------------------------------------- */

/* Whether the item is a preview or a map of another image, or a part of one. */
static bool is_referred(struct span references, uint32_t item) {
    uint32_t name;
    struct span body;
    uint32_t id_bytes = number_take(&references, FULL_BYTES) >> 24 == 0 ? 2 : 4;
    while (box_take(&references, &name, &body)) {
        uint32_t from = number_take(&body, id_bytes), count = number_take(&body, 2);
        if ((name == name_of("thmb") || name == name_of("auxl")) && from == item) {
            return true;
        }
        for (uint32_t i = 0; i < count && !body.is_short; i++) {
            if (name == name_of("dimg") && number_take(&body, id_bytes) == item) {
                return true;
            }
        }
    }
    return false;
}

static bool is_image_type(uint32_t type) {
    static const char types[][5] = {"hvc1", "av01", "avc1", "vvc1", "jpeg", "j2k1", "unci", "grid", "iovl", "iden"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (type == name_of(types[i])) {
            return true;
        }
    }
    return false;
}

/* Whether `entry`, an item's description, is of a picture that is shown by itself. */
static bool is_shown(struct span entry, uint32_t primary, struct span references) {
    uint32_t version_flags = number_take(&entry, FULL_BYTES);
    if (version_flags >> 24 < 2 || (version_flags & HIDDEN) != 0) {
        return false;
    }
    uint32_t item = number_take(&entry, version_flags >> 24 == 2 ? 2 : 4);
    number_take(&entry, 2); /* protection */
    return is_image_type(number_take(&entry, 4)) && item != primary && !is_referred(references, item);
}

static bool items_have_more(struct span file) {
    struct span meta, list, place, entry, references = {0};
    uint32_t name;
    if (!box_find(file, "meta", &meta)) {
        return false;
    }
    number_take(&meta, FULL_BYTES);
    if (!box_find(meta, "pitm", &place) || !box_find(meta, "iinf", &list)) {
        return false;
    }
    if (!box_find(meta, "iref", &references)) {
        references = (struct span){meta.end, meta.end, false};
    }
    uint32_t primary = number_take(&place, number_take(&place, FULL_BYTES) >> 24 == 0 ? 2 : 4);
    number_take(&list, number_take(&list, FULL_BYTES) >> 24 == 0 ? 2 : 4);
    for (uint32_t i = 0; i < ITEMS_MOST && box_take(&list, &name, &entry); i++) {
        if (name == name_of("infe") && is_shown(entry, primary, references)) {
            return true;
        }
    }
    return false;
}

/* ---- sequences ---------------------------------------------------------------------------------------- */

static uint32_t frames_count(struct span track) {
    struct span media, handler, inner, samples;
    if (!box_find(track, "mdia", &media) || !box_find(media, "hdlr", &handler) || !box_find(media, "minf", &inner) ||
        !box_find(inner, "stbl", &inner)) {
        return 0;
    }
    number_take(&handler, FULL_BYTES + 4);
    uint32_t kind = number_take(&handler, 4);
    bool is_seen = kind == name_of("pict") || kind == name_of("vide");
    if (!is_seen || (!box_find(inner, "stsz", &samples) && !box_find(inner, "stz2", &samples))) {
        return 0;
    }
    number_take(&samples, FULL_BYTES);
    number_take(&samples, 4); /* the size of each */
    return number_take(&samples, 4);
}

static bool frames_have_more(struct span file) {
    struct span movie, track;
    uint32_t name;
    if (!box_find(file, "moov", &movie)) {
        return false;
    }
    while (box_take(&movie, &name, &track)) {
        if (name == name_of("trak") && frames_count(track) > 1) {
            return true;
        }
    }
    return false;
}

bool heif_pictures_has_more(const uint8_t *bytes, size_t bytes_count) {
    struct span file = {bytes, bytes + bytes_count, false};
    return items_have_more(file) || frames_have_more(file);
}
