/*
 * scope.h - what a piece of work cost: calls, time, the most memory above its start, and what it left behind.
 *
 *     SCOPE(meter, SCOPE_DETECT);
 *
 * This measures from its line to the end of the enclosing block, however the block is left. The figures go to the table
 * of the meter's root, if it has one. Always on: it costs two clock readings and a few additions.
 */
#ifndef LINCE_BASE_SCOPE_H
#define LINCE_BASE_SCOPE_H

#include <stdatomic.h>
#include <stdint.h>

struct meter;

/* Each is part of the nearest one above it that is indented less. */
enum scope_kind {
    SCOPE_LOAD,      /* loading the models */
    SCOPE_READ,      /* one image, from its bytes to its page */
    SCOPE_DECODE,    /*   bytes to pixels */
    SCOPE_CODES,     /*   looking for bar codes, if asked for */
    SCOPE_DETECT,    /*   finding where text is */
    SCOPE_WINDOW,    /*     one window through the detector */
    SCOPE_OUTLINE,   /*     from the probability map to regions */
    SCOPE_RECOGNISE, /*   reading what is written */
    SCOPE_LINE,      /*     one region to one line */
    SCOPE_STRIP,     /*       cutting a region out */
    SCOPE_GLYPHS,    /*       one strip through the recogniser */
    SCOPE_ORDER,     /*   reading order and text of the page */
    SCOPE_CLEAN_UP,  /* returning memory to the system */
    SCOPE_COUNT,
};

/* "read", "decode", ... Static. */
const char *scope_name(enum scope_kind kind);
unsigned scope_depth(enum scope_kind kind);

struct scope_figures {
    _Atomic uint64_t calls, time_ns;
    _Atomic uint64_t peak_above_bytes; /* the most that one call held above its start */
    _Atomic int64_t left_bytes;        /* what calls left behind, less what they freed */
};

struct scope_table {
    struct scope_figures rows[SCOPE_COUNT];
};

struct scope {
    struct meter *meter;
    enum scope_kind kind;
    uint64_t start_ns, before_bytes, outer_peak_bytes;
};

struct scope scope_enter(struct meter *meter, enum scope_kind kind);
void scope_leave(struct scope *scope);

#define SCOPE_NAME_OF_LINE(line) scope_of_line_##line
#define SCOPE_AT(meter, kind, line)                                                                                    \
    __attribute__((cleanup(scope_leave), unused)) struct scope SCOPE_NAME_OF_LINE(line) = scope_enter(meter, kind)
#define SCOPE(meter, kind) SCOPE_AT(meter, kind, __LINE__)

#endif
