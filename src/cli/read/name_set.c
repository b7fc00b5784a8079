/* name_set.c - a table of 64-bit hashes, at most three quarters full. */
#include "cli/read/name_set.h"

#include <sodium/crypto_shorthash.h>
#include <string.h>

#include "base/meter.h"

enum { SMALLEST_PLACES = 1024 };

void name_set_init(struct name_set *set, struct meter *meter) {
    *set = (struct name_set){.meter = meter};
}

void name_set_free(struct name_set *set) {
    meter_free(set->hashes);
    name_set_init(set, set->meter);
}

/* The key is fixed: the names are the user's own, and every run must behave the same. */
static uint64_t hash_of(const char *name, size_t name_bytes) {
    static const unsigned char key[crypto_shorthash_KEYBYTES] = "lince name set.";
    unsigned char bytes[crypto_shorthash_BYTES];
    uint64_t hash;
    crypto_shorthash(bytes, (const unsigned char *)name, name_bytes, key);
    memcpy(&hash, bytes, sizeof hash);
    return hash == 0 ? 1 : hash;
}

/* The place of `hash`, or the empty place where it would go. */
static size_t place_of(const struct name_set *set, uint64_t hash) {
    size_t place = hash & (set->place_count - 1);
    while (set->hashes[place] != 0 && set->hashes[place] != hash) {
        place = (place + 1) & (set->place_count - 1);
    }
    return place;
}

static bool set_grow(struct name_set *set) {
    struct name_set larger = *set;
    larger.place_count = set->place_count == 0 ? SMALLEST_PLACES : set->place_count * 2;
    larger.hashes = meter_allocate_zero(set->meter, larger.place_count, sizeof *larger.hashes);
    if (larger.hashes == NULL) {
        return false;
    }
    for (size_t i = 0; i < set->place_count; i++) {
        if (set->hashes[i] != 0) {
            larger.hashes[place_of(&larger, set->hashes[i])] = set->hashes[i];
        }
    }
    meter_free(set->hashes);
    *set = larger;
    return true;
}

enum name_set_result name_set_add(struct name_set *set, const char *name, size_t name_bytes) {
    if (4 * (set->used_count + 1) > 3 * set->place_count && !set_grow(set)) {
        return NAME_SET_REFUSED;
    }
    uint64_t hash = hash_of(name, name_bytes);
    size_t place = place_of(set, hash);
    if (set->hashes[place] == hash) {
        return NAME_SET_WAS_THERE;
    }
    set->hashes[place] = hash;
    set->used_count++;
    return NAME_SET_ADDED;
}

bool name_set_has(const struct name_set *set, const char *name, size_t name_bytes) {
    if (set->used_count == 0) {
        return false;
    }
    uint64_t hash = hash_of(name, name_bytes);
    return set->hashes[place_of(set, hash)] == hash;
}
