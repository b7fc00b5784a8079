/*
 * name_set.h - a set of names that keeps only 8 bytes of each: its SipHash. With a million names, one run in 10^7 errs.
 */
#ifndef LINCE_CLI_READ_NAME_SET_H
#define LINCE_CLI_READ_NAME_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct meter;

struct name_set {
    struct meter *meter; /* borrowed */
    uint64_t *hashes;    /* owned: open addressing; 0 is an empty place */
    size_t place_count, used_count;
};

void name_set_init(struct name_set *set, struct meter *meter); /* allocates nothing yet */
void name_set_free(struct name_set *set);

enum name_set_result { NAME_SET_ADDED, NAME_SET_WAS_THERE, NAME_SET_REFUSED /* no memory */ };
enum name_set_result name_set_add(struct name_set *set, const char *name, size_t name_bytes);
bool name_set_has(const struct name_set *set, const char *name, size_t name_bytes);

#endif
