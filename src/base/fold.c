/* fold.c - folding by Unicode's compatibility decomposition, and a banded edit distance. */
#include "base/fold.h"

#include <string.h>
#include <utf8proc.h>

#include "base/arena.h"
#include "base/utf8.h"

char fold_look(char plain) {
    switch (plain) {
    case '0':
        return 'o';
    case '1':
    case 'l':
        return 'i';
    case '5':
        return 's';
    case '8':
        return 'b';
    default:
        return plain;
    }
}

static void fold_add(struct fold *fold, char plain, size_t from, size_t to) {
    fold->plain[fold->count] = plain;
    fold->look[fold->count] = fold_look(plain);
    fold->from[fold->count] = (uint32_t)from;
    fold->to[fold->count] = (uint32_t)to;
    fold->count++;
}

size_t fold_parts(int32_t code_point, int32_t parts[FOLD_PARTS_MOST]) {
    if (code_point < 0x80) {
        parts[0] = code_point >= 'A' && code_point <= 'Z' ? code_point - 'A' + 'a' : code_point;
        return code_point >= 0;
    }
    int boundary = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char(
        code_point, parts, FOLD_PARTS_MOST,
        UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK, &boundary);
    return count < 0 ? 0 : count < FOLD_PARTS_MOST ? (size_t)count : FOLD_PARTS_MOST;
}

bool fold_is_plain(int32_t part) {
    return (part >= 'a' && part <= 'z') || (part >= '0' && part <= '9');
}

static void fold_character(struct fold *fold, int32_t code_point, size_t from, size_t to, size_t room) {
    int32_t parts[FOLD_PARTS_MOST];
    size_t count = fold_parts(code_point, parts);
    for (size_t i = 0; i < count && fold->count < room; i++) {
        if (fold_is_plain(parts[i])) {
            fold_add(fold, (char)parts[i], from, to);
        }
    }
}

bool fold_text(struct arena *arena, const char *text, size_t bytes, struct fold *fold) {
    size_t room = bytes * 2 + 1; /* a compatibility character of two bytes may become many letters: cut there */
    *fold = (struct fold){
        .plain = arena_allocate(arena, room + 1),
        .look = arena_allocate(arena, room + 1),
        .from = arena_allocate(arena, (room + 1) * sizeof(uint32_t)),
        .to = arena_allocate(arena, (room + 1) * sizeof(uint32_t)),
    };
    if (fold->plain == NULL || fold->look == NULL || fold->from == NULL || fold->to == NULL) {
        return false;
    }
    for (size_t at = 0; at < bytes && fold->count < room;) {
        int32_t code_point;
        size_t taken = utf8_next(text + at, bytes - at, &code_point);
        fold_character(fold, code_point, at, at + taken, room);
        at += taken;
    }
    fold->plain[fold->count] = '\0';
    fold->look[fold->count] = '\0';
    return true;
}

unsigned fold_distance(const char *left, size_t left_count, const char *right, size_t right_count, unsigned limit) {
    enum { BAND = 3, WIDTH = 2 * BAND + 1 };
    size_t difference = left_count > right_count ? left_count - right_count : right_count - left_count;
    if (limit > BAND || difference > limit) {
        return limit + 1;
    }
    unsigned row[WIDTH]; /* row[k] is the distance at column i + k - BAND */
    for (int k = 0; k < WIDTH; k++) {
        row[k] = k < BAND ? 99 : (unsigned)(k - BAND);
    }
    for (size_t i = 1; i <= left_count; i++) {
        unsigned next[WIDTH];
        unsigned best = 99;
        for (int k = 0; k < WIDTH; k++) {
            long column = (long)i + k - BAND;
            next[k] = 99;
            if (column < 0 || (size_t)column > right_count) {
                continue;
            }
            unsigned here = k + 1 < WIDTH ? row[k + 1] + 1 : 99;
            if (column > 0) {
                unsigned same = row[k] + (left[i - 1] == right[column - 1] ? 0 : 1);
                here = same < here ? same : here;
                if (k > 0 && next[k - 1] + 1 < here) {
                    here = next[k - 1] + 1;
                }
            }
            next[k] = here;
            best = here < best ? here : best;
        }
        if (best > limit) {
            return limit + 1;
        }
        memcpy(row, next, sizeof row);
    }
    unsigned distance = row[(long)right_count - (long)left_count + BAND];
    return distance > limit ? limit + 1 : distance;
}
